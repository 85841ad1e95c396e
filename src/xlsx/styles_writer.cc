// Writing styles.
#include "xlsx/styles_writer.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/text.h"
#include "xlsx/markup.h"
#include "xlsx/number_format.h"

namespace tonghop::xlsx {
namespace {

// Excel's limits.
constexpr std::size_t kMaxFonts = 512;
constexpr std::size_t kMaxFills = 256;
constexpr std::size_t kMaxNumberFormats = 200;
constexpr std::size_t kMaxCellFormats = 65'430;
constexpr std::size_t kMaxFormatCode = 255;  // UTF-16 units
constexpr int kMaxIndent = 250;
constexpr int kMaxFontSize = 409;  // points

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

std::string font_xml(const Style& style, std::string_view name) {
  if (style.size < 1 || style.size > kMaxFontSize)
    throw std::invalid_argument("styles: font size " + std::to_string(style.size));
  std::string out = "<font>";
  if (style.bold) out += "<b/>";
  if (style.italic) out += "<i/>";
  if (style.underline) out += "<u/>";
  append(out, "<sz val=\"", style.size, "\"/><color ");
  if (style.color.empty()) {
    out += "theme=\"1\"";
  } else {
    append(out, "rgb=\"", argb(style.color), "\"");
  }
  out += "/><name val=\"";
  append_attribute(out, name);
  return out + "\"/></font>";
}

std::string fill_xml(const Style& style) {
  if (style.fill.empty()) return "<fill><patternFill patternType=\"none\"/></fill>";
  return "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"" + argb(style.fill) +
         "\"/><bgColor indexed=\"64\"/></patternFill></fill>";
}

std::string border_xml(bool thin) {
  std::string out = "<border>";
  for (const std::string_view side : {"left", "right", "top", "bottom"}) {
    if (thin) {
      append(out, "<", side, " style=\"thin\"><color indexed=\"64\"/></", side, ">");
    } else {
      append(out, "<", side, "/>");
    }
  }
  return out + "<diagonal/></border>";
}

std::string alignment_xml(const Style& style) {
  if (style.indent < 0 || style.indent > kMaxIndent)
    throw std::invalid_argument("styles: indent " + std::to_string(style.indent));
  std::string out = "<alignment";
  switch (style.horizontal) {
    case Horizontal::general:
      break;
    case Horizontal::left:
      out += " horizontal=\"left\"";
      break;
    case Horizontal::center:
      out += " horizontal=\"center\"";
      break;
    case Horizontal::right:
      out += " horizontal=\"right\"";
      break;
  }
  out += style.vertical == Vertical::top      ? " vertical=\"top\""
         : style.vertical == Vertical::center ? " vertical=\"center\""
                                              : " vertical=\"bottom\"";
  if (style.wrap) out += " wrapText=\"1\"";
  if (style.indent > 0) append(out, " indent=\"", style.indent, "\"");
  return out + "/>";
}

}  // namespace

std::string argb(std::string_view color) {
  const bool hex = color.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
  if (color.size() != 6 || !hex) throw std::invalid_argument("color \"" + std::string(color) + "\" is not RRGGBB");
  return "FF" + std::string(color);
}

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
    append(
        cells, "<xf numFmtId=\"", format, "\" fontId=\"", fonts.index(font_xml(style, workbook.font)), "\" fillId=\"",
        fills.index(fill_xml(style)), "\" borderId=\"", borders.index(border_xml(style.border)),
        "\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" "
        "applyProtection=\"1\">",
        alignment_xml(style), style.locked ? "<protection locked=\"1\"/></xf>" : "<protection locked=\"0\"/></xf>");
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
