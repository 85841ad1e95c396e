// Addresses, areas and the lookups of the workbook values.
#include "xlsx/workbook.h"

#include <algorithm>
#include <utility>

namespace tonghop::xlsx {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// 1 to 26 for a letter of either case, 0 for anything else.
int letter(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A' + 1;
  if (c >= 'a' && c <= 'z') return c - 'a' + 1;
  return 0;
}

}  // namespace

std::string column_name(int column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

std::string to_string(Address address) { return column_name(address.column) + std::to_string(address.row); }

std::optional<Address> parse_address(std::string_view text) {
  Address at;
  std::size_t i = 0;
  if (i < text.size() && text[i] == '$') ++i;
  for (; i < text.size() && letter(text[i]) != 0; ++i) {
    at.column = at.column * 26 + letter(text[i]);
    if (at.column > kMaxColumn) return std::nullopt;
  }
  if (i < text.size() && text[i] == '$') ++i;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    at.row = at.row * 10 + (text[i] - '0');
    if (at.row > kMaxRow) return std::nullopt;
  }
  if (i != text.size() || at.column == 0 || at.row == 0) return std::nullopt;
  return at;
}

std::string to_string(const Area& area) {
  return area.first == area.last ? to_string(area.first) : to_string(area.first) + ":" + to_string(area.last);
}

std::optional<Area> parse_area(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto a = parse_address(text.substr(0, colon));
  const auto b = colon == std::string_view::npos ? a : parse_address(text.substr(colon + 1));
  if (!a || !b) return std::nullopt;
  return Area{{std::min(a->row, b->row), std::min(a->column, b->column)},
              {std::max(a->row, b->row), std::max(a->column, b->column)}};
}

const Cell* Sheet::find(Address at) const {
  const auto i = std::ranges::lower_bound(cells, at, {}, &Cell::at);
  return i != cells.end() && i->at == at ? &*i : nullptr;
}

Cell& Sheet::cell(Address at) {
  auto i = cells.end();
  if (!cells.empty() && at <= cells.back().at) i = std::ranges::lower_bound(cells, at, {}, &Cell::at);
  if (i != cells.end() && i->at == at) return *i;
  Cell made;
  made.at = at;
  return *cells.insert(i, std::move(made));
}

int Workbook::style(const Style& wanted) {
  // A sheet asks for its own again and again, and those are the last.
  const auto i = std::find(styles.rbegin(), styles.rend(), wanted);
  if (i != styles.rend()) return static_cast<int>(styles.rend() - i) - 1;
  styles.push_back(wanted);
  return static_cast<int>(styles.size()) - 1;
}

std::string quoted_sheet(std::string_view name) {
  std::string quoted = "'";
  for (char c : name) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string reference(std::string_view sheet, const Area& area) {
  const auto absolute = [](Address at) { return "$" + column_name(at.column) + "$" + std::to_string(at.row); };
  std::string out = quoted_sheet(sheet) + "!" + absolute(area.first);
  return area.first == area.last ? out : out + ":" + absolute(area.last);
}

}  // namespace tonghop::xlsx
