// Roster -> file names.
#include "round/file_name.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::size_t kCodeBytes = 24;
constexpr std::size_t kNameBytes = 56;
constexpr std::size_t kPeriodBytes = 40;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string file_part(std::string_view text, std::size_t most) {
  std::string part;
  for (const char c : without_marks(text)) {
    if (is_word(c) && static_cast<unsigned char>(c) < 0x80) {
      part += c;
    } else if (!part.empty() && part.back() != '-') {
      part += '-';
    }
  }
  if (part.size() > most) {
    const std::size_t end = part.rfind('-', most);
    part.resize(end == std::string::npos || end < most / 2 ? most : end);
  }
  while (part.ends_with('-')) part.pop_back();
  return part;
}

std::vector<std::string> file_names(const Round& round) {
  const std::string period = file_part(round.period, kPeriodBytes);
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const Agency& agency : round.agencies) {
    std::string own;
    for (const std::string& part : {file_part(agency.code, kCodeBytes), file_part(agency.name, kNameBytes)}) {
      if (!part.empty()) own += (own.empty() ? "" : "_") + part;
    }
    // Names that fall together without their marks are told apart by a number before the period.
    std::string unique = own;
    for (int next = 2; unique.empty() || !taken.insert(lower_case(unique)).second; ++next) {
      unique = own + (own.empty() ? "" : "_") + std::to_string(next);
    }
    names.push_back(unique + (period.empty() ? "" : "_" + period));
  }
  return names;
}

IssuedNames::IssuedNames(std::span<const std::string> names) {
  for (std::size_t n = 0; n < names.size(); ++n) agencies_.emplace(lower_case(names[n]), static_cast<int>(n));
}

int IssuedNames::find(std::string_view file) const {
  std::string given = lower_case(std::string(file.substr(file.find_last_of("/\\") + 1)));
  bool ends = true;  // no word goes on behind `given`
  while (!given.empty()) {
    if (ends) {
      if (const auto found = agencies_.find(given); found != agencies_.end()) return found->second;
    }
    ends = !is_word(given.back());
    given.pop_back();
  }
  return -1;
}

}  // namespace tonghop
