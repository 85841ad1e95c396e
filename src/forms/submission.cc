// Workbook -> Submission.
#include "forms/submission.h"

#include <algorithm>
#include <charconv>
#include <span>

#include "base/decimal.h"
#include "base/finding.h"
#include "base/text.h"
#include "forms/blank.h"

namespace tonghop {
namespace {

using xlsx::Cell;
using xlsx::Sheet;
using xlsx::Workbook;

// What a cell shows, as far as captions go; numbers as their shortest text.
std::string shown(const Cell* cell, CaptionIndex& captions) {
  if (cell == nullptr) return "";
  if (const auto* text = std::get_if<std::string>(&cell->value)) return captions.shown(*text);
  if (const auto* number = std::get_if<double>(&cell->value)) return shortest(*number);
  if (const auto* truth = std::get_if<bool>(&cell->value)) return *truth ? "TRUE" : "FALSE";
  if (const auto* error = std::get_if<xlsx::ErrorValue>(&cell->value)) return error->code;
  return "";
}

// The cells of one sheet row: a stretch of Sheet::cells.
struct RowCells {
  const Cell* first = nullptr;
  const Cell* last = nullptr;  // behind the last

  int row() const { return first->at.row; }
  const Cell* begin() const { return first; }
  const Cell* end() const { return last; }
  const Cell* at(int column) const {
    for (const Cell* cell = first; cell != last; ++cell) {
      if (cell->at.column == column) return cell;
    }
    return nullptr;
  }
};

std::vector<RowCells> rows_of(const Sheet& sheet) {
  std::vector<RowCells> rows;
  const Cell* const end = sheet.cells.data() + sheet.cells.size();
  for (const Cell* at = sheet.cells.data(); at != end;) {
    const Cell* next = at;
    while (next != end && next->at.row == at->at.row) ++next;
    rows.push_back({at, next});
    at = next;
  }
  return rows;
}

void read_identity(const Sheet& sheet, CaptionIndex& captions, Submission& submission) {
  submission.issued = true;
  for (const RowCells& row : rows_of(sheet)) {
    const std::string name = shown(row.at(1), captions);
    const std::string text = shown(row.at(2), captions);
    if (name == "template") submission.identity.form = text;
    if (name == "version") std::from_chars(text.data(), text.data() + text.size(), submission.identity.version);
    if (name == "agency") submission.identity.agency = text;
    if (name == "period") submission.identity.period = text;
  }
}

// Notes which columns the captions of these rows name. Captions just as printed go before those that differ in
// brackets, of equal ones the first counts; but two columns that claim the values are too many, because one of them may
// be another period's: Error (column-twice).
void take_header(std::span<const RowCells> rows, CaptionIndex& captions, const std::string& file,
                 SubmittedTable& table) {
  for (const bool exact : {true, false}) {
    const SubmittedTable before = table;
    for (const RowCells& row : rows) {
      for (const Cell& cell : row) {
        const auto* text = std::get_if<std::string>(&cell.value);
        if (text == nullptr) continue;
        if (*text == kKeyHeader) table.key_column = cell.at.column;
        const int role = exact ? captions.role(*text) : captions.loose_role(*text);
        if (role < 0 || before.columns[static_cast<std::size_t>(role)] > 0) continue;
        int& column = table.columns[static_cast<std::size_t>(role)];
        if (column == 0) {
          column = cell.at.column;
        } else if (column != cell.at.column && role == static_cast<int>(Role::value)) {
          Place place;
          place.file = file;
          place.sheet = table.sheet;
          place.cell = to_string(cell.at);
          throw Error("column-twice", place, {{"caption", *text}, {"first", xlsx::column_name(column)}});
        }
      }
    }
  }
}

int column_of(const SubmittedTable& table, Role role) { return table.columns[static_cast<std::size_t>(role)]; }

// A header needs the caption and the value column, in this row or in this and the next.
std::optional<SubmittedTable> header_at(const std::vector<RowCells>& rows, std::size_t index, CaptionIndex& captions,
                                        const std::string& file, const std::string& sheet) {
  const auto any = [](const SubmittedTable& table) {
    return std::any_of(table.columns.begin(), table.columns.end(), [](int column) { return column > 0; });
  };
  SubmittedTable table;
  table.sheet = sheet;
  take_header(std::span(&rows[index], 1), captions, file, table);
  table.header_row = rows[index].row();
  if (!any(table)) return std::nullopt;
  if (index + 1 < rows.size() && rows[index + 1].row() <= table.header_row + 2) {
    SubmittedTable both;
    both.sheet = sheet;
    take_header(std::span(&rows[index], 2), captions, file, both);
    if (both.columns != table.columns || both.key_column != table.key_column) {
      both.header_row = rows[index + 1].row();
      table = both;
    }
  }
  if (column_of(table, Role::caption) == 0 || column_of(table, Role::value) == 0) return std::nullopt;
  return table;
}

// A header that the form's pages repeat in the middle of the table.
bool repeats_header(const RowCells& row, CaptionIndex& captions, const SubmittedTable& table) {
  int hits = 0;
  for (const Cell& cell : row) {
    const auto* text = std::get_if<std::string>(&cell.value);
    if (text == nullptr) continue;
    const int role = captions.loose_role(*text);
    if (role >= 0 && table.columns[static_cast<std::size_t>(role)] == cell.at.column) ++hits;
    if (captions.is_group(*text)) ++hits;
  }
  return hits >= 2;
}

void read_fields(const std::vector<RowCells>& rows, std::size_t end, CaptionIndex& captions, Submission& submission) {
  for (std::size_t r = 0; r < end; ++r) {
    for (const Cell* cell = rows[r].begin(); cell != rows[r].end(); ++cell) {
      const auto* text = std::get_if<std::string>(&cell->value);
      const int field = text == nullptr ? -1 : captions.field(*text);
      if (field < 0) continue;
      std::string answer;
      for (const Cell* next = cell + 1; next != rows[r].end() && answer.empty(); ++next) answer = shown(next, captions);
      std::string& into = field == 0 ? submission.agency_shown : submission.period_shown;
      if (into.empty()) into = answer;
      if (field == 0 && !answer.empty() && fold_name(answer) != fold_name(into)) submission.other_agency = answer;
    }
  }
}

SubmittedCell lift_cell(const Workbook& book, const RowCells& row, int column) {
  SubmittedCell lifted;
  lifted.at = {row.row(), column};
  const Cell* cell = row.at(column);
  if (cell == nullptr) return lifted;
  lifted.value = cell->value;
  lifted.has_formula = cell->has_formula;
  lifted.ratio_formula = cell->has_formula && is_ratio_formula(cell->formula);
  const std::string& format = book.styles[static_cast<std::size_t>(cell->style)].number_format;
  lifted.percent_format = xlsx::is_percent_format(format);
  lifted.date_format = !lifted.percent_format && xlsx::is_date_format(format);
  if (auto* number = std::get_if<double>(&lifted.value);
      number != nullptr && lifted.date_format && book.dates_from_1904) {
    *number += 1462;  // days from 1900 to 1904, as Excel counts them
  }
  return lifted;
}

void read_table(const Workbook& book, const std::vector<RowCells>& rows, std::size_t first, std::size_t last,
                const SubmittedTable& table, CaptionIndex& captions, Submission& submission) {
  const int index = static_cast<int>(submission.tables.size());
  submission.tables.push_back(table);
  const auto text_at = [&](const RowCells& row, Role role) {
    const int column = column_of(table, role);
    return column == 0 ? std::string() : shown(row.at(column), captions);
  };
  for (std::size_t r = first; r < last; ++r) {
    const RowCells& row = rows[r];
    for (const Cell& cell : row) {
      const auto& known = table.columns;
      const bool inside = std::find(known.begin(), known.end(), cell.at.column) != known.end();
      if (inside || !std::holds_alternative<double>(cell.value)) continue;
      SubmittedTable& stored = submission.tables.back();
      if (stored.outside++ == 0) stored.first_outside = cell.at;
    }
    SubmittedRow lifted;
    if (table.key_column > 0) lifted.key = shown(row.at(table.key_column), captions);
    if (lifted.key.empty() && repeats_header(row, captions, table)) continue;
    lifted.table = index;
    lifted.row = row.row();
    lifted.number = text_at(row, Role::number);
    lifted.caption = text_at(row, Role::caption);
    lifted.unit = text_at(row, Role::unit);
    lifted.note = text_at(row, Role::note);
    lifted.value = lift_cell(book, row, column_of(table, Role::value));
    submission.rows.push_back(std::move(lifted));
  }
}

// The first table of a sheet, if it has one.
void lift_sheet(const Workbook& book, const Sheet& sheet, CaptionIndex& captions, Submission& submission) {
  const std::vector<RowCells> rows = rows_of(sheet);
  bool keyed = false;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (const Cell& cell : rows[r]) {
      const auto* text = std::get_if<std::string>(&cell.value);
      keyed = keyed || (text != nullptr && *text == kKeyHeader);
    }
    const auto table = header_at(rows, r, captions, submission.file, sheet.name);
    if (!table) continue;
    read_fields(rows, r, captions, submission);
    const auto body =
        std::find_if(rows.begin(), rows.end(), [&](const RowCells& row) { return row.row() > table->header_row; });
    read_table(book, rows, static_cast<std::size_t>(body - rows.begin()), rows.size(), *table, captions, submission);
    return;
  }
  if (keyed) submission.headless.push_back(sheet.name);
}

}  // namespace

CaptionIndex::CaptionIndex(const std::vector<Template>& forms) {
  for (const Template& form : forms) {
    for (const Column& column : form.columns) {
      roles_.emplace(fold(column.caption), static_cast<int>(column.role));
      // The bracketed part of a header ("used for every period") is often dropped or worded anew.
      const std::size_t bracket = column.caption.find('(');
      if (bracket != std::string::npos && bracket > 0) {
        roles_.emplace(fold(column.caption.substr(0, bracket)), static_cast<int>(column.role));
      }
      if (!column.group.empty()) groups_.emplace(fold(column.group), 0);
    }
    for (const Field& field : form.fields) fields_.emplace(fold(field.caption), field.name == "agency" ? 0 : 1);
  }
}

namespace {

template <typename Make>
const std::string& remembered(std::unordered_map<std::string, std::string>& texts, const std::string& text, Make make) {
  const auto known = texts.find(text);
  if (known != texts.end()) return known->second;
  return texts.emplace(text, make(text)).first->second;
}

}  // namespace

void CaptionIndex::trim() {
  constexpr std::size_t kRemembered = 50'000;  // texts
  if (shown_.size() > kRemembered) shown_.clear();
  if (folds_.size() > kRemembered) folds_.clear();
}

const std::string& CaptionIndex::shown(const std::string& text) {
  return remembered(shown_, text, [](const std::string& raw) { return squeezed(nfc(raw)); });
}

const std::string& CaptionIndex::folded(const std::string& text) {
  return remembered(folds_, text, [](const std::string& raw) { return fold(raw); });
}

int CaptionIndex::role(const std::string& text) {
  if (text.size() > 400) return -1;
  const auto found = roles_.find(folded(text));
  return found == roles_.end() ? -1 : found->second;
}

int CaptionIndex::loose_role(const std::string& text) {
  const std::size_t bracket = text.find('(');
  return bracket == std::string::npos || bracket == 0 ? role(text) : role(text.substr(0, bracket));
}

bool CaptionIndex::is_group(const std::string& text) { return groups_.contains(folded(text)); }

int CaptionIndex::field(const std::string& text) {
  const auto found = fields_.find(folded(text));
  return found == fields_.end() ? -1 : found->second;
}

Submission lift(const Workbook& book, const std::string& file, CaptionIndex& captions) {
  Submission submission;
  submission.file = file;
  captions.trim();
  // What is seen goes before what is hidden, should both hold the same rows.
  for (const bool hidden : {false, true}) {
    for (const Sheet& sheet : book.sheets) {
      if (sheet.hidden != hidden && sheet.name != kIdentitySheet) continue;
      if (sheet.name != kIdentitySheet) {
        lift_sheet(book, sheet, captions, submission);
      } else if (!hidden) {
        read_identity(sheet, captions, submission);
      }
    }
  }
  return submission;
}

}  // namespace tonghop
