// Words that people type where a number is asked for, and what each means.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/xml.h"
#include "forms/template.h"

namespace tonghop {

enum class Meaning { zero, not_applicable, missing };

struct Vocabulary {
  std::unordered_map<std::string, Meaning> words;  // by word_key
  std::set<std::string> units;                     // by word_key: what may stand behind a number
  std::set<std::string> scales;                    // by word_key: what multiplies the number before it ("2 million")

  std::optional<Meaning> meaning(std::string_view text) const;
  bool is_unit(std::string_view text) const;
  bool is_scale(std::string_view word) const;
};

// Lower case, blanks squeezed, punctuation at the ends cut off unless there is nothing else.
std::string word_key(std::string_view text);

// Throws DefinitionError. The units that the forms print are known as well.
Vocabulary read_vocabulary(const XmlFile& file, const std::vector<Template>& forms);

}  // namespace tonghop
