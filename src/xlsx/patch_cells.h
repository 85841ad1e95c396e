// A worksheet part with other formats on some cells; what cells hold stays as it is.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// The cell formats of the cells that are there, by address. Rows and cells without a reference follow the one before.
std::map<Address, int> cell_formats(std::string_view text);

// The format that an empty cell would have there: that of its row, else of its column, else 0.
int format_of_empty(std::string_view text, Address at);

// The part with these formats. Cells and rows that are not there are put where they belong. Throws std::runtime_error
// where rows or cells do not ascend.
std::string with_formats(std::string_view text, const std::map<Address, int>& formats);

// The part with a relationship to its drawing of notes, which it does not have yet.
std::string with_notes_drawing(std::string_view text, std::string_view id, std::string_view relationship_namespace);

// What the part calls its drawing of notes; "" when there is none.
std::string notes_drawing_id(std::string_view text);

// The part not selected together with another; itself when it is not.
std::string deselected(std::string_view text);

}  // namespace tonghop::xlsx
