// The records of a sheet, one after the other; those of charts inside it are passed over.
#include "xlsx/xls_sheet_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "xlsx/characters.h"
#include "xlsx/little_endian.h"
#include "xlsx/xls_formula.h"

namespace tonghop::xlsx {
namespace {

constexpr unsigned kColumns = 256;  // of BIFF8

std::string_view error_code(unsigned code) {
  constexpr std::array<std::pair<unsigned, std::string_view>, 7> kErrors = {{{0x00, "#NULL!"},
                                                                             {0x07, "#DIV/0!"},
                                                                             {0x0F, "#VALUE!"},
                                                                             {0x17, "#REF!"},
                                                                             {0x1D, "#NAME?"},
                                                                             {0x24, "#NUM!"},
                                                                             {0x2A, "#N/A"}}};
  const auto* const known = std::ranges::find(kErrors, code, &std::pair<unsigned, std::string_view>::first);
  return known == kErrors.end() ? "#ERROR!" : known->second;
}

Value bool_or_error(unsigned value, bool is_error) {
  if (is_error) return ErrorValue{std::string(error_code(value))};
  return value != 0;
}

// Whether a formula may have text as its result. LibreOffice stores 0 for such a text if it did not calculate it
// itself.
bool may_give_text(const Sheet& sheet, std::string_view formula) {
  if (formula.find_first_of("\"&") != std::string_view::npos) return true;
  const auto other = parse_address(formula);
  const Cell* const cell = other ? sheet.find(*other) : nullptr;
  return cell != nullptr && std::holds_alternative<std::string>(cell->value);
}

[[noreturn]] void damaged(const char* problem) { throw Error("file-damaged", {}, {{"problem", problem}}); }

}  // namespace

std::u16string XlsBook::text_at(BiffCursor& cursor, std::size_t length) const {
  return biff8 ? cursor.text(length) : from_code_page(cursor.bytes(length), code_page);
}

XlsSheet::XlsSheet(XlsBook& book, std::size_t at) {
  BiffReader reader(book.stream, at);
  BiffRecord record;
  if (!reader.next(record) || record.type != Biff::begin) damaged("the sheet is not where it should be");
  for (int depth = 1; depth > 0;) {
    if (!reader.next(record)) damaged("the sheet is cut off");
    book.walked += record.size;
    if (book.walked > book.stream.size()) damaged("sheets overlap");
    if (record.type == Biff::begin) ++depth;
    if (record.type == Biff::end) --depth;
    if (depth == 1 && record.type != Biff::end) read_record(book, record);
    if (record.content.failed()) damaged("a record is too short");
  }
}

void XlsSheet::read_record(XlsBook& book, BiffRecord& record) {
  switch (record.type) {
    case Biff::number:
    case Biff::rk:
    case Biff::label:
    case Biff::rich_string:
    case Biff::label_shared:
    case Biff::bool_error:
    case Biff::formula:
      string_follows_ = false;
      return read_cell(book, record);
    case Biff::mul_rk:
      string_follows_ = false;
      return read_mul_rk(book, record);
    case Biff::string:
      if (string_follows_) {
        const unsigned length = record.content.u16();
        sources_.back() = {From::text, book.values.add_text(book.text_at(record.content, length))};
      }
      string_follows_ = false;
      return;
    case Biff::row_block:
    case Biff::array:
    case Biff::data_table:
      return;
    case Biff::shared_formula:
      return read_shared_formula(record);
    case Biff::note:
      return read_note(book, record);
    case Biff::object:
    case Biff::text_object:
      if (book.biff8) read_object(book, record);
      return;
    default:
      return read_layout(book, record);
  }
}

Cell* XlsSheet::begin_cell(XlsBook& book, unsigned row, unsigned column, unsigned format) {
  const Address at{static_cast<int>(row) + 1, static_cast<int>(column) + 1};
  for (const Address stranger : std::exchange(strangers_, {})) {
    if (at <= stranger) continue;
    sheet_.cells.push_back({.at = stranger});
    sources_.push_back({From::lost_kind, 0});
  }
  if (column >= kColumns) {
    if (outside_++ == 0) first_outside_ = at;
    return nullptr;
  }
  if (book.cells++ >= book.limits.cells) {
    refuse_too_large({.file = book.file}, "cells", book.limits);
  }
  Cell& cell = sheet_.cells.emplace_back();
  sources_.emplace_back();
  cell.at = at;
  cell.style = static_cast<int>(format) < book.styles ? static_cast<int>(format) : 0;
  return &cell;
}

void XlsSheet::read_cell(XlsBook& book, BiffRecord& record) {
  BiffCursor& content = record.content;
  const unsigned row = content.u16(), column = content.u16();
  Cell* const cell = begin_cell(book, row, column, content.u16());
  if (cell == nullptr) return;
  Source& source = sources_.back();
  switch (record.type) {
    case Biff::number:
      source = {From::number, book.values.add_number(content.bytes(8))};
      break;
    case Biff::rk:
      source = {From::number, book.values.add_rk(content.number(4))};
      break;
    case Biff::label:
    case Biff::rich_string: {
      const unsigned length = content.u16();
      source = {From::text, book.values.add_text(book.text_at(content, length))};
      break;
    }
    case Biff::label_shared: {
      const std::uint32_t index = content.number(4);
      if (index < book.strings.size()) {
        source = {From::text, book.strings[index]};
      } else {
        source = {From::lost_string, index};
      }
      break;
    }
    case Biff::bool_error: {
      const unsigned value = content.u8();
      cell->value = bool_or_error(value, content.u8() != 0);
      break;
    }
    default:
      read_formula(book, content, *cell, source);
  }
}

void XlsSheet::read_mul_rk(XlsBook& book, BiffRecord& record) {
  if (record.size < 12 || record.size % 6 != 0) return read_stranger(book, record);
  BiffCursor& content = record.content;
  const unsigned row = content.u16(), first = content.u16();
  // The number of the last column stands at the end.
  for (std::size_t i = 0; 4 + 6 * (i + 1) + 2 <= record.size; ++i) {
    const unsigned format = content.u16();
    const std::uint32_t rk = content.number(4);
    if (begin_cell(book, row, first + static_cast<unsigned>(i), format) == nullptr) continue;
    sources_.back() = {From::number, book.values.add_rk(rk)};
  }
}

void XlsSheet::read_formula(XlsBook& book, BiffCursor& content, Cell& cell, Source& source) {
  const std::string result = content.bytes(8);
  const unsigned flags = content.u16();
  content.skip(4);
  const std::string tokens = content.bytes(content.u16());
  if (content.failed()) return;

  constexpr char kShared = 1;  // the formula stands with the first cell that has it
  constexpr char kError = 0x1C, kBoolean = 0x1D;
  // LibreOffice writes a boolean or an error as a formula of this one constant.
  const bool constant = tokens.size() == 2 && (tokens[0] == kError || tokens[0] == kBoolean);
  cell.has_formula = !constant;
  if (tokens.size() == 5 && tokens[0] == kShared) {
    const auto row = static_cast<int>(little_endian(tokens, 1, 2)),
               column = static_cast<int>(little_endian(tokens, 3, 2));
    sharing_.emplace_back(sheet_.cells.size() - 1, Address{row + 1, column + 1});
  } else if (!constant) {
    cell.formula = formula_text(tokens, book.biff8, cell.at);
  }

  // Programs that cannot calculate ask for it at the next opening, and leave 0 or nothing as the result.
  const bool to_calculate = (flags & 2) != 0;
  if (!result.ends_with("\xFF\xFF")) {
    if (to_calculate && result == std::string(8, '\0')) return;
    source = {From::number, book.values.add_number(result)};
    results_ = true;
    return;
  }
  const auto value = static_cast<unsigned char>(result[2]);
  switch (result[0]) {
    case 0:
      string_follows_ = true;
      results_ = true;
      break;
    case 1:
    case 2:
      cell.value = bool_or_error(value, result[0] == 2);
      results_ = true;
      break;
    default:
      if (to_calculate) return;
      cell.value = std::string();
      empty_results_.push_back(sheet_.cells.size() - 1);
  }
}

// Follows the first cell that has it.
void XlsSheet::read_shared_formula(BiffRecord& record) {
  if (sheet_.cells.empty()) return;
  record.content.skip(8);  // the area
  shared_[sheet_.cells.back().at] = record.content.bytes(record.content.u16());
}

void XlsSheet::read_layout(const XlsBook& book, BiffRecord& record) {
  BiffCursor& content = record.content;
  constexpr unsigned kHiddenRow = 0x20, kHiddenColumn = 1;
  if (record.type == Biff::row) {
    const auto row = static_cast<int>(content.u16()) + 1;
    content.skip(10);
    if ((content.u16() & kHiddenRow) != 0) sheet_.rows.push_back({.row = row, .hidden = true});
  } else if (record.type == Biff::column_info) {
    const unsigned first = content.u16(), last = std::min(content.u16(), kColumns - 1);
    content.skip(4);
    if ((content.u16() & kHiddenColumn) == 0 || first > last) return;
    sheet_.columns.push_back(
        {.first = static_cast<int>(first) + 1, .last = static_cast<int>(last) + 1, .hidden = true});
  } else if (record.type == Biff::merged_cells) {
    for (unsigned left = content.u16(); left > 0 && !content.failed(); --left) {
      std::array<int, 4> edges{};  // first row, last row, first column, last column
      for (int& edge : edges) edge = static_cast<int>(content.u16()) + 1;
      const Area area{{edges[0], edges[2]}, {edges[1], edges[3]}};
      const bool sound = edges[0] <= edges[1] && edges[2] <= edges[3] && edges[3] <= kMaxColumn;
      if (sound && area.first != area.last) sheet_.merges.push_back(area);
    }
  } else if (record.type == Biff::protect) {
    if (content.u16() != 0) sheet_.protection = Protection{};
  } else {
    read_stranger(book, record);
  }
}

// A record of no known kind that has the place and the format of a cell: if it stands between the cells before and
// behind that place, its kind was damaged, and the value must not go without a word.
void XlsSheet::read_stranger(const XlsBook& book, const BiffRecord& record) {
  const bool empty = record.type == Biff::blank && record.size == 6;
  if (empty || record.type == Biff::mul_blank || record.size < 6 || sheet_.cells.empty()) return;
  BiffCursor content = record.content;
  const unsigned row = content.u16(), column = content.u16();
  const Address at{static_cast<int>(row) + 1, static_cast<int>(column) + 1};
  const bool fits = column < kColumns && static_cast<int>(content.u16()) < book.styles && sheet_.cells.back().at < at;
  if (fits) strangers_.push_back(at);
}

// BIFF8 has the text of a comment with the drawn note that shows it; before, it stands here, in parts of 2,048 bytes.
void XlsSheet::read_note(XlsBook& book, BiffRecord& record) {
  constexpr unsigned kMorePart = 0xFFFF;
  BiffCursor& content = record.content;
  const unsigned row = content.u16(), column = content.u16();
  const Address at{static_cast<int>(row) + 1, static_cast<int>(column) + 1};
  if (book.biff8) {
    content.skip(2);
    notes_.emplace_back(at, content.u16());
    return;
  }
  content.skip(2);  // the length of all parts together
  const std::string part = content.bytes(record.size < 6 ? 0 : record.size - 6);
  const std::size_t text = book.values.add_text(from_code_page(part, book.code_page));
  const bool more = row == kMorePart && !comments_.empty();
  comments_.emplace_back(more ? comments_.back().first : at, text);
}

void XlsSheet::read_object(XlsBook& book, BiffRecord& record) {
  constexpr unsigned kNote = 0x19;
  BiffCursor content = record.content;  // what is wrong with a drawing makes no cell wrong
  if (record.type == Biff::object) {
    content.skip(4);
    object_ = content.u16() == kNote ? static_cast<int>(content.u16()) : -1;
    return;
  }
  content.skip(10);
  const unsigned length = content.u16();
  if (object_ < 0 || length == 0 || record.size < 18) return;
  content.skip(record.size - 12);  // to the CONTINUE record that has the text
  const bool wide = (content.u8() & 1) != 0;
  objects_[static_cast<unsigned>(object_)] = book.values.add_text(content.characters(length, wide));
}

void XlsSheet::drop_results() {
  for (const std::size_t index : empty_results_) sheet_.cells[index].value = Value();
}

Sheet XlsSheet::finish(XlsBook& book, std::string name, bool hidden, Findings& findings) {
  sheet_.name = std::move(name);
  sheet_.hidden = hidden;
  const auto charge = [&](const std::string& text) {
    book.text += text.size();
    if (book.text > book.limits.total_bytes) {
      refuse_too_large({.file = book.file, .sheet = sheet_.name}, "size", book.limits);
    }
  };
  const auto take_text = [&](std::size_t index) {
    charge(book.values.text(index));
    return cleaned(book.values.text(index));
  };
  for (const auto& [index, first] : sharing_) {
    Cell& cell = sheet_.cells[index];
    const auto tokens = shared_.find(first);
    if (tokens != shared_.end()) cell.formula = formula_text(tokens->second, book.biff8, cell.at);
    charge(cell.formula);
  }
  for (std::size_t i = 0; i < sheet_.cells.size(); ++i) {
    Cell& cell = sheet_.cells[i];
    const Source& source = sources_[i];
    const auto broken = [&](const char* type, const std::string& content, const char* error) {
      findings.push_back(Finding{.code = "cell-broken",
                                 .place = {.file = book.file, .sheet = sheet_.name, .cell = to_string(cell.at)},
                                 .details = {{"type", type}, {"content", content}},
                                 .raw = content});
      cell.value = ErrorValue{error};
    };
    if (source.from == From::number) {
      const double number = book.values.number(source.index);
      cell.value = number;
      if (!std::isfinite(number)) broken("n", std::isnan(number) ? "NaN" : "INF", "#NUM!");
    } else if (source.from == From::text) {
      cell.value = take_text(source.index);
    } else if (source.from == From::lost_string) {
      broken("s", std::to_string(source.index), "#REF!");
    } else if (source.from == From::lost_kind) {
      broken("?", "?", "#REF!");
    }
  }
  for (const auto& [at, object] : notes_) {
    const auto text = objects_.find(object);
    if (text != objects_.end()) comments_.emplace_back(at, text->second);
  }
  std::ranges::stable_sort(comments_, {}, &std::pair<Address, std::size_t>::first);
  for (const auto& [at, text] : comments_) {
    const bool more = !sheet_.comments.empty() && sheet_.comments.back().at == at;
    if (!more) sheet_.comments.push_back({.at = at});
    sheet_.comments.back().text += take_text(text);
  }
  put_in_order(book, findings);
  for (Cell& cell : sheet_.cells) {
    if (cell.has_formula && cell.value == Value(0.0) && may_give_text(sheet_, cell.formula)) cell.value = Value();
  }
  return std::move(sheet_);
}

// Sorted, and of several cells at one address the last; one finding for all that had to be put right.
void XlsSheet::put_in_order(const XlsBook& book, Findings& findings) {
  const auto report = [&](const char* code, int count, Address first) {
    if (count == 0) return;
    findings.push_back(Finding{.code = code,
                               .place = {.file = book.file, .sheet = sheet_.name, .cell = to_string(first)},
                               .details = {{"count", std::to_string(count)}}});
  };
  std::vector<Cell>& cells = sheet_.cells;
  std::ranges::stable_sort(cells, {}, &Cell::at);
  int repeated = 0;
  Address first{};
  std::vector<Cell> kept;
  kept.reserve(cells.size());
  for (Cell& cell : cells) {
    if (!kept.empty() && kept.back().at == cell.at) {
      if (repeated++ == 0) first = cell.at;
      kept.pop_back();
    }
    kept.push_back(std::move(cell));
  }
  cells = std::move(kept);
  std::ranges::stable_sort(sheet_.rows, {}, &RowFormat::row);
  report("cell-repeated", repeated, first);
  report("cell-outside", outside_, first_outside_);
}

}  // namespace tonghop::xlsx
