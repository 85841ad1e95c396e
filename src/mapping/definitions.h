// All definitions together: forms, what their rows mean, and the words around them. Loaded once, then only read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "forms/template.h"
#include "forms/wording.h"
#include "mapping/catalogue.h"
#include "mapping/check.h"
#include "mapping/mapping.h"
#include "mapping/vocabulary.h"

namespace tonghop {

// One form with what its rows mean.
struct Form {
  Template form;
  Mapping mapping;
  Inputs inputs;
};

struct Definitions {
  std::vector<Form> forms;  // in order of their ids
  Catalogue catalogue;
  Checks checks;
  Vocabulary vocabulary;
  Wording wording;
  std::string fingerprint;  // of all sources, SHA-256 in lower-case hex; "" of those that are part of the program

  const Form* find(const std::string& template_id) const;  // nullptr when there is none
  const Form* summary() const;                             // the merged report; nullptr when there is none
};

using Sources = std::vector<std::pair<std::string, std::string>>;  // name for messages, XML text

// What a file is, its root element says: template, mapping, indicators, checks, vocabulary or wording. Every problem
// found is added as "file:line:column: ..."; the result is complete only when there is none. Wording and vocabulary
// that `sources` does not have are taken from `fallback`.
Definitions load_definitions(const Sources& sources, const Sources& fallback, std::vector<std::string>& problems);

// The definitions compiled into the program.
const Sources& shipped_definitions();

// Their wording alone, for what is said before definitions are loaded.
Wording shipped_wording();

}  // namespace tonghop
