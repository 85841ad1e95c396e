// One walk along both folds: each symbol of `seen` is looked for a few symbols ahead in `printed`.
#include "base/lost_letters.h"

#include <cstddef>

namespace tonghop {
namespace {

constexpr double kMark = 0.25;  // a mark is a quarter of a letter
constexpr double kWrong = 3;    // a letter that is another weighs as three that are lost
constexpr double kMostLost = 0.35;
constexpr int kLettersAWrong = 24;

enum class Part { letter, mark, figure, none };

// Folds have combining marks of two bytes, of which the second tells, and tones as control characters.
Part part(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0xC0) return Part::none;
  if (byte >= 0x80 || byte < 0x20) return Part::mark;
  return byte >= 'a' && byte <= 'z' ? Part::letter : Part::figure;
}

bool vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// What stands between the place and the next: how much is skipped, and whether a PDF loses that.
struct Gap {
  double weight = 0;
  int letters = 0;
  bool likely = true;

  void add(char c) {
    switch (part(c)) {
      case Part::letter:
        if (letters == 1 && !vowel_first) likely = false;
        if (letters == 0) vowel_first = vowel(c);
        if (++letters > 2) likely = false;
        weight += 1;
        break;
      case Part::mark:
        weight += kMark;
        break;
      case Part::figure:
        likely = false;
        break;
      case Part::none:
        break;
    }
  }

 private:
  bool vowel_first = false;
};

}  // namespace

double lost_letters(std::string_view seen, std::string_view printed) {
  if (seen.size() > printed.size() + printed.size() / 12 || seen.size() < printed.size() / 2) return 0;
  int letters = 0;
  for (const char c : printed) letters += part(c) == Part::letter ? 1 : 0;
  double lost = 0;
  double wrong = 0;
  std::size_t at = 0;  // in `printed`
  for (const char c : seen) {
    const Part kind = part(c);
    if (kind == Part::none) continue;
    Gap gap;
    std::size_t next = at;
    while (next < printed.size() && printed[next] != c && gap.likely) gap.add(printed[next++]);
    if (next < printed.size() && printed[next] == c && gap.likely && (at > 0 || gap.letters < 2)) {
      lost += gap.weight;
      at = next + 1;
      continue;
    }
    if (kind == Part::figure) return 0;
    wrong += kind == Part::letter ? 1 : kMark;
    if (wrong * kLettersAWrong > letters) return 0;
  }
  Gap end;
  for (const char c : printed.substr(at)) end.add(c);
  lost += end.weight;
  if (!end.likely || end.letters > 1 || letters == 0 || lost > kMostLost * letters) return 0;
  const double score = 1 - (lost + kWrong * wrong) / letters;
  return score > 0 ? score : 0;
}

}  // namespace tonghop
