// Decisions applied: values put in place of what was typed, findings waived, and what could not be done said.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/decisions.h"
#include "merge/province.h"

namespace tonghop {

// Says on what a decision about a finding of the province is made. Lives no longer than the two.
class Subjects {
 public:
  Subjects(const Province& province, const Catalogue& catalogue);

  Subject of(const Finding& finding) const;

  // The member of this name, however it is written; -1 when there is none.
  int member(const std::string& agency) const;
  // Its observation of the indicator; nullptr when there is none.
  const Observation* observation(const std::string& agency, const std::string& indicator) const;

 private:
  const Province& province_;
  const Catalogue& catalogue_;
  std::unordered_map<std::string, int> members_;  // by what compares names
  std::unordered_map<std::string, int> exactly_;  // the same by the name as it stands
};

// Between gather() and whatever looks at values: puts settled values into the members' observations (Status::settled),
// computes anew the percentages that forms compute from them, and marks the findings on what was typed as settled.
// The decisions go into the province, in an order that does not depend on that of their rows; of equal ones the first.
// Findings: decision-unreadable, decision-outdated (something else was typed since), decision-twice (two decide
// differently, none is applied).
void settle(Province& province, std::vector<Decision> decisions, const Definitions& definitions, Findings& findings);

// When all findings are there: marks those that were waived, and connects each with the decision that concerns it.
// Findings: decision-outdated for a waived finding that says something else now, decision-kept for a settled value
// whose finding is gone, decision-idle for a decision that has nothing to apply to, decision-unsigned for one that is
// applied without reason or name.
void conclude(Province& province, const Definitions& definitions, Findings& findings);

}  // namespace tonghop
