// How CLI11 lays out its help.
#include "cli/help.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "report/tables.h"

namespace tonghop {
namespace {

constexpr int kNames = 30;  // columns of the names of options and commands, with the blanks around them

class HelpLayout : public CLI::Formatter {
 public:
  explicit HelpLayout(int width) : width_(width) {}

  std::string make_description(const CLI::App* app) const override {
    return wrapped(app->get_description(), width_, 0);
  }

  std::string make_subcommand(const CLI::App* command) const override {
    return entry(command->get_name(), command->get_description());
  }

  std::string make_option(const CLI::Option* option, bool positional) const override {
    return entry(make_option_name(option, positional) + make_option_opts(option), make_option_desc(option));
  }

 private:
  std::string entry(const std::string& name, const std::string& description) const {
    const std::string shown = "  " + name;
    const std::string lines = wrapped(description, std::max(width_, kNames + 20), kNames);
    const int columns = columns_of(shown);
    return columns < kNames ? shown + lines.substr(static_cast<std::size_t>(columns)) : shown + "\n" + lines;
  }

  int width_;
};

}  // namespace

void set_up_help(CLI::App& app, const Help& help, const std::string& version, int width) {
  auto layout = std::make_shared<HelpLayout>(width);
  layout->label("Usage", help("help.usage"));
  layout->label("OPTIONS", help("help.options.usage"));
  layout->label("SUBCOMMAND", help("help.command.usage"));
  layout->label("Positionals", help("help.arguments"));
  layout->label("REQUIRED", help("help.required"));
  app.formatter(layout);
  app.name("tonghop");
  app.description(help("help.program"));
  app.footer(help("help.program.example"));
  app.option_defaults()->group(help("help.options"));
  app.set_help_flag("-h,--help", help("help.help"));
  app.set_version_flag("--version", version, help("help.version"));
  app.require_subcommand(1);
  app.fallthrough();
}

}  // namespace tonghop
