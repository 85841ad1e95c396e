// Small questions about submitted rows that several steps ask.
#pragma once

#include <cstddef>

#include "base/place.h"
#include "forms/submission.h"
#include "reconcile/value.h"

namespace tonghop {

inline Place whole_file(const Submission& submission) {
  Place place;
  place.file = submission.file;
  return place;
}

// Of the row's value cell.
inline Place place_of(const Submission& submission, const SubmittedRow& row) {
  Place place = whole_file(submission);
  place.sheet = submission.tables[static_cast<std::size_t>(row.table)].sheet;
  place.cell = to_string(row.value.at);
  return place;
}

// Also a formula that was never calculated.
inline bool bears_value(const SubmittedRow& row) {
  if (const auto* text = std::get_if<std::string>(&row.value.value)) return row.value.has_formula || has_text(*text);
  const auto* error = std::get_if<xlsx::ErrorValue>(&row.value.value);
  return row.value.has_formula || (error != nullptr ? !error->code.empty() : row.value.value.index() != 0);
}

// Rows and tables count as int, vectors do not.
template <typename Index>
std::size_t at(Index index) {
  return static_cast<std::size_t>(index);
}

}  // namespace tonghop
