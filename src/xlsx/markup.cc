// Escaping of XML.
#include "xlsx/markup.h"

#include <cstdint>

#include "xlsx/characters.h"

namespace tonghop::xlsx {
namespace {

// A bit for each of these, all of which come before '@' in ASCII.
constexpr std::uint64_t bits_of(std::string_view characters) {
  std::uint64_t bits = 0;
  for (const char c : characters) bits |= std::uint64_t{1} << c;
  return bits;
}

// Markup characters become references; line ends and tabs too in attributes, where a reader would make them blanks.
void append_escaped(std::string& out, std::string_view text, bool attribute) {
  const std::uint64_t special = attribute ? bits_of("&<>\"\n\t") : bits_of("&<>");
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 64 || (special >> byte & 1) == 0) continue;
    out += text.substr(done, at - done);
    done = at + 1;
    switch (text[at]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += "&#9;";
    }
  }
  out += text.substr(done);
}

// Whether every character may stand in XML as it is and none looks like an escape.
bool needs_no_escape(std::string_view text) { return text.find("_x") == std::string_view::npos && is_plain(text); }

bool keeps_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  return !text.empty() &&
         (kBlanks.find(text.front()) != std::string_view::npos || kBlanks.find(text.back()) != std::string_view::npos);
}

}  // namespace

void append_text(std::string& out, std::string_view text) {
  if (needs_no_escape(text)) {
    append_escaped(out, text, false);
  } else {
    append_escaped(out, encoded(text), false);
  }
}

void append_attribute(std::string& out, std::string_view text) {
  if (needs_no_escape(text)) {
    append_escaped(out, text, true);
  } else {
    append_escaped(out, encoded(text), true);
  }
}

void append_t(std::string& out, std::string_view text) {
  out += keeps_blanks(text) ? "<t xml:space=\"preserve\">" : "<t>";
  append_text(out, text);
  out += "</t>";
}

void append_formula(std::string& out, std::string_view formula) { append_escaped(out, cleaned(formula), false); }

}  // namespace tonghop::xlsx
