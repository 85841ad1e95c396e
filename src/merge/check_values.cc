// The checks of every member, one after the other.
#include <algorithm>

#include "base/text.h"
#include "merge/province.h"

namespace tonghop {
namespace {

// The last number of four digits, "2027" of "Q1 2027"; "" when there is none.
std::string year_of(const std::string& period) {
  constexpr std::string_view kDigits = "0123456789";
  std::string year;
  for (std::size_t at = period.find_first_of(kDigits); at < period.size(); at = period.find_first_of(kDigits, at)) {
    const std::size_t end = std::min(period.find_first_not_of(kDigits, at), period.size());
    if (end - at == 4) year = period.substr(at, 4);
    at = end;
  }
  return year;
}

}  // namespace

void check_values(Province& province, const Definitions& definitions, const PreviousRound* previous,
                  Findings& findings) {
  const Checker checker(definitions, findings);
  province.comparisons.clear();
  std::string absent;
  int other_year = 0;
  for (const Member& member : province.members) {
    const PreviousValues* before = previous == nullptr ? nullptr : previous->find(member.name);
    if (previous != nullptr && before == nullptr) absent += (absent.empty() ? "" : "; ") + member.name;
    const std::string year = year_of(member.answer.period);
    const bool same_year = before != nullptr && !year.empty() && year == year_of(previous->period);
    if (before != nullptr && !same_year) ++other_year;
    auto comparisons = checker.check(member.answer, member.observations, before, same_year, findings);
    std::move(comparisons.begin(), comparisons.end(), std::back_inserter(province.comparisons));
  }
  if (!absent.empty()) {
    findings.push_back(
        {.code = "previous-absent", .place = {.file = previous->file}, .details = {{"agencies", absent}}});
  }
  if (other_year > 0) {
    findings.push_back({.code = "previous-other-year",
                        .place = {.file = previous->file},
                        .details = {{"period", previous->period}, {"count", std::to_string(other_year)}}});
  }
}

}  // namespace tonghop
