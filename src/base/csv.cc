// Fields -> one line, one line -> fields.
#include "base/csv.h"

#include <algorithm>
#include <array>

namespace tonghop {

void append_csv(std::string& out, const std::vector<std::string_view>& fields) {
  bool first = true;
  for (const std::string_view field : fields) {
    if (!first) out += ',';
    first = false;
    if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
      out += field;
      continue;
    }
    out += '"';
    for (const char c : field) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += '\n';
}

std::vector<std::string> take_csv_line(std::string_view& rest, char separator, int& line) {
  const std::array<char, 3> ends = {separator, '"', '\n'};
  std::vector<std::string> fields(1);
  const auto next = [&] {
    const char c = rest.front();
    rest.remove_prefix(1);
    line += c == '\n' ? 1 : 0;
    return c;
  };
  while (true) {
    if (!rest.empty() && rest.front() == '"') {
      next();
      while (true) {
        if (rest.empty()) throw CsvDamage{"the end of the file inside quotes", "a closing quote"};
        const char c = next();
        if (c != '"') {
          fields.back() += c;
        } else if (!rest.empty() && rest.front() == '"') {
          fields.back() += next();
        } else {
          break;
        }
      }
    } else {
      const std::size_t end = std::min(rest.find_first_of(std::string_view(ends.data(), ends.size())), rest.size());
      fields.back() = rest.substr(0, end);
      rest.remove_prefix(end);
    }
    if (rest.empty()) throw CsvDamage{"the end of the file", "the end of a line"};
    const char end = next();
    if (end == '\n') return fields;
    if (end != separator) {
      throw CsvDamage{std::string(1, end) + " behind " + fields.back(), "a separator or the end of the line"};
    }
    fields.emplace_back();
  }
}

}  // namespace tonghop
