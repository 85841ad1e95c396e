// Decimal arithmetic on 128-bit mantissas.
#include "base/decimal.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace tonghop {
namespace {

__extension__ using Wide = __int128;
constexpr int kMaxWhole = 16;
constexpr int kMaxDecimals = 18;

constexpr auto kPowers = [] {
  std::array<Wide, 39> powers{};
  Wide power = 1;
  for (Wide& one : powers) {
    one = power;
    if (&one != &powers.back()) power *= 10;
  }
  return powers;
}();

Wide power_of_ten(int power) {
  assert(power < std::ssize(kPowers));
  return power <= 0 ? 1 : kPowers[static_cast<std::size_t>(power)];
}

int digits_in(Wide number) {
  if (number < 0) number = -number;
  return static_cast<int>(std::upper_bound(kPowers.begin(), kPowers.end(), number) - kPowers.begin());
}

// Numbers of this size are divided several times faster.
bool is_narrow(Wide number) { return number == static_cast<std::int64_t>(number); }

// Without zeros behind, `scale` at least 0.
template <typename Integer>
Integer without_zeros(Integer mantissa, int& scale) {
  while (scale > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    --scale;
  }
  return mantissa;
}

// Integer division rounded half away from zero.
Wide divided(Wide numerator, Wide denominator) {
  const bool negative = (numerator < 0) != (denominator < 0);
  const Wide n = numerator < 0 ? -numerator : numerator;
  const Wide d = denominator < 0 ? -denominator : denominator;
  const Wide result = n / d + (n % d >= d - n % d ? 1 : 0);
  return negative ? -result : result;
}

}  // namespace

Decimal::Decimal(long long integer) : mantissa_(integer) {}

void Decimal::normalise() {
  if (is_narrow(mantissa_)) {
    mantissa_ = without_zeros(static_cast<std::int64_t>(mantissa_), scale_);
  } else {
    mantissa_ = without_zeros(mantissa_, scale_);
  }
}

std::optional<Decimal> Decimal::read(std::string_view text) {
  Decimal result;
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  int digits = 0;
  bool point = false;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.' && !point) {
      point = true;
      continue;
    }
    if (text[i] < '0' || text[i] > '9' || ++digits > kMaxWhole + kMaxDecimals) return std::nullopt;
    result.mantissa_ = result.mantissa_ * 10 + (text[i] - '0');
    if (point) ++result.scale_;
  }
  if (digits == 0) return std::nullopt;
  int exponent = 0;
  if (i < text.size()) {
    std::string_view rest = text.substr(i + 1);
    if (rest.starts_with('+') && !rest.starts_with("+-")) rest.remove_prefix(1);
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
    if (error != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
  }
  result.normalise();
  if (result.mantissa_ == 0) return Decimal();
  if (exponent < -kMaxWhole - kMaxDecimals || exponent > kMaxWhole + kMaxDecimals) return std::nullopt;
  const int whole = exponent - result.scale_ + digits_in(result.mantissa_);  // digits before the point
  if (whole > kMaxWhole) return std::nullopt;
  if (negative) result.mantissa_ = -result.mantissa_;
  return result.scaled(exponent);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  const auto result = read(text);
  return result && result->scale_ <= kMaxDecimals ? result : std::nullopt;
}

std::optional<Decimal> Decimal::from_double(double number) {
  if (!std::isfinite(number)) return std::nullopt;
  if (std::abs(number) < 1e-19) return Decimal();
  if (std::abs(number) < 1e15 && number == std::trunc(number)) return Decimal(static_cast<long long>(number));
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  const auto result = read({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
  return result ? std::optional(result->rounded(kMaxDecimals)) : std::nullopt;
}

Decimal Decimal::scaled(int power) const {
  Decimal result = *this;
  result.scale_ -= power;
  if (result.scale_ < 0) {
    result.mantissa_ *= power_of_ten(-result.scale_);
    result.scale_ = 0;
  }
  result.normalise();
  return result;
}

Decimal& Decimal::operator+=(const Decimal& other) {
  const int scale = std::max(scale_, other.scale_);
  if (scale == 0) {
    mantissa_ += other.mantissa_;
    return *this;
  }
  mantissa_ = mantissa_ * power_of_ten(scale - scale_) + other.mantissa_ * power_of_ten(scale - other.scale_);
  scale_ = scale;
  normalise();
  return *this;
}

Decimal operator*(const Decimal& a, const Decimal& b) {
  Decimal result;
  result.mantissa_ = a.mantissa_ * b.mantissa_;
  result.scale_ = a.scale_ + b.scale_;
  result.normalise();
  return result;
}

Decimal Decimal::operator-() const {
  Decimal result = *this;
  result.mantissa_ = -mantissa_;
  return result;
}

Decimal Decimal::rounded(int digits) const {
  if (digits >= scale_) return *this;
  Decimal result;
  result.mantissa_ = divided(mantissa_, power_of_ten(scale_ - digits));
  result.scale_ = digits;
  result.normalise();
  return result;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return a.mantissa_ <=> b.mantissa_;
  const Decimal difference = a - b;
  return difference.mantissa_ <=> Wide{0};
}

double Decimal::to_double() const {
  // A double holds these numbers as they are, and the quotient of two such is the nearest.
  constexpr std::int64_t kWhole = std::int64_t{1} << 53;
  constexpr int kPower = 22;
  if (is_narrow(mantissa_) && scale_ <= kPower) {
    const auto narrow = static_cast<std::int64_t>(mantissa_);
    if (-kWhole <= narrow && narrow <= kWhole)
      return static_cast<double>(narrow) / static_cast<double>(power_of_ten(scale_));
  }
  const std::string text = to_string();
  double result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

std::string Decimal::to_string() const {
  if (scale_ == 0 && is_narrow(mantissa_)) return std::to_string(static_cast<std::int64_t>(mantissa_));
  Wide rest = mantissa_ < 0 ? -mantissa_ : mantissa_;
  std::string reversed;
  for (int place = 0; rest > 0 || place <= scale_; ++place) {
    if (place == scale_ && scale_ > 0) reversed += '.';
    reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  if (mantissa_ < 0) reversed += '-';
  return {reversed.rbegin(), reversed.rend()};
}

Decimal quotient(const Decimal& numerator, const Decimal& denominator, int digits) {
  assert(denominator != Decimal());
  constexpr int kRoom = 38;  // digits that a Wide holds
  const int places = std::max(numerator.scale_, denominator.scale_);
  const int needed = digits_in(numerator.mantissa_) + places - numerator.scale_ + digits;
  if (places > 0 && needed > kRoom) {
    const int kept = std::max(0, places - (needed - kRoom));
    const Decimal coarse = denominator.rounded(kept);
    if (coarse != Decimal() && (numerator.scale_ > kept || denominator.scale_ > kept)) {
      return quotient(numerator.rounded(kept), coarse, digits);
    }
  }
  // Both brought to whole numbers by one power of ten, the numerator further by the digits asked for.
  const int scale = std::max(numerator.scale_, denominator.scale_);
  Decimal result;
  result.mantissa_ = divided(numerator.scaled(scale + digits).mantissa_, denominator.scaled(scale).mantissa_);
  result.scale_ = digits;
  result.normalise();
  return result;
}

std::string shortest(double number) {
  std::array<char, 32> buffer{};
  const double size = std::abs(number);
  if (size < 1e15 && number == std::trunc(number)) return std::to_string(static_cast<long long>(number));
  const bool plainly = size == 0 || (size >= 1e-7 && size < 1e21);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), size == 0 ? 0 : number,
                                 plainly ? std::chars_format::fixed : std::chars_format::general)
                       .ptr;
  return {buffer.data(), end};
}

}  // namespace tonghop
