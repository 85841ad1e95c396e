// How alike is alike enough, for all steps of matching.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>

namespace tonghop {

inline constexpr double kSameCaption = 0.80;  // captions at least so alike are one, worded differently
inline constexpr double kAlike = 0.90;        // without a key, captions less alike than this are said to be so
inline constexpr double kEqual = 0.98;        // the caption itself, or an alias
inline constexpr double kMargin = 0.02;       // by which the best form must lead
inline constexpr double kForm = 0.60;         // share of a form's rows that must be found to recognise it
inline constexpr double kOwn = 0.30;          // share of a table's rows that must be the form's, or the table is not
inline constexpr double kPlain = 0.80;        // share of captions as printed below which the issued form may be another
inline constexpr double kOther = 0.10;        // by which another form must then fit better
inline constexpr std::size_t kAligned = 1500;  // rows of one table that alignment can take; no form has nearly as many

inline std::string percent_text(double share) { return std::to_string(std::lround(share * 100)) + "%"; }

}  // namespace tonghop
