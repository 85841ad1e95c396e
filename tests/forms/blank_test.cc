// The blank workbook: identity, keys, what may be filled in and how, formulas, and nothing to fill in left locked.
#include "forms/blank.h"

#include <gtest/gtest.h>

#include <set>

#include "forms/submission.h"
#include "support.h"
#include "survey.h"

namespace tonghop {
namespace {

using testing::at;
using testing::text_at;

Template trees() {
  std::vector<XmlFile> files;
  files.emplace_back("f.xml", testing::kTreesForm);
  return read_templates(files).at(0);
}

// One input per row of the form, as the mapping would say.
Inputs inputs_of(const Template& form) {
  Inputs inputs(form.rows.size());
  const auto set = [&](const char* key, Kind kind) -> Input& {
    Input& input = inputs.at(static_cast<std::size_t>(form.row(key)));
    input.expected = true;
    input.kind = kind;
    return input;
  };
  Input& share = set("1.1", Kind::percent);
  share.numerator = form.row("1.1.b");
  share.denominator = form.row("1.1.a");
  for (const char* key : {"1.1.a", "1.1.b", "2.1", "3.1", "8"}) set(key, Kind::count);
  for (const char* key : {"2.2", "3.2"}) set(key, Kind::amount);
  set("4", Kind::choice).options = {{0, "No"}, {1, "Yes"}};
  for (const char* key : {"5", "6"}) set(key, Kind::percent);
  set("7", Kind::text);
  return inputs;
}

xlsx::Workbook blank(const Identity& identity, const std::string& not_owed = "") {
  Wording wording;
  const std::string path = std::string(TONGHOP_SOURCE_DIR) + "/workbook-templates/wording.xml";
  wording.add(XmlFile("wording.xml", testing::read_file(path)));
  const Template form = trees();
  Inputs inputs = inputs_of(form);
  if (!not_owed.empty()) inputs.at(static_cast<std::size_t>(form.row(not_owed))).owed = false;
  return blank_workbook(form, inputs, identity, wording);
}

const xlsx::Style& style_at(const xlsx::Workbook& book, std::size_t sheet, const std::string& cell) {
  const xlsx::Cell* found = book.sheets.at(sheet).find(at(cell));
  return book.styles.at(found == nullptr ? 0 : static_cast<std::size_t>(found->style));
}

const Identity kTown{"trees", 3, "Town & Park", "June"};

TEST(Blank, CarriesItsIdentityOnAHiddenSheet) {
  const xlsx::Workbook book = blank(kTown);
  ASSERT_EQ(book.sheets.size(), 4U);
  EXPECT_EQ(book.sheets[2].name, "Instructions");
  EXPECT_FALSE(book.sheets[2].hidden);
  const xlsx::Sheet& identity = book.sheets[3];
  EXPECT_EQ(identity.name, kIdentitySheet);
  EXPECT_TRUE(identity.hidden);
  const std::vector<std::vector<std::string>> expected = {
      {"template", "trees"}, {"version", "3"}, {"agency", "Town & Park"}, {"period", "June"}};
  for (int r = 0; r < 4; ++r) {
    EXPECT_EQ(text_at(identity, "A" + std::to_string(r + 1)), expected[static_cast<std::size_t>(r)][0]);
    EXPECT_EQ(text_at(identity, "B" + std::to_string(r + 1)), expected[static_cast<std::size_t>(r)][1]);
  }
}

TEST(Blank, CarriesRowKeysInAHiddenColumn) {
  const xlsx::Workbook book = blank(kTown);
  const xlsx::Sheet& sheet = book.sheets[0];
  EXPECT_EQ(text_at(sheet, "F7"), kKeyHeader);
  EXPECT_EQ(text_at(sheet, "F8"), "1");
  EXPECT_EQ(text_at(sheet, "F11"), "1.1.b");
  EXPECT_EQ(text_at(book.sheets[1], "F12"), "8");
  ASSERT_EQ(sheet.columns.size(), 6U);
  for (const xlsx::ColumnFormat& column : sheet.columns) EXPECT_EQ(column.hidden, column.first == 6) << column.first;
}

TEST(Blank, PrintsTheForm) {
  const xlsx::Workbook book = blank(kTown);
  const xlsx::Sheet& sheet = book.sheets[0];
  const std::vector<std::pair<std::string, std::string>> table = {{"A1", "TREES OF Town & Park"},
                                                                  {"B3", "Reporting office:"},
                                                                  {"C3", "Town & Park"},
                                                                  {"B4", "Period:"},
                                                                  {"C4", "June"},
                                                                  {"A6", "No."},
                                                                  {"B6", "Question"},
                                                                  {"C6", "Result"},
                                                                  {"C7", "Unit"},
                                                                  {"D7", "Figure (whole period)"},
                                                                  {"E6", "Remarks"},
                                                                  {"A9", "1.1."},
                                                                  {"B9", "Share of trees still alive (today)"},
                                                                  {"C9", "%"},
                                                                  {"D9", ""},
                                                                  {"C19", "HEAD OF OFFICE"}};
  for (const auto& [cell, text] : table) EXPECT_EQ(text_at(sheet, cell), text) << cell;
  EXPECT_EQ(text_at(book.sheets[1], "E8"), "Town hall");
  std::set<std::string> merges;
  for (const xlsx::Area& area : sheet.merges) merges.insert(to_string(area));
  EXPECT_EQ(merges, (std::set<std::string>{"A1:E1", "C3:E3", "C4:E4", "A6:A7", "B6:B7", "C6:D6", "E6:E7", "C19:E19"}));
  EXPECT_EQ(sheet.frozen_rows, 7);
  EXPECT_EQ(sheet.print->title_first, 6);
  EXPECT_EQ(sheet.print->title_last, 7);
  EXPECT_EQ(sheet.find(at("B9"))->runs,
            (std::vector<xlsx::Run>{{"Share of trees still alive ", false, false}, {"(today)", false, true}}));
}

TEST(Blank, LeavesNothingToFillInLockedAndNothingElseOpen) {
  const xlsx::Workbook book = blank(kTown);
  const std::set<std::string> open = {"D10", "D11", "D13", "D14", "D16", "D17", "E9",
                                      "E10", "E11", "E13", "E14", "E16", "E17"};
  std::set<std::string> found;
  for (const xlsx::Cell& cell : book.sheets[0].cells) {
    const xlsx::Style& style = book.styles.at(static_cast<std::size_t>(cell.style));
    if (!style.locked) found.insert(to_string(cell.at));
    EXPECT_EQ(!style.locked, style.fill == kInputFill) << to_string(cell.at);
  }
  EXPECT_EQ(found, open);
  for (const xlsx::Sheet& sheet : book.sheets) EXPECT_TRUE(sheet.protection.has_value()) << sheet.name;
}

TEST(Blank, LeavesUnknownAgencyAndPeriodToTheReader) {
  const xlsx::Workbook book = blank({"trees", 3, "", ""});
  EXPECT_EQ(text_at(book.sheets[0], "A1"), "TREES OF ………………");
  for (const std::string cell : {"C3", "E3", "C4", "E4"}) {
    EXPECT_EQ(text_at(book.sheets[0], cell), "") << cell;
    EXPECT_FALSE(style_at(book, 0, cell).locked) << cell;
  }
  EXPECT_EQ(book.sheets[3].find(at("B3")), nullptr);
}

TEST(Blank, ComputesAPercentageFromItsParts) {
  const xlsx::Workbook book = blank(kTown);
  const xlsx::Cell* cell = book.sheets[0].find(at("D9"));
  ASSERT_NE(cell, nullptr);
  EXPECT_TRUE(cell->has_formula);
  EXPECT_EQ(cell->formula, "IF(AND(ISNUMBER(D11),ISNUMBER(D10)),IF(D10<>0,D11/D10,\"\"),\"\")");
  EXPECT_EQ(cell->value, xlsx::Value(std::string()));
  EXPECT_TRUE(style_at(book, 0, "D9").locked);
  EXPECT_EQ(style_at(book, 0, "D9").fill, kComputedFill);
  int formulas = 0;
  for (const xlsx::Sheet& sheet : book.sheets) {
    for (const xlsx::Cell& each : sheet.cells) formulas += each.has_formula ? 1 : 0;
  }
  EXPECT_EQ(formulas, 1);
}

TEST(Blank, FormatsCellsByKind) {
  const xlsx::Workbook book = blank(kTown);
  EXPECT_EQ(style_at(book, 0, "D9").number_format, "0.0#%");
  EXPECT_EQ(style_at(book, 0, "D10").number_format, "#,##0");
  EXPECT_EQ(style_at(book, 0, "D14").number_format, "#,##0.00");
  EXPECT_EQ(style_at(book, 0, "E10").number_format, "@");
  EXPECT_EQ(style_at(book, 1, "D8").number_format, "0");
  EXPECT_EQ(style_at(book, 1, "D11").number_format, "@");
}

TEST(Blank, ValidatesWithPromptAndError) {
  const xlsx::Workbook book = blank(kTown);
  struct Rule {
    std::size_t sheet;
    std::string areas, minimum, maximum, prompt, error;
  };
  const std::vector<Rule> expected = {
      {0, "D10:D11 D13 D16", "0", "", "Type a whole number, 0 or more.",
       "This cell needs a whole number, 0 or more, without text. Explanations belong in the last column."},
      {0, "D14 D17", "0", "", "Type a number, 0 or more, in the unit printed beside it.",
       "This cell needs a number, 0 or more, without text."},
      {1, "D8", "0,1", "", "Choose: 0 = No; 1 = Yes", "This cell takes one of these codes only: 0 = No; 1 = Yes"},
      {1, "D9:D10", "0", "1", "Type a percentage from 0% to 100%, such as 99.9%.",
       "This cell needs a percentage from 0% to 100%, such as 99.9%."},
      {1, "D12", "0", "", "Type a whole number, 0 or more.",
       "This cell needs a whole number, 0 or more, without text. Explanations belong in the last column."}};
  std::size_t next = 0;
  for (std::size_t s = 0; s < book.sheets.size(); ++s) {
    for (const xlsx::Validation& rule : book.sheets[s].validations) {
      ASSERT_LT(next, expected.size());
      const Rule& one = expected[next++];
      std::string areas;
      for (const xlsx::Area& area : rule.areas) areas += (areas.empty() ? "" : " ") + to_string(area);
      EXPECT_EQ(s, one.sheet);
      EXPECT_EQ(areas, one.areas);
      EXPECT_EQ(rule.minimum, one.minimum) << areas;
      EXPECT_EQ(rule.maximum, one.maximum) << areas;
      EXPECT_EQ(rule.prompt, one.prompt) << areas;
      EXPECT_EQ(rule.error, one.error) << areas;
      EXPECT_EQ(rule.error_title, "Not a valid value");
      EXPECT_NE(rule.prompt_title, "");
    }
  }
  EXPECT_EQ(next, expected.size());
}

TEST(Blank, GreysOutWhatTheAgencyDoesNotOweAndLeavesItOpen) {
  const xlsx::Workbook all = blank(kTown);
  const xlsx::Workbook some = blank(kTown, "2.1");
  for (const char* cell : {"D13", "E13"}) {
    EXPECT_EQ(style_at(all, 0, cell).fill, kInputFill) << cell;
    EXPECT_EQ(style_at(some, 0, cell).fill, kNotOwedFill) << cell;
    EXPECT_FALSE(style_at(some, 0, cell).locked) << cell;
  }
  EXPECT_EQ(style_at(some, 0, "D14").fill, kInputFill);
  const auto prompts = [](const xlsx::Workbook& book) {
    std::string text;
    for (const xlsx::Validation& rule : book.sheets[0].validations) {
      if (rule.areas.front() == xlsx::Area{at("D13"), at("D13")}) text += rule.prompt_title;
    }
    return text;
  };
  EXPECT_EQ(prompts(some), "Not to be filled in");
  EXPECT_NE(prompts(all), "Not to be filled in");
  EXPECT_EQ(some.sheets[2].cells.size(), all.sheets[2].cells.size() + 1);  // the instructions say what grey means
}

TEST(Blank, LiftsWithoutAnyValue) {
  const std::vector<Template> forms = {trees()};
  CaptionIndex captions(forms);
  const Submission submission = lift(blank(kTown), "blank.xlsx", captions);
  EXPECT_TRUE(submission.issued);
  EXPECT_EQ(submission.identity, kTown);
  EXPECT_EQ(submission.agency_shown, "Town & Park");
  EXPECT_EQ(submission.period_shown, "June");
  std::vector<std::string> keys;
  for (const SubmittedRow& row : submission.rows) {
    if (!row.key.empty()) keys.emplace_back(row.key);
    EXPECT_EQ(row.value.has_formula, row.key == "1.1");
    EXPECT_TRUE(row.value.has_formula || row.value.value == xlsx::Value()) << row.key;
  }
  std::vector<std::string> expected;
  for (const Row& row : forms[0].rows) expected.push_back(row.key);
  EXPECT_EQ(keys, expected);
}

}  // namespace
}  // namespace tonghop
