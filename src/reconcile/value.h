// What a typed value means: one grammar for counts, amounts, percentages, choices and text.
//
// Vietnamese numerals: "." groups thousands, "," is the decimal mark; a count is a whole number, so for a count "7.029"
// is 7029. A percentage is kept as a fraction. What has two readings has no value; candidates are listed instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "forms/input.h"
#include "forms/submission.h"
#include "mapping/vocabulary.h"

namespace tonghop {

enum class Status : unsigned char {
  exact,           // a number cell, or a numeral written plainly
  normalized,      // text with one reading for the kind
  extracted,       // a number taken out of a longer text
  ambiguous,       // two readings remain: no value
  not_applicable,  // "/", "-" and words that say so: no value
  unreadable,      // no usable number, an Excel error, a value outside the kind: no value
  blank,           // nothing typed, or a word that says "not yet": no value
  settled          // by the coordinator, in place of what was typed
};
std::string_view to_string(Status status);  // "exact", ..., "not_applicable", ...
std::optional<Status> parse_status(std::string_view name);
bool has_value(Status status);  // exact, normalized, extracted or settled

struct Reading {
  Status status = Status::blank;
  std::optional<Decimal> value;      // fraction for a percentage, code for a choice
  std::string text;                  // of a text
  std::vector<Decimal> candidates;   // when ambiguous, at least one; those of a percentage its parts may decide
  std::optional<Decimal> numerator;  // of a percentage: "99,62% (523/525)"
  std::optional<Decimal> denominator;
  std::optional<Decimal> whole;  // of a count typed as a fraction: 21 of "08/21"
  std::vector<Decimal> parts;    // of a count: 54 and 23 of "77 (province 54, district 23)"
  int decimals = 0;              // of a percentage: digits typed after the decimal mark, in per cent; at most 8
  bool word = false;             // a word of the vocabulary stood there
  bool longer = false;           // of a percentage: there was more than a numeral and its sign
};

// The cell as a person sees it: text as typed, numbers with a decimal point, percent formats with their sign, dates as
// day/month/year.
std::string raw_text(const SubmittedCell& cell);

// Never throws. A formula without cached result must be dealt with before.
Reading interpret(const SubmittedCell& cell, const Input& input, const Vocabulary& vocabulary);

// A reported percentage agrees with numerator / denominator when that, rounded to the digits typed, equals it.
bool agrees(const Decimal& reported, int decimals, const Decimal& numerator, const Decimal& denominator);

}  // namespace tonghop
