// Decisions read from a sheet, applied to what agencies typed, and accounted for. All figures are made up.
#include "merge/decisions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "merge/settle.h"
#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

const std::vector<xlsx::Value> kHeader = {std::string("Agency"),    std::string("Indicator"),     std::string("#code"),
                                          std::string("#agency"),   std::string("#indicator"),    std::string("#typed"),
                                          std::string("#ground"),   std::string("Settled value"), std::string("Reason"),
                                          std::string("Settled by")};

std::vector<xlsx::Value> row_of(const std::vector<std::string>& cells) {
  std::vector<xlsx::Value> row;
  for (const std::string& cell : cells) row.push_back(cell.empty() ? xlsx::Value() : xlsx::Value(cell));
  return row;
}

// A row about what "Town" typed for the planted trees.
std::vector<xlsx::Value> planted(const std::string& value, const std::string& reason = "letter",
                                 const std::string& by = "Lan") {
  return row_of(
      {"Town", "Trees planted", "value-ambiguous", "Town", "trees.planted", "about 7,000", "", value, reason, by});
}

struct Lifted {
  std::vector<Decision> decisions;
  std::string findings;
};

Lifted lifted(const std::vector<std::vector<xlsx::Value>>& rows) {
  xlsx::Workbook book;
  book.sheets.push_back(sheet_of("other", {{std::string("Agency"), std::string("Indicator")}}));
  book.sheets.push_back(sheet_of("findings", rows));
  Findings findings;
  Lifted result{read_decisions(book, "p.xlsx", trees(), findings), ""};
  result.findings = codes(findings);
  expect_sentences(findings, trees());
  return result;
}

TEST(ReadDecisions, FindsColumnsByTheirCaptions) {
  std::vector<xlsx::Value> header = kHeader;
  std::vector<xlsx::Value> row = planted("7000");
  std::reverse(header.begin(), header.end());
  std::reverse(row.begin(), row.end());
  const Lifted result = lifted({{}, {}, header, {}, row});
  EXPECT_EQ(result.findings, "");
  ASSERT_EQ(result.decisions.size(), 1U);
  EXPECT_EQ(result.decisions[0].subject.typed, "about 7,000");
  EXPECT_EQ(result.decisions[0].place.cell, "C5");
  EXPECT_EQ(lifted({kHeader, planted("", "ask again", "")}).decisions.at(0).value.value, xlsx::Value());
}

TEST(ReadDecisions, LeavesOutRowsInWhichNothingWasTyped) {
  const Lifted result = lifted({{}, kHeader, planted("", "", ""), planted("  ", "", ""), planted("7000")});
  EXPECT_EQ(result.findings, "");
  ASSERT_EQ(result.decisions.size(), 1U);
  const Decision& one = result.decisions[0];
  EXPECT_EQ(one.subject, (Subject{"value-ambiguous", "Town", "trees.planted", "about 7,000", ""}));
  EXPECT_EQ(one.value.value, xlsx::Value(std::string("7000")));
  EXPECT_EQ(one.reason + one.by, "letterLan");
  EXPECT_EQ(one.place, (Place{.file = "p.xlsx", .sheet = "findings", .cell = "H5"}));
  EXPECT_FALSE(one.waived || one.applied);
}

TEST(ReadDecisions, KnowsTheWordsToWaiveWith) {
  for (const std::string word : {"bỏ qua", "Bỏ Qua ", "waive", "BO QUA"}) {
    const Lifted result = lifted({kHeader, planted(word)});
    EXPECT_EQ(result.decisions.at(0).waived, word != "BO QUA") << word;
  }
}

TEST(ReadDecisions, TellsOfRowsThatLostWhatTheyAreAbout) {
  const auto without = [](std::size_t column, const std::string& text) {
    std::vector<xlsx::Value> row = planted("7000");
    row[column] = text.empty() ? xlsx::Value() : xlsx::Value(text);
    return row;
  };
  EXPECT_EQ(lifted({kHeader, without(2, "")}).findings, "decision-lost H2\n");
  EXPECT_EQ(lifted({kHeader, without(2, "no-such-code")}).findings, "decision-lost H2\n");
  EXPECT_EQ(lifted({kHeader, without(0, "Village")}).findings, "decision-lost H2\n");  // the shown cells were moved
  EXPECT_EQ(lifted({kHeader, without(1, "Water in towns")}).findings, "decision-lost H2\n");
  EXPECT_EQ(lifted({kHeader, without(0, "TOWN")}).findings, "");
  std::vector<xlsx::Value> header = kHeader;
  header[6] = xlsx::Value();
  EXPECT_EQ(lifted({header, planted("7000")}).findings, "decision-lost H2\n");
  EXPECT_EQ(lifted({{std::string("Agency")}}).findings, "decisions-missing\n");
}

TEST(Fingerprint, IsOneShortLine) {
  EXPECT_EQ(fingerprint(" a\n b "), "a b");
  const std::string many(300, 'x');
  EXPECT_LT(utf16_length(fingerprint(many)), 300U);
  EXPECT_NE(fingerprint(many), fingerprint(many + "y"));
  EXPECT_EQ(fingerprint(many), fingerprint(many));
}

// Town typed this for its planted trees, 9 for those alive; the form computes the share.
Return answer(const std::string& agency, const std::string& typed, Status status, const std::string& file = "t.xlsx") {
  Return one = blank_return(trees(), agency, file);
  for (Observation& observation : one.observations) {
    const std::string& id = trees().catalogue[observation.indicator].id;
    if (id == "trees.survival") observation.computed = true;
    if (id == "trees.planted") {
      observation.raw = typed;
      observation.status = status;
      if (has_value(status)) observation.value = Decimal::parse(typed).value_or(10);
    }
    if (id == "trees.alive") {
      observation.raw = "9";
      observation.status = Status::exact;
      observation.value = Decimal(9);
    }
  }
  return one;
}

Finding doubt(const std::string& raw, const std::string& candidates = "7 / 7000") {
  Finding finding;
  finding.code = "value-ambiguous";
  finding.place = {.file = "t.xlsx", .sheet = "Trees", .cell = "D10"};
  finding.details = {{"number", "1"}, {"caption", "Trees"}, {"candidates", candidates}};
  finding.agency = "Town";
  finding.indicator = "trees.planted";
  finding.raw = raw;
  return finding;
}

Decision decided(const Subject& subject, xlsx::Value value, const std::string& reason = "letter",
                 const std::string& by = "Lan") {
  Decision one;
  one.subject = subject;
  one.value.value = std::move(value);
  one.waived = one.value.value == xlsx::Value(std::string("waive"));
  one.reason = reason;
  one.by = by;
  one.place = {.file = "p.xlsx", .sheet = "findings", .cell = "H5"};
  return one;
}

const Subject kDoubt = {"value-ambiguous", "Town", "trees.planted", "about 7,000", "7 / 7000"};

// What is left of the doubt about "about 7,000" after these decisions: "settled 7000; settled; " and other codes.
struct Settled {
  Province province;
  Findings findings;

  const Observation& planted() const {
    return *province.members.at(0).observations.at(static_cast<std::size_t>(trees().catalogue.find("trees.planted")));
  }
  std::string text() const {
    constexpr std::array<const char*, 3> kStates = {"open", "settled", "waived"};
    std::string text = std::string(to_string(planted().status));
    if (planted().value) text += " " + planted().value->to_string();
    for (const Finding& finding : findings) {
      text += "; " + finding.code + " " + kStates.at(static_cast<std::size_t>(finding.state));
    }
    return text;
  }
};

Settled settled(const std::vector<Decision>& decisions, const std::string& typed = "about 7,000",
                bool doubtful = true) {
  Settled result;
  if (doubtful) result.findings.push_back(doubt(typed));
  result.province =
      gather({answer("Town", typed, doubtful ? Status::ambiguous : Status::exact)}, trees(), result.findings);
  settle(result.province, decisions, trees(), result.findings);
  total(result.province, trees(), result.findings);
  conclude(result.province, trees(), result.findings);
  expect_sentences(result.findings, trees());
  return result;
}

TEST(Settle, PutsTheValueInPlaceOfWhatWasTyped) {
  const Settled result = settled({decided(kDoubt, std::string("7.000"))});
  EXPECT_EQ(result.text(), "settled 7000; value-ambiguous settled");
  EXPECT_EQ(result.planted().raw, "about 7,000");
  EXPECT_EQ(result.planted().decision, 0);
  EXPECT_EQ(result.findings[0].decision, 0);
  EXPECT_TRUE(result.province.decisions.at(0).applied);
  EXPECT_EQ(settled({}).text(), "ambiguous; value-ambiguous open");
}

TEST(Settle, KnowsTheDigitsOfTheSettledPercentage) {
  Subject subject = kDoubt;
  subject.indicator = "trees.survival";
  subject.typed = "";
  const Settled result = settled({decided(subject, std::string("90,25%"))});
  const Observation& share = *result.province.members.at(0).observations.at(
      static_cast<std::size_t>(trees().catalogue.find("trees.survival")));
  EXPECT_EQ(share.value.value_or(0), Decimal::parse("0.9025").value());
  EXPECT_EQ(share.decimals, 2);  // not those of what was typed
}

TEST(Settle, FollowsANameHoweverItIsWritten) {
  Subject subject = kDoubt;
  subject.agency = "TOWN ";
  EXPECT_EQ(settled({decided(subject, 7000.0)}).text(), "settled 7000; value-ambiguous settled");
}

TEST(Settle, ComputesPercentagesFromTheSettledPart) {
  const auto share = [](const Settled& result) {
    const Observation* found = result.province.members.at(0).observations.at(
        static_cast<std::size_t>(trees().catalogue.find("trees.survival")));
    return found->value ? found->value->to_string() : "none";
  };
  EXPECT_EQ(share(settled({})), "none");
  EXPECT_EQ(share(settled({decided(kDoubt, 10.0)})), "0.9");
  EXPECT_EQ(share(settled({decided(kDoubt, 0.0)})), "none");
}

TEST(Settle, AppliesNothingThatIsNotPlain) {
  for (const xlsx::Value& value :
       {xlsx::Value(std::string("about 7,000")), xlsx::Value(std::string("7 apples")), xlsx::Value(std::string("/")),
        xlsx::Value(-1.0), xlsx::Value(7.029), xlsx::Value(true), xlsx::Value(xlsx::ErrorValue{"#N/A"})}) {
    EXPECT_EQ(settled({decided(kDoubt, value)}).text(), "ambiguous; value-ambiguous open; decision-unreadable open");
  }
  Subject nowhere{"return-empty", "Town", "", "", ""};
  EXPECT_EQ(settled({decided(nowhere, 5.0)}).text(), "ambiguous; value-ambiguous open; decision-unreadable open");
}

TEST(Settle, AppliesNothingToWhatTheAgencyTypedSince) {
  EXPECT_EQ(settled({decided(kDoubt, 7000.0)}, "about 9,000").text(),
            "ambiguous; value-ambiguous open; decision-outdated open");
  const Settled result = settled({decided(kDoubt, 7000.0)}, "12", false);
  EXPECT_EQ(result.text(), "exact 12; decision-outdated open");
  EXPECT_EQ(trees().wording.sentence(result.findings.at(0), "en"),
            "“Trees planted”: the decision “7000” is not applied, because what it was made on has changed: then “about "
            "7,000”, now “12”. Clear it and, if need be, settle the new value.");
}

TEST(Settle, AppliesNoneOfTwoThatContradict) {
  const std::string neither = "ambiguous; value-ambiguous open; decision-twice open; decision-twice open";
  EXPECT_EQ(settled({decided(kDoubt, 7000.0), decided(kDoubt, 8000.0)}).text(), neither);
  EXPECT_EQ(settled({decided(kDoubt, 7000.0), decided(kDoubt, std::string("waive"))}).text(), neither);
  Subject other = kDoubt;
  other.code = "value-elsewhere";  // another finding on the same value
  EXPECT_EQ(settled({decided(kDoubt, 7000.0), decided(other, 8000.0)}).text(), neither);
  const Settled same = settled({decided(kDoubt, 7000.0, "", ""), decided(kDoubt, 7000.0)});
  EXPECT_EQ(same.text(), "settled 7000; value-ambiguous settled");
  EXPECT_EQ(same.province.decisions.size(), 1U);
  EXPECT_EQ(same.province.decisions[0].by, "Lan");
}

TEST(Settle, SaysWhoDidNotSign) {
  EXPECT_EQ(settled({decided(kDoubt, 7000.0, "", "Lan")}).text(),
            "settled 7000; value-ambiguous settled; decision-unsigned open");
  EXPECT_EQ(settled({decided(kDoubt, std::string("?"), "", "")}).text(),
            "ambiguous; value-ambiguous open; decision-unreadable open");
}

TEST(Settle, DoesNotDependOnTheOrderOfRows) {
  std::vector<Decision> decisions = {decided(kDoubt, 7000.0, "b", "Lan"), decided(kDoubt, 7000.0, "a", "Minh"),
                                     decided({"return-empty", "Town", "", "", ""}, std::string("waive"))};
  const auto everything = [&] {
    const Settled result = settled(decisions);
    std::string text = result.text();
    for (const Decision& one : result.province.decisions) text += one.subject.code + one.reason + one.by;
    return text;
  };
  const std::string expected = everything();
  std::reverse(decisions.begin(), decisions.end());
  EXPECT_EQ(everything(), expected);
}

TEST(Conclude, WaivesAFindingThatSaysTheSame) {
  EXPECT_EQ(settled({decided(kDoubt, std::string("waive"))}).text(), "ambiguous; value-ambiguous waived");
  Subject other = kDoubt;
  other.ground = "7 / 70";  // the finding says more than what was typed
  EXPECT_EQ(settled({decided(other, std::string("waive"))}).text(),
            "ambiguous; value-ambiguous open; decision-outdated open");
}

TEST(Conclude, KeepsDecisionsWhoseFindingIsGone) {
  EXPECT_EQ(settled({decided(kDoubt, std::string("waive"))}, "about 7,000", false).text(),
            "exact 10; decision-idle open");
  EXPECT_EQ(settled({decided(kDoubt, 7000.0)}, "about 7,000", false).text(), "settled 7000; decision-kept settled");
  Subject absent = kDoubt;
  absent.agency = "Village";
  EXPECT_EQ(settled({decided(absent, 7000.0)}).text(), "ambiguous; value-ambiguous open; decision-idle open");
  EXPECT_EQ(settled({decided(kDoubt, xlsx::Value(), "ask again")}).text(), "ambiguous; value-ambiguous open");
}

TEST(Subjects, TakeAFileByItsName) {
  Province province;
  const Subjects subjects(province, trees().catalogue);
  Finding finding{.code = "file-damaged", .place = {.file = "in/may/a.xlsx"}, .details = {{"problem", "cut"}}};
  EXPECT_EQ(subjects.of(finding), (Subject{"file-damaged", "", "", "", "cut; a.xlsx"}));
}

}  // namespace
}  // namespace tonghop
