// Cells of a round's sheets -> texts, dates, errors.
#include "round/reading.h"

#include "base/decimal.h"
#include "base/text.h"
#include "mail/address.h"
#include "round/date.h"

namespace tonghop {

std::string text_of(const xlsx::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return squeezed(nfc(*text));
  if (const auto* number = std::get_if<double>(&cell.value)) return shortest(*number);
  return "";
}

std::map<int, RowCells> rows_of(const xlsx::Sheet& sheet) {
  std::map<int, RowCells> rows;
  for (const xlsx::Cell& cell : sheet.cells) {
    if (!text_of(cell).empty()) rows[cell.at.row][cell.at.column] = &cell;
  }
  return rows;
}

const xlsx::Sheet* Reading::sheet_called(const char* id) const {
  for (const xlsx::Sheet& sheet : book.sheets) {
    if (wording().says(id, sheet.name)) return &sheet;
  }
  return nullptr;
}

void Reading::wrong(const char* code, const Place& place, Details details, const std::string& raw) {
  findings_.push_back({code, place, std::move(details), "", "", raw, ""});
}

void Reading::unknown(const Place& place, const std::string& what, const std::vector<std::string>& known,
                      const std::string& raw) {
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : "; ") + one;
  wrong("round-unknown", place, {{"what", what}, {"known", list}}, raw);
}

std::string Reading::date(const xlsx::Sheet& sheet, const xlsx::Cell* cell) {
  if (cell == nullptr) return "";
  const auto read = read_date(cell->value, book.dates_from_1904);
  if (!read) wrong("round-date", place(sheet, cell->at), {}, text_of(*cell));
  return read.value_or("");
}

std::string Reading::form(const xlsx::Sheet& sheet, const xlsx::Cell* cell) {
  if (cell == nullptr) return "";
  const std::string written = text_of(*cell);
  if (const auto known = forms_.find(written); known != forms_.end()) return known->second;
  const std::string given = fold(written);
  std::vector<std::string> titles;
  for (const Form& one : definitions.forms) {
    if (fold(one.form.id) == given || fold(one.form.title) == given) return forms_[written] = one.form.id;
    titles.push_back(one.form.title);
  }
  unknown(place(sheet, cell->at), caption("roster.template"), titles, written);
  return "";
}

std::string Reading::name(const xlsx::Sheet& sheet, const xlsx::Cell* cell, const std::string& what) {
  constexpr std::size_t kMost = 255;
  if (cell == nullptr) return "";
  std::string text = text_of(*cell);
  if (const std::size_t length = utf16_length(text); length > kMost) {
    wrong("round-too-long", place(sheet, cell->at),
          {{"what", what}, {"length", std::to_string(length)}, {"most", std::to_string(kMost)}});
  }
  return text;
}

std::string Reading::addresses(const xlsx::Sheet& sheet, const xlsx::Cell* cell) {
  if (cell == nullptr) return "";
  for (const std::string& address : split_addresses(text_of(*cell))) {
    if (!is_address(address)) wrong("round-address", place(sheet, cell->at), {}, address);
  }
  return text_of(*cell);
}

}  // namespace tonghop
