// Escaping of XML.
#include "xlsx/markup.h"

#include "xlsx/characters.h"

namespace tonghop::xlsx {
namespace {

// What stands for a markup character; line ends and tabs too in attributes, where a reader would make them blanks.
std::string_view escape_of(char c, bool attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return attribute ? "&quot;" : "";
    case '\n':
      return attribute ? "&#10;" : "";
    case '\t':
      return attribute ? "&#9;" : "";
    default:
      return "";
  }
}

void append_escaped(std::string& out, std::string_view text, bool attribute) {
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] > '>') continue;  // most; bytes of longer sequences, which may count as negative, have no escape
    const std::string_view escape = escape_of(text[at], attribute);
    if (escape.empty()) continue;
    out += text.substr(done, at - done);
    out += escape;
    done = at + 1;
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
