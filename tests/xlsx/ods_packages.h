// Small OpenDocument packages written by hand, around the tables or rows that a test is about.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "packages.h"

namespace tonghop::xlsx {

inline const std::string kOdsMime = "application/vnd.oasis.opendocument.spreadsheet";

// content.xml; `styles` stands inside <office:automatic-styles>.
inline std::string ods_content(const std::string& tables, const std::string& styles = "") {
  std::string out = "<office:document-content";
  for (const char* name : {"office", "table", "text", "style", "number", "fo", "svg", "calcext", "xlink", "dc"}) {
    out += std::string(" xmlns:") + name + "=\"urn:" + name + "\"";
  }
  return out + "><office:automatic-styles>" + styles + "</office:automatic-styles><office:body><office:spreadsheet>" +
         tables + "</office:spreadsheet></office:body></office:document-content>";
}

inline std::string ods_of(const std::string& tables, const std::string& styles = "") {
  return write_package({{"mimetype", kOdsMime}, {"content.xml", ods_content(tables, styles)}});
}

// One table "S" of these rows.
inline std::string ods_with_rows(const std::string& rows, const std::string& styles = "") {
  return ods_of("<table:table table:name=\"S\">" + rows + "</table:table>", styles);
}

inline std::string ods_row(const std::string& cells) { return "<table:table-row>" + cells + "</table:table-row>"; }

// A cell with a number; `more` are further attributes.
inline std::string ods_number(const std::string& value, const std::string& more = "") {
  return "<table:table-cell office:value-type=\"float\" office:value=\"" + value + "\" " + more + "/>";
}

}  // namespace tonghop::xlsx
