// Reading numerals.
#include "reconcile/numeral.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/text.h"

namespace tonghop {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// The numeral read with one mark for groups of three and another for decimals; nothing when it is not written so. No
// group stands behind a zero: "0.500" is a half.
std::optional<Decimal> read_grouped(std::string_view text, char group, char decimal) {
  std::string digits;
  std::size_t run = 0;  // digits since the last mark
  bool grouped = false;
  bool decimals = false;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
      ++run;
    } else if (c == group && !decimals && (grouped ? run == 3 : run >= 1 && run <= 3 && text[0] != '0')) {
      grouped = true;
      run = 0;
    } else if (c == decimal && !decimals && run > 0 && (!grouped || run == 3)) {
      decimals = true;
      digits += '.';
      run = 0;
    } else {
      return std::nullopt;
    }
  }
  if (run == 0 || (grouped && !decimals && run != 3)) return std::nullopt;
  return Decimal::parse(digits);
}

}  // namespace

Numeral read_numeral(std::string_view text) {
  if (text.ends_with('.') || text.ends_with(',')) text.remove_suffix(1);  // ends the sentence, not the number
  const bool blanks = text.find(' ') != std::string_view::npos;
  return {read_grouped(text, blanks ? ' ' : '.', ','), read_grouped(text, blanks ? ' ' : ',', '.')};
}

std::vector<Decimal> count_readings(std::string_view text) {
  std::vector<Decimal> readings = amount_readings(text);
  std::erase_if(readings, [](const Decimal& value) { return !value.is_integer(); });
  return readings;
}

std::vector<Decimal> amount_readings(std::string_view text) {
  const Numeral numeral = read_numeral(text);
  if (numeral.vietnamese && numeral.english && *numeral.vietnamese != *numeral.english) {
    if (text.find(',') == std::string_view::npos) return {*numeral.vietnamese};
    return {*numeral.vietnamese, *numeral.english};
  }
  if (numeral.vietnamese) return {*numeral.vietnamese};
  if (numeral.english) return {*numeral.english};
  return {};
}

std::vector<Decimal> percent_readings(const Numeral& numeral, bool sign) {
  std::vector<Decimal> readings;
  const auto add = [&](const Decimal& value) {
    const bool inside = value >= Decimal() && value <= Decimal(1);
    if (inside && std::find(readings.begin(), readings.end(), value) == readings.end()) readings.push_back(value);
  };
  for (const auto& number : {numeral.vietnamese, numeral.english}) {
    if (!number) continue;
    add(number->scaled(-2));
    if (!sign && *number > Decimal() && *number <= Decimal(1)) add(*number);
  }
  return readings;
}

int digits_after_mark(std::string_view numeral) {
  const std::size_t mark = numeral.find_last_of(".,");
  return mark == std::string_view::npos ? 0 : static_cast<int>(numeral.size() - mark - 1);
}

std::vector<Token> numerals_in(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    const auto mark_inside = [&] {
      return (text[end] == '.' || text[end] == ',') && end + 1 < text.size() && is_digit(text[end + 1]);
    };
    while (end < text.size() && (is_digit(text[end]) || mark_inside())) ++end;
    const bool glued = (at > 0 && is_letter(text[at - 1])) || (end < text.size() && is_letter(text[end]));
    const bool document = end + 1 < text.size() && text[end] == '/' && is_letter(text[end + 1]);
    if (!glued && !document) tokens.push_back({text.substr(at, end - at), end});
    at = end;
  }
  return tokens;
}

std::optional<std::pair<Decimal, Decimal>> read_fraction(std::string_view text) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string_view::npos) return std::nullopt;
  const auto above = count_readings(trimmed(text.substr(0, stroke)));
  const auto below = count_readings(trimmed(text.substr(stroke + 1)));
  if (above.size() != 1 || below.size() != 1) return std::nullopt;
  return std::pair(above[0], below[0]);
}

}  // namespace tonghop
