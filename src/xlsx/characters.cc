// Characters that XML cannot hold, read and written.
#include "xlsx/characters.h"

#include <array>

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::size_t kEscapeLength = 7;                   // _xHHHH_

unsigned byte(char c) { return static_cast<unsigned char>(c); }

// Value of an upper-case hexadecimal digit, -1 for anything else.
int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_hex(char c) { return digit(c) >= 0 || (c >= 'a' && c <= 'f'); }

// The UTF-16 unit of an _xHHHH_ at the front of `text`, -1 when there is none.
int escape_at(std::string_view text) {
  if (text.size() < kEscapeLength || text[0] != '_' || text[1] != 'x' || text[6] != '_') return -1;
  int unit = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    if (digit(text[i]) < 0) return -1;
    unit = unit * 16 + digit(text[i]);
  }
  return unit;
}

// Control characters and U+FFFE, U+FFFF, given the length of the sequence at the front.
bool is_forbidden(std::string_view text, std::size_t length) {
  if (length == 1) return byte(text[0]) < 0x20 && text[0] != '\t' && text[0] != '\n';
  return length == 3 && text[0] == '\xEF' && text[1] == '\xBF' && byte(text[2]) >= 0xBE;
}

bool is_high_surrogate(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::string decode(std::string_view stored, bool escapes) {
  std::string out;
  out.reserve(stored.size());
  bool after_return = false;  // a line feed that follows belongs to the line end already written
  const auto put = [&](std::uint32_t c) {
    if (c != '\n' || !after_return) append_code_point(out, c == '\r' ? '\n' : c);
    after_return = c == '\r';
  };
  while (!stored.empty()) {
    std::size_t length = 1;
    if (const int unit = escapes ? escape_at(stored) : -1; unit >= 0) {
      length = kEscapeLength;
      const int next = is_high_surrogate(unit) ? escape_at(stored.substr(length)) : -1;
      if (is_low_surrogate(next)) {
        put(0x10000U + (static_cast<std::uint32_t>(unit - 0xD800) << 10U) + static_cast<std::uint32_t>(next - 0xDC00));
        length += kEscapeLength;
      } else {
        const bool whole = unit != 0 && !is_high_surrogate(unit) && !is_low_surrogate(unit);
        put(whole ? static_cast<std::uint32_t>(unit) : 0xFFFD);
      }
    } else if (length = sequence_length(stored); length == 1) {
      const bool usable = stored[0] == '\r' || !is_forbidden(stored, 1);
      put(usable ? byte(stored[0]) : 0xFFFD);
    } else {
      const bool usable = length > 0 && !is_forbidden(stored, length);
      out += usable ? stored.substr(0, length) : kReplacement;
      after_return = false;
      if (length == 0) length = 1;
    }
    stored.remove_prefix(length);
  }
  return out;
}

}  // namespace

void append_code_point(std::string& out, std::uint32_t c) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
}

std::size_t sequence_length(std::string_view bytes) {
  if (bytes.empty()) return 0;
  const unsigned lead = byte(bytes[0]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length == 0 || bytes.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(bytes[i]) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(bytes[1]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return 0;  // overlong, surrogates
  if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return 0;  // overlong, beyond U+10FFFF
  return length;
}

bool is_plain(std::string_view stored) {
  const char* at = stored.data();
  const char* const end = at + stored.size();
  const auto follows = [&](std::ptrdiff_t i) { return (byte(at[i]) & 0xC0) == 0x80; };
  while (at != end) {
    const unsigned lead = byte(*at);
    if (lead < 0x80) {
      if (lead < 0x20 && lead != '\t' && lead != '\n') return false;
      if (lead == '_' && escape_at({at, end}) >= 0) return false;
      ++at;
    } else if (lead >= 0xC2 && lead < 0xE0 && end - at >= 2 && follows(1)) {
      at += 2;
    } else if (lead >= 0xE1 && lead < 0xED && end - at >= 3 && follows(1) && follows(2)) {
      at += 3;
    } else {
      const std::string_view rest(at, end);
      const std::size_t length = sequence_length(rest);
      if (length == 0 || is_forbidden(rest, length)) return false;
      at += length;
    }
  }
  return true;
}

std::string decoded(std::string_view stored) { return is_plain(stored) ? std::string(stored) : decode(stored, true); }

std::string cleaned(std::string_view stored) { return is_plain(stored) ? std::string(stored) : decode(stored, false); }

std::string encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto looks_like_escape = [](std::string_view rest) {
    if (rest.size() < kEscapeLength || rest[1] != 'x') return false;
    for (std::size_t i = 2; i < 6; ++i) {
      if (!is_hex(rest[i])) return false;
    }
    // What follows is, or will be written with, an underscore.
    const std::string_view after = rest.substr(6);
    return after[0] == '_' || is_forbidden(after, sequence_length(after));
  };
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::size_t length = sequence_length(text);
    if (length == 0) {
      out += kReplacement;
      length = 1;
    } else if (length == 1 && is_forbidden(text, 1)) {
      out += {'_', 'x', '0', '0', kHex[byte(text[0]) >> 4], kHex[byte(text[0]) & 15], '_'};
    } else if (is_forbidden(text, length)) {
      out += text[2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
    } else if (text[0] == '_' && looks_like_escape(text)) {
      out += "_x005F_";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace tonghop::xlsx
