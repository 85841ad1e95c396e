// A sheet that lists things: a title, a header row and wrapped rows, to be filtered and printed.
#pragma once

#include <array>
#include <functional>
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

// What cells of lists can look like: formats of numbers, fills of first cells ("RRGGBB", "" none).
inline constexpr std::array<const char*, 2> kListFormats = {"0.00##%", "#,##0.0###"};
inline constexpr std::array<const char*, 3> kListFills = {"", "FFE699", "F8CBCB"};

struct ListNumber {
  double value;
  std::size_t format;  // of kListFormats
};

using ListCell = std::variant<std::string, double, ListNumber>;  // a plain double is a count

struct ListRow {
  std::vector<ListCell> cells;  // one per column
  std::size_t fill = 0;         // of the first cell, of kListFills
};

// The rows of a list, each made when it is asked for: while the workbook is being written.
struct ListRows {
  std::size_t count = 0;
  std::function<ListRow(std::size_t)> row;  // from 0; called on any thread
};

// `empty` is said where there are no rows.
xlsx::Sheet list_sheet(xlsx::Workbook& book, const std::string& name, const std::string& title,
                       const std::vector<ListColumn>& columns, ListRows rows, const std::string& empty);

std::string sheet_and_cell(const Place& place);  // "Sheet1, E12"

}  // namespace tonghop
