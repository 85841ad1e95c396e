// Workbooks of other programs with cells marked and a sheet put in front: what changes, and what stays byte for byte.
#include "xlsx/patch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packages.h"
#include "support.h"
#include "xlsx/markup.h"
#include "xlsx/package_copy.h"
#include "xlsx/patch_cells.h"
#include "xlsx/writer.h"
#include "xlsx/zip.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using tonghop::testing::read_file;
using tonghop::testing::run_well;
using tonghop::testing::TempDir;
using tonghop::testing::write_file;

const NoteLook kLook = {"mark: ", "marker", "Times New Roman"};
const std::string kTint =
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7A3\"/><bgColor "
    "indexed=\"64\"/></patternFill></fill>";

// A list with a link to the cell.
Workbook list_of(const std::string& sheet, const std::string& cell) {
  Workbook book;
  Sheet list;
  list.name = "List";
  Style bold;
  bold.bold = true;
  list.cell({1, 1}).value = "Danh sách"s;
  list.cell({1, 1}).style = book.style(bold);
  list.cell({2, 1}).value = " " + cell;
  list.print.emplace();
  list.print->title_first = list.print->title_last = 1;
  list.links.push_back({{2, 1}, quoted_sheet(sheet) + "!" + cell});
  book.sheets.push_back(list);
  return book;
}

std::string marked(const std::string& bytes, const std::string& sheet, const std::string& cell) {
  Patch patch(bytes, "f.xlsx", kLook);
  const Address at = *parse_address(cell);
  patch.set_fill(sheet, at, kTint);
  EXPECT_TRUE(patch.set_note(sheet, at, "mark: xem lại <" + cell + ">"));
  patch.put_first(list_of(sheet, cell), "");
  return patch.bytes();
}

std::string problem_of(const std::string& bytes) {
  try {
    marked(bytes, "S", "B2");
  } catch (const Error& error) {
    return error.finding().code + ": " + (error.finding().details.empty() ? "" : error.finding().details[0].second);
  }
  return "";
}

// Prints what differs between the packages argv[1] and argv[2] in any byte but offsets: entries changed, added, gone.
constexpr const char* kCompare = R"(
import struct, sys, zipfile
def entries(path):
    data = open(path, 'rb').read()
    out = []
    for info in zipfile.ZipFile(path).infolist():
        at = info.header_offset
        name, extra = struct.unpack('<HH', data[at + 26:at + 30])
        start = at + 30 + name + extra
        out.append((info.filename, data[start:start + info.compress_size], info.CRC, info.date_time, info.compress_type,
                    info.flag_bits & ~8, info.file_size, info.comment))
    return out
before, after = entries(sys.argv[1]), entries(sys.argv[2])
names = [entry[0] for entry in before]
assert [entry[0] for entry in after[:len(before)]] == names, 'order'
for old, new in zip(before, after):
    if old != new: print('changed', old[0])
for new in after[len(before):]: print('added', new[0])
)";

// What openpyxl sees of the cell, and of the first sheet.
constexpr const char* kLook1 = R"(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
cell = book[sys.argv[2]][sys.argv[3]]
print(book.sheetnames[0], book.active.title, cell.fill.fgColor.rgb, repr(cell.comment.text if cell.comment else None), cell.value)
first = book.worksheets[0]
print(first['A1'].value, first['A1'].font.b, repr(first['A2'].value), first['A2'].hyperlink.location)
)";

std::string seen_by_openpyxl(const std::string& path, const std::string& sheet, const std::string& cell) {
  return run_well({TONGHOP_PYTHON, "-c", kLook1, path, sheet, cell});
}

constexpr const char* kMakeBook = R"(
import sys, openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Font
book = openpyxl.Workbook()
one = book.active
one.title = 'Biểu & 1'
for row in range(1, 9): one.append([row, 'dòng %d' % row, row / 8])
one['B3'].fill = PatternFill('solid', fgColor='FFFFF8DC')
one['B3'].font = Font(bold=True)
one['B3'].number_format = '0.00%'
one['A1'].comment = Comment('của đơn vị', 'Lan')
one.print_title_rows = '1:1'
two = book.create_sheet('Hai')
two['C4'] = '=SUM(A1:A3)'
two.freeze_panes = 'B2'
book.active = 1
two.sheet_view.tabSelected = True
book.save(sys.argv[1])
)";

TEST(Patch, ChangesOnlyThePartsItIsAbout) {
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", kMakeBook, folder / "a.xlsx"});
  write_file(folder / "b.xlsx", marked(read_file(folder / "a.xlsx"), "Hai", "C4"));
  EXPECT_EQ(run_well({TONGHOP_PYTHON, "-c", kCompare, folder / "a.xlsx", folder / "b.xlsx"}),
            "changed xl/worksheets/sheet2.xml\nchanged xl/styles.xml\nchanged xl/workbook.xml\n"
            "changed xl/_rels/workbook.xml.rels\nchanged [Content_Types].xml\nadded xl/comments1.xml\n"
            "added xl/drawings/vmlDrawing1.vml\nadded xl/worksheets/_rels/sheet2.xml.rels\n"
            "added xl/worksheets/sheet3.xml\n");
  EXPECT_EQ(seen_by_openpyxl(folder / "b.xlsx", "Hai", "C4"),
            "List List FFFFC7A3 'mark: xem lại <C4>' =SUM(A1:A3)\nDanh sách True ' C4' 'Hai'!C4\n");
}

TEST(Patch, KeepsFormatNamesAndNotesOfOthers) {
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", kMakeBook, folder / "a.xlsx"});
  const std::string bytes = read_file(folder / "a.xlsx");
  Patch patch(bytes, "a.xlsx", kLook);
  EXPECT_THAT(patch.fill_of("Biểu & 1", {3, 2}), HasSubstr("FFFFF8DC"));
  EXPECT_EQ(patch.fill_of("Biểu & 1", {30, 2}), "");
  for (const Address at : {Address{1, 1}, Address{3, 2}, Address{5, 7}, Address{30, 2}}) {
    patch.set_fill("Biểu & 1", at, kTint);
    EXPECT_TRUE(patch.set_note("Biểu & 1", at, "mark: " + to_string(at)));
  }
  patch.put_first(list_of("Biểu & 1", "B3"), "");
  write_file(folder / "b.xlsx", patch.bytes());
  EXPECT_EQ(run_well({TONGHOP_PYTHON, "-c", R"(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
one = book['Biểu & 1']
for at in ('A1', 'B3', 'G5', 'B30'):
    cell = one[at]
    print(at, repr(cell.comment.text), cell.fill.fgColor.rgb, cell.font.b, cell.number_format, cell.value)
print(one.print_title_rows, book['Hai'].freeze_panes, [s.sheet_view.tabSelected for s in book.worksheets])
)",
                      folder / "b.xlsx"}),
            "A1 'của đơn vị\\nmark: A1' FFFFC7A3 False General 1\n"
            "B3 'mark: B3' FFFFC7A3 True 0.00% dòng 3\n"
            "G5 'mark: G5' FFFFC7A3 False General None\n"
            "B30 'mark: B30' FFFFC7A3 False General None\n"
            "1:1 B2 [True, None, False]\n");
}

TEST(Patch, MarksWorkbooksOfLibreOfficeAndGnumeric) {
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", kMakeBook, folder / "a.xlsx"});
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", "xlsx",
            "--outdir", folder / "libreoffice", folder / "a.xlsx"});
  run_well({"ssconvert", folder / "a.xlsx", folder / "gnumeric.xlsx"});
  for (const std::string& path : {folder / "libreoffice/a.xlsx", folder / "gnumeric.xlsx"}) {
    write_file(folder / "b.xlsx", marked(read_file(path), "Biểu & 1", "B3"));
    EXPECT_THAT(seen_by_openpyxl(folder / "b.xlsx", "Biểu & 1", "B3"),
                HasSubstr("List List FFFFC7A3 'mark: xem lại <B3>' dòng 3"));
    EXPECT_THAT(run_well({TONGHOP_PYTHON, "-c", kCompare, path, folder / "b.xlsx"}), Not(HasSubstr("theme")));
    // A second patch takes the first one's note and sheet back.
    const std::string first = read_file(folder / "b.xlsx");
    Patch again(first, "b.xlsx", kLook);
    EXPECT_EQ(again.fill_of("Biểu & 1", {3, 2}), kTint);
    again.set_fill("Biểu & 1", {3, 2}, "");
    again.set_fill("Biểu & 1", {4, 2}, kTint);
    again.set_note("Biểu & 1", {4, 2}, "mark: B4");
    again.put_first(list_of("Biểu & 1", "B4"), "List");
    write_file(folder / "c.xlsx", again.bytes());
    EXPECT_THAT(seen_by_openpyxl(folder / "c.xlsx", "Biểu & 1", "B3"), HasSubstr("List List 00000000 None dòng 3"));
    EXPECT_THAT(seen_by_openpyxl(folder / "c.xlsx", "Biểu & 1", "B4"),
                HasSubstr("List List FFFFC7A3 'mark: B4' dòng 4"));
  }
}

TEST(Patch, IsReadByLibreOffice) {
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", kMakeBook, folder / "a.xlsx"});
  write_file(folder / "b.xlsx", marked(read_file(folder / "a.xlsx"), "Biểu & 1", "A1"));
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", "xlsx",
            "--outdir", folder / "out", folder / "b.xlsx"});
  EXPECT_EQ(seen_by_openpyxl(folder / "out/b.xlsx", "Biểu & 1", "A1"),
            "List List FFFFC7A3 'của đơn vị\\nmark: xem lại <A1>' 1\nDanh sách True ' A1' 'Biểu & 1'!A1\n");
}

const std::string kStyles =
    "<styleSheet " + kMain +
    "><fonts><font/></fonts><fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
    "patternType=\"gray125\"/></fill></fills><borders count='1'><border/></borders><cellXfs count=\"2\"><xf "
    "numFmtId=\"0\"/><xf numFmtId=\"9\" fillId=\"1\"><protection locked=\"0\"/></xf></cellXfs></styleSheet>";

std::string odd_package(Parts parts) {
  parts.emplace("xl/styles.xml", kStyles);
  return package_of(parts);
}

std::string part_of(const std::string& bytes, const std::string& name) {
  return Package(bytes, "f.xlsx").read(name).value_or("");
}

TEST(Patch, FindsPlacesInMarkupOfOthers) {
  const std::string root = "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">";
  struct {
    std::string sheet, expected;  // what stands in the patched sheet
  } const cases[] = {
      {worksheet(""), "<sheetData><row r=\"2\"><c r=\"B2\" s=\"2\"/></row></sheetData><legacyDrawing"},
      {"<worksheet " + kMain + "><sheetData/></worksheet>",
       "<sheetData><row r=\"2\"><c r=\"B2\" s=\"2\"/></row></sheetData><legacyDrawing"},
      {worksheet("<row><c><v>1</v></c></row><row><c><v>2</v></c><c s='1'><v>3</v></c></row>"),
       "<c><v>2</v></c><c s='2'><v>3</v></c></row>"},
      {worksheet("<row r=\"1\"/><row r=\"2\" s=\"1\" customFormat=\"1\"/><row r=\"5\"/>"),
       "<row r=\"2\" s=\"1\" customFormat=\"1\"><c r=\"B2\" s=\"2\"/></row><row r=\"5\"/>"},
      {worksheet("<row r=\"2\"><c r=\"A2\"/><c r=\"C2\"><v>1</v></c></row>", "<pageMargins left=\"1\"/><extLst/>"),
       "<c r=\"A2\"/><c r=\"B2\" s=\"2\"/><c r=\"C2\"><v>1</v></c></row></sheetData><pageMargins left=\"1\"/>"
       "<legacyDrawing"},
      {root + "<x:sheetData><x:row r=\"2\"><x:c r=\"B2\"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>",
       "<x:row r=\"2\"><x:c s=\"2\" r=\"B2\"><x:v>7</x:v></x:c></x:row></x:sheetData><x:legacyDrawing"},
      {worksheet("<row r=\"2\"><!-- <c r=\"B2\"> --><c r=\"B2\" t=\"str\"><f>\"a&gt;b\"</f><v>></v></c></row>"),
       "<!-- <c r=\"B2\"> --><c s=\"2\" r=\"B2\" t=\"str\"><f>\"a&gt;b\"</f><v>></v></c></row>"}};
  for (const auto& [sheet, expected] : cases) {
    SCOPED_TRACE(sheet);
    const std::string copy = marked(odd_package({{"xl/worksheets/sheet1.xml", sheet}}), "S", "B2");
    EXPECT_THAT(part_of(copy, "xl/worksheets/sheet1.xml"), HasSubstr(expected));
  }
}

TEST(Patch, WritesStrictWorkbooksStrictly) {
  const std::string strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  Parts parts;
  for (auto& [name, text] : package_parts({{"xl/styles.xml", kStyles}})) {
    std::string& changed = parts[name] = text;
    for (std::size_t at; (at = changed.find(kMainNamespace)) != std::string::npos;)
      changed.replace(at, kMainNamespace.size(), strict);
    for (std::size_t at; (at = changed.find(kRelations)) != std::string::npos;)
      changed.replace(at, kRelations.size(), "http://purl.oclc.org/ooxml/officeDocument/relationships");
  }
  const std::string copy = marked(package_of(parts), "S", "B2");
  for (const std::string& name : Package(copy, "f.xlsx").names()) {
    EXPECT_THAT(part_of(copy, name), Not(HasSubstr("schemas.openxmlformats.org/officeDocument"))) << name;
    EXPECT_THAT(part_of(copy, name), Not(HasSubstr("schemas.openxmlformats.org/spreadsheetml"))) << name;
  }
}

TEST(Patch, ShiftsWhatCountsSheets) {
  const std::string book =
      "<workbook " + kMain + " xmlns:q=\"" + kRelations +
      "\"><bookViews><workbookView activeTab='1' firstSheet=\"1\"/></bookViews><sheets><sheet name=\"list\" "
      "sheetId=\"7\" state=\"hidden\" q:id=\"rId1\"/><sheet name=\"S\" sheetId=\"3\" q:id=\"rId4\"/></sheets>"
      "<definedNames><definedName name=\"a\" localSheetId=\"1\">S!$A$1</definedName><definedName "
      "name=\"b\">S!$A$1</definedName></definedNames></workbook>";
  const std::string copy = marked(
      odd_package(
          {{"xl/workbook.xml", book},
           {"xl/worksheets/sheet2.xml",
            "<worksheet " + kMain + "><sheetViews><sheetView tabSelected=\"1\"/></sheetViews><sheetData/></worksheet>"},
           {"xl/_rels/workbook.xml.rels", relationships({{"rId1", "worksheet", "/xl/worksheets/sheet1.xml"},
                                                         {"rId2", "styles", "/xl/styles.xml"},
                                                         {"rId4", "worksheet", "worksheets\\sheet2.xml"}})}}),
      "S", "B2");
  EXPECT_EQ(
      part_of(copy, "xl/workbook.xml"),
      "<workbook " + kMain + " xmlns:q=\"" + kRelations +
          "\"><bookViews><workbookView activeTab='0' firstSheet=\"0\"/></bookViews><sheets><sheet name=\"List (2)\" "
          "sheetId=\"8\" q:id=\"rIdReturn1\"/><sheet name=\"list\" sheetId=\"7\" state=\"hidden\" "
          "q:id=\"rId1\"/><sheet "
          "name=\"S\" sheetId=\"3\" q:id=\"rId4\"/></sheets><definedNames><definedName name=\"a\" "
          "localSheetId=\"2\">S!$A$1</definedName><definedName "
          "name=\"b\">S!$A$1</definedName><definedName "
          "name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'List (2)'!$1:$1</definedName></definedNames></workbook>");
  EXPECT_THAT(part_of(copy, "xl/worksheets/sheet2.xml"), HasSubstr("tabSelected=\"0\""));
}

TEST(Patch, ShowsTheSheetOfAnEarlierPatchWhereverItStands) {
  const std::string copy = marked(odd_package({}), "S", "B2");
  Parts moved;
  for (const std::string& name : Package(copy, "f.xlsx").names()) moved[name] = part_of(copy, name);
  const std::string list = "<sheet name=\"List\" sheetId=\"2\" r:id=\"rIdReturn1\"/>";
  std::string& book = moved["xl/workbook.xml"];
  ASSERT_NE(book.find(list), std::string::npos) << book;
  book.erase(book.find(list), list.size());
  book.insert(book.find("</sheets>"), "<sheet name=\"L&#105;st\" sheetId=\"2\" state=\"hidden\" r:id=\"rIdReturn1\"/>");
  book.insert(book.find("<sheets>"), "<bookViews><workbookView/></bookViews>");
  const std::string bytes = write_package({moved.begin(), moved.end()});
  Patch patch(bytes, "f.xlsx", kLook);
  patch.put_first(list_of("S", "C3"), "List");
  EXPECT_THAT(part_of(patch.bytes(), "xl/workbook.xml"),
              HasSubstr("<bookViews><workbookView activeTab=\"1\"/></bookViews><sheets><sheet name=\"S\" sheetId=\"1\" "
                        "r:id=\"rId1\"/><sheet name=\"L&#105;st\" sheetId=\"2\" state=\"visible\" "));
}

TEST(Patch, LeavesConversationsAlone) {
  const std::string bytes = odd_package(
      {{"xl/worksheets/sheet1.xml", worksheet("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>",
                                              "<legacyDrawing xmlns:r=\"" + kRelations + "\" r:id=\"rId2\"/>")},
       {"xl/worksheets/_rels/sheet1.xml.rels",
        relationships({{"rId1", "comments", "../comments1.xml"},
                       {"rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"},
                       {"rId3", "threadedComment", "../threadedComments/t1.xml"}})},
       {"xl/comments1.xml",
        "<comments " + kMain +
            "><authors><author>tc</author></authors><commentList><comment ref=\"B2\" "
            "authorId=\"0\"><text><t>[Threaded comment]</t></text></comment></commentList></comments>"},
       {"xl/drawings/vmlDrawing1.vml", "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"></xml>"},
       {"xl/threadedComments/t1.xml",
        "<ThreadedComments><threadedComment ref=\"B2\"><text>hỏi</text></threadedComment></ThreadedComments>"}});
  Patch patch(bytes, "f.xlsx", kLook);
  patch.set_fill("S", {2, 2}, kTint);
  EXPECT_FALSE(patch.set_note("S", {2, 2}, "mark: x"));
  EXPECT_TRUE(patch.set_note("S", {3, 2}, "mark: y"));
  const std::string copy = patch.bytes();
  EXPECT_THAT(part_of(copy, "xl/comments1.xml"),
              HasSubstr("<text><t>[Threaded comment]</t></text></comment><comment ref=\"B3\" authorId=\"1\">"));
  EXPECT_THAT(part_of(copy, "xl/drawings/vmlDrawing1.vml"),
              HasSubstr("xmlns:x=\"urn:schemas-microsoft-com:office:excel\""));
}

TEST(Patch, RefusesWhatItCannotChangeSafely) {
  std::string utf16 = "\xFF\xFE"s;
  for (const char c : workbook_part_of("<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/>")) utf16 += {c, '\0'};
  EXPECT_EQ(problem_of(odd_package({{"xl/workbook.xml", utf16}})), "copy-unmarked: xl/workbook.xml is not in UTF-8");
  EXPECT_EQ(problem_of(package_of({})), "copy-unmarked: styles: no fonts");
  EXPECT_EQ(problem_of(odd_package({{"xl/styles.xml", "(none)"}})), "copy-unmarked: no styles");
  EXPECT_EQ(problem_of(odd_package({{"xl/worksheets/sheet1.xml",
                                     worksheet("<row r=\"3\"><c r=\"A3\"/></row><row r=\"1\"><c r=\"A1\"/></row>")}})),
            "copy-unmarked: rows or cells do not ascend");
  EXPECT_EQ(problem_of(odd_package(
                {{"xl/worksheets/sheet1.xml", worksheet("", "<legacyDrawing xmlns:r=\"r\" r:id=\"rId9\"/>")}})),
            "copy-unmarked: a drawing of old controls stands where notes would");
  EXPECT_EQ(problem_of(odd_package({{"xl/_rels/workbook.xml.rels",
                                     relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                    {"rId2", "styles", "styles.xml"},
                                                    {"rId3", "revisionHeaders", "revisions/revisionHeaders.xml"}})}})),
            "copy-unmarked: shared workbook");
  // Two sheets of one part: what is marked on one shows on the other, and the comparison sees it.
  EXPECT_EQ(problem_of(odd_package(
                {{"xl/workbook.xml", workbook_part_of("<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/>"
                                                      "<sheet name=\"T\" sheetId=\"2\" r:id=\"rId1\"/>")}})),
            "copy-unmarked: the copy differs: T, notes");
  EXPECT_EQ(problem_of("PK nothing"), "file-damaged: Not a zip archive");
}

// What `call` of the patch refuses with.
template <typename Call>
std::string refusal_of(const std::string& bytes, Call call) {
  Patch patch(bytes, "f.xlsx", kLook);
  try {
    call(patch);
  } catch (const Error& error) {
    return error.finding().code + ": " + error.finding().details.at(0).second;
  }
  return "";
}

TEST(Patch, RefusesAtEveryStepInOneWay) {
  std::string utf16 = "\xFF\xFE"s;
  for (const char c : worksheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")) utf16 += {c, '\0'};
  const std::string wide = odd_package({{"xl/worksheets/sheet1.xml", utf16}});
  EXPECT_EQ(refusal_of(wide,
                       [](Patch& patch) {
                         patch.fill_of("S", {1, 1});
                       }),
            "copy-unmarked: xl/worksheets/sheet1.xml is not in UTF-8");
  const std::string plain = odd_package({});
  EXPECT_EQ(refusal_of(plain, [](Patch& patch) { patch.fill_of("T", {1, 1}); }), "copy-unmarked: no sheet \"T\"");
  EXPECT_EQ(refusal_of(plain, [](Patch& patch) { patch.set_fill("T", {1, 1}, ""); }), "copy-unmarked: no sheet \"T\"");
  EXPECT_THAT(refusal_of(plain,
                         [](Patch& patch) {
                           patch.set_note("S", {1, 1}, "mark: " + std::string(40'000, 'x'));
                           patch.bytes();
                         }),
              HasSubstr("copy-unmarked: sheet \"S\": note at A1"));
}

TEST(Patch, NamesNoPartThatTheContentTypesSpeakOf) {
  const std::string types =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override "
      "PartName=\"/xl/Comments1.xml\" ContentType=\"application/xml\"/></Types>";
  const std::string copy = marked(odd_package({{"[Content_Types].xml", types}}), "S", "B2");
  EXPECT_EQ(part_of(copy, "xl/comments1.xml"), "");
  EXPECT_THAT(part_of(copy, "xl/comments2.xml"), HasSubstr("ref=\"B2\""));
  EXPECT_THAT(part_of(copy, "[Content_Types].xml"), HasSubstr("\"/xl/comments2.xml\""));
}

TEST(Patch, NamesNoSheetAsAChartSheetIsNamed) {
  const std::string copy = marked(
      odd_package({{"xl/workbook.xml", workbook_part_of("<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/>"
                                                        "<sheet name=\"LIST\" sheetId=\"2\" r:id=\"rId9\"/>")},
                   {"xl/chartsheets/sheet1.xml", "<chartsheet " + kMain + "/>"},
                   {"xl/_rels/workbook.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                                 {"rId2", "styles", "styles.xml"},
                                                                 {"rId9", "chartsheet", "chartsheets/sheet1.xml"}})}}),
      "S", "B2");
  EXPECT_THAT(part_of(copy, "xl/workbook.xml"), HasSubstr("<sheets><sheet name=\"List (2)\""));
}

TEST(PatchedCells, TakeTheFormatOfTheirRow) {
  for (const char* own : {"1", "true"}) {
    const std::string row = "<row r=\"2\" s=\"5\" customFormat=\"" + std::string(own) + "\"/>";
    EXPECT_EQ(format_of_empty(worksheet(row), {2, 2}), 5) << own;
  }
  EXPECT_EQ(format_of_empty(worksheet("<row r=\"2\" s=\"5\" customFormat=\"false\"/>"), {2, 2}), 0);
}

TEST(PatchedStyles, TellAFillFromOtherMarkup) {
  for (
      const std::string& good :
      {kTint, "<fill>\n <patternFill patternType=\"solid\"><fgColor theme=\"4\" tint=\"-0.25\"/></patternFill></fill>"s,
       "<fill><gradientFill degree=\"90\"><stop position=\"0\"><color rgb=\"FF000000\"/></stop></gradientFill></fill>"s})
    EXPECT_TRUE(is_fill(good)) << good;
  for (const std::string& bad :
       {""s, "x"s, "<fill>"s, "<fill/><fill/>"s, "<fill/>x"s, "<!-- --><fill/>"s, "<font/>"s, "<fill><font/></fill>"s,
        "<fill>text</fill>"s, "<fill><patternFill><stop/></patternFill></fill>"s, "<x:fill/>"s, "<fill name=\"a\"/>"s,
        "<fill><patternFill patternType=\"&quot;\"/></fill>"s, "<fill/></fills><fills>"s})
    EXPECT_FALSE(is_fill(bad)) << bad;
}

TEST(Patch, SaysThatASignatureBreaks) {
  const std::string plain = odd_package({});
  EXPECT_FALSE(Patch(plain, "f.xlsx", kLook).is_signed());
  const std::string sealed = odd_package({{"_xmlsignatures/sig1.xml", "<Signature/>"}});
  EXPECT_TRUE(Patch(sealed, "f.xlsx", kLook).is_signed());
}

TEST(PackageCopy, ReplacesAndAddsParts) {
  const std::string bytes = write_package({{"a.xml", "<a/>"}, {"B.xml", "<b/>"}});
  const std::string copy = copy_package("junk" + bytes, {{"b.xml", "<new/>"}, {"c.xml", "<c/>"}});
  Zip zip(copy, "f", {});
  std::string all;
  for (std::size_t i = 0; i < zip.size(); ++i) all += zip.stored_name(i) + " " + std::string(zip.read(i).view()) + "\n";
  EXPECT_EQ(all, "a.xml <a/>\nB.xml <new/>\nc.xml <c/>\n");
  EXPECT_EQ(copy_package(bytes, {}), bytes);
}

}  // namespace
}  // namespace tonghop::xlsx
