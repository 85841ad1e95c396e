// Escapes and ill-formed characters, both ways.
#include "xlsx/characters.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;

// trap C18
TEST(Characters, AreDecodedAsExcelDoes) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"Chỉ tiêu", "Chỉ tiêu"},
      {"a_x000D_b", "a\nb"},
      {"a_x000D_\nb", "a\nb"},
      {"a\r\nb\rc", "a\nb\nc"},
      {"a_x000D__x000A_b", "a\nb"},
      {"a_x000D__x000D_b", "a\n\nb"},
      {"_x0041__x1EC9_", "Aỉ"},
      {"_x220f_", "_x220f_"},  // Excel resolves upper case only
      {"_x220F_", "∏"},
      {"_x005F_x000D_", "_x000D_"},
      {"_x005F_x0041_x005F_x0042_", "_x0041_x0042_"},
      {"_x0041_x0042_", "Ax0042_"},
      {"_xD83D__xDE00_", "😀"},
      {"_xD83D_", "\uFFFD"},
      {"_xDE00__xD83D_", "\uFFFD\uFFFD"},
      {"_x0000_", "\uFFFD"},
      {"_x0007_", "\x07"},
      {"\x07", "\uFFFD"},
      {"a\xFFz", "a\uFFFDz"},
      {"\xED\xA0\xBD", "\uFFFD\uFFFD\uFFFD"},  // a surrogate
      {"\xC0\xAF", "\uFFFD\uFFFD"},            // overlong
      {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"cut \xE1\xBB", "cut \uFFFD\uFFFD"},
      {"\xEF\xBF\xBF", "\uFFFD"},
      {"_x000", "_x000"},
      {"tab\tstays", "tab\tstays"}};
  for (const auto& [stored, meant] : table) {
    SCOPED_TRACE(stored);
    EXPECT_EQ(decoded(stored), meant);
    EXPECT_EQ(is_plain(stored), stored == meant);
  }
}

TEST(Characters, OfFormulasKnowNoEscapes) { EXPECT_EQ(cleaned("IF(A1=\"_x0041_\",1,2)"), "IF(A1=\"_x0041_\",1,2)"); }

TEST(Characters, ComeBackAsTheyWereEncoded) {
  const std::vector<std::pair<std::string, std::string>> table = {{"plain ỉ 😀", "plain ỉ 😀"},
                                                                  {"_x000D_", "_x005F_x000D_"},
                                                                  {"_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
                                                                  {"_xabcd_", "_x005F_xabcd_"},
                                                                  {"\x01\x1F", "_x0001__x001F_"},
                                                                  {"_x0041\x01", "_x005F_x0041_x0001_"},
                                                                  {"_x00_x0041_", "_x00_x005F_x0041_"},
                                                                  {"\uFFFE\uFFFF", "_xFFFE__xFFFF_"},
                                                                  {"__x005F__", "__x005F_x005F__"},
                                                                  {"a\tb\nc", "a\tb\nc"}};
  for (const auto& [text, stored] : table) {
    SCOPED_TRACE(text);
    EXPECT_EQ(encoded(text), stored);
    EXPECT_EQ(decoded(encoded(text)), text);
  }
  EXPECT_EQ(encoded("\r"), "_x000D_");  // comes back as a line feed
  EXPECT_EQ(encoded("a\xFF"), "a\uFFFD");
}

}  // namespace
}  // namespace tonghop::xlsx
