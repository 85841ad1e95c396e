// What the program does, command by command. Each returns its exit code; text goes to the streams given.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "mapping/definitions.h"
#include "xlsx/limits.h"

namespace tonghop {

enum ExitCode {
  kDone = 0,
  kDoneWithFindings = 1,  // something was refused, or a finding is an error
  kUsage = 2,             // wrong options or definitions
  kNotWritten = 3         // the output could not be written
};

struct Terminal {
  std::ostream& out;  // results
  std::ostream& err;  // findings and errors
  std::string lang;   // "vi" or "en"
  int width = 100;    // columns
};

struct BlankOptions {
  std::vector<std::string> templates;  // ids; empty: all but the summary
  std::string agency, period;
  std::string round;  // workbook of the round; "" none
  std::string folder;
};

struct ReadOptions {
  std::vector<std::string> files;
  std::string format = "table";  // table, csv or json
  xlsx::Limits limits;
};

struct MergeOptions {
  std::vector<std::string> inputs;
  std::string output;
  std::string decisions;         // an earlier merged report; "" none besides what is at `output`
  std::string values, findings;  // "" when not wanted
  std::string previous;          // merged workbook of the round before; "" when there is none
  std::string agency, period;    // of the summary's title
  std::string round;             // workbook of the round; "" none
  std::string program;           // name and version, for the sources sheet
  xlsx::Limits limits;
};

int list_templates(const Definitions& definitions, const Terminal& terminal);
int write_blanks(const Definitions& definitions, const BlankOptions& options, const Terminal& terminal);
int read_files(const Definitions& definitions, const ReadOptions& options, const Terminal& terminal);
int merge_files(const Definitions& definitions, const MergeOptions& options, const Terminal& terminal);
// Says every problem on `err`; for good definitions, one line a form on `out`.
int lint_definitions(const Definitions& definitions, const std::vector<std::string>& problems,
                     const Terminal& terminal);

}  // namespace tonghop
