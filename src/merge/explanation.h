// One figure taken apart: what each agency gave for it, and what became of that.
#pragma once

#include <vector>

#include "merge/province.h"

namespace tonghop {

enum class Use {
  value,        // added, counted, listed, or one of those between lowest and highest
  numerator,    // added to the numerators
  denominator,  // added to the denominators
  weight,       // the value beside it, in the order of the addends, counts so much
  authority,    // the agency's figure is the province's
  other,        // given by another agency beside the authority's
  covered,      // inside the figure of an agency above, which counts
  left_out,     // a percentage without the parts that the figure is made of
  unused,       // what was typed has no value
  blank,        // nothing was typed
  not_asked     // the agency's form has no such row
};
std::string_view to_string(Use use);  // "value", ..., "left_out", ...

struct Contribution {
  Use use = Use::value;
  int member = -1;                           // index into Province::members
  int indicator = -1;                        // whose value it is: the figure's own, or that of a part of it
  const Observation* observation = nullptr;  // borrowed from the province; nullptr where the form does not ask
  int above = -1;                            // of what is covered: the member whose figure it is inside
};

// By use, then by member. Every member is there; those used together are the figure: the values add up to a sum,
// numerators and denominators to those of a ratio.
std::vector<Contribution> explain(const Province& province, const Definitions& definitions, int indicator);

}  // namespace tonghop
