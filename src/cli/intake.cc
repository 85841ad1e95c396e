// From arrivals to returns.
#include "cli/intake.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/text.h"
#include "cli/earlier.h"
#include "forms/submission.h"
#include "reconcile/exported.h"
#include "reconcile/join.h"
#include "xlsx/reader.h"

namespace tonghop {
namespace {

// Whether an earlier merge wrote this file.
bool is_report(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits) {
  try {
    Findings ignored;
    const xlsx::Workbook book = xlsx::read_workbook(read_file(path), path, ignored, of_reports(limits));
    const std::optional<Identity> identity = identity_of(book);
    return identity && identity->form == definitions.summary()->form.id;
  } catch (const Error&) {
    return false;
  }
}

bool is_export(const std::string& path) {
  try {
    return is_exported(read_file(path));
  } catch (const Error&) {
    return false;
  }
}

SourceFile source_of(const Arrival& arrival) {
  SourceFile source;
  source.path = arrival.path;
  source.bytes = arrival.bytes;
  source.sha256 = arrival.sha256;
  source.agency = arrival.agency;
  if (!arrival.mails.empty()) source.sender = arrival.mails.front().sender;
  source.sent = first_sent(arrival.mails);
  if (!arrival.answer) return source;
  const Return& answer = *arrival.answer;
  source.state = SourceFile::State::used;
  source.form = answer.form->form.id + " (" + std::to_string(answer.form->form.version) + ")";
  source.agency = answer.agency;
  source.period = answer.period;
  source.modified = answer.modified;
  count_values(answer, source);
  return source;
}

}  // namespace

std::vector<Arrival> read_arrivals(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   const Definitions& definitions, const Taking& how) {
  Findings troubles;
  const std::vector<InputFile> inputs = list_inputs(paths, outputs, troubles);
  std::vector<Arrival> arrivals = read_arrivals(inputs, definitions, how);
  for (Finding& trouble : troubles) {
    trouble.place.file = clean_utf8(trouble.place.file);
    Arrival absent;
    absent.path = trouble.place.file;
    absent.state = Arrival::State::absent;
    absent.findings.push_back(std::move(trouble));
    arrivals.push_back(std::move(absent));
  }
  tell_apart(arrivals);
  std::stable_sort(arrivals.begin(), arrivals.end(),
                   [](const Arrival& a, const Arrival& b) { return a.path < b.path; });
  return arrivals;
}

Intake take_in(std::vector<Arrival> arrivals, Findings& findings) {
  Intake intake;
  for (Arrival& arrival : arrivals) {
    std::move(arrival.findings.begin(), arrival.findings.end(), std::back_inserter(findings));
    intake.refused += arrival.state == Arrival::State::refused ? 1 : 0;
    const bool empty = !arrival.findings.empty() && arrival.findings.front().code == "folder-empty";  // of files
    intake.absent += arrival.state == Arrival::State::absent && !empty ? 1 : 0;
    if (arrival.state == Arrival::State::used || arrival.state == Arrival::State::refused)
      intake.sources.push_back(source_of(arrival));
    if (arrival.answer && !arrival.mails.empty()) arrival.answer->sender = arrival.mails.front().sender;
    if (arrival.answer) intake.returns.push_back(std::move(*arrival.answer));
  }
  intake.returns = join(std::move(intake.returns), findings);
  return intake;
}

std::optional<Trouble> misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                                 const Definitions& definitions, const xlsx::Limits& limits, bool exporting) {
  namespace fs = std::filesystem;
  std::error_code error;  // an output that is not there yet is no input
  std::set<fs::path> named;
  struct There {
    std::string path;
    struct stat about;
  };
  std::vector<There> there;
  for (const std::string& output : outputs) {
    const bool first = output.empty() || named.insert(fs::weakly_canonical(fs::absolute(output, error), error)).second;
    if (!first) return Trouble{"usage.output-twice", {{"path", output}}};
    There one{output, {}};
    if (::stat(output.c_str(), &one.about) == 0 && S_ISREG(one.about.st_mode)) there.push_back(one);
  }
  if (there.empty()) return std::nullopt;
  Findings said_later;
  for (const InputFile& input : list_inputs(inputs, {}, said_later)) {
    struct stat about {};
    if (::stat(input.path.c_str(), &about) != 0) continue;
    for (const auto& [output, known] : there) {
      if (about.st_dev != known.st_dev || about.st_ino != known.st_ino) continue;
      const bool ours = is_export(output) ? exporting
                        : exporting       ? false
                                          : !named_as_workbook(output) || is_report(output, definitions, limits);
      if (input.named || !ours) return Trouble{"usage.output-input", {{"path", output}}};
    }
  }
  return std::nullopt;
}

std::optional<Trouble> among_inputs(const std::string& folder, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    if (lies_within(folder, input)) return Trouble{"usage.among-inputs", {{"folder", folder}, {"input", input}}};
  }
  return std::nullopt;
}

}  // namespace tonghop
