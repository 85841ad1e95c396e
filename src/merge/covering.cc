// Duties and values -> what is inside what.
#include "merge/covering.h"

#include <optional>

namespace tonghop {
namespace {

const Observation* given(const Province& province, int member, int indicator) {
  const Observation* observation =
      province.members[static_cast<std::size_t>(member)].observations[static_cast<std::size_t>(indicator)];
  return observation != nullptr && has_value(observation->status) ? observation : nullptr;
}

}  // namespace

Covering::Covering(const Province& province, const Definitions& definitions, const Duties& duties,
                   const std::vector<int>& authorities)
    : by_(province.members.size()) {
  const Catalogue& catalogue = definitions.catalogue;
  for (int m = 0; m < static_cast<int>(by_.size()); ++m) {
    const std::vector<int>& above = duties.above(m);
    if (above.empty()) continue;
    std::vector<int>& own = by_[static_cast<std::size_t>(m)];
    own.assign(static_cast<std::size_t>(catalogue.size()), -1);
    for (int i = 0; i < catalogue.size(); ++i) {
      const bool adds = catalogue[i].aggregate == Aggregate::sum && authorities[static_cast<std::size_t>(i)] != m;
      if (!adds || given(province, m, i) == nullptr) continue;
      for (const int up : above) {
        if (given(province, up, i) == nullptr) continue;
        own[static_cast<std::size_t>(i)] = up;
        break;
      }
    }
  }
}

void Covering::report(const Province& province, const Definitions& definitions, Findings& findings) const {
  const Catalogue& catalogue = definitions.catalogue;
  const auto name = [&](int member) { return province.members[static_cast<std::size_t>(member)].name; };
  const auto file = [&](int member) { return province.members[static_cast<std::size_t>(member)].answer.file; };
  std::map<std::pair<int, int>, Decimal> inside;  // agency above, indicator -> sum of what is inside
  for (int m = 0; m < static_cast<int>(by_.size()); ++m) {
    std::map<int, int> counts;  // agency above -> indicators
    for (int i = 0; i < catalogue.size(); ++i) {
      const int up = by(m, i);
      if (up < 0) continue;
      ++counts[up];
      inside[{up, i}] += *given(province, m, i)->value;
    }
    for (const auto& [up, count] : counts) {
      if (province.members[static_cast<std::size_t>(up)].answer.form->form.summary) continue;  // said of the report
      findings.push_back({"figures-inside",
                          {file(m), "", "", 0, 0},
                          {{"above", name(up)}, {"count", std::to_string(count)}},
                          name(m),
                          "",
                          "",
                          ""});
    }
  }
  constexpr int kListed = 3;
  std::map<int, std::pair<int, std::string>> short_of;  // agency above -> indicators, the first of them in words
  for (const auto& [place, sum] : inside) {
    const auto& [up, i] = place;
    const Decimal& own = *given(province, up, i)->value;
    if (own >= sum) continue;
    auto& [count, list] = short_of[up];
    if (++count > kListed) continue;
    list += (list.empty() ? "" : "; ") + catalogue[i].label + ": " + own.to_string() + " < " + sum.to_string();
  }
  for (const auto& [up, told] : short_of) {
    const auto& [count, list] = told;
    findings.push_back({"figures-not-inside",
                        {file(up), "", "", 0, 0},
                        {{"count", std::to_string(count)}, {"list", list}},
                        name(up),
                        "",
                        "",
                        ""});
  }
}

}  // namespace tonghop
