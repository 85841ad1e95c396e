// Writing styles.
#include "xlsx/styles_writer.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/text.h"
#include "xlsx/markup.h"
#include "xlsx/number_format.h"
#include "xlsx/style_elements.h"

namespace tonghop::xlsx {
namespace {

// Excel's limits.
constexpr std::size_t kMaxFonts = 512;
constexpr std::size_t kMaxFills = 256;
constexpr std::size_t kMaxNumberFormats = 200;
constexpr std::size_t kMaxCellFormats = 65'430;
constexpr std::size_t kMaxFormatCode = 255;  // UTF-16 units

// Elements of one kind, each written once and known by its position.
class Table {
 public:
  explicit Table(std::vector<std::string> first) : elements_(std::move(first)) {}

  std::size_t index(std::string element) {
    const auto found = std::ranges::find(elements_, element);
    if (found != elements_.end()) return static_cast<std::size_t>(found - elements_.begin());
    elements_.push_back(std::move(element));
    return elements_.size() - 1;
  }

  void write(std::string& out, std::string_view name, std::size_t at_most) const {
    if (elements_.empty()) return;
    if (elements_.size() > at_most)
      throw std::invalid_argument("styles: more " + std::string(name) + " than Excel takes");
    append(out, "<", name, " count=\"", elements_.size(), "\">");
    for (const std::string& element : elements_) out += element;
    append(out, "</", name, ">");
  }

 private:
  std::vector<std::string> elements_;
};

}  // namespace

std::string styles_xml(const Workbook& workbook) {
  if (workbook.styles.empty()) throw std::invalid_argument("a workbook has at least one style");
  if (workbook.styles.size() > kMaxCellFormats)
    throw std::invalid_argument("styles: more cell formats than Excel takes");
  Table formats({});
  Table fonts({font_xml(workbook.styles[0], workbook.font)});
  // The first two fills are reserved: whatever stands there is taken as none and 12.5 % grey.
  Table fills({fill_xml(Style{}), "<fill><patternFill patternType=\"gray125\"/></fill>"});
  Table borders({border_xml(false)});
  std::vector<std::string> codes;  // custom number formats, by id - kFirstCustomFormat
  std::string cells;
  for (const Style& style : workbook.styles) {
    int format = builtin_format_id(style.number_format);
    if (format < 0) {
      if (style.number_format.empty() || utf16_length(style.number_format) > kMaxFormatCode) {
        throw std::invalid_argument("styles: number format is empty or longer than 255");
      }
      const auto known = std::ranges::find(codes, style.number_format);
      format = kFirstCustomFormat + static_cast<int>(known - codes.begin());
      if (known == codes.end()) codes.push_back(style.number_format);
      std::string element;
      append(element, "<numFmt numFmtId=\"", format, "\" formatCode=\"");
      append_attribute(element, style.number_format);
      formats.index(element + "\"/>");
    }
    const CellFormat parts{format, fonts.index(font_xml(style, workbook.font)), fills.index(fill_xml(style)),
                           borders.index(border_xml(style.border))};
    cells += cell_format_xml(style, parts);
  }

  std::string out(kXmlHead);
  append(out, "<styleSheet xmlns=\"", kMainNamespace, "\">");
  formats.write(out, "numFmts", kMaxNumberFormats);
  fonts.write(out, "fonts", kMaxFonts);
  fills.write(out, "fills", kMaxFills);
  borders.write(out, "borders", 2);
  append(
      out, "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>",
      "<cellXfs count=\"", workbook.styles.size(), "\">", cells, "</cellXfs>",
      "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles><dxfs count=\"0\"/>",
      "<tableStyles count=\"0\" defaultTableStyle=\"TableStyleMedium9\" "
      "defaultPivotStyle=\"PivotStyleLight16\"/></styleSheet>");
  return out;
}

}  // namespace tonghop::xlsx
