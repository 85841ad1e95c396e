// What the rows and cells of a worksheet mean, however its part is read: as a tree or by the scanner.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "xlsx/shared_strings.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// What cells of all sheets refer to or count against.
struct SheetContext {
  SheetContext(const SharedStrings& shared, const std::vector<Style>& formats, const Limits& bounds);

  const SharedStrings& strings;
  const std::vector<Style>& styles;  // an index beyond is taken as 0
  std::vector<bool> legacy;          // by style: whether its font means an old 8-bit encoding
  bool any_legacy = false;           // whether one does
  Limits limits;
  std::size_t cells_left;  // how many cells may still be stored
  std::size_t text_left;   // and how many bytes of text: one long text may be shared by many cells
};

// A cell as its part holds it, entities resolved; "" for attributes that are not there.
struct StoredCell {
  std::string_view place = {}, type = {}, style = {};  // the attributes r, t, s
  std::optional<std::string_view> value = {}, formula = {};
  bool formula_type = false;              // the formula has an attribute t
  std::optional<SharedString> rich = {};  // a text of its own, <is>
};

// Fills `sheet`, whose name is set already; reports what cannot be understood (sheet_reader.h).
class SheetCells {
 public:
  SheetCells(const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings)
      : file_(file), context_(context), sheet_(sheet), findings_(findings) {}

  void expect(std::size_t bytes);  // about so many of XML
  void add_column(std::string_view first, std::string_view last, bool hidden);
  void add_merge(std::string_view area);
  void begin_row(std::string_view number, std::string_view first_cell, bool hidden);  // as they are written, or ""
  void pass(std::string_view place);                                                  // a cell that holds nothing
  void add(const StoredCell& stored);
  void finish();  // once, behind the last

 private:
  void take(const SharedString& string, Cell& cell) const;
  void read_value(std::string_view type, std::string_view stored, Cell& cell);
  bool is_legacy(const Cell& cell) const {
    return context_.any_legacy && context_.legacy[static_cast<std::size_t>(cell.style)];
  }
  std::string unicode(std::string text, const Cell& cell) const;
  void bound_text(Cell& cell);
  void broken(Address at, std::string_view type, std::string_view content);
  void put_in_order();
  void report(const char* code, int count, const std::string& first);

  const std::string& file_;
  SheetContext& context_;
  Sheet& sheet_;
  Findings& findings_;
  long row_ = 0;       // number of the row being read, from 1
  long column_ = 0;    // number of the column last read, from 1
  Address last_ = {};  // of the cell stored last
  bool ordered_ = true;
  int outside_ = 0, moved_ = 0;  // cells beyond the grid; cells whose reference names another row
  std::string first_outside_, first_moved_;
};

}  // namespace tonghop::xlsx
