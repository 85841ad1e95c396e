// Ledger -> words.
#include "report/status_lines.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/csv.h"
#include "base/parallel.h"
#include "base/text.h"
#include "report/tables.h"
#include "round/date.h"

namespace tonghop {
namespace {

constexpr const char* kGood = "E2EFDA";
constexpr const char* kDoubtful = "FFE699";
constexpr const char* kBad = "F8CBCB";
constexpr std::array<const char*, kStandings> kStandingTexts = {
    "standing.not-returned", "standing.refused", "standing.wrong-period", "standing.open-errors", "standing.accepted"};

const Agency* listed(const Ledger& ledger, int agency) {
  return agency < 0 ? nullptr : &ledger.round->agencies[static_cast<std::size_t>(agency)];
}

// The file that counts, else all that came.
std::vector<std::string> files_of(const LedgerEntry& entry, const RoundStatus& status) {
  std::vector<std::string> files;
  for (const int file : entry.files) files.push_back(status.sources[static_cast<std::size_t>(file)].path);
  if (entry.member < 0) return files;
  const std::string& used = status.province.members[static_cast<std::size_t>(entry.member)].answer.file;
  std::stable_partition(files.begin(), files.end(), [&](const std::string& file) { return file == used; });
  return files;
}

// How many bytes of all paths are the folders in which all files lie.
std::size_t common_folders(const std::vector<SourceFile>& sources) {
  if (sources.empty()) return 0;
  std::string_view common = sources.front().path;
  for (const SourceFile& source : sources) {
    const auto differ = std::mismatch(common.begin(), common.end(), source.path.begin(), source.path.end());
    common = common.substr(0, static_cast<std::size_t>(differ.first - common.begin()));
  }
  return common.rfind('/') + 1;  // none: npos + 1 is 0
}

// The one that counts, how many more there are being told besides.
std::string first_file(const StatusLine& line, std::size_t folders) {
  return line.files.empty() ? "" : line.files.front().substr(folders);
}

}  // namespace

StatusLines::StatusLines(const RoundStatus& status, const std::string& lang)
    : status_(status), lang_(lang), owners_(status.sources.size()) {
  for (const Finding& finding : status.findings) {
    if (finding.place.file.empty() || !finding.place.cell.empty() || !finding.indicator.empty()) continue;
    std::string& said = said_[finding.place.file];
    said += (said.empty() ? "" : " ") + status.wording.sentence(finding, lang);
  }
  for (const auto* entries : {&status.ledger.expected, &status.ledger.others}) {
    for (const LedgerEntry& entry : *entries) {
      for (const int file : entry.files) owners_[static_cast<std::size_t>(file)] = entry.name;
    }
  }
}

std::string StatusLines::text(const std::string& id, const Details& details) const {
  return status_.wording.text(id, lang_, details);
}

std::string StatusLines::said_of(const std::string& file) const {
  const auto found = said_.find(file);
  return found == said_.end() ? "" : found->second;
}

std::string StatusLines::when(const std::string& utc) const {
  const Round* round = status_.ledger.round;
  if (utc.empty()) return "";
  return shown_date(local_time(utc, round == nullptr ? 0 : round->minutes_east)) + (round == nullptr ? " UTC" : "");
}

std::string StatusLines::late(std::optional<long> minutes, bool unknown) const {
  if (!minutes) return unknown ? text("status.late.unknown") : "";
  const long hours = *minutes / 60, days = hours / 24;
  const auto number = [](long value) { return std::to_string(value); };
  if (days > 0) return text("status.late.days", {{"days", number(days)}, {"hours", number(hours % 24)}});
  if (hours > 0) return text("status.late.hours", {{"hours", number(hours)}, {"minutes", number(*minutes % 60)}});
  return text("status.late.minutes", {{"minutes", number(*minutes)}});
}

StatusLine StatusLines::of(const LedgerEntry& entry) const {
  constexpr std::array<const char*, kStandings> kFills = {kBad, kBad, kDoubtful, kDoubtful, kGood};
  const Round* round = status_.ledger.round;
  StatusLine line;
  line.agency = entry.name;
  if (const Agency* agency = listed(status_.ledger, entry.agency)) {
    line.code = agency->code;
    line.kind = status_.wording.level_name(agency->level, lang_);
  }
  line.state = text(kStandingTexts[static_cast<std::size_t>(entry.standing)]);
  line.fill = kFills[static_cast<std::size_t>(entry.standing)];
  line.late =
      late(entry.late, entry.member >= 0 && entry.received.empty() && round != nullptr && !round->deadline.empty());
  line.when = when(entry.received);
  line.times = static_cast<int>(entry.files.size());
  if (entry.member >= 0) {
    line.errors = entry.errors;
    line.values = entry.values;
  }
  std::vector<std::string> files = files_of(entry, status_);
  line.files = files;
  if (entry.member >= 0) files.resize(std::min<std::size_t>(files.size(), 1));  // what counts is what matters
  for (const std::string& file : files) {
    const std::string said = said_of(file);
    if (!said.empty()) line.remarks += (line.remarks.empty() ? "" : " ") + said;
  }
  return line;
}

std::vector<StatusLine> StatusLines::of(const std::vector<LedgerEntry>& entries) const {
  std::vector<StatusLine> lines(entries.size());
  parallel(lines.size(), [&](std::size_t index) { lines[index] = of(entries[index]); });
  return lines;
}

StatusLine StatusLines::of_file(int source) const {
  constexpr std::array<const char*, 3> kStates = {"state.used", "state.superseded", "state.refused"};
  constexpr std::array<const char*, 3> kFills = {kGood, kDoubtful, kBad};
  const Round* round = status_.ledger.round;
  const SourceFile& file = status_.sources[static_cast<std::size_t>(source)];
  const auto state = static_cast<std::size_t>(file.state);
  StatusLine line;
  line.agency = owners_[static_cast<std::size_t>(source)];
  const int known = round == nullptr ? -1 : round->find(line.agency);
  if (const Agency* agency = listed(status_.ledger, known)) line.code = agency->code;
  line.kind = file.form;
  line.state = text(kStates[state]);
  line.fill = kFills[state];
  line.late = late(minutes_late(came(file), round), false);
  line.when = when(came(file));
  line.sender = file.sender;
  if (file.state != SourceFile::State::refused) line.values = file.values;
  line.files = {file.path};
  line.remarks = said_of(file.path);
  return line;
}

std::vector<StatusLine> StatusLines::of_files(int count) const {
  std::vector<StatusLine> lines(static_cast<std::size_t>(count));
  parallel(lines.size(), [&](std::size_t source) { lines[source] = of_file(static_cast<int>(source)); });
  return lines;
}

std::vector<StatusCount> status_counts(const Ledger& ledger) {
  std::vector<StatusCount> counts;
  if (ledger.round == nullptr) {
    counts.push_back({"status.count.came", static_cast<int>(ledger.others.size()), true});
  } else {
    counts.push_back({"status.count.expected", static_cast<int>(ledger.expected.size()), true});
    for (std::size_t s = kStandings; s-- > 0;) counts.push_back({kStandingTexts[s], ledger.standings[s], false});
    counts.push_back({"status.count.late", ledger.late, true});
    counts.push_back({"status.count.undated", ledger.undated, true});
    counts.push_back({"status.count.unlisted", static_cast<int>(ledger.others.size()), true});
  }
  counts.push_back({"status.count.files", std::accumulate(ledger.files.begin(), ledger.files.end(), 0), true});
  counts.push_back({"state.used", ledger.files[0], false});
  counts.push_back({"state.superseded", ledger.files[1], false});
  counts.push_back({"state.refused", ledger.files[2], false});
  counts.push_back({"status.count.nobodys", static_cast<int>(ledger.nobodys.size()), true});
  counts.push_back({"status.count.ignored", static_cast<int>(ledger.ignored.size()), true});
  return counts;
}

std::string status_table(const RoundStatus& status, const std::string& lang, int width) {
  constexpr int kNarrow = 18;  // columns that a name needs at least
  const StatusLines words(status, lang);
  const auto caption = [&](const char* id) { return status.wording.text(id, lang); };
  const auto number = [](int value) { return value < 0 ? std::string() : std::to_string(value); };
  std::vector<StatusLine> lines = words.of(status.ledger.expected);
  const std::vector<StatusLine> others = words.of(status.ledger.others);
  const std::size_t expected = lines.size();
  lines.insert(lines.end(), others.begin(), others.end());

  // Columns without the two that are cut, the agency and its file; the later ones are left out first.
  std::vector<std::vector<std::string>> rows = {{caption("roster.code"), caption("status.state"),
                                                 caption("status.late"), caption("status.errors"),
                                                 caption("status.saved"), caption("status.times")}};
  for (const StatusLine& line : lines)
    rows.push_back({line.code, line.state, line.late, number(line.errors), line.when, number(line.times)});
  std::size_t columns = rows.front().size();
  const auto needed = [&] {
    int sum = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      int widest = 0;
      for (const auto& row : rows) widest = std::max(widest, columns_of(row[c]));
      sum += widest + 2;
    }
    return sum;
  };
  while (columns > 2 && width - needed() < kNarrow) --columns;
  int longest = columns_of(caption("roster.name"));
  for (const StatusLine& line : lines) longest = std::max(longest, columns_of(line.agency));
  const int rest = width - needed();
  const int name = std::max(kNarrow, std::min(longest, rest));
  const int file = rest - name - 2;
  const bool files = columns == rows.front().size() && file >= kNarrow;
  std::vector<bool> right = {false, false, false, false, true, false, true};
  right.resize(columns + 1);
  if (files) right.push_back(false);
  const std::size_t folders = common_folders(status.sources);
  std::vector<std::vector<std::string>> table;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::string> row(rows[r].begin(), rows[r].begin() + static_cast<std::ptrdiff_t>(columns));
    const std::string called = r == 0 ? caption("roster.name") : lines[r - 1].agency;
    row.insert(row.begin() + 1, shortened(called, name));
    if (files) row.push_back(shortened(r == 0 ? caption("sources.file") : first_file(lines[r - 1], folders), file));
    table.push_back(std::move(row));
  }
  // Aligned as one table, then parted where the agencies end that are expected.
  std::string out = aligned(table, right);
  if (!others.empty()) {
    std::size_t at = 0;
    for (std::size_t line = 0; line <= expected; ++line) at = out.find('\n', at) + 1;
    out.insert(at, expected == 0 ? "" : "\n" + shortened(caption("status.others"), width) + "\n");
  }
  if (!status.ledger.nobodys.empty()) out += "\n" + caption("status.nobodys") + "\n";
  for (const int source : status.ledger.nobodys) {
    const StatusLine line = words.of_file(source);
    out += shortened(line.files.front() + ": " + squeezed(line.remarks), width) + "\n";
  }
  std::vector<std::vector<std::string>> counted;
  for (const StatusCount& count : status_counts(status.ledger))
    counted.push_back({(count.whole ? "" : "  ") + caption(count.caption), std::to_string(count.value)});
  return out + "\n" + aligned(counted, {false, true});
}

std::string status_csv(const RoundStatus& status) {
  std::string out = "code,agency,expected,state,late_minutes,received,files,errors,warnings,values,file\n";
  for (const auto* entries : {&status.ledger.expected, &status.ledger.others}) {
    for (const LedgerEntry& entry : *entries) {
      const Agency* agency = listed(status.ledger, entry.agency);
      const std::vector<std::string> files = files_of(entry, status);
      append_csv(out,
                 {agency == nullptr ? "" : agency->code, entry.name, entries == &status.ledger.expected ? "yes" : "no",
                  std::string(to_string(entry.standing)), entry.late ? std::to_string(*entry.late) : "", entry.received,
                  std::to_string(entry.files.size()), std::to_string(entry.errors), std::to_string(entry.warnings),
                  std::to_string(entry.values), files.empty() ? "" : files.front()});
    }
  }
  for (const int source : status.ledger.nobodys) {
    const SourceFile& file = status.sources[static_cast<std::size_t>(source)];
    append_csv(out, {"", "", "no", "refused", "", came(file), "1", "", "", "", file.path});
  }
  return out;
}

}  // namespace tonghop
