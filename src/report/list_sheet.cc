// Rows as tall as their longest wrapped text.
#include "report/list_sheet.h"

#include <algorithm>
#include <utility>

#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"

namespace tonghop {
namespace {

constexpr int kHeaderRow = 3;

// The styles of one column, registered before the rows are made.
struct ColumnStyles {
  ColumnStyles(xlsx::Workbook& book, const ListColumn& column, bool first) {
    xlsx::Style style;
    style.border = true;
    style.wrap = true;
    style.vertical = xlsx::Vertical::top;
    style.horizontal = column.centred ? xlsx::Horizontal::center : xlsx::Horizontal::left;
    for (std::size_t f = 0; f < (first ? kListFills.size() : 1); ++f) {
      style.fill = kListFills[f];
      const auto formatted = [&](const char* format) {
        style.number_format = format;
        return book.style(style);
      };
      empty[f] = formatted("General");
      text[f] = formatted("@");
      count[f] = formatted("#,##0");
      for (std::size_t n = 0; n < kListFormats.size(); ++n) number[f][n] = formatted(kListFormats[n]);
    }
  }

  std::array<int, kListFills.size()> empty{}, text{}, count{};
  std::array<std::array<int, kListFormats.size()>, kListFills.size()> number{};
};

// Makes the rows of one list; what it needs is its own.
class RowMaker {
 public:
  RowMaker(xlsx::Workbook& book, const std::vector<ListColumn>& columns, ListRows rows) : rows_(std::move(rows)) {
    for (const ListColumn& column : columns) {
      widths_.push_back(column.width);
      styles_.emplace_back(book, column, widths_.size() == 1);
    }
  }

  void make(const std::function<void(const xlsx::StreamedRow&)>& take) const {
    xlsx::StreamedRow made;
    made.cells.resize(widths_.size());
    for (std::size_t r = 0; r < rows_.count; ++r) {
      const ListRow row = rows_.row(r);
      const int at = kHeaderRow + 1 + static_cast<int>(r);
      int lines = 1;
      for (std::size_t c = 0; c < widths_.size(); ++c) {
        xlsx::Cell& cell = made.cells[c];
        const ColumnStyles& styles = styles_[c];
        const std::size_t fill = c == 0 ? row.fill : 0;
        cell.at = {at, static_cast<int>(c) + 1};
        if (const auto* count = std::get_if<double>(&row.cells[c])) {
          cell.value = *count;
          cell.style = styles.count[fill];
        } else if (const auto* number = std::get_if<ListNumber>(&row.cells[c])) {
          cell.value = number->value;
          cell.style = styles.number[fill][number->format];
        } else if (const auto& text = std::get<std::string>(row.cells[c]); text.empty()) {
          cell.value = {};
          cell.style = styles.empty[fill];
        } else {
          std::string fitting = cell_text(text);
          lines = std::max(lines, wrapped_lines(fitting, widths_[c]));
          cell.value = std::move(fitting);
          cell.style = styles.text[fill];
        }
      }
      made.format = {at, row_height(lines), false};
      take(made);
    }
  }

 private:
  ListRows rows_;
  std::vector<double> widths_;        // per column
  std::vector<ColumnStyles> styles_;  // per column
};

}  // namespace

xlsx::Sheet list_sheet(xlsx::Workbook& book, const std::string& name, const std::string& title,
                       const std::vector<ListColumn>& columns, ListRows rows, const std::string& empty) {
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
  const int last = kHeaderRow + std::max(1, static_cast<int>(rows.count));
  const xlsx::Address corner{last, static_cast<int>(columns.size())};
  if (rows.count == 0) {
    sheet.cell({kHeaderRow + 1, 1}).value = empty;
  } else {
    sheet.streamed = {{kHeaderRow + 1, 1}, corner};
    sheet.stream = [maker = RowMaker(book, columns, std::move(rows))](const auto& take) { maker.make(take); };
  }
  sheet.frozen_rows = kHeaderRow;
  sheet.filter = xlsx::Area{{kHeaderRow, 1}, corner};
  xlsx::PrintSetup print;
  print.landscape = true;
  print.title_first = print.title_last = kHeaderRow;
  print.area = xlsx::Area{{1, 1}, corner};
  print.footer = "&C&P/&N";
  sheet.print = print;
  return sheet;
}

std::string sheet_and_cell(const Place& place) {
  return place.sheet + (place.sheet.empty() || place.cell.empty() ? "" : ", ") + place.cell;
}

}  // namespace tonghop
