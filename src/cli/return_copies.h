// Copies of returns for the agencies that have something to mend: what `return` writes and what mails carry.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/commands.h"
#include "cli/merging.h"
#include "mapping/definitions.h"
#include "report/corrections.h"

namespace tonghop {

struct CopyFile {
  std::string name;  // ASCII, without folder
  std::string bytes;
};

// What goes back to one agency. The first file is the one to correct; where the agency's own could not be marked it is
// a list, and the agency's file stands behind it as it came. There is none where nothing that came could be used.
struct AgencyCopies {
  Correction correction;
  std::vector<CopyFile> files;
};

// A merge with what there is to correct, and the bytes of the files to correct that are inside archives and mails.
struct Returned {
  Merging merging;
  std::vector<Correction> corrections;
  std::map<std::string, std::string> inner;  // by SHA-256
};

// As merge_inputs(). Where no inputs are named they are the folder "inbox" beside the round's workbook.
std::optional<Returned> read_returned(InputOptions options, const Definitions& definitions, const Terminal& terminal,
                                      int& code);

// Calls `use` for each agency with open errors or warnings that it can answer for, by name, holding the files of one
// at a time. Names of files begin as those that the round issued to the agency. Findings: copy-unmarked and those of
// correction_copy(). Equal inputs give equal bytes. There is a round.
void make_copies(const Returned& returned, const Definitions& definitions, const xlsx::Limits& limits,
                 Findings& findings, const std::function<void(const AgencyCopies&)>& use);

// "returns" beside the round's workbook "DIR/round.xlsx".
std::string beside(const std::string& round, const std::string& folder);

}  // namespace tonghop
