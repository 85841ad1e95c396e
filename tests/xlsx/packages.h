// Small packages written by hand: a sound one of which a test replaces the parts it is about.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "both_ways.h"
#include "write_package.h"
#include "xlsx/package.h"
#include "xlsx/reader.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

using Parts = std::map<std::string, std::string>;  // name -> text; a part given as "(none)" is left out

inline const std::string kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
inline const std::string kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

inline std::string relationships(const std::vector<std::array<std::string, 3>>& rows) {
  std::string out = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  for (const auto& [id, type, target] : rows) {
    out += "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + "/" + type + "\" Target=\"" + target + "\"/>";
  }
  return out + "</Relationships>";
}

inline std::string workbook_part_of(const std::string& sheets, const std::string& before = "") {
  return "<workbook " + kMain + " xmlns:r=\"" + kRelations + "\">" + before + "<sheets>" + sheets +
         "</sheets></workbook>";
}

inline std::string worksheet(const std::string& rows, const std::string& after = "") {
  return "<worksheet " + kMain + "><sheetData>" + rows + "</sheetData>" + after + "</worksheet>";
}

inline std::string shared_strings(const std::string& items) { return "<sst " + kMain + ">" + items + "</sst>"; }

// One sheet "S" without cells, shared strings "zero" and "one", styles General, percent and unlocked.
inline std::vector<std::pair<std::string, std::string>> package_parts(const Parts& odd) {
  Parts parts = {
      {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
      {"_rels/.rels", relationships({{"rId1", "officeDocument", "xl/workbook.xml"}})},
      {"xl/workbook.xml", workbook_part_of("<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/>")},
      {"xl/_rels/workbook.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                    {"rId2", "styles", "styles.xml"},
                                                    {"rId3", "sharedStrings", "sharedStrings.xml"}})},
      {"xl/styles.xml", "<styleSheet " + kMain +
                            "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"9\"/>"
                            "<xf numFmtId=\"0\"><protection locked=\"0\"/></xf></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml", shared_strings("<si><t>zero</t></si><si><t>one</t></si>")},
      {"xl/worksheets/sheet1.xml", worksheet("")}};
  for (const auto& [name, text] : odd) parts[name] = text;
  std::erase_if(parts, [](const auto& part) { return part.second == "(none)"; });
  return {parts.begin(), parts.end()};
}

inline std::string package_of(const Parts& odd) { return write_package(package_parts(odd)); }

// The package with `rows` inside <sheetData> of its sheet.
inline std::string package_with_rows(const std::string& rows) {
  return package_of({{"xl/worksheets/sheet1.xml", worksheet(rows)}});
}

// Values of a sheet in one line: A1=text B1=0.5 C1=TRUE D1=#N/A; a formula as E1=[=A1+1]2, with [=...] when it is
// another's.
inline std::string cells_of(const Sheet& sheet) {
  std::ostringstream out;
  for (const Cell& cell : sheet.cells) {
    out << (&cell == &sheet.cells.front() ? "" : " ") << to_string(cell.at) << '=';
    if (cell.has_formula) out << "[=" << (cell.formula.empty() ? "..." : cell.formula) << ']';
    if (const auto* number = std::get_if<double>(&cell.value)) out << *number;
    if (const auto* truth = std::get_if<bool>(&cell.value)) out << (*truth ? "TRUE" : "FALSE");
    if (const auto* text = std::get_if<std::string>(&cell.value)) out << *text;
    if (const auto* error = std::get_if<ErrorValue>(&cell.value)) out << error->code;
  }
  return out.str();
}

// Sheets in one line: "S: A1=1 | *hidden: ".
inline std::string sheets_of(const Workbook& workbook) {
  std::string out;
  for (const Sheet& sheet : workbook.sheets) {
    if (!out.empty()) out += " | ";
    out += (sheet.hidden ? "*" : "") + sheet.name + ": " + cells_of(sheet);
  }
  return out;
}

// Findings in one line: "cell-broken S!B2 type=s content=9".
inline std::string findings_of(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    if (!out.empty()) out += " | ";
    out += finding.code + " " + finding.place.sheet + "!" + finding.place.cell;
    for (const auto& [name, text] : finding.details) out += " " + name + "=" + text;
  }
  return out;
}

// As read_workbook(), and the same as trees.
inline Workbook read_both_ways(std::string_view bytes, const std::string& file, Findings& findings,
                               const Limits& limits = {}) {
  EXPECT_EQ(tonghop::testing::difference(bytes, limits), "");
  return read_workbook(bytes, file, findings, limits);
}

// What reading comes to: sheets_of(), or the code of the Error in parentheses.
inline std::string outcome(const std::string& bytes, const Limits& limits = {}) {
  try {
    Findings findings;
    const Workbook workbook = read_both_ways(bytes, "f.xlsx", findings, limits);
    return sheets_of(workbook);
  } catch (const Error& error) {
    return "(" + error.finding().code + ")";
  }
}

}  // namespace tonghop::xlsx
