// XML text by appending: what the writers of parts are built from.
#pragma once

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <type_traits>

namespace tonghop::xlsx {

inline constexpr std::string_view kXmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
inline constexpr std::string_view kMainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr std::string_view kRelationshipNamespace =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

inline constexpr std::string_view kDrawingNamespace = "http://schemas.openxmlformats.org/drawingml/2006/main";
inline constexpr std::string_view kChartNamespace = "http://schemas.openxmlformats.org/drawingml/2006/chart";
inline constexpr std::string_view kPackageNamespace = "http://schemas.openxmlformats.org/package/2006/";
inline constexpr std::string_view kSpreadsheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

// Content of an element. Characters that XML cannot hold are written _xHHHH_, as Excel does.
void append_text(std::string& out, std::string_view text);

// Content of an attribute in double quotes.
void append_attribute(std::string& out, std::string_view text);

// The element <t> of a text, its blanks kept.
void append_t(std::string& out, std::string_view text);

// Content of an element that knows no _xHHHH_: formulas.
void append_formula(std::string& out, std::string_view formula);

// The shortest text that reads back as the same number, whatever the locale.
template <typename Number>
void append_number(std::string& out, Number number) {
  char digits[32];
  if constexpr (std::is_same_v<Number, double>) {
    // Of these there is no shorter text than the digits.
    if (const int whole = number >= 0 && number < 100'000 ? static_cast<int>(number) : -1;
        whole == number && !std::signbit(number)) {
      return append_number(out, whole);
    }
  }
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// Appends each of its parts: texts as they are, numbers by append_number.
template <typename... Parts>
void append(std::string& out, const Parts&... parts) {
  const auto one = [&out](const auto& part) {
    if constexpr (std::is_arithmetic_v<std::decay_t<decltype(part)>>) {
      append_number(out, part);
    } else {
      out += part;
    }
  };
  (one(parts), ...);
}

}  // namespace tonghop::xlsx
