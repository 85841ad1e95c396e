// What came of a mutated workbook, held against the reading of the sound one.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "bits/mutation.h"
#include "bits/origin.h"
#include "reconcile/return.h"
#include "xlsx/workbook.h"

namespace tonghop::bits {

// What came of one file.
struct Outcome {
  std::string refused;  // code of the Error
  Return answer;
  xlsx::Workbook book;
  Findings findings;
  double milliseconds = 0;  // of this thread
};

struct Verdict {
  int different = 0;                  // values, agency, period
  int said = 0;                       // of them, with a finding that concerns it
  int own = 0;                        // of them, where the changed bytes are that value's own: Origin::of_cell()
  std::vector<std::string> silent;    // the others
  std::vector<const Finding*> fresh;  // findings that the sound file does not have; of `outcome`
};

// A new finding concerns a value when it names the indicator, or one of its parts where it is a percentage; when it
// stands in the row where the value stood or stands; when it says that values of that sheet were moved or lost; or when
// it tells of missing rows and the value's row is one. That the form was recognised by what it looks like explains
// nothing.
Verdict judge(const Origin& origin, const Outcome& sound, const Mutation& mutation, const Outcome& outcome);

}  // namespace tonghop::bits
