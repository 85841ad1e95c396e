// Reading every input file.
#include "cli/intake.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/earlier.h"
#include "cli/progress.h"
#include "forms/submission.h"
#include "merge/nested.h"
#include "reconcile/exported.h"
#include "reconcile/join.h"
#include "reconcile/match.h"
#include "xlsx/reader.h"
#include "xlsx/zip.h"

namespace tonghop {
namespace {

// Codes that say: by its content this is no spreadsheet, and holds none.
bool foreign(const std::string& code) {
  return code == "file-unknown" || code == "file-markup" || code == "file-pdf" || code == "file-docx" ||
         code == "file-image" || code == "file-empty" || code == "file-unsynced";
}

// By its name the file claims to be a spreadsheet.
bool named_as_workbook(const std::string& path) {
  const std::string extension = lower(std::filesystem::path(path).extension().string());
  return extension.starts_with(".xls") || extension.starts_with(".xlt") || extension == ".ods" || extension == ".et";
}

// Whether an earlier merge wrote this file.
bool is_report(const std::string& path, const Definitions& definitions, const xlsx::Limits& limits) {
  try {
    Findings ignored;
    Matcher matcher(definitions);
    const xlsx::Workbook book = xlsx::read_workbook(read_file(path), path, ignored, of_reports(limits));
    return lift(book, path, matcher.captions()).identity.form == definitions.summary()->form.id;
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

// The parts of its path that tell that a file in an archive is none of ours.
bool passed_over_in_archive(const std::string& name) {
  const std::filesystem::path path(name);
  return std::any_of(path.begin(), path.end(), [](const std::filesystem::path& part) {
    if (part == "." || part == "..") return false;
    return passed_over(part.string()) || part == "__MACOSX";  // what macOS adds to every archive
  });
}

Arrival unopened(const std::string& path) {
  Arrival arrival;
  arrival.path = path;
  return arrival;
}

Arrival opened(const std::string& path, const std::string& bytes) {
  Arrival arrival = unopened(path);
  arrival.bytes = bytes.size();
  arrival.sha256 = sha256(bytes);
  return arrival;
}

class Taking {
 public:
  Taking(const Definitions& definitions, bool summaries, const xlsx::Limits& limits, const Round* round, Keep keep)
      : definitions_(definitions),
        summaries_(summaries),
        limits_(limits),
        round_(round),
        keep_(std::move(keep)),
        matcher_(definitions) {}

  void take(const InputFile& input) {
    if (std::filesystem::path(input.path).filename().string().starts_with("~$")) return;
    const std::string path = clean_utf8(input.path);  // outputs are text
    try {
      take(path, read_file(input.path), input.named, false);
    } catch (const Error& error) {
      Finding finding = error.finding();
      finding.place.file = path;
      refuse(unopened(path), std::move(finding));
    }
  }

  std::vector<Arrival> arrivals;

 private:
  void take(const std::string& path, const std::string& bytes, bool named, bool archived);
  void take_archive(const std::string& path, const std::string& bytes);
  void reconcile_one(const std::string& bytes, Arrival& arrival, bool named);
  void refuse(Arrival arrival, Finding why) {
    arrival.findings.push_back(std::move(why));
    arrivals.push_back(std::move(arrival));
  }

  const Definitions& definitions_;
  bool summaries_;
  const xlsx::Limits& limits_;
  const Round* round_;  // may be null
  Keep keep_;           // may be empty
  Matcher matcher_;
};

void Taking::take(const std::string& path, const std::string& bytes, bool named, bool archived) {
  spdlog::debug("reading {}", path);
  Arrival arrival = opened(path, bytes);
  try {
    if (is_exported(bytes)) {
      for (Arrival& one : read_exported(bytes, path, definitions_)) arrivals.push_back(std::move(one));
      return;
    }
    reconcile_one(bytes, arrival, named);
    arrivals.push_back(std::move(arrival));
  } catch (const Error& error) {
    Finding finding = error.finding();
    if (finding.code == "file-zip" && !archived) {
      take_archive(path, bytes);
      return;
    }
    if (!named && foreign(finding.code) && !named_as_workbook(path)) {
      finding.code = "file-ignored";
      arrival.state = Arrival::State::ignored;
      refuse(std::move(arrival), std::move(finding));
      return;
    }
    // Where the form's sheet is damaged, that is said already; that no table was found only follows from it.
    const bool follows = finding.code == "table-missing" &&
                         std::any_of(arrival.findings.begin(), arrival.findings.end(),
                                     [](const Finding& said) { return said.code == "sheet-damaged"; });
    if (!follows) arrival.findings.push_back(std::move(finding));
    arrivals.push_back(std::move(arrival));
  }
}

void Taking::reconcile_one(const std::string& bytes, Arrival& arrival, bool named) {
  const xlsx::Workbook book = xlsx::read_workbook(bytes, arrival.path, arrival.findings, limits_);
  Return answer = reconcile(lift(book, arrival.path, matcher_.captions()), definitions_, matcher_, arrival.findings);
  const bool listed = round_ != nullptr && round_->find(answer.agency) >= 0;
  if (answer.form->form.summary && !summaries_ && !named && !listed) {
    arrival.findings.clear();  // how its totals read as answers is beside the point
    throw Error("summary-as-input", Place{arrival.path, "", "", 0, 0});
  }
  if (answer.form->form.summary) answer.within = agencies_within(book, definitions_.wording);
  arrival.state = Arrival::State::used;
  arrival.answer = std::move(answer);
  if (keep_) keep_(arrival.path, arrival.sha256, bytes);
}

void Taking::take_archive(const std::string& path, const std::string& bytes) {
  const std::size_t before = arrivals.size();
  const Arrival archive = opened(path, bytes);
  try {
    xlsx::Zip zip(bytes, path, limits_);
    std::vector<std::pair<std::string, std::size_t>> files;  // sorted: the result does not depend on their order
    for (std::size_t i = 0; i < zip.size(); ++i) {
      std::string name = zip.shown_name(i);
      if (!name.empty() && name.back() != '/' && !passed_over_in_archive(name)) files.emplace_back(std::move(name), i);
    }
    std::sort(files.begin(), files.end());
    for (const auto& [name, entry] : files) {
      const std::string inner = path + "/" + name;
      std::string file;
      try {
        file = zip.read(entry);
      } catch (const Error& error) {
        Finding finding = error.finding();
        if (finding.code != "file-damaged") throw;  // what concerns the archive as a whole
        finding.place.file = inner;
        refuse(unopened(inner), std::move(finding));
        continue;
      }
      take(inner, file, false, true);
    }
    const bool empty = std::all_of(arrivals.begin() + static_cast<std::ptrdiff_t>(before), arrivals.end(),
                                   [](const Arrival& one) { return one.state == Arrival::State::ignored; });
    if (empty) refuse(archive, {.code = "archive-empty", .place = {.file = path}});
  } catch (const Error& error) {
    Finding finding = error.finding();
    if (finding.code == "file-encrypted") finding.code = "archive-encrypted";
    refuse(archive, std::move(finding));
  }
}

SourceFile source_of(const Arrival& arrival) {
  SourceFile source;
  source.path = arrival.path;
  source.bytes = arrival.bytes;
  source.sha256 = arrival.sha256;
  source.agency = arrival.agency;
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

std::vector<Arrival> read_arrivals(const std::vector<InputFile>& inputs, const Definitions& definitions, bool summaries,
                                   const xlsx::Limits& limits, const Round* round, const Keep& keep) {
  Taking taking(definitions, summaries, limits, round, keep);
  Progress progress(inputs.size());
  for (const InputFile& input : inputs) {
    taking.take(input);
    progress.step();
  }
  return std::move(taking.arrivals);
}

std::vector<Arrival> read_arrivals(const std::vector<std::string>& paths, const std::vector<std::string>& outputs,
                                   const Definitions& definitions, const xlsx::Limits& limits, const Round* round,
                                   const Keep& keep) {
  Findings troubles;
  const std::vector<InputFile> inputs = list_inputs(paths, outputs, troubles);
  std::vector<Arrival> arrivals = read_arrivals(inputs, definitions, false, limits, round, keep);
  for (Finding& trouble : troubles) {
    trouble.place.file = clean_utf8(trouble.place.file);
    Arrival absent = unopened(trouble.place.file);
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
    intake.absent += arrival.state == Arrival::State::absent ? 1 : 0;
    if (arrival.state == Arrival::State::used || arrival.state == Arrival::State::refused)
      intake.sources.push_back(source_of(arrival));
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
  for (const std::string& output : outputs) {
    const bool first = output.empty() || named.insert(fs::weakly_canonical(fs::absolute(output, error), error)).second;
    if (!first) return Trouble{"usage.output-twice", {{"path", output}}};
  }
  Findings said_later;
  for (const InputFile& input : list_inputs(inputs, {}, said_later)) {
    for (const std::string& output : outputs) {
      if (output.empty() || !fs::equivalent(input.path, output, error)) continue;
      const bool ours = is_export(output) ? exporting
                        : exporting       ? false
                                          : !named_as_workbook(output) || is_report(output, definitions, limits);
      if (input.named || !ours) return Trouble{"usage.output-input", {{"path", output}}};
    }
  }
  return std::nullopt;
}

}  // namespace tonghop
