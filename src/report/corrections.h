// What is wrong with the returns, by agency: what each of them is asked to mend.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "merge/province.h"
#include "merge/source_file.h"

namespace tonghop {

struct CorrectionItem {
  Severity severity = Severity::warning;
  Place place;  // sheet and cell are empty when the whole file is meant, the file when it is none of the agency's
  std::string subject;   // row of the form as printed; "" when none is concerned
  std::string raw;       // as typed; "" nothing
  std::string problem;   // sentence
  std::string expected;  // what may be typed there; "" when the problem says it
};

struct Correction {
  int agency = -1;                    // on the round's roster; -1 without a round and for one that is not listed
  std::string name;                   // as the roster calls it, else as the return does
  std::string lang;                   // of the form, in which the agency is written to
  std::vector<std::string> files;     // of the return that counts, by path; none where a file could not be used at all
  std::vector<CorrectionItem> items;  // about whole files first, then in the order of the cells
  int errors = 0, warnings = 0;       // of the items
};

// By agency, those with open findings that the agency can answer for: errors and warnings, about its own cells and
// files. What is a choice of the office (which of two returns counts, what the roster says) is left out. A finding that
// rows are left blank is told cell by cell. Only the return that counts is looked at; where there is none, the files
// of the agency that were refused, as far as `sources` say whose they are.
std::vector<Correction> corrections_of(const Province& province, const Findings& findings,
                                       const std::vector<SourceFile>& sources, const Definitions& definitions);

// One item as a line of a letter: "Phụ lục 1, E12: …".
std::string letter_line(const CorrectionItem& item);

}  // namespace tonghop
