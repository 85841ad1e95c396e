// The small front door for writing: plain values in, bytes out that Excel opens without a repair.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xlsx/package_writer.h"
#include "xlsx/shared_strings_writer.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Colours are "RRGGBB"; runs of a cell joined are its text; a cell whose text is "" is written as an empty one. When
// the active sheet is hidden the first that is not is shown. Throws std::invalid_argument where the workbook breaks one
// of Excel's limits (a programming mistake). Equal workbooks give equal bytes, whatever the number of
// threads.
std::string write_workbook(const Workbook& workbook, unsigned threads = hardware_threads());

// The same bytes handed on while they are made. What is thrown may be thrown after the first of them.
void write_workbook(const Workbook& workbook, const Sink& sink, unsigned threads = hardware_threads());

// The parts of the package in their order, not made yet; they borrow both. Texts of cells go into `strings`, behind
// those that are there.
inline constexpr std::string_view kSharedStringsPart = "xl/sharedStrings.xml";
std::vector<MadePart> parts_of(const Workbook& workbook, SharedStringTable& strings);

}  // namespace tonghop::xlsx
