// Characters that XML cannot hold, read and written.
#include "xlsx/characters.h"

#include <array>
#include <bit>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

void append_code_point(std::string& out, std::uint32_t c) {
  char bytes[4];
  out.append(bytes, put_code_point(bytes, c));
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

std::size_t plain_front(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
#ifdef __SSE2__
  // Sixteen bytes at a time, a bit for each: where sequences of two or three bytes begin, as all of Vietnamese are, the
  // bytes that continue them must stand, and nowhere else.
  unsigned expected = 0;  // bits of bytes that must continue what began before
  for (; end - at >= 16; at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto bits = [](__m128i mask) { return static_cast<unsigned>(_mm_movemask_epi8(mask)); };
    const auto is = [&](char c) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(c)); };
    const auto above = [&](int c) { return _mm_cmpgt_epi8(block, _mm_set1_epi8(static_cast<char>(c))); };  // signed
    const unsigned high = bits(block);  // bytes from 0x80 on
    const unsigned spaces = bits(_mm_or_si128(is('\t'), is('\n')));
    const unsigned marks = bits(_mm_or_si128(_mm_or_si128(is('<'), is('&')), is('_')));
    unsigned odd = marks | (~bits(above(0x1F)) & ~high & ~spaces & 0xFFFF);
    if ((high | expected) != 0) {
      const unsigned from_c0 = high & bits(above(0xBF - 0x100));
      const unsigned from_c2 = high & bits(above(0xC1 - 0x100)), from_e0 = high & bits(above(0xDF - 0x100));
      const unsigned from_e1 = high & bits(above(0xE0 - 0x100)), from_ed = high & bits(above(0xEC - 0x100));
      const unsigned two = from_c2 & ~from_e0, three = from_e1 & ~from_ed;
      expected |= (two | three) << 1 | three << 2;
      odd |= (from_c0 & ~two & ~three) | ((expected ^ (high & ~from_c0)) & 0xFFFF);
    }
    if (odd != 0) {
      at += std::countr_zero(odd);
      // Not in the middle of a sequence.
      const auto continues = [](char c) { return (byte(c) & 0xC0) == 0x80; };
      if ((expected >> std::countr_zero(odd) & 1U) != 0) {
        do --at;
        while (continues(*at));
      }
      return static_cast<std::size_t>(at - bytes.data());
    }
    expected >>= 16;
  }
  if (expected != 0) {
    do --at;
    while ((byte(*at) & 0xC0) == 0x80);
  }
#endif
  const auto follows = [&](std::ptrdiff_t i) { return (byte(at[i]) & 0xC0) == 0x80; };
  while (at != end) {
    const unsigned lead = byte(*at);
    if (lead < 0x80) {
      if ((lead < 0x20 && lead != '\t' && lead != '\n') || lead == '<' || lead == '&' || lead == '_') break;
      ++at;
    } else if (lead >= 0xC2 && lead < 0xE0 && end - at >= 2 && follows(1)) {
      at += 2;
    } else if (lead >= 0xE1 && lead < 0xED && end - at >= 3 && follows(1) && follows(2)) {
      at += 3;
    } else {
      break;
    }
  }
  return static_cast<std::size_t>(at - bytes.data());
}

bool is_plain(std::string_view stored) {
  while (true) {
    stored.remove_prefix(plain_front(stored));
    if (stored.empty()) return true;
    if (stored[0] == '_' && escape_at(stored) >= 0) return false;
    const std::size_t length = sequence_length(stored);
    if (length == 0 || is_forbidden(stored, length)) return false;
    stored.remove_prefix(length);
  }
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
