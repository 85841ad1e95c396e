// The sheet of charts: returns by state, how complete each section is, and percentages agency by agency.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

// `returns`: each state in words and how many returns are in it. What the charts show stands in a table beside them,
// percentages as formulas over the sheet by agency.
void add_chart_sheet(xlsx::Workbook& book, const Province& province,
                     const std::vector<std::pair<std::string, int>>& returns, const Definitions& definitions,
                     const std::string& lang);

}  // namespace tonghop
