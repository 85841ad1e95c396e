// Parts that sheets have beside their own, charts and notes, and the relationships that tie parts together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xlsx/package_writer.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

struct Target {
  std::string_view type;  // of the relationship, last segment: "drawing"
  std::string path;       // as seen from the part that points to it
};

// The part that lists them, the first as rId1.
std::string relationships_xml(const std::vector<Target>& targets);

// What a worksheet calls its charts, and the boxes of its notes.
std::string_view drawing_id();
std::string_view notes_id(const Sheet& sheet);

// A part that is there already.
MakePart ready_part(std::string xml);

struct SheetPart {
  std::string name;          // "xl/charts/chart1.xml"
  std::string content_type;  // "" where the extension says it
  MakePart make;
};

// Of all sheets; sheet i (from 0) is xl/worksheets/sheet(i + 1).xml. They borrow the workbook; to make them throws
// std::invalid_argument as the writers of charts and notes do.
std::vector<SheetPart> sheet_parts(const Workbook& workbook);

}  // namespace tonghop::xlsx
