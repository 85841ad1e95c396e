// Checks between the values of one agency, and against its values of the round before.
#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "reconcile/return.h"

namespace tonghop {

// By indicator of the catalogue: the observation that counts, nullptr where the form does not ask.
using Answers = std::vector<const Observation*>;

// Borrows from the return.
Answers answers_of(const Return& answer, const Catalogue& catalogue);

// An agency's values of the round before, by indicator of the catalogue.
using PreviousValues = std::vector<std::optional<Decimal>>;

// A value that another was compared with.
struct Addend {
  int indicator = -1;
  Decimal value;
  Place place;  // empty for one of the round before
};

// A check that did not hold.
struct Comparison {
  SharedText check;  // id
  CheckType type = CheckType::total;
  Severity severity = Severity::note;
  SharedText agency;
  std::vector<int> indicators;        // what it is about: their values added up are `reported`
  Place place;                        // of the first of them
  SharedText raw;                     // as typed there
  std::optional<Decimal> reported;    // nothing where a check of type requires finds no value
  std::optional<Decimal> expected;    // computed, or the value or bound that it was compared with
  std::optional<Decimal> difference;  // reported - expected
  std::vector<Addend> compared;       // what `expected` was made of
  bool told = true;                   // by a finding of its own; else one of its values is in another finding
};

// Runs the checks of the definitions on one agency after the other.
class Checker {
 public:
  // What `findings` says of a value up to now, as warning or error, silences the checks that use it.
  Checker(const Definitions& definitions, const Findings& findings);

  // The checks that did not hold, the most severe first. One cause makes one finding: of those that share a value only
  // the first is told. A check with a value missing is passed over; so are all for a merged report, whose figures are
  // made of different agencies. `previous` is nullptr where it is not known; figures that are counted since the year
  // began are compared with it when both are of the same year.
  std::vector<Comparison> check(const Return& answer, const Answers& answers, const PreviousValues* previous,
                                bool same_year, Findings& findings) const;

 private:
  bool doubted(const Observation& observation) const;

  const Definitions& definitions_;
  // A cell or, in place of the sheet, an indicator of a file.
  struct Spot {
    SharedText file, sheet_or_indicator, cell;

    friend bool operator==(const Spot&, const Spot&) = default;
  };
  struct SpotHash {
    std::size_t operator()(const Spot& spot) const;
  };
  std::unordered_set<Spot, SpotHash> doubted_;  // that a finding is about
};

}  // namespace tonghop
