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

// Appends the element <si> of a plain text, and of one made of runs, which are shown in `style` but for bold and
// italic.
void append_shared_string(std::string& out, std::string_view text);
void append_shared_string(std::string& out, const std::vector<Run>& runs, const Style& style, std::string_view font);

// Texts of cells, each once, known by its position.
class SharedStringTable {
 public:
  // `font` names the font of rich-text runs.
  explicit SharedStringTable(std::string font) : font_(std::move(font)) {}

  // Position of the text of a cell, plain or made of runs, added when new. `guess` is looked at first: a column often
  // says the same again.
  std::size_t index(std::string_view text, std::size_t guess);
  std::size_t index(const std::vector<Run>& runs, const Style& style);

  // The same where no cell refers to it yet.
  std::size_t place(std::string_view text);
  std::size_t place(const std::vector<Run>& runs, const Style& style);

  void write(std::string& out, const Spill& spill) const;
  void write_head(std::string& out) const;  // what stands before the texts
  void write_from(std::size_t first, std::string& out, const Spill& spill = kHold) const;  // texts, and the end

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
