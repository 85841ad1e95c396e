// Between arrivals and the formats of exports: tables, columns, rows of cells as text. Only exported*.cc include it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "reconcile/exported.h"

namespace tonghop::exported {

enum class Type { text, integer, decimal };

struct Column {
  std::string name;
  Type type = Type::text;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
};

// export, files, observations, remarks, findings: in this order everywhere.
const std::vector<Table>& tables();

inline constexpr std::string_view kApplication = "tong";  // at byte 68 of an SQLite file, which says whose it is

using Cells = std::vector<std::string>;  // one per column of the table, valid UTF-8
using WriteRow = std::function<void(std::size_t table, const Cells& cells)>;
using Rows = std::function<void(const WriteRow& write)>;  // calls write for every row, table after table

std::string write_csv(const Rows& rows);
std::string write_json(const Rows& rows);
std::string write_sqlite(const Rows& rows);

// Where a row stands, for messages: "line 12", "observations, row 12".
struct Where {
  std::string file;
  std::string row;
};

// `cells` are as many as the table has columns, integers are such.
using TakeRow = std::function<void(std::size_t table, const Cells& cells, const Where& where)>;

// Each throws what damaged() makes of what is no export of this format.
void read_csv(std::string_view bytes, const std::string& path, const TakeRow& take);
void read_json(std::string_view bytes, const std::string& path, const TakeRow& take);
void read_sqlite(std::string_view bytes, const std::string& path, const TakeRow& take);

// The Error export-damaged.
[[noreturn]] void damaged(const Where& where, const std::string& column, const std::string& found,
                          const std::string& expected);

}  // namespace tonghop::exported
