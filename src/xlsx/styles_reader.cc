// Reading number formats, fonts and locks of cell formats.
#include "xlsx/styles_reader.h"

#include <unordered_map>
#include <utility>

#include "xlsx/characters.h"
#include "xlsx/number_format.h"

namespace tonghop::xlsx {

std::vector<Style> read_styles(const XmlPart& part) {
  std::unordered_map<int, std::string> formats;  // of the part; the last definition of an id counts
  for (const pugi::xml_node format : child(part.root(), "numFmts")) {
    const int id = integer(format.attribute("numFmtId"), -1);
    std::string code = decoded(format.attribute("formatCode").value());
    if (is(format, "numFmt") && id >= 0 && !code.empty()) formats.insert_or_assign(id, std::move(code));
  }
  std::vector<std::string> fonts;  // names, in order
  for (const pugi::xml_node font : child(part.root(), "fonts")) {
    if (is(font, "font")) fonts.push_back(decoded(child(font, "name").attribute("val").value()));
  }
  std::vector<Style> styles;
  for (const pugi::xml_node format : child(part.root(), "cellXfs")) {
    if (!is(format, "xf")) continue;
    Style& style = styles.emplace_back();
    const int id = integer(format.attribute("numFmtId"), 0);
    const auto defined = formats.find(id);
    style.number_format = defined != formats.end() ? defined->second : std::string(builtin_format(id));
    const int font = integer(format.attribute("fontId"), -1);
    if (font >= 0 && static_cast<std::size_t>(font) < fonts.size()) style.font = fonts[static_cast<std::size_t>(font)];
    style.locked = flag(child(format, "protection").attribute("locked"), true);
  }
  if (styles.empty()) styles.emplace_back();
  return styles;
}

}  // namespace tonghop::xlsx
