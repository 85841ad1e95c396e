// The commands: files in, floors below, files and lines out.
#include "cli/commands.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/text.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "cli/merging.h"
#include "cli/outbox.h"
#include "forms/blank_press.h"
#include "mapping/coverage.h"
#include "mapping/lint.h"
#include "merge/province.h"
#include "report/json.h"
#include "report/provincial.h"
#include "report/tables.h"
#include "round/round.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

// The period that all returns name; "" when they differ.
std::string common_period(const Province& province) {
  const std::string& first = province.members.front().answer.period;
  const bool common = std::all_of(province.members.begin(), province.members.end(),
                                  [&](const Member& member) { return fold(member.answer.period) == fold(first); });
  return common ? first : "";
}

// Why the agency or the period given cannot stand in one cell of a form.
std::optional<Trouble> unfit(const std::string& agency, const std::string& period) {
  constexpr std::size_t kLongest = 255;  // UTF-16 units
  for (const auto& [option, text] : {std::pair("--agency", agency), std::pair("--period", period)}) {
    if (text.find_first_of("\r\n") != std::string::npos) return Trouble{"usage.line-break", {{"option", option}}};
    const std::size_t length = utf16_length(nfc(trimmed(text)));
    if (length > kLongest) {
      return Trouble{"usage.too-long",
                     {{"option", option}, {"length", std::to_string(length)}, {"most", std::to_string(kLongest)}}};
    }
  }
  return std::nullopt;
}

// How many checks there are of each type, and why some indicators are in none.
std::string check_table(const Definitions& definitions) {
  const Coverage coverage = coverage_of(definitions);
  std::vector<std::vector<std::string>> rows = {{"checks", "from the catalogue", "written", "of these on trial"}};
  for (int type = 0; type < kCheckTypes; ++type) {
    const Coverage::Count& count = coverage.types[static_cast<std::size_t>(type)];
    rows.push_back({std::string(to_string(static_cast<CheckType>(type))), std::to_string(count.derived),
                    std::to_string(count.written), std::to_string(count.trial)});
  }
  std::vector<std::vector<std::string>> reach = {
      {"indicators in a check within the return", std::to_string(coverage.within.size())},
      {"only against the round before", std::to_string(coverage.previous_only.size())}};
  for (const auto& [reason, count] : coverage.reasons) reach.push_back({"in none: " + reason, std::to_string(count)});
  return aligned(rows, {false, true, true, true}) + aligned(reach, {false, true});
}

}  // namespace

int list_templates(const Definitions& definitions, const std::string& format, const Terminal& terminal) {
  if (format == "json") {
    terminal.out << templates_json(definitions);
    return kDone;
  }
  std::vector<std::vector<std::string>> rows = {{}};
  for (const char* column : {"column.id", "column.title", "column.sheets", "column.rows", "column.inputs"})
    rows.front().push_back(definitions.wording.text(column, terminal.lang));
  for (const Form& form : definitions.forms) {
    rows.push_back({form.form.id, form.form.title, std::to_string(form.form.sheets.size()),
                    std::to_string(form.form.rows.size()), std::to_string(form.form.inputs())});
  }
  terminal.out << aligned(rows, {false, false, true, true, true}, terminal.width);
  return kDone;
}

int write_blanks(const Definitions& definitions, const BlankOptions& options, const Terminal& terminal) {
  if (const auto trouble = unfit(options.agency, options.period)) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  std::vector<const Form*> forms;
  std::vector<std::string> ids;
  for (const Form& form : definitions.forms) {
    ids.push_back(form.form.id);
    if (options.templates.empty() && !form.form.summary) forms.push_back(&form);
  }
  for (const std::string& id : options.templates) {
    const Form* form = definitions.find(id);
    if (form == nullptr) {
      const std::string near = hint(id, ids, definitions.wording, terminal);
      say({"usage.no-template", {{"id", id}, {"hint", near}}}, definitions.wording, terminal);
      return kUsage;
    }
    forms.push_back(form);
  }
  if (!options.round.empty()) return write_outbox(definitions, options, terminal);
  if (options.folder.empty()) {
    say(Trouble{"usage.blank-output", {}}, definitions.wording, terminal);
    return kUsage;
  }
  try {
    for (const Form* form : forms) {
      const std::string agency = nfc(trimmed(options.agency));
      const bool named = !agency.empty();  // a blank for anybody asks for everything
      const Inputs inputs = named ? inputs_for(form->form, form->mapping, form->inputs, "", {agency}) : form->inputs;
      const Identity identity{form->form.id, form->form.version, named ? kAnyAgency : "", nfc(trimmed(options.period))};
      const std::string path = (std::filesystem::path(options.folder) / (form->form.id + ".xlsx")).string();
      BlankPress press(blank_workbook(form->form, inputs, identity, definitions.wording));
      write_file(path, press.print(agency, ""));
      terminal.out << path << "\n";
    }
  } catch (const Error& error) {
    return not_written(error, definitions, terminal);
  }
  return kDone;
}

int read_files(const Definitions& definitions, const ReadOptions& options, const Terminal& terminal) {
  Findings findings;
  std::vector<InputFile> inputs;
  for (const std::string& file : options.files) inputs.push_back({file, true});
  const Intake intake =
      take_in(read_arrivals(inputs, definitions, {.summaries = true, .limits = options.limits, .cache = options.cache}),
              findings);
  if (options.format == "csv") {
    terminal.out << observations_csv(intake.returns, definitions.catalogue);
  } else if (options.format == "json") {
    terminal.out << observations_json(intake.returns, definitions.catalogue);
  } else {
    terminal.out << observations_table(intake.returns, definitions, terminal.lang, terminal.width);
  }
  terminal.out.flush();
  say(findings, definitions.wording, terminal);
  return exit_code(findings, definitions.wording);
}

int merge_files(const Definitions& definitions, const MergeOptions& options, const Terminal& terminal) {
  if (const auto trouble = unfit(options.agency, options.period)) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  const std::vector<std::string> outputs = {options.output, options.values, options.findings};
  std::vector<std::string> read = options.inputs;
  for (const std::string& beside : {options.previous, options.round}) {
    if (!beside.empty()) read.push_back(beside);
  }
  if (const auto trouble = misplaced(outputs, read, definitions, options.limits, false)) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  int code = kDone;
  const std::optional<Merging> merged = merge_inputs(options, outputs, definitions, terminal, code);
  if (!merged) return code;
  const Merging& merging = *merged;
  const Province& province = merging.province;
  const Findings& findings = merging.findings;

  std::vector<std::string> written;
  const auto write = [&](const std::string& path, std::string_view bytes) {
    write_file(path, bytes);
    written.push_back(path);
  };
  try {
    if (!province.members.empty()) {  // an empty report must not replace an earlier good one
      Title title{nfc(trimmed(options.agency)), nfc(trimmed(options.period)), options.program};
      if (merging.round && title.agency.empty()) title.agency = merging.round->province;
      if (merging.round && title.period.empty()) title.period = merging.round->period;
      if (title.period.empty()) title.period = common_period(province);
      const xlsx::Workbook book = provincial_workbook(province, definitions, findings, merging.sources, title);
      write_file(options.output, [&](const HandOn& hand_on) { xlsx::write_workbook(book, hand_on); });
      written.push_back(options.output);
      if (!options.values.empty()) write(options.values, values_csv(province, definitions.catalogue));
    }
    if (!options.findings.empty()) {
      write(options.findings, findings_csv(findings, definitions.wording, terminal.lang));
    }
  } catch (const Error& trouble) {
    return not_written(trouble, definitions, terminal);
  }
  say(said_at_once(findings), definitions.wording, terminal);
  if (options.format == "json") {
    terminal.out << merging_json(merging, definitions, terminal.lang);
    return exit_code(findings, definitions.wording);
  }
  say_done(counts_table(counts_of(merging, definitions), definitions.wording, terminal.lang), terminal);
  for (const std::string& path : written) say_done("done.written", {{"path", path}}, definitions.wording, terminal);
  return exit_code(findings, definitions.wording);
}

int lint_definitions(const Definitions& definitions, const std::vector<std::string>& problems,
                     const std::string& format, const Terminal& terminal) {
  std::vector<std::string> all = problems;
  if (all.empty()) all = lint(definitions);
  if (format == "json") {
    terminal.out << lint_json(all);
    return all.empty() ? kDone : kUsage;
  }
  for (const std::string& problem : all) terminal.err << problem << "\n";
  if (!all.empty()) {
    terminal.err << all.size() << (all.size() == 1 ? " problem\n" : " problems\n");
    return kUsage;
  }
  for (const Form& form : definitions.forms) {
    const auto mapped = std::count_if(form.mapping.indicators.begin(), form.mapping.indicators.end(),
                                      [](int indicator) { return indicator >= 0; });
    terminal.out << form.form.id << ": " << form.form.rows.size() << " rows, " << form.form.inputs() << " inputs, "
                 << mapped << " mapped\n";
  }
  terminal.out << check_table(definitions) << definitions.catalogue.size() << " indicators; no problems\n";
  return kDone;
}

}  // namespace tonghop
