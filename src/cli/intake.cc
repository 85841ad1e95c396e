// Reading every input file.
#include "cli/intake.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "forms/submission.h"
#include "reconcile/join.h"
#include "reconcile/match.h"
#include "xlsx/reader.h"

namespace tonghop {
namespace {

// Codes that say: by its content this is no spreadsheet at all.
bool foreign(const std::string& code) {
  return code == "file-unknown" || code == "file-markup" || code == "file-pdf" || code == "file-docx" ||
         code == "file-zip" || code == "file-empty";
}

// By its name the file claims to be a spreadsheet.
bool named_as_workbook(const std::string& path) {
  const std::string extension = lower(std::filesystem::path(path).extension().string());
  return extension.starts_with(".xls") || extension.starts_with(".xlt") || extension == ".ods" || extension == ".et";
}

// Whether an earlier merge wrote this file.
bool is_report(const std::string& path, const Definitions& definitions) {
  try {
    Findings ignored;
    Matcher matcher(definitions);
    const xlsx::Workbook book = xlsx::read_workbook(read_file(path), path, ignored);
    return lift(book, path, matcher.captions()).identity.form == definitions.summary()->form.id;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

Intake take_in(const std::vector<InputFile>& inputs, const Definitions& definitions, bool summaries,
               Findings& findings) {
  Intake intake;
  Matcher matcher(definitions);
  for (const InputFile& input : inputs) {
    spdlog::debug("reading {}", input.path);
    const auto before = static_cast<std::ptrdiff_t>(findings.size());
    SourceFile source;
    source.path = input.path;
    try {
      const std::string bytes = read_file(input.path);
      source.bytes = bytes.size();
      source.sha256 = sha256(bytes);
      const xlsx::Workbook book = xlsx::read_workbook(bytes, input.path, findings);
      Return answer = reconcile(lift(book, input.path, matcher.captions()), definitions, matcher, findings);
      if (answer.form->form.summary && !summaries) {
        findings.erase(findings.begin() + before,
                       findings.end());  // how its totals read as answers is beside the point
        throw Error("summary-as-input", Place{input.path, "", "", 0, 0});
      }
      source.state = SourceFile::State::used;
      source.form = answer.form->form.id + " (" + std::to_string(answer.form->form.version) + ")";
      source.agency = answer.agency;
      source.period = answer.period;
      source.values = static_cast<int>(std::count_if(answer.observations.begin(), answer.observations.end(),
                                                     [](const Observation& o) { return has_value(o.status); }));
      intake.returns.push_back(std::move(answer));
    } catch (const Error& error) {
      Finding finding = error.finding();
      if (!input.named && foreign(finding.code) && !named_as_workbook(input.path)) {
        finding.code = "file-ignored";
        findings.push_back(std::move(finding));
        continue;
      }
      // Where the form's sheet is damaged, that is said already; that no table was found only follows from it.
      const bool follows = finding.code == "table-missing" &&
                           std::any_of(findings.begin() + before, findings.end(),
                                       [](const Finding& said) { return said.code == "sheet-damaged"; });
      if (!follows) findings.push_back(std::move(finding));
      ++intake.refused;
    }
    intake.sources.push_back(std::move(source));
  }
  intake.returns = join(std::move(intake.returns), findings);
  return intake;
}

std::string misplaced(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                      const Definitions& definitions) {
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
      const bool ours = !named_as_workbook(output) || is_report(output, definitions);
      if (input.named || !ours) return output + " is an input; inputs are never written.";
    }
  }
  return "";
}

}  // namespace tonghop
