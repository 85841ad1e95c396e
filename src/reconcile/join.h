// One form that an agency sent in several files: their sheets are put together.
#pragma once

#include <vector>

#include "base/finding.h"
#include "reconcile/return.h"

namespace tonghop {

// Returns of one named agency, of one form and period, that are not filled in on the same sheets become one; the others
// are handed on as they are, in order. A sheet that several of them have is compared: the fullest is taken (of equally
// full ones that of the path that sorts last), what differs is a finding (return-conflict). What is said to be missing
// is said anew for the whole.
std::vector<Return> join(std::vector<Return> returns, Findings& findings);

}  // namespace tonghop
