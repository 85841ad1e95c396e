// The grammar of typed values.
#include "reconcile/value.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::array<std::string_view, 7> kStatuses = {"exact",          "normalized", "extracted", "ambiguous",
                                                       "not_applicable", "unreadable", "blank"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80;
}

// The numeral read with one mark for groups of three and another for decimals; nothing when it is not written so.
std::optional<Decimal> read_grouped(std::string_view text, char group, char decimal) {
  std::string plain_text;
  std::size_t run = 0;  // digits since the last mark
  bool grouped = false;
  bool decimals = false;
  for (const char c : text) {
    if (is_digit(c)) {
      plain_text += c;
      ++run;
    } else if (c == group && !decimals && (grouped ? run == 3 : run >= 1 && run <= 3)) {
      grouped = true;
      run = 0;
    } else if (c == decimal && !decimals && run > 0 && (!grouped || run == 3)) {
      decimals = true;
      plain_text += '.';
      run = 0;
    } else {
      return std::nullopt;
    }
  }
  if (run == 0 || (grouped && !decimals && run != 3)) return std::nullopt;
  return Decimal::parse(plain_text);
}

struct Numeral {
  std::optional<Decimal> vietnamese;  // "." groups, "," decimals
  std::optional<Decimal> english;     // "," groups, "." decimals
  int decimals = 0;                   // digits after the mark, in the reading that is used
};

// A numeral may be grouped by blanks as well.
Numeral read_numeral(std::string_view text) {
  std::string marks(text);
  const bool blanks = text.find(' ') != std::string_view::npos;
  const bool others = text.find_first_of(".,") != std::string_view::npos;
  if (blanks && !others) {
    const auto value = read_grouped(text, ' ', '\0');
    return {value, value, 0};
  }
  if (blanks) std::erase(marks, ' ');
  return {read_grouped(marks, '.', ','), read_grouped(marks, ',', '.'), 0};
}

// The readings of a numeral that fit a whole number. The Vietnamese one goes first; the English one only counts when
// there is no other.
std::vector<Decimal> count_readings(const Numeral& numeral) {
  if (numeral.vietnamese && numeral.vietnamese->is_integer()) return {*numeral.vietnamese};
  if (numeral.english && numeral.english->is_integer()) return {*numeral.english};
  return {};
}

std::vector<Decimal> amount_readings(std::string_view text, const Numeral& numeral) {
  if (numeral.vietnamese && numeral.english && *numeral.vietnamese != *numeral.english) {
    // "1.500" is the Vietnamese way to write fifteen hundred; "1,500" is 1.5 here and fifteen hundred elsewhere.
    if (text.find(',') == std::string_view::npos) return {*numeral.vietnamese};
    return {*numeral.vietnamese, *numeral.english};
  }
  if (numeral.vietnamese) return {*numeral.vietnamese};
  if (numeral.english) return {*numeral.english};
  return {};
}

bool is_fraction_of_one(const Decimal& value) { return value >= Decimal() && value <= Decimal(1); }

// Percent readings of a numeral, as fractions within 0 to 1. Without a sign, a number up to 1 may be a fraction
// already.
std::vector<Decimal> percent_readings(const Numeral& numeral, bool sign) {
  std::vector<Decimal> readings;
  const auto add = [&](const Decimal& value) {
    if (is_fraction_of_one(value) && std::find(readings.begin(), readings.end(), value) == readings.end()) {
      readings.push_back(value);
    }
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

// Numerals that stand alone in a text: not part of a word such as "HD68".
struct Token {
  std::size_t begin, end;
};

std::vector<Token> numerals_in(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_digit(text[end]) || ((text[end] == '.' || text[end] == ',') &&
                                                         end + 1 < text.size() && is_digit(text[end + 1])))) {
      ++end;
    }
    const bool glued = (at > 0 && is_letter(text[at - 1])) || (end < text.size() && is_letter(text[end]));
    if (!glued) tokens.push_back({at, end});
    at = end;
  }
  return tokens;
}

std::string_view sub(std::string_view text, const Token& token) {
  return text.substr(token.begin, token.end - token.begin);
}

// "523/525", blanks allowed around the stroke; both whole numbers.
std::optional<std::pair<Decimal, Decimal>> read_fraction(std::string_view text) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string_view::npos) return std::nullopt;
  const auto above = count_readings(read_numeral(trimmed(text.substr(0, stroke))));
  const auto below = count_readings(read_numeral(trimmed(text.substr(stroke + 1))));
  if (above.size() != 1 || below.size() != 1) return std::nullopt;
  return std::pair(above[0], below[0]);
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
  const Numeral read = read_numeral(numeral);
  return kind == Kind::count ? count_readings(read) : amount_readings(numeral, read);
}

// A whole numeral, alone or with a unit behind it.
std::optional<Reading> read_plain_number(std::string_view text, Kind kind, const Vocabulary& vocabulary) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789., "), text.size());
  const std::string_view numeral = trimmed(text.substr(0, end));
  const std::string_view unit = trimmed(text.substr(end));
  if (numeral.empty() || (!unit.empty() && !vocabulary.is_unit(unit))) return std::nullopt;
  std::vector<Decimal> readings = readings_for(kind, numeral);
  const bool plainly = unit.empty() && numeral.find_first_not_of("0123456789") == std::string_view::npos &&
                       (numeral.size() == 1 || numeral[0] != '0');
  if (readings.empty() && (unit.empty() || kind != Kind::count)) return unreadable();
  return one_of(plainly ? Status::exact : Status::normalized, std::move(readings));
}

Reading read_number_text(std::string_view text, Kind kind, const Vocabulary& vocabulary) {
  if (const auto plain_number = read_plain_number(text, kind, vocabulary)) return *plain_number;
  if (const auto fraction = read_fraction(text); fraction && kind == Kind::count) {
    Reading reading = settled(Status::extracted, fraction->first);
    reading.whole = fraction->second;
    return reading;
  }
  if (text.starts_with('-') && text.size() > 1 && is_digit(text[1])) return unreadable();
  const auto [head, inside] = split_bracket(text);
  if (!inside.empty()) {
    if (const auto number = read_plain_number(head, kind, vocabulary); number && number->value) {
      Reading reading = settled(Status::extracted, *number->value);
      for (const Token& token : numerals_in(inside)) {
        for (const Decimal& part : readings_for(kind, sub(inside, token))) reading.parts.push_back(part);
      }
      return reading;
    }
  }
  std::vector<Decimal> found;
  for (const Token& token : numerals_in(text)) {
    for (const Decimal& value : readings_for(kind, sub(text, token))) {
      if (std::find(found.begin(), found.end(), value) == found.end()) found.push_back(value);
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
  // A longer text: only a number with its sign is surely the percentage.
  std::vector<Decimal> found;
  int decimals = 0;
  for (const Token& token : numerals_in(text)) {
    const std::string_view rest = trimmed(text.substr(token.end));
    if (!rest.starts_with('%')) continue;
    for (const Decimal& value : percent_readings(read_numeral(sub(text, token)), true)) found.push_back(value);
    decimals = digits_after_mark(sub(text, token));
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
  if (cell.date_format) {
    // "3/4" that Excel took for a date: the day and the month are what was typed.
    Reading reading;
    reading.status = Status::ambiguous;
    return reading;
  }
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
        reading = is_fraction_of_one(value) ? settled(Status::exact, value) : unreadable();
        reading.decimals = std::max(0, value.digits() - 2);
        return reading;
      }
      reading = one_of(Status::normalized, percent_readings({value, value, 0}, false));
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
  Reading reading;
  reading.status = Status::exact;
  reading.text = raw_text(cell);
  return reading;
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
      return read_number_text(text, input.kind, vocabulary);
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
    return shortest(*number);
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

bool agrees(const Decimal& reported, int decimals, const Decimal& numerator, const Decimal& denominator) {
  if (denominator == Decimal()) return false;
  return quotient(numerator, denominator, decimals + 2) == reported.rounded(decimals + 2);
}

}  // namespace tonghop
