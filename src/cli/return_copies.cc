// Bytes of returns -> copies, and the command that writes them.
#include "cli/return_copies.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/sha256.h"
#include "base/text.h"
#include "cli/drafts.h"
#include "cli/files.h"
#include "report/correction_copy.h"
#include "report/tables.h"
#include "round/file_name.h"

namespace tonghop {
namespace {

namespace fs = std::filesystem;

// What programs go by: the content of a macro workbook may not stand under the name of a plain one.
std::string workbook_extension(const std::string& path) {
  const std::string extension = lower(fs::path(path).extension().string());
  return extension == ".xlsm" || extension == ".xltx" || extension == ".xltm" ? extension : ".xlsx";
}

class CopyMaking {
 public:
  CopyMaking(const Returned& returned, const Definitions& definitions, const xlsx::Limits& limits, Findings& findings)
      : returned_(returned),
        definitions_(definitions),
        limits_(limits),
        findings_(findings),
        round_(*returned.merging.round),
        names_(file_names(round_)) {}

  AgencyCopies make(Correction correction) {
    AgencyCopies copies;
    std::string stem = correction.agency >= 0 ? names_[static_cast<std::size_t>(correction.agency)]
                                              : file_part(correction.name, kStemBytes);
    // Agencies that are not on the roster may be called alike but for their marks.
    while (!taken_.insert(lower(stem)).second) stem += "_";
    int number = 0;
    for (const std::string& file : correction.files) {
      const bool concerned = std::ranges::any_of(correction.items, [&](const CorrectionItem& item) {
        return item.place.file == file || (item.place.file.empty() && file == correction.files.front());
      });
      if (!concerned) continue;
      ++number;
      add(correction, file, stem + (number > 1 ? "_" + std::to_string(number) : ""), copies.files);
    }
    copies.correction = std::move(correction);
    return copies;
  }

 private:
  static constexpr std::size_t kStemBytes = 100;

  void add(const Correction& correction, const std::string& file, const std::string& stem,
           std::vector<CopyFile>& files) {
    const std::optional<std::string> bytes = bytes_of(file);
    try {
      if (!bytes) throw Error("copy-unmarked", Place{.file = file}, {{"problem", "no bytes"}});
      Findings said;
      files.push_back({stem + workbook_extension(file),
                       correction_copy(*bytes, file, correction, &round_, definitions_, limits_, said)});
      std::ranges::move(said, std::back_inserter(findings_));
      return;
    } catch (const Error& error) {
      Finding finding = error.finding();
      if (finding.code != "copy-unmarked") finding.details = {{"problem", finding.code}};
      finding.code = "copy-unmarked";
      finding.agency = correction.name;
      findings_.push_back(std::move(finding));
    }
    const std::string list = file_part(definitions_.wording.text("corrections.sheet", correction.lang), kStemBytes);
    files.push_back({stem + "_" + list + ".xlsx", correction_list(file, correction, &round_, definitions_)});
    if (bytes) files.push_back({stem + lower(fs::path(file).extension().string()), *bytes});
  }

  // What was read under this path; nothing where only an export tells of it, or the file is another by now.
  std::optional<std::string> bytes_of(const std::string& path) const {
    const auto& sources = returned_.merging.sources;
    const auto source = std::ranges::find(sources, path, &SourceFile::path);
    if (source == sources.end()) return std::nullopt;
    const auto inner = returned_.inner.find(source->sha256);
    if (inner != returned_.inner.end()) return inner->second;
    try {
      std::string bytes = read_file(path);
      if (sha256(bytes) == source->sha256) return bytes;
    } catch (const Error&) {  // the next line says what is left
    }
    return std::nullopt;
  }

  const Returned& returned_;
  const Definitions& definitions_;
  const xlsx::Limits& limits_;
  Findings& findings_;
  const Round& round_;
  std::vector<std::string> names_;
  std::set<std::string> taken_;  // names used by now, in lower case
};

// What is wrong, for a letter; the first of many.
std::string letter_lines(const Correction& correction, const Wording& wording) {
  constexpr std::size_t kMost = 20;
  std::string lines;
  const std::size_t count = correction.items.size();
  for (std::size_t i = 0; i < std::min(count, kMost); ++i)
    lines += (i == 0 ? "" : "\n") + std::to_string(i + 1) + ". " + letter_line(correction.items[i]);
  if (count <= kMost) return lines;
  return lines + "\n" +
         wording.text("corrections.more", correction.lang, Details{{"count", std::to_string(count - kMost)}});
}

// Whether the folder has this file with these bytes already.
bool is_written(const std::string& path, const std::string& bytes) {
  try {
    return read_file(path) == bytes;
  } catch (const Error&) {
    return false;
  }
}

// Workbooks of earlier runs for agencies of the round that are not among those written now.
Findings outdated(const std::string& folder, const std::set<std::string>& written, const Round& round) {
  Findings findings;
  const IssuedNames names(file_names(round));
  Findings said;  // by the drafts, which look into the same folder
  for (const std::string& name : names_in(folder, said)) {
    const fs::path path = fs::path(folder) / name;
    if (passed_over(name) || written.contains(name) || lower(path.extension().string()) == ".eml") continue;
    const int agency = names.find(name);
    if (agency < 0) continue;
    findings.push_back({.code = "copy-outdated",
                        .place = {.file = clean_utf8(path.string())},
                        .agency = round.agencies[static_cast<std::size_t>(agency)].name});
  }
  return findings;
}

// An input that lies in the folder, "" none: what is written there could be one.
std::string input_within(const std::string& folder, const std::vector<std::string>& inputs) {
  Findings said_later;
  for (const InputFile& input : list_inputs(inputs, {}, said_later)) {
    if (lies_within(input.path, folder)) return input.path;
  }
  return "";
}

// Reads the archives and mails with files to correct once more, so that the bytes of all others need not be kept.
void read_inner(Returned& returned, const InputOptions& options, const Definitions& definitions) {
  std::set<std::string> paths, wanted;  // and their SHA-256
  for (const Correction& correction : returned.corrections)
    paths.insert(correction.files.begin(), correction.files.end());
  for (const SourceFile& source : returned.merging.sources) {
    if (paths.contains(source.path)) wanted.insert(source.sha256);
  }
  Findings said;  // by the first reading
  std::vector<InputFile> inputs = list_inputs(options.inputs, {options.round}, said);
  std::erase_if(inputs, [&](const InputFile& input) {
    const std::string inside = clean_utf8(input.path) + "/";
    const auto first = paths.lower_bound(inside);
    return first == paths.end() || !first->starts_with(inside);
  });
  const Keep keep = [&](const std::string&, const std::string& sha256, const std::string& bytes) {
    if (wanted.contains(sha256)) returned.inner.emplace(sha256, bytes);
  };
  read_arrivals(
      inputs, definitions,
      {.limits = options.limits, .cache = options.cache, .round = returned.merging.round.get(), .keep = keep});
}

}  // namespace

std::string beside(const std::string& round, const std::string& folder) {
  return (fs::path(round).parent_path() / folder).string();
}

std::optional<Returned> read_returned(InputOptions options, const Definitions& definitions, const Terminal& terminal,
                                      int& code) {
  if (options.inputs.empty()) options.inputs = {beside(options.round, "inbox")};
  auto merging = merge_inputs(options, {}, definitions, terminal, code);
  if (!merging) return std::nullopt;
  Returned returned;
  returned.merging = std::move(*merging);
  const Merging& merged = returned.merging;
  returned.corrections = corrections_of(merged.province, merged.findings, merged.sources, definitions);
  read_inner(returned, options, definitions);
  return returned;
}

void make_copies(const Returned& returned, const Definitions& definitions, const xlsx::Limits& limits,
                 Findings& findings, const std::function<void(const AgencyCopies&)>& use) {
  CopyMaking making(returned, definitions, limits, findings);
  for (const Correction& one : returned.corrections) use(making.make(one));
}

int return_corrections(const Definitions& definitions, const ReturnOptions& given, const Terminal& terminal) {
  ReturnOptions options = given;
  if (options.inputs.empty()) options.inputs = {beside(options.round, "inbox")};
  if (options.folder.empty()) options.folder = beside(options.round, "returns");
  const Wording& wording = definitions.wording;
  if (const std::string input = input_within(options.folder, options.inputs); !input.empty()) {
    say(Trouble{"usage.input-within", {{"input", input}}}, wording, terminal);
    return kUsage;
  }
  if (const auto trouble = among_inputs(options.folder, options.inputs)) {
    say(*trouble, wording, terminal);
    return kUsage;
  }
  if (lies_within(options.folder, beside(options.round, "outbox"))) {
    say(Trouble{"usage.among-issued", {{"folder", options.folder}}}, wording, terminal);
    return kUsage;
  }
  int code = kDone;
  const std::optional<Returned> returned = read_returned(options, definitions, terminal, code);
  if (!returned) return code;
  const auto text = [&](const char* id) { return wording.text(id, terminal.lang); };
  std::vector<std::vector<std::string>> rows = {{text("return.code"), text("return.agency"), text("return.errors"),
                                                 text("return.warnings"), text("return.file")}};
  std::set<std::string> written;
  int files = 0, same = 0;
  Findings findings = errors_at_once(returned->merging.findings, wording);
  std::erase_if(findings, [](const Finding& one) { return !one.agency.empty(); });  // those are asked to mend theirs
  Drafts drafts(options.folder, Letter::correction, *returned->merging.round, definitions);
  try {
    make_copies(*returned, definitions, options.limits, findings, [&](const AgencyCopies& copies) {
      const Correction& correction = copies.correction;
      const auto& agencies = returned->merging.round->agencies;
      std::string names;
      for (const CopyFile& file : copies.files) {
        const std::string path = (fs::path(options.folder) / file.name).string();
        written.insert(file.name);
        names += (names.empty() ? "" : ", ") + file.name;
        if (is_written(path, file.bytes)) {
          ++same;
        } else {
          write_file(path, file.bytes);
          ++files;
        }
      }
      if (correction.agency >= 0) {
        std::vector<Attachment> attachments;
        for (const CopyFile& file : copies.files) attachments.push_back({file.name, file.bytes});
        drafts.write(correction.agency, letter_lines(correction, wording), std::move(attachments));
      }
      rows.push_back({correction.agency < 0 ? "" : agencies[static_cast<std::size_t>(correction.agency)].code,
                      correction.name, std::to_string(correction.errors), std::to_string(correction.warnings),
                      names.empty() ? text("return.no-file") : names});
    });
    drafts.remove_others();
  } catch (const Error& error) {
    return not_written(error, definitions, terminal);
  }
  std::ranges::move(outdated(options.folder, written, *returned->merging.round), std::back_inserter(findings));
  std::ranges::move(drafts.findings, std::back_inserter(findings));
  say(findings, wording, terminal);
  if (rows.size() > 1) say_done(aligned(rows, {false, false, true, true, false}), terminal);
  say_done("done.returned",
           {{"agencies", std::to_string(rows.size() - 1)},
            {"written", std::to_string(files)},
            {"unchanged", std::to_string(same)},
            {"folder", options.folder}},
           wording, terminal);
  drafts.say_counts(terminal);
  return std::max(exit_code(returned->merging.findings, wording), exit_code(findings, wording));
}

}  // namespace tonghop
