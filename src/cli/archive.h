// Archives (.zip) as the files in them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "xlsx/limits.h"

namespace tonghop {

// What all archives inside one another have cost so far.
struct ArchiveCost {
  std::size_t files = 0;
  std::size_t bytes = 0;  // unpacked
};

struct ArchiveUse {
  std::function<void(const std::string& name, const std::string& bytes)> file;
  std::function<void(const std::string& name, const Finding& why)> damaged;  // and not handed over
};

// Unpacks one file after the other, in the order of their names, without folders, hidden files and lock files. `path`
// is what the user calls the archive. Throws Error for what concerns it as a whole: file-damaged, archive-encrypted,
// and file-too-large, also when `cost` grows beyond the limits on parts and size.
void read_archive(std::string_view bytes, const std::string& path, const xlsx::Limits& limits, ArchiveCost& cost,
                  const ArchiveUse& use);

}  // namespace tonghop
