// OpenFormula to Excel's notation, dates and durations to days.
#include "xlsx/ods_formula.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tonghop::xlsx {
namespace {

TEST(OdsFormula, IsWrittenAsExcelDoes) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"of:=[.E5]", "E5"},
      {"of:=[.$E$5]+[.E6]*2", "$E$5+E6*2"},
      {"of:=SUM([.A1:.B2])", "SUM(A1:B2)"},
      {"of:=SUM([$'Phụ lục'.A1:.B2])", "SUM('Phụ lục'!A1:B2)"},
      {"of:=[$Ẩn.A1]", "Ẩn!A1"},
      {"of:=[$'it''s: [a.b]'.A1]", "'it''s: [a.b]'!A1"},
      {"of:=[#REF!]+[.#REF!]", "#REF!+#REF!"},
      {"of:=IF(AND(ISNUMBER([.D14]);ISNUMBER([.D13]));IF([.D13]<>0;[.D14]/[.D13];\"\");\"\")",
       "IF(AND(ISNUMBER(D14),ISNUMBER(D13)),IF(D13<>0,D14/D13,\"\"),\"\")"},
      {"of:=\"a;b [.C1]\"&\"say \"\"x;y\"\"\"", "\"a;b [.C1]\"&\"say \"\"x;y\"\"\""},
      {"of:=SUM({1;2|3;4};5)", "SUM({1,2;3,4},5)"},
      {"of:==NOW()", "NOW()"},
      {"oooc:=[.A1];2", "A1,2"},
      {"msoxl:=IF(A1;2,3)", "IF(A1;2,3)"},
      {"=A1+1", "A1+1"},
      {"A1=1", "A1=1"},
      {"of:=[.A1", "[.A1"},
      {"of:=\"a", "\"a"},
      {"of:=", ""},
      {"", ""}};
  for (const auto& [stored, expected] : table) {
    std::set<std::string> sources;
    EXPECT_EQ(excel_formula(stored, sources), expected);
    EXPECT_TRUE(sources.empty()) << stored;
  }
}

TEST(OdsFormula, NamesTheFilesItRefersTo) {
  std::set<std::string> sources;
  EXPECT_EQ(excel_formula("of:=['file:///a b.xlsx'#$Sheet1.A1]+['file:///c.ods'#$'S 2'.A1:.B2]", sources),
            "'file:///a b.xlsx'#$Sheet1!A1+'file:///c.ods'#$'S 2'!A1:B2");
  EXPECT_EQ(sources, (std::set<std::string>{"file:///a b.xlsx", "file:///c.ods"}));
  EXPECT_EQ(external_source("'Sheet #1'"), std::nullopt);
  EXPECT_EQ(external_source("'"), std::nullopt);
  EXPECT_EQ(external_source("'#"), std::nullopt);
}

TEST(OdsDate, CountsDaysAsExcelDoes) {
  const std::vector<std::pair<std::string, std::optional<double>>> table = {{"1899-12-30", 0},
                                                                            {"1900-03-01", 61},
                                                                            {"2024-02-29", 45351},
                                                                            {"2024-03-17T12:00:00", 45368.5},
                                                                            {"2024-03-17T06:00", 45368.25},
                                                                            {"2024-03-17T00:00:00.000000000", 45368},
                                                                            {"2024-03-17T12:00:00Z", 45368.5},
                                                                            {"9999-12-31", 2958465},
                                                                            {"1890-01-01", -3650},
                                                                            {"2023-02-29", std::nullopt},
                                                                            {"2024-13-01", std::nullopt},
                                                                            {"2024-00-01", std::nullopt},
                                                                            {"2024-4-31", std::nullopt},
                                                                            {"99999999999-01-01", std::nullopt},
                                                                            {"-2024-01-01", std::nullopt},
                                                                            {"2024-01-999999999", std::nullopt},
                                                                            {"2024-01-01T", std::nullopt},
                                                                            {"2024-01-01T25:00", std::nullopt},
                                                                            {"2024-01-01T10:60", std::nullopt},
                                                                            {"2024-01-01T10:00:00x", std::nullopt},
                                                                            {"2024-01-01 10:00", std::nullopt},
                                                                            {"17/3/2024", std::nullopt},
                                                                            {"", std::nullopt}};
  for (const auto& [date, expected] : table) EXPECT_EQ(date_serial(date), expected) << date;
}

TEST(OdsDuration, IsAPartOfADay) {
  const std::vector<std::pair<std::string, std::optional<double>>> table = {
      {"PT12H00M00S", 0.5},   {"PT012H00M00S", 0.5},  {"PT42H", 1.75},         {"P1DT6H", 1.25},
      {"-PT6H", -0.25},       {"PT43200.0S", 0.5},    {"PT00H00M00S", 0},      {"P1Y", std::nullopt},
      {"P1M", std::nullopt},  {"PT", std::nullopt},   {"P", std::nullopt},     {"12:00", std::nullopt},
      {"PT12", std::nullopt}, {"PTxH", std::nullopt}, {"PT-1H", std::nullopt}, {"", std::nullopt}};
  for (const auto& [duration, expected] : table) EXPECT_EQ(duration_in_days(duration), expected) << duration;
}

}  // namespace
}  // namespace tonghop::xlsx
