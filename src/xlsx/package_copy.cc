// Copying a zip through libzip, which does not touch entries that stay.
#include "xlsx/package_copy.h"

#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>

#include "base/text.h"
#include "xlsx/zip.h"

namespace tonghop::xlsx {
namespace {

constexpr zip_uint16_t kTime = 0;
constexpr zip_uint16_t kDate = 1 << 5 | 1;  // 1980-01-01, the first day a zip knows

[[noreturn]] void fail(const std::string& problem) { throw std::runtime_error("zip: " + problem); }

std::string name_of(zip_t* zip, zip_uint64_t entry) {
  const char* stored = zip_get_name(zip, entry, ZIP_FL_ENC_RAW);
  return lower(with_plain_slashes(stored == nullptr ? "" : stored));
}

void put(zip_t* zip, const std::string& name, const std::string& text) {
  zip_source_t* source = zip_source_buffer(zip, text.data(), text.size(), 0);
  if (source == nullptr) fail(zip_strerror(zip));
  zip_int64_t entry = -1;
  const zip_int64_t count = zip_get_num_entries(zip, 0);
  for (zip_int64_t i = 0; i < count && entry < 0; ++i) {
    if (name_of(zip, static_cast<zip_uint64_t>(i)) == lower(name)) entry = i;
  }
  const bool known = entry >= 0;
  if (known) {
    if (zip_file_replace(zip, static_cast<zip_uint64_t>(entry), source, 0) != 0) entry = -1;
  } else {
    entry = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  }
  if (entry < 0) {
    zip_source_free(source);
    fail(zip_strerror(zip));
  }
  const auto index = static_cast<zip_uint64_t>(entry);
  if (zip_set_file_compression(zip, index, ZIP_CM_DEFLATE, 0) != 0 ||
      zip_file_set_dostime(zip, index, kTime, kDate, 0) != 0) {
    fail(zip_strerror(zip));
  }
}

}  // namespace

std::string copy_package(std::string_view bytes, const std::map<std::string, std::string>& parts) {
  bytes.remove_prefix(junk_before_zip(bytes));
  zip_error_t error;
  zip_error_init(&error);
  // Its own copy: libzip 1.7 frees what it writes over, even bytes that it was only lent.
  std::unique_ptr<void, decltype(&std::free)> lent(std::malloc(bytes.size()), std::free);
  if (lent == nullptr) throw std::bad_alloc();
  std::memcpy(lent.get(), bytes.data(), bytes.size());
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> target(
      zip_source_buffer_create(lent.get(), bytes.size(), 1, &error), zip_source_free);
  if (target == nullptr) fail(message_of(&error));
  static_cast<void>(lent.release());
  zip_source_keep(target.get());  // zip_close gives up one reference, `target` the other
  zip_t* opened = zip_open_from_source(target.get(), 0, &error);
  if (opened == nullptr) {
    zip_source_free(target.get());
    fail(message_of(&error));
  }
  std::unique_ptr<zip_t, decltype(&zip_discard)> zip(opened, zip_discard);
  for (const auto& [name, text] : parts) put(zip.get(), name, text);
  if (zip_close(zip.get()) != 0) fail(zip_strerror(zip.get()));
  static_cast<void>(zip.release());  // zip_close has freed it

  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(target.get(), &stat) != 0 || zip_source_open(target.get()) != 0)
    fail("the copy cannot be read back");
  std::string copy(stat.size, '\0');
  const zip_int64_t got = zip_source_read(target.get(), copy.data(), copy.size());
  zip_source_close(target.get());
  if (got != static_cast<zip_int64_t>(copy.size())) fail("short read of the copy");
  return copy;
}

}  // namespace tonghop::xlsx
