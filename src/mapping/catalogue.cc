// Indicators XML -> Catalogue. The grammar is told in mappings/README.md.
#include "mapping/catalogue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace tonghop {
namespace {

// The attribute as one of these words; the first is the fallback when it is absent and a fallback is allowed.
template <typename Enum, std::size_t Size>
Enum read_word(const XmlFile& file, pugi::xml_node node, const char* attribute,
               const std::array<std::pair<const char*, Enum>, Size>& words) {
  const std::string found = file.required(node, attribute);
  std::vector<std::string> names;
  std::string expected;
  for (const auto& [name, value] : words) {
    if (found == name) return value;
    names.emplace_back(name);
    expected += (expected.empty() ? "" : ", ") + std::string(name);
  }
  file.fail(node, std::string(attribute) + "=\"" + found + "\" is not known" + did_you_mean(found, names) +
                      " (expected one of: " + expected + ")");
}

constexpr std::array<std::pair<const char*, Kind>, 5> kKinds = {{{"count", Kind::count},
                                                                 {"amount", Kind::amount},
                                                                 {"percent", Kind::percent},
                                                                 {"choice", Kind::choice},
                                                                 {"text", Kind::text}}};
constexpr std::array<std::pair<const char*, Accrual>, 3> kAccruals = {
    {{"flow", Accrual::flow}, {"stock", Accrual::stock}, {"cumulative", Accrual::cumulative}}};
constexpr std::array<std::pair<const char*, Aggregate>, 6> kAggregates = {{{"sum", Aggregate::sum},
                                                                           {"ratio", Aggregate::ratio},
                                                                           {"weighted", Aggregate::weighted},
                                                                           {"range", Aggregate::range},
                                                                           {"tally", Aggregate::tally},
                                                                           {"list", Aggregate::list}}};

// Names separated by ";"; the first is the one that is shown.
void read_authority(const XmlFile& file, pugi::xml_node node, Indicator& indicator) {
  const std::string names = file.optional(node, "authority");
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(';', at), names.size());
    indicator.authority_names.push_back(squeezed(names.substr(at, end - at)));
    at = end + 1;
  }
  if (!indicator.authority_names.empty()) indicator.authority = indicator.authority_names.front();
}

void check_fit(const XmlFile& file, pugi::xml_node node, const Indicator& indicator) {
  const auto fits = [&] {
    switch (indicator.kind) {
      case Kind::count:
      case Kind::amount:
        return indicator.aggregate == Aggregate::sum;
      case Kind::percent:
        return indicator.aggregate == Aggregate::ratio || indicator.aggregate == Aggregate::weighted ||
               indicator.aggregate == Aggregate::range;
      case Kind::choice:
        return indicator.aggregate == Aggregate::tally;
      case Kind::text:
        return indicator.aggregate == Aggregate::list;
    }
    return false;
  };
  if (!fits()) {
    file.fail(node,
              "aggregate=\"" + file.required(node, "aggregate") + "\" does not fit kind=\"" +
                  file.required(node, "kind") +
                  "\"; expected sum for count and amount, ratio, weighted or range for percent, tally for choice, "
                  "list for text");
  }
  const bool ratio = indicator.aggregate == Aggregate::ratio;
  if (ratio != (node.attribute("numerator") && node.attribute("denominator")) ||
      (!ratio && (node.attribute("numerator") || node.attribute("denominator")))) {
    file.fail(node, "numerator and denominator belong together, and to aggregate=\"ratio\" only");
  }
  if ((indicator.aggregate == Aggregate::weighted) != !node.attribute("weight").empty()) {
    file.fail(node, "weight belongs to aggregate=\"weighted\", and to that only");
  }
  if ((indicator.kind == Kind::choice) != (indicator.options.size() >= 2)) {
    file.fail(node, "a choice needs two <option>s or more, and nothing else has any");
  }
}

}  // namespace

int Catalogue::find(std::string_view id) const {
  const auto found = by_id.find(std::string(id));
  return found == by_id.end() ? -1 : found->second;
}

Catalogue read_catalogue(const XmlFile& file) {
  Catalogue catalogue;
  const pugi::xml_node root = file.root();
  file.allow(root, {"version", "lang", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"}, {"group"});
  std::vector<pugi::xml_node> nodes;
  std::unordered_map<std::string, std::string> labels;
  for (const auto group : root.children("group")) {
    file.allow(group, {"id", "label"}, {"indicator"});
    catalogue.groups.push_back({file.required(group, "id"), file.required(group, "label")});
    for (const auto node : group.children("indicator")) {
      file.allow(node,
                 {"id", "kind", "unit", "accrual", "aggregate", "numerator", "denominator", "weight", "parts",
                  "authority", "label"},
                 {"option"});
      Indicator indicator;
      indicator.id = file.required(node, "id");
      indicator.label = file.required(node, "label");
      indicator.unit = file.optional(node, "unit");
      indicator.kind = read_word(file, node, "kind", kKinds);
      indicator.accrual = read_word(file, node, "accrual", kAccruals);
      indicator.aggregate = read_word(file, node, "aggregate", kAggregates);
      read_authority(file, node, indicator);
      indicator.group = static_cast<int>(catalogue.groups.size()) - 1;
      indicator.place = file.place(node);
      for (const auto option : node.children("option")) {
        file.allow(option, {"code"}, {});
        file.required(option, "code");
        const int code = file.integer(option, "code", 0, 0, 99);
        for (const Option& other : indicator.options) {
          if (other.code == code) file.fail(option, "code " + std::to_string(code) + " is given to two options");
        }
        indicator.options.push_back({code, squeezed(nfc(option.text().as_string()))});
        if (indicator.options.back().label.empty()) file.fail(option, "an empty <option>");
      }
      check_fit(file, node, indicator);
      if (!catalogue.by_id.emplace(indicator.id, catalogue.size()).second) {
        file.fail(node, "indicator \"" + indicator.id + "\" is defined twice");
      }
      const auto [label, fresh] = labels.emplace(indicator.label, indicator.id);
      if (!fresh)
        file.fail(node, "label is the same as that of \"" + label->second + "\"; labels stand alone in reports");
      catalogue.indicators.push_back(std::move(indicator));
      nodes.push_back(node);
    }
  }
  if (catalogue.indicators.empty()) file.fail(root, "no <indicator> in any <group>");

  std::vector<std::string> ids;
  for (const Indicator& indicator : catalogue.indicators) ids.push_back(indicator.id);
  const auto resolve = [&](pugi::xml_node node, const std::string& attribute, const std::string& id, bool numeric) {
    const int index = catalogue.find(id);
    if (index < 0) file.fail(node, attribute + " \"" + id + "\" is no indicator" + did_you_mean(id, ids));
    const Kind kind = catalogue[index].kind;
    if (numeric && kind != Kind::count && kind != Kind::amount) {
      file.fail(node, attribute + " \"" + id + "\" must be a count or an amount");
    }
    return index;
  };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Indicator& indicator = catalogue.indicators[i];
    const auto component = [&](const char* attribute) {
      const std::string id = file.optional(nodes[i], attribute);
      return id.empty() ? -1 : resolve(nodes[i], attribute, id, true);
    };
    indicator.numerator = component("numerator");
    indicator.denominator = component("denominator");
    indicator.weight = component("weight");
    const std::string parts = squeezed(file.optional(nodes[i], "parts"));
    for (std::size_t at = 0; at < parts.size();) {
      const std::size_t blank = std::min(parts.find(' ', at), parts.size());
      indicator.parts.push_back(resolve(nodes[i], "part", parts.substr(at, blank - at), true));
      at = blank + 1;
    }
  }
  return catalogue;
}

}  // namespace tonghop
