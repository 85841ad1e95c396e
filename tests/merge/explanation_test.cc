// A figure taken apart gives the figure again, and every agency is told of.
#include "merge/explanation.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

struct Answer {
  std::string agency;
  std::vector<Typed> trees, opinion;  // typed over the filled-in survey
};

Province province(const std::vector<Answer>& answers, const Round* round = nullptr) {
  std::vector<Return> returns;
  for (const Answer& answer : answers) {
    xlsx::Workbook book = filled_trees(answer.agency);
    type_in(book, 0, answer.trees);
    type_in(book, 1, answer.opinion);
    returns.push_back(read_back(book, trees(), answer.agency + ".xlsx").answer);
  }
  Findings findings;
  return merge(std::move(returns), trees(), findings, round);
}

// "value Town 10 D10; blank Village"
std::string told(const Province& province, const std::string& id) {
  std::string text;
  for (const Contribution& addend : explain(province, trees(), trees().catalogue.find(id))) {
    text += (text.empty() ? "" : "; ") + std::string(to_string(addend.use)) + " " +
            province.members.at(static_cast<std::size_t>(addend.member)).name;
    if (addend.above >= 0) text += " in " + province.members.at(static_cast<std::size_t>(addend.above)).name;
    if (addend.observation == nullptr || addend.use == Use::blank) continue;
    text += " " + (has_value(addend.observation->status) && addend.observation->value
                       ? addend.observation->value->to_string()
                       : addend.observation->raw.str());
    text += " " + addend.observation->place.cell;
  }
  return text;
}

// The district's figures contain those of its village and of the office.
Round two_levels() {
  Round round;
  for (const std::string name : {"District", "Forest Office", "Village"}) {
    Agency agency;
    agency.name = name;
    agency.parent = name == "District" ? -1 : 0;
    round.names.emplace(fold_name(name), static_cast<int>(round.agencies.size()));
    round.agencies.push_back(std::move(agency));
  }
  return round;
}

// Figures made up.
std::vector<Answer> of_two_levels() {
  return {{"District", {{"D10", 100.0}, {"D11", 50.0}, {"D13", xlsx::Value()}}, {}},
          {"Forest Office", {{"D10", 30.0}, {"D9", xlsx::Value()}, {"D11", xlsx::Value()}}, {}},
          {"Village", {}, {}}};
}

// Figures made up.
Province made_up() {
  return province(
      {{"A", {}, {}},
       {"B", {{"D10", xlsx::Value()}, {"D9", 0.5, "0%"}}, {{"D8", 0.0}, {"D9", xlsx::Value()}}},
       {"C", {{"D10", "7,000"}, {"D9", xlsx::Value()}, {"D11", 4.0}}, {{"D8", "maybe"}, {"D10", 0.1, "0%"}}},
       {"Forest Office", {{"D10", 30.0}, {"D11", 20.0}}, {{"D11", xlsx::Value()}}}});
}

TEST(Explanation, SaysWhatEachAgencyGave) {
  const Province all = made_up();
  EXPECT_EQ(told(all, "trees.planted"), "value A 10 D10; value Forest Office 30 D10; unused C 7,000 D10; blank B");
  EXPECT_EQ(
      told(all, "trees.survival"),
      "numerator A 9 D11; numerator Forest Office 20 D11; denominator A 10 D10; denominator Forest Office 30 D10; "
      "left_out B 0.5 D9; unused C 7,000 D10");
  EXPECT_EQ(
      told(all, "opinion.happy"),
      "value A 0.7 D9; value Forest Office 0.7 D9; weight A 10 D10; weight Forest Office 30 D10; left_out C 0.7 D9; "
      "blank B");
  EXPECT_EQ(told(all, "trees.all"), "authority Forest Office 77 D12; other A 77 D12; other B 77 D12; other C 77 D12");
  EXPECT_EQ(told(all, "opinion.plan"), "value A 1 D8; value B 0 D8; value Forest Office 1 D8; unused C maybe D8");
}

TEST(Explanation, AddsNothingThatIsInsideAnotherFigure) {
  const Round round = two_levels();
  const Province all = province(of_two_levels(), &round);
  EXPECT_EQ(told(all, "trees.planted"),
            "value District 100 D10; covered Forest Office in District 30 D10; covered Village in District 10 D10");
  EXPECT_EQ(told(all, "trees.survival"),
            "numerator District 50 D11; denominator District 100 D10; covered Forest Office in District 30 D10; "
            "covered Village in District 0.9 D9");
  EXPECT_EQ(told(all, "opinion.happy"),
            "value District 0.7 D9; weight District 100 D10; covered Forest Office in District 0.7 D9; covered Village "
            "in District 0.7 D9");
  EXPECT_EQ(told(all, "trees.all"),
            "authority Forest Office 77 D12; other District 77 D12; covered Village in District 77 D12");
  EXPECT_EQ(told(all, "care.towns.visits").substr(0, 21), "value Forest Office 2");
}

TEST(Explanation, OfARatioWithOnePartSaysWhichPart) {
  const Province all = province({{"A", {}, {}},
                                 {"B", {{"D10", xlsx::Value()}, {"D9", xlsx::Value()}}, {}},
                                 {"C", {{"D10", xlsx::Value()}, {"D11", xlsx::Value()}, {"D9", xlsx::Value()}}, {}}});
  EXPECT_EQ(told(all, "trees.survival"), "numerator A 9 D11; denominator A 10 D10; unused B 9 D11; blank C");
}

TEST(Explanation, SaysWhoseFormDoesNotAsk) {
  Province all = made_up();
  all.members[0].observations.assign(all.members[0].observations.size(), nullptr);
  EXPECT_EQ(told(all, "care.towns.visits").substr(0, 8), "value B ");
  EXPECT_NE(told(all, "care.towns.visits").find("; not_asked A"), std::string::npos);
}

// The law: what is used makes the figure, and nobody is forgotten or told of twice.
void expect_lawful(const Province& all) {
  for (int i = 0; i < trees().catalogue.size(); ++i) {
    const Figure& figure = all.figures[static_cast<std::size_t>(i)];
    SCOPED_TRACE(trees().catalogue[i].id);
    Decimal values, numerators, denominators, others, weighted;
    int used = 0;
    std::set<int> members;
    std::vector<int> left_out;
    std::vector<int> covered;
    const std::vector<Contribution> addends = explain(all, trees(), i);
    std::vector<Decimal> own, weights;
    for (const Contribution& addend : addends) {
      members.insert(addend.member);
      const Decimal value = addend.observation == nullptr ? Decimal() : addend.observation->value.value_or(Decimal());
      if (addend.use == Use::value) own.push_back(value);
      if (addend.use == Use::weight) weights.push_back(value);
      if (addend.use == Use::value) values += value;
      if (addend.use == Use::numerator) numerators += value;
      if (addend.use == Use::denominator) denominators += value;
      if (addend.use == Use::other) others += value;
      if (addend.use == Use::left_out) left_out.push_back(addend.member);
      if (addend.use == Use::covered) covered.push_back(addend.member);
      used += addend.use == Use::value || addend.use == Use::numerator || addend.use == Use::authority ? 1 : 0;
    }
    EXPECT_EQ(members.size(), all.members.size());
    EXPECT_EQ(used, figure.agencies);
    EXPECT_EQ(left_out, figure.left_out);
    if (figure.basis != Basis::authority) {
      EXPECT_EQ(covered, figure.covered);
    }
    if (figure.basis == Basis::sum) {
      EXPECT_EQ(values, *figure.value);
    }
    if (figure.basis == Basis::ratio || figure.basis == Basis::not_computable) {
      EXPECT_EQ(numerators, *figure.numerator);
      EXPECT_EQ(denominators, *figure.denominator);
    }
    if (figure.basis == Basis::weighted) {
      ASSERT_EQ(own.size(), weights.size());
      for (std::size_t a = 0; a < own.size(); ++a) weighted += own[a] * weights[a];
      EXPECT_EQ(weighted, *figure.numerator);
    }
    if (figure.others) {
      EXPECT_EQ(others, *figure.others);
    }
  }
}

TEST(Explanation, AddsUpToTheFigure) {
  expect_lawful(made_up());
  expect_lawful(province({{"A", {{"D10", 0.0}, {"D11", 0.0}}, {}}}));
  expect_lawful(province({{"A", {{"D10", "?"}}, {}}, {"B", {{"D10", "?"}}, {{"D12", "/"}}}}));
  const Round round = two_levels();
  expect_lawful(province(of_two_levels(), &round));
  expect_lawful(province({{"District", {{"D10", 10.0}}, {}},
                          {"Village", {{"D9", xlsx::Value()}, {"D11", xlsx::Value()}}, {{"D9", xlsx::Value()}}}},
                         &round));
}

}  // namespace
}  // namespace tonghop
