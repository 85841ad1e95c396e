// Counting checks and indicators.
#include "mapping/coverage.h"

#include <algorithm>

namespace tonghop {

bool reachable(const Check& check, const std::vector<Form>& forms) {
  return std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
    if (form.form.summary || !check.holds_for(form.form.id)) return false;
    const auto asked = [&](int indicator) { return form.mapping.row_of(indicator) >= 0; };
    if (check.type == CheckType::requirement) {
      return asked(check.when.indicator) && std::any_of(check.needs.begin(), check.needs.end(),
                                                        [&](const Condition& need) { return asked(need.indicator); });
    }
    return std::all_of(check.left.begin(), check.left.end(), asked) &&
           std::all_of(check.right.begin(), check.right.end(), asked);
  });
}

Coverage coverage_of(const Definitions& definitions) {
  Coverage coverage;
  std::set<int> previous;
  for (const Check& check : definitions.checks.all) {
    Coverage::Count& count = coverage.types[static_cast<std::size_t>(check.type)];
    ++(check.derived ? count.derived : count.written);
    if (check.trial) ++count.trial;
    const std::vector<int> indicators = check.indicators();
    (needs_previous_round(check.type) ? previous : coverage.within).insert(indicators.begin(), indicators.end());
  }
  std::set_difference(previous.begin(), previous.end(), coverage.within.begin(), coverage.within.end(),
                      std::inserter(coverage.previous_only, coverage.previous_only.end()));
  for (const Unchecked& unchecked : definitions.checks.unchecked) {
    coverage.reasons.emplace_back(unchecked.reason, static_cast<int>(unchecked.indicators.size()));
  }
  return coverage;
}

}  // namespace tonghop
