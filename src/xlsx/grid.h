// Where the columns and rows of a sheet lie, in pixels at 96 dpi: what places boxes on it.
#pragma once

#include <vector>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

bool on_grid(Address at);

// Width of a digit of the default font, near enough for the fonts of offices (half an em).
int digit_width(const Workbook& workbook);

// Height of rows that have none of their own, points.
double row_height(const Workbook& workbook);

// Columns or rows one behind another.
class Track {
 public:
  struct Point {
    int index;   // of the column or row, from 1
    int offset;  // pixels inside it
  };

  explicit Track(double size) : usual_(size), stretches_{{1, 0, size}} {}
  void add(int first, int last, double size);  // ascending
  double start(int index) const;               // its left or upper edge
  Point at(double pixel) const;

 private:
  // From `first` on all have one size, until the next stretch.
  struct Stretch {
    int first;
    double start, size;
  };

  double usual_;
  std::vector<Stretch> stretches_;
};

struct Grid {
  Grid(const Workbook& workbook, const Sheet& sheet);

  Track columns, rows;
};

}  // namespace tonghop::xlsx
