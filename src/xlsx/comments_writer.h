// Writes the notes of a sheet: their texts, and the boxes that show them, which Excel still keeps as VML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "xlsx/grid.h"
#include "xlsx/package_writer.h"
#include "xlsx/workbook.h"

namespace tonghop::xlsx {

// One note in it, `author` by position; and the text of one.
std::string comment_xml(const Comment& comment, std::size_t author, std::string_view font);
std::string comment_run(std::string_view text, std::string_view font);

// Appends the comments part. Throws std::invalid_argument where a note breaks a limit of Excel or notes do not ascend.
void write_comments(const Workbook& workbook, const Sheet& sheet, std::string& out, const Spill& spill = kHold);

// Ids of shapes come in blocks of 1024, numbered through the whole workbook; so many does the sheet take.
std::size_t shape_blocks(const Sheet& sheet);

// Appends the drawing with the boxes: hidden until one points at the cell, right of it, as large as the text needs up
// to a bound. `block` is the sheet's first block of ids, from 1.
void write_notes_drawing(const Workbook& workbook, const Sheet& sheet, std::size_t block, std::string& out,
                         const Spill& spill = kHold);

// The shape of boxes of notes, once a drawing, and one box: `shape` is its id, `height_order` its place among those
// that overlap, from 1.
inline constexpr std::string_view kNoteShapeType =
    "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" "
    "path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" "
    "o:connecttype=\"rect\"/></v:shapetype>";
std::string note_shape(const Grid& grid, const Comment& comment, std::size_t shape, std::size_t height_order);

}  // namespace tonghop::xlsx
