// Definition XML: every complaint has file, line and column, and says what was expected.
#include "base/xml.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/finding.h"

namespace tonghop {
namespace {

std::string complaint(
    const std::string& text, const std::function<void(const XmlFile&)>& use = [](const XmlFile&) {}) {
  try {
    use(XmlFile("f.xml", text));
  } catch (const DefinitionError& error) {
    return error.what();
  }
  return "";
}

TEST(XmlFile, RefusesWhatIsNotWellFormed) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<a/>", ""},
      {"<?xml version=\"1.0\"?>\n<!-- c -->\n<a/>", ""},
      {"\xEF\xBB\xBF<a/>", ""},
      {"", "f.xml:1:1: not well-formed XML (No document element found)"},
      {"text", "f.xml:1:5: not well-formed XML (No document element found)"},
      {"<a>\n  <b>\n</a>", "f.xml:3:3: not well-formed XML (Start-end tags mismatch)"},
      {"<a x=1/>", "f.xml:1:6: not well-formed XML (Error parsing element attribute)"},
      {"<!DOCTYPE a>\n<a/>", "f.xml:1:1: a DOCTYPE is not allowed"},
      {"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "f.xml:1:1: a DOCTYPE is not allowed"},
      {"\n<!-- c -->\n <!DOCTYPE a><a/>", "f.xml:3:2: a DOCTYPE is not allowed"},
      {"<a/><b/>", "f.xml:1:5: a second root element <b>; expected one"}};
  for (const auto& [text, expected] : table) EXPECT_EQ(complaint(text), expected) << text;
}

TEST(XmlFile, KnowsThePlaceOfANode) {
  const XmlFile file("f.xml", "<a>\r\n\t<b/>\n<!-- ệ --><c/></a>");
  EXPECT_EQ(to_string(file.place(file.root())), "f.xml:1:1");
  EXPECT_EQ(to_string(file.place(file.root().child("b"))), "f.xml:2:2");
  EXPECT_EQ(to_string(file.place(file.root().child("c"))), "f.xml:3:13");  // columns are bytes
}

TEST(XmlFile, AllowsWhatIsListedOnly) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<a caption=\"x\"><row/><!-- c --></a>", ""},
      {"<a captoin=\"x\"/>", "f.xml:1:1: attribute \"captoin\" is not known in <a>, did you mean \"caption\"?"},
      {"<a weight=\"x\"/>", "f.xml:1:1: attribute \"weight\" is not known in <a>; expected one of: caption, unit"},
      {"<a>\n <rwo/></a>", "f.xml:2:2: element \"rwo\" is not known in <a>, did you mean \"row\"?"},
      {"<a>\n <line/></a>", "f.xml:2:2: element \"line\" is not known in <a>; expected one of: row"}};
  for (const auto& [text, expected] : table) {
    EXPECT_EQ(complaint(text,
                        [](const XmlFile& file) {
                          file.allow(file.root(), {"caption", "unit"}, {"row"});
                        }),
              expected)
        << text;
  }
  EXPECT_EQ(complaint("<a><b/></a>", [](const XmlFile& file) { file.allow(file.root(), {}, {}); }),
            "f.xml:1:4: element \"b\" is not known in <a>; expected one of: none");
}

TEST(XmlFile, ReadsAttributes) {
  const XmlFile file("f.xml", "<a id=\"ho\u0300a\" empty=\"\" blank=\" \" n=\"12\"/>");
  EXPECT_EQ(file.required(file.root(), "id"), "hòa");
  EXPECT_EQ(file.optional(file.root(), "id"), "hòa");
  EXPECT_EQ(file.optional(file.root(), "empty", "x"), "");
  EXPECT_EQ(file.optional(file.root(), "absent", "x"), "x");
  EXPECT_EQ(file.integer(file.root(), "n", 1, 0, 12), 12);
  EXPECT_EQ(file.integer(file.root(), "absent", 7, 0, 1), 7);
}

TEST(XmlFile, ComplainsAboutAttributes) {
  const auto required = [](const char* name) { return [=](const XmlFile& file) { file.required(file.root(), name); }; };
  EXPECT_EQ(complaint("<a/>", required("id")), "f.xml:1:1: <a> needs the attribute id");
  EXPECT_EQ(complaint("<a id=\"\"/>", required("id")), "f.xml:1:1: attribute id is empty");
  EXPECT_EQ(complaint("<a id=\" &#160;\"/>", required("id")), "f.xml:1:1: attribute id is empty");
  for (const std::string bad : {"", "x", "1.5", " 1", "-1", "13", "99999999999", "1x"}) {
    EXPECT_EQ(
        complaint("<a n=\"" + bad + "\"/>", [](const XmlFile& file) { file.integer(file.root(), "n", 1, 0, 12); }),
        "f.xml:1:1: attribute n is \"" + bad + "\", expected a whole number from 0 to 12");
  }
}

TEST(Place, SaysWhatItKnows) {
  EXPECT_EQ(to_string(Place{}), "");
  EXPECT_EQ(to_string(Place{.file = "a.xlsx"}), "a.xlsx");
  EXPECT_EQ(to_string(Place{.file = "a.xlsx", .sheet = "Phụ lục", .cell = "E12"}), "a.xlsx [Phụ lục] E12");
  EXPECT_EQ(to_string(Place{.file = "a.xml", .line = 12, .column = 5}), "a.xml:12:5");
}

TEST(Error, IsAFindingAndALine) {
  const Error error("file-damaged", Place{.file = "a.xlsx"}, {{"reason", "cut short"}});
  EXPECT_EQ(error.finding().code, "file-damaged");
  EXPECT_EQ(error.finding().place.file, "a.xlsx");
  EXPECT_STREQ(error.what(), "a.xlsx: file-damaged, reason cut short");
}

}  // namespace
}  // namespace tonghop
