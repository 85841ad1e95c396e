// Files in, returns out: the one loop in which an Error becomes a finding and the other files go on.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/files.h"
#include "mapping/definitions.h"
#include "merge/decisions.h"
#include "reconcile/return.h"
#include "report/provincial.h"
#include "xlsx/limits.h"

namespace tonghop {

struct Intake {
  std::vector<Return> returns;
  std::vector<SourceFile> sources;  // of returns and of what was refused
  int refused = 0;
};

// `summaries`: whether every merged report is taken as a return; else only one that is named itself, not found in a
// folder, or whose agency is on the roster of `round`, which may be null. A zip of workbooks is opened, one level deep: each file in
// it is an input of its own, called "returns.zip/name.xlsx", with the limits in force. Files in a folder or zip that
// neither are nor claim to be workbooks are passed over with a note; lock files (~$name.xlsx) without one.
Intake take_in(const std::vector<InputFile>& inputs, const Definitions& definitions, bool summaries,
               const xlsx::Limits& limits, Findings& findings, const Round* round = nullptr);

// Why the outputs of a merge may not be written where they are asked for, "" where they may: two of one name, or a
// return that would be overwritten. What an earlier merge wrote into a folder of returns is replaced.
std::string misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                      const Definitions& definitions, const xlsx::Limits& limits);

// What the coordinator decided in an earlier merged report, which must be readable as a whole. Throws Error
// (file-missing, file-unreadable, file-too-large, report-foreign, report-damaged).
std::vector<Decision> decisions_in(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits,
                                   Findings& findings);

}  // namespace tonghop
