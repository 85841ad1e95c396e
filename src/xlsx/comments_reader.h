// Reads the comments of a worksheet: notes, and the conversations ("threaded comments") that newer Excel writes.
#pragma once

#include <string>
#include <vector>

#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Of the sheet in that part, ascending by address, one an address; replies and further notes on their own lines.
// Throws Error (file-damaged, file-too-large).
std::vector<Comment> read_comments(Package& package, const std::string& sheet_part);

}  // namespace tonghop::xlsx
