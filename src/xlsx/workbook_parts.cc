// Finding parts from the root of a package.
#include "xlsx/workbook_parts.h"

#include <algorithm>

namespace tonghop::xlsx {
namespace {

// The part whose content type is that of a workbook, "" when none is.
std::string part_by_content_type(Package& package) {
  if (!package.has("[Content_Types].xml")) return "";
  const XmlPart types(package, "[Content_Types].xml");
  for (const pugi::xml_node node : types.root()) {
    const std::string_view type = node.attribute("ContentType").value();
    if (is(node, "Override") && type.ends_with(".main+xml") && type.find("sheet") != std::string_view::npos) {
      return resolved_target("", node.attribute("PartName").value());
    }
  }
  return "";
}

}  // namespace

std::string workbook_part(Package& package) {
  for (const Relationship& relationship : read_relationships(package, "")) {
    if (relationship.type == "officeDocument" && package.has(relationship.target)) return relationship.target;
  }
  if (std::string part = part_by_content_type(package); !part.empty() && package.has(part)) return part;
  return "xl/workbook.xml";
}

std::string part_of_type(const Package& package, const std::vector<Relationship>& relationships,
                         std::string_view type) {
  const auto found = std::ranges::find_if(relationships, [&](const Relationship& relationship) {
    return relationship.type == type && !relationship.external && package.has(relationship.target);
  });
  return found == relationships.end() ? "" : found->target;
}

std::string_view relationship_id(pugi::xml_node sheet) {
  for (const pugi::xml_attribute attribute : sheet.attributes()) {
    const std::string_view name = attribute.name();
    if (name.ends_with(":id")) return attribute.value();
  }
  return {};
}

}  // namespace tonghop::xlsx
