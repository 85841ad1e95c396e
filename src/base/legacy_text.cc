// The two tables, and the evidence that a text is stored by one of them.
#include "base/legacy_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/syllable.h"
#include "base/text.h"

namespace tonghop {
namespace {

enum class Code { tcvn3, vni };

// TCVN 5712-3 from 0xA1 on; a dot where it has no letter. Capitals with a tone do not exist: the ...H fonts draw them.
constexpr std::u32string_view kTcvn3 =
    U"ĂÂÊÔƠƯĐăâêôơưđ."   // A1
    U".....àảãáạ.ằẳẵắ."  // B0: the tone marks of the standard are not in the fonts
    U"......ặầẩẫấậè.ẻẽ"  // C0
    U"éẹềểễếệìỉ...ĩíịò"
    U".ỏõóọồổỗốộờởỡớợù"
    U".ủũúụừửữứựỳỷỹýỵ";  // to FE

// VNI has letters of one byte, and marks that follow their vowel; capitals are 0x20 below.
constexpr std::u32string_view kVniSmall = U"ôöñíìæóòî";
constexpr std::u32string_view kVniLetters = U"ơưđíìỉĩịỵ";
constexpr std::u32string_view kVniMarks = U"ùøûõïâáàåãäêéèúüë";
constexpr auto kVniCombining = std::to_array<std::u32string_view>(
    {U"\u0301", U"\u0300", U"\u0309", U"\u0303", U"\u0323", U"\u0302", U"\u0302\u0301", U"\u0302\u0300",
     U"\u0302\u0309", U"\u0302\u0303", U"\u0302\u0323", U"\u0306", U"\u0306\u0301", U"\u0306\u0300", U"\u0306\u0309",
     U"\u0306\u0303", U"\u0306\u0323"});

// Where Windows-1258 differs from 1252 in letters: an .xls of Excel 95 may have been read by it.
constexpr std::u32string_view kCp1258 =
    U"\u0102\u0300\u0110\u0309\u01A0\u01AF\u0303\u0103\u0301\u0111\u0323\u01A1\u01B0\u20AB";
constexpr std::u32string_view kCp1258Bytes = U"ÃÌÐÒÕÝÞãìðòõýþ";

std::u32string code_points(std::string_view text) {
  std::u32string points;
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &point);
    if (length <= 0) {
      length = 1;
      point = 0xFFFD;
    }
    points += static_cast<char32_t>(point);
    text.remove_prefix(static_cast<std::size_t>(length));
  }
  return points;
}

std::string utf8(std::u32string_view points) {
  std::string text;
  for (const char32_t point : points) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }
  return nfc(text);
}

bool ascii(char32_t c) { return c < 0x80; }
bool among(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }
bool small(char32_t c) {
  return utf8proc_tolower(static_cast<utf8proc_int32_t>(c)) == static_cast<utf8proc_int32_t>(c);
}
char32_t lowered(char32_t c) { return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))); }
char32_t raised(char32_t c) { return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c))); }
bool letter_or_mark(char32_t c) {
  if (c == U'º') return false;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

char32_t tcvn3_letter(char32_t c) {
  if (c < 0xA1 || c >= 0xA1 + kTcvn3.size()) return 0;
  const char32_t letter = kTcvn3[c - 0xA1];
  return letter == U'.' ? 0 : letter;
}

bool word_character(char32_t c, Code code) {
  if (ascii(c)) return std::isalnum(static_cast<int>(c)) != 0;
  if (code == Code::tcvn3) return tcvn3_letter(c) != 0;
  return c >= 0xC0 && c <= 0xFF && letter_or_mark(c);
}

// One word's letters; nothing when one of them is not of the code.
std::optional<std::u32string> decoded(std::u32string_view word, Code code) {
  std::u32string out;
  char32_t vowel = 0;  // that a mark of VNI may follow
  for (const char32_t c : word) {
    const char32_t low = lowered(c);
    if (code == Code::tcvn3) {
      out += ascii(c) ? c : tcvn3_letter(c);
      continue;
    }
    const auto mark = vowel == 0 ? kVniMarks.npos : kVniMarks.find(low);
    const auto letter = kVniSmall.find(low);
    if (mark != kVniMarks.npos && (mark < 5 || vowel == U'a' || (mark < 11 && (vowel == U'e' || vowel == U'o')))) {
      out += kVniCombining[mark];
      vowel = 0;
    } else if (letter != kVniSmall.npos) {
      out += small(c) ? kVniLetters[letter] : raised(kVniLetters[letter]);
      vowel = letter < 2 ? kVniLetters[letter] : 0;
    } else if (ascii(c)) {
      out += c;
      vowel = among(U"aeouy", low) ? low : 0;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

// What a conversion found: the text, and how far its words speak for it.
struct Conversion {
  std::u32string text;
  int words = 0;     // with letters of the code in them
  int wrong = 0;     // of these: neither syllable nor abbreviation when converted
  int proper = 0;    // of these: a syllable as they stand
  int evidence = 0;  // see weight()
  int foreign = 0;   // words in ASCII that are no Vietnamese ones
};

// How surely the word, a syllable once converted, is not meant as it stands: 0 to 4. Signs among letters ("Kh«ng") and
// capitals behind small letters ("HuyÖn") are in no ordinary text, æ å ø þ ß in none of this country; units and
// footnotes ("µm", "N·m", "so¹") prove nothing.
int weight(std::u32string_view word, Code code) {
  int most = code == Code::vni ? 0 : 1;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    if (ascii(c)) continue;
    const bool last = i + 1 == word.size();
    const bool beside = (i > 0 && !ascii(word[i - 1])) || (!last && !ascii(word[i + 1]));
    const bool inside = i > 0 && !last;
    if (code == Code::vni) {
      // ï and ù behind a vowel are French too: "Thaï", "où".
      const int alone = among(U"åäøû", lowered(c)) ? 2 : among(U"ïù", lowered(c)) ? 0 : 1;
      most = std::max(most, beside ? 4 : alone);
    } else if (among(U"µ·×÷", c)) {
      if (word.size() <= 3 && !beside) return 0;
      if (inside && word.size() > 3) return 4;
    } else if (c < 0xC0) {
      if (beside || (inside && c != 0xAD)) return 4;
      if (among(U"©ª«®¹»", c)) return 0;
    } else if (i > 0 && !small(c)) {
      most = 4;
    } else if (among(U"æåøþß", c)) {
      most = std::max(most, 2);
    }
  }
  return most;
}

bool abbreviation(std::u32string_view word) {
  return word.size() < 2 ||
         std::all_of(word.begin(), word.end(), [](char32_t c) { return !letter_or_mark(c) || lowered(c) != c; });
}

// `typed`: the word as the text has it, before any reading of it by a code page.
void convert_word(std::u32string_view word, std::u32string_view typed, Code code, Conversion& all) {
  const bool plain = std::all_of(word.begin(), word.end(), ascii);
  const auto letters = decoded(word, code);
  const std::string shown = letters ? utf8(*letters) : std::string();
  const bool figures = std::any_of(word.begin(), word.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
  all.text += letters.value_or(std::u32string(word));
  if (plain) {
    if (!figures && !abbreviation(word) && !is_syllable(shown)) ++all.foreign;
    return;
  }
  ++all.words;
  const bool as_it_stands = is_syllable(utf8(typed));
  if (as_it_stands) ++all.proper;
  if (!letters || figures) {
    ++all.wrong;
  } else if (is_syllable(shown)) {
    if (!as_it_stands && word.size() > 1) all.evidence += weight(word, code);
  } else if (!abbreviation(*letters)) {
    ++all.wrong;
  }
}

// Nothing when the text has letters that the code has not.
std::optional<Conversion> converted(std::u32string_view text, std::u32string_view typed, Code code) {
  Conversion all;
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), [&](char32_t c) { return word_character(c, code); });
    const auto length = static_cast<std::size_t>(end - text.begin());
    if (length > 0) {
      convert_word(text.substr(0, length), typed.substr(0, length), code, all);
      text.remove_prefix(length);
      typed.remove_prefix(length);
      continue;
    }
    if (!ascii(text[0]) && letter_or_mark(text[0])) return std::nullopt;
    all.text += text[0];
    text.remove_prefix(1);
    typed.remove_prefix(1);
  }
  return all;
}

// The text with the characters of Windows-1258 as those of 1252; nothing when it has none.
std::optional<std::u32string> read_by_1252(std::u32string text) {
  bool any = false;
  for (char32_t& c : text) {
    const auto at = kCp1258.find(c);
    if (at == kCp1258.npos) continue;
    c = kCp1258Bytes[at];
    any = true;
  }
  return any ? std::optional(std::move(text)) : std::nullopt;
}

bool lower_ascii_is(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) {
           return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
         });
}

std::optional<Code> code_of(std::string_view font) {
  if (lower_ascii_is(font, ".vn")) return Code::tcvn3;
  if (lower_ascii_is(font, "vni-")) return Code::vni;
  return std::nullopt;
}

// Of a text whose words are words either way: whether all its letters are those that Vietnamese uses more often as they
// stand ("Không", not "Khụng") than converted.
bool likely_unicode(std::u32string_view text, Code code) {
  const std::u32string_view common = code == Code::tcvn3 ? U"áâìóôú" : U"ó";
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return !ascii(c); }) &&
         std::all_of(text.begin(), text.end(),
                     [&](char32_t c) { return !word_character(c, code) || ascii(c) || among(common, lowered(c)); });
}

// ".VnTimeH"; a name written in small letters throughout may end in h as well.
bool shows_capitals(std::string_view font) {
  const bool all_small = std::none_of(font.begin(), font.end(), [](unsigned char c) { return std::isupper(c) != 0; });
  return font.ends_with('H') || (all_small && font.ends_with('h'));
}

}  // namespace

std::optional<std::string> from_legacy_font(std::string_view text, std::string_view font) {
  font = trimmed(font);
  const auto code = code_of(font);
  if (!code) return std::nullopt;
  const std::u32string points = code_points(text);
  auto found = converted(points, points, *code);
  if (!found) {
    const auto western = read_by_1252(points);
    if (western) found = converted(*western, points, *code);
    if (!found || found->wrong > 0 || found->proper == found->words) return std::nullopt;
  } else if (found->proper == found->words && (found->wrong > 0 || likely_unicode(points, *code))) {
    return std::nullopt;
  }
  if (*code == Code::tcvn3 && shows_capitals(font)) {
    std::transform(found->text.begin(), found->text.end(), found->text.begin(), raised);
  }
  return utf8(found->text);
}

std::optional<std::string> from_legacy_pattern(std::string_view text) {
  const bool plain =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  // The letters of Unicode from U+1E00 on begin with E1 B8 to E1 BB: nearly every Vietnamese text ends here.
  if (plain || text.find("\xE1\xBA") != text.npos || text.find("\xE1\xBB") != text.npos) return std::nullopt;
  const std::u32string points = code_points(text);
  std::optional<Conversion> sure;
  for (const Code code : {Code::tcvn3, Code::vni}) {
    const auto found = converted(points, points, code);
    if (!found || found->words == 0 || found->wrong > 0) continue;
    if (sure) return std::nullopt;  // could be either
    sure = *found;
  }
  if (!sure || sure->evidence < (sure->words > 1 ? 2 : 4) + 3 * sure->foreign) return std::nullopt;
  return utf8(sure->text);
}

}  // namespace tonghop
