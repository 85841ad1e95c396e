// Province -> sheet "by agency".
#include "report/agency_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

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

class AgencySheet {
 public:
  AgencySheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions, const std::string& lang)
      : book_(book),
        province_(province),
        catalogue_(definitions.catalogue),
        wording_(definitions.wording),
        lang_(lang),
        grid_(agency_grid(province, definitions.wording, lang)) {}

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
  const Member& member(int m) const { return province_.members[static_cast<std::size_t>(m)]; }
  int real_members() const { return static_cast<int>(province_.members.size()); }
  std::string name(int m) const { return m < real_members() ? cell_text(member(m).name, kNameUnits) : ""; }

  void put(xlsx::Address at, const std::string& value, const xlsx::Style& style) {
    xlsx::Cell& cell = sheet_.cell(at);
    if (!value.empty()) cell.value = value;
    cell.style = book_.style(style);
  }

  static xlsx::Style bordered(bool centred) {
    xlsx::Style style;
    style.border = true;
    style.wrap = true;
    if (centred) style.horizontal = xlsx::Horizontal::center;
    return style;
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
    for (int m = 0; m < grid_.members; ++m) head(kFirstAcross + m, name(m), kFigureWidth);
    sheet_.rows.push_back({kHeaderRow, row_height(lines), false});
    for (int i = 0; i < catalogue_.size(); ++i) {
      const Indicator& what = catalogue_[i];
      const int row = grid_.at(i, 0).row;
      put({row, 1}, what.id, bordered(false));
      put({row, 2}, what.label, bordered(false));
      put({row, 3}, what.unit, bordered(true));
      lines = std::max(wrapped_lines(what.label, kLabelWidth), wrapped_lines(what.unit, kUnitWidth));
      sheet_.rows.push_back({row, row_height(lines), false});
      for (int m = 0; m < grid_.members; ++m) figure(i, m);
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
    for (int m = 0; m < grid_.members; ++m) {
      const int row = grid_.at(0, m).row;
      put({row, 1}, name(m), bordered(false));
      sheet_.rows.push_back({row, row_height(wrapped_lines(name(m), kNameWidth)), false});
      for (int i = 0; i < catalogue_.size(); ++i) figure(i, m);
    }
    sheet_.columns = {{1, 1, kNameWidth, false}, {kFirstDown, kFirstDown + catalogue_.size() - 1, kFigureWidth, false}};
    sheet_.frozen_rows = kHeaderRow + kHeadersDown - 1;
    sheet_.frozen_columns = kFirstDown - 1;
  }

  void figure(int indicator, int m) {
    const xlsx::Address at = grid_.at(indicator, m);
    const Observation* observation =
        m < real_members() ? member(m).observations[static_cast<std::size_t>(indicator)] : nullptr;
    const char* fill = "";
    if (m < real_members() && observation == nullptr) fill = kUnaskedFill;
    if (observation != nullptr) {
      const Status status = observation->status;
      if (status == Status::ambiguous || status == Status::unreadable) fill = kUnreadFill;
      if (status == Status::settled) fill = kSettledFill;
    }
    xlsx::Cell& cell = sheet_.cell(at);
    cell.style = figure_style(catalogue_[indicator].kind, fill);
    if (observation == nullptr) return;
    cell.value = figure_value(*observation);
    // In brackets it is text, so that no formula adds it to the figure that it is inside of.
    const std::vector<int>& covered = province_.figures[static_cast<std::size_t>(indicator)].covered;
    if (catalogue_[indicator].aggregate == Aggregate::sum && std::binary_search(covered.begin(), covered.end(), m)) {
      cell.value = "(" + observation->value->to_string() + ")";
    }
    if (std::string said = note(*observation, catalogue_[indicator].kind); !said.empty()) {
      xlsx::Comment comment;
      comment.at = at;
      comment.text = std::move(said);
      sheet_.comments.push_back(std::move(comment));
    }
  }

  int figure_style(Kind kind, const std::string& fill) {
    const auto [found, added] = styles_.try_emplace({kind, fill}, 0);
    if (added) {
      xlsx::Style style = bordered(true);
      style.number_format = number_format(kind);
      style.fill = fill;
      found->second = book_.style(style);
    }
    return found->second;
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
  std::map<std::pair<Kind, std::string>, int> styles_;
};

std::string absolute(xlsx::Address at) { return "$" + xlsx::column_name(at.column) + "$" + std::to_string(at.row); }

}  // namespace

xlsx::Address AgencyGrid::at(int indicator, int member) const {
  if (down) return {kHeaderRow + kHeadersDown + member, kFirstDown + indicator};
  return {kHeaderRow + 1 + indicator, kFirstAcross + member};
}

std::string AgencyGrid::range(int indicator) const {
  return cell(indicator, 0) + ":" + absolute(at(indicator, members - 1));
}

std::string AgencyGrid::cell(int indicator, int member) const {
  return xlsx::quoted_sheet(name) + "!" + absolute(at(indicator, member));
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
