// Several returns of one agency: which of them counts, and what is said of the others.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/catalogue.h"
#include "reconcile/return.h"
#include "round/round.h"

namespace tonghop {

// Whether two returns say the same, remarks included.
bool same_content(const Return& a, const Return& b);

// How many values it has.
int values_in(const Return& one);

// Whether nothing was typed into it.
bool is_blank(const Return& one);

// Index of the return that counts; `group` is sorted by file and not empty. Those in which anything was typed come
// before blanks, those of the round's period before others; then, by the rule, the one saved last or the one with more
// values; where the dates inside are lacking or equal, the one that was sent last by mail; where these are, too, the
// one with more values, one that names its agency, the file that sorts last. `round` may be null.
std::size_t choose_return(const std::vector<Return>& group, const Round* round);

// Says why `other` is not used: return-repeated, return-blank, return-other-period, return-other-name,
// return-superseded, return-emptier or return-conflict.
Finding set_aside(const Return& used, const Return& other, const Round* round, const Catalogue& catalogue);

}  // namespace tonghop
