// The zip container: any bytes, every part read; the same by our own directory as by libzip's.
#include "xlsx/package.h"

#include "base/finding.h"
#include "fuzz.h"

namespace tonghop::fuzz {
namespace {

// All parts, or why they cannot be read.
std::string contents(std::string_view bytes, bool plain) {
  const xlsx::Limits limits{.parts = 100, .part_bytes = 1 << 20, .total_bytes = 4 << 20};
  std::string out;
  try {
    xlsx::Package package(bytes, "f.xlsx", limits, plain);
    std::size_t total = 0;
    for (const std::string& name : package.names()) {
      require(package.has(name), "a part that is listed is there");
      try {
        const std::string part = package.read(name).value();
        total += part.size();
        out += name + '\n' + part + '\n';
      } catch (const Error& error) {  // the other parts may be whole
        out += error.what();
      }
    }
    require(total <= limits.total_bytes, "no more is read than allowed");
    for (const std::string& name : package.repeated()) out += name;
  } catch (const Error& error) {
    out += error.what();
  }
  return out;
}

}  // namespace
}  // namespace tonghop::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  const std::string_view bytes = fuzz::view(data, size);
  fuzz::require(fuzz::contents(bytes, true) == fuzz::contents(bytes, false), "both directories say the same");
  return 0;
}
