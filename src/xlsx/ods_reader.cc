// Reading OpenDocument spreadsheets.
#include "xlsx/ods_reader.h"

namespace tonghop::xlsx {

Workbook read_ods(Package& package, Findings& /*findings*/, const Limits& /*limits*/) {
  throw Error("file-ods", Place{.file = package.file()});
}

}  // namespace tonghop::xlsx
