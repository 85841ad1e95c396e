// Reads of the styles part what changes the meaning of a value: number formats and whether cells are locked.
#pragma once

#include <vector>

#include "xlsx/workbook.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

// One Style per cell format of the part, in its order; at least one. Fonts, fills and borders are not looked at.
std::vector<Style> read_styles(const XmlPart& part);

}  // namespace tonghop::xlsx
