// Files in, returns out: the one loop in which an Error becomes a finding and the other files go on.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/files.h"
#include "mapping/definitions.h"
#include "reconcile/return.h"
#include "report/provincial.h"
#include "xlsx/limits.h"

namespace tonghop {

struct Intake {
  std::vector<Return> returns;
  std::vector<SourceFile> sources;  // of returns and of what was refused
  int refused = 0;
};

// `summaries`: whether a merged report is taken as a return. A zip of workbooks is opened, one level deep: each file in
// it is an input of its own, called "returns.zip/name.xlsx", with the limits in force. Files in a folder or zip that
// neither are nor claim to be workbooks are passed over with a note; lock files (~$name.xlsx) without one.
Intake take_in(const std::vector<InputFile>& inputs, const Definitions& definitions, bool summaries,
               const xlsx::Limits& limits, Findings& findings);

// Why the outputs of a merge may not be written where they are asked for, "" where they may: two of one name, or a
// return that would be overwritten. What an earlier merge wrote into a folder of returns is replaced.
std::string misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                      const Definitions& definitions, const xlsx::Limits& limits);

}  // namespace tonghop
