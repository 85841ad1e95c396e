// Values through FreeXL, from a workbook made in memory.
#include "xlsx/freexl_values.h"

#include <freexl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "xlsx/biff.h"
#include "xlsx/compound_file.h"
#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kColumns = 256;  // of a sheet, as many as BIFF8 has

void append_record(std::string& out, Biff type, std::string_view content) {
  append_little_endian(out, static_cast<unsigned>(type), 2);
  append_little_endian(out, content.size(), 2);
  out += content;
}

// The record that begins a part of the stream: 5 the workbook, 16 a sheet.
void append_begin(std::string& out, unsigned kind) {
  std::string content;
  for (const unsigned field : {0x600U, kind, 0U, 0U, 0U, 0U, 6U, 0U}) append_little_endian(content, field, 2);
  append_record(out, Biff::begin, content);
}

// FreeXL takes a path; this one names memory, and is gone with the object.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(memfd_create("xls", MFD_CLOEXEC)) {
    while (descriptor_ >= 0 && !bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (!bytes.empty()) {
      if (descriptor_ >= 0) ::close(descriptor_);
      throw std::runtime_error("no memory for a file in memory");
    }
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

class OpenedByFreexl {
 public:
  explicit OpenedByFreexl(const MemoryFile& file) {
    check(freexl_open(file.path().c_str(), &handle_));
    const int selected = freexl_select_active_worksheet(handle_, 0);
    if (selected != FREEXL_OK) freexl_close(handle_);
    check(selected);
  }
  ~OpenedByFreexl() { freexl_close(handle_); }
  OpenedByFreexl(const OpenedByFreexl&) = delete;
  OpenedByFreexl& operator=(const OpenedByFreexl&) = delete;

  FreeXL_CellValue cell(std::size_t index) const {
    FreeXL_CellValue value{};
    check(freexl_get_cell_value(handle_, static_cast<unsigned>(index / kColumns),
                                static_cast<unsigned short>(index % kColumns), &value));
    return value;
  }

 private:
  static void check(int code) {
    if (code != FREEXL_OK) throw std::runtime_error("FreeXL " + std::to_string(code));
  }

  const void* handle_ = nullptr;
};

bool is_high_surrogate(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

void FreexlValues::append_cell(unsigned type, std::string_view content, Stored stored) {
  std::string record;
  append_little_endian(record, stored_.size() / kColumns, 2);
  append_little_endian(record, stored_.size() % kColumns, 2);
  append_little_endian(record, 0, 2);  // a format that is not there: no number is taken for a date
  append_record(records_, static_cast<Biff>(type), record.append(content));
  stored_.push_back(stored);
}

std::size_t FreexlValues::add_number(std::string_view bytes) {
  append_cell(static_cast<unsigned>(Biff::number), bytes, {false, numbers_.size()});
  numbers_.push_back(std::numeric_limits<double>::quiet_NaN());
  return numbers_.size() - 1;
}

std::size_t FreexlValues::add_rk(std::uint32_t rk) {
  std::string bytes;
  append_little_endian(bytes, rk, 4);
  append_cell(static_cast<unsigned>(Biff::rk), bytes, {false, numbers_.size()});
  numbers_.push_back(std::numeric_limits<double>::quiet_NaN());
  return numbers_.size() - 1;
}

std::size_t FreexlValues::add_text(std::u16string_view text) {
  constexpr std::size_t kPiece = 4000;  // units, below the 8,224 bytes of a record
  while (!text.empty()) {
    std::size_t length = std::min(kPiece, text.size());
    if (length < text.size() && is_high_surrogate(text[length - 1])) --length;
    std::string content;
    append_little_endian(content, length, 2);
    content += '\1';  // two bytes a character
    for (std::size_t i = 0; i < length; ++i) {
      const bool first = is_high_surrogate(text[i]) && i + 1 < length && is_low_surrogate(text[i + 1]);
      const bool second = is_low_surrogate(text[i]) && i > 0 && is_high_surrogate(text[i - 1]);
      const bool half = !first && !second && (is_high_surrogate(text[i]) || is_low_surrogate(text[i]));
      append_little_endian(content, half || text[i] == 0 ? 0xFFFD : text[i], 2);
    }
    append_cell(static_cast<unsigned>(Biff::label), content, {true, texts_.size()});
    text.remove_prefix(length);
  }
  texts_.emplace_back();
  return texts_.size() - 1;
}

std::string FreexlValues::stream() const {
  constexpr std::size_t kSheetPlace = 4;  // in the record that names the sheet, behind its header
  std::string out;
  append_begin(out, 5);
  const std::size_t place = out.size() + kSheetPlace;
  append_record(out, Biff::bound_sheet, std::string_view("\0\0\0\0\0\0\1\0S", 9));
  append_record(out, Biff::end, "");
  std::string sheet_at;
  append_little_endian(sheet_at, out.size(), 4);
  out.replace(place, 4, sheet_at);
  append_begin(out, 16);
  std::string dimensions;
  append_little_endian(dimensions, 0, 4);
  append_little_endian(dimensions, stored_.size() / kColumns + 1, 4);
  append_little_endian(dimensions, 0, 2);
  append_little_endian(dimensions, kColumns, 2);
  append_little_endian(dimensions, 0, 2);
  append_record(out, Biff::dimensions, dimensions);
  out += records_;
  append_record(out, Biff::end, "");
  return out.append(8, '\0');  // FreeXL looks for a record behind the last
}

void FreexlValues::read() {
  if (stored_.empty()) return;
  const MemoryFile file(write_compound_file("Workbook", stream()));
  const OpenedByFreexl opened(file);
  for (std::size_t i = 0; i < stored_.size(); ++i) {
    const FreeXL_CellValue cell = opened.cell(i);
    if (stored_[i].is_text) {
      const bool text = cell.type == FREEXL_CELL_TEXT && cell.value.text_value != nullptr;
      if (!text) throw std::runtime_error("FreeXL lost a text");
      texts_[stored_[i].index] += cell.value.text_value;
    } else if (cell.type == FREEXL_CELL_INT) {
      numbers_[stored_[i].index] = cell.value.int_value;
    } else if (cell.type == FREEXL_CELL_DOUBLE) {
      numbers_[stored_[i].index] = cell.value.double_value;
    }
  }
}

}  // namespace tonghop::xlsx
