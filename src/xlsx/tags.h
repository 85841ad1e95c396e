// XML as bytes: where its tags stand, and the same text with some bytes changed and all others kept. For parts that
// other programs wrote and that go back to them; what a part means is read through xml_part.h.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tonghop::xlsx {

// "<x:c r="A1"/>". Positions are bytes of the text that was scanned; views are of that text.
struct Tag {
  std::size_t begin = 0, end = 0;  // of its "<", and behind its ">"
  std::string_view prefix, name;   // "x:" and "c"
  int depth = 0;                   // of its element; the root's is 0
  bool closing = false;            // </c>
  bool empty = false;              // <c/>
};

// The tags of a well-formed text, one after the other; comments, CDATA sections and instructions are passed over.
class Tags {
 public:
  explicit Tags(std::string_view text) : text_(text) {}

  bool next(Tag& tag);  // false at the end, and where the text is not well-formed

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

// The attribute of that local name as it is written, with its entities; "" where there is none. A view of `text`.
std::string_view attribute(std::string_view text, const Tag& tag, std::string_view name);

struct Element {
  Tag open;
  std::size_t close = 0;  // begin of its end tag; for an empty element the end of `open`
  std::size_t end = 0;    // behind the element
};

// All elements at this path of local names, the root's first.
std::vector<Element> elements(std::string_view text, std::initializer_list<std::string_view> path);

// Changes to one text, made together.
class Edits {
 public:
  void insert(std::size_t at, std::string added) { replace(at, at, std::move(added)); }
  void replace(std::size_t begin, std::size_t end, std::string by);  // stretches do not overlap
  void set_attribute(std::string_view text, const Tag& tag, std::string_view name, std::string_view written);
  void append_inside(std::string_view text, const Element& element, std::string_view markup);  // behind its children

  bool empty() const { return edits_.empty(); }
  // What was inserted at one place stands in the order in which it was.
  std::string applied_to(std::string_view text) const;

 private:
  struct Edit {
    std::size_t begin, end;
    std::string by;
  };
  std::vector<Edit> edits_;
};

// Markup without prefixes, put under one ("x:").
std::string prefixed(std::string_view markup, std::string_view prefix);

// Whether the bytes are UTF-8, as far as they say themselves: no other byte order mark, no other declared encoding.
bool in_utf8(std::string_view text);

}  // namespace tonghop::xlsx
