// Reading shared and rich strings.
#include "xlsx/shared_strings.h"

#include <utility>

#include "base/legacy_text.h"
#include "xlsx/characters.h"

namespace tonghop::xlsx {
namespace {

// Calls `use` with each piece of text and the run it stands in, in order. <v> inside <is> is not in the standard but
// was met.
template <typename Use>
void for_each_text(pugi::xml_node node, const Use& use) {
  for (pugi::xml_node part = node.first_child(); part; part = part.next_sibling()) {
    const std::string_view name = local(part.name());
    if (name == "t" || name == "v") {
      use(part, pugi::xml_node());
    } else if (name == "r") {
      for (pugi::xml_node inner = part.first_child(); inner; inner = inner.next_sibling()) {
        if (is(inner, "t")) use(inner, part);
      }
    }
  }
}

// Name of the font that a run asks for, "" when it leaves that to the cell.
std::string_view font_of(pugi::xml_node run) { return child(child(run, "rPr"), "rFont").attribute("val").value(); }

}  // namespace

std::string_view rich_text(pugi::xml_node node, std::string& made) {
  std::string_view text;
  std::string joined;
  int pieces = 0;
  bool whole = true;  // `text` is the answer, and a view of the part
  made.clear();
  for_each_text(node, [&](pugi::xml_node piece, pugi::xml_node) {
    const std::string_view stored = text_of(piece, joined);
    if (++pieces == 1 && stored.data() != joined.data() && is_plain(stored)) {
      text = stored;
      return;
    }
    if (whole) made = text;
    whole = false;
    made += decoded(stored);
  });
  return whole ? text : made;
}

bool names_fonts(pugi::xml_node node) {
  for (pugi::xml_node part = node.first_child(); part; part = part.next_sibling()) {
    if (is(part, "r") && !font_of(part).empty()) return true;
  }
  return false;
}

std::string text_by_fonts(pugi::xml_node node, std::string_view font) {
  std::string text;
  std::string joined;
  for_each_text(node, [&](pugi::xml_node piece, pugi::xml_node run) {
    const std::string_view own = font_of(run);
    const std::string stored = decoded(text_of(piece, joined));
    text += from_legacy_font(stored, own.empty() ? font : own).value_or(stored);
  });
  return text;
}

SharedStrings::SharedStrings(Package& package, std::string_view part)
    : part_(std::make_unique<XmlPart>(package, part)) {
  std::string made;
  const pugi::xml_node root = part_->root();
  for (pugi::xml_node node = root.first_child(); node; node = node.next_sibling()) {
    if (!is(node, "si")) continue;
    std::string_view text = rich_text(node, made);
    if (!text.empty() && text.data() == made.data()) text = made_.emplace_back(std::move(made));
    texts_.push_back({text, names_fonts(node) ? node : pugi::xml_node()});
  }
}

std::optional<SharedString> SharedStrings::at(int index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= texts_.size()) return std::nullopt;
  return texts_[static_cast<std::size_t>(index)];
}

}  // namespace tonghop::xlsx
