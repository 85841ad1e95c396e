// The sheet of a correction copy that lists what to mend.
#pragma once

#include <string>
#include <vector>

#include "report/corrections.h"
#include "round/round.h"
#include "xlsx/workbook.h"

namespace tonghop {

// An item with what is known of its cell.
struct CorrectionLine {
  const CorrectionItem* item = nullptr;
  std::string tinted;       // its cell, of merged ones the first; "" where the workbook is another
  std::string former_fill;  // of that cell, before it was tinted: markup, "" none
};

// One sheet with number formats that are built in. Hidden columns carry sheet, cell and former fill.
xlsx::Workbook correction_sheet(const Correction& correction, const std::vector<CorrectionLine>& lines,
                                const Round* round, const Wording& wording);

// What the hidden columns of such a sheet say of its cells.
struct FormerFill {
  std::string sheet;
  xlsx::Address at;
  std::string fill;
};
std::vector<FormerFill> former_fills(const xlsx::Sheet& sheet);

}  // namespace tonghop
