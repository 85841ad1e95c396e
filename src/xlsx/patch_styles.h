// The styles part of a package, made longer: cell formats that are there stay as they are and keep their numbers.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "xlsx/tags.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// Whether the markup, that came from outside, is one <fill> of known elements and plain values, without prefixes.
bool is_fill(const std::string& markup);

class PatchedStyles {
 public:
  // Throws std::runtime_error where the part lacks a table that every styles part has.
  explicit PatchedStyles(std::string text);

  // The <fill> of a cell format as it is written, without prefix; "" for none, and for a format that is not there.
  std::string fill_of(int format) const;

  // The cell format that differs from `format` in nothing but its fill, "" none; `format` itself where it has that one.
  int with_fill(int format, const std::string& fill);

  // A cell format of this look. Its number format is a built-in one (std::invalid_argument).
  int add(const Style& style, std::string_view font);

  std::string text() const;

 private:
  // One table of the part, with what is added.
  struct Table {
    Element element;
    std::vector<std::string> there;
    std::vector<std::string> added;
  };
  Table table(const char* name, const char* item) const;
  std::size_t index(Table& table, const std::string& markup);  // as if without prefix; added when new

  std::string text_;
  std::string prefix_;
  Table fonts_, fills_, borders_, formats_;
  std::map<std::pair<int, std::string>, int> filled_;  // format and fill -> format
};

}  // namespace tonghop::xlsx
