// A zip in memory (APPNOTE.TXT 6.3), entries by index, inflated within limits.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/limits.h"
#include "xlsx/part_text.h"
#include "xlsx/zip_directory.h"

struct zip_error;

namespace tonghop::xlsx {

class Zip {
 public:
  // Borrows `bytes`, which must outlive it; `file` is for messages only. Whatever stands before and behind the zip is
  // passed over. Throws Error (file-damaged; file-too-large with limit parts). Without `plain` libzip reads even what
  // plain_directory() can.
  Zip(std::string_view bytes, std::string file, const Limits& limits, bool plain = true);
  ~Zip();
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  bool plain() const { return plain_.has_value(); }
  std::size_t size() const { return size_; }
  // The entry's name as it is stored, in whatever encoding, with forward slashes and none in front.
  std::string stored_name(std::size_t entry) const;
  // The same for people, in UTF-8: names stored otherwise are those of Windows in Vietnamese (code page 1258) or of DOS
  // (code page 437).
  std::string shown_name(std::size_t entry) const;
  // By declared size and check sum.
  bool same_content(std::size_t entry, std::size_t other) const;
  // The entry inflated. Throws Error (file-damaged, file-encrypted; file-too-large with limit part or size).
  PartText read(std::size_t entry);
  // The entry as it is stored; null when not plain().
  const ZipEntry* plain_entry(std::size_t entry) const { return plain_ ? &(*plain_)[entry] : nullptr; }
  // Counts so many inflated bytes of a part against the limits. Throws Error file-too-large.
  void count(std::size_t bytes);

 private:
  struct Handle;
  // An entry as it is stored; `room` holds the bytes where they have to be copied.
  ZipEntry stored(std::size_t entry, std::string& room) const;

  [[noreturn]] void damaged(std::size_t entry, std::string problem) const;

  std::unique_ptr<Handle> handle_;
  std::optional<std::vector<ZipEntry>> plain_;  // else libzip knows the entries
  std::string file_;
  Limits limits_;
  std::size_t size_ = 0;      // entries
  std::size_t packed_ = 0;    // bytes of the whole zip
  std::size_t inflated_ = 0;  // bytes, over all entries read so far
};

// An entry's name as it is stored, with forward slashes and none in front.
std::string with_plain_slashes(std::string_view stored);

// What libzip says went wrong; frees what holds it.
std::string message_of(zip_error* error);

// How many bytes stand before the zip proper, of several one behind another the last; 0 when it is not to be told.
// Offsets in a zip count from its own start.
std::size_t junk_before_zip(std::string_view bytes);

}  // namespace tonghop::xlsx
