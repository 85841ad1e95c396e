// How a returned workbook differs from the blank that was issued, apart from its values: one finding per cause.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "reconcile/match.h"

namespace tonghop {

// Sheets and tables: headings changed, renamed, none of the form's, protection off, cells beside the columns, links to
// other workbooks. Rows: inserted, and rows of nobody with their values, each with the nearest row of the form. Cells:
// percentages typed over the blank's formula, values in cells merged over several rows.
void report_structure(const Submission& submission, const Match& match, Findings& findings);

// Rows of the form whose value cell is merged with that of another: whose the value is cannot be told. Ascending.
std::vector<int> rows_sharing_a_cell(const Submission& submission, const Match& match);

// Rows of the form that are not there, whole sheets by their names; not those that `findings` say are there under
// another row's caption (row-contradicts). `absent`: indices of rows.
void report_missing(const Form& form, const std::vector<int>& absent, const std::string& file, Findings& findings);

}  // namespace tonghop
