// What is scanned, what is left to the tree, and that both come to the same: every other test of reading reads both
// ways, too (packages.h).
#include "xlsx/scanner.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "both_ways.h"
#include "packages.h"
#include "support.h"

namespace tonghop::xlsx {
namespace {

using tonghop::testing::difference;
using tonghop::testing::read_file;

const std::string kSheet = "xl/worksheets/sheet1.xml";
const std::string kStrings = "xl/sharedStrings.xml";

// How many of the two parts, sheet and strings, were read as trees.
int trees(const std::string& bytes) {
  Paths paths;
  Findings findings;
  try {
    read_workbook(bytes, "f.xlsx", findings, {}, paths);
  } catch (const Error&) {
  }
  return paths.trees;
}

TEST(Scanner, ScansWhatWorkbooksCommonlyHold) {
  const std::string cell = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
  const std::vector<std::string> sheets = {
      worksheet(""),
      worksheet("<row><c><v>1</v></c><c/><c t=\"s\"><v>0</v></c></row><row r=\"9\" hidden=\"1\"/>"),
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n" + worksheet(cell) + "\r\n",
      "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>" + worksheet(cell),
      worksheet(cell, "<mc:AlternateContent><a x='<\"'>text &odd;<b/></a></mc:AlternateContent><extLst>&amp;</extLst>"),
      worksheet("<row r=\"2\"><c r=\"A2\" t=\"str\"><f t=\"shared\" si=\"0\"/><v xml:space=\"preserve\"> "
                "&#7881;&lt;&#x41; </v></c></row>"),
      worksheet(
          "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a_x000D_</t></is></c><c r=\"B2\" "
          "t=\"inlineStr\"><is><r><rPr><rFont val=\".VnTime\"/></rPr><t>Së</t></r><r><t> b</t></r></is></c></row>"),
      "<worksheet><cols><col min=\"1\" max=\"3\" hidden=\"true\"/></cols><sheetData/><sheetProtection sheet=\"1\" "
      "sort=\"0\"></sheetProtection><mergeCells><mergeCell ref=\"A1:B2\"></mergeCell></mergeCells></worksheet>"};
  for (const std::string& sheet : sheets) {
    const std::string bytes = package_of({{kSheet, sheet}});
    EXPECT_EQ(trees(bytes), 0) << sheet;
    EXPECT_EQ(difference(bytes), "") << sheet;
  }
  for (const char* items : {"", "<si/>", "<si><t/></si>\n", "<si><t xml:space=\"preserve\"> &amp;_x000A_</t></si>",
                            "<si><t>a</t><phoneticPr fontId=\"1\"/></si>",
                            "<si><r><rPr><rFont val=\".VnTime\"/></rPr><t>Së</t></r><r><t> &#7881;</t></r></si>"}) {
    const std::string bytes =
        package_of({{kStrings, shared_strings(items)}, {kSheet, worksheet("<row><c t=\"s\"><v>0</v></c></row>")}});
    EXPECT_EQ(trees(bytes), 0) << items;
    EXPECT_EQ(difference(bytes), "") << items;
  }
}

TEST(Scanner, LeavesTheUnusualToTheTree) {
  const std::string cell = "<c r=\"A1\"><v>1</v></c>";
  const std::string row = "<row r=\"1\">" + cell + "</row>";
  const std::vector<std::string> sheets = {
      "",
      "<worksheet/>",
      "<other/>",
      "<!DOCTYPE worksheet>" + worksheet(row),
      "<!-- c -->" + worksheet(row),
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + worksheet("<row><c t=\"str\"><v>\xE9</v></c></row>"),
      "<x:worksheet>" + row + "</x:worksheet>",
      "<worksheet><x:sheetData>" + row + "</x:sheetData></worksheet>",
      worksheet("<x:row>" + cell + "</x:row>"),
      worksheet("<row><x:c><v>1</v></x:c></row>"),
      worksheet("<row><c><x:v>1</x:v></c></row>"),
      worksheet(row + "<!-- c -->"),
      worksheet("<row><c><v>1<!-- c -->2</v></c></row>"),
      worksheet("<row><c t=\"str\"><v><![CDATA[<b>]]></v></c></row>"),
      worksheet("<row><c><?pi?><v>1</v></c></row>"),
      worksheet("text" + row),
      worksheet("<row>text" + cell + "</row>"),
      worksheet("<row><c>text<v>1</v></c></row>"),
      worksheet("<row><c><v>1</v><v>2</v></c></row>"),
      worksheet("<row><c><v>1<b/></v></c></row>"),
      worksheet("<row><c><extLst/><v>1</v></c></row>"),
      worksheet("<row><other/></row>"),
      worksheet("<other/>"),
      worksheet("<row r=\"1\" r=\"2\">" + cell + "</row>"),
      worksheet("<row r=\"1\" hidden=\"1\" hidden=\"0\"/>"),
      worksheet("<row><c r=\"A1\" r=\"B1\"><v>1</v></c></row>"),
      worksheet("<row><c r=\"A1\" s=\"1\" s=\"2\"/></row>"),
      worksheet("<row><c s=\"1\" s=\"2\" r=\"A1\"/></row>"),
      worksheet("<row><c r=\"&#65;1\"><v>1</v></c></row>"),
      worksheet("<row><c t=\"str\"><v>a&odd;b</v></c></row>"),
      worksheet("<row><c t=\"str\"><v>a&#0;&#xD800;b&#x110000;</v></c></row>"),
      worksheet("<row><c t=\"str\"><v>a&amp</v></c></row>"),
      worksheet("<row><c t=\"str\"><v>a\r\nb\rc</v></c></row>"),
      worksheet("<row><c t=\"str\"><v>a" + std::string(1, '\0') + "b</v></c></row>"),
      worksheet("<row><c r = \"A1\"><v >1</v ></c ></row>"),
      worksheet("<row><c r=\"A1\"t=\"n\"><v>1</v></c></row>"),
      worksheet("<row><c r=A1><v>1</v></c></row>"),
      worksheet("<row><c r><v>1</v></c></row>"),
      worksheet("<row><c r=\"A1\" / ><v>1</v></c></row>"),
      worksheet("<row><c r=\"A1><v>1</v></c></row>"),
      worksheet("<row><c><v>1</c></v></row>"),
      worksheet("<row><c><v>1</v></row></c>"),
      worksheet(row, "<a><b></a></b>"),
      worksheet(row, "<a 1=\"2\"/>"),
      worksheet(row, "<a><!-- c --></a>"),
      worksheet(row, "<\xC4\x91/>"),
      worksheet(row) + "behind",
      worksheet(row) + "<worksheet/>",
      worksheet(row) + "<!-- c -->",
      worksheet(row).substr(0, worksheet(row).size() - 1),
      worksheet(row).substr(0, worksheet(row).size() - 12),
      "<worksheet><cols><other min=\"1\" max=\"1\" hidden=\"1\"/></cols></worksheet>",
      "<worksheet><cols><col min=\"1\" min=\"2\" hidden=\"1\"/></cols></worksheet>",
      "<worksheet><mergeCells><other ref=\"A1:B2\"/></mergeCells></worksheet>",
      "<worksheet><sheetProtection sheet=\"1\"><a/></sheetProtection></worksheet>"};
  for (const std::string& sheet : sheets) {
    const std::string bytes = package_of({{kSheet, sheet}});
    EXPECT_EQ(trees(bytes), 1) << sheet;
    EXPECT_EQ(difference(bytes), "") << sheet;
  }
  for (const std::string items :
       {"text", "<other/>", "<x:si><t>a</t></x:si>", "<si>text<t>a</t></si>", "<si><t>a<!-- c -->b</t></si>",
        "<si><t><![CDATA[a]]></t></si>", "<si><t>a&odd;</t></si>", "<si><r><t>a</r></t></si>", "<si><t>a</t>",
        "<si><r><t>a</t></r><!-- c --></si>"}) {
    const std::string bytes =
        package_of({{kStrings, shared_strings(items)}, {kSheet, worksheet("<row><c t=\"s\"><v>0</v></c></row>")}});
    EXPECT_EQ(trees(bytes), 1) << items;
    EXPECT_EQ(difference(bytes), "") << items;
  }
}

TEST(Scanner, KeepsTheLimitsOfTrees) {
  const auto rows = [](int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += "<row><c t=\"str\"><v>abc</v></c></row>";
    return out;
  };
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  std::string shallow = deep;
  for (int i = 0; i < 300; ++i) deep += "</a>";
  for (const std::string& sheet :
       {worksheet(rows(20)), worksheet(rows(20)) + "broken", worksheet(rows(2), deep), worksheet(rows(2), shallow),
        worksheet(rows(40'000)), worksheet(rows(40'000)) + "<"}) {
    const std::string bytes = package_of({{kSheet, sheet}});
    for (const Limits& limits :
         {Limits{}, Limits{.cells = 10}, Limits{.text = 2}, Limits{.total_bytes = 2'000},
          Limits{.part_bytes = 1'200'000}, Limits{.part_bytes = 2'500'000}, Limits{.depth = 3}, Limits{.depth = 10}}) {
      EXPECT_EQ(difference(bytes, limits), "") << sheet.substr(0, 200);
    }
  }
}

// What is passed over ends where it ends in the tree, also where it is broken.
TEST(Scanner, PassesOverWholeElements) {
  const std::string row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
  std::string rules;
  for (int i = 0; i < 40; ++i)
    rules += "<dataValidation sqref=\"D" + std::to_string(i) + "\"><f>1</f></dataValidation>";
  const std::string known = "<dataValidations>" + rules + "</dataValidations>";
  EXPECT_EQ(trees(package_of({{kSheet, worksheet(row, known)}})), 0);
  const std::string merge = "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
  for (std::size_t at = 0; at <= known.size(); at += 7) {
    for (const std::string& other : {known.substr(0, at) + "<" + known.substr(at), known.substr(0, at), known + known,
                                     known.substr(0, at) + "x" + known.substr(at), known + merge}) {
      EXPECT_EQ(difference(package_of({{kSheet, worksheet(row, other)}})), "") << at << other;
    }
  }
  Findings findings;
  const Workbook book = read_workbook(package_of({{kSheet, worksheet(row, known + merge)}}), "f.xlsx", findings);
  EXPECT_EQ(book.sheets.at(0).merges.size(), 1U);
}

// A sheet that is left by the scanner half-way leaves nothing behind.
TEST(Scanner, TakesBackWhatItReadBeforeSomethingUnusual) {
  const std::string rows =
      "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>1</v></c><c r=\"A3\"><v>x</v></c></row><row r=\"1\"><c "
      "r=\"A2\"><v>2</v></c></row>";
  const std::string after =
      "<sheetProtection sheet=\"1\"/><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells><extLst><!-- c --></extLst>";
  const std::string bytes =
      package_of({{kSheet, "<worksheet><cols><col min=\"1\" max=\"1\" hidden=\"1\"/></cols><sheetData>" + rows +
                               "</sheetData>" + after + "</worksheet>"}});
  EXPECT_EQ(trees(bytes), 1);
  EXPECT_EQ(difference(bytes), "");
  Findings findings;
  const Workbook workbook = read_workbook(bytes, "f.xlsx", findings, Limits{.cells = 3});
  EXPECT_EQ(sheets_of(workbook), "S: A1=2 A3=x");
  EXPECT_EQ(findings_of(findings),
            "cell-broken S!A3 type=n content=x | cell-repeated S!A3 count=1 | cell-moved S!A2 count=1");
  EXPECT_EQ(workbook.sheets[0].merges.size(), 1U);
  EXPECT_EQ(workbook.sheets[0].columns.size(), 1U);
  EXPECT_EQ(workbook.sheets[0].rows.size(), 1U);
}

// Cut off or changed at any byte.
TEST(Scanner, BearsDamageAnywhere) {
  const std::string sheet = worksheet(
      "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>a&#7881;</t></is></c>"
      "<c r=\"C1\"/></row>",
      "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>");
  for (std::size_t i = 0; i < sheet.size(); ++i) {
    EXPECT_EQ(difference(package_of({{kSheet, sheet.substr(0, i)}})), "") << i;
    for (const char c : {'<', '>', '&', '"', ' ', '/', 'r', '\0', '\xC4'}) {
      std::string changed = sheet;
      changed[i] = c;
      EXPECT_EQ(difference(package_of({{kSheet, changed}})), "") << changed;
    }
  }
}

// Workbooks as agencies sent them in, and the seeds of the fuzz targets.
TEST(Scanner, ReadsReturnedWorkbooksAsTreesDo) {
  namespace fs = std::filesystem;
  int read = 0;
  for (const auto& entry : fs::directory_iterator(TONGHOP_SOURCE_DIR "/tests/returned")) {
    if (entry.path().extension() != ".xlsx") continue;
    const std::string bytes = read_file(entry.path().string());
    EXPECT_EQ(difference(bytes), "") << entry.path();
    EXPECT_EQ(trees(bytes), 0) << entry.path();
    ++read;
  }
  EXPECT_GE(read, 5);
  for (const auto& entry : fs::directory_iterator(TONGHOP_SOURCE_DIR "/tests/fuzz/seeds/package")) {
    EXPECT_EQ(difference(read_file(entry.path().string())), "") << entry.path();
  }
}

}  // namespace
}  // namespace tonghop::xlsx
