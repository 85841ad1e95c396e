// Words and units that people type: how they compare, what they mean, and mistakes in their file.
#include "mapping/vocabulary.h"

#include <gtest/gtest.h>

#include "base/finding.h"
#include "definitions.h"

namespace tonghop {
namespace {

TEST(WordKey, CutsCasePunctuationAndBlanks) {
  const std::vector<std::pair<std::string, std::string>> table = {{"Không có.", "không có"},
                                                                  {" KHÔNG  CÓ ", "không có"},
                                                                  {"(không)", "không"},
                                                                  {"- Không", "không"},
                                                                  {"ko\u0302ng", "kông"},
                                                                  {"/", "/"},
                                                                  {"—", "—"},
                                                                  {" - ", "-"},
                                                                  {"//", "//"},
                                                                  {"", ""},
                                                                  {"N/A", "n/a"},
                                                                  {"tr.đ", "tr.đ"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(word_key(given), expected) << given;
}

TEST(Vocabulary, KnowsShippedWordsAndPrintedUnits) {
  const Vocabulary& vocabulary = testing::shipped().vocabulary;
  EXPECT_EQ(vocabulary.meaning("Không phát sinh."), Meaning::zero);
  EXPECT_EQ(vocabulary.meaning("không thuộc thẩm quyền"), Meaning::not_applicable);
  EXPECT_EQ(vocabulary.meaning("Chưa có số liệu"), Meaning::missing);
  EXPECT_EQ(vocabulary.meaning("có"), std::nullopt);
  EXPECT_TRUE(vocabulary.is_unit("Nhiệm vụ"));
  EXPECT_TRUE(testing::trees().vocabulary.is_unit("visits"));  // printed by the form
  EXPECT_FALSE(testing::trees().vocabulary.is_unit("No = 0\nYes = 1"));
  EXPECT_FALSE(testing::trees().vocabulary.is_unit("tỷ"));
}

TEST(Vocabulary, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<word means=\"zero\">none</word>", ""},
      {"<word>none</word>", "v.xml:1:13: <word> needs the attribute means"},
      {"<word means=\"nil\">none</word>", "v.xml:1:13: means=\"nil\", expected zero, not-applicable or missing"},
      {"<word means=\"zero\"> </word>", "v.xml:1:13: an empty <word>"},
      {"<unit> </unit>", "v.xml:1:13: an empty <unit>"},
      {"<word means=\"zero\">none</word><word means=\"zero\">None.</word>", ""},
      {"<word means=\"zero\">none</word><word means=\"missing\">None</word>",
       "v.xml:1:43: \"none\" already means something else"},
      {"<words/>", "v.xml:1:13: element \"words\" is not known in <vocabulary>, did you mean \"word\"?"}};
  for (const auto& [inside, expected] : table) {
    std::string message;
    try {
      read_vocabulary(XmlFile("v.xml", "<vocabulary>" + inside + "</vocabulary>"), {});
    } catch (const DefinitionError& error) {
      message = error.what();
    }
    EXPECT_EQ(message, expected) << inside;
  }
}

}  // namespace
}  // namespace tonghop
