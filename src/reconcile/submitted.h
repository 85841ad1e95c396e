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
  return row.value.has_formula || std::holds_alternative<double>(row.value.value) || !raw_text(row.value).empty();
}

// Rows and tables count as int, vectors do not.
template <typename Index>
std::size_t at(Index index) {
  return static_cast<std::size_t>(index);
}

}  // namespace tonghop
