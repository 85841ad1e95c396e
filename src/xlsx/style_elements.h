// The elements that a style is made of in a styles part: fonts, fills and borders, and the cell format that names them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// All throw std::invalid_argument on what Excel would not take (limits, colours that are not "RRGGBB").

// "FFRRGGBB", opaque, as attributes want it.
std::string argb(std::string_view color);

std::string font_xml(const Style& style, std::string_view name);  // <font>
std::string fill_xml(const Style& style);                         // <fill>
std::string border_xml(bool thin);                                // <border>

// Positions in the tables of a styles part.
struct CellFormat {
  int number_format = 0;  // id
  std::size_t font = 0, fill = 0, border = 0;
};
std::string cell_format_xml(const Style& style, const CellFormat& parts);  // <xf>

}  // namespace tonghop::xlsx
