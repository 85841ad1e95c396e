// Figures that somebody corrected in the sheet by agency of an earlier merged report. A merge makes that sheet anew, so
// that they would be lost without a word.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "merge/source_file.h"
#include "xlsx/workbook.h"

namespace tonghop {

struct EarlierFigure {
  int indicator = -1;  // index into the catalogue
  xlsx::Address at;
  xlsx::Value value;
};

// What the sheet by agency of an earlier report shows, empty cells included.
struct EarlierFigures {
  std::string file, sheet;
  std::unordered_map<std::string, std::vector<EarlierFigure>> by_agency;  // by folded name
  std::set<std::string> sources;                                          // SHA-256 of the files whose values are in it
};

EarlierFigures read_figures(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions);

// Finding edit-lost for every figure that is another now although the agency's file is the same, and that nobody
// settled.
void report_lost_edits(const EarlierFigures& earlier, const Province& province, const std::vector<SourceFile>& sources,
                       const Definitions& definitions, Findings& findings);

}  // namespace tonghop
