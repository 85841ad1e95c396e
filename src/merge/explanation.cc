// Figure -> addends.
#include "merge/explanation.h"

#include <algorithm>
#include <array>

#include "merge/covering.h"
#include "merge/duties.h"

namespace tonghop {
namespace {

const Observation* asked(const Member& member, int indicator) {
  return indicator < 0 ? nullptr : member.observations[static_cast<std::size_t>(indicator)];
}

const Observation* given(const Member& member, int indicator) {
  const Observation* observation = asked(member, indicator);
  return observation != nullptr && has_value(observation->status) ? observation : nullptr;
}

// Of an agency that is not behind the figure: the first of these indicators whose cell says most about why.
Contribution idle(const Member& member, int m, const std::vector<int>& indicators) {
  Contribution best{Use::not_asked, m, indicators.front(), nullptr};
  for (const int indicator : indicators) {
    const Observation* observation = asked(member, indicator);
    if (observation == nullptr) continue;
    const Use use = observation->raw.empty() && !has_value(observation->status) ? Use::blank : Use::unused;
    if (use < best.use) best = {use, m, indicator, observation};
  }
  return best;
}

}  // namespace

std::string_view to_string(Use use) {
  constexpr std::array<std::string_view, 11> kNames = {"value",     "numerator", "denominator", "weight",
                                                       "authority", "other",     "covered",     "left_out",
                                                       "unused",    "blank",     "not_asked"};
  return kNames[static_cast<std::size_t>(use)];
}

std::vector<Contribution> explain(const Province& province, const Definitions& definitions, int indicator) {
  const Indicator& what = definitions.catalogue[indicator];
  const Figure& figure = province.figures[static_cast<std::size_t>(indicator)];
  const bool ratio = figure.basis == Basis::ratio || figure.basis == Basis::not_computable;
  const bool weighted = figure.basis == Basis::weighted;
  std::vector<int> authorities;
  for (const Figure& one : province.figures) authorities.push_back(one.authority);
  const Covering covering(province, definitions, Duties(province, definitions), authorities);
  std::vector<int> parts = {indicator};
  if (figure.basis != Basis::authority) parts.insert(parts.end(), {what.numerator, what.denominator, what.weight});
  std::vector<Contribution> addends;
  for (std::size_t i = 0; i < province.members.size(); ++i) {
    const Member& member = province.members[i];
    const int m = static_cast<int>(i);
    const auto counted = [&](int part) {
      const Observation* observation = given(member, part);
      return observation == nullptr || covering.covered(m, part) ? nullptr : observation;
    };
    const auto inside =
        std::find_if(parts.begin(), parts.end(), [&](int part) { return part >= 0 && covering.covered(m, part); });
    const auto add = [&](Use use, int part) { addends.push_back({use, m, part, given(member, part)}); };
    if (ratio && counted(what.numerator) != nullptr && counted(what.denominator) != nullptr) {
      add(Use::numerator, what.numerator);
      add(Use::denominator, what.denominator);
    } else if (weighted && given(member, indicator) != nullptr && counted(what.weight) != nullptr) {
      add(Use::value, indicator);
      add(Use::weight, what.weight);
    } else if (!ratio && !weighted && counted(indicator) != nullptr) {
      add(figure.basis != Basis::authority ? Use::value
          : m == figure.authority          ? Use::authority
                                           : Use::other,
          indicator);
    } else if (inside != parts.end()) {
      add(Use::covered, given(member, indicator) != nullptr ? indicator : *inside);
      addends.back().above = covering.by(m, *inside);
    } else if (given(member, indicator) != nullptr) {
      add(Use::left_out, indicator);
    } else if (ratio) {
      // A part alone is not used: what stands in the place of the other comes first.
      const bool first = given(member, what.numerator) == nullptr;
      addends.push_back(
          idle(member, m,
               {first ? what.numerator : what.denominator, first ? what.denominator : what.numerator, indicator}));
    } else {
      addends.push_back(idle(member, m, {indicator}));
    }
  }
  std::stable_sort(addends.begin(), addends.end(),
                   [](const Contribution& a, const Contribution& b) { return a.use < b.use; });
  return addends;
}

}  // namespace tonghop
