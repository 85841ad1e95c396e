// Where a command says things: what it was asked to print on `out`, findings and errors on `err`, all of it in the log.
#pragma once

#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "forms/wording.h"

namespace tonghop {

struct Terminal {
  std::ostream& out;          // results
  std::ostream& err;          // findings and errors
  std::string lang;           // "vi" or "en"
  int width = 100;            // columns
  bool quiet = false;         // of findings errors only, and not what was done; what was asked for is printed
  bool coloured_out = false;  // `out` is a terminal that shows colours
  bool coloured_err = false;
};

// Whether the stream of this descriptor (1 or 2) shows colours: a terminal, unless NO_COLOR or TERM=dumb forbids it.
bool shows_colours(int descriptor);

// Columns of the terminal at stdout; 140 where that is none.
int terminal_width();

// Each on a line of its own, on `err`; the severity has a colour there.
void say(const Findings& findings, const Wording& wording, const Terminal& terminal);
// The same for a command that was asked for findings, on `out`.
void print(const Findings& findings, const Wording& wording, const Terminal& terminal);

// What was done, on `out`: the text "done.…" of this id; nothing when quiet.
void say_done(const std::string& id, const Details& details, const Wording& wording, const Terminal& terminal);
// Lines of what was done, ready to print.
void say_done(const std::string& lines, const Terminal& terminal);

// What is wrong with the options given: a text "usage.…" of the wording.
struct Trouble {
  std::string id;
  Details details;
};

// "error: ", and that text, on `err`.
void say(const Trouble& trouble, const Wording& wording, const Terminal& terminal);

// " Did you mean “x”?", of the candidate nearest to `word`; "" when none is near.
std::string hint(std::string_view word, std::span<const std::string> candidates, const Wording& wording,
                 const Terminal& terminal);

}  // namespace tonghop
