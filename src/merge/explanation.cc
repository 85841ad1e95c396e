// Figure -> addends.
#include "merge/explanation.h"

#include <algorithm>
#include <array>

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
  constexpr std::array<std::string_view, 10> kNames = {"value", "numerator", "denominator", "weight", "authority",
                                                       "other", "left_out",  "unused",      "blank",  "not_asked"};
  return kNames[static_cast<std::size_t>(use)];
}

std::vector<Contribution> explain(const Province& province, const Definitions& definitions, int indicator) {
  const Indicator& what = definitions.catalogue[indicator];
  const Figure& figure = province.figures[static_cast<std::size_t>(indicator)];
  const bool ratio = figure.basis == Basis::ratio || figure.basis == Basis::not_computable;
  std::vector<Contribution> addends;
  for (std::size_t i = 0; i < province.members.size(); ++i) {
    const Member& member = province.members[i];
    const int m = static_cast<int>(i);
    const Observation* own = given(member, indicator);
    const auto add = [&](Use use, int part, const Observation* observation) {
      addends.push_back({use, m, part, observation});
    };
    if (ratio) {
      const Observation* numerator = given(member, what.numerator);
      const Observation* denominator = given(member, what.denominator);
      if (numerator != nullptr && denominator != nullptr) {
        add(Use::numerator, what.numerator, numerator);
        add(Use::denominator, what.denominator, denominator);
      } else if (own != nullptr) {
        add(Use::left_out, indicator, own);
      } else {
        // A part alone is not used: what stands in the place of the other comes first.
        const bool first = numerator == nullptr;
        addends.push_back(
            idle(member, m,
                 {first ? what.numerator : what.denominator, first ? what.denominator : what.numerator, indicator}));
      }
    } else if (figure.basis == Basis::weighted) {
      const Observation* weight = given(member, what.weight);
      if (own != nullptr && weight != nullptr) {
        add(Use::value, indicator, own);
        add(Use::weight, what.weight, weight);
      } else if (own != nullptr) {
        add(Use::left_out, indicator, own);
      } else {
        addends.push_back(idle(member, m, {indicator}));
      }
    } else if (own != nullptr) {
      add(figure.basis != Basis::authority ? Use::value
          : m == figure.authority          ? Use::authority
                                           : Use::other,
          indicator, own);
    } else {
      addends.push_back(idle(member, m, {indicator}));
    }
  }
  std::stable_sort(addends.begin(), addends.end(), [](const Contribution& a, const Contribution& b) { return a.use < b.use; });
  return addends;
}

}  // namespace tonghop
