// A merged report that is itself a return, one level up: whose figures are in it, and what of them cannot be merged
// again.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

// The agencies on the report's sheet "by agency", in its order; none when it has no such sheet.
std::vector<std::string> agencies_within(const xlsx::Workbook& book, const Wording& wording);

// Of the members that are merged reports: report-loses for figures that are told in words (choices counted, lowest to
// highest), report-inexact for percentages that are not those of the sums beside them; agency-within for an agency that
// has sent a return of its own, too, and reports-overlap for one that is in two of them.
void judge_reports(const Province& province, const Definitions& definitions, Findings& findings);

}  // namespace tonghop
