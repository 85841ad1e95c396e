// What stands in the columns of exports: how each cell is told, and how it is taken back. Only exported*.cc include it.
#pragma once

#include <string>
#include <vector>

#include "reconcile/arrival.h"
#include "reconcile/exported_rows.h"

namespace tonghop::exported {

// What stood there instead of what a cell must hold; becomes damaged() where the row is known.
struct Expected {
  std::string what;
};

// The file that a row is about.
struct Scope {
  const Definitions& definitions;
  const Arrival& arrival;

  const Form& form() const { return *arrival.answer->form; }
  const Row& row(int index) const { return form().form.rows[static_cast<std::size_t>(index)]; }
};

template <typename One>
struct Field {
  const char* name;
  Type type;
  std::string (*text)(const Scope& scope, const One& one);
  void (*take)(const Scope& scope, One& one, const std::string& cell);  // nullptr: only told to other programs
};

// A new field of Arrival, Return, Observation, SectionNote or Finding is one line in these.
extern const std::vector<Field<Arrival>> kFiles;
extern const std::vector<Field<Observation>> kObservations;
extern const std::vector<Field<SectionNote>> kRemarks;
extern const std::vector<Field<Finding>> kFindings;

}  // namespace tonghop::exported
