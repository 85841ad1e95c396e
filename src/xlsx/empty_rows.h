// Leaves out of the XML of a sheet what would only cost memory: rows that hold nothing, of which there may be a
// million.
#pragma once

#include <string>

namespace tonghop::xlsx {

// Removes each empty, numbered and visible <row> that another numbered <row> follows: nothing depends on it. A text
// with comments, CDATA or a document type stays as it is.
void drop_empty_rows(std::string& text);

}  // namespace tonghop::xlsx
