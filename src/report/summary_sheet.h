// The first sheet of the merged workbook: the summary form with live figures.
#pragma once

#include <map>
#include <string>

#include "base/finding.h"
#include "forms/layout.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

// Puts formulas with cached values, numbers of agencies and remarks into the sheets of the printed summary form.
void fill_summary(xlsx::Workbook& book, const Form& summary, const Layout& layout, const Province& province,
                  const Definitions& definitions, const Findings& findings);

}  // namespace tonghop
