// The zip container through libzip, always from and to memory; what is no workbook is named by its content.
#include "xlsx/package.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "base/finding.h"
#include "xlsx/compound_file.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// Forward slashes, none in front: as the part is called inside the package.
std::string part_name(std::string_view entry) {
  std::string name(entry);
  std::ranges::replace(name, '\\', '/');
  return name.substr(std::min(name.find_first_not_of('/'), name.size()));
}

// The name under which parts compare.
std::string key(std::string_view name) {
  std::string lowered = part_name(name);
  std::ranges::transform(lowered, lowered.begin(), lower_ascii);
  return lowered;
}

unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

std::size_t little_endian(std::string_view bytes, std::size_t at, int length) {
  std::size_t number = 0;
  for (int i = length; i-- > 0;) number = number << 8 | byte_at(bytes, at + static_cast<std::size_t>(i));
  return number;
}

bool is_markup(std::string_view bytes) {
  for (const std::string_view mark : {"\xEF\xBB\xBF"sv, "\xFF\xFE"sv, "\xFE\xFF"sv}) {
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  }
  const std::size_t start = bytes.find_first_not_of(" \t\r\n\0"sv);
  return (start != std::string_view::npos && bytes[start] == '<') || bytes.starts_with("MIME-Version:");
}

// What bytes are that begin neither as a zip nor end as one.
std::string_view judge_foreign(std::string_view bytes) {
  constexpr std::array kOldSheets = {"\x09\x00\x04\x00"sv, "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv,
                                     "\x09\x08\x08\x00"sv,
                                     "\x09\x08\x10\x00"sv};  // BIFF2 to BIFF8 without a compound file around them
  if (bytes.empty()) return "file-empty";
  if (is_compound_file(bytes)) return judge_compound_file(bytes);
  if (bytes.starts_with("%PDF")) return "file-pdf";
  if (is_markup(bytes)) return "file-markup";
  if (std::ranges::any_of(kOldSheets, [&](std::string_view head) { return bytes.starts_with(head); }))
    return "file-old-xls";
  if (bytes.find_first_not_of('\0') == std::string_view::npos) return "file-damaged";
  return "file-unknown";
}

// How many bytes stand before the zip proper; 0 when it is not to be told. Offsets in a zip count from its own start.
std::size_t junk_before(std::string_view bytes) {
  const std::size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string_view::npos || end + 22 > bytes.size()) return 0;
  const std::size_t directory = little_endian(bytes, end + 12, 4) + little_endian(bytes, end + 16, 4);
  return directory < end ? end - directory : 0;
}

std::string message_of(zip_error_t* error) {
  std::string message = zip_error_strerror(error);
  zip_error_fini(error);
  return message;
}

}  // namespace

struct Package::Archive {
  zip_t* zip = nullptr;
  Limits limits;
  std::size_t inflated = 0;                               // bytes, over all parts read so far
  std::unordered_map<std::string, zip_uint64_t> entries;  // by key()

  ~Archive() {
    if (zip != nullptr) zip_discard(zip);
  }
};

Package::Package(std::string_view bytes, std::string file, const Limits& limits)
    : file_(std::move(file)), archive_(std::make_unique<Archive>()) {
  const auto refuse = [this](std::string_view code, Details details = {}) {
    throw Error(std::string(code), Place{.file = file_}, std::move(details));
  };
  archive_->limits = limits;
  if (!bytes.starts_with("PK")) {
    const std::string_view code = judge_foreign(bytes);
    if (code != "file-unknown" || junk_before(bytes) == 0) refuse(code);
    bytes.remove_prefix(junk_before(bytes));
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) refuse("file-damaged", {{"problem", message_of(&error)}});
  archive_->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive_->zip == nullptr) {
    zip_source_free(source);
    refuse("file-damaged", {{"problem", message_of(&error)}});
  }
  const zip_int64_t count = zip_get_num_entries(archive_->zip, 0);
  if (count <= 0) refuse("file-damaged", {{"problem", "no parts"}});
  if (static_cast<std::size_t>(count) > limits.parts) {
    refuse("file-too-large", {{"limit", "parts"}, {"at-most", std::to_string(limits.parts)}});
  }
  archive_->entries.reserve(static_cast<std::size_t>(count));
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    const char* name = zip_get_name(archive_->zip, i, ZIP_FL_ENC_RAW);
    std::string entry = name == nullptr ? "" : key(name);
    if (!entry.empty() && entry.back() != '/') archive_->entries.emplace(std::move(entry), i);  // the first of its name
  }

  const bool office = has("[Content_Types].xml") || has("_rels/.rels") || has("xl/workbook.xml");
  if (!office && has("mimetype")) {
    const bool sheet = read("mimetype")->starts_with("application/vnd.oasis.opendocument.spreadsheet");
    if (!sheet) refuse("file-unknown");
  } else if (!office && !has("content.xml")) {
    refuse(has("index/document.iwa") ? "file-unknown" : "file-zip");
  }
  if (has("xl/workbook.bin") && !has("xl/workbook.xml")) refuse("file-xlsb");
  if (has("word/document.xml")) refuse("file-docx");
  if (has("ppt/presentation.xml")) refuse("file-unknown");
}

Package::~Package() = default;

bool Package::open_document() const {
  const bool content = has("content.xml") || has("encrypted-package");
  return content && !has("[Content_Types].xml") && !has("_rels/.rels") && !has("xl/workbook.xml");
}

bool Package::has(std::string_view name) const { return archive_->entries.contains(key(name)); }

std::optional<std::string> Package::read(std::string_view name) {
  const auto entry = archive_->entries.find(key(name));
  if (entry == archive_->entries.end()) return std::nullopt;
  const auto refuse = [&](const char* code, const char* detail, std::string text) {
    throw Error(code, Place{.file = file_}, {{"part", std::string(name)}, {detail, std::move(text)}});
  };

  zip_stat_t stat;
  if (zip_stat_index(archive_->zip, entry->second, 0, &stat) != 0) {
    refuse("file-damaged", "problem", zip_strerror(archive_->zip));
  }
  if (stat.encryption_method != ZIP_EM_NONE) refuse("file-encrypted", "problem", "encrypted part");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
    refuse("file-damaged", "problem", "compression method " + std::to_string(stat.comp_method));
  }
  const auto close = [](zip_file_t* opened) { zip_fclose(opened); };
  const std::unique_ptr<zip_file_t, decltype(close)> opened(zip_fopen_index(archive_->zip, entry->second, 0), close);
  if (opened == nullptr) refuse("file-damaged", "problem", zip_strerror(archive_->zip));

  const Limits& limits = archive_->limits;
  const std::size_t bound = std::min(limits.part_bytes, limits.total_bytes - archive_->inflated);
  // One byte more than declared, so that an honest part is read, and its end seen, without growing.
  std::string part(std::min<std::size_t>(stat.size, bound) + 1, '\0');
  std::size_t used = 0;
  while (true) {
    const zip_int64_t got = zip_fread(opened.get(), part.data() + used, part.size() - used);
    if (got < 0) refuse("file-damaged", "problem", zip_error_strerror(zip_file_get_error(opened.get())));
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > bound) refuse("file-too-large", "at-most", std::to_string(bound));
    if (used == part.size()) part.resize(std::min(2 * used, bound + 1));
  }
  part.resize(used);
  archive_->inflated += used;
  return part;
}

std::vector<std::string> Package::names() const {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(archive_->zip, 0);
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    const char* name = zip_get_name(archive_->zip, i, ZIP_FL_ENC_RAW);
    if (name == nullptr) continue;
    const auto entry = archive_->entries.find(key(name));
    if (entry != archive_->entries.end() && entry->second == i) names.push_back(part_name(name));
  }
  return names;
}

std::string write_package(const std::vector<std::pair<std::string, std::string>>& parts) {
  constexpr zip_uint16_t kTime = 0;
  constexpr zip_uint16_t kDate = 1 << 5 | 1;  // 1980-01-01, the first day a zip knows

  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> target(
      zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
  if (target == nullptr) throw std::runtime_error("zip: " + message_of(&error));
  zip_source_keep(target.get());  // zip_close gives up one reference, `target` the other
  zip_t* zip = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
  if (zip == nullptr) {
    zip_source_free(target.get());
    throw std::runtime_error("zip: " + message_of(&error));
  }
  const auto fail = [&] {
    const std::string message = zip_strerror(zip);
    zip_discard(zip);
    throw std::runtime_error("zip: " + message);
  };
  for (const auto& [name, text] : parts) {
    zip_source_t* source = zip_source_buffer(zip, text.data(), text.size(), 0);
    if (source == nullptr) fail();
    const zip_int64_t added = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
      zip_source_free(source);
      fail();
    }
    const auto index = static_cast<zip_uint64_t>(added);
    if (zip_set_file_compression(zip, index, ZIP_CM_DEFLATE, 0) != 0) fail();
    if (zip_file_set_dostime(zip, index, kTime, kDate, 0) != 0) fail();
  }
  if (zip_close(zip) != 0) fail();

  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(target.get(), &stat) != 0 || zip_source_open(target.get()) != 0) {
    throw std::runtime_error("zip: the package made in memory cannot be read back");
  }
  std::string bytes(stat.size, '\0');
  const zip_int64_t got = zip_source_read(target.get(), bytes.data(), bytes.size());
  zip_source_close(target.get());
  if (got != static_cast<zip_int64_t>(bytes.size()))
    throw std::runtime_error("zip: short read of the package made in memory");
  return bytes;
}

}  // namespace tonghop::xlsx
