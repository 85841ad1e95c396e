// Reading worksheets. References are hints: a row or cell without one follows its predecessor, order is free, the last
// one counts.
#include "xlsx/sheet_reader.h"

#include <algorithm>
#include <utility>

#include "xlsx/characters.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

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
  void read_value(std::string_view type, std::string_view stored, Address at, Value& value);
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
  for (pugi::xml_attribute attribute = row.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (name == "r") number = parse_reference(attribute.value()).row;
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
  Reference reference;
  const char* type = "";
  int style = 0;
  pugi::xml_attribute attribute = cell.first_attribute();
  // The name of no attribute is "".
  for (const char* name = attribute.name(); *name != '\0'; name = (attribute = attribute.next_attribute()).name()) {
    if (is_letter(name, 'r')) {
      reference = parse_reference(attribute.value());
      if (empty) break;
    } else if (is_letter(name, 't')) {
      type = attribute.value();
    } else if (is_letter(name, 's') && !empty) {
      style = integer(attribute, 0);
    }
  }
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
  read.style = style >= 0 && style < context_.styles ? style : 0;
  if (formula) {
    read.formula = cleaned(text_of(formula, joined_));
    // <f/> alone says nothing; a cell that shares another's formula says so in an attribute.
    read.has_formula = !read.formula.empty() || formula.attribute("t");
  }
  if (rich) {
    read.value.emplace<std::string>(rich_text(rich, joined_));
  } else if (value) {
    read_value(type, text_of(value, joined_), read.at, read.value);
  }
  if (std::holds_alternative<std::monostate>(read.value) && !read.has_formula) {
    sheet_.cells.pop_back();
    return;
  }
  if (reference.row != 0 && reference.row != row_ && moved_++ == 0) first_moved_ = cell.attribute("r").value();
  if (context_.cells_left-- == 0) {
    throw Error("file-too-large", Place{.file = file_, .sheet = sheet_.name}, {{"limit", "cells"}});
  }
  ordered_ = ordered_ && last_ < read.at;
  last_ = read.at;
}

// Sets `value`, or leaves it empty where nothing is stored.
void SheetReader::read_value(std::string_view type, std::string_view stored, Address at, Value& value) {
  const std::string_view word = without_blanks(stored);
  if (type == "s") {
    if (word.empty()) return;
    const auto index = integer(word);
    if (const auto text = index ? context_.strings.at(*index) : std::nullopt) {
      value.emplace<std::string>(*text);
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
    value = decoded(stored);  // str, inlineStr, d (a date in ISO 8601) and whatever is invented next
  }
}

void SheetReader::broken(Address at, std::string_view type, std::string_view content) {
  findings_.push_back(Finding{.code = "cell-broken",
                              .place = {.file = file_, .sheet = sheet_.name, .cell = to_string(at)},
                              .details = {{"type", decoded(type)}, {"content", decoded(content)}},
                              .raw = decoded(content)});
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

void read_sheet(const XmlPart& part, const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings) {
  SheetReader(file, context, sheet, findings).read(part);
}

}  // namespace tonghop::xlsx
