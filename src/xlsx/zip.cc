// Zip entries: found in a plain directory or through libzip, inflated by libdeflate, always in memory.
#include "xlsx/zip.h"

#include <libdeflate.h>
#include <zip.h>

#include <algorithm>
#include <new>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"
#include "xlsx/characters.h"
#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

// Bytes of code page 437 that names have are below 0xC0 (accented letters), those of Vietnamese in 1258 above.
bool is_windows_1258(std::string_view bytes) {
  return std::ranges::none_of(bytes, [](char c) {
    const unsigned code = static_cast<unsigned char>(c);
    return (code >= 0x80 && code < 0xC0) || code == 0xD7 || code == 0xF7 || code == 0xFE;
  });
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

}  // namespace

std::string message_of(zip_error_t* error) {
  std::string message = zip_error_strerror(error);
  zip_error_fini(error);
  return message;
}

std::string with_plain_slashes(std::string_view stored) {
  std::string name(stored);
  std::ranges::replace(name, '\\', '/');
  return name.substr(std::min(name.find_first_not_of('/'), name.size()));
}

struct Zip::Handle {
  zip_t* zip = nullptr;
  libdeflate_decompressor* inflater = libdeflate_alloc_decompressor();

  Handle() {
    if (inflater == nullptr) throw std::bad_alloc();
  }
  ~Handle() {
    libdeflate_free_decompressor(inflater);
    if (zip != nullptr) zip_discard(zip);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
};

Zip::Zip(std::string_view bytes, std::string file, const Limits& limits, bool plain)
    : handle_(std::make_unique<Handle>()), file_(std::move(file)), limits_(limits), packed_(bytes.size()) {
  const auto damaged = [this](std::string problem) {
    throw Error("file-damaged", Place{.file = file_}, {{"problem", std::move(problem)}});
  };
  if (plain) plain_ = plain_directory(bytes);
  if (plain_) {
    size_ = plain_->size();
    if (size_ > limits.parts) refuse_too_large({.file = file_}, "parts", limits);
    return;
  }
  bytes.remove_prefix(junk_before_zip(bytes));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) damaged(message_of(&error));
  handle_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (handle_->zip == nullptr) {
    zip_source_free(source);
    damaged(message_of(&error));
  }
  const zip_int64_t count = zip_get_num_entries(handle_->zip, 0);
  if (count <= 0) damaged("no parts");
  size_ = static_cast<std::size_t>(count);
  if (size_ > limits.parts) refuse_too_large({.file = file_}, "parts", limits);
}

Zip::~Zip() = default;

std::string Zip::stored_name(std::size_t entry) const {
  if (plain_) return with_plain_slashes((*plain_)[entry].name);
  const char* name = zip_get_name(handle_->zip, entry, ZIP_FL_ENC_RAW);
  return name == nullptr ? "" : with_plain_slashes(name);
}

std::string Zip::shown_name(std::size_t entry) const {
  const std::string stored = stored_name(entry);
  if (is_utf8(stored)) return nfc(cleaned(stored));
  if (is_windows_1258(stored)) return nfc(cleaned(from_windows_1258(stored)));
  const char* guessed = zip_get_name(handle_->zip, entry, ZIP_FL_ENC_GUESS);  // from code page 437
  return nfc(cleaned(guessed == nullptr ? stored : with_plain_slashes(guessed)));
}

bool Zip::same_content(std::size_t entry, std::size_t other) const {
  if (plain_) return (*plain_)[entry].size == (*plain_)[other].size && (*plain_)[entry].crc == (*plain_)[other].crc;
  zip_stat_t a;
  zip_stat_t b;
  return zip_stat_index(handle_->zip, entry, 0, &a) == 0 && zip_stat_index(handle_->zip, other, 0, &b) == 0 &&
         a.size == b.size && a.crc == b.crc;
}

ZipEntry Zip::stored(std::size_t entry, std::string& room) const {
  if (plain_) return (*plain_)[entry];
  zip_stat_t stat;
  if (zip_stat_index(handle_->zip, entry, 0, &stat) != 0) damaged(entry, zip_strerror(handle_->zip));
  if (stat.encryption_method != ZIP_EM_NONE)
    throw Error("file-encrypted", Place{.file = file_}, {{"part", shown_name(entry)}});
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
    damaged(entry, "compression method " + std::to_string(stat.comp_method));
  }
  room.resize(std::min<std::size_t>(stat.comp_size, packed_));
  const auto close = [](zip_file_t* opened) { zip_fclose(opened); };
  const std::unique_ptr<zip_file_t, decltype(close)> opened(zip_fopen_index(handle_->zip, entry, ZIP_FL_COMPRESSED),
                                                            close);
  if (opened == nullptr) damaged(entry, zip_strerror(handle_->zip));
  const zip_int64_t got = zip_fread(opened.get(), room.data(), room.size());
  if (got < 0) damaged(entry, zip_error_strerror(zip_file_get_error(opened.get())));
  if (static_cast<std::size_t>(got) < stat.comp_size) damaged(entry, "cut off");
  return {.stored = room, .deflated = stat.comp_method == ZIP_CM_DEFLATE, .size = stat.size, .crc = stat.crc};
}

void Zip::damaged(std::size_t entry, std::string problem) const {
  throw Error("file-damaged", Place{.file = file_}, {{"part", shown_name(entry)}, {"problem", std::move(problem)}});
}

void Zip::count(std::size_t bytes) {
  const std::size_t left = limits_.total_bytes - inflated_;
  inflated_ += std::min(bytes, left);  // of damaged ones, too
  if (bytes > limits_.part_bytes) refuse_too_large({.file = file_}, "part", limits_);
  if (bytes > left) refuse_too_large({.file = file_}, "size", limits_);
}

PartText Zip::read(std::size_t entry) {
  std::string room;
  const ZipEntry found = stored(entry, room);
  const std::size_t bound = std::min(limits_.part_bytes, limits_.total_bytes - inflated_);
  PartText part;
  if (!found.deflated) {
    count(found.stored.size());
    part = PartText(found.stored);
  } else {
    constexpr std::size_t kDeflateAtMost = 1040;  // fold; the format's limit is 1032
    part = PartText(std::min({found.size, bound, found.stored.size() * kDeflateAtMost}) + 1);
    std::size_t used = 0;
    while (true) {
      const libdeflate_result result = libdeflate_deflate_decompress(
          handle_->inflater, found.stored.data(), found.stored.size(), part.data(), part.size(), &used);
      if (result == LIBDEFLATE_SUCCESS) break;
      if (result != LIBDEFLATE_INSUFFICIENT_SPACE || part.size() > bound) count(part.size());
      if (result != LIBDEFLATE_INSUFFICIENT_SPACE) damaged(entry, "compressed data invalid");
      part = PartText(std::min(2 * part.size(), bound + 1));
    }
    count(used);
    part.shorten(used);
  }
  if (libdeflate_crc32(0, part.view().data(), part.size()) != found.crc) damaged(entry, "check sum");
  return part;
}

std::size_t junk_before_zip(std::string_view bytes) {
  const std::size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string_view::npos || end + 22 > bytes.size()) return 0;
  const std::size_t size = little_endian(bytes, end + 12, 4), start = little_endian(bytes, end + 16, 4);
  if (size + start >= end) return 0;
  const std::size_t junk = end - size - start;
  if (!bytes.starts_with("PK")) return junk;
  // Another zip may stand there, and the last one counts; but most likely it is what zip64 has before the end.
  const bool begins = bytes.substr(junk).starts_with("PK\x03\x04");
  return begins && bytes.substr(junk + start).starts_with("PK\x01\x02") ? junk : 0;
}

}  // namespace tonghop::xlsx
