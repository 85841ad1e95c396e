// The workbook of a round as a coordinator gets it to fill in: guidance, settings, roster, letters.
#pragma once

#include <string>
#include <vector>

#include "mapping/definitions.h"
#include "round/roster_line.h"
#include "xlsx/workbook.h"

namespace tonghop {

// Every cell to fill in has a prompt, a list where there is a choice, and the format of text, so that codes keep their
// zeros and dates are day/month/year in every language of Excel. Captions, hints and letters are in `lang`. What is
// known stands there already: the lines of the roster, the letters, the form of a level that has only one.
xlsx::Workbook round_workbook(const Definitions& definitions, const std::string& lang,
                              const std::vector<RosterLine>& roster);

}  // namespace tonghop
