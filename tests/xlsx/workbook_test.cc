// Addresses, areas and lookups.
#include "xlsx/workbook.h"

#include <gtest/gtest.h>

namespace tonghop::xlsx {
namespace {

TEST(Address, ReadsAndWritesTheGridAndNothingBeyond) {
  const std::vector<std::pair<std::string, std::optional<Address>>> table = {{"A1", Address{1, 1}},
                                                                             {"Z9", Address{9, 26}},
                                                                             {"AA10", Address{10, 27}},
                                                                             {"XFD1048576", Address{1048576, 16384}},
                                                                             {"$e$12", Address{12, 5}},
                                                                             {"a1", Address{1, 1}},
                                                                             {"XFE1", {}},
                                                                             {"A1048577", {}},
                                                                             {"A0", {}},
                                                                             {"A", {}},
                                                                             {"1", {}},
                                                                             {"", {}},
                                                                             {"A1B", {}},
                                                                             {"A 1", {}},
                                                                             {"$A$", {}},
                                                                             {"A99999999999999999999", {}},
                                                                             {"ZZZZZZZZZZZ1", {}},
                                                                             {"A-1", {}}};
  for (const auto& [text, expected] : table) {
    SCOPED_TRACE(text);
    EXPECT_EQ(parse_address(text), expected);
  }
  for (int column = 1; column <= kMaxColumn; ++column) {
    EXPECT_EQ(parse_address(column_name(column) + "7"), (Address{7, column}));
  }
}

TEST(Area, PutsTheUpperLeftCornerFirst) {
  EXPECT_EQ(parse_area("B2:A1"), (Area{{1, 1}, {2, 2}}));
  EXPECT_EQ(parse_area("A2:B1"), (Area{{1, 1}, {2, 2}}));
  EXPECT_EQ(parse_area("$C$3"), (Area{{3, 3}, {3, 3}}));
  EXPECT_EQ(parse_area("A1:"), std::nullopt);
  EXPECT_EQ(parse_area("A1:B2:C3"), std::nullopt);
  EXPECT_EQ(to_string(Area{{1, 1}, {2, 28}}), "A1:AB2");
  EXPECT_EQ(to_string(Area{{4, 4}, {4, 4}}), "D4");
}

TEST(Sheet, KeepsCellsInOrderHoweverTheyAreMade) {
  Sheet sheet;
  for (const Address at : {Address{2, 2}, Address{1, 3}, Address{2, 1}, Address{3, 1}})
    sheet.cell(at).value = at.row * 10.0;
  sheet.cell({1, 3}).style = 4;
  ASSERT_EQ(sheet.cells.size(), 4U);
  EXPECT_EQ(sheet.cells[0].at, (Address{1, 3}));
  EXPECT_EQ(sheet.cells[0].style, 4);
  EXPECT_EQ(sheet.cells[1].at, (Address{2, 1}));
  EXPECT_EQ(sheet.cells[3].at, (Address{3, 1}));
  EXPECT_EQ(sheet.find({2, 2}), &sheet.cells[2]);
  EXPECT_EQ(sheet.find({2, 3}), nullptr);
}

TEST(Workbook, KnowsEachStyleOnce) {
  Workbook workbook;
  EXPECT_EQ(workbook.style({}), 0);
  EXPECT_EQ(workbook.style({.bold = true}), 1);
  EXPECT_EQ(workbook.style({.number_format = "0%"}), 2);
  EXPECT_EQ(workbook.style({.bold = true}), 1);
  EXPECT_EQ(workbook.styles.size(), 3U);
}

TEST(QuotedSheet, DoublesApostrophes) {
  EXPECT_EQ(quoted_sheet("Theo đơn vị"), "'Theo đơn vị'");
  EXPECT_EQ(quoted_sheet("Q'1"), "'Q''1'");
}

// trap C28, trap C29
TEST(NumberFormat, TellsPercentagesAndDatesByTheFirstSection) {
  enum Kind { kNumber, kPercent, kDate };
  const std::vector<std::pair<std::string, Kind>> table = {{"General", kNumber},
                                                           {"0", kNumber},
                                                           {"0%", kPercent},
                                                           {"0.00%;[Red]-0.00%", kPercent},
                                                           {"0.0\"%\"", kNumber},
                                                           {"0\\%", kNumber},
                                                           {"0_%", kNumber},
                                                           {"0*%", kNumber},
                                                           {"#,##0\" M\"", kNumber},
                                                           {"\"yes\";\"no\"", kNumber},
                                                           {"[Red]0", kNumber},
                                                           {"[White]0;[Magenta]0", kNumber},
                                                           {"[$-409]d/m/yyyy", kDate},
                                                           {"[$₫-42A] #,##0", kNumber},
                                                           {"dd/mm/yyyy", kDate},
                                                           {"d.m", kDate},
                                                           {"yyyy\"năm\"", kDate},
                                                           {"[h]:mm:ss", kDate},
                                                           {"[hh]", kDate},
                                                           {"[mm]", kDate},
                                                           {"h:mm AM/PM", kDate},
                                                           {"mmss.0", kDate},
                                                           {"[>100]0;d/m", kNumber},
                                                           {"0.00E+00", kNumber},
                                                           {"@", kNumber},
                                                           {"# ?/?", kNumber},
                                                           {"\"unfinished d", kNumber},
                                                           {"[h", kNumber},
                                                           {"DD/MM/YYYY", kDate},
                                                           {"_(* #,##0_);_(* (#,##0)", kNumber},
                                                           {"", kNumber},
                                                           {"\\", kNumber}};
  for (const auto& [code, kind] : table) {
    SCOPED_TRACE(code);
    EXPECT_EQ(is_percent_format(code), kind == kPercent);
    EXPECT_EQ(is_date_format(code), kind == kDate);
  }
}

}  // namespace
}  // namespace tonghop::xlsx
