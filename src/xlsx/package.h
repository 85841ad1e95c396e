// The zip container of an Open Packaging document (ECMA-376-2): parts by name, bounded while inflating.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tonghop::xlsx {

// Bounds on what one package may cost; what is larger is refused with an Error.
struct Limits {
  std::size_t parts = 10'000;
  std::size_t part_bytes = std::size_t{64} << 20;    // inflated, counted while inflating, never as declared
  std::size_t total_bytes = std::size_t{256} << 20;  // inflated, over all parts read
  std::size_t cells = 2'000'000;                     // non-empty cells over all sheets
  std::size_t text = 100'000;                        // bytes of one cell's text
  std::size_t depth = 256;                           // elements inside one another
};

// Reads parts of a package. Borrows `bytes`, which must outlive it. Part names compare without case, slashes either
// way.
class Package {
 public:
  // `file` is for messages only. Throws Error when the bytes are no package of a spreadsheet; the code says what they
  // are instead: file-empty, file-damaged, file-encrypted, file-old-xls, file-xlsb, file-markup, file-pdf, file-docx,
  // file-zip, file-unknown.
  Package(std::string_view bytes, std::string file, const Limits& limits = {});
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  const std::string& file() const { return file_; }
  bool open_document() const;  // an .ods; else an .xlsx
  bool has(std::string_view name) const;
  // The part inflated; nothing when there is none of that name. Throws Error (file-damaged, file-too-large).
  std::optional<std::string> read(std::string_view name);
  std::vector<std::string> names() const;  // in archive order

 private:
  struct Archive;
  std::string file_;
  std::unique_ptr<Archive> archive_;
};

// A zip of the parts in the order given, deflated, with fixed times: equal parts give equal bytes.
std::string write_package(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace tonghop::xlsx
