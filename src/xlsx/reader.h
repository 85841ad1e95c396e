// The small front door for reading: bytes of a workbook in, plain values out.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Cells, merges, hidden sheets, number formats and protection of every worksheet; chart sheets, drawings, macros and
// external links are passed over. Cells keep cached values. Cells without value and formula are not stored.
// Sheets that cannot be read are left out with a finding (sheet-damaged). Throws Error when the file as a whole cannot
// be used. `file` is for messages only.
Workbook read_workbook(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits = {});

}  // namespace tonghop::xlsx
