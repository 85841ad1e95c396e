// The ledger in words: what the status sheet and the terminal say of each agency and each file, and the counts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.h"
#include "forms/wording.h"
#include "merge/ledger.h"
#include "merge/province.h"
#include "merge/source_file.h"

namespace tonghop {

// What belongs together; all borrowed.
struct RoundStatus {
  const Ledger& ledger;
  const Province& province;
  const std::vector<SourceFile>& sources;
  const Findings& findings;
  const Wording& wording;
};

// Of an agency, or of a file.
struct StatusLine {
  std::string code, agency;
  std::string kind;  // level of the agency, form of the file
  std::string state;
  const char* fill = "";  // of the state, "RRGGBB"
  std::string late;       // "2 d 3 h"; "" in time
  std::string when;       // local time
  std::string sender;     // of a file
  int times = -1;         // files that the agency sent; -1: not told here
  int errors = -1;
  int values = -1;
  std::vector<std::string> files;  // the one that counts first
  std::string remarks;             // what was found about its files as a whole
};

struct StatusCount {
  const char* caption;  // id of a text
  int value;
  bool whole;  // else a part of the whole before it
};

class StatusLines {
 public:
  StatusLines(const RoundStatus& status, const std::string& lang);

  StatusLine of(const LedgerEntry& entry) const;
  StatusLine of_file(int source) const;
  std::vector<StatusLine> of_files(int count) const;  // the first so many
  std::vector<StatusLine> of(const std::vector<LedgerEntry>& entries) const;

 private:
  std::string text(const std::string& id, const Details& details = {}) const;
  std::string said_of(const std::string& file) const;
  std::string when(const std::string& utc) const;
  std::string late(std::optional<long> minutes, bool unknown) const;

  RoundStatus status_;
  std::string lang_;
  std::map<std::string, std::string> said_;  // file -> what was found about it as a whole
  std::vector<std::string> owners_;          // per source
};

// With a round: agencies expected and where they stand, late ones, others; files and what became of them.
std::vector<StatusCount> status_counts(const Ledger& ledger);

// The table on a terminal of so many columns: agencies, files of nobody, counts.
std::string status_table(const RoundStatus& status, const std::string& lang, int width);

// code,agency,expected,state,late_minutes,received,files,errors,warnings,values,file
// One line per agency, those that are expected first; then one per file of nobody. `received` is UTC, `file` the one
// that counts.
std::string status_csv(const RoundStatus& status);

}  // namespace tonghop
