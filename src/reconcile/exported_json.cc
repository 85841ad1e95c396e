// Exports as JSON: one object, whose members are the tables, one row a line; read event by event, so that no tree of it
// is held.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "reconcile/exported_rows.h"

namespace tonghop::exported {
namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view kHex = "0123456789abcdef";
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

// Follows the events; what is no row of a table where one must be is damaged().
class Events {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  Events(std::string_view bytes, const std::string& path, const TakeRow& take)
      : bytes_(bytes), path_(path), take_(take) {}

  bool start_object(std::size_t) {
    if (depth_ != 0 && depth_ != 2) unexpected("an object");
    if (depth_ == 2) {
      cells_.assign(table().columns.size(), "");
      filled_.assign(table().columns.size(), false);
    }
    ++depth_;
    return true;
  }

  bool end_object() {
    if (--depth_ == 2) {
      const auto lacking = std::find(filled_.begin(), filled_.end(), false);
      if (lacking != filled_.end())
        damaged(where(), table().columns[static_cast<std::size_t>(lacking - filled_.begin())].name, "nothing",
                "a value");
      take_(table_, cells_, where());
      ++row_;
    }
    return true;
  }

  bool start_array(std::size_t) {
    if (depth_ != 1) unexpected("a list");
    depth_ = 2;
    return true;
  }

  bool end_array() {
    depth_ = 1;
    return true;
  }

  bool key(string_t& name) {
    if (depth_ == 1) {
      const auto found =
          std::find_if(tables().begin(), tables().end(), [&](const Table& one) { return one.name == name; });
      if (found == tables().end()) damaged({path_, "top level"}, "", name, "the name of a table");
      table_ = static_cast<std::size_t>(found - tables().begin());
      row_ = 1;
      return true;
    }
    const auto& columns = table().columns;
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; });
    column_ = static_cast<std::size_t>(found - columns.begin());
    if (found == columns.end() || filled_[column_]) damaged(where(), "", name, "each column of the table once");
    filled_[column_] = true;
    return true;
  }

  bool string(string_t& text) { return put(text, false); }
  bool number_unsigned(number_unsigned_t number) { return put(std::to_string(number), true); }
  bool number_integer(number_integer_t number) { return put(std::to_string(number), true); }
  bool number_float(number_float_t, const string_t& number) { return put(number, true); }
  bool null() { return unexpected("null"); }
  bool boolean(bool yes) { return unexpected(yes ? "true" : "false"); }
  bool binary(binary_t&) { return unexpected("binary"); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    const std::string_view before = bytes_.substr(0, std::min(position, bytes_.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t begin = before.rfind('\n') + 1;
    const std::size_t end = std::min(bytes_.find('\n', begin), bytes_.size());
    damaged({path_, "line " + std::to_string(line)}, "",
            begin >= bytes_.size() ? "the end of the file" : std::string(bytes_.substr(begin, end - begin)), "JSON");
  }

 private:
  const Table& table() const { return tables()[table_]; }
  Where where() const { return {path_, table().name + ", row " + std::to_string(row_)}; }

  bool put(const std::string& text, bool number) {
    if (depth_ != 3) return unexpected(text);
    if (number != (table().columns[column_].type == Type::integer))
      damaged(where(), table().columns[column_].name, text, number ? "a text" : "a number");
    cells_[column_] = text;
    return true;
  }

  bool unexpected(const std::string& found) const { damaged(where(), "", found, "lists of rows as written"); }

  std::string_view bytes_;
  const std::string& path_;
  const TakeRow& take_;
  int depth_ = 0;  // 1 in the object of tables, 2 in a table, 3 in a row
  std::size_t table_ = 0;
  std::size_t column_ = 0;
  int row_ = 1;
  Cells cells_;
  std::vector<bool> filled_;
};

}  // namespace

std::string write_json(const Rows& rows) {
  std::string out = "{";
  std::size_t open = 0;  // tables begun
  bool first = true;
  const auto open_up_to = [&](std::size_t table) {
    while (open <= table) {
      if (open > 0) out += "\n],";
      out += "\n";
      append_quoted(out, tables()[open].name);
      out += ": [";
      first = true;
      ++open;
    }
  };
  rows([&](std::size_t table, const Cells& cells) {
    open_up_to(table);
    out += first ? "\n" : ",\n";
    first = false;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const Column& column = tables()[table].columns[c];
      out += c == 0 ? "{" : ", ";
      append_quoted(out, column.name);
      out += ": ";
      if (column.type == Type::integer) {
        out += cells[c];
      } else {
        append_quoted(out, cells[c]);
      }
    }
    out += "}";
  });
  open_up_to(tables().size() - 1);
  return out + "\n]\n}\n";
}

void read_json(std::string_view bytes, const std::string& path, const TakeRow& take) {
  Events events(bytes, path, take);
  nlohmann::json::sax_parse(bytes, &events);
}

}  // namespace tonghop::exported
