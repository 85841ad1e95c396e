// What an earlier merge wrote, and a person has worked in since.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/decisions.h"
#include "xlsx/limits.h"

namespace tonghop {

// What a merged report may cost: of thousands of agencies it is larger than any return.
xlsx::Limits of_reports(xlsx::Limits limits);

// What the coordinator decided in an earlier merged report, which must be readable as a whole. Throws Error
// (file-missing, file-unreadable, file-too-large, report-foreign, report-damaged).
std::vector<Decision> decisions_in(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits,
                                   Findings& findings);

}  // namespace tonghop
