// Lines of CSV (RFC 4180), written and read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tonghop {

// Adds the fields as one line, quoted where that is needed, ended by "\n".
void append_csv(std::string& out, const std::vector<std::string_view>& fields);

// What is wrong with a line that was read, and what would be right.
struct CsvDamage {
  std::string found, expected;
};

// Takes the next line off `rest`, with its "\n"; fields in quotes may hold line ends. `line` goes on by each line end.
// Throws CsvDamage for a quote that is not closed, for anything behind a closing quote, and where the text ends without
// the end of a line.
std::vector<std::string> take_csv_line(std::string_view& rest, char separator, int& line);

}  // namespace tonghop
