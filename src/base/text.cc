// Unicode text over utf8proc; comparison keys for captions.
#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>
#include <vector>

#include "base/code_point.h"

namespace tonghop {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Whether this is so of every code point, and all of them are usual ones.
bool is_usual(std::string_view text, bool UsualPoint::*so) {
  const UsualPoints& usual = UsualPoints::get();
  while (!text.empty()) {
    const auto other = std::find_if(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) < 0; });
    text.remove_prefix(static_cast<std::size_t>(other - text.begin()));  // ASCII is all of it
    if (text.empty()) break;
    const CodePoint first = first_of(text);
    if (!(usual[first.point].*so)) return false;
    text.remove_prefix(first.length);
  }
  return true;
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
  if (is_usual(text, &UsualPoint::composed)) return std::string(text);
  return mapped(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

std::string plain(std::string_view text) {
  if (is_usual(text, &UsualPoint::plain)) return std::string(text);
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
  while (!text.empty()) {
    const CodePoint first = first_of(text);
    if (!is_space(first.point)) break;
    text.remove_prefix(first.length);
  }
  while (!text.empty()) {
    // The byte that the last code point begins with: none inside is ASCII or begins another.
    std::size_t begin = text.size() - 1;
    while (begin > 0 && text.size() - begin < 4 && (text[begin] & 0xC0) == 0x80) --begin;
    const CodePoint last = first_of(text.substr(begin));
    if (last.length != text.size() - begin || !is_space(last.point)) break;  // a bad byte is no white space
    text.remove_suffix(last.length);
  }
  return text;
}

bool has_text(std::string_view text) { return !trimmed(text).empty(); }

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

// Takes the code points of a decomposed text in lower case one by one. `loose`: letters that are often confused in
// captions count as one.
class Folder {
 public:
  Folder(bool loose, std::size_t bytes) : loose_(loose) { out_.reserve(bytes); }

  void take(const FoldStep& step) {
    using Kind = FoldStep::Kind;
    if (step.kind == Kind::nothing) return;
    if (step.kind == Kind::tone) {
      tones_ += static_cast<char>(step.point);
      return;
    }
    if (step.kind != Kind::letter) end_syllable();
    if (step.kind == Kind::gap) {  // white space and punctuation end a syllable and leave nothing
      between_ = true;
      return;
    }
    const bool digit = step.kind == Kind::digit;
    if (digit && digit_before_ && between_) out_ += '.';  // 1.1.2 is not 11.2
    digit_before_ = digit;
    between_ = false;
    if (step.point == 0x0335 || step.point == 0x0336) {  // a stroke laid over the letter before
      if (!loose_ && out_.ends_with('d')) out_.replace(out_.size() - 1, 1, "đ");
    } else if (loose_ && step.point == 0x0111) {  // d with stroke
      out_ += 'd';
    } else if (loose_ && step.point == 'y') {
      out_ += 'i';
    } else {
      append(out_, step.point);
    }
  }

  std::string end() {
    end_syllable();
    return std::move(out_);
  }

 private:
  void end_syllable() {
    out_ += tones_;
    tones_.clear();
  }

  bool loose_;
  std::string out_;
  std::string tones_;          // of the syllable under way
  bool digit_before_ = false;  // what is written ends with a digit
  bool between_ = false;       // and something that leaves nothing came since
};

std::string folded(std::string_view text, bool loose) {
  if (loose) text = without_bullet(text);
  Folder folder(loose, text.size());
  if (is_usual(text, &UsualPoint::known)) {
    const UsualPoints& usual = UsualPoints::get();
    each_code_point(text, [&](utf8proc_int32_t point, std::string_view) {
      for (const FoldStep& step : usual.steps(usual[point])) folder.take(step);
    });
  } else {
    const int options = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_STABLE;
    each_code_point(mapped(text, options),
                    [&](utf8proc_int32_t point, std::string_view) { folder.take(fold_step(point)); });
  }
  return folder.end();
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
