// A sheet that lists things: a title, a header row and wrapped rows, to be filtered and printed.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/place.h"
#include "xlsx/workbook.h"

namespace tonghop {

struct ListColumn {
  std::string caption;
  double width;  // in characters
  bool centred;
};

struct ListNumber {
  double value;
  std::string format;  // "0.00%"
};

using ListCell = std::variant<std::string, double, ListNumber>;  // a plain double is a count

struct ListRow {
  std::vector<ListCell> cells;  // one per column
  const char* fill = "";        // of the first cell, "RRGGBB"
};

// `empty` is said where there are no rows.
xlsx::Sheet list_sheet(xlsx::Workbook& book, const std::string& name, const std::string& title,
                       const std::vector<ListColumn>& columns, const std::vector<ListRow>& rows,
                       const std::string& empty);

std::string sheet_and_cell(const Place& place);  // "Sheet1, E12"

}  // namespace tonghop
