// A file that came in, as lists of sources and the ledger tell of it.
#pragma once

#include <cstddef>
#include <string>

#include "reconcile/return.h"

namespace tonghop {

struct SourceFile {
  enum class State { used, superseded, refused } state = State::refused;
  std::string path;
  std::size_t bytes = 0;
  std::string sha256;  // lower-case hex; "" when the file could not be opened
  std::string form;    // template id and version; "" when refused
  std::string agency;  // of a refused one, as its sender or its name tells; "" not known
  std::string period;
  std::string sender;    // address of the mail that it came in; "" when it was a file by itself
  std::string sent;      // when that was sent, ISO in UTC; "" not known
  std::string modified;  // when the file says that it was saved last, ISO in UTC; "" when it does not
  int values = 0;        // read from it: the four below together
  int exact = 0, normalized = 0, extracted = 0;
  int settled = 0;  // by the coordinator, in place of what was typed
};

// Counts the values of a return for the file that it came in.
void count_values(const Return& answer, SourceFile& source);

}  // namespace tonghop
