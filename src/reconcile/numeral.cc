// Reading numerals.
#include "reconcile/numeral.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace tonghop {
namespace {

constexpr int kPlaces = 9;
constexpr int kFractionPlaces = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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
  const auto number = Decimal::parse(digits);
  return number ? sensible(*number) : std::nullopt;
}

}  // namespace

std::optional<Decimal> sensible(const Decimal& number) {
  constexpr long long kBound = 1'000'000'000'000;
  if (number >= Decimal(kBound) || number <= Decimal(-kBound)) return std::nullopt;
  if (number.is_integer()) return number;
  // Fractions, percentages among them, keep more: they are multiplied by weights.
  const bool fraction = number <= Decimal(1) && number >= Decimal(-1);
  return number.rounded(fraction ? kFractionPlaces : kPlaces);
}

Numeral read_numeral(std::string_view text) {
  if (text.ends_with('.') || text.ends_with(',')) text.remove_suffix(1);  // ends the phrase, not the number
  const bool blanks = text.find(' ') != std::string_view::npos;
  return {read_grouped(text, blanks ? ' ' : '.', ','), read_grouped(text, blanks ? ' ' : ',', '.')};
}

std::vector<Decimal> count_readings(std::string_view text) {
  std::vector<Decimal> readings = amount_readings(text);
  std::erase_if(readings, [](const Decimal& value) { return !value.is_integer(); });
  // Zeros behind another mark than those in front may be one more group as well as decimals: "1.000,000".
  const std::size_t mark = text.find_last_of(".,");
  const bool mixed = mark != text.npos && text.find_first_of(text[mark] == '.' ? ", " : ". ") != text.npos;
  if (mixed && readings.size() == 1 && digits_after_mark(text) == 3) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), is_digit);
    if (const auto grouped = Decimal::parse(digits); grouped && sensible(*grouped)) add_new(readings, *grouped);
  }
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
    if (value >= Decimal() && value <= Decimal(1)) add_new(readings, value);
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

void add_new(std::vector<Decimal>& list, const Decimal& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace tonghop
