// The directory of a zip (APPNOTE.TXT 4.3), read from its bytes where it is as nearly all programs write it. Whatever
// is otherwise is left to libzip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tonghop::xlsx {

struct ZipEntry {
  std::string_view name = {};    // ASCII, as stored
  std::string_view stored = {};  // its bytes in the zip
  bool deflated = false;
  std::size_t size = 0;  // inflated, as declared
  std::uint32_t crc = 0;
};

// In their order, at least one; views of `bytes`. Nothing when the zip does not begin and end with the bytes or has a
// comment, when it has anything of 64-bit zips or of several disks, when an entry is encrypted, otherwise compressed,
// named in other letters or outside of the bytes, or when there might be another directory.
std::optional<std::vector<ZipEntry>> plain_directory(std::string_view bytes);

}  // namespace tonghop::xlsx
