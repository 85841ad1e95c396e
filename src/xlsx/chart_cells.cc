// References of charts.
#include "xlsx/chart_cells.h"

#include <algorithm>
#include <stdexcept>
#include <variant>
#include <vector>

#include "xlsx/grid.h"
#include "xlsx/markup.h"

namespace tonghop::xlsx {
namespace {

void require(bool holds, const Range& range, const std::string& what) {
  if (!holds) throw std::invalid_argument("chart of " + reference(range.sheet, range.area) + ": " + what);
}

// In order, nullptr for those that hold nothing.
std::vector<const Cell*> cells_of(const Workbook& workbook, const Range& range) {
  const auto sheet = std::ranges::find(workbook.sheets, range.sheet, &Sheet::name);
  require(sheet != workbook.sheets.end(), range, "no such sheet");
  const Address first = range.area.first, last = range.area.last;
  require(on_grid(first) && on_grid(last) && first.row <= last.row && first.column <= last.column &&
              (first.row == last.row || first.column == last.column),
          range, "not one row or column");
  std::vector<const Cell*> cells;
  for (Address at = first; at <= last; ++(first.row == last.row ? at.column : at.row)) cells.push_back(sheet->find(at));
  return cells;
}

void append_point(std::string& out, std::size_t index, const auto& append_content) {
  append(out, "<c:pt idx=\"", index, "\"><c:v>");
  append_content();
  out += "</c:v></c:pt>";
}

void append_formula_of(std::string& out, const Range& range) {
  out += "<c:f>";
  append_formula(out, reference(range.sheet, range.area));
  out += "</c:f>";
}

}  // namespace

std::size_t cell_count(const Range& range) {
  const auto [first, last] = range.area;
  return static_cast<std::size_t>(last.row - first.row + 1) * static_cast<std::size_t>(last.column - first.column + 1);
}

void append_texts(std::string& out, const Workbook& workbook, const Range& range) {
  const std::vector<const Cell*> cells = cells_of(workbook, range);
  out += "<c:strRef>";
  append_formula_of(out, range);
  append(out, "<c:strCache><c:ptCount val=\"", cells.size(), "\"/>");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] == nullptr) continue;
    if (const auto* text = std::get_if<std::string>(&cells[i]->value)) {
      append_point(out, i, [&] { append_text(out, *text); });
    } else if (const auto* number = std::get_if<double>(&cells[i]->value)) {
      append_point(out, i, [&] { append_number(out, *number); });
    }
  }
  out += "</c:strCache></c:strRef>";
}

void append_numbers(std::string& out, const Workbook& workbook, const Range& range, std::string_view number_format) {
  const std::vector<const Cell*> cells = cells_of(workbook, range);
  out += "<c:numRef>";
  append_formula_of(out, range);
  out += "<c:numCache><c:formatCode>";
  append_text(out, number_format);
  append(out, "</c:formatCode><c:ptCount val=\"", cells.size(), "\"/>");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] == nullptr) continue;
    const Value& value = cells[i]->value;
    require(!std::holds_alternative<std::string>(value) && !std::holds_alternative<bool>(value), range,
            to_string(cells[i]->at) + " is no number");
    if (const auto* number = std::get_if<double>(&value)) append_point(out, i, [&] { append_number(out, *number); });
  }
  out += "</c:numCache></c:numRef>";
}

}  // namespace tonghop::xlsx
