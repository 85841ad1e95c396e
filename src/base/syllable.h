// Whether a word could be Vietnamese by its spelling alone: onset, rhyme and tone. No dictionary.
#pragma once

#include <string_view>

namespace tonghop {

// True for one written syllable ("nghiệp", "QUÝ", "Đắk"), composed or decomposed, with the tone mark on any of its
// vowels. Strict where doubt costs more: two tones, a stop with another tone than sắc or nặng, `k` before `a` and the
// rare onset `p` are no syllable.
bool is_syllable(std::string_view word);

}  // namespace tonghop
