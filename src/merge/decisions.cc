// Sheet of findings -> decisions.
#include "merge/decisions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "base/text.h"
#include "reconcile/value.h"

namespace tonghop {
namespace {

constexpr std::array<const char*, 2> kLanguages = {"vi", "en"};  // of our own captions
constexpr int kHeaderRows = 50;                                  // somebody may have put rows above the header

// The columns of a sheet of findings, from 1; 0 where there is none.
struct Columns {
  int header_row = 0;
  int value = 0, reason = 0, by = 0;
  int agency = 0, indicator = 0;  // as shown
  std::array<int, kSubjectCaptions.size()> subject{};
};

class SheetOfFindings {
 public:
  SheetOfFindings(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions,
                  Findings& findings)
      : book_(book), file_(file), definitions_(definitions), findings_(findings) {
    for (const auto& [id, column] : {std::pair("decisions.value", &Columns::value),
                                     {"decisions.reason", &Columns::reason},
                                     {"decisions.by", &Columns::by},
                                     {"findings.agency", &Columns::agency},
                                     {"findings.indicator", &Columns::indicator}}) {
      for (const char* lang : kLanguages) captions_.emplace_back(fold(definitions.wording.text(id, lang)), column);
    }
  }

  std::vector<Decision> read() {
    for (const xlsx::Sheet& sheet : book_.sheets) {
      if (!find_columns(sheet)) continue;
      read_rows(sheet);
      return std::move(decisions_);
    }
    findings_.push_back({.code = "decisions-missing", .place = {.file = file_}});
    return {};
  }

 private:
  bool is_caption(const std::string& text, const std::string& id) const {
    return std::any_of(kLanguages.begin(), kLanguages.end(),
                       [&](const char* lang) { return fold(text) == fold(definitions_.wording.text(id, lang)); });
  }

  bool find_columns(const xlsx::Sheet& sheet) {
    std::map<int, Columns> rows;
    for (const xlsx::Cell& cell : sheet.cells) {
      const auto* text = std::get_if<std::string>(&cell.value);
      if (text == nullptr || cell.at.row > kHeaderRows) continue;
      Columns& row = rows[cell.at.row];
      row.header_row = cell.at.row;
      for (std::size_t i = 0; i < kSubjectCaptions.size(); ++i) {
        if (trimmed(*text) == kSubjectCaptions[i]) row.subject[i] = cell.at.column;
      }
      if (text->starts_with('#')) continue;  // "#agency" is not "Agency"
      const std::string folded = fold(*text);
      for (const auto& [caption, column] : captions_) {
        if (folded == caption) row.*column = cell.at.column;
      }
    }
    const auto found = std::find_if(rows.begin(), rows.end(), [](const auto& row) {
      return row.second.value > 0 && (row.second.reason > 0 || row.second.by > 0 || row.second.subject[0] > 0);
    });
    if (found != rows.end()) columns_ = found->second;
    return found != rows.end();
  }

  void read_rows(const xlsx::Sheet& sheet) {
    const auto below = [&](const xlsx::Cell& cell) { return cell.at.row > columns_.header_row; };
    const auto end = sheet.cells.end();
    for (auto first = std::find_if(sheet.cells.begin(), end, below); first != end;) {
      const auto other = [&](const xlsx::Cell& cell) { return cell.at.row != first->at.row; };
      const auto last = std::find_if(first, end, other);
      read_row(sheet, {first, last});
      first = last;
    }
  }

  void read_row(const xlsx::Sheet& sheet, std::span<const xlsx::Cell> cells) {
    const auto cell_in = [&](int column) {
      const auto found = std::ranges::find(cells, column, [](const xlsx::Cell& one) { return one.at.column; });
      SubmittedCell cell;
      cell.at = {cells.front().at.row, column};
      if (found == cells.end()) return cell;
      cell.value = found->value;
      cell.has_formula = found->has_formula;
      const std::string& format = book_.styles[static_cast<std::size_t>(found->style)].number_format;
      cell.percent_format = xlsx::is_percent_format(format);
      cell.date_format = xlsx::is_date_format(format);
      return cell;
    };
    const auto text_in = [&](int column) { return squeezed(nfc(raw_text(cell_in(column)))); };
    Decision decision;
    decision.value = cell_in(columns_.value);
    const std::string typed = raw_text(decision.value);
    if (typed.empty() && !decision.value.has_formula) decision.value.value = xlsx::Value();  // blanks are nothing
    decision.reason = text_in(columns_.reason);
    decision.by = text_in(columns_.by);
    if (typed.empty() && !decision.value.has_formula && decision.reason.empty() && decision.by.empty()) return;
    decision.waived = !typed.empty() && is_caption(typed, "decisions.waive");
    decision.place = {.file = file_, .sheet = sheet.name, .cell = to_string(decision.value.at)};
    Subject& subject = decision.subject;
    subject = {text_in(columns_.subject[0]), text_in(columns_.subject[1]), text_in(columns_.subject[2]),
               text_in(columns_.subject[3]), text_in(columns_.subject[4])};
    const std::vector<std::string> codes = definitions_.wording.codes();
    const bool whole = std::all_of(columns_.subject.begin(), columns_.subject.end(), [](int c) { return c > 0; }) &&
                       std::find(codes.begin(), codes.end(), subject.code) != codes.end();
    const int indicator = definitions_.catalogue.find(subject.indicator);
    const std::string label = indicator < 0 ? "" : definitions_.catalogue[indicator].label;
    const bool as_shown =
        (columns_.agency == 0 || fold_name(fingerprint(text_in(columns_.agency))) == fold_name(subject.agency)) &&
        (columns_.indicator == 0 || fold(text_in(columns_.indicator)) == fold(label));
    if (!whole || !as_shown) {
      findings_.push_back({.code = "decision-lost",
                           .place = decision.place,
                           .details = {{"reason", decision.reason}, {"by", decision.by}},
                           .raw = typed});
      return;
    }
    decisions_.push_back(std::move(decision));
  }

  const xlsx::Workbook& book_;
  const std::string& file_;
  const Definitions& definitions_;
  Findings& findings_;
  std::vector<std::pair<std::string, int Columns::*>> captions_;  // folded, and whose column they head
  Columns columns_;
  std::vector<Decision> decisions_;
};

}  // namespace

std::string fingerprint(std::string_view text) {
  constexpr std::size_t kShort = 240;  // UTF-16 units
  std::string line = squeezed(nfc(text));
  if (utf16_length(line) <= kShort) return line;
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : line) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return std::string(utf16_prefix(line, kShort)) + "… #" + std::to_string(hash);
}

std::vector<Decision> read_decisions(const xlsx::Workbook& book, const std::string& file,
                                     const Definitions& definitions, Findings& findings) {
  return SheetOfFindings(book, file, definitions, findings).read();
}

}  // namespace tonghop
