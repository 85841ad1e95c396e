// The readers of a round's sheets, one each. What is wrong is said through the Reading.
#pragma once

#include "round/reading.h"
#include "round/round.h"

namespace tonghop {

// Caption and value a row: period, window, deadline and so on. The value is what stands next to its caption or, where a
// header says so, in the column of values; what stands behind it is nobody's.
void read_settings(Reading& reading, const xlsx::Sheet& sheet, Round& round);

// A table, a letter a row: subject and text.
void read_letters(Reading& reading, const xlsx::Sheet& sheet, Round& round);

// A table, an agency a row. Fills agencies and names. The settings are read before, because levels have forms.
void read_roster(Reading& reading, const xlsx::Sheet& sheet, Round& round);

}  // namespace tonghop
