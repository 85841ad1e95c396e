// Loading and checking of definition XML.
#include "base/xml.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/finding.h"
#include "base/text.h"

namespace tonghop {
namespace {

// Where lines begin.
std::vector<std::size_t> lines_in(std::string_view text) {
  std::vector<std::size_t> lines = {0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    lines.push_back(at + 1);
  }
  return lines;
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out.empty() ? "none" : out;
}

}  // namespace

XmlFile::XmlFile(const std::string& name, std::string text)
    : name_(name), text_(std::move(text)), lines_(lines_in(text_)), document_(std::make_unique<pugi::xml_document>()) {
  const auto result = document_->load_buffer(text_.data(), text_.size(), pugi::parse_default | pugi::parse_doctype,
                                             pugi::encoding_utf8);
  if (!result) {
    throw DefinitionError(place_at(result.offset), std::string("not well-formed XML (") + result.description() + ")");
  }
  for (const auto child : document_->children()) {
    if (child.type() == pugi::node_doctype) {
      const auto start = text_.rfind("<!DOCTYPE", static_cast<std::size_t>(child.offset_debug()));
      throw DefinitionError(place_at(static_cast<std::ptrdiff_t>(start)), "a DOCTYPE is not allowed");
    }
    if (child.type() == pugi::node_element && child != root()) {
      fail(child, std::string("a second root element <") + child.name() + ">; expected one");
    }
  }
  if (!root()) throw DefinitionError(place_at(0), "no root element");
}

Place XmlFile::place_at(std::ptrdiff_t offset) const {
  const auto end = std::min(text_.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), end);
  Place place;
  place.file = name_;
  place.line = static_cast<int>(next - lines_.begin());
  place.column = static_cast<int>(end - next[-1]) + 1;
  return place;
}

Place XmlFile::place(pugi::xml_node node) const {
  const auto offset = node.offset_debug();  // of the name; the place is its "<"
  return place_at(offset > 0 ? offset - 1 : offset);
}

void XmlFile::fail(pugi::xml_node node, const std::string& message) const {
  throw DefinitionError(place(node), message);
}

void XmlFile::allow(pugi::xml_node node, std::initializer_list<std::string_view> attributes,
                    std::initializer_list<std::string_view> children) const {
  const auto check = [&](const char* kind, std::string_view found, std::initializer_list<std::string_view> allowed,
                         pugi::xml_node at) {
    if (std::find(allowed.begin(), allowed.end(), found) != allowed.end()) return;
    const std::vector<std::string> names(allowed.begin(), allowed.end());
    std::string hint = did_you_mean(found, names);
    if (hint.empty()) hint = "; expected one of: " + listed(names);
    fail(at, std::string(kind) + " \"" + std::string(found) + "\" is not known in <" + node.name() + ">" + hint);
  };
  for (const auto attribute : node.attributes()) check("attribute", attribute.name(), attributes, node);
  for (const auto child : node.children()) {
    if (child.type() == pugi::node_element) check("element", child.name(), children, child);
  }
}

std::string XmlFile::required(pugi::xml_node node, const char* attribute) const {
  const pugi::xml_attribute found = node.attribute(attribute);
  if (!found) fail(node, std::string("<") + node.name() + "> needs the attribute " + attribute);
  if (trimmed(found.value()).empty()) fail(node, std::string("attribute ") + attribute + " is empty");
  return nfc(found.value());
}

std::string XmlFile::optional(pugi::xml_node node, const char* attribute, const char* fallback) const {
  return nfc(node.attribute(attribute).as_string(fallback));
}

int XmlFile::integer(pugi::xml_node node, const char* attribute, int fallback, int low, int high) const {
  const pugi::xml_attribute found = node.attribute(attribute);
  if (!found) return fallback;
  const std::string_view text = found.value();
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < low || number > high) {
    fail(node, std::string("attribute ") + attribute + " is \"" + std::string(text) +
                   "\", expected a whole number from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return number;
}

}  // namespace tonghop
