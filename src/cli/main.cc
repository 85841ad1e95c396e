// tonghop: options in, exit code out.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "cli/commands.h"
#include "cli/files.h"

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

int terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 140;
}

// What one file may cost; what is beyond is refused with a message that names the option.
void add_limits(CLI::App& command, xlsx::Limits& limits) {
  const auto add = [&](const char* name, std::size_t& limit, std::size_t unit, std::size_t most, const char* meaning) {
    command
        .add_option_function<std::size_t>(
            name, [&limit, unit](std::size_t given) { limit = given * unit; }, meaning)
        ->check(CLI::Range(std::size_t{1}, most))
        ->type_name(unit == 1 ? "N" : "MIB")
        ->default_str(std::to_string(limit / unit))
        ->group("Limits of one file");
  };
  constexpr std::size_t kMost = 1'000'000'000;
  add("--max-parts", limits.parts, 1, kMost, "Parts of a workbook, files in an archive");
  add("--max-part", limits.part_bytes, xlsx::kMebibyte, 4096,
      "Size of one part, unpacked; twice that for its tree in memory");
  add("--max-size", limits.total_bytes, xlsx::kMebibyte, 65536, "Size of all parts together, unpacked");
  add("--max-cells", limits.cells, 1, kMost, "Cells that hold something");
  add("--max-text", limits.text, 1, kMost, "Bytes of text in one cell");
  add("--max-depth", limits.depth, 1, kMost, "XML elements inside one another");
}

int run(int argc, char** argv) {
  CLI::App app{"tonghop merges filled Excel forms of many agencies into one provincial workbook."};
  app.set_version_flag("--version", kProgram);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer("Example: tonghop merge returns -o provincial.xlsx");
  std::string folder;
  std::string lang = locale_language();
  bool verbose = false;
  app.add_option("--definitions", folder, "Folder with templates and mappings to use instead of the shipped ones")
      ->type_name("DIR");
  app.add_option("--lang", lang, "Language of messages: vi or en (default: from the locale)")
      ->check(CLI::IsMember({"vi", "en"}))
      ->type_name("LANG");
  app.add_flag("--verbose", verbose, "Say what is being done");

  auto* templates = app.add_subcommand("templates", "List the forms: id, title, sheets, rows, inputs");
  templates->footer("Example: tonghop templates");

  BlankOptions blank;
  auto* blanks =
      app.add_subcommand("blank", "Write blank workbooks, one per form (every form but the summary, if none is named)");
  blanks->add_option("--template", blank.templates, "Form to write; may be given several times")
      ->type_name("ID")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  blanks->add_option("--agency", blank.agency, "Agency that will fill it in")->type_name("NAME");
  blanks->add_option("--round", blank.round, "Workbook of the round, whose roster has the agency: its form, its period")
      ->type_name("FILE.xlsx");
  blanks->add_option("--period", blank.period, "Reporting period")->type_name("TEXT");
  blanks->add_option("-o,--output", blank.folder, "Folder to write to")->type_name("DIR")->required();
  blanks->footer("Example: tonghop blank --agency \"Department of Finance\" --period \"Q1 2027\" -o outbox");

  ReadOptions read;
  auto* reading = app.add_subcommand("read", "Print what filled workbooks say, one line per input row");
  reading->add_option("FILE", read.files, "Filled workbooks")->required();
  reading->add_option("--format", read.format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->type_name("FORMAT");
  add_limits(*reading, read.limits);
  reading->footer("Example: tonghop read --format csv returns/so-noi-vu.xlsx");

  MergeOptions merging;
  merging.program = kProgram;
  auto* merge = app.add_subcommand("merge", "Merge filled workbooks into one provincial workbook");
  merge->add_option("INPUT", merging.inputs, "Filled workbooks, or folders of them")->required();
  merge->add_option("-o,--output", merging.output, "Provincial workbook to write")->type_name("FILE.xlsx")->required();
  merge
      ->add_option("--decisions", merging.decisions,
                   "Merged report with settled values to apply, besides those of the one that is overwritten")
      ->type_name("FILE.xlsx");
  merge->add_option("--values", merging.values, "Write the provincial figures as CSV, too")->type_name("FILE.csv");
  merge->add_option("--findings", merging.findings, "Write the findings as CSV, too")->type_name("FILE.csv");
  merge->add_option("--previous", merging.previous, "Merged workbook of the round before, to compare with")
      ->type_name("FILE.xlsx");
  merge->add_option("--round", merging.round, "Workbook of the round: period, deadline, roster of agencies")
      ->type_name("FILE.xlsx");
  merge->add_option("--agency", merging.agency, "Whose report it is, for the title")->type_name("NAME");
  merge->add_option("--period", merging.period, "Reporting period, for the title")->type_name("TEXT");
  add_limits(*merge, merging.limits);
  merge->footer("Example: tonghop merge returns -o provincial.xlsx --findings findings.csv");

  auto* linting = app.add_subcommand("lint", "Check templates and mappings");
  linting->footer("Example: tonghop lint --definitions my-survey");

  for (auto* command : app.get_subcommands({})) {
    command->footer(command->get_footer() +
                    "\nOptions of every command: --definitions DIR, --lang vi|en, --verbose (tonghop --help)");
  }

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
  if (linting->parsed()) return lint_definitions(definitions, problems, terminal);
  if (!problems.empty()) {
    for (const std::string& problem : problems) std::cerr << problem << "\n";
    return kUsage;
  }
  if (templates->parsed()) return list_templates(definitions, terminal);
  if (blanks->parsed()) return write_blanks(definitions, blank, terminal);
  if (reading->parsed()) return read_files(definitions, read, terminal);
  return merge_files(definitions, merging, terminal);
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
