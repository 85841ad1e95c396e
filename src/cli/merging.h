// The way from inputs to a province, which `merge`, `check` and `why` share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/commands.h"
#include "cli/intake.h"
#include "merge/previous.h"
#include "merge/province.h"
#include "merge/source_file.h"
#include "round/round.h"
#include "xlsx/limits.h"

namespace tonghop {

struct Merging {
  std::unique_ptr<const Round> round;  // null without one; `province` refers to it
  Province province;
  Findings findings;                // of reading and merging, in the order in which they are worked off
  std::vector<SourceFile> sources;  // of returns and of what was refused
  int refused = 0;                  // files that could not be used, those that are not there among them
};

// `outputs` are no inputs; what a coordinator decided in the first of them, a merged report, counts. That nothing could
// be merged is a finding. Nothing where the round's workbook, the round before or earlier decisions cannot be used:
// that is said, and `code` is what the program ends with.
std::optional<Merging> merge_inputs(const InputOptions& options, const std::vector<std::string>& outputs,
                                    const Definitions& definitions, const Terminal& terminal, int& code);

// The round of this file; null when there is none. What is wrong with it is said, and then `good` is false.
std::unique_ptr<const Round> open_round(const std::string& path, const Definitions& definitions,
                                        const xlsx::Limits& limits, const Terminal& terminal, bool& good);

// The merged workbook of the round before. Throws Error.
PreviousRound open_previous(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits);

// What is counted when many files are merged.
struct Counts {
  long long files_read = 0, files_refused = 0, agencies = 0, values = 0;
  long long figures = 0, indicators = 0;          // indicators with a figure, and all
  long long errors = 0, warnings = 0, notes = 0;  // that are open
  long long decided = 0;                          // findings that a person has settled or waived
};
Counts counts_of(const Merging& merging, const Definitions& definitions);

// With schema `check`.
std::string merging_json(const Merging& merging, const Definitions& definitions, const std::string& lang);

// Findings about files rather than cells, and about decisions: these are said on the terminal at once.
Findings said_at_once(const Findings& findings);
// Those of them that are errors.
Findings errors_at_once(const Findings& findings, const Wording& wording);

// kDoneWithFindings when an open finding is an error, else kDone.
int exit_code(const Findings& findings, const Wording& wording);

// Says why an output could not be written.
int not_written(const Error& error, const Definitions& definitions, const Terminal& terminal);

// The counts as a merge says them on the terminal.
std::string counts_table(const Counts& counts, const Wording& wording, const std::string& lang);

}  // namespace tonghop
