// Captions that a PDF has robbed of letters: "T  lệ" for "Tỷ lệ", "đ ng hẹn" for "đúng hẹn", "ĩnh vực" for "lĩnh vực".
#pragma once

#include <string_view>

namespace tonghop {

// How well `seen` is `printed` with letters or marks lost here and there: 1 (nothing lost) down to 0 (something else).
// Both are folds. A PDF loses single letters, so no word is lost whole: at most a letter at a place, or two that begin
// with a vowel; never a digit or a sign; at most 35 in 100 of all; and in a long caption one letter in 24 may be
// another. "trước hạn", "đúng hạn" and "quá hạn" are none of each other, nor is "cấp" one of "cấp xã".
double lost_letters(std::string_view seen, std::string_view printed);

}  // namespace tonghop
