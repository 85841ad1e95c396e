// Which row is which: keys that moved, keys that are gone, rows deleted, inserted, doubled, and captions that recur.
#include "reconcile/match.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

const std::string kAll =
    "trees.survival=0.9 D9\ntrees.planted=10 D10\ntrees.alive=9 D11\ncare.towns.visits=21 D13\ncare.towns.water=22.5 "
    "D14\n"
    "care.villages.visits=31 D16\ncare.villages.water=32.5 D17\nopinion.plan=1 D8\nopinion.happy=0.7 "
    "D9\nopinion.shade=0.6 D10\n"
    "opinion.else=nothing D11\ntrees.all=77 D12\n";

// Figures that came to another indicator than the one they were typed for.
int wrong(const Return& answer) {
  const std::map<std::string, std::string> typed = {
      {"trees.survival", "0.9"},       {"trees.planted", "10"},      {"trees.alive", "9"},
      {"care.towns.visits", "21"},     {"care.towns.water", "22.5"}, {"care.villages.visits", "31"},
      {"care.villages.water", "32.5"}, {"opinion.plan", "1"},        {"opinion.happy", "0.7"},
      {"opinion.shade", "0.6"},        {"trees.all", "77"}};
  int count = 0;
  for (const Observation& observation : answer.observations) {
    const auto expected = typed.find(trees().catalogue[observation.indicator].id);
    if (observation.value && expected != typed.end() && observation.value->to_string() != expected->second) ++count;
  }
  return count;
}

TEST(Match, FindsEveryRowByItsKey) {
  const auto read = read_back(filled_trees(), trees());
  EXPECT_EQ(read.values, kAll);
  EXPECT_EQ(read.findings, "");
}

TEST(Match, FindsKeysWhereverTheyMoved) {
  xlsx::Workbook book = filled_trees();
  insert_rows(book.sheets[0], 13, 3);  // D13 -> D16 and so on
  insert_rows(book.sheets[0], 1, 2);
  delete_rows(book.sheets[1], 1, 1);
  std::swap(book.sheets[0], book.sheets[1]);
  const auto read = read_back(book, trees());
  EXPECT_EQ(read.findings, "");
  EXPECT_EQ(read.values,
            "trees.survival=0.9 D11\ntrees.planted=10 D12\ntrees.alive=9 D13\ncare.towns.visits=21 "
            "D18\ncare.towns.water=22.5 D19\n"
            "care.villages.visits=31 D21\ncare.villages.water=32.5 D22\nopinion.plan=1 D7\nopinion.happy=0.7 "
            "D8\nopinion.shade=0.6 D9\n"
            "opinion.else=nothing D10\ntrees.all=77 D11\n");
}

TEST(Match, RecognisesAFormThatLostItsKeys) {
  const auto read = read_back(without_identity(filled_trees()), trees());
  EXPECT_EQ(read.values, kAll);
  EXPECT_EQ(read.findings, "template-recognised\n");
}

TEST(Match, RecognisesCaptionsRetypedAndAliases) {
  xlsx::Workbook book = without_identity(filled_trees());
  type_in(book, 0,
          {{"B10", "+ TREES SET"},
           {"B11", "- Trees still  alive :"},
           {"B9", "Share of trees stil alive (today)"},
           {"A13", ""}});
  const auto read = read_back(book, trees());
  EXPECT_EQ(read.values, kAll);
  EXPECT_EQ(read.findings, "template-recognised\n");
  type_in(book, 0, {{"B9", "Share of the trees not alive today"}});
  EXPECT_EQ(read_back(book, trees()).findings, "template-recognised\nrow-guessed D9\n") << "other words";
}

TEST(Match, NeverGivesABlocksFiguresToAnotherParent) {
  // Every stretch of rows taken out, with and without keys: what is found is right, what is not found is said.
  for (const bool keys : {true, false}) {
    for (int first = 8; first <= 17; ++first) {
      for (int count = 1; first + count <= 18; ++count) {
        // Rows of one block gone up to the heading of the next, whose rows look the same: no sheet tells that apart.
        if (!keys && (first == 13 || first == 14) && first + count > 15 && first + count <= 17) continue;
        xlsx::Workbook book = keys ? filled_trees() : without_identity(filled_trees());
        delete_rows(book.sheets[0], first, count);
        const auto read = read_back(book, trees());
        EXPECT_EQ(wrong(read.answer), 0) << "rows " << first << "+" << count << (keys ? " with" : " without")
                                         << " keys\n"
                                         << read.values;
        if (!read.error.empty()) continue;
        const bool inputs = !(count == 1 && (first == 8 || first == 12 || first == 15));
        EXPECT_EQ(!read.answer.missing.empty(), inputs || read.findings.find("row-unknown") != std::string::npos)
            << "rows " << first << "+" << count << "\n"
            << read.findings;
      }
    }
  }
}

TEST(Match, NeverGivesFiguresToAnotherParentWhenNumbersAreGone) {
  for (int first = 12; first <= 15; first += 3) {  // a whole block with its heading
    xlsx::Workbook book = without_identity(filled_trees());
    for (int row = 8; row <= 17; ++row) type_in(book, 0, {{"A" + std::to_string(row), xlsx::Value()}});
    delete_rows(book.sheets[0], first, 3);
    const auto read = read_back(book, trees());
    EXPECT_EQ(wrong(read.answer), 0) << read.values;
    EXPECT_EQ(read.answer.missing.size(), 2U) << read.findings;
  }
}

TEST(Match, TellsOfRowsThatAreNotInTheForm) {
  xlsx::Workbook book = filled_trees();
  insert_rows(book.sheets[0], 12, 1);
  type_in(book, 0, {{"A12", "1.2."}, {"B12", "Trees planted in parks"}, {"D12", 4.0}});
  const auto read = read_back(book, trees());
  EXPECT_EQ(wrong(read.answer), 0);
  EXPECT_EQ(read.findings, "row-unknown D12\n");
}

TEST(Match, LeavesARowAloneThatOnlyLooksALittleLikeTheMissingOne) {
  for (const std::string caption : {"- Trees felled", "- Trees dead or ill", "- Trees still to be planted", "Trees"}) {
    xlsx::Workbook book = without_identity(filled_trees());
    type_in(book, 0, {{"A11", "9."}, {"B11", caption}});
    const auto read = read_back(book, trees());
    EXPECT_EQ(read.values.find("trees.alive"), std::string::npos) << caption;
    EXPECT_EQ(read.findings, "template-recognised\nrow-unknown D11\nrows-missing\n") << caption;
  }
}

TEST(Match, SaysOnceThatRowsWithoutAValueWereInserted) {
  xlsx::Workbook book = filled_trees();
  insert_rows(book.sheets[0], 12, 2);
  type_in(book, 0, {{"B12", "A remark"}, {"D21", "HEAD OF OFFICE"}});
  EXPECT_EQ(read_back(book, trees()).findings, "rows-inserted D12\n");
}

TEST(Match, TellsOfARowDoubledWithItsKey) {
  const auto copied = [](const xlsx::Value& value) {
    xlsx::Workbook book = filled_trees();
    insert_rows(book.sheets[0], 11, 1);
    type_in(book, 0, {{"A11", ""}, {"B11", "- Trees planted"}, {"C11", "Trees"}, {"D11", value}, {"F11", "1.1.a"}});
    return read_back(book, trees());
  };
  EXPECT_EQ(copied(12.0).findings, "row-twice D11\n");
  EXPECT_NE(copied(12.0).values.find("trees.planted=10 D10\n"), std::string::npos);
  EXPECT_EQ(copied(10.0).findings, "");
  EXPECT_EQ(copied(xlsx::Value()).findings, "");
}

TEST(Match, TakesTheFilledOneOfTwoRowsWithAKey) {
  xlsx::Workbook book = filled_trees();
  insert_rows(book.sheets[0], 11, 1);
  type_in(book, 0, {{"B11", "- Trees planted"}, {"D11", 10.0}, {"F11", "1.1.a"}, {"D10", xlsx::Value()}});
  const auto read = read_back(book, trees());
  EXPECT_NE(read.values.find("trees.planted=10 D11\n"), std::string::npos);
  EXPECT_EQ(read.findings, "");
}

TEST(Match, BelievesNeitherKeyNorCaptionWhenTheyContradict) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"B10", "Money spent on advertising"}});
  const auto read = read_back(book, trees());
  EXPECT_EQ(read.findings, "row-contradicts D10\n");
  EXPECT_EQ(read.values.find("trees.planted"), std::string::npos);
}

TEST(Match, NotesACaptionThatWasReworded) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"B11", "- Trees that are still alive now"}});
  const auto read = read_back(book, trees());
  EXPECT_EQ(read.findings, "row-reworded D11\n");
  EXPECT_EQ(read.values, kAll);
}

// Captions, and with `what` other columns, of two rows exchanged.
void exchange(xlsx::Sheet& sheet, int a, int b, const std::string& what) {
  for (const char column : what) {
    const std::string name(1, column);
    std::swap(sheet.cell(testing::at(name + std::to_string(a))).value,
              sheet.cell(testing::at(name + std::to_string(b))).value);
  }
}

TEST(Match, FollowsCaptionsOfRowsInTheOtherOrder) {
  xlsx::Workbook book = without_identity(filled_trees());
  exchange(book.sheets[0], 10, 11, "BD");
  exchange(book.sheets[1], 9, 10, "BD");
  const auto read = read_back(book, trees());
  for (const std::string line : {"trees.planted=10 D11\n", "trees.alive=9 D10\n", "opinion.happy=0.7 D10\n",
                                 "opinion.shade=0.6 D9\n", "trees.survival=0.9 D9\n"}) {
    EXPECT_NE(read.values.find(line), std::string::npos) << line << read.values;
  }
  EXPECT_EQ(read.findings, "template-recognised\n");
}

TEST(Match, GivesNoValueToTheRowBesideIt) {
  for (const std::string what : {"BD", "BCD", "ABCD"}) {
    for (const std::size_t sheet : {0U, 1U}) {
      for (int row = 8; row < (sheet == 0 ? 17 : 12); ++row) {
        xlsx::Workbook book = without_identity(filled_trees());
        exchange(book.sheets[sheet], row, row + 1, what);
        const auto read = read_back(book, trees());
        EXPECT_EQ(wrong(read.answer), 0) << what << " of " << sheet << ", " << row << "\n" << read.values;
      }
    }
  }
}

TEST(Match, SaysWhereACaptionIsOnlyLikeItsRow) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"- Trees that are still alive now", "template-recognised\nrow-guessed D11\n"},
      {"- TREES  still alive:", "template-recognised\n"}};
  for (const auto& [caption, findings] : table) {
    xlsx::Workbook book = without_identity(filled_trees());
    type_in(book, 0, {{"B11", caption}});
    const auto read = read_back(book, trees());
    EXPECT_EQ(read.values, kAll);
    EXPECT_EQ(read.findings, findings) << caption;
    type_in(book, 0, {{"D11", xlsx::Value()}});
    EXPECT_EQ(read_back(book, trees()).findings, "template-recognised\n") << "nothing is guessed of nothing";
  }
}

TEST(Match, BelievesNeitherOfTwoRowsWhoseCaptionsWereExchanged) {
  for (const std::string what : {"B", "BD"}) {
    xlsx::Workbook book = filled_trees();
    exchange(book.sheets[0], 10, 11, what);
    const auto read = read_back(book, trees());
    EXPECT_EQ(read.findings, "row-contradicts D10\nrow-contradicts D11\n");
    EXPECT_EQ(read.values.find("trees.planted"), std::string::npos);
    EXPECT_EQ(read.values.find("trees.alive"), std::string::npos);
  }
}

TEST(Match, TakesNoCopyOfARowWithAnotherCaption) {
  xlsx::Workbook book = filled_trees();
  insert_rows(book.sheets[0], 11, 1);
  type_in(book, 0, {{"B11", "- Trees felled"}, {"D11", 12.0}, {"F11", "1.1.a"}, {"D10", xlsx::Value()}});
  const auto read = read_back(book, trees());
  EXPECT_EQ(read.values.find("trees.planted"), std::string::npos);
  EXPECT_EQ(read.findings, "row-twice D11\n");
}

TEST(Match, UsesOneOfTwoSheetsWithTheSameRows) {
  const auto twice = [](const std::vector<Typed>& original, const std::vector<Typed>& copy, bool hidden_before) {
    xlsx::Workbook book = filled_trees();
    book.sheets.push_back(book.sheets[0]);
    book.sheets.back().name = "Copy";
    book.sheets.back().hidden = hidden_before;
    type_in(book, 0, original);
    type_in(book, book.sheets.size() - 1, copy);
    if (hidden_before) std::rotate(book.sheets.begin(), book.sheets.end() - 1, book.sheets.end());
    return read_back(book, trees());
  };
  for (const bool hidden_before : {false, true}) {
    const auto differing = twice({}, {{"D10", 12.0}, {"D13", 99.0}, {"D14", 98.0}}, hidden_before);
    EXPECT_EQ(differing.findings, "sheet-repeated D10\n") << "told once";
    EXPECT_EQ(differing.values, kAll);
    EXPECT_EQ(differing.answer.observations.at(1).place.sheet, "Trees");
    const auto half = twice({{"D13", xlsx::Value()}}, {}, hidden_before);
    EXPECT_EQ(half.findings, "sheet-repeated D13\n");
    EXPECT_EQ(half.values.find("care.towns.visits"), std::string::npos) << "not filled from the copy";
    EXPECT_EQ(twice({}, {}, hidden_before).findings, "");
    EXPECT_EQ(twice({}, {{"D13", xlsx::Value()}}, hidden_before).findings, "");
  }
}

TEST(Match, RefusesTwoColumnsOfValues) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"G7", "Figure (whole period)"}, {"G10", 5.0}});
  EXPECT_EQ(read_back(book, trees()).error, "column-twice");
  type_in(book, 0, {{"G7", "Figure (last year)"}});
  const auto read = read_back(book, trees());
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read.values, kAll);
}

TEST(Match, RefusesWhatIsNoFormOfOurs) {
  xlsx::Workbook empty;
  empty.sheets = {testing::sheet_of("S", {{"Dear all"}})};
  EXPECT_EQ(read_back(empty, trees()).error, "table-missing");
  xlsx::Workbook other;
  other.sheets = {testing::sheet_of("S", {{"Question", "Figure"}, {"Price of bread", 1.0}, {"Price of milk", 2.0}})};
  EXPECT_EQ(read_back(other, trees()).error, "template-unknown");
  xlsx::Workbook foreign = filled_trees();
  type_in(foreign, 3, {{"B1", "flowers"}});
  EXPECT_EQ(read_back(foreign, trees()).error, "template-not-known");
  xlsx::Workbook older = filled_trees();
  type_in(older, 3, {{"B2", "2"}});
  EXPECT_EQ(read_back(older, trees()).findings, "template-version\n");
}

}  // namespace
}  // namespace tonghop
