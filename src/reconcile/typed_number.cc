// Counts and amounts as text.
#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "reconcile/grammar.h"
#include "reconcile/numeral.h"
#include "reconcile/token.h"

namespace tonghop {
namespace {

std::vector<Decimal> readings_for(Kind kind, std::string_view numeral) {
  return kind == Kind::count ? count_readings(numeral) : amount_readings(numeral);
}

bool has_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (letter_at(text, at)) return true;
  }
  return false;
}

class Grammar {
 public:
  Grammar(std::string_view line, const Input& asked, const Vocabulary& vocabulary)
      : line_(line), asked_(asked), vocabulary_(vocabulary) {}

  Reading read() const {
    if (const auto number = plain(line_)) return *number;
    if (line_.find_first_of("0123456789") == std::string_view::npos) return in_words();
    if (const auto number = fraction()) return *number;
    if (const auto number = bracketed()) return *number;
    return longer();
  }

 private:
  std::optional<Reading> plain(std::string_view text) const {
    const auto typed = plain_numeral(text, asked_, vocabulary_);
    if (!typed) return std::nullopt;
    const std::string_view numeral = typed->numeral;
    const bool digits = numeral.find_first_not_of("0123456789") == std::string_view::npos;
    std::vector<Decimal> readings = readings_for(asked_.kind, numeral);
    if (digits && numeral.size() > 5 && numeral[0] == '0') return doubtful(std::move(readings));  // a telephone number?
    const bool plainly = !typed->unit && digits && (numeral.size() == 1 || numeral[0] != '0');
    return one_of(plainly ? Status::exact : Status::normalized, std::move(readings));
  }

  // "five", "five dossiers".
  Reading in_words() const {
    if (const auto number = vocabulary_.number(line_)) return settled(Status::normalized, *number);
    for (std::size_t blank = line_.find(' '); blank != std::string_view::npos; blank = line_.find(' ', blank + 1)) {
      const auto number = vocabulary_.number(line_.substr(0, blank));
      if (number && vocabulary_.is_unit(line_.substr(blank), asked_)) return settled(Status::extracted, *number);
      if (blank > 40) break;  // no number in words is longer
    }
    return unreadable();
  }

  // "08/21", "08/21 (38,1%)".
  std::optional<Reading> fraction() const {
    if (asked_.kind != Kind::count) return std::nullopt;
    const Bracketed parts = split_bracket(line_);
    const auto read = read_fraction(parts.head, asked_, vocabulary_);
    if (!read || !quantities(parts.inside).empty() || !quantities(parts.tail).empty()) return std::nullopt;
    if (looks_like_month(*read)) return doubtful({read->first});
    if (read->first > read->second) return one_of(Status::extracted, {read->first, read->second});
    Reading reading = settled(Status::extracted, read->first);
    reading.whole = read->second;
    return reading;
  }

  // "77 (province 54, district 23)", "5 (five)".
  std::optional<Reading> bracketed() const {
    const Bracketed parts = split_bracket(line_);
    if (parts.inside.empty()) return std::nullopt;
    if (parts.head.empty() && parts.tail.empty()) {  // "(5)": bookkeepers mean -5
      if (const auto number = plain(parts.inside))
        return doubtful(number->value ? std::vector{*number->value} : number->candidates);
      return std::nullopt;
    }
    const auto number = plain(parts.head);
    if (!number || !number->value || !quantities(parts.tail).empty()) return std::nullopt;
    if (const auto word = vocabulary_.number(parts.inside)) {
      if (*number->value != Decimal(*word)) return doubtful({*number->value, *word});
      const bool nothing_else = parts.tail.empty() || vocabulary_.is_unit(parts.tail, asked_);
      return settled(nothing_else ? Status::normalized : Status::extracted, *number->value);
    }
    Reading reading = settled(Status::extracted, *number->value);
    for (const Token& token : quantities(parts.inside)) {
      const auto part = readings_for(asked_.kind, token.text);
      if (token.broken || token.doubt || token.chained || part.size() != 1) {
        reading.parts.clear();
        break;
      }
      reading.parts.push_back(part[0]);
    }
    return reading;
  }

  // A share is no count.
  std::vector<Token> quantities(std::string_view text) const {
    std::vector<Token> tokens = numerals_in(text, asked_, vocabulary_);
    std::erase_if(tokens, [](const Token& token) { return token.share && !token.broken; });
    return tokens;
  }

  Reading longer() const {
    const std::vector<Token> tokens = quantities(line_);
    std::vector<Decimal> found;  // all different ones
    std::vector<Decimal> first;  // of each token, when it has one reading
    bool doubt = false;
    for (const Token& token : tokens) {
      const std::vector<Decimal> readings = readings_for(asked_.kind, token.text);
      if (token.broken || readings.empty()) return unreadable();
      for (const Decimal& value : readings) add_new(found, value);
      if (readings.size() == 1) first.push_back(readings[0]);
      doubt = doubt || token.doubt;
    }
    if (doubt) return doubtful(std::move(found));
    if (tokens.size() == 2 && tokens[1].unit && tokens[0].chained) {  // "finished 8/21 tasks"
      const auto two = line_.substr(tokens[0].begin, tokens[1].end - tokens[0].begin);
      if (const auto part = Grammar(two, asked_, vocabulary_).fraction(); part && part->value) return *part;
    }
    if (first.size() == tokens.size() && tokens.size() > 1) {
      if (const auto sum = added(tokens, first)) return *sum;
      // "5 here, 5 there" is not 5, though "5 = 5" is.
      const std::string_view between = line_.substr(tokens[0].end, tokens[1].begin - tokens[0].end);
      if (found.size() == 1 && between.find('=') == std::string_view::npos) return doubtful(std::move(found));
    }
    return one_of(Status::extracted, std::move(found));
  }

  // "5 + 3 = 8" and "in all 77, of which 54 here; 23 there"; of "5 + 3" alone nobody said that 8 is meant.
  std::optional<Reading> added(const std::vector<Token>& tokens, const std::vector<Decimal>& values) const {
    const auto between = [&](std::size_t i) {
      return line_.substr(tokens[i].end, tokens[i + 1].begin - tokens[i].end);
    };
    const auto says = [&](std::size_t i, char sign) { return between(i).find(sign) != std::string_view::npos; };
    const std::size_t last = values.size() - 1;
    const bool total_last = says(last - 1, '=');
    bool plus = true;
    bool words = true;
    for (std::size_t i = 0; i < last; ++i) {
      plus = plus && (says(i, '+') || (total_last && i + 1 == last));
      words = words && (has_letter(between(i)) || says(i, '=') || says(i, '+'));
    }
    const Decimal total = std::accumulate(values.begin(), values.end(), Decimal());
    const auto whole = [&](std::size_t at) {
      Reading reading = settled(Status::extracted, values[at]);
      reading.parts = values;
      reading.parts.erase(reading.parts.begin() + static_cast<std::ptrdiff_t>(at));
      return reading;
    };
    if (values.size() > 2 && plus && total_last) {
      if (total - values[last] == values[last]) return whole(last);
      return doubtful({total - values[last], values[last]});
    }
    if (plus && !total_last) return doubtful({total});
    if (values.size() > 2 && words && total - values[0] == values[0]) return whole(0);
    return std::nullopt;
  }

  std::string_view line_;
  const Input& asked_;
  const Vocabulary& vocabulary_;
};

}  // namespace

Reading read_number_text(std::string_view line, const Input& asked, const Vocabulary& vocabulary) {
  return Grammar(line, asked, vocabulary).read();
}

}  // namespace tonghop
