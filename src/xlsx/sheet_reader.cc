// Reading worksheets: scanned where nothing is unusual, else as a tree.
#include "xlsx/sheet_reader.h"

#include <utility>

#include "xlsx/scanner.h"
#include "xlsx/sheet_scanner.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

// XML forbids it, and two readers would read two things.
[[noreturn]] void refuse_repeated(const char* attribute) {
  throw Error("file-damaged", {}, {{"problem", std::string("attribute ") + attribute + " twice"}});
}

// A worksheet as a tree.
class SheetReader {
 public:
  SheetReader(SheetCells& cells, Sheet& sheet) : cells_(cells), sheet_(sheet) {}

  void read(const XmlPart& part);

 private:
  void read_row(pugi::xml_node row);
  void read_cell(pugi::xml_node cell);

  SheetCells& cells_;
  Sheet& sheet_;
  std::string value_, formula_, made_;  // room for text that stands in several pieces
  std::shared_ptr<const RichText> rich_;
};

void SheetReader::read(const XmlPart& part) {
  for (pugi::xml_node node = part.root().first_child(); node; node = node.next_sibling()) {
    const std::string_view name = local(node.name());
    if (name == "sheetData") {
      cells_.expect(part.bytes());
      for (pugi::xml_node row = node.first_child(); row; row = row.next_sibling()) {
        if (is(row, "row")) read_row(row);
      }
    } else if (name == "cols") {
      for (const pugi::xml_node column : node) {
        cells_.add_column(column.attribute("min").value(), column.attribute("max").value(),
                          flag(column.attribute("hidden")));
      }
    } else if (name == "mergeCells") {
      for (const pugi::xml_node merge : node) cells_.add_merge(merge.attribute("ref").value());
    } else if (name == "sheetProtection" && flag(node.attribute("sheet"))) {
      const auto allowed = [&](const char* what) { return !flag(node.attribute(what), true); };
      sheet_.protection =
          Protection{allowed("formatColumns"), allowed("formatRows"), allowed("sort"), allowed("autoFilter")};
    }
  }
  cells_.finish();
}

void SheetReader::read_row(pugi::xml_node row) {
  const char* number = nullptr;
  bool hidden = false;
  for (pugi::xml_attribute attribute = row.first_attribute(); attribute; attribute = attribute.next_attribute()) {
    const std::string_view name = attribute.name();
    if (name == "r") {
      if (number != nullptr) refuse_repeated("r");
      number = attribute.value();
    }
    if (name == "hidden") hidden = flag(attribute);
  }
  pugi::xml_node cell = row.first_child();
  while (cell && !is(cell, "c")) cell = cell.next_sibling();
  cells_.begin_row(number != nullptr ? number : "", cell.attribute("r").value(), hidden);
  for (; cell; cell = cell.next_sibling()) {
    if (is(cell, "c")) read_cell(cell);
  }
}

void SheetReader::read_cell(pugi::xml_node cell) {
  const bool empty = !cell.first_child();  // most cells of a form are: only their place counts
  const char* place = nullptr;
  const char* type = nullptr;
  const char* style = nullptr;
  pugi::xml_attribute attribute = cell.first_attribute();
  // The name of no attribute is "".
  for (const char* name = attribute.name(); *name != '\0'; name = (attribute = attribute.next_attribute()).name()) {
    const char** known = is_letter(name, 'r')   ? &place
                         : is_letter(name, 't') ? &type
                         : is_letter(name, 's') ? &style
                                                : nullptr;
    if (known == nullptr) continue;
    if (*known != nullptr) refuse_repeated(name);
    *known = attribute.value();
    if (empty && place != nullptr) break;
  }
  const auto given = [](const char* text) { return text != nullptr ? text : ""; };
  StoredCell stored{.place = given(place), .type = given(type), .style = given(style)};
  if (empty) return cells_.pass(stored.place);
  for (pugi::xml_node node = cell.first_child(); node; node = node.next_sibling()) {
    const char* name = local(node.name());
    if (is_letter(name, 'v')) {
      stored.value = text_of(node, value_);
    } else if (is_letter(name, 'f')) {
      stored.formula = text_of(node, formula_);
      stored.formula_type = !node.attribute("t").empty();
    } else if (name == "is"sv) {
      stored.rich = read_string(node, made_, rich_);
    }
  }
  cells_.add(stored);
}

// False, with everything as it was, where the part holds something unusual.
bool scan(const PartText& text, const std::string& file, SheetContext& context, Sheet& sheet, Findings& findings) {
  const std::size_t findings_before = findings.size();
  const std::size_t cells_left = context.cells_left;
  const std::size_t text_left = context.text_left;
  const auto undo = [&] {
    findings.resize(findings_before);
    context.cells_left = cells_left;
    context.text_left = text_left;
    sheet = Sheet{.name = std::move(sheet.name), .hidden = sheet.hidden};
    return false;
  };
  try {
    SheetCells cells(file, context, sheet, findings);
    scan_sheet(text, context.limits, cells, sheet);
    return true;
  } catch (const Unusual&) {
    return undo();
  } catch (const Error&) {  // a tree refuses what is not well-formed before it counts cells
    return undo();
  }
}

}  // namespace

void read_sheet(const PartText& text, const std::string& part, const std::string& file, SheetContext& context,
                Sheet& sheet, Findings& findings, Paths& paths) {
  if (paths.scan && scan(text, file, context, sheet, findings)) {
    ++paths.scanned;
    return;
  }
  ++paths.trees;
  const XmlPart tree(text.view(), part, file, context.limits);
  if (!is(tree.root(), "worksheet")) {
    throw Error("file-damaged", {}, {{"part", part}, {"problem", "no worksheet"}});
  }
  SheetCells cells(file, context, sheet, findings);
  SheetReader(cells, sheet).read(tree);
}

}  // namespace tonghop::xlsx
