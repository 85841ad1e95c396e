// Writing shared strings, plain and rich.
#include "xlsx/shared_strings_writer.h"

#include "xlsx/markup.h"
#include "xlsx/style_elements.h"

namespace tonghop::xlsx {

std::size_t SharedStringTable::index(const std::string& text, const std::vector<Run>& runs, const Style& style) {
  std::string element = "<si>";
  for (const Run& run : runs) {
    if (run.text.empty()) continue;
    append(element, "<r><rPr>", run.bold ? "<b/>" : "", run.italic ? "<i/>" : "", style.underline ? "<u/>" : "",
           "<sz val=\"", style.size, "\"/><color ");
    if (style.color.empty()) {
      element += "theme=\"1\"";
    } else {
      append(element, "rgb=\"", argb(style.color), "\"");
    }
    element += "/><rFont val=\"";
    append_attribute(element, font_);
    element += "\"/></rPr>";
    append_t(element, run.text);
    element += "</r>";
  }
  if (runs.empty()) append_t(element, text);
  element += "</si>";
  ++uses_;
  const auto [place, added] = known_.emplace(std::move(element), elements_.size());
  if (added) elements_.push_back(&place->first);
  return place->second;
}

std::string SharedStringTable::xml() const {
  std::string out(kXmlHead);
  append(out, "<sst xmlns=\"", kMainNamespace, "\" count=\"", uses_, "\" uniqueCount=\"", elements_.size(), "\">");
  for (const std::string* element : elements_) out += *element;
  return out + "</sst>";
}

}  // namespace tonghop::xlsx
