// Comments, fonts and links to other workbooks: what else the reader lifts for the floors above.
#include <gtest/gtest.h>

#include "base/legacy_text.h"
#include "packages.h"

namespace tonghop::xlsx {
namespace {

const std::string kSheetRels = "xl/worksheets/_rels/sheet1.xml.rels";

std::string comments_of(const Parts& parts, std::string* said = nullptr) {
  Findings findings;
  const Workbook workbook = read_both_ways(package_of(parts), "f.xlsx", findings);
  std::string out;
  for (const Comment& comment : workbook.sheets.at(0).comments) out += to_string(comment.at) + "=" + comment.text + "|";
  if (said != nullptr) {
    *said = findings_of(findings);
  } else {
    EXPECT_EQ(findings_of(findings), "");
  }
  return out;
}

std::string notes(const std::string& list) {
  return "<comments><authors><author>x</author></authors><commentList>" + list + "</commentList></comments>";
}

std::string note(const std::string& at, const std::string& text) {
  return "<comment ref=\"" + at + "\" authorId=\"0\"><text>" + text + "</text></comment>";
}

TEST(Comments, AreReadInTheOrderOfCells) {
  EXPECT_EQ(comments_of(
                {{kSheetRels, relationships({{"rId1", "comments", "../comments1.xml"}})},
                 {"xl/comments1.xml",
                  notes(note("B2", "<r><rPr><b/></rPr><t>Lan:</t></r><r><t xml:space=\"preserve\">\nxem lại </t></r>") +
                        note("A1", "<t>4/33</t>") + note("?", "<t>nowhere</t>") + note("C1", "<t/>"))}}),
            "A1=4/33|B2=Lan:\nxem lại |");
  EXPECT_EQ(comments_of({}), "");
}

// trap C41: newer Excel leaves a note for older programs beside each conversation.
TEST(Comments, OfAConversationAreTakenOnce) {
  EXPECT_EQ(
      comments_of(
          {{kSheetRels, relationships({{"rId1", "comments", "/xl/comments1.xml"},
                                       {"rId2", "threadedComment", "../threadedComments/threadedComment1.xml"}})},
           {"xl/comments1.xml",
            notes(note("A1", "<t>[Threaded comment]\nYour version of Excel allows you to read</t>") +
                  note("A2", "<t>a plain note</t>"))},
           {"xl/threadedComments/threadedComment1.xml",
            "<ThreadedComments><threadedComment ref=\"A1\" id=\"{1}\"><text>Số này đúng không?</text></threadedComment>"
            "<threadedComment ref=\"A1\" id=\"{2}\" parentId=\"{1}\"><text>Đúng &amp; đủ</text></threadedComment>"
            "</ThreadedComments>"}}),
      "A1=Số này đúng không?\nĐúng & đủ|A2=a plain note|");
}

TEST(Comments, ThatAreDamagedCostNoFigure) {
  std::string said;
  const Parts parts = {{kSheetRels, relationships({{"rId1", "comments", "../comments1.xml"}})},
                       {"xl/comments1.xml", "<comments><commentList>"},
                       {"xl/worksheets/sheet1.xml", worksheet("<row><c><v>1</v></c></row>")}};
  EXPECT_EQ(comments_of(parts, &said), "");
  EXPECT_EQ(said.substr(0, 20), "comments-damaged S! ");
  EXPECT_EQ(outcome(package_of(parts)), "S: A1=1");
}

// trap C41: links to other workbooks are counted, and not followed.
TEST(Workbook, CountsLinksToOtherWorkbooks) {
  Findings findings;
  EXPECT_EQ(read_both_ways(package_of({}), "f.xlsx", findings).external_links, 0);
  const Workbook workbook = read_both_ways(
      package_of(
          {{"xl/_rels/workbook.xml.rels", relationships({{"rId1", "worksheet", "worksheets/sheet1.xml"},
                                                         {"rId2", "externalLink", "externalLinks/externalLink1.xml"},
                                                         {"rId3", "externalLink", "externalLinks/externalLink2.xml"},
                                                         {"rId4", "pivotCacheDefinition", "pivotCache/p.xml"},
                                                         {"rId5", "connections", "connections.xml"}})},
           {"xl/externalLinks/externalLink1.xml", "<externalLink"}}),
      "f.xlsx", findings);
  EXPECT_EQ(workbook.external_links, 2);
  EXPECT_EQ(findings_of(findings), "");
}

const Parts kFonts = {
    {"xl/styles.xml",
     "<styleSheet><fonts count=\"9\"><font><sz val=\"12\"/><name val=\"Arial\"/></font><font/><font><name "
     "val=\".VnTime\"/></font></fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/><xf "
     "fontId=\"3\"/><xf/></cellXfs></styleSheet>"}};

TEST(Styles, NameTheirFonts) {
  Findings findings;
  std::string fonts;
  for (const Style& style : read_both_ways(package_of(kFonts), "f.xlsx", findings).styles) fonts += style.font + "|";
  EXPECT_EQ(fonts, "Arial||.VnTime|||");
}

// What a text in an old encoding comes to; a run's own font counts, else the cell's.
TEST(Reader, MakesUnicodeOfOldEncodingsByTheFontOfTheRunOrTheCell) {
  const std::string old = "Tæng sè";  // TCVN3 for "Tổng số"
  const std::string known = from_legacy_font(old, ".VnTime").value_or(old);
  const std::string run = "<r><rPr><rFont val=\".VnTime\"/></rPr><t>" + old + "</t></r>";
  const std::string other = "<r><rPr><rFont val=\"Arial\"/></rPr><t>" + old + "</t></r>";
  const std::string plain = "<r><t>" + old + "</t></r>";
  Parts parts = kFonts;
  parts["xl/sharedStrings.xml"] = shared_strings("<si><t>" + old + "</t></si><si>" + plain + run + other + "</si>");
  parts["xl/worksheets/sheet1.xml"] = worksheet(
      "<row><c t=\"s\"><v>0</v></c><c t=\"s\" s=\"2\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\" "
      "s=\"2\"><v>1</v></c></row>"
      "<row><c t=\"inlineStr\" s=\"2\"><is><t>" +
      old + "</t></is></c><c t=\"inlineStr\"><is>" + run + "</is></c><c t=\"str\" s=\"2\"><f>A1</f><v>" + old +
      "</v></c></row>");
  EXPECT_EQ(outcome(package_of(parts)), "S: A1=" + old + " B1=" + known + " C1=" + old + known + old + " D1=" + known +
                                            known + old + " A2=" + known + " B2=" + known + " C2=[=A1]" + known);
}

}  // namespace
}  // namespace tonghop::xlsx
