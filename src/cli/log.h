// What is done and said, kept with times in a file.
#pragma once

#include <string>
#include <string_view>

#include "forms/wording.h"

namespace tonghop {

// From now on what the program does (spdlog::debug) goes to stderr if `spoken` and, with what it says, behind whatever
// the file at `path` has; "" is no file. Throws Error (log-failed, log-foreign) when that cannot be opened or holds
// something other than a log.
void start_log(const std::string& path, bool spoken);

// A line that was said, for the file.
void keep(Severity severity, std::string_view line);

}  // namespace tonghop
