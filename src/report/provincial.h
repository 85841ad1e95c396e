// The merged workbook: the official form with live formulas, the figures by agency beneath it, findings, remarks,
// sources.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "merge/source_file.h"
#include "xlsx/workbook.h"

namespace tonghop {

// What stands on the first sheet besides figures.
struct Title {
  std::string agency;   // whose report it is; "" leaves a cell to fill in
  std::string period;   // "" the same
  std::string program;  // "tonghop 0.1.0"
};

// Totals and percentages of the first sheet are formulas over the sheet by agency, with the computed value cached;
// texts are in the summary form's language. The definitions must have a summary form. Long sheets are made while the
// workbook is written: until then it borrows all that it is made from, but the title.
xlsx::Workbook provincial_workbook(const Province& province, const Definitions& definitions, const Findings& findings,
                                   const std::vector<SourceFile>& sources, const Title& title);

}  // namespace tonghop
