// Words that people type where a number is asked for, and what each means.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/xml.h"
#include "forms/input.h"
#include "forms/template.h"

namespace tonghop {

enum class Meaning { zero, not_applicable, missing };

// What a word makes of the number beside it.
enum class Beside {
  doubt,    // "over 50", "50 or more", "decision 12": this may not be the figure
  name,     // "quarter 1": the number names something
  measure,  // "12 months": nothing that is counted
  percent   // "99 per cent"
};

// A word of the vocabulary beside a number.
struct Neighbour {
  Beside means = Beside::name;
  std::size_t length = 0;  // bytes
};

struct Vocabulary {
  std::unordered_map<std::string, Meaning> words;  // by word_key; so all that follow
  std::map<std::string, std::string> units;        // what may stand behind a number; the one printed unit that it
                                                   // stands for, "" when it may stand behind any count
  std::set<std::string> scales;                    // what multiplies the number before it ("2 million")
  std::map<std::string, int> numbers;              // numbers in words
  std::map<std::string, Beside> before;            // by what stands before a number
  std::map<std::string, Beside> after;

  std::optional<Meaning> meaning(std::string_view text) const;
  std::optional<int> number(std::string_view text) const;
  bool is_scale(std::string_view word) const;
  bool is_measure(std::string_view word) const;
  // All of the text is a unit that fits what is asked for.
  bool is_unit(std::string_view text, const Input& asked) const;

  // Of text in lower case, NFC: the longest entry that it begins (or, for `beside_before`, ends) with as whole words;
  // length 0 when there is none.
  std::size_t unit_at(std::string_view text, const Input& asked) const;
  std::size_t scale_at(std::string_view text) const;
  Neighbour beside_after(std::string_view text) const;
  Neighbour beside_before(std::string_view text) const;
};

// Lower case, blanks squeezed, punctuation at the ends cut off; where there is nothing else, each run of one mark once.
std::string word_key(std::string_view text);

// A letter begins (ends) at this place of UTF-8 text. Signs such as dashes, quotes and arrows are none.
bool letter_at(std::string_view text, std::size_t at);
bool letter_before(std::string_view text, std::size_t at);

// Throws DefinitionError. The units that the forms print are known as well.
Vocabulary read_vocabulary(const XmlFile& file, const std::vector<Template>& forms);

}  // namespace tonghop
