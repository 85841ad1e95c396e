// Old Excel workbooks written record by record, so that a test can make any of them odd.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "xlsx/compound_file.h"
#include "xlsx/little_endian.h"

namespace tonghop::xlsx {

inline std::string le(std::uint64_t number, std::size_t bytes = 2) {
  std::string out;
  append_little_endian(out, number, bytes);
  return out;
}

inline std::string record(unsigned type, const std::string& content) { return le(type) + le(content.size()) + content; }

inline std::string wide(std::u16string_view text) {
  std::string out;
  for (const char16_t unit : text) out += le(unit);
  return out;
}

// A Unicode string with its length in `bytes` bytes.
inline std::string unicode(std::u16string_view text, std::size_t bytes = 2) {
  return le(text.size(), bytes) + '\1' + wide(text);
}

inline std::string place(int row, int column, int format = 0) {  // from 0, as stored
  return le(static_cast<unsigned>(row)) + le(static_cast<unsigned>(column)) + le(static_cast<unsigned>(format));
}

inline std::string ieee(double number) { return le(std::bit_cast<std::uint64_t>(number), 8); }

inline std::string number_at(int row, int column, double number, int format = 0) {
  return record(0x203, place(row, column, format) + ieee(number));
}
inline std::string rk_at(int row, int column, std::uint32_t rk) {
  return record(0x27E, place(row, column) + le(rk, 4));
}
inline std::string label_at(int row, int column, std::u16string_view text) {
  return record(0x204, place(row, column) + unicode(text));
}
inline std::string shared_at(int row, int column, unsigned index) {
  return record(0xFD, place(row, column) + le(index, 4));
}
// `result` of eight bytes: ieee(), or result_of().
inline std::string formula_at(int row, int column, const std::string& result, const std::string& tokens,
                              unsigned flags = 0) {
  return record(6, place(row, column) + result + le(flags) + le(0, 4) + le(tokens.size()) + tokens);
}
inline std::string result_of(int kind, int value = 0) {  // 0 text, 1 boolean, 2 error, 3 empty text
  return le(static_cast<unsigned>(kind)) + le(static_cast<unsigned>(value), 4) + "\xFF\xFF";
}

inline std::string begin(unsigned kind, unsigned version = 0x600) {
  return record(0x809, le(version) + le(kind) + le(0, 4) + le(0, 4) + le(6, 4));
}
inline const std::string kEndRecord = record(0x0A, "");

// The stream of a workbook; `globals` stand before the list of its sheets, each of which gets its records.
struct XlsSheetRecords {
  std::string name;
  std::string records;
  int state = 0;  // 1 hidden, 2 very hidden
  int kind = 0;   // 0 worksheet, 2 chart
};

inline std::string xls_stream(const std::vector<XlsSheetRecords>& sheets, const std::string& globals = "",
                              unsigned version = 0x600) {
  const auto list = [&](std::size_t offset) {
    std::string out;
    for (const XlsSheetRecords& sheet : sheets) {
      const std::string flags = version == 0x600 ? std::string(1, '\0') : "";
      out += record(0x85, le(offset, 4) + le(static_cast<unsigned>(sheet.state), 1) +
                              le(static_cast<unsigned>(sheet.kind), 1) + le(sheet.name.size(), 1) + flags + sheet.name);
      offset += begin(0x10, version).size() + sheet.records.size() + kEndRecord.size();
    }
    return out;
  };
  std::string out = begin(5, version) + globals;
  out += list(out.size() + list(0).size() + kEndRecord.size()) + kEndRecord;
  for (const XlsSheetRecords& sheet : sheets) out += begin(0x10, version) + sheet.records + kEndRecord;
  return out;
}

// An .xls with one sheet "S" of these records.
inline std::string xls_of(const std::string& records, const std::string& globals = "") {
  return write_compound_file("Workbook", xls_stream({{"S", records}}, globals));
}

// The same in the format of Excel 5 and 95.
inline std::string xls5_of(const std::string& records, const std::string& globals = "") {
  return write_compound_file("Book", xls_stream({{"S", records}}, globals, 0x500));
}

}  // namespace tonghop::xlsx
