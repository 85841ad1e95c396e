// Charts refer to cells and keep a copy of them; what Excel would repair or draw wrong is not written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>

#include "packages.h"
#include "samples.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::Not;

Range column(int number, int first, int last) { return {"Số liệu", {{first, number}, {last, number}}}; }

// Two series of three made-up agencies, on a sheet of its own.
Workbook workbook_with_chart() {
  Sheet data;
  data.name = "Số liệu";
  for (int row = 2; row <= 4; ++row) {
    put(data, {row, 1}, "Đơn vị " + std::to_string(row - 1));
    put(data, {row, 3}, row * 10.0);
  }
  put(data, {1, 2}, "Đạt"s);
  put(data, {1, 3}, "Chưa"s);
  put(data, {2, 2}, 0.1 + 0.2);
  put(data, {3, 2}, ErrorValue{"#N/A"});
  Sheet sheet;
  sheet.name = "Biểu đồ";
  sheet.charts = {{.title = "Kết quả",
                   .place = {{2, 2}, {21, 9}},
                   .categories = column(1, 2, 4),
                   .series = {{column(2, 1, 1), column(2, 2, 4)}, {column(3, 1, 1), column(3, 2, 4), "336699"}}}};
  Workbook workbook;
  workbook.sheets = {std::move(sheet), std::move(data)};
  return workbook;
}

Chart& chart_of(Workbook& workbook) { return workbook.sheets[0].charts[0]; }

std::string part_of(const Workbook& workbook, const std::string& name) {
  const std::string bytes = write_workbook(workbook);
  return Package(bytes, "f").read(name).value();
}

std::string chart_part(const Workbook& workbook) { return part_of(workbook, "xl/charts/chart1.xml"); }

TEST(ChartWriter, RefersToCellsAndKeepsACopyOfThem) {
  const std::string chart = chart_part(workbook_with_chart());
  EXPECT_THAT(chart, HasSubstr("<c:tx><c:strRef><c:f>'Số liệu'!$B$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt "
                               "idx=\"0\"><c:v>Đạt</c:v></c:pt></c:strCache></c:strRef></c:tx>"));
  EXPECT_THAT(chart, HasSubstr("<c:cat><c:strRef><c:f>'Số liệu'!$A$2:$A$4</c:f><c:strCache><c:ptCount val=\"3\"/><c:pt "
                               "idx=\"0\"><c:v>Đơn vị 1</c:v></c:pt><c:pt idx=\"1\"><c:v>Đơn vị 2</c:v></c:pt><c:pt "
                               "idx=\"2\"><c:v>Đơn vị 3</c:v></c:pt></c:strCache></c:strRef></c:cat>"));
  EXPECT_THAT(chart,
              HasSubstr("<c:f>'Số liệu'!$C$2:$C$4</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount "
                        "val=\"3\"/><c:pt idx=\"0\"><c:v>20</c:v></c:pt>"));
}

TEST(ChartWriter, LeavesEmptyCellsAndErrorsAsGaps) {
  const std::string chart = chart_part(workbook_with_chart());
  EXPECT_THAT(chart,
              HasSubstr("<c:ptCount val=\"3\"/><c:pt idx=\"0\"><c:v>0.30000000000000004</c:v></c:pt></c:numCache>"));
  EXPECT_THAT(chart, HasSubstr("<c:dispBlanksAs val=\"gap\"/>"));
  EXPECT_THAT(chart, HasSubstr("<c16r3:dispNaAsBlank val=\"1\"/>"));
}

TEST(ChartWriter, TakesWhatRunsAlongARow) {
  Workbook workbook = workbook_with_chart();
  chart_of(workbook).categories = {"Số liệu", {{1, 2}, {1, 3}}};
  chart_of(workbook).series = {{column(1, 2, 2), {"Số liệu", {{2, 2}, {2, 3}}}}};
  EXPECT_THAT(chart_part(workbook), HasSubstr("<c:pt idx=\"1\"><c:v>20</c:v></c:pt></c:numCache>"));
  EXPECT_THAT(chart_part(workbook),
              HasSubstr("<c:pt idx=\"1\"><c:v>Chưa</c:v></c:pt></c:strCache></c:strRef></c:cat>"));
}

TEST(ChartWriter, PutsTheFirstOfLyingBarsOnTop) {
  Workbook workbook = workbook_with_chart();
  EXPECT_THAT(chart_part(workbook), HasSubstr("<c:barDir val=\"col\"/><c:grouping val=\"clustered\"/>"));
  EXPECT_THAT(chart_part(workbook), Not(HasSubstr("maxMin")));
  chart_of(workbook).kind = Chart::Kind::bars;
  EXPECT_THAT(chart_part(workbook), HasSubstr("<c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/>"));
  EXPECT_THAT(chart_part(workbook), HasSubstr("<c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/>"));
}

// Excel repairs a workbook whose stacked bars have labels outside.
TEST(ChartWriter, LabelsStackedBarsInsideAndReadably) {
  Workbook workbook = workbook_with_chart();
  EXPECT_THAT(chart_part(workbook), Not(HasSubstr("<c:dLbls>")));
  chart_of(workbook).labels = true;
  EXPECT_THAT(chart_part(workbook), HasSubstr("<c:dLblPos val=\"outEnd\"/>"));
  EXPECT_THAT(chart_part(workbook), Not(HasSubstr("<c:majorGridlines>")));
  chart_of(workbook).kind = Chart::Kind::stacked_columns;
  const auto ink = [&](const std::string& background) {
    chart_of(workbook).series[0].color = background;
    const std::string chart = chart_part(workbook);
    EXPECT_THAT(chart, HasSubstr("<c:overlap val=\"100\"/>"));
    EXPECT_THAT(chart, Not(HasSubstr("outEnd")));
    const std::string label = chart.substr(chart.find("<c:dLbls>"));
    return label.substr(label.find("<a:srgbClr val=\"") + 16, 6);
  };
  EXPECT_EQ(ink("1F4E79"), "FFFFFF");
  EXPECT_EQ(ink("FFD966"), "404040");
}

TEST(ChartWriter, NamesSeriesInALegendOnlyWhenThereAreSeveral) {
  Workbook workbook = workbook_with_chart();
  EXPECT_THAT(chart_part(workbook), HasSubstr("<c:legend>"));
  chart_of(workbook).series.pop_back();
  EXPECT_THAT(chart_part(workbook), Not(HasSubstr("<c:legend>")));
}

// Programs left to themselves give a tall chart an empty page above its first bar.
TEST(ChartWriter, KeepsItsMarginsWhateverItsHeight) {
  Workbook workbook = workbook_with_chart();
  const auto top = [&](int rows) {
    chart_of(workbook).place.last.row = chart_of(workbook).place.first.row + rows - 1;
    const std::string chart = chart_part(workbook);
    const std::size_t at = chart.find("<c:y val=\"", chart.find("<c:plotArea>")) + 10;
    return std::stod(chart.substr(at)) * rows;  // in rows
  };
  EXPECT_NEAR(top(20), top(160), 1e-9);
  EXPECT_LT(top(20), 3);
}

TEST(ChartWriter, NumbersPartsThroughTheWorkbook) {
  Workbook workbook = workbook_with_chart();
  workbook.sheets[0].charts.push_back(chart_of(workbook));
  workbook.sheets[1].charts.push_back(chart_of(workbook));
  workbook.sheets[1].comments = {{{1, 1}, "x"}};
  EXPECT_THAT(part_of(workbook, "xl/drawings/_rels/drawing1.xml.rels"), HasSubstr("Target=\"../charts/chart2.xml\""));
  EXPECT_THAT(
      part_of(workbook, "xl/drawings/_rels/drawing2.xml.rels"),
      HasSubstr("<Relationship Id=\"rId1\" Type=\"" + kRelations + "/chart\" Target=\"../charts/chart3.xml\"/>"));
  EXPECT_THAT(part_of(workbook, "xl/drawings/drawing1.xml"), HasSubstr("<xdr:cNvPr id=\"3\" name=\"Chart 2\""));
  EXPECT_THAT(part_of(workbook, "xl/worksheets/sheet2.xml"),
              HasSubstr("<drawing r:id=\"rId1\"/><legacyDrawing r:id=\"rId2\"/></worksheet>"));
  EXPECT_THAT(part_of(workbook, "xl/worksheets/_rels/sheet2.xml.rels"),
              HasSubstr("rId2\" Type=\"" + kRelations + "/vml"));
  EXPECT_THAT(part_of(workbook, "[Content_Types].xml"), HasSubstr("PartName=\"/xl/charts/chart3.xml\""));
}

TEST(ChartWriter, RefusesWhatExcelWouldRepairOrDrawWrong) {
  using Change = std::function<void(Workbook&)>;
  const std::vector<std::pair<std::string, Change>> table = {
      {"a text among the numbers",
       [](Workbook& w) {
         put(w.sheets[1], {4, 2}, ""s);
       }},
      {"a truth among the numbers",
       [](Workbook& w) {
         put(w.sheets[1], {4, 2}, true);
       }},
      {"no series", [](Workbook& w) { chart_of(w).series.clear(); }},
      {"more series than Excel takes", [](Workbook& w) { chart_of(w).series.resize(256, chart_of(w).series[0]); }},
      {"no such sheet", [](Workbook& w) { chart_of(w).categories.sheet = "Khác"; }},
      {"rows and columns",
       [](Workbook& w) {
         chart_of(w).categories.area = {{2, 1}, {3, 2}};
         chart_of(w).series = {{column(2, 1, 1), {"Số liệu", {{2, 1}, {3, 2}}}}};
       }},
      {"fewer values than categories", [](Workbook& w) { chart_of(w).series[0].values = column(2, 2, 3); }},
      {"a name of two cells", [](Workbook& w) { chart_of(w).series[0].name = column(2, 1, 2); }},
      {"a range that ends before it begins", [](Workbook& w) { chart_of(w).series[0].values.area.last.row = 1; }},
      {"beyond the grid", [](Workbook& w) { chart_of(w).place.last.column = kMaxColumn; }},
      {"a place that ends before it begins", [](Workbook& w) { chart_of(w).place.last.row = 1; }},
      {"color that is none", [](Workbook& w) { chart_of(w).series[0].color = "blue"; }},
      {"an axis that ends before it begins", [](Workbook& w) { chart_of(w).minimum = chart_of(w).maximum = 1; }}};
  for (const auto& [what, change] : table) {
    SCOPED_TRACE(what);
    Workbook workbook = workbook_with_chart();
    EXPECT_NO_THROW(write_workbook(workbook));
    change(workbook);
    EXPECT_THROW(write_workbook(workbook), std::invalid_argument);
  }
}

}  // namespace
}  // namespace tonghop::xlsx
