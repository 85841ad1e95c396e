// The round before: found in a merged workbook whichever way its figures lie, and compared with.
#include "merge/previous.h"

#include <gtest/gtest.h>

#include "definitions.h"
#include "forms/printed_form.h"
#include "merge/province.h"

namespace tonghop {
namespace {

using testing::sheet_of;
using testing::trees;

const xlsx::Value kNone;

xlsx::Workbook book_of(xlsx::Sheet figures, const std::string& period) {
  xlsx::Workbook book;
  book.sheets = {sheet_of("Summary", {{"1.", "Planting", 5.0}}), std::move(figures),
                 sheet_of("Findings", {{"Error", "Village", "trees.planted", 99.0}}),
                 sheet_of(std::string(kIdentitySheet), {{"template", "trees-summary"}, {"period", period}})};
  return book;
}

const PreviousRound& across() {
  static const PreviousRound round =
      read_previous(book_of(sheet_of("By agency", {{kNone, "FIGURES"},
                                                   {"Indicator", "Label", "Unit", "Town", "Village  of Đông"},
                                                   {"trees.survival", "Share", "%", 0.9, kNone},
                                                   {"trees.planted", "Planted", "Trees", 10.0, 20.0},
                                                   {"trees.alive", "Alive", "Trees", "/", 1.5}}),
                            "Q1 2027"),
                    "before.xlsx", trees());
  return round;
}

std::string value(const PreviousRound& round, const std::string& agency, const std::string& indicator) {
  const PreviousValues* values = round.find(agency);
  if (values == nullptr) return "no agency";
  const auto& one = values->at(static_cast<std::size_t>(trees().catalogue.find(indicator)));
  return one ? one->to_string() : "none";
}

TEST(PreviousRound, IsReadFromTheSheetByAgency) {
  EXPECT_EQ(across().period, "Q1 2027");
  EXPECT_EQ(value(across(), "Town", "trees.planted"), "10");
  EXPECT_EQ(value(across(), "TOWN", "trees.survival"), "0.9");
  EXPECT_EQ(value(across(), "Town", "trees.alive"), "none");
  EXPECT_EQ(value(across(), "village of đông", "trees.planted"), "20");
  EXPECT_EQ(value(across(), "Village of Đông", "trees.survival"), "none");
  EXPECT_EQ(value(across(), "Village of Dông", "trees.planted"), "no agency");
  EXPECT_EQ(value(across(), "Town", "trees.all"), "none");
}

TEST(PreviousRound, IsReadWhereAgenciesRunDown) {
  const PreviousRound round =
      read_previous(book_of(sheet_of("By agency", {{"Indicator", "trees.planted", "trees.alive"},
                                                   {"Unit", "Trees", "Trees"},
                                                   {"Agency", "Planted", "Alive"},
                                                   {"Town", 10.0, 9.0},
                                                   {"Village", kNone, 8.0}}),
                            ""),
                    "before.xlsx", trees());
  EXPECT_EQ(round.period, "");
  EXPECT_EQ(value(round, "Town", "trees.alive"), "9");
  EXPECT_EQ(value(round, "Village", "trees.alive"), "8");
  EXPECT_EQ(value(round, "Village", "trees.planted"), "none");
}

TEST(PreviousRound, IsReadBesideAnyNumberOfFindings) {
  xlsx::Workbook book =
      book_of(sheet_of("By agency", {{"Indicator", "Town"}, {"trees.planted", 10.0}, {"trees.alive", 9.0}}), "");
  std::vector<std::vector<xlsx::Value>> rows;
  for (const char* const agency : {"Town", "Village", "City"}) {
    for (const char* const indicator : {"trees.planted", "trees.alive", "trees.all"})
      rows.push_back({"Error", agency, indicator, 99.0});
  }
  book.sheets[2] = sheet_of("Findings", rows);
  const PreviousRound round = read_previous(book, "before.xlsx", trees());
  EXPECT_EQ(value(round, "Town", "trees.planted"), "10");
  EXPECT_EQ(value(round, "Town", "trees.alive"), "9");
}

TEST(PreviousRound, IsRefusedWhereThereAreNoFiguresByAgency) {
  try {
    read_previous(xlsx::Workbook{.sheets = {sheet_of("Any", {{"Indicator", "Town"}, {"x", 1.0}})}}, "before.xlsx",
                  trees());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.finding().code, "previous-unknown");
    EXPECT_EQ(error.finding().place.file, "before.xlsx");
  }
}

// Members with so many trees planted and in the province.
Province province_of(const std::vector<std::string>& agencies, const std::string& period, int planted, int all) {
  Province province;
  for (const std::string& agency : agencies) {
    Member member;
    member.name = agency;
    member.answer.agency = agency;
    member.answer.form = trees().find("trees");
    member.answer.period = period;
    for (const auto& [id, number] : {std::pair("trees.planted", planted), std::pair("trees.all", all)}) {
      Observation observation;
      observation.indicator = trees().catalogue.find(id);
      observation.row = member.answer.form->mapping.row_of(observation.indicator);
      observation.place = {.file = agency + ".xlsx", .sheet = "Trees", .cell = "D10"};
      observation.status = Status::exact;
      observation.value = Decimal(number);
      member.answer.observations.push_back(observation);
    }
    province.members.push_back(std::move(member));
  }
  for (Member& member : province.members) member.observations = answers_of(member.answer, trees().catalogue);
  return province;
}

const Definitions& checked_trees() {
  static const Definitions definitions = [] {
    Sources sources = testing::trees_sources();
    sources.emplace_back("checks.xml",
                         "<checks><check id='falls' type='not-below-previous' each='trees.planted'/>"
                         "<check id='jumps' type='change' factor='3' each='trees.planted'/></checks>");
    return testing::load(sources);
  }();
  return definitions;
}

std::string codes(Province province, const PreviousRound* previous) {
  Findings findings;
  check_values(province, checked_trees(), previous, findings);
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.code + (finding.agency.empty() ? "" : " of " + finding.agency) + "\n";
    EXPECT_EQ(checked_trees().wording.sentence(finding, "vi").find('{'), std::string::npos);
  }
  return text;
}

TEST(CheckValues, ComparesWithTheRoundBefore) {
  EXPECT_EQ(codes(province_of({"Town"}, "Q2 2027", 9, 1), nullptr), "");
  EXPECT_EQ(codes(province_of({"Town"}, "Q2 2027", 11, 1), &across()), "");
  EXPECT_EQ(codes(province_of({"Town", "Village of Đông"}, "Q2 2027", 9, 1), &across()),
            "check-not-below-previous of Town\ncheck-not-below-previous of Village of Đông\n");
  EXPECT_EQ(codes(province_of({"Town"}, "Q2 2027", 31, 1), &across()), "check-change of Town\n");
}

TEST(CheckValues, SaysWhatCouldNotBeComparedWithTheRoundBefore) {
  EXPECT_EQ(codes(province_of({"Hamlet", "Town"}, "Q2 2027", 11, 1), &across()), "previous-absent\n");
  EXPECT_EQ(codes(province_of({"Town"}, "Q1 2028", 9, 1), &across()), "previous-other-year\n");
  EXPECT_EQ(codes(province_of({"Town"}, "six months", 9, 1), &across()), "previous-other-year\n");
  EXPECT_EQ(codes(province_of({"Town"}, "Report of 30/6/2027 (no. 12345)", 9, 1), &across()),
            "check-not-below-previous of Town\n");
}

TEST(CheckValues, ListsWhatDidNotHoldMemberByMember) {
  Province province = province_of({"Town", "Village of Đông"}, "Q2 2027", 9, 1);
  Findings findings;
  check_values(province, checked_trees(), &across(), findings);
  ASSERT_EQ(province.comparisons.size(), 2U);
  EXPECT_EQ(province.comparisons[0].agency, "Town");
  EXPECT_EQ(province.comparisons[1].agency, "Village of Đông");
  EXPECT_EQ(province.comparisons[1].expected, Decimal(20));
  EXPECT_EQ(province.comparisons[1].difference, Decimal(-11));
}

}  // namespace
}  // namespace tonghop
