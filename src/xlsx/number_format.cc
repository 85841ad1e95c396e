// Number formats: the built-in ones, and what a format code says about the value (a percentage, a date).
#include "xlsx/number_format.h"

#include <array>
#include <string>
#include <utility>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 36> kBuiltin = {{
    {0, "General"},
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {5, "\"$\"#,##0_);(\"$\"#,##0)"},
    {6, "\"$\"#,##0_);[Red](\"$\"#,##0)"},
    {7, "\"$\"#,##0.00_);(\"$\"#,##0.00)"},
    {8, "\"$\"#,##0.00_);[Red](\"$\"#,##0.00)"},
    {9, "0%"},
    {10, "0.00%"},
    {11, "0.00E+00"},
    {12, "# ?/?"},
    {13, "# ?\?/??"},
    {14, "mm-dd-yy"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "m/d/yy h:mm"},
    {37, "#,##0_);(#,##0)"},
    {38, "#,##0_);[Red](#,##0)"},
    {39, "#,##0.00_);(#,##0.00)"},
    {40, "#,##0.00_);[Red](#,##0.00)"},
    {41, "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)"},
    {42, "_(\"$\"* #,##0_);_(\"$\"* (#,##0);_(\"$\"* \"-\"_);_(@_)"},
    {43, "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)"},
    {44, "_(\"$\"* #,##0.00_);_(\"$\"* (#,##0.00);_(\"$\"* \"-\"??_);_(@_)"},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mmss.0"},
    {48, "##0.0E+0"},
    {49, "@"},
}};

// True for the bracketed hours, minutes or seconds of a duration: "h", "mm", "ss".
bool is_elapsed_time(std::string_view inside) {
  if (inside.empty()) return false;
  const char unit = static_cast<char>(inside[0] | 0x20);
  if (unit != 'h' && unit != 'm' && unit != 's') return false;
  for (char c : inside) {
    if (static_cast<char>(c | 0x20) != unit) return false;
  }
  return true;
}

// What the first section of a format code says once quoted text, escaped, padding and fill characters, colours,
// conditions and locales are gone; durations keep their letters.
std::string bare(std::string_view code) {
  std::string kept;
  for (std::size_t i = 0; i < code.size(); ++i) {
    switch (code[i]) {
      case ';':
        return kept;
      case '"':
        i = code.find('"', i + 1);
        if (i == std::string_view::npos) return kept;
        break;
      case '\\':
      case '_':
      case '*':
        ++i;
        break;
      case '[': {
        const std::size_t end = code.find(']', i);
        if (end == std::string_view::npos) return kept;
        const std::string_view inside = code.substr(i + 1, end - i - 1);
        if (is_elapsed_time(inside)) kept += inside;
        i = end;
        break;
      }
      default:
        kept += code[i];
    }
  }
  return kept;
}

}  // namespace

std::string_view builtin_format(int id) {
  for (const auto& [known, code] : kBuiltin) {
    if (known == id) return code;
  }
  const bool east_asian_date = (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return east_asian_date ? "yyyy/m/d" : "General";
}

int builtin_format_id(std::string_view code) {
  for (const auto& [id, known] : kBuiltin) {
    if (known == code) return id;
  }
  return -1;
}

bool is_percent_format(std::string_view number_format) { return bare(number_format).find('%') != std::string::npos; }

bool is_date_format(std::string_view number_format) {
  const std::string kept = bare(number_format);
  if (kept.find_first_of("#?%@") != std::string::npos) return false;  // placeholders that no date has
  return kept.find_first_of("dDmMyYhHsS") != std::string::npos;
}

}  // namespace tonghop::xlsx
