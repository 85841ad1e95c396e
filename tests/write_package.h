// Packages put together part by part, for tests of what reads them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xlsx/package_writer.h"
#include "xlsx/zip_writer.h"

namespace tonghop::xlsx {

// A zip of the parts in the order given, deflated, with fixed times: equal parts give equal bytes.
inline std::string write_package(const std::vector<std::pair<std::string, std::string>>& parts) {
  Deflater deflater(kPartLevel);
  std::string bytes;
  ZipWriter zip([&bytes](std::string_view piece) { bytes += piece; });
  for (const auto& [name, text] : parts) zip.add(name, deflater.deflate(text));
  zip.finish();
  return bytes;
}

}  // namespace tonghop::xlsx
