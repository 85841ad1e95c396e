// Options of each command.
#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "cli/schemas.h"

namespace tonghop {
namespace {

// A command whose options stand at `options` until it runs.
template <typename Options>
Command command_of(CLI::App* app, const std::shared_ptr<Options>& options,
                   int (*run)(const Definitions&, const Options&, const Terminal&)) {
  return {app, false, [options, run](const Definitions& definitions, const auto&, const Terminal& terminal) {
            return run(definitions, *options, terminal);
          }};
}

// How files are read: what one may cost (what is beyond is refused with a message that names the option), and whether
// what was read before counts.
template <typename Options>
void add_reading(CLI::App& command, Options& options, const Help& help) {
  xlsx::Limits& limits = options.limits;
  const std::string group = help("help.limits");
  const auto add = [&](const char* name, std::size_t& limit, std::size_t unit, std::size_t most, const char* meaning) {
    command
        .add_option_function<std::size_t>(
            name, [&limit, unit](std::size_t given) { limit = given * unit; }, help(meaning))
        ->check(CLI::Range(std::size_t{1}, most))
        ->type_name(unit == 1 ? "N" : "MIB")
        ->default_str(std::to_string(limit / unit))
        ->group(group);
  };
  constexpr std::size_t kMost = 1'000'000'000;
  add("--max-parts", limits.parts, 1, kMost, "help.max-parts");
  add("--max-part", limits.part_bytes, xlsx::kMebibyte, 4096, "help.max-part");
  add("--max-size", limits.total_bytes, xlsx::kMebibyte, 65536, "help.max-size");
  add("--max-cells", limits.cells, 1, kMost, "help.max-cells");
  add("--max-text", limits.text, 1, kMost, "help.max-text");
  add("--max-depth", limits.depth, 1, kMost, "help.max-depth");
  command.add_flag_callback(
      "--no-cache", [&options] { options.cache = false; }, help("help.no-cache"));
}

void add_format(CLI::App& command, std::string& format, const std::vector<std::string>& formats) {
  std::string listed;
  for (const std::string& one : formats) listed += (listed.empty() ? "" : ", ") + one;
  command.add_option("--format", format, listed)->check(CLI::IsMember(formats))->type_name("FORMAT");
}

void add_context(CLI::App& command, InputOptions& options, const Help& help) {
  command.add_option("--round", options.round, help("help.round"))->type_name("FILE.xlsx");
  command.add_option("--previous", options.previous, help("help.previous"))->type_name("FILE.xlsx");
  command.add_option("--decisions", options.decisions, help("help.decisions"))->type_name("FILE.xlsx");
}

Command add_templates(CLI::App& app, const Help& help) {
  auto format = std::make_shared<std::string>("table");
  auto* command = app.add_subcommand("templates", help("help.templates"));
  add_format(*command, *format, {"table", "json"});
  command->footer(help("help.templates.example"));
  return command_of(command, format, &list_templates);
}

Command add_init(CLI::App& app, const Help& help) {
  auto options = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand("init", help("help.init"));
  command->add_option("DIR", options->folder, help("help.init.folder"))->required();
  command->add_option("--from", options->from, help("help.init.from"))->type_name("FILE");
  command->footer(help("help.init.example"));
  return command_of(command, options, &begin_round);
}

Command add_blank(CLI::App& app, const Help& help) {
  auto options = std::make_shared<BlankOptions>();
  auto* command = app.add_subcommand("blank", help("help.blank"));
  command->add_option("--template", options->templates, help("help.blank.template"))
      ->type_name("ID")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--agency", options->agency, help("help.blank.agency"))->type_name("NAME");
  command->add_option("--round", options->round, help("help.blank.round"))->type_name("FILE.xlsx");
  command->add_option("--period", options->period, help("help.blank.period"))->type_name("TEXT");
  command->add_option("--previous", options->previous, help("help.blank.previous"))->type_name("FILE.xlsx");
  command->add_option("-o,--output", options->folder, help("help.blank.output"))->type_name("DIR");
  command->footer(help("help.blank.example"));
  return command_of(command, options, &write_blanks);
}

Command add_read(CLI::App& app, const Help& help) {
  auto options = std::make_shared<ReadOptions>();
  auto* command = app.add_subcommand("read", help("help.read"));
  command->add_option("FILE", options->files, help("help.read.file"))->required();
  add_format(*command, options->format, {"table", "csv", "json"});
  add_reading(*command, *options, help);
  command->footer(help("help.read.example"));
  return command_of(command, options, &read_files);
}

Command add_merge(CLI::App& app, const std::string& program, const Help& help) {
  auto options = std::make_shared<MergeOptions>();
  options->program = program;
  auto* command = app.add_subcommand("merge", help("help.merge"));
  command->add_option("INPUT", options->inputs, help("help.input"))->required();
  command->add_option("-o,--output", options->output, help("help.merge.output"))->type_name("FILE.xlsx")->required();
  add_context(*command, *options, help);
  command->add_option("--values", options->values, help("help.merge.values"))->type_name("FILE.csv");
  command->add_option("--findings", options->findings, help("help.merge.findings"))->type_name("FILE.csv");
  command->add_option("--agency", options->agency, help("help.merge.agency"))->type_name("NAME");
  command->add_option("--period", options->period, help("help.merge.period"))->type_name("TEXT");
  add_format(*command, options->format, {"table", "json"});
  add_reading(*command, *options, help);
  command->footer(help("help.merge.example"));
  return command_of(command, options, &merge_files);
}

Command add_check(CLI::App& app, const Help& help) {
  auto options = std::make_shared<CheckOptions>();
  auto* command = app.add_subcommand("check", help("help.check"));
  command->add_option("INPUT", options->inputs, help("help.input"))->required();
  add_context(*command, *options, help);
  add_format(*command, options->format, {"table", "csv", "json"});
  add_reading(*command, *options, help);
  command->footer(help("help.check.example"));
  return command_of(command, options, &check_inputs);
}

Command add_status(CLI::App& app, const Help& help) {
  auto options = std::make_shared<StatusOptions>();
  auto* command = app.add_subcommand("status", help("help.status"));
  command->add_option("INPUT", options->inputs, help("help.status.input"));
  add_context(*command, *options, help);
  command->get_option("--round")->required();
  command->add_option("-o,--output", options->output, help("help.status.output"))->type_name("FILE.xlsx");
  add_format(*command, options->format, {"table", "csv", "json"});
  add_reading(*command, *options, help);
  command->footer(help("help.status.example"));
  return command_of(command, options, &show_status);
}

Command add_why(CLI::App& app, const Help& help) {
  auto options = std::make_shared<WhyOptions>();
  auto* command = app.add_subcommand("why", help("help.why"));
  command->add_option("INDICATOR", options->indicator, help("help.why.indicator"))->required();
  command->add_option("INPUT", options->inputs, help("help.input"))->required();
  command->add_option("--agency", options->agency, help("help.why.agency"))->type_name("NAME");
  add_context(*command, *options, help);
  add_format(*command, options->format, {"table", "csv", "json"});
  add_reading(*command, *options, help);
  command->footer(help("help.why.example"));
  return command_of(command, options, &explain_figure);
}

Command add_export(CLI::App& app, const std::string& program, const Help& help) {
  auto options = std::make_shared<ExportOptions>();
  options->program = program;
  auto* command = app.add_subcommand("export", help("help.export"));
  command->add_option("INPUT", options->inputs, help("help.input"))->required();
  command->add_option("--to", options->to, help("help.export.to"))->type_name("FILE")->required();
  add_reading(*command, *options, help);
  command->footer(help("help.export.example"));
  return command_of(command, options, &export_inputs);
}

Command add_return(CLI::App& app, const Help& help) {
  auto options = std::make_shared<ReturnOptions>();
  auto* command = app.add_subcommand("return", help("help.return"));
  command->add_option("INPUT", options->inputs, help("help.return.input"));
  add_context(*command, *options, help);
  command->get_option("--round")->required();
  command->add_option("-o,--output", options->folder, help("help.return.output"))->type_name("DIR");
  add_reading(*command, *options, help);
  command->footer(help("help.return.example"));
  return command_of(command, options, &return_corrections);
}

Command add_mail(CLI::App& app, const Help& help) {
  auto options = std::make_shared<MailOptions>();
  auto* command = app.add_subcommand("mail", help("help.mail"));
  command->add_option("INPUT", options->inputs, help("help.mail.input"));
  add_context(*command, *options, help);
  command->get_option("--round")->required();
  auto* remind = command->add_flag("--remind", options->remind, help("help.mail.remind"));
  command->add_flag("--corrections", options->corrections, help("help.mail.corrections"))->excludes(remind);
  command->add_option("-o,--output", options->output, help("help.mail.output"))->type_name("DIR");
  add_reading(*command, *options, help);
  command->footer(help("help.mail.example"));
  return command_of(command, options, &write_mails);
}

Command add_schema(CLI::App& app, const Help& help) {
  auto name = std::make_shared<std::string>();
  std::vector<std::string> names;
  for (const auto& schema : schemas()) names.push_back(schema.first);
  auto* command = app.add_subcommand("schema", help("help.schema"));
  command->add_option("NAME", *name, help("help.schema.name"))->check(CLI::IsMember(names))->required();
  command->footer(help("help.schema.example"));
  return command_of(command, name, &print_schema);
}

Command add_lint(CLI::App& app, const Help& help) {
  auto format = std::make_shared<std::string>("table");
  auto* command = app.add_subcommand("lint", help("help.lint"));
  add_format(*command, *format, {"table", "json"});
  command->footer(help("help.lint.example"));
  return {command, true, [format](const Definitions& definitions, const auto& problems, const Terminal& terminal) {
            return lint_definitions(definitions, problems, *format, terminal);
          }};
}

}  // namespace

std::vector<Command> add_commands(CLI::App& app, const std::string& program, const Help& help) {
  std::vector<Command> commands = {add_templates(app, help),
                                   add_init(app, help),
                                   add_blank(app, help),
                                   add_read(app, help),
                                   add_merge(app, program, help),
                                   add_check(app, help),
                                   add_status(app, help),
                                   add_why(app, help),
                                   add_export(app, program, help),
                                   add_mail(app, help),
                                   add_return(app, help),
                                   add_schema(app, help),
                                   add_lint(app, help)};
  for (const Command& command : commands) {
    command.options->group(help("help.commands"));
    command.options->get_help_ptr()->group(help("help.options"));
    command.options->footer(command.options->get_footer() + "\n" + help("help.general"));
  }
  return commands;
}

}  // namespace tonghop
