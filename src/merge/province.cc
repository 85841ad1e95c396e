// Returns -> Province.
#include "merge/province.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"

namespace tonghop {
namespace {

// What makes two returns of one agency say the same.
bool same_content(const Return& a, const Return& b) {
  if (a.form != b.form || a.observations.size() != b.observations.size()) return false;
  return std::equal(a.observations.begin(), a.observations.end(), b.observations.begin(),
                    [](const Observation& x, const Observation& y) {
                      return x.indicator == y.indicator && x.status == y.status && x.value == y.value &&
                             x.text == y.text && x.note == y.note && (has_value(x.status) || x.raw == y.raw);
                    });
}

std::ptrdiff_t values_in(const Return& one) {
  return std::count_if(one.observations.begin(), one.observations.end(),
                       [](const Observation& o) { return has_value(o.status); });
}

// Values other than 0.
std::ptrdiff_t telling_values(const Return& one) {
  return std::count_if(one.observations.begin(), one.observations.end(),
                       [](const Observation& o) { return o.value && *o.value != Decimal(); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

// What was typed for an indicator, readable or not; nullptr when nothing was.
const Observation* typed(const Return& one, int indicator) {
  const auto found = std::find_if(one.observations.begin(), one.observations.end(), [&](const Observation& o) {
    return o.indicator == indicator && (!o.raw.empty() || !o.note.empty());
  });
  return found == one.observations.end() ? nullptr : &*found;
}

// The cells in which two returns of one agency differ, the first few of them.
std::string differences(const Return& used, const Return& other, const Catalogue& catalogue) {
  std::vector<std::string> cells;
  int more = 0;
  for (int i = 0; i < catalogue.size(); ++i) {
    const Observation* a = typed(used, i);
    const Observation* b = typed(other, i);
    const bool same = a == nullptr || b == nullptr ? a == b : a->raw == b->raw && a->note == b->note;
    if (same) continue;
    if (cells.size() == 3) {
      ++more;
      continue;
    }
    const bool by_note = a != nullptr && b != nullptr && a->raw == b->raw;
    const auto shown = [&](const Observation* o) {
      if (o == nullptr) return std::string("—");
      const std::string& text = by_note || o->raw.empty() ? o->note : o->raw;
      return o->place.cell + " " + (text.empty() ? "—" : text);
    };
    cells.push_back(shown(a) + " ≠ " + shown(b));
  }
  return joined(cells) + (more > 0 ? "; … +" + std::to_string(more) : "");
}

// Merges one set of returns; holds what all steps need.
class Merger {
 public:
  Merger(const Definitions& definitions, Findings& findings) : definitions_(definitions), findings_(findings) {}

  Province run(std::vector<Return> returns) {
    std::sort(returns.begin(), returns.end(), [](const Return& a, const Return& b) { return a.file < b.file; });
    choose(std::move(returns));
    compare_agencies();
    compare_periods();
    index();
    province_.figures.resize(static_cast<std::size_t>(catalogue().size()));
    for (int i = 0; i < catalogue().size(); ++i) merge_indicator(i, province_.figures[static_cast<std::size_t>(i)]);
    report_authorities();
    return std::move(province_);
  }

 private:
  const Catalogue& catalogue() const { return definitions_.catalogue; }

  // One return per agency.
  void choose(std::vector<Return> returns) {
    ByAgency by_agency;  // by folded name, so in an order of its own
    std::stable_partition(returns.begin(), returns.end(), [](const Return& one) { return one.named; });
    for (Return& one : returns) {
      const std::string key = fold_name(one.agency);
      by_agency[one.named ? key : twin(by_agency, one).value_or(key)].push_back(std::move(one));
    }
    for (auto& [key, group] : by_agency) {
      // The fuller of two; of equally full ones that with a name, then the file that sorts last, as "(2)" and later
      // dates do.
      const auto rank = [](const Return& one) { return std::pair(values_in(one), one.named); };
      std::size_t best = 0;
      for (std::size_t i = 1; i < group.size(); ++i) {
        if (rank(group[i]) >= rank(group[best])) best = i;
      }
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (i == best) continue;
        const bool same = same_content(group[i], group[best]);
        Finding finding;
        finding.code = same ? "return-repeated" : "return-conflict";
        finding.place.file = group[i].file;
        finding.agency = group[best].agency;
        finding.details = {{"used", group[best].file}, {"other", group[i].file}};
        if (!same) finding.details.emplace_back("cells", differences(group[best], group[i], catalogue()));
        findings_.push_back(std::move(finding));
        province_.superseded.push_back(group[i].file);
      }
      for (const Return& one : group) {
        province_.superseded.insert(province_.superseded.end(), one.superseded.begin(), one.superseded.end());
      }
      judge(group[best]);
      province_.members.push_back({group[best].agency, std::move(group[best]), {}});
    }
  }

  using ByAgency = std::map<std::string, std::vector<Return>>;

  // Under which agency a return without a name is filed already: that of another with the same content.
  static std::optional<std::string> twin(const ByAgency& by_agency, const Return& one) {
    if (telling_values(one) == 0) return std::nullopt;
    for (const auto& [key, group] : by_agency) {
      for (const Return& other : group) {
        if (same_content(one, other)) return key;
      }
    }
    return std::nullopt;
  }

  // Two agencies do not write the same figures by chance, unless they are few or nothing but zeros.
  void compare_agencies() {
    constexpr std::ptrdiff_t kTelling = 10;
    for (std::size_t i = 0; i < province_.members.size(); ++i) {
      const Member& one = province_.members[i];
      if (telling_values(one.answer) < kTelling) continue;
      for (std::size_t j = 0; j < i; ++j) {
        const Member& other = province_.members[j];
        if (!same_content(one.answer, other.answer)) continue;
        Place place;
        place.file = one.answer.file;
        findings_.push_back(
            {"return-copied", place, {{"other", other.name}, {"other_file", other.answer.file}}, one.name, "", "", ""});
      }
    }
  }

  // What is odd about a return as a whole.
  void judge(const Return& one) {
    Place place;
    place.file = one.file;
    if (!one.named) findings_.push_back({"agency-unnamed", place, {{"name", one.agency}}, one.agency, "", "", ""});
    if (values_in(one) == 0) findings_.push_back({"return-empty", place, {}, one.agency, "", "", ""});
  }

  void compare_periods() {
    std::map<std::string, std::pair<std::string, std::vector<std::string>>> periods;  // fold -> wording, agencies
    for (const Member& member : province_.members) {
      if (member.answer.period.empty()) continue;
      auto& [wording, agencies] = periods[fold(member.answer.period)];
      wording = member.answer.period;
      agencies.push_back(member.name);
    }
    if (periods.size() < 2) return;
    std::vector<std::string> parts;
    for (const auto& [key, period] : periods) parts.push_back(period.first + ": " + joined(period.second));
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " | ") + part;
    findings_.push_back({"periods-differ", {}, {{"periods", text}}, "", "", "", ""});
  }

  void index() {
    for (Member& member : province_.members) {
      member.observations.assign(static_cast<std::size_t>(catalogue().size()), nullptr);
      for (const Observation& observation : member.answer.observations) {
        const Observation*& slot = member.observations[static_cast<std::size_t>(observation.indicator)];
        if (slot == nullptr || (!has_value(slot->status) && has_value(observation.status))) slot = &observation;
      }
    }
  }

  // The member's value for the indicator; nullptr when it gave none.
  const Observation* given(const Member& member, int indicator) const {
    const Observation* observation = member.observations[static_cast<std::size_t>(indicator)];
    return observation != nullptr && has_value(observation->status) ? observation : nullptr;
  }

  void merge_indicator(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    if (use_authority(index, figure)) return;
    switch (what.aggregate) {
      case Aggregate::sum:
        add_up(index, figure);
        break;
      case Aggregate::ratio:
        divide(index, figure);
        break;
      case Aggregate::weighted:
        weigh(index, figure);
        break;
      case Aggregate::range:
        span(index, figure);
        break;
      case Aggregate::tally:
        count_options(index, figure);
        break;
      case Aggregate::list:
        for (const Member& member : province_.members) figure.agencies += given(member, index) != nullptr ? 1 : 0;
        figure.basis = figure.agencies > 0 ? Basis::list : Basis::none;
        break;
    }
  }

  // The figure of the agency that the form names for the whole province, when it has given one.
  bool use_authority(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    if (what.authority.empty() || what.aggregate == Aggregate::list) return false;
    const int named = member_called(what.authority);
    const Observation* own = named < 0 ? nullptr : given(province_.members[static_cast<std::size_t>(named)], index);
    bool others_answer = false;
    std::optional<Decimal> others;        // their sum, where they can be added up
    std::vector<std::string> dissenters;  // where they cannot: who says otherwise
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      const Observation* observation = given(province_.members[m], index);
      if (observation == nullptr || static_cast<int>(m) == named) continue;
      others_answer = true;
      if (what.aggregate == Aggregate::sum) {
        others = others.value_or(Decimal()) + *observation->value;
      } else if (own != nullptr && *observation->value != *own->value) {
        dissenters.push_back(province_.members[m].name + ": " + observation->raw);
      }
    }
    if (own == nullptr) {
      if (others_answer) ++without_authority_[what.authority];
      return false;
    }
    figure.basis = Basis::authority;
    figure.authority = named;
    figure.value = own->value;
    figure.number = own->value->to_double();
    figure.agencies = 1;
    figure.others = others;
    const auto report = [&](const char* code, const std::string& said) {
      findings_.push_back({code,
                           own->place,
                           {{"label", what.label}, {"others", said}},
                           province_.members[static_cast<std::size_t>(named)].name,
                           what.id,
                           own->raw,
                           own->value->to_string()});
    };
    if (others && *others != *own->value) report("authority-differs", others->to_string());
    if (!dissenters.empty()) report("authority-contradicted", joined(dissenters));
    return true;
  }

  // The only member whose name begins with that of the authority; -1 when there is none, or more than one.
  int member_called(const std::string& authority) const {
    const std::string key = fold(authority);
    int found = -1;
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      if (!fold(province_.members[m].name).starts_with(key)) continue;
      if (found >= 0) return -1;
      found = static_cast<int>(m);
    }
    return found;
  }

  void add_up(int index, Figure& figure) {
    Decimal sum;
    for (const Member& member : province_.members) {
      const Observation* observation = given(member, index);
      if (observation == nullptr) continue;
      sum += *observation->value;
      ++figure.agencies;
    }
    if (figure.agencies == 0) return;
    figure.basis = Basis::sum;
    figure.value = sum;
    figure.number = sum.to_double();
  }

  void divide(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    Decimal numerators;
    Decimal denominators;
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      const Observation* numerator = given(province_.members[m], what.numerator);
      const Observation* denominator = given(province_.members[m], what.denominator);
      if (numerator != nullptr && denominator != nullptr) {
        if (*numerator->value > *denominator->value)
          report_excess(what, province_.members[m].name, *numerator, *denominator);
        numerators += *numerator->value;
        denominators += *denominator->value;
        ++figure.agencies;
      } else if (given(province_.members[m], index) != nullptr) {
        figure.left_out.push_back(static_cast<int>(m));
      }
    }
    if (figure.agencies == 0) {
      figure.left_out.clear();
      span(index, figure);
      return;
    }
    figure.numerator = numerators;
    figure.denominator = denominators;
    report_left_out(index, figure);
    if (denominators == Decimal()) {
      figure.basis = Basis::not_computable;
      return;
    }
    figure.basis = Basis::ratio;
    figure.number = numerators.to_double() / denominators.to_double();
    figure.value = Decimal::from_double(*figure.number);
  }

  // No part may be more than its whole.
  void report_excess(const Indicator& what, const std::string& agency, const Observation& part,
                     const Observation& whole) {
    findings_.push_back(
        {"parts-exceed",
         part.place,
         {{"label", what.label}, {"numerator", part.value->to_string()}, {"denominator", whole.value->to_string()}},
         agency,
         catalogue()[part.indicator].id,
         part.raw,
         part.value->to_string()});
  }

  void weigh(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    Decimal sum;
    Decimal weights;
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      const Observation* own = given(province_.members[m], index);
      const Observation* weight = given(province_.members[m], what.weight);
      if (own == nullptr) continue;
      if (weight == nullptr) {
        figure.left_out.push_back(static_cast<int>(m));
        continue;
      }
      sum += *own->value * *weight->value;
      weights += *weight->value;
      ++figure.agencies;
    }
    if (figure.agencies == 0 || weights == Decimal()) {
      figure.agencies = 0;
      figure.left_out.clear();
      span(index, figure);
      return;
    }
    report_left_out(index, figure);
    figure.basis = Basis::weighted;
    figure.numerator = sum;
    figure.denominator = weights;
    figure.value = quotient(sum, weights, 9);
    figure.number = figure.value->to_double();
  }

  void report_left_out(int index, const Figure& figure) {
    if (figure.left_out.empty()) return;
    std::vector<std::string> names;
    for (const int m : figure.left_out) names.push_back(province_.members[static_cast<std::size_t>(m)].name);
    findings_.push_back({"percent-without-parts",
                         {},
                         {{"label", catalogue()[index].label}, {"agencies", joined(names)}},
                         "",
                         catalogue()[index].id,
                         "",
                         ""});
  }

  void span(int index, Figure& figure) {
    for (const Member& member : province_.members) {
      const Observation* observation = given(member, index);
      if (observation == nullptr) continue;
      figure.low = figure.low ? std::min(*figure.low, *observation->value) : *observation->value;
      figure.high = figure.high ? std::max(*figure.high, *observation->value) : *observation->value;
      ++figure.agencies;
    }
    if (figure.agencies == 0) return;
    figure.basis = *figure.low == *figure.high ? Basis::same : Basis::range;
    if (figure.basis == Basis::same) {
      figure.value = figure.low;
      figure.number = figure.low->to_double();
    }
  }

  void count_options(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    figure.tally.assign(what.options.size(), 0);
    for (const Member& member : province_.members) {
      const Observation* observation = given(member, index);
      if (observation == nullptr) continue;
      for (std::size_t o = 0; o < what.options.size(); ++o) {
        if (*observation->value == Decimal(what.options[o].code)) ++figure.tally[o];
      }
      ++figure.agencies;
    }
    if (figure.agencies > 0) figure.basis = Basis::tally;
  }

  void report_authorities() {
    for (const auto& [name, indicators] : without_authority_) {
      findings_.push_back(
          {"authority-absent", {}, {{"authority", name}, {"count", std::to_string(indicators)}}, "", "", "", ""});
    }
  }

  const Definitions& definitions_;
  Findings& findings_;
  Province province_;
  std::map<std::string, int> without_authority_;  // authority -> indicators that others answered in its stead
};

}  // namespace

Province merge(std::vector<Return> returns, const Definitions& definitions, Findings& findings) {
  return Merger(definitions, findings).run(std::move(returns));
}

}  // namespace tonghop
