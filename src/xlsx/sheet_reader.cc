// Reading worksheets. References are hints: a row or cell without one follows its predecessor, order is free, the last
// one counts.
#include "xlsx/sheet_reader.h"

#include <algorithm>
#include <utility>

#include "base/legacy_text.h"
#include "base/text.h"
#include "xlsx/characters.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

// XML forbids it, and two readers would read two things.
[[noreturn]] void refuse_repeated(const char* attribute) {
  throw Error("file-damaged", {}, {{"problem", std::string("attribute ") + attribute + " twice"}});
}

// A cell reference as far as it can be told: 0 for what is missing or beyond counting.
struct Reference {
  long column = 0;
  long row = 0;
};

Reference parse_reference(const char* text) {
  constexpr long kBeyond = 100'000'000;
  Reference at;
  for (; *text != '\0'; ++text) {
    const char c = *text;
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

// As much of a text as a message can hold.
std::string shortened(const std::string& text) {
  constexpr std::size_t kLongest = 100;  // UTF-16 units
  const std::string_view kept = utf16_prefix(text, kLongest);
  return std::string(kept) + (kept.size() < text.size() ? "…" : "");
}

class SheetReader {
 public:
  SheetReader(const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings)
      : file_(file), context_(context), sheet_(sheet), findings_(findings) {}

  void read(const XmlPart& part);

 private:
  void read_columns(pugi::xml_node columns);
  void read_rows(pugi::xml_node rows);
  void read_row(pugi::xml_node row);
  void read_cell(pugi::xml_node cell);
  void read_value(std::string_view type, std::string_view stored, Cell& cell);
  std::string unicode(std::string text, const Cell& cell) const;
  void bound_text(Cell& cell);
  void broken(Address at, std::string_view type, std::string_view content);
  void put_in_order();
  void report(const char* code, int count, const std::string& first);

  const std::string& file_;
  SheetContext& context_;
  Sheet& sheet_;
  Findings& findings_;
  long row_ = 0;       // number of the row being read, from 1
  long column_ = 0;    // number of the column last read, from 1
  Address last_ = {};  // of the cell stored last
  bool ordered_ = true;
  int outside_ = 0, moved_ = 0;  // cells beyond the grid; cells whose reference names another row
  std::string first_outside_, first_moved_;
  std::string joined_;  // room for text that stands in several pieces
};

void SheetReader::read(const XmlPart& part) {
  for (pugi::xml_node node = part.root().first_child(); node; node = node.next_sibling()) {
    const std::string_view name = local(node.name());
    if (name == "sheetData") {
      sheet_.cells.reserve(std::min(context_.cells_left, part.bytes() / 64));
      read_rows(node);
    } else if (name == "cols") {
      read_columns(node);
    } else if (name == "mergeCells") {
      for (const pugi::xml_node merge : node) {
        const auto area = parse_area(without_blanks(merge.attribute("ref").value()));
        if (area && area->first != area->last) sheet_.merges.push_back(*area);
      }
    } else if (name == "sheetProtection" && flag(node.attribute("sheet"))) {
      const auto allowed = [&](const char* what) { return !flag(node.attribute(what), true); };
      sheet_.protection =
          Protection{allowed("formatColumns"), allowed("formatRows"), allowed("sort"), allowed("autoFilter")};
    }
  }
  put_in_order();
  report("cell-outside", outside_, first_outside_);
  report("cell-moved", moved_, first_moved_);
}

void SheetReader::read_columns(pugi::xml_node columns) {
  for (const pugi::xml_node column : columns) {
    ColumnFormat format;
    format.first = std::clamp(integer(column.attribute("min"), 0), 0, kMaxColumn);
    format.last = std::clamp(integer(column.attribute("max"), format.first), 0, kMaxColumn);
    format.hidden = flag(column.attribute("hidden"));
    if (format.hidden && format.first >= 1 && format.first <= format.last) sheet_.columns.push_back(format);
  }
}

void SheetReader::read_rows(pugi::xml_node rows) {
  for (pugi::xml_node row = rows.first_child(); row; row = row.next_sibling()) {
    if (is(row, "row")) read_row(row);
  }
}

void SheetReader::read_row(pugi::xml_node row) {
  long number = 0;
  bool hidden = false;
  bool numbered = false;
  for (pugi::xml_attribute attribute = row.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (name == "r") {
      if (numbered) refuse_repeated("r");
      numbered = true;
      number = parse_reference(attribute.value()).row;
    }
    if (name == "hidden") hidden = flag(attribute);
  }
  pugi::xml_node cell = row.first_child();
  while (cell && !is(cell, "c")) cell = cell.next_sibling();
  if (number == 0) number = parse_reference(cell.attribute("r").value()).row;
  row_ = number != 0 ? number : row_ + 1;
  column_ = 0;
  if (hidden && row_ <= kMaxRow) sheet_.rows.push_back(RowFormat{.row = static_cast<int>(row_), .hidden = true});

  for (; cell; cell = cell.next_sibling()) {
    if (is(cell, "c")) read_cell(cell);
  }
}

void SheetReader::read_cell(pugi::xml_node cell) {
  const bool empty = !cell.first_child();  // most cells of a form are: only their place counts
  const char* place = nullptr;
  const char* type = nullptr;
  const char* style = nullptr;
  pugi::xml_attribute attribute = cell.first_attribute();
  // The name of no attribute is "".
  for (const char* name = attribute.name(); *name != '\0'; name = (attribute = attribute.next_attribute()).name()) {
    const char** known = is_letter(name, 'r')   ? &place
                         : is_letter(name, 't') ? &type
                         : is_letter(name, 's') ? &style
                                                : nullptr;
    if (known == nullptr) continue;
    if (*known != nullptr) refuse_repeated(name);
    *known = attribute.value();
    if (empty && place != nullptr) break;
  }
  const Reference reference = place != nullptr ? parse_reference(place) : Reference{};
  column_ = reference.column != 0 ? reference.column : column_ + 1;
  if (empty) return;
  pugi::xml_node value, formula, rich;
  for (pugi::xml_node node = cell.first_child(); node; node = node.next_sibling()) {
    const char* name = local(node.name());
    if (is_letter(name, 'v')) {
      value = node;
    } else if (is_letter(name, 'f')) {
      formula = node;
    } else if (name == "is"sv) {
      rich = node;
    }
  }
  if (!value && !formula && !rich) return;
  if (row_ > kMaxRow || column_ > kMaxColumn) {
    if (outside_++ == 0) first_outside_ = cell.attribute("r").value();
    return;
  }

  Cell& read = sheet_.cells.emplace_back();
  read.at = Address{static_cast<int>(row_), static_cast<int>(column_)};
  const int format = style != nullptr ? integer(std::string_view(style)).value_or(0) : 0;
  read.style = format >= 0 && static_cast<std::size_t>(format) < context_.styles.size() ? format : 0;
  if (formula) {
    read.formula = cleaned(text_of(formula, joined_));
    // <f/> alone says nothing; a cell that shares another's formula says so in an attribute.
    read.has_formula = !read.formula.empty() || formula.attribute("t");
  }
  if (rich) {
    if (names_fonts(rich)) {
      read.value = text_by_fonts(rich, context_.styles[static_cast<std::size_t>(read.style)].font);
    } else {
      read.value = unicode(std::string(rich_text(rich, joined_)), read);
    }
  } else if (value) {
    read_value(type != nullptr ? type : "", text_of(value, joined_), read);
  }
  if (std::holds_alternative<std::monostate>(read.value) && !read.has_formula) {
    sheet_.cells.pop_back();
    return;
  }
  if (reference.row != 0 && reference.row != row_ && moved_++ == 0) first_moved_ = cell.attribute("r").value();
  if (context_.cells_left-- == 0) {
    refuse_too_large({.file = file_, .sheet = sheet_.name}, "cells", context_.limits);
  }
  bound_text(read);
  ordered_ = ordered_ && last_ < read.at;
  last_ = read.at;
}

// Sets `value`, or leaves it empty where nothing is stored.
void SheetReader::read_value(std::string_view type, std::string_view stored, Cell& cell) {
  const Address at = cell.at;
  Value& value = cell.value;
  const std::string_view word = without_blanks(stored);
  if (type == "s") {
    if (word.empty()) return;
    const auto index = integer(word);
    if (const auto shared = index ? context_.strings.at(*index) : std::nullopt) {
      if (shared->runs) {
        value = text_by_fonts(shared->runs, context_.styles[static_cast<std::size_t>(cell.style)].font);
      } else {
        value.emplace<std::string>(unicode(std::string(shared->text), cell));
      }
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
std::string SheetReader::unicode(std::string text, const Cell& cell) const {
  const auto style = static_cast<std::size_t>(cell.style);
  if (!context_.legacy[style]) return text;
  return from_legacy_font(text, context_.styles[style].font).value_or(text);
}

// A text beyond the limit is not kept: the cell becomes an error value, with a finding.
void SheetReader::bound_text(Cell& cell) {
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

void SheetReader::broken(Address at, std::string_view type, std::string_view content) {
  findings_.push_back(Finding{.code = "cell-broken",
                              .place = {.file = file_, .sheet = sheet_.name, .cell = to_string(at)},
                              .details = {{"type", decoded(type)}, {"content", shortened(decoded(content))}},
                              .raw = shortened(decoded(content))});
}

// Sorted, and of several cells at one address the last.
void SheetReader::put_in_order() {
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
void SheetReader::report(const char* code, int count, const std::string& first) {
  if (count == 0) return;
  findings_.push_back(Finding{.code = code,
                              .place = {.file = file_, .sheet = sheet_.name, .cell = decoded(first)},
                              .details = {{"count", std::to_string(count)}}});
}

}  // namespace

SheetContext::SheetContext(const SharedStrings& shared, const std::vector<Style>& formats, const Limits& bounds)
    : strings(shared), styles(formats), limits(bounds), cells_left(bounds.cells), text_left(bounds.total_bytes) {
  for (const Style& style : styles) legacy.push_back(!style.font.empty() && from_legacy_font("", style.font));
}

void read_sheet(const XmlPart& part, const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings) {
  SheetReader(file, context, sheet, findings).read(part);
}

}  // namespace tonghop::xlsx
