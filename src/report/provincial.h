// The merged workbook: the official form with live formulas, the figures by agency beneath it, findings, remarks,
// sources.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

// One file that came in.
struct SourceFile {
  enum class State { used, superseded, refused } state = State::refused;
  std::string path;
  std::size_t bytes = 0;
  std::string sha256;  // lower-case hex; "" when the file could not be opened
  std::string form;    // template id and version; "" when refused
  std::string agency;  // of a refused one, as its name or its sender tells; "" not known
  std::string period;
  std::string sender;    // address of the mail that it came in; "" when it was a file by itself
  std::string sent;      // when that was sent, ISO in UTC; "" not known
  std::string modified;  // when the file says that it was saved last, ISO in UTC; "" when it does not
  int values = 0;        // read from it: the four below together
  int exact = 0, normalized = 0, extracted = 0;
  int settled = 0;  // by the coordinator, in place of what was typed
};

// Counts the values of a return for the file that it came in.
void count_values(const Return& answer, SourceFile& source);

// What stands on the first sheet besides figures.
struct Title {
  std::string agency;   // whose report it is; "" leaves a cell to fill in
  std::string period;   // "" the same
  std::string program;  // "tonghop 0.1.0"
};

// Totals and percentages of the first sheet are formulas over the sheet by agency, with the computed value cached;
// texts are in the summary form's language. The definitions must have a summary form.
xlsx::Workbook provincial_workbook(const Province& province, const Definitions& definitions, const Findings& findings,
                                   const std::vector<SourceFile>& sources, const Title& title);

}  // namespace tonghop
