// What definitions can have wrong although each file by itself is right.
#pragma once

#include <string>
#include <vector>

#include "mapping/definitions.h"

namespace tonghop {

// One line each, "file:line:column: what, what was expected"; empty for good definitions. The definitions must have
// loaded without problems.
std::vector<std::string> lint(const Definitions& definitions);

}  // namespace tonghop
