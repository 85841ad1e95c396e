// Returns and rosters made up cell by cell, for tests of what becomes of them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "returns.h"
#include "round/round.h"

namespace tonghop::testing {

using Values = std::vector<std::pair<std::string, std::string>>;  // indicator -> number; "?" was not readable

// The survey of trees, where villages are asked of villages only and the plan of the town hall only.
inline const Definitions& owed_trees() {
  static const Definitions definitions = [] {
    Sources sources = trees_sources();
    for (auto& [name, text] : sources) {
      if (name != "mapping.xml") continue;
      text.replace(text.find("<row key=\"3.1\""), 0, "<section key=\"3\" owed-by=\"commune\"/>");
      text.replace(text.find("key=\"4\""), 0, "owed-by=\"department; Town Hall\" ");
      text.replace(text.find("key=\"3.2\""), 0, "owed-by=\"all\" ");
    }
    return load(sources);
  }();
  return definitions;
}

inline Return answer(const std::string& agency, const Values& values, const std::string& file = "",
                     const std::string& modified = "") {
  Return one = blank_return(owed_trees(), agency, file.empty() ? agency + ".xlsx" : file);
  one.modified = modified;
  for (Observation& observation : one.observations) {
    for (const auto& [id, value] : values) {
      if (owed_trees().catalogue[observation.indicator].id != id) continue;
      observation.raw = value;
      observation.value = Decimal::parse(value);
      observation.status = observation.value ? Status::exact : Status::unreadable;
    }
  }
  return one;
}

// A round in June with these agencies; names are also codes' places in the list.
inline Round june(std::vector<Agency> agencies) {
  Round round;
  round.file = "round.xlsx";
  round.period = "June";
  round.from = "2027-06-01";
  round.to = "2027-06-30";
  round.minutes_east = 420;
  round.agencies = std::move(agencies);
  for (std::size_t a = 0; a < round.agencies.size(); ++a) {
    for (const std::string& name : round.agencies[a].others) round.names.emplace(fold_name(name), a);
    round.names.emplace(fold_name(round.agencies[a].name), a);
    if (!round.agencies[a].code.empty()) round.names.emplace(fold_name(round.agencies[a].code), a);
  }
  return round;
}

inline Agency listed(const std::string& name, const std::string& level = "commune", int parent = -1) {
  Agency agency;
  agency.name = name;
  agency.level = level;
  agency.parent = parent;
  agency.form = "trees";
  return agency;
}

}  // namespace tonghop::testing
