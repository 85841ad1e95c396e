// The sheet by agency as plain values, in both directions: where figures stand, their notes and their looks.
#include "report/agency_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "held.h"
#include "returns.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// So many agencies; the first typed the second answer of each of its kinds in words. Figures made up.
struct Sheet {
  Province province;
  xlsx::Workbook book;
  AgencyGrid grid;

  const xlsx::Sheet& sheet() const { return book.sheets.at(0); }
  const xlsx::Cell& cell(const std::string& indicator, int member) const {
    return *sheet().find(grid.at(trees().catalogue.find(indicator), member));
  }
  std::string fill(const std::string& indicator, int member) const {
    return book.styles.at(static_cast<std::size_t>(cell(indicator, member).style)).fill;
  }
  std::string note(const std::string& indicator, int member) const {
    for (const xlsx::Comment& comment : sheet().comments) {
      if (comment.at == cell(indicator, member).at) return comment.text;
    }
    return "";
  }
};

Sheet of(int agencies) {
  Sheet result;
  Matcher matcher(trees());
  Findings findings;
  std::vector<Return> returns;
  for (int i = 0; i < agencies; ++i) {
    xlsx::Workbook form = filled_trees("Town " + std::to_string(1000 + i));
    if (i == 0) {
      type_in(form, 0, {{"D10", std::string("10 apples or 12")}, {"D13", std::string("21 visits")}});
      type_in(form, 1, {{"D9", std::string("75,5%")}});
    }
    const std::string file = std::to_string(i) + ".xlsx";
    returns.push_back(reconcile(lift(form, file, matcher.captions()), trees(), matcher, findings));
  }
  result.province = gather(std::move(returns), trees(), findings);
  total(result.province, trees(), findings);
  if (agencies > 1) {
    result.province.members[1].observations[0] = nullptr;  // as a form that does not ask
    Decision decision;
    decision.reason = "letter";
    result.province.decisions = {decision};
    Observation& settled = result.province.members[1].answer.observations.at(2);
    settled.status = Status::settled;
    settled.raw = "8 or 9";
    settled.decision = 0;
  }
  add_agency_sheet(result.book, result.province, trees(), "en");
  result.book = held(std::move(result.book));
  result.grid = agency_grid(result.province, trees().wording, "en");
  return result;
}

TEST(AgencyGrid, NamesTheSameFiguresInBothDirections) {
  AgencyGrid grid{"By agency", 3, false};
  EXPECT_EQ(grid.range(0), "'By agency'!$D$5:$F$5");
  EXPECT_EQ(grid.cell(1, 2), "'By agency'!$F$6");
  EXPECT_EQ(grid.location(1, 2), "'By agency'!F6");
  grid.down = true;
  EXPECT_EQ(grid.range(0), "'By agency'!$B$7:$B$9");
  EXPECT_EQ(grid.cell(1, 2), "'By agency'!$C$9");
}

TEST(AgencySheet, TurnsWhenThereAreManyAgencies) {
  for (const int agencies : {0, 2, kMostAgenciesAcross, kMostAgenciesAcross + 1}) {
    SCOPED_TRACE(agencies);
    const Sheet result = of(agencies);
    EXPECT_EQ(result.grid.down, agencies > kMostAgenciesAcross);
    EXPECT_NO_THROW(xlsx::write_workbook(result.book));
    for (int m = 0; m < agencies; m += 199) {
      EXPECT_EQ(result.cell("care.villages.visits", m).value, xlsx::Value(31.0));
      const xlsx::Address at = result.cell("care.villages.visits", m).at;
      const std::string name = "Town " + std::to_string(1000 + m);
      EXPECT_EQ(text_at(result.sheet(),
                        result.grid.down ? "A" + std::to_string(at.row) : to_string(xlsx::Address{4, at.column})),
                name);
    }
    const xlsx::Sheet& sheet = result.sheet();
    EXPECT_EQ(sheet.filter->first.row, sheet.frozen_rows);
    EXPECT_EQ(sheet.filter->last, sheet.cells.back().at);
  }
}

TEST(AgencySheet, NotesWhatWasTypedWhereTheFigureIsNotExact) {
  for (const int agencies : {2, kMostAgenciesAcross + 1}) {
    const Sheet result = of(agencies);
    EXPECT_EQ(result.note("trees.planted", 0),
              "Typed: 10 apples or 12\nRead as: — (doubtful, not used)\nFrom: 0.xlsx [Trees] D10");
    EXPECT_EQ(result.fill("trees.planted", 0), "F8CBCB");
    EXPECT_EQ(result.note("care.towns.visits", 0),
              "Typed: 21 visits\nRead as: 21 (normalized)\nFrom: 0.xlsx [Trees] D13");
    EXPECT_EQ(result.note("care.villages.visits", 0), "");
    EXPECT_EQ(result.note("trees.planted", 1), "");
    EXPECT_EQ(
        result.note("trees.alive", 1),
        "Typed: 8 or 9\nRead as: 9 (settled by the coordinator)\nFrom: 1.xlsx [Trees] D11\nSettled by: —\nReason: "
        "letter");
    EXPECT_EQ(result.fill("trees.alive", 1), "E2EFDA");
    EXPECT_EQ(result.fill("trees.alive", 0), "");
    EXPECT_EQ(result.fill("trees.survival", 1), "E7E6E6");
    EXPECT_TRUE(std::is_sorted(result.sheet().comments.begin(), result.sheet().comments.end(),
                               [](const xlsx::Comment& a, const xlsx::Comment& b) { return a.at < b.at; }));
  }
}

}  // namespace
}  // namespace tonghop
