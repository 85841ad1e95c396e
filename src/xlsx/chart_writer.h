// Writes a chart as DrawingML, with a copy of its numbers.
#pragma once

#include <string>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// The part of one chart on that sheet. Throws std::invalid_argument when its ranges are not those of a chart: no such
// sheet, not one row or column, of different lengths, a text among the numbers.
std::string chart_xml(const Workbook& workbook, const Sheet& sheet, const Chart& chart);

}  // namespace tonghop::xlsx
