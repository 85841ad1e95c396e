// Joining the paragraphs of OpenDocument cells (OpenDocument 1.3 part 3, 6.1.2: how blanks are written).
#include "xlsx/ods_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/finding.h"
#include "xlsx/characters.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

template <std::size_t kSize>
bool among(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class Paragraphs {
 public:
  explicit Paragraphs(const Limits& limits) : limits_(limits) {}

  void gather(pugi::xml_node holder, std::size_t depth);
  std::string text() const { return cleaned(text_); }

 private:
  void gather_inside(pugi::xml_node node, std::size_t depth);
  void add(std::string_view stored);
  void check_depth(std::size_t depth) const {
    if (depth > limits_.depth) refuse_too_large({}, "depth", limits_);
  }
  void put(std::size_t count, char c) {
    if (count > limits_.text - std::min(text_.size(), limits_.text)) {
      refuse_too_large({}, "text", limits_);
    }
    text_.append(count, c);
  }

  const Limits& limits_;
  std::string text_;
  bool first_ = true;         // no paragraph yet
  bool after_blank_ = false;  // more blanks in character data say nothing
};

// Outside paragraphs.
void Paragraphs::gather(pugi::xml_node holder, std::size_t depth) {
  using namespace std::string_view_literals;
  static constexpr std::array kHolders = {"list"sv,           "list-item"sv, "list-header"sv, "section"sv,
                                          "table"sv,          "table-row"sv, "table-cell"sv,  "table-header-rows"sv,
                                          "table-row-group"sv};
  check_depth(depth);
  for (const pugi::xml_node node : holder) {
    const std::string_view name = local(node.name());
    if (name == "p" || name == "h") {
      if (!first_) put(1, '\n');
      first_ = false;
      after_blank_ = true;
      gather_inside(node, depth + 1);
    } else if (among(kHolders, name)) {
      gather(node, depth + 1);
    }
  }
}

// Inside a paragraph. Shapes, notes and annotations have paragraphs of their own, which are not the cell's.
void Paragraphs::gather_inside(pugi::xml_node node, std::size_t depth) {
  using namespace std::string_view_literals;
  static constexpr std::array kForeign = {"annotation"sv, "ruby-text"sv, "note"sv, "frame"sv, "p"sv, "h"sv, "list"sv};
  check_depth(depth);
  add(node.value());  // embedded: the text before the first child
  for (const pugi::xml_node part : node) {
    const std::string_view name = local(part.name());
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) {
      add(part.value());
    } else if (name == "s") {
      put(static_cast<std::size_t>(std::max(1, integer(attribute(part, "c"), 1))), ' ');
      after_blank_ = false;
    } else if (name == "tab") {
      put(1, '\t');
      after_blank_ = false;
    } else if (name == "line-break") {
      put(1, '\n');
      after_blank_ = false;
    } else if (!among(kForeign, name)) {
      gather_inside(part, depth + 1);
    }
  }
}

// Character data: a run of blanks is one; at the front of a paragraph it is none. The last one of a paragraph stays,
// because programs write it so.
void Paragraphs::add(std::string_view stored) {
  for (const char c : stored) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank || !after_blank_) put(1, blank ? ' ' : c);
    after_blank_ = blank;
  }
}

}  // namespace

std::string paragraphs_of(pugi::xml_node holder, const Limits& limits) {
  Paragraphs paragraphs(limits);
  paragraphs.gather(holder, 1);
  return paragraphs.text();
}

}  // namespace tonghop::xlsx
