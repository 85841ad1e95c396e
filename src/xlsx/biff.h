// The records of an old Excel workbook (BIFF5 to BIFF8): type, length, content; what is too long for one goes on in
// CONTINUE records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tonghop::xlsx {

enum class Biff : unsigned {
  formula = 0x06,
  end = 0x0A,
  protect = 0x12,
  extern_sheet = 0x17,
  note = 0x1C,
  date_mode = 0x22,
  file_pass = 0x2F,
  font = 0x31,
  continued = 0x3C,
  window = 0x3D,
  code_page = 0x42,
  object = 0x5D,
  column_info = 0x7D,
  bound_sheet = 0x85,
  mul_rk = 0xBD,
  mul_blank = 0xBE,
  rich_string = 0xD6,
  row_block = 0xD7,
  format_cell = 0xE0,  // XF
  merged_cells = 0xE5,
  shared_strings = 0xFC,
  label_shared = 0xFD,
  external_book = 0x1AE,
  text_object = 0x1B6,
  dimensions = 0x200,
  blank = 0x201,
  number = 0x203,
  label = 0x204,
  bool_error = 0x205,
  string = 0x207,
  row = 0x208,
  array = 0x221,
  data_table = 0x236,
  rk = 0x27E,
  format = 0x41E,
  shared_formula = 0x4BC,
  begin = 0x809,
};

// A place inside a record and the CONTINUE records behind it. Behind the end everything is 0 and failed() is true.
class BiffCursor {
 public:
  BiffCursor() = default;
  BiffCursor(std::string_view stream, std::size_t at, std::size_t end) : stream_(stream), at_(at), end_(end) {}

  std::uint32_t number(int bytes);  // unsigned, at most four bytes
  unsigned u8() { return number(1); }
  unsigned u16() { return number(2); }
  void skip(std::size_t bytes);
  std::string bytes(std::size_t count);
  // Characters of a Unicode string; a CONTINUE record that begins inside says anew whether they are two bytes wide.
  std::u16string characters(std::size_t count, bool wide);
  // A Unicode string of BIFF8: flags, characters, then what tells fonts and readings, which is passed over.
  std::u16string text(std::size_t count);
  // Whether something is left, here or in a CONTINUE record.
  bool more();
  bool failed() const { return failed_; }

 private:
  std::string_view stream_;
  std::size_t at_ = 0, end_ = 0;  // of the record, or of the CONTINUE record come to
  bool failed_ = false;
};

struct BiffRecord {
  Biff type = Biff::end;
  std::size_t at = 0;    // of the record, header included, in the stream
  std::size_t size = 0;  // of its own content, without CONTINUE records
  BiffCursor content = {};
};

// Walks records; the stream must outlive it.
class BiffReader {
 public:
  BiffReader(std::string_view stream, std::size_t at) : stream_(stream), at_(at) {}

  // False at the end of the stream, and where a record would reach beyond it.
  bool next(BiffRecord& record);

 private:
  std::string_view stream_;
  std::size_t at_;
};

// Bytes in a Windows code page (0x8000: Macintosh) as UTF-16; a byte that the code page does not know stands for
// itself, as Windows has it.
std::u16string from_code_page(std::string_view bytes, unsigned code_page);

}  // namespace tonghop::xlsx
