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

SharedString scan_string(Scanner& scanner, const Limits& limits, std::string& made, std::unique_ptr<XmlPart>& tree) {
  const Scanner before = scanner;
  const std::string_view name = scanner.full_name();
  if (!scanner.pass_attributes()) return {};
  if (scanner.child(name) && scanner.full_name() == "t") {
    std::string_view text = scanner.pass_attributes() ? scanner.text("t", made) : std::string_view();
    const bool plain = scanner.plain();
    if (!scanner.child(name)) {
      if (!plain && !is_plain(text)) text = made = decoded(text);
      return {text};
    }
  }
  scanner = before;
  tree = std::make_unique<XmlPart>(std::string(scanner.element()), "", "", limits);
  const pugi::xml_node node = tree->root();
  return names_fonts(node) ? SharedString{{}, node} : SharedString{rich_text(node, made), {}};
}

SharedStrings::SharedStrings(Package& package, const std::string& part, Paths& paths)
    : text_(std::make_unique<std::string>(read_part(package, part))) {
  if (paths.scan && scan(package.limits())) {
    ++paths.scanned;
  } else {
    ++paths.trees;
    read_tree(package, part);
  }
}

// False, with nothing read, where the part holds something unusual.
bool SharedStrings::scan(const Limits& limits) {
  try {
    room_.reserve(text_->size());
    Scanner scanner(*text_, limits);
    std::string made;
    scanner.root("sst");
    if (!scanner.pass_attributes()) throw Unusual{};
    while (scanner.child("sst")) {
      if (scanner.full_name() != "si") throw Unusual{};
      std::unique_ptr<XmlPart> tree;
      SharedString string = scan_string(scanner, limits, made, tree);
      if (string.text.data() == made.data()) string.text = kept(made);
      texts_.push_back(string);
      if (tree != nullptr) parts_.push_back(std::move(tree));
    }
    scanner.end();
    return true;
  } catch (const Unusual&) {
  } catch (const Error&) {
  }
  texts_.clear();
  parts_.clear();
  room_.clear();
  made_.clear();
  return false;
}

void SharedStrings::read_tree(const Package& package, const std::string& part) {
  const XmlPart& tree =
      *parts_.emplace_back(std::make_unique<XmlPart>(std::move(*text_), part, package.file(), package.limits()));
  std::string made;
  for (pugi::xml_node node = tree.root().first_child(); node; node = node.next_sibling()) {
    if (!is(node, "si")) continue;
    std::string_view text = rich_text(node, made);
    if (!text.empty() && text.data() == made.data()) text = kept(made);
    texts_.push_back({text, names_fonts(node) ? node : pugi::xml_node()});
  }
}

std::string_view SharedStrings::kept(std::string_view made) {
  if (room_.capacity() - room_.size() < made.size()) return made_.emplace_back(made);
  room_.insert(room_.end(), made.begin(), made.end());
  return {room_.data() + room_.size() - made.size(), made.size()};
}

std::optional<SharedString> SharedStrings::at(int index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= texts_.size()) return std::nullopt;
  return texts_[static_cast<std::size_t>(index)];
}

}  // namespace tonghop::xlsx
