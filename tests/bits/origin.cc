// Finding the bytes of cells with pugixml's offsets. For workbooks as openpyxl and LibreOffice write them: no prefixes,
// every reference given, the usual names of parts.
#include "bits/origin.h"

#include <cstdlib>
#include <pugixml.hpp>
#include <stdexcept>

#include "xlsx/package.h"

namespace tonghop::bits {
namespace {

constexpr const char* kWorkbook = "xl/workbook.xml";
constexpr const char* kStrings = "xl/sharedStrings.xml";
constexpr const char* kStyles = "xl/styles.xml";

Extent extent_of(pugi::xml_node node, const std::string& xml) {
  const auto begin = static_cast<std::size_t>(node.offset_debug()) - 1;  // the offset is that of the name
  return {begin, element_end(xml, begin)};
}

void load(pugi::xml_document& document, const std::string& xml) {
  if (!document.load_buffer(xml.data(), xml.size())) throw std::runtime_error("a part of the original is no XML");
}

}  // namespace

Origin::Origin(std::string_view bytes) {
  xlsx::Package package(bytes, "original");
  for (const std::string& name : package.names()) parts_.emplace_back(name, package.read(name).value());

  pugi::xml_document book, relations, strings, styles;
  load(book, text(kWorkbook));
  load(relations, text("xl/_rels/workbook.xml.rels"));
  if (package.has(kStrings)) load(strings, text(kStrings));
  load(styles, text(kStyles));
  for (const pugi::xml_node item : strings.child("sst")) strings_.push_back(extent_of(item, text(kStrings)));
  for (const pugi::xml_node format : styles.child("styleSheet").child("numFmts")) {
    numbers_[format.attribute("numFmtId").as_int()] = extent_of(format, text(kStyles));
  }
  for (const pugi::xml_node format : styles.child("styleSheet").child("cellXfs")) {
    formats_.push_back(extent_of(format, text(kStyles)));
    format_numbers_.push_back(format.attribute("numFmtId").as_int());
  }
  for (const pugi::xml_node sheet : book.child("workbook").child("sheets")) {
    const auto relation =
        relations.child("Relationships").find_child_by_attribute("Id", sheet.attribute("r:id").value());
    const std::string target = relation.attribute("Target").value();
    read_sheet(sheet.attribute("name").value(), target.starts_with('/') ? target.substr(1) : "xl/" + target);
  }
}

const std::string& Origin::text(const std::string& part) const {
  for (const auto& [name, xml] : parts_) {
    if (name == part) return xml;
  }
  throw std::runtime_error("the original has no part " + part);
}

void Origin::read_sheet(const std::string& name, const std::string& part) {
  SheetSource& sheet = sheets_[name];
  sheet.part = part;
  pugi::xml_document document;
  load(document, text(part));
  for (const pugi::xml_node row : document.child("worksheet").child("sheetData")) {
    for (const pugi::xml_node cell : row) {
      CellSource& source = sheet.cells[xlsx::parse_address(cell.attribute("r").value()).value()];
      source.extent = extent_of(cell, text(part));
      source.style = cell.attribute("s").as_int();
      if (cell.attribute("t").value() == std::string_view("s")) source.string = cell.child("v").text().as_int();
    }
  }
}

bool Origin::of_cell(const Mutation& mutation, const Place& place) const {
  const auto sheet = sheets_.find(place.sheet);
  const auto at = xlsx::parse_address(place.cell);
  if (sheet == sheets_.end() || !at || mutation.part.empty()) return false;
  if (mutation.part == sheet->second.part) {
    for (const auto& [address, source] : sheet->second.cells) {
      const bool appended = mutation.begin == mutation.end &&
                            (mutation.begin == source.extent.begin || mutation.begin == source.extent.end);
      if (appended || !source.extent.holds(mutation)) continue;
      if (address == *at) return true;
      const std::string changed = applied(mutation, text(mutation.part)).substr(source.extent.begin, 200);
      return changed.substr(0, changed.find('>')).find(" r=\"" + place.cell + '"') != std::string::npos;
    }
    return false;
  }
  const auto cell = sheet->second.cells.find(*at);
  if (cell == sheet->second.cells.end()) return false;
  if (mutation.part == kStrings && cell->second.string >= 0) {
    const Extent& item = strings_.at(static_cast<std::size_t>(cell->second.string));
    return mutation.begin >= item.begin + 4 && mutation.end + 5 <= item.end;  // behind <si>, before </si>
  }
  if (mutation.part == kStyles) {
    const auto style = static_cast<std::size_t>(cell->second.style);
    const auto number = numbers_.find(format_numbers_.at(style));
    const Extent& format = formats_.at(style);
    const bool whole = mutation.begin <= format.begin && mutation.end >= format.end;  // the list shifts
    return (format.holds(mutation) && mutation.begin > format.begin && !whole) ||
           (number != numbers_.end() && number->second.holds(mutation));
  }
  return false;
}

}  // namespace tonghop::bits
