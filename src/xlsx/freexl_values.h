// Numbers and texts of an old Excel workbook, as FreeXL understands them. FreeXL opens paths and trusts what it finds
// there; so it is given a workbook made anew in memory, with nothing in it but these values in sound records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tonghop::xlsx {

class FreexlValues {
 public:
  // Each adds a value and returns the index under which number() or text() has it after read().
  std::size_t add_number(std::string_view bytes);  // eight: IEEE 754, least first
  std::size_t add_rk(std::uint32_t rk);            // the short form of a number
  std::size_t add_text(std::u16string_view text);  // UTF-16; half surrogate pairs become U+FFFD

  // Has FreeXL read all that was added. Throws std::runtime_error when it does not.
  void read();

  double number(std::size_t index) const { return numbers_.at(index); }
  const std::string& text(std::size_t index) const { return texts_.at(index); }  // UTF-8

 private:
  // A cell of the workbook made anew: the next free one, by rows.
  struct Stored {
    bool is_text;
    std::size_t index;  // into numbers_ or texts_; a long text stands in several cells, in pieces
  };
  void append_cell(unsigned type, std::string_view content, Stored stored);
  std::string stream() const;

  std::string records_;
  std::vector<Stored> stored_;
  std::vector<double> numbers_;
  std::vector<std::string> texts_;
};

}  // namespace tonghop::xlsx
