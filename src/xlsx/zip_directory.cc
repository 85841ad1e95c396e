// From the end record to the entries, and from each entry to its local header and its bytes.
#include "xlsx/zip_directory.h"

#include <algorithm>

#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kEnd = "PK\5\6"sv;
constexpr std::size_t kEndSize = 22, kEntrySize = 46, kHeaderSize = 30;
constexpr std::uint32_t kSeeElsewhere = 0xFFFFFFFF;  // the number stands in an extra field of 64-bit zips

// Extra fields in which nothing stands that counts: times, owners.
bool harmless(std::string_view extra) {
  constexpr std::uint32_t k64 = 0x0001, kName = 0x7075, kComment = 0x6375, kEncryption = 0x9901;
  while (!extra.empty()) {
    if (extra.size() < 4) return false;
    const std::uint32_t id = little_endian(extra, 0, 2);
    const std::size_t length = 4 + std::size_t{little_endian(extra, 2, 2)};
    if (id == k64 || id == kName || id == kComment || id == kEncryption || length > extra.size()) return false;
    extra.remove_prefix(length);
  }
  return true;
}

// The entry at the front of the directory, which is taken off. Its bytes stand in `files`.
std::optional<ZipEntry> take_entry(std::string_view& directory, std::string_view files) {
  if (directory.size() < kEntrySize || !directory.starts_with("PK\1\2"sv)) return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t length) { return little_endian(directory, at, length); };
  constexpr std::uint32_t kKnownFlags = 0x080E;  // how it was deflated, sizes behind it, name in UTF-8
  const std::uint32_t flags = number(8, 2), method = number(10, 2), packed = number(20, 4), disk = number(34, 2),
                      offset = number(42, 4);
  const std::size_t name = number(28, 2), extra = number(30, 2), comment = number(32, 2);
  ZipEntry entry;
  entry.deflated = method == 8;
  entry.crc = number(16, 4);
  entry.size = number(24, 4);
  if ((flags & ~kKnownFlags) != 0 || (method != 0 && method != 8) || disk != 0 || name == 0 || comment != 0 ||
      packed == kSeeElsewhere || entry.size == kSeeElsewhere || directory.size() < kEntrySize + name + extra) {
    return std::nullopt;
  }
  entry.name = directory.substr(kEntrySize, name);
  const bool ascii = std::ranges::all_of(entry.name, [](char c) { return c >= ' ' && c <= '~'; });
  if (!ascii || !harmless(directory.substr(kEntrySize + name, extra))) return std::nullopt;
  directory.remove_prefix(kEntrySize + name + extra);

  if (offset > files.size()) return std::nullopt;
  files.remove_prefix(offset);
  if (files.size() < kHeaderSize || !files.starts_with("PK\3\4"sv)) return std::nullopt;
  const std::size_t header = kHeaderSize + little_endian(files, 26, 2) + little_endian(files, 28, 2);
  if (files.size() < header || files.size() - header < packed) return std::nullopt;
  entry.stored = files.substr(header, packed);
  return entry;
}

}  // namespace

std::optional<std::vector<ZipEntry>> plain_directory(std::string_view bytes) {
  constexpr std::size_t kLongestComment = 0xFFFF, kLocatorSize = 20;
  if (bytes.size() < kEndSize || !bytes.starts_with("PK\3\4"sv)) return std::nullopt;
  const std::size_t end = bytes.size() - kEndSize;
  const std::string_view record = bytes.substr(end);
  const std::size_t searched = end > 2 * kLongestComment ? end - 2 * kLongestComment : 0;
  if (bytes.find(kEnd, searched) != end) return std::nullopt;
  const std::size_t count = little_endian(record, 10, 2), size = little_endian(record, 12, 4),
                    start = little_endian(record, 16, 4);
  if (little_endian(record, 4, 4) != 0 || little_endian(record, 8, 2) != count || count == 0 || count == 0xFFFF ||
      start > end || size != end - start || little_endian(record, 20, 2) != 0) {
    return std::nullopt;
  }
  if (end >= kLocatorSize && bytes.substr(end - kLocatorSize).starts_with("PK\6\7"sv)) return std::nullopt;
  std::string_view directory = bytes.substr(start, size);
  std::vector<ZipEntry> entries;
  entries.reserve(std::min(count, size / kEntrySize));
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = take_entry(directory, bytes.substr(0, start));
    if (!entry) return std::nullopt;
    entries.push_back(*entry);
  }
  if (!directory.empty()) return std::nullopt;
  return entries;
}

}  // namespace tonghop::xlsx
