// Rows as tall as their longest wrapped text.
#include "report/list_sheet.h"

#include <algorithm>

#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"

namespace tonghop {

namespace {
constexpr int kHeaderRow = 3;
}  // namespace

xlsx::Sheet list_sheet(xlsx::Workbook& book, const std::string& name, const std::string& title,
                       const std::vector<ListColumn>& columns, const std::vector<ListRow>& rows,
                       const std::string& empty) {
  xlsx::Sheet sheet;
  sheet.name = name;
  xlsx::Style heading;
  heading.bold = true;
  heading.size = 14;
  sheet.cell({1, 1}).value = title;
  sheet.cell({1, 1}).style = book.style(heading);
  int lines = 1;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const int column = static_cast<int>(c) + 1;
    auto& cell = sheet.cell({kHeaderRow, column});
    cell.value = columns[c].caption;
    cell.style = book.style(header_style());
    lines = std::max(lines, wrapped_lines(columns[c].caption, columns[c].width, true));
    sheet.columns.push_back({column, column, columns[c].width, false});
  }
  sheet.rows.push_back({kHeaderRow, row_height(lines), false});
  int at = kHeaderRow;
  for (const ListRow& row : rows) {
    ++at;
    lines = 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      xlsx::Style style;
      style.border = true;
      style.wrap = true;
      style.vertical = xlsx::Vertical::top;
      style.horizontal = columns[c].centred ? xlsx::Horizontal::center : xlsx::Horizontal::left;
      if (c == 0) style.fill = row.fill;
      auto& cell = sheet.cell({at, static_cast<int>(c) + 1});
      if (const auto* number = std::get_if<double>(&row.cells[c])) {
        style.number_format = "#,##0";
        cell.value = *number;
      } else if (const auto* figure = std::get_if<ListNumber>(&row.cells[c])) {
        style.number_format = figure->format;
        cell.value = figure->value;
      } else if (const auto& text = std::get<std::string>(row.cells[c]); !text.empty()) {
        style.number_format = "@";
        const std::string fitting = cell_text(text);
        cell.value = fitting;
        lines = std::max(lines, wrapped_lines(fitting, columns[c].width));
      }
      cell.style = book.style(style);
    }
    sheet.rows.push_back({at, row_height(lines), false});
  }
  if (rows.empty()) sheet.cell({kHeaderRow + 1, 1}).value = empty;
  const int last = std::max(at, kHeaderRow + 1);
  sheet.frozen_rows = kHeaderRow;
  sheet.filter = xlsx::Area{{kHeaderRow, 1}, {last, static_cast<int>(columns.size())}};
  xlsx::PrintSetup print;
  print.landscape = true;
  print.title_first = print.title_last = kHeaderRow;
  print.area = xlsx::Area{{1, 1}, {last, static_cast<int>(columns.size())}};
  print.footer = "&C&P/&N";
  sheet.print = print;
  return sheet;
}

std::string sheet_and_cell(const Place& place) {
  return place.sheet + (place.sheet.empty() || place.cell.empty() ? "" : ", ") + place.cell;
}

}  // namespace tonghop
