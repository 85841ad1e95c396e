// Checks across templates, mappings and catalogue.
#include "mapping/lint.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "mapping/coverage.h"

namespace tonghop {
namespace {

std::string at(const Place& place) { return to_string(place) + ": "; }

// Every indicator is asked for by a form, or is part of one that is.
void check_reachable(const Definitions& definitions, std::vector<std::string>& problems) {
  std::set<int> reached;
  for (const Form& form : definitions.forms) {
    if (form.form.summary) continue;  // its remainder lists everything
    reached.insert(form.mapping.indicators.begin(), form.mapping.indicators.end());
  }
  const Catalogue& catalogue = definitions.catalogue;
  for (const Indicator& indicator : catalogue.indicators) {
    for (const int component : {indicator.numerator, indicator.denominator, indicator.weight})
      reached.insert(component);
  }
  for (int i = 0; i < catalogue.size(); ++i) {
    if (!reached.contains(i)) {
      problems.push_back(at(catalogue[i].place) + "indicator \"" + catalogue[i].id +
                         "\" is asked for by no form; expected a row mapped to it, or remove it");
    }
  }
}

// An alias must not be the caption of another row, unless that caption recurs anyway.
void check_aliases(const Form& form, std::vector<std::string>& problems) {
  std::map<std::string, std::vector<std::size_t>> rows;  // by folded caption
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) rows[fold(form.form.rows[r].caption)].push_back(r);
  std::map<std::string, std::size_t> aliases;
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    for (const Alias& alias : form.mapping.aliases[r]) {
      const std::string key = fold(alias.text);
      const auto same = rows.find(key);
      const auto [first, fresh] = aliases.emplace(key, r);
      const bool caption = same != rows.end() && same->second.size() == 1 && same->second[0] != r;
      if (!caption && (fresh || first->second == r)) continue;
      const std::size_t other = caption ? same->second[0] : first->second;
      problems.push_back(at(alias.place) + "alias \"" + alias.text + "\" of row \"" + form.form.rows[r].key +
                         "\" also names row \"" + form.form.rows[other].key + "\"; expected an alias of one row only");
    }
  }
}

// The printed unit and the indicator's kind must not contradict each other.
void check_units(const Form& form, const Catalogue& catalogue, std::vector<std::string>& problems) {
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    const Row& row = form.form.rows[r];
    if (form.mapping.indicators[r] < 0) continue;
    const Indicator& indicator = catalogue[form.mapping.indicators[r]];
    if (row.unit == "%" && indicator.kind != Kind::percent) {
      problems.push_back(at(row.place) + "row \"" + row.key + "\" is printed in %, but " + indicator.id +
                         " is no percentage");
    }
    if ((row.unit.find('=') != std::string::npos) != (indicator.kind == Kind::choice)) {
      problems.push_back(at(row.place) + "row \"" + row.key + "\": the printed unit \"" + squeezed(row.unit) +
                         "\" and the kind of " + indicator.id +
                         " disagree; a choice prints its options as \"word = code\", and nothing else does");
    }
  }
}

// A level in `owed-by` is one that the wording has names for, or that a template is for.
void check_levels(const Definitions& definitions, std::vector<std::string>& problems) {
  std::vector<std::string> known = definitions.wording.levels();
  for (const Form& form : definitions.forms) known.push_back(form.form.level);
  for (const Form& form : definitions.forms) {
    for (const Owed& owed : form.mapping.owed) {
      for (const std::string& word : owed.by) {
        if (!is_level_word(word) || std::find(known.begin(), known.end(), word) != known.end()) continue;
        problems.push_back(at(owed.place) + "level \"" + word + "\" is no level of the wording or of a template" +
                           did_you_mean(word, known));
      }
    }
  }
}

// Every check can be made on some form. Where there is a file of checks, every indicator is in a check or said to be in
// none.
void check_checks(const Definitions& definitions, std::vector<std::string>& problems) {
  const Checks& checks = definitions.checks;
  const Catalogue& catalogue = definitions.catalogue;
  std::map<int, const Check*> covered;
  for (const Check& check : checks.all) {
    for (const int indicator : check.indicators()) covered.emplace(indicator, &check);
    if (check.derived || reachable(check, definitions.forms)) continue;
    problems.push_back(at(check.place) + "check \"" + check.id + "\" can never be made: no form" +
                       (check.templates.empty() ? "" : " of its templates") + " asks for all that it compares");
  }
  std::set<int> excused;
  for (const Unchecked& unchecked : checks.unchecked) {
    for (const int indicator : unchecked.indicators) {
      const auto check = covered.find(indicator);
      if (check != covered.end()) {
        problems.push_back(at(unchecked.place) + "\"" + catalogue[indicator].id + "\" is in check \"" +
                           check->second->id + "\"; expected only indicators that are in none");
      } else if (!excused.insert(indicator).second) {
        problems.push_back(at(unchecked.place) + "\"" + catalogue[indicator].id + "\" is there twice");
      }
    }
  }
  for (int i = 0; checks.written && i < catalogue.size(); ++i) {
    if (covered.contains(i) || excused.contains(i)) continue;
    problems.push_back(at(catalogue[i].place) + "indicator \"" + catalogue[i].id +
                       "\" is in no check; expected one, or <unchecked each=\"" + catalogue[i].id +
                       "\" reason=\"…\"/>");
  }
}

}  // namespace

std::vector<std::string> lint(const Definitions& definitions) {
  std::vector<std::string> problems;
  check_reachable(definitions, problems);
  check_levels(definitions, problems);
  for (const Form& form : definitions.forms) {
    check_aliases(form, problems);
    check_units(form, definitions.catalogue, problems);
  }
  check_checks(definitions, problems);
  std::set<std::string> told;  // of a row that forms share, once
  std::erase_if(problems, [&](const std::string& problem) { return !told.insert(problem).second; });
  return problems;
}

}  // namespace tonghop
