// The commands and their options as CLI11 knows them: text in, a call of cli/commands.h out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/help.h"
#include "mapping/definitions.h"

namespace CLI {
class App;
}

namespace tonghop {

struct Command {
  CLI::App* options;                   // of the App that it was added to, which owns it
  bool takes_bad_definitions = false;  // it tells of what is wrong with them; the others end there
  std::function<int(const Definitions&, const std::vector<std::string>& problems, const Terminal&)> run;
};

// Adds every command. `program`: name and version.
std::vector<Command> add_commands(CLI::App& app, const std::string& program, const Help& help);

}  // namespace tonghop
