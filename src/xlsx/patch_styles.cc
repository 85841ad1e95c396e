// Adding to styles.
#include "xlsx/patch_styles.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "xlsx/markup.h"
#include "xlsx/number_format.h"
#include "xlsx/style_elements.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kMaxCellFormats = 65'430;  // of Excel
constexpr std::string_view kPlain = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-.";

std::string without_prefix(std::string_view markup, std::string_view prefix) {
  std::string out;
  for (std::size_t at = 0; at < markup.size(); ++at) {
    out += markup[at];
    if (markup[at] != '<') continue;
    if (at + 1 < markup.size() && markup[at + 1] == '/') out += markup[++at];
    if (markup.substr(at + 1).starts_with(prefix)) at += prefix.size();
  }
  return out;
}

bool is_fill_part(const pugi::xml_node& node, std::string_view parent) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Pair, 7> kElements = {{{"", "fill"},
                                              {"fill", "patternFill"},
                                              {"fill", "gradientFill"},
                                              {"patternFill", "fgColor"},
                                              {"patternFill", "bgColor"},
                                              {"gradientFill", "stop"},
                                              {"stop", "color"}}};
  constexpr std::array<std::string_view, 13> kAttributes = {"patternType", "rgb",    "theme",   "indexed", "tint",
                                                            "auto",        "type",   "degree",  "left",    "right",
                                                            "top",         "bottom", "position"};
  const std::string_view name = node.name();
  if (node.type() != pugi::node_element || std::ranges::find(kElements, Pair(parent, name)) == kElements.end())
    return false;
  const auto plain = [&](const pugi::xml_attribute& one) {
    return std::ranges::find(kAttributes, std::string_view(one.name())) != kAttributes.end() &&
           std::string_view(one.value()).find_first_not_of(kPlain) == std::string_view::npos;
  };
  return std::ranges::all_of(node.attributes(), plain) &&
         std::ranges::all_of(node.children(), [&](const pugi::xml_node& one) { return is_fill_part(one, name); });
}

}  // namespace

bool is_fill(const std::string& markup) {
  pugi::xml_document parsed;
  const unsigned all = pugi::parse_full | pugi::parse_fragment;  // what would be passed over is seen, too
  if (!parsed.load_buffer(markup.data(), markup.size(), all, pugi::encoding_utf8)) return false;
  const pugi::xml_node fill = parsed.first_child();
  return fill && !fill.next_sibling() && is_fill_part(fill, "");
}

PatchedStyles::PatchedStyles(std::string text) : text_(std::move(text)) {
  const auto root = elements(text_, {"styleSheet"});
  if (root.empty()) throw std::runtime_error("styles: no styleSheet");
  prefix_ = root.front().open.prefix;
  fonts_ = table("fonts", "font");
  fills_ = table("fills", "fill");
  borders_ = table("borders", "border");
  formats_ = table("cellXfs", "xf");
}

PatchedStyles::Table PatchedStyles::table(const char* name, const char* item) const {
  const auto found = elements(text_, {"styleSheet", name});
  if (found.size() != 1) throw std::runtime_error(std::string("styles: no ") + name);
  Table table{found.front(), {}, {}};
  for (const Element& one : elements(text_, {"styleSheet", name, item}))
    table.there.push_back(
        without_prefix(std::string_view(text_).substr(one.open.begin, one.end - one.open.begin), prefix_));
  return table;
}

std::size_t PatchedStyles::index(Table& table, const std::string& markup) {
  const auto there = std::ranges::find(table.there, markup);
  if (there != table.there.end()) return static_cast<std::size_t>(there - table.there.begin());
  const auto added = std::ranges::find(table.added, markup);
  const auto position = table.there.size() + static_cast<std::size_t>(added - table.added.begin());
  if (added == table.added.end()) table.added.push_back(markup);
  return position;
}

std::string PatchedStyles::fill_of(int format) const {
  const auto position = static_cast<std::size_t>(format);
  if (format < 0 || position >= formats_.there.size() + formats_.added.size()) return "";
  const std::string& markup =
      position < formats_.there.size() ? formats_.there[position] : formats_.added[position - formats_.there.size()];
  Tags tags(markup);
  Tag tag;
  tags.next(tag);
  const auto fill = static_cast<std::size_t>(std::max(0, integer(attribute(markup, tag, "fillId")).value_or(0)));
  if (fill >= fills_.there.size() + fills_.added.size()) return "";
  const std::string& said = fill < fills_.there.size() ? fills_.there[fill] : fills_.added[fill - fills_.there.size()];
  return said.find("\"none\"") != std::string::npos || fill == 0 ? "" : said;
}

int PatchedStyles::with_fill(int format, const std::string& fill) {
  if (fill_of(format) == fill) return format;
  const auto [known, added] = filled_.emplace(std::pair(format, fill), 0);
  if (!added) return known->second;
  const auto position = static_cast<std::size_t>(std::max(format, 0));
  std::string markup = "<xf numFmtId=\"0\" fontId=\"0\" borderId=\"0\"/>";
  if (position < formats_.there.size()) {
    markup = formats_.there[position];
  } else if (position < formats_.there.size() + formats_.added.size()) {
    markup = formats_.added[position - formats_.there.size()];
  }
  Tags tags(markup);
  Tag tag;
  tags.next(tag);
  Edits edits;
  edits.set_attribute(markup, tag, "fillId",
                      fill.empty() ? "0" : std::to_string(index(fills_, fill)));  // the first is none, by the format
  edits.set_attribute(markup, tag, "applyFill", "1");
  formats_.added.push_back(edits.applied_to(markup));
  known->second = static_cast<int>(formats_.there.size() + formats_.added.size()) - 1;
  return known->second;
}

int PatchedStyles::add(const Style& style, std::string_view font) {
  const int number_format = builtin_format_id(style.number_format);
  if (number_format < 0) throw std::invalid_argument("number format \"" + style.number_format + "\"");
  const CellFormat parts{number_format, index(fonts_, font_xml(style, font)),
                         style.fill.empty() ? 0 : index(fills_, fill_xml(style)),
                         index(borders_, border_xml(style.border))};
  return static_cast<int>(index(formats_, cell_format_xml(style, parts)));
}

std::string PatchedStyles::text() const {
  if (formats_.there.size() + formats_.added.size() > kMaxCellFormats)
    throw std::runtime_error("styles: more cell formats than Excel takes");
  Edits edits;
  for (const Table* table : {&fonts_, &fills_, &borders_, &formats_}) {
    if (table->added.empty()) continue;
    std::string markup;
    for (const std::string& one : table->added) markup += prefixed(one, prefix_);
    edits.append_inside(text_, table->element, markup);
    if (attribute(text_, table->element.open, "count").data() != nullptr) {
      edits.set_attribute(text_, table->element.open, "count",
                          std::to_string(table->there.size() + table->added.size()));
    }
  }
  return edits.applied_to(text_);
}

}  // namespace tonghop::xlsx
