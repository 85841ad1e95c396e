// What stands where in the parts of a sound .xlsx: the bytes that make up the value of one cell.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/place.h"
#include "bits/mutation.h"
#include "xlsx/workbook.h"

namespace tonghop::bits {

struct Extent {
  std::size_t begin = 0, end = 0;

  bool holds(const Mutation& mutation) const { return mutation.begin >= begin && mutation.end <= end; }
};

class Origin {
 public:
  explicit Origin(std::string_view bytes);

  const std::vector<std::pair<std::string, std::string>>& parts() const { return parts_; }

  // Whether every byte that was changed belongs to this one cell, so that no reader can know what stood there:
  // - its own <c> element, from its reference and type to its stored value; the whole element may be gone;
  // - what is inside the <si> of the shared string it refers to, the <si> itself staying;
  // - the <xf> of its format and the <numFmt> that this names: they tell 50 from 50 %.
  // Or the change is inside another cell and moved that one here by its reference.
  // Not: rows, columns, keys, captions, headers, lists that shift, relationships, names of sheets.
  bool of_cell(const Mutation& mutation, const Place& place) const;

 private:
  struct CellSource {
    Extent extent;
    int style = 0;
    int string = -1;  // index of the shared string
  };
  struct SheetSource {
    std::string part;
    std::map<xlsx::Address, CellSource> cells;
  };

  const std::string& text(const std::string& part) const;
  void read_sheet(const std::string& name, const std::string& part);

  std::vector<std::pair<std::string, std::string>> parts_;
  std::map<std::string, SheetSource> sheets_;  // by name
  std::vector<Extent> strings_;
  std::vector<Extent> formats_;      // of cells: xf
  std::vector<int> format_numbers_;  // numFmtId of each
  std::map<int, Extent> numbers_;    // numFmt by its id
};

}  // namespace tonghop::bits
