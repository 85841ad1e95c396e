// Leaves out of the XML of a sheet what would only cost memory: rows that hold nothing, of which there may be a
// million.
#pragma once

#include <string>
#include <string_view>

namespace tonghop::xlsx {

// The text without each empty, numbered and visible <row> that another numbered <row> follows: nothing depends on it. A
// text with comments, CDATA or a document type stays as it is.
std::string without_empty_rows(std::string_view text);

}  // namespace tonghop::xlsx
