// Packages that real programs have written, or might, each by what is odd about it.
#include "xlsx/reader.h"

#include <gtest/gtest.h>

#include "packages.h"
#include "xlsx/relationships.h"

namespace tonghop::xlsx {
namespace {

struct Case {
  std::string odd;
  std::string rows;  // inside <sheetData>
  std::string cells;
  std::string findings = {};
};

// The sheets, or the code of the Error in parentheses.
std::string read_sheets(const std::string& bytes, Findings& findings) {
  try {
    return sheets_of(read_both_ways(bytes, "f.xlsx", findings));
  } catch (const Error& error) {
    return "(" + error.finding().code + ")";
  }
}

TEST(Reader, TakesRowsAndCellsWhereTheyBelong) {
  const std::vector<Case> table = {
      {"no references at all (trap C1)", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
       "A1=1 B1=2 A2=3"},
      {"a reference anchors anew (trap C1)",
       "<row r=\"4\"><c r=\"C4\"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", "C4=1 D4=2 A5=3"},
      {"row without number, cells with (trap C1)", "<row><c r=\"B7\"><v>1</v></c></row>", "B7=1"},
      {"lower case and absolute references", "<row r=\"2\"><c r=\"$b$2\"><v>1</v></c><c r=\"aa2\"><v>2</v></c></row>",
       "B2=1 AA2=2"},
      {"rows and cells out of order (trap C3)",
       "<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"A3\"><v>2</v></c></row><row r=\"1\"><c r=\"A1\"><v>3</v></c></row>",
       "A1=3 A3=2 B3=1"},
      {"the same cell twice (trap C3)",
       "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"A1\"><v>3</v></c></row>", "A1=3 B1=2",
       "cell-repeated S!A1 count=1"},
      {"the same row twice (trap C3)",
       "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>2</v></c></row>", "A1=2",
       "cell-repeated S!A1 count=1"},
      {"cell of another row (trap C2)", "<row r=\"2\"><c r=\"B9\"><v>1</v></c></row>", "B2=1",
       "cell-moved S!B9 count=1"},
      {"beyond the last column (trap C7)",
       "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c><c r=\"XFF1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>", "A1=2",
       "cell-outside S!XFE1 count=2"},
      {"beyond the last row (trap C7)", "<row r=\"16777217\"><c r=\"A16777217\"><v>1</v></c></row>", "",
       "cell-outside S!A16777217 count=1"},
      {"row number that is none", "<row r=\"x\"><c r=\"?\"><v>1</v></c></row>", "A1=1"},
      {"the last cell of the grid (trap C6)", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
       "XFD1048576=1"},
      {"comments, processing instructions and blanks between (trap C43 and trap C4)",
       "\n <!-- c --> <row r='1' >\n<?p i?><c  t = 'n'\nr = 'A1'> <v>1</v> </c> </row>\n", "A1=1"},
      {"empty rows and cells (trap C43)", "<row/><row r=\"2\"></row><row r=\"3\"><c r=\"A3\"/><c r=\"B3\"></c></row>",
       ""},
      {"style and no value (trap C36)", "<row r=\"1\"><c r=\"A1\" s=\"1\"/><c r=\"B1\" s=\"1\" t=\"n\"></c></row>", ""},
      {"metadata of newer cells (trap C24)",
       "<row r=\"1\"><c r=\"A1\" cm=\"1\" vm=\"2\" t=\"e\"><f>A2:A3</f><v>#VALUE!</v></c></row>", "A1=[=A2:A3]#VALUE!"},
      {"rows hidden by a filter (trap C37)",
       "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>2</v></c></row>",
       "A1=1 A2=2"},
      {"an attribute twice (trap B19)", "<row r=\"1\"><c r=\"A1\" r=\"B1\"><v>1</v></c></row>", "(file-damaged)",
       "sheet-damaged S! problem=attribute r twice"},
      {"a type twice (trap B19)", "<row r=\"1\"><c r=\"A1\" t=\"n\" t=\"s\"><v>1</v></c></row>", "(file-damaged)",
       "sheet-damaged S! problem=attribute t twice"},
      {"a row's number twice (trap B19)", "<row r=\"1\" r=\"2\"><c><v>1</v></c></row>", "(file-damaged)",
       "sheet-damaged S! problem=attribute r twice"},
      {"elements that close each other (trap B19)", "<row r=\"1\"><c r=\"A1\"><v>1</c></v></row>", "(file-damaged)",
       "sheet-damaged S! part=xl/worksheets/sheet1.xml problem=Start-end tags mismatch at byte 115"},
      {"foreign elements (trap B16)",
       "<row r=\"1\"><x:c xmlns:x=\"u\" r=\"A1\"><x:v>1</x:v></x:c><extLst><ext><c "
       "r=\"Z9\"><v>9</v></c></ext></extLst></row>",
       "A1=1"},
      {"alternate content around a row (trap B15)",
       "<mc:AlternateContent xmlns:mc=\"u\"><mc:Choice><row r=\"1\"><c "
       "r=\"A1\"><v>1</v></c></row></mc:Choice></mc:AlternateContent>",
       ""}};
  for (const auto& [odd, rows, cells, expected] : table) {
    SCOPED_TRACE(odd);
    Findings findings;
    const bool refused = cells.starts_with('(');
    EXPECT_EQ(read_sheets(package_with_rows(rows), findings), (refused ? "" : "S: ") + cells);
    EXPECT_EQ(findings_of(findings), expected);
  }
}

TEST(Reader, TakesValuesOfEachType) {
  // Content of one cell with its type in front: "n:<v>1</v>".
  const std::vector<Case> table = {
      {"no type (trap C8)", ":<v>1.5</v>", "A1=1.5"},
      {"number with blanks (trap C30)", "n:<v> 3.0 </v>", "A1=3"},
      {"exponents (trap C30)", ":<v>1.0E+2</v>", "A1=100"},
      {"plus sign (trap C30)", ":<v>+5</v>", "A1=5"},
      {"too small for a double (trap C30)", ":<v>5E-400</v>", "A1=0"},
      {"no value (trap C9)", "n:", ""},
      {"empty value (trap C9)", ":<v/>", ""},
      {"blank value (trap C9)", ":<v> </v>", ""},
      {"not a number", ":<v>12,5</v>", "A1=12,5", "cell-broken S!A1 type=n content=12,5"},
      {"infinity (trap C30)", "n:<v>INF</v>", "A1=INF", "cell-broken S!A1 type=n content=INF"},
      {"too large for a double", "n:<v>1E999</v>", "A1=1E999", "cell-broken S!A1 type=n content=1E999"},
      {"too large and negative", "n:<v>-1E999</v>", "A1=-1E999", "cell-broken S!A1 type=n content=-1E999"},
      {"shared string", "s:<v>1</v>", "A1=one"},
      {"shared string, blanks around (trap C10)", "s:<v> 1\n</v>", "A1=one"},
      {"shared string beyond the table (trap C10)", "s:<v>2</v>", "A1=#REF!", "cell-broken S!A1 type=s content=2"},
      {"shared string -1 (trap C10)", "s:<v>-1</v>", "A1=#REF!", "cell-broken S!A1 type=s content=-1"},
      {"shared string that is no number (trap C10)", "s:<v>one</v>", "A1=#REF!", "cell-broken S!A1 type=s content=one"},
      {"shared string beyond counting", "s:<v>99999999999999999999</v>", "A1=#REF!",
       "cell-broken S!A1 type=s content=99999999999999999999"},
      {"shared string without index (trap C9)", "s:<v/>", ""},
      {"text of a formula used for a constant (trap C15)", "str:<v>a &amp; b_x000D_\nc</v>", "A1=a & b\nc"},
      {"empty text (trap C9)", "str:<v></v>", "A1="},
      {"inline string (trap C14)", "inlineStr:<is><t>x</t></is>", "A1=x"},
      {"inline string in <v> (trap C14)", "inlineStr:<is><v>x</v></is>", "A1=x"},
      {"inline string and a value beside it (trap C14)", "inlineStr:<is><t>x</t></is><v>9</v>", "A1=x"},
      {"inline string beside the value of a number", "n:<v>9</v><is><t>x</t></is>", "A1=9"},
      {"empty inline string beside a value", ":<is/><v>9</v>", "A1=9"},
      {"inline string without a type", ":<is><t>x</t></is>", "A1=x"},
      {"inline string without text (trap C9)", "inlineStr:", ""},
      {"inline rich text (trap C12)", "inlineStr:<is><r><rPr><b/></rPr><t>Chữ </t></r><r><t>đậm</t></r></is>",
       "A1=Chữ đậm"},
      {"CDATA (trap C16)", "inlineStr:<is><t>ab<![CDATA[<c>]]>d<!-- -->e</t></is>", "A1=ab<c>de"},
      {"blanks between pieces of CDATA", "inlineStr:<is><t><![CDATA[a]]> <![CDATA[b]]></t></is>", "A1=a b"},
      {"character references (trap C17)", "inlineStr:<is><t>ch&#7881; ti&#xEA;u&#10;2</t></is>", "A1=chỉ tiêu\n2"},
      {"unknown entity (trap C17)", "inlineStr:<is><t>a&b;c</t></is>", "A1=a&b;c"},
      {"reference to zero (trap C17)", "inlineStr:<is><t>a&#0;b&#x00;c</t></is>", "A1=a\uFFFDb\uFFFDc"},
      {"reference to a surrogate (trap C17)", "inlineStr:<is><t>a&#xD800;b</t></is>", "A1=a\uFFFD\uFFFD\uFFFDb"},
      {"control character (trap B19)",
       "inlineStr:<is><t>a\x0B"
       "b</t></is>",
       "A1=a\uFFFDb"},
      {"ill-formed UTF-8 (trap B19)",
       "inlineStr:<is><t>a\xFF"
       "b</t></is>",
       "A1=a\uFFFDb"},
      {"raw line ends (trap C20)", "inlineStr:<is><t>a\r\nb\rc</t></is>", "A1=a\nb\nc"},
      {"blanks at both ends (trap C19)", "inlineStr:<is><t>  a </t></is>", "A1=  a "},
      {"letters in pieces, as macOS writes them (trap C32)", "inlineStr:<is><t>ho\u0300a</t></is>", "A1=ho\u0300a"},
      {"true (trap C21)", "b:<v>1</v>", "A1=TRUE"},
      {"false as a word (trap C21)", "b:<v>false</v>", "A1=FALSE"},
      {"neither true nor false", "b:<v>2</v>", "A1=2", "cell-broken S!A1 type=b content=2"},
      {"error (trap C22)", "e:<v>#DIV/0!</v>", "A1=#DIV/0!"},
      {"error of a later Excel (trap C22)", "e:<v>#SPILL!</v>", "A1=#SPILL!"},
      {"date (trap C26)", "d:<v>2024-03-17T13:45:30</v>", "A1=2024-03-17T13:45:30"},
      {"unknown type (trap C8)", "zz:<v>x</v>", "A1=x", "cell-broken S!A1 type=zz content=x"},
      {"formula (trap C23)", ":<f>B1+1</f><v>7</v>", "A1=[=B1+1]7"},
      {"formula never calculated (trap C23)", ":<f>B1&lt;1</f>", "A1=[=B1<1]"},
      {"formula with text (trap C23)", "str:<f>IF(B1,\"_x0041_\",\"\")</f><v></v>", "A1=[=IF(B1,\"_x0041_\",\"\")]"},
      {"formula of another cell (trap C23)", ":<f t=\"shared\" si=\"0\"/><v>7</v>", "A1=[=...]7"},
      {"array formula (trap C24)", ":<f t=\"array\" ref=\"A1:A2\">SUM(B1:B2)</f><v>3</v>", "A1=[=SUM(B1:B2)]3"},
      {"data table (trap C24)", ":<f t=\"dataTable\" ref=\"A1:A2\" dt2D=\"1\"/><v>3</v>", "A1=[=...]3"},
      {"formula that is none", ":<f/><v>7</v>", "A1=7"},
      {"boolean through LibreOffice (trap D: LibreOffice)", "b:<f aca=\"false\">TRUE()</f><v>1</v>",
       "A1=[=TRUE()]TRUE"},
      {"image in a cell through WPS (trap C25)", "str:<f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>=DISPIMG(\"ID_1\",1)</v>",
       "A1=[=_xlfn.DISPIMG(\"ID_1\",1)]=DISPIMG(\"ID_1\",1)"}};
  for (const auto& [odd, cell, cells, expected] : table) {
    SCOPED_TRACE(odd);
    const std::string type = cell.substr(0, cell.find(':'));
    const std::string rows = "<row r=\"1\"><c r=\"A1\"" + (type.empty() ? "" : " t=\"" + type + "\"") + ">" +
                             cell.substr(type.size() + 1) + "</c></row>";
    Findings findings;
    EXPECT_EQ(read_sheets(package_with_rows(rows), findings), "S: " + cells);
    EXPECT_EQ(findings_of(findings), expected);
  }
}

// trap C11: empty ones count; trap C12: runs; trap C13: no phonetic readings; trap C18: escapes; trap C19: blanks.
TEST(Reader, TakesSharedStringsOfEachShape) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<si/>", ""},
      {"<si><t/></si>", ""},
      {"<si><t xml:space=\"preserve\"> a </t></si>", " a "},
      {"<si><t> </t></si>", " "},
      {"<si><r><t>một</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> </t></r><r><t>hai</t></r></si>", "một hai"},
      {"<si><t>trơn</t><r><rPr/><t> đậm</t></r></si>", "trơn đậm"},
      {"<si><t>宁东</t><rPh sb=\"0\" eb=\"1\"><t>dao</t></rPh><phoneticPr fontId=\"1\"/></si>", "宁东"},
      {"<si><r><t>a</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh><r><t>b</t></r></si>", "ab"},
      {"<si><t>a_x000D_\nb</t></si>", "a\nb"},
      {"<si><r><t>_x00</t></r><r><t>41_</t></r></si>", "_x0041_"},  // each text is decoded by itself
      {"<si><t><![CDATA[1 < 2]]></t></si>", "1 < 2"},
      {"<x:si xmlns:x=\"u\"><x:t>tiền tố</x:t></x:si>", "tiền tố"}};
  for (const auto& [item, text] : table) {
    SCOPED_TRACE(item);
    Findings findings;
    const Workbook workbook = read_both_ways(
        package_of({{"xl/sharedStrings.xml", shared_strings("<si><t>zero</t></si>" + item + "<si><t>two</t></si>")},
                    {"xl/worksheets/sheet1.xml",
                     worksheet("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>")}}),
        "f.xlsx", findings);
    EXPECT_EQ(cells_of(workbook.sheets.at(0)), "A1=zero B1=" + text + " C1=two");
  }
}

TEST(Reader, FindsPartsHoweverTheyAreNamed) {
  const std::string rows = worksheet("<row><c><v>1</v></c></row>");
  const std::string sheet = "xl/worksheets/sheet1.xml";
  const std::string rels = "xl/_rels/workbook.xml.rels";
  const std::string one_sheet = "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/>";
  const std::string strict = "http://purl.oclc.org/ooxml/";
  const std::vector<std::tuple<std::string, Parts, std::string>> table = {
      {"absolute target (trap B2)",
       {{rels, relationships({{"rId1", "worksheet", "/xl/worksheets/sheet1.xml"}})}, {sheet, rows}},
       "S: A1=1"},
      {"backslashes in the target (trap B2)",
       {{rels, relationships({{"rId1", "worksheet", "worksheets\\sheet1.xml"}})}, {sheet, rows}},
       "S: A1=1"},
      {"dots in the target (trap B2)",
       {{rels, relationships({{"rId1", "worksheet", "./../xl/x/../worksheets/sheet1.xml"}})}, {sheet, rows}},
       "S: A1=1"},
      {"blank before the target (trap B2)",
       {{rels, relationships({{"rId1", "worksheet", " worksheets/sheet1.xml"}})}, {sheet, rows}},
       "S: A1=1"},
      {"other case in the target (trap A6)",
       {{rels, relationships({{"rId1", "worksheet", "Worksheets/Sheet1.XML"}})}, {sheet, rows}},
       "S: A1=1"},
      {"backslashes in entry names (trap A5)", {{sheet, "(none)"}, {"xl\\worksheets\\sheet1.xml", rows}}, "S: A1=1"},
      {"workbook elsewhere (trap B1)",
       {{"_rels/.rels",
         relationships({{"a", "extended-properties", "docProps/app.xml"}, {"b", "officeDocument", "/book/main.xml"}})},
        {"book/main.xml", workbook_part_of(one_sheet)},
        {"book/_rels/main.xml.rels", relationships({{"rId1", "worksheet", "one.xml"}})},
        {"book/one.xml", rows},
        {"xl/workbook.xml", "(none)"}},
       "S: A1=1"},
      {"no package relationships, workbook by content type (trap B1)",
       {{"_rels/.rels", "(none)"},
        {"[Content_Types].xml",
         "<Types><Override PartName=\"/xl/workbook2.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"},
        {"xl/workbook.xml", "(none)"},
        {"xl/workbook2.xml", workbook_part_of(one_sheet)},
        {"xl/_rels/workbook2.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"}})},
        {sheet, rows}},
       "S: A1=1"},
      {"no package relationships, no content types (trap B1)",
       {{"_rels/.rels", "(none)"}, {"[Content_Types].xml", "(none)"}, {sheet, rows}},
       "S: A1=1"},
      {"no styles, no shared strings (trap B7)",
       {{"xl/styles.xml", "(none)"}, {"xl/sharedStrings.xml", "(none)"}, {sheet, rows}},
       "S: A1=1"},
      {"prefixes (trap B4 and trap B6)",
       {{"xl/workbook.xml",
         "<x:workbook xmlns:x=\"u\"><x:sheets><x:sheet name=\"S\" sheetId=\"1\" d3p1:id=\"rId1\" "
         "xmlns:d3p1=\"v\"/></x:sheets></x:workbook>"},
        {rels,
         "<ns0:Relationships xmlns:ns0=\"u\"><ns0:Relationship Id=\"rId1\" Type=\"a/worksheet\" "
         "Target=\"worksheets/sheet1.xml\"/></ns0:Relationships>"},
        {sheet,
         "<x:worksheet xmlns:x=\"u\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" "
         "t=\"inlineStr\"><x:is><x:t>SUM(x:y)</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"}},
       "S: A1=SUM(x:y)"},
      {"strict Office Open XML (trap B5)",
       {{"_rels/.rels",
         "<Relationships><Relationship Id=\"a\" Type=\"" + strict +
             "officeDocument/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", "<workbook xmlns=\"" + strict + "spreadsheetml/main\" conformance=\"strict\" xmlns:r=\"" +
                                strict + "officeDocument/relationships\"><sheets>" + one_sheet +
                                "</sheets></workbook>"},
        {rels, "<Relationships><Relationship Id=\"rId1\" Type=\"" + strict +
                   "officeDocument/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
        {sheet, rows}},
       "S: A1=1"},
      {"sheets by relationship, not by number (trap B3)",
       {{"xl/workbook.xml", workbook_part_of("<sheet name=\"B\" sheetId=\"1\" r:id=\"rId9\"/><sheet name=\"A\" "
                                             "sheetId=\"7\" r:id=\"rId1\" state=\"visible\"/>")},
        {rels, relationships(
                   {{"rId1", "worksheet", "worksheets/sheet1.xml"}, {"rId9", "worksheet", "worksheets/sheet2.xml"}})},
        {sheet, rows},
        {"xl/worksheets/sheet2.xml", worksheet("<row><c><v>2</v></c></row>")}},
       "B: A1=2 | A: A1=1"},
      {"chart sheet, macro module, hidden and very hidden sheet (trap B9 and trap B10)",
       {{"xl/workbook.xml",
         workbook_part_of(
             "<sheet name=\"Chart\" sheetId=\"1\" r:id=\"rId2\"/><sheet name=\"Module1\" sheetId=\"2\" r:id=\"\"/>"
             "<sheet name=\"H\" sheetId=\"3\" state=\"hidden\" r:id=\"rId1\"/><sheet name=\"V\" sheetId=\"4\" "
             "state=\"veryHidden\" r:id=\"rId1\"/>")},
        {rels, relationships(
                   {{"rId1", "worksheet", "worksheets/sheet1.xml"}, {"rId2", "chartsheet", "chartsheets/sheet1.xml"}})},
        {sheet, rows}},
       "*H: A1=1 | *V: A1=1"},
      {"byte order mark before a part (trap B13)",
       {{sheet, "\xEF\xBB\xBF\r\n<?xml version=\"1.0\"?>" + rows}},
       "S: A1=1"},
      {"names with references and escapes (trap B11)",
       {{"xl/workbook.xml", workbook_part_of("<sheet name=\"A &amp; &#66; _x0043_\" sheetId=\"1\" r:id=\"rId1\"/>")},
        {sheet, rows}},
       "A & B C: A1=1"},
      {"parts that are not looked at are broken (trap B17)",
       {{"xl/theme/theme1.xml", "<broken"}, {"docProps/core.xml", "<broken"}, {sheet, rows}},
       "S: A1=1"},
      {"document type in the workbook (trap A14)",
       {{"xl/workbook.xml", "<!DOCTYPE workbook [<!ENTITY a \"b\">]>" + workbook_part_of(one_sheet)}},
       "(file-damaged)"},
      {"document type in the only sheet (trap A14)", {{sheet, "<!DOCTYPE worksheet>" + rows}}, "(file-damaged)"},
      {"entities that grow (trap A14)",
       {{"xl/sharedStrings.xml",
         "<!DOCTYPE sst [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>"}},
       "(file-damaged)"},
      {"picture and printer settings that are not there (trap B8)",
       {{sheet, worksheet("<row><c><v>1</v></c></row>", "<drawing r:id=\"rId1\"/><legacyDrawing r:id=\"rId2\"/>")},
        {"xl/worksheets/_rels/sheet1.xml.rels", relationships({{"rId1", "drawing", "../drawings/drawing1.xml"},
                                                               {"rId2", "comments", "../comments1.xml"},
                                                               {"rId3", "printerSettings", "p.bin"}})}},
       "S: A1=1"},
      {"files in the folder of sheets that are none (trap B12)",
       {{sheet, rows}, {"xl/worksheets/stray.xml", rows}, {"docMetadata/LabelInfo.xml", "<clbl:labelList/>"}},
       "S: A1=1"},
      {"sheet names in other letters and with what XML cannot hold (trap B11)",
       {{"xl/workbook.xml", workbook_part_of("<sheet name=\"PH\u1ee4 L\u1ee4C'\xFF\" sheetId=\"1\" r:id=\"rId1\"/>")},
        {sheet, rows}},
       "PH\u1ee4 L\u1ee4C'\uFFFD: A1=1"},
      {"macros (trap C41)",
       {{"_rels/.rels", "(none)"},
        {"[Content_Types].xml",
         "<Types><Override PartName=\"/xl/book.xml\" "
         "ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>"},
        {"xl/workbook.xml", "(none)"},
        {"xl/book.xml", workbook_part_of(one_sheet)},
        {"xl/_rels/book.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"}})},
        {"xl/vbaProject.bin", "\xD0\xCF\x11\xE0"},
        {sheet, rows}},
       "S: A1=1"},
      {"a template of Excel (trap C41)",
       {{"_rels/.rels", "(none)"},
        {"[Content_Types].xml",
         "<Types><Override PartName=\"/xl/book.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml\"/></Types>"},
        {"xl/workbook.xml", "(none)"},
        {"xl/book.xml", workbook_part_of(one_sheet)},
        {"xl/_rels/book.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"}})},
        {sheet, rows}},
       "S: A1=1"},
      {"broken defined names (trap C40)",
       {{"xl/workbook.xml",
         "<workbook xmlns:r=\"" + kRelations + "\"><sheets>" + one_sheet +
             "</sheets><definedNames><definedName name=\"a\">#REF!</definedName><definedName/>"
             "<definedName name=\"b\">[19]Sheet!A1</definedName><definedName name=\"_xlnm.Print_Area\" "
             "localSheetId=\"99\">OFFSET(</definedName><definedName name=\"a\"/></definedNames></workbook>"},
        {sheet, rows}},
       "S: A1=1"},
      {"revisions of a shared workbook (trap C44)",
       {{"xl/revisions/revisionHeaders.xml", "<headers"},
        {"xl/revisions/revisionLog1.xml", "<revisions"},
        {sheet, rows}},
       "S: A1=1"},
      {"workbook cut off", {{"xl/workbook.xml", workbook_part_of(one_sheet).substr(0, 200)}}, "(file-damaged)"},
      {"shared strings cut off", {{"xl/sharedStrings.xml", "<sst><si><t>a</t></si>"}}, "(file-damaged)"},
      {"workbook missing", {{"xl/workbook.xml", "(none)"}}, "(file-unknown)"},
      {"main part is a text document", {{"xl/workbook.xml", "<w:document xmlns:w=\"u\"/>"}}, "(file-docx)"}};
  for (const auto& [odd, parts, expected] : table) {
    SCOPED_TRACE(odd);
    EXPECT_EQ(outcome(package_of(parts)), expected);
  }
}

// trap A12, and trap B8: a sheet whose part is not there.
TEST(Reader, LeavesOutADamagedSheetAndKeepsTheOthers) {
  Findings findings;
  const std::string bytes = package_of(
      {{"xl/workbook.xml",
        workbook_part_of(
            "<sheet name=\"Cut\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Gone\" sheetId=\"2\" r:id=\"rId7\"/>"
            "<sheet name=\"Absent\" sheetId=\"3\" r:id=\"rId8\"/><sheet name=\"Whole\" sheetId=\"4\" r:id=\"rId9\"/>",
            "<bookViews><workbookView activeTab=\"3\"/></bookViews>")},
       {"xl/_rels/workbook.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                     {"rId8", "worksheet", "worksheets/absent.xml"},
                                                     {"rId9", "worksheet", "worksheets/sheet9.xml"}})},
       {"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c><v>1</v></c>"},
       {"xl/worksheets/sheet9.xml", worksheet("<row><c><v>9</v></c></row>")}});
  const Workbook workbook = read_both_ways(bytes, "f.xlsx", findings);
  EXPECT_EQ(sheets_of(workbook), "Whole: A1=9");
  EXPECT_EQ(workbook.active, 0);
  ASSERT_EQ(findings.size(), 3U);
  for (const Finding& finding : findings) EXPECT_EQ(finding.code, "sheet-damaged");
  EXPECT_EQ(findings[0].place, (Place{.file = "f.xlsx", .sheet = "Cut"}));
  EXPECT_EQ(findings[1].place.sheet, "Gone");
  EXPECT_EQ(findings[2].place.sheet, "Absent");
}

// trap B14
TEST(Reader, TakesPartsInUtf16) {
  std::string wide = "\xFF\xFE";
  for (const char c : worksheet("<row><c><v>1</v></c></row>")) wide += {c, '\0'};
  EXPECT_EQ(outcome(package_of({{"xl/worksheets/sheet1.xml", wide}})), "S: A1=1");
  std::string unmarked;
  for (const char c : "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + worksheet("<row><c><v>1</v></c></row>"))
    unmarked += {'\0', c};
  EXPECT_EQ(outcome(package_of({{"xl/worksheets/sheet1.xml", unmarked}})), "S: A1=1");
}

// trap B18: counts that lie; trap C33: styles beyond the table; trap C34: formats defined twice or not at all.
TEST(Reader, ResolvesNumberFormatsAndLocks) {
  Findings findings;
  const Workbook workbook = read_both_ways(
      package_of(
          {{"xl/styles.xml",
            "<styleSheet><numFmts count=\"99\"><numFmt numFmtId=\"164\" formatCode=\"0.0\"/><numFmt numFmtId=\"164\" "
            "formatCode=\"dd/mm/yyyy&quot;x&quot;\"/><numFmt numFmtId=\"165\"/><numFmt numFmtId=\"9\" "
            "formatCode=\"0.000%\"/></numFmts>"
            "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"1\"><xf/><xf numFmtId=\"164\"/><xf "
            "numFmtId=\"165\"/>"
            "<xf numFmtId=\"9\"/><xf numFmtId=\"10\"><alignment/><protection locked=\"false\"/></xf><xf "
            "numFmtId=\"14\"/><xf numFmtId=\"31\"/>"
            "<xf numFmtId=\"nonsense\"><protection hidden=\"1\"/></xf></cellXfs></styleSheet>"},
           {"xl/worksheets/sheet1.xml", worksheet("<row><c s=\"4\"><v>1</v></c><c s=\"99\"><v>1</v></c><c "
                                                  "s=\"\"><v>1</v></c><c s=\"-1\"><v>1</v></c></row>")}}),
      "f.xlsx", findings);
  std::vector<std::string> formats;
  for (const Style& style : workbook.styles) formats.push_back(style.number_format + (style.locked ? "" : " open"));
  EXPECT_EQ(formats, (std::vector<std::string>{"General", "dd/mm/yyyy\"x\"", "General", "0.000%", "0.00% open",
                                               "mm-dd-yy", "yyyy/m/d", "General"}));
  std::vector<int> styles;
  for (const Cell& cell : workbook.sheets.at(0).cells) styles.push_back(cell.style);
  EXPECT_EQ(styles, (std::vector<int>{4, 0, 0, 0}));
}

// trap C27: dates from 1904; trap C35: merges.
TEST(Reader, TakesMergesHiddenRowsAndColumnsAndProtection) {
  Findings findings;
  const Workbook workbook = read_both_ways(
      package_of({{"xl/workbook.xml", workbook_part_of("<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/>",
                                                       "<workbookPr date1904=\"true\"/>")},
                  {"xl/worksheets/sheet1.xml",
                   "<worksheet><cols><col min=\"1\" max=\"1\" width=\"9\"/><col min=\"2\" max=\"16384\" "
                   "hidden=\"true\"/><col min=\"9\" max=\"3\" hidden=\"1\"/></cols>"
                   "<sheetData><row collapsed=\"false\" hidden=\"1\" r=\"7\"/><row r=\"3\" "
                   "hidden=\"true\"><c r=\"A3\"><v>1</v></c></row><row r=\"4\" hidden=\"0\"/></sheetData>"
                   "<sheetProtection sheet=\"1\" formatColumns=\"0\" sort=\"false\" formatRows=\"1\"/>"
                   "<mergeCells><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"C1\"/><mergeCell "
                   "ref=\"?\"/></mergeCells></worksheet>"}}),
      "f.xlsx", findings);
  const Sheet& sheet = workbook.sheets.at(0);
  EXPECT_TRUE(workbook.dates_from_1904);
  EXPECT_EQ(sheet.merges, (std::vector<Area>{{{1, 1}, {2, 2}}}));
  ASSERT_EQ(sheet.columns.size(), 1U);
  EXPECT_EQ(sheet.columns[0].first, 2);
  EXPECT_EQ(sheet.columns[0].last, 16384);
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[0].row, 3);
  EXPECT_EQ(sheet.rows[1].row, 7);
  ASSERT_TRUE(sheet.protection);
  EXPECT_TRUE(sheet.protection->format_columns && sheet.protection->sort);
  EXPECT_FALSE(sheet.protection->format_rows || sheet.protection->filter);
}

TEST(Reader, StopsAtTheCellLimit) {
  Limits limits;
  limits.cells = 2;
  const std::string rows = "<row><c><v>1</v></c><c><v>2</v></c><c s=\"1\"/>";
  EXPECT_EQ(outcome(package_with_rows(rows + "</row>"), limits), "S: A1=1 B1=2");
  EXPECT_EQ(outcome(package_with_rows(rows + "<c><v>3</v></c></row>"), limits), "(file-too-large)");
}

TEST(Reader, RefusesDeeperNestingThanItsLimit) {
  const auto nested = [](int times) {
    std::string deep;
    for (int i = 0; i < times; ++i) deep += "<a>";
    for (int i = 0; i < times; ++i) deep += "</a>";
    return package_with_rows(deep + "<row><c><v>1</v></c></row>");
  };
  EXPECT_EQ(outcome(nested(250)), "S: A1=1");
  EXPECT_EQ(outcome(nested(256)), "(file-too-large)");
  EXPECT_EQ(outcome(nested(200'000)), "(file-too-large)");
  Limits limits;
  limits.depth = 400'000;
  EXPECT_EQ(outcome(nested(200'000), limits), "S: A1=1");
}

// trap C6: what is empty is not stored, however far it reaches; trap C5: an extent declared is not believed.
TEST(Reader, StoresNothingForWhatIsEmpty) {
  std::string rows;
  for (int i = 0; i < kMaxRow - 1; ++i) rows += "<row s=\"1\"/>";
  Findings findings;
  const Workbook workbook = read_both_ways(
      package_of(
          {{"xl/worksheets/sheet1.xml", "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>" + rows +
                                            "<row r=\"1048576\"><c r=\"XFC1048576\" s=\"1\"/><c "
                                            "r=\"XFD1048576\" s=\"1\"><v>1</v></c></row></sheetData></worksheet>"}}),
      "f.xlsx", findings);
  const Sheet& sheet = workbook.sheets.at(0);
  EXPECT_EQ(cells_of(sheet), "XFD1048576=1");
  EXPECT_TRUE(sheet.rows.empty() && findings.empty());
  EXPECT_EQ(
      outcome(package_of({{"xl/worksheets/sheet1.xml",
                           "<worksheet><dimension ref=\"A1\"/><sheetData><row><c/><c><v>2</v></c></row></sheetData>"
                           "</worksheet>"}})),
      "S: B1=2");
}

// trap C6, and trap D: LibreOffice: a million rows that hold nothing are dropped before they cost memory, and nothing
// else.
TEST(Reader, TakesSheetsOfAMillionEmptyRows) {
  const auto many = [](int first, int count, const std::string& attributes, const std::string& end) {
    std::string rows;
    for (int n = first; n < first + count; ++n) rows += "<row r=\"" + std::to_string(n) + "\" " + attributes + end;
    return rows;
  };
  const std::string office =
      "customFormat=\"false\" ht=\"12.8\" hidden=\"false\" customHeight=\"false\" collapsed=\"false\"";
  for (const auto& [count, comment] : {std::pair(1'000'000, ""), std::pair(12'000, "<!-- a comment -->")}) {
    const std::string rows =
        many(1, count, office, "></row>\n") + "<row><c><v>1</v></c></row>" +  // follows the last of them
        many(1'000'010, 9, "", "/>") + "<row r=\"1000020\"/><row/><row><c><v>2</v></c></row>" +
        "<row r=\"1000030\" hidden='1'/><row r=\"1000031\" a='>'/><row r=\"1000040\"><c><v>3</v></c></row>" +
        "<row r=\"1000050\" > </row><row r='1000051'/>" + comment + "<row r=\"1000060\"/>";
    Findings findings;
    const Workbook workbook = read_both_ways(package_with_rows(rows), "f", findings);
    EXPECT_EQ(cells_of(workbook.sheets.at(0)), "A" + std::to_string(count + 1) + "=1 A1000022=2 A1000040=3");
    ASSERT_EQ(workbook.sheets[0].rows.size(), 1U);
    EXPECT_EQ(workbook.sheets[0].rows[0].row, 1'000'030);
  }
}

// A tree takes up to 16 times the bytes of its part.
TEST(Reader, BoundsTheTreeOfAPart) {
  std::string dense;
  for (int i = 0; i < 600'000; ++i) dense += "<a/>";
  Limits limits;
  limits.part_bytes = 8 * kMebibyte;
  EXPECT_EQ(outcome(package_with_rows(dense), limits), "(file-too-large)");
  limits.part_bytes = 32 * kMebibyte;
  EXPECT_EQ(outcome(package_with_rows(dense), limits), "S: ");
}

// trap C42: Excel's longest text, 32,767 letters of three bytes each, is read; what no Excel can have written is not.
TEST(Reader, MakesATextBeyondTheLimitUnusable) {
  std::string longest;
  for (int i = 0; i < 32'766; ++i) longest += "\u1edf";
  longest += '\n';
  const auto rows_of = [](const std::string& text) {
    return package_with_rows("<row><c t=\"inlineStr\"><is><t>" + text + "</t></is></c><c><v>2</v></c></row>");
  };
  EXPECT_EQ(outcome(rows_of(longest)), "S: A1=" + longest + " B1=2");
  Limits limits;
  limits.text = 5;
  Findings findings;
  EXPECT_EQ(sheets_of(read_both_ways(rows_of("12345"), "f", findings, limits)), "S: A1=12345 B1=2");
  EXPECT_EQ(findings_of(findings), "");
  EXPECT_EQ(sheets_of(read_both_ways(rows_of("123456"), "f", findings, limits)), "S: A1=#VALUE! B1=2");
  EXPECT_EQ(findings_of(findings), "cell-too-long S!A1 length=6 most=5");
}

// A text of 90 kB that a million cells share would be 90 GB.
TEST(Reader, CountsSharedTextsAsOftenAsTheyAreUsed) {
  std::string rows;
  for (int i = 0; i < 100'000; ++i) rows += "<row><c t=\"s\"><v>0</v></c></row>";
  EXPECT_EQ(
      outcome(package_of({{"xl/sharedStrings.xml", shared_strings("<si><t>" + std::string(90'000, 'a') + "</t></si>")},
                          {"xl/worksheets/sheet1.xml", worksheet(rows)}})),
      "(file-too-large)");
}

// trap A15: no path leads out of the package.
TEST(Relationships, ResolveTargetsAgainstTheirSource) {
  EXPECT_EQ(resolved_target("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
  EXPECT_EQ(resolved_target("xl/worksheets/sheet1.xml", "../media/a.png"), "xl/media/a.png");
  EXPECT_EQ(resolved_target("xl/workbook.xml", "/xl//a.xml"), "xl/a.xml");
  EXPECT_EQ(resolved_target("", "../../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(resolved_target("a.xml", ""), "");
}

}  // namespace
}  // namespace tonghop::xlsx
