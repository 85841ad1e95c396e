// A form whose sheets come in several files, and sheets that come more than once.
#include "reconcile/join.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

struct Joined {
  std::vector<Return> returns;
  std::string findings;
  std::string values;  // of the first
};

// The filled form with only some of its sheets, by index.
xlsx::Workbook only(const std::vector<std::size_t>& sheets, const std::string& agency = "Town") {
  xlsx::Workbook whole = filled_trees(agency);
  xlsx::Workbook part = whole;
  part.sheets.clear();
  for (const std::size_t s : sheets) part.sheets.push_back(whole.sheets.at(s));
  for (std::size_t s = 2; s < whole.sheets.size(); ++s) part.sheets.push_back(whole.sheets[s]);
  return part;
}

Joined joined(const std::vector<std::pair<std::string, xlsx::Workbook>>& files) {
  Matcher matcher(trees());
  Findings findings;
  Joined result;
  for (const auto& [name, book] : files) {
    result.returns.push_back(reconcile(lift(book, name, matcher.captions()), trees(), matcher, findings));
  }
  result.returns = join(std::move(result.returns), findings);
  for (const Finding& finding : findings) result.findings += finding.code + " " + finding.place.file + "\n";
  for (const Observation& observation : result.returns.at(0).observations) {
    if (!observation.value) continue;
    result.values += trees().catalogue[observation.indicator].id + "=" + observation.value->to_string() + " " +
                     observation.place.file + "\n";
  }
  return result;
}

TEST(Join, PutsSheetsOfSeveralFilesTogether) {
  const Joined two = joined({{"a.xlsx", only({0})}, {"b.xlsx", only({1})}});
  ASSERT_EQ(two.returns.size(), 1U);
  EXPECT_EQ(two.findings, "return-joined b.xlsx\n");
  EXPECT_TRUE(two.returns[0].missing.empty());
  EXPECT_NE(two.values.find("trees.planted=10 a.xlsx"), std::string::npos) << two.values;
  EXPECT_NE(two.values.find("opinion.plan=1 b.xlsx"), std::string::npos) << two.values;
  EXPECT_EQ(joined({{"b.xlsx", only({1})}, {"a.xlsx", only({0})}}).values, two.values) << "in any order";
}

TEST(Join, KnowsWhenTheLastPartWasSent) {
  const auto sent = [](const std::string& first, const std::string& second) {
    Matcher matcher(trees());
    Findings findings;
    std::vector<Return> parts;
    for (const std::size_t sheet : {0U, 1U}) {
      parts.push_back(reconcile(lift(only({sheet}), std::to_string(sheet) + ".xlsx", matcher.captions()), trees(),
                                matcher, findings));
      parts.back().sent = sheet == 0 ? first : second;
      if (sheet == 1) parts.back().code = "H1";
    }
    const Return whole = join(std::move(parts), findings).at(0);
    return whole.sent + " " + whole.code;
  };
  EXPECT_EQ(sent("2027-07-02T08:00:00Z", "2027-07-01T08:00:00Z"), "2027-07-02T08:00:00Z H1");
  EXPECT_EQ(sent("2027-07-02T08:00:00Z", ""), " H1");
}

TEST(Join, SaysWhichSheetIsNotThere) {
  const Joined one = joined({{"a.xlsx", only({0})}});
  EXPECT_EQ(one.findings, "rows-missing a.xlsx\n");
  EXPECT_FALSE(one.returns[0].missing.empty());
}

TEST(Join, ComparesASheetThatComesTwice) {
  const Joined same = joined({{"a.xlsx", only({0, 1})}, {"b.xlsx", only({1})}});
  EXPECT_EQ(same.findings, "return-repeated b.xlsx\n") << "or the other way round";
  xlsx::Workbook other = only({1});
  type_in(other, 0, {{"D12", 78.0}});
  const Joined different = joined({{"a.xlsx", only({0, 1})}, {"b.xlsx", other}});
  EXPECT_EQ(different.findings, "return-conflict a.xlsx\nreturn-joined b.xlsx\n")
      << "the later path of equally full ones";
  EXPECT_NE(different.values.find("trees.all=78 b.xlsx"), std::string::npos) << different.values;
}

TEST(Join, TakesASheetFromTheFileWhereItIsFilledIn) {
  // All sheets are in both files, each half filled in.
  xlsx::Workbook first = only({0, 1});
  xlsx::Workbook second = only({0, 1});
  type_in(first, 1,
          {{"D8", xlsx::Value()},
           {"D9", xlsx::Value()},
           {"D10", xlsx::Value()},
           {"D11", xlsx::Value()},
           {"D12", xlsx::Value()}});
  type_in(second, 0,
          {{"D10", xlsx::Value()},
           {"D11", xlsx::Value()},
           {"D13", xlsx::Value()},
           {"D14", xlsx::Value()},
           {"D16", xlsx::Value()},
           {"D17", xlsx::Value()}});
  const Joined two = joined({{"a.xlsx", first}, {"b.xlsx", second}});
  ASSERT_EQ(two.returns.size(), 1U);
  EXPECT_EQ(two.findings, "return-joined b.xlsx\n");
  EXPECT_NE(two.values.find("trees.planted=10 a.xlsx"), std::string::npos) << two.values;
  EXPECT_NE(two.values.find("opinion.plan=1 b.xlsx"), std::string::npos) << two.values;
}

TEST(Join, LeavesOtherAgenciesAndWholeFormsAlone) {
  EXPECT_EQ(joined({{"a.xlsx", only({0})}, {"b.xlsx", only({1}, "Village")}}).returns.size(), 2U);
  EXPECT_EQ(joined({{"a.xlsx", only({0, 1})}, {"b.xlsx", only({0, 1})}}).returns.size(), 2U) << "merging chooses";
}

}  // namespace
}  // namespace tonghop
