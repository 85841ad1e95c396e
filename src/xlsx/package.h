// The zip container of an Open Packaging document (ECMA-376-2): parts by name, bounded while inflating.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "xlsx/limits.h"
#include "xlsx/zip.h"

namespace tonghop::xlsx {

// Reads parts of a package. Borrows `bytes`, which must outlive it. Part names compare without case, slashes either
// way.
class Package {
 public:
  // `file` is for messages only. Throws Error when the bytes are no package of a spreadsheet; the code says what they
  // are instead: file-damaged, file-encrypted, file-old-xls, file-xlsb, file-docx, file-zip, file-mail, or one of those
  // of judge_foreign_content(). file-too-large, with limit parts, when there are too many parts. `plain`: as for Zip.
  Package(std::string_view bytes, std::string file, const Limits& limits = {}, bool plain = true);

  const std::string& file() const { return file_; }
  bool plain_zip() const { return zip_.plain(); }
  bool open_document() const;  // an .ods; else an .xlsx
  bool has(std::string_view name) const;
  // The part inflated; nothing when there is none of that name. Throws Error (file-damaged, file-too-large).
  std::optional<PartText> text(std::string_view name);
  std::optional<std::string> read(std::string_view name);  // the same
  // The part as it is stored; null when there is none of that name, or when not plain_zip().
  const ZipEntry* plain_entry(std::string_view name) const;
  // Counts so many inflated bytes against the limits, of a part that need not be inflated. Throws Error file-too-large.
  void count(std::size_t bytes) { zip_.count(bytes); }
  std::vector<std::string> names() const;  // in archive order
  // Parts that are there twice with different content. The first is the one that is read; other programs may read
  // another.
  const std::vector<std::string>& repeated() const { return repeated_; }
  const Limits& limits() const { return limits_; }

 private:
  std::string file_;
  Limits limits_;
  Zip zip_;
  std::unordered_map<std::string, std::size_t> entries_;  // by name in lower case
  std::vector<std::string> repeated_;
};

}  // namespace tonghop::xlsx
