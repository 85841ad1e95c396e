// The sheet that a patch puts in front: its part, its styles, and its place in the workbook.
#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "xlsx/markup.h"
#include "xlsx/patch.h"
#include "xlsx/patch_cells.h"
#include "xlsx/relationships.h"
#include "xlsx/sheet_writer.h"
#include "xlsx/tags.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {

void Patch::insert_front() {
  Sheet& sheet = front_->sheets.at(0);
  std::vector<int> numbers;
  for (const Style& style : front_->styles) numbers.push_back(styles_->add(style, front_->font));
  for (Cell& cell : sheet.cells) cell.style = numbers[static_cast<std::size_t>(cell.style)];
  Workbook shown;  // as many styles as the sheet may name
  shown.font = front_->font;
  shown.styles.resize(static_cast<std::size_t>(*std::ranges::max_element(numbers)) + 1);
  std::string markup;
  write_sheet(shown, sheet, true, nullptr, markup);
  markup = of_this_kind(markup);
  const std::string part =
      instead_of_.empty()
          ? free_name(workbook_part_.substr(0, workbook_part_.rfind('/') + 1) + "worksheets/", "sheet", ".xml")
          : this->sheet(instead_of_).part;
  for (const SheetPart& other : sheets_) {
    if (other.part != part) changed_[other.part] = deselected(text_of(other.part));
  }
  for (const std::string& other : other_parts_) changed_[other] = deselected(text_of(other));
  changed_[part] = markup;
  add_front_to_workbook(part);
}

void Patch::add_front_to_workbook(const std::string& part) {
  const std::string text = text_of(workbook_part_);
  const auto entries = elements(text, {"workbook", "sheets", "sheet"});
  if (entries.empty()) throw std::runtime_error("no sheets");
  Edits edits;
  std::size_t shown = 0;
  if (instead_of_.empty()) {
    int last = 0;
    for (const Element& entry : entries)
      last = std::max(last, integer(attribute(text, entry.open, "sheetId")).value_or(0));
    std::string& name = front_->sheets.front().name;
    const std::string wanted = name;
    for (int number = 2; sheet_names_.contains(lower(name)); ++number)
      name = wanted + " (" + std::to_string(number) + ")";
    const std::string id = add_relationship(workbook_part_, "worksheet", part);
    add_content_type("<Override PartName=\"/" + part + "\" ContentType=\"" + std::string(kSpreadsheetType) +
                     "worksheet+xml\"/>");
    const Tag& first = entries.front().open;
    const std::string_view old_id = attribute(text, first, "id");  // its prefix is that of the relationships
    const std::string_view before =
        std::string_view(text).substr(first.begin, static_cast<std::size_t>(old_id.data() - text.data()) - first.begin);
    const std::size_t blank = before.find_last_of(" \t\r\n");
    const std::string_view written = before.substr(blank + 1);
    std::string element;
    append(element, "<", first.prefix, "sheet name=\"");
    append_attribute(element, name);
    const std::string_view id_name = written.substr(0, written.find('='));
    append(element, "\" sheetId=\"", last + 1, "\" ", id_name, "=\"", id, "\"");
    const std::string declared = " xmlns:" + std::string(id_name.substr(0, id_name.find(':'))) + "=";
    if (std::string_view(text).substr(0, first.begin).find(declared) == std::string_view::npos)  // openpyxl, in each
      append(element, declared, "\"", relationship_namespace(), "\"");
    element += "/>";
    edits.insert(first.begin, element);
    for (const Element& defined : elements(text, {"workbook", "definedNames", "definedName"})) {
      const auto local = integer(attribute(text, defined.open, "localSheetId"));
      if (local) edits.set_attribute(text, defined.open, "localSheetId", std::to_string(*local + 1));
    }
  } else {
    // It keeps its place, wherever it was moved, but not hidden.
    const std::vector<Relationship> relationships = read_relationships(package_, workbook_part_);
    const auto entry = std::ranges::find_if(entries, [&](const Element& one) {
      const auto found =
          std::ranges::find(relationships, std::string(attribute(text, one.open, "id")), &Relationship::id);
      return found != relationships.end() && found->target == part;
    });
    if (entry == entries.end()) throw std::runtime_error("no entry of the sheet");
    shown = static_cast<std::size_t>(entry - entries.begin());
    if (!attribute(text, entry->open, "state").empty()) edits.set_attribute(text, entry->open, "state", "visible");
  }
  for (const Element& view : elements(text, {"workbook", "bookViews", "workbookView"})) {
    edits.set_attribute(text, view.open, "activeTab", std::to_string(shown));
    if (attribute(text, view.open, "firstSheet").data() != nullptr)
      edits.set_attribute(text, view.open, "firstSheet", "0");
  }
  changed_[workbook_part_] = edits.applied_to(text);
  if (instead_of_.empty()) add_print_titles();
}

// Of the sheet in front; one that takes another's place keeps those of that.
void Patch::add_print_titles() {
  const Sheet& sheet = front_->sheets.front();
  if (!sheet.print || sheet.print->title_first == 0) return;
  const std::string text = text_of(workbook_part_);
  std::string name;
  append(name, "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">");
  append_formula(name, quoted_sheet(sheet.name));
  append(name, "!$", sheet.print->title_first, ":$", sheet.print->title_last, "</definedName>");
  Edits edits;
  const auto names = elements(text, {"workbook", "definedNames"});
  if (!names.empty()) {
    edits.append_inside(text, names.front(), prefixed(name, names.front().open.prefix));
  } else {
    // Behind the last of what stands before names in a workbook (CT_Workbook).
    Element before = elements(text, {"workbook", "sheets"}).front();
    for (const char* later : {"functionGroups", "externalReferences"}) {
      for (const Element& one : elements(text, {"workbook", later})) before = one;
    }
    edits.insert(before.end, prefixed("<definedNames>" + name + "</definedNames>", before.open.prefix));
  }
  changed_[workbook_part_] = edits.applied_to(text);
}

}  // namespace tonghop::xlsx
