// Reads OpenDocument spreadsheets (.ods; OpenDocument 1.3 part 3, clause 9) into the same plain values as .xlsx.
#pragma once

#include "base/finding.h"
#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// As read_workbook(), of a package that is an open_document().
Workbook read_ods(Package& package, Findings& findings, const Limits& limits);

}  // namespace tonghop::xlsx
