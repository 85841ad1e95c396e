// Files in, returns out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/files.h"
#include "cli/taking.h"
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

// Of files and folders as the user gave them, what came of each (taking.h), by path; what is not there is an arrival,
// too. `outputs` are no inputs.
std::vector<Arrival> read_arrivals(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   const Definitions& definitions, const Taking& how);

// Arrivals as returns and findings, in their order; a form that came in several files is put together.
Intake take_in(std::vector<Arrival> arrivals, Findings& findings);

// Why the outputs of a merge, or of an export, may not be written where they are asked for: two of one name, or an
// input that would be overwritten. What an earlier merge, or export, wrote into a folder of returns is
// replaced.
std::optional<Trouble> misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                                 const Definitions& definitions, const xlsx::Limits& limits, bool exporting);

// Why no workbooks or drafts may be written into this folder: it is a folder of inputs or lies below one, where they
// would be read as returns.
std::optional<Trouble> among_inputs(const std::string& folder, const std::vector<std::string>& inputs);

}  // namespace tonghop
