// Vocabulary XML -> Vocabulary.
#include "mapping/vocabulary.h"

#include <cctype>

#include "base/finding.h"
#include "base/text.h"

namespace tonghop {
namespace {

template <class Entry>
const std::string& key_of(const Entry& entry) {
  if constexpr (std::is_same_v<Entry, std::string>) {
    return entry;
  } else {
    return entry.first;
  }
}

// The longest entry that the text begins with, as whole words, and that `fits`.
template <class Entries, class Fits>
auto longest_at(const Entries& entries, std::string_view text, Fits fits) {
  auto best = entries.end();
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
    const std::string& key = key_of(*entry);
    const bool whole = !letter_before(key, key.size()) || !letter_at(text, key.size());
    if (!text.starts_with(key) || !whole || !fits(*entry)) continue;
    if (best == entries.end() || key.size() > key_of(*best).size()) best = entry;
  }
  return best;
}

std::optional<Beside> beside(std::string_view means, bool before) {
  if (means == "doubt") return Beside::doubt;
  if (before && means == "name") return Beside::name;
  if (!before && means == "measure") return Beside::measure;
  if (!before && means == "percent") return Beside::percent;
  return std::nullopt;
}

// <before> and <after>: words beside a number.
std::map<std::string, Beside> read_beside(const XmlFile& file, const char* element) {
  const bool before = std::string_view(element) == "before";
  std::map<std::string, Beside> entries;
  for (const auto node : file.root().children(element)) {
    file.allow(node, {"means"}, {});
    const std::string means = file.required(node, "means");
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, std::string("an empty <") + element + ">");
    const auto meaning = beside(means, before);
    if (!meaning) {
      file.fail(node, "means=\"" + means + "\", expected " + (before ? "doubt or name" : "doubt, measure or percent"));
    }
    const auto [known, fresh] = entries.emplace(key, *meaning);
    if (!fresh && known->second != *meaning) file.fail(node, "\"" + key + "\" already means something else");
  }
  return entries;
}

}  // namespace

bool letter_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[at]);
  // U+0080 to U+00BF and U+2000 to U+2FFF are signs; a byte inside a character counts as the character.
  return byte < 0x80 ? std::isalpha(byte) != 0 : byte != 0xC2 && byte != 0xE2;
}

bool letter_before(std::string_view text, std::size_t at) {
  if (at == 0 || at > text.size()) return false;
  const auto inside = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80; };
  std::size_t first = at - 1;
  while (first > 0 && inside(first)) --first;
  return letter_at(text, first);
}

std::string word_key(std::string_view text) {
  const std::string all = squeezed(lower(nfc(text)));
  constexpr std::string_view kPunctuation = ".,;:!?()[]{}\"'/-*+_ ";
  const std::size_t first = all.find_first_not_of(kPunctuation);
  if (first == std::string::npos) {
    std::string marks;
    for (const char c : all) {
      if (c != ' ' && (marks.empty() || marks.back() != c)) marks += c;
    }
    return marks;
  }
  const std::size_t last = all.find_last_not_of(kPunctuation);
  return all.substr(first, last - first + 1);
}

std::optional<Meaning> Vocabulary::meaning(std::string_view text) const {
  const auto found = words.find(word_key(text));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int> Vocabulary::number(std::string_view text) const {
  const auto found = numbers.find(word_key(text));
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

bool Vocabulary::is_scale(std::string_view word) const { return scales.contains(word_key(word)); }

bool Vocabulary::is_measure(std::string_view word) const {
  const auto found = after.find(word_key(word));
  return found != after.end() && found->second == Beside::measure;
}

bool Vocabulary::is_unit(std::string_view text, const Input& asked) const {
  const std::string key = word_key(text);
  return !key.empty() && unit_at(key, asked) == key.size();
}

std::size_t Vocabulary::unit_at(std::string_view text, const Input& asked) const {
  const std::string printed = word_key(asked.unit);
  const auto fits = [&](const auto& entry) {
    if (!printed.empty() && (entry.first == printed || entry.second == printed)) return true;
    return asked.kind != Kind::amount && entry.second.empty() && scale_at(entry.first) == 0;
  };
  const auto known = longest_at(units, text, fits);
  const std::map<std::string, std::string> own = {{printed, ""}};
  const bool itself = !printed.empty() && longest_at(own, text, fits) != own.end();
  return std::max(known == units.end() ? 0 : known->first.size(), itself ? printed.size() : 0);
}

std::size_t Vocabulary::scale_at(std::string_view text) const {
  const auto found = longest_at(scales, text, [](const std::string&) { return true; });
  return found == scales.end() ? 0 : found->size();
}

Neighbour Vocabulary::beside_after(std::string_view text) const {
  const auto found = longest_at(after, text, [](const auto&) { return true; });
  return found == after.end() ? Neighbour() : Neighbour{found->second, found->first.size()};
}

Neighbour Vocabulary::beside_before(std::string_view text) const {
  Neighbour best;
  for (const auto& [key, means] : before) {
    if (key.size() <= best.length || !text.ends_with(key)) continue;
    const bool whole = !letter_at(key, 0) || !letter_before(text, text.size() - key.size());
    if (whole) best = {means, key.size()};
  }
  return best;
}

Vocabulary read_vocabulary(const XmlFile& file, const std::vector<Template>& forms) {
  Vocabulary vocabulary;
  const pugi::xml_node root = file.root();
  file.allow(root, {"version", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"},
             {"word", "unit", "scale", "number", "before", "after"});
  for (const auto node : root.children("word")) {
    file.allow(node, {"means"}, {});
    const std::string means = file.required(node, "means");
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, "an empty <word>");
    Meaning meaning = Meaning::missing;
    if (means == "zero") {
      meaning = Meaning::zero;
    } else if (means == "not-applicable") {
      meaning = Meaning::not_applicable;
    } else if (means != "missing") {
      file.fail(node, "means=\"" + means + "\", expected zero, not-applicable or missing");
    }
    const auto [known, fresh] = vocabulary.words.emplace(key, meaning);
    if (!fresh && known->second != meaning) file.fail(node, "\"" + key + "\" already means something else");
  }
  for (const auto node : root.children("unit")) {
    file.allow(node, {"means"}, {});
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, "an empty <unit>");
    vocabulary.units[key] = word_key(node.attribute("means").as_string());
  }
  for (const auto node : root.children("scale")) {
    file.allow(node, {}, {});
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, "an empty <scale>");
    vocabulary.scales.insert(key);
  }
  for (const auto node : root.children("number")) {
    file.allow(node, {"value"}, {});
    const std::string typed = file.required(node, "value");
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, "an empty <number>");
    const bool whole = typed.size() <= 6 && typed.find_first_not_of("0123456789") == std::string::npos;
    if (typed.empty() || !whole) file.fail(node, "value=\"" + typed + "\", expected a whole number below a million");
    const int value = std::stoi(typed);
    const auto [known, fresh] = vocabulary.numbers.emplace(key, value);
    if (!fresh && known->second != value) file.fail(node, "\"" + key + "\" already means something else");
  }
  vocabulary.before = read_beside(file, "before");
  vocabulary.after = read_beside(file, "after");
  for (const Template& form : forms) {
    for (const Row& row : form.rows) {
      const std::string key = word_key(row.unit);
      if (!key.empty() && key != "%" && key.find('=') == std::string::npos) vocabulary.units.emplace(key, "");
    }
  }
  return vocabulary;
}

}  // namespace tonghop
