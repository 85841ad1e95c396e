// Which parts a patch changes: sheets and their notes, and what ties parts together.
#include "xlsx/patch.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "xlsx/characters.h"
#include "xlsx/markup.h"
#include "xlsx/package_copy.h"
#include "xlsx/patch_cells.h"
#include "xlsx/reader.h"
#include "xlsx/relationships.h"
#include "xlsx/tags.h"
#include "xlsx/workbook_parts.h"
#include "xlsx/xls_reader.h"

namespace tonghop::xlsx {
namespace {

constexpr std::string_view kStrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
constexpr std::string_view kStrictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships";

[[noreturn]] void refuse(const std::string& file, std::string problem) {
  throw Error("copy-unmarked", Place{.file = file}, {{"problem", std::move(problem)}});
}

std::string folder_of(const std::string& part) { return part.substr(0, part.rfind('/') + 1); }

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string_view checked_kind(std::string_view bytes, const std::string& file) {
  if (is_xls(bytes)) refuse(file, ".xls");
  return bytes;
}

}  // namespace

Patch::Patch(std::string_view bytes, std::string file, NoteLook notes, const Limits& limits)
    : bytes_(checked_kind(bytes, file)),
      file_(std::move(file)),
      look_(std::move(notes)),
      limits_(limits),
      package_(bytes, file_, limits) {
  if (package_.open_document()) refuse(file_, "OpenDocument");
  Findings known;  // whoever read the file first has said them
  book_ = read_workbook(bytes, file_, known, limits_);
  try {
    find_parts();
  } catch (const std::runtime_error& error) {
    refuse(file_, error.what());
  }
}

bool Patch::is_signed() const {
  const std::vector<std::string> names = package_.names();
  return std::ranges::any_of(names, [](const std::string& name) { return name.starts_with("_xmlsignatures/"); });
}

void Patch::find_parts() {
  workbook_part_ = workbook_part(package_);
  strict_ = text_of(workbook_part_).find(kStrictMain) != std::string::npos;
  const std::vector<Relationship> relationships = read_relationships(package_, workbook_part_);
  if (std::ranges::any_of(relationships, [](const auto& one) { return one.type == "revisionHeaders"; }))
    throw std::runtime_error("shared workbook");
  styles_part_ = part_of_type(package_, relationships, "styles");
  if (styles_part_.empty()) throw std::runtime_error("no styles");
  styles_.emplace(text_of(styles_part_));
  const XmlPart book(package_, workbook_part_);
  for (const pugi::xml_node node : child(book.root(), "sheets")) {
    if (!is(node, "sheet")) continue;
    sheet_names_.insert(lower(decoded(node.attribute("name").value())));
    const auto relationship = std::ranges::find(relationships, relationship_id(node), &Relationship::id);
    if (relationship == relationships.end()) continue;
    if (relationship->type != "worksheet") {
      other_parts_.push_back(relationship->target);
      continue;
    }
    SheetPart& sheet = sheets_.emplace_back();
    sheet.name = decoded(node.attribute("name").value());
    sheet.part = relationship->target;
    for (const Relationship& one : read_relationships(package_, sheet.part)) {
      if (one.type != "threadedComment" || !package_.has(one.target)) continue;
      const XmlPart threads(package_, one.target);
      for (const pugi::xml_node thread : threads.root()) {
        if (const auto at = parse_address(thread.attribute("ref").value())) sheet.conversations.push_back(*at);
      }
    }
  }
}

Patch::SheetPart& Patch::sheet(const std::string& name) {
  const auto found = std::ranges::find(sheets_, name, &SheetPart::name);
  if (found == sheets_.end()) refuse(file_, "no sheet \"" + name + "\"");
  return *found;
}

const Sheet* Patch::read_sheet(const std::string& name) const {
  const auto found = std::ranges::find(book_.sheets, name, &Sheet::name);
  return found == book_.sheets.end() ? nullptr : &*found;
}

// The part as it is by now.
const std::string& Patch::text_of(const std::string& part) {
  const auto known = changed_.find(part);
  if (known != changed_.end()) return known->second;
  std::optional<std::string> text = package_.read(part);
  if (!text) throw std::runtime_error(part + " is missing");
  if (!in_utf8(*text)) throw std::runtime_error(part + " is not in UTF-8");
  return changed_.emplace(part, std::move(*text)).first->second;
}

int Patch::format_at(SheetPart& sheet, Address at) {
  if (!sheet.asked) sheet.formats = cell_formats(text_of(sheet.part));
  sheet.asked = true;
  const auto found = sheet.formats.find(at);
  return found != sheet.formats.end() ? found->second : format_of_empty(text_of(sheet.part), at);
}

std::string Patch::fill_of(const std::string& name, Address at) {
  SheetPart& one = sheet(name);
  const auto set = one.fills.find(at);
  if (set != one.fills.end()) return set->second;
  try {
    return styles_->fill_of(format_at(one, at));
  } catch (const std::runtime_error& error) {
    refuse(file_, error.what());
  }
}

void Patch::set_fill(const std::string& name, Address at, const std::string& fill) { sheet(name).fills[at] = fill; }

bool Patch::set_note(const std::string& name, Address at, const std::string& text) {
  SheetPart& one = sheet(name);
  if (std::ranges::find(one.conversations, at) != one.conversations.end()) return false;
  one.notes[at] = text;
  return true;
}

void Patch::put_first(Workbook front, const std::string& instead_of) {
  front_ = std::move(front);
  instead_of_ = instead_of;
}

std::string_view Patch::relationship_namespace() const {
  return strict_ ? kStrictRelationships : kRelationshipNamespace;
}

// In the namespaces of this workbook.
std::string Patch::of_this_kind(std::string markup) const {
  if (!strict_) return markup;
  replace_all(markup, kMainNamespace, kStrictMain);
  replace_all(markup, kRelationshipNamespace, kStrictRelationships);
  return markup;
}

// A part that is not there yet, and of which the content types do not speak either: "xl/comments7.xml".
std::string Patch::free_name(const std::string& folder, const std::string& stem, const std::string& extension) {
  std::set<std::string> typed;
  const std::string& types = text_of("[Content_Types].xml");
  for (const Element& one : elements(types, {"Types", "Override"}))
    typed.insert(lower(attribute(types, one.open, "PartName")));
  for (std::size_t number = 1;; ++number) {
    std::string name = folder + stem + std::to_string(number) + extension;
    if (!package_.has(name) && !changed_.contains(name) && !typed.contains("/" + lower(name))) return name;
  }
}

// Its id.
std::string Patch::add_relationship(const std::string& part, const std::string& type, const std::string& target) {
  const std::string folder = folder_of(part);
  const std::string name = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  if (!package_.has(name) && !changed_.contains(name)) {
    std::string empty(kXmlHead);
    append(empty, "<Relationships xmlns=\"", kPackageNamespace, "relationships\"></Relationships>");
    changed_.emplace(name, std::move(empty));
  }
  const std::string& text = text_of(name);
  const auto root = elements(text, {"Relationships"});
  if (root.empty()) throw std::runtime_error(name + " has no list");
  std::string id;
  for (std::size_t number = 1; id.empty() || text.find("\"" + id + "\"") != std::string::npos; ++number)
    id = "rIdReturn" + std::to_string(number);
  std::string element;
  append(element, "<Relationship Id=\"", id, "\" Type=\"", relationship_namespace(), "/", type, "\" Target=\"/", target,
         "\"/>");
  Edits edits;
  edits.append_inside(text, root.front(), prefixed(element, root.front().open.prefix));
  changed_[name] = edits.applied_to(text);
  return id;
}

// An <Override> or <Default> without prefix.
void Patch::add_content_type(const std::string& markup) {
  const std::string name = "[Content_Types].xml";
  const std::string& text = text_of(name);
  const auto root = elements(text, {"Types"});
  if (root.empty()) throw std::runtime_error("no content types");
  Edits edits;
  edits.append_inside(text, root.front(), prefixed(markup, root.front().open.prefix));
  changed_[name] = edits.applied_to(text);
}

void Patch::change_cells(SheetPart& sheet) {
  std::map<Address, int> formats;
  for (const auto& [at, fill] : sheet.fills) {
    const int before = format_at(sheet, at);
    const int after = styles_->with_fill(before, fill);
    if (after != before || !sheet.formats.contains(at)) formats.emplace(at, after);
  }
  if (!formats.empty()) changed_[sheet.part] = with_formats(text_of(sheet.part), formats);
}

void Patch::change_notes(SheetPart& sheet) {
  const Sheet* read = read_sheet(sheet.name);
  if (read == nullptr) return;
  const bool earlier = std::ranges::any_of(
      read->comments, [&](const Comment& one) { return without_lines(one.text, look_.sign).size() < one.text.size(); });
  if (sheet.notes.empty() && !earlier) return;
  std::string comments, drawing;
  const std::string drawing_id = notes_drawing_id(text_of(sheet.part));
  for (const Relationship& one : read_relationships(package_, sheet.part)) {
    if (one.external || !package_.has(one.target)) continue;
    if (one.type == "comments") comments = one.target;
    if (one.type == "vmlDrawing" && one.id == drawing_id) drawing = one.target;
  }
  if (!comments.empty()) {
    if (drawing.empty()) throw std::runtime_error("notes without boxes");
    NotesParts parts = with_notes({text_of(comments), text_of(drawing)}, book_, *read, sheet.notes, look_);
    changed_[comments] = std::move(parts.comments);
    changed_[drawing] = std::move(parts.drawing);
    return;
  }
  if (!drawing_id.empty()) throw std::runtime_error("a drawing of old controls stands where notes would");
  const std::vector<std::string> names = package_.names();
  const auto drawings = std::ranges::count_if(names, [](const std::string& name) { return name.ends_with(".vml"); });
  const std::size_t block = static_cast<std::size_t>(drawings) + sheets_.size() +
                            static_cast<std::size_t>(&sheet - sheets_.data());  // of ids, another for each sheet
  NotesParts parts = new_notes(book_, *read, sheet.notes, look_, block);
  const std::string folder = folder_of(workbook_part_);
  comments = free_name(folder, "comments", ".xml");
  changed_[comments] = of_this_kind(std::move(parts.comments));
  drawing = free_name(folder + "drawings/", "vmlDrawing", ".vml");
  changed_[drawing] = std::move(parts.drawing);
  add_relationship(sheet.part, "comments", comments);
  const std::string id = add_relationship(sheet.part, "vmlDrawing", drawing);
  changed_[sheet.part] = with_notes_drawing(text_of(sheet.part), id, relationship_namespace());
  add_content_type("<Override PartName=\"/" + comments + "\" ContentType=\"" + std::string(kSpreadsheetType) +
                   "comments+xml\"/>");
  const std::string& types = text_of("[Content_Types].xml");
  const auto defaults = elements(types, {"Types", "Default"});
  if (std::ranges::none_of(
          defaults, [&](const Element& one) { return lower(attribute(types, one.open, "Extension")) == "vml"; })) {
    add_content_type(
        "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>");
  }
}

std::string Patch::made() {
  for (SheetPart& sheet : sheets_) {
    if (sheet.name == instead_of_) continue;
    change_cells(sheet);
    change_notes(sheet);
  }
  if (front_) insert_front();
  changed_[styles_part_] = styles_->text();
  std::map<std::string, std::string> parts;
  for (auto& [name, text] : changed_) {
    if (package_.read(name) != text) parts.emplace(name, std::move(text));
  }
  return copy_package(bytes_, parts);
}

std::string Patch::bytes() {
  try {
    std::string copy = made();
    Findings known;
    compare(read_workbook(copy, file_, known, limits_));
    return copy;
  } catch (const std::runtime_error& error) {
    refuse(file_, error.what());
  } catch (const std::invalid_argument& error) {  // a note or a style that the writers do not take
    refuse(file_, error.what());
  } catch (const Error& error) {
    if (error.finding().code == "copy-unmarked") throw;
    refuse(file_, error.what());
  }
}

}  // namespace tonghop::xlsx
