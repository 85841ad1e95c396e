// Parts that another workbook had already: they say the same as if they were read, and are judged the same.
#include "xlsx/same_parts.h"

#include <gtest/gtest.h>

#include "both_ways.h"
#include "packages.h"

namespace tonghop::xlsx {
namespace {

using tonghop::testing::difference;

const std::string kSheet = "xl/worksheets/sheet1.xml";
const std::string kStyles = "xl/styles.xml";

std::string styles(const std::string& format) {
  return "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"" + format +
         "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>";
}

std::string book_with(const std::string& style_part) {
  return package_of({{kStyles, style_part}, {kSheet, worksheet("<row><c s=\"1\"><v>1</v></c></row>")}});
}

std::string format_of(const std::string& bytes) {
  Findings findings;
  const Workbook book = read_workbook(bytes, "f.xlsx", findings, {});
  return book.styles.at(1).number_format;
}

// The check sum of that content, wherever it stands in the bytes, made another.
std::string with_wrong_sum(std::string bytes, std::string_view content) {
  const auto entries = plain_directory(bytes);
  for (const ZipEntry& entry : entries.value()) {
    if (entry.size != content.size()) continue;
    std::string sum;
    for (int i = 0; i < 4; ++i) sum += static_cast<char>(entry.crc >> (8 * i));
    std::string other = sum;
    other[0] ^= 1;
    int changed = 0;
    for (std::size_t at = bytes.find(sum); at != std::string::npos; at = bytes.find(sum), ++changed)
      bytes.replace(at, sum.size(), other);
    EXPECT_EQ(changed, 2);  // before the part, and in the directory
    return bytes;
  }
  ADD_FAILURE();
  return bytes;
}

TEST(SameParts, SayTheSame) {
  for (int again = 0; again < 3; ++again) {
    EXPECT_EQ(format_of(book_with(styles("0.0"))), "0.0");
    EXPECT_EQ(format_of(book_with(styles("0.1"))), "0.1");
  }
  for (int i = 0; i < 200; ++i) {  // more than are remembered
    const std::string format = "0." + std::to_string(i);
    EXPECT_EQ(format_of(book_with(styles(format))), format);
  }
  EXPECT_EQ(format_of(book_with(styles("0.0"))), "0.0");
}

TEST(SameParts, AreJudgedTheSame) {
  const std::string good = book_with(styles("0.0"));
  EXPECT_EQ(format_of(good), "0.0");
  const std::string wrong = with_wrong_sum(good, styles("0.0"));
  EXPECT_EQ(difference(wrong), "");
  EXPECT_THROW(format_of(wrong), Error);
  const std::string broken = book_with("<styleSheet>");
  for (int again = 0; again < 2; ++again) EXPECT_THROW(format_of(broken), Error);
}

// Read within wide limits first.
TEST(SameParts, CountAgainstTheLimits) {
  const std::string bytes = book_with(styles(std::string(3000, '0')));
  EXPECT_EQ(difference(bytes), "");
  int refused = 0;
  for (std::size_t total = 500; total < 6000; total += 100) {
    const Limits limits{.total_bytes = total};
    EXPECT_EQ(difference(bytes, limits), "") << total;
    Paths paths;
    refused += testing::all_of(bytes, limits, paths).starts_with("error file-too-large") ? 1 : 0;
  }
  EXPECT_GT(refused, 20);
  EXPECT_LT(refused, 50);
  for (const Limits& limits : {Limits{.part_bytes = 3000}, Limits{.depth = 2}})
    EXPECT_EQ(difference(bytes, limits), "");
}

}  // namespace
}  // namespace tonghop::xlsx
