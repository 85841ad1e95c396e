// Numerals as people type them: digits, marks that group thousands or part decimals, fractions.
//
// Vietnamese writes "." between groups of three and "," before decimals, English the reverse. A numeral is read both
// ways; the kind of value decides which readings fit. Nothing from 10^12 on is read, and nothing finer than 10^-9: so
// sums, quotients and weighted means of what was read stay exact.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace tonghop {

struct Numeral {
  std::optional<Decimal> vietnamese;  // nothing when it is not written that way
  std::optional<Decimal> english;
};

// Digits and marks only; blanks may group thousands.
Numeral read_numeral(std::string_view text);

// The number itself, what is finer than 10^-9 (of a number up to 1: 10^-12) rounded off; nothing from 10^12 on.
std::optional<Decimal> sensible(const Decimal& number);

// The readings that are whole numbers: "7.029" and "7,029" are 7029, but "7,000" may be 7 or 7000, and "1.000,000" 1000
// or a million.
std::vector<Decimal> count_readings(std::string_view numeral);

// The readings that fit a decimal number. "1.500" is fifteen hundred; "1,500" has two readings.
std::vector<Decimal> amount_readings(std::string_view numeral);

// The readings that fit a percentage, as fractions from 0 to 1. Without its sign a number up to 1 may be a fraction
// already.
std::vector<Decimal> percent_readings(const Numeral& numeral, bool sign);

// Digits behind the last mark.
int digits_after_mark(std::string_view numeral);

// Adds what is not there yet.
void add_new(std::vector<Decimal>& list, const Decimal& value);

}  // namespace tonghop
