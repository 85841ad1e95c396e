// The spelling of Vietnamese syllables: a list of onsets, a list of rhymes, and the rules between them.
#include "base/syllable.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

namespace tonghop {
namespace {

// Rhymes without tone.
constexpr auto kRhymes = std::to_array<std::string_view>(
    {"a",    "ac",  "ach", "ai",   "am",   "an",   "ang", "anh",  "ao",   "ap",  "at",   "au",   "ay",  "e",   "ec",
     "em",   "en",  "eng", "eo",   "ep",   "et",   "i",   "ia",   "ich",  "im",  "in",   "inh",  "ip",  "it",  "iu",
     "iêc",  "iêm", "iên", "iêng", "iêp",  "iêt",  "iêu", "o",    "oa",   "oac", "oach", "oai",  "oam", "oan", "oang",
     "oanh", "oao", "oap", "oat",  "oay",  "oc",   "oe",  "oen",  "oeo",  "oet", "oi",   "om",   "on",  "ong", "ooc",
     "oong", "op",  "ot",  "oăc",  "oăn",  "oăng", "oăt", "u",    "ua",   "uc",  "ui",   "um",   "un",  "ung", "up",
     "ut",   "uy",  "uya", "uych", "uynh", "uyt",  "uyu", "uyên", "uyêt", "uân", "uâng", "uât",  "uây", "uê",  "uêch",
     "uênh", "uôc", "uôi", "uôm",  "uôn",  "uông", "uôt", "uơ",   "y",    "yêm", "yên",  "yêng", "yêt", "yêu", "â",
     "âc",   "âm",  "ân",  "âng",  "âp",   "ât",   "âu",  "ây",   "ê",    "êch", "êm",   "ên",   "ênh", "êp",  "êt",
     "êu",   "ô",   "ôc",  "ôi",   "ôm",   "ôn",   "ông", "ôp",   "ôt",   "ăc",  "ăk",   "ăm",   "ăn",  "ăng", "ăp",
     "ăt",   "ơ",   "ơi",  "ơm",   "ơn",   "ơp",   "ơt",  "ư",    "ưa",   "ưc",  "ưi",   "ưng",  "ưt",  "ưu",  "ươc",
     "ươi",  "ươm", "ươn", "ương", "ươp",  "ươt",  "ươu"});

// Longest first, so that the first that fits is the onset.
constexpr auto kOnsets =
    std::to_array<std::string_view>({"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d",
                                     "đ",   "g",  "h",  "k",  "l",  "m",  "n",  "r",  "s",  "t",  "v",  "x", ""});

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

// c, g and ng are written k, gh and ngh before e, ê, i and y, and only there.
bool fits(std::string_view onset, std::string_view rhyme) {
  const bool front = starts_with_any(rhyme, {"e", "ê", "i", "y"});
  if (onset == "k") return front || rhyme == "ăk";
  if (onset == "gh" || onset == "ngh") return front && !rhyme.starts_with("y");
  if (onset == "c" || onset == "ng") return !front;
  if (onset == "g") return !front || rhyme.starts_with("i");  // "gì", "giếng": g and i, written as gi
  if (onset == "gi") return !rhyme.starts_with("i") && !rhyme.starts_with("y");
  if (onset == "qu") return !starts_with_any(rhyme, {"o", "u", "ư"});
  // y writes the bare vowel after few letters, and the glide of yê only where nothing stands before it.
  if (rhyme == "y") return starts_with_any(onset, {"h", "k", "l", "m", "s", "t"}) || onset.empty();
  return !rhyme.starts_with("y") || onset.empty();
}

bool is_rhyme(std::string_view rhyme, std::string_view onset) {
  if (std::find(kRhymes.begin(), kRhymes.end(), rhyme) != kRhymes.end()) return true;
  return onset == "qu" && (rhyme == "ynh" || rhyme == "yt" || rhyme == "ych");
}

bool is_tone(std::string_view mark) {
  return mark == "\u0300" || mark == "\u0301" || mark == "\u0303" || mark == "\u0309" || mark == "\u0323";
}

// The word in lower case, composed, without its tone mark, which goes to `tone`; "" with more than one.
std::string without_tone(const std::string& word, std::string& tone) {
  const auto mapped = [](const std::string& text, int options) {
    utf8proc_uint8_t* raw = nullptr;
    const auto length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &raw, static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
    const std::string out =
        length > 0 ? std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)) : std::string();
    std::free(raw);
    return out;
  };
  std::string rest;
  const std::string parts = mapped(word, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
  for (std::size_t i = 0; i < parts.size();) {
    const std::string_view mark = std::string_view(parts).substr(i, 2);
    if (!is_tone(mark)) {
      rest += parts[i++];
      continue;
    }
    if (!tone.empty()) return {};
    tone = mark;
    i += 2;
  }
  return mapped(rest, UTF8PROC_COMPOSE);
}

}  // namespace

bool is_syllable(std::string_view word) {
  if (word.empty() || word.size() > 24) return false;  // bytes: no syllable has more than seven letters
  std::string tone;
  const std::string letters = without_tone(std::string(word), tone);
  const bool stop = letters.ends_with('c') || letters.ends_with("ch") || letters.ends_with('k') ||
                    letters.ends_with('p') || letters.ends_with('t');
  for (const std::string_view onset : kOnsets) {
    if (!letters.starts_with(onset)) continue;
    const std::string_view rhyme = std::string_view(letters).substr(onset.size());
    if (!is_rhyme(rhyme, onset) || !fits(onset, rhyme)) continue;
    return !stop || tone == "\u0301" || tone == "\u0323";
  }
  return false;
}

}  // namespace tonghop
