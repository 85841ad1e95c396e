// What one input file may cost, so that no file can exhaust the machine.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/finding.h"

namespace tonghop::xlsx {

inline constexpr std::size_t kMebibyte = std::size_t{1} << 20;

// Each is an option of the program.
struct Limits {
  std::size_t parts = 10'000;
  std::size_t part_bytes = 128 * kMebibyte;   // inflated, counted while inflating, never as declared
  std::size_t total_bytes = 256 * kMebibyte;  // inflated, over all parts read; also of all cell texts together
  std::size_t cells = 1'000'000;              // non-empty cells over all sheets
  std::size_t text = 100'000;                 // bytes of one cell's text; Excel has at most 32,767 UTF-16 units
  std::size_t depth = 256;                    // elements inside one another
};

// The tree of one part may take so many times its limit. LibreOffice writes sheets of a million rows that hold nothing,
// 120 MiB; these are dropped before there is a tree (empty_rows.h), and what is left is small.
inline constexpr std::size_t kTreeOfPart = 2;

// Throws the Error file-too-large. `limit` is the option that raises it, without "--max-": parts, part, size, cells,
// text, depth.
[[noreturn]] void refuse_too_large(const Place& place, std::string_view limit, const Limits& limits);

}  // namespace tonghop::xlsx
