// Files in, a province out.
#include "cli/merging.h"

#include <algorithm>
#include <filesystem>
#include <future>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "cli/earlier.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "merge/previous.h"
#include "merge/settle.h"
#include "report/json.h"
#include "report/tables.h"
#include "round/identify.h"
#include "xlsx/reader.h"

namespace tonghop {

namespace {

// The report that will be overwritten, with the decisions of the one named besides. Throws Error.
Earlier earlier_work(const std::string& output, const InputOptions& options, const Definitions& definitions,
                     Findings& findings) {
  Earlier earlier;
  std::error_code unseen;  // what cannot be looked at cannot be overwritten either, and write_file() will say so
  if (std::filesystem::is_regular_file(output, unseen)) {
    earlier = read_earlier(output, definitions, options.limits, findings);
  }
  if (!options.decisions.empty()) {
    for (Decision& one : read_earlier(options.decisions, definitions, options.limits, findings).decisions)
      earlier.decisions.push_back(std::move(one));
  }
  return earlier;
}

bool is_open(const Finding& finding) { return finding.state == Finding::State::open; }

}  // namespace

std::unique_ptr<const Round> open_round(const std::string& path, const Definitions& definitions,
                                        const xlsx::Limits& limits, const Terminal& terminal, bool& good) {
  std::unique_ptr<const Round> round;
  good = true;
  if (path.empty()) return round;
  Findings findings;
  try {
    auto read = read_round(xlsx::read_workbook(read_file(path), path, findings, limits), path, definitions, findings);
    if (read) round = std::make_unique<const Round>(std::move(*read));
  } catch (const Error& error) {
    findings.push_back(error.finding());
  }
  say(findings, definitions.wording, terminal);
  good = round != nullptr;
  return round;
}

PreviousRound open_previous(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits) {
  Findings ignored;  // about cells of a workbook that nobody reports
  return read_previous(xlsx::read_workbook(read_file(path), path, ignored, of_reports(limits)), path, definitions);
}

std::optional<Merging> merge_inputs(const InputOptions& options, const std::vector<std::string>& outputs,
                                    const Definitions& definitions, const Terminal& terminal, int& code) {
  code = kUsage;
  Merging merging;
  // Read while the round is; before the returns, since of thousands of agencies each takes a lot of room.
  std::future<std::pair<Earlier, Findings>> earlier_read = std::async([&] {
    Findings said;
    Earlier earlier = earlier_work(outputs.empty() ? "" : outputs.front(), options, definitions, said);
    return std::pair(std::move(earlier), std::move(said));
  });
  bool good = true;
  merging.round = open_round(options.round, definitions, options.limits, terminal, good);
  if (!good) return std::nullopt;
  std::optional<PreviousRound> previous;
  if (!options.previous.empty()) {
    try {
      previous = open_previous(options.previous, definitions, options.limits);
    } catch (const Error& error) {
      say({error.finding()}, definitions.wording, terminal);
      return std::nullopt;
    }
  }
  Province& province = merging.province;
  Findings& findings = merging.findings;
  const Round* round = merging.round.get();
  std::future<Identifier> identifier_made;
  if (round != nullptr) identifier_made = std::async([&] { return Identifier(*round, definitions.wording); });
  Earlier earlier;
  try {
    std::tie(earlier, findings) = earlier_read.get();
  } catch (const Error& error) {
    code = not_written(error, definitions, terminal);
    return std::nullopt;
  }
  std::vector<std::string> no_returns = outputs;  // in a folder of returns
  if (round != nullptr) no_returns.push_back(options.round);
  std::vector<Arrival> arrivals = read_arrivals(options.inputs, no_returns, definitions,
                                                {.limits = options.limits, .cache = options.cache, .round = round});
  if (identifier_made.valid()) {
    const Identifier identifier = identifier_made.get();
    parallel(arrivals.size(), [&](std::size_t index) { identifier.identify(arrivals[index]); });
  }
  Intake intake = take_in(std::move(arrivals), findings);
  merging.refused = intake.refused + intake.absent;
  province = gather(std::move(intake.returns), definitions, findings, round);
  settle(province, std::move(earlier.decisions), definitions, findings);
  // Let go of: of thousands of agencies they are large.
  report_lost_edits(std::exchange(earlier.figures, {}), province, intake.sources, definitions, findings);
  check_values(province, definitions, previous ? &*previous : nullptr, findings);
  total(province, definitions, findings);
  conclude(province, definitions, findings);
  const std::set<std::string> superseded(province.superseded.begin(), province.superseded.end());
  std::map<std::string, const Return*> used;
  for (const Member& member : province.members) used.emplace(member.answer.file, &member.answer);
  for (SourceFile& source : intake.sources) {
    if (superseded.contains(source.path)) source.state = SourceFile::State::superseded;
    const auto answer = used.find(source.path);
    if (answer != used.end()) count_values(*answer->second, source);  // some are settled now
  }
  merging.sources = std::move(intake.sources);
  if (province.members.empty()) findings.push_back({.code = "nothing-to-merge"});
  sort_findings(findings, definitions.wording);
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
    if (!is_open(finding)) {
      ++counts.decided;
      continue;
    }
    const Severity severity = definitions.wording.severity(finding);
    ++(severity == Severity::error ? counts.errors : severity == Severity::warning ? counts.warnings : counts.notes);
  }
  return counts;
}

std::string counts_table(const Counts& counts, const Wording& wording, const std::string& lang) {
  const auto text = [&](const char* id, const Details& details = {}) { return wording.text(id, lang, details); };
  const auto figures =
      text("count.of", {{"count", std::to_string(counts.figures)}, {"all", std::to_string(counts.indicators)}});
  return aligned({{text("count.files-read"), std::to_string(counts.files_read)},
                  {text("count.files-refused"), std::to_string(counts.files_refused)},
                  {text("count.agencies"), std::to_string(counts.agencies)},
                  {text("count.values"), std::to_string(counts.values)},
                  {text("count.figures"), figures},
                  {text("count.errors"), std::to_string(counts.errors)},
                  {text("count.warnings"), std::to_string(counts.warnings)},
                  {text("count.notes"), std::to_string(counts.notes)},
                  {text("count.decided"), std::to_string(counts.decided)}},
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
                     {"notes", counts.notes},
                     {"decided", counts.decided}},
                    merging.sources, merging.findings, definitions.wording, lang);
}

Findings said_at_once(const Findings& findings) {
  Findings some;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(some), [](const Finding& finding) {
    const bool about_file = finding.place.cell.empty() && finding.indicator.empty();
    return is_open(finding) && (about_file || finding.code.str().starts_with("decision-"));
  });
  return some;
}

Findings errors_at_once(const Findings& findings, const Wording& wording) {
  Findings some = said_at_once(findings);
  std::erase_if(some, [&](const Finding& finding) { return wording.severity(finding) != Severity::error; });
  return some;
}

int exit_code(const Findings& findings, const Wording& wording) {
  const bool errors = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return is_open(finding) && wording.severity(finding) == Severity::error;
  });
  return errors ? kDoneWithFindings : kDone;
}

int not_written(const Error& error, const Definitions& definitions, const Terminal& terminal) {
  say({error.finding()}, definitions.wording, terminal);
  return kNotWritten;
}

}  // namespace tonghop
