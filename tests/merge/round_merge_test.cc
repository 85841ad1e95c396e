// Returns held against a round: which counts, who is expected, who owes what, and nobody counted twice. Agencies and
// figures are made up.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "merge/province.h"
#include "merge/rounds.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

struct Merged {
  Province province;
  Findings findings;
  std::string codes;

  const Figure& figure(const std::string& indicator) const {
    return province.figures.at(static_cast<std::size_t>(owed_trees().catalogue.find(indicator)));
  }
  // "100 of 2/4 missing Town absent Hill": value, agencies behind it of those expected, and who is not.
  std::string shown(const std::string& indicator) const {
    const Figure& of = figure(indicator);
    std::string text = of.value ? of.value->to_string() : "none";
    text += " of " + std::to_string(of.agencies) + "/" + std::to_string(of.expected);
    const auto add = [&](const char* why, const std::vector<int>& members) {
      if (!members.empty()) text += std::string(" ") + why;
      for (const int m : members) text += " " + province.members.at(static_cast<std::size_t>(m)).name;
    };
    add("parts", of.left_out);
    add("missing", of.missing);
    add("unread", of.unread);
    add("covered", of.covered);
    if (!of.absent.empty()) text += " absent";
    for (const int a : of.absent) {
      const int agency = province.absent.at(static_cast<std::size_t>(a));
      text += " " + province.round->agencies.at(static_cast<std::size_t>(agency)).name;
    }
    if (of.beyond > 0) text += " beyond " + std::to_string(of.beyond);
    return text;
  }
  std::string sentence(const std::string& code) const {
    for (const Finding& finding : findings) {
      if (finding.code == code) return owed_trees().wording.sentence(finding, "en");
    }
    return "";
  }
};

Merged merged(std::vector<Return> returns, const Round* round) {
  Merged result;
  result.province = merge(std::move(returns), owed_trees(), result.findings, round);
  std::erase_if(result.findings, [](const Finding& finding) { return finding.code == "values-missing"; });
  result.codes = codes(result.findings);
  expect_sentences(result.findings, owed_trees());
  return result;
}

TEST(Roster, FilesReturnsUnderItsNames) {
  Agency town = listed("Town of Trees");
  town.others = {"Trees Town"};
  town.code = "T1";
  const Round round = june({town, listed("Hill"), listed("Lake")});
  const Merged result = merged(
      {answer("TREES  TOWN", {{"trees.planted", "1"}}, "a.xlsx"), answer("t1", {{"trees.planted", "1"}}, "b.xlsx"),
       answer("Hill", {{"trees.planted", "2"}}), answer("Hil", {{"trees.planted", "4"}})},
      &round);
  EXPECT_EQ(result.codes, "agency-misspelled\nreturn-repeated\n");
  EXPECT_NE(result.sentence("agency-misspelled").find("most like it is “Hill”"), std::string::npos);
  EXPECT_EQ(merged({answer("Far Away", {{"trees.planted", "4"}})}, &round).codes, "agency-unlisted\n");
  ASSERT_EQ(result.province.members.size(), 3U);
  EXPECT_EQ(result.province.members[2].name, "Town of Trees");
  EXPECT_EQ(result.province.members[2].agency, 0);
  EXPECT_EQ(result.province.absent, std::vector<int>{2});
  EXPECT_EQ(result.shown("trees.planted"), "7 of 3/4 absent Lake");  // who is not on the roster owes what it is asked
}

TEST(Roster, TellsOfReturnsThatDoNotFit) {
  Agency gone = listed("Gone");
  gone.valid_to = "2027-05-31";
  Agency other = listed("Other");
  other.form = "trees-summary";
  const Round round = june({gone, other});
  Return late = answer("Other", {{"trees.planted", "1"}});
  late.period = "July";
  const Merged result = merged({answer("Gone", {{"trees.planted", "1"}}), late}, &round);
  EXPECT_EQ(result.codes, "agency-invalid\nperiod-other\nvariant-differs\n");
  EXPECT_EQ(
      result.sentence("agency-invalid"),
      "Gone is on the roster as valid … – 31/5/2027 only, outside this round; its return is counted all the same. "
      "Check that its successor does not report the same.");
  EXPECT_EQ(merged({}, &round).province.absent, std::vector<int>{1});  // who is gone is not expected
}

TEST(Rivals, TheOneSavedLastCounts) {
  const Round round = june({listed("Town")});
  const std::string early = "2027-07-01T08:00:00Z", later = "2027-07-02T20:30:00Z";
  const Merged full = merged({answer("Town", {{"trees.planted", "1"}}, "z.xlsx", early),
                              answer("Town", {{"trees.planted", "2"}}, "a.xlsx", later)},
                             &round);
  EXPECT_EQ(full.sentence("return-superseded"),
            "Town sent two different files: “a.xlsx” (of 03:30 3/7/2027) is used, “z.xlsx” (of 15:00 1/7/2027) is "
            "not. They differ in: D10 2 ≠ D10 1. If the earlier one is right, take the later one away.");
  EXPECT_EQ(full.shown("trees.planted"), "2 of 1/1");
  const Merged emptier = merged({answer("Town", {{"trees.planted", "1"}, {"trees.alive", "1"}}, "z.xlsx", early),
                                 answer("Town", {{"trees.planted", "2"}}, "a.xlsx", later)},
                                &round);
  EXPECT_EQ(emptier.codes, "return-emptier\n");
  EXPECT_EQ(emptier.shown("trees.planted"), "2 of 1/1");
  EXPECT_NE(emptier.sentence("return-emptier").find("ONLY 1 values, FEWER than “z.xlsx”"), std::string::npos);
}

TEST(Rivals, ABlankNeverReplacesAReturn) {
  const Round round = june({listed("Town")});
  const Return filled = answer("Town", {{"trees.planted", "1"}}, "a.xlsx", "2027-07-01T08:00:00Z");
  const Return blank = answer("Town", {}, "b.xlsx", "2027-07-02T08:00:00Z");
  const Merged result = merged({filled, blank}, &round);
  EXPECT_EQ(result.codes, "return-blank\n");
  EXPECT_EQ(result.shown("trees.planted"), "1 of 1/1");
}

TEST(Rivals, TheRoundMaySayOtherwise) {
  Round round = june({listed("Town")});
  const auto used = [&](const std::vector<Return>& returns) {
    const Merged result = merged(returns, &round);
    return result.province.members.at(0).answer.file + " " + result.codes;
  };
  const Return old = answer("Town", {{"trees.planted", "1"}, {"trees.alive", "1"}}, "old.xlsx", "2027-07-01T08:00:00Z");
  const Return young = answer("Town", {{"trees.planted", "2"}}, "young.xlsx", "2027-07-02T08:00:00Z");
  EXPECT_EQ(used({old, young}), "young.xlsx return-emptier\n");
  round.rule = Round::Rule::fullest;
  EXPECT_EQ(used({old, young}), "old.xlsx return-conflict\n");
  round.rule = Round::Rule::latest;
  Return undated = young;
  undated.modified.clear();
  EXPECT_EQ(used({old, undated}), "old.xlsx return-conflict\n");  // no date to go by
  Return other = young;
  other.period = "May";
  EXPECT_EQ(used({old, other}), "old.xlsx return-other-period\n");
  Return copy = old;
  copy.file = "copy.xlsx";
  copy.modified = "2027-07-05T08:00:00Z";
  EXPECT_EQ(used({old, copy}), "copy.xlsx return-repeated\n");
  EXPECT_EQ(merged({old, copy}, &round).province.members.at(0).received, "2027-07-01T08:00:00Z");
}

TEST(Rivals, TheMailSentLastCountsWhereTheFilesDoNotTell) {
  const Round round = june({listed("Town")});
  const auto mailed = [](const std::string& file, const std::string& value, const std::string& modified,
                         const std::string& sent) {
    Return one = answer("Town", {{"trees.planted", value}}, file, modified);
    one.sent = sent;
    return one;
  };
  const auto used = [&](const std::vector<Return>& returns) {
    const Merged result = merged(returns, &round);
    const Member& member = result.province.members.at(0);
    return member.answer.file + " " + result.codes + "received " + member.received;
  };
  const std::string first = "2027-07-01T08:00:00Z", second = "2027-07-02T08:00:00Z", third = "2027-07-03T08:00:00Z";
  for (const std::string& saved : {std::string(), first}) {  // lacking, equal
    EXPECT_EQ(used({mailed("z.xlsx", "1", saved, second), mailed("a.xlsx", "2", saved, third)}),
              "a.xlsx return-superseded\nreceived " + third);
  }
  // What the files say comes first.
  EXPECT_EQ(used({mailed("z.xlsx", "1", second, second), mailed("a.xlsx", "2", first, third)}),
            "z.xlsx return-superseded\nreceived " + second);
  // No date to go by, where one of them has none.
  EXPECT_EQ(used({mailed("z.xlsx", "1", "", ""), mailed("a.xlsx", "2", "", third)}),
            "z.xlsx return-conflict\nreceived ");
  // The same, sent again: the first mail tells when it came.
  EXPECT_EQ(used({mailed("a.xlsx", "1", first, second), mailed("z.xlsx", "1", first, third)}),
            "z.xlsx return-repeated\nreceived " + second);
  EXPECT_EQ(used({mailed("a.xlsx", "1", first, ""), mailed("z.xlsx", "1", first, third)}),
            "z.xlsx return-repeated\nreceived " + third);
}

TEST(Owed, ABlankIsMissingForThoseWhoOweItOnly) {
  const Round round = june(
      {listed("Village"), listed("Office", "department"), listed("Town Hall of Trees", "district"), listed("Lake")});
  const Values some = {{"trees.planted", "1"}};
  const Merged result = merged({answer("Village", some), answer("Office", some), answer("Town Hall of Trees", some),
                                answer("Guest", {{"care.villages.visits", "?"}})},
                               &round);
  EXPECT_EQ(result.shown("care.villages.visits"), "none of 0/3 missing Village unread Guest absent Lake");
  EXPECT_EQ(result.shown("opinion.plan"), "none of 0/3 missing Guest Office Town Hall of Trees");
  EXPECT_EQ(result.figure("care.villages.water").missing.size(), 4U);  // said to be owed by all
  EXPECT_EQ(result.figure("trees.planted").expected, 5);
  const Merged given = merged({answer("Office", {{"care.villages.visits", "3"}})}, &round);
  EXPECT_EQ(given.shown("care.villages.visits"), "3 of 1/2 absent Village Lake beyond 1");
}

TEST(Owed, IsSaidOnceForAnAgency) {
  const Round round = june({listed("Office", "department")});
  Findings findings;
  merge({answer("Office", {{"trees.planted", "1"}})}, owed_trees(), findings, &round);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(
      owed_trees().wording.sentence(findings[0], "en"),
      "Office left 9 indicators blank that it owes: 1.1.b, 2.1, 2.2, 2.2, 4, 5, 6, 7, …. Ask for them, 0 where there "
      "are none.");
}

// Everybody who owes an indicator stands behind its figure, or there is one reason why not.
TEST(Owed, TiesForEveryFigure) {
  std::mt19937 random(11);
  std::vector<Agency> agencies;
  for (int a = 0; a < 30; ++a) {
    const std::vector<std::string> levels = {"commune", "department", "district"};
    agencies.push_back(listed("Agency " + std::to_string(a), levels[random() % 3], a % 5 == 0 ? -1 : a / 5 * 5));
    agencies.back().includes_children = a % 2 == 0;
  }
  const Round round = june(agencies);
  std::vector<Return> returns;
  for (int a = 0; a < 25; ++a) {
    Values values;
    for (const Indicator& what : owed_trees().catalogue.indicators) {
      const auto dice = random() % 4;
      if (dice == 0) values.emplace_back(what.id, "?");
      if (dice > 1)
        values.emplace_back(what.id, what.kind == Kind::choice ? "1" : "0." + std::to_string(random() % 10));
    }
    returns.push_back(answer("Agency " + std::to_string(a), values));
  }
  const Merged result = merged(returns, &round);
  int covered = 0;
  for (int i = 0; i < owed_trees().catalogue.size(); ++i) {
    const Figure& figure = result.province.figures[static_cast<std::size_t>(i)];
    if (figure.basis == Basis::authority) continue;
    std::vector<int> seen(result.province.members.size(), 0);
    int owing = figure.agencies - figure.beyond + static_cast<int>(figure.absent.size());
    for (const auto* reason : {&figure.left_out, &figure.missing, &figure.unread, &figure.covered}) {
      for (const int m : *reason) {
        EXPECT_EQ(++seen[static_cast<std::size_t>(m)], 1);
        const Agency& agency =
            round.agencies[static_cast<std::size_t>(result.province.members[static_cast<std::size_t>(m)].agency)];
        const Form& form = *owed_trees().find("trees");
        const int row = form.mapping.row_of(i);
        owing += form.mapping.owed[static_cast<std::size_t>(row)].from(agency.level, {agency.name}) ? 1 : 0;
      }
    }
    covered += static_cast<int>(figure.covered.size());
    EXPECT_EQ(owing, figure.expected) << owed_trees().catalogue[i].id;
  }
  EXPECT_GT(covered, 10);
}

TEST(Levels, ACommuneInsideItsDistrictCountsOnce) {
  Round round =
      june({listed("District", "district"), listed("One", "commune", 0), listed("Two", "commune", 0), listed("Far")});
  const std::vector<Return> returns = {
      answer("District", {{"trees.planted", "100"}, {"trees.alive", "50"}, {"opinion.plan", "1"}}),
      answer("One",
             {{"trees.planted", "30"}, {"trees.alive", "30"}, {"care.towns.visits", "5"}, {"opinion.plan", "1"}}),
      answer("Two", {{"trees.planted", "40"}}), answer("Far", {{"trees.planted", "7"}, {"trees.alive", "7"}})};
  const Merged result = merged(returns, &round);
  EXPECT_EQ(result.shown("trees.planted"), "107 of 2/4 covered One Two");
  EXPECT_EQ(result.shown("trees.alive"), "57 of 2/4 missing Two covered One");
  EXPECT_EQ(result.figure("trees.survival").numerator->to_string() + "/" +
                result.figure("trees.survival").denominator->to_string(),
            "57/107");
  EXPECT_EQ(result.shown("care.towns.visits"), "5 of 1/4 missing District Far Two");  // the district gave none
  EXPECT_EQ(result.figure("opinion.plan").tally, (std::vector<int>{0, 2}));           // answers are not added up
  EXPECT_EQ(result.codes, "figures-inside\nfigures-inside\n");
  EXPECT_EQ(
      result.sentence("figures-inside"),
      "The figures of One are taken to be inside those of District, the agency above it: for 2 indicators only that "
      "of District counts. If they are not, write “no” for District in the roster's column “Figures include lower "
      "agencies”.");
  round.agencies[0].includes_children = false;
  EXPECT_EQ(merged(returns, &round).shown("trees.planted"), "177 of 4/4");
  EXPECT_EQ(merged(returns, nullptr).shown("trees.planted"), "177 of 4/4");
}

TEST(Levels, ADistrictThatIsLessThanItsCommunesIsSaid) {
  const Round round = june({listed("District", "district"), listed("One", "commune", 0), listed("Two", "commune", 0)});
  const Merged result = merged({answer("District", {{"trees.planted", "10"}}), answer("One", {{"trees.planted", "6"}}),
                                answer("Two", {{"trees.planted", "5"}})},
                               &round);
  EXPECT_EQ(result.codes, "figures-inside\nfigures-inside\nfigures-not-inside\n");
  EXPECT_NE(result.sentence("figures-not-inside").find("Trees planted: 10 < 11"), std::string::npos);
}

TEST(Levels, TheNearestAboveThatGaveItCovers) {
  const Round round =
      june({listed("Province", "province"), listed("District", "district", 0), listed("One", "commune", 1)});
  const Merged result = merged(
      {answer("Province", {{"trees.planted", "10"}}), answer("One", {{"trees.planted", "6"}, {"trees.alive", "5"}})},
      &round);
  EXPECT_EQ(result.shown("trees.planted"), "10 of 1/3 covered One absent District");
  EXPECT_EQ(result.shown("trees.alive"), "5 of 1/3 missing Province absent District");
}

TEST(Authority, IsFoundByTheRostersNames) {
  Agency office = listed("Office for Woods", "department");
  const Values all = {{"trees.all", "100"}};
  const auto figure = [&](const Agency& agency, const std::string& other) {
    const Round round = june({agency, listed(other)});
    const Merged result = merged({answer(agency.name, all), answer(other, {{"trees.all", "60"}})}, &round);
    return result.shown("trees.all") + " " + result.codes;
  };
  EXPECT_EQ(figure(office, "Town"), "160 of 2/2 authority-absent\n");
  office.others = {"Forest Office"};
  EXPECT_EQ(figure(office, "Town"), "100 of 1/1 authority-differs D22\n");
  EXPECT_EQ(figure(office, "Forest Office 2"), "100 of 1/1 authority-differs D22\n");  // the exact name is meant
  office.others = {"Forest Office 1"};
  EXPECT_EQ(figure(office, "Forest Office 2"), "160 of 2/2 authority-unclear\nauthority-absent\n");
  EXPECT_EQ(figure(office, "Forest Officer"), "100 of 1/1 authority-differs D22\n");
}

}  // namespace
}  // namespace tonghop
