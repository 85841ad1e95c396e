// A worksheet from front to back; what is not read is passed over.
#include "xlsx/sheet_scanner.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "xlsx/scanner.h"
#include "xlsx/shared_strings.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

bool is_letter(std::string_view name, char letter) { return name.size() == 1 && name[0] == letter; }

class SheetScanner {
 public:
  SheetScanner(const std::string& text, const Limits& limits, SheetCells& cells, Sheet& sheet)
      : scanner_(text, limits), limits_(limits), cells_(cells), sheet_(sheet) {}

  void read(std::size_t bytes);

 private:
  bool known(std::string_view name) const;
  std::optional<std::string_view> attribute(std::string_view name) const;
  bool read_attributes();
  void read_columns();
  void read_merges();
  void read_protection();
  void read_rows();
  void read_row();
  bool read_cell_attributes(StoredCell& cell);
  void read_content(StoredCell& cell);

  Scanner scanner_;
  const Limits& limits_;
  SheetCells& cells_;
  Sheet& sheet_;
  std::vector<ScannedAttribute> attributes_;  // of the element being read, where the order does not matter
  std::string value_, formula_, rich_;        // room for texts with entities
  std::unique_ptr<XmlPart> tree_;             // of a text with runs
};

void SheetScanner::read(std::size_t bytes) {
  scanner_.root("worksheet");
  if (!scanner_.pass_attributes()) throw Unusual{};
  while (scanner_.child("worksheet")) {
    const std::string_view name = scanner_.local_name();
    if (name == "sheetData") {
      cells_.expect(bytes);
      read_rows();
    } else if (name == "cols") {
      read_columns();
    } else if (name == "mergeCells") {
      read_merges();
    } else if (name == "sheetProtection") {
      read_protection();
    } else {
      scanner_.pass(scanner_.full_name());
    }
  }
  scanner_.end();
  cells_.finish();
}

// The child has this name without a prefix.
bool SheetScanner::known(std::string_view name) const { return scanner_.full_name() == name; }

// All of them; whether there is content.
bool SheetScanner::read_attributes() {
  attributes_.clear();
  for (ScannedAttribute next; scanner_.attribute(next);) {
    if (std::ranges::count(attributes_, next.name, &ScannedAttribute::name) > 0) throw Unusual{};
    attributes_.push_back(next);
  }
  return scanner_.content();
}

std::optional<std::string_view> SheetScanner::attribute(std::string_view name) const {
  const auto found = std::ranges::find(attributes_, name, &ScannedAttribute::name);
  return found == attributes_.end() ? std::nullopt : std::optional(found->plain());
}

void SheetScanner::read_columns() {
  if (!known("cols")) throw Unusual{};
  if (!scanner_.pass_attributes()) return;
  while (scanner_.child("cols")) {
    if (!known("col") || (read_attributes() && !scanner_.end_tag("col"))) throw Unusual{};
    cells_.add_column(attribute("min").value_or(""), attribute("max").value_or(""),
                      flag(attribute("hidden").value_or("")));
  }
}

void SheetScanner::read_merges() {
  if (!known("mergeCells")) throw Unusual{};
  if (!scanner_.pass_attributes()) return;
  while (scanner_.child("mergeCells")) {
    if (!known("mergeCell") || (read_attributes() && !scanner_.end_tag("mergeCell"))) throw Unusual{};
    cells_.add_merge(attribute("ref").value_or(""));
  }
}

void SheetScanner::read_protection() {
  if (!known("sheetProtection") || (read_attributes() && !scanner_.end_tag("sheetProtection"))) throw Unusual{};
  if (!flag(attribute("sheet").value_or(""))) return;
  const auto allowed = [&](std::string_view what) { return !flag(attribute(what).value_or("1")); };
  sheet_.protection =
      Protection{allowed("formatColumns"), allowed("formatRows"), allowed("sort"), allowed("autoFilter")};
}

void SheetScanner::read_rows() {
  if (!known("sheetData")) throw Unusual{};
  if (!scanner_.pass_attributes()) return;
  while (scanner_.child("sheetData")) {
    if (!known("row")) throw Unusual{};
    read_row();
  }
}

void SheetScanner::read_row() {
  std::optional<std::string_view> number;
  std::optional<bool> hidden;
  for (ScannedAttribute next; scanner_.attribute(next);) {
    if (is_letter(next.name, 'r')) {
      if (number) throw Unusual{};
      number = next.plain();
    } else if (next.name == "hidden") {
      if (hidden) throw Unusual{};
      hidden = flag(next.plain());
    }
  }
  const auto begin = [&](std::string_view first_cell) {
    cells_.begin_row(number.value_or(""), first_cell, hidden.value_or(false));
  };
  if (!scanner_.content()) return begin("");
  bool begun = false;  // a row without a number has that of its first cell
  while (scanner_.child("row")) {
    if (!is_letter(scanner_.full_name(), 'c')) throw Unusual{};
    StoredCell cell;
    const bool content = read_cell_attributes(cell);
    if (!begun) begin(cell.place);
    begun = true;
    std::string_view word;
    if (!content || scanner_.end_tag("c")) {
      cells_.pass(cell.place);
    } else if (scanner_.word_between("<v>", "</v></c>", word)) {
      cell.value = word;
      cells_.add(cell);
    } else {
      read_content(cell);
      cells_.add(cell);
    }
  }
  if (!begun) begin("");
}

bool SheetScanner::read_cell_attributes(StoredCell& cell) {
  scanner_.word_attribute('r', cell.place);  // nearly always these, in this order, and no others
  scanner_.word_attribute('s', cell.style);
  scanner_.word_attribute('t', cell.type);
  for (ScannedAttribute next; scanner_.attribute(next);) {
    if (next.name.size() != 1) continue;
    const char letter = next.name[0];
    std::string_view* known = letter == 'r'   ? &cell.place
                              : letter == 't' ? &cell.type
                              : letter == 's' ? &cell.style
                                              : nullptr;
    if (known == nullptr) continue;
    if (known->data() != nullptr) throw Unusual{};
    *known = next.plain();
  }
  return scanner_.content();
}

// What stands between <c> and </c>.
void SheetScanner::read_content(StoredCell& cell) {
  while (scanner_.child("c")) {
    const std::string_view name = scanner_.full_name();
    if (is_letter(name, 'v') && !cell.value) {
      cell.value = scanner_.pass_attributes() ? scanner_.text("v", value_) : std::string_view();
    } else if (is_letter(name, 'f') && !cell.formula) {
      for (ScannedAttribute next; scanner_.attribute(next);) {
        cell.formula_type = cell.formula_type || is_letter(next.name, 't');
      }
      cell.formula = scanner_.content() ? scanner_.text("f", formula_) : std::string_view();
    } else if (name == "is" && !cell.rich) {
      cell.rich = scan_string(scanner_, limits_, rich_, tree_);
    } else {
      throw Unusual{};
    }
  }
}

}  // namespace

void scan_sheet(const std::string& text, const Limits& limits, SheetCells& cells, Sheet& sheet) {
  SheetScanner(text, limits, cells, sheet).read(text.size());
}

}  // namespace tonghop::xlsx
