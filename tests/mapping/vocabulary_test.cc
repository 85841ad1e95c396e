// Words and units that people type: how they compare, what they mean, and mistakes in their file.
#include "mapping/vocabulary.h"

#include <gtest/gtest.h>

#include "base/finding.h"
#include "definitions.h"

namespace tonghop {
namespace {

Input asked(Kind kind, const std::string& unit) {
  Input input;
  input.kind = kind;
  input.unit = unit;
  return input;
}

TEST(WordKey, CutsCasePunctuationAndBlanks) {
  const std::vector<std::pair<std::string, std::string>> table = {{"Không có.", "không có"},
                                                                  {" KHÔNG  CÓ ", "không có"},
                                                                  {"(không)", "không"},
                                                                  {"- Không", "không"},
                                                                  {"ko\u0302ng", "kông"},
                                                                  {"/", "/"},
                                                                  {"—", "—"},
                                                                  {" - ", "-"},
                                                                  {"//", "/"},
                                                                  {".....", "."},
                                                                  {"__ __", "_"},
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
  const Input count = asked(Kind::count, "Văn bản");
  EXPECT_TRUE(vocabulary.is_unit("Nhiệm vụ", count));
  EXPECT_TRUE(testing::trees().vocabulary.is_unit("visits", count));  // printed by the form
  EXPECT_FALSE(testing::trees().vocabulary.is_unit("No = 0\nYes = 1", count));
  EXPECT_FALSE(testing::trees().vocabulary.is_unit("tỷ", count));
}

TEST(Vocabulary, TakesAUnitOfMoneyOnlyWhereTheRowAsksForIt) {
  const Vocabulary& vocabulary = testing::shipped().vocabulary;
  const Input count = asked(Kind::count, "Văn bản");
  const Input money = asked(Kind::amount, "Triệu đồng");
  for (const std::string unit : {"triệu đồng", "Triệu đồng.", "trđ", "tr.đ"}) {
    EXPECT_TRUE(vocabulary.is_unit(unit, money)) << unit;
    EXPECT_FALSE(vocabulary.is_unit(unit, count)) << unit;
  }
  EXPECT_FALSE(vocabulary.is_unit("văn bản", money));
  EXPECT_FALSE(vocabulary.is_unit("đồng", money));
  EXPECT_TRUE(vocabulary.is_unit("cây", asked(Kind::count, "Cây")));  // printed by no shipped form
}

TEST(Vocabulary, KnowsWhatStandsBesideANumber) {
  const Vocabulary& vocabulary = testing::shipped().vocabulary;
  EXPECT_EQ(vocabulary.beside_before("không quá").length, std::string("không quá").size());
  EXPECT_EQ(vocabulary.beside_before("tổng số").length, 0U);
  EXPECT_EQ(vocabulary.beside_before("mức độ").means, Beside::name);
  EXPECT_EQ(vocabulary.beside_before("≥").means, Beside::doubt);
  EXPECT_EQ(vocabulary.beside_before("đạt>").length, 1U);
  EXPECT_EQ(vocabulary.beside_after("phần trăm").means, Beside::percent);
  EXPECT_EQ(vocabulary.beside_after("phần trămx").length, 0U);  // whole words only
  EXPECT_EQ(vocabulary.beside_after("tháng 6").means, Beside::measure);
  EXPECT_EQ(vocabulary.unit_at("đồng chí", asked(Kind::count, "")), std::string("đồng chí").size());
  EXPECT_EQ(vocabulary.unit_at("hồ sơ quá hạn", asked(Kind::count, "")), std::string("hồ sơ").size());
  EXPECT_EQ(vocabulary.scale_at("tr 500"), 2U);
  EXPECT_EQ(vocabulary.scale_at("trường"), 0U);
  EXPECT_EQ(vocabulary.number("(Năm)"), 5);
  EXPECT_EQ(vocabulary.number("nhiều"), std::nullopt);
}

TEST(Vocabulary, SaysWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"<word means=\"zero\">none</word>", ""},
      {"<word>none</word>", "v.xml:1:13: <word> needs the attribute means"},
      {"<word means=\"nil\">none</word>", "v.xml:1:13: means=\"nil\", expected zero, not-applicable or missing"},
      {"<word means=\"zero\"> </word>", "v.xml:1:13: an empty <word>"},
      {"<unit> </unit>", "v.xml:1:13: an empty <unit>"},
      {"<number>one</number>", "v.xml:1:13: <number> needs the attribute value"},
      {"<number value=\"1.5\">one</number>", "v.xml:1:13: value=\"1.5\", expected a whole number below a million"},
      {"<number value=\"99999999999\">all</number>",
       "v.xml:1:13: value=\"99999999999\", expected a whole number below a million"},
      {"<number value=\"1\"> </number>", "v.xml:1:13: an empty <number>"},
      {"<number value=\"1\">one</number><number value=\"2\">One</number>",
       "v.xml:1:43: \"one\" already means something else"},
      {"<before means=\"name\">no.</before><after means=\"percent\">per cent</after>", ""},
      {"<before means=\"percent\">no.</before>", "v.xml:1:13: means=\"percent\", expected doubt or name"},
      {"<after means=\"name\">or more</after>", "v.xml:1:13: means=\"name\", expected doubt, measure or percent"},
      {"<after means=\"doubt\"> </after>", "v.xml:1:13: an empty <after>"},
      {"<before means=\"name\">no.</before><before means=\"doubt\">No</before>",
       "v.xml:1:46: \"no\" already means something else"},
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
