// Compound files, walked with bounds and written in the plainest way.
#include "xlsx/compound_file.h"

#include <algorithm>
#include <utility>

#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kSignature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
constexpr std::uint32_t kFree = 0xFFFFFFFF, kEnd = 0xFFFFFFFE, kTable = 0xFFFFFFFD, kTableOfTable = 0xFFFFFFFC;
constexpr std::size_t kHeader = 512, kEntry = 128, kSmallSector = 64, kSmallStream = 4096, kHeaderTables = 109;

}  // namespace

bool is_compound_file(std::string_view bytes) { return bytes.starts_with(kSignature); }

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes) {
  if (!is_compound_file(bytes) || bytes.size() <= kHeader) return;
  sector_size_ = little_endian(bytes, 30, 2) == 12 ? 4096 : 512;
  sectors_ = (bytes.size() - 1) / sector_size_;  // the header takes the room of one
  read_table();
  read_directory();
}

std::string_view CompoundFile::sector(std::uint32_t index) const {
  return index >= sectors_ ? std::string_view() : bytes_.substr((index + std::size_t{1}) * sector_size_, sector_size_);
}

std::uint32_t CompoundFile::next(std::uint32_t index) const { return index < table_.size() ? table_[index] : kEnd; }

// The table stands in sectors listed in the header, and behind it in sectors of such lists.
void CompoundFile::read_table() {
  const auto take = [&](std::uint32_t index) {
    const std::string_view part = sector(index);
    for (std::size_t i = 0; i + 4 <= part.size() && table_.size() < sectors_; i += 4) {
      table_.push_back(little_endian(part, i, 4));
    }
  };
  for (std::size_t i = 0; i < kHeaderTables; ++i) take(little_endian(bytes_, 76 + 4 * i, 4));
  std::uint32_t list = little_endian(bytes_, 68, 4);
  for (std::size_t lists = 0; lists < sectors_ && table_.size() < sectors_; ++lists) {
    const std::string_view part = sector(list);
    if (part.size() < sector_size_) return;
    for (std::size_t i = 0; i + 4 < sector_size_; i += 4) take(little_endian(part, i, 4));
    list = little_endian(part, sector_size_ - 4, 4);
  }
}

void CompoundFile::read_directory() {
  const std::string stored = chain(little_endian(bytes_, 48, 4), bytes_.size());
  std::vector<Entry> entries;
  for (std::size_t at = 0; at + kEntry <= stored.size(); at += kEntry) {
    Entry& entry = entries.emplace_back();
    const std::size_t length = std::min<std::size_t>(little_endian(stored, at + 64, 2), 64);
    for (std::size_t i = 0; i + 2 < length; i += 2) {
      const unsigned unit = little_endian(stored, at + i, 2);
      entry.name += unit < 0x80 ? static_cast<char>(unit) : '?';
    }
    entry.type = static_cast<unsigned char>(stored[at + 66]);
    entry.left = little_endian(stored, at + 68, 4);
    entry.right = little_endian(stored, at + 72, 4);
    entry.child = little_endian(stored, at + 76, 4);
    entry.start = little_endian(stored, at + 116, 4);
    entry.size = little_endian(stored, at + 120, 4);  // the upper half is zero or junk below 4 GiB
  }
  if (entries.empty() || entries[0].type != 5) return;
  has_root_ = true;
  small_table_ = chain(little_endian(bytes_, 60, 4), bytes_.size());
  small_sectors_ = chain(entries[0].start, entries[0].size);
  std::vector<bool> seen(entries.size());
  std::vector<std::uint32_t> open = {entries[0].child};
  while (!open.empty()) {
    const std::uint32_t index = open.back();
    open.pop_back();
    if (index >= entries.size() || seen[index]) continue;
    seen[index] = true;
    Entry& entry = entries[index];
    open.insert(open.end(), {entry.left, entry.right});
    if (entry.type == 2) streams_.push_back(std::move(entry));
  }
}

std::string CompoundFile::chain(std::uint32_t start, std::size_t size) const {
  std::string out;
  std::uint32_t index = start;
  for (std::size_t steps = 0; steps < sectors_ && out.size() < size; ++steps, index = next(index)) {
    const std::string_view part = sector(index).substr(0, size - out.size());
    out += part;
    if (part.size() < sector_size_) break;
  }
  return out;
}

std::string CompoundFile::small_chain(std::uint32_t start, std::size_t size) const {
  std::string out;
  std::size_t index = start;
  const std::size_t count = small_sectors_.size() / kSmallSector + 1;
  for (std::size_t steps = 0; steps < count && index < count && out.size() < size; ++steps) {
    out += std::string_view(small_sectors_).substr(index * kSmallSector, std::min(kSmallSector, size - out.size()));
    if (index * 4 + 4 > small_table_.size()) break;
    index = little_endian(small_table_, index * 4, 4);
  }
  return out;
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const auto found = std::ranges::find(streams_, name, &Entry::name);
  return found == streams_.end() ? nullptr : &*found;
}

bool CompoundFile::has(std::string_view name) const { return find(name) != nullptr; }

std::optional<std::string> CompoundFile::read(std::string_view name) const {
  const Entry* entry = find(name);
  if (entry == nullptr || entry->size > bytes_.size()) return std::nullopt;
  std::string stream =
      entry->size < kSmallStream ? small_chain(entry->start, entry->size) : chain(entry->start, entry->size);
  return stream.size() == entry->size ? std::optional(std::move(stream)) : std::nullopt;
}

std::string_view judge_compound_file(std::string_view bytes) {
  const CompoundFile file(bytes);
  if (!file.has_root()) return "file-damaged";
  if (file.has("EncryptedPackage") || file.has("EncryptionInfo")) return "file-encrypted";
  if (file.has("Workbook") || file.has("Book")) return "file-old-xls";
  if (file.has("WordDocument")) return "file-docx";
  if (file.has("__properties_version1.0")) return "file-mail";
  return "file-unknown";
}

std::string write_compound_file(std::string_view stream_name, std::string_view stream) {
  constexpr std::size_t kSector = 512;
  // Streams below the bound belong into small sectors; zeros behind one do no harm to who reads records.
  const std::size_t size = std::max(stream.size(), 2 * kSmallStream);
  const std::size_t data = (size + kSector - 1) / kSector;
  // Sectors: the directory, the stream, the tables of sectors, the lists of tables.
  std::size_t tables = 1, lists = 0;
  while (tables * (kSector / 4) < 1 + data + tables + lists) {
    ++tables;
    lists = tables <= kHeaderTables ? 0 : (tables - kHeaderTables + kSector / 4 - 2) / (kSector / 4 - 1);
  }
  const auto first_table = static_cast<std::uint32_t>(1 + data),
             first_list = first_table + static_cast<std::uint32_t>(tables);

  std::string out(kSignature);
  out.append(16, '\0');
  for (const unsigned field : {0x3EU, 3U, 0xFFFEU, 9U, 6U, 0U, 0U, 0U, 0U, 0U}) append_little_endian(out, field, 2);
  append_little_endian(out, tables, 4);
  append_little_endian(out, 0, 4);  // where the directory starts
  append_little_endian(out, 0, 4);
  append_little_endian(out, kSmallStream, 4);
  append_little_endian(out, kEnd, 4);  // no small sectors
  append_little_endian(out, 0, 4);
  append_little_endian(out, lists == 0 ? kEnd : first_list, 4);
  append_little_endian(out, lists, 4);
  const auto table_at = [&](std::size_t i) { return i < tables ? first_table + static_cast<std::uint32_t>(i) : kFree; };
  for (std::size_t i = 0; i < kHeaderTables; ++i) append_little_endian(out, table_at(i), 4);

  const auto append_entry = [&](std::string_view name, char type, std::uint32_t child, std::uint32_t start,
                                std::size_t length) {
    std::string entry;
    for (const char c : name) entry += {c, '\0'};
    entry.resize(64);
    append_little_endian(entry, name.empty() ? 0 : 2 * name.size() + 2, 2);
    entry += {type, '\1'};
    for (const std::uint32_t sibling : {kFree, kFree, child}) append_little_endian(entry, sibling, 4);
    entry.append(36, '\0');
    append_little_endian(entry, start, 4);
    append_little_endian(entry, length, 8);
    out += entry;
  };
  append_entry("Root Entry", 5, 1, kEnd, 0);
  append_entry(stream_name, 2, kFree, 1, size);
  append_entry("", 0, kFree, 0, 0);
  append_entry("", 0, kFree, 0, 0);

  out += stream;
  out.resize(kHeader + kSector * (1 + data));
  append_little_endian(out, kEnd, 4);
  for (std::size_t i = 1; i <= data; ++i) append_little_endian(out, i == data ? kEnd : i + 1, 4);
  for (std::size_t i = 0; i < tables; ++i) append_little_endian(out, kTable, 4);
  for (std::size_t i = 0; i < lists; ++i) append_little_endian(out, kTableOfTable, 4);
  while (out.size() < kHeader + kSector * (1 + data + tables)) append_little_endian(out, kFree, 4);
  for (std::size_t list = 0, table = kHeaderTables; list < lists; ++list) {
    for (std::size_t i = 0; i + 1 < kSector / 4; ++i) append_little_endian(out, table_at(table++), 4);
    append_little_endian(out, list + 1 < lists ? first_list + list + 1 : kEnd, 4);
  }
  return out;
}

}  // namespace tonghop::xlsx
