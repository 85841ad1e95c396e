// The table of shared strings, which cells refer to by index.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/paths.h"
#include "xlsx/scanner.h"
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

// The <si> or <is> whose name the scanner took last. Its text is a view of the part, of `made`, or of `tree`, which is
// made where more than one <t> stands in it.
SharedString scan_string(Scanner& scanner, const Limits& limits, std::string& made, std::unique_ptr<XmlPart>& tree);

// Owns the part; texts are views of it.
class SharedStrings {
 public:
  SharedStrings() = default;  // a workbook without any

  // Throws Error file-damaged.
  SharedStrings(Package& package, const std::string& part, Paths& paths);

  // Nothing when there is no such string.
  std::optional<SharedString> at(int index) const;

 private:
  bool scan(const Limits& limits);
  void read_tree(const Package& package, const std::string& part);
  std::string_view kept(std::string_view made);

  std::unique_ptr<std::string> text_;            // when it was scanned,
  std::vector<std::unique_ptr<XmlPart>> parts_;  // and what of it was read as a tree: all, or strings with runs
  std::vector<SharedString> texts_;
  // Texts that do not stand in the part as they are meant: in one piece as long as there is room in it.
  std::vector<char> room_;
  std::deque<std::string> made_;
};

}  // namespace tonghop::xlsx
