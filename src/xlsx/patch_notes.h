// The notes of a worksheet with some added and earlier ones of ours taken out; all others stay byte for byte.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

struct NotesParts {
  std::string comments;  // texts
  std::string drawing;   // boxes, VML
};

// What is put beside a cell. Every line begins with the sign, by which it is known again.
struct NoteLook {
  std::string sign;    // "tonghop: "
  std::string author;  // at most 54 UTF-16 units
  std::string font;
};

// A text without lines of ours.
std::string without_lines(std::string_view text, std::string_view sign);

// For a sheet that has notes. `sheet` is that sheet as it was read; `notes` has the new texts by cell, lines as of
// NoteLook. A text goes below one that somebody else wrote on the same cell. Throws std::runtime_error where the parts
// are not as programs write them.
NotesParts with_notes(const NotesParts& parts, const Workbook& book, const Sheet& sheet,
                      const std::map<Address, std::string>& notes, const NoteLook& look);

// For a sheet that has none; `block` as for notes_drawing().
NotesParts new_notes(const Workbook& book, const Sheet& sheet, const std::map<Address, std::string>& notes,
                     const NoteLook& look, std::size_t block);

}  // namespace tonghop::xlsx
