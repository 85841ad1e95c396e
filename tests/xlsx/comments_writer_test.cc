// Notes: read back as written, each in a box of its size at its cell.
#include "xlsx/comments_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <regex>
#include <set>
#include <stdexcept>

#include "packages.h"
#include "samples.h"
#include "xlsx/grid.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

using ::testing::HasSubstr;

Workbook workbook_with(std::vector<Comment> comments) {
  Workbook workbook;
  Sheet& sheet = workbook.sheets.emplace_back();
  sheet.name = "S";
  sheet.comments = std::move(comments);
  return workbook;
}

std::string part_of(const Workbook& workbook, const std::string& name) {
  const std::string bytes = write_workbook(workbook);
  return Package(bytes, "f").read(name).value();
}

struct Box {
  double width, height;     // points
  std::vector<int> anchor;  // column, pixels, row, pixels; twice; from 0
};

Box box_of(const Workbook& workbook) {
  const std::string drawing = part_of(workbook, "xl/drawings/vmlDrawing1.vml");
  std::smatch found;
  Box box{};
  if (std::regex_search(drawing, found, std::regex("width:([0-9.]+)pt;height:([0-9.]+)pt"))) {
    box.width = std::stod(found[1]);
    box.height = std::stod(found[2]);
  }
  const std::size_t at = drawing.find("<x:Anchor>") + 10;
  std::istringstream anchor(drawing.substr(at));
  for (int number = 0; box.anchor.size() < 8 && anchor >> number; anchor.ignore()) box.anchor.push_back(number);
  return box;
}

TEST(CommentsWriter, IsReadBackAsItWasWritten) {
  const std::vector<Comment> comments = {
      {{1, 2}, " dòng 1\n\ndòng <2> & \"3\" "}, {{1, 3}, "_x000D_\x01"}, {{9, 1}, "x"}};
  Findings findings;
  const Workbook read = read_both_ways(write_workbook(workbook_with(comments)), "f", findings);
  EXPECT_EQ(read.sheets.at(0).comments, comments);
  EXPECT_EQ(findings_of(findings), "");
}

TEST(CommentsWriter, NamesEachAuthorOnce) {
  const std::string part = part_of(
      workbook_with({{{1, 1}, "a", "B & C"}, {{1, 2}, "b", "tonghop"}, {{1, 3}, "c", "B & C"}}), "xl/comments1.xml");
  EXPECT_THAT(part, HasSubstr("<authors><author>B &amp; C</author><author>tonghop</author></authors>"));
  EXPECT_THAT(part, HasSubstr("<comment ref=\"C1\" authorId=\"0\">"));
}

TEST(CommentsWriter, StandsRightOfItsCellAsLargeAsItsText) {
  const Box small = box_of(workbook_with({{{5, 2}, "ngắn"}}));
  EXPECT_EQ(small.anchor[0], 2);
  EXPECT_EQ(small.anchor[2], 3);
  const Box wide = box_of(workbook_with({{{5, 2}, std::string(45, 'x')}}));
  EXPECT_GT(wide.width, small.width);
  EXPECT_EQ(wide.height, small.height);
  const Box high = box_of(workbook_with({{{5, 2}, std::string(500, 'x')}}));
  EXPECT_GT(high.height, 5 * 12);
  const Box lines = box_of(workbook_with({{{5, 2}, "a\nb\nc\nd\ne\nf"}}));
  EXPECT_EQ(lines.width, small.width);
  EXPECT_GT(lines.height, 6 * 12);
  const Box longest = box_of(workbook_with({{{5, 2}, std::string(30'000, 'x')}}));
  EXPECT_EQ(longest.width, 300);
  EXPECT_EQ(longest.height, 420);
}

TEST(CommentsWriter, PassesOverHiddenColumnsAndWideOnes) {
  Workbook workbook = workbook_with({{{5, 2}, std::string(45, 'x')}});
  workbook.sheets[0].columns = {{3, 9, 9, true}, {10, 10, 200}};
  const Box box = box_of(workbook);
  EXPECT_EQ(box.anchor[0], 9);  // J
  EXPECT_EQ(box.anchor[4], 9);
  EXPECT_EQ(box.anchor[5] - box.anchor[1], static_cast<int>(box.width / 0.75));
}

TEST(CommentsWriter, StaysOnTheGrid) {
  const Box box = box_of(workbook_with({{{kMaxRow, kMaxColumn}, std::string(9'000, 'x')}}));
  EXPECT_LT(box.anchor[4], kMaxColumn);
  EXPECT_LT(box.anchor[6], kMaxRow);
}

TEST(CommentsWriter, GivesEveryBoxOfTheWorkbookItsOwnId) {
  Workbook workbook = workbook_with({});
  workbook.sheets.push_back(Sheet{.name = "T"});
  for (Sheet& sheet : workbook.sheets) {
    for (int row = 1; row <= 3'000; ++row) sheet.comments.push_back({{row, 1}, "x"});
  }
  std::set<std::string> ids;
  for (const char* part : {"xl/drawings/vmlDrawing1.vml", "xl/drawings/vmlDrawing2.vml"}) {
    const std::string drawing = part_of(workbook, part);
    const std::regex pattern("<v:shape id=\"(\\w+)\"");
    for (std::sregex_iterator i(drawing.begin(), drawing.end(), pattern), end; i != end; ++i) ids.insert((*i)[1]);
  }
  EXPECT_EQ(ids.size(), 6'000U);
  EXPECT_THAT(part_of(workbook, "xl/drawings/vmlDrawing1.vml"), HasSubstr("data=\"1,2,3\""));
  EXPECT_THAT(part_of(workbook, "xl/drawings/vmlDrawing2.vml"), HasSubstr("data=\"4,5,6\""));
}

TEST(CommentsWriter, RefusesWhatExcelWouldRepair) {
  const std::vector<std::pair<std::string, std::vector<Comment>>> table = {
      {"no text", {{{1, 1}, ""}}},
      {"text too long", {{{1, 1}, std::string(32'768, 'x')}}},
      {"author too long", {{{1, 1}, "x", std::string(55, 'x')}}},
      {"twice at a cell", {{{1, 1}, "x"}, {{1, 1}, "y"}}},
      {"descending", {{{2, 1}, "x"}, {{1, 2}, "y"}}},
      {"beyond the grid", {{{1, kMaxColumn + 1}, "x"}}}};
  for (const auto& [what, comments] : table) {
    SCOPED_TRACE(what);
    EXPECT_THROW(write_workbook(workbook_with(comments)), std::invalid_argument);
  }
  EXPECT_NO_THROW(write_workbook(workbook_with({{{1, 1}, std::string(32'767, 'x'), std::string(54, 'x')}})));
}

TEST(Track, KnowsWhereEachLies) {
  Track track(10);
  track.add(1, 2, 5);
  track.add(3, 3, 0);
  track.add(6, 6, 100);
  const std::vector<std::pair<int, double>> starts = {{1, 0},  {2, 5},  {3, 10},  {4, 10},
                                                      {5, 20}, {6, 30}, {7, 130}, {8, 140}};
  for (const auto& [index, start] : starts) {
    EXPECT_EQ(track.start(index), start);
    if (index == 3) continue;
    EXPECT_EQ(track.at(start).index, index);
    EXPECT_EQ(track.at(start + 4).index, index);
    EXPECT_EQ(track.at(start + 4).offset, 4);
  }
}

TEST(Notes, LieAmongStreamedRowsAsAmongThoseThatAreHeld) {
  Workbook held = workbook_with({{{40, 2}, "a note"}}), streamed = held;
  for (int row = 2; row <= 60; ++row) held.sheets[0].rows.push_back({row, 30.0 + row, false});
  streamed.sheets[0].streamed_rows = held.sheets[0].rows;
  std::string boxes, among_streamed;
  write_notes_drawing(held, held.sheets[0], 1, boxes);
  write_notes_drawing(streamed, streamed.sheets[0], 1, among_streamed);
  EXPECT_EQ(among_streamed, boxes);
  EXPECT_NE(boxes.find("margin-top"), std::string::npos);
}

}  // namespace
}  // namespace tonghop::xlsx
