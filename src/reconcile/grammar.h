// The grammars of typed text, one for each kind of value. What goes in is a typed_line(); nothing is looked up here
// that the vocabulary's whole answers ("none", "not yet") have said already.
#pragma once

#include <string_view>

#include "reconcile/value.h"

namespace tonghop {

Reading read_number_text(std::string_view line, const Input& asked, const Vocabulary& vocabulary);  // count, amount
Reading read_percent_text(std::string_view line, const Input& asked, const Vocabulary& vocabulary);
Reading read_choice_text(std::string_view line, const Input& asked, const Vocabulary& vocabulary);

// Readings of these statuses.
Reading settled(Status status, const Decimal& value);
Reading unreadable();
Reading doubtful(std::vector<Decimal> candidates);             // ambiguous, even of one: "over 50"
Reading one_of(Status status, std::vector<Decimal> readings);  // none: unreadable; several: ambiguous

}  // namespace tonghop
