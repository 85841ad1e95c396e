// The two ways of reading an .xlsx: parts are scanned, or read as trees where there is anything unusual in them; so is
// the directory of the zip, by ourselves or by libzip. Both give the same; tests hold one against the other.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"
#include "xlsx/limits.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

struct Paths {
  bool scan = true;  // false: only trees, and the zip's directory by libzip

  int scanned = 0, trees = 0;  // how many sheets and tables of strings were read which way
  bool plain_zip = false;      // whether the zip's directory was read without libzip
};

// As read_workbook() of reader.h.
Workbook read_workbook(std::string_view bytes, const std::string& file, Findings& findings, const Limits& limits,
                       Paths& paths);

}  // namespace tonghop::xlsx
