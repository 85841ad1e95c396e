// The sheet of comparisons: reported against computed, for each agency and each check that did not hold.
#pragma once

#include <string>

#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

void add_comparison_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                          const std::string& lang);

}  // namespace tonghop
