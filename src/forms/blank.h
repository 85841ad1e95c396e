// The blank workbook that an agency gets: its form to fill in, a page of guidance, and a hidden identity.
#pragma once

#include "forms/input.h"
#include "forms/notice.h"
#include "forms/printed_form.h"
#include "forms/wording.h"

namespace tonghop {

// `inputs` has one entry per row of the form. Input cells are unlocked, tinted and validated; percentages whose two
// parts have rows of their own are formulas; what the agency does not owe is grey, and open all the same. Texts are in
// the form's language. `notice`: what a round puts in besides.
xlsx::Workbook blank_workbook(const Template& form, const Inputs& inputs, const Identity& identity,
                              const Wording& wording, const Notice& notice = {});

// The formula of a percentage over the cells of its parts; "" (empty text) while a part is missing or the whole is 0.
std::string ratio_formula(xlsx::Address numerator, xlsx::Address denominator);

// Whether a formula is that one, wherever its cells have moved.
bool is_ratio_formula(std::string_view formula);

// What may be typed there, in words; "" for free text.
std::string prompt_of(const Input& input, const Wording& wording, const std::string& lang);

// How values of this kind show: "#,##0" for a count.
std::string number_format(Kind kind);

}  // namespace tonghop
