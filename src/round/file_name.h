// Names of the workbooks that a round issues, and whose a file so named is.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "round/round.h"

namespace tonghop {

// A text as a part of a file name on any system: ASCII letters and digits, one "-" for each run of anything else, at
// most `most` bytes, whole words where that leaves enough. "Sở Nội vụ" is "So-Noi-vu".
std::string file_part(std::string_view text, std::size_t most);

// For each agency of the roster what its files are called, without extension: code, name and period
// ("001_So-Noi-vu_Quy-I-nam-2027"), at most 130 bytes. No two are equal, whatever the case of their letters.
std::vector<std::string> file_names(const Round& round);

// The names under which files were issued, to find whose one that came back is.
class IssuedNames {
 public:
  explicit IssuedNames(std::span<const std::string> names);  // by agency

  // The agency whose file was issued under the name that this one, a path or not, begins with; the case of letters does
  // not count, and neither do an extension, "(1)" or words put behind. -1 when there is none.
  int find(std::string_view file) const;

 private:
  std::unordered_map<std::string, int> agencies_;  // by name in lower case
};

}  // namespace tonghop
