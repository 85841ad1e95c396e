// The table of shared strings that writers of worksheets fill.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Texts of cells, each once, known by its position.
class SharedStringTable {
 public:
  // `font` names the font of rich-text runs.
  explicit SharedStringTable(std::string font) : font_(std::move(font)) {}

  // Position of the cell's text, added when new. Runs are shown in `style` but for bold and italic.
  std::size_t index(const std::string& text, const std::vector<Run>& runs, const Style& style);

  bool empty() const { return uses_ == 0; }
  std::string xml() const;

 private:
  std::string font_;
  std::size_t uses_ = 0;                                // cells that refer to the table
  std::unordered_map<std::string, std::size_t> known_;  // <si> element -> position
  std::vector<const std::string*> elements_;            // keys of known_, by position
};

}  // namespace tonghop::xlsx
