// Reading shared and rich strings.
#include "xlsx/shared_strings.h"

#include <unordered_map>
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

// All text, escapes resolved: a view of the part, or of `made`.
std::string_view whole_text(pugi::xml_node node, std::string& made) {
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

// Whether a run names its font.
bool names_fonts(pugi::xml_node node) {
  for (pugi::xml_node part = node.first_child(); part; part = part.next_sibling()) {
    if (is(part, "r") && !font_of(part).empty()) return true;
  }
  return false;
}

}  // namespace

RichText rich_text(pugi::xml_node node) {
  RichText rich;
  std::string joined;
  for_each_text(node, [&](pugi::xml_node piece, pugi::xml_node run) {
    rich.pieces.push_back({std::string(font_of(run)), decoded(text_of(piece, joined))});
  });
  rich.fonts = names_fonts(node);
  return rich;
}

std::string text_by_fonts(const RichText& rich, std::string_view font) {
  std::string text;
  for (const RichText::Piece& piece : rich.pieces) {
    text += from_legacy_font(piece.text, piece.font.empty() ? font : piece.font).value_or(piece.text);
  }
  return text;
}

namespace {

// Elements with runs, by their bytes: mostly headings of the form, the same in all that come back.
std::shared_ptr<const RichText> known_rich_text(std::string_view element, const Limits& limits) {
  thread_local std::unordered_map<std::string, std::shared_ptr<const RichText>> known;
  std::string bytes(element);
  if (const auto found = known.find(bytes); found != known.end()) return found->second;
  const XmlPart tree(bytes, "", "", limits);
  auto rich = std::make_shared<const RichText>(rich_text(tree.root()));
  constexpr std::size_t kLongest = 4096, kMost = 1024;
  if (bytes.size() > kLongest) return rich;
  if (known.size() == kMost) known.clear();
  known.emplace(std::move(bytes), rich);
  return rich;
}

}  // namespace

SharedString read_string(pugi::xml_node node, std::string& made, std::shared_ptr<const RichText>& rich) {
  if (!names_fonts(node)) return {whole_text(node, made)};
  rich = std::make_shared<const RichText>(rich_text(node));
  return {{}, rich.get()};
}

SharedString scan_string(Scanner& scanner, const Limits& limits, std::string& made,
                         std::shared_ptr<const RichText>& rich) {
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
  rich = known_rich_text(scanner.element(), limits);
  if (rich->fonts) return {{}, rich.get()};
  made.clear();
  for (const RichText::Piece& piece : rich->pieces) made += piece.text;
  return {made};
}

SharedStrings::SharedStrings(Package& package, const std::string& part, Paths& paths)
    : text_(read_part(package, part)) {
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
    while (true) {
      if (std::string_view plain; scanner.take_text("<si><t>", plain, "</t></si>")) {
        texts_.push_back({plain});
        continue;
      }
      if (!scanner.child("sst")) break;
      if (scanner.full_name() != "si") throw Unusual{};
      std::shared_ptr<const RichText> rich;
      const SharedString string = scan_string(scanner, limits, made, rich);
      add(string, made, std::move(rich));
    }
    scanner.end();
    return true;
  } catch (const Unusual&) {
  } catch (const Error&) {
  }
  texts_.clear();
  rich_.clear();
  room_.clear();
  made_.clear();
  return false;
}

void SharedStrings::read_tree(const Package& package, const std::string& part) {
  tree_ = std::make_unique<XmlPart>(text_->view(), part, package.file(), package.limits());
  std::string made;
  for (pugi::xml_node node = tree_->root().first_child(); node; node = node.next_sibling()) {
    if (!is(node, "si")) continue;
    std::shared_ptr<const RichText> rich;
    const SharedString string = read_string(node, made, rich);
    add(string, made, std::move(rich));
  }
}

void SharedStrings::add(SharedString string, const std::string& made, std::shared_ptr<const RichText> rich) {
  if (!string.text.empty() && string.text.data() == made.data()) string.text = kept(made);
  texts_.push_back(string);
  if (string.rich != nullptr) rich_.push_back(std::move(rich));
}

std::string_view SharedStrings::kept(std::string_view made) {
  if (room_.capacity() - room_.size() < made.size()) return made_.emplace_back(made);
  room_.insert(room_.end(), made.begin(), made.end());
  return {room_.data() + room_.size() - made.size(), made.size()};
}

}  // namespace tonghop::xlsx
