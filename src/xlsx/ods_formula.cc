// OpenFormula references (OpenDocument 1.3 part 4, 5.8) to Excel's; ISO 8601 dates and durations to days.
#include "xlsx/ods_formula.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace tonghop::xlsx {
namespace {

// Where `wanted` stands outside of '...', npos when nowhere; the last place when `last`.
std::size_t unquoted(std::string_view text, char wanted, bool last) {
  std::size_t found = std::string_view::npos;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted || text[i] != wanted) continue;
    found = i;
    if (!last) break;
  }
  return found;
}

// One end of a reference: ".E5" is E5, "$'Sheet 2'.E5" is 'Sheet 2'!E5.
void append_corner(std::string& out, std::string_view corner) {
  const std::size_t point = unquoted(corner, '.', true);
  if (point == std::string_view::npos) {
    out += corner;
    return;
  }
  std::string_view sheet = corner.substr(0, point);
  if (sheet.starts_with('$')) sheet.remove_prefix(1);
  if (!sheet.empty()) (out += sheet) += '!';
  out += corner.substr(point + 1);
}

void append_reference(std::string& out, std::string_view reference) {
  const std::size_t colon = unquoted(reference, ':', false);
  append_corner(out, reference.substr(0, colon));
  if (colon != std::string_view::npos) append_corner(out += ':', reference.substr(colon + 1));
}

// The digits at the front of `text` as a number, and taken off; nothing when there are none or too many.
std::optional<int> leading_integer(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || text.empty() || text[0] == '-') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

std::optional<double> leading_number(std::string_view& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc{} || text[0] < '0' || text[0] > '9') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// "13:45:30.5" as a part of a day; seconds may be missing.
std::optional<double> time_of_day(std::string_view text) {
  const auto hours = leading_integer(text);
  if (!hours || *hours > 24 || !take(text, ':')) return std::nullopt;
  const auto minutes = leading_integer(text);
  if (!minutes || *minutes > 59) return std::nullopt;
  double seconds = 0;
  if (take(text, ':')) {
    const auto read = leading_number(text);
    if (!read || *read >= 61) return std::nullopt;
    seconds = *read;
  }
  if (text == "Z") text = {};
  if (!text.empty()) return std::nullopt;
  return (*hours * 3600 + *minutes * 60 + seconds) / 86400;
}

}  // namespace

std::optional<std::string> external_source(std::string_view reference) {
  if (reference.starts_with('$')) reference.remove_prefix(1);
  const std::size_t end = reference.find("'#");
  if (!reference.starts_with('\'') || end == std::string_view::npos || end == 0) return std::nullopt;
  return std::string(reference.substr(1, end - 1));
}

std::string excel_formula(std::string_view stored, std::set<std::string>& sources) {
  const std::size_t equals = stored.find('=');
  const std::string_view prefix = stored.substr(0, equals == std::string_view::npos ? 0 : equals);
  if (prefix.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789:") == std::string_view::npos &&
      equals != std::string_view::npos) {
    stored.remove_prefix(equals + 1);
    if (stored.starts_with('=')) stored.remove_prefix(1);  // "of:==": recalculated at each opening
  }
  if (prefix == "msoxl:") return std::string(stored);
  std::string out;
  bool in_array = false;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const char c = stored[i];
    if (c == '"') {
      const std::size_t end = std::min(stored.find('"', i + 1), stored.size() - 1);
      out += stored.substr(i, end + 1 - i);
      i = end;
    } else if (c == '[') {
      const std::string_view rest = stored.substr(i + 1);
      const std::size_t end = unquoted(rest, ']', false);
      if (end == std::string_view::npos) return out += stored.substr(i);
      if (auto source = external_source(rest.substr(0, end))) sources.insert(std::move(*source));
      append_reference(out, rest.substr(0, end));
      i += end + 1;
    } else {
      if (c == '{' || c == '}') in_array = c == '{';
      out += c == ';' ? ',' : c == '|' && in_array ? ';' : c;
    }
  }
  return out;
}

std::optional<double> date_serial(std::string_view date) {
  const auto year = leading_integer(date);
  if (!year || *year > 9999 || !take(date, '-')) return std::nullopt;
  const auto month = leading_integer(date);
  if (!month || !take(date, '-')) return std::nullopt;
  const auto day = leading_integer(date);
  if (!day) return std::nullopt;
  using namespace std::chrono;
  const year_month_day read{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (*month > 12 || *day > 31 || !read.ok()) return std::nullopt;
  constexpr sys_days kFirst = year_month_day{std::chrono::year{1899}, December, std::chrono::day{30}};
  const double days = static_cast<double>((sys_days{read} - kFirst).count());
  if (date.empty()) return days;
  if (!take(date, 'T')) return std::nullopt;
  const auto time = time_of_day(date);
  return time ? std::optional(days + *time) : std::nullopt;
}

std::optional<double> duration_in_days(std::string_view duration) {
  const bool negative = take(duration, '-');
  if (!take(duration, 'P') || duration.empty() || duration == "T") return std::nullopt;
  double seconds = 0;
  bool in_time = take(duration, 'T');
  while (!duration.empty()) {
    const auto number = leading_number(duration);
    if (!number || duration.empty()) return std::nullopt;
    const char unit = duration[0];
    duration.remove_prefix(1);
    if (!in_time && unit == 'D') {
      seconds += *number * 86400;
      in_time = take(duration, 'T');
    } else if (in_time && (unit == 'H' || unit == 'M' || unit == 'S')) {
      seconds += *number * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
    } else {
      return std::nullopt;
    }
  }
  return (negative ? -seconds : seconds) / 86400;
}

}  // namespace tonghop::xlsx
