// Styles of an OpenDocument spreadsheet, as far as they say something about values: number format, lock, font, and
// whether a table is shown.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// What the type of a value asks of its number format, whatever the style says.
enum class OdsFormat { any, percent, date, time };

// Collected from styles.xml and content.xml, whose trees it borrows.
class OdsStyles {
 public:
  // The styles of a document element, styles.xml before content.xml: later ones win.
  void add(pugi::xml_node document);

  bool is_shown(std::string_view table_style) const;

  // Number format, lock and font of a cell style; unknown names give the default.
  Style cell(std::string_view name, OdsFormat format) const;

 private:
  struct Definition {
    std::string_view parent, number_format, font;
    std::optional<bool> locked = {};
  };
  void add_style(pugi::xml_node node);
  std::string number_format(std::string_view name) const;

  std::unordered_map<std::string_view, Definition> cells_;  // "" is what all have in common
  std::unordered_map<std::string_view, pugi::xml_node> formats_;
  std::unordered_map<std::string_view, std::string_view> fonts_;  // name of a face -> family
  std::unordered_map<std::string_view, bool> tables_;             // name -> shown
};

}  // namespace tonghop::xlsx
