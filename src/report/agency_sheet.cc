// Province -> sheet "by agency".
#include "report/agency_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "forms/blank.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"
#include "report/tables.h"

namespace tonghop {
namespace {

// Agencies across: id, label and unit of an indicator stand in columns 1 to 3, its figures from kFirst on. Agencies
// down: they stand in three rows of the header, and an agency's name in column 1.
constexpr int kHeaderRow = 4;  // below title, hint and a blank row
constexpr int kFirstAcross = 4;
constexpr int kFirstDown = 2;
constexpr int kHeadersDown = 3;

constexpr double kIdWidth = 20;
constexpr double kLabelWidth = 60;
constexpr double kUnitWidth = 14;
constexpr double kFigureWidth = 16;
constexpr double kNameWidth = 40;

constexpr const char* kUnreadFill = "F8CBCB";   // a value stood there that could not be read
constexpr const char* kSettledFill = "E2EFDA";  // the coordinator settled it
constexpr const char* kUnaskedFill = "E7E6E6";  // the agency's form does not ask

constexpr std::size_t kQuoted = 400;  // UTF-16 units of a typed text in a note

xlsx::Style bordered(bool centred) {
  xlsx::Style style;
  style.border = true;
  style.wrap = true;
  if (centred) style.horizontal = xlsx::Horizontal::center;
  return style;
}

// The cells of figures, whose styles are registered before the first is made.
class Figures {
 public:
  // Both borrowed as long as cells are made.
  Figures(xlsx::Workbook& book, const Province& province, const Catalogue& catalogue)
      : province_(province), catalogue_(catalogue) {
    constexpr std::array<const char*, kLooks> kFills = {"", kUnaskedFill, kUnreadFill, kSettledFill};
    xlsx::Style style = bordered(true);
    for (const Indicator& what : catalogue.indicators) {
      style.number_format = number_format(what.kind);
      std::array<int, kLooks>& looks = styles_.emplace_back();
      for (std::size_t look = 0; look < kLooks; ++look) {
        style.fill = kFills[look];
        looks[look] = book.style(style);
      }
    }
  }

  std::string name(int m) const { return is_member(m) ? cell_text(member(m).name, kNameUnits) : ""; }

  const Observation* observation(int indicator, int m) const {
    return is_member(m) ? member(m).observations[static_cast<std::size_t>(indicator)] : nullptr;
  }

  void fill(xlsx::Cell& cell, int indicator, int m) const {
    const Observation* given = observation(indicator, m);
    cell.style = styles_[static_cast<std::size_t>(indicator)][look(given, m)];
    cell.value = {};
    if (given == nullptr) return;
    // In brackets it is text, so that no formula adds it to the figure that it is inside of.
    const std::vector<int>& covered = province_.figures[static_cast<std::size_t>(indicator)].covered;
    if (catalogue_[indicator].aggregate == Aggregate::sum && std::binary_search(covered.begin(), covered.end(), m)) {
      cell.value = "(" + given->value->to_string() + ")";
    } else {
      cell.value = figure_value(*given);
    }
  }

  xlsx::RowFormat row_format(const AgencyGrid& grid, int m) const {
    return {grid.at(0, m).row, row_height(wrapped_lines(name(m), kNameWidth)), false};
  }

  // A row for each agency; `style` is that of its name.
  void stream_rows(const AgencyGrid& grid, int style, const std::function<void(const xlsx::StreamedRow&)>& take) const {
    xlsx::StreamedRow row;
    row.cells.resize(1 + static_cast<std::size_t>(catalogue_.size()));
    for (int m = 0; m < grid.members; ++m) {
      std::string named = name(m);
      row.format = row_format(grid, m);
      row.cells[0].at = {row.format.row, 1};
      row.cells[0].style = style;
      row.cells[0].value = named.empty() ? xlsx::Value() : xlsx::Value(std::move(named));
      for (int i = 0; i < catalogue_.size(); ++i) {
        xlsx::Cell& cell = row.cells[static_cast<std::size_t>(i) + 1];
        cell.at = grid.at(i, m);
        fill(cell, i, m);
      }
      take(row);
    }
  }

 private:
  static constexpr std::size_t kLooks = 4;

  bool is_member(int m) const { return m < static_cast<int>(province_.members.size()); }
  const Member& member(int m) const { return province_.members[static_cast<std::size_t>(m)]; }

  std::size_t look(const Observation* given, int m) const {
    if (given == nullptr) return is_member(m) ? 1 : 0;
    if (given->status == Status::ambiguous || given->status == Status::unreadable) return 2;
    return given->status == Status::settled ? 3 : 0;
  }

  const Province& province_;
  const Catalogue& catalogue_;
  std::vector<std::array<int, kLooks>> styles_;  // per indicator
};

class AgencySheet {
 public:
  AgencySheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions, const std::string& lang)
      : book_(book),
        province_(province),
        catalogue_(definitions.catalogue),
        wording_(definitions.wording),
        lang_(lang),
        grid_(agency_grid(province, definitions.wording, lang)),
        figures_(book, province, definitions.catalogue) {}

  xlsx::Sheet make() {
    sheet_.name = grid_.name;
    const int beside = grid_.down ? 1 : 2;  // column of ids is hidden
    put({1, beside}, text("agencies.title"), {.bold = true, .size = 14});
    put({2, beside}, text("agencies.hint"), {.italic = true});
    if (grid_.down) {
      fill_down();
    } else {
      fill_across();
    }
    set_up();
    return std::move(sheet_);
  }

 private:
  std::string text(const std::string& id, Details details = {}) const { return wording_.text(id, lang_, details); }

  void put(xlsx::Address at, const std::string& value, const xlsx::Style& style) {
    xlsx::Cell& cell = sheet_.cell(at);
    if (!value.empty()) cell.value = value;
    cell.style = book_.style(style);
  }

  // Row by row, here and below, so that every cell comes behind the last.
  void fill_across() {
    int lines = 1;
    const auto head = [&](int column, const std::string& caption, double width) {
      put({kHeaderRow, column}, caption, header_style());
      lines = std::max(lines, wrapped_lines(caption, width, true));
    };
    head(1, text("agencies.id"), kIdWidth);
    head(2, text("agencies.label"), kLabelWidth);
    head(3, text("agencies.unit"), kUnitWidth);
    for (int m = 0; m < grid_.members; ++m) head(kFirstAcross + m, figures_.name(m), kFigureWidth);
    sheet_.rows.push_back({kHeaderRow, row_height(lines), false});
    for (int i = 0; i < catalogue_.size(); ++i) {
      const Indicator& what = catalogue_[i];
      const int row = grid_.at(i, 0).row;
      put({row, 1}, what.id, bordered(false));
      put({row, 2}, what.label, bordered(false));
      put({row, 3}, what.unit, bordered(true));
      lines = std::max(wrapped_lines(what.label, kLabelWidth), wrapped_lines(what.unit, kUnitWidth));
      sheet_.rows.push_back({row, row_height(lines), false});
      for (int m = 0; m < grid_.members; ++m) {
        xlsx::Cell& cell = sheet_.cell(grid_.at(i, m));
        figures_.fill(cell, i, m);
        add_note(cell.at, i, m);
      }
    }
    sheet_.columns = {{1, 1, kIdWidth, true},
                      {2, 2, kLabelWidth, false},
                      {3, 3, kUnitWidth, false},
                      {kFirstAcross, kFirstAcross + grid_.members - 1, kFigureWidth, false}};
    sheet_.frozen_rows = kHeaderRow;
    sheet_.frozen_columns = kFirstAcross - 1;
  }

  void fill_down() {
    std::array<int, kHeadersDown> lines = {1, 1, 1};
    const auto head = [&](int which, int column, const std::string& caption, double width) {
      put({kHeaderRow + which, column}, caption, header_style());
      int& most = lines[static_cast<std::size_t>(which)];
      most = std::max(most, wrapped_lines(caption, width, true));
    };
    head(0, 1, text("agencies.id"), kNameWidth);
    for (int i = 0; i < catalogue_.size(); ++i) head(0, grid_.at(i, 0).column, catalogue_[i].id, kFigureWidth);
    head(1, 1, text("agencies.unit"), kNameWidth);
    for (int i = 0; i < catalogue_.size(); ++i) head(1, grid_.at(i, 0).column, catalogue_[i].unit, kFigureWidth);
    head(2, 1, text("findings.agency"), kNameWidth);
    for (int i = 0; i < catalogue_.size(); ++i) head(2, grid_.at(i, 0).column, catalogue_[i].label, kFigureWidth);
    for (int which = 0; which < kHeadersDown; ++which) {
      sheet_.rows.push_back(
          {kHeaderRow + which, row_height(lines[static_cast<std::size_t>(which)]), which == 0});  // ids are hidden
    }
    sheet_.streamed = {{grid_.at(0, 0).row, 1}, grid_.at(catalogue_.size() - 1, grid_.members - 1)};
    sheet_.stream = [figures = figures_, grid = grid_, style = book_.style(bordered(false))](const auto& take) {
      figures.stream_rows(grid, style, take);
    };
    for (int m = 0; m < grid_.members; ++m) {
      sheet_.streamed_rows.push_back(figures_.row_format(grid_, m));
      for (int i = 0; i < catalogue_.size(); ++i) add_note(grid_.at(i, m), i, m);
    }
    sheet_.columns = {{1, 1, kNameWidth, false}, {kFirstDown, kFirstDown + catalogue_.size() - 1, kFigureWidth, false}};
    sheet_.frozen_rows = kHeaderRow + kHeadersDown - 1;
    sheet_.frozen_columns = kFirstDown - 1;
  }

  void add_note(xlsx::Address at, int indicator, int m) {
    const Observation* observation = figures_.observation(indicator, m);
    if (observation == nullptr) return;
    std::string said = note(*observation, catalogue_[indicator].kind);
    if (!said.empty()) sheet_.comments.push_back({.at = at, .text = std::move(said)});
  }

  // What stood there, where the figure is not just what was typed; "" where it is.
  std::string note(const Observation& observation, Kind kind) const {
    std::string status;
    switch (observation.status) {
      case Status::normalized:
        status = text("status.normalized");
        break;
      case Status::extracted:
        status = text("status.extracted");
        break;
      case Status::ambiguous:
        status = text("status.ambiguous");
        break;
      case Status::unreadable:
        status = text("status.unreadable");
        break;
      case Status::settled:
        status = text("status.settled");
        break;
      case Status::exact:
      case Status::not_applicable:
      case Status::blank:
        return "";
    }
    const std::string raw = observation.raw.empty() ? "—" : cell_text(observation.raw, kQuoted);
    const std::string value = cell_text(shown_value(value_text(observation), kind, text("decimal.mark")), kQuoted);
    const Place& place = observation.place;
    std::string said =
        text("agencies.note",
             {{"raw", raw}, {"value", value.empty() ? "—" : value}, {"status", status}, {"place", to_string(place)}});
    if (observation.decision >= 0) {
      const Decision& decision = province_.decisions[static_cast<std::size_t>(observation.decision)];
      const auto shown = [](const std::string& given) { return given.empty() ? "—" : cell_text(given, kQuoted); };
      said += "\n" + text("agencies.note.settled", {{"by", shown(decision.by)}, {"reason", shown(decision.reason)}});
    }
    return said;
  }

  void set_up() {
    const xlsx::Address last = grid_.at(catalogue_.size() - 1, grid_.members - 1);
    sheet_.filter = xlsx::Area{{sheet_.frozen_rows, 1}, last};
    xlsx::PrintSetup print;
    print.landscape = true;
    print.title_first = kHeaderRow;
    print.title_last = sheet_.frozen_rows;
    print.area = xlsx::Area{{1, 1}, last};
    // What does not fit one page goes on beside it, with names and captions repeated.
    constexpr double kPageWidth = 200;  // characters that are still legible on A4 lying
    double width = 0;
    for (const xlsx::ColumnFormat& column : sheet_.columns) {
      if (!column.hidden) width += column.width * (column.last - column.first + 1);
    }
    print.title_columns = sheet_.frozen_columns;
    print.pages_wide = std::max(1, static_cast<int>(std::ceil(width / kPageWidth)));
    print.footer = "&C&P/&N";
    sheet_.print = print;
  }

  xlsx::Workbook& book_;
  const Province& province_;
  const Catalogue& catalogue_;
  const Wording& wording_;
  const std::string& lang_;
  AgencyGrid grid_;
  xlsx::Sheet sheet_;
  Figures figures_;
};

std::string absolute(xlsx::Address at) {
  std::string text = "$";
  return text.append(xlsx::column_name(at.column)).append(1, '$').append(std::to_string(at.row));
}

}  // namespace

xlsx::Address AgencyGrid::at(int indicator, int member) const {
  if (down) return {kHeaderRow + kHeadersDown + member, kFirstDown + indicator};
  return {kHeaderRow + 1 + indicator, kFirstAcross + member};
}

std::string AgencyGrid::range(int indicator) const {
  return cell(indicator, 0) + ":" + absolute(at(indicator, members - 1));
}

std::string AgencyGrid::cell(int indicator, int member) const {
  return xlsx::quoted_sheet(name).append(1, '!').append(absolute(at(indicator, member)));
}

std::string AgencyGrid::location(int indicator, int member) const {
  return xlsx::quoted_sheet(name) + "!" + to_string(at(indicator, member));
}

xlsx::Value figure_value(const Observation& observation) {
  if (observation.status == Status::not_applicable) return cell_text(observation.raw);
  if (!has_value(observation.status)) return {};
  if (observation.value) return observation.value->to_double();
  return cell_text(observation.text);
}

AgencyGrid agency_grid(const Province& province, const Wording& wording, const std::string& lang) {
  const int members = static_cast<int>(province.members.size());
  return {wording.text("agencies.sheet", lang), std::max(1, members), members > kMostAgenciesAcross};
}

void add_agency_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                      const std::string& lang) {
  book.sheets.push_back(AgencySheet(book, province, definitions, lang).make());
}

}  // namespace tonghop
