// Notes in place.
#include "xlsx/patch_notes.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "xlsx/comments_writer.h"
#include "xlsx/markup.h"
#include "xlsx/tags.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

// The texts.
class CommentsPatch {
 public:
  CommentsPatch(std::string_view text, const Sheet& sheet, const std::map<Address, std::string>& notes,
                const NoteLook& look)
      : text_(text), sheet_(sheet), notes_(notes), look_(look) {}

  std::string run() {
    const auto lists = elements(text_, {"comments", "commentList"});
    if (lists.size() != 1) throw std::runtime_error("notes: no list of comments");
    prefix_ = std::string(lists.front().open.prefix);
    auto next = notes_.begin();
    for (const Element& comment : elements(text_, {"comments", "commentList", "comment"})) {
      const auto at = parse_address(without_blanks(attribute(text_, comment.open, "ref")));
      if (!at) continue;
      std::string before;
      for (; next != notes_.end() && next->first < *at; ++next) before += made(next->first, next->second);
      if (!before.empty()) edits_.insert(comment.open.begin, before);
      const bool wanted = next != notes_.end() && next->first == *at;
      change(comment, *at, wanted ? next->second : "");
      if (wanted) ++next;
    }
    std::string behind;
    for (; next != notes_.end(); ++next) behind += made(next->first, next->second);
    if (!behind.empty()) edits_.append_inside(text_, lists.front(), behind);
    return edits_.applied_to(text_);
  }

  std::map<Address, std::string> added;  // cells that had no note
  std::vector<Address> removed;          // cells that have none now

 private:
  std::string made(Address at, const std::string& note) {
    added.emplace(at, note);
    return prefixed(comment_xml({at, note, look_.author}, author(), look_.font), prefix_);
  }

  // What is read of a note that is there.
  std::string_view said(Address at) const {
    const auto found = std::ranges::find(sheet_.comments, at, &Comment::at);
    return found == sheet_.comments.end() ? std::string_view() : std::string_view(found->text);
  }

  void change(const Element& comment, Address at, const std::string& note) {
    const std::string_view whole = said(at);
    const std::string theirs = without_lines(whole, look_.sign);
    const bool ours = theirs.size() < whole.size();
    if (!ours && note.empty()) return;
    const std::string_view body = text_.substr(comment.open.begin, comment.end - comment.open.begin);
    const auto texts = elements(body, {"comment", "text"});
    if (texts.size() != 1) throw std::runtime_error("notes: a note without text");
    if (ours && theirs.empty() && note.empty()) {
      edits_.replace(comment.open.begin, comment.end, "");
      removed.push_back(at);
      return;
    }
    if (ours) {
      const std::string run = comment_run(theirs + (theirs.empty() || note.empty() ? "" : "\n") + note, look_.font);
      const Element& text = texts.front();
      std::string element = "<" + prefix_ + "text>" + prefixed(run, prefix_) + "</" + prefix_ + "text>";
      edits_.replace(comment.open.begin + text.open.begin, comment.open.begin + text.end, std::move(element));
      return;
    }
    append_to(comment.open.begin, body, texts.front(), note);
  }

  // Behind the last stretch of text; one that is not rich yet becomes a stretch.
  void append_to(std::size_t begin, std::string_view body, const Element& text, const std::string& note) {
    const std::string run = prefixed(comment_run("\n" + note, look_.font), prefix_);
    const auto runs = elements(body, {"comment", "text", "r"});
    const auto plain = elements(body, {"comment", "text", "t"});
    if (!plain.empty()) edits_.insert(begin + plain.front().open.begin, "<" + prefix_ + "r>");
    if (!plain.empty()) edits_.insert(begin + plain.front().end, "</" + prefix_ + "r>" + (runs.empty() ? run : ""));
    if (!runs.empty()) edits_.insert(begin + runs.back().end, run);
    if (runs.empty() && plain.empty())
      edits_.replace(begin + text.open.begin, begin + text.end,
                     "<" + prefix_ + "text>" + run + "</" + prefix_ + "text>");
  }

  // Position among the authors, added when new.
  std::size_t author() {
    if (author_) return *author_;
    const auto lists = elements(text_, {"comments", "authors"});
    if (lists.size() != 1) throw std::runtime_error("notes: no list of authors");
    const auto authors = elements(text_, {"comments", "authors", "author"});
    std::string markup = "<author>";
    append_text(markup, look_.author);
    markup = prefixed(markup + "</author>", prefix_);
    const auto known = std::ranges::find_if(
        authors, [&](const Element& one) { return text_.substr(one.open.begin, one.end - one.open.begin) == markup; });
    author_ = static_cast<std::size_t>(known - authors.begin());
    if (known == authors.end()) edits_.append_inside(text_, lists.front(), markup);
    return *author_;
  }

  std::string_view text_;
  const Sheet& sheet_;
  const std::map<Address, std::string>& notes_;
  const NoteLook& look_;
  std::string prefix_;
  std::optional<std::size_t> author_;
  Edits edits_;
};

// The number behind a tag, as in <x:Row>11</x:Row>; -1 where there is none.
int number_in(std::string_view text, std::string_view tag) {
  const std::size_t at = text.find(tag);
  if (at == std::string_view::npos) return -1;
  const std::size_t from = at + tag.size();
  return integer(text.substr(from, text.find('<', from) - from)).value_or(-1);
}

// Without the boxes of these cells. Excel's VML is not always well-formed, so it is cut by its words.
std::string without_boxes(std::string_view drawing, const std::vector<Address>& cells) {
  constexpr std::string_view kEnd = "</v:shape>";
  std::string out;
  while (true) {
    const std::size_t begin = drawing.find("<v:shape ");
    const std::size_t end = begin == std::string_view::npos ? begin : drawing.find(kEnd, begin);
    if (end == std::string_view::npos) return out.append(drawing);
    const std::string_view shape = drawing.substr(begin, end + kEnd.size() - begin);
    const Address at{number_in(shape, "<x:Row>") + 1, number_in(shape, "<x:Column>") + 1};
    const bool gone = std::ranges::find(cells, at) != cells.end();
    out.append(drawing.substr(0, gone ? begin : end + kEnd.size()));
    drawing.remove_prefix(end + kEnd.size());
  }
}

// The greatest id of a shape; ids of the first block begin behind 1024.
std::size_t last_shape(std::string_view drawing) {
  constexpr std::string_view kId = "_x0000_s";
  std::size_t last = 1024;
  for (std::size_t at = drawing.find(kId); at != std::string_view::npos; at = drawing.find(kId, at + 1)) {
    const std::string_view digits = drawing.substr(at + kId.size(), 9);
    const int id =
        integer(digits.substr(0, std::min(digits.find_first_not_of("0123456789"), digits.size()))).value_or(0);
    last = std::max(last, static_cast<std::size_t>(std::max(id, 0)));
  }
  return last;
}

std::string with_boxes(std::string drawing, const Grid& grid, const std::map<Address, std::string>& notes) {
  if (notes.empty()) return drawing;
  const std::size_t root = drawing.find("<xml");
  std::size_t end = drawing.rfind("</xml>");
  if (root == std::string::npos || end == std::string::npos) throw std::runtime_error("notes: no boxes");
  std::string boxes;
  if (drawing.find("id=\"_x0000_t202\"") == std::string::npos) boxes += kNoteShapeType;
  std::size_t shape = last_shape(drawing), order = 0;
  for (const auto& [at, note] : notes) boxes += note_shape(grid, {at, note, ""}, ++shape, ++order);
  drawing.insert(end, boxes);
  const std::string head = drawing.substr(root, drawing.find('>', root) - root);
  for (const auto& [prefix, name] :
       {std::pair("v", "urn:schemas-microsoft-com:vml"), std::pair("o", "urn:schemas-microsoft-com:office:office"),
        std::pair("x", "urn:schemas-microsoft-com:office:excel")}) {
    if (head.find(std::string("xmlns:") + prefix + "=") != std::string::npos) continue;
    drawing.insert(root + 4, std::string(" xmlns:") + prefix + "=\"" + name + "\"");
  }
  return drawing;
}

}  // namespace

std::string without_lines(std::string_view text, std::string_view sign) {
  std::string kept;
  bool dropped = false;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    if (line.starts_with(sign)) {
      dropped = true;
    } else {
      kept.append(from == 0 || kept.empty() ? "" : "\n").append(line);
    }
    from = end + 1;
  }
  return dropped ? kept : std::string(text);
}

NotesParts with_notes(const NotesParts& parts, const Workbook& book, const Sheet& sheet,
                      const std::map<Address, std::string>& notes, const NoteLook& look) {
  CommentsPatch patch(parts.comments, sheet, notes, look);
  NotesParts changed;
  changed.comments = patch.run();
  changed.drawing = with_boxes(without_boxes(parts.drawing, patch.removed), Grid(book, sheet), patch.added);
  return changed;
}

NotesParts new_notes(const Workbook& book, const Sheet& sheet, const std::map<Address, std::string>& notes,
                     const NoteLook& look, std::size_t block) {
  Workbook shown;
  shown.font = look.font;
  shown.styles = book.styles;
  Sheet noted;
  noted.name = sheet.name;
  noted.columns = sheet.columns;
  noted.rows = sheet.rows;
  for (const auto& [at, note] : notes) noted.comments.push_back({at, note, look.author});
  NotesParts parts;
  write_comments(shown, noted, parts.comments);
  write_notes_drawing(shown, noted, block, parts.drawing);
  return parts;
}

}  // namespace tonghop::xlsx
