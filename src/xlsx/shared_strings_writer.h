// The table of shared strings that writers of worksheets fill.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xlsx/package_writer.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Texts of cells, each once, known by its position.
class SharedStringTable {
 public:
  // `font` names the font of rich-text runs.
  explicit SharedStringTable(std::string font) : font_(std::move(font)) {}

  // Position of a plain text, added when new. `guess` is looked at first: a column often says the same again.
  std::size_t index(std::string_view text, std::size_t guess);
  // Position of a text made of runs, which are shown in `style` but for bold and italic.
  std::size_t index(const std::vector<Run>& runs, const Style& style);

  void write(std::string& out, const Spill& spill) const;

 private:
  struct Entry {
    std::string_view text;  // in texts_; of rich text the element
    bool rich;
  };
  // A slot of the table by hash; free when there is no entry.
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = kFree;
  };
  static constexpr std::uint32_t kFree = UINT32_MAX;

  std::size_t place(std::string_view text, bool rich);
  std::string_view keep(std::string_view text);
  void grow();

  std::string font_;
  std::size_t uses_ = 0;  // cells that refer to the table
  std::vector<Entry> entries_;
  std::vector<Slot> slots_;         // a power of two, at most half of them taken
  std::vector<std::string> texts_;  // one behind another; none of these strings ever grows beyond what it has reserved
};

}  // namespace tonghop::xlsx
