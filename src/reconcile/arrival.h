// One input file as it came in: which it is, the return read from it, and what a person should look at. All that
// merging needs to know of it; so this is what travels when files are read here and merged there (exported.h).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "mail/message.h"
#include "reconcile/return.h"

namespace tonghop {

struct Arrival {
  enum class State {
    used,     // gave a return
    refused,  // gave none; a finding says why
    ignored,  // lay in a folder or archive and is no workbook
    absent    // was named, but is not there or cannot be looked into
  } state = State::refused;
  std::string path;             // as the user knows it
  std::size_t bytes = 0;        // size of the file
  std::string sha256;           // lower-case hex; "" when the file could not be opened
  std::vector<MailHead> mails;  // in which it came, the innermost first; empty when it was a file by itself
  std::optional<Return> answer;
  std::string agency;   // where there is no answer: whose it is all the same (round/identify.h); "" not known
  Findings findings;    // of reading this file, in the order in which they were made
  std::string told_by;  // the exported file that tells of it; "" when it was read itself
};

}  // namespace tonghop
