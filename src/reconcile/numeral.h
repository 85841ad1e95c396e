// Numerals as people type them: digits, marks that group thousands or part decimals, fractions, numbers inside a text.
//
// Vietnamese writes "." between groups of three and "," before decimals, English the reverse. A numeral is read both
// ways; the kind of value decides which readings fit.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"

namespace tonghop {

struct Numeral {
  std::optional<Decimal> vietnamese;  // nothing when it is not written that way
  std::optional<Decimal> english;
};

// Digits and marks only; blanks may group thousands.
Numeral read_numeral(std::string_view text);

// The readings that are whole numbers: "7.029" and "7,029" are 7029, but "7,000" may be 7 or 7000.
std::vector<Decimal> count_readings(std::string_view numeral);

// The readings that fit a decimal number. "1.500" is fifteen hundred; "1,500" has two readings.
std::vector<Decimal> amount_readings(std::string_view numeral);

// The readings that fit a percentage, as fractions from 0 to 1. Without its sign a number up to 1 may be a fraction
// already.
std::vector<Decimal> percent_readings(const Numeral& numeral, bool sign);

// Digits behind the last mark.
int digits_after_mark(std::string_view numeral);

// The numerals of a text that are no part of a word ("HD68") or of a document's number ("525/QD"), each with where it
// ends in the text.
struct Token {
  std::string_view text;
  std::size_t end = 0;
};
std::vector<Token> numerals_in(std::string_view text);

// "523/525", blanks allowed around the stroke; both whole numbers, nothing else beside them.
std::optional<std::pair<Decimal, Decimal>> read_fraction(std::string_view text);

}  // namespace tonghop
