// What a round puts into a blank besides the form: deadline, where to send it, whom to ask, and the values of the round
// before.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forms/input.h"
#include "forms/layout.h"
#include "forms/wording.h"

namespace tonghop {

struct Notice {
  std::string title;                                       // over the facts; "" where there are none
  std::vector<std::pair<std::string, std::string>> facts;  // caption and value, on top of the guide
  std::string line;  // above each table, where the form leaves a row free for it; "" none

  // Values of the round before, per row of the form, percentages as fractions; empty: no column for them.
  std::vector<std::optional<double>> previous;
  std::string previous_period;  // "" not known
};

// Puts the notice's line into the blank row above the fields; nothing where the form has no such row.
void add_notice_line(xlsx::Workbook& book, const Template& form, const Layout& layout, const std::string& line);

// Puts the values of the round before into a locked column of their own, right of all others, with a header by which it
// is known when the form comes back (Role::previous). It is not printed.
void add_previous_column(xlsx::Workbook& book, const Template& form, const Layout& layout, const Inputs& inputs,
                         const Notice& notice, const Wording& wording);

}  // namespace tonghop
