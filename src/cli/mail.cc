// The command mail: drafts to every agency of a round, to those that have not answered, or to those with corrections.
#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/drafts.h"
#include "cli/files.h"
#include "cli/intake.h"
#include "cli/merging.h"
#include "cli/progress.h"
#include "cli/return_copies.h"
#include "forms/submission.h"
#include "merge/ledger.h"
#include "round/file_name.h"
#include "xlsx/reader.h"

namespace tonghop {
namespace fs = std::filesystem;

namespace {

// The workbooks that `blank --round` has written, one an agency.
class Outbox {
 public:
  // All borrowed.
  Outbox(std::string folder, const Round& round, const xlsx::Limits& limits)
      : folder_(std::move(folder)), round_(round), limits_(limits), names_(file_names(round)) {}

  // That of this agency. Throws Error: what reading a workbook throws, mail-no-workbook when it is not there,
  // mail-old-workbook when it was made for another agency, form, period, window or deadline.
  Attachment workbook_of(int index) {
    const Agency& agency = round_.agencies[static_cast<std::size_t>(index)];
    const std::string name = names_[static_cast<std::size_t>(index)] + ".xlsx";
    const std::string path = (fs::path(folder_) / name).string();
    std::error_code unseen;  // what cannot be looked at cannot be read either
    if (!fs::exists(path, unseen)) throw Error("mail-no-workbook", {.file = path});
    std::string bytes = read_file(path);
    Findings ignored;  // of a file that nobody has filled in
    const Identity made = identity_of(xlsx::read_workbook(bytes, path, ignored, limits_)).value_or(Identity{});
    const bool current = made.code == agency.code && made.agency == agency.name && made.form == agency.form &&
                         fold(made.period) == fold(round_.period) && made.window == round_.window();
    if (!current) throw Error("mail-old-workbook", {.file = path});
    return {name, std::move(bytes)};
  }

 private:
  const std::string folder_;
  const Round& round_;
  const xlsx::Limits& limits_;
  const std::vector<std::string> names_;
};

// Agencies that the round expects, by index.
std::vector<int> expected(const Round& round) {
  std::vector<int> agencies;
  for (std::size_t a = 0; a < round.agencies.size(); ++a) {
    if (round.expects(round.agencies[a])) agencies.push_back(static_cast<int>(a));
  }
  return agencies;
}

// Those of them from which nothing came, not even what could not be read.
std::vector<int> silent(const Merging& merging, const Wording& wording) {
  std::vector<int> agencies;
  for (const LedgerEntry& entry : ledger_of(merging.province, merging.sources, merging.findings, wording).expected) {
    if (entry.standing == Standing::not_returned) agencies.push_back(entry.agency);
  }
  return agencies;
}

// That nothing came is no trouble for reminders.
void drop_emptiness(Findings& findings) {
  std::erase_if(findings,
                [](const Finding& one) { return one.code == "nothing-to-merge" || one.code == "folder-empty"; });
}

}  // namespace

int write_mails(const Definitions& definitions, const MailOptions& given, const Terminal& terminal) {
  MailOptions options = given;
  if (options.corrections)
    return return_corrections(definitions, {static_cast<const InputOptions&>(options), options.output}, terminal);
  const std::string outbox = options.output.empty() ? beside(options.round, "outbox") : options.output;
  if (const auto trouble = among_inputs(outbox, {beside(options.round, "inbox")})) {
    say(*trouble, definitions.wording, terminal);
    return kUsage;
  }
  int code = kDone;
  std::unique_ptr<const Round> opened;
  std::optional<Merging> merged;
  Findings findings;
  if (options.remind) {
    if (options.inputs.empty()) options.inputs = {beside(options.round, "inbox")};
    merged = merge_inputs(options, {}, definitions, terminal, code);
    if (!merged) return code;
    findings = errors_at_once(merged->findings, definitions.wording);
    drop_emptiness(findings);
  } else {
    bool good = true;
    opened = open_round(options.round, definitions, options.limits, terminal, good);
    if (!good) return kUsage;
  }
  const Round& round = merged ? *merged->round : *opened;
  const std::vector<int> agencies = merged ? silent(*merged, definitions.wording) : expected(round);
  const std::string folder = options.remind ? (fs::path(outbox) / "reminders").string() : outbox;
  Drafts drafts(folder, options.remind ? Letter::reminder : Letter::blank, round, definitions);
  Outbox workbooks(outbox, round, options.limits);
  try {
    Progress progress(agencies.size());
    for (const int agency : agencies) {
      std::vector<Attachment> attachments;
      try {
        attachments.push_back(workbooks.workbook_of(agency));
        drafts.write(agency, "", std::move(attachments));
      } catch (const Error& error) {
        if (error.finding().code.str().starts_with("write-")) throw;
        if (error.finding().code != "mail-old-workbook") drafts.keep(agency);  // a draft with that one must not be sent
        findings.push_back(error.finding());
        findings.back().agency = round.agencies[static_cast<std::size_t>(agency)].name;
      }
      progress.step();
    }
    drafts.remove_others();
  } catch (const Error& error) {
    return not_written(error, definitions, terminal);
  }
  std::move(drafts.findings.begin(), drafts.findings.end(), std::back_inserter(findings));
  say(findings, definitions.wording, terminal);
  drafts.say_counts(terminal);
  return exit_code(findings, definitions.wording);
}

}  // namespace tonghop
