// What is typed where a percentage, a choice or a text is asked for; how cells show, and when percentages agree.
#include "reconcile/readings.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

TEST(Value, ReadsPercentages) {
  expect_readings(Kind::percent, {{"100%", "normalized 1"},
                                  {"99,9%", "normalized 0.999"},
                                  {"99.9%", "normalized 0.999"},
                                  {"99,9 %", "normalized 0.999"},
                                  {"99,9％", "normalized 0.999"},
                                  {"0,02%", "normalized 0.0002"},
                                  {"0%", "normalized 0"},
                                  {"1%", "normalized 0.01"},
                                  {"0,5%", "normalized 0.005"},
                                  {"100,0%", "normalized 1"},
                                  {"100.00%", "normalized 1"},
                                  {"100,000%", "normalized 1"},
                                  {"13,79", "normalized 0.1379"},
                                  {"34", "normalized 0.34"},
                                  {"04", "normalized 0.04"},
                                  {"100", "normalized 1"},
                                  {"99.9", "normalized 0.999"},
                                  {"0", "normalized 0"},
                                  {"50\u00A0%", "normalized 0.5"},
                                  {"100 (01 hồ sơ)", "extracted 1"},
                                  {"100% (01 hồ sơ)", "extracted 1"},
                                  {"99,62% (523/525)", "extracted 0.9962 (523/525)"},
                                  {"99,62 (523/525)", "extracted 0.9962 (523/525)"},
                                  {"100% (523/525)", "extracted 1 (523/525)"},
                                  {"1 (1/1)", "extracted 1 (1/1)"},
                                  {"1 (1/100)", "extracted 0.01 (1/100)"},
                                  {"523/525", "extracted 0.996190476 (523/525)"},
                                  {"4/4", "extracted 1 (4/4)"},
                                  {"đạt 100%", "extracted 1"},
                                  {"Đạt tỷ lệ 99,9% kế hoạch", "extracted 0.999"},
                                  {"523/525 hồ sơ (99,62%)", "extracted 0.9962"},
                                  {"100%.", "extracted 1"},
                                  {"98% (523/525)", "ambiguous [0.98 0.996190476]"},
                                  {"1", "ambiguous [0.01 1]"},
                                  {"0,5", "ambiguous [0.005 0.5]"},
                                  {"0.999", "ambiguous [0.00999 0.999]"},
                                  {"1,0", "ambiguous [0.01 1]"},
                                  {"20% và 30%", "ambiguous [0.2 0.3]"},
                                  {"/", "not_applicable word"},
                                  {"-", "not_applicable word"},
                                  {"Không phát sinh", "not_applicable word"},
                                  {"không", "not_applicable word"},
                                  {"chưa có số liệu", "blank word"},
                                  {"", "blank"},
                                  {"Đã kết nối", "unreadable"},
                                  {"120%", "unreadable"},
                                  {"101", "unreadable"},
                                  {"-5%", "unreadable"},
                                  {"-5", "unreadable"},
                                  {"1,2,3%", "unreadable"},
                                  {"%", "unreadable"},
                                  {"525/523", "unreadable"},
                                  {"0/0", "unreadable"},
                                  {"Đạt 100", "unreadable"},
                                  {xlsx::ErrorValue{"#DIV/0!"}, "unreadable"},
                                  {0.999, "exact 0.999", "%"},
                                  {1.0, "exact 1", "%"},
                                  {0.0, "exact 0", "%"},
                                  {0.28999999999999998, "exact 0.29", "%"},
                                  {1.5, "unreadable", "%"},
                                  {99.9, "unreadable", "%"},
                                  {-0.1, "unreadable", "%"},
                                  {99.9, "normalized 0.999"},
                                  {34.0, "normalized 0.34"},
                                  {100.0, "normalized 1"},
                                  {0.0, "normalized 0"},
                                  {1.0, "ambiguous [0.01 1]"},
                                  {0.999, "ambiguous [0.00999 0.999]"},
                                  {101.0, "unreadable"},
                                  {-1.0, "unreadable"},
                                  {45019.0, "ambiguous [3 4]", "d"}});
}

TEST(Value, ReadsChoices) {
  const std::vector<Option> options = {{0, "Không"}, {1, "Có"}, {2, "Đang thực hiện"}};
  expect_readings(Kind::choice,
                  {{"1", "exact 1"},
                   {"0", "exact 0"},
                   {"01", "normalized 1"},
                   {"Có", "normalized 1"},
                   {"CÓ.", "normalized 1"},
                   {"có", "normalized 1"},
                   {"Co\u0301", "normalized 1"},
                   {"Không", "normalized 0"},
                   {"Đang thực hiện", "normalized 2"},
                   {"1. Có", "normalized 1"},
                   {"Có (1)", "normalized 1"},
                   {"Có = 1", "normalized 1"},
                   {"1 = Có", "normalized 1"},
                   {"0 - Không", "normalized 0"},
                   {"3", "unreadable"},
                   {"1; 2", "unreadable"},
                   {"Đã có", "unreadable"},
                   {"không có", "unreadable"},
                   {"100%", "unreadable"},
                   {"1 = Không", "unreadable"},
                   {"/", "not_applicable word"},
                   {"chưa", "blank word"},
                   {"", "blank"},
                   {1.0, "exact 1"},
                   {3.0, "unreadable"},
                   {0.5, "unreadable"},
                   {true, "unreadable"},
                   {45019.0, "ambiguous [3 4]", "d"}},
                  options);
}

TEST(Value, KeepsTexts) {
  expect_readings(Kind::text, {{"", "blank"},
                               {" \u00A0", "blank"},
                               {"  a \n b ", "exact \"a b\""},
                               {"ho\u0300a", "exact \"hòa\""},
                               {"không", "exact \"không\""},
                               {"/", "exact \"/\""},
                               {"7.029", "exact \"7.029\""},
                               {7.5, "exact \"7.5\""},
                               {0.5, "exact \"50%\"", "%"},
                               {45019.0, "exact \"3/4/2023\"", "d"},
                               {xlsx::ErrorValue{"#N/A"}, "unreadable"}});
}

TEST(Value, NeverReadsRaisedDigitsAsDigits) {
  for (const Kind kind : {Kind::count, Kind::amount, Kind::percent}) {
    expect_readings(kind, {{"77¹", "unreadable"}, {"77 ¹", "unreadable"}, {"5²", "unreadable"},  {"5³", "unreadable"},
                           {"5⁰", "unreadable"},  {"5⁴", "unreadable"},   {"5⁵", "unreadable"},  {"5⁹", "unreadable"},
                           {"5₀", "unreadable"},  {"5₂", "unreadable"},   {"5₉", "unreadable"},  {"77①", "unreadable"},
                           {"77⑳", "unreadable"}, {"5⑵", "unreadable"},   {"5⒉", "unreadable"},  {"½", "unreadable"},
                           {"5½", "unreadable"},  {"¼", "unreadable"},    {"¾", "unreadable"},   {"⅓", "unreadable"},
                           {"⅞", "unreadable"},   {"5⅐", "unreadable"},   {"90%²", "unreadable"}});
  }
  // U+2044 is no stroke that a fraction is typed with.
  expect_readings(Kind::count, {{"7⁄8", "unreadable"}, {"７７", "normalized 77"}});
  expect_readings(Kind::percent, {{"7⁄8", "unreadable"}});
  expect_readings(Kind::text, {{"77¹", "exact \"77¹\""}});
}

TEST(RawText, ShowsTheCellAsAPersonSeesIt) {
  const std::vector<Case> table = {{Value(), ""},
                                   {" 09 ", "09"},
                                   {7.029, "7.029"},
                                   {0.28999999999999998, "0.29"},
                                   {0.999, "99.9%", "%"},
                                   {1.0, "100%", "%"},
                                   {1e20, "100000000000000000000"},
                                   {true, "TRUE"},
                                   {xlsx::ErrorValue{"#REF!"}, "#REF!"},
                                   {45019.0, "3/4/2023", "d"},
                                   {45019.75, "3/4/2023", "d"},
                                   {0.25, "0.25", "d"},
                                   {1e9, "1000000000", "d"}};
  for (const auto& [typed, expected, format] : table) {
    SubmittedCell cell;
    cell.value = typed;
    cell.percent_format = std::string_view(format) == "%";
    cell.date_format = std::string_view(format) == "d";
    EXPECT_EQ(raw_text(cell), expected);
  }
}

TEST(Agrees, RoundsToTheDigitsThatWereTyped) {
  struct Row {
    const char* reported;
    int decimals;  // in per cent
    long long numerator, denominator;
    bool expected;
  };
  const std::vector<Row> table = {{"0.999", 1, 6709, 6716, true},
                                  {"0.303", 1, 2270, 7029, false},
                                  {"0.04", 0, 4, 4, false},
                                  {"1", 0, 4, 4, true},
                                  {"1", 0, 199, 200, true},
                                  {"1", 0, 1989, 2000, false},
                                  {"1", 1, 1989, 2000, false},
                                  {"0.9962", 2, 523, 525, true},
                                  {"0.9961", 2, 523, 525, false},
                                  {"0", 0, 0, 5, true},
                                  {"0", 0, 0, 0, false},
                                  {"0.0002", 2, 2, 10000, true},
                                  {"0.1379", 2, 4, 29, true},
                                  {"0.323", 1, 2270, 7029, true},
                                  {"0.6666666666666666", 14, 2, 3, true},
                                  {"0.07692307692307693", 15, 1, 13, true},
                                  {"0.666666666666667", 13, 2, 3, true},
                                  {"0.66667", 3, 2, 3, true},
                                  {"0.66666", 3, 2, 3, false},
                                  {"0.66666667", 6, 2, 3, true},
                                  {"0.6666666600", 8, 2, 3, false},
                                  {"0.6667", 8, 2, 3, false}};
  for (const auto& [reported, decimals, numerator, denominator, expected] : table) {
    EXPECT_EQ(agrees(Decimal::parse(reported).value(), decimals, numerator, denominator), expected)
        << reported << " of " << numerator << "/" << denominator;
  }
}

}  // namespace
}  // namespace tonghop
