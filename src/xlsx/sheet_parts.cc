// Charts and notes as parts.
#include "xlsx/sheet_parts.h"

#include <utility>

#include "xlsx/chart_writer.h"
#include "xlsx/comments_writer.h"
#include "xlsx/drawing_writer.h"
#include "xlsx/markup.h"

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kChartType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
constexpr std::string_view kDrawingType = "application/vnd.openxmlformats-officedocument.drawing+xml";

}  // namespace

MakePart ready_part(std::string xml) {
  return [xml = std::move(xml)](std::string& out, const Spill&) { out += xml; };
}

std::string relationships_xml(const std::vector<Target>& targets) {
  std::string out(kXmlHead);
  append(out, "<Relationships xmlns=\"", kPackageNamespace, "relationships\">");
  std::size_t id = 0;
  for (const Target& target : targets) {
    append(out, "<Relationship Id=\"rId", ++id, "\" Type=\"", kRelationshipNamespace, "/", target.type, "\" Target=\"",
           target.path, "\"/>");
  }
  return out + "</Relationships>";
}

std::string_view drawing_id() { return "rId1"; }

std::string_view notes_id(const Sheet& sheet) { return sheet.charts.empty() ? "rId1" : "rId2"; }

std::vector<SheetPart> sheet_parts(const Workbook& workbook) {
  std::vector<SheetPart> parts;
  std::size_t charts = 0, block = 1;  // both count through the workbook
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    const Sheet& sheet = workbook.sheets[i];
    const std::string number = std::to_string(i + 1);
    std::vector<Target> links;
    if (!sheet.charts.empty()) {
      std::vector<Target> drawn;
      for (const Chart& chart : sheet.charts) {
        const std::string name = "charts/chart" + std::to_string(++charts) + ".xml";
        parts.push_back({"xl/" + name, std::string(kChartType),
                         [&](std::string& out, const Spill&) { out += chart_xml(workbook, sheet, chart); }});
        drawn.push_back({"chart", "../" + name});
      }
      const std::string name = "drawing" + number + ".xml";
      parts.push_back({"xl/drawings/" + name, std::string(kDrawingType),
                       [&](std::string& out, const Spill&) { out += drawing_xml(sheet); }});
      parts.push_back({"xl/drawings/_rels/" + name + ".rels", "", ready_part(relationships_xml(drawn))});
      links.push_back({"drawing", "../drawings/" + name});
    }
    if (!sheet.comments.empty()) {
      const std::string boxes = "drawings/vmlDrawing" + number + ".vml", texts = "comments" + number + ".xml";
      parts.push_back({"xl/" + boxes, "", [&workbook, &sheet, block](std::string& out, const Spill& spill) {
                         write_notes_drawing(workbook, sheet, block, out, spill);
                       }});
      parts.push_back({"xl/" + texts, std::string(kSpreadsheetType) + "comments+xml",
                       [&](std::string& out, const Spill& spill) { write_comments(workbook, sheet, out, spill); }});
      block += shape_blocks(sheet);
      links.push_back({"vmlDrawing", "../" + boxes});
      links.push_back({"comments", "../" + texts});
    }
    if (!links.empty())
      parts.push_back({"xl/worksheets/_rels/sheet" + number + ".xml.rels", "", ready_part(relationships_xml(links))});
  }
  return parts;
}

}  // namespace tonghop::xlsx
