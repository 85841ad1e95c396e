// Cells and their values. References are hints: a row or cell without one follows its predecessor, order is free, the
// last one counts.
#include "xlsx/sheet_cells.h"

#include <algorithm>
#include <utility>

#include "base/legacy_text.h"
#include "base/text.h"
#include "xlsx/characters.h"

namespace tonghop::xlsx {
namespace {

// A cell reference as far as it can be told: 0 for what is missing or beyond counting.
struct Reference {
  long column = 0;
  long row = 0;
};

Reference any_reference(std::string_view text) {
  constexpr long kBeyond = 100'000'000;
  Reference at;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      at.row = std::min(at.row * 10 + (c - '0'), kBeyond);
    } else if (at.row == 0 && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
      at.column = std::min(at.column * 26 + ((c | 0x20) - 'a' + 1), kBeyond);
    } else if (c != '$' && c != ' ') {
      return {};
    }
  }
  return at;
}

Reference parse_reference(std::string_view text) {
  // Nearly all are a letter or two, and a few digits.
  constexpr std::size_t kLetters = 3, kDigits = 7;
  Reference at;
  std::size_t i = 0;
  for (; i < text.size() && i < kLetters && text[i] >= 'A' && text[i] <= 'Z'; ++i) {
    at.column = at.column * 26 + (text[i] - 'A' + 1);
  }
  const std::size_t end = std::min(text.size(), i + kDigits);
  for (; i < end && text[i] >= '0' && text[i] <= '9'; ++i) at.row = at.row * 10 + (text[i] - '0');
  return i == text.size() ? at : any_reference(text);
}

// As much of a text as a message can hold.
std::string shortened(const std::string& text) {
  constexpr std::size_t kLongest = 100;  // UTF-16 units
  const std::string_view kept = utf16_prefix(text, kLongest);
  return std::string(kept) + (kept.size() < text.size() ? "…" : "");
}

}  // namespace

SheetContext::SheetContext(const SharedStrings& shared, const std::vector<Style>& formats, const Limits& bounds)
    : strings(shared), styles(formats), limits(bounds), cells_left(bounds.cells), text_left(bounds.total_bytes) {
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const std::string& font = styles[i].font;
    const bool known = i > 0 && font == styles[i - 1].font;  // most are
    legacy.push_back(known ? legacy.back() : !font.empty() && from_legacy_font("", font).has_value());
    any_legacy = any_legacy || legacy.back();
  }
}

void SheetCells::expect(std::size_t bytes) { sheet_.cells.reserve(std::min(context_.cells_left, bytes / 64)); }

void SheetCells::add_column(std::string_view first, std::string_view last, bool hidden) {
  ColumnFormat format;
  format.first = std::clamp(integer(first).value_or(0), 0, kMaxColumn);
  format.last = std::clamp(integer(last).value_or(format.first), 0, kMaxColumn);
  format.hidden = hidden;
  if (hidden && format.first >= 1 && format.first <= format.last) sheet_.columns.push_back(format);
}

void SheetCells::add_merge(std::string_view area) {
  const auto merged = parse_area(without_blanks(area));
  if (merged && merged->first != merged->last) sheet_.merges.push_back(*merged);
}

void SheetCells::begin_row(std::string_view number, std::string_view first_cell, bool hidden) {
  long told = parse_reference(number).row;
  if (told == 0) told = parse_reference(first_cell).row;
  row_ = told != 0 ? told : row_ + 1;
  column_ = 0;
  if (hidden && row_ <= kMaxRow) sheet_.rows.push_back(RowFormat{.row = static_cast<int>(row_), .hidden = true});
}

void SheetCells::pass(std::string_view place) {
  const Reference reference = parse_reference(place);
  column_ = reference.column != 0 ? reference.column : column_ + 1;
}

void SheetCells::add(const StoredCell& stored) {
  const Reference reference = parse_reference(stored.place);
  column_ = reference.column != 0 ? reference.column : column_ + 1;
  if (!stored.value && !stored.formula && !stored.rich) return;
  if (row_ > kMaxRow || column_ > kMaxColumn) {
    if (outside_++ == 0) first_outside_ = stored.place;
    return;
  }

  Cell& read = sheet_.cells.emplace_back();
  read.at = Address{static_cast<int>(row_), static_cast<int>(column_)};
  const int format = integer(stored.style).value_or(0);
  read.style = format >= 0 && static_cast<std::size_t>(format) < context_.styles.size() ? format : 0;
  if (stored.formula) {
    read.formula = cleaned(*stored.formula);
    // <f/> alone says nothing; a cell that shares another's formula says so in an attribute.
    read.has_formula = !read.formula.empty() || stored.formula_type;
  }
  // A text beside the value of a cell of another type is what a program forgot to take away.
  if (stored.rich && (!stored.value || stored.type == "inlineStr")) {
    take(*stored.rich, read);
  } else if (stored.value) {
    read_value(stored.type, *stored.value, read);
  }
  if (std::holds_alternative<std::monostate>(read.value) && !read.has_formula) {
    sheet_.cells.pop_back();
    return;
  }
  if (reference.row != 0 && reference.row != row_ && moved_++ == 0) first_moved_ = stored.place;
  if (context_.cells_left-- == 0) {
    refuse_too_large({.file = file_, .sheet = sheet_.name}, "cells", context_.limits);
  }
  bound_text(read);
  ordered_ = ordered_ && last_ < read.at;
  last_ = read.at;
}

void SheetCells::finish() {
  put_in_order();
  report("cell-outside", outside_, first_outside_);
  report("cell-moved", moved_, first_moved_);
}

// A shared string, or one of the cell's own.
void SheetCells::take(const SharedString& string, Cell& cell) const {
  if (string.rich == nullptr && !is_legacy(cell)) {
    cell.value.emplace<std::string>(string.text);
  } else if (string.rich != nullptr) {
    cell.value = text_by_fonts(*string.rich, context_.styles[static_cast<std::size_t>(cell.style)].font);
  } else {
    cell.value.emplace<std::string>(unicode(std::string(string.text), cell));
  }
}

// Sets `value`, or leaves it empty where nothing is stored.
void SheetCells::read_value(std::string_view type, std::string_view stored, Cell& cell) {
  const Address at = cell.at;
  Value& value = cell.value;
  const std::string_view word = without_blanks(stored);
  if (type == "s") {
    if (word.empty()) return;
    const auto index = integer(word);
    if (const SharedString* shared = index ? context_.strings.at(*index) : nullptr) {
      take(*shared, cell);
      return;
    }
    broken(at, type, stored);
    value = ErrorValue{"#REF!"};
  } else if (type.empty() || type == "n") {
    if (word.empty()) return;
    if (const auto read = number(word)) {
      value = *read;
      return;
    }
    broken(at, "n", stored);
    value = decoded(word);
  } else if (type == "b") {
    if (word.empty()) return;
    const bool yes = word == "1" || word == "true" || word == "TRUE";
    if (yes || word == "0" || word == "false" || word == "FALSE") {
      value = yes;
      return;
    }
    broken(at, type, stored);
    value = decoded(word);
  } else if (type == "e") {
    if (!word.empty()) value = ErrorValue{decoded(word)};
  } else {
    value = unicode(decoded(stored), cell);
    // d: a date in ISO 8601. What is invented next is taken as text, for a person to look at.
    if (type != "str" && type != "inlineStr" && type != "d") broken(at, type, stored);
  }
}

// The text of a cell whose font may mean an old 8-bit encoding.
std::string SheetCells::unicode(std::string text, const Cell& cell) const {
  if (!is_legacy(cell)) return text;
  return from_legacy_font(text, context_.styles[static_cast<std::size_t>(cell.style)].font).value_or(text);
}

// A text beyond the limit is not kept: the cell becomes an error value, with a finding.
void SheetCells::bound_text(Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.value);
  if (text != nullptr && text->size() > context_.limits.text) {
    findings_.push_back(
        Finding{.code = "cell-too-long",
                .place = {.file = file_, .sheet = sheet_.name, .cell = to_string(cell.at)},
                .details = {{"length", std::to_string(text->size())}, {"most", std::to_string(context_.limits.text)}},
                .raw = shortened(*text)});
    cell.value = ErrorValue{"#VALUE!"};
    text = nullptr;
  }
  const std::size_t bytes = (text != nullptr ? text->size() : 0) + cell.formula.size();
  if (bytes > context_.text_left) {
    refuse_too_large({.file = file_, .sheet = sheet_.name}, "size", context_.limits);
  }
  context_.text_left -= bytes;
}

void SheetCells::broken(Address at, std::string_view type, std::string_view content) {
  findings_.push_back(Finding{.code = "cell-broken",
                              .place = {.file = file_, .sheet = sheet_.name, .cell = to_string(at)},
                              .details = {{"type", decoded(type)}, {"content", shortened(decoded(content))}},
                              .raw = shortened(decoded(content))});
}

// Sorted, and of several cells at one address the last.
void SheetCells::put_in_order() {
  std::vector<Cell>& cells = sheet_.cells;
  if (!ordered_) {
    std::ranges::stable_sort(cells, {}, &Cell::at);
    int repeated = 0;
    std::string first;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i + 1 < cells.size() && cells[i + 1].at == cells[i].at) {
        if (repeated++ == 0) first = to_string(cells[i].at);
      } else {
        if (kept != i) cells[kept] = std::move(cells[i]);
        ++kept;
      }
    }
    cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(kept), cells.end());
    report("cell-repeated", repeated, first);
  }
  std::vector<RowFormat>& rows = sheet_.rows;
  std::ranges::stable_sort(rows, {}, &RowFormat::row);
  // std::ranges::unique does not compile with Clang 14 and GCC's library.
  const auto same = [](const RowFormat& a, const RowFormat& b) { return a.row == b.row; };
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

// One finding a sheet, however many cells are concerned; the first is its place.
void SheetCells::report(const char* code, int count, const std::string& first) {
  if (count == 0) return;
  findings_.push_back(Finding{.code = code,
                              .place = {.file = file_, .sheet = sheet_.name, .cell = decoded(first)},
                              .details = {{"count", std::to_string(count)}}});
}

}  // namespace tonghop::xlsx
