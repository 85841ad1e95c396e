// The sheet of comparisons: figures as numbers, what they were compared with, and whether a finding tells of it.
#include <gtest/gtest.h>

#include "definitions.h"
#include "held.h"
#include "report/comparison_sheet.h"

namespace tonghop {
namespace {

using testing::at;
using testing::held;
using testing::text_at;
using testing::trees;

int indicator(const std::string& id) { return trees().catalogue.find(id); }

xlsx::Workbook sheet_with(const std::vector<Comparison>& comparisons, const std::string& lang = "en") {
  Province province;
  province.comparisons = comparisons;
  xlsx::Workbook book;
  add_comparison_sheet(book, province, trees(), lang);
  return held(std::move(book));
}

Comparison ratio() {
  Comparison one;
  one.check = "trees.survival:ratio";
  one.type = CheckType::ratio;
  one.severity = Severity::warning;
  one.agency = "Town";
  one.indicators = {indicator("trees.survival")};
  one.place = {.file = "town.xlsx", .sheet = "Trees", .cell = "D9"};
  one.reported = Decimal::parse("0.303");
  one.expected = Decimal::parse("0.3229");
  one.difference = *one.reported - *one.expected;
  one.compared = {{indicator("trees.alive"), 2270, {.file = "town.xlsx", .sheet = "Trees", .cell = "D11"}},
                  {indicator("trees.planted"), 7029, {.file = "town.xlsx", .sheet = "Trees", .cell = "D10"}}};
  return one;
}

TEST(ComparisonSheet, ShowsReportedAgainstComputed) {
  const xlsx::Workbook book = sheet_with({ratio()});
  const xlsx::Sheet& sheet = book.sheets.at(0);
  EXPECT_EQ(sheet.name, "Comparisons");
  EXPECT_EQ(text_at(sheet, "A4"), "Warning");
  EXPECT_EQ(text_at(sheet, "B4"), "Town");
  EXPECT_EQ(text_at(sheet, "D4"), "Share of trees still alive");
  EXPECT_EQ(sheet.find(at("E4"))->value, xlsx::Value(0.303));
  EXPECT_EQ(sheet.find(at("F4"))->value, xlsx::Value(0.3229));
  EXPECT_EQ(sheet.find(at("G4"))->value, xlsx::Value(-0.0199));
  EXPECT_EQ(book.styles.at(static_cast<std::size_t>(sheet.find(at("E4"))->style)).number_format, "0.00##%");
  EXPECT_EQ(text_at(sheet, "H4"), "Trees still alive: 2270 (D11)\nTrees planted: 7029 (D10)");
  EXPECT_EQ(text_at(sheet, "I4"), "Yes");
  EXPECT_EQ(text_at(sheet, "J4"), "town.xlsx");
  EXPECT_EQ(text_at(sheet, "K4"), "Trees, D9");
}

TEST(ComparisonSheet, ShowsCountsAmountsAndAnswersAsTheyAre) {
  Comparison sum = ratio();
  sum.indicators = {indicator("care.towns.water"), indicator("care.villages.water")};
  sum.reported = Decimal::parse("22.5");
  sum.expected = Decimal(7029);
  sum.compared = {{indicator("trees.all"), Decimal::parse("0.5").value(), {}}};
  sum.told = false;
  Comparison choice = ratio();
  choice.type = CheckType::requirement;
  choice.indicators = {indicator("opinion.plan")};
  choice.reported = Decimal(0);
  choice.expected.reset();
  choice.difference.reset();
  choice.compared = {{indicator("opinion.happy"), Decimal::parse("0.125").value(), {.cell = "D9"}}};
  const xlsx::Workbook book = sheet_with({sum, choice}, "vi");
  const xlsx::Sheet& sheet = book.sheets.at(0);
  EXPECT_EQ(text_at(sheet, "D4"), "Water in towns\n+ Water in villages");
  EXPECT_EQ(book.styles.at(static_cast<std::size_t>(sheet.find(at("E4"))->style)).number_format, "#,##0.0###");
  EXPECT_EQ(book.styles.at(static_cast<std::size_t>(sheet.find(at("F4"))->style)).number_format, "#,##0");
  EXPECT_EQ(text_at(sheet, "H4"), "Trees in the province: 0,5 (kỳ trước)");
  EXPECT_EQ(text_at(sheet, "I4"), "Theo điểm khác cùng số liệu");
  EXPECT_EQ(text_at(sheet, "E5"), "No");
  EXPECT_EQ(sheet.find(at("F5"))->value, xlsx::Value());
  EXPECT_EQ(text_at(sheet, "H5"), "Share of happy people: 12,5% (D9)");
}

TEST(ComparisonSheet, SaysThatEverythingHolds) {
  EXPECT_EQ(text_at(sheet_with({}).sheets.at(0), "A4"), "Every check holds for every agency.");
}

}  // namespace
}  // namespace tonghop
