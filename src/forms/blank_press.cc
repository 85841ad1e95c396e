// Rows as high as the agency's name needs, and one press for all agencies whose rows are as high.
#include "forms/blank_press.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace tonghop {
namespace {

const std::vector<std::string>& stand_ins() {
  static const std::vector<std::string> all = {kAnyAgency, kAnyCode};
  return all;
}

}  // namespace

BlankPress::BlankPress(xlsx::Workbook blank) : blank_(std::move(blank)) {
  for (std::size_t s = 0; s < blank_.sheets.size(); ++s) {
    const xlsx::Sheet& sheet = blank_.sheets[s];
    for (const xlsx::Cell& cell : sheet.cells) {
      const auto* text = std::get_if<std::string>(&cell.value);
      if (text == nullptr || (text->find(kAnyAgency) == text->npos && text->find(kAnyCode) == text->npos)) continue;
      const auto format = std::ranges::find(sheet.rows, cell.at.row, &xlsx::RowFormat::row);
      if (format == sheet.rows.end()) continue;
      rows_.push_back({s, static_cast<std::size_t>(format - sheet.rows.begin()), text_box(blank_, sheet, cell), *text});
    }
  }
}

std::string BlankPress::print(const std::string& agency, const std::string& code) {
  const std::array<std::string, 2> texts = {agency, code};
  std::vector<double> heights;
  for (const Row& row : rows_) heights.push_back(row.box.height(xlsx::replaced(row.text, stand_ins(), texts)));
  auto press = presses_.find(heights);
  if (press == presses_.end()) {
    for (std::size_t r = 0; r < rows_.size(); ++r)
      blank_.sheets[rows_[r].sheet].rows[rows_[r].format].height = heights[r];
    press = presses_.try_emplace(heights, blank_, stand_ins()).first;
  }
  return press->second.print(texts);
}

}  // namespace tonghop
