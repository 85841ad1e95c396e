// The sheet "by agency": where the figures of every agency stand, one row per indicator and one column per agency or,
// of many agencies, the other way round. The summary's formulas point here.
#pragma once

#include <string>

#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

// More agencies than this run down.
inline constexpr int kMostAgenciesAcross = 200;

// Where a figure stands; nobody else needs to know in which direction the agencies run.
struct AgencyGrid {
  std::string name;  // of the sheet
  int members = 1;   // of the province; 1 when there is none, so that formulas have a cell
  bool down = false;

  xlsx::Address at(int indicator, int member) const;
  std::string range(int indicator) const;                 // of all agencies, for formulas: 'By agency'!$D$5:$F$5
  std::string cell(int indicator, int member) const;      // for formulas: 'By agency'!$D$5
  std::string location(int indicator, int member) const;  // for links: 'By agency'!D5
};

// What the sheet shows of an observation.
xlsx::Value figure_value(const Observation& observation);

AgencyGrid agency_grid(const Province& province, const Wording& wording, const std::string& lang);

void add_agency_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                      const std::string& lang);

}  // namespace tonghop
