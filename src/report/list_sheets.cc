// Lists with a title, a header and wrapped rows.
#include "report/list_sheets.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"

namespace tonghop {
namespace {

constexpr int kHeaderRow = 3;

struct ListColumn {
  std::string caption;
  double width;
  bool centred;
};

using ListCell = std::variant<std::string, double>;

struct ListRow {
  std::vector<ListCell> cells;
  const char* fill = "";  // of the first cell
};

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

}  // namespace

void add_notes_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                     const std::string& lang) {
  const Wording& wording = definitions.wording;
  std::vector<ListRow> rows;
  for (const Member& member : province.members) {
    for (const SectionNote& section : member.answer.section_notes) {
      const Row& row = member.answer.form->form.rows[static_cast<std::size_t>(section.row)];
      rows.push_back({{member.name, squeezed(row.number + " " + row.caption), std::string(), section.note,
                       section.place.file, sheet_and_cell(section.place)},
                      ""});
    }
    for (const Observation& observation : member.answer.observations) {
      if (observation.note.empty()) continue;
      rows.push_back({{member.name, definitions.catalogue[observation.indicator].label, observation.raw,
                       observation.note, observation.place.file, sheet_and_cell(observation.place)},
                      ""});
    }
  }
  book.sheets.push_back(list_sheet(book, wording.text("notes.sheet", lang), wording.text("notes.title", lang),
                                   {{wording.text("findings.agency", lang), 26, false},
                                    {wording.text("findings.indicator", lang), 48, false},
                                    {wording.text("findings.raw", lang), 16, false},
                                    {wording.text("notes.note", lang), 60, false},
                                    {wording.text("findings.file", lang), 26, false},
                                    {wording.text("findings.cell", lang), 18, false}},
                                   rows, wording.text("notes.none", lang)));
}

void add_sources_sheet(xlsx::Workbook& book, const std::vector<SourceFile>& sources, const Definitions& definitions,
                       const std::string& program, const std::string& lang) {
  const Wording& wording = definitions.wording;
  constexpr std::array<const char*, 3> kStates = {"state.used", "state.superseded", "state.refused"};
  std::vector<ListRow> rows;
  for (const SourceFile& source : sources) {
    rows.push_back(
        {{source.path, wording.text(kStates[static_cast<std::size_t>(source.state)], lang), source.form, source.agency,
          source.period, static_cast<double>(source.values), static_cast<double>(source.bytes), source.sha256},
         source.state == SourceFile::State::used ? "" : "F8CBCB"});
  }
  xlsx::Sheet sheet = list_sheet(book, wording.text("sources.sheet", lang), wording.text("sources.title", lang),
                                 {{wording.text("sources.file", lang), 40, false},
                                  {wording.text("sources.state", lang), 16, true},
                                  {wording.text("sources.template", lang), 20, false},
                                  {wording.text("sources.agency", lang), 30, false},
                                  {wording.text("sources.period", lang), 22, false},
                                  {wording.text("sources.values", lang), 12, true},
                                  {wording.text("sources.bytes", lang), 12, true},
                                  {wording.text("sources.sha256", lang), 40, false}},
                                 rows, "");
  sheet.cell({2, 1}).value = wording.text("sources.program", lang, Details{{"program", program}});
  book.sheets.push_back(std::move(sheet));
}

}  // namespace tonghop
