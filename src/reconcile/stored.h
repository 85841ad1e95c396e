// What was read from one file as bytes, so that the same file need not be read again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "reconcile/return.h"

namespace tonghop {

struct ReadFile {
  Return answer;
  Findings findings;  // of reading it
};

// Nothing where the same bytes under another path would read otherwise: without an agency named inside, or with a
// finding that tells the path; and for merged reports, which know more than their return says.
std::optional<std::string> stored(const Return& answer, const Findings& findings);

// The inverse, for a file of the same bytes at `path`. Nothing when the bytes are none of stored(). They only mean the
// same with the same definitions and the same program.
std::optional<ReadFile> restored(std::string_view bytes, const std::string& path, const Definitions& definitions);

}  // namespace tonghop
