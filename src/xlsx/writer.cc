// From a workbook to the bytes of a package.
//
//   [Content_Types].xml
//   _rels/.rels
//   docProps/app.xml  core.xml
//   xl/workbook.xml  _rels/workbook.xml.rels  styles.xml  sharedStrings.xml  theme/theme1.xml
//   xl/worksheets/sheet1.xml ...  _rels/sheet1.xml.rels, where there are charts or notes
//   xl/drawings/drawing1.xml  _rels/drawing1.xml.rels  xl/charts/chart1.xml ...
//   xl/comments1.xml  xl/drawings/vmlDrawing1.vml
#include "xlsx/writer.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/text.h"
#include "xlsx/markup.h"
#include "xlsx/package_writer.h"
#include "xlsx/sheet_parts.h"
#include "xlsx/sheet_writer.h"
#include "xlsx/styles_writer.h"
#include "xlsx/theme_writer.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kMaxSheetName = 31;  // UTF-16 units

// A part that the workbook points to.
struct WrittenPart {
  std::string name;  // "xl/styles.xml"
  std::string content_type;
  std::string_view relationship;  // last segment of the relationship's type
  MakePart make;
};

void check_names(const Workbook& workbook) {
  std::set<std::string> seen;
  for (const Sheet& sheet : workbook.sheets) {
    const std::string& name = sheet.name;
    const bool allowed = !name.empty() && utf16_length(name) <= kMaxSheetName &&
                         name.find_first_of(":\\/?*[]") == std::string::npos && name.front() != '\'' &&
                         name.back() != '\'' && lower(name) != "history";
    if (!allowed) throw std::invalid_argument("sheet name \"" + name + "\"");
    if (!seen.insert(lower(name)).second) throw std::invalid_argument("sheet name twice: \"" + name + "\"");
  }
}

// The sheet shown first: the one wished for, or the first that is not hidden.
std::size_t active_sheet(const Workbook& workbook) {
  const auto wished = static_cast<std::size_t>(workbook.active);
  if (workbook.active >= 0 && wished < workbook.sheets.size() && !workbook.sheets[wished].hidden) return wished;
  const auto shown = std::ranges::find(workbook.sheets, false, &Sheet::hidden);
  if (shown == workbook.sheets.end())
    throw std::invalid_argument("a workbook has at least one sheet that is not hidden");
  return static_cast<std::size_t>(shown - workbook.sheets.begin());
}

// Names that Excel gives its own meaning: filter, print area, repeated rows.
std::string defined_names(const Workbook& workbook) {
  std::string out;
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    const Sheet& sheet = workbook.sheets[i];
    const auto define = [&](std::string_view name, std::string_view formula, bool hidden) {
      append(out, "<definedName name=\"_xlnm.", name, "\" localSheetId=\"", i, "\"", hidden ? " hidden=\"1\"" : "",
             ">");
      append_formula(out, formula);
      out += "</definedName>";
    };
    if (sheet.filter) define("_FilterDatabase", reference(sheet.name, *sheet.filter), true);
    if (sheet.print && sheet.print->area) define("Print_Area", reference(sheet.name, *sheet.print->area), false);
    if (sheet.print && sheet.print->title_first > 0) {
      const int first = sheet.print->title_first, last = sheet.print->title_last;
      if (last < first || last > kMaxRow) throw std::invalid_argument("sheet \"" + sheet.name + "\": print titles");
      std::string titles = quoted_sheet(sheet.name) + "!$" + std::to_string(first) + ":$" + std::to_string(last);
      if (sheet.print->title_columns > 0) {
        titles = quoted_sheet(sheet.name) + "!$A:$" + column_name(sheet.print->title_columns) + "," + titles;
      }
      define("Print_Titles", titles, false);
    }
  }
  return out.empty() ? out : "<definedNames>" + out + "</definedNames>";
}

std::string workbook_xml(const Workbook& workbook, std::size_t active) {
  std::string out(kXmlHead);
  append(out, "<workbook xmlns=\"", kMainNamespace, "\" xmlns:r=\"", kRelationshipNamespace, "\"><workbookPr",
         workbook.dates_from_1904 ? " date1904=\"1\"" : "", "/><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" ",
         "windowWidth=\"24000\" windowHeight=\"12000\" activeTab=\"", active, "\"/></bookViews><sheets>");
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    out += "<sheet name=\"";
    append_attribute(out, workbook.sheets[i].name);
    append(out, "\" sheetId=\"", i + 1, "\"", workbook.sheets[i].hidden ? " state=\"hidden\"" : "", " r:id=\"rId",
           i + 1, "\"/>");
  }
  append(out, "</sheets>", defined_names(workbook), "<calcPr calcId=\"191029\" fullCalcOnLoad=\"1\"/></workbook>");
  return out;
}

std::string content_types_xml(const std::vector<WrittenPart>& parts, const std::vector<SheetPart>& others) {
  const bool vml = std::ranges::any_of(others, [](const SheetPart& part) { return part.name.ends_with(".vml"); });
  std::string out(kXmlHead);
  append(out, "<Types xmlns=\"", kPackageNamespace, "content-types\"><Default Extension=\"rels\" ContentType=\"",
         "application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
         "ContentType=\"application/xml\"/>",
         vml ? "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>"
             : "",
         "<Override PartName=\"/docProps/app.xml\" ContentType=\"",
         "application/vnd.openxmlformats-officedocument.extended-properties+xml\"/><Override "
         "PartName=\"/docProps/core.xml\" ",
         "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override "
         "PartName=\"/xl/workbook.xml\" ",
         "ContentType=\"", kSpreadsheetType, "sheet.main+xml\"/>");
  const auto add = [&](std::string_view name, std::string_view type) {
    append(out, "<Override PartName=\"/", name, "\" ContentType=\"", type, "\"/>");
  };
  for (const WrittenPart& part : parts) add(part.name, part.content_type);
  for (const SheetPart& part : others) {
    if (!part.content_type.empty()) add(part.name, part.content_type);
  }
  return out + "</Types>";
}

std::string package_relationships_xml() {
  std::string out(kXmlHead);
  append(out, "<Relationships xmlns=\"", kPackageNamespace, "relationships\">", "<Relationship Id=\"rId1\" Type=\"",
         kRelationshipNamespace, "/officeDocument\" Target=\"xl/workbook.xml\"/>", "<Relationship Id=\"rId2\" Type=\"",
         kPackageNamespace, "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>",
         "<Relationship Id=\"rId3\" Type=\"", kRelationshipNamespace,
         "/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>");
  return out;
}

std::string workbook_relationships_xml(const std::vector<WrittenPart>& parts) {
  std::vector<Target> targets;
  for (const WrittenPart& part : parts) targets.push_back({part.relationship, part.name.substr(3)});  // seen from xl/
  return relationships_xml(targets);
}

std::string app_xml() {
  std::string out(kXmlHead);
  append(out, "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">",
         "<Application>tonghop</Application></Properties>");
  return out;
}

std::string core_xml() {
  std::string out(kXmlHead);
  append(out, "<cp:coreProperties xmlns:cp=\"", kPackageNamespace, "metadata/core-properties\" ",
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>tonghop</dc:creator></cp:coreProperties>");
  return out;
}

}  // namespace

std::vector<MadePart> parts_of(const Workbook& workbook, SharedStringTable& strings) {
  check_names(workbook);
  const std::size_t active = active_sheet(workbook);

  // Parts that the workbook points to, sheets first: sheet i has the relationship rId(i + 1). The shared strings stand
  // behind them, since the sheets fill them.
  std::vector<WrittenPart> parts;
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    parts.push_back({"xl/worksheets/sheet" + std::to_string(i + 1) + ".xml",
                     std::string(kSpreadsheetType) + "worksheet+xml", "worksheet",
                     [&workbook, &strings, i, active](std::string& out, const Spill& spill) {
                       write_sheet(workbook, workbook.sheets[i], i == active, &strings, out, spill);
                     }});
  }
  parts.push_back({"xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", "theme",
                   ready_part(theme_xml(workbook.font))});
  parts.push_back(
      {"xl/styles.xml", std::string(kSpreadsheetType) + "styles+xml", "styles", ready_part(styles_xml(workbook))});
  parts.push_back({std::string(kSharedStringsPart), std::string(kSpreadsheetType) + "sharedStrings+xml",
                   "sharedStrings", [&strings](std::string& out, const Spill& spill) { strings.write(out, spill); }});

  std::vector<SheetPart> others = sheet_parts(workbook);
  std::vector<MadePart> package = {{"[Content_Types].xml", ready_part(content_types_xml(parts, others))},
                                   {"_rels/.rels", ready_part(package_relationships_xml())},
                                   {"docProps/app.xml", ready_part(app_xml())},
                                   {"docProps/core.xml", ready_part(core_xml())},
                                   {"xl/workbook.xml", ready_part(workbook_xml(workbook, active))},
                                   {"xl/_rels/workbook.xml.rels", ready_part(workbook_relationships_xml(parts))}};
  for (WrittenPart& part : parts) package.push_back({std::move(part.name), std::move(part.make)});
  for (SheetPart& part : others) package.push_back({std::move(part.name), std::move(part.make)});
  return package;
}

void write_workbook(const Workbook& workbook, const Sink& sink, unsigned threads) {
  SharedStringTable strings(workbook.font);
  write_parts(parts_of(workbook, strings), sink, threads);
}

std::string write_workbook(const Workbook& workbook, unsigned threads) {
  std::string bytes;
  write_workbook(
      workbook, [&](std::string_view piece) { bytes += piece; }, threads);
  return bytes;
}

}  // namespace tonghop::xlsx
