// Reads one sheet of an old Excel workbook: where its cells are, of what kind and how formatted. What the cells hold is
// left to FreeXL, which reads all sheets at once.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "xlsx/biff.h"
#include "xlsx/freexl_values.h"
#include "xlsx/package.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// What the sheets of a workbook share.
struct XlsBook {
  std::string_view stream;
  const std::string& file;  // for messages
  const Limits& limits;
  bool biff8 = true;
  unsigned code_page = 0;              // of texts before BIFF8
  int styles = 0;                      // how many there are
  std::vector<std::size_t> strings{};  // shared, as indexes of values
  FreexlValues values{};
  std::size_t cells = 0;   // over all sheets so far
  std::size_t text = 0;    // bytes in them
  std::size_t walked = 0;  // bytes of records; sheets do not overlap, so never more than the stream has

  // A text of the stream behind its length.
  std::u16string text_at(BiffCursor& cursor, std::size_t length) const;
};

class XlsSheet {
 public:
  // Reads the records from the sheet's first on. Throws Error: file-damaged where they make no sense, file-too-large.
  XlsSheet(XlsBook& book, std::size_t at);

  // Whether a formula has a result other than empty text. Where none of a workbook has one, none was ever calculated,
  // and drop_results() takes the empty texts away.
  bool has_results() const { return results_; }
  void drop_results();

  // The sheet with what FreeXL has read since; once. Findings and Errors as of read_workbook().
  Sheet finish(XlsBook& book, std::string name, bool hidden, Findings& findings);

 private:
  enum class From { here, number, text, lost_string, lost_kind };  // here: the cell has its value
  struct Source {
    From from = From::here;
    std::size_t index = 0;  // of the number, of the text, or of the shared string that there is not
  };

  void read_record(XlsBook& book, BiffRecord& record);
  void read_cell(XlsBook& book, BiffRecord& record);
  void read_mul_rk(XlsBook& book, BiffRecord& record);
  void read_formula(XlsBook& book, BiffCursor& content, Cell& cell, Source& source);
  void read_shared_formula(BiffRecord& record);
  void read_layout(const XlsBook& book, BiffRecord& record);
  void read_note(XlsBook& book, BiffRecord& record);
  void read_object(XlsBook& book, BiffRecord& record);
  Cell* begin_cell(XlsBook& book, unsigned row, unsigned column, unsigned format);  // nullptr outside the grid
  void read_stranger(const XlsBook& book, const BiffRecord& record);
  void put_in_order(const XlsBook& book, Findings& findings);

  Sheet sheet_;
  std::vector<Source> sources_;     // of each cell
  std::vector<Address> strangers_;  // where cells would be that records since the last cell could have been
  bool results_ = false;
  std::vector<std::size_t> empty_results_;                // cells
  bool string_follows_ = false;                           // the result of the formula last read
  std::vector<std::pair<std::size_t, Address>> sharing_;  // cells, and where their formula stands
  std::map<Address, std::string> shared_;                 // its tokens
  int outside_ = 0;
  Address first_outside_{};
  std::vector<std::pair<Address, unsigned>> notes_;        // where, and the object that has the text
  std::map<unsigned, std::size_t> objects_;                // the index of its text
  int object_ = -1;                                        // the note drawn last
  std::vector<std::pair<Address, std::size_t>> comments_;  // where, and the index of its text, or of a part of it
};

}  // namespace tonghop::xlsx
