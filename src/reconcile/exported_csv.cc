// Exports as CSV (RFC 4180, UTF-8 without byte order mark, lines end in "\n"): all tables under one header.
#include <algorithm>

#include "base/csv.h"
#include "reconcile/exported_rows.h"

namespace tonghop::exported {
namespace {

// Every column once, those of the observations first; under which header each column of each table stands.
struct Header {
  std::vector<std::string> names = {"record"};
  std::vector<std::vector<std::size_t>> places;  // per table, per column

  Header() : places(tables().size()) {
    constexpr std::size_t kFirst = 2;  // observations
    for (std::size_t i = 0; i < tables().size(); ++i) {
      const std::size_t table = i == 0 ? kFirst : i <= kFirst ? i - 1 : i;
      for (const Column& column : tables()[table].columns) {
        const auto known = std::find(names.begin(), names.end(), column.name);
        places[table].push_back(static_cast<std::size_t>(known - names.begin()));
        if (known == names.end()) names.push_back(column.name);
      }
    }
  }
};

const Header& header() {
  static const Header header;
  return header;
}

void append_line(std::string& out, const Cells& fields) { append_csv(out, {fields.begin(), fields.end()}); }

Cells take_line(std::string_view& rest, int& line, const Where& where) {
  try {
    return take_csv_line(rest, ',', line);
  } catch (const CsvDamage& damage) {
    damaged(where, "", damage.found, damage.expected);
  }
}

}  // namespace

std::string write_csv(const Rows& rows) {
  std::string out;
  append_line(out, header().names);
  rows([&](std::size_t table, const Cells& cells) {
    Cells fields(header().names.size());
    fields[0] = tables()[table].name;
    for (std::size_t c = 0; c < cells.size(); ++c) fields[header().places[table][c]] = cells[c];
    append_line(out, fields);
  });
  return out;
}

void read_csv(std::string_view bytes, const std::string& path, const TakeRow& take) {
  std::string expected;
  append_line(expected, header().names);
  const std::string_view first = bytes.substr(0, bytes.find('\n'));
  if (!bytes.starts_with(expected))
    damaged({path, "line 1"}, "", std::string(first), "the header as written: " + expected.substr(0, 40) + "…");
  bytes.remove_prefix(expected.size());
  int line = 2;
  while (!bytes.empty()) {
    const Where where{path, "line " + std::to_string(line)};
    Cells fields = take_line(bytes, line, where);
    if (fields.size() != header().names.size())
      damaged(where, "", std::to_string(fields.size()) + " fields", std::to_string(header().names.size()));
    const auto table = static_cast<std::size_t>(
        std::find_if(tables().begin(), tables().end(), [&](const Table& one) { return one.name == fields[0]; }) -
        tables().begin());
    if (table == tables().size())
      damaged(where, "record", fields[0], "export, files, observations, remarks or findings");
    Cells cells;
    for (const std::size_t place : header().places[table]) {
      cells.push_back(std::move(fields[place]));
      fields[place].clear();
    }
    fields[0].clear();
    const auto surplus =
        std::find_if(fields.begin(), fields.end(), [](const std::string& one) { return !one.empty(); });
    if (surplus != fields.end()) {
      damaged(where, header().names[static_cast<std::size_t>(surplus - fields.begin())], *surplus,
              "nothing in a row of " + tables()[table].name);
    }
    take(table, cells, where);
  }
}

}  // namespace tonghop::exported
