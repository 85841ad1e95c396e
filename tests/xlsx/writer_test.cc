// What is written comes back, equal bytes for equal workbooks, in the order and within the limits of Excel.
#include "xlsx/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <stdexcept>

#include "packages.h"
#include "samples.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;

std::string part_of(const Workbook& workbook, const std::string& name) {
  const std::string bytes = write_workbook(workbook);
  return Package(bytes, "f").read(name).value();
}

Workbook read_back(const Workbook& workbook) {
  Findings findings;
  Workbook read = read_both_ways(write_workbook(workbook), "f.xlsx", findings);
  EXPECT_EQ(findings_of(findings), "");
  return read;
}

// The workbook less what readers do not look for.
Workbook readable(Workbook workbook) {
  for (Style& style : workbook.styles) {
    style = Style{.number_format = style.number_format, .locked = style.locked, .font = workbook.font};
  }
  for (Sheet& sheet : workbook.sheets) {
    std::erase_if(sheet.cells, [](const Cell& cell) { return cell.value == Value{} && !cell.has_formula; });
    for (Cell& cell : sheet.cells) cell.runs.clear();
    for (Comment& comment : sheet.comments) comment.author.clear();
    std::erase_if(sheet.rows, [](const RowFormat& row) { return !row.hidden; });
    std::erase_if(sheet.columns, [](const ColumnFormat& column) { return !column.hidden; });
  }
  return workbook;
}

void expect_equal(const Workbook& read, const Workbook& written) {
  EXPECT_EQ(read.styles, written.styles);
  EXPECT_EQ(read.dates_from_1904, written.dates_from_1904);
  EXPECT_EQ(read.active, written.active);
  ASSERT_EQ(read.sheets.size(), written.sheets.size());
  for (std::size_t i = 0; i < read.sheets.size(); ++i) {
    const Sheet &a = read.sheets[i], &b = written.sheets[i];
    SCOPED_TRACE(b.name);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.hidden, b.hidden);
    EXPECT_EQ(cells_of(a), cells_of(b));
    EXPECT_EQ(a.cells, b.cells);
    EXPECT_EQ(a.merges, b.merges);
    EXPECT_EQ(a.comments, b.comments);
    ASSERT_EQ(a.rows.size(), b.rows.size());
    for (std::size_t r = 0; r < a.rows.size(); ++r) EXPECT_EQ(a.rows[r].row, b.rows[r].row);
    ASSERT_EQ(a.columns.size(), b.columns.size());
    for (std::size_t c = 0; c < a.columns.size(); ++c) {
      EXPECT_EQ(std::pair(a.columns[c].first, a.columns[c].last), std::pair(b.columns[c].first, b.columns[c].last));
    }
    ASSERT_EQ(a.protection.has_value(), b.protection.has_value());
    EXPECT_EQ(a.protection && a.protection->format_columns, b.protection && b.protection->format_columns);
  }
}

TEST(Writer, IsReadBackAsItWasWritten) {
  const Workbook workbook = sample_workbook();
  expect_equal(read_back(workbook), readable(workbook));
  Workbook old = sample_workbook();
  old.dates_from_1904 = true;
  expect_equal(read_back(old), readable(old));
}

TEST(Writer, IsReadBackAsItWasWrittenWhateverTheValues) {
  std::mt19937_64 random(20240317);
  const std::vector<std::string> pieces = {"a", "_x0041", "_",   "\n", "\t", "ệ", "😀",     "\x01",
                                           "&", "<",      "]]>", " ",  "\"", "'", "x000D_"};
  Workbook workbook;
  workbook.style({.number_format = "0%"});
  Sheet& sheet = workbook.sheets.emplace_back();
  sheet.name = "S";
  for (int row = 1; row <= 300; ++row) {
    for (int column = 1; column <= 3; ++column) {
      Cell& cell = sheet.cell({row * static_cast<int>(1 + random() % 7), column});
      cell.style = static_cast<int>(random() % 2);
      if (random() % 2 == 0) {
        double number = std::bit_cast<double>(random());
        while (!std::isfinite(number)) number = std::bit_cast<double>(random());
        cell.value = number;
      } else {
        std::string text;
        for (std::uint64_t i = random() % 6; i-- > 0;) text += pieces[random() % pieces.size()];
        cell.value = text.empty() ? "x" : text;
      }
    }
  }
  expect_equal(read_back(workbook), readable(workbook));
}

// The rows, given one by one, in an area of three columns.
void stream(Sheet& sheet, std::vector<StreamedRow> rows) {
  sheet.streamed = Area{{rows.front().format.row, 1}, {rows.back().format.row, 3}};
  sheet.stream = [rows = std::move(rows)](const std::function<void(const StreamedRow&)>& hand_on) {
    for (const StreamedRow& row : rows) hand_on(row);
  };
}

TEST(Writer, WritesStreamedRowsAsThoseThatAreHeld) {
  Workbook held, streamed;
  Sheet& sheet = held.sheets.emplace_back(Sheet{.name = "S"});
  put(sheet, {1, 2}, "above"s);
  streamed.sheets = held.sheets;
  put(sheet, {3, 1}, "text & <text>"s);
  put(sheet, {3, 3}, 0.1);
  put(sheet, {7, 2}, "above"s);
  put(sheet, {7, 3}, true);
  sheet.rows = {{.row = 3, .height = 20}, {.row = 5, .hidden = true}};
  stream(streamed.sheets[0], {{{.row = 3, .height = 20}, {sheet.cells[1], sheet.cells[2]}},
                              {{.row = 5, .hidden = true}, {}},
                              {{.row = 7}, {sheet.cells[3], sheet.cells[4]}}});
  EXPECT_EQ(part_of(streamed, "xl/worksheets/sheet1.xml"), part_of(held, "xl/worksheets/sheet1.xml"));
  EXPECT_EQ(write_workbook(streamed), write_workbook(held));
}

TEST(Writer, GivesEqualBytesForEqualWorkbooks) {
  EXPECT_EQ(write_workbook(sample_workbook()), write_workbook(sample_workbook()));
}

TEST(Writer, GivesEqualBytesWhateverTheNumberOfThreads) {
  Workbook workbook = sample_workbook();
  Sheet& sheet = workbook.sheets.emplace_back(Sheet{.name = "large"});
  for (int row = 1; row <= 20'000; ++row) {
    sheet.cells.push_back({.at = {row, 1}, .value = row / 7.0});
    sheet.cells.push_back({.at = {row, 2}, .value = "text " + std::to_string(row % 1000 * row)});
    sheet.cells.push_back({.at = {row, 3}, .value = "the same"s});
    sheet.comments.push_back({.at = {row, 2}, .text = "note " + std::to_string(row)});
  }
  const std::string bytes = write_workbook(workbook, 1);
  EXPECT_TRUE(write_workbook(workbook, 2) == bytes);
  EXPECT_TRUE(write_workbook(workbook, 8) == bytes);
  std::string handed_on;
  write_workbook(workbook, [&](std::string_view piece) { handed_on += piece; });
  EXPECT_TRUE(handed_on == bytes);
  expect_equal(read_back(workbook), readable(workbook));
}

TEST(Writer, PutsPartsAndElementsInTheOrderOfTheSchema) {
  const Workbook workbook = sample_workbook();
  const std::string bytes = write_workbook(workbook);
  EXPECT_EQ(Package(bytes, "f").names(),
            (std::vector<std::string>{
                "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "xl/workbook.xml",
                "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
                "xl/worksheets/sheet3.xml", "xl/theme/theme1.xml", "xl/styles.xml", "xl/sharedStrings.xml",
                "xl/charts/chart1.xml", "xl/drawings/drawing2.xml", "xl/drawings/_rels/drawing2.xml.rels",
                "xl/drawings/vmlDrawing2.vml", "xl/comments2.xml", "xl/worksheets/_rels/sheet2.xml.rels"}));
  const std::string sheet = part_of(workbook, "xl/worksheets/sheet2.xml");
  std::size_t last = 0;
  for (const char* element :
       {"<sheetPr>", "<tabColor", "<pageSetUpPr", "<dimension", "<sheetViews>", "<pane", "<sheetFormatPr", "<cols>",
        "<sheetData>", "<sheetProtection", "<autoFilter", "<mergeCells", "<dataValidations", "<hyperlinks>",
        "<pageMargins", "<pageSetup ", "<headerFooter>", "<drawing ", "<legacyDrawing "}) {
    const std::size_t at = sheet.find(element);
    ASSERT_NE(at, std::string::npos) << element;
    EXPECT_LT(last, at) << element;
    last = at;
  }
}

TEST(Writer, SaysWhatExcelNeedsToHear) {
  const Workbook workbook = sample_workbook();
  const std::string sheet = part_of(workbook, "xl/worksheets/sheet2.xml");
  for (const char* expected :
       {"<pane xSplit=\"1\" ySplit=\"2\" topLeftCell=\"B3\" activePane=\"bottomRight\" state=\"frozen\"/>",
        "<c r=\"A1\" s=\"1\" t=\"s\"><v>3</v></c>", "<c r=\"A4\" s=\"2\"><v>0.30000000000000004</v></c>",
        "<c r=\"A5\" t=\"b\"><v>1</v></c>", "<f>IF(A4&lt;1,\"đạt\",\"\")</f><v>đạt</v>",
        "<c r=\"C6\" t=\"str\"><f>IF(A4&gt;1,\"đạt\",\"\")</f><v></v></c>",
        "<row r=\"1\" ht=\"40\" customHeight=\"1\">", "<row r=\"12\" ht=\"15\" customHeight=\"1\"></row>",
        "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\" "
        "autoFilter=\"0\"/>",
        "type=\"decimal\" operator=\"greaterThanOrEqual\" allowBlank=\"1\" showInputMessage=\"1\" "
        "showErrorMessage=\"1\"",
        "sqref=\"A4 E4:F9\"", "prompt=\"Nhập số &quot;không âm&quot;&#10;và không có chữ\"",
        "<formula1>1</formula1><formula2>A4+5</formula2>", "<formula1>\"Có,Không,\"\"khác\"\"\"</formula1>",
        "<formula1>'Danh mục'!$A$1:$A$2</formula1>", "<hyperlink ref=\"A2\" location=\"'Danh mục'!A2\"/>",
        "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>",
        "<oddFooter>&amp;C&amp;P/&amp;N</oddFooter>"}) {
    EXPECT_THAT(sheet, ::testing::HasSubstr(expected));
  }
  const std::string book = part_of(workbook, "xl/workbook.xml");
  for (const char* expected :
       {"activeTab=\"1\"", "<sheet name=\"Danh mục\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>",
        "fullCalcOnLoad=\"1\"",
        "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"1\" hidden=\"1\">'Phụ lục ''A'' &amp; "
        "&lt;B&gt;'!$A$3:$F$6</definedName>",
        "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">'Phụ lục ''A'' &amp; "
        "&lt;B&gt;'!$A$1:$F$9</definedName>",
        "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">'Phụ lục ''A'' &amp; "
        "&lt;B&gt;'!$1:$2</definedName>"}) {
    EXPECT_THAT(book, ::testing::HasSubstr(expected));
  }
  const std::string strings = part_of(workbook, "xl/sharedStrings.xml");
  for (const char* expected : {"<t xml:space=\"preserve\"> </t>", "<t>_x005F_x000D_ and _x0007_</t>", "<r><rPr><b/>",
                               "<t xml:space=\"preserve\">đậm </t>"}) {
    EXPECT_THAT(strings, ::testing::HasSubstr(expected));
  }
}

TEST(Writer, ShowsAVisibleSheetFirst) {
  Workbook workbook = sample_workbook();
  workbook.active = 0;  // hidden
  EXPECT_THAT(part_of(workbook, "xl/workbook.xml"), ::testing::HasSubstr("activeTab=\"1\""));
  EXPECT_THAT(part_of(workbook, "xl/worksheets/sheet2.xml"), ::testing::HasSubstr("tabSelected=\"1\""));
}

TEST(Writer, WritesEachTextOnce) {
  Workbook workbook;
  Sheet& sheet = workbook.sheets.emplace_back();
  sheet.name = "S";
  for (int row = 1; row <= 4; ++row) put(sheet, {row, 1}, row == 3 ? "b"s : "a"s);
  sheet.cell({4, 1}).runs = {{"a", true, false}};
  EXPECT_THAT(part_of(workbook, "xl/sharedStrings.xml"),
              ::testing::HasSubstr("count=\"4\" uniqueCount=\"3\"><si><t>a</t></si><si><t>b</t></si><si><r>"));
}

TEST(Writer, RefusesWhatExcelWouldRepair) {
  const auto first = [](Workbook& workbook) -> Sheet& { return workbook.sheets.at(0); };
  const std::string long_name(32, 'x');
  using Change = std::function<void(Workbook&)>;
  const std::vector<std::pair<std::string, Change>> table = {
      {"no sheet", [](Workbook& w) { w.sheets.clear(); }},
      {"all sheets hidden", [&](Workbook& w) { first(w).hidden = true; }},
      {"sheet without name", [&](Workbook& w) { first(w).name = ""; }},
      {"sheet name too long", [&](Workbook& w) { first(w).name = long_name; }},
      {"sheet name with a slash", [&](Workbook& w) { first(w).name = "Q1/2024"; }},
      {"sheet name in apostrophes", [&](Workbook& w) { first(w).name = "'a'"; }},
      {"reserved sheet name", [&](Workbook& w) { first(w).name = "History"; }},
      {"sheet name twice",
       [&](Workbook& w) { w.sheets.push_back(Sheet{.name = "ĐƠN VỊ"}), w.sheets.push_back(Sheet{.name = "đơn vị"}); }},
      {"text too long",
       [&](Workbook& w) {
         put(first(w), {1, 1}, std::string(32'768, 'x'));
       }},
      {"too many line feeds",
       [&](Workbook& w) {
         put(first(w), {1, 1}, std::string(254, '\n'));
       }},
      {"infinity",
       [&](Workbook& w) {
         put(first(w), {1, 1}, std::numeric_limits<double>::infinity());
       }},
      {"formula with =",
       [&](Workbook& w) {
         put(first(w), {1, 1}, 1.0, 0, "=A2");
       }},
      {"formula too long",
       [&](Workbook& w) {
         put(first(w), {1, 1}, 1.0, 0, std::string(8'193, '1'));
       }},
      {"formula of another cell",
       [&](Workbook& w) {
         first(w).cell({1, 1}).has_formula = true;
       }},
      {"runs of another text",
       [&](Workbook& w) {
         put(first(w), {1, 1}, "a"s), first(w).cell({1, 1}).runs = {{"b"}};
       }},
      {"style that is not there",
       [&](Workbook& w) {
         put(first(w), {1, 1}, 1.0, 1);
       }},
      {"cell beyond the grid",
       [&](Workbook& w) {
         put(first(w), {1, 16385}, 1.0);
       }},
      {"row beyond the grid",
       [&](Workbook& w) {
         put(first(w), {1048577, 1}, 1.0);
       }},
      {"cells out of order",
       [&](Workbook& w) {
         first(w).cells = {Cell{.at = {2, 1}, .value = 1.0}, Cell{.at = {1, 1}, .value = 1.0}};
       }},
      {"cells out of order in a row",
       [&](Workbook& w) {
         first(w).cells = {Cell{.at = {1, 2}, .value = 1.0}, Cell{.at = {1, 1}, .value = 1.0}};
       }},
      {"rows twice",
       [&](Workbook& w) {
         first(w).rows = {{1, 10}, {1, 12}};
       }},
      {"streamed row above the others",
       [&](Workbook& w) {
         put(first(w), {2, 1}, 1.0);
         stream(first(w), {{.format = {.row = 2}}});
       }},
      {"streamed rows out of order",
       [&](Workbook& w) {
         stream(first(w), {{.format = {.row = 2}}, {.format = {.row = 1}}});
       }},
      {"streamed cell in another row",
       [&](Workbook& w) {
         stream(first(w), {{.format = {.row = 2}, .cells = {Cell{.at = {1, 1}}}}});
       }},
      {"streamed cell beside the streamed area",
       [&](Workbook& w) {
         stream(first(w), {{.format = {.row = 2}, .cells = {Cell{.at = {2, 4}}}}});
       }},
      {"row too high",
       [&](Workbook& w) {
         first(w).rows = {{1, 410}};
       }},
      {"column too wide",
       [&](Workbook& w) {
         first(w).columns = {{1, 1, 256}};
       }},
      {"columns overlap",
       [&](Workbook& w) {
         first(w).columns = {{1, 3}, {3, 4}};
       }},
      {"merge of one cell",
       [&](Workbook& w) {
         first(w).merges = {{{1, 1}, {1, 1}}};
       }},
      {"merges overlap",
       [&](Workbook& w) {
         first(w).merges = {{{2, 2}, {4, 4}}, {{1, 1}, {2, 2}}};
       }},
      {"merge twice",
       [&](Workbook& w) {
         first(w).merges = {{{1, 1}, {2, 2}}, {{1, 1}, {2, 2}}};
       }},
      {"prompt too long",
       [&](Workbook& w) {
         first(w).validations = {{.areas = {{{1, 1}, {1, 1}}}, .minimum = "1", .prompt = std::string(256, 'x')}};
       }},
      {"error too long",
       [&](Workbook& w) {
         first(w).validations = {{.areas = {{{1, 1}, {1, 1}}}, .minimum = "1", .error = std::string(225, 'x')}};
       }},
      {"validation of nothing", [&](Workbook& w) { first(w).validations = {{.minimum = "1"}}; }},
      {"validation without bounds",
       [&](Workbook& w) {
         first(w).validations = {{.areas = {{{1, 1}, {1, 1}}}}};
       }},
      {"validation with =",
       [&](Workbook& w) {
         first(w).validations = {{.areas = {{{1, 1}, {1, 1}}}, .minimum = "=A1"}};
       }},
      {"list too long",
       [&](Workbook& w) {
         first(w).validations = {
             {.kind = Validation::Kind::list, .areas = {{{1, 1}, {1, 1}}}, .minimum = std::string(256, 'x')}};
       }},
      {"footer too long", [&](Workbook& w) { first(w).print = PrintSetup{.footer = std::string(256, 'x')}; }},
      {"print titles descend", [&](Workbook& w) { first(w).print = PrintSetup{.title_first = 3, .title_last = 2}; }},
      {"link to nowhere",
       [&](Workbook& w) {
         first(w).links = {{{1, 1}, ""}};
       }},
      {"color that is none", [&](Workbook& w) { w.style({.fill = "red"}); }},
      {"number format too long", [&](Workbook& w) { w.style({.number_format = std::string(256, '0')}); }},
      {"more number formats than Excel takes",
       [](Workbook& w) {
         for (std::size_t i = 0; i < 201; ++i) w.style({.number_format = "0." + std::string(i + 3, '0')});
       }},
      {"no style", [](Workbook& w) { w.styles.clear(); }}};
  for (const auto& [what, change] : table) {
    SCOPED_TRACE(what);
    Workbook workbook;
    workbook.sheets.push_back(Sheet{.name = "S"});
    EXPECT_NO_THROW(write_workbook(workbook));
    change(workbook);
    EXPECT_THROW(write_workbook(workbook), std::invalid_argument);
  }
}

TEST(Writer, CountsLengthsAsExcelDoes) {
  Workbook workbook;
  std::string name;
  for (int i = 0; i < 31; ++i) name += "ệ";  // 31 units, 93 bytes
  workbook.sheets.push_back(Sheet{.name = name});
  std::string text;
  for (int i = 0; i < 32'767; ++i) text += "đ";
  put(workbook.sheets[0], {1, 1}, text);
  EXPECT_EQ(outcome(write_workbook(workbook)), name + ": A1=" + text);
}

}  // namespace
}  // namespace tonghop::xlsx
