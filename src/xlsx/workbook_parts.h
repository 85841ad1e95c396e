// Which part of a package is the workbook, and which parts it points to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xlsx/package.h"
#include "xlsx/relationships.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

// Name of the part that lists the sheets; it need not be there.
std::string workbook_part(Package& package);

// The target of the first relationship of that type, when it is in the package; else "".
std::string part_of_type(const Package& package, const std::vector<Relationship>& relationships, std::string_view type);

// The attribute "id" of a namespace, under whatever prefix; "" where there is none.
std::string_view relationship_id(pugi::xml_node node);

}  // namespace tonghop::xlsx
