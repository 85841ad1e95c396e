// The numbers of a text, with what stands beside each: "21 tasks", "over 50", "decision 12", "99 per cent", "90-95%".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "forms/input.h"
#include "mapping/vocabulary.h"

namespace tonghop {

struct Token {
  std::string_view text;  // digits and marks
  std::size_t begin = 0;  // in the whole text
  std::size_t end = 0;
  bool share = false;    // a percent sign stands behind it
  bool doubt = false;    // a word beside it says that it may not be the figure: "over 50"
  bool broken = false;   // not to be read as its digits say: "-5", "2 billion", "1E+05", "1O"
  bool chained = false;  // a stroke or a dash joins it to another: "5-7"
  bool unit = false;     // a unit stands behind it
};

// Text in lower case, see typed_line(). Numbers that are certainly no quantity are left out: parts of words ("hd68"),
// of documents' numbers ("525/qd") and dates, named things ("quarter 1") and measures ("12 months").
std::vector<Token> numerals_in(std::string_view text, const Input& asked, const Vocabulary& vocabulary);

// What was typed, ready for the grammar: look-alikes made one, lower case, every dash "-", quotes at the ends and one
// mark behind all cut off. A blank alone stays a blank, which may group digits; wider gaps and line ends become a line
// end, which groups nothing.
std::string typed_line(std::string_view typed);

// Normal forms bring raised and circled digits and fractions of one character down to the line: "77" with a footnote
// mark must not become 771.
bool has_raised_digits(std::string_view typed);

// A whole numeral with nothing else than a unit behind it.
struct Plain {
  std::string_view numeral;
  bool unit = false;
};
std::optional<Plain> plain_numeral(std::string_view text, const Input& asked, const Vocabulary& vocabulary);

// "523/525", "523 dossiers / 525 dossiers": both whole numbers, nothing else beside them.
std::optional<std::pair<Decimal, Decimal>> read_fraction(std::string_view text, const Input& asked,
                                                         const Vocabulary& vocabulary);

// "5/2023" may be a month, whatever is counted.
bool looks_like_month(const std::pair<Decimal, Decimal>& fraction);

// The text around its brackets, and what stands in them; a bracket that stays open ends with the text.
struct Bracketed {
  std::string_view head, inside, tail;
};
Bracketed split_bracket(std::string_view text);

}  // namespace tonghop
