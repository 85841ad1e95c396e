// Exact decimals: what comes in, what arithmetic makes of it, and that order does not matter.
#include "base/decimal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace tonghop {

void PrintTo(const Decimal& decimal, std::ostream* out) { *out << decimal.to_string(); }

namespace {

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }

std::string text_of(const std::optional<Decimal>& decimal) { return decimal ? decimal->to_string() : "nothing"; }

TEST(Decimal, IsTheNearestDouble) {
  std::vector<std::string> texts = {
      "9007199254740991", "9007199254740992",    "9007199254740993", "-9007199254740993", "0.1",
      "9999999999999999", "0.000000000000000001"};
  unsigned long long random = 2027;
  for (int i = 0; i < 20000; ++i) {
    random = random * 6364136223846793005U + 1442695040888963407U;
    std::string digits = std::to_string(random >> (i % 60));
    const auto point = static_cast<std::size_t>(i % 17);
    if (digits.size() <= point) digits.insert(0, point - digits.size() + 1, '0');
    if (digits.size() - point > 16) continue;
    texts.push_back((i % 2 == 0 ? "-" : "") + digits.substr(0, digits.size() - point) + "." +
                    digits.substr(digits.size() - point) + "0");
  }
  for (const std::string& text : texts) {
    const auto number = Decimal::parse(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->to_double(), std::strtod(text.c_str(), nullptr)) << text;
    EXPECT_EQ(Decimal::parse(number->to_string()), number) << text;
  }
  EXPECT_EQ(Decimal(-12).to_string(), "-12");
  EXPECT_FALSE(std::signbit(Decimal().to_double()));
}

TEST(Decimal, ParsesNumeralsAndNothingElse) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"0", "0"},
      {"-0", "0"},
      {"7", "7"},
      {"+7", "7"},
      {"007", "7"},
      {"-12.50", "-12.5"},
      {".5", "0.5"},
      {"5.", "5"},
      {"1e3", "1000"},
      {"1E+3", "1000"},
      {"5E-4", "0.0005"},
      {"12.5e1", "125"},
      {"0e999", "0"},
      {"1e15", "1000000000000000"},
      {"9999999999999999", "9999999999999999"},
      {"-9999999999999999.999999999999999999", "-9999999999999999.999999999999999999"},
      {"0.000000000000000001", "0.000000000000000001"},
      {"1e-18", "0.000000000000000001"},
      {"1.10000000000000000000", "1.1"},
      {"", "nothing"},
      {"-", "nothing"},
      {".", "nothing"},
      {"e3", "nothing"},
      {"1e", "nothing"},
      {"1e+", "nothing"},
      {"1e+-3", "nothing"},
      {"1e3.5", "nothing"},
      {"1e99999999999", "nothing"},
      {"1,5", "nothing"},
      {"1.2.3", "nothing"},
      {" 1", "nothing"},
      {"1 ", "nothing"},
      {"--1", "nothing"},
      {"+-1", "nothing"},
      {"0x10", "nothing"},
      {"nan", "nothing"},
      {"inf", "nothing"},
      {"1e16", "nothing"},
      {"10000000000000000", "nothing"},
      {"1e-19", "nothing"},
      {"0.0000000000000000001", "nothing"},
      {"9999999999999999999999999999e28", "nothing"},
      {"99999999999999999999999999999", "nothing"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(text_of(Decimal::parse(given)), expected) << given;
}

TEST(Decimal, TakesADoubleThroughItsShortestText) {
  const std::vector<std::pair<double, std::string>> table = {
      {0.28999999999999998, "0.29"},
      {0.1 + 0.2, "0.30000000000000004"},
      {1904, "1904"},
      {-0.0, "0"},
      {0.996, "0.996"},
      {523.0 / 525.0, "0.9961904761904762"},
      {1e-7, "0.0000001"},
      {1.1 - 1 - 0.1, "0.000000000000000083"},  // what Excel's arithmetic leaves behind, cut at the eighteenth decimal
      {-1e-30, "0"},
      {5e-324, "0"},
      {9007199254740993.0, "9007199254740992"},
      {1e16, "nothing"},
      {1e300, "nothing"},
      {std::numeric_limits<double>::infinity(), "nothing"},
      {-std::numeric_limits<double>::infinity(), "nothing"},
      {std::nan(""), "nothing"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(text_of(Decimal::from_double(given)), expected) << given;
}

TEST(Decimal, ReadsBackAsItself) {
  std::mt19937_64 random(20230630);
  for (int i = 0; i < 20000; ++i) {
    const auto digits = static_cast<long long>(random() % 1'000'000'000'000'000ULL);
    const Decimal decimal = Decimal(random() % 2 == 0 ? digits : -digits).scaled(-static_cast<int>(random() % 16));
    ASSERT_EQ(Decimal::parse(decimal.to_string()), decimal) << decimal.to_string();
    ASSERT_EQ(Decimal::from_double(decimal.to_double()), decimal) << decimal.to_string();  // 15 digits survive a double
  }
}

TEST(Decimal, SumsAlikeInEveryOrder) {
  std::mt19937_64 random(1);
  std::vector<double> numbers;
  long long millionths = 0;  // the same sum in whole numbers
  for (int i = 0; i < 300; ++i) {
    const auto one = static_cast<long long>(random() % 9'000'000'000ULL) - 3'000'000'000;
    millionths += one;
    numbers.push_back(static_cast<double>(one) / 1e6);
  }
  const Decimal expected = Decimal(millionths).scaled(-6);
  bool doubles_differ = false;
  const double first = [&] {
    double sum = 0;
    for (const double number : numbers) sum += number;
    return sum;
  }();
  for (int round = 0; round < 1000; ++round) {
    std::shuffle(numbers.begin(), numbers.end(), random);
    Decimal sum;
    double rough = 0;
    for (const double number : numbers) {
      sum += Decimal::from_double(number).value();
      rough += number;
    }
    ASSERT_EQ(sum, expected);
    doubles_differ |= rough != first;
  }
  EXPECT_TRUE(doubles_differ);  // else this would prove nothing
}

TEST(Decimal, HoldsTenThousandOfTheLargestAndFinest) {
  const Decimal large = dec("9999999999999999.999999999999999999");
  Decimal sum;
  for (int i = 0; i < 10000; ++i) sum += large;
  EXPECT_EQ(sum.to_string(), "99999999999999999999.99999999999999");
  for (int i = 0; i < 10000; ++i) sum += -large;
  EXPECT_EQ(sum, Decimal());
}

TEST(Decimal, RoundsHalfAwayFromZero) {
  struct Case {
    std::string given;
    int digits;
    std::string expected;
  };
  const std::vector<Case> table = {{"0.5", 0, "1"},     {"-0.5", 0, "-1"},    {"1.5", 0, "2"},      {"2.5", 0, "3"},
                                   {"0.49999", 0, "0"}, {"-2.4", 0, "-2"},    {"1.005", 2, "1.01"}, {"1.0049", 2, "1"},
                                   {"9.995", 2, "10"},  {"-9.995", 2, "-10"}, {"1.23", 5, "1.23"},  {"0", 3, "0"}};
  for (const auto& [given, digits, expected] : table) {
    EXPECT_EQ(dec(given).rounded(digits).to_string(), expected) << given << " to " << digits;
  }
}

TEST(Decimal, DividesRoundedHalfAwayFromZero) {
  struct Case {
    std::string numerator, denominator;
    int digits;
    std::string expected;
  };
  const std::vector<Case> table = {{"523", "525", 4, "0.9962"},
                                   {"6709", "6716", 3, "0.999"},
                                   {"2270", "7029", 3, "0.323"},
                                   {"1", "3", 0, "0"},
                                   {"1", "2", 0, "1"},
                                   {"-1", "2", 0, "-1"},
                                   {"1", "-2", 0, "-1"},
                                   {"0", "7", 5, "0"},
                                   {"1.5", "0.25", 2, "6"},
                                   {"0.001", "1000", 6, "0.000001"},
                                   {"2", "3", 12, "0.666666666667"}};
  for (const auto& [numerator, denominator, digits, expected] : table) {
    EXPECT_EQ(quotient(dec(numerator), dec(denominator), digits).to_string(), expected)
        << numerator << "/" << denominator;
  }
}

TEST(Decimal, ScalesExactly) {
  EXPECT_EQ(dec("99.9").scaled(-2), dec("0.999"));
  EXPECT_EQ(dec("0.999").scaled(2), dec("99.9"));
  EXPECT_EQ(dec("7.029").scaled(3), Decimal(7029));
  EXPECT_EQ(Decimal(100).scaled(-2), Decimal(1));
  EXPECT_EQ(Decimal().scaled(5), Decimal());
}

TEST(Decimal, ComparesAndMultiplies) {
  EXPECT_LT(dec("-0.1"), Decimal());
  EXPECT_LT(dec("0.09"), dec("0.1"));
  EXPECT_EQ(dec("1.50"), dec("1.5"));
  EXPECT_GT(dec("9999999999999999"), dec("0.000000000000000001"));
  EXPECT_EQ((dec("0.999") * dec("525")).to_string(), "524.475");
  EXPECT_EQ((dec("-1.5") * dec("2")).to_string(), "-3");
  EXPECT_EQ((dec("1.2") - dec("0.9")).to_string(), "0.3");
  EXPECT_TRUE((dec("1.5") + dec("0.5")).is_integer());
  EXPECT_EQ(dec("1.250").digits(), 2);
}

TEST(Shortest, ReadsBackAsTheSameDouble) {
  const std::vector<std::pair<double, std::string>> table = {{0, "0"},
                                                             {-1.5, "-1.5"},
                                                             {0.28999999999999998, "0.29"},
                                                             {1e20, "100000000000000000000"},
                                                             {1e-7, "0.0000001"},
                                                             {1e21, "1e+21"},
                                                             {7029, "7029"}};
  for (const auto& [given, expected] : table) EXPECT_EQ(shortest(given), expected);
  for (const double number : {5e-324, 1.7976931348623157e308, 1.1 - 1 - 0.1, -2.5e-19, 123456789.123}) {
    EXPECT_EQ(std::strtod(shortest(number).c_str(), nullptr), number);
  }
}

TEST(Decimal, DividesWhatDoesNotFitExactlyByRoundingItFirst) {
  const Decimal fine = *Decimal::parse("0.000000000000000001");
  const Decimal sum = Decimal(9'000'000'000'000'000) + fine;
  EXPECT_EQ(quotient(sum, Decimal(3), 9), Decimal(3'000'000'000'000'000));
  EXPECT_EQ(quotient(sum, *Decimal::parse("0.5"), 12), Decimal(18'000'000'000'000'000));
  EXPECT_EQ(quotient(Decimal(1), fine, 9), Decimal(1'000'000'000'000'000'000));
}

}  // namespace
}  // namespace tonghop
