// tonghop: options in, exit code out.
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/help.h"
#include "cli/log.h"
#include "cli/options.h"
#include "cli/progress.h"

namespace {

using namespace tonghop;

constexpr const char* kProgram = "tonghop " TONGHOP_VERSION;

// Vietnamese where the locale says so, else English.
std::string locale_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("vi") ? "vi" : "en";
  }
  return "en";
}

// As --lang says, before options are parsed: their own descriptions are in that language.
std::string language_of(int argc, char** argv) {
  constexpr std::string_view kOption = "--lang";
  std::string_view given;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == kOption && i + 1 < argc) given = argv[i + 1];
    if (argument.starts_with("--lang=")) given = argument.substr(kOption.size() + 1);
  }
  return given == "vi" || given == "en" ? std::string(given) : locale_language();
}

// What all commands share.
struct General {
  std::string folder;  // of definitions; "" the shipped ones
  std::string lang;
  std::string log;  // "" none
  bool quiet = false, verbose = false;
};

void add_general(CLI::App& app, General& general, const Help& help) {
  app.add_option("--definitions", general.folder, help("help.definitions"))->type_name("DIR");
  app.add_option("--lang", general.lang, help("help.lang"))->check(CLI::IsMember({"vi", "en"}))->type_name("LANG");
  app.add_flag("--quiet", general.quiet, help("help.quiet"));
  app.add_flag("--verbose", general.verbose, help("help.verbose"));
  app.add_option("--log", general.log, help("help.log"))->type_name("FILE");
}

int run_command(const std::vector<Command>& commands, const General& general, const Wording& wording,
                const Terminal& terminal) {
  std::vector<std::string> problems;
  Definitions definitions;
  try {
    const Sources folder = general.folder.empty() ? Sources() : read_definitions_folder(general.folder);
    definitions =
        load_definitions(general.folder.empty() ? shipped_definitions() : folder, shipped_definitions(), problems);
  } catch (const Error& error) {
    say({error.finding()}, wording, terminal);
    return kUsage;
  }
  for (const Command& command : commands) {
    if (!command.options->parsed()) continue;
    if (problems.empty() || command.takes_bad_definitions) return command.run(definitions, problems, terminal);
    for (const std::string& problem : problems) terminal.err << problem << "\n";
  }
  return kUsage;
}

int run(int argc, char** argv) {
  General general;
  general.lang = language_of(argc, argv);
  const Wording wording = shipped_wording();
  const Help help{wording, general.lang};
  const int width = terminal_width();
  CLI::App app;
  set_up_help(app, help, kProgram, width);
  add_general(app, general, help);
  const std::vector<Command> commands = add_commands(app, kProgram, help);
  const auto terminal = [&] {
    return Terminal{std::cout,
                    std::cerr,
                    general.lang,
                    width,
                    general.quiet,
                    shows_colours(STDOUT_FILENO),
                    shows_colours(STDERR_FILENO)};
  };
  try {
    app.parse(argc, argv);
    start_log(general.log, general.verbose);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    say({"usage.command-line", {{"detail", error.what()}}}, wording, terminal());
    return kUsage;
  } catch (const Error& error) {
    say({error.finding()}, wording, terminal());
    return kNotWritten;
  }
  if (::isatty(STDERR_FILENO) != 0 && !general.quiet && !general.verbose) {
    const auto text = [&](const char* id) { return wording.text(id, general.lang); };
    Progress::show_on(std::cerr, width, {text("progress.line"), text("progress.counting"), text("decimal.mark")});
  }
  std::string arguments;
  for (int i = 1; i < argc; ++i) arguments += std::string(" ") + argv[i];
  spdlog::debug("{}:{}", kProgram, arguments);
  const int code = run_command(commands, general, wording, terminal());
  spdlog::debug("{}: {}", kProgram, code);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return kNotWritten;
  }
}
