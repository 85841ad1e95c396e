// The small front door for writing: plain values in, bytes out that Excel opens without a repair.
#pragma once

#include <string>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Colours are "RRGGBB"; runs of a cell joined are its text; a cell whose text is "" is written as an empty one. When
// the active sheet is hidden the first that is not is shown. Throws std::invalid_argument where the workbook breaks one
// of Excel's limits (a programming mistake). Equal workbooks give equal bytes.
std::string write_workbook(const Workbook& workbook);

}  // namespace tonghop::xlsx
