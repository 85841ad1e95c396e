// Dynamic programming over pairs of rows.
#include "reconcile/alignment.h"

#include <algorithm>

#include "base/lost_letters.h"

namespace tonghop {
namespace {

constexpr double kPair = 0.62;        // a pair less alike than this is never made
constexpr double kInSequence = 0.15;  // for following the row before it, in the form and in what came back
constexpr double kAlias = 0.98;       // an alias speaks a little less for a row than its own caption
constexpr double kCaption = 0.5;      // captions less alike than this are none of the row's, whatever the number

constexpr double kAlike = 0.9;       // captions so alike need no search for lost letters
constexpr double kLost = 0.7;        // how well a caption must be the other with letters lost by a PDF
constexpr std::size_t kLegible = 8;  // bytes of a fold that lost letters leave recognisable

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string all = squeezed(text);
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find(' ', at), all.size());
    std::string word = fold(std::string_view(all).substr(at, end - at));
    if (!word.empty()) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

// One letter more, less or other; of numbers nothing.
bool nearly(const std::string& a, const std::string& b) {
  if (a.find_first_of("0123456789") != std::string::npos || b.find_first_of("0123456789") != std::string::npos)
    return false;
  const std::string& longer = a.size() < b.size() ? b : a;
  const std::string& shorter = a.size() < b.size() ? a : b;
  if (longer.size() - shorter.size() > 1 || shorter.size() < 2) return false;
  const auto [one, other] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  const std::ptrdiff_t same = one - shorter.begin();
  const std::ptrdiff_t skipped = longer.size() == shorter.size() ? 1 : 0;
  return std::equal(shorter.begin() + std::min<std::ptrdiff_t>(same + skipped, std::ssize(shorter)), shorter.end(),
                    longer.begin() + std::min<std::ptrdiff_t>(same + 1, std::ssize(longer)), longer.end());
}

}  // namespace

double caption_likeness(const KnownRow& row, const SeenRow& seen) {
  double best = 0;
  for (std::size_t i = 0; i < row.folds.size(); ++i) {
    if (row.folds[i] == *seen.fold) best = std::max(best, i == 0 ? 1.0 : kAlias);
  }
  if (best >= kAlias || seen.fold->empty()) return best;
  if (row.pairs.empty()) {
    for (const std::string& fold : row.folds) row.pairs.push_back(bigrams(fold));
  }
  for (const Bigrams& pairs : row.pairs) {
    // What they can have in common at most is told by their lengths.
    const double all = static_cast<double>(pairs.size() + seen.pairs.size());
    const double most = 2 * static_cast<double>(std::min(pairs.size(), seen.pairs.size())) / all;
    if (most >= kCaption && most > best) best = std::max(best, kAlias * similarity(pairs, seen.pairs));
  }
  if (best >= kAlike || seen.fold->size() < kLegible) return best;
  for (const std::string& fold : row.folds) {
    if (2 * seen.fold->size() < fold.size() || seen.fold->size() > 2 * fold.size()) continue;
    const double lost = lost_letters(*seen.fold, fold);
    if (lost >= kLost) best = std::max(best, kAlias * (0.9 + 0.1 * lost));
  }
  return best;
}

bool other_words(std::string_view seen, std::string_view printed) {
  std::vector<std::string> left = words_of(seen);
  std::vector<std::string> right = words_of(printed);
  const auto strike = [&](auto alike) {
    std::erase_if(left, [&](const std::string& word) {
      const auto other =
          std::find_if(right.begin(), right.end(), [&](const std::string& one) { return alike(word, one); });
      if (other == right.end()) return false;
      right.erase(other);
      return true;
    });
  };
  strike([](const std::string& a, const std::string& b) { return a == b; });
  strike(nearly);
  if (left.empty() && right.empty()) return false;
  return lost_letters(fold(seen), fold(printed)) < kLost;
}

Alignment align(const std::vector<KnownRow>& rows, std::span<const int> open, const std::vector<SeenRow>& seen,
                std::span<const int> left) {
  Alignment result;
  if (open.empty() || left.empty()) return result;
  const std::size_t width = left.size() + 1;
  // paired: best sum where open[i-1] and left[j-1] are partners, -1 where they cannot be; best: best sum of the first i
  // and j, however they end.
  std::vector<double> paired((open.size() + 1) * width, -1);
  std::vector<double> best((open.size() + 1) * width, 0);
  std::vector<double> like((open.size() + 1) * width, 0);
  for (std::size_t i = 1; i <= open.size(); ++i) {
    const KnownRow& row = rows[static_cast<std::size_t>(open[i - 1])];
    for (std::size_t j = 1; j <= left.size(); ++j) {
      const std::size_t at = i * width + j;
      const std::size_t before = at - width - 1;
      const SeenRow& other = seen[static_cast<std::size_t>(left[j - 1])];
      const double caption = caption_likeness(row, other);
      like[at] = 0.8 * caption + (row.number == other.number ? 0.2 : 0);
      if (like[at] >= kPair && caption >= kCaption) {
        const double follows = paired[before] < 0 ? -1 : paired[before] + kInSequence;
        paired[at] = like[at] + std::max(best[before], follows);
      }
      best[at] = std::max({paired[at], best[at - 1], best[at - width]});
    }
  }
  std::size_t i = open.size();
  std::size_t j = left.size();
  bool must_pair = false;  // the pair behind counted on this one
  while (i > 0 && j > 0) {
    const std::size_t at = i * width + j;
    const std::size_t before = at - width - 1;
    if (must_pair || (paired[at] >= 0 && paired[at] >= best[at])) {
      result.pairs.emplace_back(open[i - 1], left[j - 1]);
      result.sum += like[at];
      must_pair = paired[before] >= 0 && paired[before] + kInSequence >= best[before];
      --i, --j;
    } else if (best[at - width] >= best[at - 1]) {
      --i;
    } else {
      --j;
    }
  }
  std::reverse(result.pairs.begin(), result.pairs.end());
  return result;
}

}  // namespace tonghop
