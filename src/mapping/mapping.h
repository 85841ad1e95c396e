// Which row of a form is which indicator, and by what other captions the row is known.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "forms/template.h"
#include "mapping/catalogue.h"

namespace tonghop {

// Another caption under which a row comes back.
struct Alias {
  std::string text;
  Place place;
};

// In the merged report: a percentage, agency by agency. Of several indicators an agency's numerators and denominators
// are added up.
struct AgencyChart {
  std::string title;
  std::vector<int> rates;  // indicators of kind percent
};

// Who must answer a row: levels of agencies ("commune") and names of agencies. Nobody named: everybody who gets the
// form.
struct Owed {
  std::vector<std::string> by;
  Place place;

  // A level that is not known ("") may be any of those asked.
  bool from(const std::string& level, const std::vector<std::string>& names) const;
};

// Whether a word of `owed-by` is meant to be a level; agencies' names are longer, or have a capital.
bool is_level_word(const std::string& word);

struct Mapping {
  std::string form;                         // template id
  std::vector<int> indicators;              // per template row; -1 for sections and for rows said to be ignored
  std::vector<std::vector<Alias>> aliases;  // per template row
  std::vector<AgencyChart> charts;          // of the summary
  std::vector<Owed> owed;                   // per template row; those of a section count for rows that say nothing
  Place place;

  int row_of(int indicator) const;  // template row, -1 when the form does not ask for it
};

// Mapping files, in any order, against their templates; the result is in the order of the templates. What is wrong is
// said in `problems`, as "file:line:column: what, what was expected", and the rest is still checked.
std::vector<Mapping> read_mappings(const std::vector<XmlFile>& files, const std::vector<Template>& forms,
                                   const Catalogue& catalogue, std::vector<std::string>& problems);

// Which rows of a form an agency owes: of this level, "" unknown, and known by these names. A merged report owes all.
std::vector<bool> owed_rows(const Template& form, const Mapping& mapping, const std::string& level,
                            const std::vector<std::string>& names);

// What may be put into each row of a form.
Inputs inputs_of(const Template& form, const Mapping& mapping, const Catalogue& catalogue);

// The same for one agency: what it does not owe is not owed.
Inputs inputs_for(const Template& form, const Mapping& mapping, Inputs inputs, const std::string& level,
                  const std::vector<std::string>& names);

// Puts a row for every indicator that the summary form does not ask for behind its last row, grouped as the catalogue
// is.
void add_remainder(Template& form, Mapping& mapping, const Catalogue& catalogue);

}  // namespace tonghop
