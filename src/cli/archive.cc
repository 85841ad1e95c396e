// Files of a zip, one after the other.
#include "cli/archive.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "cli/files.h"
#include "xlsx/zip.h"

namespace tonghop {
namespace {

// The parts of its path that tell that a file in an archive is none of ours.
bool passed_over_in_archive(const std::string& name) {
  const std::filesystem::path path(name);
  return std::any_of(path.begin(), path.end(), [](const std::filesystem::path& part) {
    if (part == "." || part == "..") return false;
    return passed_over(part.string()) || part == "__MACOSX";  // what macOS adds to every archive
  });
}

void read_files(xlsx::Zip& zip, const std::string& path, const xlsx::Limits& limits, ArchiveCost& cost,
                const ArchiveUse& use) {
  std::vector<std::pair<std::string, std::size_t>> files;  // sorted: the result does not depend on their order
  for (std::size_t i = 0; i < zip.size(); ++i) {
    std::string name = zip.shown_name(i);
    if (!name.empty() && name.back() != '/' && !passed_over_in_archive(name)) files.emplace_back(std::move(name), i);
  }
  std::sort(files.begin(), files.end());
  for (const auto& [name, entry] : files) {
    std::string bytes;
    try {
      bytes = zip.read(entry).view();
    } catch (const Error& error) {
      if (error.finding().code != "file-damaged") throw;
      use.damaged(name, error.finding());
      continue;
    }
    cost.bytes += bytes.size();
    if (++cost.files > limits.parts) xlsx::refuse_too_large({.file = path}, "parts", limits);
    if (cost.bytes > limits.total_bytes) xlsx::refuse_too_large({.file = path}, "size", limits);
    use.file(name, bytes);
  }
}

}  // namespace

void read_archive(std::string_view bytes, const std::string& path, const xlsx::Limits& limits, ArchiveCost& cost,
                  const ArchiveUse& use) {
  try {
    xlsx::Zip zip(bytes, path, limits);
    read_files(zip, path, limits, cost, use);
  } catch (const Error& error) {
    const Finding& finding = error.finding();
    if (finding.code == "file-encrypted") throw Error("archive-encrypted", finding.place, finding.details);
    throw;
  }
}

}  // namespace tonghop
