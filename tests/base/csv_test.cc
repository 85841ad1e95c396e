// Lines of CSV read, and text files in the encodings that Excel writes.
#include "base/csv.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "base/text.h"

namespace tonghop {
namespace {

std::string read(std::string_view text, char separator = ',') {
  std::string shown;
  int line = 1;
  try {
    while (!text.empty()) {
      shown += std::to_string(line) + ":";
      for (const std::string& field : take_csv_line(text, separator, line)) shown += " [" + field + "]";
      shown += "\n";
    }
  } catch (const CsvDamage& damage) {
    shown += " " + damage.found + ", expected " + damage.expected;
  }
  return shown;
}

TEST(Csv, IsReadLineByLine) {
  EXPECT_EQ(read("a,,\"b \"\"c\"\"\nd\"\n\ne;f,g\n"), "1: [a] [] [b \"c\"\nd]\n3: []\n4: [e;f] [g]\n");
  EXPECT_EQ(read("a,b;\"c;d\"\n", ';'), "1: [a,b] [c;d]\n");
  EXPECT_EQ(read("a\tb\n", '\t'), "1: [a] [b]\n");
  std::string written;
  append_csv(written, {"a,b", "say \"x\"", "1\n2", ""});
  EXPECT_EQ(read(written), "1: [a,b] [say \"x\"] [1\n2] []\n");
}

TEST(Csv, SaysWhatIsWrongWithALine) {
  EXPECT_EQ(read("a,b"), "1: the end of the file, expected the end of a line");
  EXPECT_EQ(read("a,\"b\nc"), "1: the end of the file inside quotes, expected a closing quote");
  EXPECT_EQ(read("\"a\"b,c\n"), "1: b behind a, expected a separator or the end of the line");
}

TEST(Encoding, IsToldByMarkOrContent) {
  const std::string text = "Sở Nội vụ\nĐắk Lắk 😀\n";
  EXPECT_EQ(decoded_text(text), text);
  EXPECT_EQ(decoded_text("\xEF\xBB\xBF" + text), text);
  EXPECT_EQ(decoded_text("a\r\nb\rc\n"), "a\nb\nc\n");
  EXPECT_EQ(nfc(decoded_text("S\xF5\xD2 N\xF4\xF2i v\u0075\xF2, \xD0\xE3\xECk L\xE3\xECk")), "Sở Nội vụ, Đắk Lắk");
  using namespace std::string_literals;
  EXPECT_EQ(decoded_text("\xFF\xFE"s + "S\0\xDF\x1E\x3D\xD8\x00\xDE\r\0\n\0"s), "Sở😀\n");
  EXPECT_EQ(decoded_text("\xFE\xFF"s + "\0S\x1E\xDF"s), "Sở");
  EXPECT_EQ(decoded_text("\xFF\xFE"s + "\x3D\xD8" + "S\0S"s), "\uFFFDS\uFFFD");  // half a pair, an odd byte
}

}  // namespace
}  // namespace tonghop
