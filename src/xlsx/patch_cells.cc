// Walking through rows and cells as bytes.
#include "xlsx/patch_cells.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "xlsx/markup.h"
#include "xlsx/tags.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

// Where a tag of the sheet data stands. Depths: worksheet 0, sheetData 1, row 2, c 3.
class CellWalk {
 public:
  explicit CellWalk(std::string_view text) : text_(text), tags_(text) {}

  bool next() {
    if (!tags_.next(tag)) return false;
    if (tag.depth == 1 && tag.name == "sheetData") inside_ = !tag.closing && !tag.empty;
    row_tag = inside_ && tag.depth == 2 && tag.name == "row";
    cell_tag = inside_ && tag.depth == 3 && tag.name == "c";
    if (row_tag && !tag.closing) {
      at.row = integer(attribute(text_, tag, "r")).value_or(at.row + 1);
      at.column = 0;
    } else if (cell_tag && !tag.closing) {
      const auto reference = parse_address(attribute(text_, tag, "r"));
      at.column = reference ? reference->column : at.column + 1;
    }
    return true;
  }

  Tag tag;
  Address at;                              // of the row or cell that was last begun
  bool row_tag = false, cell_tag = false;  // begin or end of one

 private:
  std::string_view text_;
  Tags tags_;
  bool inside_ = false;
};

std::string new_cell(std::string_view prefix, Address at, int format) {
  std::string out;
  append(out, "<", prefix, "c r=\"", to_string(at), "\" s=\"", format, "\"/>");
  return out;
}

// Puts formats into a part, row by row.
class Formatting {
 public:
  Formatting(std::string_view text, const std::map<Address, int>& formats)
      : text_(text), next_(formats.begin()), end_(formats.end()) {}

  std::string run() {
    CellWalk walk(text_);
    Address last;
    while (walk.next()) {
      const Tag& tag = walk.tag;
      if (tag.depth == 1 && tag.name == "sheetData" && (tag.closing || tag.empty)) finish(tag);
      if (!walk.row_tag && !walk.cell_tag) continue;
      if (!tag.closing) {
        if (walk.row_tag ? walk.at.row <= last.row : walk.at <= last)
          throw std::runtime_error("rows or cells do not ascend");
        last = walk.at;
      }
      if (walk.row_tag && !tag.closing) {
        edits_.insert(tag.begin, rows_before(walk.at.row, tag.prefix));
        if (tag.empty) fill_row(tag, walk.at.row);
      } else if (walk.row_tag) {
        edits_.insert(tag.begin, cells_before({walk.at.row, kMaxColumn + 1}, tag.prefix));
      } else if (!tag.closing) {
        edits_.insert(tag.begin, cells_before(walk.at, tag.prefix));
        if (next_ != end_ && next_->first == walk.at) {
          edits_.set_attribute(text_, tag, "s", std::to_string(next_->second));
          ++next_;
        }
      }
    }
    if (next_ != end_) throw std::runtime_error("no sheet data");
    return edits_.applied_to(text_);
  }

 private:
  std::string cells_before(Address at, std::string_view prefix) {
    std::string out;
    for (; next_ != end_ && next_->first < at; ++next_) out += new_cell(prefix, next_->first, next_->second);
    return out;
  }

  std::string rows_before(int row, std::string_view prefix) {
    std::string out;
    while (next_ != end_ && next_->first.row < row) {
      const int added = next_->first.row;
      append(out, "<", prefix, "row r=\"", added, "\">", cells_before({added, kMaxColumn + 1}, prefix), "</", prefix,
             "row>");
    }
    return out;
  }

  void fill_row(const Tag& tag, int row) {
    const std::string cells = cells_before({row, kMaxColumn + 1}, tag.prefix);
    if (!cells.empty()) edits_.append_inside(text_, {tag, tag.end, tag.end}, cells);
  }

  void finish(const Tag& tag) {
    const std::string rows = rows_before(kMaxRow + 1, tag.prefix);
    if (rows.empty()) return;
    if (tag.empty) {
      edits_.append_inside(text_, {tag, tag.end, tag.end}, rows);
    } else {
      edits_.insert(tag.begin, rows);
    }
  }

  std::string_view text_;
  std::map<Address, int>::const_iterator next_, end_;
  Edits edits_;
};

}  // namespace

std::map<Address, int> cell_formats(std::string_view text) {
  std::map<Address, int> formats;
  CellWalk walk(text);
  while (walk.next()) {
    if (walk.cell_tag && !walk.tag.closing) formats[walk.at] = integer(attribute(text, walk.tag, "s")).value_or(0);
  }
  return formats;
}

int format_of_empty(std::string_view text, Address at) {
  const auto says = [&](const Tag& tag, std::string_view name) { return integer(attribute(text, tag, name)); };
  std::optional<int> of_column, of_row;
  for (const Element& column : elements(text, {"worksheet", "cols", "col"})) {
    if (says(column.open, "min").value_or(0) <= at.column && at.column <= says(column.open, "max").value_or(0))
      of_column = says(column.open, "style");
  }
  CellWalk walk(text);
  while (walk.next() && walk.at.row <= at.row) {
    if (!walk.row_tag || walk.tag.closing || walk.at.row != at.row) continue;
    const std::string_view own = attribute(text, walk.tag, "customFormat");
    if (own == "1" || own == "true") of_row = says(walk.tag, "s");
  }
  return of_row.value_or(of_column.value_or(0));
}

std::string with_formats(std::string_view text, const std::map<Address, int>& formats) {
  return Formatting(text, formats).run();
}

std::string with_notes_drawing(std::string_view text, std::string_view id, std::string_view relationship_namespace) {
  // What stands behind it in a worksheet (CT_Worksheet); controls and objects are wrapped in AlternateContent.
  constexpr std::array<std::string_view, 9> kBehind = {"legacyDrawingHF", "drawingHF",        "picture",
                                                       "oleObjects",      "controls",         "webPublishItems",
                                                       "tableParts",      "AlternateContent", "extLst"};
  Tags tags(text);
  for (Tag tag; tags.next(tag);) {
    const bool end = tag.closing && tag.depth == 0;
    if (!end && (tag.depth != 1 || tag.closing || std::ranges::find(kBehind, tag.name) == kBehind.end())) continue;
    const auto root = elements(text, {"worksheet"});
    if (root.empty()) break;
    std::string element;
    append(element, "<", root.front().open.prefix, "legacyDrawing xmlns:r=\"", relationship_namespace, "\" r:id=\"", id,
           "\"/>");
    Edits edits;
    edits.insert(tag.begin, element);
    return edits.applied_to(text);
  }
  throw std::runtime_error("no worksheet");
}

std::string notes_drawing_id(std::string_view text) {
  const auto found = elements(text, {"worksheet", "legacyDrawing"});
  return found.empty() ? "" : std::string(attribute(text, found.front().open, "id"));
}

std::string deselected(std::string_view text) {
  Edits edits;
  for (const char* root : {"worksheet", "chartsheet", "dialogsheet"}) {
    for (const Element& view : elements(text.substr(0, text.find("<sheetData")), {root, "sheetViews", "sheetView"})) {
      const std::string_view selected = attribute(text, view.open, "tabSelected");
      if (selected == "1" || selected == "true") edits.set_attribute(text, view.open, "tabSelected", "0");
    }
  }
  return edits.applied_to(text);
}

}  // namespace tonghop::xlsx
