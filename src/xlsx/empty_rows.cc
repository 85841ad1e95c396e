// Byte by byte, before there is a tree. Whatever is not plainly an empty row is left for the parser to judge.
#include "xlsx/empty_rows.h"

#include <algorithm>
#include <string_view>

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

struct RowTag {
  bool numbered = false;   // has the attribute r
  std::size_t length = 0;  // of the whole element when it is empty and visible, else 0
};

void skip_blanks(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size())); }

// The <row> that `text` begins with; not numbered when it begins with anything else. Does not look beyond the next "<"
// outside of values, so that a text of nothing but these takes no longer than any other.
RowTag row_at(const std::string_view text) {
  if (!text.starts_with('<')) return {};
  const std::string_view name = text.substr(1, text.find_first_of(" \t\r\n/><", 1) - 1);
  if (name.substr(name.rfind(':') + 1) != "row") return {};  // npos + 1 is 0
  std::string_view rest = text.substr(std::min(name.size() + 1, text.size()));
  RowTag tag;
  bool hidden = false;
  for (skip_blanks(rest); !rest.empty() && rest[0] != '/' && rest[0] != '>'; skip_blanks(rest)) {
    const std::string_view attribute = rest.substr(0, rest.find_first_of("= \t\r\n<"));
    rest.remove_prefix(attribute.size());
    skip_blanks(rest);
    if (!rest.starts_with('=')) return {};
    rest.remove_prefix(1);
    skip_blanks(rest);
    const std::size_t end =
        rest.empty() || (rest[0] != '"' && rest[0] != '\'') ? std::string_view::npos : rest.find(rest[0], 1);
    if (end == std::string_view::npos) return {};
    const std::string_view value = rest.substr(1, end - 1);
    if (attribute == "r")
      tag.numbered = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (attribute == "hidden") hidden = value != "0" && value != "false";
    rest.remove_prefix(end + 1);
  }
  if (rest.starts_with("/>")) {
    rest.remove_prefix(2);
  } else if (rest.starts_with('>')) {
    rest.remove_prefix(1);
    skip_blanks(rest);
    if (!rest.starts_with("</") || rest.substr(2, name.size()) != name || rest.substr(2 + name.size(), 1) != ">") {
      return tag;
    }
    rest.remove_prefix(name.size() + 3);
  } else {
    return {};
  }
  if (!hidden) tag.length = text.size() - rest.size();
  return tag;
}

}  // namespace

std::string without_empty_rows(std::string_view whole) {
  if (whole.find("<!") != std::string_view::npos) return std::string(whole);
  std::size_t at = std::min(whole.find('<'), whole.size());
  std::string kept(whole.substr(0, at));
  for (RowTag tag = row_at(whole.substr(at)); at < whole.size();) {
    if (tag.numbered && tag.length > 0) {
      const std::size_t next = std::min(whole.find_first_not_of(kBlanks, at + tag.length), whole.size());
      const RowTag following = row_at(whole.substr(next));
      if (following.numbered) {
        at = next;
        tag = following;
        continue;
      }
    }
    const std::size_t end = std::min(whole.find('<', at + 1), whole.size());
    kept += whole.substr(at, end - at);
    at = end;
    tag = row_at(whole.substr(at));
  }
  return kept;
}

}  // namespace tonghop::xlsx
