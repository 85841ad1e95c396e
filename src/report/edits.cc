// Earlier figures against those of this merge.
#include "report/edits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "base/text.h"
#include "merge/settle.h"
#include "report/agency_sheet.h"

namespace tonghop {
namespace {

constexpr int kHeaderRows = 50;
constexpr std::size_t kSha256 = 64;  // hex digits

std::string text_of(const xlsx::Cell* cell) {
  const auto* text = cell == nullptr ? nullptr : std::get_if<std::string>(&cell->value);
  return text == nullptr ? "" : squeezed(nfc(*text));
}

// The header cell over (agencies across) or before (agencies down) the ids of indicators.
const xlsx::Cell* corner(const xlsx::Sheet& sheet, const Wording& wording) {
  const std::array<std::string, 2> captions = {fold(wording.text("agencies.id", "vi")),
                                               fold(wording.text("agencies.id", "en"))};
  for (const xlsx::Cell& cell : sheet.cells) {
    if (cell.at.row > kHeaderRows) break;
    const std::string text = text_of(&cell);
    if (text.empty() || text.starts_with('#')) continue;
    if (std::find(captions.begin(), captions.end(), fold(text)) != captions.end()) return &cell;
  }
  return nullptr;
}

// The cells of a sheet by row, which finds those of a row faster than Sheet::find() does.
class CellsByRow {
 public:
  explicit CellsByRow(const xlsx::Sheet& sheet) {
    for (auto first = sheet.cells.begin(); first != sheet.cells.end();) {
      const auto behind = [&](const xlsx::Cell& cell) { return cell.at.row != first->at.row; };
      const auto end = std::find_if(first, sheet.cells.end(), behind);
      rows_.emplace(first->at.row, std::span(first, end));
      first = end;
    }
  }

  const xlsx::Cell* find(xlsx::Address at) const {
    const auto row = rows_.find(at.row);
    if (row == rows_.end()) return nullptr;
    const auto found = std::ranges::lower_bound(row->second, at, {}, &xlsx::Cell::at);
    return found != row->second.end() && found->at == at ? &*found : nullptr;
  }

 private:
  std::unordered_map<int, std::span<const xlsx::Cell>> rows_;
};

// Whether a cell of the row says one of these.
bool is_set_aside(const xlsx::Sheet& sheet, int row, const std::vector<std::string>& states) {
  const auto row_of = [](const xlsx::Cell& cell) { return cell.at.row; };
  return std::any_of(std::ranges::lower_bound(sheet.cells, row, {}, row_of),
                     std::ranges::upper_bound(sheet.cells, row, {}, row_of),
                     [&](const xlsx::Cell& cell) { return std::ranges::find(states, text_of(&cell)) != states.end(); });
}

bool same(const xlsx::Value& a, const xlsx::Value& b) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  // Programs write 15 digits.
  if (x != nullptr && y != nullptr) return std::abs(*x - *y) <= 1e-14 * std::max(std::abs(*x), std::abs(*y));
  const auto* s = std::get_if<std::string>(&a);
  const auto* t = std::get_if<std::string>(&b);
  if (s != nullptr && t != nullptr) return squeezed(nfc(*s)) == squeezed(nfc(*t));
  return a == b;
}

std::string shown(const xlsx::Value& value, bool percent) {
  SubmittedCell cell;
  cell.value = value;
  cell.percent_format = percent;
  const std::string text = raw_text(cell);
  return text.empty() ? "—" : text;
}

}  // namespace

EarlierFigures read_figures(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions) {
  EarlierFigures figures;
  figures.file = file;
  std::vector<std::string> unused;  // states of files whose values are not in the report
  for (const char* state : {"state.superseded", "state.refused"}) {
    for (const char* lang : {"vi", "en"}) unused.push_back(definitions.wording.text(state, lang));
  }
  for (const xlsx::Sheet& sheet : book.sheets) {
    for (const xlsx::Cell& cell : sheet.cells) {
      const auto* text = std::get_if<std::string>(&cell.value);
      const bool hash = text != nullptr && text->size() == kSha256 &&
                        text->find_first_not_of("0123456789abcdef") == std::string::npos;
      if (hash && !is_set_aside(sheet, cell.at.row, unused)) figures.sources.insert(*text);
    }
    const xlsx::Cell* head = figures.sheet.empty() ? corner(sheet, definitions.wording) : nullptr;
    if (head == nullptr) continue;
    const auto indicator_at = [&](xlsx::Address at) { return definitions.catalogue.find(text_of(sheet.find(at))); };
    const bool down = indicator_at({head->at.row, head->at.column + 1}) >= 0;
    if (!down && indicator_at({head->at.row + 1, head->at.column}) < 0) continue;
    figures.sheet = sheet.name;
    std::unordered_map<int, std::string> agencies;  // row or column -> folded name
    std::unordered_map<int, int> indicators;        // column or row -> index
    for (const xlsx::Cell& cell : sheet.cells) {
      const bool in_row = cell.at.row == head->at.row && cell.at.column > head->at.column;
      const bool in_column = cell.at.column == head->at.column && cell.at.row > head->at.row;
      const int index = in_row == down && (in_row || in_column) ? definitions.catalogue.find(text_of(&cell)) : -1;
      if (index >= 0) indicators[down ? cell.at.column : cell.at.row] = index;
      if (index < 0 && in_row != down && (in_row || in_column))
        agencies[down ? cell.at.row : cell.at.column] = fold_name(text_of(&cell));
    }
    const CellsByRow cells(sheet);
    for (const auto& [place, agency] : agencies) {
      std::vector<EarlierFigure>& all = figures.by_agency[agency];
      all.reserve(indicators.size());
      for (const auto& [other, index] : indicators) {
        const xlsx::Address at = down ? xlsx::Address{place, other} : xlsx::Address{other, place};
        const xlsx::Cell* cell = cells.find(at);
        all.push_back({index, at, cell == nullptr ? xlsx::Value() : cell->value});
      }
    }
  }
  return figures;
}

void report_lost_edits(const EarlierFigures& earlier, const Province& province, const std::vector<SourceFile>& sources,
                       const Definitions& definitions, Findings& findings) {
  std::set<std::string> unchanged;  // files
  for (const SourceFile& source : sources) {
    if (earlier.sources.contains(source.sha256)) unchanged.insert(source.path);
  }
  const Subjects subjects(province, definitions.catalogue);
  std::set<std::pair<int, std::string>> decided;  // member, indicator
  for (const Decision& one : province.decisions)
    decided.insert({subjects.member(one.subject.agency), one.subject.indicator});
  for (std::size_t m = 0; m < province.members.size(); ++m) {
    const Member& member = province.members[m];
    const auto before = earlier.by_agency.find(fold_name(member.name));
    if (before == earlier.by_agency.end() || !unchanged.contains(member.answer.file)) continue;
    for (const EarlierFigure& figure : before->second) {
      const Indicator& what = definitions.catalogue[figure.indicator];
      const Observation* observation = member.observations[static_cast<std::size_t>(figure.indicator)];
      if (observation != nullptr && observation->computed) continue;  // it follows its parts
      const xlsx::Value now = observation == nullptr ? xlsx::Value() : figure_value(*observation);
      if (same(figure.value, now) || decided.contains({static_cast<int>(m), what.id})) continue;
      const bool percent = what.kind == Kind::percent;
      Finding finding;
      finding.code = "edit-lost";
      finding.place = {.file = earlier.file, .sheet = earlier.sheet, .cell = to_string(figure.at)};
      finding.details = {{"label", what.label}, {"now", shown(now, percent)}};
      finding.agency = member.name;
      finding.indicator = what.id;
      finding.raw = shown(figure.value, percent);
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace tonghop
