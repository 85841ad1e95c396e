// The JSON schemas of what commands print with --format json and of what `export` writes; made by the build from
// src/cli/schemas.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tonghop {

const std::vector<std::pair<std::string, std::string>>& schemas();  // name -> schema, by name

}  // namespace tonghop
