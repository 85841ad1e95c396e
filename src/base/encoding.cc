// Code pages and UTF-16 -> UTF-8.
#include "base/encoding.h"

#include <utf8proc.h>

#include <array>

#include "base/text.h"

namespace tonghop {
namespace {

void append_utf8(std::string& text, unsigned code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

// Half a pair, and an odd byte at the end, become U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::string text;
  const auto unit = [&](std::size_t at) {
    const unsigned first = static_cast<unsigned char>(bytes[at]);
    const unsigned second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  constexpr unsigned kBad = 0xFFFD;
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    unsigned code = unit(at);
    if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size() && (unit(at + 2) & 0xFC00) == 0xDC00) {
      code = 0x10000 + ((code & 0x3FF) << 10) + (unit(at + 2) & 0x3FF);
      at += 2;
    }
    append_utf8(text, code >= 0xD800 && code < 0xE000 ? kBad : code);
  }
  if (at < bytes.size()) append_utf8(text, kBad);
  return text;
}

std::string with_plain_line_ends(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i] == '\r' ? '\n' : text[i];
  }
  return out;
}

}  // namespace

std::string from_windows_1258(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    unsigned code = static_cast<unsigned char>(c);
    switch (code) {
      case 0xC3:
        code = 0x102;
        break;  // Ă
      case 0xCC:
        code = 0x300;
        break;  // grave
      case 0xD0:
        code = 0x110;
        break;  // Đ
      case 0xD2:
        code = 0x309;
        break;  // hook
      case 0xD5:
        code = 0x1A0;
        break;  // Ơ
      case 0xDD:
        code = 0x1AF;
        break;  // Ư
      case 0xDE:
        code = 0x303;
        break;  // tilde
      case 0xE3:
        code = 0x103;
        break;  // ă
      case 0xEC:
        code = 0x301;
        break;  // acute
      case 0xF0:
        code = 0x111;
        break;  // đ
      case 0xF2:
        code = 0x323;
        break;  // dot below
      case 0xF5:
        code = 0x1A1;
        break;  // ơ
      case 0xFD:
        code = 0x1B0;
        break;  // ư
      default:
        break;  // as in Latin-1
    }
    append_utf8(text, code);
  }
  return text;
}

std::string decoded_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return with_plain_line_ends(from_utf16(bytes.substr(2), false));
  if (bytes.starts_with("\xFE\xFF")) return with_plain_line_ends(from_utf16(bytes.substr(2), true));
  if (bytes.starts_with("\xEF\xBB\xBF")) return with_plain_line_ends(clean_utf8(bytes.substr(3)));
  const std::string text = clean_utf8(bytes);
  return with_plain_line_ends(text == bytes ? text : from_windows_1258(bytes));
}

}  // namespace tonghop
