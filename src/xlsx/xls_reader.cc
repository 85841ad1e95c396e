// Reading .xls.
#include "xlsx/xls_reader.h"

namespace tonghop::xlsx {

bool is_xls(std::string_view /*bytes*/) { return false; }

Workbook read_xls(std::string_view /*bytes*/, const std::string& file, Findings& /*findings*/,
                  const Limits& /*limits*/) {
  throw Error("file-old-xls", Place{.file = file});
}

}  // namespace tonghop::xlsx
