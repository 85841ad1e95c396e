// Where pulling starts and ends, and what takes more than a glance: texts with entities, elements passed over.
#include "xlsx/scanner.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "xlsx/characters.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kDeepest = 32;  // elements inside one another; the limit of trees is far beyond

// Whether an XML declaration leaves the text in UTF-8.
bool declares_utf8(std::string_view declaration) {
  std::string lowered(declaration);
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return lowered.find("encoding") == std::string::npos || lowered.find("encoding=\"utf-8\"") != std::string::npos ||
         lowered.find("encoding='utf-8'") != std::string::npos;
}

// A reference of few digits at the front, and its length, as openpyxl writes nearly all of Vietnamese: &#7881;
std::pair<std::uint32_t, std::size_t> decimal_reference(std::string_view text) {
  constexpr std::size_t kDigits = 4;
  std::uint32_t code = 0;
  std::size_t at = 2;
  if (text.size() < at || text[1] != '#') return {0, 0};
  for (; at < text.size() && at < 2 + kDigits && text[at] >= '0' && text[at] <= '9'; ++at) {
    code = code * 10 + static_cast<std::uint32_t>(text[at] - '0');
  }
  if (code == 0 || at == text.size() || text[at] != ';') return {0, 0};
  return {code, at + 1};
}

// What the entity between "&" and ";" stands for.
std::uint32_t meant(std::string_view entity) {
  std::uint32_t code = 0;
  if (entity == "amp") return '&';
  if (entity == "lt") return '<';
  if (entity == "gt") return '>';
  if (entity == "quot") return '"';
  if (entity == "apos") return '\'';
  if (!entity.starts_with('#')) throw Unusual{};
  const bool hexadecimal = entity.substr(1).starts_with('x');
  entity.remove_prefix(hexadecimal ? 2 : 1);
  code = 0;
  const auto [end, error] = std::from_chars(entity.data(), entity.data() + entity.size(), code, hexadecimal ? 16 : 10);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (error != std::errc{} || end != entity.data() + entity.size() || code == 0 || code > 0x10FFFF || surrogate) {
    throw Unusual{};
  }
  return code;
}

// A text in which something is to be resolved; the result is never longer.
void resolve(std::string_view stored, std::string& out) {
  out.resize(stored.size());
  char* to = out.data();
  for (std::size_t at = 0; at < stored.size(); ++at) {
    const char c = stored[at];
    if (c == '\r') throw Unusual{};
    if (c != '&') {
      *to++ = c;
      continue;
    }
    if (const auto [code, length] = decimal_reference(stored.substr(at)); length > 0) {
      to = put_code_point(to, code);
      at += length - 1;
      continue;
    }
    constexpr std::size_t kLongest = 12;
    const std::string_view rest = stored.substr(at + 1, kLongest);
    std::size_t length = 0;
    while (length < rest.size() && rest[length] != ';') ++length;
    if (length == rest.size()) throw Unusual{};
    to = put_code_point(to, meant(rest.substr(0, length)));
    at += length + 1;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace

Scanner::Scanner(const PartText& part, const Limits& limits)
    : at_(part.view().data()), end_(part.view().data() + part.size()) {
  const std::string_view whole = part.view();
  if (limits.depth < 2 * kDeepest || !tree_is_bounded(whole, limits)) throw Unusual{};
  if (whole.find('\0') != std::string_view::npos) throw Unusual{};
  if (whole.starts_with("\xEF\xBB\xBF")) at_ += 3;
  if (std::string_view(at_, end_).starts_with("<?xml ")) {
    const std::string_view declaration(at_, find(at_, '>'));
    if (!declaration.ends_with('?') || !declares_utf8(declaration)) throw Unusual{};
    at_ = declaration.data() + declaration.size() + 1;
  }
}

void Scanner::root(std::string_view name) {
  while (is_blank(*at_)) ++at_;
  if (*at_ != '<') throw Unusual{};
  ++at_;
  if (this->name() != name) throw Unusual{};
  name_ = name;
}

std::string_view Scanner::text(std::string_view name, std::string& room) {
  const char* const begin = at_;
  at_ += plain_front({at_, end_});
  plain_ = *at_ == '<';
  if (!plain_) at_ = find(at_, '<');
  const std::string_view stored(begin, at_);
  if (!end_tag(name)) throw Unusual{};
  if (plain_ || (stored.find('&') == std::string_view::npos && stored.find('\r') == std::string_view::npos)) {
    return stored;
  }
  resolve(stored, room);
  return room;
}

void Scanner::pass(std::string_view full_name) {
  std::array<std::string_view, kDeepest> open;
  std::size_t depth = 0;
  if (pass_attributes()) open[depth++] = full_name;
  while (depth > 0) {
    at_ = find(at_, '<');
    if (at_[1] == '/') {
      if (!end_tag(open[--depth])) throw Unusual{};
      continue;
    }
    ++at_;
    const std::string_view inner = name();
    if (!pass_attributes()) continue;
    if (depth == kDeepest) throw Unusual{};
    open[depth++] = inner;
  }
}

std::string_view Scanner::element() {
  const char* const begin = name_.data() - 1;
  pass(name_);
  return {begin, at_};
}

void Scanner::end() {
  while (is_blank(*at_)) ++at_;
  if (at_ != end_) throw Unusual{};
}

}  // namespace tonghop::xlsx
