// What a round says to one agency in its blank.
#pragma once

#include <string>

#include "forms/notice.h"
#include "round/round.h"

namespace tonghop {

// Deadline, window, where to send and whom to ask, as far as the round tells; no values of the round before. `lang`: of
// the form.
Notice notice_of(const Round& round, const Agency& agency, const Wording& wording, const std::string& lang);

}  // namespace tonghop
