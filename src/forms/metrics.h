// How tall a wrapped text is: spreadsheets do not store it, so whoever writes row heights must estimate it.
#pragma once

#include <string_view>

namespace tonghop {

// Lines that the text takes in a column `width` characters wide, set in a 12-point Times-like font, wrapped at blanks.
// At least 1; errs to the tall side.
int wrapped_lines(std::string_view text, double width, bool bold = false, int points = 12);

// Height in points for so many lines, at most Excel's 409.
double row_height(int lines, int points = 12);

}  // namespace tonghop
