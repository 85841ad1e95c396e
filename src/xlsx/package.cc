// Parts of a zip by name, always from and to memory; what is no workbook is named by its content.
#include "xlsx/package.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/finding.h"
#include "xlsx/compound_file.h"
#include "xlsx/foreign.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// The name under which parts compare.
std::string key(std::string_view name) {
  std::string lowered(name);
  std::ranges::transform(lowered, lowered.begin(), lower_ascii);
  return lowered;
}

// What bytes are that begin neither as a zip nor end as one.
Foreign judge_foreign(std::string_view bytes) {
  constexpr std::array kOldSheets = {"\x09\x00\x04\x00"sv, "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv,
                                     "\x09\x08\x08\x00"sv,
                                     "\x09\x08\x10\x00"sv};  // BIFF2 to BIFF8 without a compound file around them
  if (is_compound_file(bytes)) return {judge_compound_file(bytes)};
  if (std::ranges::any_of(kOldSheets, [&](std::string_view head) { return bytes.starts_with(head); }))
    return {"file-old-xls"};
  return judge_foreign_content(bytes);
}

// Throws where the bytes cannot be a zip.
std::string_view checked(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("PK")) {
    // The end of a file that is still being downloaded holds nothing yet.
    constexpr std::size_t kTail = 512;
    if (bytes.size() > kTail && bytes.substr(bytes.size() - kTail).find_first_not_of('\0') == std::string_view::npos &&
        bytes.rfind("PK\x05\x06") == std::string_view::npos) {
      throw Error("file-unsynced", Place{.file = file});
    }
    return bytes;
  }
  const Foreign foreign = judge_foreign(bytes);
  if (foreign.code == "file-unknown" && junk_before_zip(bytes) > 0) return bytes;
  throw Error(std::string(foreign.code), Place{.file = file}, {{"kind", std::string(foreign.kind)}});
}

}  // namespace

Package::Package(std::string_view bytes, std::string file, const Limits& limits, bool plain)
    : file_(std::move(file)), limits_(limits), zip_(checked(bytes, file_), file_, limits, plain) {
  const auto refuse = [this](std::string_view code) { throw Error(std::string(code), Place{.file = file_}); };
  entries_.reserve(zip_.size());
  for (std::size_t i = 0; i < zip_.size(); ++i) {
    std::string name = zip_.stored_name(i);
    if (name.empty() || name.back() == '/') continue;
    const auto [first, added] = entries_.emplace(key(name), i);
    if (!added && !zip_.same_content(first->second, i)) repeated_.push_back(std::move(name));
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

bool Package::open_document() const {
  const bool content = has("content.xml") || has("encrypted-package");
  return content && !has("[Content_Types].xml") && !has("_rels/.rels") && !has("xl/workbook.xml");
}

bool Package::has(std::string_view name) const { return entries_.contains(key(name)); }

std::optional<PartText> Package::text(std::string_view name) {
  const auto entry = entries_.find(key(name));
  if (entry == entries_.end()) return std::nullopt;
  return zip_.read(entry->second);
}

std::optional<std::string> Package::read(std::string_view name) {
  const std::optional<PartText> part = text(name);
  if (!part) return std::nullopt;
  return std::string(part->view());
}

const ZipEntry* Package::plain_entry(std::string_view name) const {
  const auto entry = entries_.find(key(name));
  return entry == entries_.end() ? nullptr : zip_.plain_entry(entry->second);
}

std::vector<std::string> Package::names() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < zip_.size(); ++i) {
    std::string name = zip_.stored_name(i);
    const auto entry = entries_.find(key(name));
    if (entry != entries_.end() && entry->second == i) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace tonghop::xlsx
