// A figure's addends as text for people, and as CSV for programs (JSON: json.h).
#pragma once

#include <array>
#include <string>
#include <string_view>
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

// Agencies that owe the figure and left it blank, and those that sent no return.
std::vector<std::string> missing_names(const Explained& explained);
std::vector<std::string> absent_names(const Explained& explained);

// In the language given; lines of at most `width` columns, as far as names and places fit.
std::string explanation_text(const Explained& explained, const std::string& lang, int width);

// An addend for programs. `inside` is the agency above, of what is covered; `settled_by` and `reason` are of a value
// that a person settled.
inline constexpr std::array<std::string_view, 13> kAddendFields = {
    "use",   "agency", "indicator", "file",   "sheet",      "cell",  "raw",
    "value", "status", "note",      "inside", "settled_by", "reason"};
std::vector<std::string> addend_fields(const Explained& explained, const Contribution& addend);

// One line each.
std::string explanation_csv(const Explained& explained);

}  // namespace tonghop
