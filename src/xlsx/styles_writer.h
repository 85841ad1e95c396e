// The styles part: fonts, fills, borders and number formats, each once, and one cell format per style of the workbook.
#pragma once

#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Throws std::invalid_argument on what Excel would not take (limits, colours that are not "RRGGBB").
std::string styles_xml(const Workbook& workbook);

}  // namespace tonghop::xlsx
