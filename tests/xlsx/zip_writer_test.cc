// What is written opens here and elsewhere, entry for entry; what a plain zip cannot hold is refused.
#include "xlsx/zip_writer.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <random>
#include <stdexcept>

#include "packages.h"
#include "support.h"
#include "xlsx/zip.h"

namespace tonghop::xlsx {
namespace {

using testing::TempDir;

struct Named {
  std::string name, text;
};

std::string zip_of(const std::vector<Named>& entries, int level = 6) {
  Deflater deflater(level);
  std::string bytes;
  ZipWriter zip([&bytes](std::string_view piece) { bytes += piece; });
  for (const Named& entry : entries) zip.add(entry.name, deflater.deflate(entry.text));
  zip.finish();
  return bytes;
}

const std::vector<Named> kEntries = {
    {"a.xml", "one"}, {"Sở Nội vụ.xml", std::string(100'000, 'x')}, {"empty", ""}, {"b/c", std::string(256, '\0')}};

TEST(ZipWriter, IsReadBackAsItWasWritten) {
  for (const int level : {1, 6, 12}) {
    const std::string bytes = zip_of(kEntries, level);
    EXPECT_EQ(bytes, zip_of(kEntries, level));
    Zip zip(bytes, "f", {});
    ASSERT_EQ(zip.size(), kEntries.size());
    for (std::size_t i = 0; i < kEntries.size(); ++i) {
      EXPECT_EQ(zip.stored_name(i), kEntries[i].name);
      EXPECT_EQ(zip.read(i).view(), kEntries[i].text);
    }
  }
}

// Pieces of 0 to 70,000 bytes, of few letters and of all bytes, one behind another in one entry.
TEST(PieceDeflater, MakesPiecesOfOneStream) {
  std::mt19937_64 random(11);
  PieceDeflater deflater;
  Deflated entry;
  std::string text;
  for (int i = 0; i < 300; ++i) {
    std::string piece(random() % 7 == 0 ? random() % 3 : random() % 70'000, '\0');
    const unsigned letters = i % 3 == 0 ? 256 : i % 3 == 1 ? 4 : 1;
    for (char& c : piece) c = static_cast<char>(random() % letters);
    const std::string deflated = deflater.deflate(piece);
    EXPECT_TRUE(PieceDeflater().deflate(piece) == deflated);  // whatever came before
    entry.bytes += deflated;
    text += piece;
  }
  entry.bytes += kEndOfPieces;
  entry.size = text.size();
  entry.checksum = libdeflate_crc32(0, text.data(), text.size());
  std::string bytes;
  ZipWriter zip([&bytes](std::string_view piece) { bytes += piece; });
  zip.add("a", entry);
  zip.finish();
  EXPECT_TRUE(Zip(bytes, "f", {}).read(0).view() == text);
}

TEST(ZipWriter, SatisfiesOtherPrograms) {
  const TempDir folder;
  testing::write_file(folder / "a.zip", zip_of(kEntries));
  EXPECT_EQ(testing::run_well({TONGHOP_PYTHON, "-c", R"(import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for entry in archive.infolist():
    print(entry.filename, entry.file_size, entry.date_time, oct(entry.external_attr >> 16), entry.flag_bits))",
                               folder / "a.zip"}),
            "a.xml 3 (1980, 1, 1, 0, 0, 0) 0o100666 0\n"
            "Sở Nội vụ.xml 100000 (1980, 1, 1, 0, 0, 0) 0o100666 2048\n"
            "empty 0 (1980, 1, 1, 0, 0, 0) 0o100666 0\n"
            "b/c 256 (1980, 1, 1, 0, 0, 0) 0o100666 0\n");
}

TEST(ZipWriter, RefusesWhatAPlainZipCannotHold) {
  const auto nowhere = [](std::string_view) {};
  EXPECT_THROW(zip_of({{"a", ""}, {"a", ""}}), std::runtime_error);
  EXPECT_THROW(zip_of({{"\xff", ""}}), std::runtime_error);
  {
    ZipWriter zip(nowhere);
    EXPECT_THROW(zip.add("a", {.bytes = "x", .size = std::uint64_t{1} << 32}), std::runtime_error);
  }
  {
    ZipWriter zip(nowhere);
    for (int i = 0; i < 65'535; ++i) zip.add(std::to_string(i), {});
    EXPECT_THROW(zip.add("one too many", {}), std::runtime_error);
    EXPECT_NO_THROW(zip.finish());
  }
  {
    const Deflated large{.bytes = std::string(std::size_t{1} << 28, 'x'), .size = 1};
    ZipWriter zip(nowhere);
    for (int i = 0; i < 16; ++i) zip.add(std::to_string(i), large);
    EXPECT_THROW(zip.add("beyond", {}), std::runtime_error);
    EXPECT_THROW(zip.finish(), std::runtime_error);
  }
}

}  // namespace
}  // namespace tonghop::xlsx
