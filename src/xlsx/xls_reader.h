// Reads Excel 97-2003 workbooks (.xls) through FreeXL into the same plain values as .xlsx.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Whether the bytes are an .xls, by content; encrypted ones too.
bool is_xls(std::string_view bytes);

// As read_workbook(), of bytes that are an .xls.
Workbook read_xls(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits);

}  // namespace tonghop::xlsx
