// Pulls elements, attributes and texts out of the XML of one part, front to back and without a tree. It knows only what
// workbooks commonly hold; at anything else, and wherever a tree might say otherwise, it throws Unusual, and the part
// is read as a tree from its start (xml_part.h): what is unusual is judged in one place only.
//
// Unusual are: comments, CDATA, instructions, a document type, another encoding than UTF-8, names that are not ASCII,
// blanks around "=" and in end tags, carriage returns and unknown entities in what is read, text between elements.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "xlsx/characters.h"
#include "xlsx/limits.h"
#include "xlsx/part_text.h"

namespace tonghop::xlsx {

struct Unusual {};

// Which bytes may stand in names, as far as those are ASCII; 2: also in front.
inline constexpr std::array<unsigned char, 256> kNameBytes = [] {
  std::array<unsigned char, 256> bytes{};
  for (unsigned c = 'a'; c <= 'z'; ++c) bytes[c] = bytes[c - 'a' + 'A'] = 2;
  for (unsigned c = '0'; c <= '9'; ++c) bytes[c] = 1;
  bytes['_'] = bytes[':'] = 2;
  bytes['-'] = bytes['.'] = 1;
  return bytes;
}();

// An attribute as it is written; the name with its prefix.
struct ScannedAttribute {
  std::string_view name, value;

  // The value of one that is read; nothing has to be resolved in it.
  std::string_view plain() const {
    for (const char c : value) {
      if (c == '&' || c == '\r') throw Unusual{};
    }
    return value;
  }
};

class Scanner {
 public:
  // Borrows the part, which stays as it is; all views are of it. Stands before the root element.
  Scanner(const PartText& part, const Limits& limits);

  // Inside an element of this full name: true when a child begins, of which the attributes follow; false once the
  // element's end tag is taken. Between children there are blanks only.
  bool child(std::string_view parent) {
    while (is_blank(*at_)) ++at_;
    if (*at_ != '<') throw Unusual{};
    if (at_[1] == '/') {
      if (!end_tag(parent)) throw Unusual{};
      return false;
    }
    ++at_;
    name_ = name();
    return true;
  }

  // The start tag of the root, which has this name and no prefix; the attributes follow.
  void root(std::string_view name);

  // Inside a start tag: its next attribute; false when there is none.
  bool attribute(ScannedAttribute& attribute) {
    const char* at = at_;
    if (*at == '>' || *at == '/') return false;
    if (!is_blank(*at)) throw Unusual{};
    while (is_blank(*at)) ++at;
    at_ = at;
    if (*at == '>' || *at == '/') return false;
    attribute.name = name();
    at = at_;
    if (at[0] != '=' || (at[1] != '"' && at[1] != '\'')) throw Unusual{};
    const char* const end = find_near(at + 2, at[1]);
    attribute.value = {at + 2, end};
    at_ = end + 1;
    return true;
  }

  // What follows takes what stands here when it is just that, the quick way for what is nearly always the same; when it
  // is not, nothing is taken.

  template <std::size_t N>
  bool take(const char (&literal)[N]) {
    static_assert(N <= PartText::kBehind);
    if (std::memcmp(at_, literal, N - 1) != 0) return false;
    at_ += N - 1;
    return true;
  }

  bool take(std::string_view text) {
    if (!std::string_view(at_, end_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }

  // A word behind one text and before another.
  template <std::size_t N, std::size_t M>
  bool take_word(const char (&before)[N], std::string_view& word, const char (&behind)[M]) {
    return take_between(before, word, behind, [](const char* begin) { return word_end(begin); });
  }

  // The same with a text that is surely plain.
  template <std::size_t N, std::size_t M>
  bool take_text(const char (&before)[N], std::string_view& text, const char (&behind)[M]) {
    return take_between(before, text, behind, [this](const char* begin) { return begin + plain_front({begin, end_}); });
  }

  // The end of a start tag behind its last attribute; false for an empty element ("/>").
  bool content() {
    if (*at_ == '>') {
      ++at_;
      return true;
    }
    if (at_[0] != '/' || at_[1] != '>') throw Unusual{};
    at_ += 2;
    return false;
  }

  // The same, attributes passed over.
  bool pass_attributes() {
    ScannedAttribute passed;
    while (attribute(passed)) {
    }
    return content();
  }

  // Takes `</name>` when it stands here.
  bool end_tag(std::string_view name) {
    const char* at = at_;
    if (at[0] != '<' || at[1] != '/') return false;
    at += 2;
    for (const char c : name) {
      if (*at++ != c) return false;
    }
    if (*at != '>') return false;
    at_ = at + 1;
    return true;
  }

  // The text up to the end tag, which is taken, too, with entities resolved. A view of the part, or of `room`.
  std::string_view text(std::string_view name, std::string& room);

  // Whether the text taken last is surely plain (characters.h).
  bool plain() const { return plain_; }

  // Passes over an element whose name is taken already: the rest of its start tag, all inside, and its end tag.
  void pass(std::string_view full_name);

  // Of the element whose name was taken last, with its prefix and without.
  std::string_view full_name() const { return name_; }
  std::string_view local_name() const { return name_.substr(name_.rfind(':') + 1); }  // npos + 1 is 0

  // The bytes of the element whose name was taken last, which is passed over.
  std::string_view element();

  // Where it stands.
  const char* at() const { return at_; }

  // Takes what may follow the root's end tag.
  void end();

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
  const char* find(const char* from, char what) const {
    const void* found = std::memchr(from, what, static_cast<std::size_t>(end_ - from));
    if (found == nullptr) throw Unusual{};
    return static_cast<const char*>(found);
  }

  // The same where it is likely to be near.
  const char* find_near(const char* from, char what) const {
#ifdef __SSE2__
    if (end_ - from >= 16) {
      const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
      const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(what)));
      if (found != 0) return from + std::countr_zero(static_cast<unsigned>(found));
      from += 16;
    }
#endif
    return find(from, what);
  }

  // Behind letters, digits, "_", ":", "-", ".": names, numbers and references are made of nothing else.
  static const char* word_end(const char* from) {
    while (kNameBytes[static_cast<unsigned char>(*from)] != 0) ++from;
    return from;
  }

  template <std::size_t N, std::size_t M, typename EndOf>
  bool take_between(const char (&before)[N], std::string_view& between, const char (&behind)[M], const EndOf& end_of) {
    static_assert(N <= PartText::kBehind && M <= PartText::kBehind);
    if (std::memcmp(at_, before, N - 1) != 0) return false;
    const char* const begin = at_ + (N - 1);
    const char* const end = end_of(begin);
    if (std::memcmp(end, behind, M - 1) != 0) return false;
    between = {begin, end};
    at_ = end + (M - 1);
    return true;
  }

  std::string_view name() {
    const char* const begin = at_;
    if (kNameBytes[static_cast<unsigned char>(*begin)] < 2) throw Unusual{};
    at_ = word_end(begin);
    return {begin, at_};
  }

  const char* at_;
  const char* end_;  // the zero behind the text: reading a byte at a time stops there
  std::string_view name_;
  bool plain_ = false;
};

}  // namespace tonghop::xlsx
