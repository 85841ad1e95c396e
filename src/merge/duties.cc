// Roster and mappings -> duties of members.
#include "merge/duties.h"

#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "base/text.h"

namespace tonghop {
namespace {

std::vector<std::string> folds_of(const std::vector<std::string>& names) {
  std::vector<std::string> folds;
  for (const std::string& name : names) folds.push_back(fold_name(name));
  return folds;
}

}  // namespace

std::vector<std::string> names_of(const Member& member, const Round* round) {
  if (round == nullptr || member.agency < 0) return {member.name};
  return round->agencies[static_cast<std::size_t>(member.agency)].names();
}

Duties::Duties(const Province& province, const Definitions& definitions) : province_(province) {
  const Round* round = province.round;
  const int indicators = definitions.catalogue.size();
  names_.resize(province.members.size());
  folds_.resize(province.members.size());
  owed_.resize(province.members.size());
  parallel(province.members.size(), [&](std::size_t m) {
    const Member& member = province.members[m];
    names_[m] = names_of(member, round);
    folds_[m] = folds_of(names_[m]);
    const std::string level = member.agency < 0 ? "" : round->agencies[at(member.agency)].level;
    owed_[m] = owed_by(member.answer.form, level, names_[m], indicators);
  });
  for (const int a : province.absent) {
    const Agency& agency = round->agencies[at(a)];
    absent_owed_.push_back(owed_by(form_of(agency, definitions), agency.level, agency.names(), indicators));
  }
  look_up();
}

std::vector<bool> Duties::owed_by(const Form* form, const std::string& level, const std::vector<std::string>& names,
                                  int indicators) const {
  std::vector<bool> owed(at(indicators), false);
  if (form == nullptr) return owed;
  const std::vector<bool> rows = owed_rows(form->form, form->mapping, level, names);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (form->mapping.indicators[r] >= 0) owed[at(form->mapping.indicators[r])] = rows[r];
  }
  return owed;
}

void Duties::look_up() {
  above_.resize(province_.members.size());
  std::map<std::string, int> reports;  // fold of an agency -> the merged report that has its figures
  for (std::size_t m = 0; m < province_.members.size(); ++m) {
    for (const std::string& name : province_.members[m].answer.within)
      reports.emplace(fold_name(name), static_cast<int>(m));
  }
  for (std::size_t m = 0; m < province_.members.size() && !reports.empty(); ++m) {
    const auto found = reports.find(fold_name(province_.members[m].name));
    if (found != reports.end() && found->second != static_cast<int>(m)) above_[m].push_back(found->second);
  }
  if (province_.round == nullptr) return;
  const std::vector<Agency>& agencies = province_.round->agencies;
  std::map<int, int> members;  // agency -> member
  for (std::size_t m = 0; m < province_.members.size(); ++m) {
    if (province_.members[m].agency >= 0) members[province_.members[m].agency] = static_cast<int>(m);
  }
  for (const auto& [agency, member] : members) {
    for (int up = agencies[at(agency)].parent; up >= 0 && agencies[at(up)].includes_children;
         up = agencies[at(up)].parent) {
      const auto found = members.find(up);
      std::vector<int>& own = above_[at(member)];
      if (found != members.end() && std::find(own.begin(), own.end(), found->second) == own.end())
        own.push_back(found->second);
    }
  }
}

std::vector<int> Duties::called(const std::vector<std::string>& wanted) const {
  const std::vector<std::string> folds = folds_of(wanted);
  // The members with a name that fits one of those wanted.
  const auto members_with = [&](const auto& fits) {
    std::vector<int> found;
    for (std::size_t m = 0; m < names_.size(); ++m) {
      bool any = false;
      for (std::size_t own = 0; own < names_[m].size() && !any; ++own) {
        for (std::size_t name = 0; name < wanted.size() && !any; ++name) any = fits(m, own, name);
      }
      if (any) found.push_back(static_cast<int>(m));
    }
    return found;
  };
  const std::vector<int> exactly =
      members_with([&](std::size_t m, std::size_t own, std::size_t name) { return folds_[m][own] == folds[name]; });
  if (!exactly.empty()) return exactly;
  return members_with([&](std::size_t m, std::size_t own, std::size_t name) {
    // Names that agree begin alike, and most do not: what compares the rest is dear.
    return folds_[m][own].substr(0, 1) == folds[name].substr(0, 1) && is_called(names_[m][own], wanted[name]);
  });
}

}  // namespace tonghop
