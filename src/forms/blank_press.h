// Blanks of one form for many agencies, which differ in the agency's name and code only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "forms/blank.h"
#include "forms/metrics.h"
#include "xlsx/press.h"

namespace tonghop {

// Stand in a blank's identity and notice where each agency's own name and code will stand. No text has them: they begin
// with a character that Unicode keeps for uses inside a program.
inline constexpr const char* kAnyAgency =
    "\xEF\xB7\x90"
    "agency";
inline constexpr const char* kAnyCode =
    "\xEF\xB7\x90"
    "code";

class BlankPress {
 public:
  // A blank that is the same for all but for kAnyAgency and kAnyCode; either may be missing.
  explicit BlankPress(xlsx::Workbook blank);

  // The workbook for one agency, as bytes: blank_workbook() with its name and code. Equal ones give equal bytes.
  std::string print(const std::string& agency, const std::string& code);

 private:
  // A row as high as a text of it that differs by agency.
  struct Row {
    std::size_t sheet;
    std::size_t format;  // index into the sheet's rows
    TextBox box;
    std::string text;  // with what stands in
  };

  xlsx::Workbook blank_;
  std::vector<Row> rows_;
  std::map<std::vector<double>, xlsx::Press> presses_;  // by heights of these rows
};

}  // namespace tonghop
