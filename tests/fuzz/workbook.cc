// An .xlsx by its parts: "@@ name", a line end, text. Read, lifted and reconciled with the shipped definitions.
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  fuzz::read_all(fuzz::packed(fuzz::view(data, size)));
  return 0;
}
