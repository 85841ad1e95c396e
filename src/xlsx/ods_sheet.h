// Reads one table of an OpenDocument spreadsheet: cells, merges, hidden rows and columns, annotations, protection.
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <unordered_map>

#include "base/finding.h"
#include "xlsx/ods_styles.h"
#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// What cells of all sheets refer to or count against.
struct OdsContext {
  const std::string& file;
  const Limits& limits;
  const OdsStyles& styles;
  std::size_t cells_left;                                 // how many cells may still be stored
  std::size_t bytes_left;                                 // of texts and formulas; repeated cells have their own copy
  std::unordered_map<std::string, int> style_index = {};  // name and OdsFormat -> index into Workbook::styles
  std::set<std::string> sources = {};                     // other files that formulas refer to
};

// The table as a sheet of the workbook, whose styles grow. A number of repetitions only moves on, unless there is a
// value to repeat. Hidden rows are stored when they hold a cell. Findings and errors as read_sheet().
Sheet read_ods_sheet(pugi::xml_node table, OdsContext& context, Workbook& workbook, Findings& findings);

}  // namespace tonghop::xlsx
