// Unicode text: one normal form, one way to compare captions, one way to say "did you mean".
// All strings are UTF-8. Functions never throw on bad bytes; they replace them by U+FFFD.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tonghop {

// Only the bad bytes replaced.
std::string clean_utf8(std::string_view text);

// Canonical composition (NFC); bad bytes become U+FFFD. Excel does not normalise and macOS writes NFD.
std::string nfc(std::string_view text);

// The same with look-alikes made one (NFKC): full-width digits, the % of East-Asian input methods, no-break spaces.
std::string plain(std::string_view text);

// Without white space at both ends: blanks, line ends, no-break and zero-width spaces.
std::string_view trimmed(std::string_view text);

// Whether it has more than white space.
bool has_text(std::string_view text);

// Trimmed, and every run of white space inside made one blank.
std::string squeezed(std::string_view text);

// The key under which captions compare: letters and digits only, lower case, `đ` as d, y as i, Cyrillic and Greek
// look-alikes as the Latin letter, a bullet before it dropped, and the tone mark of a syllable moved behind it (as a
// control character, 1 to 5), so that "hoà", "Hòa" and decomposed "hòa" are one. Symbols that carry meaning (%, ‰, =)
// stay, and one dot for whatever stands between two digits: "1.2." and "1,2" are one, "1.1.2" and "11.2" two.
std::string fold(std::string_view text);

// The same for names of agencies: two that differ in `đ` and d, or in y and i, are two.
std::string fold_name(std::string_view text);

// Whether an agency named `name` is meant by `called`: the same words, or more of them behind ("Sở Nội vụ tỉnh Khánh
// Hòa" is called "Sở Nội vụ", but "Phường 12" is not called "Phường 1").
bool is_called(std::string_view name, std::string_view called);

// Pairs of neighbouring bytes of a fold, sorted: what similarity() compares.
using Bigrams = std::vector<std::uint16_t>;
Bigrams bigrams(std::string_view folded);

// Dice coefficient of two folds, 0 (nothing in common) to 1 (equal).
double similarity(const Bigrams& a, const Bigrams& b);

// Lower case, by Unicode; for words of the vocabulary.
std::string lower(std::string_view text);

// Latin letters without their marks, đ as d: "Sở Nội vụ" is "So Noi vu". Other characters stay.
std::string without_marks(std::string_view text);

// Length as Excel counts it, in UTF-16 code units.
std::size_t utf16_length(std::string_view text);

// The first `units` UTF-16 code units of the text, whole characters only.
std::string_view utf16_prefix(std::string_view text, std::size_t units);

// Index of the candidate nearest to `word`, within a third of its length; the number of candidates when none is.
std::size_t nearest(std::string_view word, std::span<const std::string> candidates);

// The same candidate, as ", did you mean \"x\"?"; "" when none is near. English, for whoever writes definitions.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

// `pattern` with every {name} replaced by its detail; a name without detail stays as it is.
std::string filled(std::string_view pattern, std::span<const std::pair<std::string, std::string>> details);

}  // namespace tonghop
