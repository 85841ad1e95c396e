// The two ways in which a part can be read: scanned, or as a tree where there is anything unusual in it. Both give the
// same; tests hold one against the other.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "xlsx/limits.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

struct Paths {
  bool scan = true;  // false: only trees

  int scanned = 0, trees = 0;  // how many sheets and tables of strings were read which way
};

// As read_workbook() of reader.h.
Workbook read_workbook(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits,
                       Paths& paths);

}  // namespace tonghop::xlsx
