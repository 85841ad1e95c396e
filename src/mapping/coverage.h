// How far the checks reach: how many there are of each type, and which indicators are in none.
#pragma once

#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mapping/definitions.h"

namespace tonghop {

struct Coverage {
  struct Count {
    int derived = 0;  // of the catalogue
    int written = 0;
    int trial = 0;  // of those written
  };
  std::array<Count, kCheckTypes> types;
  std::set<int> within;                              // indicators in a check between the values of one return
  std::set<int> previous_only;                       // in a check against the round before, and in no other
  std::vector<std::pair<std::string, int>> reasons;  // why indicators are in none, and how many
};

// Whether a form that the check holds for asks for all that it compares; of what an answer needs, for one.
bool reachable(const Check& check, const std::vector<Form>& forms);

Coverage coverage_of(const Definitions& definitions);

}  // namespace tonghop
