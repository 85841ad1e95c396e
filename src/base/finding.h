// Trouble has two types: a Finding is a place a person should look at, an Error means that one file cannot be used.
// Both carry a code and named details, no sentence: the wording catalogue (forms/wording.h) says it in the reader's
// language.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/place.h"

namespace tonghop {

using Details = std::vector<std::pair<std::string, std::string>>;  // name -> text, put into the sentence at {name}

struct Finding {
  enum class State { open, settled, waived };  // settled and waived by a person, who has decided on it

  SharedText code = {};  // "value-ambiguous"; the catalogue knows its severity and wording
  Place place = {};
  Details details = {};
  SharedText agency = {};     // name, "" when not known
  SharedText indicator = {};  // id, "" when no indicator is concerned
  SharedText raw = {};        // as typed
  SharedText value = {};      // as read or settled; "" when none
  SharedText check = {};      // id of the check that does not hold, whose severity and words count; "" for all others
  State state = State::open;
  int decision = -1;  // that concerns it, index into Province::decisions; -1 none
};

using Findings = std::vector<Finding>;

// This file (or this output) cannot be used. Thrown where it is noticed, caught in one loop, where it becomes a
// finding.
class Error : public std::exception {
 public:
  Error(std::string_view code, const Place& place, Details details = {});

  const Finding& finding() const { return finding_; }
  const char* what() const noexcept override { return text_.c_str(); }  // for logs: code, place and details

 private:
  Finding finding_;
  std::string text_;
};

// A definition (template, mapping, catalogue) is wrong. `message` is English, for whoever writes definitions, and says
// what was found and what was expected; the place has line and column.
class DefinitionError : public std::exception {
 public:
  DefinitionError(const Place& place, const std::string& message);

  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace tonghop
