// What a reader finds in a package, part by part, wherever its texts stand among the shared strings.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "xlsx/package.h"

namespace tonghop::testing {

// Parts by name. In worksheets the texts of cells stand in the place of their numbers; of the shared strings only the
// head is left.
inline std::map<std::string, std::string> readable_parts(const std::string& bytes) {
  xlsx::Package package(bytes, "f");
  std::map<std::string, std::string> parts;
  for (const std::string& name : package.names()) parts[name] = package.read(name).value();

  std::string& table = parts.at("xl/sharedStrings.xml");
  const std::string end = "</si>", unique = "uniqueCount=\"";
  std::vector<std::string> texts;
  std::size_t last = table.find("<si>");
  for (std::size_t at = table.find(end); at != std::string::npos; at = table.find(end, last)) {
    texts.push_back(table.substr(last, at + end.size() - last));
    last = at + end.size();
  }
  const std::size_t count = table.find(unique);
  EXPECT_EQ(std::stoul(table.substr(count + unique.size())), texts.size());
  table.resize(count);

  const std::string before = " t=\"s\"><v>";
  for (auto& [name, xml] : parts) {
    if (!name.starts_with("xl/worksheets/sheet")) continue;
    std::string readable;
    std::size_t done = 0;
    for (std::size_t at = xml.find(before); at != std::string::npos; at = xml.find(before, done)) {
      const std::size_t number = at + before.size();
      readable += xml.substr(done, number - done) + texts.at(std::stoul(xml.substr(number)));
      done = xml.find('<', number);
    }
    xml = readable + xml.substr(done);
  }
  return parts;
}

}  // namespace tonghop::testing
