// XML parts through pugixml.
#include "xlsx/xml_part.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/finding.h"
#include "xlsx/characters.h"
#include "xlsx/empty_rows.h"

namespace tonghop::xlsx {
namespace {

// Texts of blanks only are kept: in rich text they are the blanks between words. The document type is kept to be
// refused.
constexpr unsigned kOptions = pugi::parse_escapes | pugi::parse_cdata | pugi::parse_eol | pugi::parse_ws_pcdata |
                              pugi::parse_embed_pcdata | pugi::parse_doctype;

constexpr std::size_t kLarge = kMebibyte;  // what is smaller costs nothing worth saving

[[noreturn]] void refuse(const std::string& file, std::string_view part, std::string problem) {
  throw Error("file-damaged", Place{.file = file}, {{"part", cleaned(part)}, {"problem", std::move(problem)}});
}

// pugixml would end the text at a character reference to zero; it becomes U+FFFD.
void replace_zero_references(std::string& text) {
  constexpr std::string_view kInstead = "\xEF\xBF\xBD";  // no longer than any such reference
  char* to = text.data();                                // behind what is as it shall be
  std::size_t from = 0;                                  // of what is still to be moved there
  for (std::size_t at = text.find('&'); at != std::string::npos; at = text.find('&', at + 1)) {
    std::size_t end = at + 1;
    if (text[end] != '#') continue;  // a string ends with a zero, so one more may always be looked at
    if (text[++end] == 'x') ++end;
    if (text[end] != '0') continue;
    end = text.find_first_not_of('0', end);
    if (end == std::string::npos || text[end] != ';') continue;
    to = std::copy(text.data() + from, text.data() + at, to);
    to = std::ranges::copy(kInstead, to).out;
    from = end + 1;
    at = end;
  }
  if (from == 0) return;
  to = std::copy(text.data() + from, text.data() + text.size(), to);
  text.resize(static_cast<std::size_t>(to - text.data()));
}

// At most so many bytes does the parser take for the tree: a node for each tag, and what each attribute needs.
std::size_t tree_bytes(std::string_view text) {
  constexpr std::size_t kNode = 64;
  constexpr std::size_t kAttribute = 40;
  return kNode * static_cast<std::size_t>(std::ranges::count(text, '<')) +
         kAttribute * static_cast<std::size_t>(std::ranges::count(text, '='));
}

// Stops where elements stand more than `most` inside one another. The parser itself bears any depth.
class DepthLimit : public pugi::xml_tree_walker {
 public:
  explicit DepthLimit(std::size_t most) : most_(most) {}
  bool for_each(pugi::xml_node& /*node*/) override { return static_cast<std::size_t>(depth()) < most_; }

 private:
  std::size_t most_;
};

}  // namespace

XmlPart::XmlPart(Package& package, std::string_view name)
    : XmlPart(read_part(package, name).view(), name, package.file(), package.limits()) {}

XmlPart::XmlPart(std::string_view text, std::string_view name, const std::string& file, const Limits& limits)
    : text_(text.size() > kLarge ? without_empty_rows(text) : std::string(text)) {
  if (text.size() > kLarge && tree_bytes(text_) > kTreeOfPart * limits.part_bytes) {
    refuse_too_large({.file = file}, "part", limits);
  }
  replace_zero_references(text_);
  const pugi::xml_parse_result result = document_.load_buffer_inplace(text_.data(), text_.size(), kOptions);
  if (!result) refuse(file, name, std::string(result.description()) + " at byte " + std::to_string(result.offset));
  for (const pugi::xml_node node : document_) {
    if (node.type() == pugi::node_doctype) refuse(file, name, "document type");
  }
  DepthLimit limit(limits.depth);
  if (!document_.traverse(limit)) refuse_too_large({.file = file}, "depth", limits);
}

PartText read_part(Package& package, std::string_view name) {
  std::optional<PartText> text = package.text(name);
  if (!text) refuse(package.file(), name, "missing");
  return std::move(*text);
}

bool tree_is_bounded(std::string_view text, const Limits& limits) {
  return text.size() <= kLarge || tree_bytes(text) <= kTreeOfPart * limits.part_bytes;
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
  for (pugi::xml_node node = parent.first_child(); node; node = node.next_sibling()) {
    if (is(node, name)) return node;
  }
  return {};
}

pugi::xml_attribute attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (local(attribute.name()) == name) return attribute;
  }
  return {};
}

std::string_view text_of(pugi::xml_node node, std::string& joined) {
  const std::string_view first = node.value();  // embedded: text before the first child
  joined.clear();
  for (pugi::xml_node part = node.first_child(); part; part = part.next_sibling()) {
    if (part.type() != pugi::node_pcdata && part.type() != pugi::node_cdata) continue;
    if (joined.empty()) joined = first;
    joined += part.value();
  }
  return joined.empty() ? first : joined;
}

bool flag(std::string_view stored) {
  const std::string_view text = without_blanks(stored);
  return text == "1" || text == "true" || text == "on";
}

bool flag(pugi::xml_attribute attribute, bool missing) { return attribute ? flag(attribute.value()) : missing; }

std::optional<int> any_integer(std::string_view text) {
  int number = 0;
  text = without_blanks(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

int integer(pugi::xml_attribute attribute, int missing) {
  return integer(std::string_view(attribute.value())).value_or(missing);
}

std::optional<double> number(std::string_view stored) {
  if (stored.size() > 1 && stored[0] == '+' && stored[1] != '-') stored.remove_prefix(1);
  double read = 0;
  const auto [end, error] = std::from_chars(stored.data(), stored.data() + stored.size(), read);
  if (end != stored.data() + stored.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    // Too small for a double (5E-400) is 0; too large, INF and NaN are no numbers.
    const std::size_t exponent = stored.find_first_of("eE");
    const bool small = exponent != std::string_view::npos && stored.substr(exponent + 1).starts_with('-');
    return small ? std::optional(0.0) : std::nullopt;
  }
  if (error != std::errc{} || !std::isfinite(read)) return std::nullopt;
  return read;
}

}  // namespace tonghop::xlsx
