// Rows of exports from arrivals, and arrivals from rows.
#include "reconcile/exported.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <span>

#include "base/sha256.h"
#include "base/text.h"
#include "reconcile/exported_fields.h"
#include "reconcile/exported_rows.h"

namespace tonghop {
namespace exported {
namespace {

constexpr const char* kFormat = "tonghop export 2";

template <typename One>
Table table_of(const char* name, const std::vector<Field<One>>& fields) {
  Table table{name, {{"file_id", Type::integer}}};
  for (const Field<One>& field : fields) table.columns.push_back({field.name, field.type});
  return table;
}

enum Tables : std::size_t { kExportTable, kFilesTable, kObservationsTable, kRemarksTable, kFindingsTable };

// Calls write for every row of the tables behind the first.
void each_row(const std::vector<Arrival>& arrivals, const Definitions& definitions, const WriteRow& write) {
  const auto rows = [&](std::size_t table, const auto& fields, const auto& ones_of) {
    Cells cells;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      const Scope scope{definitions, arrivals[i]};
      for (const auto& one : ones_of(arrivals[i])) {
        cells.assign(1, std::to_string(i + 1));
        for (const auto& field : fields) cells.push_back(clean_utf8(field.text(scope, one)));
        write(table, cells);
      }
    }
  };
  static const Return none;
  const auto answer = [](const Arrival& one) -> const Return& { return one.answer ? *one.answer : none; };
  rows(kFilesTable, kFiles, [](const Arrival& one) { return std::span(&one, 1); });
  rows(kObservationsTable, kObservations, [&](const Arrival& one) { return std::span(answer(one).observations); });
  rows(kRemarksTable, kRemarks, [&](const Arrival& one) { return std::span(answer(one).section_notes); });
  rows(kFindingsTable, kFindings, [](const Arrival& one) { return std::span(one.findings); });
}

void add_to(Sha256& hash, std::size_t table, const Cells& cells) {
  std::string row = std::to_string(table) + ";";
  for (const std::string& cell : cells) row += std::to_string(cell.size()) + ":" + cell;
  hash.add(row);
}

// Makes arrivals of rows, which must come in the order in which each_row tells them.
class Assembler {
 public:
  Assembler(const std::string& path, const Definitions& definitions) : path_(path), definitions_(definitions) {}

  void take(std::size_t table, const Cells& cells, const Where& where) {
    const std::string& name = tables()[table].name;
    if (head_.empty() ? table != kExportTable : table == kExportTable || table < table_)
      damaged(where, "", name, head_.empty() ? "the row of export first" : "no row of " + name + " here");
    table_ = table;
    constexpr std::size_t kDigits = 15;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const bool number = !cells[c].empty() && cells[c].size() <= kDigits &&
                          cells[c].find_first_not_of("0123456789") == std::string::npos;
      if (tables()[table].columns[c].type == Type::integer && !number)
        damaged(where, tables()[table].columns[c].name, cells[c], "a whole number");
    }
    if (table == kExportTable) {
      if (cells[0] != kFormat) damaged(where, "format", cells[0], kFormat);
      head_ = cells;
      add_to(hash_, table, {cells.begin(), cells.end() - 1});
      return;
    }
    add_to(hash_, table, cells);
    const std::size_t files = arrivals_.size() + (table == kFilesTable ? 1 : 0);
    const std::size_t id = std::stoull(cells[0]);
    if (id == 0 || id > files || (table == kFilesTable && id != files))
      damaged(where, "file_id", cells[0], table == kFilesTable ? std::to_string(files) : "the id of a file above");
    if (table == kFilesTable) {
      arrivals_.emplace_back().told_by = path_;
      fill(kFiles, arrivals_.back(), arrivals_.back(), cells, where);
      return;
    }
    Arrival& arrival = arrivals_[id - 1];
    if (table == kFindingsTable) {
      fill(kFindings, arrival, arrival.findings.emplace_back(), cells, where);
      return;
    }
    if (!arrival.answer) damaged(where, "file_id", cells[0], "the id of a file that was used");
    if (table == kObservationsTable) {
      Observation one;
      one.place.file = arrival.path;
      fill(kObservations, arrival, one, cells, where);
      arrival.answer->observations.push_back(one);
    } else {
      SectionNote one;
      one.place.file = arrival.path;
      fill(kRemarks, arrival, one, cells, where);
      arrival.answer->section_notes.push_back(one);
    }
  }

  std::vector<Arrival> finish() {
    const Where whole{path_, "as a whole"};
    if (head_.empty()) damaged(whole, "", "no row of export", "one");
    for (Arrival& arrival : arrivals_) {
      if (arrival.answer) finish(*arrival.answer, whole);
    }
    const std::string digest = hash_.hex();
    if (head_[3] != digest)
      damaged(whole, "", "other content, SHA-256 " + digest, "what was written, SHA-256 " + head_[3]);
    if (head_[2] != definitions_.fingerprint) {
      Arrival said;
      said.path = path_;
      said.told_by = path_;
      said.state = Arrival::State::ignored;
      said.findings.push_back({.code = "export-definitions", .place = {.file = path_}, .details = {{"by", head_[1]}}});
      arrivals_.push_back(std::move(said));
    }
    return std::move(arrivals_);
  }

 private:
  template <typename One>
  void fill(const std::vector<Field<One>>& fields, const Arrival& arrival, One& one, const Cells& cells,
            const Where& where) const {
    const Scope scope{definitions_, arrival};
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].take == nullptr) continue;
      try {
        fields[f].take(scope, one, cells[f + 1]);
      } catch (const Expected& expected) {
        damaged(where, fields[f].name, cells[f + 1], expected.what);
      }
    }
  }

  // Merging counts on one observation for each row of the form that takes a value, in the order of the form.
  static void finish(Return& answer, const Where& whole) {
    const std::vector<int>& mapped = answer.form->mapping.indicators;
    std::size_t next = 0;
    for (std::size_t r = 0; r < mapped.size(); ++r) {
      if (mapped[r] < 0) continue;
      if (next == answer.observations.size() || answer.observations[next].row != static_cast<int>(r))
        damaged(whole, "",
                "no observation in its place for row " + answer.form->form.rows[r].key + " of " + answer.file,
                "one for each row of the form, in its order");
      if (answer.observations[next].place.cell.empty()) answer.missing.push_back(static_cast<int>(r));
      ++next;
    }
    const auto extra = std::find_if(answer.observations.begin() + static_cast<std::ptrdiff_t>(next),
                                    answer.observations.end(), [](const Observation& one) { return one.row >= 0; });
    if (extra != answer.observations.end())
      damaged(whole, "", "a second observation for one row of " + answer.file, "one for each row of the form");
  }

  const std::string& path_;
  const Definitions& definitions_;
  std::vector<Arrival> arrivals_;
  Cells head_;
  std::size_t table_ = kExportTable;
  Sha256 hash_;
};

}  // namespace

const std::vector<Table>& tables() {
  static const std::vector<Table> all = {
      {"export", {{"format"}, {"program"}, {"definitions"}, {"content_sha256"}}},
      table_of("files", kFiles),
      table_of("observations", kObservations),
      table_of("remarks", kRemarks),
      table_of("findings", kFindings),
  };
  return all;
}

void damaged(const Where& where, const std::string& column, const std::string& found, const std::string& expected) {
  constexpr std::size_t kShown = 120;  // UTF-16 units
  const std::string clean = clean_utf8(found);
  const std::string_view shown = utf16_prefix(clean, kShown);
  throw Error("export-damaged", {.file = where.file},
              {{"where", where.row + (column.empty() ? "" : ", " + column)},
               {"found", std::string(shown) + (shown.size() < clean.size() ? "…" : "")},
               {"expected", expected}});
}

}  // namespace exported

std::optional<ExportFormat> export_format(std::string_view path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".csv") return ExportFormat::csv;
  if (extension == ".json") return ExportFormat::json;
  if (extension == ".sqlite") return ExportFormat::sqlite;
  return std::nullopt;
}

std::string write_exported(const std::vector<Arrival>& arrivals, const Definitions& definitions,
                           const std::string& program, ExportFormat format) {
  using namespace exported;  // tonghop::exported
  Cells head = {kFormat, clean_utf8(program), definitions.fingerprint};
  Sha256 hash;
  add_to(hash, kExportTable, head);
  each_row(arrivals, definitions, [&](std::size_t table, const Cells& cells) { add_to(hash, table, cells); });
  head.push_back(hash.hex());
  const Rows rows = [&](const WriteRow& write) {
    write(kExportTable, head);
    each_row(arrivals, definitions, write);
  };
  switch (format) {
    case ExportFormat::csv:
      return write_csv(rows);
    case ExportFormat::json:
      return write_json(rows);
    case ExportFormat::sqlite:
      return write_sqlite(rows);
  }
  return "";
}

namespace {

std::optional<ExportFormat> format_of(std::string_view bytes) {
  using namespace std::literals;
  if (bytes.starts_with("SQLite format 3\0"sv)) {
    if (bytes.size() >= 72 && bytes.substr(68, 4) == exported::kApplication) return ExportFormat::sqlite;
    return std::nullopt;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);  // what editors add; read_* refuse it
  if (bytes.starts_with("record,") || bytes.starts_with("record;") || bytes.starts_with("record\t"))
    return ExportFormat::csv;
  constexpr std::string_view kBlank = " \t\r\n";
  for (const char wanted : {'{', '"'}) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of(kBlank), bytes.size()));
    if (bytes.empty() || bytes[0] != wanted) return std::nullopt;
    bytes.remove_prefix(1);
  }
  return bytes.starts_with("export\"") ? std::optional(ExportFormat::json) : std::nullopt;
}

void rename(Arrival& arrival, const std::string& path) {
  for (Finding& finding : arrival.findings) {
    if (finding.place.file == arrival.path) finding.place.file = path;
  }
  arrival.path = path;
  if (!arrival.answer) return;
  arrival.answer->file = path;
  for (Observation& one : arrival.answer->observations) one.place.file = path;
  for (SectionNote& one : arrival.answer->section_notes) one.place.file = path;
}

}  // namespace

bool is_exported(std::string_view bytes) { return format_of(bytes).has_value(); }

std::vector<Arrival> read_exported(std::string_view bytes, const std::string& path, const Definitions& definitions) {
  exported::Assembler assembler(path, definitions);
  const auto take = [&](std::size_t table, const exported::Cells& cells, const exported::Where& where) {
    assembler.take(table, cells, where);
  };
  switch (format_of(bytes).value()) {
    case ExportFormat::csv:
      exported::read_csv(bytes, path, take);
      break;
    case ExportFormat::json:
      exported::read_json(bytes, path, take);
      break;
    case ExportFormat::sqlite:
      exported::read_sqlite(bytes, path, take);
      break;
  }
  return assembler.finish();
}

void tell_apart(std::vector<Arrival>& arrivals) {
  std::map<std::string, std::vector<std::size_t>> by_path;
  for (std::size_t i = 0; i < arrivals.size(); ++i) by_path[arrivals[i].path].push_back(i);
  std::vector<bool> known(arrivals.size(), false);
  for (auto& [path, group] : by_path) {
    // In an order that does not depend on that of the inputs; the files read here come first.
    std::stable_sort(group.begin(), group.end(),
                     [&](std::size_t a, std::size_t b) { return arrivals[a].told_by < arrivals[b].told_by; });
    for (const std::size_t i : group) {
      known[i] = std::any_of(group.begin(), group.end(), [&](std::size_t other) {
        return arrivals[other].told_by < arrivals[i].told_by && arrivals[other].sha256 == arrivals[i].sha256 &&
               arrivals[other].state == arrivals[i].state;
      });
    }
    std::erase_if(group, [&](std::size_t i) { return known[i]; });
    if (arrivals[group.front()].told_by == arrivals[group.back()].told_by) continue;
    for (const std::size_t i : group) {
      if (!arrivals[i].told_by.empty()) rename(arrivals[i], arrivals[i].told_by + "/" + path);
    }
  }
  std::vector<Arrival> kept;
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    if (!known[i]) kept.push_back(std::move(arrivals[i]));
  }
  arrivals = std::move(kept);
}

}  // namespace tonghop
