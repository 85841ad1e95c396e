// Writing notes.
#include "xlsx/comments_writer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "xlsx/grid.h"
#include "xlsx/markup.h"
#include "xlsx/row_writer.h"

namespace tonghop::xlsx {
namespace {

constexpr std::size_t kMaxText = 32'767, kMaxAuthor = 54;  // UTF-16 units
constexpr std::size_t kBlock = 1024;                       // ids of shapes
constexpr int kSize = 10;                                  // points of the text

// Pixels at 96 dpi; the estimate of a character is that of a wide font, so that boxes are rather too large.
constexpr double kCharacter = 7, kTextLine = 17, kPadding = 14;
constexpr double kMinWidth = 120, kMaxWidth = 400, kMinHeight = 40, kMaxHeight = 560;

struct Box {
  double width, height;
};

// Wide enough for the longest line, then high enough for all of them wrapped.
Box box_of(std::string_view text) {
  std::vector<std::size_t> lines;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(utf16_length(text.substr(from, end - from)));
    from = end + 1;
  }
  const auto longest = static_cast<double>(*std::ranges::max_element(lines));
  const double width = std::clamp(longest * kCharacter + kPadding, kMinWidth, kMaxWidth);
  double height = kPadding;
  for (const std::size_t line : lines) {
    height += kTextLine * std::max(1.0, std::ceil(static_cast<double>(line) * kCharacter / (width - kPadding)));
  }
  return {width, std::clamp(height, kMinHeight, kMaxHeight)};
}

// Right of the cell and a little above it; at the far edges of the sheet left of it.
Address corner_of(Address at) {
  constexpr int kRoom = 40;  // columns and rows that a box may need
  return {std::clamp(at.row - 1, 1, kMaxRow - kRoom), std::min(at.column + 1, kMaxColumn - kRoom)};
}

}  // namespace

std::size_t shape_blocks(const Sheet& sheet) { return sheet.comments.size() / kBlock + 1; }

std::string comment_run(std::string_view text, std::string_view font) {
  std::string out;
  append(out, "<r><rPr><sz val=\"", kSize, "\"/><color indexed=\"81\"/><rFont val=\"");
  append_attribute(out, font);
  out += "\"/></rPr>";
  append_t(out, text);
  return out + "</r>";
}

std::string comment_xml(const Comment& comment, std::size_t author, std::string_view font) {
  std::string out;
  append(out, "<comment ref=\"", to_string(comment.at), "\" authorId=\"", author, "\"><text>",
         comment_run(comment.text, font), "</text></comment>");
  return out;
}

void write_comments(const Workbook& workbook, const Sheet& sheet, std::string& out, const Spill& spill) {
  const auto require = [&](bool holds, const Comment& comment, const char* what) {
    if (!holds) throw std::invalid_argument("sheet \"" + sheet.name + "\": note at " + to_string(comment.at) + what);
  };
  std::map<std::string, std::size_t> authors;
  append(out, kXmlHead, "<comments xmlns=\"", kMainNamespace, "\"><authors>");
  Address last{0, 0};
  for (const Comment& comment : sheet.comments) {
    require(on_grid(comment.at) && last < comment.at, comment, ": descends or leaves the grid");
    require(!comment.text.empty() && fits(comment.text, kMaxText), comment, ": empty or too long");
    require(fits(comment.author, kMaxAuthor), comment, ": author longer than 54");
    last = comment.at;
    if (authors.emplace(comment.author, authors.size()).second) {
      out += "<author>";
      append_text(out, comment.author);
      out += "</author>";
    }
  }
  out += "</authors><commentList>";
  for (const Comment& comment : sheet.comments) {
    out += comment_xml(comment, authors.find(comment.author)->second, workbook.font);
    spill(out);
  }
  out += "</commentList></comments>";
}

std::string note_shape(const Grid& grid, const Comment& comment, std::size_t shape, std::size_t height_order) {
  std::string out;
  const Box box = box_of(comment.text);
  const Address corner = corner_of(comment.at);
  const double left = grid.columns.start(corner.column) + 12, top = grid.rows.start(corner.row) + 4;
  const Track::Point x1 = grid.columns.at(left), y1 = grid.rows.at(top);
  const Track::Point x2 = grid.columns.at(left + box.width), y2 = grid.rows.at(top + box.height);
  constexpr double kPoint = 0.75;  // of a pixel
  append(out, "<v:shape id=\"_x0000_s", shape,
         "\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:", left * kPoint,
         "pt;margin-top:", top * kPoint, "pt;width:", box.width * kPoint, "pt;height:", box.height * kPoint,
         "pt;z-index:", height_order,
         ";visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow "
         "on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox "
         "style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData "
         "ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>",
         x1.index - 1, ", ", x1.offset, ", ", y1.index - 1, ", ", y1.offset, ", ", x2.index - 1, ", ", x2.offset, ", ",
         y2.index - 1, ", ", y2.offset, "</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>", comment.at.row - 1,
         "</x:Row><x:Column>", comment.at.column - 1, "</x:Column></x:ClientData></v:shape>");
  return out;
}

void write_notes_drawing(const Workbook& workbook, const Sheet& sheet, std::size_t block, std::string& out,
                         const Spill& spill) {
  const Grid grid(workbook, sheet);
  out +=
      "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      "xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" "
      "data=\"";
  for (std::size_t i = 0; i < shape_blocks(sheet); ++i) append(out, i == 0 ? "" : ",", block + i);
  out += "\"/></o:shapelayout>";
  out += kNoteShapeType;
  std::size_t shape = block * kBlock;
  for (const Comment& comment : sheet.comments) {
    ++shape;
    out += note_shape(grid, comment, shape, shape - block * kBlock);
    spill(out);
  }
  out += "</xml>";
}

}  // namespace tonghop::xlsx
