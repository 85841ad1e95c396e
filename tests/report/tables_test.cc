// Text output: the headers that other programs rely on, quoting, what stands under `value`, and columns that line up.
#include "report/tables.h"

#include <gtest/gtest.h>

#include "merge/province.h"
#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// The line of the CSV with this beginning, or with this inside.
std::string line(const std::string& csv, const std::string& part) {
  const std::size_t at = csv.find(part);
  if (at == std::string::npos) return "";
  const std::size_t first = at == 0 ? 0 : csv.rfind('\n', at) + 1;
  return csv.substr(first, csv.find('\n', at) - first);
}

Return filled(const std::vector<Typed>& typed = {}, const std::string& file = "f.xlsx") {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, typed);
  return read_back(book, trees(), file).answer;
}

TEST(ObservationsCsv, HasTheHeaderAndALineForEveryInputRow) {
  const std::string csv = observations_csv({filled()}, trees().catalogue);
  EXPECT_EQ(line(csv, "file"), "file,sheet,cell,agency,template,key,number,label,indicator,kind,raw,value,status,note");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 13);
  EXPECT_EQ(csv.back(), '\n');
  EXPECT_EQ(line(csv, ",1.1.a,"),
            "f.xlsx,Trees,D10,Town,trees,1.1.a,,- Trees planted,trees.planted,count,10,10,exact,");
  EXPECT_EQ(line(csv, ",5,5.,"),
            "f.xlsx,Opinion,D9,Town,trees,5,5.,Share of happy people,opinion.happy,percent,70%,0.7,exact,");
  EXPECT_EQ(line(csv, ",4,4.,"), "f.xlsx,Opinion,D8,Town,trees,4,4.,Is there a plan?,opinion.plan,choice,1,1,exact,");
  EXPECT_EQ(line(csv, ",7,7.,"),
            "f.xlsx,Opinion,D11,Town,trees,7,7.,What else?,opinion.else,text,nothing,nothing,exact,");
  std::vector<std::size_t> places;
  for (const char* key : {",1.1,1.1.,", ",1.1.a,,", ",1.1.b,,", ",2.1,2.1.,", ",8,8.,"})
    places.push_back(csv.find(key));
  EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));  // as the form has them
}

TEST(ObservationsCsv, KeepsBlanksAndWhatHasNoValue) {
  const std::string csv = observations_csv(
      {filled(
          {{"D13", xlsx::Value()}, {"D14", "1,500"}, {"D16", "/"}, {"D17", "a \"bit\",\nnot more"}, {"E17", "x, y"}})},
      trees().catalogue);
  EXPECT_EQ(line(csv, ",2.1,2.1.,"),
            "f.xlsx,Trees,D13,Town,trees,2.1,2.1.,Number of visits,care.towns.visits,count,,,blank,");
  EXPECT_EQ(line(csv, ",2.2,2.2.,"),
            "f.xlsx,Trees,D14,Town,trees,2.2,2.2.,Water used,care.towns.water,amount,\"1,500\",,ambiguous,");
  EXPECT_EQ(line(csv, ",3.1,"),
            "f.xlsx,Trees,D16,Town,trees,3.1,2.1.,Number of visits,care.villages.visits,count,/,,not_applicable,");
  EXPECT_NE(csv.find("amount,\"a \"\"bit\"\",\nnot more\",,unreadable,\"x, y\"\n"), std::string::npos);
}

TEST(ObservationsJson, SaysTheSame) {
  const std::string json = observations_json({filled({{"E10", "\"quoted\""}})}, trees().catalogue);
  EXPECT_EQ(json.substr(0, 4), "[\n  ");
  EXPECT_NE(json.find("\"key\": \"1.1.a\""), std::string::npos);
  EXPECT_NE(json.find("\"note\": \"\\\"quoted\\\"\""), std::string::npos);
  EXPECT_EQ(observations_json({}, trees().catalogue), "[]\n");
}

TEST(ValuesCsv, SaysHowEveryFigureCameAbout) {
  Findings findings;
  const Return second = [] {
    xlsx::Workbook book = filled_trees("Village");
    type_in(book, 0, {{"D10", 90.0}, {"D11", 10.0}, {"D14", 0.1}});
    type_in(book, 1, {{"D8", 0.0}, {"D9", 0.2}, {"D10", 0.5}, {"D11", "a | b, c"}, {"D12", xlsx::Value()}});
    return read_back(book, trees(), "g.xlsx").answer;
  }();
  const std::string csv = values_csv(merge({filled(), second}, trees(), findings), trees().catalogue);
  EXPECT_EQ(line(csv, "indicator,"), "indicator,label,unit,kind,value,agencies,numerator,denominator");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 13);
  const std::vector<std::string> lines = {"trees.survival,Share of trees still alive,%,percent,0.19,2,19,100",
                                          "trees.planted,Trees planted,Trees,count,100,2,,",
                                          "trees.all,Trees in the province,Trees,count,77,1,,",
                                          "care.towns.water,Water in towns,m3,amount,22.6,2,,",
                                          "opinion.plan,Is there a plan?,,choice,0:1 1:1,2,,",
                                          "opinion.happy,Share of happy people,%,percent,0.25,2,25,100",
                                          "opinion.shade,Share of shade,%,percent,,2,,",
                                          "opinion.else,What else?,,text,\"Town: nothing | Village: a | b, c\",2,,"};
  for (const std::string& expected : lines) EXPECT_EQ(line(csv, expected.substr(0, expected.find(',') + 1)), expected);
}

TEST(ValuesCsv, LeavesWhatCannotBeComputedEmpty) {
  Findings findings;
  const std::string csv =
      values_csv(merge({filled({{"D10", 0.0}, {"D11", 0.0}})}, trees(), findings), trees().catalogue);
  EXPECT_EQ(line(csv, "trees.survival,"), "trees.survival,Share of trees still alive,%,percent,,1,0,0");
  const std::string none = values_csv(merge({}, trees(), findings), trees().catalogue);
  EXPECT_EQ(line(none, "trees.planted,"), "trees.planted,Trees planted,Trees,count,,0,,");
}

Finding finding(const std::string& code, const std::string& agency, const std::string& cell) {
  Finding one;
  one.code = code;
  one.agency = agency;
  one.place = {.file = agency + ".xlsx", .sheet = "Trees", .cell = cell};
  one.details = {{"number", "1."}, {"caption", "Trees"}, {"candidates", "7 / 7000"}};
  one.raw = "7,000";
  one.indicator = "trees.planted";
  return one;
}

TEST(FindingsCsv, HasTheHeaderAndWholeMessages) {
  const std::string csv = findings_csv({finding("value-ambiguous", "Town", "D10")}, trees().wording, "en");
  EXPECT_EQ(csv,
            "severity,code,file,sheet,cell,agency,indicator,raw,value,message,state\n"
            "error,value-ambiguous,Town.xlsx,Trees,D10,Town,trees.planted,\"7,000\",,\"Indicator 1. “Trees”: “7,000” "
            "may mean 7 / 7000, but that is not sure, so it is not used. Type the number plainly.\",open\n");
  EXPECT_EQ(findings_lines({finding("value-ambiguous", "Town", "D10")}, trees().wording, "en"),
            "error: Town.xlsx [Trees] D10: Indicator 1. “Trees”: “7,000” may mean 7 / 7000, but that is not sure, so "
            "it is not used. Type the number plainly.\n");
}

TEST(SortFindings, GoesByAgencySeverityAndPlace) {
  Findings findings = {finding("value-extracted", "Town", "D2"), finding("value-ambiguous", "Town", "D10"),
                       finding("value-ambiguous", "Town", "D9"), finding("value-not-yet", "Ardennes", "D1"),
                       finding("periods-differ", "", ""),        finding("value-ambiguous", "Town", "C10")};
  sort_findings(findings, trees().wording);
  EXPECT_EQ(codes(findings),
            "periods-differ\nvalue-not-yet D1\nvalue-ambiguous D9\nvalue-ambiguous C10\nvalue-ambiguous "
            "D10\nvalue-extracted D2\n");
}

TEST(Aligned, PutsVietnameseUnderVietnamese) {
  EXPECT_EQ(aligned({{"Số", "7.029", "x"}, {"Hồ sơ", "9", ""}, {"ho\u0300a", "", "đ"}}, {false, true, false}),
            "Số     7.029  x\n"
            "Hồ sơ      9\n"
            "ho\u0300a           đ\n");
  EXPECT_EQ(aligned({{"表", "1"}, {"ab", "2"}}, {false, false}), "表  1\nab  2\n");  // two columns wide
  EXPECT_EQ(aligned({}, {false}), "");
}

TEST(Aligned, ShortensTheWidestColumnsButNoNumbers) {
  const std::vector<std::vector<std::string>> rows = {{"a long caption", "1234567890123", "another one"},
                                                      {"short", "1", "x"}};
  EXPECT_EQ(aligned(rows, {false, true, false}, 100), aligned(rows, {false, true, false}));
  EXPECT_EQ(aligned(rows, {false, true, false}, 37),
            "a long ca…  1234567890123  another o…\nshort                   1  x\n");
  EXPECT_EQ(aligned(rows, {false, true, false}, 5), "a long …  1234567890123  another…\nshort                 1  x\n");
}

TEST(Wrapped, CutsBetweenWords) {
  EXPECT_EQ(wrapped("một hai ba", 9, 2), "  một hai\n  ba\n");
  EXPECT_EQ(wrapped("unbreakable word", 4, 0), "unbreakable\nword\n");
}

TEST(ObservationsTable, ShortensToTheWidth) {
  const std::string table = observations_table({filled()}, trees(), "en", 50);
  EXPECT_EQ(line(table, "f.xlsx"), "f.xlsx: Town, June (trees)");
  EXPECT_EQ(line(table, "5."), "5.    Share of happ…  D9       70%      70%  exact");
}

TEST(ObservationsTable, ShortensLongTextsAtOnce) {
  Return one = filled();
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "đ";
  for (Observation& observation : one.observations) observation.raw = text;
  const std::string table = observations_table({one}, trees(), "en", 80);  // quadratic, this takes hours
  EXPECT_NE(table.find("  đđđđđđđđđđđđđđđđđđđ…  "), std::string::npos);
  EXPECT_LT(table.size(), 5'000U);
  one.observations.front().raw = "表表表表表表表表表表表";  // two columns each
  EXPECT_NE(observations_table({one}, trees(), "en", 80).find("   表表表表表表表表表…  "), std::string::npos);
}

}  // namespace
}  // namespace tonghop
