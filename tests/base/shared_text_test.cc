// Texts of which there is one copy, on one thread and on several.
#include "base/shared_text.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/parallel.h"

namespace tonghop {
namespace {

TEST(SharedText, ReadsAsWhatItWasMadeFrom) {
  const SharedText text = std::string("Phụ lục 2");
  const std::string& read = text;
  EXPECT_EQ(read, "Phụ lục 2");
  EXPECT_EQ(text + "!", "Phụ lục 2!");
  EXPECT_EQ("[" + text + ']', "[Phụ lục 2]");
  EXPECT_FALSE(text.empty());
  EXPECT_TRUE(SharedText().empty());
  EXPECT_TRUE(SharedText("").empty());
  EXPECT_EQ(SharedText().str(), "");
}

TEST(SharedText, HasOneCopyOfEachText) {
  const SharedText one = std::string("a text too long to stand in a string itself");
  const SharedText same = std::string("a text too long to stand in a string ") + "itself";
  EXPECT_EQ(one, same);
  EXPECT_EQ(&one.str(), &same.str());
  EXPECT_NE(one, SharedText("another"));
}

TEST(SharedText, TellsTextsApartOfAnyLength) {
  std::vector<std::string> texts;
  for (std::size_t length = 1; length <= 20; ++length) {
    for (const char last : {'\0', '1', '\x80', '\xff'}) texts.push_back(std::string(length - 1, '\0') + last);
  }
  for (const std::string& one : texts) {
    EXPECT_EQ(SharedText(one).str(), one);
    for (const std::string& other : texts) EXPECT_EQ(SharedText(one) == SharedText(other), one == other);
  }
}

TEST(SharedText, ComesInTheOrderOfTexts) {
  EXPECT_LT(SharedText("B10"), SharedText("B9"));
  EXPECT_LT(SharedText(), SharedText("A"));
  EXPECT_LT(SharedText("a"), SharedText("b"));
}

TEST(SharedText, IsTheSameFromEveryThread) {
  constexpr std::size_t kTexts = 5000;
  std::vector<SharedText> first(kTexts), second(kTexts);
  parallel(
      2 * kTexts,
      [&](std::size_t i) {
        const SharedText text = std::to_string(i / 2);
        (i % 2 == 0 ? first : second)[i / 2] = text;
      },
      4);
  for (std::size_t i = 0; i < kTexts; ++i) {
    ASSERT_EQ(first[i].str(), std::to_string(i));
    ASSERT_EQ(&first[i].str(), &second[i].str());
  }
}

}  // namespace
}  // namespace tonghop
