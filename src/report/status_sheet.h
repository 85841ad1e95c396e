// The sheet "status of returns": one row for every agency that is expected or came, one for every file, and counts that
// tie.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "merge/source_file.h"
#include "xlsx/workbook.h"

namespace tonghop {

// Expected agencies are those of the province's round; without one, agencies that came are listed, and files. An agency
// is late when every file that says what counts was saved after the deadline; without a date inside it is not.
void add_status_sheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                      const std::vector<SourceFile>& sources, const Definitions& definitions, const std::string& lang);

}  // namespace tonghop
