// Relationships of a part (ECMA-376-2, clause 9): which other parts it points to, and as what.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xlsx/package.h"

namespace tonghop::xlsx {

struct Relationship {
  std::string id;
  std::string type;    // last segment only, so that strict and transitional documents look the same: "worksheet"
  std::string target;  // name of a part, from the root of the package; whatever was written when external
  bool external = false;
};

// Of the part named, "" for the package itself. Empty when it has none. Throws Error file-damaged.
std::vector<Relationship> read_relationships(Package& package, std::string_view part);

// The part a target means, seen from the part that names it: "../media/a.png" from "xl/worksheets/b.xml" is
// "xl/media/a.png".
std::string resolved_target(std::string_view source, std::string_view target);

}  // namespace tonghop::xlsx
