// The commands: files in, floors below, files and lines out.
#include "cli/commands.h"

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "cli/earlier.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "forms/blank.h"
#include "mapping/lint.h"
#include "merge/province.h"
#include "merge/settle.h"
#include "report/provincial.h"
#include "report/tables.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

// Of open findings; what a person has decided on is done.
int count(const Findings& findings, const Wording& wording, Severity severity) {
  return static_cast<int>(std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.state == Finding::State::open && wording.severity(finding.code) == severity;
  }));
}

int exit_code(const Findings& findings, const Wording& wording) {
  return count(findings, wording, Severity::error) > 0 ? kDoneWithFindings : kDone;
}

// Findings about files rather than cells, and about decisions: these are said on the terminal at once.
Findings said_at_once(const Findings& findings) {
  Findings some;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(some), [](const Finding& finding) {
    const bool about_file = finding.place.cell.empty() && finding.indicator.empty();
    return finding.state == Finding::State::open && (about_file || finding.code.starts_with("decision-"));
  });
  return some;
}

// The period that all returns name; "" when they differ.
std::string common_period(const Province& province) {
  const std::string& first = province.members.front().answer.period;
  const bool common = std::all_of(province.members.begin(), province.members.end(),
                                  [&](const Member& member) { return fold(member.answer.period) == fold(first); });
  return common ? first : "";
}

// What a merge says of itself on the terminal.
std::string merge_table(const Intake& intake, std::size_t not_found, const Province& province, const Findings& findings,
                        const Definitions& definitions) {
  const auto refused = static_cast<std::size_t>(intake.refused);
  const auto figures = std::count_if(province.figures.begin(), province.figures.end(),
                                     [](const Figure& figure) { return figure.basis != Basis::none; });
  int values = 0;
  for (const SourceFile& source : intake.sources) {
    if (source.state == SourceFile::State::used) values += source.values;
  }
  const auto decided = std::count_if(findings.begin(), findings.end(),
                                     [](const Finding& finding) { return finding.state != Finding::State::open; });
  const auto severity = [&](Severity which) { return std::to_string(count(findings, definitions.wording, which)); };
  return aligned(
      {{"files read", std::to_string(intake.sources.size() - refused)},
       {"files refused", std::to_string(refused + not_found)},
       {"agencies", std::to_string(province.members.size())},
       {"values", std::to_string(values)},
       {"indicators with a figure", std::to_string(figures) + " of " + std::to_string(definitions.catalogue.size())},
       {"findings: errors", severity(Severity::error)},
       {"findings: warnings", severity(Severity::warning)},
       {"findings: notes", severity(Severity::note)},
       {"findings: decided on", std::to_string(decided)}},
      {false, true});
}

// Why the agency or the period given cannot stand in one cell of a form, "" where both can.
std::string unfit(const std::string& agency, const std::string& period) {
  constexpr std::size_t kLongest = 255;  // UTF-16 units
  for (const auto& [option, text] : {std::pair("--agency", agency), std::pair("--period", period)}) {
    if (text.find_first_of("\r\n") != std::string::npos) return std::string(option) + " has a line break.";
    const std::size_t length = utf16_length(nfc(trimmed(text)));
    if (length > kLongest) {
      return std::string(option) + " has " + std::to_string(length) + " characters, more than " +
             std::to_string(kLongest) + ".";
    }
  }
  return "";
}

// The report that will be overwritten, with the decisions of the one named besides. Throws Error.
Earlier earlier_work(const MergeOptions& options, const Definitions& definitions, Findings& findings) {
  Earlier earlier;
  std::error_code unseen;  // what cannot be looked at cannot be overwritten either, and write_file() will say so
  if (std::filesystem::is_regular_file(options.output, unseen)) {
    earlier = read_earlier(options.output, definitions, options.limits, findings);
  }
  if (!options.decisions.empty()) {
    for (Decision& one : read_earlier(options.decisions, definitions, options.limits, findings).decisions)
      earlier.decisions.push_back(std::move(one));
  }
  return earlier;
}

int not_written(const Error& error, const Definitions& definitions, const Terminal& terminal) {
  terminal.err << findings_lines({error.finding()}, definitions.wording, terminal.lang);
  return kNotWritten;
}

}  // namespace

int list_templates(const Definitions& definitions, const Terminal& terminal) {
  std::vector<std::vector<std::string>> rows = {{"id", "title", "sheets", "rows", "inputs"}};
  for (const Form& form : definitions.forms) {
    rows.push_back({form.form.id, form.form.title, std::to_string(form.form.sheets.size()),
                    std::to_string(form.form.rows.size()), std::to_string(form.form.inputs())});
  }
  terminal.out << aligned(rows, {false, false, true, true, true});
  return kDone;
}

int write_blanks(const Definitions& definitions, const BlankOptions& options, const Terminal& terminal) {
  if (const std::string trouble = unfit(options.agency, options.period); !trouble.empty()) {
    terminal.err << "error: " << trouble << "\n";
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
      const std::string hint = did_you_mean(id, ids);
      terminal.err << "error: no template is called \"" << id << '"' << (hint.empty() ? "." : hint)
                   << " See `tonghop templates`.\n";
      return kUsage;
    }
    forms.push_back(form);
  }
  try {
    for (const Form* form : forms) {
      const Identity identity{form->form.id, form->form.version, nfc(trimmed(options.agency)),
                              nfc(trimmed(options.period))};
      const std::string path = (std::filesystem::path(options.folder) / (form->form.id + ".xlsx")).string();
      write_file(path, xlsx::write_workbook(blank_workbook(form->form, form->inputs, identity, definitions.wording)));
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
  const Intake intake = take_in(inputs, definitions, true, options.limits, findings);
  if (options.format == "csv") {
    terminal.out << observations_csv(intake.returns, definitions.catalogue);
  } else if (options.format == "json") {
    terminal.out << observations_json(intake.returns, definitions.catalogue);
  } else {
    terminal.out << observations_table(intake.returns, definitions.catalogue, terminal.width);
  }
  terminal.out.flush();
  terminal.err << findings_lines(findings, definitions.wording, terminal.lang);
  return exit_code(findings, definitions.wording);
}

int merge_files(const Definitions& definitions, const MergeOptions& options, const Terminal& terminal) {
  if (const std::string trouble = unfit(options.agency, options.period); !trouble.empty()) {
    terminal.err << "error: " << trouble << "\n";
    return kUsage;
  }
  const std::vector<std::string> outputs = {options.output, options.values, options.findings};
  if (const std::string trouble = misplaced(outputs, options.inputs, definitions, options.limits); !trouble.empty()) {
    terminal.err << "error: " << trouble << " Name another output.\n";
    return kUsage;
  }
  Findings findings;
  const std::vector<InputFile> inputs = list_inputs(options.inputs, outputs, findings);
  const std::size_t not_found = findings.size();
  Earlier earlier;
  try {
    earlier = earlier_work(options, definitions, findings);
  } catch (const Error& error) {
    return not_written(error, definitions, terminal);
  }
  Intake intake = take_in(inputs, definitions, false, options.limits, findings);
  Province province = gather(std::move(intake.returns), definitions, findings);
  settle(province, std::move(earlier.decisions), definitions, findings);
  report_lost_edits(earlier.figures, province, intake.sources, definitions, findings);
  total(province, definitions, findings);
  conclude(province, definitions, findings);
  for (SourceFile& source : intake.sources) {
    const auto& dropped = province.superseded;
    const bool used = std::find(dropped.begin(), dropped.end(), source.path) == dropped.end();
    if (!used) source.state = SourceFile::State::superseded;
  }
  const bool nothing = province.members.empty();  // an empty report must not replace an earlier good one
  if (nothing) findings.push_back({"nothing-to-merge", {}, {{"output", options.output}}, "", "", "", ""});
  sort_findings(findings, definitions.wording);

  std::vector<std::string> written;
  const auto write = [&](const std::string& path, std::string_view bytes) {
    write_file(path, bytes);
    written.push_back(path);
  };
  try {
    if (!nothing) {
      Title title{nfc(trimmed(options.agency)), nfc(trimmed(options.period)), options.program};
      if (title.period.empty()) title.period = common_period(province);
      write(options.output,
            xlsx::write_workbook(provincial_workbook(province, definitions, findings, intake.sources, title)));
      if (!options.values.empty()) write(options.values, values_csv(province, definitions.catalogue));
    }
    if (!options.findings.empty()) {
      write(options.findings, findings_csv(findings, definitions.wording, terminal.lang));
    }
  } catch (const Error& trouble) {
    return not_written(trouble, definitions, terminal);
  }
  terminal.err << findings_lines(said_at_once(findings), definitions.wording, terminal.lang);
  terminal.out << merge_table(intake, not_found, province, findings, definitions);
  for (const std::string& path : written) terminal.out << "written: " << path << "\n";
  return exit_code(findings, definitions.wording);
}

int lint_definitions(const Definitions& definitions, const std::vector<std::string>& problems,
                     const Terminal& terminal) {
  std::vector<std::string> all = problems;
  if (all.empty()) all = lint(definitions);
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
  terminal.out << definitions.catalogue.size() << " indicators; no problems\n";
  return kDone;
}

}  // namespace tonghop
