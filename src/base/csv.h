// Lines of CSV (RFC 4180).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tonghop {

// Adds the fields as one line, quoted where that is needed, ended by "\n".
void append_csv(std::string& out, const std::vector<std::string_view>& fields);

}  // namespace tonghop
