// Writing charts: children in the order of the schema (dml-chart.xsd), as Excel would repair any other.
#include "xlsx/chart_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "xlsx/chart_cells.h"
#include "xlsx/grid.h"
#include "xlsx/markup.h"
#include "xlsx/style_elements.h"

namespace tonghop::xlsx {
namespace {

// Colours of series that have none of their own, told apart in grey print too.
constexpr std::array<std::string_view, 6> kPalette = {"3E6D9C", "E0A458", "7FB7A4", "B5534C", "8E8DA8", "C9C5B5"};
constexpr std::string_view kInk = "404040", kLine = "BFBFBF", kGrid = "E4E4E4", kPaper = "FFFFFF";
constexpr double kMargin = 10, kTitleLine = 22, kTitleGap = 10, kTitleCharacter = 9, kLegendHeight = 30,
                 kLabelHeight = 16,
                 kLabelWidth = 40;                 // pixels
constexpr int kTitleSize = 1300, kTextSize = 900;  // hundredths of a point
constexpr std::size_t kMaxSeries = 255;            // Excel's

// Of a color "RRGGBB": whether white is better read on it than black.
bool is_dark(std::string_view color) {
  const auto part = [&](std::size_t at) { return std::stoi(std::string(color.substr(at, 2)), nullptr, 16); };
  return 299 * part(0) + 587 * part(2) + 114 * part(4) < 140'000;
}

class ChartWriter {
 public:
  ChartWriter(const Workbook& workbook, const Sheet& sheet, const Chart& chart);

  std::string write();

 private:
  void require(bool holds, const std::string& what) const {
    if (!holds) throw std::invalid_argument("chart \"" + chart_.title + "\": " + what);
  }
  bool lying() const { return chart_.kind == Chart::Kind::bars || chart_.kind == Chart::Kind::stacked_bars; }
  bool stacked() const {
    return chart_.kind == Chart::Kind::stacked_columns || chart_.kind == Chart::Kind::stacked_bars;
  }
  double title_height() const;
  void write_layout(double left, double top, std::optional<std::pair<double, double>> size);
  void write_font(std::string_view element, int size, bool bold, std::string_view color = kInk);
  void write_text_properties(std::string_view color = kInk);
  void write_title();
  void write_bars();
  void write_series(std::size_t index);
  void write_labels(std::string_view background);
  void write_category_axis();
  void write_value_axis();
  void write_line(std::string_view color) {
    append(out_, "<a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"", color, "\"/></a:solidFill></a:ln>");
  }

  const Workbook& workbook_;
  const Chart& chart_;
  double width_, height_;  // pixels
  std::string out_;
};

ChartWriter::ChartWriter(const Workbook& workbook, const Sheet& sheet, const Chart& chart)
    : workbook_(workbook), chart_(chart) {
  const auto [first, last] = chart.place;
  const Grid grid(workbook, sheet);
  width_ = std::max(1.0, grid.columns.start(last.column + 1) - grid.columns.start(first.column));
  height_ = std::max(1.0, grid.rows.start(last.row + 1) - grid.rows.start(first.row));
}

// Of as many lines as it may take: programs wrap titles before they fill the width.
double ChartWriter::title_height() const {
  const double length = static_cast<double>(utf16_length(chart_.title)) * kTitleCharacter;
  return std::ceil(length / (0.8 * width_)) * kTitleLine + (length > 0 ? kTitleGap : 0);
}

// Parts of its size, since programs left to themselves give tall charts as much room above as in proportion.
void ChartWriter::write_layout(double left, double top, std::optional<std::pair<double, double>> size) {
  append(out_, "<c:layout><c:manualLayout><c:xMode val=\"edge\"/><c:yMode val=\"edge\"/><c:x val=\"", left / width_,
         "\"/><c:y val=\"", top / height_, "\"/>");
  if (size) {
    append(out_, "<c:w val=\"", std::max(0.0, size->first) / width_, "\"/><c:h val=\"",
           std::max(0.0, size->second) / height_, "\"/>");
  }
  out_ += "</c:manualLayout></c:layout>";
}

std::string ChartWriter::write() {
  require(!chart_.series.empty() && chart_.series.size() <= kMaxSeries, "number of series");
  append(out_, kXmlHead, "<c:chartSpace xmlns:c=\"", kChartNamespace, "\" xmlns:a=\"", kDrawingNamespace,
         "\" xmlns:r=\"", kRelationshipNamespace, "\"><c:roundedCorners val=\"0\"/><c:chart>");
  write_title();
  out_ += "<c:plotArea>";
  const bool outside = chart_.labels && !stacked();  // labels stand behind the bars' ends
  const double top = kMargin + title_height() + (outside && !lying() ? kLabelHeight : 0);
  const double right = kMargin + (outside && lying() ? kLabelWidth : 0);
  // Legends stand a fiftieth of the height above the edge.
  const double bottom = chart_.series.size() > 1 ? kLegendHeight + height_ / 40 : kMargin;
  write_layout(kMargin, top, std::pair(width_ - kMargin - right, height_ - top - bottom));
  write_bars();
  write_category_axis();
  write_value_axis();
  out_ += "<c:spPr><a:noFill/></c:spPr></c:plotArea>";
  if (chart_.series.size() > 1) out_ += "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend>";
  // Errors in the cells are gaps for Excel too, which otherwise labels them.
  out_ +=
      "<c:plotVisOnly val=\"0\"/><c:dispBlanksAs val=\"gap\"/><c:extLst><c:ext "
      "uri=\"{56B9EC1D-385E-4148-901F-78D8002777C0}\" "
      "xmlns:c16r3=\"http://schemas.microsoft.com/office/drawing/2017/03/chart\"><c16r3:dataDisplayOptions16>"
      "<c16r3:dispNaAsBlank val=\"1\"/></c16r3:dataDisplayOptions16></c:ext></c:extLst></c:chart>"
      "<c:spPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill>";
  write_line(kLine);
  out_ += "</c:spPr>";
  write_text_properties();
  out_ += "</c:chartSpace>";
  return std::move(out_);
}

void ChartWriter::write_font(std::string_view element, int size, bool bold, std::string_view color) {
  append(out_, "<a:", element, " sz=\"", size, "\" b=\"", bold ? 1 : 0, "\"><a:solidFill><a:srgbClr val=\"", color,
         "\"/></a:solidFill><a:latin typeface=\"");
  append_attribute(out_, workbook_.font);
  append(out_, "\"/></a:", element, ">");
}

void ChartWriter::write_text_properties(std::string_view color) {
  out_ += "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>";
  write_font("defRPr", kTextSize, false, color);
  out_ += "</a:pPr><a:endParaRPr/></a:p></c:txPr>";
}

void ChartWriter::write_title() {
  if (chart_.title.empty()) {
    out_ += "<c:autoTitleDeleted val=\"1\"/>";
    return;
  }
  out_ += "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>";
  write_font("defRPr", kTitleSize, true);
  out_ += "</a:pPr><a:r>";
  write_font("rPr", kTitleSize, true);
  out_ += "<a:t>";
  append_formula(out_, chart_.title);
  out_ += "</a:t></a:r></a:p></c:rich></c:tx>";
  write_layout(kMargin, kMargin, std::nullopt);
  out_ += "<c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/>";
}

void ChartWriter::write_bars() {
  append(out_, "<c:barChart><c:barDir val=\"", lying() ? "bar" : "col", "\"/><c:grouping val=\"",
         stacked() ? "stacked" : "clustered", "\"/><c:varyColors val=\"0\"/>");
  for (std::size_t i = 0; i < chart_.series.size(); ++i) write_series(i);
  append(out_, "<c:gapWidth val=\"", lying() ? 45 : 70, "\"/>", stacked() ? "<c:overlap val=\"100\"/>" : "",
         "<c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>");
}

void ChartWriter::write_series(std::size_t index) {
  const Series& series = chart_.series[index];
  require(cell_count(series.name) == 1, "a series has one cell for its name");
  require(cell_count(series.values) == cell_count(chart_.categories), "not one value a category");
  append(out_, "<c:ser><c:idx val=\"", index, "\"/><c:order val=\"", index, "\"/><c:tx>");
  append_texts(out_, workbook_, series.name);
  const std::string color = series.color.empty() ? std::string(kPalette[index % kPalette.size()]) : series.color;
  append(out_, "</c:tx><c:spPr><a:solidFill><a:srgbClr val=\"", argb(color).substr(2),
         "\"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val=\"0\"/>");
  if (chart_.labels) write_labels(stacked() ? color : kPaper);
  out_ += "<c:cat>";
  append_texts(out_, workbook_, chart_.categories);
  out_ += "</c:cat><c:val>";
  append_numbers(out_, workbook_, series.values, chart_.number_format);
  out_ += "</c:val></c:ser>";
}

void ChartWriter::write_labels(std::string_view background) {
  out_ += "<c:dLbls><c:numFmt formatCode=\"";
  append_attribute(out_, chart_.number_format);
  append(out_, "\" sourceLinked=\"0\"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>");
  write_text_properties(is_dark(background) ? kPaper : kInk);
  append(out_, "<c:dLblPos val=\"", stacked() ? "ctr" : "outEnd", "\"/><c:showLegendKey val=\"0\"/>",
         "<c:showVal val=\"1\"/><c:showCatName val=\"0\"/><c:showSerName val=\"0\"/><c:showPercent val=\"0\"/>",
         "<c:showBubbleSize val=\"0\"/></c:dLbls>");
}

void ChartWriter::write_category_axis() {
  append(out_, "<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"", lying() ? "maxMin" : "minMax",
         "\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"", lying() ? "l" : "b",
         "\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>",
         "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:spPr>");
  write_line(kLine);
  out_ += "</c:spPr>";
  write_text_properties();
  out_ +=
      "<c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/><c:lblAlgn val=\"ctr\"/>"
      "<c:lblOffset val=\"100\"/><c:tickLblSkip val=\"1\"/><c:noMultiLvlLbl val=\"1\"/></c:catAx>";
}

void ChartWriter::write_value_axis() {
  out_ += "<c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/>";
  const auto bound = [&](std::string_view element, const std::optional<double>& value) {
    if (!value) return;
    require(std::isfinite(*value), "bounds of the axis");
    append(out_, "<c:", element, " val=\"", *value, "\"/>");
  };
  require(!chart_.minimum || !chart_.maximum || *chart_.minimum < *chart_.maximum, "bounds of the axis");
  bound("max", chart_.maximum);
  bound("min", chart_.minimum);
  append(out_, "</c:scaling><c:delete val=\"", chart_.labels ? 1 : 0, "\"/><c:axPos val=\"", lying() ? "t" : "l",
         "\"/>");
  if (!chart_.labels) {
    out_ += "<c:majorGridlines><c:spPr>";
    write_line(kGrid);
    out_ += "</c:spPr></c:majorGridlines>";
  }
  out_ += "<c:numFmt formatCode=\"";
  append_attribute(out_, chart_.number_format);
  out_ +=
      "\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos "
      "val=\"nextTo\"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>";
  write_text_properties();
  out_ += "<c:crossAx val=\"1\"/><c:crosses val=\"autoZero\"/><c:crossBetween val=\"between\"/></c:valAx>";
}

}  // namespace

std::string chart_xml(const Workbook& workbook, const Sheet& sheet, const Chart& chart) {
  return ChartWriter(workbook, sheet, chart).write();
}

}  // namespace tonghop::xlsx
