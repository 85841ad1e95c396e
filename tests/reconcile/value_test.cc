// What typed values mean: one table of kind, what stands in the cell, and how it is read.
#include "reconcile/value.h"

#include <gtest/gtest.h>

#include "definitions.h"

namespace tonghop {
namespace {

using xlsx::Value;

struct Case {
  Value typed;
  std::string expected;
  const char* format = "";  // "%" or "d": percent or date format
};

// "extracted 77 parts 54 23", "ambiguous [7 7000]", "exact 1 (523/525)", "extracted 8 of 21", "blank word".
std::string shown(const Reading& reading) {
  std::string text(to_string(reading.status));
  if (reading.value) text += " " + reading.value->to_string();
  if (!reading.text.empty()) text += " \"" + reading.text + "\"";
  if (reading.whole) text += " of " + reading.whole->to_string();
  if (reading.numerator) text += " (" + reading.numerator->to_string() + "/" + reading.denominator->to_string() + ")";
  if (!reading.parts.empty()) text += " parts";
  for (const Decimal& part : reading.parts) text += " " + part.to_string();
  for (const Decimal& candidate : reading.candidates) {
    text += (&candidate == reading.candidates.data() ? " [" : " ") + candidate.to_string();
  }
  if (!reading.candidates.empty()) text += "]";
  if (reading.word) text += " word";
  return text;
}

void expect_readings(Kind kind, const std::vector<Case>& table, const std::vector<Option>& options = {}) {
  Input input;
  input.expected = true;
  input.kind = kind;
  input.options = options;
  for (const auto& [typed, expected, format] : table) {
    SubmittedCell cell;
    cell.value = typed;
    cell.percent_format = std::string_view(format) == "%";
    cell.date_format = std::string_view(format) == "d";
    const Reading reading = interpret(cell, input, testing::shipped().vocabulary);
    EXPECT_EQ(shown(reading), expected) << raw_text(cell);
    EXPECT_EQ(has_value(reading.status), reading.value.has_value() || (kind == Kind::text && !reading.text.empty()));
  }
}

TEST(Value, ReadsCounts) {
  expect_readings(Kind::count, {
      {Value(), "blank"}, {"", "blank"}, {"   ", "blank"}, {"\u00A0", "blank"}, {"\n", "blank"},
      // plain
      {"9", "exact 9"}, {"0", "exact 0"}, {"1904", "exact 1904"}, {" 21 ", "exact 21"}, {"1234567", "exact 1234567"},
      // one reading
      {"09", "normalized 9"}, {"00", "normalized 0"}, {"007", "normalized 7"}, {"7.029", "normalized 7029"},
      {"64.073", "normalized 64073"}, {"1.234.567", "normalized 1234567"}, {"7,029", "normalized 7029"},
      {"1,234,567", "normalized 1234567"}, {"1.000", "normalized 1000"}, {"1.234,00", "normalized 1234"},
      {"1,234.00", "normalized 1234"}, {"7,0", "normalized 7"}, {"7.0", "normalized 7"}, {"1 234", "normalized 1234"},
      {"12 345 678", "normalized 12345678"}, {"1\u00A0234", "normalized 1234"}, {"7\u202F029", "normalized 7029"},
      {"２１", "normalized 21"}, {"'09", "normalized 9"}, {"5.", "normalized 5"}, {"12,", "normalized 12"},
      {"03 Đơn vị", "normalized 3"}, {"21 nhiệm vụ", "normalized 21"}, {"15 VB", "normalized 15"}, {"15VB", "normalized 15"},
      {"7.029 hồ sơ", "normalized 7029"}, {"100 HS.", "normalized 100"}, {"2 (cuộc)", "normalized 2"},
      {"4\u00A0TTHC", "normalized 4"}, {"01 văn bản;", "normalized 1"}, {"12 CBCC", "normalized 12"},
      // out of a longer text
      {"21 nhiệm vụ cụ thể", "extracted 21"}, {"4 HĐ68", "extracted 4"}, {"08/21", "extracted 8 of 21"},
      {"08 / 21", "extracted 8 of 21"}, {"0/5", "extracted 0 of 5"}, {"21/21", "extracted 21 of 21"},
      {"7.029/7.100", "extracted 7029 of 7100"}, {"77 (cấp tỉnh 54, huyện 23)", "extracted 77 parts 54 23"},
      {"1.077 (cấp tỉnh 1.054; huyện 23)", "extracted 1077 parts 1054 23"}, {"100 (01 hồ sơ)", "extracted 100 parts 1"},
      {"5 hồ sơ (trong đó 2 quá hạn)", "extracted 5 parts 2"}, {"0 (không phát sinh)", "extracted 0"},
      {"khoảng 10", "extracted 10"}, {"~10", "extracted 10"}, {"Tổng số: 35", "extracted 35"}, {"+5", "extracted 5"},
      {"- 5", "extracted 5"}, {"Có 3 văn bản", "extracted 3"}, {"12 hồ sơ/tháng", "extracted 12"},
      {"5 hồ sơ, đạt 100%", "extracted 5"}, {"15 VB (KH 12/KH-UBND)", "extracted 15"}, {"3 (mức độ 4)", "extracted 3 parts 4"},
      // two readings
      {"7,000", "ambiguous [7 7000]"}, {"10,000", "ambiguous [10 10000]"}, {"5-7", "ambiguous [5 7]"},
      {"12 + 3", "ambiguous [12 3]"}, {"5 và 7", "ambiguous [5 7]"}, {"30/4", "ambiguous [30 4]"},
      {"30/6/2023", "ambiguous [30 6 2023]"}, {"Mức 3: 5", "ambiguous [3 5]"},
      {"tỉnh 54, huyện 23", "ambiguous [54 23]"}, {"08/21 nhiệm vụ", "ambiguous [8 21]"},
      // not concerned, not known, none
      {"/", "not_applicable word"}, {"//", "not_applicable word"}, {"-", "not_applicable word"},
      {"–", "not_applicable word"}, {"—", "not_applicable word"}, {"N/A", "not_applicable word"},
      {"Không thuộc thẩm quyền", "not_applicable word"}, {"không áp dụng.", "not_applicable word"},
      {"Không", "normalized 0 word"}, {"không có", "normalized 0 word"}, {"KHÔNG CÓ", "normalized 0 word"},
      {"Kho\u0302ng co\u0301", "normalized 0 word"}, {"Không phát sinh.", "normalized 0 word"}, {"KPS", "normalized 0 word"},
      {"ko", "normalized 0 word"}, {"(Không có)", "normalized 0 word"},
      {"chưa có", "blank word"}, {"Chưa thực hiện", "blank word"}, {"x", "blank word"}, {"Đang tổng hợp", "blank word"},
      {"Bổ sung sau", "blank word"},
      // no number
      {"Có", "unreadable"}, {"abc", "unreadable"}, {"Quý I", "unreadable"}, {"l0", "unreadable"}, {"1O", "unreadable"},
      {"HĐ68", "unreadable"}, {"-5", "unreadable"}, {"-5 hồ sơ", "unreadable"}, {"7.02", "unreadable"}, {"7,5", "unreadable"},
      {"1.5", "unreadable"}, {"12,50", "unreadable"}, {"1.2.3", "unreadable"}, {"70 29", "unreadable"}, {"0.123", "unreadable"},
      {"12 34", "unreadable"}, {"100%", "unreadable"}, {"99,9 %", "unreadable"}, {"525/QĐ-UBND", "unreadable"},
      {"?", "unreadable"}, {"...", "unreadable"}, {"99999999999999999999", "unreadable"},
      {xlsx::ErrorValue{"#REF!"}, "unreadable"}, {xlsx::ErrorValue{"#DIV/0!"}, "unreadable"}, {true, "unreadable"},
      // number cells
      {9.0, "exact 9"}, {0.0, "exact 0"}, {7029.0, "exact 7029"}, {2.9999999999999996, "exact 3"},
      {1.1 - 1 - 0.1, "exact 0"}, {7.029, "ambiguous [7029]"}, {1.5, "ambiguous [1500]"}, {64.07, "ambiguous [64070]"},
      {0.5, "unreadable"}, {-3.0, "unreadable"}, {7.0291, "unreadable"}, {1e20, "unreadable"},
      {1.0, "unreadable", "%"}, {0.5, "unreadable", "%"},
      {45019.0, "ambiguous [3 4]", "d"}, {45107.0, "ambiguous [30 6]", "d"}, {0.25, "ambiguous", "d"}});
}

TEST(Value, ReadsAmounts) {
  expect_readings(Kind::amount, {
      {"1,5", "normalized 1.5"}, {"1.5", "normalized 1.5"}, {"0,75", "normalized 0.75"}, {"0.75", "normalized 0.75"},
      {"0.500", "normalized 0.5"}, {"0,500", "normalized 0.5"}, {"1.500", "normalized 1500"}, {"12.345,67", "normalized 12345.67"},
      {"12,345.67", "normalized 12345.67"}, {"1.234.567,8", "normalized 1234567.8"}, {"1 234,5", "normalized 1234.5"},
      {"2500", "exact 2500"}, {"15 triệu đồng", "normalized 15"}, {"15,5 tr.đ", "normalized 15.5"},
      {"1,500", "ambiguous [1.5 1500]"}, {"1,500 triệu đồng", "ambiguous [1.5 1500]"}, {"-1,5", "unreadable"},
      {"khoảng 2,5", "extracted 2.5"}, {"12,5 (tỉnh 10; huyện 2,5)", "extracted 12.5 parts 10 2.5"}, {"1,2,3", "unreadable"},
      {"không", "normalized 0 word"}, {"/", "not_applicable word"}, {"50%", "unreadable"},
      {1234.5, "exact 1234.5"}, {0.28999999999999998, "exact 0.29"}, {-1.0, "unreadable"}, {0.5, "unreadable", "%"}});
}

TEST(Value, ReadsPercentages) {
  expect_readings(Kind::percent, {
      {"100%", "normalized 1"}, {"99,9%", "normalized 0.999"}, {"99.9%", "normalized 0.999"}, {"99,9 %", "normalized 0.999"},
      {"99,9％", "normalized 0.999"}, {"0,02%", "normalized 0.0002"}, {"0%", "normalized 0"}, {"1%", "normalized 0.01"},
      {"0,5%", "normalized 0.005"}, {"100,0%", "normalized 1"}, {"100.00%", "normalized 1"}, {"100,000%", "normalized 1"},
      {"13,79", "normalized 0.1379"}, {"34", "normalized 0.34"}, {"04", "normalized 0.04"}, {"100", "normalized 1"},
      {"99.9", "normalized 0.999"}, {"0", "normalized 0"}, {"50\u00A0%", "normalized 0.5"},
      {"100 (01 hồ sơ)", "extracted 1"}, {"100% (01 hồ sơ)", "extracted 1"}, {"99,62% (523/525)", "extracted 0.9962 (523/525)"},
      {"99,62 (523/525)", "extracted 0.9962 (523/525)"}, {"100% (523/525)", "extracted 1 (523/525)"}, {"1 (1/1)", "extracted 1 (1/1)"}, {"1 (1/100)", "extracted 0.01 (1/100)"},
      {"523/525", "extracted 0.996190476 (523/525)"}, {"4/4", "extracted 1 (4/4)"}, {"đạt 100%", "extracted 1"},
      {"Đạt tỷ lệ 99,9% kế hoạch", "extracted 0.999"}, {"523/525 hồ sơ (99,62%)", "extracted 0.9962"}, {"100%.", "extracted 1"},
      {"98% (523/525)", "ambiguous [0.98 0.996190476]"}, {"1", "ambiguous [0.01 1]"}, {"0,5", "ambiguous [0.005 0.5]"},
      {"0.999", "ambiguous [0.00999 0.999]"}, {"1,0", "ambiguous [0.01 1]"}, {"20% và 30%", "ambiguous [0.2 0.3]"},
      {"/", "not_applicable word"}, {"-", "not_applicable word"}, {"Không phát sinh", "not_applicable word"},
      {"không", "not_applicable word"}, {"chưa có số liệu", "blank word"}, {"", "blank"},
      {"Đã kết nối", "unreadable"}, {"120%", "unreadable"}, {"101", "unreadable"}, {"-5%", "unreadable"}, {"-5", "unreadable"},
      {"1,2,3%", "unreadable"}, {"%", "unreadable"}, {"525/523", "unreadable"}, {"0/0", "unreadable"}, {"Đạt 100", "unreadable"},
      {xlsx::ErrorValue{"#DIV/0!"}, "unreadable"},
      {0.999, "exact 0.999", "%"}, {1.0, "exact 1", "%"}, {0.0, "exact 0", "%"}, {0.28999999999999998, "exact 0.29", "%"},
      {1.5, "unreadable", "%"}, {99.9, "unreadable", "%"}, {-0.1, "unreadable", "%"},
      {99.9, "normalized 0.999"}, {34.0, "normalized 0.34"}, {100.0, "normalized 1"}, {0.0, "normalized 0"},
      {1.0, "ambiguous [0.01 1]"}, {0.999, "ambiguous [0.00999 0.999]"}, {101.0, "unreadable"}, {-1.0, "unreadable"},
      {45019.0, "ambiguous [3 4]", "d"}});
}

TEST(Value, ReadsChoices) {
  const std::vector<Option> options = {{0, "Không"}, {1, "Có"}, {2, "Đang thực hiện"}};
  expect_readings(Kind::choice, {
      {"1", "exact 1"}, {"0", "exact 0"}, {"01", "normalized 1"}, {"Có", "normalized 1"}, {"CÓ.", "normalized 1"}, {"có", "normalized 1"},
      {"Co\u0301", "normalized 1"}, {"Không", "normalized 0"}, {"Đang thực hiện", "normalized 2"}, {"1. Có", "normalized 1"},
      {"Có (1)", "normalized 1"}, {"Có = 1", "normalized 1"}, {"1 = Có", "normalized 1"}, {"0 - Không", "normalized 0"},
      {"3", "unreadable"}, {"1; 2", "unreadable"}, {"Đã có", "unreadable"}, {"không có", "unreadable"}, {"100%", "unreadable"},
      {"1 = Không", "unreadable"}, {"/", "not_applicable word"}, {"chưa", "blank word"}, {"", "blank"},
      {1.0, "exact 1"}, {3.0, "unreadable"}, {0.5, "unreadable"}, {true, "unreadable"}, {45019.0, "ambiguous [3 4]", "d"}},
      options);
}

TEST(Value, KeepsTexts) {
  expect_readings(Kind::text, {
      {"", "blank"}, {" \u00A0", "blank"}, {"  a \n b ", "exact \"a b\""}, {"ho\u0300a", "exact \"hòa\""}, {"không", "exact \"không\""},
      {"/", "exact \"/\""}, {"7.029", "exact \"7.029\""}, {7.5, "exact \"7.5\""}, {0.5, "exact \"50%\"", "%"},
      {45019.0, "exact \"3/4/2023\"", "d"}, {xlsx::ErrorValue{"#N/A"}, "unreadable"}});
}

TEST(RawText, ShowsTheCellAsAPersonSeesIt) {
  const std::vector<Case> table = {
      {Value(), ""}, {" 09 ", "09"}, {7.029, "7.029"}, {0.28999999999999998, "0.29"}, {0.999, "99.9%", "%"}, {1.0, "100%", "%"},
      {1e20, "100000000000000000000"}, {true, "TRUE"}, {xlsx::ErrorValue{"#REF!"}, "#REF!"}, {45019.0, "3/4/2023", "d"},
      {45019.75, "3/4/2023", "d"}, {0.25, "0.25", "d"}, {1e9, "1000000000", "d"}};
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
  const std::vector<Row> table = {{"0.999", 1, 6709, 6716, true},  {"0.303", 1, 2270, 7029, false}, {"0.04", 0, 4, 4, false},
                                  {"1", 0, 4, 4, true},            {"1", 0, 199, 200, true},        {"1", 0, 1989, 2000, false},
                                  {"1", 1, 1989, 2000, false},     {"0.9962", 2, 523, 525, true},   {"0.9961", 2, 523, 525, false},
                                  {"0", 0, 0, 5, true},            {"0", 0, 0, 0, false},           {"0.0002", 2, 2, 10000, true},
                                  {"0.1379", 2, 4, 29, true},      {"0.323", 1, 2270, 7029, true}};
  for (const auto& [reported, decimals, numerator, denominator, expected] : table) {
    EXPECT_EQ(agrees(Decimal::parse(reported).value(), decimals, numerator, denominator), expected)
        << reported << " of " << numerator << "/" << denominator;
  }
}

}  // namespace
}  // namespace tonghop
