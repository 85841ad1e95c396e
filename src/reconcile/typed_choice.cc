// Choices as text: a code, its label, or both.
#include <algorithm>

#include "base/text.h"
#include "reconcile/grammar.h"
#include "reconcile/numeral.h"

namespace tonghop {
namespace {

bool all_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

// The code that this text is, or whose label it is; several when labels repeat.
std::vector<Decimal> codes_of(std::string_view text, const std::vector<Option>& options) {
  std::vector<Decimal> found;
  const std::string key = fold(text);
  const auto number = all_digits(text) ? Decimal::parse(text) : std::nullopt;
  for (const Option& option : options) {
    const std::string label = fold(option.label);
    const std::string code = std::to_string(option.code);
    const bool both = key == code + label || key == label + code;
    if (number ? number == Decimal(option.code) : !key.empty() && (key == label || both)) add_new(found, option.code);
  }
  return found;
}

// The text cut at the marks between a code and its label, or an answer and a remark. A dash cuts only between blanks.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool dash = at + 1 < text.size() && text[at] == '-' && text[at + 1] == ' ';
    const bool cut =
        at == text.size() || dash || std::string_view(",;:()=\n/.").find(text[at]) != std::string_view::npos;
    if (!cut) continue;
    const std::string_view piece = trimmed(text.substr(begin, at - begin));
    if (!piece.empty()) pieces.push_back(piece);
    begin = at + 1;
  }
  return pieces;
}

}  // namespace

Reading read_choice_text(std::string_view line, const Input& asked, const Vocabulary& vocabulary) {
  if (const auto whole = codes_of(line, asked.options); !whole.empty()) {
    const bool plainly = whole.size() == 1 && line == whole[0].to_string();
    return one_of(plainly ? Status::exact : Status::normalized, whole);
  }
  // "1 = yes", "yes (already in March)"; but "yes; no" and "1 = no" say two things.
  std::vector<Decimal> found;
  bool remark = false;
  const std::vector<std::string_view> pieces = pieces_of(line);
  for (const std::string_view piece : pieces) {
    const std::vector<Decimal> codes = codes_of(piece, asked.options);
    if (codes.empty() && (piece == pieces.front() || all_digits(piece))) {
      found.clear();
      break;
    }
    remark = remark || codes.empty();
    for (const Decimal& code : codes) add_new(found, code);
  }
  if (!found.empty()) return one_of(remark ? Status::extracted : Status::normalized, std::move(found));
  // Another way to say nothing, where one option does: "ko" for "no".
  if (vocabulary.meaning(line) == Meaning::zero) {
    for (const Option& option : asked.options) {
      if (vocabulary.meaning(option.label) == Meaning::zero) add_new(found, option.code);
    }
  }
  return one_of(Status::extracted, std::move(found));
}

}  // namespace tonghop
