// Reads one worksheet part: cells, merges, hidden rows and columns, protection.
#pragma once

#include <cstddef>
#include <string>

#include "base/finding.h"
#include "xlsx/shared_strings.h"
#include "xlsx/workbook.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

// What cells of all sheets refer to or count against.
struct SheetContext {
  const SharedStrings& strings;
  int styles = 1;              // cell formats there are; an index beyond is taken as 0
  std::size_t cells_left = 0;  // how many cells may still be stored
};

// Fills `sheet`, whose name and visibility are set already. Cells that cannot be understood keep their text or become
// an error value, with a finding. Throws Error (file-damaged, file-too-large).
void read_sheet(const XmlPart& part, const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings);

}  // namespace tonghop::xlsx
