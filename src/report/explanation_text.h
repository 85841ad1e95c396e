// A figure's addends as text for people, and as CSV for programs (JSON: json.h).
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "merge/explanation.h"

namespace tonghop {

// A figure, or what one agency has to do with it.
struct Explained {
  const Province& province;
  const Definitions& definitions;
  int indicator = -1;
  std::vector<Contribution> addends;
  Findings findings;  // that concern the addends
};

// In the language given; lines of at most `width` columns, as far as names and places fit.
std::string explanation_text(const Explained& explained, const std::string& lang, int width);

// use,agency,indicator,file,sheet,cell,raw,value,status,note
std::string explanation_csv(const Explained& explained);

}  // namespace tonghop
