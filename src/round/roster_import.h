// A roster from a list that the office has already, whatever its columns are called and wherever its header stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/definitions.h"
#include "round/roster_line.h"
#include "xlsx/workbook.h"

namespace tonghop {

struct RosterImport {
  // A column of the list and what it was taken for.
  struct Column {
    int column = 0;                  // from 1
    std::string caption;             // "" when it has none
    std::optional<RosterColumn> as;  // nothing: it is not used
    bool by_content = false;         // its caption did not tell
    int values = 0;                  // cells that were taken over
  };
  struct Skipped {
    int row = 0;         // from 1
    const char* reason;  // text id
    std::string level;   // of the rows below, where the row is the heading of a level
    std::string text;    // what the row says
  };

  std::string sheet;            // "" in a list without sheets
  int header_row = 0;           // 0 when there is none
  std::vector<Column> columns;  // from left to right
  std::vector<Skipped> skipped;
  std::vector<RosterLine> lines;
  std::vector<std::string> codes;      // that were made up, in order
  int levels_guessed = 0;              // by names of agencies or headings
  std::vector<std::string> levelless;  // names of the agencies whose level is not known
};

// The sheet that looks most like a list of agencies. Columns are known by their captions, as the wording lists them,
// else by what they hold; parents given by name become codes, codes that are missing are made up from the order. What
// is wrong in the list (two equal codes, a bad address) is taken over: read_round() says it. Throws Error
// (roster-unknown) when no column has names. `lang`: of the words that are put in.
RosterImport import_roster(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions,
                           const std::string& lang);

// A text file of lines and fields as a workbook of one nameless sheet, all cells text. The separator (comma, semicolon
// or tab) is the one that cuts the lines most evenly. Throws Error (file-damaged).
xlsx::Workbook read_text_table(std::string_view bytes, const std::string& file);

}  // namespace tonghop
