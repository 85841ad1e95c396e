// Unicode text over utf8proc; comparison keys for captions.
#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

namespace tonghop {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Calls use(code point, its bytes) along the text; bad bytes come as U+FFFD, one at a time.
template <typename Use>
void each_code_point(std::string_view text, Use use) {
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &point);
    if (length <= 0) {
      length = 1;
      point = 0xFFFD;
    }
    use(point, text.substr(0, static_cast<std::size_t>(length)));
    text.remove_prefix(static_cast<std::size_t>(length));
  }
}

void append(std::string& out, utf8proc_int32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(point, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

bool is_space(utf8proc_int32_t point) {
  switch (point) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '\v':
    case '\f':
    case 0x00A0:  // no-break space
    case 0x200B:  // zero-width space
    case 0x200C:
    case 0x200D:
    case 0x2060:  // word joiner
    case 0xFEFF:  // byte order mark inside text
      return true;
    default:
      return point >= 0x80 && utf8proc_category(point) == UTF8PROC_CATEGORY_ZS;
  }
}

std::string mapped(std::string_view text, int options) {
  const std::string clean = clean_utf8(text);
  utf8proc_uint8_t* raw = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(clean.data()), static_cast<utf8proc_ssize_t>(clean.size()),
                   &raw, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
  if (length < 0) return clean;
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)};
}

// The five tone marks of Vietnamese, as combining characters; 0 for anything else. A fold has control characters for
// them, which no text of a workbook has: a digit would make "mà" and "ma 1" one.
char tone(utf8proc_int32_t point) {
  switch (point) {
    case 0x0300:
      return '\1';  // grave
    case 0x0301:
      return '\2';  // acute
    case 0x0309:
      return '\3';  // hook above
    case 0x0303:
      return '\4';  // tilde
    case 0x0323:
      return '\5';  // dot below
    default:
      return 0;
  }
}

// The Latin letter, in lower case, that a Cyrillic or Greek one or a slip of the keyboard looks like; else the same.
// Not Greek mu, which is the micro of units, and no letter whose capital only looks like another's.
utf8proc_int32_t look_alike(utf8proc_int32_t point) {
  constexpr std::u32string_view kSeen = U"авеіјкмнорѕстухһԁαβικορτχıɖð\u030C";
  constexpr std::u32string_view kMeant = U"abeijkmhopsctyxhdabikoptxiđđ\u0306";
  static_assert(kSeen.size() == kMeant.size());
  if (point < 0x80 || (point >= 0x0300 && point <= 0x0323 && point != 0x030C)) return point;  // nearly all
  const auto at = kSeen.find(static_cast<char32_t>(point));
  return at == kSeen.npos ? point : static_cast<utf8proc_int32_t>(kMeant[at]);
}

// Without the letter that stands for a bullet: Word's second level is an o, and a Wingdings arrow or tick set in
// another font shows as Ø or ü.
std::string_view without_bullet(std::string_view text) {
  const std::string_view whole = trimmed(text);
  for (const std::string_view bullet : {"o", "Ø", "ü"}) {
    if (!whole.starts_with(bullet)) continue;
    const std::string_view rest = whole.substr(bullet.size());
    const std::string_view caption = trimmed(rest);
    const bool digit = !caption.empty() && std::isdigit(static_cast<unsigned char>(caption[0])) != 0;
    if (!caption.empty() && !digit && caption.size() < rest.size() && !caption.starts_with('=')) return caption;
  }
  return text;
}

}  // namespace

std::string clean_utf8(std::string_view text) {
  if (ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  each_code_point(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    if (point == 0xFFFD) {
      out += kReplacement;
    } else {
      out += bytes;
    }
  });
  return out;
}

std::string nfc(std::string_view text) {
  if (ascii(text)) return std::string(text);
  return mapped(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

std::string plain(std::string_view text) {
  if (ascii(text)) return std::string(text);
  return mapped(text, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
}

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  each_code_point(text, [&](utf8proc_int32_t point, std::string_view) { append(out, utf8proc_tolower(point)); });
  return out;
}

std::string without_marks(std::string_view text) {
  std::string out;
  each_code_point(mapped(text, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE), [&](utf8proc_int32_t point, std::string_view) {
    if (point >= 0x0300 && point <= 0x036F) return;
    append(out, point == 0x0111 ? 'd' : point == 0x0110 ? 'D' : point);
  });
  return out;
}

std::string_view trimmed(std::string_view text) {
  std::size_t first = text.size();
  std::size_t last = 0;
  each_code_point(text, [&, at = std::size_t{0}](utf8proc_int32_t point, std::string_view bytes) mutable {
    if (!is_space(point)) {
      first = std::min(first, at);
      last = at + bytes.size();
    }
    at += bytes.size();
  });
  return first < last ? text.substr(first, last - first) : std::string_view{};
}

std::string squeezed(std::string_view text) {
  std::string out;
  bool blank = false;
  each_code_point(trimmed(text), [&](utf8proc_int32_t point, std::string_view bytes) {
    if (is_space(point)) {
      blank = true;
      return;
    }
    if (blank) out += ' ';
    blank = false;
    out += bytes;
  });
  return out;
}

namespace {

// `loose`: letters that are often confused in captions count as one.
std::string folded(std::string_view text, bool loose) {
  const std::string parts = mapped(loose ? without_bullet(text) : text,
                                   UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_STABLE);
  std::string out;
  std::string tones;          // of the syllable under way
  bool digit_before = false;  // out ends with a digit
  bool between = false;       // and something that leaves nothing came since
  out.reserve(parts.size());
  const auto end_syllable = [&] {
    out += tones;
    tones.clear();
  };
  each_code_point(parts, [&](utf8proc_int32_t point, std::string_view) {
    point = look_alike(point);
    const auto category = utf8proc_category(point);
    if (const char mark = tone(point)) {
      tones += mark;
      return;
    }
    if (category == UTF8PROC_CATEGORY_CF || point == 0x0307) return;  // soft hyphen, zero width; the dot of a Turkish i
    const bool digit =
        category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL || category == UTF8PROC_CATEGORY_NO;
    const bool letter = category <= UTF8PROC_CATEGORY_MC && category >= UTF8PROC_CATEGORY_LU;
    const bool sign = point == '%' || point == '=' || point == 0x2030 || (point >= 1 && point <= 5);
    if (!digit && !letter && !sign) {
      end_syllable();  // white space and punctuation end a syllable and leave nothing
      between = true;
      return;
    }
    if (!letter) end_syllable();
    if (digit && digit_before && between) out += '.';  // 1.1.2 is not 11.2
    digit_before = digit;
    between = false;
    if (point == 0x0335 || point == 0x0336) {  // a stroke laid over the letter before
      if (!loose && out.ends_with('d')) out.replace(out.size() - 1, 1, "đ");
    } else if (loose && point == 0x0111) {  // d with stroke
      out += 'd';
    } else if (loose && point == 'y') {
      out += 'i';
    } else {
      append(out, point);
    }
  });
  end_syllable();
  return out;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  const std::string text = squeezed(nfc(name));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (std::string word = fold_name(text.substr(at, end - at)); !word.empty()) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

}  // namespace

std::string fold(std::string_view text) { return folded(text, true); }

std::string fold_name(std::string_view text) { return folded(text, false); }

bool is_called(std::string_view name, std::string_view called) {
  const std::vector<std::string> words = words_of(name);
  const std::vector<std::string> wanted = words_of(called);
  return !wanted.empty() && wanted.size() <= words.size() && std::equal(wanted.begin(), wanted.end(), words.begin());
}

Bigrams bigrams(std::string_view folded) {
  Bigrams pairs;
  if (folded.size() < 2) {
    if (!folded.empty()) pairs.push_back(static_cast<unsigned char>(folded[0]));
    return pairs;
  }
  pairs.reserve(folded.size() - 1);
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    pairs.push_back(static_cast<std::uint16_t>(static_cast<unsigned char>(folded[i]) << 8 |
                                               static_cast<unsigned char>(folded[i + 1])));
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

double similarity(const Bigrams& a, const Bigrams& b) {
  if (a.empty() && b.empty()) return 1;
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      ++common, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  each_code_point(text, [&](utf8proc_int32_t point, std::string_view) { units += point >= 0x10000 ? 2 : 1; });
  return units;
}

std::string_view utf16_prefix(std::string_view text, std::size_t units) {
  std::size_t bytes_kept = 0;
  std::size_t used = 0;
  each_code_point(text, [&](utf8proc_int32_t point, std::string_view bytes) {
    used += point >= 0x10000 ? 2 : 1;
    if (used <= units) bytes_kept += bytes.size();
  });
  return text.substr(0, bytes_kept);
}

std::size_t nearest(std::string_view word, std::span<const std::string> candidates) {
  std::size_t best = candidates.size();
  std::size_t best_distance = word.size() / 3 + 1;  // one more than is still near
  // Changes, gaps and swapped neighbours count one each; the rows of the table for this letter and the two before it.
  std::vector<std::size_t> row, above, above_that;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const std::string& candidate = candidates[c];
    row.resize(candidate.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < word.size(); ++i) {
      above_that = std::exchange(above, row);
      row[0] = i + 1;
      for (std::size_t j = 0; j < candidate.size(); ++j) {
        const std::size_t change = above[j] + (word[i] == candidate[j] ? 0 : 1);
        row[j + 1] = std::min({row[j] + 1, above[j + 1] + 1, change});
        const bool swapped = i > 0 && j > 0 && word[i] == candidate[j - 1] && word[i - 1] == candidate[j];
        if (swapped) row[j + 1] = std::min(row[j + 1], above_that[j - 1] + 1);
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = c;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::size_t best = nearest(word, candidates);
  return best == candidates.size() ? "" : ", did you mean \"" + candidates[best] + "\"?";
}

std::string filled(std::string_view pattern, std::span<const std::pair<std::string, std::string>> details) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto found =
        std::find_if(details.begin(), details.end(), [&](const auto& detail) { return detail.first == name; });
    out += pattern.substr(0, open);
    out += found == details.end() ? pattern.substr(open, close - open + 1) : std::string_view(found->second);
    pattern.remove_prefix(close + 1);
  }
  out += pattern;
  return out;
}

}  // namespace tonghop
