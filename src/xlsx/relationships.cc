// Reading relationships.
#include "xlsx/relationships.h"

#include <algorithm>
#include <utility>

#include "xlsx/same_parts.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

// "xl/" of "xl/workbook.xml", "" at the root.
std::string_view folder_of(std::string_view part) { return part.substr(0, part.rfind('/') + 1); }

}  // namespace

std::string resolved_target(std::string_view source, std::string_view target) {
  std::string path(without_blanks(target));
  std::ranges::replace(path, '\\', '/');
  if (!path.starts_with('/')) path.insert(0, folder_of(source));
  std::vector<std::string_view> segments;
  for (std::string_view rest = path; !rest.empty();) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (segment != ".." && segment != "." && !segment.empty()) segments.push_back(segment);
  }
  std::string resolved;
  for (const std::string_view segment : segments) {
    if (!resolved.empty()) resolved += '/';
    resolved += segment;
  }
  return resolved;
}

std::vector<Relationship> read_relationships(Package& package, std::string_view part) {
  const std::string_view folder = folder_of(part);
  const std::string name = std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
  if (!package.has(name)) return {};
  thread_local SameParts<std::vector<Relationship>> known;
  return known.of(package, name, [part](const XmlPart& rels) {
    std::vector<Relationship> relationships;
    for (const pugi::xml_node node : rels.root()) {
      if (!is(node, "Relationship")) continue;
      Relationship relationship;
      relationship.id = node.attribute("Id").value();
      const std::string_view type = without_blanks(node.attribute("Type").value());
      relationship.type = type.substr(type.rfind('/') + 1);
      relationship.external = std::string_view(node.attribute("TargetMode").value()) == "External";
      const std::string_view target = node.attribute("Target").value();
      relationship.target = relationship.external ? std::string(target) : resolved_target(part, target);
      relationships.push_back(std::move(relationship));
    }
    return relationships;
  });
}

}  // namespace tonghop::xlsx
