// `init`: a folder for a round, with its workbook.
#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/merging.h"
#include "report/tables.h"
#include "round/roster_import.h"
#include "round/round.h"
#include "round/round_workbook.h"
#include "xlsx/foreign.h"
#include "xlsx/reader.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kShown = 10;  // names in one line

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t n = 0; n < std::min(names.size(), kShown); ++n) list += (n == 0 ? "" : "; ") + names[n];
  return names.size() > kShown ? list + "; …" : list;
}

// A workbook by its content, anything else as a table of text. Throws Error.
RosterImport read_list(const std::string& path, const Definitions& definitions, const std::string& lang,
                       Findings& findings) {
  const std::string bytes = read_file(path);
  const bool package = bytes.starts_with("PK") || bytes.starts_with("\xD0\xCF\x11\xE0");
  const std::string_view foreign = package ? "" : xlsx::judge_foreign_content(bytes).code;
  if (!package && foreign != "file-unknown") throw Error(std::string(foreign), Place{.file = path});
  const xlsx::Workbook book = package ? xlsx::read_workbook(bytes, path, findings) : read_text_table(bytes, path);
  return import_roster(book, path, definitions, lang);
}

// What was taken for what, column by column, and what was not.
void tell_import(const RosterImport& import, const std::string& path, const Definitions& definitions,
                 const Terminal& terminal) {
  std::string lines;
  const auto tell = [&](const char* id, const Details& details) {
    lines += definitions.wording.text(id, terminal.lang, details) + "\n";
  };
  const auto caption = [&](RosterColumn column) {
    return definitions.wording.text(kRosterCaptions[static_cast<std::size_t>(column)], terminal.lang);
  };
  tell(import.header_row > 0 ? "init.read" : "init.read.headless",
       {{"file", path},
        {"sheet", import.sheet.empty() ? "" : " [" + import.sheet + "]"},
        {"count", std::to_string(import.lines.size())},
        {"row", std::to_string(import.header_row)}});
  for (const RosterImport::Column& column : import.columns) {
    const Details details = {{"column", xlsx::column_name(column.column)},
                             {"caption", column.caption},
                             {"what", column.as ? caption(*column.as) : ""},
                             {"count", std::to_string(column.values)}};
    lines += "  ";
    tell(!column.as ? "init.unused" : column.by_content ? "init.column.content" : "init.column", details);
  }
  for (const RosterImport::Skipped& row : import.skipped) {
    lines += "  ";
    tell("init.skipped",
         {{"row", std::to_string(row.row)},
          {"reason", definitions.wording.text(row.reason, terminal.lang, Details{{"level", row.level}})},
          {"text", shortened(row.text, 80)}});
  }
  const std::string level = caption(RosterColumn::level);
  if (!import.codes.empty()) {
    tell("init.codes", {{"count", std::to_string(import.codes.size())},
                        {"first", import.codes.front()},
                        {"last", import.codes.back()}});
  }
  if (import.levels_guessed > 0)
    tell("init.levels", {{"count", std::to_string(import.levels_guessed)}, {"what", level}});
  if (!import.levelless.empty()) {
    tell("init.levelless",
         {{"count", std::to_string(import.levelless.size())}, {"what", level}, {"agencies", listed(import.levelless)}});
  }
  say_done(lines, terminal);
}

}  // namespace

int begin_round(const Definitions& definitions, const InitOptions& options, const Terminal& terminal) {
  const fs::path folder(options.folder);
  const std::string path = (folder / "round.xlsx").string();
  Findings findings;
  RosterImport import;
  try {
    std::error_code unseen;  // what cannot be looked at cannot be written either, and write_file() will say so
    if (fs::exists(path, unseen)) throw Error("round-exists", Place{.file = path});
    if (!options.from.empty()) import = read_list(options.from, definitions, terminal.lang, findings);
  } catch (const Error& error) {
    say({error.finding()}, definitions.wording, terminal);
    return error.finding().code == "round-exists" ? kNotWritten : kUsage;
  }
  const xlsx::Workbook book = round_workbook(definitions, terminal.lang, import.lines);
  try {
    write_file(path, xlsx::write_workbook(book));
    for (const char* name : {"outbox", "inbox", "returns"}) make_folder((folder / name).string());
  } catch (const Error& error) {
    return not_written(error, definitions, terminal);
  }
  if (!options.from.empty()) tell_import(import, options.from, definitions, terminal);
  for (const char* id : {"init.written", "init.next"}) {
    say_done(definitions.wording.text(id, terminal.lang, Details{{"path", path}}) + "\n", terminal);
  }
  // What is wrong in the list is wrong in the workbook, where it will be put right; what is not there yet is no error.
  Findings wrong;
  read_round(book, path, definitions, wrong);
  std::copy_if(wrong.begin(), wrong.end(), std::back_inserter(findings),
               [](const Finding& finding) { return finding.code != "round-missing"; });
  say(findings, definitions.wording, terminal);
  return exit_code(findings, definitions.wording);
}

}  // namespace tonghop
