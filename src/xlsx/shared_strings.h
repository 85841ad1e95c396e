// The table of shared strings, which cells refer to by index.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

// Text of an <si> or <is>: direct <t> and those of direct <r> joined, phonetic readings left out, escapes resolved.
// A view of `made` when it had to be put together, else of the part.
std::string_view rich_text(pugi::xml_node node, std::string& made);

// Whether a run of the <si> or <is> names its font: then the text can only be told by text_by_fonts().
bool names_fonts(pugi::xml_node node);

// As rich_text(), with what is stored in an old 8-bit encoding made Unicode; `font` is that of the cell, which runs
// without a font of their own have.
std::string text_by_fonts(pugi::xml_node node, std::string_view font);

struct SharedString {
  std::string_view text;
  pugi::xml_node runs = {};  // the <si>, when a run of it names its font
};

// Owns the part; texts are views of it.
class SharedStrings {
 public:
  SharedStrings() = default;  // a workbook without any

  // Throws Error file-damaged.
  SharedStrings(Package& package, std::string_view part);

  // Nothing when there is no such string.
  std::optional<SharedString> at(int index) const;

 private:
  std::unique_ptr<XmlPart> part_;
  std::vector<SharedString> texts_;
  std::deque<std::string> made_;  // texts that do not stand in the part as they are meant
};

}  // namespace tonghop::xlsx
