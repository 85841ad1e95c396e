// OpenDocument spreadsheets that real programs have written, or might, each by what is odd about it.
#include "xlsx/ods_reader.h"

#include <gtest/gtest.h>

#include "ods_packages.h"

namespace tonghop::xlsx {
namespace {

struct Case {
  std::string odd;
  std::string xml;
  std::string cells;
  std::string findings = {};
};

std::string read_sheets(const std::string& bytes, Findings& findings) {
  return sheets_of(read_workbook(bytes, "f.ods", findings));
}

Workbook read(const std::string& bytes) {
  Findings findings;
  return read_workbook(bytes, "f.ods", findings);
}

const std::string kOne = ods_number("1");

std::string repeated(const std::string& count, const std::string& value = "1") {
  return ods_number(value, "table:number-columns-repeated=\"" + count + "\"");
}

std::string repeated_row(const std::string& count, const std::string& cells) {
  return "<table:table-row table:number-rows-repeated=\"" + count + "\">" + cells + "</table:table-row>";
}

std::string empty(const std::string& count) {
  return "<table:table-cell table:number-columns-repeated=\"" + count + "\"/>";
}

TEST(OdsReader, CountsRepetitionsToTellWhereACellStands) {
  const std::vector<Case> table = {
      {"one after another", ods_row(kOne + kOne) + ods_row(kOne), "A1=1 B1=1 A2=1"},
      {"empty cells before", ods_row(empty("25") + kOne), "Z1=1"},
      {"empty rows before", repeated_row("4", empty("16384")) + ods_row(kOne), "A5=1"},
      {"a value repeated to the right", ods_row(repeated("3") + ods_number("2")), "A1=1 B1=1 C1=1 D1=2"},
      {"a row of values repeated", repeated_row("2", kOne + empty("1") + kOne) + ods_row(kOne),
       "A1=1 C1=1 A2=1 C2=1 A3=1"},
      {"repeated in both directions", repeated_row("2", repeated("2")), "A1=1 B1=1 A2=1 B2=1"},
      {"covered cells take a place and keep what they hide",
       ods_row(ods_number("1", "table:number-columns-spanned=\"3\"") + "<table:covered-table-cell/>" +
               "<table:covered-table-cell office:value-type=\"float\" office:value=\"9\"/>" + kOne),
       "A1=1 C1=9 D1=1"},
      {"repeated 0 times", ods_row(repeated("0") + kOne), "A1=1 B1=1"},
      {"repeated -5 times", repeated_row("-5", repeated("-5") + kOne) + ods_row(kOne), "A1=1 B1=1 A2=1"},
      {"repeated x times", ods_row(empty("x") + kOne), "B1=1"},
      {"repeated 1.5 times", ods_row(empty("1.5") + kOne), "B1=1"},
      {"an absurd negative number", ods_row(empty("-99999999999999999999") + kOne), "B1=1"},
      {"the last cell of the grid", repeated_row("1048575", empty("16384")) + ods_row(empty("16383") + kOne),
       "XFD1048576=1"},
      {"beyond the last column", ods_row(empty("16384") + kOne), "", "cell-outside S!XFE1 count=1"},
      {"beyond any column", ods_row(empty("99999999999999999999") + kOne + kOne) + ods_row(kOne), "A2=1",
       "cell-outside S!XFE1 count=2"},
      {"beyond the last row", repeated_row("1048576", empty("1")) + ods_row(kOne), "",
       "cell-outside S!A1048577 count=1"},
      {"beyond any row",
       repeated_row("99999999999999999999", "") + repeated_row("99999999999999999999", "") + ods_row(kOne), "",
       "cell-outside S!A1048577 count=1"},
      {"repeated over the edge to the right", ods_row(empty("16383") + repeated("3")), "XFD1=1",
       "cell-outside S!XFE1 count=1"},
      {"repeated over the lower edge", repeated_row("1048575", "") + repeated_row("3", kOne), "A1048576=1",
       "cell-outside S!A1048577 count=1"},
      {"rows in groups in groups",
       "<table:table-header-rows>" + ods_row(kOne) + "</table:table-header-rows><table:table-row-group>" +
           ods_row(kOne) + "<table:table-row-group><table:table-rows>" + ods_row(kOne) +
           "</table:table-rows></table:table-row-group></table:table-row-group>" + ods_row(kOne),
       "A1=1 A2=1 A3=1 A4=1"},
      {"a table inside a drawing",
       "<table:shapes><draw:frame><table:table table:name=\"T\">" + ods_row(kOne) +
           "</table:table></draw:frame></table:shapes>" + ods_row(ods_number("2")),
       "A1=2"},
      {"a table inside a cell is that cell's text",
       ods_row("<table:table-cell><table:table>" +
               ods_row("<table:table-cell><text:p>a</text:p></table:table-cell>"
                       "<table:table-cell><text:p>b</text:p></table:table-cell>") +
               "</table:table></table:table-cell>" + kOne),
       "A1=a\nb B1=1"},
      {"no rows", "", ""}};
  for (const auto& [odd, rows, cells, expected] : table) {
    SCOPED_TRACE(odd);
    Findings findings;
    EXPECT_EQ(read_sheets(ods_with_rows(rows), findings), "S: " + cells);
    EXPECT_EQ(findings_of(findings), expected);
  }
}

TEST(OdsReader, TakesValuesOfEachType) {
  // The attributes of a cell | its content.
  const std::vector<Case> table = {
      {"number", "office:value-type='float' office:value='1.5'|<text:p>1,5</text:p>", "A1=1.5"},
      {"number with 21 digits through Gnumeric", "office:value-type='float' office:value='0.157000000000000000002'|",
       "A1=0.157"},
      {"exponent of LibreOffice", "office:value-type='float' office:value='1.5E+017'|", "A1=1.5e+17"},
      {"money", "office:value-type='currency' office:currency='VND' office:value='12'|<text:p>12 ₫</text:p>", "A1=12"},
      {"percentage", "office:value-type='percentage' office:value='0.999'|<text:p>99,9%</text:p>", "A1=0.999"},
      {"number that is none", "office:value-type='float' office:value='12,5'|<text:p>12,5</text:p>", "A1=12,5",
       "cell-broken S!A1 type=float content=12,5"},
      {"infinity", "office:value-type='float' office:value='INF'|", "A1=INF",
       "cell-broken S!A1 type=float content=INF"},
      {"number only shown", "office:value-type='float'|<text:p>12</text:p>", "A1=12",
       "cell-broken S!A1 type=float content=12"},
      {"number neither stored nor shown", "office:value-type='float'|", ""},
      {"date", "office:value-type='date' office:date-value='2024-03-17'|<text:p>17/3</text:p>", "A1=45368"},
      {"date that is none", "office:value-type='date' office:date-value='2024-13-17'|<text:p>17/13</text:p>",
       "A1=17/13", "cell-broken S!A1 type=date content=2024-13-17"},
      {"time", "office:value-type='time' office:time-value='PT12H00M00S'|<text:p>12:00</text:p>", "A1=0.5"},
      {"time that is none", "office:value-type='time' office:time-value='noon'|", "A1=noon",
       "cell-broken S!A1 type=time content=noon"},
      {"true", "office:value-type='boolean' office:boolean-value='true'|<text:p>ĐÚNG</text:p>", "A1=TRUE"},
      {"false", "office:value-type='boolean' office:boolean-value='false'|<text:p>SAI</text:p>", "A1=FALSE"},
      {"neither true nor false", "office:value-type='boolean' office:boolean-value='2'|", "A1=2",
       "cell-broken S!A1 type=boolean content=2"},
      {"text", "office:value-type='string'|<text:p>chỉ tiêu</text:p>", "A1=chỉ tiêu"},
      {"text in an attribute", "office:value-type='string' office:string-value='a &amp;  b'|<text:p>shown</text:p>",
       "A1=a &  b"},
      {"text without a type", "|<text:p>x</text:p>", "A1=x"},
      {"unknown type", "office:value-type='zz'|<text:p>x</text:p>", "A1=x"},
      {"empty text", "office:value-type='string'|<text:p/>", ""},
      {"an escape of the other format stays", "office:value-type='string'|<text:p>_x0041_</text:p>", "A1=_x0041_"},
      {"control character and ill-formed UTF-8",
       "office:value-type='string'|<text:p>a\x0B"
       "b\xFF"
       "c</text:p>",
       "A1=a\uFFFDb\uFFFDc"},
      {"error through LibreOffice",
       "table:formula='of:=1/0' office:value-type='string' office:string-value='' calcext:value-type='error'|"
       "<text:p>#DIV/0!</text:p>",
       "A1=[=1/0]#DIV/0!"},
      {"error that only LibreOffice has",
       "calcext:value-type='error' table:formula='of:=A' office:value-type='string'|<text:p>Err:502</text:p>",
       "A1=[=A]Err:502"},
      {"error of an older LibreOffice",
       "table:formula='of:=1/0' office:value-type='string' office:string-value=''|<text:p>#DIV/0!</text:p>",
       "A1=[=1/0]#DIV/0!"},
      {"error through Gnumeric",
       "table:formula='of:=#N/A' office:value-type='string' office:string-value='#N/A'|<text:p>#N/A</text:p>",
       "A1=[=#N/A]#N/A"},
      {"error without a text", "office:value-type='string' calcext:value-type='error'|", "A1=#VALUE!"},
      {"the text #N/A typed", "office:value-type='string'|<text:p>#N/A</text:p>", "A1=#N/A"},
      {"formula", "table:formula='of:=[.B1]+1' office:value-type='float' office:value='7'|<text:p>7</text:p>",
       "A1=[=B1+1]7"},
      {"formula with an empty result",
       "table:formula='of:=IF([.B1];\"a\";\"\")' office:value-type='string' office:string-value=''|",
       "A1=[=IF(B1,\"a\",\"\")]"},
      {"formula with an empty result, without a type", "table:formula='of:=[.B1]&amp;\"\"'|<text:p/>", "A1=[=B1&\"\"]"},
      {"formula never calculated", "table:formula='of:=[.B1]'|", "A1=[=B1]"},
      {"truth through LibreOffice",
       "table:formula='of:=TRUE()' office:value-type='float' office:value='1'|<text:p>TRUE</text:p>",
       "A1=[=TRUE()]TRUE"},
      {"annotation without a value", "|<office:annotation><text:p>note</text:p></office:annotation>", ""},
      {"annotation beside a value",
       "office:value-type='string'|<office:annotation><dc:creator>A</dc:creator><text:p>note</text:p>"
       "</office:annotation><text:p>x</text:p>",
       "A1=x"}};
  for (const auto& [odd, cell, cells, expected] : table) {
    SCOPED_TRACE(odd);
    const std::size_t bar = cell.find('|');
    const std::string xml =
        "<table:table-cell " + cell.substr(0, bar) + ">" + cell.substr(bar + 1) + "</table:table-cell>";
    Findings findings;
    EXPECT_EQ(read_sheets(ods_with_rows(ods_row(xml)), findings), "S: " + cells);
    EXPECT_EQ(findings_of(findings), expected);
  }
}

TEST(OdsReader, ATypedErrorNameIsTextAndACalculatedOneIsAnError) {
  const Workbook typed = read(ods_with_rows(
      ods_row("<table:table-cell office:value-type='string'><text:p>#N/A</text:p></table:table-cell><table:table-cell "
              "table:formula='of:=NA()' office:value-type='string'><text:p>#N/A</text:p></table:table-cell>")));
  EXPECT_EQ(typed.sheets[0].find({1, 1})->value, Value("#N/A"));
  EXPECT_EQ(typed.sheets[0].find({1, 2})->value, Value(ErrorValue{"#N/A"}));
  const Workbook empty =
      read(ods_with_rows(ods_row("<table:table-cell table:formula='of:=A'/><table:table-cell "
                                 "table:formula='of:=A'><text:p/></table:table-cell>")));
  EXPECT_EQ(empty.sheets[0].find({1, 1})->value, Value());
  EXPECT_EQ(empty.sheets[0].find({1, 2})->value, Value(""));
}

TEST(OdsReader, JoinsTheTextOfParagraphs) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<text:p>một</text:p><text:p/><text:p>ba</text:p>", "một\n\nba"},
      {"<text:p>a<text:line-break/>b</text:p>", "a\nb"},
      {"<text:p>a<text:tab/>b</text:p>", "a\tb"},
      {"<text:p>a <text:s/>b<text:s text:c=\"3\"/>c</text:p>", "a  b   c"},
      {"<text:p><text:s text:c=\"2\"/>a </text:p>", "  a "},
      {"<text:p><text:s text:c=\"x\"/>a<text:s text:c=\"-9\"/>b</text:p>", " a b"},
      {"<text:p>\n  pretty\n  printed</text:p>", "pretty printed"},
      {"<text:p>a <text:span> b</text:span></text:p>", "a b"},
      {"<text:p><text:span>Chữ <text:span>đậm</text:span></text:span> thường</text:p>", "Chữ đậm thường"},
      {"<text:p>xem <text:a xlink:href=\"http://a.b\">liên kết</text:a></text:p>", "xem liên kết"},
      {"<text:p>a<![CDATA[<b>]]>c<!-- -->d</text:p>", "a<b>cd"},
      {"<text:p><text:ruby><text:ruby-base>宁东</text:ruby-base><text:ruby-text>dao</text:ruby-text></text:ruby></"
       "text:p>",
       "宁东"},
      {"<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>", "ab"},
      {"<text:p>a<draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame></text:p>", "a"},
      {"<text:p>a<text:note><text:note-citation>1</text:note-citation></text:note></text:p>", "a"},
      {"<draw:frame><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame><text:p>a</text:p>", "a"},
      {"<text:p>trang <text:sheet-name>S</text:sheet-name></text:p>", "trang S"},
      {"<text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></"
       "text:list-item>"
       "</text:list>",
       "a\nb"}};
  for (const auto& [xml, text] : table) {
    SCOPED_TRACE(xml);
    EXPECT_EQ(
        outcome(ods_with_rows(ods_row("<table:table-cell office:value-type='string'>" + xml + "</table:table-cell>"))),
        "S: A1=" + text);
  }
}

TEST(OdsReader, KeepsWhatStandsAroundValues) {
  const std::string style =
      "<style:style style:name='ta2' style:family='table'><style:table-properties "
      "table:display='false'/></style:style>";
  const Workbook workbook = read(ods_of(
      "<table:table table:name='Một' table:protected='true'>"
      "<table:table-column table:number-columns-repeated='2'/><table:table-column-group><table:table-column "
      "table:visibility='collapse' table:number-columns-repeated='3'/></table:table-column-group>"
      "<table:table-column table:visibility='filter' table:number-columns-repeated='99999'/>" +
          ods_row(ods_number("1", "table:number-columns-spanned='2' table:number-rows-spanned='3'") +
                  "<table:table-cell table:number-columns-spanned='99999' table:number-rows-spanned='9999999'/>") +
          "<table:table-row table:visibility='collapse'>" + kOne + "</table:table-row>" +
          "<table:table-row table:visibility='filter' table:number-rows-repeated='2'>" + kOne + "</table:table-row>" +
          "<table:table-row table:visibility='collapse' table:number-rows-repeated='1048000'/>" +
          "</table:table><table:table table:name='Hai &amp; ba' table:style-name='ta2'>" + repeated_row("6", "") +
          ods_row("<table:table-cell><office:annotation><dc:creator>A</dc:creator><text:p>một</text:p><text:p>hai"
                  "</text:p></office:annotation></table:table-cell><table:table-cell><office:annotation/>"
                  "</table:table-cell>") +
          "</table:table>",
      style));
  ASSERT_EQ(workbook.sheets.size(), 2U);
  const Sheet& first = workbook.sheets[0];
  EXPECT_EQ(first.name, "Một");
  EXPECT_FALSE(first.hidden);
  EXPECT_TRUE(first.protection);
  ASSERT_EQ(first.columns.size(), 2U);
  EXPECT_EQ(first.columns[0].first, 3);
  EXPECT_EQ(first.columns[0].last, 5);
  EXPECT_EQ(first.columns[1].last, kMaxColumn);
  ASSERT_EQ(first.merges.size(), 2U);
  EXPECT_EQ(to_string(first.merges[0]), "A1:B3");
  EXPECT_EQ(to_string(first.merges[1]), "B1:XFD1048576");
  ASSERT_EQ(first.rows.size(), 3U);  // not the million empty ones
  EXPECT_EQ(first.rows[0].row, 2);
  EXPECT_EQ(first.rows[2].row, 4);
  EXPECT_TRUE(first.rows[2].hidden);
  const Sheet& second = workbook.sheets[1];
  EXPECT_EQ(second.name, "Hai & ba");
  EXPECT_TRUE(second.hidden);
  EXPECT_FALSE(second.protection);
  EXPECT_EQ(second.comments, (std::vector<Comment>{{{7, 1}, "một\nhai"}}));
}

TEST(OdsReader, LeavesOutWhatIsNoSheetOfTheDocument) {
  const Workbook workbook = read(
      ods_of("<table:tracked-changes><table:deletion><table:cell-content-change><table:table>" + ods_row(kOne) +
             "</table:table></table:cell-content-change></table:deletion></table:tracked-changes>"
             "<table:table table:name='S'>" +
             ods_row("<table:table-cell table:formula=\"of:=[&apos;file:///tmp/b.ods&apos;#$T.A1]\"/>") +
             "</table:table><table:table table:name=\"&apos;file:///tmp/a.ods&apos;#T\"><table:table-source "
             "xlink:href='../a.ods'/>" +
             ods_row(kOne) +
             "</table:table><table:table table:name=\"&apos;file:///tmp/a.ods&apos;#U\"/>"
             "<table:table table:name='Linked'><table:table-source xlink:href='../c.ods'/>" +
             ods_row(kOne) + "</table:table><table:database-ranges><table:database-range/></table:database-ranges>"));
  EXPECT_EQ(sheets_of(workbook), "S: A1=[='file:///tmp/b.ods'#$T!A1] | Linked: A1=1");
  EXPECT_EQ(workbook.external_links, 2);
}

TEST(OdsReader, PassesOverPrefixesThatAProgramChose) {
  const std::string content =
      "<o:document-content xmlns:o='u' xmlns:t='v' xmlns='w'><o:body><o:spreadsheet><t:table t:name='S'><t:table-row>"
      "<t:table-cell t:number-columns-repeated='2'/><t:table-cell o:value-type='string'><p>x</p></t:table-cell>"
      "</t:table-row></t:table></o:spreadsheet></o:body></o:document-content>";
  EXPECT_EQ(outcome(write_package({{"content.xml", content}})), "S: C1=x");
}

TEST(OdsReader, RefusesWhatCannotBeUsed) {
  const std::string sound = ods_with_rows(ods_row(kOne));
  const std::string manifest =
      "<m:manifest xmlns:m='u'><m:file-entry "
      "m:full-path='content.xml'><m:encryption-data/></m:file-entry></m:manifest>";
  const std::vector<std::pair<std::string, std::string>> table = {
      {write_package({{"mimetype", kOdsMime}, {"content.xml", "\x8F\x02"}, {"META-INF/manifest.xml", manifest}}),
       "(file-encrypted)"},
      {write_package({{"mimetype", kOdsMime}, {"encrypted-package", "\x8F\x02"}}), "(file-encrypted)"},
      {write_package({{"mimetype", kOdsMime}, {"content.xml", "<office:document-content/>"}}), "(file-unknown)"},
      {write_package({{"content.xml", "<a><body><text/></body></a>"}}), "(file-unknown)"},
      {write_package({{"mimetype", kOdsMime}, {"content.xml", ods_content("").substr(0, 300)}}), "(file-damaged)"},
      {write_package({{"content.xml", "<!DOCTYPE a>" + ods_content("")}}), "(file-damaged)"},
      {write_package({{"content.xml", ods_content("")}, {"styles.xml", "<a><b></a>"}}), "(file-damaged)"},
      {sound.substr(0, sound.size() / 2), "(file-damaged)"},
      {ods_of(""), ""}};
  for (const auto& [bytes, expected] : table) EXPECT_EQ(outcome(bytes), expected);
}

TEST(OdsReader, StopsAtTheLimits) {
  const std::string text =
      "<table:table-cell table:number-columns-repeated='16384' office:value-type='string'><text:p>" +
      std::string(50'000, 'x') + "</text:p></table:table-cell>";
  const std::string formula =
      "<table:table-cell table:number-columns-repeated='16384' table:formula='of:=" + std::string(50'000, 'x') + "'/>";
  const auto cell = [](const std::string& content) {
    return ods_with_rows(ods_row("<table:table-cell office:value-type='string'>" + content + "</table:table-cell>"));
  };
  EXPECT_EQ(outcome(ods_with_rows(repeated_row("1048576", repeated("16384")))), "(file-too-large)");
  EXPECT_EQ(outcome(ods_with_rows(ods_row(text))), "(file-too-large)");
  EXPECT_EQ(outcome(ods_with_rows(repeated_row("1048576", text))), "(file-too-large)");
  EXPECT_EQ(outcome(ods_with_rows(ods_row(formula))), "(file-too-large)");
  const std::string one_text = "<table:table-cell office:value-type='string'><text:p>" + std::string(50'000, 'x') +
                               "</text:p></table:table-cell>";
  EXPECT_EQ(outcome(ods_with_rows(repeated_row("5", one_text)), {.total_bytes = 200'000}), "(file-too-large)");
  EXPECT_EQ(outcome(cell("<text:p>a<text:s text:c='2147483647'/></text:p>")), "(file-too-large)");
  EXPECT_EQ(outcome(cell("<text:p>" + std::string(100'001, 'x') + "</text:p>")), "(file-too-large)");
  std::string deep, up;
  for (int i = 0; i < 100'000; ++i) {
    deep += "<text:span>";
    up += "</text:span>";
  }
  EXPECT_EQ(outcome(cell("<text:p>" + deep + "x" + up + "</text:p>")), "(file-too-large)");
  deep.clear(), up.clear();
  for (int i = 0; i < 100'000; ++i) {
    deep += "<table:table-row-group>";
    up += "</table:table-row-group>";
  }
  EXPECT_EQ(outcome(ods_with_rows(deep + ods_row(kOne) + up)), "(file-too-large)");
  std::string tables;
  for (int i = 0; i < 4; ++i) tables += "<table:table>" + ods_row(repeated("3")) + "</table:table>";
  EXPECT_EQ(outcome(ods_of(tables), {.cells = 11}), "(file-too-large)");
  EXPECT_EQ(outcome(ods_of(tables), {.parts = 3}), "(file-too-large)");
  EXPECT_EQ(outcome(ods_of(tables), {.cells = 12}),
            ": A1=1 B1=1 C1=1 | : A1=1 B1=1 C1=1 | : A1=1 B1=1 C1=1 | : A1=1 B1=1 C1=1");
}

TEST(OdsReader, AMillionEmptyStyledRowsCostNothing) {
  const std::string rows = repeated_row("1048576",
                                        "<table:table-cell table:style-name='ce1' "
                                        "table:number-columns-repeated='16384'/>");
  const Workbook workbook = read(ods_with_rows(rows));
  EXPECT_TRUE(workbook.sheets[0].cells.empty());
  EXPECT_TRUE(workbook.sheets[0].rows.empty());
}

}  // namespace
}  // namespace tonghop::xlsx
