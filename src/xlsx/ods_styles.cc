// Reading OpenDocument styles (OpenDocument 1.3 part 3, clauses 16 and 17); data styles become Excel's format codes.
#include "xlsx/ods_styles.h"

#include <algorithm>

#include "xlsx/characters.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kLongest = 255;  // bytes of a font's name, or of a literal in a format code; nobody writes more

// A literal text in a format code: quoted, unless every program shows its characters as they are.
void append_literal(std::string& code, std::string_view text, bool percent) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '%' && percent) {
      code += text[i++];
      continue;
    }
    const std::size_t end = percent ? std::min(text.find('%', i), text.size()) : text.size();
    const std::string piece = cleaned(text.substr(i, end - i));
    if (piece.find_first_not_of(" /-:") == std::string::npos) {
      code += piece;
    } else if (piece.find('"') == std::string::npos && piece.size() <= kLongest) {
      ((code += '"') += piece) += '"';
    }  // what cannot be quoted says nothing about the value
    i = end;
  }
}

// "#,##0.0#": digits that are always there and digits that may be. 30 is the most that programs show.
std::string digits_code(pugi::xml_node number) {
  const auto count = [&](const char* name, int missing) {
    return std::clamp(integer(attribute(number, name), missing), 0, 30);
  };
  const int places = count("decimal-places", 0);
  const int least = std::min(count("min-decimal-places", places), places);
  std::string code(static_cast<std::size_t>(count("min-integer-digits", 1)), '0');
  if (flag(attribute(number, "grouping"))) {
    if (code.size() < 4) code.insert(0, 4 - code.size(), '#');
    code.insert(code.size() - 3, 1, ',');
  } else if (code.empty()) {
    code = "#";
  }
  if (places > 0) code += '.';
  code.append(static_cast<std::size_t>(least), '0').append(static_cast<std::size_t>(places - least), '#');
  return code;
}

// The letters of one part of a date or time, "" for what is none.
std::string_view date_code(pugi::xml_node part) {
  const std::string_view name = local(part.name());
  const bool is_long = std::string_view(attribute(part, "style").value()) == "long";
  if (name == "day") return is_long ? "dd" : "d";
  if (name == "month") {
    if (flag(attribute(part, "textual"))) return is_long ? "mmmm" : "mmm";
    return is_long ? "mm" : "m";
  }
  if (name == "year" || name == "era") return is_long ? "yyyy" : "yy";
  if (name == "day-of-week") return is_long ? "dddd" : "ddd";
  if (name == "week-of-year" || name == "quarter") return "m";
  if (name == "hours") return is_long ? "hh" : "h";
  if (name == "minutes") return is_long ? "mm" : "m";
  if (name == "seconds") return is_long ? "ss" : "s";
  return name == "am-pm" ? "AM/PM" : "";
}

std::string format_code(pugi::xml_node style) {
  const bool percent = is(style, "percentage-style");
  const bool dates = is(style, "date-style") || is(style, "time-style");
  bool elapsed = dates && !flag(attribute(style, "truncate-on-overflow"), true);  // its first part counts on: [h]
  std::string code;
  for (const pugi::xml_node part : style) {
    if (code.size() > kLongest) break;
    const std::string_view name = local(part.name());
    std::string joined;
    if (name == "text") {
      append_literal(code, text_of(part, joined), percent);
    } else if (name == "currency-symbol") {
      append_literal(code, text_of(part, joined), false);
    } else if (name == "number") {
      // Without a number of decimals: as many as there are.
      const bool general = !attribute(part, "decimal-places") && !flag(attribute(part, "grouping")) && !percent;
      code += general ? "General" : digits_code(part);
    } else if (name == "scientific-number") {
      code += digits_code(part) + "E+00";
    } else if (name == "fraction") {
      code += "# ?/?";
    } else if (name == "text-content") {
      code += '@';
    } else if (dates) {
      const std::string_view letters = date_code(part);
      if (elapsed && !letters.empty()) {
        ((code += '[') += letters) += ']';
        elapsed = false;
      } else {
        code += letters;
      }
    }
  }
  return code.empty() ? "General" : code;
}

}  // namespace

void OdsStyles::add(pugi::xml_node document) {
  for (const pugi::xml_node part : document) {
    const std::string_view name = local(part.name());
    if (name == "font-face-decls") {
      for (const pugi::xml_node face : part) {
        fonts_.insert_or_assign(attribute(face, "name").value(), attribute(face, "font-family").value());
      }
    } else if (name == "styles" || (name == "automatic-styles" && is(document, "document-content"))) {
      for (const pugi::xml_node style : part) add_style(style);
    }
  }
}

void OdsStyles::add_style(pugi::xml_node node) {
  const std::string_view kind = local(node.name());
  const std::string_view name = attribute(node, "name").value();
  if (kind.ends_with("-style") && kind != "default-style") {
    formats_.insert_or_assign(name, node);
    return;
  }
  if (kind != "style" && kind != "default-style") return;
  const std::string_view family = attribute(node, "family").value();
  if (family == "table" && kind == "style") {
    tables_.insert_or_assign(name, flag(attribute(child(node, "table-properties"), "display"), true));
  } else if (family == "table-cell") {
    Definition read;
    read.parent = attribute(node, "parent-style-name").value();
    read.number_format = attribute(node, "data-style-name").value();
    if (const auto protect = attribute(child(node, "table-cell-properties"), "cell-protect")) {
      read.locked = std::string_view(protect.value()).find("protected") != std::string_view::npos;
    }
    const pugi::xml_node text = child(node, "text-properties");
    const std::string_view face = attribute(text, "font-name").value();
    const auto declared = fonts_.find(face);
    read.font = declared != fonts_.end() ? declared->second : attribute(text, "font-family").value();
    if (read.font.empty()) read.font = face;
    cells_.insert_or_assign(name, read);
  }
}

bool OdsStyles::is_shown(std::string_view table_style) const {
  const auto found = tables_.find(table_style);
  return found == tables_.end() || found->second;
}

std::string OdsStyles::number_format(std::string_view name) const {
  const auto found = formats_.find(name);
  if (found == formats_.end()) return "General";
  // The format of positive numbers, Excel's first section, stands in a style of its own when others differ.
  for (const pugi::xml_node map : found->second) {
    const std::string_view condition = attribute(map, "condition").value();
    if (!is(map, "map") || !condition.starts_with("value()>")) continue;
    const auto positive = formats_.find(attribute(map, "apply-style-name").value());
    if (positive != formats_.end()) return format_code(positive->second);
  }
  return format_code(found->second);
}

Style OdsStyles::cell(std::string_view name, OdsFormat format) const {
  constexpr int kParents = 20;  // more are a circle
  Style style;
  std::string_view data_style, font;
  std::optional<bool> locked;
  const auto inherit = [&](std::string_view from) {
    const auto found = cells_.find(from);
    if (found == cells_.end()) return std::string_view();
    if (data_style.empty()) data_style = found->second.number_format;
    if (font.empty()) font = found->second.font;
    if (!locked) locked = found->second.locked;
    return found->second.parent;
  };
  for (int i = 0; i < kParents && !name.empty(); ++i) name = inherit(name);
  inherit("");
  if (font.size() > 1 && (font[0] == '\'' || font[0] == '"')) font = font.substr(1, font.size() - 2);
  style.font = cleaned(font.substr(0, kLongest));
  style.locked = locked.value_or(true);
  style.number_format = number_format(data_style);
  if (format == OdsFormat::percent && !is_percent_format(style.number_format)) style.number_format = "0%";
  if (format == OdsFormat::date && !is_date_format(style.number_format)) style.number_format = "yyyy-mm-dd";
  if (format == OdsFormat::time && !is_date_format(style.number_format)) style.number_format = "hh:mm:ss";
  return style;
}

}  // namespace tonghop::xlsx
