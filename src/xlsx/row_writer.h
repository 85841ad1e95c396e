// Writes rows of a worksheet and the cells in them, most of what there is to write.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/shared_strings_writer.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

inline constexpr std::size_t kMaxFormula = 8'192;  // UTF-16 units

bool fits(std::string_view text, std::size_t units);  // of UTF-16
bool fits_a_cell(std::string_view text);              // 32,767 UTF-16 units and 253 line feeds

class RowWriter {
 public:
  // Borrows all of them; `sheet` names it in messages. Texts go into `strings` or, when that is null, stand in their
  // cells.
  RowWriter(const Workbook& workbook, const std::string& sheet, SharedStringTable* strings, std::string& out);

  // Throws std::invalid_argument where a limit of Excel is broken and when rows or cells do not ascend.
  void write(const RowFormat& format, std::span<const Cell> cells);

 private:
  struct Column {
    std::string head;        // how its cells begin: "<c r=\"AB"
    std::size_t string = 0;  // shared by the last of them that had a text
  };

  [[noreturn]] void refuse(const std::string& what) const;
  void write_cell(const Cell& cell);
  void write_text_cell(const Cell& cell, const std::string& text);

  const Workbook& workbook_;
  const std::string& sheet_;
  SharedStringTable* strings_;
  std::string& out_;
  std::vector<Column> columns_;      // by their number, those met so far
  std::vector<std::string> styles_;  // what stands behind its reference
  std::string row_number_;           // of the row being written
  int last_row_ = 0;                 // written so far
};

}  // namespace tonghop::xlsx
