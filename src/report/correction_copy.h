// What goes back to an agency: its own workbook with the cells in question marked and listed on a first sheet.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "report/corrections.h"
#include "round/round.h"
#include "xlsx/limits.h"

namespace tonghop {

// The agency's workbook `file` with every byte kept that need not change (xlsx/patch.h): the cells of its items are
// tinted, each with a note; the sheet of all items stands first, with links. Marks of an earlier copy that came back
// are taken out: a tint gives way to the fill that was there before, where nobody has changed it. `round` may be null.
// Findings: copy-signature (a digital signature no longer holds), copy-conversation (count, first cell; no note where a
// conversation stands). Throws Error copy-unmarked (problem) where the file cannot be marked, and whatever reading it
// throws.
std::string correction_copy(std::string_view bytes, const std::string& file, const Correction& correction,
                            const Round* round, const Definitions& definitions, const xlsx::Limits& limits,
                            Findings& findings);

// A workbook of that sheet alone, for a file that cannot be marked.
std::string correction_list(const std::string& file, const Correction& correction, const Round* round,
                            const Definitions& definitions);

}  // namespace tonghop
