// What a chart says of the cells it shows: where they are, and a copy of what they hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

std::size_t cell_count(const Range& range);

// Append a reference with its copy, as c:strRef and c:numRef. Throw std::invalid_argument when the workbook has no such
// sheet, the range is not one row or column, or what should be numbers is text.
void append_texts(std::string& out, const Workbook& workbook, const Range& range);
void append_numbers(std::string& out, const Workbook& workbook, const Range& range, std::string_view number_format);

}  // namespace tonghop::xlsx
