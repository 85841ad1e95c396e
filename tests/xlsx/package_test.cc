// The container: what bytes are judged to be, odd archives, limits, and what we write.
#include "xlsx/package.h"

#include <gtest/gtest.h>

#include "base/finding.h"
#include "packages.h"
#include "xls_files.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;

// A compound file with these streams in its root folder, all of them empty.
std::string compound_file(const std::vector<std::string>& streams) {
  std::string bytes = write_compound_file(streams.empty() ? "Empty" : streams[0], "");
  for (std::size_t i = 0; i < streams.size(); ++i) {
    std::string entry;
    for (const char c : streams[i]) entry += {c, '\0'};
    entry.resize(64);
    entry += le(2 * streams[i].size() + 2) + "\2\1" + le(0xFFFFFFFF, 4);
    entry += le(i + 1 < streams.size() ? i + 2 : 0xFFFFFFFF, 4);  // to the next
    bytes.replace(512 + 128 * (i + 1), entry.size(), entry);
  }
  return bytes;
}

std::string zip_of(const std::vector<std::string>& names, const std::string& text = "x") {
  std::vector<std::pair<std::string, std::string>> parts;
  for (const std::string& name : names) parts.emplace_back(name, text);
  return write_package(parts);
}

// Where the central directory speaks of the part.
std::size_t record_of(const std::string& bytes, const std::string& part) { return bytes.rfind(part) - 46; }

std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
  for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + to.size())) {
    bytes.replace(at, from.size(), to);
  }
  return bytes;
}

TEST(Package, SaysWhatAFileIsInsteadOfAWorkbook) {
  const std::string ods = "application/vnd.oasis.opendocument.spreadsheet";
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "(file-empty)"},
      {std::string(4096, '\0'), "(file-damaged)"},
      {compound_file({"EncryptionInfo", "EncryptedPackage"}), "(file-encrypted)"},
      {compound_file({"Workbook"}), "(file-old-xls)"},
      {compound_file({"Book"}), "(file-old-xls)"},
      {compound_file({"WordDocument", "Data"}), "(file-docx)"},
      {compound_file({"Data", "__properties_version1.0"}), "(file-mail)"},
      {compound_file({}), "(file-unknown)"},
      {compound_file({}).substr(0, 600), "(file-damaged)"},
      {"\x09\x08\x10\x00\x00\x06\x05\x00"s, "(file-damaged)"},  // the first bytes of an .xls without its container
      {"\x09\x08\x08\x00\x00\x05\x10\x00"s, "(file-old-xls)"},
      {"<html><table>", "(file-markup)"},
      {"\xEF\xBB\xBF\r\n <?xml version=\"1.0\"?><Workbook/>", "(file-markup)"},
      {"\xFF\xFE<\0?\0"s, "(file-markup)"},
      {"MIME-Version: 1.0\r\n", "(file-markup)"},
      {"%PDF-1.7", "(file-pdf)"},
      {"STT,Chỉ tiêu\n1,2\n", "(file-unknown)"},
      {"PK", "(file-damaged)"},
      {"PK\x03\x04 cut off", "(file-damaged)"},
      {"PK\x05\x06"s + std::string(18, '\0'), "(file-damaged)"},  // a zip without any entry
      {package_of({}).substr(0, 700), "(file-damaged)"},
      {zip_of({"readme.txt"}), "(file-zip)"},
      {zip_of({"báo cáo/a.xlsx"}), "(file-zip)"},
      {zip_of({"mimetype", "content.xml"}, ods), "(file-damaged)"},
      {zip_of({"mimetype", "content.xml"}, "application/vnd.oasis.opendocument.text"), "(file-unknown)"},
      {zip_of({"content.xml", "meta.xml"}, "<document-content/>"), "(file-unknown)"},
      {zip_of({"Index/Document.iwa", "preview.jpg"}), "(file-unknown)"},
      {zip_of({"[Content_Types].xml", "xl/workbook.bin"}), "(file-xlsb)"},
      {zip_of({"[Content_Types].xml", "word/document.xml"}), "(file-docx)"},
      {zip_of({"[Content_Types].xml", "ppt/presentation.xml"}), "(file-unknown)"},
      {zip_of({"[Content_Types].xml"}, "<Types/>"), "(file-unknown)"},
      {package_of({}), "S: "}};
  for (const auto& [bytes, expected] : table) {
    SCOPED_TRACE(expected + " " + bytes.substr(0, 40));
    EXPECT_EQ(outcome(bytes), expected);
  }
}

TEST(Package, FindsPartsWhateverTheirCaseAndSlashes) {
  const std::string bytes = write_package({{"\\XL\\Worksheets\\Sheet1.xml", "a"}, {"/_rels/.rels", "b"}, {"xl/", ""}});
  Package package(bytes, "f");
  EXPECT_EQ(package.read("xl/worksheets/sheet1.xml"), "a");
  EXPECT_EQ(package.read("_RELS/.rels"), "b");
  EXPECT_EQ(package.read("xl/"), std::nullopt);
  EXPECT_EQ(package.read("xl/absent.xml"), std::nullopt);
  EXPECT_EQ(package.names(), (std::vector<std::string>{"XL/Worksheets/Sheet1.xml", "_rels/.rels"}));
}

TEST(Package, TakesTheFirstOfPartsOfOneName) {
  const std::string bytes =
      replaced(write_package({{"_rels/.rels", "first"}, {"_rels/.relz", "second"}}), ".relz", ".rels");
  Package package(bytes, "f");
  EXPECT_EQ(package.read("_rels/.rels"), "first");
  EXPECT_EQ(package.names().size(), 1U);
}

TEST(Package, OpensWithJunkAroundTheArchive) {
  EXPECT_EQ(outcome("junk in front " + package_of({})), "S: ");
  EXPECT_EQ(outcome(package_of({}) + "junk behind"), "S: ");
}

TEST(Package, DamageOfOnePartLeavesTheOthers) {
  std::string bytes = write_package({{"_rels/.rels", "whole"}, {"xl/odd.xml", "broken"}});
  const std::size_t record = record_of(bytes, "xl/odd.xml");
  const auto error_of = [](const std::string& altered) -> std::string {
    Package package(altered, "f");
    EXPECT_EQ(package.read("_rels/.rels"), "whole");
    try {
      package.read("xl/odd.xml");
      return "";
    } catch (const Error& error) {
      EXPECT_EQ(error.finding().details.at(0), (std::pair<std::string, std::string>{"part", "xl/odd.xml"}));
      return error.finding().code;
    }
  };
  EXPECT_EQ(error_of(bytes), "");
  std::string wrong_sum = bytes;
  wrong_sum[record + 16] ^= 1;
  EXPECT_EQ(error_of(wrong_sum), "file-damaged");
  std::string unknown_method = bytes;
  unknown_method[record + 10] = 12;  // BZip2, which Open Packaging does not allow
  EXPECT_EQ(error_of(unknown_method), "file-damaged");
  std::string encrypted = bytes;
  encrypted[record + 8] |= 1;
  EXPECT_EQ(error_of(encrypted), "file-encrypted");
  std::string wrong_size = bytes;
  wrong_size[record + 24] = 1;  // declares less than there is; sizes are not believed, sums are
  EXPECT_EQ(Package(wrong_size, "f").read("xl/odd.xml"), "broken");
}

TEST(Package, RefusesWhatInflatesBeyondTheLimits) {
  const std::string bomb =
      package_of({{"xl/worksheets/sheet1.xml", worksheet(std::string(std::size_t{70} << 20, ' '))}});
  EXPECT_LT(bomb.size(), 200'000U);
  EXPECT_EQ(outcome(bomb), "(file-too-large)");

  const std::string megabyte(1 << 20, ' ');
  Limits limits;
  limits.part_bytes = 1 << 20;
  limits.total_bytes = 3 << 20;
  const std::string bytes =
      write_package({{"_rels/.rels", megabyte}, {"a", megabyte + " "}, {"b", megabyte}, {"c", megabyte}, {"d", " "}});
  Package package(bytes, "f", limits);
  EXPECT_EQ(package.read("_rels/.rels"), megabyte);
  EXPECT_THROW(package.read("a"), Error);
  EXPECT_EQ(package.read("b"), megabyte);
  EXPECT_EQ(package.read("c"), megabyte);
  EXPECT_THROW(package.read("d"), Error);  // the total is used up
}

TEST(Package, RefusesTooManyParts) {
  std::vector<std::string> names = {"_rels/.rels"};
  for (int i = 0; i < 10'000; ++i) names.push_back("xl/" + std::to_string(i));
  EXPECT_EQ(outcome(zip_of(names)), "(file-too-large)");
}

TEST(Package, SurvivesBeingCutOrAlteredAnywhere) {
  const std::string bytes = package_with_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    EXPECT_FALSE(outcome(bytes.substr(0, i)).empty());
    std::string altered = bytes;
    altered[i] = static_cast<char>(altered[i] ^ 0x55);
    outcome(altered);  // whatever comes of it, it comes back
  }
}

TEST(WritePackage, GivesEqualBytesForEqualPartsInTheOrderGiven) {
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"[Content_Types].xml", "<Types/>"}, {"b", "2"}, {"a", "1"}, {"empty", ""}};
  const std::string bytes = write_package(parts);
  EXPECT_EQ(bytes, write_package(parts));
  EXPECT_EQ(bytes.find("[Content_Types].xml"), 30U);  // right behind the first local header
  EXPECT_EQ(Package(bytes, "f").names(), (std::vector<std::string>{"[Content_Types].xml", "b", "a", "empty"}));
  EXPECT_EQ(Package(bytes, "f").read("empty"), "");
  EXPECT_THROW(write_package({{"a", ""}, {"a", ""}}), std::runtime_error);
}

}  // namespace
}  // namespace tonghop::xlsx
