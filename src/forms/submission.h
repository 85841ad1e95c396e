// A returned workbook lifted out of Excel: whose it says it is, and the rows of its tables. What they mean is not known
// yet.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "forms/caption_index.h"
#include "forms/printed_form.h"
#include "xlsx/workbook.h"

namespace tonghop {

inline constexpr std::size_t kRoles = 7;  // of columns, see Role

// A value cell, with what of its format changes its meaning.
struct SubmittedCell {
  xlsx::Address at;  // also when the cell is empty
  xlsx::Value value;
  bool has_formula = false;
  bool ratio_formula = false;     // the one that the blank carries
  bool external_formula = false;  // it takes its value from another workbook
  bool percent_format = false;
  bool date_format = false;
  std::optional<xlsx::Area> merged;  // the cells that it is one with
};

// Its texts are the caption index's, and last as long as it remembers them.
struct SubmittedRow {
  int table = 0;         // index into Submission::tables
  int row = 0;           // of the sheet, from 1
  std::string_view key;  // from the hidden key column; "" when there is none
  std::string_view number;
  std::string_view caption;
  std::string_view unit;
  std::string_view note;
  std::string comment;  // on any cell of the row
  SubmittedCell value;
};

// Cells in a table's rows that stand in none of its columns.
struct Outside {
  int count = 0;
  xlsx::Address first;
};

struct SubmittedTable {
  std::string sheet;
  int header_row = 0;                 // the last of the header's rows
  std::array<int, kRoles> columns{};  // by Role, from 1; 0 when the table has no such column
  int key_column = 0;                 // 0 when it has none
  bool guarded = false;               // its sheet is protected
  Outside numbers, texts;
};

struct Submission {
  std::string file;
  std::string modified;      // when the file says that it was saved last, ISO in UTC; "" when it does not
  bool issued = false;       // it carries the hidden identity of a blank
  Identity identity;         // from the hidden sheet; empty when that is gone
  std::string agency_shown;  // as the visible field says; "" when empty or gone
  std::string period_shown;
  std::string other_agency;           // another name in the visible field of a further sheet
  std::vector<std::string> headless;  // sheets that carry row keys, but no header that is known
  int external_links = 0;             // other workbooks that formulas refer to
  std::vector<SubmittedTable> tables;
  std::vector<SubmittedRow> rows;  // of all tables, top to bottom, sheet after sheet
};

// Of the blank as it was issued; nothing when the hidden sheet is gone.
std::optional<Identity> identity_of(const xlsx::Workbook& book);

// What it borrows of `captions` is good until the next workbook is lifted with them.
Submission lift(const xlsx::Workbook& book, const std::string& file, CaptionIndex& captions);

}  // namespace tonghop
