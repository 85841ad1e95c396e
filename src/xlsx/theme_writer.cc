// Writing a theme.
#include "xlsx/theme_writer.h"

#include "xlsx/markup.h"

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kColors =
    "<a:clrScheme name=\"Office\">"
    "<a:dk1><a:sysClr val=\"windowText\" lastClr=\"000000\"/></a:dk1><a:lt1><a:sysClr val=\"window\" "
    "lastClr=\"FFFFFF\"/></a:lt1>"
    "<a:dk2><a:srgbClr val=\"44546A\"/></a:dk2><a:lt2><a:srgbClr val=\"E7E6E6\"/></a:lt2>"
    "<a:accent1><a:srgbClr val=\"4472C4\"/></a:accent1><a:accent2><a:srgbClr val=\"ED7D31\"/></a:accent2>"
    "<a:accent3><a:srgbClr val=\"A5A5A5\"/></a:accent3><a:accent4><a:srgbClr val=\"FFC000\"/></a:accent4>"
    "<a:accent5><a:srgbClr val=\"5B9BD5\"/></a:accent5><a:accent6><a:srgbClr val=\"70AD47\"/></a:accent6>"
    "<a:hlink><a:srgbClr val=\"0563C1\"/></a:hlink><a:folHlink><a:srgbClr val=\"954F72\"/></a:folHlink></a:clrScheme>";

// Three of each, as the schema wants: subtle, moderate, intense.
constexpr std::string_view kFill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
constexpr std::string_view kEffect = "<a:effectStyle><a:effectLst/></a:effectStyle>";

}  // namespace

std::string theme_xml(std::string_view font) {
  std::string out(kXmlHead);
  append(out,
         "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Office "
         "Theme\"><a:themeElements>",
         kColors, "<a:fontScheme name=\"Office\">");
  for (const std::string_view use : {"a:majorFont", "a:minorFont"}) {
    append(out, "<", use, "><a:latin typeface=\"");
    append_attribute(out, font);
    append(out, "\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></", use, ">");
  }
  append(out, "</a:fontScheme><a:fmtScheme name=\"Office\"><a:fillStyleLst>", kFill, kFill, kFill,
         "</a:fillStyleLst><a:lnStyleLst>");
  for (const std::string_view width : {"6350", "12700", "19050"}) {
    append(out, "<a:ln w=\"", width, "\">", kFill, "<a:prstDash val=\"solid\"/></a:ln>");
  }
  append(out, "</a:lnStyleLst><a:effectStyleLst>", kEffect, kEffect, kEffect, "</a:effectStyleLst><a:bgFillStyleLst>",
         kFill, kFill, kFill, "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>");
  return out;
}

}  // namespace tonghop::xlsx
