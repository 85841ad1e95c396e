// Province -> sheet "by agency".
#include "report/agency_sheet.h"

#include <algorithm>

#include "forms/blank.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"

namespace tonghop {
namespace {

constexpr double kLabelWidth = 60;
constexpr double kUnitWidth = 14;
constexpr double kAgencyWidth = 16;
constexpr const char* kUnreadFill = "F8CBCB";  // a value stood there that could not be read

void put_observation(xlsx::Cell& cell, const Observation& observation) {
  if (has_value(observation.status)) {
    if (observation.value) {
      cell.value = observation.value->to_double();
    } else {
      cell.value = cell_text(observation.text);
    }
  } else if (observation.status == Status::not_applicable) {
    cell.value = cell_text(observation.raw);
  }
}

}  // namespace

std::string AgencyGrid::range(int indicator) const {
  const auto at = [&](int column) { return "$" + xlsx::column_name(column) + "$" + std::to_string(row(indicator)); };
  return sheet + "!" + at(kFirstAgencyColumn) + ":" + at(kFirstAgencyColumn + columns - 1);
}

std::string AgencyGrid::cell(int indicator, int member) const {
  return sheet + "!$" + xlsx::column_name(kFirstAgencyColumn + member) + "$" + std::to_string(row(indicator));
}

AgencyGrid agency_grid(const Province& province, const Wording& wording, const std::string& lang) {
  return {xlsx::quoted_sheet(wording.text("agencies.sheet", lang)),
          std::max(1, static_cast<int>(province.members.size()))};
}

void add_agency_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                      const std::string& lang) {
  const Wording& wording = definitions.wording;
  const AgencyGrid grid = agency_grid(province, wording, lang);
  const int last_column = kFirstAgencyColumn + grid.columns - 1;
  xlsx::Sheet sheet;
  sheet.name = wording.text("agencies.sheet", lang);
  xlsx::Style title;
  title.bold = true;
  title.size = 14;
  sheet.cell({1, 2}).value = wording.text("agencies.title", lang);
  sheet.cell({1, 2}).style = book.style(title);
  xlsx::Style hint;
  hint.italic = true;
  sheet.cell({2, 2}).value = wording.text("agencies.hint", lang);
  sheet.cell({2, 2}).style = book.style(hint);

  const int header_look = book.style(header_style());
  const int header_row = grid.row(0) - 1;
  int lines = 1;
  const auto head = [&](int column, const std::string& text, double width) {
    auto& cell = sheet.cell({header_row, column});
    if (!text.empty()) cell.value = text;
    cell.style = header_look;
    lines = std::max(lines, wrapped_lines(text, width, true));
  };
  head(1, wording.text("agencies.id", lang), 20);
  head(2, wording.text("agencies.label", lang), kLabelWidth);
  head(3, wording.text("agencies.unit", lang), kUnitWidth);
  for (int m = 0; m < grid.columns; ++m) {
    const bool real = m < static_cast<int>(province.members.size());
    head(kFirstAgencyColumn + m, real ? cell_text(province.members[static_cast<std::size_t>(m)].name, kNameUnits) : "",
         kAgencyWidth);
  }
  sheet.rows.push_back({header_row, row_height(lines), false});

  xlsx::Style text;
  text.border = true;
  text.wrap = true;
  const int text_style = book.style(text);
  xlsx::Style unit = text;
  unit.horizontal = xlsx::Horizontal::center;
  const int unit_style = book.style(unit);
  for (int i = 0; i < definitions.catalogue.size(); ++i) {
    const Indicator& what = definitions.catalogue[i];
    const int row = grid.row(i);
    const auto put = [&](int column, const std::string& value, int style) {
      auto& cell = sheet.cell({row, column});
      if (!value.empty()) cell.value = value;
      cell.style = style;
    };
    put(1, what.id, text_style);
    put(2, what.label, text_style);
    put(3, what.unit, unit_style);
    xlsx::Style figure = unit;
    figure.number_format = number_format(what.kind);
    const int figure_style = book.style(figure);
    figure.fill = kUnreadFill;
    const int unread_style = book.style(figure);
    for (int m = 0; m < grid.columns; ++m) {
      auto& cell = sheet.cell({row, kFirstAgencyColumn + m});
      cell.style = figure_style;
      if (m >= static_cast<int>(province.members.size())) continue;
      const Observation* observation =
          province.members[static_cast<std::size_t>(m)].observations[static_cast<std::size_t>(i)];
      if (observation == nullptr) continue;
      put_observation(cell, *observation);
      // In brackets it is text, so that no formula adds it to the figure that it is inside of.
      const std::vector<int>& covered = province.figures[static_cast<std::size_t>(i)].covered;
      if (what.aggregate == Aggregate::sum && std::binary_search(covered.begin(), covered.end(), m)) {
        cell.value = "(" + observation->value->to_string() + ")";
      }
      const bool unread = observation->status == Status::ambiguous || observation->status == Status::unreadable;
      if (unread) cell.style = unread_style;
    }
    sheet.rows.push_back(
        {row, row_height(std::max(wrapped_lines(what.label, kLabelWidth), wrapped_lines(what.unit, kUnitWidth))),
         false});
  }
  sheet.columns = {{1, 1, 20, true},
                   {2, 2, kLabelWidth, false},
                   {3, 3, kUnitWidth, false},
                   {kFirstAgencyColumn, last_column, kAgencyWidth, false}};
  sheet.frozen_rows = header_row;
  sheet.frozen_columns = 3;
  const int last_row = grid.row(definitions.catalogue.size() - 1);
  sheet.filter = xlsx::Area{{header_row, 1}, {last_row, last_column}};
  xlsx::PrintSetup print;
  print.landscape = true;
  print.title_first = print.title_last = header_row;
  print.area = xlsx::Area{{1, 1}, {last_row, last_column}};
  print.footer = "&C&P/&N";
  sheet.print = print;
  book.sheets.push_back(std::move(sheet));
}

}  // namespace tonghop
