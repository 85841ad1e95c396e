// Typed dates -> text that sorts.
#include "round/date.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

namespace tonghop {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kDayMinutes = 24 * 60;

std::optional<year_month_day> calendar_day(int year, int month, int day) {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day)));
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string iso(year_month_day date) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string iso(year_month_day date, int minutes) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d", minutes / 60, minutes % 60);
  return iso(date) + text.data();
}

// Runs of digits with the characters behind them.
struct Part {
  int number = 0;
  std::size_t digits = 0;
  std::string behind;  // up to the next digit
};

std::vector<Part> parts_of(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::vector<Part> parts;
  for (std::size_t at = 0; at < text.size();) {
    if (!digit(text[at])) {
      if (!parts.empty()) parts.back().behind += text[at];
      ++at;
      continue;
    }
    Part part;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), part.number);
    if (error != std::errc()) return {};
    part.digits = static_cast<std::size_t>(end - (text.data() + at));
    at += part.digits;
    parts.push_back(std::move(part));
  }
  return parts;
}

// The hour that begins at part `at` as minutes, and how many parts it takes; 0 parts when none begins there.
std::pair<int, std::size_t> hour_at(const std::vector<Part>& parts, std::size_t at) {
  const Part& hour = parts[at];
  const bool mark = hour.behind.starts_with(":") || hour.behind.starts_with("h") || hour.behind.starts_with("g");
  if (!mark || hour.number > 23) return {0, 0};
  const bool with_minutes = at + 1 < parts.size() && hour.behind.size() == 1 && parts[at + 1].digits == 2;
  if (!with_minutes) return {hour.number * 60, hour.behind.front() == ':' ? 0U : 1U};
  if (parts[at + 1].number > 59) return {0, 0};
  const bool seconds = parts[at + 1].behind == ":" && at + 2 < parts.size();
  return {hour.number * 60 + parts[at + 1].number, seconds ? 3U : 2U};
}

std::optional<std::string> read_text(std::string_view text) {
  const std::vector<Part> parts = parts_of(text);
  std::vector<int> date;
  std::optional<int> minutes;
  bool year_first = false;
  for (std::size_t at = 0; at < parts.size();) {
    if (const auto [found, taken] = hour_at(parts, at); taken > 0) {
      if (minutes) return std::nullopt;
      minutes = found;
      at += taken;
      continue;
    }
    if (date.empty()) year_first = parts[at].digits == 4;
    date.push_back(parts[at].number);
    ++at;
  }
  if (date.size() != 3) return std::nullopt;
  const auto day = year_first ? calendar_day(date[0], date[1], date[2]) : calendar_day(date[2], date[1], date[0]);
  if (!day) return std::nullopt;
  return minutes ? iso(*day, *minutes) : iso(*day);
}

}  // namespace

std::optional<std::string> read_date(const xlsx::Value& value, bool dates_from_1904) {
  if (const auto* text = std::get_if<std::string>(&value)) return read_text(*text);
  const auto* serial = std::get_if<double>(&value);
  // From 1 March 1900 on: before, Excel counts a day that never was.
  if (serial == nullptr || *serial < (dates_from_1904 ? 0 : 61) || *serial > 2'900'000) return std::nullopt;
  const sys_days first(dates_from_1904
                           ? year_month_day(std::chrono::year(1904), std::chrono::month(1), std::chrono::day(1))
                           : year_month_day(std::chrono::year(1899), std::chrono::month(12), std::chrono::day(30)));
  const double whole = std::floor(*serial);
  const int minutes = static_cast<int>(std::lround((*serial - whole) * kDayMinutes));
  const year_month_day day(first + days(static_cast<int>(whole) + minutes / kDayMinutes));
  return minutes % kDayMinutes == 0 ? iso(day) : iso(day, minutes % kDayMinutes);
}

std::string local_time(std::string_view utc, int minutes_east) {
  const std::vector<Part> parts = parts_of(utc);
  if (parts.size() < 5 || parts[0].digits != 4) return "";
  const auto day = calendar_day(parts[0].number, parts[1].number, parts[2].number);
  if (!day || parts[3].number > 23 || parts[4].number > 59) return "";
  const int minutes = parts[3].number * 60 + parts[4].number + minutes_east + kDayMinutes;  // from the day before
  return iso(year_month_day(sys_days(*day) + days(minutes / kDayMinutes - 1)), minutes % kDayMinutes);
}

std::optional<long> minutes_between(std::string_view from, std::string_view to) {
  std::array<long, 2> minutes{};
  std::size_t at = 0;
  for (const std::string_view text : {from, to}) {
    const std::vector<Part> parts = parts_of(text);
    if (parts.size() < 5 || parts[0].digits != 4) return std::nullopt;
    const auto day = calendar_day(parts[0].number, parts[1].number, parts[2].number);
    if (!day) return std::nullopt;
    minutes.at(at++) = static_cast<long>(sys_days(*day).time_since_epoch().count()) * kDayMinutes +
                       parts[3].number * 60L + parts[4].number;
  }
  return minutes[1] - minutes[0];
}

std::string shown_date(std::string_view iso) {
  const std::vector<Part> parts = parts_of(iso);
  if (parts.size() < 3) return std::string(iso);
  const std::string day =
      std::to_string(parts[2].number) + "/" + std::to_string(parts[1].number) + "/" + std::to_string(parts[0].number);
  return parts.size() < 5 ? day : std::string(iso.substr(iso.find('T') + 1, 5)) + " " + day;
}

}  // namespace tonghop
