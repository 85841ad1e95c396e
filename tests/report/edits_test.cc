// Figures corrected by hand in an earlier report are told, in both directions of the sheet. All figures are made up.
#include "report/edits.h"

#include <gtest/gtest.h>

#include "held.h"
#include "report/agency_sheet.h"
#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

const std::string kHash(64, 'a');

struct Case {
  Province province;
  std::vector<SourceFile> sources;
  xlsx::Workbook book;
  xlsx::Cell& cell(const std::string& indicator) {
    const AgencyGrid grid = agency_grid(province, trees().wording, "en");
    return book.sheets.at(0).cell(grid.at(trees().catalogue.find(indicator), 0));
  }
  std::string lost() const {
    Findings findings;
    report_lost_edits(read_figures(book, "p.xlsx", trees()), province, sources, trees(), findings);
    expect_sentences(findings, trees());
    std::string text;
    for (const Finding& finding : findings) {
      text += finding.code + " " + finding.agency + " " + finding.indicator + " " + finding.raw + "; ";
    }
    return text;
  }
};

Case merged(int agencies) {
  Case result;
  Matcher matcher(trees());
  Findings findings;
  std::vector<Return> returns;
  for (int i = 0; i < agencies; ++i) {
    const std::string file = std::to_string(i) + ".xlsx";
    returns.push_back(reconcile(lift(filled_trees("Town " + std::to_string(1000 + i)), file, matcher.captions()),
                                trees(), matcher, findings));
    SourceFile source;
    source.state = SourceFile::State::used;
    source.path = file;
    source.bytes = 1;
    source.sha256 = kHash;
    source.values = 1;
    result.sources.push_back(std::move(source));
  }
  result.province = gather(std::move(returns), trees(), findings);
  total(result.province, trees(), findings);
  add_agency_sheet(result.book, result.province, trees(), "en");
  result.book = held(std::move(result.book));
  result.book.sheets.push_back(sheet_of("sources", {{kHash}}));
  return result;
}

TEST(LostEdits, AreFiguresThatAreOthersThoughTheFileIsTheSame) {
  for (const int agencies : {1, 3, kMostAgenciesAcross + 1}) {
    SCOPED_TRACE(agencies);
    Case one = merged(agencies);
    EXPECT_EQ(one.lost(), "");
    one.cell("trees.planted").value = 12.0;
    one.cell("care.towns.visits").value = xlsx::Value();
    one.cell("care.towns.water").value = 22.500000000000004;  // as written with 15 digits
    one.cell("opinion.else").value = std::string(" nothing ");
    one.cell("trees.survival").value = 0.5;  // computed from its parts
    const std::string first = "edit-lost Town 1000 trees.planted 12; ";
    const std::string second = "edit-lost Town 1000 care.towns.visits —; ";
    const std::string lost = one.lost();
    EXPECT_EQ(lost.size(), first.size() + second.size());
    EXPECT_NE(lost.find(first), std::string::npos) << lost;
    EXPECT_NE(lost.find(second), std::string::npos) << lost;
    one.sources[0].sha256 = std::string(64, 'b');  // the agency sent another file
    EXPECT_EQ(one.lost(), "");
  }
}

// Its values were not in the earlier report, so that nobody can have corrected them there.
TEST(LostEdits, AreNoneOfAFileThatWasSetAsideBefore) {
  for (const char* lang : {"vi", "en"}) {
    for (const auto& [state, lost] :
         {std::pair("state.used", true), {"state.superseded", false}, {"state.refused", false}}) {
      Case one = merged(1);
      one.cell("trees.planted").value = 12.0;
      one.book.sheets.back() = sheet_of("sources", {{std::string("0.xlsx"), trees().wording.text(state, lang), kHash}});
      EXPECT_EQ(one.lost().empty(), !lost) << state;
    }
  }
}

TEST(LostEdits, AreNoneWhereTheValueIsDecidedOn) {
  Case one = merged(1);
  one.cell("trees.planted").value = 12.0;
  Decision decision;
  decision.subject = {"value-ambiguous", "Town 1000", "trees.planted", "", ""};
  one.province.decisions.push_back(decision);
  EXPECT_EQ(one.lost(), "");
}

TEST(LostEdits, AreNoneWithoutASheetByAgency) {
  EXPECT_EQ(read_figures(xlsx::Workbook{}, "p.xlsx", trees()).by_agency.size(), 0U);
  xlsx::Workbook book;
  book.sheets.push_back(sheet_of("other", {{std::string("Indicator"), std::string("x")}, {std::string("y")}}));
  EXPECT_EQ(read_figures(book, "p.xlsx", trees()).by_agency.size(), 0U);
}

}  // namespace
}  // namespace tonghop
