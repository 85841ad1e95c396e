// When a workbook was last saved, by what it says of itself; what it says wrongly never makes it unreadable.
#include "xlsx/properties_reader.h"

#include <gtest/gtest.h>

#include "ods_packages.h"
#include "packages.h"
#include "samples.h"
#include "xls_files.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

TEST(UtcTime, IsSpelledInOneWay) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"2027-04-02T08:15:00Z", "2027-04-02T08:15:00Z"},
      {" 2027-04-02T08:15:07Z\n", "2027-04-02T08:15:07Z"},
      {"2027-04-02T08:15Z", "2027-04-02T08:15:00Z"},
      {"2027-04-02T08:15:59.999999999Z", "2027-04-02T08:15:59Z"},
      {"2027-04-02T08:15:59.5", ""},  // of whose clock is not said,
      {"2027-04-02T08:15:00,5Z", "2027-04-02T08:15:00Z"},
      {"2027-04-02T15:15:00+07:00", "2027-04-02T08:15:00Z"},
      {"2027-01-01T05:30:00+0700", "2026-12-31T22:30:00Z"},
      {"2026-12-31T22:30:00-03:30", "2027-01-01T02:00:00Z"},
      {"2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z"},
      // No sense in them.
      {"", ""},
      {"2027", ""},
      {"2027-04-02", ""},
      {"2027-02-29T00:00:00Z", ""},
      {"2027-04-02 08:15:00", ""},
      {"2027-04-02T24:15:00Z", ""},
      {"2027-04-02T08:60:00Z", ""},
      {"2027-04-02T08:15:60Z", ""},
      {"2027-04-02T08:15:00+7", ""},
      {"2027-04-02T08:15:00+99:00", ""},
      {"2027-04-02T08:15:00ZZ", ""},
      {"2027-04-02T08:15:-1Z", ""},
      {"02/04/2027 08:15", ""},
      {"1601-01-01T00:00:00Z", ""},
      {"1899-12-30T00:00:00Z", ""},
      {"0001-01-01T00:00:00Z", ""}};
  for (const auto& [text, expected] : table) EXPECT_EQ(utc_time(text), expected) << text;
}

std::string modified_in(const std::string& bytes) {
  Findings findings;
  const Workbook workbook = read_both_ways(bytes, "f", findings);
  EXPECT_EQ(findings_of(findings), "");
  EXPECT_EQ(workbook.sheets.size(), 1U);
  return workbook.modified;
}

TEST(PropertiesReader, FindsThePartOfAnXlsx) {
  const std::string core =
      "<cp:coreProperties xmlns:cp=\"u\" xmlns:dcterms=\"v\"><dcterms:created>2020-01-01T00:00:00Z</dcterms:created>"
      "<dcterms:modified xsi:type=\"dcterms:W3CDTF\" xmlns:xsi=\"w\">2027-04-02T08:15:00Z</dcterms:modified>"
      "</cp:coreProperties>";
  EXPECT_EQ(modified_in(package_of({{"docProps/core.xml", core}})), "2027-04-02T08:15:00Z");
  EXPECT_EQ(modified_in(package_of(
                {{"package/services/metadata/core-properties/1.psmdcp", core},
                 {"_rels/.rels", relationships({{"rId1", "officeDocument", "xl/workbook.xml"},
                                                {"rId2", "metadata/core-properties",
                                                 "/package/services/metadata/core-properties/1.psmdcp"}})}})),
            "2027-04-02T08:15:00Z");
}

TEST(PropertiesReader, ReadsAWorkbookWhateverItsPropertiesAre) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"none", "(none)"},
      {"empty", ""},
      {"cut off", "<cp:coreProperties xmlns:cp=\"u\"><dcterms:modified>2027-04-02T08:15:00Z"},
      {"a document type", "<!DOCTYPE x [<!ENTITY b \"2027\">]><x><modified>2027-04-02T08:15:00Z</modified></x>"},
      {"no date", "<cp:coreProperties xmlns:cp=\"u\"/>"},
      {"nonsense", "<x><modified>yesterday</modified></x>"}};
  for (const auto& [what, core] : table) {
    SCOPED_TRACE(what);
    EXPECT_EQ(modified_in(package_of({{"docProps/core.xml", core}})), "");
    EXPECT_EQ(
        modified_in(package_of({{"_rels/.rels", relationships({{"rId1", "officeDocument", "xl/workbook.xml"},
                                                               {"rId2", "metadata/core-properties", "away.xml"}})},
                                {"docProps/core.xml", core}})),
        "");
  }
  // Larger than a part may be, read after everything else.
  Limits limits;
  limits.part_bytes = 20'000;
  const std::string large = "<x>" + std::string(30'000, ' ') + "<modified>2027-04-02T08:15:00Z</modified></x>";
  EXPECT_EQ(outcome(package_of({{"docProps/core.xml", large}}), limits), "S: ");
}

TEST(PropertiesReader, FindsThePartOfAnOds) {
  const auto ods = [](const std::string& meta) {
    return write_package(
        {{"mimetype", kOdsMime}, {"content.xml", ods_content("<table:table table:name=\"S\"/>")}, {"meta.xml", meta}});
  };
  EXPECT_EQ(
      modified_in(ods("<office:document-meta xmlns:office=\"o\" xmlns:dc=\"d\" xmlns:meta=\"m\"><office:meta>"
                      "<meta:creation-date>2020-01-01T00:00:00</meta:creation-date>"
                      "<dc:date>2027-04-02T15:15:00.123456789+07:00</dc:date></office:meta></office:document-meta>")),
      "2027-04-02T08:15:00Z");
  EXPECT_EQ(modified_in(ods("<office:document-meta><office:meta>")), "");
  EXPECT_EQ(modified_in(ods_of("<table:table table:name=\"S\"/>")), "");
}

// A property set with the properties (id, type, content) in its first section.
std::string property_set(const std::vector<std::tuple<unsigned, unsigned, std::string>>& properties) {
  std::string index, contents;
  for (const auto& [id, type, content] : properties) {
    index += le(id, 4) + le(8 + 8 * properties.size() + contents.size(), 4);
    contents += le(type, 4) + content;
  }
  return "\xFE\xFF" + std::string(22, '\0') + le(1, 4) + std::string(16, '\0') + le(48, 4) +
         le(8 + index.size() + contents.size(), 4) + le(properties.size(), 4) + index + contents;
}

std::string modified_by(const std::string& stream) {
  const std::string bytes = write_compound_file("\5SummaryInformation", stream);
  return modified_of(CompoundFile(bytes));
}

TEST(PropertiesReader, FindsThePropertyOfAnXls) {
  const std::uint64_t seconds = 13'451'127'300;  // 2027-04-02 08:15 since 1601
  const std::string time = le(seconds * 10'000'000 + 9'999'999, 8);
  EXPECT_EQ(modified_by(property_set({{1, 2, le(65001, 4)}, {12, 64, le(0, 8)}, {13, 64, time}})),
            "2027-04-02T08:15:00Z");
  const std::string whole = property_set({{13, 64, time}});
  EXPECT_EQ(modified_by(whole), "2027-04-02T08:15:00Z");
  EXPECT_EQ(modified_by(property_set({{12, 64, time}})), "");
  EXPECT_EQ(modified_by(property_set({{13, 30, time}})), "");
  EXPECT_EQ(modified_by(property_set({{13, 64, le(0, 8)}})), "");
  EXPECT_EQ(modified_by(property_set({{13, 64, std::string(8, '\xFF')}})), "");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(modified_by(whole.substr(0, size)), "") << size;
  EXPECT_EQ(modified_of(CompoundFile(write_compound_file("Workbook", ""))), "");
}

TEST(PropertiesReader, FindsNoDateInWhatWeWrite) {
  Findings findings;
  EXPECT_EQ(read_both_ways(write_workbook(sample_workbook()), "f", findings).modified, "");
}

}  // namespace
}  // namespace tonghop::xlsx
