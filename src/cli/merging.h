// The way from inputs to a province, which `merge`, `check` and `why` share.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/commands.h"
#include "merge/province.h"
#include "report/provincial.h"
#include "xlsx/limits.h"

namespace tonghop {

struct Merging {
  Province province;
  Findings findings;                // of reading and merging, in the order in which they are worked off
  std::vector<SourceFile> sources;  // of returns and of what was refused
  int refused = 0;                  // files that could not be used, those that are not there among them
};

// `inputs`: files, folders, exported files, in any order. `outputs` are no inputs. That nothing could be merged is a
// finding.
Merging merge_inputs(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                     const Definitions& definitions, const xlsx::Limits& limits);

// What is counted when many files are merged.
struct Counts {
  long long files_read = 0, files_refused = 0, agencies = 0, values = 0;
  long long figures = 0, indicators = 0;  // indicators with a figure, and all
  long long errors = 0, warnings = 0, notes = 0;
};
Counts counts_of(const Merging& merging, const Definitions& definitions);

// With schema `check`.
std::string merging_json(const Merging& merging, const Definitions& definitions, const std::string& lang);

// Findings about files rather than cells: these are said on the terminal at once.
Findings about_files(const Findings& findings);

// kDoneWithFindings when a finding is an error, else kDone.
int exit_code(const Findings& findings, const Wording& wording);

// Says why an output could not be written.
int not_written(const Error& error, const Definitions& definitions, const Terminal& terminal);

// The counts as a merge says them on the terminal.
std::string counts_table(const Counts& counts);

}  // namespace tonghop
