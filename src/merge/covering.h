// Values that are inside another agency's value (a commune's inside its district's) and must not be added to it.
#pragma once

#include <map>
#include <vector>

#include "base/finding.h"
#include "merge/duties.h"
#include "merge/province.h"

namespace tonghop {

class Covering {
 public:
  // Borrowed for the call only. `authorities`: per indicator the member whose figure is the province's, -1 for none;
  // its own value is never covered.
  Covering(const Province& province, const Definitions& definitions, const Duties& duties,
           const std::vector<int>& authorities);

  // An agency above the member has given the indicator, too, and the two would be added up.
  bool covered(int member, int indicator) const { return by(member, indicator) >= 0; }

  // That agency, as a member; -1 when there is none.
  int by(int member, int indicator) const {
    const std::vector<int>& own = by_[static_cast<std::size_t>(member)];
    return own.empty() ? -1 : own[static_cast<std::size_t>(indicator)];
  }

  // Says once for each pair whose figures are used, and of every agency above whose figures cannot contain the others.
  void report(const Province& province, const Definitions& definitions, Findings& findings) const;

 private:
  std::vector<std::vector<int>> by_;  // member x indicator: the member above; empty for members under nobody
};

}  // namespace tonghop
