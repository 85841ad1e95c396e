// An Excel 97-2003 workbook: any bytes, behind the eight by which such a file is known.
#include <string>

#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  std::string bytes(fuzz::view(data, size));
  constexpr std::string_view kMark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  if (bytes.size() >= kMark.size()) bytes.replace(0, kMark.size(), kMark);
  fuzz::read_all(bytes);
  return 0;
}
