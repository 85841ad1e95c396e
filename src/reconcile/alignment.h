// Order-preserving global alignment of a form's rows with rows that came back, by caption and printed number.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tonghop {

// A row of a form, folded.
struct KnownRow {
  const std::string* key = nullptr;    // the form's
  std::vector<std::string> folds;      // of the caption, then of its aliases
  mutable std::vector<Bigrams> pairs;  // of the folds; made when first needed
  std::string number;                  // folded
  bool recurs = false;                 // another row of the form has the same caption
  bool number_recurs = false;          // and the same number, or this one has none
};

// A row that came back, folded.
struct SeenRow {
  const std::string* fold = nullptr;
  Bigrams pairs;
  std::string number;
};

// Likeness of captions, 0 to 1 (equal); a little less for an alias. What is less than half alike may come out as 0.
double caption_likeness(const KnownRow& row, const SeenRow& seen);

// Whether the captions differ by a whole word, which may turn the meaning around ("not", "commune" for "district"), and
// not by slips of single letters or by letters that a PDF lost.
bool other_words(std::string_view seen, std::string_view printed);

struct Alignment {
  std::vector<std::pair<int, int>> pairs;  // index into the form's rows, index into the rows seen; both ascending
  double sum = 0;                          // of the pairs' likenesses, each at most 1
};

// The best order-preserving pairing of `open` (indices into `rows`, ascending) with `left` (indices into `seen`,
// ascending). What follows one another in both is preferred, because captions recur under several parents. Takes time
// and memory of open x left.
Alignment align(const std::vector<KnownRow>& rows, std::span<const int> open, const std::vector<SeenRow>& seen,
                std::span<const int> left);

}  // namespace tonghop
