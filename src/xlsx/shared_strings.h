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

// Text in runs.
struct RichText {
  struct Piece {
    std::string font;  // its name, "" when it has that of the cell
    std::string text;  // escapes resolved
  };
  std::vector<Piece> pieces;
  bool fonts = false;  // whether a piece names its font: then its text can only be told by text_by_fonts()
};

// Of an <si> or <is>: direct <t> and those of direct <r>, phonetic readings left out.
RichText rich_text(pugi::xml_node node);

// All of it, with what is stored in an old 8-bit encoding made Unicode; `font` is that of the cell.
std::string text_by_fonts(const RichText& rich, std::string_view font);

struct SharedString {
  std::string_view text;
  const RichText* rich = nullptr;  // when it names fonts
};

// The <si> or <is>. Its text is a view of the part, or of `made` when it had to be put together; `rich` is set where
// the string needs it.
SharedString read_string(pugi::xml_node node, std::string& made, std::shared_ptr<const RichText>& rich);

// The one whose name the scanner took last. Its text is a view of the part or of `made`.
SharedString scan_string(Scanner& scanner, const Limits& limits, std::string& made,
                         std::shared_ptr<const RichText>& rich);

// Owns the part; texts are views of it.
class SharedStrings {
 public:
  SharedStrings() = default;  // a workbook without any

  // Throws Error file-damaged.
  SharedStrings(Package& package, const std::string& part, Paths& paths);

  // Null when there is no such string.
  const SharedString* at(int index) const {
    return index >= 0 && static_cast<std::size_t>(index) < texts_.size() ? &texts_[static_cast<std::size_t>(index)]
                                                                         : nullptr;
  }

 private:
  bool scan(const Limits& limits);
  void read_tree(const Package& package, const std::string& part);
  void add(SharedString string, const std::string& made, std::shared_ptr<const RichText> rich);
  std::string_view kept(std::string_view made);

  std::optional<PartText> text_;   // when it was scanned,
  std::unique_ptr<XmlPart> tree_;  // or as a tree
  std::vector<std::shared_ptr<const RichText>> rich_;
  std::vector<SharedString> texts_;
  // Texts that do not stand in the part as they are meant: in one piece as long as there is room in it.
  std::vector<char> room_;
  std::deque<std::string> made_;
};

}  // namespace tonghop::xlsx
