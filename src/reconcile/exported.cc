// What stands in the columns of exports, and arrivals from rows. A new field of Return, Observation, SectionNote or
// Finding is one line in the lists of fields here.
#include "reconcile/exported.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>

#include "base/sha256.h"
#include "base/text.h"
#include "reconcile/exported_rows.h"

namespace tonghop {
namespace exported {
namespace {

constexpr const char* kFormat = "tonghop export 1";
constexpr std::array<const char*, 4> kStates = {"used", "refused", "ignored", "absent"};
constexpr std::array<const char*, 2> kNamers = {"file name", "workbook"};  // who says the agency's name

// What stood there instead of what a cell must hold; becomes damaged() where the row is known.
struct Expected {
  std::string what;
};

// The file that a row is about.
struct Scope {
  const Definitions& definitions;
  const Arrival& arrival;

  const Form& form() const { return *arrival.answer->form; }
  const Row& row(int index) const { return form().form.rows[static_cast<std::size_t>(index)]; }
};

template <typename One>
struct Field {
  const char* name;
  Type type;
  std::string (*text)(const Scope& scope, const One& one);
  void (*take)(const Scope& scope, One& one, const std::string& cell);  // nullptr: only told to other programs
};

template <typename Names>
int position(const Names& names, const std::string& cell) {
  const auto found = std::find(names.begin(), names.end(), cell);
  if (found != names.end()) return static_cast<int>(found - names.begin());
  std::string all;
  for (const char* name : names) all += (all.empty() ? "" : ", ") + std::string(name);
  throw Expected{"one of " + all};
}

// The return of a file, whose fields are empty where there is none.
Return* answer_of(Arrival& arrival, const std::string& cell) {
  if (!arrival.answer && !cell.empty()) throw Expected{"nothing, since the file gave no return"};
  return arrival.answer ? &*arrival.answer : nullptr;
}

int row_of(const Scope& scope, const std::string& key) {
  const int row = scope.form().form.row(key);
  if (row < 0) throw Expected{"the key of a row of " + scope.form().form.id};
  return row;
}

const std::vector<Field<Arrival>> kFiles = {
    {"file", Type::text, [](const Scope&, const Arrival& one) { return one.path; },
     [](const Scope&, Arrival& one, const std::string& cell) { one.path = cell; }},
    {"state", Type::text,
     [](const Scope&, const Arrival& one) { return std::string(kStates.at(static_cast<std::size_t>(one.state))); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       one.state = static_cast<Arrival::State>(position(kStates, cell));
     }},
    {"bytes", Type::integer, [](const Scope&, const Arrival& one) { return std::to_string(one.bytes); },
     [](const Scope&, Arrival& one, const std::string& cell) { one.bytes = std::stoull(cell); }},
    {"sha256", Type::text, [](const Scope&, const Arrival& one) { return one.sha256; },
     [](const Scope&, Arrival& one, const std::string& cell) { one.sha256 = cell; }},
    {"template", Type::text,
     [](const Scope& scope, const Arrival& one) { return one.answer ? scope.form().form.id : std::string(); },
     [](const Scope& scope, Arrival& one, const std::string& cell) {
       if (cell.empty() != (one.state != Arrival::State::used))
         throw Expected{"a template for each file that was used"};
       if (cell.empty()) return;
       one.answer.emplace();
       one.answer->file = one.path;
       one.answer->form = scope.definitions.find(cell);
       if (one.answer->form == nullptr) throw Expected{"a template of the definitions in use"};
     }},
    {"template_version", Type::text,
     [](const Scope& scope, const Arrival& one) {
       return one.answer ? std::to_string(scope.form().form.version) : std::string();
     },
     [](const Scope&, Arrival& one, const std::string& cell) {
       const Return* answer = answer_of(one, cell);
       if (answer == nullptr) return;
       const std::string known = std::to_string(answer->form->form.version);
       if (cell != known) throw Expected{"version " + known + " of the template"};
     }},
    {"agency", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->agency : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->agency = cell;
     }},
    {"agency_named_by", Type::text,
     [](const Scope&, const Arrival& one) {
       return one.answer ? std::string(kNamers.at(one.answer->named ? 1 : 0)) : std::string();
     },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->named = position(kNamers, cell) == 1;
     }},
    {"period", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->period : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->period = cell;
     }},
    {"saved", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->modified : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->modified = cell;
     }},
    {"agencies_within", Type::text,  // one a line
     [](const Scope&, const Arrival& one) {
       std::string names;
       if (!one.answer) return names;
       for (const std::string& name : one.answer->within) names += (names.empty() ? "" : "\n") + name;
       return names;
     },
     [](const Scope&, Arrival& one, const std::string& cell) {
       Return* answer = answer_of(one, cell);
       if (answer == nullptr) return;
       std::istringstream lines(cell);
       for (std::string name; std::getline(lines, name);) answer->within.push_back(name);
     }},
};

// A component taken out of a percentage has no row of the form: its key is "".
const std::vector<Field<Observation>> kObservations = {
    {"file", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.path; }, nullptr},
    {"sha256", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.sha256; }, nullptr},
    {"agency", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.answer->agency; },
     nullptr},
    {"period", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.answer->period; },
     nullptr},
    {"template", Type::text, [](const Scope& scope, const Observation&) { return scope.form().form.id; }, nullptr},
    {"sheet", Type::text, [](const Scope&, const Observation& one) { return one.place.sheet; },
     [](const Scope&, Observation& one, const std::string& cell) { one.place.sheet = cell; }},
    {"cell", Type::text, [](const Scope&, const Observation& one) { return one.place.cell; },
     [](const Scope&, Observation& one, const std::string& cell) { one.place.cell = cell; }},
    {"key", Type::text,
     [](const Scope& scope, const Observation& one) { return one.row < 0 ? "" : scope.row(one.row).key; },
     [](const Scope& scope, Observation& one, const std::string& cell) {
       if (!cell.empty()) one.row = row_of(scope, cell);
     }},
    {"number", Type::text,
     [](const Scope& scope, const Observation& one) { return one.row < 0 ? "" : scope.row(one.row).number; }, nullptr},
    {"label", Type::text,
     [](const Scope& scope, const Observation& one) {
       return one.row < 0 ? scope.definitions.catalogue[one.indicator].label : squeezed(scope.row(one.row).caption);
     },
     nullptr},
    {"indicator", Type::text,
     [](const Scope& scope, const Observation& one) { return scope.definitions.catalogue[one.indicator].id; },
     [](const Scope& scope, Observation& one, const std::string& cell) {
       one.indicator = scope.definitions.catalogue.find(cell);
       if (one.indicator < 0) throw Expected{"an indicator of the definitions in use"};
       const int own = one.row < 0 ? -1 : scope.form().mapping.indicators[static_cast<std::size_t>(one.row)];
       if (one.row >= 0 && own < 0) throw Expected{"nothing, since the row takes no value"};
       if (own >= 0 && own != one.indicator)
         throw Expected{"“" + scope.definitions.catalogue[own].id + "” in this row"};
     }},
    {"kind", Type::text,
     [](const Scope& scope, const Observation& one) {
       return std::string(kind_name(scope.definitions.catalogue[one.indicator].kind));
     },
     nullptr},
    {"unit", Type::text,
     [](const Scope& scope, const Observation& one) { return scope.definitions.catalogue[one.indicator].unit; },
     nullptr},
    {"raw", Type::text, [](const Scope&, const Observation& one) { return one.raw; },
     [](const Scope&, Observation& one, const std::string& cell) { one.raw = cell; }},
    {"value", Type::decimal,
     [](const Scope&, const Observation& one) { return one.value ? one.value->to_string() : std::string(); },
     [](const Scope&, Observation& one, const std::string& cell) {
       if (cell.empty()) return;
       one.value = Decimal::parse(cell);
       if (!one.value || one.value->to_string() != cell) throw Expected{"a decimal number such as -12.5"};
     }},
    {"text", Type::text, [](const Scope&, const Observation& one) { return one.text; },
     [](const Scope&, Observation& one, const std::string& cell) { one.text = cell; }},
    {"status", Type::text, [](const Scope&, const Observation& one) { return std::string(to_string(one.status)); },
     [](const Scope& scope, Observation& one, const std::string& cell) {
       const auto status = parse_status(cell);
       if (!status) throw Expected{"a status such as exact"};
       one.status = *status;
       const bool text = scope.definitions.catalogue[one.indicator].kind == Kind::text;
       const bool given = one.value.has_value() || (text && !one.text.empty());
       if (given != has_value(*status)) throw Expected{given ? "a status with a value" : "a status without a value"};
     }},
    {"computed", Type::integer,
     [](const Scope&, const Observation& one) { return std::string(one.computed ? "1" : "0"); },
     [](const Scope&, Observation& one, const std::string& cell) { one.computed = cell == "1"; }},
    {"decimals", Type::integer, [](const Scope&, const Observation& one) { return std::to_string(one.decimals); },
     [](const Scope&, Observation& one, const std::string& cell) {
       constexpr int kMost = 18;
       const int decimals = std::stoi(cell);
       if (decimals < 0 || decimals > kMost) throw Expected{"a number of decimals"};
       one.decimals = decimals;
     }},
    {"note", Type::text, [](const Scope&, const Observation& one) { return one.note; },
     [](const Scope&, Observation& one, const std::string& cell) { one.note = cell; }},
};

const std::vector<Field<SectionNote>> kRemarks = {
    {"file", Type::text, [](const Scope& scope, const SectionNote&) { return scope.arrival.path; }, nullptr},
    {"agency", Type::text, [](const Scope& scope, const SectionNote&) { return scope.arrival.answer->agency; },
     nullptr},
    {"sheet", Type::text, [](const Scope&, const SectionNote& one) { return one.place.sheet; },
     [](const Scope&, SectionNote& one, const std::string& cell) { one.place.sheet = cell; }},
    {"cell", Type::text, [](const Scope&, const SectionNote& one) { return one.place.cell; },
     [](const Scope&, SectionNote& one, const std::string& cell) { one.place.cell = cell; }},
    {"key", Type::text, [](const Scope& scope, const SectionNote& one) { return scope.row(one.row).key; },
     [](const Scope& scope, SectionNote& one, const std::string& cell) { one.row = row_of(scope, cell); }},
    {"label", Type::text,
     [](const Scope& scope, const SectionNote& one) { return squeezed(scope.row(one.row).caption); }, nullptr},
    {"note", Type::text, [](const Scope&, const SectionNote& one) { return one.note; },
     [](const Scope&, SectionNote& one, const std::string& cell) { one.note = cell; }},
};

const std::vector<Field<Finding>> kFindings = {
    {"file", Type::text, [](const Scope&, const Finding& one) { return one.place.file; },
     [](const Scope&, Finding& one, const std::string& cell) { one.place.file = cell; }},
    {"sheet", Type::text, [](const Scope&, const Finding& one) { return one.place.sheet; },
     [](const Scope&, Finding& one, const std::string& cell) { one.place.sheet = cell; }},
    {"cell", Type::text, [](const Scope&, const Finding& one) { return one.place.cell; },
     [](const Scope&, Finding& one, const std::string& cell) { one.place.cell = cell; }},
    {"code", Type::text, [](const Scope&, const Finding& one) { return one.code; },
     [](const Scope& scope, Finding& one, const std::string& cell) {
       if (!scope.definitions.wording.has(cell)) throw Expected{"the code of a finding"};
       one.code = cell;
     }},
    {"severity", Type::text,
     [](const Scope& scope, const Finding& one) {
       return std::string(to_string(scope.definitions.wording.severity(one)));
     },
     nullptr},
    {"agency", Type::text, [](const Scope&, const Finding& one) { return one.agency; },
     [](const Scope&, Finding& one, const std::string& cell) { one.agency = cell; }},
    {"indicator", Type::text, [](const Scope&, const Finding& one) { return one.indicator; },
     [](const Scope&, Finding& one, const std::string& cell) { one.indicator = cell; }},
    {"raw", Type::text, [](const Scope&, const Finding& one) { return one.raw; },
     [](const Scope&, Finding& one, const std::string& cell) { one.raw = cell; }},
    {"value", Type::text, [](const Scope&, const Finding& one) { return one.value; },
     [](const Scope&, Finding& one, const std::string& cell) { one.value = cell; }},
    {"details", Type::text,
     [](const Scope&, const Finding& one) {
       return nlohmann::json(one.details).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
     },
     [](const Scope&, Finding& one, const std::string& cell) {
       try {
         one.details = nlohmann::json::parse(cell).get<Details>();
       } catch (const nlohmann::json::exception&) {
         throw Expected{R"(a list of names and texts such as [["number","1.2."]])"};
       }
     }},
};

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
      arrival.answer->observations.push_back(std::move(one));
    } else {
      SectionNote one;
      one.place.file = arrival.path;
      fill(kRemarks, arrival, one, cells, where);
      arrival.answer->section_notes.push_back(std::move(one));
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
