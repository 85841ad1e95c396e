// The merged workbook: texts that fit their cells, and which findings tint a figure.
#include "report/provincial.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "held.h"
#include "report/cell_text.h"
#include "report/tables.h"
#include "returns.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(CellText, LeavesWhatFits) {
  for (const std::string& text : {std::string(), std::string("đ\nx"), repeated("\n", 250), repeated("đ", 32'000)})
    EXPECT_EQ(cell_text(text), text);
  EXPECT_EQ(cell_text("\U0001F333\U0001F333", 4), "\U0001F333\U0001F333");
}

TEST(CellText, CutsBetweenCharacters) {
  EXPECT_EQ(cell_text(repeated("5\n", 300)), repeated("5\n", 250) + "5…");
  EXPECT_EQ(cell_text(repeated("\n", 251)), repeated("\n", 250) + "…");
  EXPECT_EQ(cell_text(repeated("đ", 32'001)), repeated("đ", 31'999) + "…");
  EXPECT_EQ(cell_text("\U0001F333\U0001F333", 3), "\U0001F333…");
  EXPECT_EQ(cell_text("abcd\n", 4), "abc…");
  EXPECT_EQ(utf16_length(cell_text(repeated("x\n", 100), 100)), 100U);
}

struct Merged {
  Province province;
  Findings findings;
  xlsx::Workbook book;
};

Merged merged(const std::vector<std::pair<std::string, xlsx::Workbook>>& files, const Title& title = {}) {
  Merged result;
  Matcher matcher(trees());
  std::vector<Return> returns;
  for (const auto& [file, book] : files)
    returns.push_back(reconcile(lift(book, file, matcher.captions()), trees(), matcher, result.findings));
  result.province = merge(std::move(returns), trees(), result.findings);
  result.book = held(provincial_workbook(result.province, trees(), result.findings, {}, title));
  return result;
}

TEST(ProvincialWorkbook, IsWrittenWhateverIsTyped) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"D13", repeated("5\n", 300) + "x"}, {"E13", repeated("\n", 300) + "x"}});
  type_in(book, 1, {{"D11", repeated("a\n", 300) + "x"}});
  const Merged result = merged({{"f.xlsx", book}}, {repeated("T", 40'000), repeated("\n", 300), ""});
  EXPECT_NO_THROW(xlsx::write_workbook(result.book));
}

TEST(ProvincialWorkbook, TakesManyAgenciesWithLongNames) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"D11", xlsx::Value()}});  // a percentage without a part: the agency is named in a remark
  Findings findings;
  Matcher matcher(trees());
  std::vector<Return> returns;
  for (int i = 0; i < 300; ++i) {
    returns.push_back(reconcile(lift(book, "f.xlsx", matcher.captions()), trees(), matcher, findings));
    returns.back().file = std::to_string(i) + ".xlsx";
    returns.back().agency = std::to_string(i) + repeated(" Town\n", 300);
  }
  const Province province = merge(std::move(returns), trees(), findings);
  ASSERT_EQ(province.members.size(), 300U);
  const xlsx::Workbook written = held(provincial_workbook(province, trees(), findings, {}, {}));
  EXPECT_NO_THROW(xlsx::write_workbook(written));
  const xlsx::Cell* head = written.sheets.at(1).find({7, 1});
  ASSERT_NE(head, nullptr);
  EXPECT_EQ(utf16_length(std::get<std::string>(head->value)), 255U);
}

// The cell of the summary's figure for the visits in towns and the remark beside it.
std::pair<std::string, std::string> visits(const xlsx::Workbook& book) {
  const xlsx::Cell* cell = book.sheets.at(0).find(at("D13"));
  std::string remark;
  for (const xlsx::Cell& other : book.sheets.at(0).cells) {
    const auto* text = std::get_if<std::string>(&other.value);
    if (other.at.row == 13 && other.at.column > 4 && text != nullptr && *text != "2.1") remark += *text;
  }
  return {cell == nullptr ? "?" : book.styles.at(static_cast<std::size_t>(cell->style)).fill, remark};
}

TEST(ProvincialWorkbook, IsNotTintedByAReturnThatDoesNotCount) {
  xlsx::Workbook unread = filled_trees();
  type_in(unread, 0, {{"D13", std::string("ask Monday")}});
  const Merged alone = merged({{"old.xlsx", unread}});
  EXPECT_EQ(visits(alone.book).first, "F8CBCB");
  EXPECT_NE(visits(alone.book).second, "");
  const Merged both = merged({{"old.xlsx", unread}, {"new.xlsx", filled_trees()}});  // the second is fuller
  ASSERT_EQ(both.province.superseded, std::vector<std::string>{"old.xlsx"});
  EXPECT_EQ(visits(both.book).first, "");
  EXPECT_EQ(visits(both.book).second, "");
}

}  // namespace
}  // namespace tonghop
