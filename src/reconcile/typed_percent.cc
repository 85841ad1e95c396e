// Percentages as text.
#include <algorithm>

#include "base/text.h"
#include "reconcile/grammar.h"
#include "reconcile/numeral.h"
#include "reconcile/token.h"

namespace tonghop {
namespace {

constexpr int kShareDigits = 9;  // of a fraction that stands for its percentage

using Fraction = std::pair<Decimal, Decimal>;

Decimal share_of(const Fraction& fraction) { return quotient(fraction.first, fraction.second, kShareDigits); }

class Grammar {
 public:
  Grammar(std::string_view line, const Input& asked, const Vocabulary& vocabulary)
      : line_(line), asked_(asked), vocabulary_(vocabulary) {}

  Reading read() const {
    if (line_.find_first_of("0123456789") == std::string_view::npos) return in_words();
    if (const auto whole = fraction(line_)) return alone(*whole);
    if (const auto number = headed()) return *number;
    return longer();
  }

 private:
  // The parts of a share: neither nothing nor less than the part.
  std::optional<Fraction> fraction(std::string_view text) const {
    const auto read = read_fraction(text, asked_, vocabulary_);
    if (!read || read->second == Decimal() || read->first > read->second) return std::nullopt;
    return read;
  }

  Reading alone(const Fraction& fraction) const {
    if (looks_like_month(fraction)) return unreadable();
    Reading reading = settled(Status::extracted, share_of(fraction));
    reading.decimals = kShareDigits - 2;
    if (fraction.second != Decimal(100)) set_parts(reading, fraction);  // "45/100" is 45 %, nobody counted a hundred
    return reading;
  }

  static void set_parts(Reading& reading, const Fraction& fraction) {
    reading.numerator = fraction.first;
    reading.denominator = fraction.second;
  }

  // "one hundred per cent".
  Reading in_words() const {
    for (std::size_t blank = line_.find(' '); blank < 40; blank = line_.find(' ', blank + 1)) {
      const auto number = vocabulary_.number(line_.substr(0, blank));
      if (number && *number <= 100 && percent_sign(line_.substr(blank + 1)) == line_.size() - blank - 1) {
        return settled(Status::extracted, Decimal(*number).scaled(-2));
      }
    }
    return unreadable();
  }

  // Bytes of the sign or the words for it that the text begins with.
  std::size_t percent_sign(std::string_view text) const {
    if (text.starts_with('%')) return 1;
    const Neighbour word = vocabulary_.beside_after(text);
    return word.means == Beside::percent ? word.length : 0;
  }

  // The percentage first, its parts or a remark in brackets: "99,62% (523/525)", "100 (01 dossier)".
  std::optional<Reading> headed() const {
    const Bracketed parts = split_bracket(line_);
    const std::size_t end = std::min(parts.head.find_first_not_of("0123456789., "), parts.head.size());
    const std::string_view numeral = trimmed(parts.head.substr(0, end));
    const std::string_view behind = trimmed(parts.head.substr(end));
    const std::size_t sign = percent_sign(behind);
    if (numeral.empty() || numeral.front() == '.' || numeral.front() == ',') return std::nullopt;
    if (sign != behind.size() || !numerals_in(parts.tail, asked_, vocabulary_).empty()) return std::nullopt;
    Reading reading = one_of(parts.inside.empty() ? Status::normalized : Status::extracted,
                             percent_readings(read_numeral(numeral), sign > 0));
    reading.decimals = digits_after_mark(numeral);
    reading.longer = !parts.inside.empty();
    if (reading.status == Status::unreadable || parts.inside.empty()) return reading;
    if (const auto inside = fraction_in(parts.inside)) {
      settle(reading, share_of(*inside),
             [&](const Decimal& value) { return agrees(value, reading.decimals, inside->first, inside->second); });
      if (reading.value) set_parts(reading, *inside);
      return reading;
    }
    for (const Token& token : numerals_in(parts.inside, asked_, vocabulary_)) {
      if (!token.share || token.doubt || token.broken) continue;
      for (const Decimal& share : percent_readings(read_numeral(token.text), true)) {
        settle(reading, share, [&](const Decimal& value) { return value == share; });
      }
    }
    return reading;
  }

  // What the brackets say decides between two readings, and casts doubt on one that it contradicts.
  template <class Fits>
  static void settle(Reading& reading, const Decimal& other, Fits fits) {
    if (reading.value) {
      if (fits(*reading.value)) return;
      const int decimals = reading.decimals;
      reading = doubtful({*reading.value, other});
      reading.decimals = decimals;
      reading.longer = true;
      return;
    }
    const auto chosen = std::find_if(reading.candidates.begin(), reading.candidates.end(), fits);
    if (chosen == reading.candidates.end()) return;
    reading.value = *chosen;
    reading.candidates.clear();
    reading.status = Status::extracted;
  }

  // A longer text: only a number with its sign is surely the percentage, and other numbers must say what they are.
  Reading longer() const {
    const std::vector<Token> tokens = numerals_in(line_, asked_, vocabulary_);
    std::vector<Decimal> shares;
    std::optional<Fraction> parts;
    bool doubt = line_.find('+') != std::string_view::npos;
    int decimals = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& token = tokens[i];
      if (token.broken) return unreadable();
      if (token.share) {
        const std::vector<Decimal> readings = percent_readings(read_numeral(token.text), true);
        if (readings.empty()) return unreadable();
        for (const Decimal& share : readings) add_new(shares, share);
        decimals = digits_after_mark(token.text);
        doubt = doubt || token.doubt;
      } else if (const auto two = fraction_at(line_, tokens, i); two && !parts) {
        parts = two;
        ++i;
      } else if (!token.unit) {
        doubt = true;
      }
    }
    if (shares.empty()) return unreadable();
    Reading reading = doubt ? doubtful(std::move(shares)) : one_of(Status::extracted, std::move(shares));
    reading.decimals = decimals;
    reading.longer = true;
    if (reading.value && parts) {
      settle(reading, share_of(*parts),
             [&](const Decimal& value) { return agrees(value, decimals, parts->first, parts->second); });
      if (reading.value) set_parts(reading, *parts);
    }
    return reading;
  }

  // "523/525" or "523 dossiers/525" from this token of the text on.
  std::optional<Fraction> fraction_at(std::string_view text, const std::vector<Token>& tokens, std::size_t i) const {
    if (i + 1 >= tokens.size() || tokens[i].doubt || tokens[i + 1].share || tokens[i + 1].broken) return std::nullopt;
    return fraction(text.substr(tokens[i].begin, tokens[i + 1].end - tokens[i].begin));
  }

  // The only numbers of this text.
  std::optional<Fraction> fraction_in(std::string_view text) const {
    const std::vector<Token> tokens = numerals_in(text, asked_, vocabulary_);
    return tokens.size() == 2 && !tokens[0].broken ? fraction_at(text, tokens, 0) : std::nullopt;
  }

  std::string_view line_;
  const Input& asked_;
  const Vocabulary& vocabulary_;
};

}  // namespace

Reading read_percent_text(std::string_view line, const Input& asked, const Vocabulary& vocabulary) {
  return Grammar(line, asked, vocabulary).read();
}

}  // namespace tonghop
