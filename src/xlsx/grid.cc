// Columns and rows in pixels.
#include "xlsx/grid.h"

#include <algorithm>
#include <cmath>

namespace tonghop::xlsx {
namespace {

constexpr double kPixelsPerPoint = 4.0 / 3.0;
constexpr double kDefaultWidth = 8.43;  // characters

}  // namespace

bool on_grid(Address at) { return at.row >= 1 && at.row <= kMaxRow && at.column >= 1 && at.column <= kMaxColumn; }

int digit_width(const Workbook& workbook) {
  return std::max(1, static_cast<int>(std::lround(workbook.styles[0].size * kPixelsPerPoint * 0.507)));
}

double row_height(const Workbook& workbook) { return std::round(workbook.styles[0].size * 1.3 / 0.75) * 0.75; }

void Track::add(int first, int last, double size) {
  const double begin = start(first);
  if (stretches_.back().first == first) stretches_.pop_back();
  stretches_.push_back({first, begin, size});
  stretches_.push_back({last + 1, begin + (last + 1 - first) * size, usual_});
}

double Track::start(int index) const {
  const auto next = std::ranges::upper_bound(stretches_, index, {}, &Stretch::first);
  const Stretch& stretch = *(next - 1);
  return stretch.start + (index - stretch.first) * stretch.size;
}

Track::Point Track::at(double pixel) const {
  const auto next = std::ranges::upper_bound(stretches_, pixel, {}, &Stretch::start);
  const Stretch& stretch = *(next - 1);
  const double inside = pixel - stretch.start;
  const int steps = stretch.size > 0 ? static_cast<int>(inside / stretch.size) : 0;
  return {stretch.first + steps, static_cast<int>(inside - steps * stretch.size)};
}

Grid::Grid(const Workbook& workbook, const Sheet& sheet)
    : columns(std::round(kDefaultWidth * digit_width(workbook) + 5)), rows(row_height(workbook) * kPixelsPerPoint) {
  for (const ColumnFormat& column : sheet.columns) {
    columns.add(column.first, column.last, column.hidden ? 0 : std::round(column.width * digit_width(workbook) + 5));
  }
  for (const std::vector<RowFormat>* formats : {&sheet.rows, &sheet.streamed_rows}) {
    for (const RowFormat& row : *formats) {
      if (!row.hidden && row.height == 0) continue;  // left to the program, which makes room for its texts
      rows.add(row.row, row.row, row.hidden ? 0 : row.height * kPixelsPerPoint);
    }
  }
}

}  // namespace tonghop::xlsx
