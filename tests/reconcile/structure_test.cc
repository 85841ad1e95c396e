// What was changed about the blank itself is said once a cause, and the values are read all the same.
#include <gtest/gtest.h>

#include <string>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

const std::string kAll = read_back(filled_trees(), trees()).values;

TEST(Structure, SaysNothingOfABlankAsItWasIssued) { EXPECT_EQ(read_back(filled_trees(), trees()).findings, ""); }

TEST(Structure, NamesRenamedSheetsOnce) {
  xlsx::Workbook book = filled_trees();
  book.sheets[0].name = "Sheet1";
  book.sheets[1].name = "Sheet2";
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.findings, "sheet-renamed\n");
  EXPECT_EQ(read.values.size(), kAll.size());
}

TEST(Structure, SaysThatProtectionIsOff) {
  xlsx::Workbook book = filled_trees();
  for (xlsx::Sheet& sheet : book.sheets) sheet.protection.reset();
  EXPECT_EQ(read_back(book, trees()).findings, "protection-off\n");
  EXPECT_EQ(read_back(without_identity(book), trees()).findings, "template-recognised\n") << "nothing to compare with";
}

TEST(Structure, TellsValuesThatComeFromOtherWorkbooks) {
  xlsx::Workbook book = filled_trees();
  book.external_links = 2;
  EXPECT_EQ(read_back(book, trees()).findings, "external-links\n");
  xlsx::Cell& cell = book.sheets[0].cell(at("D13"));
  cell.has_formula = true;
  cell.formula = "[1]Sheet1!$B$4";
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.findings, "external-values D13\n");
  EXPECT_EQ(read.values, kAll);
}

TEST(Structure, UsesNoValueOfACellMergedOverSeveralIndicators) {
  xlsx::Workbook book = filled_trees();
  book.sheets[0].merges.push_back({at("D13"), at("D14")});
  type_in(book, 0, {{"D14", xlsx::Value()}});
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.findings, "cells-merged D13\n");
  EXPECT_NE(read.values.find("care.towns.visits=? D13"), std::string::npos) << read.values;
  EXPECT_EQ(read.values.find("care.towns.water"), std::string::npos) << read.values;
}

TEST(Structure, ReadsAValueCellMergedWithItsRemark) {
  xlsx::Workbook book = filled_trees();
  book.sheets[0].merges.push_back({at("D13"), at("E13")});
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.findings, "");
  EXPECT_EQ(read.values, kAll);
}

TEST(Structure, SaysOnceThatATableIsNoneOfTheForms) {
  xlsx::Workbook book = filled_trees();
  book.sheets.push_back(sheet_of("Budget", {{"No.", "Question", "Unit", "Figure"},
                                            {"1", "Price of bread", "EUR", 2.0},
                                            {"2", "Price of milk", "EUR", 1.0},
                                            {"3", "Price of honey", "EUR", 9.0}}));
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.findings, "table-foreign D2\n");
  EXPECT_EQ(read.values, kAll);
}

TEST(Structure, CountsUnknownRowsBeyondTheFirstTwenty) {
  xlsx::Workbook book = filled_trees();
  for (int row = 40; row < 70; ++row) {
    type_in(book, 0,
            {{"B" + std::to_string(row), "Fruit of kind " + std::to_string(row)}, {"D" + std::to_string(row), 1.0}});
  }
  const std::string findings = read_back(book, trees()).findings;
  EXPECT_EQ(findings.find("row-unknown D40\n"), 0U);
  EXPECT_NE(findings.find("row-unknown D59\nrows-unknown D60\n"), std::string::npos) << findings;
}

TEST(Structure, ReadsTablesOfOneSheetBelowOneAnother) {
  // The second sheet's table pasted below the first, with its own header and its columns in another order.
  xlsx::Workbook book = filled_trees();
  xlsx::Sheet& first = book.sheets[0];
  const xlsx::Sheet second = book.sheets[1];
  int last = 0;
  for (const xlsx::Cell& cell : first.cells) last = std::max(last, cell.at.row);
  for (xlsx::Cell cell : second.cells) {
    cell.at.row += last + 2;
    if (cell.at.column == 4 || cell.at.column == 3) cell.at.column = 7 - cell.at.column;  // unit and value
    first.cell(cell.at) = cell;
  }
  book.sheets.erase(book.sheets.begin() + 1);
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.error, "");
  EXPECT_NE(read.values.find("opinion.plan=1 C"), std::string::npos) << read.values << read.findings;
  EXPECT_NE(read.values.find("trees.all=77 C"), std::string::npos) << read.values;
}

TEST(Structure, KeepsCommentsOnCellsAsRemarks) {
  xlsx::Workbook book = filled_trees();
  book.sheets[0].comments = {{at("D13"), "4/33 of them\nin May"}};
  type_in(book, 0, {{"E14", "half of it rain"}});
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.values, kAll);
  EXPECT_EQ(read.findings, "");
  for (const Observation& observation : read.answer.observations) {
    const std::string& cell = observation.place.cell;
    const std::string expected = observation.place.sheet != "Trees" ? ""
                                 : cell == "D13"                    ? "4/33 of them in May"
                                 : cell == "D14"                    ? "half of it rain"
                                                                    : "";
    EXPECT_EQ(observation.note, expected) << cell;
  }
}

TEST(Structure, PassesOverKeysThatHaveMovedAgainstTheirCaptions) {
  // Cells of the visible columns deleted upwards, the hidden column left where it was.
  xlsx::Workbook book = filled_trees();
  for (const std::size_t s : {0U, 1U}) {
    xlsx::Sheet& sheet = book.sheets[s];
    xlsx::Sheet moved = sheet;
    std::erase_if(moved.cells, [](const xlsx::Cell& cell) { return cell.at.column == 6 && cell.at.row > 7; });
    for (const xlsx::Cell& cell : sheet.cells) {
      if (cell.at.column != 6 || cell.at.row <= 7) continue;
      xlsx::Cell key = cell;
      ++key.at.row;
      moved.cell(key.at) = key;
    }
    sheet = moved;
  }
  const ReadBack read = read_back(book, trees());
  EXPECT_EQ(read.values, kAll) << read.findings;
  EXPECT_EQ(read.findings, "keys-moved D9\nkeys-moved D9\n") << "one a sheet";
}

TEST(Structure, TellsOfNumbersInPlaceOfTheCaptionsOrTheirNumbers) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"B10", "- Trees planted since January: 114"}, {"D10", xlsx::Value()}});
  EXPECT_NE(read_back(book, trees()).findings.find("value-elsewhere D10\n"), std::string::npos)
      << read_back(book, trees()).findings;
  book = filled_trees();
  type_in(book, 0, {{"A13", 107.0}, {"D13", xlsx::Value()}});
  EXPECT_EQ(read_back(book, trees()).findings, "value-elsewhere D13\n");
}

}  // namespace
}  // namespace tonghop
