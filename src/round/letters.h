// What is written to an agency: the round's letters with the words in braces filled in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/template.h"
#include "forms/wording.h"
#include "round/round.h"

namespace tonghop {

struct WrittenLetter {
  std::string subject;             // one line
  std::string text;                // lines end in "\n"
  std::vector<std::string> blank;  // words in braces for which the round tells nothing, each once
};

// The round's own text where it has one, else that of the wording, in the form's language. `form` is the agency's; null
// where it has none. `findings`: what it is asked to correct, as lines.
WrittenLetter write_letter(Letter letter, const Round& round, const Agency& agency, const Template* form,
                           std::string_view findings, const Wording& wording, const std::string& lang);

}  // namespace tonghop
