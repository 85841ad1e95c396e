// The zip container: any bytes, every part read.
#include "xlsx/package.h"

#include "base/finding.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  const xlsx::Limits limits{.parts = 100, .part_bytes = 1 << 20, .total_bytes = 4 << 20};
  try {
    xlsx::Package package(fuzz::view(data, size), "f.xlsx", limits);
    std::size_t total = 0;
    for (const std::string& name : package.names()) {
      fuzz::require(package.has(name), "a part that is listed is there");
      try {
        total += package.read(name).value().size();
      } catch (const Error&) {  // the other parts may be whole
      }
    }
    fuzz::require(total <= limits.total_bytes, "no more is read than allowed");
  } catch (const Error&) {
  }
  return 0;
}
