// Elements of styles.
#include "xlsx/style_elements.h"

#include <stdexcept>

#include "xlsx/markup.h"

namespace tonghop::xlsx {
namespace {

// Excel's limits.
constexpr int kMaxIndent = 250;
constexpr int kMaxFontSize = 409;  // points

// Where the text stands in its cell.
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

std::string cell_format_xml(const Style& style, const CellFormat& parts) {
  std::string out;
  append(out, "<xf numFmtId=\"", parts.number_format, "\" fontId=\"", parts.font, "\" fillId=\"", parts.fill,
         "\" borderId=\"", parts.border,
         "\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\" "
         "applyProtection=\"1\">",
         alignment_xml(style), style.locked ? "<protection locked=\"1\"/></xf>" : "<protection locked=\"0\"/></xf>");
  return out;
}

}  // namespace tonghop::xlsx
