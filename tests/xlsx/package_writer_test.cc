// Parts come back as they were made, however large they are and however many threads deflate them.
#include "xlsx/package_writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <stdexcept>

#include "support.h"
#include "xlsx/zip.h"

namespace tonghop::xlsx {
namespace {

// A part made line by line.
MakePart lines(std::size_t count, std::uint64_t seed) {
  return [=](std::string& text, const Spill& spill) {
    std::mt19937_64 random(seed);
    for (std::size_t i = 0; i < count; ++i) {
      text += "<c r=\"A" + std::to_string(i) + "\"><v>" + std::to_string(random() % 1000) + "</v></c>\n";
      spill(text);
    }
  };
}

std::string made(const MakePart& make) {
  std::string text;
  make(text, kHold);
  return text;
}

std::string package_of(const std::vector<MadePart>& parts, unsigned threads) {
  std::string bytes;
  write_parts(
      parts, [&bytes](std::string_view piece) { bytes += piece; }, threads);
  return bytes;
}

// Up to 5 MB, so that it is written in many pieces; noise is what grows when deflated.
std::vector<MadePart> parts() {
  const MakePart noise = [](std::string& text, const Spill& spill) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 3'000'000; ++i) {
      text += static_cast<char>(random());
      if (i % 100 == 0) spill(text);
    }
  };
  const MakePart one_long_element = [](std::string& text, const Spill& spill) {
    text.assign(4'000'000, 'x');
    spill(text);
  };
  return {
      {"small", lines(10, 1)},     {"large", lines(150'000, 2)}, {"empty", lines(0, 3)},        {"noise", noise},
      {"middle", lines(5'000, 4)}, {"long", one_long_element},   {"larger", lines(170'000, 5)}, {"last", lines(1, 6)}};
}

TEST(PackageWriter, GivesEqualBytesThatReadBackWhateverTheNumberOfThreads) {
  const std::vector<MadePart> written = parts();
  const std::string bytes = package_of(written, 1);
  for (const unsigned threads : {0U, 2U, 8U}) EXPECT_TRUE(package_of(written, threads) == bytes) << threads;
  Zip zip(bytes, "f", {});
  ASSERT_EQ(zip.size(), written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    SCOPED_TRACE(written[i].name);
    EXPECT_EQ(zip.stored_name(i), written[i].name);
    EXPECT_TRUE(zip.read(i).view() == made(written[i].make));
  }
}

TEST(PackageWriter, SatisfiesOtherPrograms) {
  const testing::TempDir folder;
  testing::write_file(folder / "a.zip", package_of(parts(), 2));
  EXPECT_EQ(testing::run_well({TONGHOP_PYTHON, "-c",
                               "import sys, zipfile\nprint(zipfile.ZipFile(sys.argv[1]).testzip())", folder / "a.zip"}),
            "None\n");
}

TEST(PackageWriter, LetsThroughWhatIsThrown) {
  for (const unsigned threads : {1U, 2U, 8U}) {
    std::vector<MadePart> broken = parts();
    broken.insert(broken.begin() + 2, {"broken", [](std::string& text, const Spill& spill) {
                                         lines(100'000, 1)(text, spill);
                                         throw std::invalid_argument("a limit of Excel");
                                       }});
    EXPECT_THROW(package_of(broken, threads), std::invalid_argument);
    const auto full = [](std::string_view) { throw std::runtime_error("disk full"); };
    EXPECT_THROW(write_parts(parts(), full, threads), std::runtime_error);
  }
  EXPECT_THROW(package_of({{"a", lines(1, 1)}, {"a", lines(1, 1)}}, 2), std::runtime_error);
}

TEST(PackageWriter, HoldsLittleOfALargePart) {
  std::size_t most = 0;
  const MakePart watched = [&most](std::string& text, const Spill& spill) {
    for (int i = 0; i < 1'000'000; ++i) {
      text += "<c r=\"A1\"/>";
      spill(text);
      most = std::max(most, text.size());
    }
  };
  package_of({{"large", watched}}, 2);
  EXPECT_LE(most, std::size_t{2} << 20);
}

}  // namespace
}  // namespace tonghop::xlsx
