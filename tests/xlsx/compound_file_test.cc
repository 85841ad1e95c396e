// The container of old Office files: whole, cut off, and running in circles.
#include "xlsx/compound_file.h"

#include <gtest/gtest.h>

#include "xls_files.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kSector = 512;

std::string numbered(std::size_t size) {
  std::string out;
  while (out.size() < size) out += std::to_string(out.size()) + ' ';
  return out.substr(0, size);
}

std::string changed(std::string bytes, std::size_t at, std::uint32_t number) {
  return bytes.replace(at, 4, le(number, 4));
}

TEST(CompoundFile, GivesBackTheStreamThatWasWritten) {
  // 109 tables of sectors fit into the header; the last size needs a list of further ones, twice.
  for (const std::size_t size : {0U, 1U, 8192U, 100'001U, 7'100'000U, 16'000'000U}) {
    const std::string stream = numbered(size);
    const std::string file = write_compound_file("Workbook", stream);
    EXPECT_EQ(file.size() % kSector, 0U);
    const auto read = CompoundFile(file).read("Workbook");
    ASSERT_TRUE(read) << size;
    EXPECT_TRUE(read->starts_with(stream));
    EXPECT_EQ(read->find_first_not_of('\0', size), std::string::npos);
    EXPECT_FALSE(CompoundFile(file).has("Book"));
  }
}

TEST(CompoundFile, GivesNoStreamThatBreaksOff) {
  const std::string stream = numbered(100'000);
  const std::string file = write_compound_file("Workbook", stream);
  for (std::size_t size = 0; size < file.size(); size += kSector / 2) {
    EXPECT_FALSE(CompoundFile(std::string_view(file).substr(0, size)).read("Workbook")) << size;
  }
}

TEST(CompoundFile, WalksNoCircle) {
  const std::string file = write_compound_file("Workbook", numbered(100'000));
  const std::size_t directory = kSector, tables = file.size() - 2 * kSector;
  // The directory follows itself; the stream leads back to its start; a stream is its own neighbour.
  EXPECT_TRUE(CompoundFile(changed(file, tables, 0)).has("Workbook"));
  EXPECT_FALSE(CompoundFile(changed(file, tables + std::size_t{4} * 100, 0xFFFFFFFE)).read("Workbook"));
  const auto round = CompoundFile(changed(file, tables + std::size_t{4} * 100, 1)).read("Workbook");
  EXPECT_TRUE(!round || round->size() == 100'000);
  EXPECT_TRUE(CompoundFile(changed(file, directory + 128 + 68, 1)).has("Workbook"));
  // The list of tables that goes on in itself.
  const std::string large = write_compound_file("Workbook", numbered(7'100'000));
  EXPECT_NO_THROW(CompoundFile(changed(large, large.size() - 4, little_endian(large, 68, 4))).read("Workbook"));
}

TEST(CompoundFile, BelievesNoSize) {
  const std::string file = write_compound_file("Workbook", numbered(100'000));
  EXPECT_FALSE(CompoundFile(changed(file, kSector + 128 + 120, 0xFFFFFFFF)).read("Workbook"));
  EXPECT_FALSE(CompoundFile(changed(file, kSector + 128 + 120, 101'000)).read("Workbook"));
  EXPECT_FALSE(CompoundFile(changed(file, kSector + 128 + 116, 0xFFFFFFF0)).read("Workbook"));
  EXPECT_FALSE(
      CompoundFile(changed(file, kSector + 128 + 120, 100)).read("Workbook"));  // small sectors: there are none
}

TEST(CompoundFile, SeesOnlyTheRootFolder) {
  // The one stream is moved out of the root's children.
  const std::string file = write_compound_file("Workbook", "x");
  EXPECT_FALSE(CompoundFile(changed(file, kSector + 76, 0xFFFFFFFF)).has("Workbook"));
  EXPECT_EQ(judge_compound_file(changed(file, kSector + 76, 0xFFFFFFFF)), "file-unknown");
}

}  // namespace
}  // namespace tonghop::xlsx
