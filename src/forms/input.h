// What may be put into a value cell. The mapping floor works it out for every row; blanks and readers go by it.
#pragma once

#include <string>
#include <vector>

namespace tonghop {

enum class Kind {
  count,    // whole number >= 0
  amount,   // decimal number >= 0
  percent,  // kept as a fraction: 99.9 % is 0.999
  choice,   // one of the codes of its options
  text
};

struct Option {
  int code = 0;
  std::string label;
};

struct Input {
  bool expected = false;  // false for sections
  bool owed = true;       // false where the agency need not answer; it may
  Kind kind = Kind::text;
  std::string unit;
  std::vector<Option> options;  // of a choice
  int numerator = -1;           // of a percent: index of the row in the same template, -1 when it has none
  int denominator = -1;

  bool computed() const { return numerator >= 0 && denominator >= 0; }  // the blank carries a formula there
};

using Inputs = std::vector<Input>;  // one per row of a template

}  // namespace tonghop
