// The commands that answer questions and write no workbook: check, why, export, schema.
#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "cli/merging.h"
#include "cli/schemas.h"
#include "merge/explanation.h"
#include "reconcile/exported.h"
#include "report/explanation_text.h"
#include "report/json.h"
#include "report/tables.h"

namespace tonghop {
namespace {

// Without the dot that forms print behind a number.
std::string_view bare(std::string_view number) {
  number = trimmed(number);
  while (!number.empty() && number.back() == '.') number.remove_suffix(1);
  return number;
}

// Words of the text, each as it compares.
std::vector<std::string> folded_words(const std::string& text) {
  std::vector<std::string> words;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (std::string word = fold(rest.substr(0, end)); !word.empty()) words.push_back(std::move(word));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

bool has_all(const std::string& text, const std::vector<std::string>& words) {
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

// Indicators that may be meant: by id; by number or key of the summary form; by label; by a label that begins so; by
// all words in a label. The first of these that finds any.
std::vector<int> indicators_called(const std::string& asked, const Definitions& definitions) {
  const Catalogue& catalogue = definitions.catalogue;
  if (const int index = catalogue.find(trimmed(asked)); index >= 0) return {index};
  const Form& summary = *definitions.summary();
  std::vector<int> found;
  for (std::size_t r = 0; r < summary.form.rows.size(); ++r) {
    const Row& row = summary.form.rows[r];
    const int mapped = summary.mapping.indicators[r];
    if (mapped >= 0 && (bare(row.number) == bare(asked) || row.key == bare(asked))) found.push_back(mapped);
  }
  const std::string key = fold(asked);
  const std::vector<std::string> words = folded_words(squeezed(asked));
  const auto search = [&](const auto& fits) {
    for (int i = 0; i < catalogue.size() && !words.empty(); ++i) {
      if (fits(fold(catalogue[i].label))) found.push_back(i);
    }
  };
  if (found.empty()) search([&](const std::string& label) { return label == key; });
  if (found.empty()) search([&](const std::string& label) { return label.find(key) != std::string::npos; });
  if (found.empty()) search([&](const std::string& label) { return has_all(label, words); });
  return found;
}

// What the summary form prints before the indicator: its number, else its key.
std::string number_of(int indicator, const Definitions& definitions) {
  const Form& summary = *definitions.summary();
  const int row = summary.mapping.row_of(indicator);
  if (row < 0) return "";
  const Row& printed = summary.form.rows[static_cast<std::size_t>(row)];
  return printed.number.empty() ? printed.key : printed.number;
}

// The indicator meant; -1, after what could be meant was said, when that is none or several.
int choose_indicator(const std::string& asked, const Definitions& definitions, const Terminal& terminal) {
  const std::vector<int> found = indicators_called(asked, definitions);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    std::vector<std::string> ids;
    for (const Indicator& one : definitions.catalogue.indicators) ids.push_back(one.id);
    say({"usage.no-indicator", {{"asked", asked}, {"hint", hint(asked, ids, definitions.wording, terminal)}}},
        definitions.wording, terminal);
    return -1;
  }
  say({"usage.many-indicators", {{"asked", asked}, {"count", std::to_string(found.size())}}}, definitions.wording,
      terminal);
  std::vector<std::vector<std::string>> rows;
  for (const int one : found) {
    const Indicator& what = definitions.catalogue[one];
    rows.push_back({"  " + what.id, number_of(one, definitions), what.label});
  }
  terminal.err << aligned(rows, {false, false, false}, terminal.width);
  return -1;
}

// The agency meant, as an index of members; -1, after what could be meant was said, when that is none or several.
int choose_agency(const std::string& asked, const Province& province, const Wording& wording,
                  const Terminal& terminal) {
  const std::string key = fold_name(asked);
  std::vector<int> found;
  std::vector<std::string> names;
  for (std::size_t m = 0; m < province.members.size(); ++m) {
    names.push_back(province.members[m].name);
    const std::string name = fold_name(names.back());
    if (name == key) return static_cast<int>(m);
    if (name.find(key) != std::string::npos) found.push_back(static_cast<int>(m));
  }
  if (found.size() == 1) return found.front();
  say(found.empty() ? Trouble{"usage.no-agency", {{"asked", asked}, {"hint", hint(asked, names, wording, terminal)}}}
                    : Trouble{"usage.many-agencies", {{"asked", asked}}},
      wording, terminal);
  for (const int m : found) terminal.err << "  " << names[static_cast<std::size_t>(m)] << "\n";
  return -1;
}

// Of the figure and its parts, by the agencies whose addends are told.
Findings concerning(const Findings& findings, const std::vector<Contribution>& addends, const Explained& explained) {
  Findings some;
  for (const Finding& finding : findings) {
    const int indicator = explained.definitions.catalogue.find(finding.indicator);
    if (indicator < 0) continue;
    const bool ours = std::any_of(addends.begin(), addends.end(), [&](const Contribution& addend) {
      const bool about = addend.indicator == indicator || explained.indicator == indicator;
      return about && (finding.agency.empty() ||
                       finding.agency == explained.province.members[static_cast<std::size_t>(addend.member)].name);
    });
    if (ours) some.push_back(finding);
  }
  return some;
}

}  // namespace

int check_inputs(const Definitions& definitions, const CheckOptions& options, const Terminal& terminal) {
  int code = kDone;
  const std::optional<Merging> merged = merge_inputs(options, {}, definitions, terminal, code);
  if (!merged) return code;
  const Merging& merging = *merged;
  if (options.format == "json") {
    terminal.out << merging_json(merging, definitions, terminal.lang);
  } else if (options.format == "csv") {
    terminal.out << findings_csv(merging.findings, definitions.wording, terminal.lang);
  } else {
    print(merging.findings, definitions.wording, terminal);
    say_done(counts_table(counts_of(merging, definitions), definitions.wording, terminal.lang), terminal);
  }
  return exit_code(merging.findings, definitions.wording);
}

int explain_figure(const Definitions& definitions, const WhyOptions& options, const Terminal& terminal) {
  const int indicator = choose_indicator(options.indicator, definitions, terminal);
  if (indicator < 0) return kUsage;
  int code = kDone;
  const std::optional<Merging> merged = merge_inputs(options, {}, definitions, terminal, code);
  if (!merged) return code;
  const Merging& merging = *merged;
  say(said_at_once(merging.findings), definitions.wording, terminal);
  if (merging.province.members.empty()) return exit_code(merging.findings, definitions.wording);
  Explained explained{merging.province, definitions, indicator, {}, {}};
  explained.addends = explain(merging.province, definitions, indicator);
  if (!options.agency.empty()) {
    const int member = choose_agency(options.agency, merging.province, definitions.wording, terminal);
    if (member < 0) return kUsage;
    std::erase_if(explained.addends, [&](const Contribution& addend) { return addend.member != member; });
  }
  explained.findings = concerning(merging.findings, explained.addends, explained);
  if (options.format == "json") {
    terminal.out << explanation_json(explained, terminal.lang);
  } else if (options.format == "csv") {
    terminal.out << explanation_csv(explained);
  } else {
    terminal.out << explanation_text(explained, terminal.lang, terminal.width);
  }
  return exit_code(merging.findings, definitions.wording);
}

int export_inputs(const Definitions& definitions, const ExportOptions& options, const Terminal& terminal) {
  const auto format = export_format(options.to);
  if (!format) {
    say({"usage.export-format", {{"path", options.to}}}, definitions.wording, terminal);
    return kUsage;
  }
  if (const auto trouble = misplaced({options.to}, options.inputs, definitions, options.limits, true)) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  const std::vector<Arrival> arrivals =
      read_arrivals(options.inputs, {options.to}, definitions, {.limits = options.limits, .cache = options.cache});
  try {
    write_file(options.to, write_exported(arrivals, definitions, options.program, *format));
  } catch (const Error& trouble) {
    return not_written(trouble, definitions, terminal);
  }
  Findings findings;
  for (const Arrival& one : arrivals) findings.insert(findings.end(), one.findings.begin(), one.findings.end());
  say(said_at_once(findings), definitions.wording, terminal);
  say_done("done.written", {{"path", options.to}}, definitions.wording, terminal);
  return exit_code(findings, definitions.wording);
}

int print_schema(const Definitions&, const std::string& name, const Terminal& terminal) {
  for (const auto& [known, schema] : schemas()) {
    if (known == name) terminal.out << schema;
  }
  return kDone;
}

}  // namespace tonghop
