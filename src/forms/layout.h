// Where everything of a template stands on its sheets. One layout writes a form and, where rows have not moved, reads
// it.
#pragma once

#include <vector>

#include "forms/template.h"
#include "xlsx/workbook.h"

namespace tonghop {

// All rows and columns from 1, as Excel shows them.
struct SheetLayout {
  int heading_row = 1;  // first line of the heading
  int field_row = 0;    // first field; 0 when the template has none
  int header_row = 0;   // first row of the table's header
  int header_rows = 1;  // 2 where columns stand in groups
  int first_row = 0;    // of the table's body
  int last_row = 0;
  int signature_row = 0;  // first line of the signature
};

struct Layout {
  std::vector<SheetLayout> sheets;  // one per sheet of the template
  std::vector<int> rows;            // sheet row of each template row
  int columns = 0;                  // printed ones; the hidden key column stands right of them
  int key_column = 0;
  int field_column = 0;  // where the cells of fields begin; they reach to the last printed column

  xlsx::Address at(const Template& form, int row, Role role) const;  // of a template row's cell
};

Layout layout_of(const Template& form);

}  // namespace tonghop
