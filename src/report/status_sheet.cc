// Ledger -> status of returns.
#include "report/status_sheet.h"

#include <algorithm>
#include <array>

#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"
#include "report/list_sheet.h"
#include "round/date.h"

namespace tonghop {
namespace {

constexpr const char* kLateFill = "FFE699";

struct Column {
  const char* caption;
  double width;
  bool centred;
};

constexpr std::array<Column, 12> kColumns = {{{"status.number", 5, true},
                                              {"roster.code", 9, true},
                                              {"roster.name", 30, false},
                                              {"roster.level", 16, true},
                                              {"status.state", 16, true},
                                              {"status.late", 13, true},
                                              {"status.saved", 17, true},
                                              {"status.times", 8, true},
                                              {"status.errors", 8, true},
                                              {"status.values", 8, true},
                                              {"sources.file", 32, false},
                                              {"status.reason", 50, false}}};
constexpr int kLast = static_cast<int>(kColumns.size());
constexpr int kState = 5, kLate = 6, kTimes = 8, kErrors = 9;  // columns

class StatusSheet {
 public:
  StatusSheet(xlsx::Workbook& book, const RoundStatus& status, const std::string& lang)
      : book_(book), ledger_(status.ledger), wording_(status.wording), lang_(lang), lines_(status, lang) {}

  void run() {
    sheet_.name = text("status.sheet");
    for (int c = 1; c <= kLast; ++c)
      sheet_.columns.push_back({c, c, kColumns[static_cast<std::size_t>(c - 1)].width, false});
    heading();
    summary();
    if (ledger_.round != nullptr) table("status.agencies", lines_.of(ledger_.expected), false);
    if (ledger_.round == nullptr || !ledger_.others.empty()) {
      table(ledger_.round == nullptr ? "status.agencies" : "status.others", lines_.of(ledger_.others), false);
    }
    const int files = ledger_.files[0] + ledger_.files[1] + ledger_.files[2];
    table("status.files", lines_.of_files(files), true);
    xlsx::PrintSetup print;
    print.landscape = true;
    print.area = xlsx::Area{{1, 1}, {row_, kLast}};
    print.footer = "&C&P/&N";
    sheet_.print = print;
    book_.sheets.push_back(std::move(sheet_));
  }

 private:
  std::string text(const std::string& id, const Details& details = {}) const {
    return wording_.text(id, lang_, details);
  }

  void put(int column, xlsx::Value value, int style) {
    xlsx::Cell& cell = sheet_.cell({row_, column});
    if (const auto* words = std::get_if<std::string>(&value); words == nullptr || !words->empty())
      cell.value = std::move(value);
    cell.style = style;
  }
  void put(int column, xlsx::Value value, const xlsx::Style& style) {
    put(column, std::move(value), book_.style(style));
  }

  void heading() {
    xlsx::Style title;
    title.bold = true;
    title.size = 14;
    ++row_;
    put(1, text("status.title"), title);
    xlsx::Style hint;
    hint.italic = true;
    ++row_;
    if (ledger_.round == nullptr) {
      put(1, text("status.no-round"), hint);
    } else {
      put(1, ledger_.round->period, hint);
      if (!ledger_.round->deadline.empty()) {
        ++row_;
        put(1, text("status.deadline", {{"deadline", shown_date(ledger_.round->deadline)}}), hint);
      }
    }
    ++row_;
    put(1, text("status.when"), hint);
    ++row_;
  }

  // Wholes in bold, their parts indented below.
  void summary() {
    xlsx::Style label;
    label.border = true;
    label.horizontal = xlsx::Horizontal::left;
    xlsx::Style number = label;
    number.number_format = "#,##0";
    number.horizontal = xlsx::Horizontal::center;
    for (const StatusCount& count : status_counts(ledger_)) {
      ++row_;
      label.bold = number.bold = count.whole;
      label.indent = count.whole ? 0 : 2;
      for (int c = 1; c <= 3; ++c) put(c, c == 1 ? text(count.caption) : std::string(), label);
      sheet_.merges.push_back({{row_, 1}, {row_, 3}});
      put(4, static_cast<double>(count.value), number);
    }
    ++row_;
  }

  // Of a cell in a table.
  int style_of(int column, const std::string& fill, bool number) {
    Styled& last = styled_[static_cast<std::size_t>(column - 1)];
    if (last.style >= 0 && last.fill == fill && last.number == number) return last.style;
    xlsx::Style style;
    style.border = true;
    style.wrap = true;
    style.vertical = xlsx::Vertical::top;
    style.horizontal =
        kColumns[static_cast<std::size_t>(column - 1)].centred ? xlsx::Horizontal::center : xlsx::Horizontal::left;
    style.fill = fill;
    style.number_format = number ? "#,##0" : "@";
    last = {fill, number, book_.style(style)};
    return last.style;
  }

  // Of files the form stands in the column of levels, and the sender where agencies have how many files they sent.
  void table(const char* title, const std::vector<StatusLine>& lines, bool of_files) {
    ++row_;
    xlsx::Style bold;
    bold.bold = true;
    put(1, text(title), bold);
    ++row_;
    int height = 1;
    for (int c = 1; c <= kLast; ++c) {
      const Column& column = kColumns[static_cast<std::size_t>(c - 1)];
      const char* id = of_files && c == 4        ? "sources.template"
                       : of_files && c == kTimes ? "status.sender"
                                                 : column.caption;
      const std::string caption = of_files && c == kErrors ? "" : text(id);
      put(c, caption, header_style());
      height = std::max(height, wrapped_lines(caption, column.width, true));
    }
    join_sender(of_files);
    sheet_.rows.push_back({row_, row_height(height), false});
    int number = 0;
    sheet_.cells.reserve(sheet_.cells.size() + lines.size() * kColumns.size());
    for (const StatusLine& line : lines) {
      ++row_;
      write(line, of_files, ++number);
    }
    if (lines.empty()) {
      ++row_;
      put(1, text("status.none"), 0);
    }
    ++row_;
  }

  void join_sender(bool of_files) {
    if (of_files) sheet_.merges.push_back({{row_, kTimes}, {row_, kErrors}});
  }

  void write(const StatusLine& line, bool of_files, int number) {
    const auto counted = [](int count) { return count < 0 ? xlsx::Value() : xlsx::Value(static_cast<double>(count)); };
    const xlsx::Value sender = cell_text(line.sender);
    std::string files;
    for (const std::string& file : line.files) files += (files.empty() ? "" : "; ") + file;
    std::array<xlsx::Value, kLast> cells = {static_cast<double>(number),
                                            line.code,
                                            cell_text(line.agency),
                                            cell_text(line.kind),
                                            line.state,
                                            line.late,
                                            line.when,
                                            of_files ? sender : counted(line.times),
                                            counted(line.errors),
                                            counted(line.values),
                                            cell_text(files),
                                            cell_text(line.remarks)};
    int height = 1;
    for (int c = 1; c <= kLast; ++c) {
      const Column& column = kColumns[static_cast<std::size_t>(c - 1)];
      xlsx::Value& value = cells[static_cast<std::size_t>(c - 1)];
      const std::string fill = c == kState ? line.fill : c == kLate && !line.late.empty() ? kLateFill : "";
      const int style = style_of(c, fill, std::holds_alternative<double>(value));
      const double width = of_files && c == kTimes ? column.width * 2 : column.width;
      if (const auto* words = std::get_if<std::string>(&value)) height = std::max(height, wrapped_lines(*words, width));
      put(c, std::move(value), style);
    }
    join_sender(of_files);
    sheet_.rows.push_back({row_, row_height(height), false});
  }

  xlsx::Workbook& book_;
  const Ledger& ledger_;
  const Wording& wording_;
  const std::string& lang_;
  StatusLines lines_;
  // The style of a column's last cell in a table: those of a table mostly look alike.
  struct Styled {
    std::string fill;
    bool number = false;
    int style = -1;
  };
  std::array<Styled, kLast> styled_{};
  xlsx::Sheet sheet_;
  int row_ = 0;  // the last that is written
};

// Open errors and warnings about what counts, in their order.
xlsx::Sheet findings_list(xlsx::Workbook& book, const RoundStatus& status, const std::string& lang) {
  const auto text = [&](const char* id) { return status.wording.text(id, lang); };
  std::vector<const Finding*> shown;
  for (const Finding& finding : status.findings) {
    if (status.wording.severity(finding) != Severity::note && status.ledger.concerns(finding))
      shown.push_back(&finding);
  }
  const std::size_t count = shown.size();
  const auto row = [&wording = status.wording, lang, shown = std::move(shown)](std::size_t index) -> ListRow {
    const Finding& finding = *shown[index];
    const bool error = wording.severity(finding) == Severity::error;
    return {{wording.text(error ? "severity.error" : "severity.warning", lang), finding.agency, finding.place.file,
             sheet_and_cell(finding.place), wording.sentence(finding, lang)},
            error ? 2U : 1U};
  };
  return list_sheet(book, text("status.findings.sheet"), text("status.findings.title"),
                    {{text("findings.severity"), 10, true},
                     {text("findings.agency"), 30, false},
                     {text("findings.file"), 32, false},
                     {text("findings.cell"), 20, false},
                     {text("findings.message"), 90, false}},
                    {count, row}, text("findings.none"));
}

}  // namespace

void add_status_sheet(xlsx::Workbook& book, const RoundStatus& status, const std::string& lang) {
  StatusSheet(book, status, lang).run();
}

xlsx::Workbook status_workbook(const RoundStatus& status, const std::string& lang) {
  xlsx::Workbook book;
  add_status_sheet(book, status, lang);
  book.sheets.push_back(findings_list(book, status, lang));
  return book;
}

bool is_status_workbook(const xlsx::Workbook& book, const Wording& wording) {
  return !book.sheets.empty() && wording.says("status.sheet", book.sheets.front().name);
}

}  // namespace tonghop
