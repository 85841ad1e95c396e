// tonghop: options in, exit code out.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/options.h"

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

int terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 140;
}

int run(int argc, char** argv) {
  std::string lang = language_of(argc, argv);
  const Wording wording = shipped_wording();
  CLI::App app{wording.text("help.program", lang)};
  app.set_version_flag("--version", kProgram);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(wording.text("help.program.example", lang));
  std::string folder;
  bool verbose = false;
  app.add_option("--definitions", folder, wording.text("help.definitions", lang))->type_name("DIR");
  app.add_option("--lang", lang, wording.text("help.lang", lang))
      ->check(CLI::IsMember({"vi", "en"}))
      ->type_name("LANG");
  app.add_flag("--verbose", verbose, wording.text("help.verbose", lang));
  const std::vector<Command> commands = add_commands(app, kProgram, wording, lang);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }

  const auto logger = spdlog::stderr_logger_st("tonghop");
  logger->set_pattern("%v");
  spdlog::set_default_logger(logger);
  spdlog::set_level(verbose ? spdlog::level::debug : spdlog::level::info);

  const Terminal terminal{std::cout, std::cerr, lang, terminal_width()};
  std::vector<std::string> problems;
  Definitions definitions;
  try {
    definitions = load_definitions(folder.empty() ? shipped_definitions() : read_definitions_folder(folder),
                                   shipped_definitions(), problems);
  } catch (const Error& error) {
    const Finding& finding = error.finding();
    std::cerr << "error: --definitions " << finding.place.file << ": "
              << (finding.details.empty() ? "no such folder" : finding.details.front().second) << "\n";
    return kUsage;
  }
  for (const Command& command : commands) {
    if (!command.options->parsed()) continue;
    if (problems.empty() || command.takes_bad_definitions) return command.run(definitions, problems, terminal);
    for (const std::string& problem : problems) std::cerr << problem << "\n";
  }
  return kUsage;
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
