// Styles of OpenDocument spreadsheets: number formats, locks and fonts of cells.
#include "xlsx/ods_styles.h"

#include <gtest/gtest.h>

#include "ods_packages.h"

namespace tonghop::xlsx {
namespace {

// The style of A1, which is `cell` with a value; `common` stands in styles.xml.
Style style_of(const std::string& cell, const std::string& automatic, const std::string& common = "",
               const std::string& columns = "") {
  Findings findings;
  const std::string bytes = write_package(
      {{"mimetype", kOdsMime},
       {"styles.xml",
        "<office:document-styles xmlns:office='o' xmlns:style='s' xmlns:number='n' xmlns:fo='f' "
        "xmlns:svg='v'>" +
            common + "</office:document-styles>"},
       {"content.xml",
        ods_content("<table:table table:name='S'>" + columns + ods_row(cell) + "</table:table>", automatic)}});
  const Workbook workbook = read_workbook(bytes, "f.ods", findings);
  return workbook.styles.at(static_cast<std::size_t>(workbook.sheets.at(0).cells.at(0).style));
}

std::string cell_style(const std::string& name, const std::string& attributes, const std::string& inside = "") {
  return "<style:style style:name='" + name + "' style:family='table-cell' " + attributes + ">" + inside +
         "</style:style>";
}

const std::string kCell = ods_number("1", "table:style-name='c'");

TEST(OdsStyles, NumberFormatsBecomeFormatCodes) {
  const auto number = [](const std::string& attributes) { return "<number:number " + attributes + "/>"; };
  const std::string two = number("number:decimal-places='2' number:min-integer-digits='1'");
  const std::string day = "<number:day/><number:text>/</number:text><number:month number:style='long'/>";
  // Kind of data style, with attributes | content -> code.
  const std::vector<std::array<std::string, 3>> table = {
      {"number-style", number("number:min-integer-digits='1'"), "General"},
      {"number-style", number("number:decimal-places='0' number:min-integer-digits='1'"), "0"},
      {"number-style", two, "0.00"},
      {"number-style", number("number:decimal-places='0' number:min-integer-digits='1' number:grouping='true'"),
       "#,##0"},
      {"number-style", number("number:decimal-places='1' number:min-integer-digits='6' number:grouping='true'"),
       "000,000.0"},
      {"number-style", number("number:decimal-places='999999999' number:min-integer-digits='-3'"),
       "#." + std::string(30, '0')},
      {"number-style", two + "<number:text> nhiệm vụ</number:text>", "0.00\" nhiệm vụ\""},
      {"number-style", two + "<number:text>%</number:text>", "0.00\"%\""},
      {"number-style", two + "<number:text>\"</number:text>", "0.00"},
      {"number-style", "<number:scientific-number number:decimal-places='2'/>", "0.00E+00"},
      {"number-style", "<number:fraction/>", "# ?/?"},
      {"percentage-style",
       number("number:decimal-places='1' number:min-integer-digits='1'") + "<number:text>%</number:text>", "0.0%"},
      {"percentage-style",
       number("number:decimal-places='2' number:min-decimal-places='1'") + "<number:text> % ước</number:text>",
       "0.0# %\" ước\""},
      {"currency-style", two + "<number:text> </number:text><number:currency-symbol>₫</number:currency-symbol>",
       "0.00 \"₫\""},
      {"date-style", day + "<number:text>/</number:text><number:year number:style='long'/>", "d/mm/yyyy"},
      {"date-style",
       "<number:day number:style='long'/><number:text>.</number:text><number:month number:textual='true'/>",
       "dd\".\"mmm"},
      {"time-style", "<number:hours/><number:text>:</number:text><number:minutes number:style='long'/>", "h:mm"},
      {"time-style number:truncate-on-overflow='false'",
       "<number:hours/><number:text>:</number:text><number:minutes number:style='long'/>", "[h]:mm"},
      {"text-style", "<number:text-content/>", "@"},
      {"boolean-style", "<number:boolean/>", "General"},
      {"number-style", "", "General"},
      {"number-style",
       "<number:text>(</number:text>" + two +
           "<number:text>)</number:text><style:map "
           "style:condition='value()&gt;=0' style:apply-style-name='plus'/>",
       "0.0%"},
      {"number-style", two + "<style:map style:condition='value()&gt;=0' style:apply-style-name='absent'/>", "0.00"}};
  const std::string plus = "<number:percentage-style style:name='plus'>" + number("number:decimal-places='1'") +
                           "<number:text>%</number:text></number:percentage-style>";
  for (const auto& [kind, content, code] : table) {
    SCOPED_TRACE(kind + " " + content);
    const std::string end = kind.substr(0, kind.find(' '));
    const std::string data = "<number:" + kind + " style:name='d'>" + content + "</number:" + end + ">" + plus;
    EXPECT_EQ(style_of(kCell, data + cell_style("c", "style:data-style-name='d'")).number_format, code);
    EXPECT_EQ(
        style_of(kCell, cell_style("c", "style:data-style-name='d'"), "<office:styles>" + data + "</office:styles>")
            .number_format,
        code);
  }
}

TEST(OdsStyles, TheTypeOfAValueOverrulesAFormatOfAnotherKind) {
  const auto cell = [](const std::string& type, const std::string& value) {
    return "<table:table-cell table:style-name='c' office:value-type='" + type + "' " + value + "/>";
  };
  const std::string plain =
      "<number:number-style style:name='d'><number:number number:decimal-places='0'/>"
      "</number:number-style>" +
      cell_style("c", "style:data-style-name='d'");
  EXPECT_EQ(style_of(cell("float", "office:value='1'"), plain).number_format, "0");
  EXPECT_TRUE(is_percent_format(style_of(cell("percentage", "office:value='1'"), plain).number_format));
  EXPECT_TRUE(is_date_format(style_of(cell("date", "office:date-value='2024-01-01'"), plain).number_format));
  EXPECT_TRUE(is_date_format(style_of(cell("time", "office:time-value='PT1H'"), plain).number_format));
  // The same style name with values of two types in one sheet.
  Findings findings;
  const Workbook both =
      read_workbook(ods_with_rows(ods_row(cell("float", "office:value='1'") + cell("percentage", "office:value='1'") +
                                          cell("float", "office:value='2'")),
                                  plain),
                    "f.ods", findings);
  const auto& cells = both.sheets[0].cells;
  EXPECT_NE(cells[0].style, cells[1].style);
  EXPECT_EQ(cells[0].style, cells[2].style);
}

TEST(OdsStyles, LockAndFontComeFromTheStyleOrItsParents) {
  const std::string faces =
      "<office:font-face-decls><style:font-face style:name='F1' svg:font-family=\"'.VnTime H'\"/>"
      "</office:font-face-decls>";
  const std::string common = faces +
                             "<office:styles><style:default-style style:family='table-cell'>"
                             "<style:text-properties style:font-name='F1'/></style:default-style>" +
                             cell_style("Default", "", "<style:text-properties fo:font-family='Arial'/>") +
                             cell_style("open", "style:parent-style-name='Default'",
                                        "<style:table-cell-properties style:cell-protect='none'/>") +
                             "</office:styles>";
  const std::string child = cell_style("c", "style:parent-style-name='open'");
  EXPECT_EQ(style_of(kCell, child, common).font, "Arial");
  EXPECT_FALSE(style_of(kCell, child, common).locked);
  EXPECT_EQ(style_of(kCell, cell_style("c", ""), common).font, ".VnTime H");
  EXPECT_TRUE(style_of(kCell, cell_style("c", ""), common).locked);
  const auto protect = [](const std::string& how) {
    return cell_style("c", "style:parent-style-name='open'",
                      "<style:table-cell-properties style:cell-protect='" + how + "'/>");
  };
  EXPECT_TRUE(style_of(kCell, protect("protected"), common).locked);
  EXPECT_TRUE(style_of(kCell, protect("hidden-and-protected"), common).locked);
  EXPECT_FALSE(style_of(kCell, protect("formula-hidden"), common).locked);
  const std::string circle = cell_style("c", "style:parent-style-name='c'");
  EXPECT_EQ(style_of(kCell, circle).font, "");
  EXPECT_EQ(style_of(kCell, cell_style("c", "", "<style:text-properties style:font-name='VNI-Times'/>")).font,
            "VNI-Times");
}

TEST(OdsStyles, CellsWithoutAStyleHaveThatOfTheRowOrColumn) {
  const auto font = [](const std::string& name) {
    return cell_style(name, "", "<style:text-properties fo:font-family='" + name + "'/>");
  };
  const std::string columns =
      "<table:table-column table:number-columns-repeated='2' table:default-cell-style-name='a'/>"
      "<table:table-column table:default-cell-style-name='b'/>";
  Findings findings;
  const std::string rows = ods_row(ods_number("1") + ods_number("1") + ods_number("1") + ods_number("1") +
                                   ods_number("1", "table:style-name='c'")) +
                           "<table:table-row table:default-cell-style-name='c'>" + ods_number("1") +
                           "</table:table-row>";
  const Workbook workbook = read_workbook(
      ods_of("<table:table table:name='S'>" + columns + rows + "</table:table>", font("a") + font("b") + font("c")),
      "f.ods", findings);
  std::string fonts;
  for (const Cell& cell : workbook.sheets[0].cells) {
    fonts += to_string(cell.at) + workbook.styles[static_cast<std::size_t>(cell.style)].font + " ";
  }
  EXPECT_EQ(fonts, "A1a B1a C1b D1 E1c A2c ");
}

}  // namespace
}  // namespace tonghop::xlsx
