// One XML part of a package, parsed in place, and the questions that readers of parts ask of its nodes.
// Names are local: whatever stands before a ":" is a namespace prefix, and those are free.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "xlsx/package.h"

namespace tonghop::xlsx {

// Owns the text and the tree; nodes and views of their text must not outlive it.
class XmlPart {
 public:
  // Throws Error file-damaged when the part is missing, not well-formed, or has a document type; file-too-large when it
  // is larger or nested deeper than the package's limits allow.
  XmlPart(Package& package, std::string_view name);
  // The same of a text that was read already, or of one element of it.
  XmlPart(std::string_view text, std::string_view name, const std::string& file, const Limits& limits);
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;

  pugi::xml_node root() const { return document_.document_element(); }
  std::size_t bytes() const { return text_.size(); }

 private:
  std::string text_;
  pugi::xml_document document_;
};

// The part's text. Throws Error as XmlPart.
PartText read_part(Package& package, std::string_view name);

// Whether the tree of a part that large is surely within the limits.
bool tree_is_bounded(std::string_view text, const Limits& limits);

// "c" of "x:c".
inline const char* local(const char* name) {
  const char* start = name;
  for (; *name != '\0'; ++name) {
    if (*name == ':') start = name + 1;
  }
  return start;
}

inline bool is(pugi::xml_node node, std::string_view name) { return local(node.name()) == name; }

// For names of one letter, the most frequent ones: only that letter, without prefix.
inline bool is_letter(const char* name, char letter) { return name[0] == letter && name[1] == '\0'; }

pugi::xml_node child(pugi::xml_node parent, std::string_view name);  // the first of that local name, or none

pugi::xml_attribute attribute(pugi::xml_node node, std::string_view name);  // the first of that local name, or none

// All text directly inside the node, CDATA and what stands around comments included. A view of `joined` when it had to
// be put together, else of the part itself.
std::string_view text_of(pugi::xml_node node, std::string& joined);

// Without blanks and line ends at both ends.
inline std::string_view without_blanks(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool flag(std::string_view text);                                // 1, 0, true, false, on, off
bool flag(pugi::xml_attribute attribute, bool missing = false);  // the same
std::optional<int> any_integer(std::string_view text);
inline std::optional<int> integer(std::string_view text) {  // decimal, blanks around it allowed
  constexpr std::size_t kShort = 9;
  int number = 0;
  std::size_t digits = 0;  // nearly all have nothing else
  for (; digits < text.size() && digits < kShort && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    number = number * 10 + (text[digits] - '0');
  }
  return digits == text.size() && digits > 0 ? number : any_integer(text);
}
int integer(pugi::xml_attribute attribute, int missing);
std::optional<double> number(std::string_view text);  // finite, "+5" and "1.0E+2" too; what is too small is 0

}  // namespace tonghop::xlsx
