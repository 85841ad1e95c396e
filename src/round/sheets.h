// The readers of a round's sheets, one each. What is wrong is said through the Reading.
#pragma once

#include "round/reading.h"
#include "round/round.h"

namespace tonghop {

// Caption and value a row: period, window, deadline and so on.
void read_settings(Reading& reading, const xlsx::Sheet& sheet, Round& round);

// A table, an agency a row. Fills agencies and names.
void read_roster(Reading& reading, const xlsx::Sheet& sheet, Round& round);

}  // namespace tonghop
