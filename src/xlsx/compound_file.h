// The container of old Office files (compound file, MS-CFB): a small file system with a table of which sector follows
// which. What it says of itself is never believed: every chain ends with the file, and a circle is no chain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonghop::xlsx {

bool is_compound_file(std::string_view bytes);

// Reads streams by name. Borrows `bytes`, which must outlive it. Only the streams of the root folder are seen: those of
// embedded documents lie deeper.
class CompoundFile {
 public:
  explicit CompoundFile(std::string_view bytes);  // never throws: what cannot be followed is not there

  bool has_root() const { return has_root_; }  // without a root folder the file is damaged
  bool has(std::string_view name) const;
  // Nothing when there is no such stream, or when it cannot be followed to its end.
  std::optional<std::string> read(std::string_view name) const;

 private:
  struct Entry {
    std::string name;  // what is not ASCII as '?'
    std::uint32_t left = 0, right = 0, child = 0;
    std::uint32_t start = 0;  // first sector
    std::uint32_t size = 0;   // bytes
    int type = 0;             // 2: stream, 5: root
  };

  void read_table();
  void read_directory();
  const Entry* find(std::string_view name) const;
  std::string_view sector(std::uint32_t index) const;  // shorter, or empty, at and behind the end of the file
  std::uint32_t next(std::uint32_t index) const;
  // At most `size` bytes of a chain; fewer when it breaks off.
  std::string chain(std::uint32_t start, std::size_t size) const;
  std::string small_chain(std::uint32_t start, std::size_t size) const;

  std::string_view bytes_;
  std::size_t sector_size_ = 512;
  std::size_t sectors_ = 0;           // in the file, the last one perhaps cut off
  std::vector<std::uint32_t> table_;  // of each sector the one that follows
  std::vector<Entry> streams_;        // of the root folder
  bool has_root_ = false;
  std::string small_table_;    // as table_, for sectors of 64 bytes; four bytes each, as stored
  std::string small_sectors_;  // which lie in a stream of the root's
};

// What a compound file that is no readable .xls is instead: file-encrypted, file-docx, file-mail, file-damaged,
// file-old-xls for an .xls, file-unknown for the rest.
std::string_view judge_compound_file(std::string_view bytes);

// A compound file with one stream, of which readers that trust their input may make no mistake: sectors in order,
// no small sectors.
std::string write_compound_file(std::string_view stream_name, std::string_view stream);

}  // namespace tonghop::xlsx
