// Texts and messages: languages, names filled in, replacement by a later file, and mistakes.
#include "forms/wording.h"

#include <gtest/gtest.h>

namespace tonghop {
namespace {

const std::string kWords =
    "<wording><text id='t'><say lang='vi'>Chào {name}</say><say lang='en'>\n  Hello {name}\n\n  again </say></text>"
    "<text id='only'><say lang='fr'>Bonjour</say></text>"
    "<text id='two'><say lang='de'>Hallo</say><say lang='en'>Hi</say></text>"
    "<message code='c' severity='warning'><say lang='en'>{agency}: {raw} in {file}, {x}</say></message></wording>";

TEST(Wording, SpeaksTheLanguageAskedForOrTheNearest) {
  Wording wording;
  wording.add(XmlFile("w.xml", kWords));
  const Details details = {{"name", "Lan"}};
  EXPECT_EQ(wording.text("t", "vi", details), "Chào Lan");
  EXPECT_EQ(wording.text("t", "fr", details), "Hello Lan\n\n  again");
  EXPECT_EQ(wording.text("two", "vi"), "Hi");
  EXPECT_EQ(wording.text("only", "vi"), "Bonjour");
  EXPECT_EQ(wording.lines("t", "en"), (std::vector<std::string>{"Hello {name}", "again"}));
  EXPECT_THROW(wording.text("none", "vi"), std::out_of_range);
}

TEST(Wording, MakesASentenceOfAFinding) {
  Wording wording;
  wording.add(XmlFile("w.xml", kWords));
  const Finding finding{"c", {.file = "a.xlsx"}, {{"x", "X"}}, "Town", "", "7", ""};
  EXPECT_EQ(wording.sentence(finding, "vi"), "Town: 7 in a.xlsx, X");
  EXPECT_EQ(wording.severity_of_code("c"), Severity::warning);
  EXPECT_EQ(to_string(Severity::note), "note");
}

TEST(Wording, ShowsAFigureWithTheDecimalMarkOfTheLanguage) {
  Wording wording;
  const std::string words =
      "<wording>MARK<message code='c' severity='note'><say lang='vi'>{#x} {x} {#raw} {#y}</say></message></wording>";
  const auto with = [&](const std::string& mark) {
    std::string text = words;
    return text.replace(text.find("MARK"), 4, mark);
  };
  const Finding finding{"c", {}, {{"x", "0.5% / 1.25"}, {"y", "v. 1. .5"}}, "", "", "7", ""};
  wording.add(XmlFile("w.xml", with("<text id='decimal.mark'><say lang='vi'>,</say><say lang='en'>.</say></text>")));
  EXPECT_EQ(wording.sentence(finding, "vi"), "0,5% / 1,25 0.5% / 1.25 7 v. 1. .5");
  EXPECT_EQ(wording.sentence(finding, "en"), "0.5% / 1.25 0.5% / 1.25 7 v. 1. .5");
}

TEST(Wording, TakesTheLaterOfTwo) {
  Wording wording;
  wording.add(XmlFile("w.xml", kWords));
  wording.add(XmlFile("v.xml",
                      "<wording><text id='only'><say lang='en'>Hi</say></text>"
                      "<message code='c' severity='error'><say lang='en'>!</say></message></wording>"));
  EXPECT_EQ(wording.text("only", "fr"), "Hi");
  EXPECT_EQ(wording.severity_of_code("c"), Severity::error);
  EXPECT_EQ(wording.text("t", "vi"), "Chào {name}");
  EXPECT_EQ(wording.codes(), std::vector<std::string>{"c"});
}

TEST(Wording, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<words/>", "w.xml:1:1: root element is not <wording>"},
      {"<wording><txet id='t'/></wording>",
       "w.xml:1:10: element \"txet\" is not known in <wording>, did you mean \"text\"?"},
      {"<wording><text><say lang='en'>x</say></text></wording>", "w.xml:1:10: <text> needs the attribute id"},
      {"<wording><text id='t'/></wording>", "w.xml:1:10: <text> needs at least one <say lang=\"…\">"},
      {"<wording><text id='t'><say>x</say></text></wording>", "w.xml:1:23: <say> needs the attribute lang"},
      {"<wording><message code='c'><say lang='en'>x</say></message></wording>",
       "w.xml:1:10: <message> needs the attribute severity"},
      {"<wording><message severity='note'><say lang='en'>x</say></message></wording>",
       "w.xml:1:10: <message> needs the attribute code"},
      {"<wording><message code='c' severity='fatal'><say lang='en'>x</say></message></wording>",
       "w.xml:1:10: attribute severity is \"fatal\", expected note, warning or error"}};
  for (const auto& [text, expected] : table) {
    std::string message;
    try {
      Wording().add(XmlFile("w.xml", text));
    } catch (const DefinitionError& error) {
      message = error.what();
    }
    EXPECT_EQ(message, expected) << text;
  }
}

}  // namespace
}  // namespace tonghop
