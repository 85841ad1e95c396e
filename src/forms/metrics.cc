// Advance widths of a Times-like face, per base letter; Vietnamese marks do not widen a letter.
#include "forms/metrics.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace tonghop {
namespace {

// In em. Rounded up from the metrics that Times New Roman and its free equals share.
double em_width(utf8proc_int32_t point) {
  switch (point) {
    case 'i':
    case 'j':
    case 'l':
    case 't':
    case ' ':
    case ',':
    case '.':
    case ':':
    case ';':
    case '\'':
    case '|':
      return 0.28;
    case 'f':
    case 'r':
    case 'I':
    case '(':
    case ')':
    case '-':
    case '/':
    case '[':
    case ']':
    case '!':
      return 0.34;
    case 's':
    case 'a':
    case 'c':
    case 'e':
    case 'z':
    case '?':
      return 0.45;
    case 'm':
    case 'M':
    case '%':
      return 0.87;
    case 'w':
    case 'A':
    case 'C':
    case 'D':
    case 'G':
    case 'H':
    case 'K':
    case 'N':
    case 'O':
    case 'Q':
    case 'U':
    case 'V':
    case 'X':
    case 'Y':
    case 'B':
    case 'R':
    case 0x0110:
      return 0.73;
    case 'W':
      return 0.95;
    case 0x2026:  // ellipsis
      return 1.0;
    default:
      return point >= 'A' && point <= 'Z' ? 0.62 : 0.5;
  }
}

// Of a letter with its marks.
double letter_width(utf8proc_int32_t point) {
  utf8proc_int32_t parts[8];  // the letter under its marks comes first
  int boundary = 0;
  const auto count = utf8proc_decompose_char(point, parts, 8, UTF8PROC_DECOMPOSE, &boundary);
  const utf8proc_int32_t base = count > 0 ? parts[0] : point;
  return utf8proc_category(base) == UTF8PROC_CATEGORY_MN ? 0 : em_width(base);
}

// Vietnamese ends before that.
constexpr std::size_t kCommon = 0x2030;

const std::array<double, kCommon>& common_widths() {
  static const std::array<double, kCommon> widths = [] {
    std::array<double, kCommon> all{};
    for (std::size_t point = 0; point < kCommon; ++point) all[point] = letter_width(static_cast<int>(point));
    return all;
  }();
  return widths;
}

double text_width(std::string_view word) {
  const std::array<double, kCommon>& widths = common_widths();
  double width = 0;
  while (!word.empty()) {
    if (const auto byte = static_cast<unsigned char>(word.front()); byte < 0x80) {
      width += widths[byte];
      word.remove_prefix(1);
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(word.data()),
                                         static_cast<utf8proc_ssize_t>(word.size()), &point);
    if (length <= 0) {
      word.remove_prefix(1);
      continue;
    }
    word.remove_prefix(static_cast<std::size_t>(length));
    const auto index = static_cast<std::size_t>(point);
    width += index < kCommon ? widths[index] : letter_width(point);
  }
  return width;
}

}  // namespace

int wrapped_lines(std::string_view text, double width, bool bold, int points) {
  // A column is counted in digits of the 12-point default font (half an em each), less the cell's padding.
  const double room = std::max(1.0, (width - 0.8) * 0.5 * 12 / points / (bold ? 1.08 : 1.0));
  int lines = 0;
  while (true) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    double used = 0;
    ++lines;
    while (!line.empty()) {
      const std::size_t blank = std::min(line.find(' '), line.size());
      const double word = text_width(line.substr(0, blank));
      if (used > 0 && used + word > room) {
        ++lines;
        used = 0;
      }
      if (word > room) lines += static_cast<int>(std::ceil(word / room)) - 1;
      used += word;
      if (used >= room) used = std::fmod(used, room);
      used += em_width(' ');
      line.remove_prefix(std::min(blank + 1, line.size()));
    }
    if (end == text.size()) return lines;
    text.remove_prefix(end + 1);
  }
}

double row_height(int lines, int points) { return std::min(409.0, lines * points * 1.3 + 3.5); }

double TextBox::height(std::string_view text) const { return row_height(wrapped_lines(text, width, bold, size), size); }

TextBox text_box(const xlsx::Workbook& book, const xlsx::Sheet& sheet, const xlsx::Cell& cell) {
  const auto merge = std::ranges::find(sheet.merges, cell.at, [](const xlsx::Area& area) { return area.first; });
  const int last = merge == sheet.merges.end() ? cell.at.column : merge->last.column;
  const xlsx::Style& style = book.styles[static_cast<std::size_t>(cell.style)];
  TextBox box{0, style.bold, style.size};
  for (const xlsx::ColumnFormat& column : sheet.columns) {
    const int shared = std::min(last, column.last) - std::max(cell.at.column, column.first) + 1;
    box.width += std::max(shared, 0) * column.width;
  }
  return box;
}

}  // namespace tonghop
