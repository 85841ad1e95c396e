// Writes the drawing of a sheet, which places its charts.
#pragma once

#include <string>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Chart i of the sheet (from 0) has the relationship rId(i + 1). Throws std::invalid_argument when a chart leaves the
// grid.
std::string drawing_xml(const Sheet& sheet);

}  // namespace tonghop::xlsx
