// Bytes of a text file as UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace tonghop {

// Code page 1258 writes a letter and its tone mark as two bytes, which become two characters of Unicode; see nfc().
std::string from_windows_1258(std::string_view bytes);

// By the byte order mark UTF-8 or UTF-16, without it; else UTF-8 where the bytes are that, and code page 1258 where
// they are not. Line ends are "\n".
std::string decoded_text(std::string_view bytes);

}  // namespace tonghop
