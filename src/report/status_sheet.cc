// Province, sources and findings -> status of returns.
#include "report/status_sheet.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/text.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "report/cell_text.h"
#include "round/date.h"

namespace tonghop {
namespace {

constexpr const char* kGood = "E2EFDA";
constexpr const char* kLate = "FFE699";
constexpr const char* kBad = "F8CBCB";

// One line of either list; its number stands before.
struct Line {
  std::string code, agency, kind;  // kind: level of the agency, form of the file
  std::string state;
  const char* fill = "";  // of the state
  std::string saved;
  int values = -1;  // -1: none to tell
  std::string files, reason;
};

struct Column {
  const char* caption;
  double width;
  bool centred;
};

constexpr std::array<Column, 9> kColumns = {{{"status.number", 6, true},
                                             {"roster.code", 11, true},
                                             {"roster.name", 32, false},
                                             {"roster.level", 20, true},
                                             {"status.state", 21, true},
                                             {"status.saved", 18, true},
                                             {"status.values", 11, true},
                                             {"sources.file", 34, false},
                                             {"status.reason", 62, false}}};
constexpr int kLast = static_cast<int>(kColumns.size());

class StatusSheet {
 public:
  StatusSheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
              const std::vector<SourceFile>& sources, const Definitions& definitions, const std::string& lang)
      : book_(book),
        province_(province),
        round_(province.round),
        sources_(sources),
        wording_(definitions.wording),
        lang_(lang) {
    for (const Finding& finding : findings) {
      if (finding.place.file.empty() || !finding.place.cell.empty() || !finding.indicator.empty()) continue;
      std::string& said = said_[finding.place.file];
      said += (said.empty() ? "" : " ") + wording_.sentence(finding, lang_);
    }
  }

  void run() {
    const std::vector<Line> agencies = agency_lines();
    const std::vector<Line> files = file_lines();
    sheet_.name = text("status.sheet");
    for (int c = 1; c <= kLast; ++c)
      sheet_.columns.push_back({c, c, kColumns[static_cast<std::size_t>(c - 1)].width, false});
    heading();
    summary();
    table("status.agencies", agencies);
    ++row_;
    table("status.files", files);
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
  std::string said(const std::string& file) const {
    const auto found = said_.find(file);
    return found == said_.end() ? "" : found->second;
  }
  const Agency& agency(int index) const { return round_->agencies[static_cast<std::size_t>(index)]; }

  std::string local(const std::string& utc) const {
    return local_time(utc, round_ == nullptr ? 0 : round_->minutes_east);
  }
  std::string saved(const std::string& utc) const {
    if (utc.empty()) return "";
    return shown_date(local(utc)) + (round_ == nullptr ? " UTC" : "");
  }

  Line member_line(const Member& member) {
    Line line;
    line.agency = member.name;
    line.saved = saved(member.received);
    line.values = static_cast<int>(std::count_if(member.answer.observations.begin(), member.answer.observations.end(),
                                                 [](const Observation& o) { return has_value(o.status); }));
    line.files = member.answer.file;
    line.state = text("status.returned");
    line.fill = kGood;
    const bool listed = member.agency >= 0;
    if (round_ != nullptr && (!listed || !round_->expects(agency(member.agency)))) {
      line.state = text(listed ? "status.invalid" : "status.unlisted");
      line.fill = kLate;
      ++unlisted_;
      return line;
    }
    ++returned_;
    if (round_ == nullptr || round_->deadline.empty() || local(member.received) <= round_->deadline) return line;
    line.state = text("status.late");
    line.fill = kLate;
    line.reason = text("status.deadline", {{"deadline", shown_date(round_->deadline)}});
    ++late_;
    return line;
  }

  Line absent_line(int index) {
    Line line;
    line.agency = agency(index).name;
    line.state = text("status.missing");
    line.fill = kBad;
    for (const SourceFile& source : sources_) {
      if (source.state != SourceFile::State::refused) continue;
      if (round_->find(std::filesystem::path(source.path).stem().string()) != index) continue;
      line.state = text("status.refused");
      line.files += (line.files.empty() ? "" : "; ") + source.path;
      line.reason = said(source.path);
    }
    ++absent_;
    return line;
  }

  // Expected agencies in the order of the roster, then those that came besides.
  std::vector<Line> agency_lines() {
    std::map<int, Line> listed;
    std::vector<Line> others;
    for (const Member& member : province_.members) {
      if (member.agency < 0) {
        others.push_back(member_line(member));
      } else {
        listed[member.agency] = member_line(member);
      }
    }
    for (const int index : province_.absent) listed[index] = absent_line(index);
    std::vector<Line> lines;
    for (auto& [index, line] : listed) {
      line.code = agency(index).code;
      line.kind = wording_.level_name(agency(index).level, lang_);
      lines.push_back(std::move(line));
    }
    for (Line& line : others) lines.push_back(std::move(line));
    return lines;
  }

  std::vector<Line> file_lines() {
    constexpr std::array<const char*, 3> kStates = {"state.used", "state.superseded", "state.refused"};
    constexpr std::array<const char*, 3> kFills = {kGood, kLate, kBad};
    std::vector<Line> lines;
    for (const SourceFile& source : sources_) {
      const auto state = static_cast<std::size_t>(source.state);
      ++files_[state];
      Line line;
      const int listed = round_ == nullptr ? -1 : round_->find(source.agency);
      if (listed >= 0) line.code = agency(listed).code;
      line.agency = source.agency;
      line.kind = source.form;
      line.state = text(kStates[state]);
      line.fill = kFills[state];
      line.saved = saved(source.modified);
      if (source.state != SourceFile::State::refused) line.values = source.values;
      line.files = source.path;
      line.reason = said(source.path);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  xlsx::Cell& put(int column, xlsx::Value value, const xlsx::Style& style) {
    xlsx::Cell& cell = sheet_.cell({row_, column});
    if (const auto* words = std::get_if<std::string>(&value); words == nullptr || !words->empty())
      cell.value = std::move(value);
    cell.style = book_.style(style);
    return cell;
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
    if (round_ == nullptr) {
      put(1, text("status.no-round"), hint);
    } else {
      put(1, round_->period, hint);
      if (!round_->deadline.empty()) {
        ++row_;
        put(1, text("status.deadline", {{"deadline", shown_date(round_->deadline)}}), hint);
      }
    }
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
    const auto count = [&](const char* id, int value, bool whole) {
      ++row_;
      label.bold = number.bold = whole;
      label.indent = whole ? 0 : 2;
      for (int c = 1; c <= 3; ++c) put(c, c == 1 ? text(id) : std::string(), label);
      sheet_.merges.push_back({{row_, 1}, {row_, 3}});
      put(4, static_cast<double>(value), number);
    };
    if (round_ != nullptr) {
      count("status.count.expected", returned_ + absent_, true);
      count("status.count.returned", returned_, false);
      count("status.count.late", late_, false);
      count("status.count.missing", absent_, false);
      count("status.count.unlisted", unlisted_, true);
    } else {
      count("status.count.came", returned_, true);
    }
    count("status.count.files", files_[0] + files_[1] + files_[2], true);
    count("state.used", files_[0], false);
    count("state.superseded", files_[1], false);
    count("state.refused", files_[2], false);
    ++row_;
  }

  void table(const char* title, const std::vector<Line>& lines) {
    ++row_;
    xlsx::Style bold;
    bold.bold = true;
    put(1, text(title), bold);
    ++row_;
    int height = 1;
    for (int c = 1; c <= kLast; ++c) {
      const Column& column = kColumns[static_cast<std::size_t>(c - 1)];
      const bool form = std::string_view(title) == "status.files" && c == 4;
      const std::string caption = text(form ? "sources.template" : column.caption);
      put(c, caption, header_style());
      height = std::max(height, wrapped_lines(caption, column.width, true));
    }
    sheet_.rows.push_back({row_, row_height(height), false});
    int number = 0;
    for (const Line& line : lines) {
      ++row_;
      height = 1;
      const std::array<std::string, kLast> cells = {"",         line.code, line.agency, line.kind,  line.state,
                                                    line.saved, "",        line.files,  line.reason};
      for (int c = 1; c <= kLast; ++c) {
        const Column& column = kColumns[static_cast<std::size_t>(c - 1)];
        xlsx::Style style;
        style.border = true;
        style.wrap = true;
        style.vertical = xlsx::Vertical::top;
        style.horizontal = column.centred ? xlsx::Horizontal::center : xlsx::Horizontal::left;
        if (c == 5) style.fill = line.fill;
        xlsx::Value value = cell_text(cells[static_cast<std::size_t>(c - 1)]);
        height = std::max(height, wrapped_lines(std::get<std::string>(value), column.width));
        if (c == 1) value = static_cast<double>(++number);
        if (c == 7 && line.values >= 0) value = static_cast<double>(line.values);
        style.number_format = std::holds_alternative<double>(value) ? "#,##0" : "@";
        put(c, std::move(value), style);
      }
      sheet_.rows.push_back({row_, row_height(height), false});
    }
    if (lines.empty()) {
      ++row_;
      put(1, text("status.none"), {});
    }
  }

  xlsx::Workbook& book_;
  const Province& province_;
  const Round* round_;  // may be null
  const std::vector<SourceFile>& sources_;
  const Wording& wording_;
  const std::string& lang_;
  std::map<std::string, std::string> said_;  // file -> what was found about it as a whole
  xlsx::Sheet sheet_;
  int row_ = 0;  // the last that is written
  int returned_ = 0, late_ = 0, absent_ = 0, unlisted_ = 0;
  std::array<int, 3> files_{};  // by SourceFile::State
};

}  // namespace

void add_status_sheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                      const std::vector<SourceFile>& sources, const Definitions& definitions, const std::string& lang) {
  StatusSheet(book, province, findings, sources, definitions, lang).run();
}

}  // namespace tonghop
