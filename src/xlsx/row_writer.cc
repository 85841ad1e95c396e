// Writing rows: what is the same in all cells of a row, a column or a style is made once.
#include "xlsx/row_writer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/text.h"
#include "xlsx/grid.h"
#include "xlsx/markup.h"

namespace tonghop::xlsx {
namespace {

// Excel's limits; lengths in UTF-16 units.
constexpr std::size_t kMaxText = 32'767;
constexpr int kMaxLineFeeds = 253;
constexpr double kMaxHeight = 409;  // points

}  // namespace

bool fits(std::string_view text, std::size_t units) {
  return text.size() <= units || utf16_length(text) <= units;  // bytes are never fewer than units
}

bool fits_a_cell(std::string_view text) {
  return fits(text, kMaxText) && (text.size() <= kMaxLineFeeds || std::ranges::count(text, '\n') <= kMaxLineFeeds);
}

RowWriter::RowWriter(const Workbook& workbook, const std::string& sheet, SharedStringTable* strings, std::string& out)
    : workbook_(workbook), sheet_(sheet), strings_(strings), out_(out), columns_(1) {
  for (std::size_t i = 0; i < workbook.styles.size(); ++i) {
    styles_.push_back(i == 0 ? "\"" : "\" s=\"" + std::to_string(i) + "\"");
  }
}

void RowWriter::refuse(const std::string& what) const {
  throw std::invalid_argument("sheet \"" + sheet_ + "\": " + what);
}

void RowWriter::write(const RowFormat& format, std::span<const Cell> cells) {
  const int row = format.row;
  if (row <= last_row_ || row > kMaxRow) refuse("rows descend or leave the grid at " + std::to_string(row));
  if (!(format.height >= 0 && format.height <= kMaxHeight)) refuse("row height");
  last_row_ = row;
  row_number_ = std::to_string(row);
  append(out_, "<row r=\"", row_number_, "\"");
  if (format.height > 0) append(out_, " ht=\"", format.height, "\" customHeight=\"1\"");
  append(out_, format.hidden ? " hidden=\"1\">" : ">");
  int last_column = 0;
  for (const Cell& cell : cells) {
    if (!on_grid(cell.at) || cell.at.row != row || cell.at.column <= last_column) {
      refuse("cells descend or leave the grid at " + to_string(cell.at));
    }
    last_column = cell.at.column;
    for (int i = static_cast<int>(columns_.size()); i <= last_column; ++i) {
      columns_.push_back({"<c r=\"" + column_name(i), 0});
    }
    write_cell(cell);
  }
  out_ += "</row>";
}

void RowWriter::write_cell(const Cell& cell) {
  const auto fail_unless = [&](bool holds, const char* what) {
    if (!holds) refuse(to_string(cell.at) + ": " + what);
  };
  fail_unless(cell.style >= 0 && static_cast<std::size_t>(cell.style) < styles_.size(), "no such style");
  out_ += columns_[static_cast<std::size_t>(cell.at.column)].head;
  out_ += row_number_;
  out_ += styles_[static_cast<std::size_t>(cell.style)];

  const double* number = std::get_if<double>(&cell.value);
  if (number != nullptr) fail_unless(std::isfinite(*number), "not a finite number");
  if (number != nullptr && !cell.has_formula && cell.formula.empty()) {  // most cells
    append(out_, "><v>", *number, "</v></c>");
    return;
  }
  const std::string* text = std::get_if<std::string>(&cell.value);
  if (text != nullptr) fail_unless(fits_a_cell(*text), "text longer than 32,767 or with more than 253 line feeds");
  if (cell.has_formula || !cell.formula.empty()) {
    fail_unless(!cell.formula.empty() && cell.formula.front() != '=', "formula missing or with =");
    fail_unless(fits(cell.formula, kMaxFormula), "formula longer than 8,192");
    fail_unless(cell.runs.empty(), "a formula has no rich text");
  } else if (text != nullptr && !text->empty()) {
    return write_text_cell(cell, *text);
  }

  if (std::holds_alternative<bool>(cell.value)) out_ += " t=\"b\"";
  if (std::holds_alternative<ErrorValue>(cell.value)) out_ += " t=\"e\"";
  if (text != nullptr && !cell.formula.empty()) out_ += " t=\"str\"";
  const bool empty = std::holds_alternative<std::monostate>(cell.value) || text != nullptr;
  if (empty && cell.formula.empty()) {
    out_ += "/>";
    return;
  }
  out_ += ">";
  if (!cell.formula.empty()) {
    out_ += "<f>";
    append_formula(out_, cell.formula);
    out_ += "</f>";
  }
  if (number != nullptr) {
    append(out_, "<v>", *number, "</v>");
  } else if (const bool* truth = std::get_if<bool>(&cell.value)) {
    out_ += *truth ? "<v>1</v>" : "<v>0</v>";
  } else if (const ErrorValue* error = std::get_if<ErrorValue>(&cell.value)) {
    fail_unless(error->code.starts_with('#'), "error value without #");
    out_ += "<v>";
    append_text(out_, error->code);
    out_ += "</v>";
  } else if (text != nullptr) {
    out_ += "<v>";
    append_text(out_, *text);
    out_ += "</v>";
  }
  out_ += "</c>";
}

void RowWriter::write_text_cell(const Cell& cell, const std::string& text) {
  if (!cell.runs.empty()) {
    std::string joined;
    for (const Run& run : cell.runs) joined += run.text;
    if (joined != text) refuse(to_string(cell.at) + ": runs are not the text");
  }
  if (strings_ == nullptr) {
    if (!cell.runs.empty()) refuse(to_string(cell.at) + ": rich text in a cell of its own");
    out_ += " t=\"inlineStr\"><is>";
    append_t(out_, text);
    out_ += "</is></c>";
    return;
  }
  const Style& style = workbook_.styles[static_cast<std::size_t>(cell.style)];
  std::size_t& index = columns_[static_cast<std::size_t>(cell.at.column)].string;
  index = cell.runs.empty() ? strings_->index(text, index) : strings_->index(cell.runs, style);
  append(out_, " t=\"s\"><v>", index, "</v></c>");
}

}  // namespace tonghop::xlsx
