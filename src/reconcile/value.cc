// The grammar of typed values.
#include "reconcile/value.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "reconcile/numeral.h"

namespace tonghop {
namespace {

constexpr std::array<std::string_view, 7> kStatuses = {"exact",          "normalized", "extracted", "ambiguous",
                                                       "not_applicable", "unreadable", "blank"};

// The day that Excel counts so many days after 30 December 1899; nothing for a time of day or beyond Excel's calendar.
std::optional<std::chrono::year_month_day> date_of(double serial) {
  if (!(serial >= 1 && serial < 2'958'466)) return std::nullopt;
  return std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) + std::chrono::days(static_cast<int>(serial));
}

Reading settled(Status status, const Decimal& value) {
  Reading reading;
  reading.status = status;
  reading.value = value;
  return reading;
}

Reading unreadable() {
  Reading reading;
  reading.status = Status::unreadable;
  return reading;
}

Reading one_of(Status status, std::vector<Decimal> readings) {
  if (readings.empty()) return unreadable();
  if (readings.size() == 1) return settled(status, readings[0]);
  Reading reading;
  reading.status = Status::ambiguous;
  reading.candidates = std::move(readings);
  return reading;
}

// The text split before its first bracket, and what stands in the bracket.
struct Bracketed {
  std::string_view head, inside;
};

Bracketed split_bracket(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return {text, {}};
  const std::size_t close = text.rfind(')');
  const std::size_t end = close == std::string_view::npos || close < open ? text.size() : close;
  return {trimmed(text.substr(0, open)), trimmed(text.substr(open + 1, end - open - 1))};
}

std::vector<Decimal> readings_for(Kind kind, std::string_view numeral) {
  return kind == Kind::count ? count_readings(numeral) : amount_readings(numeral);
}

// "-5"; a dash with a blank behind it only begins a line.
bool is_negative(std::string_view text) {
  return text.starts_with('-') && text.size() > 1 && text[1] >= '0' && text[1] <= '9';
}

// A whole numeral, alone or with a unit behind it.
std::optional<Reading> read_plain_number(std::string_view text, Kind kind, const Vocabulary& vocabulary) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789., "), text.size());
  const std::string_view numeral = trimmed(text.substr(0, end));
  const std::string_view unit = trimmed(text.substr(end));
  if (numeral.empty() || (!unit.empty() && (unit == "%" || !vocabulary.is_unit(unit)))) return std::nullopt;
  std::vector<Decimal> readings = readings_for(kind, numeral);
  const bool plainly = unit.empty() && numeral.find_first_not_of("0123456789") == std::string_view::npos &&
                       (numeral.size() == 1 || numeral[0] != '0');
  if (readings.empty() && (unit.empty() || kind != Kind::count)) return unreadable();
  return one_of(plainly ? Status::exact : Status::normalized, std::move(readings));
}

Reading read_number_text(std::string_view text, Kind kind, const Vocabulary& vocabulary) {
  if (const auto plain_number = read_plain_number(text, kind, vocabulary)) return *plain_number;
  for (const Token& token : numerals_in(text)) {
    const std::string_view behind = trimmed(text.substr(token.end));
    // "2 billion" where millions are asked for: the number alone would be wrong by orders.
    if (vocabulary.is_scale(behind.substr(0, behind.find(' ')))) return unreadable();
  }
  if (const auto fraction = read_fraction(text); fraction && kind == Kind::count) {
    if (fraction->first > fraction->second) return one_of(Status::extracted, {fraction->first, fraction->second});
    Reading reading = settled(Status::extracted, fraction->first);
    reading.whole = fraction->second;
    return reading;
  }
  if (is_negative(text)) return unreadable();
  const auto [head, inside] = split_bracket(text);
  if (!inside.empty()) {
    if (const auto number = read_plain_number(head, kind, vocabulary); number && number->value) {
      Reading reading = settled(Status::extracted, *number->value);
      for (const Token& token : numerals_in(inside)) {
        for (const Decimal& part : readings_for(kind, token.text)) reading.parts.push_back(part);
      }
      return reading;
    }
  }
  std::vector<Decimal> found;
  for (const Token& token : numerals_in(text)) {
    if (trimmed(text.substr(token.end)).starts_with('%')) continue;  // a share is no count
    for (const Decimal& value : readings_for(kind, token.text)) {
      constexpr std::size_t kEnough = 5;  // a text of thousands of numbers is no answer anyway
      if (found.size() < kEnough && std::find(found.begin(), found.end(), value) == found.end()) found.push_back(value);
    }
  }
  return one_of(Status::extracted, std::move(found));
}

Reading read_percent_text(std::string_view text) {
  if (const auto fraction = read_fraction(text);
      fraction && fraction->second != Decimal() && fraction->first <= fraction->second) {
    Reading reading = settled(Status::extracted, quotient(fraction->first, fraction->second, 9));
    reading.numerator = fraction->first;
    reading.denominator = fraction->second;
    reading.decimals = 7;
    return reading;
  }
  const auto [head, inside] = split_bracket(text);
  std::string_view numeral = head;
  const bool sign = numeral.ends_with('%');
  if (sign) numeral = trimmed(numeral.substr(0, numeral.size() - 1));
  if (!numeral.empty() && numeral.find_first_not_of("0123456789., ") == std::string_view::npos) {
    Reading reading =
        one_of(inside.empty() ? Status::normalized : Status::extracted, percent_readings(read_numeral(numeral), sign));
    reading.decimals = digits_after_mark(numeral);
    const auto fraction = read_fraction(inside);
    if (!fraction || fraction->second == Decimal()) return reading;
    const auto fits = [&](const Decimal& value) {
      return agrees(value, reading.decimals, fraction->first, fraction->second);
    };
    if (reading.value && !fits(*reading.value)) {
      reading.candidates = {*reading.value, quotient(fraction->first, fraction->second, 9)};
      reading.value.reset();
      reading.status = Status::ambiguous;
      return reading;
    }
    if (!reading.value) {
      const auto chosen = std::find_if(reading.candidates.begin(), reading.candidates.end(), fits);
      if (chosen == reading.candidates.end()) return reading;
      reading.value = *chosen;
      reading.candidates.clear();
      reading.status = Status::extracted;
    }
    reading.numerator = fraction->first;
    reading.denominator = fraction->second;
    return reading;
  }
  if (is_negative(text)) return unreadable();
  // A longer text: only a number with its sign is surely the percentage.
  std::vector<Decimal> found;
  int decimals = 0;
  for (const Token& token : numerals_in(text)) {
    const std::string_view rest = trimmed(text.substr(token.end));
    if (!rest.starts_with('%')) continue;
    for (const Decimal& value : percent_readings(read_numeral(token.text), true)) found.push_back(value);
    decimals = digits_after_mark(token.text);
  }
  Reading reading = one_of(Status::extracted, std::move(found));
  reading.decimals = decimals;
  return reading;
}

Reading read_choice_text(std::string_view text, const std::vector<Option>& options) {
  const std::string key = fold(text);
  const auto digits_only = text.find_first_not_of("0123456789") == std::string_view::npos;
  std::vector<Decimal> found;
  Status status = Status::unreadable;
  for (const Option& option : options) {
    const std::string label = fold(option.label);
    const std::string code = std::to_string(option.code);
    if (digits_only && Decimal::parse(text) == Decimal(option.code)) {
      return settled(text == code ? Status::exact : Status::normalized, option.code);
    }
    if (key == label || key == code + label || key == label + code || key == label + '=' + code ||
        key == code + '=' + label) {
      found.emplace_back(option.code);
      status = Status::normalized;
    }
  }
  return one_of(status, std::move(found));
}

Reading read_number(double number, const SubmittedCell& cell, const Input& input) {
  const auto decimal = Decimal::from_double(number);
  if (!decimal) return unreadable();
  const Decimal& value = *decimal;
  if (input.kind == Kind::text) {
    Reading reading;
    reading.status = Status::exact;
    reading.text = raw_text(cell);
    return reading;
  }
  if (cell.date_format) {
    // "3/4" that Excel took for a date: the day and the month are what was typed.
    Reading reading;
    reading.status = Status::ambiguous;
    if (const auto date = date_of(number)) {
      reading.candidates = {static_cast<long long>(static_cast<unsigned>(date->day())),
                            static_cast<long long>(static_cast<unsigned>(date->month()))};
    }
    return reading;
  }
  // A cell that shows "100%" where a number is asked for: 1 was not meant.
  if (cell.percent_format && (input.kind == Kind::count || input.kind == Kind::amount)) return unreadable();
  switch (input.kind) {
    case Kind::count: {
      const Decimal whole = value.rounded(0);
      const Decimal off = value - whole;
      const Decimal slack = Decimal(1).scaled(-9);  // what arithmetic in Excel leaves behind
      if (value < Decimal()) return unreadable();
      if (off < slack && off > -slack) return settled(Status::exact, whole);
      // 7.029 in a number cell: typed as a grouped numeral under an English locale.
      if (value.digits() <= 3 && value.scaled(3).is_integer() && value >= Decimal(1)) {
        Reading reading;
        reading.status = Status::ambiguous;
        reading.candidates = {value.scaled(3)};
        return reading;
      }
      return unreadable();
    }
    case Kind::amount:
      return value < Decimal() ? unreadable() : settled(Status::exact, value);
    case Kind::percent: {
      Reading reading;
      if (cell.percent_format) {
        reading = value >= Decimal() && value <= Decimal(1) ? settled(Status::exact, value) : unreadable();
        reading.decimals = std::max(0, value.digits() - 2);
        return reading;
      }
      reading = one_of(Status::normalized, percent_readings({value, value}, false));
      reading.decimals = value.digits();
      return reading;
    }
    case Kind::choice:
      for (const Option& option : input.options) {
        if (value == Decimal(option.code)) return settled(Status::exact, option.code);
      }
      return unreadable();
    case Kind::text:
      break;
  }
  return unreadable();
}

// Digits that NFKC would bring down to the line: "77" with a footnote mark must not become 771.
bool has_raised_digits(std::string_view text) {
  constexpr std::array<std::string_view, 8> kMarks = {"\u00B2", "\u00B3", "\u00B9", "\u00BC",
                                                      "\u00BD", "\u00BE", "\u2070", "\u2074"};
  if (std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return text.find(mark) != text.npos; })) {
    return true;
  }
  // U+2075 to U+2089, U+2150 to U+215E and, in circles and brackets, U+2460 to U+249B, by their bytes.
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (byte(0) != 0xE2) continue;
    if ((byte(1) == 0x81 && byte(2) >= 0xB5) || (byte(1) == 0x82 && byte(2) <= 0x89)) return true;
    if (byte(1) == 0x85 && byte(2) >= 0x90 && byte(2) <= 0x9E) return true;
    if ((byte(1) == 0x91 && byte(2) >= 0xA0) || (byte(1) == 0x92 && byte(2) <= 0x9B)) return true;
  }
  return false;
}

Reading read_text(const std::string& typed, const Input& input, const Vocabulary& vocabulary) {
  Reading reading;
  if (input.kind == Kind::text) {
    reading.text = squeezed(nfc(typed));
    reading.status = reading.text.empty() ? Status::blank : Status::exact;
    return reading;
  }
  std::string text = squeezed(plain(typed));
  if (text.starts_with('\'')) text = std::string(trimmed(std::string_view(text).substr(1)));
  if (text.empty()) return reading;
  if (has_raised_digits(typed)) return unreadable();
  if (input.kind == Kind::choice) {
    reading = read_choice_text(text, input.options);
    if (reading.status != Status::unreadable) return reading;
  }
  if (const auto meaning = vocabulary.meaning(text)) {
    reading = {};
    reading.word = true;
    switch (*meaning) {
      case Meaning::zero:
        if (input.kind == Kind::choice) return unreadable();
        if (input.kind == Kind::percent) {  // a share of nothing is no share, not 0 %
          reading.status = Status::not_applicable;
          break;
        }
        reading.status = Status::normalized;
        reading.value = Decimal();
        break;
      case Meaning::not_applicable:
        reading.status = Status::not_applicable;
        break;
      case Meaning::missing:
        reading.status = Status::blank;
        break;
    }
    return reading;
  }
  switch (input.kind) {
    case Kind::count:
    case Kind::amount:
      reading = read_number_text(text, input.kind, vocabulary);
      if (reading.status == Status::exact && text != trimmed(typed)) reading.status = Status::normalized;
      return reading;
    case Kind::percent:
      return read_percent_text(text);
    default:
      return unreadable();
  }
}

}  // namespace

std::string_view to_string(Status status) { return kStatuses[static_cast<std::size_t>(status)]; }

bool has_value(Status status) {
  return status == Status::exact || status == Status::normalized || status == Status::extracted;
}

std::string raw_text(const SubmittedCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return std::string(trimmed(*text));
  if (const auto* number = std::get_if<double>(&cell.value)) {
    const auto decimal = Decimal::from_double(*number);
    if (cell.percent_format && decimal) return decimal->scaled(2).to_string() + "%";
    const auto date = cell.date_format ? date_of(*number) : std::nullopt;
    if (!date) return shortest(*number);
    return std::to_string(static_cast<unsigned>(date->day())) + "/" +
           std::to_string(static_cast<unsigned>(date->month())) + "/" + std::to_string(static_cast<int>(date->year()));
  }
  if (const auto* truth = std::get_if<bool>(&cell.value)) return *truth ? "TRUE" : "FALSE";
  if (const auto* error = std::get_if<xlsx::ErrorValue>(&cell.value)) return error->code;
  return "";
}

Reading interpret(const SubmittedCell& cell, const Input& input, const Vocabulary& vocabulary) {
  if (std::holds_alternative<std::monostate>(cell.value)) return {};
  if (const auto* text = std::get_if<std::string>(&cell.value)) return read_text(*text, input, vocabulary);
  if (const auto* number = std::get_if<double>(&cell.value)) return read_number(*number, cell, input);
  return unreadable();
}

// Nobody types more; what lies behind is left over from binary arithmetic.
constexpr int kTypedDecimals = 8;

bool agrees(const Decimal& reported, int decimals, const Decimal& numerator, const Decimal& denominator) {
  if (denominator == Decimal()) return false;
  decimals = std::min(decimals, kTypedDecimals);
  return quotient(numerator, denominator, decimals + 2) == reported.rounded(decimals + 2);
}

}  // namespace tonghop
