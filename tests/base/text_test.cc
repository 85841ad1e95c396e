// Unicode text as Vietnamese agencies type it: composed or not, with either tone rule, and sometimes broken.
#include "base/text.h"

#include <gtest/gtest.h>
#include <utf8proc.h>

#include <array>
#include <string>

namespace tonghop {
namespace {

struct Case {
  std::string given, expected;
};

TEST(Nfc, ComposesAndReplacesBadBytes) {
  const std::vector<Case> table = {{"", ""},
                                   {"plain", "plain"},
                                   {"Hòa", "Hòa"},
                                   {"Ho\u0300a", "Hòa"},
                                   {"e\u0302\u0323", "ệ"},  // marks in either order
                                   {"e\u0323\u0302", "ệ"},
                                   {"u\u031B\u0301", "ứ"},
                                   {"đ", "đ"},  // has no decomposition
                                   {"１２％", "１２％"},
                                   {"a\xFFz", "a\uFFFDz"},
                                   {"\xE1\xBB", "\uFFFD\uFFFD"},            // cut inside a letter
                                   {"\xC0\xAF", "\uFFFD\uFFFD"},            // overlong
                                   {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},  // half a surrogate pair
                                   {std::string("a\0b", 3), std::string("a\0b", 3)}};
  for (const auto& [given, expected] : table) EXPECT_EQ(nfc(given), expected) << given;
}

TEST(Plain, MakesLookAlikesOne) {
  const std::vector<Case> table = {{"１２３", "123"},       {"９９．９％", "99.9%"}, {"5\u00A0000", "5 000"},
                                   {"5\u202F000", "5 000"}, {"½", "1\u20442"},       {"m²", "m2"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(plain(given), expected) << given;
}

TEST(Trimmed, CutsEveryWhiteSpaceAtTheEnds) {
  const std::vector<Case> table = {{"", ""},         {" \t\r\n", ""},        {"a", "a"},
                                   {" a b ", "a b"}, {"\u00A0a\u00A0", "a"}, {"\u200B\uFEFFa\u2060", "a"},
                                   {"\u3000a", "a"}, {"\xFF a", "\xFF a"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(trimmed(given), expected) << given;
}

TEST(Squeezed, MakesEveryRunOfWhiteSpaceOneBlank) {
  const std::vector<Case> table = {
      {"", ""}, {"a\n\nb", "a b"}, {"  a \u00A0 b\tc ", "a b c"}, {"a\u200Bb", "a b"}, {"  ", ""}};
  for (const auto& [given, expected] : table) EXPECT_EQ(squeezed(given), expected) << given;
}

TEST(Fold, MakesSpellingsOfOneCaptionEqual) {
  const std::vector<std::vector<std::string>> same = {
      {"hoà", "hòa", "HOÀ", "Hòa", "ho\u0300a", "hoa\u0300", "HÒA"},
      {"Tỉ lệ", "Tỷ lệ", "tỷ  lệ", "TỶ LỆ", "Tỷ\u00A0lệ", "Ty\u0309 le\u0323\u0302"},
      {"thuỷ", "thủy", "THỦY"},
      {"được", "dược", "ĐƯỢC"},  // the stroke is often forgotten, and no two captions differ by it alone
      {"Đơn vị tính", "ĐƠN VỊ TÍNH", "đơn vị tính:", "Đơn\nvị tính"},
      {"- Số hồ sơ", "– Số hồ sơ", "—Số hồ sơ", "+ Số hồ sơ", "Số hồ sơ."},
      {"Sở, ban, ngành", "Sở ban ngành", "sở,ban,ngành"},
      {"quý I", "quí I", "QUÝ I", "Quý Ⅰ"},
      {"1.2.", "1.2", "１．２", "1.2 ", "1,2", "1. 2", " 1 .2 .", "1-2", "1\u200B.2"},
      {"Số hồ sơ",    "• Số hồ sơ",      "* Số hồ sơ",       "· Số hồ sơ",     "o Số hồ sơ",
       "o\tSố hồ sơ", "\uF0B7 Số hồ sơ", "\uF0D8\tSố hồ sơ", "\uF0A7Số hồ sơ", "§ Số hồ sơ",
       "Ø  Số hồ sơ", "ü Số hồ sơ",      "● Số hồ sơ",       "→ Số hồ sơ",     "‑ Số hồ sơ",
       "− Số hồ sơ",  "(Số hồ sơ)",      "“Số hồ sơ”",       "'Số hồ sơ'",     "« Số hồ sơ »"},
      {"hoà", "ho\u00ADà", "hò\u00ADa", "ho\u200Bà", "h\uFEFFòa", "h\u200Dòa"},  // the tone goes to the whole syllable
      {"kết", "ke\u0302\u0301t", "ke\u0301\u0302t", "kế\u00ADt", "kê\u0341t"},   // marks in either order
      {"tập", "ta\u0323\u0302p", "ta\u0302\u0323p", "tạ\u0302p"},
      {"hướng", "hu\u031Bo\u0301\u031Bng"},
      {"năm", "nǎm"},  // caron for breve
      {"đơn", "ðơn", "ÐƠN", "Ɖơn", "d\u0335ơn", "D\u0336ơn"},
      {"Hồ sơ", "\u041Dồ sơ"},
      {"cao", "\u0441\u0430\u043E", "c\u03B1\u03BF"},
      {"cơ quan", "c\u043E\u031B quan"},
      {"II", "Ⅱ", "ⅱ", "ＩＩ"},
      {"báo cáo", "ＢÁO ＣÁO"},
      {"", " ", "…", "-", "\u200B"}};
  for (const auto& group : same) {
    for (const std::string& text : group) EXPECT_EQ(fold(text), fold(group[0])) << text << " and " << group[0];
  }
}

TEST(Fold, KeepsApartWhatMeansSomethingElse) {
  const std::vector<Case> table = {
      {"tỉnh", "tính"},  {"số", "sổ"},   {"mức 3", "mức 4"},     {"100%", "100"},          {"Có = 1", "Có 1"},
      {"năm", "nam"},    {"ơ", "o"},     {"cấp xã", "cấp tỉnh"}, {"hòa bình", "hoa bình"}, {"a\xFF", "b\xFF"},
      {"1.1.2", "11.2"}, {"3, 4", "34"}, {"mà", "ma 1"},         {"cáp", "cap 2"},         {"5 ‰", "5"},
      {"5 ‰", "5 %"},    {"µg", "mg"},   {"2.1", "21"},          {"1.2.3", "1.23"}};
  for (const auto& [a, b] : table) EXPECT_NE(fold(a), fold(b)) << a << " and " << b;
}

TEST(FoldName, KeepsLettersApartThatCaptionsConfuse) {
  const std::vector<Case> apart = {{"Đông Sơn", "Dông Sơn"}, {"Mỹ Lý", "Mĩ Lí"}, {"ĐỨC", "DỨC"}};
  for (const auto& [a, b] : apart) {
    EXPECT_EQ(fold(a), fold(b)) << a << " and " << b;
    EXPECT_NE(fold_name(a), fold_name(b)) << a << " and " << b;
  }
  const std::vector<Case> same = {{"Hoà An", "HÒA  AN."},         {"ĐÔNG SƠN", "đông sơn"}, {"Thuỷ", "Thu\u0309y"},
                                  {"Sở, ban", "Sở ban"},          {"MỸ", "My\u0303"},       {"Đông Sơn", "ÐÔNG SƠN"},
                                  {"Đông Sơn", "d\u0335ông Sơn"}, {"Sở", "\u0405ở"}};
  for (const auto& [a, b] : same) EXPECT_EQ(fold_name(a), fold_name(b)) << a << " and " << b;
  for (const std::string text : {"", " ", "…", "—", "-/."}) EXPECT_EQ(fold_name(text), "") << text;
}

TEST(FoldName, KeepsNumbersApart) { EXPECT_NE(fold_name("Tổ 1, 2"), fold_name("Tổ 12")); }

TEST(Fold, LeavesAnOThatIsNoBullet) {
  EXPECT_EQ(fold("o"), "o");
  EXPECT_EQ(fold("o 1"), "o1");
  EXPECT_EQ(fold("oan"), "oan");
  EXPECT_EQ(fold("ü"), fold("u\u0308"));
}

TEST(Fold, StandsBehindItself) {
  for (const std::string text : {"Số TTHC đã tiếp nhận", "Tỷ lệ % (lũy kế)", "Không = 0; Có = 1", "\xFF\xFE", "1.2.3",
                                 "o Số", "d\u0335ơn vị", "báo cáo 6 tháng, 9 tháng", "½", "1 - 2", "(1), 2 "}) {
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  }
}

TEST(Similarity, GoesFromNothingToEqual) {
  const auto alike = [](std::string_view a, std::string_view b) { return similarity(bigrams(a), bigrams(b)); };
  EXPECT_EQ(alike("", ""), 1);
  EXPECT_EQ(alike("", "abc"), 0);
  EXPECT_EQ(alike("a", "a"), 1);
  EXPECT_EQ(alike("a", "b"), 0);
  EXPECT_EQ(alike("abcd", "abcd"), 1);
  EXPECT_EQ(alike("abcd", "wxyz"), 0);
  EXPECT_DOUBLE_EQ(alike("night", "nacht"), 0.25);    // ht of four and four
  EXPECT_DOUBLE_EQ(alike("aaa", "aa"), 2.0 * 1 / 3);  // a pair counts as often as both have it
  EXPECT_DOUBLE_EQ(alike("nacht", "night"), alike("night", "nacht"));
}

TEST(Lower, KnowsVietnamese) { EXPECT_EQ(lower("ĐƠN VỊ Ộ Ữ ABC 12"), "đơn vị ộ ữ abc 12"); }

TEST(Utf16, CountsAsExcelDoes) {
  EXPECT_EQ(utf16_length(""), 0U);
  EXPECT_EQ(utf16_length("Tỷ lệ"), 5U);
  EXPECT_EQ(utf16_length("a😀b"), 4U);
  EXPECT_EQ(utf16_length("a\xFF"), 2U);
  EXPECT_EQ(utf16_prefix("Tỷ lệ", 2), "Tỷ");
  EXPECT_EQ(utf16_prefix("a😀b", 2), "a");  // half a pair is none
  EXPECT_EQ(utf16_prefix("a😀b", 3), "a😀");
  EXPECT_EQ(utf16_prefix("abc", 9), "abc");
  EXPECT_EQ(utf16_prefix("abc", 0), "");
}

TEST(DidYouMean, NamesTheNearestWithinAThird) {
  const std::vector<std::string> names = {"caption", "unit", "number", "number-rows"};
  const std::vector<Case> table = {{"captoin", ", did you mean \"caption\"?"},
                                   {"numbr", ", did you mean \"number\"?"},
                                   {"number_rows", ", did you mean \"number-rows\"?"},
                                   {"uni", ", did you mean \"unit\"?"},
                                   {"un", ""},
                                   {"uint", ", did you mean \"unit\"?"},  // neighbours swapped are one slip
                                   {"weight", ""},
                                   {"", ""}};
  for (const auto& [given, expected] : table) EXPECT_EQ(did_you_mean(given, names), expected) << given;
  EXPECT_EQ(did_you_mean("caption", {}), "");
}

TEST(Filled, PutsDetailsIntoTheirPlaces) {
  const std::vector<std::pair<std::string, std::string>> details = {{"a", "1"}, {"b", "{a}"}, {"e", ""}};
  const std::vector<Case> table = {{"", ""},        {"no names", "no names"}, {"{a}", "1"}, {"x{a}y{a}", "x1y1"},
                                   {"{b}", "{a}"},  // what is filled in is not filled again
                                   {"[{e}]", "[]"}, {"{c} {a}", "{c} 1"},     {"{a", "{a"}, {"a}{a}", "a}1"},
                                   {"{}", "{}"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(filled(given, details), expected) << given;
}

TEST(IsCalled, GoesByWholeWords) {
  EXPECT_TRUE(is_called("Sở Nội vụ", "sở nội vụ"));
  EXPECT_TRUE(is_called("Sở Nội vụ tỉnh Khánh Hòa", "Sở Nội vụ"));
  EXPECT_FALSE(is_called("Phường 12", "Phường 1"));
  EXPECT_TRUE(is_called("Phường 1 Đà Lạt", "Phường 1"));
  EXPECT_FALSE(is_called("Sở", "Sở Nội vụ"));
  EXPECT_FALSE(is_called("Sở Nội vụ", ""));
}

// Texts of usual letters only take a shorter way, which one unusual character closes; it leaves nothing in a fold.
TEST(Text, TakesTheShortWayToTheSameEnd) {
  const std::string unusual = "\U000E0020";
  std::string before;
  for (char32_t point = 1; point < 0x2100; ++point) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
    const std::string one(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
    for (const std::string& text : {one, before + one + "a", "1" + one + "2", "d" + one, "o" + one + "b"}) {
      EXPECT_EQ(fold(text), fold(text + unusual)) << std::hex << static_cast<unsigned>(point);
      EXPECT_EQ(fold_name(text), fold_name(text + unusual)) << std::hex << static_cast<unsigned>(point);
      EXPECT_EQ(nfc(text) + unusual, nfc(text + unusual)) << std::hex << static_cast<unsigned>(point);
      EXPECT_EQ(plain(text) + unusual, plain(text + unusual)) << std::hex << static_cast<unsigned>(point);
    }
    before = one;
  }
}

TEST(Text, TrimsBadBytesFromNeitherEnd) {
  EXPECT_EQ(trimmed("\u00A0 \xC3 "), "\xC3");
  EXPECT_EQ(trimmed(" a\x80\x80\x80\x80\u3000"), "a\x80\x80\x80\x80");
  EXPECT_EQ(trimmed(" a\xE3\x80 "), "a\xE3\x80");
  EXPECT_EQ(trimmed("\u200B\u3000 "), "");
  EXPECT_FALSE(has_text("\u200B\u3000 \n"));
  EXPECT_TRUE(has_text(" \xFF"));
}

}  // namespace
}  // namespace tonghop
