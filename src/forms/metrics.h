// How tall a wrapped text is: spreadsheets do not store it, so whoever writes row heights must estimate it.
#pragma once

#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop {

// Lines that the text takes in a column `width` characters wide, set in a 12-point Times-like font, wrapped at blanks.
// At least 1; errs to the tall side.
int wrapped_lines(std::string_view text, double width, bool bold = false, int points = 12);

// Height in points for so many lines, at most Excel's 409.
double row_height(int lines, int points = 12);

// Where a text wraps.
struct TextBox {
  double width = 0;  // of its cell and of those merged with it, in characters of the default font
  bool bold = false;
  int size = 12;  // points

  double height(std::string_view text) const;  // of a row that has nothing taller, in points
};

// The box of a cell, by the sheet's columns and merges and by the cell's style.
TextBox text_box(const xlsx::Workbook& book, const xlsx::Sheet& sheet, const xlsx::Cell& cell);

}  // namespace tonghop
