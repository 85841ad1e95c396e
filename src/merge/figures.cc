// Members -> one figure per indicator.
#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "merge/province.h"

namespace tonghop {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

// Makes the figures of one province; holds what all kinds of them need.
class Totaller {
 public:
  Totaller(Province& province, const Definitions& definitions, Findings& findings)
      : province_(province), definitions_(definitions), findings_(findings) {}

  void run() {
    province_.figures.assign(static_cast<std::size_t>(catalogue().size()), {});
    for (int i = 0; i < catalogue().size(); ++i) merge_indicator(i, province_.figures[static_cast<std::size_t>(i)]);
    report_authorities();
  }

 private:
  const Catalogue& catalogue() const { return definitions_.catalogue; }

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

  Province& province_;
  const Definitions& definitions_;
  Findings& findings_;
  std::map<std::string, int> without_authority_;  // authority -> indicators that others answered in its stead
};

}  // namespace

void total(Province& province, const Definitions& definitions, Findings& findings) {
  Totaller(province, definitions, findings).run();
}

Province merge(std::vector<Return> returns, const Definitions& definitions, Findings& findings, const Round* round) {
  Province province = gather(std::move(returns), definitions, findings, round);
  total(province, definitions, findings);
  return province;
}

}  // namespace tonghop
