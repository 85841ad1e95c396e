// What the program does, command by command. Each returns its exit code; text goes to the streams given.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.h"
#include "mapping/definitions.h"
#include "xlsx/limits.h"

namespace tonghop {

enum ExitCode {
  kDone = 0,
  kDoneWithFindings = 1,  // something was refused, or a finding is an error
  kUsage = 2,             // wrong options or definitions
  kNotWritten = 3         // the output could not be written
};

struct InitOptions {
  std::string folder;
  std::string from;  // list of agencies: workbook or text; "" none
};

struct BlankOptions {
  std::vector<std::string> templates;  // ids; empty: all but the summary
  std::string agency, period;
  std::string round;     // workbook of the round; "" none
  std::string previous;  // merged workbook of the round before; "" none
  std::string folder;    // "" the round's outbox
};

struct ReadOptions {
  std::vector<std::string> files;
  std::string format = "table";  // table, csv or json
  xlsx::Limits limits;
  bool cache = true;  // files that were read before are not read again
};

// What is merged, and against what.
struct InputOptions {
  std::vector<std::string> inputs;
  std::string round;             // workbook of the round; "" none
  std::string previous;          // merged workbook of the round before; "" when there is none
  std::string decisions;         // an earlier merged report; "" none
  std::string format = "table";  // of what is printed: table, csv or json
  xlsx::Limits limits;
  bool cache = true;  // files that were read before are not read again
};

using CheckOptions = InputOptions;

struct WhyOptions : InputOptions {
  std::string indicator;  // id, printed number of the summary form, or words of its label
  std::string agency;     // only what this one has to do with it; "" all
};

struct StatusOptions : InputOptions {  // without inputs the folder "inbox" beside the round's workbook
  std::string output;                  // workbook to write; "" status.xlsx beside the round's workbook
};

struct ExportOptions {
  std::vector<std::string> inputs;
  std::string to;       // the extension is the format
  std::string program;  // name and version
  xlsx::Limits limits;
  bool cache = true;  // files that were read before are not read again
};

struct MergeOptions : InputOptions {  // what was decided in the report at `output` counts, too
  std::string output;
  std::string values, findings;  // "" when not wanted
  std::string agency, period;    // of the summary's title
  std::string program;           // name and version, for the sources sheet
};

struct ReturnOptions : InputOptions {  // there is a round; no inputs: its folder "inbox"
  std::string folder;                  // to write to; "": the round's folder "returns"
};

struct MailOptions : InputOptions {  // inputs: for reminders; none is the round's inbox
  bool remind = false;
  bool corrections = false;  // what `return` writes, drafts among it
  std::string output;        // folder with the workbooks, in which drafts are written; "" the round's outbox
};

// `format`: table or json.
int list_templates(const Definitions& definitions, const std::string& format, const Terminal& terminal);
// A new round: its folder, its workbook to fill in, and the folders beside it.
int begin_round(const Definitions& definitions, const InitOptions& options, const Terminal& terminal);
// Without a round a workbook a form; with one a workbook an agency, see cli/outbox.h.
int write_blanks(const Definitions& definitions, const BlankOptions& options, const Terminal& terminal);
int read_files(const Definitions& definitions, const ReadOptions& options, const Terminal& terminal);
int merge_files(const Definitions& definitions, const MergeOptions& options, const Terminal& terminal);
// A merge without its workbook: every finding, then what was counted.
int check_inputs(const Definitions& definitions, const CheckOptions& options, const Terminal& terminal);
// Where every agency of the round stands, on the terminal and as a workbook.
int show_status(const Definitions& definitions, const StatusOptions& options, const Terminal& terminal);
// A provincial figure as its addends.
int explain_figure(const Definitions& definitions, const WhyOptions& options, const Terminal& terminal);
// What was read, as a file that other programs analyse and that is an input again.
int export_inputs(const Definitions& definitions, const ExportOptions& options, const Terminal& terminal);
// For each agency with something to mend its own workbook, marked, and a draft that carries it.
int return_corrections(const Definitions& definitions, const ReturnOptions& options, const Terminal& terminal);
// A draft to each agency of the round, or only to those that have not answered.
int write_mails(const Definitions& definitions, const MailOptions& options, const Terminal& terminal);
// The JSON schema of a command's output.
int print_schema(const Definitions& definitions, const std::string& name, const Terminal& terminal);
// Says every problem on `err`; for good definitions, one line a form on `out`. `format`: table or json.
int lint_definitions(const Definitions& definitions, const std::vector<std::string>& problems,
                     const std::string& format, const Terminal& terminal);

}  // namespace tonghop
