// The sheet of findings: one cause a row, and three yellow columns in which the coordinator decides about it. The next
// merge reads them back (merge/decisions.h).
#pragma once

#include <string>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

// The findings in their order; what is decided already is grey. Where a decision is told in the row of its finding,
// findings about the decision itself have no row of their own.
void add_findings_sheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                        const Definitions& definitions, const std::string& lang);

}  // namespace tonghop
