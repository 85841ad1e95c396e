// Where pulling starts and ends, and what takes more than a glance: texts with entities, elements passed over.
#include "xlsx/scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

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

// Appends what the entity between "&" and ";" stands for.
void append_entity(std::string& out, std::string_view entity) {
  if (entity.starts_with('#')) {
    const bool hexadecimal = entity.substr(1).starts_with('x');
    entity.remove_prefix(hexadecimal ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(entity.data(), entity.data() + entity.size(), code, hexadecimal ? 16 : 10);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (error != std::errc{} || end != entity.data() + entity.size() || code == 0 || code > 0x10FFFF || surrogate) {
      throw Unusual{};
    }
    append_code_point(out, code);
  } else if (entity == "amp") {
    out += '&';
  } else if (entity == "lt") {
    out += '<';
  } else if (entity == "gt") {
    out += '>';
  } else if (entity == "quot") {
    out += '"';
  } else if (entity == "apos") {
    out += '\'';
  } else {
    throw Unusual{};
  }
}

// A text in which something is to be resolved.
void resolve(std::string_view stored, std::string& out) {
  out.clear();
  if (stored.find('\r') != std::string_view::npos) throw Unusual{};
  while (!stored.empty()) {
    const std::size_t plain = std::min(stored.find('&'), stored.size());
    out += stored.substr(0, plain);
    stored.remove_prefix(plain);
    if (stored.empty()) break;
    constexpr std::size_t kLongest = 12;
    const std::size_t end = stored.substr(0, kLongest).find(';');
    if (end == std::string_view::npos) throw Unusual{};
    append_entity(out, stored.substr(1, end - 1));
    stored.remove_prefix(end + 1);
  }
}

}  // namespace

Scanner::Scanner(const std::string& text, const Limits& limits) : at_(text.data()), end_(text.data() + text.size()) {
  if (limits.depth < 2 * kDeepest || !tree_is_bounded(text, limits)) throw Unusual{};
  if (text.find('\0') != std::string::npos) throw Unusual{};
  const std::string_view whole = text;
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
  if (plain_ || stored.find_first_of("&\r") == std::string_view::npos) return stored;
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
