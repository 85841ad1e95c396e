// Help in the language of messages, in lines that fit the terminal.
#pragma once

#include <string>

#include "forms/wording.h"

namespace CLI {
class App;
}

namespace tonghop {

// What is said of commands and options: texts "help.…" of the wording.
struct Help {
  const Wording& wording;
  const std::string& lang;

  std::string operator()(const std::string& id) const { return wording.text(id, lang); }
};

// Gives the program its words and its layout; commands added afterwards have them, too. `width` in columns.
void set_up_help(CLI::App& app, const Help& help, const std::string& version, int width);

}  // namespace tonghop
