// Many agencies' returns merged: agency x indicator, and one figure per indicator with how it came about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/decisions.h"
#include "reconcile/return.h"

namespace tonghop {

// How a provincial figure was made in the end; it may differ from the indicator's declared way where parts are lacking.
enum class Basis {
  none,           // nobody gave a value
  sum,            // of the agencies' values
  ratio,          // numerator / denominator, over the agencies that gave both
  weighted,       // mean of the agencies that gave value and weight
  same,           // all agencies gave the same percentage, so that any mean is that
  range,          // the percentages differ and have no parts: no figure, lowest and highest only
  tally,          // choices counted
  list,           // texts side by side
  authority,      // the designated agency's own figure
  not_computable  // the denominators sum to 0
};

struct Figure {
  Basis basis = Basis::none;
  std::optional<Decimal> value;  // exact for sums; of a ratio rounded, see `number`
  std::optional<double> number;  // the value as a spreadsheet computes it; a percentage is a fraction
  std::optional<Decimal> numerator, denominator;
  std::optional<Decimal> low, high;  // of percentages that cannot be merged
  std::vector<int> tally;            // per option: agencies that chose it
  int agencies = 0;                  // that stand behind the figure
  std::vector<int> left_out;         // members that gave a percentage without the parts that the figure is made of
  int authority = -1;                // member whose figure it is
  std::optional<Decimal> others;     // sum of the others beside an authority's figure
};

// An agency with the return that counts.
struct Member {
  std::string name;
  Return answer;
  std::vector<const Observation*> observations;  // per indicator of the catalogue; nullptr where the form does not ask
};

struct Province {
  std::vector<Member> members;          // by name
  std::vector<Figure> figures;          // per indicator of the catalogue
  std::vector<std::string> superseded;  // files of returns that were not used because another of the agency was
  std::vector<Decision> decisions;      // of the coordinator, in an order of their own
};

// One return per agency. Order-free: the same returns in any order give the same province and findings. Returns of one
// agency that say the same count once; of different ones the fuller is used, and the choice is a finding. There are no
// figures yet.
Province gather(std::vector<Return> returns, const Definitions& definitions, Findings& findings);

// Makes the figures from the members' observations.
void total(Province& province, const Definitions& definitions, Findings& findings);

// Both, one after the other.
Province merge(std::vector<Return> returns, const Definitions& definitions, Findings& findings);

}  // namespace tonghop
