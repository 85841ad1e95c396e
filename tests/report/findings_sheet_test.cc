// The sheet of findings as plain values: what each row shows and carries, and that decisions stand where they belong.
#include "report/findings_sheet.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "held.h"
#include "merge/settle.h"
#include "report/provincial.h"
#include "report/tables.h"
#include "returns.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// A merge of one return in which the trees planted are doubtful and the visits in towns unreadable.
struct Report {
  Province province;
  Findings findings;
  xlsx::Workbook book;
};

Report report(const std::vector<Decision>& decisions) {
  Report result;
  Matcher matcher(trees());
  xlsx::Workbook form = filled_trees();
  type_in(form, 0, {{"D10", std::string("10 or 12")}, {"D13", std::string("ask Monday")}});
  type_in(form, 1, {{"D12", xlsx::Value()}});  // what an authority should say
  std::vector<Return> returns;
  returns.push_back(reconcile(lift(form, "t.xlsx", matcher.captions()), trees(), matcher, result.findings));
  result.province = gather(std::move(returns), trees(), result.findings);
  settle(result.province, decisions, trees(), result.findings);
  total(result.province, trees(), result.findings);
  conclude(result.province, trees(), result.findings);
  sort_findings(result.findings, trees().wording);
  result.book = held(provincial_workbook(result.province, trees(), result.findings, {}, {}));
  expect_sentences(result.findings, trees());
  return result;
}

const xlsx::Sheet& findings_sheet(const xlsx::Workbook& book) {
  for (const xlsx::Sheet& sheet : book.sheets) {
    if (sheet.name == "Findings") return sheet;
  }
  throw std::runtime_error("no sheet of findings");
}

// The texts of a row, hidden columns in brackets: "Error|Town|...".
std::string row_text(const xlsx::Sheet& sheet, int row, int first, int last) {
  std::string text;
  for (int column = first; column <= last; ++column) {
    text += (column == first ? "" : "|") + text_at(sheet, xlsx::column_name(column) + std::to_string(row));
  }
  return text;
}

// What a coordinator types into the row of this finding.
Decision typed(const Report& report, const std::string& code, xlsx::Value value, const std::string& by = "Lan") {
  const Subjects subjects(report.province, trees().catalogue);
  for (const Finding& finding : report.findings) {
    if (finding.code != code) continue;
    Decision one;
    one.subject = subjects.of(finding);
    one.value.value = std::move(value);
    one.waived = one.value.value == xlsx::Value(std::string("waive"));
    one.reason = "letter";
    one.by = by;
    return one;
  }
  throw std::runtime_error("no finding " + code);
}

TEST(FindingsSheet, CarriesWhatEachRowIsAbout) {
  const Report open = report({});
  const xlsx::Sheet& sheet = findings_sheet(open.book);
  EXPECT_EQ(
      row_text(sheet, 4, 1, 17),
      "Severity|Agency|File|Sheet, cell|Indicator|Typed|Read as|What it is and what to do|#code|#agency|#indicator|"
      "#typed|#ground|Settled value|Reason|Settled by|State");
  EXPECT_EQ(row_text(sheet, 5, 1, 7), "Error|Town|t.xlsx|Trees, D10|Trees planted|10 or 12|");
  EXPECT_EQ(row_text(sheet, 5, 9, 17), "value-ambiguous|Town|trees.planted|10 or 12|10 / 12||||Open");
  EXPECT_EQ(row_text(sheet, 6, 9, 12), "value-unreadable|Town|care.towns.visits|ask Monday");
  ASSERT_GE(sheet.links.size(), 2U);
  EXPECT_EQ(to_string(sheet.links[0].at), "E5");
  EXPECT_EQ(sheet.links[0].location, "'By agency'!D6");
  EXPECT_EQ(sheet.filter->last.column, 17);  // hidden columns are sorted with the rest
  for (const xlsx::ColumnFormat& column : sheet.columns)
    EXPECT_EQ(column.hidden, column.first >= 9 && column.first <= 13);
}

TEST(FindingsSheet, ShowsWhoSettledWhatBehindWhatIsOpen) {
  const Report open = report({});
  const Report done = report({typed(open, "value-ambiguous", std::string("12"))});
  const xlsx::Sheet& sheet = findings_sheet(done.book);
  EXPECT_EQ(row_text(sheet, 5, 9, 9), "value-unreadable");
  EXPECT_EQ(row_text(sheet, 6, 9, 17),
            "value-ambiguous|Town|trees.planted|10 or 12|10 / 12|12|letter|Lan|Settled: 12 (Lan)");
  const auto color = [&](const char* cell) {
    return done.book.styles.at(static_cast<std::size_t>(sheet.find(at(cell))->style)).color;
  };
  EXPECT_EQ(color("B5"), "");
  EXPECT_EQ(color("B6"), "808080");
  const Report waived = report({typed(open, "value-ambiguous", std::string("waive"))});
  EXPECT_EQ(row_text(findings_sheet(waived.book), 6, 14, 17), "waive|letter|Lan|Waived (Lan)");
}

TEST(FindingsSheet, SaysInTheRowItselfWhyADecisionIsNotApplied) {
  const Report open = report({});
  const Report not_read = report({typed(open, "value-ambiguous", std::string("about 12"))});
  const xlsx::Sheet& sheet = findings_sheet(not_read.book);
  EXPECT_EQ(row_text(sheet, 5, 14, 17),
            "about 12|letter|Lan|Not applied\n“Trees planted”: the settled value “about 12” cannot be read (Trees), so "
            "that it is not applied. Type it plainly, or “waive”.");
  EXPECT_EQ(text_at(sheet, "I7"), "");  // no row of its own
}

TEST(FindingsSheet, KeepsTheRowOfADecisionThatIsOutdated) {
  const Report open = report({});
  Decision old = typed(open, "value-ambiguous", std::string("12"));
  old.subject.typed = "9 or 12";
  const Report later = report({old});
  const xlsx::Sheet& sheet = findings_sheet(later.book);
  EXPECT_EQ(row_text(sheet, 5, 9, 17), "value-ambiguous|Town|trees.planted|10 or 12|10 / 12||||Open");
  EXPECT_EQ(row_text(sheet, 7, 9, 17), "value-ambiguous|Town|trees.planted|9 or 12|10 / 12|12|letter|Lan|Not applied");
}

TEST(FindingsSheet, IsReadBackAsItWasTyped) {
  const Report open = report({});
  for (const xlsx::Value& value :
       {xlsx::Value(std::string("12")), xlsx::Value(12.0), xlsx::Value(7.029), xlsx::Value(std::string("waive"))}) {
    const Report once = report({typed(open, "value-ambiguous", value, "")});
    Findings findings;
    const std::vector<Decision> back = read_decisions(once.book, "p.xlsx", trees(), findings);
    EXPECT_EQ(codes(findings), "");
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].subject, typed(open, "value-ambiguous", value).subject);
    EXPECT_EQ(back[0].value.value, value);
    EXPECT_EQ(back[0].reason + "|" + back[0].by, "letter|");
  }
}

TEST(FindingsSheet, IsWrittenWithItsPromptsAndCanBeEmpty) {
  const Report open = report({});
  EXPECT_NO_THROW(xlsx::write_workbook(open.book));
  for (const std::string id : {"decisions.value.prompt", "decisions.by.prompt", "decisions.reason.prompt"}) {
    for (const std::string lang : {"vi", "en"}) EXPECT_LE(utf16_length(trees().wording.text(id, lang)), 255U) << id;
  }
  xlsx::Workbook book;
  add_findings_sheet(book, {}, {}, trees(), "en");
  EXPECT_EQ(text_at(book.sheets.at(0), "A5"), "Nothing needs a look.");
  EXPECT_NO_THROW(xlsx::write_workbook(book));
}

}  // namespace
}  // namespace tonghop
