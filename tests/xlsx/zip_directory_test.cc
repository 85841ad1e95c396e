// Zips of which the directory is read without libzip, those of which it is not, and that libzip reads the same.
#include "xlsx/zip_directory.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "packages.h"
#include "support.h"
#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using tonghop::testing::read_file;

constexpr std::size_t kEndSize = 22;

// All that a package holds, or why it cannot be read.
std::string contents(const std::string& bytes, bool plain) {
  std::string out;
  try {
    Package package(bytes, "f.xlsx", {}, plain);
    for (const std::string& name : package.names()) {
      out += name + ": ";
      try {
        out += package.read(name).value() + "\n";
      } catch (const Error& error) {
        out += error.what() + "\n"s;
      }
    }
    for (const std::string& name : package.repeated()) out += name + " is repeated\n";
  } catch (const Error& error) {
    out += error.what();
  }
  return out;
}

TEST(ZipDirectory, IsPlainInWhatProgramsWrite) {
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TONGHOP_SOURCE_DIR "/tests/returned")) {
    if (entry.path().extension() != ".xlsx") continue;
    const std::string bytes = read_file(entry.path().string());
    EXPECT_TRUE(plain_directory(bytes)) << entry.path();
    EXPECT_EQ(contents(bytes, true), contents(bytes, false));
    ++read;
  }
  EXPECT_GE(read, 5);
  const std::string bytes = package_of({});
  const auto entries = plain_directory(bytes);
  ASSERT_TRUE(entries);
  EXPECT_EQ(entries->at(0).name, "[Content_Types].xml");
  EXPECT_TRUE(entries->at(0).deflated);
}

TEST(ZipDirectory, IsLeftToLibzipWhereItIsNotPlain) {
  const std::string bytes = package_of({});
  const std::size_t end = bytes.size() - kEndSize;
  const std::size_t start = little_endian(bytes, end + 16, 4);
  const auto with = [&](std::size_t at, const std::string& changed) {
    return bytes.substr(0, at) + changed + bytes.substr(at + changed.size());
  };
  const std::string extra64("\1\0\0\0", 4);
  const std::vector<std::pair<std::string, std::string>> table = {
      {"nothing", ""},
      {"junk before", "junk" + bytes},
      {"junk behind", bytes + "junk"},
      {"cut off", bytes.substr(0, bytes.size() - 1)},
      {"a comment", with(bytes.size() - 2, "\1"s) + "c"},
      {"another end record", bytes.substr(0, start) + "PK\5\6" + bytes.substr(start)},
      {"several disks", with(end + 4, "\1"s)},
      {"another count", with(end + 8, "\1"s)},
      {"a count of none", with(end + 8, std::string(4, '\0'))},
      {"fewer entries than the directory holds", with(end + 8, "\1\0\1\0"s)},
      {"more entries than the directory holds", with(end + 8, "\x63\0\x63\0"s)},
      {"another place of the directory", with(end + 16, "\0\0\0\0"s)},
      {"no entry where one should be", with(start, "XK"s)},
      {"encrypted", with(start + 8, "\1"s)},
      {"another method", with(start + 10, "\x0C"s)},
      {"of 64 bits", with(start + 20, "\xFF\xFF\xFF\xFF"s)},
      {"more than there is", with(start + 20, "\xFF\xFF\xFF\x7F"s)},
      {"a name in other letters", with(start + 46, "\xC4\x91"s)},
      {"a name with a zero", with(start + 46, "a\0"s)},
      {"on another disk", with(start + 34, "\1"s)},
      {"behind the end", with(start + 42, "\xFF\xFF\xFF\x0F"s)},
      {"no header", with(0, "PK\1\2"s)},
      {"header beyond", with(26, "\xFF\xFF"s)}};
  for (const auto& [odd, zip] : table) {
    EXPECT_FALSE(plain_directory(zip)) << odd;
    EXPECT_EQ(contents(zip, true), contents(zip, false)) << odd;
  }
}

TEST(ZipDirectory, ComesToTheSameAsLibzipWhateverIsDamaged) {
  const std::string bytes = package_of({{"xl/styles.xml", "(none)"}, {"xl/sharedStrings.xml", "(none)"}});
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char c : {'\0', '\1', '\x7F', '\xFF'}) {
      std::string changed = bytes;
      changed[i] = c;
      ASSERT_EQ(contents(changed, true), contents(changed, false)) << i << ' ' << static_cast<int>(c);
    }
  }
}

}  // namespace
}  // namespace tonghop::xlsx
