// Formulas of old Excel workbooks, stored as tokens in the order of calculation, back as text.
#pragma once

#include <string>
#include <string_view>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Without "=". "" for what is not understood: other sheets, names, arrays, rare functions, and for very long ones.
// `at` is the cell that has the formula: shared formulas say how far from it their cells are.
std::string formula_text(std::string_view tokens, bool biff8, Address at);

}  // namespace tonghop::xlsx
