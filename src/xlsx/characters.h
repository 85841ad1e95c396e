// Characters that XML cannot hold: checking UTF-8, and the _xHHHH_ escapes of ST_Xstring in both directions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tonghop::xlsx {

// Bytes of the well-formed UTF-8 sequence at the front of `bytes`, 1 to 4; 0 when it is ill-formed.
std::size_t sequence_length(std::string_view bytes);

// Writes one character, from 1 to 0x10FFFF, in UTF-8, at most 4 bytes; where it ends.
inline char* put_code_point(char* to, std::uint32_t c) {
  const auto tail = [&](int shift) { *to++ = static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *to++ = static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    *to++ = static_cast<char>(0xE0 | (c >> 12));
    tail(6), tail(0);
  } else {
    *to++ = static_cast<char>(0xF0 | (c >> 18));
    tail(12), tail(6), tail(0);
  }
  return to;
}

// How many bytes at the front are well-formed UTF-8 without any character that may need a closer look: "<", "&", "_",
// controls but tabs and line feeds. Rare characters may end it early, too.
std::size_t plain_front(std::string_view bytes);

// True when decoded(stored) == stored, which nearly all texts are: no escapes, no carriage returns, nothing ill-formed.
bool is_plain(std::string_view stored);

// Text of a file as meant: _xHHHH_ resolved (upper-case digits only, as Excel does; pairs of surrogates joined), line
// ends made "\n", ill-formed bytes and bare control characters made U+FFFD.
std::string decoded(std::string_view stored);

// As decoded(), for formulas and other text that knows no _xHHHH_.
std::string cleaned(std::string_view stored);

// The inverse: control characters written as _xHHHH_, what only looks like an escape protected by _x005F_, ill-formed
// bytes made U+FFFD. Tabs and line feeds stay.
std::string encoded(std::string_view text);

}  // namespace tonghop::xlsx
