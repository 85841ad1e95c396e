// Notice of a round -> cells beside a form.
#include "forms/notice.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "forms/blank.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"

namespace tonghop {
namespace {

constexpr double kPreviousWidth = 24;
constexpr const char* kPreviousColor = "7F7F7F";

// Puts cells into a column where none is: all in one pass, since each by itself moves those behind it.
void add_column(xlsx::Sheet& sheet, std::vector<xlsx::Cell> column) {
  std::ranges::sort(column, {}, &xlsx::Cell::at);
  const auto before = static_cast<std::ptrdiff_t>(sheet.cells.size());
  std::ranges::move(column, std::back_inserter(sheet.cells));
  std::ranges::inplace_merge(sheet.cells, sheet.cells.begin() + before, {}, &xlsx::Cell::at);
}

}  // namespace

void add_notice_line(xlsx::Workbook& book, const Template& form, const Layout& layout, const std::string& line) {
  xlsx::Style style;
  style.italic = true;
  style.horizontal = xlsx::Horizontal::center;
  for (std::size_t s = 0; s < form.sheets.size(); ++s) {
    const int row = layout.sheets[s].field_row - 1;
    if (row <= 0) continue;
    xlsx::Sheet& sheet = book.sheets[s];
    xlsx::Cell& cell = sheet.cell({row, 1});
    cell.value = line;
    cell.style = book.style(style);
    sheet.merges.push_back({{row, 1}, {row, layout.columns}});
  }
}

void add_previous_column(xlsx::Workbook& book, const Template& form, const Layout& layout, const Inputs& inputs,
                         const Notice& notice, const Wording& wording) {
  const int column = layout.key_column + 1;
  std::string caption = wording.text("blank.previous", form.lang);
  if (!notice.previous_period.empty()) caption += " (" + notice.previous_period + ")";
  xlsx::Style header = header_style();
  header.italic = true;
  header.bold = false;
  header.color = kPreviousColor;
  std::vector<std::vector<xlsx::Cell>> columns(form.sheets.size());
  for (std::size_t s = 0; s < form.sheets.size(); ++s) {
    xlsx::Sheet& sheet = book.sheets[s];
    const SheetLayout& at = layout.sheets[s];
    const int last = at.header_row + at.header_rows - 1;
    for (int row = at.header_row; row <= last; ++row) {
      xlsx::Cell& cell = columns[s].emplace_back();
      cell.at = {row, column};
      cell.style = book.style(header);
      if (row == at.header_row) cell.value = caption;
    }
    if (last > at.header_row) sheet.merges.push_back({{at.header_row, column}, {last, column}});
    sheet.columns.push_back({column, column, kPreviousWidth, false});
  }
  for (std::size_t r = 0; r < form.rows.size(); ++r) {
    if (!inputs[r].expected) continue;
    xlsx::Style style;
    style.italic = true;
    style.border = true;
    style.color = kPreviousColor;
    style.horizontal = xlsx::Horizontal::center;
    style.number_format = number_format(inputs[r].kind);
    xlsx::Cell& cell = columns[static_cast<std::size_t>(form.rows[r].sheet)].emplace_back();
    cell.at = {layout.rows[r], column};
    if (notice.previous[r]) cell.value = *notice.previous[r];
    cell.style = book.style(style);
  }
  for (std::size_t s = 0; s < columns.size(); ++s) add_column(book.sheets[s], std::move(columns[s]));
}

}  // namespace tonghop
