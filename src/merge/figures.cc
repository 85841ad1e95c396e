// Members -> one figure per indicator, on all threads.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "base/parallel.h"
#include "merge/covering.h"
#include "merge/duties.h"
#include "merge/province.h"

namespace tonghop {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

// "3.4.1" as printed; the key of a row that prints none.
std::string printed_number(const Row& row) {
  if (row.number.find_first_of("0123456789") == std::string::npos) return row.key;
  return row.number.substr(0, row.number.find_last_not_of('.') + 1);
}

// Makes the figures of one province; holds what all kinds of them need.
class Totaller {
 public:
  Totaller(Province& province, const Definitions& definitions, Findings& findings)
      : province_(province),
        definitions_(definitions),
        findings_(findings),
        duties_(province, definitions),
        authorities_(find_authorities()),
        covering_(province, definitions, duties_, authorities_) {}

  void run() {
    const auto count = static_cast<std::size_t>(catalogue().size());
    province_.figures.assign(count, {});
    told_.assign(count, {});
    parallel(count, [&](std::size_t i) {
      merge_indicator(static_cast<int>(i), province_.figures[i]);
      account(static_cast<int>(i), province_.figures[i]);
    });
    for (Told& told : told_) std::move(told.findings.begin(), told.findings.end(), std::back_inserter(findings_));
    report_authorities();
    covering_.report(province_, definitions_, findings_);
    if (province_.round != nullptr) report_missing();
  }

 private:
  // What making the figure of one indicator tells.
  struct Told {
    Findings findings;
    bool without_authority = false;  // others answered in its stead
  };

  const Catalogue& catalogue() const { return definitions_.catalogue; }
  Told& told(int index) { return told_[static_cast<std::size_t>(index)]; }
  int members() const { return static_cast<int>(province_.members.size()); }
  const Member& member(int index) const { return province_.members[static_cast<std::size_t>(index)]; }

  const Observation* asked(int m, int indicator) const {
    return member(m).observations[static_cast<std::size_t>(indicator)];
  }

  // The member's value for the indicator; nullptr when it gave none.
  const Observation* given(int m, int indicator) const {
    const Observation* observation = asked(m, indicator);
    return observation != nullptr && has_value(observation->status) ? observation : nullptr;
  }

  // The same; nullptr, too, when it is inside the value of an agency above.
  const Observation* counted(int m, int indicator) const {
    return covering_.covered(m, indicator) ? nullptr : given(m, indicator);
  }

  bool unread(int m, int indicator) const {
    const Observation* observation = indicator < 0 ? nullptr : asked(m, indicator);
    return observation != nullptr &&
           (observation->status == Status::ambiguous || observation->status == Status::unreadable);
  }

  // Whether the member stands behind the figure.
  bool behind(int m, int indicator, const Figure& figure) const {
    const Indicator& what = catalogue()[indicator];
    if (figure.basis == Basis::authority) return m == figure.authority;
    if (figure.basis == Basis::ratio || figure.basis == Basis::not_computable)
      return counted(m, what.numerator) != nullptr && counted(m, what.denominator) != nullptr;
    if (figure.basis == Basis::weighted) return given(m, indicator) != nullptr && counted(m, what.weight) != nullptr;
    return counted(m, indicator) != nullptr;
  }

  bool inside(int m, int indicator) const {
    const Indicator& what = catalogue()[indicator];
    for (const int one : {indicator, what.numerator, what.denominator, what.weight}) {
      if (one >= 0 && covering_.covered(m, one)) return true;
    }
    return false;
  }

  // Who was expected, and why those who are not behind the figure are not.
  void account(int index, Figure& figure) const {
    if (figure.basis == Basis::authority) {
      figure.expected = 1;
      return;
    }
    const Indicator& what = catalogue()[index];
    for (int m = 0; m < members(); ++m) {
      const bool owes = duties_.owes(m, index);
      figure.expected += owes ? 1 : 0;
      const Observation* own = asked(m, index);
      if (behind(m, index, figure)) {
        figure.beyond += owes ? 0 : 1;
      } else if (std::binary_search(figure.left_out.begin(), figure.left_out.end(), m)) {
        continue;
      } else if (inside(m, index)) {
        figure.covered.push_back(m);
      } else if (unread(m, index) || unread(m, what.numerator) || unread(m, what.denominator)) {
        figure.unread.push_back(m);
      } else if (owes && own != nullptr && own->status == Status::blank) {
        figure.missing.push_back(m);
      }
    }
    for (int a = 0; a < static_cast<int>(province_.absent.size()); ++a) {
      if (!duties_.absent_owes(a, index)) continue;
      ++figure.expected;
      figure.absent.push_back(a);
    }
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
        for (int m = 0; m < members(); ++m) figure.agencies += given(m, index) != nullptr ? 1 : 0;
        figure.basis = figure.agencies > 0 ? Basis::list : Basis::none;
        break;
    }
  }

  // The figure of the agency that the form names for the whole province, when it has given one.
  bool use_authority(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    if (what.authority.empty() || what.aggregate == Aggregate::list) return false;
    const int named = authorities_[static_cast<std::size_t>(index)];
    const Observation* own = named < 0 ? nullptr : given(named, index);
    bool others_answer = false;
    std::optional<Decimal> others;        // their sum, where they can be added up
    std::vector<std::string> dissenters;  // where they cannot: who says otherwise
    for (int m = 0; m < members(); ++m) {
      const Observation* observation = counted(m, index);
      if (observation == nullptr || m == named) continue;
      others_answer = true;
      if (what.aggregate == Aggregate::sum) {
        others = others.value_or(Decimal()) + *observation->value;
      } else if (own != nullptr && *observation->value != *own->value) {
        dissenters.push_back(member(m).name + ": " + observation->raw);
      }
    }
    if (own == nullptr) {
      told(index).without_authority = others_answer;
      return false;
    }
    figure.basis = Basis::authority;
    figure.authority = named;
    figure.value = own->value;
    figure.number = own->value->to_double();
    figure.agencies = 1;
    figure.others = others;
    const Observation* part = what.numerator < 0 ? nullptr : given(named, what.numerator);
    const Observation* whole = what.denominator < 0 ? nullptr : given(named, what.denominator);
    if (part != nullptr && whole != nullptr) {
      figure.numerator = part->value;
      figure.denominator = whole->value;
    }
    const auto report = [&](const char* code, const std::string& said) {
      told(index).findings.push_back({code,
                                      own->place,
                                      {{"label", what.label}, {"others", said}},
                                      member(named).name,
                                      what.id,
                                      own->raw,
                                      own->value->to_string()});
    };
    if (others && *others != *own->value) report("authority-differs", others->to_string());
    if (!dissenters.empty()) report("authority-contradicted", joined(dissenters));
    return true;
  }

  // Per indicator the member whose figure is the province's. Where several may be meant, none is.
  std::vector<int> find_authorities() {
    std::vector<int> found;
    std::map<std::string, int> known;
    for (const Indicator& what : catalogue().indicators) {
      const auto [entry, fresh] = known.emplace(what.authority, -1);
      if (fresh && !what.authority.empty()) {
        const std::vector<int> called = duties_.called(what.authority_names);
        if (called.size() == 1) entry->second = called.front();
        if (called.size() > 1) {
          constexpr std::size_t kListed = 10;
          std::vector<std::string> names;
          for (std::size_t i = 0; i < std::min(called.size(), kListed); ++i) names.push_back(member(called[i]).name);
          if (called.size() > kListed) names.push_back("… +" + std::to_string(called.size() - kListed));
          findings_.push_back(
              {"authority-unclear", {}, {{"authority", what.authority}, {"agencies", joined(names)}}, "", "", "", ""});
        }
      }
      found.push_back(entry->second);
    }
    return found;
  }

  void add_up(int index, Figure& figure) {
    Decimal sum;
    for (int m = 0; m < members(); ++m) {
      const Observation* observation = counted(m, index);
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
    for (int m = 0; m < members(); ++m) {
      const Observation* numerator = given(m, what.numerator);
      const Observation* denominator = given(m, what.denominator);
      if (numerator != nullptr && denominator != nullptr) {
        if (inside(m, index)) continue;
        numerators += *numerator->value;
        denominators += *denominator->value;
        ++figure.agencies;
      } else if (given(m, index) != nullptr && !inside(m, index)) {
        figure.left_out.push_back(m);
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

  void weigh(int index, Figure& figure) {
    const Indicator& what = catalogue()[index];
    Decimal sum;
    Decimal weights;
    for (int m = 0; m < members(); ++m) {
      const Observation* own = given(m, index);
      const Observation* weight = counted(m, what.weight);
      if (own == nullptr) continue;
      if (weight == nullptr) {
        if (!inside(m, index)) figure.left_out.push_back(m);
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
    for (const int m : figure.left_out) names.push_back(member(m).name);
    told(index).findings.push_back({"percent-without-parts",
                                    {},
                                    {{"label", catalogue()[index].label}, {"agencies", joined(names)}},
                                    "",
                                    catalogue()[index].id,
                                    "",
                                    ""});
  }

  void span(int index, Figure& figure) {
    for (int m = 0; m < members(); ++m) {
      const Observation* observation = given(m, index);
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
    for (int m = 0; m < members(); ++m) {
      const Observation* observation = given(m, index);
      if (observation == nullptr) continue;
      for (std::size_t o = 0; o < what.options.size(); ++o) {
        if (*observation->value == Decimal(what.options[o].code)) ++figure.tally[o];
      }
      ++figure.agencies;
    }
    if (figure.agencies > 0) figure.basis = Basis::tally;
  }

  void report_authorities() {
    std::map<std::string, int> without;  // authority -> indicators that others answered in its stead
    for (std::size_t i = 0; i < told_.size(); ++i) {
      if (told_[i].without_authority) ++without[catalogue()[static_cast<int>(i)].authority];
    }
    for (const auto& [name, indicators] : without) {
      findings_.push_back(
          {"authority-absent", {}, {{"authority", name}, {"count", std::to_string(indicators)}}, "", "", "", ""});
    }
  }

  // What an agency owes and left blank, once for each. A percentage whose parts are asked for, too, is not told of.
  void report_missing() {
    constexpr int kListed = 8;
    for (int m = 0; m < members(); ++m) {
      const Form& form = *member(m).answer.form;
      int count = 0;
      bool any = false;
      std::string rows;
      for (const Observation& observation : member(m).answer.observations) {
        any = any || has_value(observation.status);
        const auto r = static_cast<std::size_t>(observation.row);
        if (observation.row < 0 || observation.status != Status::blank || !observation.raw.empty()) continue;
        if (form.inputs[r].computed() || !duties_.owes(m, observation.indicator)) continue;
        if (++count > kListed) continue;
        rows += (rows.empty() ? "" : ", ") + printed_number(form.form.rows[r]);
      }
      if (count == 0 || !any) continue;  // of a return without any value that is said already
      if (count > kListed) rows += ", …";
      findings_.push_back({"values-missing",
                           {member(m).answer.file, "", "", 0, 0},
                           {{"count", std::to_string(count)}, {"rows", rows}},
                           member(m).name,
                           "",
                           "",
                           ""});
    }
  }

  Province& province_;
  const Definitions& definitions_;
  Findings& findings_;
  Duties duties_;
  std::vector<int> authorities_;  // per indicator: the member whose figure is the province's, -1 none
  Covering covering_;
  std::vector<Told> told_;  // per indicator
};

}  // namespace

void total(Province& province, const Definitions& definitions, Findings& findings) {
  Totaller(province, definitions, findings).run();
}

Province merge(std::vector<Return> returns, const Definitions& definitions, Findings& findings, const Round* round) {
  Province province = gather(std::move(returns), definitions, findings, round);
  check_values(province, definitions, nullptr, findings);
  total(province, definitions, findings);
  return province;
}

}  // namespace tonghop
