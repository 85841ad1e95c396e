// Exact decimal numbers, so that sums do not depend on the order of the addends.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace tonghop {

// mantissa / 10^scale, without trailing zeros. At most 16 digits before the point and 18 behind it come in, so that
// sums of ten thousand of the largest and finest together still fit.
class Decimal {
 public:
  Decimal() = default;
  Decimal(long long integer);  // NOLINT(google-explicit-constructor): an integer is a decimal

  // "-12.50", "1e3" or "5E-4"; nothing for anything else, or for more digits than those.
  static std::optional<Decimal> parse(std::string_view text);

  // Through the shortest text that gives the same double: 0.28999999999999998 is 0.29; rounded to 18 places. Nothing
  // from 1e16 on, where a double no longer tells whole numbers apart, and for infinities and NaN.
  static std::optional<Decimal> from_double(double number);

  Decimal& operator+=(const Decimal& other);
  friend Decimal operator+(Decimal a, const Decimal& b) { return a += b; }
  Decimal operator-() const;
  friend Decimal operator-(Decimal a, const Decimal& b) { return a += -b; }

  // Exact; the product of two numbers of at most 18 digits each fits.
  friend Decimal operator*(const Decimal& a, const Decimal& b);

  // Times 10^power, exactly: 99.9 scaled by -2 is 0.999.
  Decimal scaled(int power) const;

  // Rounded half away from zero, as Excel's ROUND does.
  Decimal rounded(int digits) const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend Decimal quotient(const Decimal& numerator, const Decimal& denominator, int digits);

  bool is_integer() const { return scale_ == 0; }
  int digits() const { return scale_; }  // after the decimal point
  double to_double() const;              // nearest double
  std::string to_string() const;         // "-12.5", never an exponent

 private:
  __extension__ typedef __int128 Wide __attribute__((aligned(8)));  // saves padding; NOLINT(modernize-use-using)
  static std::optional<Decimal> read(std::string_view text);        // as parse(), with any number of decimals
  void normalise();

  Wide mantissa_ = 0;
  int scale_ = 0;  // from 0; 18 where nothing was multiplied
};

// numerator / denominator rounded half away from zero to `digits` places; denominator must not be 0.
// Exact while numerator x 10^(digits + decimal places) stays below 10^38; beyond, as many decimal places of the two are
// rounded off first as make it fit.
Decimal quotient(const Decimal& numerator, const Decimal& denominator, int digits);

// The shortest text that reads back as the same double, without an exponent from 1e-7 to below 1e21.
std::string shortest(double number);

}  // namespace tonghop
