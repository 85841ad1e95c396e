// Writing drawings of sheets.
#include "xlsx/drawing_writer.h"

#include <stdexcept>
#include <string_view>

#include "xlsx/markup.h"

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kSheetDrawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";

}  // namespace

std::string drawing_xml(const Sheet& sheet) {
  std::string out(kXmlHead);
  append(out, "<xdr:wsDr xmlns:xdr=\"", kSheetDrawing, "\" xmlns:a=\"", kDrawingNamespace, "\">");
  for (std::size_t i = 0; i < sheet.charts.size(); ++i) {
    const Chart& chart = sheet.charts[i];
    const auto [first, last] = chart.place;
    const bool inside = first.row >= 1 && first.column >= 1 && first.row <= last.row && first.column <= last.column &&
                        last.row < kMaxRow && last.column < kMaxColumn;
    if (!inside) throw std::invalid_argument("chart \"" + chart.title + "\": its place");
    const auto corner = [&](std::string_view element, int column, int row) {
      append(out, "<xdr:", element, "><xdr:col>", column, "</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>", row,
             "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:", element, ">");
    };
    out += "<xdr:twoCellAnchor editAs=\"oneCell\">";
    corner("from", first.column - 1, first.row - 1);
    corner("to", last.column, last.row);
    append(out, "<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"", i + 2, "\" name=\"Chart ", i + 1,
           "\" descr=\"");
    append_attribute(out, chart.title);
    append(out,
           "\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" "
           "cy=\"0\"/></xdr:xfrm><a:graphic><a:graphicData uri=\"",
           kChartNamespace, "\"><c:chart xmlns:c=\"", kChartNamespace, "\" xmlns:r=\"", kRelationshipNamespace,
           "\" r:id=\"rId", i + 1,
           "\"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>");
  }
  return out + "</xdr:wsDr>";
}

}  // namespace tonghop::xlsx
