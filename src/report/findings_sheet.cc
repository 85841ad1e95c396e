// Findings and decisions -> sheet.
#include "report/findings_sheet.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "forms/blank.h"
#include "forms/metrics.h"
#include "forms/printed_form.h"
#include "merge/settle.h"
#include "report/agency_sheet.h"
#include "report/cell_text.h"
#include "report/tables.h"

namespace tonghop {
namespace {

constexpr std::size_t kMostLinks = 65'000;  // Excel takes 65,530
constexpr int kHeaderRow = 4;               // below title, hint and a blank row
constexpr const char* kDoneColor = "808080";
constexpr const char* kLinkColor = "0563C1";
constexpr std::array<const char*, 3> kSeverityFills = {"", "FFE699", "F8CBCB"};  // note, warning, error

// Left to right. The hidden columns of a subject stand between what is shown and what is typed, so that whoever sorts
// or copies a stretch of both takes them along.
enum ShownColumn { kSeverity = 1, kAgency, kFile, kCell, kIndicator, kRaw, kRead, kMessage, kSubject };
constexpr int kValue = kSubject + static_cast<int>(kSubjectCaptions.size());
constexpr int kReason = kValue + 1;
constexpr int kBy = kValue + 2;
constexpr int kState = kValue + 3;

struct ColumnLook {
  const char* caption;  // text id
  double width;
  xlsx::Horizontal side;
};
constexpr std::array<ColumnLook, 8> kShown = {{{"findings.severity", 9, xlsx::Horizontal::center},
                                               {"findings.agency", 22, xlsx::Horizontal::left},
                                               {"findings.file", 22, xlsx::Horizontal::left},
                                               {"findings.cell", 13, xlsx::Horizontal::left},
                                               {"findings.indicator", 34, xlsx::Horizontal::left},
                                               {"findings.raw", 16, xlsx::Horizontal::left},
                                               {"findings.value", 11, xlsx::Horizontal::center},
                                               {"findings.message", 58, xlsx::Horizontal::left}}};
constexpr std::array<ColumnLook, 4> kDecided = {{{"decisions.value", 16, xlsx::Horizontal::center},
                                                 {"decisions.reason", 28, xlsx::Horizontal::left},
                                                 {"decisions.by", 18, xlsx::Horizontal::left},
                                                 {"decisions.state", 22, xlsx::Horizontal::left}}};

bool about_decision(const Finding& finding) { return finding.decision >= 0 && finding.code.str().starts_with("decision-"); }

class FindingsSheet {
 public:
  FindingsSheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                const Definitions& definitions, const std::string& lang)
      : book_(book),
        province_(province),
        findings_(findings),
        definitions_(definitions),
        lang_(lang),
        subjects_(province, definitions.catalogue),
        grid_(agency_grid(province, definitions.wording, lang)) {}

  xlsx::Sheet make() {
    sheet_.name = text("findings.sheet");
    xlsx::Style heading;
    heading.bold = true;
    heading.size = 14;
    put(1, kSeverity, text("findings.title"), heading);
    xlsx::Style hint;
    hint.italic = true;
    put(2, kSeverity, text("findings.hint"), hint);
    header();
    find_rows_of_decisions();
    int row = kHeaderRow;
    for (std::size_t f = 0; f < findings_.size(); ++f) {
      if (about_decision(findings_[f]) && row_of_[findings_[f].decision] != f) continue;
      finding_row(++row, f);
    }
    if (row == kHeaderRow) put(++row, kSeverity, text("findings.none"), {});
    set_up(row);
    return std::move(sheet_);
  }

 private:
  std::string text(const std::string& id, Details details = {}) const {
    return definitions_.wording.text(id, lang_, details);
  }

  void put(int row, int column, xlsx::Value value, const xlsx::Style& style) {
    xlsx::Cell& cell = sheet_.cell({row, column});
    const auto* said = std::get_if<std::string>(&value);
    if (said != nullptr) value = said->empty() ? xlsx::Value() : xlsx::Value(cell_text(*said));
    cell.value = std::move(value);
    cell.style = book_.style(style);
  }

  void header() {
    int lines = 1;
    const auto head = [&](int column, const std::string& caption, double width, bool hidden) {
      put(kHeaderRow, column, caption, header_style());
      sheet_.columns.push_back({column, column, width, hidden});
      if (!hidden) lines = std::max(lines, wrapped_lines(caption, width, true));
    };
    int column = 0;
    for (const ColumnLook& look : kShown) head(++column, text(look.caption), look.width, false);
    for (const std::string_view caption : kSubjectCaptions) head(++column, std::string(caption), 9, true);
    for (const ColumnLook& look : kDecided) head(++column, text(look.caption), look.width, false);
    sheet_.rows.push_back({kHeaderRow, row_height(lines), false});
  }

  // A decision is shown once: beside the finding that it was made on or, where that is gone, the first that is about
  // the decision.
  void find_rows_of_decisions() {
    for (const bool about : {false, true}) {
      for (std::size_t f = 0; f < findings_.size(); ++f) {
        const Finding& finding = findings_[f];
        if (finding.decision < 0 || about_decision(finding) != about) continue;
        if (about || subjects_.of(finding) == decision(finding).subject) row_of_.emplace(finding.decision, f);
      }
    }
    for (std::size_t f = 0; f < findings_.size(); ++f) {
      const Finding& finding = findings_[f];
      if (!about_decision(finding) || row_of_[finding.decision] == f || finding.code == "decision-kept") continue;
      std::string& said = remarks_[finding.decision];
      said += (said.empty() ? "" : "\n") + definitions_.wording.sentence(finding, lang_);
    }
  }

  const Decision& decision(const Finding& finding) const {
    return province_.decisions[static_cast<std::size_t>(finding.decision)];
  }

  void finding_row(int row, std::size_t f) {
    const Finding& finding = findings_[f];
    const Severity severity = definitions_.wording.severity(finding);
    const int indicator = definitions_.catalogue.find(finding.indicator);
    const int member = subjects_.member(finding.agency);
    const bool known = indicator >= 0;
    const bool linked = known && member >= 0;
    const Decision* decided = row_of_decision(f);
    const Subject subject = decided != nullptr ? decided->subject : subjects_.of(finding);
    const Place place = about_decision(finding) ? Place{} : finding.place;  // that was in the sheet which this replaces
    const std::array<std::string, 8> shown = {
        text("severity." + std::string(to_string(severity))),
        finding.agency,
        place.file,
        place.sheet + (place.sheet.empty() || place.cell.empty() ? "" : ", ") + place.cell,
        known ? definitions_.catalogue[indicator].label : "",
        finding.raw,
        known ? shown_value(finding.value, definitions_.catalogue[indicator].kind, text("decimal.mark"))
              : finding.value.str(),
        definitions_.wording.sentence(finding, lang_)};
    int lines = 1;
    for (std::size_t c = 0; c < shown.size(); ++c) {
      const int column = static_cast<int>(c) + 1;
      xlsx::Style style = look(finding, kShown[c].side);
      if (column == kSeverity && finding.state == Finding::State::open)
        style.fill = kSeverityFills[static_cast<std::size_t>(severity)];
      if (column == kIndicator && linked && sheet_.links.size() < kMostLinks) {
        sheet_.links.push_back({{row, column}, grid_.location(indicator, member)});
        style.color = kLinkColor;
        style.underline = true;
      }
      put(row, column, shown[c], style);
      lines = std::max(lines, wrapped_lines(cell_text(shown[c]), kShown[c].width));
    }
    const std::array<std::string, kSubjectCaptions.size()> identity = {subject.code, subject.agency, subject.indicator,
                                                                       subject.typed, subject.ground};
    for (std::size_t c = 0; c < identity.size(); ++c) {
      xlsx::Style plain;
      plain.number_format = "@";
      if (!identity[c].empty()) put(row, kSubject + static_cast<int>(c), identity[c], plain);
    }
    const std::string reason = decided == nullptr ? "" : decided->reason;
    const std::string by = decided == nullptr ? "" : decided->by;
    const std::string state = state_of(finding, f);
    put_value(row, decided);
    put(row, kReason, reason, yellow(kDecided[1].side));
    put(row, kBy, by, yellow(kDecided[2].side));
    put(row, kState, state, look(finding, kDecided[3].side));
    lines = std::max({lines, wrapped_lines(reason, kDecided[1].width), wrapped_lines(by, kDecided[2].width),
                      wrapped_lines(cell_text(state), kDecided[3].width)});
    sheet_.rows.push_back({row, row_height(lines), false});
  }

  // The decision that is shown in this row.
  const Decision* row_of_decision(std::size_t f) const {
    const Finding& finding = findings_[f];
    const auto found = row_of_.find(finding.decision);
    return found == row_of_.end() || found->second != f ? nullptr : &decision(finding);
  }

  static xlsx::Style look(const Finding& finding, xlsx::Horizontal side) {
    xlsx::Style style;
    style.border = true;
    style.wrap = true;
    style.vertical = xlsx::Vertical::top;
    style.horizontal = side;
    style.number_format = "@";
    if (finding.state != Finding::State::open) style.color = kDoneColor;
    return style;
  }

  static xlsx::Style yellow(xlsx::Horizontal side) {
    xlsx::Style style = look({}, side);
    style.fill = kInputFill;
    style.locked = false;
    return style;
  }

  // As it was typed: a number stays one, because "7.029" as text would be another.
  void put_value(int row, const Decision* decided) {
    xlsx::Style style = yellow(kDecided[0].side);
    if (decided == nullptr || !std::holds_alternative<double>(decided->value.value)) {
      put(row, kValue, decided == nullptr ? "" : raw_text(decided->value), style);
      return;
    }
    style.number_format = decided->value.percent_format ? number_format(Kind::percent)
                          : decided->value.date_format  ? "d/m/yyyy"
                                                        : "General";
    put(row, kValue, decided->value.value, style);
  }

  std::string state_of(const Finding& finding, std::size_t f) {
    std::string state;
    const Decision* concerns = finding.decision < 0 ? nullptr : &decision(finding);
    if (concerns != nullptr && concerns->applied) {
      state = concerns->waived
                  ? text("decisions.waived", {{"by", concerns->by}})
                  : text("decisions.settled", {{"value", raw_text(concerns->value)}, {"by", concerns->by}});
    } else if (row_of_decision(f) != nullptr && has_value_typed(*concerns)) {
      state = text("decisions.not-applied");
    } else {
      state = text("decisions.open");
    }
    const auto remark = remarks_.find(finding.decision);
    if (remark != remarks_.end() && row_of_decision(f) != nullptr) state += "\n" + remark->second;
    return state;
  }

  static bool has_value_typed(const Decision& decision) { return !raw_text(decision.value).empty(); }

  void set_up(int last_row) {
    sheet_.frozen_rows = kHeaderRow;
    sheet_.frozen_columns = kAgency;
    sheet_.filter = xlsx::Area{{kHeaderRow, 1}, {last_row, kState}};
    sheet_.protection = xlsx::Protection{true, true, true, true};
    const auto prompt = [&](int column, const std::string& title, const std::string& says) {
      xlsx::Validation validation;
      validation.kind = xlsx::Validation::Kind::any;
      validation.areas = {{{kHeaderRow + 1, column}, {last_row, column}}};
      validation.prompt_title = title;
      validation.prompt = says;
      sheet_.validations.push_back(std::move(validation));
    };
    prompt(kValue, text("decisions.value"), text("decisions.value.prompt"));
    prompt(kReason, text("decisions.reason"), text("decisions.reason.prompt"));
    prompt(kBy, text("decisions.by"), text("decisions.by.prompt"));
    xlsx::PrintSetup print;
    print.landscape = true;
    print.title_first = print.title_last = kHeaderRow;
    print.area = xlsx::Area{{1, 1}, {last_row, kState}};
    print.footer = "&C&P/&N";
    sheet_.print = print;
  }

  xlsx::Workbook& book_;
  const Province& province_;
  const Findings& findings_;
  const Definitions& definitions_;
  const std::string& lang_;
  Subjects subjects_;
  AgencyGrid grid_;
  xlsx::Sheet sheet_;
  std::map<int, std::size_t> row_of_;   // decision -> finding in whose row it is shown
  std::map<int, std::string> remarks_;  // decision -> what is said about it, in that row
};

}  // namespace

void add_findings_sheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                        const Definitions& definitions, const std::string& lang) {
  book.sheets.push_back(FindingsSheet(book, province, findings, definitions, lang).make());
}

}  // namespace tonghop
