// Many returns merged: sums, ratios of sums, what is left out, authorities, repeated returns, and that order does not
// matter.
#include "merge/province.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

using Values = std::vector<std::pair<std::string, std::string>>;  // indicator -> number, or text

// A return of the made-up survey with these values; everything else blank.
Return answer(const std::string& agency, const Values& values, const std::string& file = "") {
  Return one = blank_return(trees(), agency, file.empty() ? agency + ".xlsx" : file);
  for (Observation& observation : one.observations) {
    for (const auto& [id, value] : values) {
      if (trees().catalogue[observation.indicator].id != id) continue;
      observation.status = Status::exact;
      observation.raw = value;
      observation.value = Decimal::parse(value);
      if (!observation.value) observation.text = value;
    }
  }
  return one;
}

constexpr std::array<const char*, 10> kBases = {"none",  "sum",   "ratio", "weighted",  "same",
                                                "range", "tally", "list",  "authority", "not_computable"};

// "ratio 0.19 = 19/100 of 2", "range 0.5..0.7 of 2 without 1".
std::string shown(const Province& province, const std::string& indicator) {
  const Figure& figure = province.figures.at(static_cast<std::size_t>(trees().catalogue.find(indicator)));
  std::string text = kBases.at(static_cast<std::size_t>(figure.basis));
  if (figure.value) text += " " + figure.value->to_string();
  if (figure.numerator) text += " = " + figure.numerator->to_string() + "/" + figure.denominator->to_string();
  if (figure.low && figure.basis == Basis::range)
    text += " " + figure.low->to_string() + ".." + figure.high->to_string();
  for (const int count : figure.tally) text += " " + std::to_string(count);
  text += " of " + std::to_string(figure.agencies);
  if (!figure.left_out.empty()) text += " without " + std::to_string(figure.left_out.size());
  if (figure.others) text += " others " + figure.others->to_string();
  return text;
}

struct Merged {
  Province province;
  std::string findings;
};

Merged merged(std::vector<Return> returns) {
  Merged result;
  Findings findings;
  result.province = merge(std::move(returns), trees(), findings);
  result.findings = codes(findings);
  expect_sentences(findings, trees());
  return result;
}

TEST(Province, MakesOneFigureOfMany) {
  struct Case {
    std::string odd;
    std::vector<Values> returns;
    std::string indicator, figure, findings;
  };
  const std::string planted = "trees.planted", alive = "trees.alive", share = "trees.survival", happy = "opinion.happy",
                    shade = "opinion.shade", plan = "opinion.plan", else_ = "opinion.else";
  const std::string lacking = "percent-without-parts\n";
  const std::vector<Case> table = {
      {"a sum", {{{planted, "10"}}, {{planted, "90"}}, {{alive, "1"}}}, planted, "sum 100 of 2", ""},
      {"a sum of decimals",
       {{{"care.towns.water", "0.1"}}, {{"care.towns.water", "0.2"}}},
       "care.towns.water",
       "sum 0.3 of 2",
       ""},
      {"zero is a value", {{{planted, "0"}}, {{alive, "1"}}}, planted, "sum 0 of 1", ""},
      {"nobody", {{{alive, "1"}}}, planted, "none of 0", ""},
      {"sums divided, not a mean",
       {{{alive, "9"}, {planted, "10"}, {share, "0.9"}}, {{alive, "10"}, {planted, "90"}, {share, "0.111"}}},
       share,
       "ratio 0.19 = 19/100 of 2",
       ""},
      {"parts without percentages", {{{alive, "9"}, {planted, "10"}}}, share, "ratio 0.9 = 9/10 of 1", ""},
      {"one without parts is left out",
       {{{alive, "9"}, {planted, "10"}}, {{share, "0.5"}}},
       share,
       "ratio 0.9 = 9/10 of 1 without 1",
       lacking},
      {"one with half its parts is left out",
       {{{alive, "9"}, {planted, "10"}}, {{share, "0.5"}, {planted, "7"}}},
       share,
       "ratio 0.9 = 9/10 of 1 without 1",
       lacking},
      {"nothing is divided by 0", {{{alive, "0"}, {planted, "0"}}}, share, "not_computable = 0/0 of 1", ""},
      {"0 of some is 0", {{{alive, "0"}, {planted, "5"}}}, share, "ratio 0 = 0/5 of 1", ""},
      {"percentages only, all the same", {{{share, "0.5"}}, {{share, "0.5"}}}, share, "same 0.5 of 2", ""},
      {"percentages only, different", {{{share, "0.5"}}, {{share, "0.7"}}}, share, "range 0.5..0.7 of 2", ""},
      {"weighted",
       {{{happy, "0.9"}, {planted, "10"}}, {{happy, "0.1"}, {planted, "90"}}},
       happy,
       "weighted 0.18 = 18/100 of 2",
       ""},
      {"one without a weight is left out",
       {{{happy, "0.9"}, {planted, "10"}}, {{happy, "0.1"}}},
       happy,
       "weighted 0.9 = 9/10 of 1 without 1",
       lacking},
      {"a weight of 0 counts nothing",
       {{{happy, "0.9"}, {planted, "0"}}, {{happy, "0.1"}, {planted, "4"}}},
       happy,
       "weighted 0.1 = 0.4/4 of 2",
       ""},
      {"no weights", {{{happy, "0.9"}}, {{happy, "0.1"}}}, happy, "range 0.1..0.9 of 2", ""},
      {"only weights of 0", {{{happy, "0.9"}, {planted, "0"}}}, happy, "same 0.9 of 1", ""},
      {"a range", {{{shade, "0.3"}}, {{shade, "0.2"}}, {{shade, "0.25"}}}, shade, "range 0.2..0.3 of 3", ""},
      {"all the same", {{{shade, "0.3"}}, {{shade, "0.3"}}}, shade, "same 0.3 of 2", ""},
      {"a tally", {{{plan, "1"}}, {{plan, "0"}}, {{plan, "1"}}, {{alive, "1"}}}, plan, "tally 1 2 of 3", ""},
      {"a list", {{{else_, "more benches"}}, {{else_, "shade"}}}, else_, "list of 2", ""}};
  for (const auto& [odd, returns, indicator, figure, findings] : table) {
    std::vector<Return> all;
    for (const Values& values : returns) all.push_back(answer("Agency " + std::to_string(all.size()), values));
    const Merged result = merged(all);
    EXPECT_EQ(shown(result.province, indicator), figure) << odd;
    EXPECT_EQ(result.findings, findings) << odd;
  }
}

TEST(Province, TakesTheAuthoritysFigure) {
  const std::string all = "trees.all";
  const auto figure = [&](const std::vector<std::pair<std::string, std::string>>& given) {
    std::vector<Return> returns;
    for (const auto& [agency, value] : given) {
      returns.push_back(answer(agency, value.empty() ? Values{{"trees.alive", "1"}} : Values{{all, value}}));
    }
    const Merged result = merged(returns);
    return shown(result.province, all) + "; " + result.findings;
  };
  EXPECT_EQ(figure({{"Forest Office", "100"}}), "authority 100 of 1; ");
  EXPECT_EQ(figure({{"FOREST OFFICE of Khanh", "100"}, {"Town", ""}}), "authority 100 of 1; ");
  EXPECT_EQ(figure({{"Forest Office", "100"}, {"Town", "60"}, {"Village", "40"}}), "authority 100 of 1 others 100; ");
  EXPECT_EQ(figure({{"Forest Office", "100"}, {"Town", "60"}}),
            "authority 100 of 1 others 60; authority-differs D22\n");
  EXPECT_EQ(figure({{"Forest Office", ""}, {"Town", "60"}}), "sum 60 of 1; authority-absent\n");
  EXPECT_EQ(figure({{"Town", "60"}, {"Village", "40"}}), "sum 100 of 2; authority-absent\n");
  EXPECT_EQ(figure({{"Forest Office A", "100"}, {"Forest Office B", "50"}, {"Town", "60"}}),
            "sum 210 of 3; authority-unclear\nauthority-absent\n");
  EXPECT_EQ(figure({{"Town", ""}}), "none of 0; ");
}

TEST(Province, UsesOneReturnPerAgency) {
  const Return first = answer("Town", {{"trees.planted", "10"}, {"trees.alive", "9"}}, "a.xlsx");
  const auto with = [&](const Return& other) { return merged({first, other}); };

  const Merged repeated = with(answer("TOWN", {{"trees.planted", "10"}, {"trees.alive", "9"}}, "b.xlsx"));
  EXPECT_EQ(repeated.findings, "return-repeated\n");
  EXPECT_EQ(shown(repeated.province, "trees.planted"), "sum 10 of 1");
  EXPECT_EQ(repeated.province.superseded, std::vector<std::string>{"a.xlsx"});

  const Merged equally = with(answer("Town", {{"trees.planted", "12"}, {"trees.alive", "9"}}, "b.xlsx"));
  EXPECT_EQ(equally.findings, "return-conflict\n");
  EXPECT_EQ(shown(equally.province, "trees.planted"), "sum 12 of 1");  // as full as the other, and sorts last
  const Merged fuller = with(answer("Town", {{"trees.planted", "12"}}, "b.xlsx"));
  EXPECT_EQ(shown(fuller.province, "trees.planted"), "sum 10 of 1");
  EXPECT_EQ(fuller.province.superseded, std::vector<std::string>{"b.xlsx"});
}

TEST(Province, SaysWhereTwoReturnsDiffer) {
  Findings findings;
  merge({answer("Town", {{"trees.planted", "10"}, {"trees.alive", "9"}}, "a.xlsx"),
         answer("Town", {{"trees.planted", "12"}}, "b.xlsx")},
        trees(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(trees().wording.sentence(findings[0], "en"),
            "Town sent two different files: “a.xlsx” is used (it has more values, or its path sorts last), “b.xlsx” is "
            "not. They "
            "differ in: D10 10 ≠ D10 12; D11 9 ≠ —. Confirm the right one and remove the other.");
}

TEST(Province, SaysWhereOnlyNotesDiffer) {
  const auto noted = [](const std::string& file, const std::string& note) {
    Return one = answer("Town", {{"trees.planted", "10"}}, file);
    one.observations.at(1).note = note;
    one.observations.at(2).note = note;
    return one;
  };
  Findings findings;
  merge({noted("a.xlsx", "in May"), noted("b.xlsx", "in June")}, trees(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "return-conflict");
  EXPECT_EQ(findings[0].details.back().second, "D10 in June ≠ D10 in May; D11 in June ≠ D11 in May");
  findings.clear();
  merge({noted("a.xlsx", "in May"), noted("b.xlsx", "")}, trees(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].details.back().second, "D10 — ≠ D10 in May; — ≠ D11 in May");
}

TEST(Province, CountsAnUnnamedCopyOnce) {
  for (const std::string file : {"0.xlsx", "z.xlsx"}) {  // before and behind the other
    const auto with = [&](const Values& values) {
      Return unnamed = answer(file == "0.xlsx" ? "0" : "z", values, file);
      unnamed.named = false;
      return merged({answer("Town", {{"trees.planted", "10"}, {"trees.alive", "9"}}), unnamed});
    };
    const Merged copy = with({{"trees.planted", "10"}, {"trees.alive", "9"}});
    EXPECT_EQ(copy.findings, "return-repeated\n") << file;
    EXPECT_EQ(shown(copy.province, "trees.planted"), "sum 10 of 1") << file;
    ASSERT_EQ(copy.province.members.size(), 1U) << file;
    EXPECT_EQ(copy.province.members[0].name, "Town") << file;
    EXPECT_EQ(copy.province.superseded, std::vector<std::string>{file});
    const Merged other = with({{"trees.planted", "10"}, {"trees.alive", "8"}});
    EXPECT_EQ(other.findings, "agency-unnamed\n") << file;
    EXPECT_EQ(shown(other.province, "trees.planted"), "sum 20 of 2") << file;
  }
  Return first = answer("Town", {{"trees.planted", "10"}});
  Return later = answer("b", {{"trees.planted", "10"}}, "b.xlsx");
  first.modified = "2027-07-01T08:00:00Z";
  later.modified = "2027-07-02T08:00:00Z";
  later.named = false;
  const Merged saved_later = merged({first, later});
  EXPECT_EQ(saved_later.findings, "return-repeated\n");
  EXPECT_EQ(saved_later.province.members.at(0).name, "Town");  // though the copy is the one that counts
  Return nothing = answer("z", {{"trees.planted", "0"}});
  nothing.named = false;
  EXPECT_EQ(merged({answer("Town", {{"trees.planted", "0"}}), nothing}).province.members.size(), 2U);
}

TEST(Province, SaysThatTwoAgenciesSentTheSameFigures) {
  Values values = {{"trees.survival", "0.9"},       {"trees.planted", "10"},      {"trees.alive", "9"},
                   {"care.towns.visits", "21"},     {"care.towns.water", "22.5"}, {"care.villages.visits", "31"},
                   {"care.villages.water", "32.5"}, {"opinion.plan", "1"},        {"opinion.happy", "0.7"},
                   {"opinion.shade", "0.6"}};
  const Merged copied = merged({answer("Town", values), answer("Village", values)});
  EXPECT_EQ(copied.findings, "return-copied\n");
  EXPECT_EQ(shown(copied.province, "trees.planted"), "sum 20 of 2");
  Values another = values;
  another[9].second = "0.5";
  EXPECT_EQ(merged({answer("Town", values), answer("Village", another)}).findings, "");
  values[9].second = "0";  // nine that tell something
  EXPECT_EQ(merged({answer("Town", values), answer("Village", values)}).findings, "");
}

TEST(Province, KeepsAgenciesApartWhoseNamesDifferInALetter) {
  for (const auto& [one, other] : std::vector<std::pair<std::string, std::string>>{
           {"Đông Sơn", "Dông Sơn"}, {"Mỹ Sơn", "Mĩ Sơn"}, {"Hòa An", "Hóa An"}}) {
    const Merged result =
        merged({answer(one, {{"trees.planted", "10"}}, "a.xlsx"), answer(other, {{"trees.planted", "5"}}, "b.xlsx")});
    EXPECT_EQ(result.findings, "") << one << " and " << other;
    EXPECT_EQ(shown(result.province, "trees.planted"), "sum 15 of 2") << one << " and " << other;
  }
  const Merged same = merged(
      {answer("Hoà An", {{"trees.planted", "10"}}, "a.xlsx"), answer("HÒA  AN", {{"trees.planted", "10"}}, "b.xlsx")});
  EXPECT_EQ(same.findings, "return-repeated\n");
}

TEST(Province, TellsOfOddReturns) {
  Return unnamed = answer("scan0001", {{"trees.alive", "1"}});
  unnamed.named = false;
  EXPECT_EQ(merged({unnamed}).findings, "agency-unnamed\n");
  EXPECT_EQ(merged({answer("Town", {})}).findings, "return-empty\n");
  Return later = answer("Village", {{"trees.alive", "1"}});
  later.period = "July";
  EXPECT_EQ(merged({answer("Town", {{"trees.alive", "1"}}), later}).findings, "periods-differ\n");
  later.period = "JUNE ";
  EXPECT_EQ(merged({answer("Town", {{"trees.alive", "1"}}), later}).findings, "");
  EXPECT_EQ(merged({}).province.members.size(), 0U);
}

TEST(Province, IsTheSameInEveryOrder) {
  std::mt19937 random(7);
  std::vector<Return> returns;
  for (int i = 0; i < 40; ++i) {
    const auto number = [&] { return std::to_string(random() % 1000) + "." + std::to_string(random() % 1000); };
    const std::string agency = "Agency " + std::to_string(i % 30);  // ten of them twice
    returns.push_back(answer(agency,
                             {{"trees.planted", number()},
                              {"trees.alive", number()},
                              {"care.towns.water", number()},
                              {"opinion.happy", "0." + std::to_string(random() % 100)},
                              {"opinion.plan", std::to_string(random() % 2)},
                              {"trees.all", number()}},
                             "f" + std::to_string(i) + ".xlsx"));
    if (i % 3 == 0) returns.back().period = "July";
    if (i % 5 == 0) returns.back().named = false;
  }
  const auto everything = [](const std::vector<Return>& all) {
    Findings findings;
    const Province province = merge(all, trees(), findings);
    std::string text;
    for (const Indicator& indicator : trees().catalogue.indicators)
      text += indicator.id + " " + shown(province, indicator.id) + "\n";
    for (const Member& member : province.members) text += member.name + " " + member.answer.file + "\n";
    for (const std::string& file : province.superseded) text += file + "\n";
    for (const Finding& finding : findings)
      text += finding.agency + ": " + trees().wording.sentence(finding, "en") + "\n";
    return text;
  };
  const std::string expected = everything(returns);
  EXPECT_NE(expected.find("two different files"), std::string::npos);
  for (int round = 0; round < 30; ++round) {
    std::shuffle(returns.begin(), returns.end(), random);
    ASSERT_EQ(everything(returns), expected);
  }
}

}  // namespace
}  // namespace tonghop
