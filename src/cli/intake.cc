// Reading every input file.
#include "cli/intake.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/text.h"
#include "cli/earlier.h"
#include "forms/submission.h"
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

// The parts of its path that tell that a file in an archive is none of ours.
bool passed_over_in_archive(const std::string& name) {
  const std::filesystem::path path(name);
  return std::any_of(path.begin(), path.end(), [](const std::filesystem::path& part) {
    if (part == "." || part == "..") return false;
    return passed_over(part.string()) || part == "__MACOSX";  // what macOS adds to every archive
  });
}

SourceFile unopened(const std::string& path) {
  SourceFile source;
  source.path = path;
  return source;
}

SourceFile opened(const std::string& path, const std::string& bytes) {
  SourceFile source = unopened(path);
  source.bytes = bytes.size();
  source.sha256 = sha256(bytes);
  return source;
}

class Taking {
 public:
  Taking(const Definitions& definitions, bool summaries, const xlsx::Limits& limits, Findings& findings)
      : definitions_(definitions), summaries_(summaries), limits_(limits), findings_(findings), matcher_(definitions) {}

  void take(const InputFile& input) {
    if (std::filesystem::path(input.path).filename().string().starts_with("~$")) return;
    try {
      take(input.path, read_file(input.path), input.named, false);
    } catch (const Error& error) {
      refuse(unopened(input.path), error.finding());
    }
  }

  Intake intake;

 private:
  void take(const std::string& path, const std::string& bytes, bool named, bool archived);
  void take_archive(const std::string& path, const std::string& bytes);
  void reconcile_one(const std::string& bytes, SourceFile& source);
  void refuse(SourceFile source, Finding why) {
    findings_.push_back(std::move(why));
    ++intake.refused;
    intake.sources.push_back(std::move(source));
  }

  const Definitions& definitions_;
  bool summaries_;
  const xlsx::Limits& limits_;
  Findings& findings_;
  Matcher matcher_;
};

void Taking::take(const std::string& path, const std::string& bytes, bool named, bool archived) {
  spdlog::debug("reading {}", path);
  const auto before = static_cast<std::ptrdiff_t>(findings_.size());
  SourceFile source = opened(path, bytes);
  try {
    reconcile_one(bytes, source);
    intake.sources.push_back(std::move(source));
  } catch (const Error& error) {
    Finding finding = error.finding();
    if (finding.code == "file-zip" && !archived) {
      take_archive(path, bytes);
      return;
    }
    if (!named && foreign(finding.code) && !named_as_workbook(path)) {
      finding.code = "file-ignored";
      findings_.push_back(std::move(finding));
      return;
    }
    // Where the form's sheet is damaged, that is said already; that no table was found only follows from it.
    const bool follows = finding.code == "table-missing" &&
                         std::any_of(findings_.begin() + before, findings_.end(),
                                     [](const Finding& said) { return said.code == "sheet-damaged"; });
    if (!follows) findings_.push_back(std::move(finding));
    ++intake.refused;
    intake.sources.push_back(std::move(source));
  }
}

void Taking::reconcile_one(const std::string& bytes, SourceFile& source) {
  const auto before = static_cast<std::ptrdiff_t>(findings_.size());
  const xlsx::Workbook book = xlsx::read_workbook(bytes, source.path, findings_, limits_);
  Return answer = reconcile(lift(book, source.path, matcher_.captions()), definitions_, matcher_, findings_);
  if (answer.form->form.summary && !summaries_) {
    // How its totals read as answers is beside the point.
    findings_.erase(findings_.begin() + before, findings_.end());
    throw Error("summary-as-input", Place{source.path, "", "", 0, 0});
  }
  source.state = SourceFile::State::used;
  source.form = answer.form->form.id + " (" + std::to_string(answer.form->form.version) + ")";
  source.agency = answer.agency;
  source.period = answer.period;
  source.values = static_cast<int>(std::count_if(answer.observations.begin(), answer.observations.end(),
                                                 [](const Observation& o) { return has_value(o.status); }));
  intake.returns.push_back(std::move(answer));
}

void Taking::take_archive(const std::string& path, const std::string& bytes) {
  const std::size_t before = intake.sources.size();
  const SourceFile archive = opened(path, bytes);
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
    if (intake.sources.size() == before) refuse(archive, {.code = "archive-empty", .place = {.file = path}});
  } catch (const Error& error) {
    Finding finding = error.finding();
    if (finding.code == "file-encrypted") finding.code = "archive-encrypted";
    refuse(archive, std::move(finding));
  }
}

}  // namespace

Intake take_in(const std::vector<InputFile>& inputs, const Definitions& definitions, bool summaries,
               const xlsx::Limits& limits, Findings& findings) {
  Taking taking(definitions, summaries, limits, findings);
  for (const InputFile& input : inputs) taking.take(input);
  taking.intake.returns = join(std::move(taking.intake.returns), findings);
  return std::move(taking.intake);
}

std::string misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                      const Definitions& definitions, const xlsx::Limits& limits) {
  namespace fs = std::filesystem;
  std::error_code error;  // an output that is not there yet is no input
  std::set<fs::path> named;
  for (const std::string& output : outputs) {
    const bool first = output.empty() || named.insert(fs::weakly_canonical(fs::absolute(output, error), error)).second;
    if (!first) return output + " is named for two outputs.";
  }
  Findings said_later;
  for (const InputFile& input : list_inputs(inputs, {}, said_later)) {
    for (const std::string& output : outputs) {
      if (output.empty() || !fs::equivalent(input.path, output, error)) continue;
      const bool ours = !named_as_workbook(output) || is_report(output, definitions, limits);
      if (input.named || !ours) return output + " is an input; inputs are never written.";
    }
  }
  return "";
}

}  // namespace tonghop
