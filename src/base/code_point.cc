// Over utf8proc.
#include "base/code_point.h"

#include <array>
#include <cstdlib>
#include <iterator>
#include <memory>

#include "base/text.h"

namespace tonghop {
namespace {

// The five tone marks of Vietnamese, as combining characters; 0 for anything else. A fold has control characters for
// them, which no text of a workbook has: a digit would make "mà" and "ma 1" one.
utf8proc_int32_t tone(utf8proc_int32_t point) {
  switch (point) {
    case 0x0300:
      return 1;  // grave
    case 0x0301:
      return 2;  // acute
    case 0x0309:
      return 3;  // hook above
    case 0x0303:
      return 4;  // tilde
    case 0x0323:
      return 5;  // dot below
    default:
      return 0;
  }
}

// The Latin letter, in lower case, that a Cyrillic or Greek one or a slip of the keyboard looks like; else the same.
// Not Greek mu, which is the micro of units, and no letter whose capital only looks like another's.
utf8proc_int32_t look_alike(utf8proc_int32_t point) {
  constexpr std::u32string_view kSeen = U"авеіјкмнорѕстухһԁαβικορτχıɖð\u030C";
  constexpr std::u32string_view kMeant = U"abeijkmhopsctyxhdabikoptxiđđ\u0306";
  static_assert(kSeen.size() == kMeant.size());
  if (point < 0x80 || (point >= 0x0300 && point <= 0x0323 && point != 0x030C)) return point;  // nearly all
  const auto at = kSeen.find(static_cast<char32_t>(point));
  return at == kSeen.npos ? point : static_cast<utf8proc_int32_t>(kMeant[at]);
}

}  // namespace

void append(std::string& out, utf8proc_int32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(point, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

std::string mapped(std::string_view text, int options) {
  const std::string clean = clean_utf8(text);
  utf8proc_uint8_t* raw = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(clean.data()), static_cast<utf8proc_ssize_t>(clean.size()),
                   &raw, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
  if (length < 0) return clean;
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)};
}

FoldStep fold_step(utf8proc_int32_t point) {
  using Kind = FoldStep::Kind;
  point = look_alike(point);
  const auto category = utf8proc_category(point);
  if (const utf8proc_int32_t mark = tone(point)) return {Kind::tone, mark};
  if (category == UTF8PROC_CATEGORY_CF || point == 0x0307) return {};  // soft hyphen, zero width; dot of a Turkish i
  if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC) return {Kind::letter, point};
  if (category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NL || category == UTF8PROC_CATEGORY_NO)
    return {Kind::digit, point};
  const bool sign = point == '%' || point == '=' || point == 0x2030 || (point >= 1 && point <= 5);
  return {sign ? Kind::sign : Kind::gap, point};
}

const UsualPoints& UsualPoints::get() {
  static const UsualPoints points;
  return points;
}

UsualPoints::UsualPoints() {
  const auto add = [&](utf8proc_int32_t point) {
    UsualPoint usual;
    usual.known = utf8proc_get_property(point)->combining_class == 0;
    usual.composed = usual.plain = point < 0x80;
    if (point >= 0x80 && usual.known) {
      std::string text;
      append(text, point);
      usual.composed = mapped(text, UTF8PROC_COMPOSE | UTF8PROC_STABLE) == text;
      usual.plain = mapped(text, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE) == text;
    }
    constexpr int kOptions = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_STABLE;
    std::array<utf8proc_int32_t, 32> parts{};
    int boundary = 0;
    const auto count = utf8proc_decompose_char(point, parts.data(), std::ssize(parts),
                                               static_cast<utf8proc_option_t>(kOptions), &boundary);
    usual.known = usual.known && count >= 0 && count <= std::ssize(parts);
    usual.first = static_cast<std::uint16_t>(steps_.size());
    for (std::size_t i = 0; usual.known && i < static_cast<std::size_t>(count); ++i)
      steps_.push_back(fold_step(parts[i]));
    usual.count = static_cast<std::uint16_t>(steps_.size() - usual.first);
    points_.push_back(usual);
  };
  points_.reserve(kLatin + kMoreCount + kSignCount);
  for (utf8proc_int32_t i = 0; i < kLatin; ++i) add(i);
  for (utf8proc_int32_t i = 0; i < kMoreCount; ++i) add(kMore + i);
  for (utf8proc_int32_t i = 0; i < kSignCount; ++i) add(kSigns + i);
}

}  // namespace tonghop
