// Workbooks read both ways, by the scanner and as trees (xlsx/paths.h): what comes out must be the same, bit for bit.
#pragma once

#include <algorithm>
#include <ios>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>

#include "base/finding.h"
#include "xlsx/paths.h"
#include "xlsx/workbook.h"

namespace tonghop::testing {

// Whatever is read of a sheet, a line each.
inline void say(std::ostream& out, const xlsx::Sheet& sheet) {
  out << "sheet " << sheet.name << (sheet.hidden ? " hidden" : "") << '\n';
  for (const xlsx::Cell& cell : sheet.cells) {
    out << to_string(cell.at) << " style " << cell.style << (cell.has_formula ? " formula " : " ") << cell.formula
        << " kind " << cell.value.index() << ' ';
    if (const auto* number = std::get_if<double>(&cell.value)) out << std::hexfloat << *number;
    if (const auto* truth = std::get_if<bool>(&cell.value)) out << *truth;
    if (const auto* text = std::get_if<std::string>(&cell.value)) out << *text;
    if (const auto* error = std::get_if<xlsx::ErrorValue>(&cell.value)) out << error->code;
    out << '\n';
  }
  for (const xlsx::Area& merge : sheet.merges) out << "merge " << to_string(merge) << '\n';
  for (const xlsx::ColumnFormat& column : sheet.columns) {
    out << "columns " << column.first << ' ' << column.last << ' ' << column.width << ' ' << column.hidden << '\n';
  }
  for (const xlsx::RowFormat& row : sheet.rows)
    out << "row " << row.row << ' ' << row.height << ' ' << row.hidden << '\n';
  for (const xlsx::Comment& comment : sheet.comments) {
    out << "comment " << to_string(comment.at) << ' ' << comment.author << ' ' << comment.text << '\n';
  }
  if (const auto& protection = sheet.protection) {
    out << "protection " << protection->format_columns << protection->format_rows << protection->sort
        << protection->filter << '\n';
  }
}

inline void say(std::ostream& out, const Finding& finding) {
  out << finding.code << ' ' << to_string(finding.place) << " raw " << finding.raw;
  for (const auto& [name, text] : finding.details) out << ' ' << name << '=' << text;
  out << '\n';
}

// All that comes of reading: workbook and findings, or the error.
inline std::string all_of(std::string_view bytes, const xlsx::Limits& limits, xlsx::Paths& paths) {
  std::ostringstream out;
  Findings findings;
  try {
    const xlsx::Workbook book = xlsx::read_workbook(bytes, "f.xlsx", findings, limits, paths);
    out << book.active << ' ' << book.dates_from_1904 << ' ' << book.external_links << ' ' << book.modified << '\n';
    for (const xlsx::Style& style : book.styles) {
      out << "style " << style.number_format << ' ' << style.locked << ' ' << style.font << '\n';
    }
    for (const xlsx::Sheet& sheet : book.sheets) say(out, sheet);
  } catch (const Error& error) {
    out << "error ";
    say(out, error.finding());
  }
  for (const Finding& finding : findings) say(out, finding);
  return out.str();
}

// "" when both ways come to the same; else from where on they do not.
inline std::string difference(std::string_view bytes, const xlsx::Limits& limits = {}) {
  xlsx::Paths scan, trees{.scan = false};
  const std::string scanned = all_of(bytes, limits, scan);
  const std::string read = all_of(bytes, limits, trees);
  if (scanned == read) return "";
  const auto [a, b] = std::mismatch(scanned.begin(), scanned.end(), read.begin(), read.end());
  constexpr std::size_t kShown = 200;
  return "scanned: " + std::string(a, scanned.end()).substr(0, kShown) +
         "\nas a tree: " + std::string(b, read.end()).substr(0, kShown);
}

}  // namespace tonghop::testing
