// Every type of check: where it holds, where it does not, and where it has nothing to say.
#include "reconcile/checks.h"

#include <gtest/gtest.h>

#include "returns.h"

namespace tonghop {
namespace {

using testing::blank_return;
using testing::trees;
using Values = std::vector<std::pair<std::string, std::string>>;  // indicator -> value as typed; "?" is unreadable

// The made-up survey with these checks.
Definitions with_checks(const std::string& checks) {
  Sources sources = testing::trees_sources();
  sources.emplace_back("checks.xml", "<checks>" + checks + "</checks>");
  return testing::load(sources);
}

// A return of the made-up survey with these values; everything else blank. Percentages are "90%" or, with a leading
// "=", computed by the form.
Return answer(const Definitions& definitions, const Values& values) {
  Return one = blank_return(definitions, "Town", "f.xlsx");
  for (Observation& observation : one.observations) {
    for (const auto& [id, value] : values) {
      if (definitions.catalogue[observation.indicator].id != id) continue;
      observation.raw = value;
      observation.status = value == "?" ? Status::unreadable : Status::exact;
      std::string number = value;
      observation.computed = number.starts_with('=');
      if (observation.computed) number.erase(0, 1);
      const bool percent = number.ends_with('%');
      if (percent) number.pop_back();
      observation.value = Decimal::parse(number);
      if (!percent || !observation.value) continue;
      observation.decimals =
          number.find('.') == std::string::npos ? 0 : static_cast<int>(number.size() - number.find('.') - 1);
      observation.value = observation.value->scaled(-2);
    }
  }
  return one;
}

struct Outcome {
  std::vector<Comparison> comparisons;
  Findings findings;
};

Outcome run(const Definitions& definitions, const Values& values, const Values& before = {}, bool same_year = true,
            const Findings& known = {}) {
  PreviousValues previous(static_cast<std::size_t>(definitions.catalogue.size()));
  for (const auto& [id, value] : before) {
    previous[static_cast<std::size_t>(definitions.catalogue.find(id))] = Decimal::parse(value);
  }
  const Checker checker(definitions, known);
  const Return one = answer(definitions, values);
  Outcome outcome;
  outcome.comparisons = checker.check(one, answers_of(one, definitions.catalogue), before.empty() ? nullptr : &previous,
                                      same_year, outcome.findings);
  for (const Finding& finding : outcome.findings) {
    for (const std::string lang : {"vi", "en"}) {
      EXPECT_EQ(definitions.wording.sentence(finding, lang).find('{'), std::string::npos)
          << definitions.wording.sentence(finding, lang);
    }
  }
  return outcome;
}

// "error check-at-most D11", one line each.
std::string told(const Definitions& definitions, const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += std::string(to_string(definitions.wording.severity(finding))) + " " + finding.code + " " +
            finding.place.cell + "\n";
  }
  return text;
}

TEST(Checks, HoldOrDoNotByTheirType) {
  struct Case {
    std::string check;  // attributes of a check, "" where the catalogue's own are meant
    Values values, before;
    std::string findings;
  };
  const std::string total = "type='total' left='trees.all' right='trees.planted care.towns.visits'";
  const std::string bound = "type='at-most' left='care.towns.visits care.villages.visits' right='trees.planted'";
  const std::string equal = "type='equal' left='care.towns.visits' right='care.villages.visits'";
  const std::string needs = "type='requires' when='opinion.plan=1' needs='trees.planted care.towns.visits'";
  const std::string range = "type='range' left='opinion.happy opinion.shade' low='20%' high='101%'";
  const std::string falls = "type='not-below-previous' each='trees.planted trees.all'";
  const std::string change = "type='change' factor='2' least='10' each='trees.all'";
  const std::vector<Case> table = {
      {"", {{"trees.planted", "10"}, {"trees.alive", "9"}, {"trees.survival", "90%"}}, {}, ""},
      {"", {{"trees.planted", "3"}, {"trees.alive", "2"}, {"trees.survival", "66.7%"}}, {}, ""},
      {"", {{"trees.planted", "3"}, {"trees.alive", "2"}, {"trees.survival", "67%"}}, {}, ""},
      {"", {{"trees.planted", "3"}, {"trees.alive", "2"}, {"trees.survival", "66.6%"}}, {}, "warning check-ratio D9\n"},
      {"", {{"trees.planted", "3"}, {"trees.alive", "2"}, {"trees.survival", "=50%"}}, {}, ""},  // computed: old result
      {"", {{"trees.planted", "0"}, {"trees.alive", "0"}, {"trees.survival", "100%"}}, {}, ""},
      {"", {{"trees.alive", "9"}, {"trees.survival", "50%"}}, {}, ""},
      // More than the whole: said once, of the part.
      {"",
       {{"trees.planted", "10"}, {"trees.alive", "12"}, {"trees.survival", "90%"}},
       {},
       "error check-at-most D11\n"},
      {total, {{"trees.all", "15"}, {"trees.planted", "10"}, {"care.towns.visits", "5"}}, {}, ""},
      {total,
       {{"trees.all", "16"}, {"trees.planted", "10"}, {"care.towns.visits", "5"}},
       {},
       "error check-total D22\n"},
      {total, {{"trees.all", "16"}, {"trees.planted", "10"}}, {}, ""},
      {total, {{"trees.all", "16"}, {"trees.planted", "10"}, {"care.towns.visits", "?"}}, {}, ""},
      {bound, {{"trees.planted", "9"}, {"care.towns.visits", "4"}, {"care.villages.visits", "5"}}, {}, ""},
      {bound,
       {{"trees.planted", "9"}, {"care.towns.visits", "4"}, {"care.villages.visits", "6"}},
       {},
       "error check-at-most D13\n"},
      {bound, {{"care.towns.visits", "4"}, {"care.villages.visits", "6"}}, {}, ""},
      {equal, {{"care.towns.visits", "4"}, {"care.villages.visits", "4"}}, {}, ""},
      {equal, {{"care.towns.visits", "4"}, {"care.villages.visits", "5"}}, {}, "warning check-equal D13\n"},
      {equal, {{"care.villages.visits", "5"}}, {}, ""},
      {needs, {{"opinion.plan", "0"}}, {}, ""},
      {needs, {{"opinion.plan", "1"}}, {}, "warning check-requires D10\n"},
      {needs, {{"opinion.plan", "1"}, {"trees.planted", "0"}}, {}, "warning check-requires D10\n"},
      {needs, {{"opinion.plan", "1"}, {"care.towns.visits", "1"}}, {}, ""},
      {needs, {{"opinion.plan", "1"}, {"care.towns.visits", "?"}}, {}, ""},  // it may be 1
      {needs, {}, {}, ""},
      {needs, {{"opinion.plan", "?"}}, {}, ""},
      {range, {{"opinion.happy", "85%"}, {"opinion.shade", "15.5%"}}, {}, ""},
      {range, {{"opinion.happy", "85%"}, {"opinion.shade", "16.5%"}}, {}, "warning check-range D19\n"},
      {range, {{"opinion.happy", "8%"}, {"opinion.shade", "1%"}}, {}, "warning check-range D19\n"},
      {range, {{"opinion.happy", "1%"}}, {}, ""},
      {falls, {{"trees.planted", "10"}, {"trees.all", "5"}}, {}, ""},  // nothing before
      {falls, {{"trees.planted", "10"}, {"trees.all", "5"}}, {{"trees.planted", "10"}, {"trees.all", "4"}}, ""},
      {falls,
       {{"trees.planted", "10"}, {"trees.all", "5"}},
       {{"trees.planted", "11"}, {"trees.all", "5"}},
       "warning check-not-below-previous D10\n"},
      {falls, {{"trees.planted", "10"}}, {{"trees.all", "50"}}, ""},
      {change, {{"trees.all", "20"}}, {{"trees.all", "10"}}, ""},
      {change, {{"trees.all", "21"}}, {{"trees.all", "10"}}, "warning check-change D22\n"},
      {change, {{"trees.all", "10"}}, {{"trees.all", "21"}}, "warning check-change D22\n"},
      {change, {{"trees.all", "0"}}, {{"trees.all", "10"}}, "warning check-change D22\n"},
      {change, {{"trees.all", "9"}}, {{"trees.all", "1"}}, ""},  // small figures may
      {change, {}, {{"trees.all", "10"}}, ""}};
  for (const auto& [check, values, before, findings] : table) {
    const Definitions definitions = with_checks(check.empty() ? "" : "<check id='x' " + check + "/>");
    std::string shown = check;
    for (const auto& [id, value] : values) shown += " " + id + "=" + value;
    EXPECT_EQ(told(definitions, run(definitions, values, before).findings), findings) << shown;
  }
}

TEST(Checks, CompareCumulativeFiguresWithinAYearOnly) {
  const Definitions definitions = with_checks(
      "<check id='a' type='not-below-previous' each='trees.planted'/>"
      "<check id='c' type='change' factor='20' each='trees.planted'/>"
      "<check id='b' type='change' factor='2' each='trees.all'/>");
  const Values now = {{"trees.planted", "1"}, {"trees.all", "1"}};
  const Values before = {{"trees.planted", "9"}, {"trees.all", "9"}};
  EXPECT_EQ(run(definitions, now, before, true).findings.size(), 2U);
  EXPECT_EQ(run(definitions, {{"trees.planted", "900"}}, before, true).findings.size(), 1U);
  EXPECT_EQ(run(definitions, {{"trees.planted", "900"}}, before, false).findings.size(), 0U);
  EXPECT_EQ(told(definitions, run(definitions, now, before, false).findings), "warning check-change D22\n");
}

TEST(Checks, HaveTheSeverityThatTheyState) {
  const auto with = [](const std::string& attributes) {
    const Definitions definitions = with_checks(
        "<check id='x' type='equal' left='care.towns.visits' right='care.villages.visits'" + attributes + "/>");
    const Outcome outcome = run(definitions, {{"care.towns.visits", "1"}, {"care.villages.visits", "2"}});
    EXPECT_EQ(outcome.comparisons.at(0).severity, definitions.wording.severity(outcome.findings.at(0)));
    return std::string(to_string(definitions.wording.severity(outcome.findings.at(0))));
  };
  EXPECT_EQ(with(""), "warning");
  EXPECT_EQ(with(" severity='error'"), "error");
  EXPECT_EQ(with(" severity='error' trial='yes'"), "note");
  EXPECT_EQ(with(" severity='error' trial='no'"), "error");
}

TEST(Checks, HoldForTheFormsThatTheyName) {
  const std::string check =
      "<check id='x' type='equal' left='care.towns.visits' right='care.villages.visits' templates='";
  const Values values = {{"care.towns.visits", "1"}, {"care.villages.visits", "2"}};
  EXPECT_EQ(run(with_checks(check + "trees'/>"), values).findings.size(), 1U);
  Definitions other = with_checks(check + "trees-summary'/>");
  EXPECT_EQ(run(other, values).findings.size(), 0U);
}

TEST(Checks, OfAMergedReportAreNotMade) {
  const Return one = answer(trees(), {{"trees.planted", "1"}, {"trees.alive", "2"}});
  Return merged = one;
  merged.form = trees().summary();
  Findings findings;
  const Checker checker(trees(), {});
  EXPECT_EQ(checker.check(merged, answers_of(merged, trees().catalogue), nullptr, false, findings).size(), 0U);
  EXPECT_EQ(checker.check(one, answers_of(one, trees().catalogue), nullptr, false, findings).size(), 1U);
}

TEST(Checks, AreSilentWhereAValueHasAFindingButListedAllTheSame) {
  const Values values = {{"trees.planted", "10"}, {"trees.alive", "12"}};
  const auto after = [&](const Finding& known) {
    const Outcome outcome = run(trees(), values, {}, true, {known});
    EXPECT_EQ(outcome.comparisons.size(), 1U);
    EXPECT_EQ(outcome.comparisons.at(0).told, !outcome.findings.empty());
    return outcome.findings.size();
  };
  Finding extracted{.code = "value-extracted", .indicator = "trees.planted"};
  extracted.place.file = "f.xlsx";
  EXPECT_EQ(after(extracted), 0U);
  extracted.place.file = "another.xlsx";
  EXPECT_EQ(after(extracted), 1U);
  EXPECT_EQ(after({.code = "row-guessed", .place = {.file = "f.xlsx", .sheet = "Trees", .cell = "D11"}}), 0U);
  EXPECT_EQ(after({.code = "row-guessed", .place = {.file = "f.xlsx", .sheet = "Trees", .cell = "D12"}}), 1U);
  // A note is no doubt.
  EXPECT_EQ(after({.code = "row-reworded", .place = {.file = "f.xlsx", .sheet = "Trees", .cell = "D11"}}), 1U);
}

TEST(Checks, MakeOneFindingOfOneCause) {
  const Definitions definitions = with_checks(
      "<check id='note' type='equal' trial='yes' left='trees.alive' right='care.towns.visits'/>"
      "<check id='wide' type='total' left='trees.all' right='trees.alive care.towns.visits care.villages.visits'/>"
      "<check id='near' type='at-most' left='trees.alive' right='trees.all'/>"
      "<check id='other' type='equal' left='care.towns.water' right='care.villages.water'/>");
  // 90 was meant to be 9.
  const Outcome outcome = run(definitions, {{"trees.planted", "10"},
                                            {"trees.alive", "90"},
                                            {"trees.survival", "90%"},
                                            {"trees.all", "30"},
                                            {"care.towns.visits", "9"},
                                            {"care.villages.visits", "12"},
                                            {"care.towns.water", "1.5"},
                                            {"care.villages.water", "2.5"}});
  std::string found;
  for (const Comparison& one : outcome.comparisons) found += one.check + (one.told ? " told\n" : "\n");
  // Most severe first, then those with the fewest values.
  EXPECT_EQ(found, "trees.survival:at-most told\nnear\nwide\nother told\nnote\n");
  EXPECT_EQ(told(definitions, outcome.findings), "error check-at-most D11\nwarning check-equal D14\n");
}

TEST(Checks, SayWhatWasComparedWithWhat) {
  const Definitions definitions = with_checks(
      "<check id='sum' type='total' left='trees.all' right='trees.planted care.towns.visits'/>"
      "<check id='own' type='equal' left='care.towns.water' right='care.villages.water'>"
      "<message lang='vi'>Nước: {#reported} và {#expected}</message><message lang='en'>Water: "
      "{#reported}</message></check>"
      "<check id='plan' type='requires' when='care.villages.visits' needs='opinion.plan=1'/>");
  const Outcome outcome = run(definitions, {{"trees.all", "16"},
                                            {"trees.planted", "10"},
                                            {"care.towns.visits", "5"},
                                            {"care.towns.water", "1.5"},
                                            {"care.villages.water", "2.5"},
                                            {"care.villages.visits", "3"},
                                            {"opinion.plan", "0"}});
  ASSERT_EQ(outcome.findings.size(), 3U);
  const auto says = [&](std::size_t i, const std::string& lang) {
    return definitions.wording.sentence(outcome.findings[i], lang);
  };
  EXPECT_EQ(says(0, "en"),
            "“Trees in the province” is 16, but its parts add up to 15 = 10 (D10) + 5 (D13), a difference of 1. Check "
            "the total and each part.");
  EXPECT_EQ(says(1, "vi"), "Nước: 1,5 và 2,5");
  EXPECT_EQ(says(1, "en"), "Water: 1.5");
  EXPECT_EQ(
      says(2, "en"),
      "“Visits in villages” is 3 (D16), so “Is there a plan?” needs an answer (Yes), but “No” stands there. Complete "
      "or correct it.");
  EXPECT_EQ(outcome.findings[0].check, "sum");
  EXPECT_EQ(outcome.findings[0].agency, "Town");
  EXPECT_EQ(outcome.findings[0].indicator, "trees.all");
  EXPECT_EQ(outcome.findings[0].raw, "16");
  EXPECT_EQ(outcome.findings[0].value, "16");
  const Comparison& sum = outcome.comparisons.at(0);
  EXPECT_EQ(sum.difference, Decimal(1));
  EXPECT_EQ(sum.expected, Decimal(15));
  EXPECT_EQ(sum.place.cell, "D22");
  EXPECT_EQ(sum.compared.at(1).place.cell, "D13");
}

}  // namespace
}  // namespace tonghop
