// Many packages of one workbook in which a few texts differ: what is equal in all is written and deflated once.
//
// The texts that differ stand in front of all others in the part of shared strings. Of that part
//
//   <sst ...> <si>Xã An Bình</si> <si>Mã: 001</si> | <si>Số liệu</si> <si>Ghi chú</si> ... </sst>
//   made anew, stored in the deflate stream as is  | deflated once
//
// only the front is made for each package; the sheets refer to texts by number, and every other part is the same.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xlsx/workbook.h"
#include "xlsx/zip_writer.h"

namespace tonghop::xlsx {

class Press {
 public:
  // Where a stand-in occurs in the text of a cell, alone or among other words, it is replaced in each package. Throws
  // std::invalid_argument as write_workbook() does.
  Press(const Workbook& workbook, std::vector<std::string> stand_ins);

  // The package with texts[i] for stand_ins[i]. What a reader sees is what it would see in write_workbook() of the
  // workbook with these texts. Equal texts give equal bytes. Throws std::invalid_argument where a cell would be empty
  // or hold more than Excel takes.
  std::string print(std::span<const std::string> texts) const;

 private:
  // A text in front of the others, with stand-ins.
  struct Front {
    std::string text;
    std::vector<Run> runs;
    Style style;
  };

  std::string front_xml(std::span<const std::string> texts) const;

  std::vector<std::string> stand_ins_;
  std::string font_;
  std::vector<Front> front_;
  std::string head_, tail_;                              // of the part of shared strings, around the front
  std::vector<std::pair<std::string, Deflated>> parts_;  // by name; of that part only the tail
  std::size_t size_ = 0;                                 // of a package, roughly
};

// The text with texts[i] for every stand_ins[i] in it.
std::string replaced(std::string_view text, std::span<const std::string> stand_ins, std::span<const std::string> texts);

}  // namespace tonghop::xlsx
