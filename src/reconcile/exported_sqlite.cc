// Exports as an SQLite database, made and read in memory. A decimal stands twice: as REAL to compute with and, named
// ..._exact, as the text that counts.
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>
#include <stdexcept>

#include "base/decimal.h"
#include "reconcile/exported_rows.h"

namespace tonghop::exported {
namespace {

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Database open() {
  sqlite3* database = nullptr;
  const int code = sqlite3_open(":memory:", &database);
  Database owned(database, sqlite3_close);
  if (code != SQLITE_OK) throw std::bad_alloc();
  return owned;
}

// Throws std::runtime_error with SQLite's words.
void check(sqlite3* database, int code) {
  if (code == SQLITE_NOMEM) throw std::bad_alloc();
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE)
    throw std::runtime_error(sqlite3_errmsg(database));
}

void run(sqlite3* database, const std::string& sql) {
  check(database, sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr));
}

Statement prepared(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr);
  Statement owned(statement, sqlite3_finalize);
  check(database, code);
  return owned;
}

std::string definition(const Table& table) {
  std::string sql = "CREATE TABLE " + table.name + " (";
  for (const Column& column : table.columns) {
    if (sql.back() != '(') sql += ", ";
    sql += "\"" + column.name + "\"";
    switch (column.type) {
      case Type::text:
        sql += " TEXT";
        break;
      case Type::integer:
        sql += " INTEGER";
        break;
      case Type::decimal:
        sql += " REAL, \"" + column.name + "_exact\" TEXT";
        break;
    }
    if (column.name == "file_id")
      sql += table.name == "files" ? " PRIMARY KEY" : " NOT NULL REFERENCES files (file_id)";
  }
  return sql + ")";
}

std::size_t width(const Table& table) {
  return table.columns.size() +
         static_cast<std::size_t>(std::count_if(table.columns.begin(), table.columns.end(),
                                                [](const Column& column) { return column.type == Type::decimal; }));
}

// Nothing, "", is NULL.
void bind_text(sqlite3_stmt* statement, int at, const std::string& text) {
  if (text.empty()) return;
  sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

std::string text_at(sqlite3_stmt* statement, int at) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
  if (text == nullptr) return "";
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, at))};
}

void read_table(sqlite3* database, std::size_t index, const std::string& path, const TakeRow& take) {
  const Table& table = tables()[index];
  const Statement schema = prepared(database, "SELECT sql FROM sqlite_master WHERE name = '" + table.name + "'");
  const bool there = sqlite3_step(schema.get()) == SQLITE_ROW;
  const std::string found = there ? text_at(schema.get(), 0) : "no such table";
  if (found != definition(table)) damaged({path, table.name}, "", found, definition(table));
  const Statement rows = prepared(database, "SELECT * FROM " + table.name + " ORDER BY rowid");
  int number = 0;
  while (true) {
    const int code = sqlite3_step(rows.get());
    check(database, code);
    if (code == SQLITE_DONE) return;
    const Where where{path, table.name + ", row " + std::to_string(++number)};
    Cells cells;
    int at = 0;
    for (const Column& column : table.columns) {
      if (column.type == Type::decimal) {
        const bool none = sqlite3_column_type(rows.get(), at) == SQLITE_NULL;
        const double approximate = sqlite3_column_double(rows.get(), at);
        const std::string exact = text_at(rows.get(), ++at);
        const auto value = Decimal::parse(exact);
        if (value ? none || value->to_double() != approximate : !none) {
          damaged(where, column.name, none ? "nothing" : shortest(approximate),
                  exact.empty() ? "nothing" : exact + ", as in " + column.name + "_exact");
        }
        cells.push_back(exact);
      } else {
        cells.push_back(text_at(rows.get(), at));
      }
      ++at;
    }
    take(index, cells, where);
  }
}

}  // namespace

std::string write_sqlite(const Rows& rows) {
  const Database database = open();
  std::uint32_t application = 0;
  for (const char c : kApplication) application = application << 8 | static_cast<unsigned char>(c);
  run(database.get(), "PRAGMA application_id = " + std::to_string(application));
  run(database.get(), "BEGIN");
  std::vector<Statement> inserts;
  for (const Table& table : tables()) {
    run(database.get(), definition(table));
    std::string sql = "INSERT INTO " + table.name + " VALUES (?";
    for (std::size_t c = 1; c < width(table); ++c) sql += ", ?";
    inserts.push_back(prepared(database.get(), sql + ")"));
  }
  rows([&](std::size_t table, const Cells& cells) {
    sqlite3_stmt* insert = inserts[table].get();
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
    int at = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const Type type = tables()[table].columns[c].type;
      if (type == Type::decimal) {
        const auto value = Decimal::parse(cells[c]);
        ++at;
        if (value) sqlite3_bind_double(insert, at, value->to_double());
      }
      bind_text(insert, ++at, cells[c]);
    }
    check(database.get(), sqlite3_step(insert));
  });
  run(database.get(), "CREATE INDEX observations_of_indicator ON observations (indicator)");
  run(database.get(), "COMMIT");
  inserts.clear();
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(database.get(), "main", &size, 0), sqlite3_free);
  if (bytes == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

void read_sqlite(std::string_view bytes, const std::string& path, const TakeRow& take) {
  const Database database = open();
  auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));  // read only, as the flag says
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  try {
    check(database.get(), sqlite3_deserialize(database.get(), "main", data, size, size, SQLITE_DESERIALIZE_READONLY));
    run(database.get(), "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    for (std::size_t table = 0; table < tables().size(); ++table) read_table(database.get(), table, path, take);
  } catch (const std::runtime_error& error) {
    damaged({path, "as a whole"}, "", error.what(), "a database as written");
  }
}

}  // namespace tonghop::exported
