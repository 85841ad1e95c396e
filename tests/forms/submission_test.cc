// Lifting a table out of whatever sheet it came back on: header anywhere, one row or two, columns in any order.
#include "forms/submission.h"

#include <gtest/gtest.h>

#include <memory>

#include "base/finding.h"
#include "forms/blank.h"
#include "survey.h"

namespace tonghop {
namespace {

using testing::sheet_of;
using xlsx::Value;

const Value kNone;

struct Lifted {
  std::unique_ptr<CaptionIndex> captions;  // whose texts the submission borrows
  Submission submission;
  std::string rows;  // "number|caption|unit|value cell|note" a line
};

Lifted lifted(std::vector<xlsx::Sheet> sheets) {
  std::vector<XmlFile> files;
  files.emplace_back("f.xml", testing::kTreesForm);
  xlsx::Workbook book;
  book.sheets = std::move(sheets);
  Lifted result;
  result.captions = std::make_unique<CaptionIndex>(read_templates(files));
  result.submission = lift(book, "f.xlsx", *result.captions);
  for (const SubmittedRow& row : result.submission.rows) {
    const std::string cell = to_string(row.value.at);
    for (const std::string_view text : {row.number, row.caption, row.unit, std::string_view(cell)})
      result.rows.append(text).append("|");
    result.rows.append(row.note).append("\n");
  }
  return result;
}

const std::vector<Value> kHeader = {"No.", "Question", "Unit", "Figure (whole period)", "Remarks"};

TEST(Submission, FindsTheHeaderWhereverItStands) {
  struct Case {
    std::string odd;
    std::vector<std::vector<Value>> rows;
    std::string expected;
  };
  const std::vector<Case> table = {
      {"in the first row", {kHeader, {"1.", "A", "U", 5.0, "n"}}, "1.|A|U|D2|n\n"},
      {"below other things", {{"x"}, {}, {kNone, 3.0}, kHeader, {"1.", "A", "U", 5.0}}, "1.|A|U|D5|\n"},
      {"in two rows",
       {{"No.", "Question", "Result", kNone, "Remarks"},
        {kNone, kNone, "Unit", "Figure (whole period)"},
        {"1.", "A", "U", 5.0, "n"}},
       "1.|A|U|D3|n\n"},
      {"in two rows with one empty between",
       {{"No.", "Question", "Result", kNone, "Remarks"},
        {},
        {kNone, kNone, "Unit", "Figure (whole period)"},
        {"1.", "A", "U", 5.0}},
       "1.|A|U|D4|\n"},
      {"shouted, spaced and with another bracket",
       {{"NO", " QUESTION :", "unit", "Figure\n(this month)", "remarks"}, {"1.", "A", "U", 5.0, "n"}},
       "1.|A|U|D2|n\n"},
      {"without the bracket", {{kNone, "Question", kNone, "Figure"}, {"1.", "A", "U", 5.0}}, "|A||D2|\n"},
      {"columns swapped",
       {{"Remarks", "Figure", "Question", "No.", "Unit"}, {"n", 5.0, "A", "1.", "U"}},
       "1.|A|U|B2|n\n"},
      {"a column before the first",
       {{kNone, "No.", "Question", "Unit", "Figure"}, {kNone, "1.", "A", "U", 5.0}},
       "1.|A|U|E2|\n"},
      {"repeated where a page ends",
       {kHeader, {"1.", "A", "U", 5.0}, kHeader, {"2.", "B", "U", 6.0}},
       "1.|A|U|D2|\n2.|B|U|D4|\n"},
      {"two rows of it repeated",
       {{"No.", "Question", "Result", kNone, "Remarks"},
        {kNone, kNone, "Unit", "Figure"},
        {"1.", "A"},
        {"No.", "Question", "Result", kNone, "Remarks"},
        {kNone, kNone, "Unit", "Figure"},
        {"2.", "B"}},
       "1.|A||D3|\n2.|B||D6|\n"},
      {"numbers typed as numbers", {kHeader, {1.1, 2.0, kNone, "x"}}, "1.1|2||D2|\n"},
      {"value left empty", {kHeader, {"1.", "A"}}, "1.|A||D2|\n"},
      {"no value column", {{"No.", "Question", "Unit"}, {"1.", "A", "U", 5.0}}, ""},
      {"no caption column", {{"No.", "Unit", "Figure"}, {"1.", "U", 5.0}}, ""},
      {"too far apart", {{"Question"}, {}, {}, {kNone, "Figure"}, {"A", 5.0}}, ""},
      {"nothing", {}, ""}};
  for (const auto& [odd, rows, expected] : table) EXPECT_EQ(lifted({sheet_of("S", rows)}).rows, expected) << odd;
}

TEST(Submission, RefusesTwoColumnsThatClaimTheValues) {
  struct Case {
    std::vector<std::vector<Value>> header;
    std::string value, error;  // column of the values, or where a second one stands
  };
  const std::string full = "Figure (whole period)", bare = "Figure", last = "Figure (last year)", more = "Figure (now)";
  const std::vector<Case> table = {{{{"Question", full, full}}, "", "S!C1 B"},
                                   {{{"Question", bare, kNone, bare}}, "", "S!D1 B"},
                                   {{{"Question", bare, full}}, "", "S!C1 B"},
                                   {{{"Question", last, more}}, "", "S!C1 B"},
                                   {{{"Question", last}, {kNone, kNone, more}}, "", "S!C2 B"},
                                   {{{"Question", bare, last}}, "B", ""},
                                   {{{"Question", last, bare}}, "C", ""},
                                   {{{"Question", last, full, more}}, "C", ""},
                                   {{{"Question", last}, {kNone, kNone, full}}, "C", ""},
                                   {{{"Question", bare}, {kNone, full}}, "B", ""},  // the same column in both rows
                                   {{{"Question", "Unit", "Unit", bare}}, "D", ""}};
  for (const auto& [header, value, error] : table) {
    std::string read, found;
    try {
      const Submission submission = lifted({sheet_of("S", header)}).submission;
      read = xlsx::column_name(submission.tables.at(0).columns[static_cast<std::size_t>(Role::value)]);
    } catch (const Error& trouble) {
      const Finding& finding = trouble.finding();
      EXPECT_EQ(finding.code, "column-twice");
      EXPECT_EQ(finding.place.file, "f.xlsx");
      found = finding.place.sheet + "!" + finding.place.cell + " " + finding.details.at(1).second;
    }
    EXPECT_EQ(read, value) << std::get<std::string>(header[0][1]);
    EXPECT_EQ(found, error) << std::get<std::string>(header[0][1]);
  }
}

TEST(Submission, RefusesADoubtfulValueColumnBesideAnotherWithFigures) {
  const auto column = [](const std::vector<Value>& header, bool wide) {
    std::vector<std::vector<Value>> rows = {header};
    for (double n = 1; n < 6; ++n) rows.push_back({"1.", "A", "U", n, n + 100});
    xlsx::Sheet sheet = sheet_of("S", rows);
    if (wide) sheet.merges.push_back({{1, 4}, {1, 5}});
    try {
      return xlsx::column_name(lifted({sheet}).submission.tables.at(0).columns[static_cast<std::size_t>(Role::value)]);
    } catch (const Error& error) {
      return error.finding().code + " " + error.finding().place.cell;
    }
  };
  EXPECT_EQ(column({"No.", "Question", "Unit", "Figure (whole period)", "Last year"}, false), "D");
  EXPECT_EQ(column({"No.", "Question", "Unit", "Figure (last year)", "Result"}, false), "column-twice E1");
  EXPECT_EQ(column({"No.", "Question", "Unit", "Figure of the plan", "Result"}, false), "column-twice E1");
  EXPECT_EQ(column({"No.", "Question", "Unit", "Figure (whole period)", kNone}, true), "column-twice E1");
}

TEST(Submission, TakesVisibleSheetsFirst) {
  xlsx::Sheet hidden = sheet_of("Old", {kHeader, {"1.", "A", "U", 5.0}});
  hidden.hidden = true;
  const Submission submission = lifted({hidden, sheet_of("New", {kHeader, {"1.", "A", "U", 6.0}})}).submission;
  ASSERT_EQ(submission.tables.size(), 2U);
  EXPECT_EQ(submission.tables[0].sheet, "New");
  EXPECT_EQ(submission.tables[1].sheet, "Old");
}

TEST(Submission, NotesAnotherAgencyOnAFurtherSheet) {
  const auto other = [](const std::vector<std::string>& names) {
    std::vector<xlsx::Sheet> sheets;
    for (const std::string& name : names) {
      sheets.push_back(sheet_of("S" + name, {{"Reporting office", name}, kHeader, {"1.", "A"}}));
    }
    return lifted(std::move(sheets)).submission.other_agency;
  };
  EXPECT_EQ(other({"Town", "Village"}), "Village");
  EXPECT_EQ(other({"Đông Sơn", "Dông Sơn"}), "Dông Sơn");
  EXPECT_EQ(other({"Town", "TOWN"}), "");
  EXPECT_EQ(other({"Town", ""}), "");
  EXPECT_EQ(other({"", "Town"}), "");
}

TEST(Submission, NotesSheetsWithKeysWhoseHeaderIsUnknown) {
  const std::vector<Value> changed = {"No.", "Question", "Unit", "Total", "Remarks", "#tonghop"};
  const Submission submission =
      lifted({sheet_of("Good", {kHeader, {"1.", "A", "U", 5.0}}), sheet_of("Bad", {changed, {"1.", "A", "U", 5.0}}),
              sheet_of("Letter", {{"Question", "Total"}})})
          .submission;
  EXPECT_EQ(submission.headless, std::vector<std::string>{"Bad"});
  EXPECT_EQ(submission.tables.size(), 1U);
}

TEST(Submission, TellsTheBlanksFormulaFromOthers) {
  for (const auto& [formula, expected] :
       std::vector<std::pair<std::string, bool>>{{ratio_formula({11, 4}, {10, 4}), true},
                                                 {"IF( AND( ISNUMBER( D11 ), ISNUMBER( D10 ) ), 1, 2)", true},
                                                 {"D11/D10", false},
                                                 {"IF(D10=0,0,D11/D10)", false},
                                                 {"", false}}) {
    xlsx::Sheet sheet = sheet_of("S", {kHeader, {"1.", "A", "U", 0.5}});
    sheet.cell(testing::at("D2")).has_formula = true;
    sheet.cell(testing::at("D2")).formula = formula;
    EXPECT_EQ(lifted({sheet}).submission.rows.at(0).value.ratio_formula, expected) << formula;
  }
}

TEST(Submission, TakesEverySheetWithATable) {
  const Lifted result = lifted({sheet_of("One", {kHeader, {"1.", "A", "U", 5.0}}), sheet_of("Letter", {{"Dear all"}}),
                                sheet_of("Two", {{}, kHeader, {"2.", "B", "U", 6.0}})});
  EXPECT_EQ(result.rows, "1.|A|U|D2|\n2.|B|U|D3|\n");
  ASSERT_EQ(result.submission.tables.size(), 2U);
  EXPECT_EQ(result.submission.tables[1].sheet, "Two");
  EXPECT_EQ(result.submission.tables[1].header_row, 2);
  EXPECT_EQ(result.submission.rows[1].table, 1);
  EXPECT_FALSE(result.submission.issued);
}

TEST(Submission, ReadsKeysOnlyUnderTheirHeader) {
  auto header = kHeader;
  header.emplace_back("#tonghop");
  EXPECT_EQ(lifted({sheet_of("S", {header, {"1.", "A", "U", 5.0, kNone, "1.a"}})}).submission.rows.at(0).key, "1.a");
  EXPECT_EQ(lifted({sheet_of("S", {kHeader, {"1.", "A", "U", 5.0, kNone, "1.a"}})}).submission.rows.at(0).key, "");
}

TEST(Submission, ReadsFieldsAboveTheTable) {
  struct Case {
    std::string odd;
    std::vector<std::vector<Value>> rows;
    std::string agency, period;
  };
  const std::vector<Case> table = {
      {"beside their captions", {{"Reporting office:", "Town"}, {"Period:", "June"}, kHeader}, "Town", "June"},
      {"further right", {{kNone, "REPORTING OFFICE", kNone, " Town \u00A0 Hall "}, kHeader}, "Town Hall", ""},
      {"a number", {{"Period", 2023.0}, kHeader}, "", "2023"},
      {"empty", {{"Reporting office:"}, {"Period:"}, kHeader}, "", ""},
      {"the first wins", {{"Period", "June"}, {"Period", "July"}, kHeader}, "", "June"},
      {"the first that is filled in wins", {{"Period"}, {"Period", "July"}, kHeader}, "", "July"},
      {"below the header it is a row", {kHeader, {"Period", "July"}}, "", ""}};
  for (const auto& [odd, rows, agency, period] : table) {
    const Submission submission = lifted({sheet_of("S", rows)}).submission;
    EXPECT_EQ(submission.agency_shown, agency) << odd;
    EXPECT_EQ(submission.period_shown, period) << odd;
  }
}

TEST(Submission, ReadsTheHiddenIdentity) {
  const Submission submission =
      lifted({sheet_of("_tonghop",
                       {{"template", "trees"}, {"version", "3"}, {"agency", "Town"}, {"period"}, {"else", "x"}})})
          .submission;
  EXPECT_TRUE(submission.issued);
  EXPECT_EQ(submission.identity, (Identity{"trees", 3, "Town", ""}));
  EXPECT_EQ(lifted({sheet_of("_tonghop", {{"version", 3.0}})}).submission.identity.version,
            3);  // typed over as a number
  EXPECT_EQ(lifted({sheet_of("_tonghop", {{"version", "three"}})}).submission.identity.version, 0);
}

TEST(Submission, PassesOverWhatACorrectionCopyAdds) {
  const std::vector<Value> marker = {kNone, kNone, kNone, kNone, std::string(kCorrectionsHeader)};
  xlsx::Sheet list = sheet_of("Renamed", {kHeader, {"9.", "Z", "U", 9.0, "n"}, marker});
  xlsx::Sheet own = sheet_of("Trees", {kHeader, {"1.", "A", "U", 5.0}, {"2.", "B", "U", 6.0}});
  own.comments = {{{2, 4}, "tonghop: Typed: “5”."}, {{3, 4}, "counted by hand\ntonghop: More than A.\nwill ask"}};
  const Lifted one = lifted({list, own});
  EXPECT_EQ(one.rows, "1.|A|U|D2|\n2.|B|U|D3|\n");
  EXPECT_EQ(one.submission.rows[0].comment, "");
  EXPECT_EQ(one.submission.rows[1].comment, "counted by hand will ask");
}

TEST(Submission, KeepsWhatAFormatMeans) {
  std::vector<XmlFile> files;
  files.emplace_back("f.xml", testing::kTreesForm);
  CaptionIndex captions(read_templates(files));
  xlsx::Workbook book;
  book.sheets = {sheet_of("S", {kHeader, {"1.", "A"}, {"2.", "B"}, {"3.", "C"}, {"4.", "D"}})};
  testing::type_in(book, 0, {{"D2", 0.5, "0.0%"}, {"D3", 45000.0, "dd/mm/yyyy"}, {"D4", 7.0, "#,##0"}});
  xlsx::Cell& formula = book.sheets[0].cell(testing::at("D5"));
  formula.has_formula = true;
  const Submission submission = lift(book, "f.xlsx", captions);
  const auto flags = [&](std::size_t row) {
    const SubmittedCell& cell = submission.rows.at(row).value;
    return std::string(cell.percent_format ? "%" : "") + (cell.date_format ? "d" : "") + (cell.has_formula ? "=" : "");
  };
  EXPECT_EQ(flags(0), "%");
  EXPECT_EQ(flags(1), "d");
  EXPECT_EQ(flags(2), "");
  EXPECT_EQ(flags(3), "=");
}

}  // namespace
}  // namespace tonghop
