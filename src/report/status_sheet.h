// The sheet "status of returns": one row for every agency that is expected or came, one for every file, and counts that
// tie.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "report/provincial.h"
#include "xlsx/workbook.h"

namespace tonghop {

// Expected agencies are those of the province's round; without one, agencies that came are listed, and files. An agency
// is late when what counts was received after the deadline (Member::received); when that is not known it is not.
void add_status_sheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                      const std::vector<SourceFile>& sources, const Definitions& definitions, const std::string& lang);

}  // namespace tonghop
