// The outbox of a round: one workbook for each agency that is expected to answer.
#pragma once

#include "cli/commands.h"

namespace tonghop {

// Writes them, of one agency where the options name one. What is there and the same is left alone; what another program
// has saved since, and what is no agency's, is kept and said. What cannot be written is said, and the others go on.
int write_outbox(const Definitions& definitions, const BlankOptions& options, const Terminal& terminal);

}  // namespace tonghop
