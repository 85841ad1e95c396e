// Template XML -> Template. The grammar is told in workbook-templates/README.md.
#include "forms/template.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>

#include "base/finding.h"
#include "base/text.h"

namespace tonghop {
namespace {

struct Emphasis {
  bool bold = false;
  bool italic = false;
};

Emphasis read_style(const XmlFile& file, pugi::xml_node node, const std::string& style) {
  if (style.empty()) return {};
  if (style == "bold") return {true, false};
  if (style == "italic") return {false, true};
  if (style == "bold italic") return {true, true};
  file.fail(node, "attribute style is \"" + style + "\", expected bold, italic or \"bold italic\"");
}

std::vector<TextLine> read_lines(const XmlFile& file, pugi::xml_node parent) {
  std::vector<TextLine> lines;
  file.allow(parent, {}, {"line"});
  for (const auto node : parent.children("line")) {
    file.allow(node, {"style"}, {});
    const Emphasis style = read_style(file, node, file.optional(node, "style"));
    lines.push_back({squeezed(nfc(node.text().as_string())), style.bold, style.italic});
  }
  return lines;
}

const std::map<std::string, Role>& roles() {
  static const std::map<std::string, Role> names = {{"number", Role::number},     {"caption", Role::caption},
                                                    {"unit", Role::unit},         {"value", Role::value},
                                                    {"agencies", Role::agencies}, {"note", Role::note}};
  return names;
}

Column read_column(const XmlFile& file, pugi::xml_node node, const std::string& group) {
  file.allow(node, {"role", "caption", "italic", "width"}, {});
  Column column;
  const std::string role = file.required(node, "role");
  const auto found = roles().find(role);
  if (found == roles().end()) {
    std::vector<std::string> names;
    for (const auto& entry : roles()) names.push_back(entry.first);
    file.fail(node, "column role \"" + role + "\" is not known" + did_you_mean(role, names) +
                        " (expected number, caption, unit, value, agencies or note)");
  }
  column.role = found->second;
  column.caption = file.required(node, "caption");
  column.italic = file.optional(node, "italic");
  if (column.caption.find(column.italic) == std::string::npos) {
    file.fail(node, "italic=\"" + column.italic + "\" does not occur in the caption");
  }
  column.group = group;
  column.width = file.integer(node, "width", 10, 2, 120);
  return column;
}

std::vector<Column> read_columns(const XmlFile& file, pugi::xml_node parent) {
  std::vector<Column> columns;
  file.allow(parent, {}, {"column", "group"});
  for (const auto node : parent.children()) {
    if (node.type() != pugi::node_element) continue;
    if (std::string_view(node.name()) == "column") {
      columns.push_back(read_column(file, node, ""));
      continue;
    }
    file.allow(node, {"caption"}, {"column"});
    for (const auto child : node.children("column")) {
      columns.push_back(read_column(file, child, file.required(node, "caption")));
    }
  }
  for (const Role role : {Role::caption, Role::value}) {
    if (std::count_if(columns.begin(), columns.end(), [&](const Column& c) { return c.role == role; }) != 1) {
      file.fail(parent, role == Role::caption ? "exactly one column of role caption is needed"
                                              : "exactly one column of role value is needed");
    }
  }
  return columns;
}

void check_key(const XmlFile& file, pugi::xml_node node, const std::string& key) {
  const bool good = std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  if (!good) file.fail(node, "key \"" + key + "\" may hold only a-z, 0-9, dots, hyphens and underscores");
}

// The attributes of a row or section that a <change> may replace; those not given stay.
void read_wording(const XmlFile& file, pugi::xml_node node, Row& row) {
  const auto take = [&](const char* attribute, std::string& into) {
    if (node.attribute(attribute)) into = file.optional(node, attribute);
  };
  take("number", row.number);
  take("caption", row.caption);
  take("italic", row.italic);
  take("unit", row.unit);
  take("note", row.note);
  row.number_rows = file.integer(node, "number-rows", row.number_rows, 1, 1000);
  if (node.attribute("style")) {
    const Emphasis style = read_style(file, node, file.optional(node, "style"));
    row.bold = style.bold;
    row.slanted = style.italic;
  }
  row.place = file.place(node);
  if (trimmed(row.caption).empty()) file.fail(node, std::string("<") + node.name() + "> needs a caption");
  if (row.caption.find(row.italic) == std::string::npos) {
    file.fail(node, "italic=\"" + row.italic + "\" does not occur in the caption");
  }
}

class Reader {
 public:
  explicit Reader(const std::vector<XmlFile>& files) {
    for (const XmlFile& file : files) {
      if (std::string_view(file.root().name()) != "template") {
        file.fail(file.root(), std::string("root element is <") + file.root().name() + ">, expected <template>");
      }
      const std::string id = file.required(file.root(), "id");
      if (!files_.emplace(id, &file).second) file.fail(file.root(), "template \"" + id + "\" is defined twice");
      ids_.push_back(id);
    }
  }

  std::vector<Template> all() {
    std::vector<Template> templates;
    for (const std::string& id : ids_) templates.push_back(get(id));
    return templates;
  }

 private:
  const Template& get(const std::string& id) {
    const auto known = done_.find(id);
    if (known != done_.end()) return known->second;
    const XmlFile& file = *files_.at(id);
    if (!open_.insert(id).second) file.fail(file.root(), "template \"" + id + "\" extends itself");
    return done_.emplace(id, read(file)).first->second;
  }

  Template read(const XmlFile& file) {
    const pugi::xml_node root = file.root();
    file.allow(root,
               {"id", "extends", "version", "lang", "level", "role", "valid-from", "valid-to", "title", "cite",
                "xmlns:xsi", "xsi:noNamespaceSchemaLocation"},
               {"heading", "field", "columns", "signature", "sheet", "change"});
    Template form;
    if (const std::string base = file.optional(root, "extends"); !base.empty()) {
      if (!files_.contains(base)) {
        file.fail(root, "extends \"" + base + "\", which is no template" + did_you_mean(base, ids_));
      }
      form = get(base);
      form.summary = false;
    } else if (root.child("change")) {
      file.fail(root.child("change"), "<change> needs a template that extends another");
    }
    for (const char* once : {"heading", "columns", "signature"}) {
      if (const auto second = root.child(once).next_sibling(once)) {
        file.fail(second, std::string("a second <") + once + ">; expected one");
      }
    }
    form.id = file.required(root, "id");
    form.version = file.integer(root, "version", 1, 1, 9999);
    form.lang = file.optional(root, "lang", form.lang.empty() ? "vi" : form.lang.c_str());
    form.level = file.optional(root, "level", form.level.c_str());
    form.title = file.required(root, "title");
    form.cite = file.optional(root, "cite", form.cite.c_str());
    form.valid_from = file.optional(root, "valid-from");
    form.valid_to = file.optional(root, "valid-to");
    form.place = file.place(root);
    const std::string role = file.optional(root, "role");
    if (!role.empty() && role != "summary") {
      file.fail(root, "attribute role is \"" + role + "\", expected \"summary\" or nothing");
    }
    form.summary = role == "summary";
    if (!form.summary) form.remainder = {};

    if (const auto node = root.child("heading")) form.heading = read_lines(file, node);
    if (const auto node = root.child("signature")) form.signature = read_lines(file, node);
    if (root.child("field")) form.fields.clear();
    for (const auto node : root.children("field")) {
      file.allow(node, {"name", "caption"}, {});
      const std::string name = file.required(node, "name");
      if (name != "agency" && name != "period") {
        file.fail(node, "field \"" + name + "\" is not known; expected agency or period");
      }
      if (std::any_of(form.fields.begin(), form.fields.end(), [&](const Field& f) { return f.name == name; })) {
        file.fail(node, "a second field \"" + name + "\"; expected one");
      }
      form.fields.push_back({name, file.required(node, "caption")});
    }
    if (const auto node = root.child("columns")) form.columns = read_columns(file, node);
    if (form.columns.empty()) file.fail(root, "<template> needs <columns>");
    if (root.child("sheet")) read_sheets(file, root, form);
    if (form.rows.empty()) file.fail(root, "<template> needs a <sheet> with rows");
    for (const auto node : root.children("change")) change(file, node, form);
    return form;
  }

  void read_sheets(const XmlFile& file, pugi::xml_node root, Template& form) {
    const Template base = form;
    form.sheets.clear();
    form.rows.clear();
    form.remainder = {};
    keys_.clear();
    for (const auto node : root.children("sheet")) {
      file.allow(node, {"name", "from"}, {"heading", "section", "row", "remainder"});
      TemplateSheet sheet{file.required(node, "name"), {}};
      check_sheet_name(file, node, sheet.name, form);
      if (const auto heading = node.child("heading")) sheet.heading = read_lines(file, heading);
      form.sheets.push_back(std::move(sheet));
      const int index = static_cast<int>(form.sheets.size()) - 1;
      if (const std::string from = file.optional(node, "from"); !from.empty()) take_over(file, node, base, from, form);
      read_rows(file, node, index, -1, form);
    }
  }

  void check_sheet_name(const XmlFile& file, pugi::xml_node node, const std::string& name, const Template& form) {
    if (utf16_length(name) > 31 || name.find_first_of(":\\/?*[]") != std::string::npos || name.front() == '\'' ||
        name.back() == '\'') {
      file.fail(node,
                "sheet name \"" + name + "\" is not one that Excel takes (31 characters, none of : \\ / ? * [ ])");
    }
    for (const TemplateSheet& other : form.sheets) {
      if (lower(other.name) == lower(name)) file.fail(node, "sheet name \"" + name + "\" is used twice");
    }
  }

  // Copies the rows of one sheet of the extended template.
  void take_over(const XmlFile& file, pugi::xml_node node, const Template& base, const std::string& from,
                 Template& form) {
    std::vector<std::string> names;
    for (std::size_t s = 0; s < base.sheets.size(); ++s) {
      names.push_back(base.sheets[s].name);
      if (base.sheets[s].name != from) continue;
      form.sheets.back().heading.insert(form.sheets.back().heading.begin(), base.sheets[s].heading.begin(),
                                        base.sheets[s].heading.end());
      std::map<int, int> moved;  // old row index -> new
      for (std::size_t r = 0; r < base.rows.size(); ++r) {
        Row row = base.rows[r];
        if (row.sheet != static_cast<int>(s)) continue;
        moved[static_cast<int>(r)] = static_cast<int>(form.rows.size());
        row.sheet = static_cast<int>(form.sheets.size()) - 1;
        row.parent = row.parent < 0 ? -1 : moved.at(row.parent);
        add(file, node, std::move(row), form);
      }
      return;
    }
    file.fail(node, "from=\"" + from + "\" is no sheet of the extended template" + did_you_mean(from, names));
  }

  void read_rows(const XmlFile& file, pugi::xml_node parent, int sheet, int parent_row, Template& form) {
    for (const auto node : parent.children()) {
      const std::string_view name = node.name();
      if (name != "row" && name != "section" && name != "remainder") continue;
      file.allow(node, {"key", "number", "number-rows", "caption", "italic", "unit", "note", "style"},
                 {"row", "section"});
      Row row;
      row.key = file.required(node, "key");
      check_key(file, node, row.key);
      row.sheet = sheet;
      row.parent = parent_row;
      row.input = name == "row";
      read_wording(file, node, row);
      if (name == "remainder") {
        file.allow(node, {"key", "number", "number-rows", "caption", "italic", "unit", "note", "style"}, {});
        if (!form.summary) file.fail(node, "<remainder> belongs in the template with role=\"summary\"");
        if (form.remainder.wanted) file.fail(node, "a second <remainder>; one is enough");
        if (node.next_sibling("row") || node.next_sibling("section") || !sheet_is_last(parent)) {
          file.fail(node, "<remainder> must come last");
        }
        if (!keys_.insert(row.key).second) file.fail(node, "key \"" + row.key + "\" is used twice");
        form.remainder = {true, std::move(row)};
        continue;
      }
      const int index = static_cast<int>(form.rows.size());
      add(file, node, std::move(row), form);
      read_rows(file, node, sheet, index, form);
    }
  }

  static bool sheet_is_last(pugi::xml_node sheet) { return !sheet.next_sibling("sheet"); }

  void add(const XmlFile& file, pugi::xml_node node, Row row, Template& form) {
    if (!keys_.insert(row.key).second) file.fail(node, "key \"" + row.key + "\" is used twice");
    form.rows.push_back(std::move(row));
  }

  static void change(const XmlFile& file, pugi::xml_node node, Template& form) {
    file.allow(node, {"key", "number", "number-rows", "caption", "italic", "unit", "note", "style"}, {});
    const std::string key = file.required(node, "key");
    const int index = form.row(key);
    if (index < 0) {
      std::vector<std::string> keys;
      for (const Row& row : form.rows) keys.push_back(row.key);
      file.fail(node, "no inherited row has the key \"" + key + "\"" + did_you_mean(key, keys));
    }
    read_wording(file, node, form.rows[static_cast<std::size_t>(index)]);
  }

  std::vector<std::string> ids_;  // in the order of the files
  std::map<std::string, const XmlFile*> files_;
  std::map<std::string, Template> done_;
  std::set<std::string> open_;  // templates begun, to notice circles
  std::set<std::string> keys_;  // of the template being read
};

}  // namespace

int Template::inputs() const {
  return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.input; }));
}

int Template::row(std::string_view key) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.key == key; });
  return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

int Template::column(Role role) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.role == role; });
  return found == columns.end() ? 0 : static_cast<int>(found - columns.begin()) + 1;
}

std::vector<Template> read_templates(const std::vector<XmlFile>& files) { return Reader(files).all(); }

}  // namespace tonghop
