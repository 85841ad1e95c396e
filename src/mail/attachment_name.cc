// Names of attached files.
#include "mail/attachment_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace tonghop {

std::string base_name(std::string_view path) {
  constexpr std::size_t kLongest = 200;  // UTF-16 units
  std::string name;
  for (const char c : path) {
    if (c == '/' || c == '\\') {
      name.clear();
    } else {
      name += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
  }
  name = squeezed(nfc(name));
  if (name == "." || name == "..") return "";
  if (utf16_length(name) <= kLongest) return name;
  const std::size_t dot = name.rfind('.');
  const std::string end = dot == std::string::npos || name.size() - dot > 8 ? "" : name.substr(dot);
  return std::string(utf16_prefix(name, kLongest)) + end;
}

std::string name_by_type(std::string_view type, std::string_view subtype) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kEndings = {
      {{"vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"},
       {"vnd.ms-excel", ".xls"},
       {"vnd.oasis.opendocument.spreadsheet", ".ods"},
       {"zip", ".zip"},
       {"x-zip-compressed", ".zip"},
       {"pdf", ".pdf"},
       {"rfc822", ".eml"}}};
  const std::string wanted = lower(subtype);
  const auto known = std::ranges::find_if(kEndings, [&](const auto& one) { return one.first == wanted; });
  if (known != kEndings.end()) return "attachment" + std::string(known->second);
  return lower(type) == "text" ? "attachment.txt" : "attachment";
}

std::string take_name(const std::string& name, TakenNames& taken) {
  constexpr int kSecond = 2;
  const auto [before, free] = taken.try_emplace(name, kSecond);
  if (free) return name;
  const std::size_t dot = name.rfind('.');
  const std::size_t stem = dot == std::string::npos || dot == 0 ? name.size() : dot;
  while (true) {
    std::string numbered = name.substr(0, stem) + " (" + std::to_string(before->second++) + ")" + name.substr(stem);
    if (taken.try_emplace(numbered, kSecond).second) return numbered;
  }
}

}  // namespace tonghop
