// Wording and roster -> the sheets of a round's workbook.
#include "round/round_workbook.h"

#include <algorithm>

#include "base/text.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "round/round.h"

namespace tonghop {
namespace {

using xlsx::Area;
using xlsx::Sheet;
using xlsx::Style;
using xlsx::Validation;

constexpr int kSpareRows = 100;  // behind a roster that is known
constexpr int kEmptyRows = 400;  // of a roster that is not
constexpr const char* kHintColor = "595959";
constexpr const char* kCommandFill = "EDEDED";

// By RosterColumn; in characters.
constexpr std::array<double, kRosterColumns> kRosterWidths = {12, 40, 36, 18, 14, 32, 34, 16, 13, 13};

class RoundWorkbook {
 public:
  RoundWorkbook(const Definitions& definitions, const std::string& lang, const std::vector<RosterLine>& roster)
      : definitions_(definitions), lang_(lang), roster_(roster) {
    for (const Form& form : definitions.forms) {
      if (!form.form.summary) forms_.push_back(form.form.title);
    }
  }

  xlsx::Workbook make() {
    book_.sheets.push_back(guide());
    book_.sheets.push_back(settings());
    book_.sheets.push_back(agencies());
    book_.sheets.push_back(letters());
    book_.sheets.push_back(lists());
    return std::move(book_);
  }

 private:
  std::string text(const std::string& id) const { return definitions_.wording.text(id, lang_); }
  std::vector<std::string> levels() const { return definitions_.wording.level_names(lang_); }

  void put(Sheet& sheet, xlsx::Address at, const std::string& said, const Style& style) {
    xlsx::Cell& cell = sheet.cell(at);
    if (!said.empty()) cell.value = said;
    cell.style = book_.style(style);
  }

  void title(Sheet& sheet, const std::string& said) {
    Style style;
    style.bold = true;
    style.size = 16;
    style.color = "1F3864";
    put(sheet, {1, 1}, said, style);
    sheet.rows.push_back({1, 30, false});
  }

  static Style hint_style() {
    Style style;
    style.italic = true;
    style.color = kHintColor;
    style.wrap = true;
    style.vertical = xlsx::Vertical::top;
    return style;
  }

  // A cell that somebody fills in.
  static Style entry_style() {
    Style style;
    style.border = true;
    style.wrap = true;
    style.fill = kInputFill;
    style.horizontal = xlsx::Horizontal::left;
    style.number_format = "@";
    style.locked = false;
    return style;
  }

  void header(Sheet& sheet, int row, const std::vector<std::pair<std::string, double>>& columns) {
    int column = 0;
    int lines = 1;
    for (const auto& [caption, width] : columns) {
      put(sheet, {row, ++column}, caption, header_style());
      sheet.columns.push_back({column, column, width, false});
      lines = std::max(lines, wrapped_lines(caption, width, true));
    }
    sheet.rows.push_back({row, row_height(lines) + 4, false});
  }

  // Prompt and, with a list, its choices, for cells of one kind.
  void guard(Sheet& sheet, const Area& cells, const std::string& caption, const std::string& hint,
             const std::string& list = "") {
    Validation rule;
    rule.kind = list.empty() ? Validation::Kind::any : Validation::Kind::list;
    rule.areas = {cells};
    rule.minimum = list;
    rule.prompt_title = utf16_prefix(caption, 32);
    rule.prompt = hint;
    if (!list.empty()) {
      rule.error_title = text("prompt.error.title");
      rule.error = text("roster.choice.error");
    }
    sheet.validations.push_back(std::move(rule));
  }

  // Where the choices stand on the hidden sheet: a column each, as lists() writes them.
  enum ListColumn { kLevels = 1, kForms, kAnswers, kRules };
  std::string list(ListColumn column) const {
    const int last = static_cast<int>(choices(column).size());
    return "=" + xlsx::reference(text("lists.sheet"), Area{{1, column}, {last, column}});
  }
  std::vector<std::string> choices(ListColumn column) const {
    switch (column) {
      case kLevels:
        return levels();
      case kForms:
        return forms_;
      case kAnswers:
        return {text("roster.yes"), text("roster.no")};
      case kRules:
        return {text("round.latest"), text("round.fullest")};
    }
    return {};
  }

  Sheet lists() {
    Sheet sheet;
    sheet.name = text("lists.sheet");
    sheet.hidden = true;
    for (const ListColumn column : {kLevels, kForms, kAnswers, kRules}) {
      int row = 0;
      for (const std::string& choice : choices(column)) put(sheet, {++row, column}, choice, {});
    }
    return sheet;
  }

  Sheet guide() {
    constexpr double kWidth = 90;
    Sheet sheet;
    sheet.name = text("guide.sheet");
    sheet.tab_color = "4472C4";
    sheet.columns.push_back({1, 1, kWidth, false});
    title(sheet, text("init.guide.title"));
    int row = 1;
    const auto add = [&](const std::string& said, const Style& style) {
      put(sheet, {++row, 1}, said, style);
      sheet.rows.push_back({row, row_height(wrapped_lines(said, kWidth - 2 * style.indent, style.bold)) + 3, false});
    };
    Style plain;
    plain.wrap = true;
    Style heading = plain;
    heading.bold = true;
    heading.fill = kHeaderFill;
    Style command = plain;
    command.bold = true;
    command.fill = kCommandFill;
    command.indent = 3;
    for (const std::string part : {"fill", "run"}) {
      ++row;
      add(text("init.guide." + part + ".title"), heading);
      for (const std::string& line : definitions_.wording.lines("init.guide." + part, lang_))
        add(line, line.starts_with("tonghop ") ? command : plain);
    }
    print(sheet, Area{{1, 1}, {row, 1}}, false, 0);
    return sheet;
  }

  Sheet settings() {
    constexpr int kHeader = 3;
    constexpr double kCaption = 38;
    constexpr double kEntry = 52;
    constexpr double kHint = 62;
    Sheet sheet;
    sheet.name = text("round.sheet");
    sheet.tab_color = "ED7D31";
    title(sheet, text("round.title"));
    header(sheet, kHeader,
           {{text("round.item"), kCaption}, {text("round.value"), kEntry}, {text("round.hint"), kHint}});
    int row = kHeader;
    const auto add = [&](const std::string& caption, const std::string& value, const std::string& hint,
                         const std::string& choices) {
      ++row;
      Style left;
      left.bold = left.border = left.wrap = true;
      left.horizontal = xlsx::Horizontal::left;
      left.indent = 1;
      put(sheet, {row, 1}, caption, left);
      Style entry = entry_style();
      entry.indent = 1;
      put(sheet, {row, 2}, value, entry);
      Style right = hint_style();
      right.border = true;
      right.horizontal = xlsx::Horizontal::left;
      right.indent = 1;
      right.vertical = xlsx::Vertical::center;
      put(sheet, {row, 3}, hint, right);
      const int lines = std::max({wrapped_lines(hint, kHint - 2), wrapped_lines(value, kEntry - 2),
                                  wrapped_lines(caption, kCaption - 2, true)});
      sheet.rows.push_back({row, row_height(lines) + 6, false});
      guard(sheet, Area{{row, 2}, {row, 2}}, caption, hint, choices);
    };
    for (const std::string id : {"round.province", "round.office", "round.contact", "round.period", "round.from",
                                 "round.to", "round.deadline", "round.reply"}) {
      add(text(id), "", text(id + ".hint"), "");
    }
    add(text("round.zone"), text("round.zone.usual"), text("round.zone.hint"), "");
    add(text("round.rule"), text("round.latest"), text("round.rule.hint"), list(kRules));
    for (const std::string& level : definitions_.wording.levels()) {
      std::vector<std::string> titles;
      for (const Form& form : definitions_.forms) {
        if (!form.form.summary && form.form.level == level) titles.push_back(form.form.title);
      }
      add(text("round.form") + ": " + definitions_.wording.level_name(level, lang_),
          titles.size() == 1 ? titles.front() : "", text("round.form.hint"), list(kForms));
    }
    sheet.frozen_rows = kHeader;
    print(sheet, Area{{1, 1}, {row, 3}}, true, kHeader);
    return sheet;
  }

  Sheet agencies() {
    constexpr int kHeader = 4;
    Sheet sheet;
    sheet.name = text("roster.sheet");
    sheet.tab_color = "70AD47";
    title(sheet, text("roster.title"));
    Style hint = hint_style();
    hint.wrap = false;
    put(sheet, {2, 1}, text("roster.hint"), hint);
    std::vector<std::pair<std::string, double>> columns;
    for (std::size_t c = 0; c < kRosterColumns; ++c) columns.emplace_back(text(kRosterCaptions[c]), kRosterWidths[c]);
    header(sheet, kHeader, columns);
    const int last = kHeader + (roster_.empty() ? kEmptyRows : static_cast<int>(roster_.size()) + kSpareRows);
    Style entry = entry_style();
    entry.fill = "";
    const int style = book_.style(entry);
    for (int row = kHeader + 1; row <= last; ++row) {
      const auto index = static_cast<std::size_t>(row - kHeader - 1);
      int lines = 1;
      for (std::size_t c = 0; c < kRosterColumns; ++c) {
        xlsx::Cell& cell = sheet.cell({row, static_cast<int>(c) + 1});
        cell.style = style;
        if (index >= roster_.size() || roster_[index][c].empty()) continue;
        cell.value = roster_[index][c];
        lines = std::max(lines, wrapped_lines(roster_[index][c], kRosterWidths[c]));
      }
      sheet.rows.push_back({row, row_height(lines) + 2, false});
    }
    for (std::size_t c = 0; c < kRosterColumns; ++c) {
      const std::string id = kRosterCaptions[c];
      const int column = static_cast<int>(c) + 1;
      const auto field = static_cast<RosterColumn>(c);
      guard(sheet, Area{{kHeader + 1, column}, {last, column}}, text(id), text(id + ".hint"),
            field == RosterColumn::level      ? list(kLevels)
            : field == RosterColumn::form     ? list(kForms)
            : field == RosterColumn::includes ? list(kAnswers)
                                              : "");
    }
    sheet.frozen_rows = kHeader;
    sheet.frozen_columns = 2;
    sheet.filter = Area{{kHeader, 1}, {last, static_cast<int>(kRosterColumns)}};
    const int used = kHeader + std::max(20, static_cast<int>(roster_.size()));
    print(sheet, Area{{1, 1}, {used, static_cast<int>(kRosterColumns)}}, true, kHeader);
    return sheet;
  }

  Sheet letters() {
    constexpr int kHeader = 4;
    constexpr double kName = 20;
    constexpr double kSubject = 36;
    constexpr double kBody = 96;
    Sheet sheet;
    sheet.name = text("letters.sheet");
    sheet.tab_color = "FFC000";
    title(sheet, text("letters.title"));
    put(sheet, {2, 1}, text("letters.hint"), hint_style());
    sheet.merges.push_back({{2, 1}, {2, 3}});
    sheet.rows.push_back({2, row_height(wrapped_lines(text("letters.hint"), kName + kSubject + kBody)), false});
    header(sheet, kHeader,
           {{text("letters.letter"), kName}, {text("letters.subject"), kSubject}, {text("letters.body"), kBody}});
    int row = kHeader;
    Style name;
    name.bold = name.border = name.wrap = true;
    name.vertical = xlsx::Vertical::top;
    Style entry = entry_style();
    entry.vertical = xlsx::Vertical::top;
    for (const std::string letter : {"blank", "reminder", "correction"}) {
      ++row;
      const std::string subject = text("letter." + letter + ".subject");
      const std::string body = text("letter." + letter + ".body");
      put(sheet, {row, 1}, text("letters." + letter), name);
      put(sheet, {row, 2}, subject, entry);
      put(sheet, {row, 3}, body, entry);
      const int lines = std::max(wrapped_lines(body, kBody), wrapped_lines(subject, kSubject));
      sheet.rows.push_back({row, row_height(lines), false});
    }
    guard(sheet, Area{{kHeader + 1, 2}, {row, 3}}, text("letters.sheet"), text("letters.prompt"));
    ++row;
    Style heading;
    heading.bold = true;
    put(sheet, {++row, 1}, text("letters.placeholders"), heading);
    Style plain;
    plain.indent = 1;
    for (const std::string& meaning : definitions_.wording.lines("letters.meanings", lang_))
      put(sheet, {++row, 1}, meaning, plain);
    sheet.frozen_rows = kHeader;
    print(sheet, Area{{1, 1}, {row, 3}}, true, kHeader);
    return sheet;
  }

  static void print(Sheet& sheet, const Area& area, bool landscape, int title_row) {
    xlsx::PrintSetup print;
    print.area = area;
    print.landscape = landscape;
    print.title_first = print.title_last = title_row;
    print.footer = "&C&P/&N";
    sheet.print = print;
  }

  const Definitions& definitions_;
  const std::string& lang_;
  const std::vector<RosterLine>& roster_;
  std::vector<std::string> forms_;  // titles
  xlsx::Workbook book_;
};

}  // namespace

xlsx::Workbook round_workbook(const Definitions& definitions, const std::string& lang,
                              const std::vector<RosterLine>& roster) {
  return RoundWorkbook(definitions, lang, roster).make();
}

}  // namespace tonghop
