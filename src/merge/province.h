// Many agencies' returns merged: agency x indicator, and one figure per indicator with how it came about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/decisions.h"
#include "merge/previous.h"
#include "reconcile/checks.h"
#include "reconcile/return.h"
#include "round/round.h"

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
  int beyond = 0;                    // of these, those that do not owe it
  int expected = 0;                  // agencies that owe it, with those that sent nothing; of an authority's figure 1
  // Who is not behind the figure, and why: members, ascending; nobody is in two of these.
  std::vector<int> left_out;      // gave a percentage without the parts that the figure is made of
  std::vector<int> missing;       // owe it and left it blank
  std::vector<int> unread;        // gave what could not be read
  std::vector<int> covered;       // gave a value that is inside that of an agency above them
  std::vector<int> absent;        // owe it and sent no return: indices into Province::absent
  int authority = -1;             // member whose figure it is
  std::optional<Decimal> others;  // sum of the others beside an authority's figure
};

// An agency with the return that counts.
struct Member {
  std::string name;  // as the roster calls it, else as the return does
  int agency = -1;   // on the round's roster; -1 without a round and for one that is not listed
  Return answer;
  // When what `answer` says came first, ISO in UTC: the earliest date of a mail with a file that says it, else the
  // earliest date inside these files; "" unknown.
  std::string received;
  Answers observations;
  std::vector<std::string> files;  // of all its returns, those that do not count among them
};

struct Province {
  const Round* round = nullptr;         // borrowed; null without one
  std::vector<Member> members;          // by name
  std::vector<Figure> figures;          // per indicator of the catalogue
  std::vector<Comparison> comparisons;  // checks that did not hold, by member
  std::vector<std::string> superseded;  // files of returns that were not used because another of the agency was
  std::vector<int> absent;              // agencies of the roster that are expected and sent nothing that could be used
  std::vector<Decision> decisions;      // of the coordinator, in an order of their own
};

// One return per agency. Order-free: the same returns in any order give the same province and findings. Returns of one
// agency that say the same count once; of different ones that of the round's period is used, then by the round's rule
// the latest or the fuller one, and the choice is a finding. Without a round, or where a return has no date,
// the rule is the same with what there is. Of `findings`, which has those of reading, the ones about files that are not
// used are taken out. There are no figures yet.
Province gather(std::vector<Return> returns, const Definitions& definitions, Findings& findings,
                const Round* round = nullptr);

// Checks the members' observations, against those of the round before where it is given.
void check_values(Province& province, const Definitions& definitions, const PreviousRound* previous,
                  Findings& findings);

// Makes the figures from the members' observations.
void total(Province& province, const Definitions& definitions, Findings& findings);

// All three, one after the other, without a round before.
Province merge(std::vector<Return> returns, const Definitions& definitions, Findings& findings,
               const Round* round = nullptr);

}  // namespace tonghop
