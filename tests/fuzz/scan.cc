// A worksheet's XML and, behind a line "@@", that of shared strings: scanned and read as trees it is the same.
#include "both_ways.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  constexpr std::string_view kMark = "\n@@\n";
  const std::string_view text = fuzz::view(data, size);
  const std::size_t end = std::min(text.find(kMark), text.size());
  const std::string_view strings = text.substr(std::min(end + kMark.size(), text.size()));
  const auto relation = [&](const char* id, const char* type, const char* target) {
    return std::string("<Relationship Id=\"") + id + "\" Type=\"/" + type + "\" Target=\"" + target + "\"/>";
  };
  const std::string bytes = xlsx::write_package(
      {{"_rels/.rels", "<Relationships>" + relation("a", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
       {"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels", "<Relationships>" + relation("a", "worksheet", "s.xml") +
                                          relation("b", "styles", "t.xml") + relation("c", "sharedStrings", "u.xml") +
                                          "</Relationships>"},
       {"xl/t.xml",
        "<styleSheet><fonts><font><name val=\".VnTime\"/></font></fonts><cellXfs><xf/><xf "
        "fontId=\"0\"/></cellXfs></styleSheet>"},
       {"xl/s.xml", std::string(text.substr(0, end))},
       {"xl/u.xml", strings.empty() ? "<sst/>" : std::string(strings)}});
  for (const xlsx::Limits& limits : {xlsx::Limits{}, xlsx::Limits{.cells = 3, .text = 20, .depth = 80}}) {
    const std::string difference = testing::difference(bytes, limits);
    fuzz::require(difference.empty(), difference.c_str());
  }
  return 0;
}
