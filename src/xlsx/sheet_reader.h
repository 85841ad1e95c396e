// Reads one worksheet part: cells, merges, hidden rows and columns, protection.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/finding.h"
#include "xlsx/shared_strings.h"
#include "xlsx/workbook.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

// What cells of all sheets refer to or count against.
struct SheetContext {
  SheetContext(const SharedStrings& shared, const std::vector<Style>& formats, const Limits& bounds);

  const SharedStrings& strings;
  const std::vector<Style>& styles;  // an index beyond is taken as 0
  std::vector<bool> legacy;          // by style: whether its font means an old 8-bit encoding
  Limits limits;
  std::size_t cells_left;  // how many cells may still be stored
  std::size_t text_left;   // and how many bytes of text: one long text may be shared by many cells
};

// Fills `sheet`, whose name and visibility are set already. Cells that cannot be understood keep their text or become
// an error value, with a finding. Throws Error (file-damaged, file-too-large).
void read_sheet(const XmlPart& part, const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings);

}  // namespace tonghop::xlsx
