// Files in, a province out.
#include "cli/merging.h"

#include <algorithm>
#include <set>

#include "cli/intake.h"
#include "report/json.h"
#include "report/tables.h"

namespace tonghop {

Merging merge_inputs(const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                     const Definitions& definitions, const xlsx::Limits& limits) {
  Merging merging;
  Intake intake = take_in(read_arrivals(inputs, outputs, definitions, limits), merging.findings);
  merging.refused = intake.refused + intake.absent;
  merging.province = merge(std::move(intake.returns), definitions, merging.findings);
  const std::set<std::string> superseded(merging.province.superseded.begin(), merging.province.superseded.end());
  for (SourceFile& source : intake.sources) {
    if (superseded.contains(source.path)) source.state = SourceFile::State::superseded;
  }
  merging.sources = std::move(intake.sources);
  if (merging.province.members.empty()) merging.findings.push_back({.code = "nothing-to-merge"});
  sort_findings(merging.findings, definitions.wording);
  return merging;
}

Counts counts_of(const Merging& merging, const Definitions& definitions) {
  Counts counts;
  for (const SourceFile& source : merging.sources) {
    counts.files_read += source.state == SourceFile::State::refused ? 0 : 1;
    counts.values += source.state == SourceFile::State::used ? source.values : 0;
  }
  counts.files_refused = merging.refused;
  counts.agencies = static_cast<long long>(merging.province.members.size());
  counts.figures = std::count_if(merging.province.figures.begin(), merging.province.figures.end(),
                                 [](const Figure& figure) { return figure.basis != Basis::none; });
  counts.indicators = definitions.catalogue.size();
  for (const Finding& finding : merging.findings) {
    const Severity severity = definitions.wording.severity(finding.code);
    ++(severity == Severity::error ? counts.errors : severity == Severity::warning ? counts.warnings : counts.notes);
  }
  return counts;
}

std::string counts_table(const Counts& counts) {
  const auto figures = std::to_string(counts.figures) + " of " + std::to_string(counts.indicators);
  return aligned({{"files read", std::to_string(counts.files_read)},
                  {"files refused", std::to_string(counts.files_refused)},
                  {"agencies", std::to_string(counts.agencies)},
                  {"values", std::to_string(counts.values)},
                  {"indicators with a figure", figures},
                  {"findings: errors", std::to_string(counts.errors)},
                  {"findings: warnings", std::to_string(counts.warnings)},
                  {"findings: notes", std::to_string(counts.notes)}},
                 {false, true});
}

std::string merging_json(const Merging& merging, const Definitions& definitions, const std::string& lang) {
  const Counts counts = counts_of(merging, definitions);
  return check_json({{"files_read", counts.files_read},
                     {"files_refused", counts.files_refused},
                     {"agencies", counts.agencies},
                     {"values", counts.values},
                     {"figures", counts.figures},
                     {"indicators", counts.indicators},
                     {"errors", counts.errors},
                     {"warnings", counts.warnings},
                     {"notes", counts.notes}},
                    merging.sources, merging.findings, definitions.wording, lang);
}

Findings about_files(const Findings& findings) {
  Findings some;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(some),
               [](const Finding& finding) { return finding.place.cell.empty() && finding.indicator.empty(); });
  return some;
}

int exit_code(const Findings& findings, const Wording& wording) {
  const bool errors = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return wording.severity(finding.code) == Severity::error;
  });
  return errors ? kDoneWithFindings : kDone;
}

int not_written(const Error& error, const Definitions& definitions, const Terminal& terminal) {
  terminal.err << findings_lines({error.finding()}, definitions.wording, terminal.lang);
  return kNotWritten;
}

}  // namespace tonghop
