// From an OpenDocument package to a workbook: styles, then each table of content.xml.
#include "xlsx/ods_reader.h"

#include <optional>
#include <utility>

#include "xlsx/ods_formula.h"
#include "xlsx/ods_sheet.h"
#include "xlsx/ods_styles.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

// With a password only the contents are hidden, not which parts there are, or everything is one encrypted part.
bool is_encrypted(Package& package) {
  if (package.has("encrypted-package")) return true;
  const auto manifest = package.read("META-INF/manifest.xml");
  return manifest && manifest->find("encryption-data") != std::string::npos;
}

}  // namespace

Workbook read_ods(Package& package, Findings& findings, const Limits& limits) {
  if (is_encrypted(package)) throw Error("file-encrypted", Place{.file = package.file()});
  std::optional<XmlPart> common;
  if (package.has("styles.xml")) common.emplace(package, "styles.xml");
  const XmlPart content(package, "content.xml");
  const pugi::xml_node spreadsheet = child(child(content.root(), "body"), "spreadsheet");
  if (!spreadsheet) throw Error("file-unknown", Place{.file = package.file()});

  OdsStyles styles;
  if (common) styles.add(common->root());
  styles.add(content.root());
  Workbook workbook;
  OdsContext context{package.file(), limits, styles, limits.cells, limits.total_bytes};
  for (const pugi::xml_node table : spreadsheet) {
    if (!is(table, "table")) continue;
    if (const auto source = external_source(attribute(table, "name").value())) {
      context.sources.insert(*source);  // a copy of another file's sheet, kept for formulas
      continue;
    }
    if (workbook.sheets.size() == limits.parts) {
      refuse_too_large({.file = package.file()}, "parts", limits);
    }
    workbook.sheets.push_back(read_ods_sheet(table, context, workbook, findings));
  }
  workbook.external_links = static_cast<int>(context.sources.size());
  return workbook;
}

}  // namespace tonghop::xlsx
