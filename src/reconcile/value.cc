// Cells -> readings: numbers here, texts by their grammar.
#include "reconcile/value.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/text.h"
#include "reconcile/grammar.h"
#include "reconcile/numeral.h"
#include "reconcile/token.h"

namespace tonghop {
namespace {

constexpr std::array<std::string_view, 8> kStatuses = {"exact",          "normalized", "extracted", "ambiguous",
                                                       "not_applicable", "unreadable", "blank",     "settled"};

// The day of this serial number; nothing for a time of day, for the 29 February 1900 that Excel believes in (60), and
// beyond Excel's calendar.
std::optional<std::chrono::year_month_day> date_of(double serial) {
  if (!(serial >= 1 && serial < 2'958'466) || (serial >= 60 && serial < 61)) return std::nullopt;
  const auto day_zero = std::chrono::year(1899) / 12 / (serial < 60 ? 31 : 30);
  return std::chrono::sys_days(day_zero) + std::chrono::days(static_cast<int>(serial));
}

// "5:30" of a serial number below one day.
std::string time_text(double serial) {
  const int minutes = static_cast<int>(std::lround(serial * 24 * 60));
  return std::to_string(minutes / 60) + (minutes % 60 < 10 ? ":0" : ":") + std::to_string(minutes % 60);
}

// "3/4" that Excel took for a date: the day and the month are what was typed, in one order or the other.
Reading read_date(double serial, Kind kind) {
  const auto date = date_of(serial);
  if (!date) return unreadable();
  const Decimal day = static_cast<long long>(static_cast<unsigned>(date->day()));
  const Decimal month = static_cast<long long>(static_cast<unsigned>(date->month()));
  std::vector<Decimal> candidates;
  if (kind == Kind::percent) return doubtful({quotient(std::min(day, month), std::max(day, month), 9)});
  for (const Decimal& part : {day, month}) add_new(candidates, part);
  return doubtful(std::move(candidates));
}

Reading read_count(const Decimal& value) {
  if (value.is_integer()) return value < Decimal() ? unreadable() : settled(Status::exact, value);
  const Decimal whole = value.rounded(0);
  const Decimal off = value - whole;
  const Decimal slack = Decimal(1).scaled(-9);  // what arithmetic in Excel leaves behind
  if (value < Decimal()) return unreadable();
  if (off < slack && off > -slack) return settled(Status::exact, whole);
  // 7.029 in a number cell: typed as a grouped numeral under an English locale.
  if (value.digits() <= 3 && value.scaled(3).is_integer() && value >= Decimal(1)) return doubtful({value.scaled(3)});
  return unreadable();
}

Reading read_percent(const Decimal& value, bool percent_format) {
  if (!percent_format) {
    Reading reading = one_of(Status::normalized, percent_readings({value, value}, false));
    reading.decimals = value.digits();
    return reading;
  }
  if (value < Decimal() || value > Decimal(1)) return unreadable();
  Reading reading = settled(Status::exact, value);
  reading.decimals = std::max(0, value.digits() - 2);
  return reading;
}

Reading read_number(double number, const SubmittedCell& cell, const Input& asked) {
  if (asked.kind == Kind::text) {
    Reading reading;
    reading.status = Status::exact;
    reading.text = raw_text(cell);
    return reading;
  }
  if (cell.date_format) return read_date(number, asked.kind);
  const auto decimal = Decimal::from_double(number);
  const auto value = decimal ? sensible(*decimal) : std::nullopt;
  if (!value) return unreadable();
  switch (asked.kind) {
    case Kind::count:
      // A cell that shows "100%" where a number is asked for: 1 was not meant.
      return cell.percent_format ? unreadable() : read_count(*value);
    case Kind::amount:
      return cell.percent_format || *value < Decimal() ? unreadable() : settled(Status::exact, *value);
    case Kind::percent:
      return read_percent(*value, cell.percent_format);
    case Kind::choice:
      for (const Option& option : asked.options) {
        if (*value == Decimal(option.code) && !cell.percent_format) return settled(Status::exact, option.code);
      }
      return unreadable();
    case Kind::text:
      break;
  }
  return unreadable();
}

// A whole answer in words.
Reading read_word(Meaning meaning, Kind kind) {
  Reading reading;
  reading.word = true;
  switch (meaning) {
    case Meaning::zero:
      if (kind == Kind::percent) {  // a share of nothing is no share, not 0 %
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
      break;
  }
  return reading;
}

// A mark that stands for what is written above, which need not be a value: nobody can tell which one is meant.
bool is_ditto(std::string_view typed) {
  constexpr std::array<std::string_view, 6> kMarks = {"\"", "''", "`", "\u201C", "\u201D", "\u3003"};
  return std::ranges::find(kMarks, trimmed(typed)) != kMarks.end();
}

Reading read_text(const std::string& typed, const Input& asked, const Vocabulary& vocabulary) {
  Reading reading;
  if (asked.kind == Kind::text) {
    reading.text = squeezed(nfc(typed));
    reading.status = reading.text.empty() ? Status::blank : Status::exact;
    return reading;
  }
  const std::string line = typed_line(typed);
  if (line.empty()) return is_ditto(typed) ? unreadable() : reading;
  if (has_raised_digits(typed)) return unreadable();
  const auto as_typed = [&](Reading read) {
    if (read.status == Status::exact && line != trimmed(typed)) read.status = Status::normalized;
    return read;
  };
  if (asked.kind == Kind::choice) {
    reading = read_choice_text(line, asked, vocabulary);
    if (reading.status != Status::unreadable) return as_typed(std::move(reading));
  }
  const auto meaning = vocabulary.meaning(plain(typed));
  if (meaning && (asked.kind != Kind::choice || meaning != Meaning::zero)) return read_word(*meaning, asked.kind);
  switch (asked.kind) {
    case Kind::count:
    case Kind::amount:
      return as_typed(read_number_text(line, asked, vocabulary));
    case Kind::percent:
      return read_percent_text(line, asked, vocabulary);
    default:
      return unreadable();
  }
}

Reading read_cell(const SubmittedCell& cell, const Input& asked, const Vocabulary& vocabulary) {
  if (std::holds_alternative<std::monostate>(cell.value)) return {};
  if (const auto* text = std::get_if<std::string>(&cell.value)) return read_text(*text, asked, vocabulary);
  if (const auto* number = std::get_if<double>(&cell.value)) return read_number(*number, cell, asked);
  return unreadable();
}

// Nobody types more; what lies behind is left over from binary arithmetic.
constexpr int kTypedDecimals = 8;

}  // namespace

std::string_view to_string(Status status) { return kStatuses[static_cast<std::size_t>(status)]; }

std::optional<Status> parse_status(std::string_view name) {
  const auto found = std::find(kStatuses.begin(), kStatuses.end(), name);
  if (found == kStatuses.end()) return std::nullopt;
  return static_cast<Status>(found - kStatuses.begin());
}

bool has_value(Status status) {
  return status == Status::exact || status == Status::normalized || status == Status::extracted ||
         status == Status::settled;
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

Reading doubtful(std::vector<Decimal> candidates) {
  if (candidates.empty()) return unreadable();
  Reading reading;
  reading.status = Status::ambiguous;
  reading.candidates = std::move(candidates);
  return reading;
}

Reading one_of(Status status, std::vector<Decimal> readings) {
  constexpr std::size_t kEnough = 5;  // a choice among more helps nobody
  if (readings.empty()) return unreadable();
  if (readings.size() == 1) return settled(status, readings[0]);
  readings.resize(std::min(readings.size(), kEnough));
  return doubtful(std::move(readings));
}

std::string raw_text(const SubmittedCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return std::string(trimmed(*text));
  if (const auto* number = std::get_if<double>(&cell.value)) {
    const auto decimal = cell.percent_format ? Decimal::from_double(*number) : std::nullopt;
    if (decimal) return decimal->scaled(2).to_string() + "%";
    if (!cell.date_format) return shortest(*number);
    if (*number > 0 && *number < 1) return time_text(*number);
    const auto date = date_of(*number);
    if (!date) return shortest(*number);
    return std::to_string(static_cast<unsigned>(date->day())) + "/" +
           std::to_string(static_cast<unsigned>(date->month())) + "/" + std::to_string(static_cast<int>(date->year()));
  }
  if (const auto* truth = std::get_if<bool>(&cell.value)) return *truth ? "TRUE" : "FALSE";
  if (const auto* error = std::get_if<xlsx::ErrorValue>(&cell.value)) return error->code;
  return "";
}

Reading interpret(const SubmittedCell& cell, const Input& input, const Vocabulary& vocabulary) {
  Reading reading = read_cell(cell, input, vocabulary);
  reading.decimals = std::min(reading.decimals, kTypedDecimals);
  return reading;
}

bool agrees(const Decimal& reported, int decimals, const Decimal& numerator, const Decimal& denominator) {
  if (denominator == Decimal()) return false;
  decimals = std::min(decimals, kTypedDecimals);
  return quotient(numerator, denominator, decimals + 2) == reported.rounded(decimals + 2);
}

}  // namespace tonghop
