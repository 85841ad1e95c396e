// Reads a worksheet by the scanner: the fast way for sheets without anything unusual.
#pragma once

#include <string>

#include "xlsx/sheet_cells.h"

namespace tonghop::xlsx {

// Puts the part's rows and cells into `cells`, protection into `sheet`. Throws Unusual, with part of it done, where the
// part must be read as a tree, and Error (file-too-large).
void scan_sheet(const PartText& text, const Limits& limits, SheetCells& cells, Sheet& sheet);

}  // namespace tonghop::xlsx
