// Code points of UTF-8 text, and what Unicode says of the usual ones: those of Vietnamese and its neighbours are looked
// up once, because nearly every text is made of them and asking anew takes most of the time of reading it.
#pragma once

#include <utf8proc.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tonghop {

struct CodePoint {
  utf8proc_int32_t point = 0;
  std::size_t length = 1;  // bytes
};

// Of a text that is not empty; a bad byte comes as U+FFFD.
inline CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto inside = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) >= 0xC2 && byte(0) < 0xE0 && text.size() > 1 && inside(1))
    return {(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if ((byte(0) == 0xE1 || byte(0) == 0xE2) && text.size() > 2 && inside(1) && inside(2))
    return {(byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
  CodePoint first;
  const utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                   static_cast<utf8proc_ssize_t>(text.size()), &first.point);
  if (length <= 0) return {0xFFFD, 1};
  first.length = static_cast<std::size_t>(length);
  return first;
}

// Calls use(code point, its bytes) along the text.
template <typename Use>
void each_code_point(std::string_view text, Use use) {
  while (!text.empty()) {
    const CodePoint first = first_of(text);
    use(first.point, text.substr(0, first.length));
    text.remove_prefix(first.length);
  }
}

void append(std::string& out, utf8proc_int32_t point);

// utf8proc_map() of the text, its bad bytes replaced.
std::string mapped(std::string_view text, int options);

// What a code point is to a fold, see fold() in text.h.
struct FoldStep {
  enum class Kind : std::uint8_t { nothing, tone, gap, digit, letter, sign } kind = Kind::nothing;
  utf8proc_int32_t point = 0;  // what to write; of a tone its control character
};
FoldStep fold_step(utf8proc_int32_t point);

// Of one usual code point. It begins a character, and texts of nothing else need no reordering.
struct UsualPoint {
  bool known = false;
  bool composed = false;  // NFC leaves it alone
  bool plain = false;     // NFKC does
  std::uint16_t first = 0, count = 0;
};

class UsualPoints {
 public:
  static const UsualPoints& get();

  // Nothing known of any that is not usual.
  const UsualPoint& operator[](utf8proc_int32_t point) const {
    if (point < kLatin) return points_[static_cast<std::size_t>(point)];
    if (point >= kMore && point < kMore + kMoreCount) return points_[static_cast<std::size_t>(kLatin + point - kMore)];
    if (point >= kSigns && point < kSigns + kSignCount)
      return points_[static_cast<std::size_t>(kLatin + kMoreCount + point - kSigns)];
    return unknown_;
  }

  // In lower case and decomposed, as mapped() does it for folds.
  std::span<const FoldStep> steps(const UsualPoint& point) const {
    return std::span(steps_).subspan(point.first, point.count);
  }

 private:
  static constexpr utf8proc_int32_t kLatin = 0x250;                      // Basic Latin to Latin Extended-B
  static constexpr utf8proc_int32_t kMore = 0x1E00, kMoreCount = 0x100;  // Latin Extended Additional
  static constexpr utf8proc_int32_t kSigns = 0x2000, kSignCount = 0x70;  // General Punctuation

  UsualPoints();

  std::vector<UsualPoint> points_;
  std::vector<FoldStep> steps_;
  UsualPoint unknown_;
};

}  // namespace tonghop
