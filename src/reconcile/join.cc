// Putting sheets of several files together.
#include "reconcile/join.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "reconcile/structure.h"

namespace tonghop {
namespace {

int sheet_of(const Return& one, const Observation& observation) {
  return one.form->form.rows[static_cast<std::size_t>(observation.row)].sheet;
}

bool is_there(const Observation& observation) { return !observation.place.cell.empty(); }
bool is_typed(const Observation& observation) { return !observation.raw.empty() || !observation.note.empty(); }

// Sheets of which the return says something; `blank`: those too that it has, but not filled in.
std::set<int> sheets_in(const Return& one, bool blank) {
  std::set<int> sheets;
  for (const Observation& observation : one.observations) {
    const bool says = blank ? is_there(observation) : is_typed(observation);
    if (observation.row >= 0 && says) sheets.insert(sheet_of(one, observation));
  }
  return sheets;
}

int values_in(const Return& one, int sheet) {
  return static_cast<int>(std::count_if(one.observations.begin(), one.observations.end(), [&](const Observation& o) {
    return o.row >= 0 && sheet_of(one, o) == sheet && has_value(o.status);
  }));
}

// Where the sheet of `other` says something else than that of `used`; "" nowhere. Observations of rows stand in the
// order of the form, so in the same in both.
std::string differences(const Return& used, const Return& other, int sheet) {
  constexpr int kListed = 3;
  std::string cells;
  int count = 0;
  for (std::size_t i = 0; i < used.observations.size() && used.observations[i].row >= 0; ++i) {
    const Observation& a = used.observations[i];
    const Observation& b = other.observations[i];
    if (sheet_of(used, a) != sheet || (a.raw == b.raw && a.note == b.note)) continue;
    if (++count > kListed) continue;
    const auto shown = [](const Observation& o) { return o.place.cell + " " + (o.raw.empty() ? "—" : o.raw); };
    cells += (cells.empty() ? "" : "; ") + shown(a) + " ≠ " + shown(b);
  }
  return cells + (count > kListed ? "; … +" + std::to_string(count - kListed) : "");
}

// One return of several, ordered by path.
Return put_together(std::vector<Return> parts, Findings& findings) {
  std::map<int, std::size_t> chosen;  // sheet -> the part it is taken from
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (const int sheet : sheets_in(parts[p], false)) {
      const auto known = chosen.find(sheet);
      if (known == chosen.end()) {
        chosen[sheet] = p;
        continue;
      }
      const Return& before = parts[known->second];
      const int more = values_in(parts[p], sheet) - values_in(before, sheet);
      if (more > 0 || (more == 0 && !differences(before, parts[p], sheet).empty())) known->second = p;
    }
  }
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (const int sheet : sheets_in(parts[p], true)) chosen.emplace(sheet, p);  // filled in by nobody
  }
  std::set<std::size_t> used;
  for (const auto& [sheet, part] : chosen) used.insert(part);
  const std::size_t base = *used.begin();
  const std::string agency = parts[base].agency;
  const auto find = [&](const char* code, const Return& other, const Return& one, const std::string& cells) {
    Finding finding;
    finding.code = code;
    finding.place.file = other.file;
    finding.agency = agency;
    finding.details = {{"used", one.file}, {"other", other.file}};
    if (!cells.empty()) finding.details.emplace_back("cells", cells);
    findings.push_back(std::move(finding));
  };
  Return joined = parts[base];
  for (std::string Return::*date : {&Return::modified, &Return::sent}) {
    for (const std::size_t p : used) {  // that of its last part; not known when that of one of them is not
      if ((joined.*date).empty() || (parts[p].*date).empty()) {
        (joined.*date).clear();
      } else {
        joined.*date = std::max(joined.*date, parts[p].*date);
      }
    }
  }
  for (const std::size_t p : used) {
    if (joined.code.empty()) joined.code = parts[p].code;
  }
  for (std::size_t p = 0; p < parts.size(); ++p) {
    bool differs = false;
    std::size_t instead = base;  // what is used where this one is not
    for (const int sheet : sheets_in(parts[p], false)) {
      const std::size_t best = chosen.at(sheet);
      if (best == p) continue;
      instead = best;
      const std::string cells = differences(parts[best], parts[p], sheet);
      if (cells.empty()) continue;
      differs = true;
      find("return-conflict", parts[p], parts[best], cells);
    }
    if (p == base) continue;
    if (used.contains(p)) {
      find("return-joined", parts[p], parts[base], "");
    } else if (!differs) {
      find("return-repeated", parts[p], parts[instead], "");
    }
    if (!used.contains(p)) joined.superseded.push_back(parts[p].file);
  }
  const std::size_t rows = static_cast<std::size_t>(std::count_if(
      joined.observations.begin(), joined.observations.end(), [](const Observation& o) { return o.row >= 0; }));
  std::set<std::string> said_of;
  for (const Return& part : parts) said_of.insert(part.file);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto from = chosen.find(sheet_of(joined, joined.observations[i]));
    if (from != chosen.end()) joined.observations[i] = parts[from->second].observations[i];
  }
  joined.section_notes.clear();
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (const SectionNote& note : parts[p].section_notes) {
      const auto from = chosen.find(joined.form->form.rows[static_cast<std::size_t>(note.row)].sheet);
      if (from != chosen.end() && from->second == p) joined.section_notes.push_back(note);
    }
    if (p == base) continue;
    for (std::size_t i = rows; i < parts[p].observations.size(); ++i) {
      joined.observations.push_back(parts[p].observations[i]);  // taken out of a percentage
    }
  }
  joined.missing.clear();
  for (std::size_t i = 0; i < rows; ++i) {
    if (!is_there(joined.observations[i])) joined.missing.push_back(joined.observations[i].row);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return finding.code == "rows-missing" && said_of.contains(finding.place.file);
  });
  const std::size_t before = findings.size();
  report_missing(*joined.form, joined.missing, joined.file, findings);
  if (findings.size() > before) findings.back().agency = agency;
  return joined;
}

}  // namespace

std::vector<Return> join(std::vector<Return> returns, Findings& findings) {
  std::map<std::pair<std::string, const Form*>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < returns.size(); ++i) {
    if (returns[i].named && returns[i].form->form.sheets.size() > 1)
      groups[{fold_name(returns[i].agency), returns[i].form}].push_back(i);
  }
  std::set<std::size_t> gone;
  for (auto& [agency, group] : groups) {
    const auto first = sheets_in(returns[group[0]], false);
    const bool alike =
        std::all_of(group.begin(), group.end(), [&](std::size_t i) { return sheets_in(returns[i], false) == first; });
    std::set<std::string> periods;
    for (const std::size_t i : group) {
      if (!returns[i].period.empty()) periods.insert(fold(returns[i].period));
    }
    if (alike || periods.size() > 1) continue;
    std::sort(group.begin(), group.end(),
              [&](std::size_t a, std::size_t b) { return returns[a].file < returns[b].file; });
    std::vector<Return> parts;
    for (const std::size_t i : group) parts.push_back(std::move(returns[i]));
    gone.insert(group.begin() + 1, group.end());
    returns[group[0]] = put_together(std::move(parts), findings);
  }
  std::vector<Return> kept;
  for (std::size_t i = 0; i < returns.size(); ++i) {
    if (!gone.contains(i)) kept.push_back(std::move(returns[i]));
  }
  return kept;
}

}  // namespace tonghop
