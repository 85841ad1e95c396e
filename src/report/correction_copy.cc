// Items -> marks on the agency's own workbook.
#include "report/correction_copy.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "forms/printed_form.h"
#include "report/correction_sheet.h"
#include "xlsx/patch.h"
#include "xlsx/style_elements.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

constexpr const char* kTint = "FFC7A3";  // no fill of a blank; what has it was tinted here
constexpr std::size_t kNoteUnits = 900;  // UTF-16 units of one line of a note

using Cell = std::pair<std::string, xlsx::Address>;  // sheet, address

xlsx::NoteLook note_look() { return {std::string(kNoteSign), "tonghop", "Times New Roman"}; }

std::string tint() {
  xlsx::Style style;
  style.fill = kTint;
  return xlsx::fill_xml(style);
}

bool is_tint(const std::string& fill) { return fill.find(kTint) != std::string::npos; }

// The cell that shows: of merged cells the first.
xlsx::Address shown_at(const xlsx::Sheet& sheet, xlsx::Address at) {
  for (const xlsx::Area& area : sheet.merges) {
    const bool inside = area.first.row <= at.row && at.row <= area.last.row && area.first.column <= at.column &&
                        at.column <= area.last.column;
    if (inside) return area.first;
  }
  return at;
}

class CopyMaker {
 public:
  CopyMaker(std::string_view bytes, const std::string& file, const Correction& correction, const Wording& wording,
            const xlsx::Limits& limits)
      : patch_(bytes, file, note_look(), limits), file_(file), correction_(correction), wording_(wording) {}

  std::string make(const Round* round, Findings& findings) {
    take_back();
    std::vector<CorrectionLine> lines;
    for (const CorrectionItem& item : correction_.items) {
      if (!item.place.file.empty() && item.place.file != file_) continue;
      CorrectionLine line{&item, "", ""};
      if (const auto cell = cell_of(item)) {
        line.tinted = to_string(cell->second);
        const auto [former, first] = former_.emplace(*cell, "");
        if (first) former->second = patch_.fill_of(cell->first, cell->second);
        if (is_tint(former->second)) former->second.clear();  // of a copy whose list is gone
        line.former_fill = former->second;
        std::string& note = notes_[*cell];
        note += (note.empty() ? "" : "\n") + note_line(item);
      }
      lines.push_back(line);
    }
    mark(findings);
    patch_.put_first(correction_sheet(correction_, lines, round, wording_), earlier_sheet_);
    if (patch_.is_signed()) findings.push_back({.code = "copy-signature", .place = {.file = file_}});
    return patch_.bytes();
  }

 private:
  // What an earlier copy marked.
  void take_back() {
    for (const xlsx::Sheet& sheet : patch_.workbook().sheets) {
      if (!is_corrections_sheet(sheet)) continue;
      if (earlier_sheet_.empty()) earlier_sheet_ = sheet.name;
      for (const FormerFill& former : former_fills(sheet)) {
        if (find(former.sheet) != nullptr && is_tint(patch_.fill_of(former.sheet, former.at)))
          patch_.set_fill(former.sheet, former.at, xlsx::is_fill(former.fill) ? former.fill : "");
      }
    }
  }

  const xlsx::Sheet* find(const std::string& name) const {
    const auto& sheets = patch_.workbook().sheets;
    const auto found = std::ranges::find(sheets, name, &xlsx::Sheet::name);
    return found == sheets.end() ? nullptr : &*found;
  }

  std::optional<Cell> cell_of(const CorrectionItem& item) const {
    const auto at = xlsx::parse_address(item.place.cell);
    const xlsx::Sheet* sheet = at ? find(item.place.sheet) : nullptr;
    if (sheet == nullptr) return std::nullopt;
    return Cell{sheet->name, shown_at(*sheet, *at)};
  }

  std::string note_line(const CorrectionItem& item) const {
    std::string said;
    if (item.raw.empty() || item.expected.empty()) {
      said = item.problem;
    } else {
      said = wording_.text("corrections.note", correction_.lang,
                           Details{{"raw", item.raw}, {"expected", item.expected}, {"problem", item.problem}});
    }
    if (item.raw.empty() && !item.expected.empty()) said += " " + item.expected;
    return std::string(kNoteSign) + std::string(utf16_prefix(squeezed(said), kNoteUnits));
  }

  void mark(Findings& findings) {
    Finding conversations{.code = "copy-conversation", .place = {.file = file_}};
    int count = 0;
    const std::string fill = tint();
    for (const auto& [cell, note] : notes_) {
      patch_.set_fill(cell.first, cell.second, fill);
      if (patch_.set_note(cell.first, cell.second, note)) continue;
      if (count++ == 0) {
        conversations.place.sheet = cell.first;
        conversations.place.cell = to_string(cell.second);
      }
    }
    if (count == 0) return;
    conversations.details = {{"count", std::to_string(count)}};
    findings.push_back(std::move(conversations));
  }

  xlsx::Patch patch_;
  const std::string& file_;
  const Correction& correction_;
  const Wording& wording_;
  std::string earlier_sheet_;
  std::map<Cell, std::string> former_, notes_;
};

}  // namespace

std::string correction_copy(std::string_view bytes, const std::string& file, const Correction& correction,
                            const Round* round, const Definitions& definitions, const xlsx::Limits& limits,
                            Findings& findings) {
  Findings said;
  std::string copy = CopyMaker(bytes, file, correction, definitions.wording, limits).make(round, said);
  for (Finding& finding : said) {
    finding.agency = correction.name;
    findings.push_back(std::move(finding));
  }
  return copy;
}

std::string correction_list(const std::string& file, const Correction& correction, const Round* round,
                            const Definitions& definitions) {
  std::vector<CorrectionLine> lines;
  for (const CorrectionItem& item : correction.items) {
    if (item.place.file.empty() || item.place.file == file) lines.push_back({&item, "", ""});
  }
  return xlsx::write_workbook(correction_sheet(correction, lines, round, definitions.wording));
}

}  // namespace tonghop
