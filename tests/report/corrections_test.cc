// What an agency is asked to mend, and its workbook with the marks, as plain values.
#include "report/corrections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "report/correction_copy.h"
#include "report/correction_sheet.h"
#include "report/list_sheet.h"
#include "returns.h"
#include "xlsx/package.h"
#include "xlsx/package_copy.h"
#include "xlsx/reader.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing
using ::testing::HasSubstr;
using ::testing::Not;

struct Asked {
  Province province;
  Findings findings;
  std::vector<Correction> corrections;
};

// A merge of these workbooks, "a.xlsx", "b.xlsx", ..., with further findings and sources.
Asked asked(const std::vector<xlsx::Workbook>& books, const Findings& more = {},
            const std::vector<SourceFile>& sources = {}) {
  Asked result;
  Matcher matcher(trees());
  std::vector<Return> returns;
  std::string file = "a.xlsx";
  for (const xlsx::Workbook& book : books) {
    returns.push_back(reconcile(lift(book, file, matcher.captions()), trees(), matcher, result.findings));
    ++file[0];
  }
  result.province = merge(std::move(returns), trees(), result.findings);
  result.findings.insert(result.findings.end(), more.begin(), more.end());
  result.corrections = corrections_of(result.province, result.findings, sources, trees());
  return result;
}

// "error D10 10 or 12", one line each.
std::string items(const Correction& correction) {
  std::string text;
  for (const CorrectionItem& item : correction.items) {
    text += std::string(to_string(item.severity)) + " " + sheet_and_cell(item.place) + (item.raw.empty() ? "" : " ") +
            item.raw + "\n";
  }
  return text;
}

xlsx::Workbook doubtful(const std::string& agency) {
  xlsx::Workbook book = filled_trees(agency);
  type_in(book, 0, {{"D10", std::string("10 or 12")}, {"D13", std::string("ask Monday")}});
  return book;
}

TEST(Corrections, AreTheOpenFindingsOfEachAgency) {
  const Asked one = asked({doubtful("Town"), filled_trees("Village")});
  ASSERT_EQ(one.corrections.size(), 1U);
  const Correction& town = one.corrections.front();
  EXPECT_EQ(town.name, "Town");
  EXPECT_EQ(town.files, std::vector<std::string>{"a.xlsx"});
  EXPECT_EQ(items(town), "error Trees, D10 10 or 12\nerror Trees, D13 ask Monday\n");
  EXPECT_EQ(town.errors, 2);
  EXPECT_EQ(town.warnings, 0);
  EXPECT_EQ(town.items[0].subject, "- Trees planted");
  EXPECT_EQ(town.items[0].expected, "Type a whole number, 0 or more.");
  EXPECT_THAT(letter_line(town.items[0]), HasSubstr("Trees, D10: "));
}

TEST(Corrections, LeaveOutWhatIsDecidedNotedOrTheOffices) {
  Finding settled{.code = "value-ambiguous", .place = {"a.xlsx", "Trees", "D10", 0, 0}, .agency = "Town"};
  settled.state = Finding::State::settled;
  const Finding noted{.code = "value-not-yet", .place = {"a.xlsx", "Trees", "D10", 0, 0}, .agency = "Town"};
  const Finding copied{.code = "return-copied", .place = {.file = "a.xlsx"}, .agency = "Town"};
  const Finding unlisted{.code = "agency-unlisted", .place = {.file = "a.xlsx"}, .agency = "Town"};
  const Finding other{.code = "value-ambiguous", .place = {"z.xlsx", "Trees", "D10", 0, 0}, .agency = "Town"};
  EXPECT_TRUE(asked({filled_trees()}, {settled, noted, copied, unlisted, other}).corrections.empty());
}

TEST(Corrections, TellBlanksCellByCell) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"D13", xlsx::Value()}, {"D16", xlsx::Value()}});
  Asked one = asked({book});
  for (const char* owed : {"care.towns.visits", "care.villages.visits"})
    one.province.figures[static_cast<std::size_t>(trees().catalogue.find(owed))].missing = {0};
  one.findings.push_back({.code = "values-missing", .place = {.file = "a.xlsx"}, .agency = "Town"});
  const std::vector<Correction> corrections = corrections_of(one.province, one.findings, {}, trees());
  ASSERT_EQ(corrections.size(), 1U);
  EXPECT_EQ(items(corrections[0]), "warning Trees, D13\nwarning Trees, D16\n");
  EXPECT_EQ(corrections[0].warnings, 2);  // cells, though one finding tells of them
  EXPECT_EQ(corrections[0].items[0].problem, "The cell is empty.");
}

TEST(Corrections, TellAnAgencyOfItsRefusedFileOnlyWhereNothingElseCounts) {
  SourceFile refused, besides;
  refused.path = "p.pdf";
  refused.agency = "Harbour";
  besides.path = "q.pdf";
  besides.agency = "Town";
  const Findings findings = {{.code = "file-pdf", .place = {.file = "p.pdf"}},
                             {.code = "file-pdf", .place = {.file = "q.pdf"}}};
  const Asked one = asked({filled_trees("Town")}, findings, {refused, besides});
  ASSERT_EQ(one.corrections.size(), 1U);
  EXPECT_EQ(one.corrections[0].name, "Harbour");
  EXPECT_TRUE(one.corrections[0].files.empty());
  EXPECT_EQ(one.corrections[0].errors, 1);
  EXPECT_THAT(letter_line(one.corrections[0].items.at(0)), HasSubstr("The file is a PDF."));
}

TEST(CorrectionCopy, ComesBackAsTheSameReturn) {
  const xlsx::Workbook book = doubtful("Town");
  const std::string bytes = xlsx::write_workbook(book);
  const Asked one = asked({book});
  Findings said;
  const std::string copy = correction_copy(bytes, "a.xlsx", one.corrections.at(0), nullptr, trees(), {}, said);
  EXPECT_EQ(codes(said), "");
  Findings known;
  const xlsx::Workbook back = xlsx::read_workbook(copy, "b.xlsx", known);
  EXPECT_TRUE(is_corrections_sheet(back.sheets.front()));
  const ReadBack before = read_back(book, trees());
  const ReadBack after = read_back(back, trees());
  EXPECT_EQ(after.values, before.values);
  EXPECT_EQ(after.findings, before.findings);
  // What the hidden columns remember of the cells' looks.
  const std::vector<FormerFill> fills = former_fills(back.sheets.front());
  ASSERT_EQ(fills.size(), 2U);
  EXPECT_EQ(fills[0].sheet + " " + to_string(fills[0].at), "Trees D10");
  EXPECT_THAT(fills[0].fill, HasSubstr(kInputFill));
}

// The copy of a workbook that has one item about this cell.
std::string copied(const std::string& bytes, const std::string& cell) {
  Correction correction;
  correction.lang = "en";
  correction.files = {"a.xlsx"};
  CorrectionItem item;
  item.place = {"a.xlsx", "Trees", cell, 0, 0};
  item.problem = "odd";
  correction.items = {item};
  Findings said;
  return correction_copy(bytes, "a.xlsx", correction, nullptr, trees(), {}, said);
}

TEST(CorrectionCopy, RemembersTheCellOfMergedOnesThatIsTinted) {
  xlsx::Workbook book = filled_trees();
  book.sheets[0].merges.push_back({{40, 3}, {40, 4}});
  Findings said;
  const std::string copy = copied(xlsx::write_workbook(book), "D40");
  const std::vector<FormerFill> fills = former_fills(xlsx::read_workbook(copy, "a.xlsx", said).sheets.front());
  ASSERT_EQ(fills.size(), 1U);
  EXPECT_EQ(to_string(fills[0].at), "C40");
}

TEST(CorrectionCopy, PutsBackNoFillThatIsNone) {
  const std::string came = copied(xlsx::write_workbook(filled_trees()), "D10");
  xlsx::Package package(came, "a.xlsx");
  std::map<std::string, std::string> forged;
  for (const std::string& name : package.names()) {
    std::string text = package.read(name).value_or("");
    const std::size_t at = text.find("&lt;fill&gt;");
    if (at == std::string::npos) continue;
    text.replace(at, text.find('<', at) - at, "&lt;x/&gt;&lt;/fills&gt;&lt;fills&gt;");
    forged.emplace(name, text);
  }
  ASSERT_EQ(forged.size(), 1U);
  Findings said;
  const std::string copy = copied(xlsx::copy_package(came, forged), "D13");
  EXPECT_THAT(xlsx::Package(copy, "a.xlsx").read("xl/styles.xml").value_or(""), Not(HasSubstr("<x/>")));
}

TEST(CorrectionCopy, MakesNoneOfAnOldFormat) {
  Correction correction;
  correction.lang = "en";
  Findings said;
  EXPECT_THROW(correction_copy("\xD0\xCF\x11\xE0", "a.xls", correction, nullptr, trees(), {}, said), Error);
  const std::string list = correction_list("a.xls", correction, nullptr, trees());
  Findings known;
  EXPECT_EQ(xlsx::read_workbook(list, "l.xlsx", known).sheets.at(0).name, "To correct");
}

TEST(CorrectionFindings, HaveTheirSentences) {
  expect_sentences({{.code = "copy-unmarked", .place = {.file = "a"}, .details = {{"problem", "x"}}, .agency = "T"},
                    {.code = "copy-signature", .place = {.file = "a"}, .agency = "T"},
                    {.code = "copy-conversation", .place = {.file = "a"}, .details = {{"count", "1"}}, .agency = "T"},
                    {.code = "copy-outdated", .place = {.file = "a"}, .agency = "T"}},
                   trees());
}

}  // namespace
}  // namespace tonghop
