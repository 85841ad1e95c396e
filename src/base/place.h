// Where something stands: a cell of a workbook, or a line of a definition file.
#pragma once

#include <string>

#include "base/shared_text.h"

namespace tonghop {

struct Place {
  SharedText file = {};   // as the user named it, or the name of an embedded definition
  SharedText sheet = {};  // "" when the whole file is meant
  SharedText cell = {};   // "E12"; "" when the whole sheet is meant
  int line = 0;           // from 1; 0 when the place is not in a text file
  int column = 0;         // from 1, in bytes

  friend bool operator==(const Place&, const Place&) = default;
};

// "a.xlsx [Sheet1] E12" or "form.xml:12:5"; whatever is empty is left out.
std::string to_string(const Place& place);

}  // namespace tonghop
