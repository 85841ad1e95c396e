// What a cell of the merged workbook can hold of a text that came from elsewhere.
#pragma once

#include <string>
#include <string_view>

namespace tonghop {

inline constexpr std::size_t kCellUnits = 32'000;  // UTF-16 units; Excel takes 32,767
inline constexpr std::size_t kNameUnits = 255;     // of an agency or a period
inline constexpr int kCellLineFeeds = 250;         // Excel takes 253

// The text as it is or, beyond so many UTF-16 units or kCellLineFeeds, its beginning and "…".
std::string cell_text(std::string_view text, std::size_t units = kCellUnits);

}  // namespace tonghop
