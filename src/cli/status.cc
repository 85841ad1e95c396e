// The command status: the ledger of a round.
#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "cli/merging.h"
#include "merge/ledger.h"
#include "report/json.h"
#include "report/status_lines.h"
#include "report/status_sheet.h"
#include "xlsx/reader.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

// Throws Error (status-foreign) where something else would be overwritten.
void write_status(const std::string& path, const xlsx::Workbook& book, const Definitions& definitions,
                  const xlsx::Limits& limits) {
  std::error_code unseen;  // what cannot be looked at cannot be overwritten either, and write_file() will say so
  if (std::filesystem::is_regular_file(path, unseen)) {
    bool ours = false;
    try {
      Findings ignored;
      ours = is_status_workbook(xlsx::read_workbook(read_file(path), path, ignored, limits), definitions.wording);
    } catch (const Error&) {  // no workbook
    }
    if (!ours) throw Error("status-foreign", {.file = path});
  }
  write_file(path, xlsx::write_workbook(book));
}

// What the table does not tell: of no agency, and of no file that is listed as nobody's.
Findings said_besides(const Merging& merging, const Ledger& ledger, const Wording& wording) {
  Findings some = said_at_once(merging.findings);
  std::erase_if(some, [&](const Finding& finding) {
    const bool listed = std::any_of(ledger.nobodys.begin(), ledger.nobodys.end(), [&](int source) {
      return merging.sources[static_cast<std::size_t>(source)].path == finding.place.file;
    });
    const bool ignored =
        std::find(ledger.ignored.begin(), ledger.ignored.end(), finding.place.file) != ledger.ignored.end();
    if (ignored && !finding.agency.empty()) return false;  // an agency wrote, and its row tells nothing of it
    return !finding.agency.empty() || listed || wording.severity(finding) == Severity::note;
  });
  return some;
}

}  // namespace

int show_status(const Definitions& definitions, const StatusOptions& given, const Terminal& terminal) {
  StatusOptions options = given;
  const std::filesystem::path folder = std::filesystem::path(options.round).parent_path();
  if (options.inputs.empty()) options.inputs = {(folder / "inbox").string()};
  if (options.output.empty()) options.output = (folder / "status.xlsx").string();
  std::vector<std::string> read = options.inputs;
  for (const std::string& beside : {options.round, options.previous, options.decisions}) {
    if (!beside.empty()) read.push_back(beside);
  }
  if (const auto trouble = misplaced({options.output}, read, definitions, options.limits, false)) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  int code = kDone;
  std::optional<Merging> merged = merge_inputs(options, {"", options.output}, definitions, terminal, code);
  if (!merged) return code;
  Merging& merging = *merged;
  // Before the first return comes all is well.
  std::erase_if(merging.findings, [](const Finding& finding) {
    return finding.code == "nothing-to-merge" || finding.code == "folder-empty";
  });
  const Ledger ledger = ledger_of(merging.province, merging.sources, merging.findings, definitions.wording);
  const RoundStatus status{ledger, merging.province, merging.sources, merging.findings, definitions.wording};
  try {
    write_status(options.output, status_workbook(status, definitions.summary()->form.lang), definitions,
                 options.limits);
  } catch (const Error& trouble) {
    return not_written(trouble, definitions, terminal);
  }
  say(said_besides(merging, ledger, definitions.wording), definitions.wording, terminal);
  if (options.format == "json") {
    terminal.out << status_json(status, terminal.lang);
  } else if (options.format == "csv") {
    terminal.out << status_csv(status);
  } else {
    terminal.out << status_table(status, terminal.lang, terminal.width);
    say_done("done.written", {{"path", options.output}}, definitions.wording, terminal);
  }
  return exit_code(merging.findings, definitions.wording);
}

}  // namespace tonghop
