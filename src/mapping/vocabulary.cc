// Vocabulary XML -> Vocabulary.
#include "mapping/vocabulary.h"

#include "base/finding.h"
#include "base/text.h"

namespace tonghop {

std::string word_key(std::string_view text) {
  const std::string all = squeezed(lower(nfc(text)));
  constexpr std::string_view kPunctuation = ".,;:!?()[]{}\"'/-*+ ";
  const std::size_t first = all.find_first_not_of(kPunctuation);
  if (first == std::string::npos) return all;
  const std::size_t last = all.find_last_not_of(kPunctuation);
  return all.substr(first, last - first + 1);
}

std::optional<Meaning> Vocabulary::meaning(std::string_view text) const {
  const auto found = words.find(word_key(text));
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

bool Vocabulary::is_unit(std::string_view text) const { return units.contains(word_key(text)); }

bool Vocabulary::is_scale(std::string_view word) const { return scales.contains(word_key(word)); }

Vocabulary read_vocabulary(const XmlFile& file, const std::vector<Template>& forms) {
  Vocabulary vocabulary;
  const pugi::xml_node root = file.root();
  file.allow(root, {"version", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"}, {"word", "unit", "scale"});
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
    file.allow(node, {}, {});
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, "an empty <unit>");
    vocabulary.units.insert(key);
  }
  for (const auto node : root.children("scale")) {
    file.allow(node, {}, {});
    const std::string key = word_key(node.text().as_string());
    if (key.empty()) file.fail(node, "an empty <scale>");
    vocabulary.scales.insert(key);
  }
  for (const Template& form : forms) {
    for (const Row& row : form.rows) {
      if (!row.unit.empty() && row.unit.find('=') == std::string::npos) vocabulary.units.insert(word_key(row.unit));
    }
  }
  return vocabulary;
}

}  // namespace tonghop
