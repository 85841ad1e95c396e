// Text of the fonts from before Unicode, as workbooks store it: the tables, the fonts' names, and what is no such text.
#include "base/legacy_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tonghop {
namespace {

struct Case {
  std::string stored, shown;
};

// All letters with a tone in the order of the typing tables (sắc, huyền, hỏi, ngã, nặng), then those without.
TEST(FromLegacyFont, KnowsEveryLetterOfTcvn3) {
  const std::vector<Case> table = {
      {"¸ µ ¶ · ¹", "á à ả ã ạ"}, {"Ê Ç È É Ë", "ấ ầ ẩ ẫ ậ"}, {"¾ » ¼ ½ Æ", "ắ ằ ẳ ẵ ặ"},
      {"Ð Ì Î Ï Ñ", "é è ẻ ẽ ẹ"}, {"Õ Ò Ó Ô Ö", "ế ề ể ễ ệ"}, {"ã ß á â ä", "ó ò ỏ õ ọ"},
      {"è å æ ç é", "ố ồ ổ ỗ ộ"}, {"í ê ë ì î", "ớ ờ ở ỡ ợ"}, {"ó ï ñ ò ô", "ú ù ủ ũ ụ"},
      {"ø õ ö ÷ ù", "ứ ừ ử ữ ự"}, {"Ý × Ø Ü Þ", "í ì ỉ ĩ ị"}, {"ý ú û ü þ", "ý ỳ ỷ ỹ ỵ"},
      {"© ¨ ª « ¬", "â ă ê ô ơ"}, {"\u00AD ®", "ư đ"},        {"¡ ¢ £ ¤ ¥ ¦ §", "Ă Â Ê Ô Ơ Ư Đ"}};
  for (const auto& [stored, shown] : table) EXPECT_EQ(from_legacy_font(stored, ".VnTime"), shown) << stored;
}

TEST(FromLegacyFont, KnowsEveryLetterOfVniInBothCases) {
  const std::vector<Case> table = {
      {"aù aø aû aõ aï", "á à ả ã ạ"}, {"aá aà aå aã aä", "ấ ầ ẩ ẫ ậ"},
      {"aé aè aú aü aë", "ắ ằ ẳ ẵ ặ"}, {"eù eø eû eõ eï", "é è ẻ ẽ ẹ"},
      {"eá eà eå eã eä", "ế ề ể ễ ệ"}, {"où oø oû oõ oï", "ó ò ỏ õ ọ"},
      {"oá oà oå oã oä", "ố ồ ổ ỗ ộ"}, {"ôù ôø ôû ôõ ôï", "ớ ờ ở ỡ ợ"},
      {"uù uø uû uõ uï", "ú ù ủ ũ ụ"}, {"öù öø öû öõ öï", "ứ ừ ử ữ ự"},
      {"í ì æ ó ò", "í ì ỉ ĩ ị"},      {"yù yø yû yõ î", "ý ỳ ỷ ỹ ỵ"},
      {"aâ aê eâ oâ ô", "â ă ê ô ơ"},  {"ö ñ", "ư đ"},
      {"AÙ AØ AÛ AÕ AÏ", "Á À Ả Ã Ạ"}, {"AÁ AÀ AÅ AÃ AÄ", "Ấ Ầ Ẩ Ẫ Ậ"},
      {"AÉ AÈ AÚ AÜ AË", "Ắ Ằ Ẳ Ẵ Ặ"}, {"EÙ EØ EÛ EÕ EÏ", "É È Ẻ Ẽ Ẹ"},
      {"EÁ EÀ EÅ EÃ EÄ", "Ế Ề Ể Ễ Ệ"}, {"OÙ OØ OÛ OÕ OÏ", "Ó Ò Ỏ Õ Ọ"},
      {"OÁ OÀ OÅ OÃ OÄ", "Ố Ồ Ổ Ỗ Ộ"}, {"ÔÙ ÔØ ÔÛ ÔÕ ÔÏ", "Ớ Ờ Ở Ỡ Ợ"},
      {"UÙ UØ UÛ UÕ UÏ", "Ú Ù Ủ Ũ Ụ"}, {"ÖÙ ÖØ ÖÛ ÖÕ ÖÏ", "Ứ Ừ Ử Ữ Ự"},
      {"Í Ì Æ Ó Ò", "Í Ì Ỉ Ĩ Ị"},      {"YÙ YØ YÛ YÕ Î", "Ý Ỳ Ỷ Ỹ Ỵ"},
      {"AÂ AÊ EÂ OÂ Ô", "Â Ă Ê Ô Ơ"},  {"Ö Ñ", "Ư Đ"},
  };
  for (const auto& [stored, shown] : table) EXPECT_EQ(from_legacy_font(stored, "VNI-Times"), shown) << stored;
}

// Captions of the forms in TCVN3, in VNI and in Unicode.
struct Caption {
  std::string tcvn3, vni, unicode;
};

const std::vector<Caption>& captions() {
  static const std::vector<Caption> all = {
      {"Së Néi vô", "Sôû Noäi vuï", "Sở Nội vụ"},
      {"Kh«ng", "Khoâng", "Không"},
      {"Tæng sè nhiÖm vô ®\u00ADîc giao", "Toång soá nhieäm vuï ñöôïc giao", "Tổng số nhiệm vụ được giao"},
      {"Tû lÖ hå s¬ TTHC do UBND cÊp huyÖn tiÕp nhËn ®\u00ADîc gi¶i quyÕt ®óng hÑn",
       "Tyû leä hoà sô TTHC do UBND caáp huyeän tieáp nhaän ñöôïc giaûi quyeát ñuùng heïn",
       "Tỷ lệ hồ sơ TTHC do UBND cấp huyện tiếp nhận được giải quyết đúng hẹn"},
      {"Sè l·nh ®¹o cÊp phßng thuéc së, ngµnh bÞ kû luËt.",
       "Soá laõnh ñaïo caáp phoøng thuoäc sôû, ngaønh bò kyû luaät.",
       "Số lãnh đạo cấp phòng thuộc sở, ngành bị kỷ luật."},
      {"C¬ quan, ®¬n vÞ", "Cô quan, ñôn vò", "Cơ quan, đơn vị"},
      {"Sè §VSNCL thuéc UBND tØnh", "Soá ÑVSNCL thuoäc UBND tænh", "Số ĐVSNCL thuộc UBND tỉnh"},
      {"V¨n b¶n", "Vaên baûn", "Văn bản"},
      {"§· thùc hiÖn = 1 Ch\u00ADa thùc hiÖn = 0", "Ñaõ thöïc hieän = 1 Chöa thöïc hieän = 0",
       "Đã thực hiện = 1 Chưa thực hiện = 0"},
      {"VËn hµnh HÖ thèng th«ng tin mét cöa ®iÖn tö tËp trung cña tØnh",
       "Vaän haønh Heä thoáng thoâng tin moät cöûa ñieän töû taäp trung cuûa tænh",
       "Vận hành Hệ thống thông tin một cửa điện tử tập trung của tỉnh"},
  };
  return all;
}

TEST(FromLegacyFont, ReadsCaptions) {
  for (const auto& [tcvn3, vni, unicode] : captions()) {
    EXPECT_EQ(from_legacy_font(tcvn3, ".VnArial Narrow"), unicode);
    EXPECT_EQ(from_legacy_font(vni, "VNI-Helve-Condense"), unicode);
  }
}

TEST(FromLegacyFont, GoesByTheFontsName) {
  for (const char* font : {".VnTime", ".vntime", ".VNTIME", " .VnTime", ".VnCentury Schoolbook", ".VnBook-Antiqua"}) {
    EXPECT_EQ(from_legacy_font("Së Néi vô", font), "Sở Nội vụ") << font;
  }
  for (const char* font : {".VnTimeH", ".VnArial NarrowH", ".VNTIMEH", ".vntimeh"}) {
    EXPECT_EQ(from_legacy_font("Së Néi vô sè 1a", font), "SỞ NỘI VỤ SỐ 1A") << font;
  }
  for (const char* font :
       {"", "Times New Roman", "VnTime", "VNtimes new roman", "Arial", "VNI", "Vni", ".V", "UVN Van"}) {
    EXPECT_EQ(from_legacy_font("Së Néi vô", font), std::nullopt) << font;
  }
}

TEST(FromLegacyFont, LeavesWhatIsNoLetterOfTheCode) {
  const std::vector<Case> table = {{"", ""},
                                   {"1.2.", "1.2."},
                                   {"UBND", "UBND"},
                                   {"Khèi l\u00ADîng (m³) – “±5”…", "Khối lượng (m³) – “±5”…"},
                                   {"Së\u00A0Néi\nvô", "Sở\u00A0Nội\nvụ"},
                                   {"è", "ố"},  // a run of rich text that is one letter of a word
                                   {"H§68 1º", "HĐ68 1º"}};
  for (const auto& [stored, shown] : table) EXPECT_EQ(from_legacy_font(stored, ".VnTime"), shown) << stored;
}

// A sheet set in .VnTime where a clerk of today typed: the font has no glyph and the screen shows another font's.
TEST(FromLegacyFont, LeavesUnicodeTypedInAnOldFont) {
  for (const char* text : {"Sở Nội vụ", "Không", "Có", "Có = 1; Không = 0", "Trà Vinh", "Cá nhân", "đ", "cơ quan",
                           "thư", "ho\u0300a", "Viê\u0323t"}) {
    EXPECT_EQ(from_legacy_font(text, ".VnTime"), std::nullopt) << text;
    EXPECT_EQ(from_legacy_font(text, ".VnTimeH"), std::nullopt) << text;
    EXPECT_EQ(from_legacy_font(text, "VNI-Times"), std::nullopt) << text;
  }
}

TEST(FromLegacyFont, ReadsWhatCameByTheVietnameseCodePage) {
  const std::vector<Case> table = {
      {"VÊn ®\u0309", "Vấn đề"}, {"Bé ph\u0300", "Bộ phè"}, {"ti\u01A0p nhËn", "tiếp nhận"}};
  for (const auto& [stored, shown] : table) EXPECT_EQ(from_legacy_font(stored, ".VnTime"), shown) << stored;
}

TEST(FromLegacyPattern, ReadsCaptionsWhoseFontWasLost) {
  for (const auto& [tcvn3, vni, unicode] : captions()) {
    EXPECT_EQ(from_legacy_pattern(tcvn3), unicode);
    if (unicode == "Không" || unicode == "Cơ quan, đơn vị") continue;  // words of French and Spanish: "quan, ñon"
    EXPECT_EQ(from_legacy_pattern(vni), unicode);
  }
  const std::vector<Case> table = {{"Tæng sè", "Tổng số"},
                                   {"Ng\u00ADêi", "Người"},
                                   {"HuyÖn", "Huyện"},
                                   {"TæNG Sè", "TổNG Số"},
                                   {"Quy tr×nh", "Quy trình"},
                                   {"Toång soá", "Tổng số"},
                                   {"TruyÒn th«ng qua website, email", "Truyền thông qua website, email"},
                                   {"Khèi l\u00ADîng (m³)", "Khối lượng (m³)"}};
  for (const auto& [stored, shown] : table) EXPECT_EQ(from_legacy_pattern(stored), shown) << stored;
}

TEST(FromLegacyPattern, LeavesShortTextThatIsAWordEitherWay) {
  for (const char* text : {"Sè", "Bé", "Cã", "Hoà sô", "Số", "vô", "Thoâng keâ"}) {
    EXPECT_EQ(from_legacy_pattern(text), std::nullopt) << text;
  }
}

TEST(FromLegacyPattern, LeavesOrdinaryText) {
  for (const char* text : {"",
                           "UBND",
                           "1.2.",
                           "Sở Nội vụ",
                           "Có = 1; Không = 0",
                           "Hòa Bình",
                           "Cá nhân",
                           "tháng ba",
                           "HĐND",
                           "LĐ",
                           "QĐ-UBND",
                           "Đơn giá",
                           "hoa\u0300",
                           "Viê\u0323t Nam",
                           "số lươ\u0323ng",
                           "m³",
                           "5 m²",
                           "±5",
                           "½",
                           "1½",
                           "25 °C",
                           "10 µm",
                           "5 µg",
                           "N·m",
                           "5 N·m, m×n",
                           "3 × 4",
                           "1º",
                           "n° 5",
                           "§ 12",
                           "© 2021 ABC®",
                           "« oui » « non »",
                           "«in»",
                           "so¹ to¹",
                           "TTHC¹",
                           "café crème",
                           "où Thaï laïc",
                           "Noël à Paris",
                           "dès l'été",
                           "tôt",
                           "naïve",
                           "résumé",
                           "coût",
                           "façade",
                           "père",
                           "Öl für Köln",
                           "über",
                           "Größe",
                           "São Paulo",
                           "El Niño",
                           "ESPAÑA",
                           "José",
                           "Malmö",
                           "på",
                           "å",
                           "Å",
                           "Sá»Ÿ Ná»™i vá»¥",
                           "H\u00ADai ph\u00ADong",
                           "\uFFFD\uFFFD",
                           "Số\u00ADliệu",
                           "Noi\u00A0vu",
                           "\xFF\xFE"}) {
    EXPECT_EQ(from_legacy_pattern(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace tonghop
