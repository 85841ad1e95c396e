// XML of definitions: pugixml's own types, with places (file:line:column) and "did you mean" for what is not expected.
#pragma once

#include <initializer_list>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"

namespace tonghop {

// A parsed definition file. Nodes borrow from it and must not outlive it.
class XmlFile {
 public:
  // Throws DefinitionError with line and column where the text is not well-formed.
  XmlFile(const std::string& name, std::string text);

  pugi::xml_node root() const { return document_->document_element(); }
  const std::string& name() const { return name_.str(); }
  Place place(pugi::xml_node node) const;

  // Throws DefinitionError at the node.
  [[noreturn]] void fail(pugi::xml_node node, const std::string& message) const;

  // Every attribute and child element of the node must be one of these.
  void allow(pugi::xml_node node, std::initializer_list<std::string_view> attributes,
             std::initializer_list<std::string_view> children) const;

  // The attribute's text in NFC; fails when it is missing or empty.
  std::string required(pugi::xml_node node, const char* attribute) const;
  // The attribute's text in NFC, or the fallback.
  std::string optional(pugi::xml_node node, const char* attribute, const char* fallback = "") const;
  // The attribute as an integer within [low, high], or the fallback when absent.
  int integer(pugi::xml_node node, const char* attribute, int fallback, int low, int high) const;

 private:
  Place place_at(std::ptrdiff_t offset) const;  // in the text

  SharedText name_;
  std::string text_;
  std::vector<std::size_t> lines_;  // where they begin
  std::unique_ptr<pugi::xml_document> document_;
};

}  // namespace tonghop
