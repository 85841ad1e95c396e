// The sheet "by agency": one row per indicator, one column per agency. The summary's formulas point here.
#pragma once

#include <string>

#include "mapping/definitions.h"
#include "merge/province.h"
#include "xlsx/workbook.h"

namespace tonghop {

inline constexpr int kFirstAgencyColumn = 4;

// Where the figures of an indicator stand; also the cell of a single agency in it.
struct AgencyGrid {
  std::string sheet;  // quoted for formulas
  int columns = 1;    // of agencies; one empty column when there is none

  int row(int indicator) const { return indicator + 5; }  // below title, hint, a blank row and the header
  std::string range(int indicator) const;                 // 'By agency'!$D$5:$F$5
  std::string cell(int indicator, int member) const;
};

AgencyGrid agency_grid(const Province& province, const Wording& wording, const std::string& lang);

void add_agency_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                      const std::string& lang);

}  // namespace tonghop
