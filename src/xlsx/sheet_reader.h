// Reads one worksheet part: cells, merges, hidden rows and columns, protection.
#pragma once

#include <string>

#include "base/finding.h"
#include "xlsx/paths.h"
#include "xlsx/sheet_cells.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Fills `sheet`, whose name and visibility are set already, from the text of the part of that name. Cells that cannot
// be understood keep their text or become an error value, with a finding. Throws Error (file-damaged, file-too-large).
void read_sheet(const PartText& text, const std::string& part, const std::string& file, SheetContext& context,
                Sheet& sheet, Findings& findings, Paths& paths);

}  // namespace tonghop::xlsx
