// Files in, returns out: the one loop in which an Error becomes a finding and the other files go on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "mapping/definitions.h"
#include "merge/source_file.h"
#include "reconcile/arrival.h"
#include "reconcile/return.h"
#include "round/round.h"
#include "xlsx/limits.h"

namespace tonghop {

struct Intake {
  std::vector<Return> returns;
  std::vector<SourceFile> sources;  // of returns and of what was refused
  int refused = 0;
  int absent = 0;  // named, but not there or not to be looked into
};

// Each file with what came of it, in the order of the inputs. `summaries`: whether every merged report is taken as a
// return; else only one that is named itself, not found in a folder, or whose agency is on the roster of `round`, which
// may be null. A zip of workbooks is opened, one level deep: each file in it is an input of its own, called
// "returns.zip/name.xlsx", with the limits in force. Files in a folder or zip that neither are nor claim to be
// workbooks are passed over with a note; lock files (~$name.xlsx) without one. An exported file (reconcile/exported.h)
// gives what was read from others.
std::vector<Arrival> read_arrivals(const std::vector<InputFile>& inputs, const Definitions& definitions, bool summaries,
                                   const xlsx::Limits& limits, const Round* round = nullptr);

// The same for files and folders as the user gave them, by path; what is not there is an arrival, too. `outputs` are no
// inputs.
std::vector<Arrival> read_arrivals(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   const Definitions& definitions, const xlsx::Limits& limits,
                                   const Round* round = nullptr);

// Arrivals as returns and findings, in their order; a form that came in several files is put together.
Intake take_in(std::vector<Arrival> arrivals, Findings& findings);

// Why the outputs of a merge, or of an export, may not be written where they are asked for: two of one name, or an
// input that would be overwritten. What an earlier merge, or export, wrote into a folder of returns is
// replaced.
std::optional<Trouble> misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                                 const Definitions& definitions, const xlsx::Limits& limits, bool exporting);

}  // namespace tonghop
