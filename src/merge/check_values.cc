// The checks of every member, on all threads; what they find comes in the order of the members.
#include <algorithm>
#include <iterator>
#include <utility>

#include "base/parallel.h"
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
  struct Checked {
    std::vector<Comparison> comparisons;
    Findings findings;
    bool other_year = false;
  };
  std::vector<Checked> checked(province.members.size());
  parallel(checked.size(), [&](std::size_t m) {
    const Member& member = province.members[m];
    const PreviousValues* before = previous == nullptr ? nullptr : previous->find(member.name);
    const std::string year = year_of(member.answer.period);
    const bool same_year = before != nullptr && !year.empty() && year == year_of(previous->period);
    checked[m].other_year = before != nullptr && !same_year;
    checked[m].comparisons = checker.check(member.answer, member.observations, before, same_year, checked[m].findings);
  });
  std::size_t count = 0;
  for (const Checked& one : checked) count += one.comparisons.size();
  province.comparisons.clear();
  province.comparisons.reserve(count);
  std::string absent;
  int other_year = 0;
  for (std::size_t m = 0; m < checked.size(); ++m) {
    const std::string& name = province.members[m].name;
    if (previous != nullptr && previous->find(name) == nullptr) absent += (absent.empty() ? "" : "; ") + name;
    if (checked[m].other_year) ++other_year;
    Checked one = std::exchange(checked[m], {});  // let go of one by one
    std::move(one.comparisons.begin(), one.comparisons.end(), std::back_inserter(province.comparisons));
    std::move(one.findings.begin(), one.findings.end(), std::back_inserter(findings));
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
