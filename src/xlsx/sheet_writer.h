// Writes worksheet parts.
#pragma once

#include <string>

#include "xlsx/package_writer.h"
#include "xlsx/shared_strings_writer.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Appends the worksheet part. `selected`: it is the sheet shown first. Texts go into `strings` or, when that is null,
// stand in their cells. Throws std::invalid_argument where a limit of Excel is broken.
void write_sheet(const Workbook& workbook, const Sheet& sheet, bool selected, SharedStringTable* strings,
                 std::string& out, const Spill& spill = kHold);

}  // namespace tonghop::xlsx
