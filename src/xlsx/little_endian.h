// Numbers stored least byte first, as old Office files and zips have them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tonghop::xlsx {

// `length` bytes, at most 4, at `at`; those behind the end count as 0.
inline std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (at + i < bytes.size()) number |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return number;
}

// The lowest `length` bytes, at most 8.
inline void append_little_endian(std::string& out, std::uint64_t number, std::size_t length) {
  std::array<char, sizeof number> bytes{};
  for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<char>(number >> (8 * i) & 0xFF);
  out.append(bytes.data(), length);
}

}  // namespace tonghop::xlsx
