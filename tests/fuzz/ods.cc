// An .ods by its parts, as workbook.cc does it; the type of the document is added, without which it is none.
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  fuzz::read_all(
      fuzz::packed(fuzz::view(data, size), {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}));
  return 0;
}
