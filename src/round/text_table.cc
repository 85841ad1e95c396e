// CSV, however it was saved -> workbook.
#include <algorithm>
#include <array>
#include <map>

#include "base/csv.h"
#include "base/encoding.h"
#include "base/finding.h"
#include "base/text.h"
#include "round/roster_import.h"

namespace tonghop {
namespace {

using Lines = std::vector<std::vector<std::string>>;

// `line`: the one under way, from 1.
Lines lines_of(std::string_view text, char separator, int& line) {
  Lines lines;
  for (int next = line; !text.empty(); line = next) lines.push_back(take_csv_line(text, separator, next));
  return lines;
}

// How many lines have the number of fields that most have, where that is more than one, and that number.
std::pair<int, std::size_t> evenness(const Lines& lines) {
  std::map<std::size_t, int> counts;
  for (const auto& fields : lines) ++counts[fields.size()];
  std::pair<int, std::size_t> best = {0, 1};
  for (const auto& [fields, count] : counts) {
    if (fields > 1) best = std::max(best, {count, fields});
  }
  return best;
}

}  // namespace

xlsx::Workbook read_text_table(std::string_view bytes, const std::string& file) {
  std::string text = decoded_text(bytes);
  if (!text.ends_with('\n')) text += '\n';
  std::string_view rest = text;
  std::array<char, 3> separators = {',', ';', '\t'};
  if (rest.starts_with("sep=") && rest.size() > 5 && rest[5] == '\n') {  // Excel's own hint
    separators.fill(rest[4]);
    rest.remove_prefix(6);
  }
  const int before =
      static_cast<int>(std::count(text.begin(), text.end() - static_cast<std::ptrdiff_t>(rest.size()), '\n'));
  Lines best;
  std::optional<Error> trouble;
  for (const char separator : separators) {
    int line = 1;
    try {
      Lines lines = lines_of(rest, separator, line);
      if (best.empty() || evenness(lines) > evenness(best)) best = std::move(lines);
    } catch (const CsvDamage& damage) {
      trouble.emplace("file-damaged", Place{.file = file},
                      Details{{"problem", "line " + std::to_string(line + before) + ": " + damage.found +
                                              ", expected " + damage.expected}});
    }
  }
  if (best.empty() && trouble) throw *trouble;
  xlsx::Workbook book;
  book.sheets.emplace_back();
  for (std::size_t r = 0; r < best.size(); ++r) {
    for (std::size_t c = 0; c < best[r].size(); ++c) {
      if (trimmed(best[r][c]).empty()) continue;
      book.sheets[0].cell({static_cast<int>(r) + before + 1, static_cast<int>(c) + 1}).value = std::move(best[r][c]);
    }
  }
  return book;
}

}  // namespace tonghop
