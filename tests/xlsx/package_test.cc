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

// trap A1, trap A2, trap A4: by content, never by name.
TEST(Package, SaysWhatAFileIsInsteadOfAWorkbook) {
  const std::string ods = "application/vnd.oasis.opendocument.spreadsheet";
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "(file-empty)"},
      {std::string(4096, '\0'), "(file-unsynced)"},
      {package_of({}).substr(0, 700) + std::string(4096, '\0'), "(file-unsynced)"},
      {"{\"url\": \"https://docs.google.com/open?id=1\", \"doc_id\": \"1\"}", "(file-shortcut)"},  // .gsheet
      {"\xEF\xBB\xBF[InternetShortcut]\r\nURL=https://example.org", "(file-shortcut)"},
      {"[InternetShortcut]\r\nURL=https://example.org", "(file-shortcut)"},
      {"\x4C\0\0\0\x01\x14\x02\0 and more"s, "(file-shortcut)"},
      {"<?xml version=\"1.0\"?><!DOCTYPE plist><plist><dict><key>URL</key></dict></plist>", "(file-shortcut)"},
      {"Rar!\x1A\x07\x01\x00 and more"s, "(file-archive RAR)"},
      {"7z\xBC\xAF\x27\x1C\x00\x04"s, "(file-archive 7-Zip)"},
      {"\x1F\x8B\x08\x00"s, "(file-archive GZIP)"},
      {std::string(257, 'a') + "ustar\0"s, "(file-archive TAR)"},
      {"\x89PNG\r\n\x1A\n", "(file-image PNG)"},
      {"\xFF\xD8\xFF\xE0", "(file-image JPEG)"},
      {"\0\0\0\x18"
       "ftypheic\0\0\0\0"s,
       "(file-image HEIF)"},
      {"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28"s, "(file-image BMP)"},
      {"BM 01: công tác chỉ đạo điều hành", "(file-unknown)"},
      {compound_file({"Data", "__properties_version1.0"}), "(file-mail)"},  // .msg
      {"Received: from a by b\r\nFrom: x@y\r\nTo: z@y\r\nMIME-Version: 1.0\r\n\r\n", "(file-mail)"},
      {"MIME-Version: 1.0\r\nFrom: x@y\r\nTo: z@y\r\n\r\n", "(file-mail)"},
      {"\x78\x9F\x3E\x22\x01"s, "(attachment-tnef)"},
      {"Subject: phụ lục", "(file-unknown)"},
      {"{\\rtf1\\ansi", "(file-docx)"},
      {compound_file({"EncryptionInfo", "EncryptedPackage"}), "(file-encrypted)"},
      {compound_file({"Workbook"}), "(file-old-xls)"},
      {compound_file({"Book"}), "(file-old-xls)"},
      {compound_file({"WordDocument", "Data"}), "(file-docx)"},
      {compound_file({}), "(file-unknown)"},
      {compound_file({}).substr(0, 600), "(file-damaged)"},
      {"\x09\x08\x10\x00\x00\x06\x05\x00"s, "(file-damaged)"},  // the first bytes of an .xls without its container
      {"\x09\x08\x08\x00\x00\x05\x10\x00"s, "(file-old-xls)"},
      {"<html><table>", "(file-markup HTML)"},
      {"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><?xml version=\"1.0\"?>", "(file-markup HTML)"},
      {"\xEF\xBB\xBF\r\n <?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
       "(file-markup XML Spreadsheet 2003)"},
      {"<?xml version=\"1.0\"?><office:document xmlns:office=\"u\"/>", "(file-markup OpenDocument XML)"},
      {"\xFF\xFE<\0?\0x\0m\0l\0"s, "(file-markup XML)"},
      {"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n", "(file-markup MHTML)"},
      {"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org\r\nTo: x\r\n", "(file-markup MHTML)"},
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
    std::string said = outcome(bytes);
    try {
      Package(bytes, "f");
    } catch (const Error& error) {
      for (const auto& [name, kind] : error.finding().details) {
        if (name == "kind" && !kind.empty()) said.insert(said.size() - 1, " " + kind);
      }
    }
    EXPECT_EQ(said, expected);
  }
}

// trap A5, trap A6, trap A7
TEST(Package, FindsPartsWhateverTheirCaseAndSlashes) {
  const std::string bytes = write_package({{"\\XL\\Worksheets\\Sheet1.xml", "a"}, {"/_rels/.rels", "b"}, {"xl/", ""}});
  Package package(bytes, "f");
  EXPECT_EQ(package.read("xl/worksheets/sheet1.xml"), "a");
  EXPECT_EQ(package.read("_RELS/.rels"), "b");
  EXPECT_EQ(package.read("xl/"), std::nullopt);
  EXPECT_EQ(package.read("xl/absent.xml"), std::nullopt);
  EXPECT_EQ(package.names(), (std::vector<std::string>{"XL/Worksheets/Sheet1.xml", "_rels/.rels"}));
}

// trap A8: other readers may take the second, and see another file.
TEST(Package, TakesTheFirstOfPartsOfOneNameAndSaysSo) {
  const auto twice = [](const std::string& second) {
    return replaced(write_package({{"_rels/.rels", "first"}, {"_rels/.Relz", second}}), ".Relz", ".RELS");
  };
  const std::string different = twice("second");
  Package package(different, "f");
  EXPECT_EQ(package.read("_rels/.rels"), "first");
  EXPECT_EQ(package.names().size(), 1U);
  EXPECT_EQ(package.repeated(), std::vector<std::string>{"_rels/.RELS"});
  EXPECT_TRUE(Package(twice("first"), "f").repeated().empty());

  Findings findings;
  const std::string sheet = "xl/worksheets/sheet1.xml";
  read_both_ways(replaced(package_of({{sheet, worksheet("<row><c><v>1</v></c></row>")},
                                      {"xl/worksheets/sheet1.xmk", worksheet("<row><c><v>2</v></c></row>")}}),
                          "sheet1.xmk", "sheet1.xml"),
                 "f.xlsx", findings);
  EXPECT_EQ(findings_of(findings), "part-repeated ! part=xl/worksheets/sheet1.xml count=1");
}

// trap A10
TEST(Package, OpensWithJunkAroundTheArchive) {
  EXPECT_EQ(outcome("junk in front " + package_of({})), "S: ");
  EXPECT_EQ(outcome(package_of({}) + "junk behind"), "S: ");
  const std::string one = package_with_rows("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
  const std::string two = package_with_rows("<row r=\"1\"><c r=\"A1\"><v>22</v></c><c r=\"B1\"><v>3</v></c></row>");
  EXPECT_EQ(outcome("PK junk" + one), "S: A1=1");
  EXPECT_EQ(outcome(one + two), "S: A1=22 B1=3");  // as other programs have it
  EXPECT_EQ(outcome(two + one), "S: A1=1");
  EXPECT_EQ(outcome(two + one + "junk"), "S: A1=1");
}

// trap A11: other methods than deflate; trap A12: a wrong sum.
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

// trap A13
TEST(Package, RefusesWhatInflatesBeyondTheLimits) {
  const std::string bomb =
      package_of({{"xl/worksheets/sheet1.xml", worksheet(std::string(std::size_t{130} << 20, ' '))}});
  EXPECT_LT(bomb.size(), 300'000U);
  EXPECT_EQ(outcome(bomb), "(file-too-large)");

  const std::string megabyte(1 << 20, ' ');
  Limits limits;
  limits.part_bytes = 1 << 20;
  limits.total_bytes = 4 << 20;
  const std::string bytes =
      write_package({{"_rels/.rels", megabyte}, {"a", megabyte + " "}, {"b", megabyte}, {"c", megabyte}, {"d", " "}});
  Package package(bytes, "f", limits);
  EXPECT_EQ(package.read("_rels/.rels"), megabyte);
  EXPECT_THROW(package.read("a"), Error);  // counts, too: a hundred such parts would cost as much as if they were read
  EXPECT_EQ(package.read("b"), megabyte);
  EXPECT_THROW(package.read("c"), Error);  // a byte less than a megabyte is left
  EXPECT_THROW(package.read("d"), Error);  // the total is used up
}

TEST(Package, RefusesTooManyParts) {
  std::vector<std::string> names = {"_rels/.rels"};
  for (int i = 0; i < 10'000; ++i) names.push_back("xl/" + std::to_string(i));
  EXPECT_EQ(outcome(zip_of(names)), "(file-too-large)");
}

// trap B20
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
