// What an earlier merge wrote, and a person has worked in since.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/decisions.h"
#include "report/edits.h"
#include "xlsx/limits.h"

namespace tonghop {

// What a merged report may cost: of thousands of agencies it is larger than any return.
xlsx::Limits of_reports(xlsx::Limits limits);

// What was decided in a merged report, and the figures it shows by agency.
struct Earlier {
  std::vector<Decision> decisions;
  EarlierFigures figures;
};

// The report must be readable as a whole. Throws Error (file-missing, file-unreadable, file-too-large, report-foreign,
// report-damaged).
Earlier read_earlier(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits,
                     Findings& findings);

}  // namespace tonghop
