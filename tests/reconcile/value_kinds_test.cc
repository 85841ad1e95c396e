// What is typed where an amount, a choice or a text is asked for; how cells show, and when percentages agree.
#include "reconcile/readings.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// clang-format off: one case a line
TEST(Value, ReadsAmounts) {
  expect_readings(Kind::amount,
                  {// marks
                   {"0", "exact 0"},
                   {"5", "exact 5"},
                   {"2500", "exact 2500"},
                   {"1,5", "normalized 1.5"},
                   {"1.5", "normalized 1.5"},
                   {"0,75", "normalized 0.75"},
                   {"0.75", "normalized 0.75"},
                   {"0.500", "normalized 0.5"},
                   {"0,500", "normalized 0.5"},
                   {"1.500", "normalized 1500"},
                   {"1,500", "ambiguous [1.5 1500]"},
                   {"12.345", "normalized 12345"},
                   {"12.345,67", "normalized 12345.67"},
                   {"12,345.67", "normalized 12345.67"},
                   {"1.234.567,8", "normalized 1234567.8"},
                   {"1.234.567", "normalized 1234567"},
                   {"1 234,5", "normalized 1234.5"},
                   {"1 234.5", "normalized 1234.5"},
                   {"1 234", "normalized 1234"},
                   {"09", "normalized 9"},
                   {"09,5", "normalized 9.5"},
                   {"00", "normalized 0"},
                   {"1,0", "normalized 1"},
                   {"12,", "normalized 12"},
                   {"12.345.67", "unreadable"},
                   {"1,2,3", "unreadable"},
                   {"1.2.3", "unreadable"},
                   // units; money in another order is not read
                   {"2500 triệu đồng", "normalized 2500"},
                   {"15 triệu đồng", "normalized 15"},
                   {"15 triệu", "unreadable"},
                   {"15,5 tr.đ", "normalized 15.5"},
                   {"15trđ", "normalized 15"},
                   {"15 trđ", "normalized 15"},
                   {"15 tr đồng", "normalized 15"},
                   {"1,500 triệu đồng", "ambiguous [1.5 1500]"},
                   {"2 tỷ", "unreadable"},
                   {"2,5 tỷ đồng", "unreadable"},
                   {"2 tỷ 500 triệu", "unreadable"},
                   {"2tỷ5", "unreadable"},
                   {"500 nghìn", "unreadable"},
                   {"500 nghìn đồng", "unreadable"},
                   {"500.000 đồng", "unreadable"},
                   {"500.000đ", "unreadable"},
                   {"500000 VNĐ", "unreadable"},
                   {"15 USD", "unreadable"},
                   {"$15", "unreadable"},
                   {"15 hồ sơ", "unreadable"},
                   {"15 tháng", "unreadable"},
                   {"15 người", "unreadable"},
                   // longer texts
                   {"khoảng 2,5", "extracted 2.5"},
                   {"khoảng 2,5 triệu đồng", "extracted 2.5"},
                   {"trên 2,5", "ambiguous [2.5]"},
                   {">15", "ambiguous [15]"},
                   {"15-20", "ambiguous [15 20]"},
                   {"15/20", "ambiguous [15 20]"},
                   {"50%", "unreadable"},
                   {"15 (50%)", "extracted 15"},
                   {"-1,5", "unreadable"},
                   {"(1,5)", "ambiguous [1.5]"},
                   {"12,5 (tỉnh 10; huyện 2,5)", "extracted 12.5 parts 10 2.5"},
                   {"12,5 (tỉnh 10 triệu đồng; huyện 2,5 triệu đồng)", "extracted 12.5 parts 10 2.5"},
                   {"10 + 2,5 = 12,5", "extracted 12.5 parts 10 2.5"},
                   {"10 + 2,5", "ambiguous [12.5]"},
                   // words
                   {"không", "normalized 0 word"},
                   {"Không có", "normalized 0 word"},
                   {"/", "not_applicable word"},
                   {"-", "not_applicable word"},
                   {"chưa có", "blank word"},
                   {"x", "blank word"},
                   {"?", "unreadable"},
                   // more
                   {"kinh phí 15 triệu đồng", "extracted 15"},
                   {"kinh phí: 15", "extracted 15"},
                   {"15, trong đó NSNN 10, khác 5", "extracted 15 parts 10 5"},
                   {"0,1234567891234", "normalized 0.123456789123"},
                   {"99999999999", "exact 99999999999"},
                   {"999999999999,999999999", "normalized 999999999999.999999999"},
                   {"1000000000000", "unreadable"},
                   {"0.0000000001", "normalized 0.0000000001"},
                   {"1e5", "unreadable"},
                   {"15*", "extracted 15"},
                   {"15 (mười lăm)", "normalized 15"},
                   {"hai mươi", "normalized 20"},
                   {"ba triệu đồng", "extracted 3"},
                   {"30/6/2023", "unreadable"},
                   // and more of the same
                   {"khoảng 2 triệu", "unreadable"},
                   // cells
                   {1234.5, "exact 1234.5"},
                   {0.28999999999999998, "exact 0.29"},
                   {1.0 / 3, "exact 0.333333333333"},
                   {-1.0, "unreadable"},
                   {1e12, "unreadable"},
                   {0.5, "unreadable", "%"},
                   {45019.0, "ambiguous [3 4]", "d"},
                   {true, "unreadable"},
                   {xlsx::ErrorValue{"#VALUE!"}, "unreadable"}},
                  {}, "Triệu đồng");
}

TEST(Value, ReadsChoices) {
  const std::vector<Option> options = {{0, "Không"}, {1, "Có"}, {2, "Đang thực hiện"}};
  expect_readings(Kind::choice,
                  {// codes
                   {"0", "exact 0"},
                   {"1", "exact 1"},
                   {"2", "exact 2"},
                   {"3", "unreadable"},
                   {"01", "normalized 1"},
                   {"00", "normalized 0"},
                   {"1.", "normalized 1"},
                   {"1,", "normalized 1"},
                   {"1;", "normalized 1"},
                   {"1,0", "ambiguous [1 0]"},
                   {"1.0", "ambiguous [1 0]"},
                   {"-1", "unreadable"},
                   {"10", "unreadable"},
                   {"11", "unreadable"},
                   {"99999999999999999999999999", "unreadable"},
                   {"１", "normalized 1"},
                   {"(1)", "normalized 1"},
                   // labels
                   {"Có", "normalized 1"},
                   {"CÓ.", "normalized 1"},
                   {"có", "normalized 1"},
                   {"có!", "normalized 1"},
                   {"\"Có\"", "normalized 1"},
                   {"Không", "normalized 0"},
                   {"KHÔNG", "normalized 0"},
                   {"Đang thực hiện", "normalized 2"},
                   {"đang  thực\nhiện", "normalized 2"},
                   {"Dang thuc hien", "unreadable"},
                   // both
                   {"1. Có", "normalized 1"},
                   {"1.Có", "normalized 1"},
                   {"1 - Có", "normalized 1"},
                   {"1-Có", "normalized 1"},
                   {"1: Có", "normalized 1"},
                   {"1 Có", "normalized 1"},
                   {"1=Có", "normalized 1"},
                   {"1 = Có", "normalized 1"},
                   {"Có = 1", "normalized 1"},
                   {"Có (1)", "normalized 1"},
                   {"Có: 1", "normalized 1"},
                   {"Có 1", "normalized 1"},
                   {"1 (Có)", "normalized 1"},
                   {"Có - 1", "normalized 1"},
                   {"0 - Không", "normalized 0"},
                   {"0. Không", "normalized 0"},
                   // contradictions
                   {"1 = Không", "ambiguous [1 0]"},
                   {"Không = 1", "ambiguous [0 1]"},
                   {"Có; Không", "ambiguous [1 0]"},
                   {"Có/Không", "ambiguous [1 0]"},
                   {"Có, không", "ambiguous [1 0]"},
                   {"0/1", "ambiguous [0 1]"},
                   {"1; 2", "ambiguous [1 2]"},
                   {"1, 2", "ambiguous [1 2]"},
                   {"1-2", "unreadable"},
                   {"1, 3", "unreadable"},
                   // with a remark
                   {"Có (đã tổ chức tháng 3)", "extracted 1"},
                   {"Có, đã tổ chức", "extracted 1"},
                   {"Có - 02 cuộc", "extracted 1"},
                   {"Có (02 cuộc)", "extracted 1"},
                   {"Có, 02 cuộc", "extracted 1"},
                   {"Có 02 cuộc", "unreadable"},
                   {"Không (chưa có nhu cầu)", "extracted 0"},
                   {"Không, do chưa có kế hoạch", "extracted 0"},
                   // other words
                   {"Đã có", "unreadable"},
                   {"Có tổ chức", "unreadable"},
                   {"không có", "extracted 0"},
                   {"ko", "extracted 0"},
                   {"Ko có", "extracted 0"},
                   {"k có", "extracted 0"},
                   {"KPS", "extracted 0"},
                   {"chưa", "blank word"},
                   {"Chưa thực hiện", "blank word"},
                   {"chưa có", "blank word"},
                   {"đang triển khai", "blank word"},
                   {"/", "not_applicable word"},
                   {"-", "not_applicable word"},
                   {"không thuộc thẩm quyền", "not_applicable word"},
                   {"x", "blank word"},
                   {"v", "unreadable"},
                   {"✓", "unreadable"},
                   {"X", "blank word"},
                   {"?", "unreadable"},
                   {"TRUE", "unreadable"},
                   {"yes", "unreadable"},
                   // numbers that are no code
                   {"100%", "unreadable"},
                   {"1 lần", "unreadable"},
                   {"01 văn bản", "unreadable"},
                   {"năm", "unreadable"},
                   {"một", "unreadable"},
                   {"Số 1", "unreadable"},
                   {"1¹", "unreadable"},
                   {"①", "unreadable"},
                   {"½", "unreadable"},
                   {"l", "unreadable"},
                   {"I", "unreadable"},
                   {"O", "unreadable"},
                   {"#N/A", "unreadable"},
                   {"1*", "unreadable"},
                   {"1)", "normalized 1"},
                   {"30/6/2023", "unreadable"},
                   // and more of the same
                   {"Co\u0301", "normalized 1"},
                   // cells
                   {1.0, "exact 1"},
                   {3.0, "unreadable"},
                   {0.5, "unreadable"},
                   {1.0, "unreadable", "%"},
                   {true, "unreadable"},  // which of the options is TRUE?
                   {45019.0, "ambiguous [3 4]", "d"},
                   {xlsx::ErrorValue{"#N/A"}, "unreadable"}},
                  options);
}
// clang-format on

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
  expect_readings(Kind::count, {{"7⁄8", "extracted 7 of 8"}, {"７７", "normalized 77"}});
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
                                   {0.25, "6:00", "d"},
                                   {0.229, "5:30", "d"},
                                   {1.0, "1/1/1900", "d"},
                                   {59.0, "28/2/1900", "d"},
                                   {60.0, "60", "d"},
                                   {61.0, "1/3/1900", "d"},
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
