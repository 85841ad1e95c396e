// Each check is compared by itself; then those that did not hold are sifted, so that one cause makes one finding.
#include "reconcile/checks.h"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

namespace tonghop {
namespace {

std::string shown(const Decimal& value, Kind kind) {
  return kind == Kind::percent ? value.scaled(2).to_string() + "%" : value.to_string();
}

// Compares the values of one agency; holds what all types of checks need.
class Comparer {
 public:
  Comparer(const Catalogue& catalogue, const Return& answer, const Answers& answers, const PreviousValues* previous)
      : catalogue_(catalogue), answer_(answer), answers_(answers), previous_(previous) {}

  // The comparison where the check does not hold; nothing where it holds or cannot be made.
  std::optional<Comparison> compare(const Check& check) const {
    Comparison found;
    found.type = check.type;
    found.indicators = check.left;
    if (!fails(check, found)) return std::nullopt;
    found.check = check.id;
    found.agency = answer_.agency;
    if (found.reported && found.expected) found.difference = *found.reported - *found.expected;
    if (const Observation* first = at(found.indicators[0]); first != nullptr) {
      found.place = first->place;
      found.raw = first->raw;
    }
    return found;
  }

 private:
  const Observation* at(int indicator) const { return answers_[static_cast<std::size_t>(indicator)]; }

  const Observation* given(int indicator) const {
    const Observation* observation = at(indicator);
    return observation != nullptr && has_value(observation->status) && observation->value ? observation : nullptr;
  }

  // The sum, and what it is made of; nothing where a value is missing.
  std::optional<Decimal> sum(const std::vector<int>& indicators, std::vector<Addend>* addends) const {
    Decimal total;
    for (const int indicator : indicators) {
      const Observation* observation = given(indicator);
      if (observation == nullptr) return std::nullopt;
      total += *observation->value;
      if (addends != nullptr) addends->push_back({indicator, *observation->value, observation->place});
    }
    return total;
  }

  bool fails(const Check& check, Comparison& found) const {
    if (check.type == CheckType::requirement) return lacks(check, found);
    found.reported = sum(check.left, nullptr);
    if (!found.reported) return false;
    if (check.type == CheckType::range) return leaves_range(check, found);
    if (needs_previous_round(check.type)) return departs(check, found);
    const auto right = sum(check.right, &found.compared);
    if (!right) return false;
    found.expected = right;
    switch (check.type) {
      case CheckType::ratio:
        return misses_ratio(found);
      case CheckType::at_most:
        return *found.reported > *right;
      default:
        return *found.reported != *right;
    }
  }

  bool misses_ratio(Comparison& found) const {
    const Observation& percentage = *given(found.indicators[0]);
    const Decimal& numerator = found.compared[0].value;
    const Decimal& denominator = found.compared[1].value;
    // More than the whole is the fault of a part, and said of that.
    if (percentage.computed || denominator == Decimal() || numerator > denominator) return false;
    if (agrees(*percentage.value, percentage.decimals, numerator, denominator)) return false;
    found.expected = quotient(numerator, denominator, std::max(percentage.decimals, 2) + 2);
    return true;
  }

  static bool leaves_range(const Check& check, Comparison& found) {
    if (check.low && *found.reported < *check.low) {
      found.expected = check.low;
    } else if (check.high && *found.reported > *check.high) {
      found.expected = check.high;
    }
    return found.expected.has_value();
  }

  bool departs(const Check& check, Comparison& found) const {
    const int indicator = found.indicators[0];
    if (previous_ == nullptr || !(*previous_)[static_cast<std::size_t>(indicator)]) return false;
    const Decimal before = *(*previous_)[static_cast<std::size_t>(indicator)];
    const Decimal now = *found.reported;
    found.expected = before;
    found.compared.push_back({indicator, before, {}});
    if (check.type == CheckType::not_below_previous) return now < before;
    const Decimal low = std::min(now, before);
    const Decimal high = std::max(now, before);
    return high >= check.least && high > low * check.factor;
  }

  // Nothing where it cannot be told: the form does not ask, or what stands there could not be read.
  std::optional<bool> meets(const Condition& condition) const {
    const Observation* observation = at(condition.indicator);
    if (observation == nullptr || observation->place.cell.empty()) return std::nullopt;
    if (observation->status == Status::ambiguous || observation->status == Status::unreadable) return std::nullopt;
    if (!has_value(observation->status)) return false;
    const Kind kind = catalogue_[condition.indicator].kind;
    if (condition.answer) return observation->value == Decimal(*condition.answer);
    return kind == Kind::choice || kind == Kind::text || *observation->value > Decimal();
  }

  bool lacks(const Check& check, Comparison& found) const {
    if (meets(check.when) != true) return false;
    found.indicators.clear();
    for (const Condition& need : check.needs) {
      const std::optional<bool> met = meets(need);
      if (met == true) return false;
      const Observation* observation = at(need.indicator);
      if (!met && observation != nullptr) return false;  // what could not be read may be it
      if (observation != nullptr) found.indicators.push_back(need.indicator);
    }
    if (found.indicators.empty()) return false;  // the form asks for none of them
    const Observation& cause = *at(check.when.indicator);
    found.reported = at(found.indicators[0])->value;
    found.compared.push_back({check.when.indicator, cause.value.value_or(Decimal()), cause.place});
    return true;
  }

  const Catalogue& catalogue_;
  const Return& answer_;
  const Answers& answers_;
  const PreviousValues* previous_;
};

// Puts a comparison that did not hold into words.
class Teller {
 public:
  explicit Teller(const Catalogue& catalogue) : catalogue_(catalogue) {}

  Finding finding(const Check& check, const Comparison& comparison) const {
    const Indicator& what = catalogue_[comparison.indicators[0]];
    Finding finding;
    finding.code = check_code(check.type);
    finding.check = check.id;
    finding.place = comparison.place;
    finding.agency = comparison.agency;
    finding.indicator = what.id;
    finding.raw = comparison.raw;
    if (comparison.reported) finding.value = comparison.reported->to_string();
    const auto number = [&](const std::optional<Decimal>& value) { return value ? shown(*value, what.kind) : "—"; };
    std::optional<Decimal> size = comparison.difference;
    if (size && *size < Decimal()) size = -*size;
    finding.details = {{"check", check.id},
                       {"label", labels(comparison.indicators)},
                       {"reported", check.type == CheckType::requirement ? answer(what, comparison.reported)
                                                                         : number(comparison.reported)},
                       {"expected", expected(check, comparison)},
                       {"difference", number(size)},
                       {"other", other(comparison)},
                       {"parts", parts(check, comparison)},
                       {"factor", check.factor.to_string()}};
    return finding;
  }

 private:
  std::string labels(const std::vector<int>& indicators) const {
    std::string text;
    for (const int indicator : indicators) text += (text.empty() ? "" : " + ") + catalogue_[indicator].label;
    return text;
  }

  // A choice in words; "—" where nothing was given.
  static std::string answer(const Indicator& what, const std::optional<Decimal>& value) {
    for (const Option& option : what.options) {
      if (value == Decimal(option.code)) return option.label;
    }
    return value ? shown(*value, what.kind) : "—";
  }

  std::string other(const Comparison& comparison) const {
    std::vector<int> indicators;
    for (const Addend& addend : comparison.compared) indicators.push_back(addend.indicator);
    return labels(indicators);
  }

  std::string expected(const Check& check, const Comparison& comparison) const {
    const Indicator& what = catalogue_[comparison.indicators[0]];
    if (check.type != CheckType::requirement) return comparison.expected ? shown(*comparison.expected, what.kind) : "";
    std::string text;
    for (const Condition& need : check.needs) {
      const Indicator& needed = catalogue_[need.indicator];
      if (std::find(comparison.indicators.begin(), comparison.indicators.end(), need.indicator) ==
          comparison.indicators.end()) {
        continue;
      }
      std::string one = needed.options.empty() ? "> 0" : "";
      for (const Option& option : needed.options) {
        if (!need.answer || *need.answer == option.code) one += (one.empty() ? "" : " / ") + option.label;
      }
      if (text.find(one) == std::string::npos) text += (text.empty() ? "" : " / ") + one;
    }
    return text;
  }

  // "2270 (D213) / 7029 (D202)", "3 (D33) + 19 (D34)", "Yes (D30)".
  std::string parts(const Check& check, const Comparison& comparison) const {
    std::string text;
    for (const Addend& addend : comparison.compared) {
      if (!text.empty()) text += check.type == CheckType::ratio ? " / " : " + ";
      text += answer(catalogue_[addend.indicator], addend.value);
      if (!addend.place.cell.empty()) text += " (" + addend.place.cell + ")";
    }
    return text;
  }

  const Catalogue& catalogue_;
};

}  // namespace

Answers answers_of(const Return& answer, const Catalogue& catalogue) {
  Answers answers(static_cast<std::size_t>(catalogue.size()), nullptr);
  for (const Observation& observation : answer.observations) {
    const Observation*& slot = answers[static_cast<std::size_t>(observation.indicator)];
    if (slot == nullptr || (!has_value(slot->status) && has_value(observation.status))) slot = &observation;
  }
  return answers;
}

Checker::Checker(const Definitions& definitions, const Findings& findings) : definitions_(definitions) {
  for (const Finding& finding : findings) {
    if (definitions.wording.severity(finding) == Severity::note) continue;
    const Place& place = finding.place;
    if (!place.cell.empty()) doubted_.insert({place.file, place.sheet, place.cell});
    if (!finding.indicator.empty()) doubted_.insert({place.file, finding.indicator, ""});
  }
}

// Of where the texts stand, since there is one copy of each.
std::size_t Checker::SpotHash::operator()(const Spot& spot) const {
  const std::hash<const void*> hash;
  return (hash(&spot.file.str()) * 31 + hash(&spot.sheet_or_indicator.str())) * 31 + hash(&spot.cell.str());
}

bool Checker::doubted(const Observation& observation) const {
  if (observation.status == Status::settled) return false;  // what was doubtful about it is settled
  const Place& place = observation.place;
  return (!place.cell.empty() && doubted_.contains({place.file, place.sheet, place.cell})) ||
         doubted_.contains({place.file, definitions_.catalogue[observation.indicator].id, ""});
}

std::vector<Comparison> Checker::check(const Return& answer, const Answers& answers, const PreviousValues* previous,
                                       bool same_year, Findings& findings) const {
  if (answer.form->form.summary) return {};
  struct Failure {
    const Check* check;
    Comparison comparison;
  };
  std::vector<Failure> failures;
  const Comparer comparer(definitions_.catalogue, answer, answers, previous);
  const Teller teller(definitions_.catalogue);
  for (const Check& check : definitions_.checks.all) {
    if (!check.holds_for(answer.form->form.id)) continue;
    const bool this_year_only =
        needs_previous_round(check.type) && definitions_.catalogue[check.left[0]].accrual == Accrual::cumulative;
    if (this_year_only && !same_year) continue;
    auto comparison = comparer.compare(check);
    if (!comparison) continue;
    comparison->severity = definitions_.wording.severity({.code = check_code(check.type), .check = check.id});
    failures.push_back({&check, std::move(*comparison)});
  }
  // Of the same severity, a check within the return comes before one against the round before, and the fewer values it
  // compares, the nearer it is to the cause.
  const auto rank = [](const Failure& failure) {
    return std::tuple(-static_cast<int>(failure.comparison.severity), needs_previous_round(failure.check->type),
                      failure.check->indicators().size());
  };
  std::stable_sort(failures.begin(), failures.end(),
                   [&](const Failure& a, const Failure& b) { return rank(a) < rank(b); });
  std::set<int> named;  // indicators in a finding
  std::vector<Comparison> comparisons;
  for (Failure& failure : failures) {
    const std::vector<int> used = failure.check->indicators();
    failure.comparison.told = std::none_of(used.begin(), used.end(), [&](int indicator) {
      const Observation* observation = answers[static_cast<std::size_t>(indicator)];
      return named.contains(indicator) || (observation != nullptr && doubted(*observation));
    });
    if (failure.comparison.told) {
      named.insert(used.begin(), used.end());
      findings.push_back(teller.finding(*failure.check, failure.comparison));
    }
    comparisons.push_back(std::move(failure.comparison));
  }
  return comparisons;
}

}  // namespace tonghop
