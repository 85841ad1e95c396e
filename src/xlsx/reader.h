// The small front door for reading: bytes of a workbook in, plain values out.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Cells, merges, hidden sheets, rows and columns, number formats and protection of every worksheet; chart sheets,
// drawings, macros and external links are passed over. Cells keep cached values. Cells without value and formula are
// not stored; rows and columns only when hidden. Line ends in texts are "\n".
//
// Texts in an old 8-bit encoding, told by the font, become Unicode. Comments keep their text only.
//
// Findings: cell-broken (type, content) where a value cannot be understood: the cell then holds the text as it stands,
// or #REF! for a shared string that is not there; cell-too-long (length, most), the cell then holds #VALUE!;
// part-repeated (part, count) for a package that holds two contents under one name; once a sheet, with count and the
// first place: cell-repeated (the last one counts), cell-moved (reference and row disagree, the row counts),
// cell-outside (beyond the grid, dropped); sheet-damaged (part, problem) for a sheet that is left out, comments-damaged
// for comments that are. Throws Error when the file as a whole cannot be used: the codes of Package, and file-damaged
// when workbook, styles or shared strings are broken or no sheet can be read. `file` is for messages only.
Workbook read_workbook(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits = {});

}  // namespace tonghop::xlsx
