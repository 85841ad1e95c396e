// Other programs as judges: they read what we write, and we read what they write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "packages.h"
#include "samples.h"
#include "support.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using tonghop::testing::has_program;
using tonghop::testing::read_file;
using tonghop::testing::run;
using tonghop::testing::run_well;
using tonghop::testing::TempDir;
using tonghop::testing::write_file;

bool has_openpyxl() { return run({TONGHOP_PYTHON, "-c", "import openpyxl"}).status == 0; }

// What the program has written is read by the scanner alone.
Workbook read_from(const std::string& path) {
  Findings findings;
  Paths paths;
  read_workbook(read_file(path), path, findings, {}, paths);
  EXPECT_EQ(paths.trees, 0) << path;
  EXPECT_GT(paths.scanned, 0) << path;
  findings.clear();
  Workbook workbook = read_both_ways(read_file(path), path, findings);
  EXPECT_EQ(findings_of(findings), "");
  return workbook;
}

// Through LibreOffice into another folder; the path of the result.
std::string resaved(const TempDir& folder, const std::string& path) {
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", "xlsx",
            "--outdir", folder / "out", path});
  return folder / ("out/" + std::filesystem::path(path).filename().string());
}

// Values equal but for the 15 digits that LibreOffice and Gnumeric keep of a number.
void expect_same_values(const Workbook& read, const Workbook& written) {
  ASSERT_EQ(read.sheets.size(), written.sheets.size());
  for (std::size_t i = 0; i < written.sheets.size(); ++i) {
    EXPECT_EQ(read.sheets[i].name, written.sheets[i].name);
    for (const Cell& cell : written.sheets[i].cells) {
      SCOPED_TRACE(written.sheets[i].name + " " + to_string(cell.at));
      const Cell* other = read.sheets[i].find(cell.at);
      ASSERT_NE(other, nullptr);
      if (const double* number = std::get_if<double>(&cell.value)) {
        ASSERT_TRUE(std::holds_alternative<double>(other->value));
        EXPECT_NEAR(std::get<double>(other->value), *number, std::abs(*number) * 1e-14);
      } else {
        EXPECT_EQ(other->value, cell.value);
      }
      EXPECT_EQ(is_percent_format(read.styles.at(static_cast<std::size_t>(other->style)).number_format),
                is_percent_format(written.styles.at(static_cast<std::size_t>(cell.style)).number_format));
      EXPECT_EQ(read.styles.at(static_cast<std::size_t>(other->style)).locked,
                written.styles.at(static_cast<std::size_t>(cell.style)).locked);
    }
  }
}

// Programs that cannot run here, each by what it writes otherwise than others.
TEST(Editors, AreReadWhateverTheirHabits) {
  const std::string sheet = "xl/worksheets/sheet1.xml";
  const std::string rels = "xl/_rels/workbook.xml.rels";
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
  const std::vector<std::tuple<std::string, Parts, std::string>> table = {
      // Byte order mark, extensions under prefixes of their own, the path it was saved at, numbers of 17 digits.
      {"trap D: Excel",
       {{"_rels/.rels", "\xEF\xBB\xBF" + head + relationships({{"rId1", "officeDocument", "xl/workbook.xml"}})},
        {"docMetadata/LabelInfo.xml", head + "<clbl:labelList xmlns:clbl=\"u\"/>"},
        {"xl/calcChain.xml", head + "<calcChain><c r=\"B1\" i=\"1\"/></calcChain>"},
        {"xl/workbook.xml",
         head + "<workbook " + kMain + " xmlns:r=\"" + kRelations +
             "\" xmlns:mc=\"u\" mc:Ignorable=\"x15 xr\" xmlns:x15=\"v\" xmlns:xr=\"w\"><fileVersion appName=\"xl\"/>"
             "<mc:AlternateContent><mc:Choice Requires=\"x15\"><x15ac:absPath url=\"C:\\\" "
             "xmlns:x15ac=\"y\"/></mc:Choice>"
             "</mc:AlternateContent><xr:revisionPtr revIDLastSave=\"0\"/><sheets><sheet name=\"S\" sheetId=\"1\" "
             "r:id=\"rId1\"/></sheets></workbook>"},
        {sheet, head + "<worksheet " + kMain +
                    " xmlns:xr=\"w\" xr:uid=\"{0}\"><dimension ref=\"A1:B1\"/><sheetData><row r=\"1\" spans=\"1:2\" "
                    "x14ac:dyDescent=\"0.25\" xmlns:x14ac=\"z\"><c r=\"A1\"><v>0.57999999999999996</v></c><c r=\"B1\" "
                    "t=\"s\"><v>1</v></c></row></sheetData></worksheet>"}},
       "S: A1=0.58 B1=one"},
      // No properties, no dimension, ".0" behind whole numbers, the first sheet under rId3, a drawing always.
      {"trap D: Google Sheets",
       {{rels, relationships({{"rId1", "styles", "styles.xml"},
                              {"rId2", "sharedStrings", "sharedStrings.xml"},
                              {"rId3", "worksheet", "worksheets/sheet1.xml"}})},
        {"xl/workbook.xml",
         workbook_part_of("<sheet state=\"visible\" name=\"S\" sheetId=\"1\" r:id=\"rId3\"/>", "<workbookPr/>")},
        {"xl/worksheets/_rels/sheet1.xml.rels", relationships({{"rId1", "drawing", "../drawings/drawing1.xml"}})},
        {"xl/drawings/drawing1.xml", "<xdr:wsDr xmlns:xdr=\"u\"/>"},
        {sheet, worksheet("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>123.0</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>",
                          "<drawing r:id=\"rId1\"/>")}},
       "S: A1=123 B1=zero"},
      // Folders as entries, a namespace of its own, a dimension that says A1, pictures in cells.
      {"trap D: WPS",
       {{"xl/", ""},
        {"_rels/", ""},
        {"docProps/core.xml", "<cp:coreProperties><dcterms:created xsi:type=\"broken\">"},
        {"xl/cellimages.xml", "<etc:cellImages xmlns:etc=\"http://www.wps.cn/officeDocument/2017/etCustomData\"/>"},
        {sheet, "<worksheet " + kMain +
                    " xmlns:etc=\"u\"><sheetPr/><dimension ref=\"A1\"/><sheetData><row r=\"1\" spans=\"1:2\"><c "
                    "r=\"A1\" s=\"1\"><v>7</v>"
                    "</c><c r=\"B1\" "
                    "t=\"str\"><f>_xlfn.DISPIMG(&quot;ID_1&quot;,1)</f><v>=DISPIMG(&quot;ID_1&quot;,1)</v></c></row>"
                    "</sheetData><etc:extra/></worksheet>"}},
       "S: A1=7 B1=[=_xlfn.DISPIMG(\"ID_1\",1)]=DISPIMG(\"ID_1\",1)"},
      // Prefixes everywhere, no references, absolute targets, byte order marks.
      {"trap D: Open XML SDK",
       {{rels, "\xEF\xBB\xBF" + relationships({{"R1", "worksheet", "/xl/worksheets/sheet1.xml"}})},
        {"xl/workbook.xml",
         "<x:workbook xmlns:x=\"u\"><x:sheets><x:sheet name=\"S\" sheetId=\"1\" r:id=\"R1\" xmlns:r=\"" + kRelations +
             "\"/></x:sheets></x:workbook>"},
        {sheet,
         "\xEF\xBB\xBF<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c><x:c t=\"inlineStr\"><x:is>"
         "<x:t>chữ</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"}},
       "S: A1=7 B1=chữ"},
      // A sheet for each table, named after both.
      {"trap D: Numbers",
       {{"xl/workbook.xml", workbook_part_of("<sheet name=\"Sheet 1 - Table 1\" sheetId=\"1\" r:id=\"rId1\"/>"
                                             "<sheet name=\"Sheet 1 - Table 2\" sheetId=\"2\" r:id=\"rId1\"/>")},
        {sheet, worksheet("<row r=\"1\"><c r=\"A1\" t=\"s\" s=\"2\"><v>1</v></c></row>")}},
       "Sheet 1 - Table 1: A1=one | Sheet 1 - Table 2: A1=one"},
      // Words for booleans, the type of every number, the row's number last, columns to the last, empty names.
      {"trap D: LibreOffice",
       {{"xl/workbook.xml",
         "<workbook xmlns:r=\"" + kRelations +
             "\"><workbookPr date1904=\"false\"/><sheets><sheet name=\"S\" sheetId=\"1\" "
             "state=\"visible\" r:id=\"rId1\"/></sheets><definedNames><definedName function=\"false\" hidden=\"false\" "
             "localSheetId=\"0\" name=\"_xlnm.Print_Area\" vbProcedure=\"false\"/></definedNames></workbook>"},
        {sheet,
         "<worksheet><cols><col collapsed=\"false\" customWidth=\"false\" hidden=\"false\" max=\"16384\" "
         "min=\"1\"/></cols>"
         "<sheetData><row collapsed=\"false\" customFormat=\"false\" hidden=\"false\" ht=\"12.8\" r=\"1\"><c r=\"A1\" "
         "s=\"0\" "
         "t=\"n\"><v>7</v></c><c r=\"B1\" t=\"b\"><f aca=\"false\">TRUE()</f><v>1</v></c></row><row hidden=\"false\" "
         "r=\"2\"/>"
         "</sheetData></worksheet>"}},
       "S: A1=7 B1=[=TRUE()]TRUE"},
      // Texts in cells, every letter of them a reference; a type on styled cells that hold nothing.
      {"trap D: openpyxl",
       {{rels, relationships({{"rId1", "worksheet", "/xl/worksheets/sheet1.xml"}})},
        {"xl/sharedStrings.xml", "(none)"},
        {sheet, worksheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ch&#7881;</t></is></c><c r=\"B1\" s=\"1\" "
                          "t=\"n\"></c><c r=\"C1\" t=\"n\"><v>7</v></c></row>")}},
       "S: A1=chỉ C1=7"},
      // Indented, texts shared and in cells in one sheet, 21 digits, blanks at the ends of runs, empty texts.
      {"trap D: Gnumeric",
       {{sheet,
         worksheet(
             "\n  <row r=\"1\">\n    <c r=\"A1\" t=\"inlineStr\">\n      <is>\n        <r>\n          <t>Chữ </t>\n"
             "        </r>\n        <r>\n          <t>đậm</t>\n        </r>\n      </is>\n    </c>\n    <c r=\"B1\" "
             "t=\"s\">\n      <v>1</v>\n    </c>\n    <c r=\"C1\">\n      <v>0.157000000000000000002</v>\n    </c>\n"
             "    <c r=\"D1\" t=\"inlineStr\">\n      <is>\n        <t/>\n      </is>\n    </c>\n  </row>\n")}},
       "S: A1=Chữ đậm B1=one C1=0.157 D1="}};
  for (const auto& [program, parts, expected] : table) {
    SCOPED_TRACE(program);
    Findings findings;
    const Workbook workbook = read_both_ways(package_of(parts), "f.xlsx", findings);
    EXPECT_EQ(sheets_of(workbook), expected);
    EXPECT_EQ(findings_of(findings), "");
    EXPECT_TRUE(workbook.sheets[0].columns.empty() && workbook.sheets[0].rows.empty());
    Paths paths;
    read_workbook(package_of(parts), "f.xlsx", findings, {}, paths);
    EXPECT_EQ(paths.trees, program == "trap D: Open XML SDK" ? 1 : 0);  // for its prefixes
  }
}

TEST(Openpyxl, ReadsAllThatWeWrite) {
  if (!has_openpyxl()) GTEST_SKIP() << "openpyxl is not installed";
  const TempDir folder;
  write_file(folder / "a.xlsx", write_workbook(sample_workbook()));
  const std::string output = run_well({TONGHOP_PYTHON, "-c", R"(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
results = openpyxl.load_workbook(sys.argv[1], data_only=True)
for sheet in book:
    print(sheet.title, sheet.sheet_state)
    for row in sheet.iter_rows():
        for cell in row:
            result = results[sheet.title][cell.coordinate].value
            if cell.value is not None: print(cell.coordinate, repr(result), '' if cell.value == result else cell.value, sep='|')
sheet = book.worksheets[1]
print(sorted(map(str, sheet.merged_cells.ranges)), sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sheet.print_area)
print(sheet.protection.sheet, sheet.protection.formatColumns, sheet.protection.sort, sheet['A4'].protection.locked, sheet['A4'].number_format)
print(sheet.row_dimensions[5].hidden, sheet.column_dimensions['G'].hidden, sheet.page_setup.paperSize, sheet.page_setup.orientation)
for v in sheet.data_validations.dataValidation: print(v.type, v.operator, v.sqref, v.formula1, v.formula2, v.showErrorMessage)
print(book.active.title)
)",
                                       folder / "a.xlsx"});
  EXPECT_EQ(output, R"(Danh mục hidden
A1|'Có'|
B1|0.9534|
C1|'Tỷ lệ <%>'|
A2|'Không'|
Phụ lục 'A' & <B> visible
A1|'Tổng hợp <chỉ tiêu> & "tỷ lệ"'|
A2|'hai\ndòng và  khoảng trắng '|
B2|'đậm thường nghiêng'|
A3|' '|
B3|'_x000D_ and _x0007_'|
C3|'7.029'|
D3|'=1+1'|
E3|'a\tb'|
A4|0.30000000000000004|
B4|-1.5e-07|
C4|9007199254740992|
D4|datetime.datetime(2023, 3, 15, 0, 0)|
E4|5e-324|
F4|1.7976931348623157e+308|
A5|True|
B5|False|
C5|'#N/A'|
A6|2|=SUM(A4:A5)*2
B6|'đạt'|=IF(A4<1,"đạt","")
C6|None|=IF(A4>1,"đạt","")
D6|True|=A4<1
E6|'#DIV/0!'|=1/0
XFD9|'mép'|
Trống visible
['A1:F1', 'A7:B8'] B3 A3:F6 $1:$2 ['$A$1:$F$9']
True False True False 0.0%
True True 9 landscape
decimal greaterThanOrEqual A4 E4:F9 0 None True
whole None A10 1 A4+5 True
whole lessThanOrEqual B10 9 None True
list None C10:C12 "Có,Không,""khác""" None True
list None D10:D12 'Danh mục'!$A$1:$A$2 None True
Phụ lục 'A' & <B>
)");
}

TEST(Openpyxl, WritesWhatWeRead) {
  if (!has_openpyxl()) GTEST_SKIP() << "openpyxl is not installed";
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", R"(
import sys, datetime, openpyxl
from openpyxl.styles import Protection
book = openpyxl.Workbook()
sheet = book.active
sheet.title = 'Biểu 1'
sheet.append(['Chỉ tiêu', 7.029, True, None, '=B1*2', ' ', 'a\nb', '#N/A'])
sheet['B1'].number_format = '0.00%'
sheet['D1'].protection = Protection(locked=False)
sheet['A3'] = datetime.datetime(2024, 3, 17)
sheet.merge_cells('A5:C6')
sheet.row_dimensions[3].hidden = True
sheet.column_dimensions['B'].hidden = True
sheet.protection.sheet = True
book.create_sheet('Ẩn').sheet_state = 'veryHidden'
book.save(sys.argv[1])
)",
            folder / "a.xlsx"});
  const Workbook workbook = read_from(folder / "a.xlsx");
  EXPECT_EQ(sheets_of(workbook),
            "Biểu 1: A1=Chỉ tiêu B1=7.029 C1=TRUE E1=[=B1*2] F1=  G1=a\nb H1=#N/A A3=45368 | *Ẩn: ");
  const Sheet& sheet = workbook.sheets[0];
  EXPECT_EQ(workbook.styles.at(static_cast<std::size_t>(sheet.find({1, 2})->style)).number_format, "0.00%");
  EXPECT_TRUE(is_date_format(workbook.styles.at(static_cast<std::size_t>(sheet.find({3, 1})->style)).number_format));
  EXPECT_EQ(sheet.merges, (std::vector<Area>{{{5, 1}, {6, 3}}}));
  EXPECT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.columns.size(), 1U);
  EXPECT_TRUE(sheet.protection);
}

// trap D2
TEST(LibreOffice, KeepsValuesOfWhatWeWrite) {
  if (!has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const TempDir folder;
  Workbook workbook = sample_workbook();
  write_file(folder / "a.xlsx", write_workbook(workbook));
  Sheet& form = workbook.sheets[1];
  const Workbook read = read_from(resaved(folder, folder / "a.xlsx"));
  // 5E-324 comes back as 0, and the largest double rounded up to 15 digits is none any more.
  std::erase_if(form.cells, [](const Cell& cell) { return cell.at == Address{4, 5} || cell.at == Address{4, 6}; });
  expect_same_values(read, workbook);
  EXPECT_TRUE(read.sheets[0].hidden);
  EXPECT_EQ(read.sheets[1].merges, form.merges);
  EXPECT_TRUE(read.sheets[1].protection);
  EXPECT_EQ(read.sheets[1].find({6, 1})->formula, "SUM(A4:A5)*2");
}

// trap D2
TEST(Gnumeric, KeepsValuesOfWhatWeWrite) {
  if (!has_program("ssconvert")) GTEST_SKIP() << "Gnumeric is not installed";
  const TempDir folder;
  Workbook workbook = sample_workbook();
  write_file(folder / "a.xlsx", write_workbook(workbook));
  run_well({"ssconvert", folder / "a.xlsx", folder / "b.xlsx"});
  const Workbook read = read_from(folder / "b.xlsx");
  expect_same_values(read, workbook);
}

}  // namespace
}  // namespace tonghop::xlsx
