// Reading comments. A conversation also leaves a note for older programs, which only tells that it is one.
#include "xlsx/comments_reader.h"

#include <map>
#include <utility>

#include "xlsx/characters.h"
#include "xlsx/relationships.h"
#include "xlsx/shared_strings.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

using Texts = std::map<Address, std::string>;

void add(Texts& texts, pugi::xml_node comment, const std::string& text) {
  const auto at = parse_address(without_blanks(comment.attribute("ref").value()));
  if (!at || text.empty()) return;
  std::string& all = texts[*at];
  if (!all.empty()) all += '\n';
  all += text;
}

}  // namespace

std::vector<Comment> read_comments(Package& package, const std::string& sheet_part) {
  Texts notes;
  Texts threads;
  std::string joined;
  for (const Relationship& relationship : read_relationships(package, sheet_part)) {
    if (relationship.external || !package.has(relationship.target)) continue;
    if (relationship.type == "comments") {
      const XmlPart part(package, relationship.target);
      for (const pugi::xml_node comment : child(part.root(), "commentList")) {
        if (is(comment, "comment")) add(notes, comment, text_by_fonts(rich_text(child(comment, "text")), ""));
      }
    } else if (relationship.type == "threadedComment") {
      const XmlPart part(package, relationship.target);
      for (const pugi::xml_node comment : part.root()) {
        if (is(comment, "threadedComment")) add(threads, comment, decoded(text_of(child(comment, "text"), joined)));
      }
    }
  }
  threads.merge(notes);  // notes where there is no conversation
  std::vector<Comment> comments;
  for (auto& [at, text] : threads) comments.push_back({at, std::move(text)});
  return comments;
}

}  // namespace tonghop::xlsx
