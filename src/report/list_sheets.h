// The sheets that list things: remarks of the agencies, sources.
#pragma once

#include <string>
#include <vector>

#include "mapping/definitions.h"
#include "merge/province.h"
#include "merge/source_file.h"
#include "xlsx/workbook.h"

namespace tonghop {

void add_notes_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                     const std::string& lang);
// Dates are those of the place of `round`, which may be null.
void add_sources_sheet(xlsx::Workbook& book, const std::vector<SourceFile>& sources, const Round* round,
                       const Definitions& definitions, const std::string& program, const std::string& lang);

}  // namespace tonghop
