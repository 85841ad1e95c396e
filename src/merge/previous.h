// The round before, from the merged workbook that it left behind.
#pragma once

#include <map>
#include <string>

#include "mapping/definitions.h"
#include "reconcile/checks.h"
#include "xlsx/workbook.h"

namespace tonghop {

struct PreviousRound {
  std::string file;
  std::string period;                            // "" when the workbook does not say
  std::map<std::string, PreviousValues> values;  // by folded name of the agency

  const PreviousValues* find(const std::string& agency) const;  // nullptr when it was not there
};

// From the sheet of figures by agency, known by its column of indicator ids. Throws Error (previous-unknown) when there
// is none.
PreviousRound read_previous(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions);

}  // namespace tonghop
