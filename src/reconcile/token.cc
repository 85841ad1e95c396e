// Text -> the numbers in it.
#include "reconcile/token.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "reconcile/numeral.h"

namespace tonghop {
namespace {

constexpr std::size_t kEnough = 50;  // a text of more numbers is no answer

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Blanks and line ends are all the white space that typed_line() leaves.
std::string_view without_front(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \n"), text.size()));
}
std::string_view without_back(std::string_view text) { return text.substr(0, text.find_last_not_of(" \n") + 1); }

struct Run {
  std::size_t begin, end;
};

// Digits with marks between them.
std::vector<Run> runs_in(std::string_view text) {
  std::vector<Run> runs;
  for (std::size_t at = 0; at < text.size() && runs.size() <= kEnough;) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    const auto mark_inside = [&] {
      return (text[end] == '.' || text[end] == ',') && end + 1 < text.size() && is_digit(text[end + 1]);
    };
    while (end < text.size() && (is_digit(text[end]) || mark_inside())) ++end;
    runs.push_back({at, end});
    at = end;
  }
  return runs;
}

bool is_year(std::string_view text) {
  return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && is_digit(text[2]) &&
         is_digit(text[3]);
}

// "30/6/2023", "30-6-23", "2023-06-30", "30.6.2023".
bool is_date(std::string_view text) {
  const std::size_t first = text.find_first_of("/-.");
  const std::size_t second = first == text.npos ? first : text.find(text[first], first + 1);
  if (second == text.npos || text.find_first_of("/-.,", second + 1) != text.npos) return false;
  const std::size_t middle = second - first - 1;
  const std::size_t last = text.size() - second - 1;
  if (first == 4) return is_year(text.substr(0, 4)) && middle <= 2 && last <= 2;
  return first <= 2 && middle <= 2 && (last == 2 || is_year(text.substr(second + 1)));
}

class Scanner {
 public:
  Scanner(std::string_view text, const Input& asked, const Vocabulary& vocabulary)
      : text_(text), asked_(asked), vocabulary_(vocabulary) {}

  std::vector<Token> scan() {
    const std::vector<Run> runs = runs_in(text_);
    for (std::size_t first = 0; first < runs.size();) {
      std::size_t last = first;
      while (last + 1 < runs.size() && joined(runs[last], runs[last + 1])) ++last;
      add_chain(runs, first, last);
      first = last + 1;
    }
    if (runs.size() > kEnough && !tokens_.empty()) tokens_.back().broken = true;
    return std::move(tokens_);
  }

 private:
  bool joined(const Run& a, const Run& b) const {
    return b.begin == a.end + 1 && (text_[a.end] == '/' || text_[a.end] == '-');
  }
  char before(std::size_t at) const { return at == 0 ? ' ' : text_[at - 1]; }

  // Numbers joined by strokes or dashes: a fraction, a range, a date, the number of a document.
  void add_chain(const std::vector<Run>& runs, std::size_t first, std::size_t last) {
    const Run& front = runs[first];
    const std::size_t end = runs[last].end;
    const Neighbour beside = vocabulary_.beside_before(without_back(text_.substr(0, front.begin)));
    const bool doubt = beside.length > 0 && beside.means == Beside::doubt;
    if (beside.length > 0 && beside.means == Beside::name) return;
    if (is_part_of_word(front) || is_date(text_.substr(front.begin, end - front.begin))) return;
    const bool stroke = end < text_.size() && (text_[end] == '/' || text_[end] == '-');
    if (stroke && letter_at(text_, end + 1)) return;  // 525/qd, 12-kh/tu
    const std::size_t before_chain = tokens_.size();
    for (std::size_t i = first; i <= last; ++i) add(runs[i], doubt, first < last);
    if (tokens_.size() != before_chain + last - first + 1) {
      tokens_.resize(before_chain);     // "15/20 days"
    } else if (tokens_.back().share) {  // the sign behind the last of "90-95%" is meant for both
      for (std::size_t i = before_chain; i < tokens_.size(); ++i) tokens_[i].share = true;
    }
  }

  // "hd68", "hd-68", "ii/2023"; but "1o" and "l2" are mistyped numbers.
  bool is_part_of_word(const Run& run) const {
    const char c = before(run.begin);
    if (c == '/') return letter_before(text_, run.begin - 1) && is_year(text_.substr(run.begin, run.end - run.begin));
    if (c == '-') return letter_before(text_, run.begin - 1);
    return letter_before(text_, run.begin) && !is_mistyped_digit(run.begin);
  }

  // An l, i or o alone before the digits.
  bool is_mistyped_digit(std::size_t begin) const {
    const char c = before(begin);
    return (c == 'l' || c == 'i' || c == 'o') && !letter_before(text_, begin - 1);
  }

  void add(const Run& run, bool doubt, bool chained) {
    Token token;
    token.text = text_.substr(run.begin, run.end - run.begin);
    token.begin = run.begin;
    token.end = run.end;
    token.doubt = doubt || is_open(text_.substr(run.end));
    token.chained = chained;
    const char c = before(run.begin);
    const bool negative = c == '-' && !chained && before(run.begin - 1) != '%';
    const bool half = c == '.' || (c == ',' && before(run.begin - 1) == ' ');  // ".5"
    const bool signed_exponent =
        (c == '+' || c == '-') && run.begin > 2 && text_[run.begin - 2] == 'e' && is_digit(text_[run.begin - 3]);
    token.broken = negative || half || signed_exponent || is_mistyped_digit(run.begin);
    const std::string_view behind = without_front(text_.substr(run.end));
    const std::size_t unit = vocabulary_.unit_at(behind, asked_);
    const Neighbour after = vocabulary_.beside_after(behind);
    if (behind.starts_with('%') || (after.length > unit && after.means == Beside::percent)) {
      token.share = true;
    } else if (unit > 0 && unit >= after.length) {
      token.unit = true;
    } else if (vocabulary_.scale_at(behind) > after.length) {
      token.broken = true;
    } else if (after.length > 0) {
      if (after.means == Beside::measure && !token.broken && asked_.kind != Kind::amount) return;
      token.doubt = token.doubt || after.means == Beside::doubt;
      token.broken = token.broken || after.means == Beside::measure;
    } else if (letter_at(text_, run.end) || (asked_.kind == Kind::amount && letter_at(behind, 0))) {
      token.broken = true;  // "1o"; and "15 usd" is no amount of anything else
    }
    if (!token.share) {  // "95% or more"
      tokens_.push_back(token);
      return;
    }
    const std::string_view rest = behind.substr(behind.starts_with('%') ? 1 : after.length);
    const Neighbour farther = vocabulary_.beside_after(without_front(rest));
    token.doubt = token.doubt || is_open(rest) || (farther.length > 0 && farther.means == Beside::doubt);
    tokens_.push_back(token);
  }

  // "5?", and "5+" or "5-" with nothing behind: the figure itself is another.
  static bool is_open(std::string_view rest) {
    const bool alone = rest.size() < 2 || rest[1] == ' ' || rest[1] == '\n';
    return rest.starts_with('?') || ((rest.starts_with('+') || rest.starts_with('-')) && alone);
  }

  std::string_view text_;
  const Input& asked_;
  const Vocabulary& vocabulary_;
  std::vector<Token> tokens_;
};

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

}  // namespace

std::vector<Token> numerals_in(std::string_view text, const Input& asked, const Vocabulary& vocabulary) {
  return Scanner(text, asked, vocabulary).scan();
}

std::string typed_line(std::string_view typed) {
  const std::string all = lower(plain(typed));
  // By their bytes: dashes, the minus sign, blanks without width, quotes.
  constexpr std::array<std::pair<std::string_view, char>, 15> kSigns = {{{"\u2010", '-'},
                                                                         {"\u2011", '-'},
                                                                         {"\u2012", '-'},
                                                                         {"\u2013", '-'},
                                                                         {"\u2014", '-'},
                                                                         {"\u2015", '-'},
                                                                         {"\u2212", '-'},
                                                                         {"\u200B", ' '},
                                                                         {"\uFEFF", ' '},
                                                                         {"\u2060", ' '},
                                                                         {"\u2018", '\''},
                                                                         {"\u2019", '\''},
                                                                         {"\u201C", '"'},
                                                                         {"\u201D", '"'},
                                                                         {"\u2044", '/'}}};
  std::string line;
  char gap = 0;  // white space since the last character: none, a blank, or more
  for (std::size_t at = 0; at < all.size();) {
    const std::string_view rest = std::string_view(all).substr(at);
    const auto sign =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const auto& s) { return rest.starts_with(s.first); });
    char c = all[at];
    at += sign == kSigns.end() ? 1 : sign->first.size();
    if (sign != kSigns.end()) c = sign->second;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      gap = gap == 0 && c == ' ' ? ' ' : '\n';
      continue;
    }
    if (gap != 0 && !line.empty()) line += gap;
    gap = 0;
    line += c;
    // A minus sign belongs to its number also over a blank; a dash may only begin a line.
    if (sign != kSigns.end() && sign->first == "\u2212") at = std::min(all.find_first_not_of(' ', at), all.size());
  }
  const std::size_t first = line.find_first_not_of(" \n'\"`");
  if (first == std::string::npos) return "";
  std::size_t last = line.find_last_not_of(" \n'\"`");
  // One mark ends the sentence, not the number.
  if (last > first && std::string_view(".,;:").find(line[last]) != std::string_view::npos) --last;
  while (last > first && (line[last] == ' ' || line[last] == '\n')) --last;
  return line.substr(first, last + 1 - first);
}

bool has_raised_digits(std::string_view typed) {
  if (std::none_of(typed.begin(), typed.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return false;
  std::size_t digits = count_digits(typed);
  for (std::size_t at = 0; at + 2 < typed.size(); ++at) {  // full-width digits, U+FF10 to U+FF19
    const auto last = static_cast<unsigned char>(typed[at + 2]);
    if (typed[at] == '\xEF' && typed[at + 1] == '\xBC' && last >= 0x90 && last <= 0x99) ++digits;
  }
  return count_digits(plain(typed)) != digits;
}

std::optional<Plain> plain_numeral(std::string_view text, const Input& asked, const Vocabulary& vocabulary) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789., "), text.size());
  const std::string_view numeral = trimmed(text.substr(0, end));
  const std::string_view unit = trimmed(text.substr(end));
  if (numeral.empty() || !is_digit(numeral[0]) || unit.starts_with('%')) return std::nullopt;
  if (!unit.empty() && word_key(unit) != word_key(asked.unit) && !vocabulary.is_unit(unit, asked)) return std::nullopt;
  return Plain{numeral, !unit.empty()};
}

std::optional<std::pair<Decimal, Decimal>> read_fraction(std::string_view text, const Input& asked,
                                                         const Vocabulary& vocabulary) {
  const std::size_t stroke = text.find('/');
  if (stroke == std::string_view::npos) return std::nullopt;
  const auto above = plain_numeral(trimmed(text.substr(0, stroke)), asked, vocabulary);
  const auto below = plain_numeral(trimmed(text.substr(stroke + 1)), asked, vocabulary);
  if (!above || !below) return std::nullopt;
  const auto numerator = count_readings(above->numeral);
  const auto denominator = count_readings(below->numeral);
  if (numerator.size() != 1 || denominator.size() != 1) return std::nullopt;
  return std::pair(numerator[0], denominator[0]);
}

bool looks_like_month(const std::pair<Decimal, Decimal>& fraction) {
  return fraction.first >= Decimal(1) && fraction.first <= Decimal(12) && fraction.second >= Decimal(1900) &&
         fraction.second < Decimal(2100);
}

Bracketed split_bracket(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return {text, {}, {}};
  std::size_t end = open + 1;
  for (int depth = 1; end < text.size(); ++end) {
    if (text[end] == '(') ++depth;
    if (text[end] == ')' && --depth == 0) break;
  }
  return {trimmed(text.substr(0, open)), trimmed(text.substr(open + 1, end - open - 1)),
          trimmed(text.substr(std::min(end + 1, text.size())))};
}

}  // namespace tonghop
