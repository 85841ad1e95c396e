// Where something stands: a cell of a workbook, or a line of a definition file.
#pragma once

#include <string>

namespace tonghop {

struct Place {
  std::string file = {};   // as the user named it, or the name of an embedded definition
  std::string sheet = {};  // "" when the whole file is meant
  std::string cell = {};   // "E12"; "" when the whole sheet is meant
  int line = 0;            // from 1; 0 when the place is not in a text file
  int column = 0;          // from 1, in bytes

  friend bool operator==(const Place&, const Place&) = default;
};

// "a.xlsx [Sheet1] E12" or "form.xml:12:5"; whatever is empty is left out.
std::string to_string(const Place& place);

}  // namespace tonghop
