// The sheet "status of returns": one row for every agency that is expected or came, one for every file, and counts that
// tie. It stands in the merged workbook, and is a workbook of its own.
#pragma once

#include <string>

#include "report/status_lines.h"
#include "xlsx/workbook.h"

namespace tonghop {

void add_status_sheet(xlsx::Workbook& book, const RoundStatus& status, const std::string& lang);

// That sheet, and behind it the open errors and warnings about what counts, by agency. Until it is written
// the workbook borrows what the status refers to.
xlsx::Workbook status_workbook(const RoundStatus& status, const std::string& lang);

// Whether the workbook is one of these: what else bears the name of such a file is not overwritten.
bool is_status_workbook(const xlsx::Workbook& book, const Wording& wording);

}  // namespace tonghop
