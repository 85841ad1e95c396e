// Items -> sheet, and what its hidden columns say -> values.
#include "report/correction_sheet.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"
#include "round/date.h"

namespace tonghop {
namespace {

constexpr int kHeaderRow = 7;
constexpr const char* kLinkColor = "0563C1";
constexpr std::array<const char*, 3> kSeverityFills = {"", "FFE699", "F8CBCB"};  // note, warning, error

struct Column {
  const char* caption;  // text id; "" for hidden ones
  double width;
  xlsx::Horizontal side;
};
constexpr std::array<Column, 7> kColumns = {{{"corrections.number", 5, xlsx::Horizontal::center},
                                             {"corrections.in-sheet", 13, xlsx::Horizontal::left},
                                             {"corrections.cell", 7, xlsx::Horizontal::center},
                                             {"corrections.subject", 34, xlsx::Horizontal::left},
                                             {"corrections.raw", 15, xlsx::Horizontal::left},
                                             {"corrections.problem", 48, xlsx::Horizontal::left},
                                             {"corrections.expected", 28, xlsx::Horizontal::left}}};
constexpr int kLast = static_cast<int>(kColumns.size());
constexpr int kHidden = kLast + 2;  // sheet, cell, fill; a column apart, so that nobody sorts them away by selecting
constexpr std::array<std::string_view, 3> kHiddenCaptions = {kCorrectionsHeader, "#cell", "#fill"};

class CorrectionSheet {
 public:
  CorrectionSheet(const Correction& correction, const Round* round, const Wording& wording)
      : correction_(correction), round_(round), wording_(wording) {}

  xlsx::Workbook make(const std::vector<CorrectionLine>& lines) {
    sheet_.name = text("corrections.sheet");
    head();
    captions();
    int row = kHeaderRow;
    for (const CorrectionLine& line : lines) item(++row, line);
    set_up();
    book_.sheets.push_back(std::move(sheet_));
    return std::move(book_);
  }

 private:
  std::string text(const std::string& id, const Details& details = {}) const {
    return wording_.text(id, correction_.lang, details);
  }

  void put(int row, int column, const std::string& said, const xlsx::Style& style) {
    xlsx::Cell& cell = sheet_.cell({row, column});
    if (!said.empty()) cell.value = cell_text(said);
    cell.style = book_.style(style);
  }

  // Title, whose, when, and what to do.
  void head() {
    double width = 0;
    for (const Column& column : kColumns) width += column.width;
    xlsx::Style style;
    style.wrap = true;
    style.vertical = xlsx::Vertical::top;
    const auto line = [&](int row, const std::string& said, const xlsx::Style& look) {
      put(row, 1, said, look);
      sheet_.merges.push_back({{row, 1}, {row, kLast}});
      const int lines = wrapped_lines(said, width, look.bold, look.size);
      sheet_.rows.push_back({row, row_height(lines, look.size), false});
    };
    xlsx::Style title = style;
    title.bold = true;
    title.size = 15;
    line(1, text("corrections.title"), title);
    xlsx::Style bold = style;
    bold.bold = true;
    line(2, correction_.name, bold);
    std::string when = round_ == nullptr ? "" : round_->period;
    if (round_ != nullptr && !round_->deadline.empty())
      when += (when.empty() ? "" : " · ") + text("corrections.deadline", {{"deadline", shown_date(round_->deadline)}});
    line(3, when, style);
    line(4,
         text("corrections.count",
              {{"errors", std::to_string(correction_.errors)}, {"warnings", std::to_string(correction_.warnings)}}),
         style);
    xlsx::Style hint = style;
    hint.italic = true;
    line(5, text("corrections.hint"), hint);
  }

  void captions() {
    int lines = 1;
    for (int c = 1; c <= kLast; ++c) {
      const Column& column = kColumns[static_cast<std::size_t>(c) - 1];
      put(kHeaderRow, c, text(column.caption), header_style());
      sheet_.columns.push_back({c, c, column.width, false});
      lines = std::max(lines, wrapped_lines(text(column.caption), column.width, true));
    }
    sheet_.rows.push_back({kHeaderRow, row_height(lines), false});
    for (std::size_t h = 0; h < kHiddenCaptions.size(); ++h) {
      const int column = kHidden + static_cast<int>(h);
      put(kHeaderRow, column, std::string(kHiddenCaptions[h]), {});
      sheet_.columns.push_back({column, column, 9, true});
    }
  }

  void item(int row, const CorrectionLine& line) {
    const CorrectionItem& item = *line.item;
    const std::array<std::string, 7> texts = {std::to_string(row - kHeaderRow),
                                              item.place.sheet,
                                              item.place.cell,
                                              item.subject,
                                              item.raw,
                                              item.problem,
                                              item.expected};
    int lines = 1;
    for (int c = 1; c <= kLast; ++c) {
      const Column& column = kColumns[static_cast<std::size_t>(c) - 1];
      const std::string& said = texts[static_cast<std::size_t>(c) - 1];
      xlsx::Style style;
      style.border = style.wrap = true;
      style.vertical = xlsx::Vertical::top;
      style.horizontal = column.side;
      style.number_format = c == 1 ? "0" : "@";
      if (c == 1) style.fill = kSeverityFills[static_cast<std::size_t>(item.severity)];
      if (c == 3 && !line.tinted.empty()) {
        style.underline = true;
        style.color = kLinkColor;
        sheet_.links.push_back({{row, c}, xlsx::quoted_sheet(item.place.sheet) + "!" + item.place.cell});
      }
      put(row, c, said, style);
      if (c == 1) sheet_.cell({row, c}).value = static_cast<double>(row - kHeaderRow);
      lines = std::max(lines, wrapped_lines(said, column.width));
    }
    sheet_.rows.push_back({row, row_height(lines), false});
    if (line.tinted.empty()) return;
    xlsx::Style plain;
    plain.number_format = "@";
    put(row, kHidden, item.place.sheet, plain);
    put(row, kHidden + 1, line.tinted, plain);
    put(row, kHidden + 2, line.former_fill, plain);
  }

  void set_up() {
    sheet_.frozen_rows = kHeaderRow;
    sheet_.tab_color = "C00000";
    xlsx::PrintSetup print;
    print.landscape = true;
    print.title_first = print.title_last = kHeaderRow;
    print.footer = "&C&P/&N";
    sheet_.print = print;
  }

  const Correction& correction_;
  const Round* round_;
  const Wording& wording_;
  xlsx::Workbook book_;
  xlsx::Sheet sheet_;
};

}  // namespace

xlsx::Workbook correction_sheet(const Correction& correction, const std::vector<CorrectionLine>& lines,
                                const Round* round, const Wording& wording) {
  return CorrectionSheet(correction, round, wording).make(lines);
}

std::vector<FormerFill> former_fills(const xlsx::Sheet& sheet) {
  const auto text_at = [&](xlsx::Address at) {
    const xlsx::Cell* cell = sheet.find(at);
    const auto* text = cell == nullptr ? nullptr : std::get_if<std::string>(&cell->value);
    return text == nullptr ? std::string() : *text;
  };
  const auto header = std::ranges::find_if(sheet.cells, [](const xlsx::Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell.value);
    return text != nullptr && *text == kCorrectionsHeader;
  });
  std::vector<FormerFill> fills;
  if (header == sheet.cells.end()) return fills;
  const int last = sheet.cells.back().at.row;
  for (int row = header->at.row + 1; row <= last; ++row) {
    const auto at = xlsx::parse_address(text_at({row, header->at.column + 1}));
    if (at) fills.push_back({text_at({row, header->at.column}), *at, text_at({row, header->at.column + 2})});
  }
  return fills;
}

}  // namespace tonghop
