// Charts of the merged workbook: what stands in the cells that they show.
#include "report/chart_sheet.h"

#include <gtest/gtest.h>

#include "merge/province.h"
#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

const Definitions& charted() {
  static const Definitions definitions = [] {
    Sources sources = trees_sources();
    sources.back().second =
        R"XML(<mapping template="trees-summary" extends="trees" version="1">
                <chart title="Alive" rates="trees.survival"/>
                <chart title="Shade" rates="opinion.shade opinion.happy"/>
              </mapping>)XML";
    return load(sources);
  }();
  return definitions;
}

struct Agency {
  std::string name;
  std::vector<std::pair<std::string, xlsx::Value>> first, second;  // typed into the two sheets
};

xlsx::Sheet sheet_of(const std::vector<Agency>& agencies) {
  Matcher matcher(charted());
  Findings findings;
  std::vector<Return> returns;
  for (const Agency& agency : agencies) {
    xlsx::Workbook book = blank_of(*charted().find("trees"), charted(), agency.name, "June");
    for (const auto& [at, value] : agency.first) type_in(book, 0, {{at, value}});
    for (const auto& [at, value] : agency.second) type_in(book, 1, {{at, value, "0%"}});
    returns.push_back(reconcile(lift(book, agency.name + ".xlsx", matcher.captions()), charted(), matcher, findings));
  }
  const Province province = merge(std::move(returns), charted(), findings);
  xlsx::Workbook book;
  add_chart_sheet(book, province, {{"used", 2}, {"refused", 1}}, charted(), "en");
  return book.sheets.at(0);
}

// Categories and values of a chart.
std::vector<std::pair<std::string, double>> shown(const xlsx::Sheet& sheet, std::size_t chart) {
  const auto& [categories, values] =
      std::pair(sheet.charts.at(chart).categories.area, sheet.charts.at(chart).series.at(0).values.area);
  std::vector<std::pair<std::string, double>> points;
  for (int row = categories.first.row; row <= categories.last.row; ++row) {
    points.emplace_back(std::get<std::string>(sheet.find({row, categories.first.column})->value),
                        std::get<double>(sheet.find({row, values.first.column})->value));
  }
  return points;
}

using Points = std::vector<std::pair<std::string, double>>;

TEST(ChartSheet, ShowsReturnsByState) {
  EXPECT_EQ(shown(sheet_of({{"Town", {{"D10", 4.0}}, {}}}), 0), (Points{{"used", 2}, {"refused", 1}}));
}

TEST(ChartSheet, CountsAnsweredCellsBySection) {
  const Points points =
      shown(sheet_of({{"Town", {{"D10", 4.0}, {"D13", 1.0}, {"D14", std::string("không có")}}, {}}}), 1);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[0], (std::pair<std::string, double>("Trees", 1.0 / 4)));
  EXPECT_EQ(points[1].second, 2.0 / 4);
}

TEST(ChartSheet, DividesTheParts) {
  const Points points = shown(sheet_of({{"Town", {{"D10", 10.0}, {"D11", 9.0}}, {}},
                                        {"Village", {{"D10", 10.0}}, {}},
                                        {"Woods", {{"D10", 8.0}, {"D11", 2.0}}, {}}}),
                              2);
  EXPECT_EQ(points, (Points{{"Town", 0.9}, {"Woods", 0.25}}));  // Village gave no numerator
}

TEST(ChartSheet, MakesNoMeanOfPercentagesWithoutParts) {
  const Points points =
      shown(sheet_of({{"Town", {}, {{"D10", 0.6}}}, {"Village", {}, {{"D9", 0.5}, {"D10", 0.7}}}}), 2);
  EXPECT_EQ(points, (Points{{"Town", 0.6}}));
}

TEST(ChartSheet, DrawsNothingWhereNobodyGaveAFigure) {
  EXPECT_EQ(sheet_of({{"Town", {{"D13", 1.0}}, {}}}).charts.size(), 2U);
}

}  // namespace
}  // namespace tonghop
