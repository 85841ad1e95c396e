// Writes the notes of a sheet: their texts, and the boxes that show them, which Excel still keeps as VML.
#pragma once

#include <cstddef>
#include <string>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// The comments part. Throws std::invalid_argument where a note breaks a limit of Excel or notes do not ascend.
std::string comments_xml(const Workbook& workbook, const Sheet& sheet);

// Ids of shapes come in blocks of 1024, numbered through the whole workbook; so many does the sheet take.
std::size_t shape_blocks(const Sheet& sheet);

// The drawing with the boxes: hidden until one points at the cell, right of it, as large as the text needs up to a
// bound. `block` is the sheet's first block of ids, from 1.
std::string notes_drawing(const Workbook& workbook, const Sheet& sheet, std::size_t block);

}  // namespace tonghop::xlsx
