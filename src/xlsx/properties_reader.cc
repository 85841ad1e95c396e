// Reading the date of the last change.
#include "xlsx/properties_reader.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "xlsx/little_endian.h"
#include "xlsx/relationships.h"
#include "xlsx/scanner.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

using std::chrono::sys_days;
using Seconds = std::chrono::sys_seconds;

std::string spelled(Seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  if (date.year() < std::chrono::year(1990) || date.year() > std::chrono::year(9999)) return "";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

// Takes exactly `digits` digits from the front, and the sign behind them when one is asked for.
std::optional<int> take(std::string_view& text, std::size_t digits, std::string_view sign = "") {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  if (!text.starts_with(sign)) return std::nullopt;
  text.remove_prefix(sign.size());
  return number;
}

// "Z", "+07:00" or "-0330". LibreOffice writes local time without a zone into .ods: seven hours off in Vietnam, it
// would let the wrong one of two returns win, so such a date counts as none.
std::optional<std::chrono::minutes> zone(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes(0);
  if (text.empty()) return std::nullopt;
  const bool east = text.front() == '+';
  if (!east && text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take(text, 2);
  if (text.starts_with(':')) text.remove_prefix(1);
  const auto minutes = take(text, 2);
  if (!hours || !minutes || !text.empty() || *hours > 14 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(*hours * 60 + *minutes);
  return east ? offset : -offset;
}

// The part that a package names for its properties, or the usual one.
std::string properties_part(Package& package) {
  for (const Relationship& relationship : read_relationships(package, "")) {
    if (relationship.type == "core-properties" && !relationship.external) return relationship.target;
  }
  return "docProps/core.xml";
}

// What an .xlsx tells of its last change, as most programs write it; nothing where the part is to be read as a tree.
std::optional<std::string> scanned_date(const PartText& text, const Limits& limits) {
  try {
    constexpr std::string_view kRoot = "cp:coreProperties";
    Scanner scanner(text, limits);
    std::optional<std::string> date;
    std::string room;
    scanner.root(kRoot);
    if (!scanner.pass_attributes()) throw Unusual{};
    while (scanner.child(kRoot)) {
      const std::string_view name = scanner.full_name();
      if (scanner.local_name() != "modified" || date) {
        scanner.pass(name);
      } else {
        date = std::string(scanner.pass_attributes() ? scanner.text(name, room) : std::string_view());
      }
    }
    scanner.end();
    return date;
  } catch (const Unusual&) {
    return std::nullopt;
  }
}

}  // namespace

std::string utc_time(std::string_view text) {
  text = without_blanks(text);
  const auto year = take(text, 4, "-"), month = take(text, 2, "-"), day = take(text, 2, "T");
  const auto hour = take(text, 2, ":"), minute = take(text, 2);
  if (!year || !month || !day || !hour || !minute || *hour > 23 || *minute > 59) return "";
  int second = 0;
  if (text.starts_with(':')) {
    text.remove_prefix(1);
    const auto taken = take(text, 2);
    if (!taken || *taken > 59) return "";
    second = *taken;
  }
  if (text.starts_with('.') || text.starts_with(',')) {
    text.remove_prefix(1);
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
  }
  const auto offset = zone(text);
  const auto date = std::chrono::year(*year) / *month / *day;
  if (!offset || !date.ok()) return "";
  return spelled(sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                 std::chrono::seconds(second) - *offset);
}

std::string modified_of(Package& package) {
  try {
    const bool open_document = package.open_document();
    const std::string name = open_document ? "meta.xml" : properties_part(package);
    const PartText text = read_part(package, name);
    if (const auto date = open_document ? std::nullopt : scanned_date(text, package.limits())) return utc_time(*date);
    const XmlPart part(text.view(), name, package.file(), package.limits());
    const pugi::xml_node date =
        open_document ? child(child(part.root(), "meta"), "date") : child(part.root(), "modified");
    std::string joined;
    return utc_time(text_of(date, joined));
  } catch (const Error&) {
    return "";
  }
}

// A property set (MS-OLEPS): sections, each with the places of its properties; the first is the one of documents.
std::string modified_of(const CompoundFile& file) {
  constexpr std::uint32_t kLastSaved = 13, kFileTime = 64;
  const auto stored = file.read("\5SummaryInformation");
  if (!stored) return "";
  const std::string_view bytes = *stored;
  const std::size_t section = little_endian(bytes, 44, 4);
  const std::size_t count = little_endian(bytes, section + 4, 4);
  for (std::size_t i = 0, at = section + 8; i < count && at + 8 <= bytes.size(); ++i, at += 8) {
    if (little_endian(bytes, at, 4) != kLastSaved) continue;
    const std::size_t property = section + little_endian(bytes, at + 4, 4);
    if (little_endian(bytes, property, 2) != kFileTime) return "";
    // Tenths of microseconds since 1601; where the last byte is cut off, it was before 1990.
    const std::uint64_t ticks =
        std::uint64_t{little_endian(bytes, property + 8, 4)} << 32 | little_endian(bytes, property + 4, 4);
    const auto since = std::chrono::seconds(ticks / 10'000'000);
    return spelled(sys_days(std::chrono::year(1601) / 1 / 1) + since);
  }
  return "";
}

}  // namespace tonghop::xlsx
