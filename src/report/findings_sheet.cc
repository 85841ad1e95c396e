// Findings and decisions -> sheet.
#include "report/findings_sheet.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>

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

bool about_decision(const Finding& finding) {
  return finding.decision >= 0 && finding.code.str().starts_with("decision-");
}

xlsx::Style look(bool done, xlsx::Horizontal side) {
  xlsx::Style style;
  style.border = true;
  style.wrap = true;
  style.vertical = xlsx::Vertical::top;
  style.horizontal = side;
  style.number_format = "@";
  if (done) style.color = kDoneColor;
  return style;
}

// Styles of all cells of rows, registered before the first is made.
struct Looks {
  explicit Looks(xlsx::Workbook& book) {
    for (const bool done : {false, true}) {
      for (const auto side : {xlsx::Horizontal::left, xlsx::Horizontal::center})
        text[done][side == xlsx::Horizontal::center] = book.style(look(done, side));
    }
    xlsx::Style style = look(false, kShown[0].side);
    for (std::size_t s = 0; s < severity.size(); ++s) {
      style.fill = kSeverityFills[s];
      severity[s] = book.style(style);
    }
    style = look(false, kShown[kIndicator - 1].side);
    style.color = kLinkColor;
    style.underline = true;
    link = book.style(style);
    style = {};
    style.number_format = "@";
    hidden = book.style(style);
    for (std::size_t c = 0; c < yellow.size(); ++c) {
      style = look(false, kDecided[c].side);
      style.fill = kInputFill;
      style.locked = false;
      yellow[c] = book.style(style);
      if (c > 0) continue;
      const std::array<std::string, 3> formats = {"General", number_format(Kind::percent), "d/m/yyyy"};
      for (std::size_t f = 0; f < formats.size(); ++f) {
        style.number_format = formats[f];
        number[f] = book.style(style);
      }
    }
  }

  std::array<std::array<int, 2>, 2> text{};  // by done or not, by left or centred
  std::array<int, 3> severity{};             // of open findings
  std::array<int, 3> yellow{};               // value, reason, by
  std::array<int, 3> number{};               // a value typed as a number, as a percentage, as a date
  int link = 0;
  int hidden = 0;
};

// The rows of findings; what they are made of is borrowed but for the texts.
class FindingRows {
 public:
  FindingRows(xlsx::Workbook& book, const Province& province, const Findings& findings, const Definitions& definitions,
              const std::string& lang)
      : province_(province),
        findings_(findings),
        definitions_(definitions),
        lang_(lang),
        subjects_(province, definitions.catalogue),
        looks_(book) {
    find_rows_of_decisions();
    for (std::size_t f = 0; f < findings_.size(); ++f) {
      if (!about_decision(findings_[f]) || row_of_[findings_[f].decision] == f) rows_.push_back(f);
    }
  }

  std::size_t count() const { return rows_.size(); }

  // Where the indicators of findings are linked to.
  std::vector<xlsx::Hyperlink> links(const AgencyGrid& grid) {
    std::vector<xlsx::Hyperlink> all;
    for (std::size_t r = 0; r < rows_.size() && all.size() < kMostLinks; ++r) {
      const Finding& finding = findings_[rows_[r]];
      const int indicator = definitions_.catalogue.find(finding.indicator);
      const int member = indicator < 0 ? -1 : subjects_.member(finding.agency);
      if (member < 0) continue;
      all.push_back({{kHeaderRow + 1 + static_cast<int>(r), kIndicator}, grid.location(indicator, member)});
      linked_to_ = r + 1;
    }
    return all;
  }

  void stream(const std::function<void(const xlsx::StreamedRow&)>& take) const {
    xlsx::StreamedRow row;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      row.format.row = kHeaderRow + 1 + static_cast<int>(r);
      row.cells.clear();
      const int lines = fill(row, r);
      row.format.height = row_height(lines);
      take(row);
    }
  }

 private:
  std::string text(const std::string& id, Details details = {}) const {
    return definitions_.wording.text(id, lang_, details);
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

  static void put(xlsx::StreamedRow& row, int column, xlsx::Value value, int style) {
    xlsx::Cell& cell = row.cells.emplace_back();
    cell.at = {row.format.row, column};
    const auto* said = std::get_if<std::string>(&value);
    if (said == nullptr || !said->empty()) cell.value = std::move(value);
    cell.style = style;
  }

  // Puts the cells of one finding into the row; how many lines the tallest takes.
  int fill(xlsx::StreamedRow& row, std::size_t r) const {
    const std::size_t f = rows_[r];
    const Finding& finding = findings_[f];
    const auto severity = static_cast<std::size_t>(definitions_.wording.severity(finding));
    const int indicator = definitions_.catalogue.find(finding.indicator);
    const bool known = indicator >= 0;
    const bool linked = known && r < linked_to_ && subjects_.member(finding.agency) >= 0;
    const bool done = finding.state != Finding::State::open;
    const Decision* decided = row_of_decision(f);
    const Subject subject = decided != nullptr ? decided->subject : subjects_.of(finding);
    const Place place = about_decision(finding) ? Place{} : finding.place;  // that was in the sheet which this replaces
    std::array<std::string, 8> shown = {
        text("severity." + std::string(to_string(static_cast<Severity>(severity)))),
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
      int style = looks_.text[done][kShown[c].side == xlsx::Horizontal::center];
      if (column == kSeverity && !done) style = looks_.severity[severity];
      if (column == kIndicator && linked) style = looks_.link;
      std::string fitting = cell_text(shown[c]);
      lines = std::max(lines, wrapped_lines(fitting, kShown[c].width));
      put(row, column, std::move(fitting), style);
    }
    const std::array<std::string, kSubjectCaptions.size()> identity = {subject.code, subject.agency, subject.indicator,
                                                                       subject.typed, subject.ground};
    for (std::size_t c = 0; c < identity.size(); ++c) {
      if (!identity[c].empty()) put(row, kSubject + static_cast<int>(c), cell_text(identity[c]), looks_.hidden);
    }
    const std::string reason = decided == nullptr ? "" : decided->reason;
    const std::string by = decided == nullptr ? "" : decided->by;
    const std::string state = cell_text(state_of(finding, f));
    put_value(row, decided);
    put(row, kReason, cell_text(reason), looks_.yellow[1]);
    put(row, kBy, cell_text(by), looks_.yellow[2]);
    put(row, kState, state, looks_.text[done][kDecided[3].side == xlsx::Horizontal::center]);
    return std::max({lines, wrapped_lines(reason, kDecided[1].width), wrapped_lines(by, kDecided[2].width),
                     wrapped_lines(state, kDecided[3].width)});
  }

  // The decision that is shown in this row.
  const Decision* row_of_decision(std::size_t f) const {
    const Finding& finding = findings_[f];
    const auto found = row_of_.find(finding.decision);
    return found == row_of_.end() || found->second != f ? nullptr : &decision(finding);
  }

  // As it was typed: a number stays one, because "7.029" as text would be another.
  void put_value(xlsx::StreamedRow& row, const Decision* decided) const {
    if (decided == nullptr || !std::holds_alternative<double>(decided->value.value)) {
      put(row, kValue, decided == nullptr ? "" : cell_text(raw_text(decided->value)), looks_.yellow[0]);
      return;
    }
    put(row, kValue, decided->value.value,
        looks_.number[decided->value.percent_format ? 1
                      : decided->value.date_format  ? 2
                                                    : 0]);
  }

  std::string state_of(const Finding& finding, std::size_t f) const {
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

  const Province& province_;
  const Findings& findings_;
  const Definitions& definitions_;
  std::string lang_;
  Subjects subjects_;
  Looks looks_;
  std::vector<std::size_t> rows_;       // findings that have a row, in their order
  std::size_t linked_to_ = 0;           // the row behind the last with a link
  std::map<int, std::size_t> row_of_;   // decision -> finding in whose row it is shown
  std::map<int, std::string> remarks_;  // decision -> what is said about it, in that row
};

class FindingsSheet {
 public:
  FindingsSheet(xlsx::Workbook& book, const Definitions& definitions, const std::string& lang)
      : book_(book), wording_(definitions.wording), lang_(lang) {}

  xlsx::Sheet make(const std::shared_ptr<FindingRows>& rows, const AgencyGrid& grid) {
    sheet_.name = text("findings.sheet");
    put(1, kSeverity, text("findings.title"), {.bold = true, .size = 14});
    put(2, kSeverity, text("findings.hint"), {.italic = true});
    header();
    const int last = kHeaderRow + std::max(1, static_cast<int>(rows->count()));
    if (rows->count() == 0) {
      put(last, kSeverity, text("findings.none"), {});
    } else {
      sheet_.links = rows->links(grid);
      sheet_.streamed = {{kHeaderRow + 1, 1}, {last, kState}};
      sheet_.stream = [rows](const auto& take) { rows->stream(take); };
    }
    set_up(last);
    return std::move(sheet_);
  }

 private:
  std::string text(const std::string& id) const { return wording_.text(id, lang_); }

  void put(int row, int column, const std::string& text, const xlsx::Style& style) {
    xlsx::Cell& cell = sheet_.cell({row, column});
    cell.value = text;
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
  const Wording& wording_;
  const std::string& lang_;
  xlsx::Sheet sheet_;
};

}  // namespace

void add_findings_sheet(xlsx::Workbook& book, const Province& province, const Findings& findings,
                        const Definitions& definitions, const std::string& lang) {
  auto rows = std::make_shared<FindingRows>(book, province, findings, definitions, lang);
  const AgencyGrid grid = agency_grid(province, definitions.wording, lang);
  book.sheets.push_back(FindingsSheet(book, definitions, lang).make(rows, grid));
}

}  // namespace tonghop
