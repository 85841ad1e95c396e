// Mapping XML -> Mapping, checked against template and catalogue.
#include "mapping/mapping.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "base/text.h"

namespace tonghop {
namespace {

// "department; Sở Nội vụ" as its words.
std::vector<std::string> words_of(const std::string& by) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= by.size();) {
    const std::size_t end = std::min(by.find(';', at), by.size());
    if (std::string word = squeezed(by.substr(at, end - at)); !word.empty()) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

// Reads the mapping files of one set of templates.
class Reader {
 public:
  Reader(const std::vector<XmlFile>& files, const std::vector<Template>& forms, const Catalogue& catalogue,
         std::vector<std::string>& problems)
      : forms_(forms), catalogue_(catalogue), problems_(problems) {
    for (const Template& form : forms) form_ids_.push_back(form.id);
    for (const Indicator& indicator : catalogue.indicators) indicator_ids_.push_back(indicator.id);
    for (const XmlFile& file : files) {
      attempt([&] {
        const std::string id = file.required(file.root(), "template");
        if (std::find(form_ids_.begin(), form_ids_.end(), id) == form_ids_.end()) {
          file.fail(file.root(), "template \"" + id + "\" does not exist" + did_you_mean(id, form_ids_));
        }
        if (!files_.emplace(id, &file).second) file.fail(file.root(), "template \"" + id + "\" is mapped twice");
      });
    }
  }

  std::vector<Mapping> all() {
    std::vector<Mapping> mappings;
    std::vector<Rows> settled;  // per form
    for (const Template& form : forms_) {
      Mapping mapping;
      mapping.form = form.id;
      mapping.indicators.assign(form.rows.size(), -1);
      mapping.aliases.resize(form.rows.size());
      mapping.owed.resize(form.rows.size());
      settled_.assign(form.rows.size(), false);
      const auto file = files_.find(form.id);
      if (file == files_.end()) {
        problems_.push_back(to_string(form.place) + ": template \"" + form.id + "\" has no mapping file");
      } else {
        mapping.place = file->second->place(file->second->root());
        broken_ = false;
        apply(*file->second, form, mapping, 0);
        inherit(form, mapping);
      }
      settled.push_back(broken_ ? Rows() : std::move(settled_));
      mappings.push_back(std::move(mapping));
    }
    // A row that several forms share is told of once, by the mapping that should have it before those that extend it.
    for (const bool extending : {false, true}) {
      for (std::size_t f = 0; f < forms_.size(); ++f) {
        const auto file = files_.find(forms_[f].id);
        if (file == files_.end() || settled[f].empty()) continue;
        if (extending != !file->second->optional(file->second->root(), "extends").empty()) continue;
        check_complete(*file->second, forms_[f], mappings[f], settled[f]);
      }
    }
    return mappings;
  }

 private:
  using Rows = std::vector<bool>;  // of a form

  // False where the step failed. A fault of an extended mapping is told once, where that is read for its own form.
  template <typename Step>
  bool attempt(Step step) {
    try {
      step();
      return true;
    } catch (const DefinitionError& error) {
      if (!inherited_) problems_.emplace_back(error.what());
      return false;
    }
  }

  // The file's own entries over those of the mapping that it extends.
  void apply(const XmlFile& file, const Template& form, Mapping& mapping, int depth) {
    const pugi::xml_node root = file.root();
    if (depth > 16) {
      broken_ = true;
      const std::string place = to_string(file.place(root));
      if (told_.insert(place).second) problems_.push_back(place + ": mappings extend one another in a circle");
      return;
    }
    const bool good = attempt([&] {
      file.allow(root, {"template", "extends", "version", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"},
                 {"row", "section", "ignore", "chart"});
      if (const std::string base = file.optional(root, "extends"); !base.empty()) {
        const auto found = files_.find(base);
        if (found == files_.end()) {
          file.fail(root, "extends \"" + base + "\", which has no mapping" + did_you_mean(base, mapped_ids()));
        }
        inherited_ = true;
        apply(*found->second, form, mapping, depth + 1);
      }
      inherited_ = depth > 0;
      std::set<std::string> seen;
      for (const auto node : root.children()) {
        if (node.type() != pugi::node_element) continue;
        attempt([&] {
          if (std::string_view(node.name()) == "chart") {
            chart(file, node, form, mapping);
          } else {
            entry(file, node, form, mapping, seen);
          }
        });
      }
    });
    broken_ |= !good;
    inherited_ = depth > 1;
  }

  std::vector<std::string> mapped_ids() const {
    std::vector<std::string> ids;
    for (const auto& [id, file] : files_) ids.push_back(id);
    return ids;
  }

  void entry(const XmlFile& file, pugi::xml_node node, const Template& form, Mapping& mapping,
             std::set<std::string>& seen) {
    const std::string_view name = node.name();
    const std::string key = file.required(node, "key");
    if (!seen.insert(key).second) file.fail(node, "key \"" + key + "\" is mapped twice");
    const int index = form.row(key);
    if (index < 0) {
      if (inherited_) return;  // a row that the extending form has dropped
      std::vector<std::string> keys;
      for (const Row& row : form.rows) keys.push_back(row.key);
      file.fail(node, "template \"" + form.id + "\" has no row \"" + key + "\"" + did_you_mean(key, keys));
    }
    const auto row = static_cast<std::size_t>(index);
    settled_[row] = true;
    if (name == "row") file.allow(node, {"key", "indicator", "owed-by"}, {"alias"});
    if (name == "section") file.allow(node, {"key", "owed-by"}, {"alias"});
    if (name == "ignore") {
      file.allow(node, {"key", "reason"}, {});
      file.required(node, "reason");
    }
    if ((name == "section") == form.rows[row].input) {
      file.fail(node, "\"" + key + "\" is a <" + (form.rows[row].input ? "row" : "section") +
                          "> of the template, not a <" + std::string(name) + ">");
    }
    mapping.indicators[row] = -1;
    if (name == "row") {
      const std::string id = file.required(node, "indicator");
      const int indicator = catalogue_.find(id);
      if (indicator < 0)
        file.fail(node, "indicator \"" + id + "\" is not in the catalogue" + did_you_mean(id, indicator_ids_));
      mapping.indicators[row] = indicator;
    }
    if (const std::string by = file.optional(node, "owed-by"); !by.empty()) {
      mapping.owed[row] = {words_of(by), file.place(node)};
    }
    for (const auto alias : node.children("alias")) {
      file.allow(alias, {}, {});
      const std::string text = squeezed(nfc(alias.text().as_string()));
      if (text.empty()) file.fail(alias, "an empty <alias>");
      mapping.aliases[row].push_back({text, file.place(alias)});
    }
  }

  void chart(const XmlFile& file, pugi::xml_node node, const Template& form, Mapping& mapping) {
    if (inherited_) return;  // charts belong to one report
    if (!form.summary) file.fail(node, "<chart> belongs in the mapping of the template with role=\"summary\"");
    file.allow(node, {"title", "rates"}, {});
    AgencyChart chart{file.required(node, "title"), {}};
    std::istringstream ids(file.required(node, "rates"));
    for (std::string id; ids >> id;) {
      const int indicator = catalogue_.find(id);
      if (indicator < 0)
        file.fail(node, "indicator \"" + id + "\" is not in the catalogue" + did_you_mean(id, indicator_ids_));
      if (catalogue_[indicator].kind != Kind::percent)
        file.fail(node, "indicator \"" + id + "\" is no percentage, expected kind=\"percent\"");
      chart.rates.push_back(indicator);
    }
    mapping.charts.push_back(std::move(chart));
  }

  // What a section says about who owes its rows, they have where they say nothing; "all" is said to stop that.
  static void inherit(const Template& form, Mapping& mapping) {
    for (std::size_t r = 0; r < form.rows.size(); ++r) {  // parents stand before their children
      if (mapping.owed[r].by.empty() && form.rows[r].parent >= 0) {
        mapping.owed[r] = mapping.owed[static_cast<std::size_t>(form.rows[r].parent)];
      }
    }
    for (Owed& owed : mapping.owed) {
      if (owed.by == std::vector<std::string>{"all"}) owed.by.clear();
    }
  }

  void check_complete(const XmlFile& file, const Template& form, const Mapping& mapping, const Rows& settled) {
    std::map<int, std::size_t> used;
    for (std::size_t r = 0; r < form.rows.size(); ++r) {
      const Row& row = form.rows[r];
      if (row.input && !settled[r] && told_.insert(to_string(row.place)).second) {
        problems_.push_back(to_string(row.place) + ": row \"" + row.key + "\" is not mapped in " + file.name() +
                            "; expected <row key=\"" + row.key + "\" indicator=\"…\"/> or <ignore key=\"" + row.key +
                            "\" reason=\"…\"/>");
      }
      if (mapping.indicators[r] < 0) continue;
      const auto [first, fresh] = used.emplace(mapping.indicators[r], r);
      if (!fresh && told_.insert(to_string(row.place)).second) {
        problems_.push_back(to_string(row.place) + ": rows \"" + form.rows[first->second].key + "\" and \"" + row.key +
                            "\" are both mapped to " + catalogue_[mapping.indicators[r]].id +
                            "; a form may ask for an indicator once");
      }
    }
  }

  const std::vector<Template>& forms_;
  const Catalogue& catalogue_;
  std::vector<std::string>& problems_;
  std::vector<std::string> form_ids_, indicator_ids_;
  std::map<std::string, const XmlFile*> files_;  // by template id
  Rows settled_;                                 // of the form under way: mapped or ignored
  bool broken_ = false;                          // its mapping, or one that this extends, could not be read to the end
  std::set<std::string> told_;                   // places of rows about which something was said
  bool inherited_ = false;                       // the entries under way come from an extended mapping
};

}  // namespace

bool is_level_word(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

bool Owed::from(const std::string& level, const std::vector<std::string>& names) const {
  return by.empty() || std::any_of(by.begin(), by.end(), [&](const std::string& word) {
           if (is_level_word(word)) return level.empty() || level == word;
           return std::any_of(names.begin(), names.end(),
                              [&](const std::string& name) { return is_called(name, word); });
         });
}

std::vector<bool> owed_rows(const Template& form, const Mapping& mapping, const std::string& level,
                            const std::vector<std::string>& names) {
  std::vector<bool> owed(form.rows.size(), true);
  if (form.summary) return owed;
  std::vector<std::pair<const std::vector<std::string>*, bool>> known;  // many rows say the same, few different things
  for (std::size_t r = 0; r < form.rows.size(); ++r) {
    const auto& by = mapping.owed[r].by;
    auto entry = std::find_if(known.begin(), known.end(), [&](const auto& one) { return *one.first == by; });
    if (entry == known.end()) entry = known.insert(entry, {&by, mapping.owed[r].from(level, names)});
    owed[r] = entry->second;
  }
  return owed;
}

int Mapping::row_of(int indicator) const {
  if (indicator < 0) return -1;
  const auto found = std::find(indicators.begin(), indicators.end(), indicator);
  return found == indicators.end() ? -1 : static_cast<int>(found - indicators.begin());
}

std::vector<Mapping> read_mappings(const std::vector<XmlFile>& files, const std::vector<Template>& forms,
                                   const Catalogue& catalogue, std::vector<std::string>& problems) {
  return Reader(files, forms, catalogue, problems).all();
}

Inputs inputs_of(const Template& form, const Mapping& mapping, const Catalogue& catalogue) {
  Inputs inputs(form.rows.size());
  for (std::size_t r = 0; r < form.rows.size(); ++r) {
    if (mapping.indicators[r] < 0) continue;
    const Indicator& indicator = catalogue[mapping.indicators[r]];
    inputs[r].expected = true;
    inputs[r].kind = indicator.kind;
    inputs[r].unit = form.rows[r].unit.empty() ? indicator.unit : form.rows[r].unit;
    inputs[r].options = indicator.options;
    inputs[r].numerator = mapping.row_of(indicator.numerator);
    inputs[r].denominator = mapping.row_of(indicator.denominator);
  }
  return inputs;
}

Inputs inputs_for(const Template& form, const Mapping& mapping, Inputs inputs, const std::string& level,
                  const std::vector<std::string>& names) {
  const std::vector<bool> owed = owed_rows(form, mapping, level, names);
  for (std::size_t r = 0; r < inputs.size(); ++r) inputs[r].owed = owed[r];
  return inputs;
}

void add_remainder(Template& form, Mapping& mapping, const Catalogue& catalogue) {
  const auto add = [&](Row row, int indicator) {
    row.sheet = form.remainder.section.sheet;
    row.place = form.remainder.section.place;
    form.rows.push_back(std::move(row));
    mapping.indicators.push_back(indicator);
    mapping.aliases.emplace_back();
    mapping.owed.emplace_back();
    return static_cast<int>(form.rows.size()) - 1;
  };
  int heading = -1;
  for (std::size_t g = 0; g < catalogue.groups.size(); ++g) {
    int group_row = -1;
    for (int i = 0; i < catalogue.size(); ++i) {
      const Indicator& indicator = catalogue[i];
      if (indicator.group != static_cast<int>(g) || mapping.row_of(i) >= 0) continue;
      if (heading < 0) heading = add(form.remainder.section, -1);
      if (group_row < 0) {
        Row row;
        row.key = form.remainder.section.key + "." + catalogue.groups[g].id;
        row.caption = catalogue.groups[g].label;
        row.bold = true;
        row.parent = heading;
        group_row = add(std::move(row), -1);
      }
      Row row;
      row.key = form.remainder.section.key + "." + indicator.id;
      row.caption = indicator.label;
      row.unit = indicator.unit;
      for (const Option& option : indicator.options) {
        row.unit += (row.unit.empty() ? "" : "\n") + option.label + " = " + std::to_string(option.code);
      }
      row.input = true;
      row.parent = group_row;
      add(std::move(row), i);
    }
  }
}

}  // namespace tonghop
