// A worksheet from front to back; what is not read is passed over.
#include "xlsx/sheet_scanner.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "xlsx/characters.h"
#include "xlsx/scanner.h"
#include "xlsx/shared_strings.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

bool is_letter(std::string_view name, char letter) { return name.size() == 1 && name[0] == letter; }

class SheetScanner {
 public:
  SheetScanner(const PartText& text, const Limits& limits, SheetCells& cells, Sheet& sheet)
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
  bool read_row_attributes(std::optional<std::string_view>& number, bool& hidden);
  bool read_plain_cell(StoredCell& cell, bool& value);
  bool read_cell_attributes(StoredCell& cell);
  void read_content(StoredCell& cell);

  // The rest of a row's start tag behind its number.
  struct RowTail {
    std::string_view text;
    bool hidden;
  };

  Scanner scanner_;
  const Limits& limits_;
  SheetCells& cells_;
  Sheet& sheet_;
  std::vector<ScannedAttribute> attributes_;  // of the element being read, where the order does not matter
  std::vector<RowTail> row_tails_;            // of the last rows with content
  std::string value_, formula_, made_;        // room for texts with entities
  std::shared_ptr<const RichText> rich_;
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
  constexpr std::size_t kMost = 32;  // none of these elements has as many
  for (ScannedAttribute next; scanner_.attribute(next);) {
    if (attributes_.size() == kMost || std::ranges::count(attributes_, next.name, &ScannedAttribute::name) > 0) {
      throw Unusual{};
    }
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

// What stands behind a row's number is mostly what stood there in a row before.
bool SheetScanner::read_row_attributes(std::optional<std::string_view>& number, bool& hidden) {
  std::string_view first;
  const bool numbered = scanner_.take_word(" r=\"", first, "\"");
  if (numbered) {
    number = first;
    for (const RowTail& known : row_tails_) {
      if (!scanner_.take(known.text)) continue;
      hidden = known.hidden;
      return true;
    }
  }
  const char* const tail = scanner_.at();
  bool hidden_told = false;
  for (ScannedAttribute next; scanner_.attribute(next);) {
    if (is_letter(next.name, 'r')) {
      if (number) throw Unusual{};
      number = next.plain();
    } else if (next.name == "hidden") {
      if (hidden_told) throw Unusual{};
      hidden = flag(next.plain());
      hidden_told = true;
    }
  }
  if (!scanner_.content()) return false;
  constexpr std::size_t kTails = 4;
  if (numbered) {
    if (row_tails_.size() == kTails) row_tails_.pop_back();
    row_tails_.insert(row_tails_.begin(), {{tail, scanner_.at()}, hidden});
  }
  return true;
}

void SheetScanner::read_row() {
  std::optional<std::string_view> number;
  bool hidden = false;
  const bool content = read_row_attributes(number, hidden);
  const auto begin = [&](std::string_view first_cell) { cells_.begin_row(number.value_or(""), first_cell, hidden); };
  if (!content) return begin("");
  bool begun = false;  // a row without a number has that of its first cell
  const auto take = [&](const StoredCell& cell, bool value) {
    if (!begun) begin(cell.place);
    begun = true;
    if (value) {
      cells_.add(cell);
    } else {
      cells_.pass(cell.place);
    }
  };
  StoredCell plain;
  while (true) {
    if (bool value = false; read_plain_cell(plain, value)) {
      take(plain, value);
      continue;
    }
    if (!scanner_.child("row")) break;
    if (!is_letter(scanner_.full_name(), 'c')) throw Unusual{};
    StoredCell cell;
    const bool value = read_cell_attributes(cell) && !scanner_.end_tag("c");
    if (value) read_content(cell);
    take(cell, value);
  }
  if (!begun) begin("");
}

// A cell as nearly all are written: <c r="B2" s="3" t="s"><v>7</v></c>, or with <is><t>Text</t></is> in place of <v>,
// or <c r="B2" s="3"/>. All of `cell` but its formula is set.
bool SheetScanner::read_plain_cell(StoredCell& cell, bool& value) {
  const Scanner before = scanner_;
  if (!scanner_.take_word("<c r=\"", cell.place, "\"")) return false;
  if (!scanner_.take_word(" s=\"", cell.style, "\"")) cell.style = {};
  if (!scanner_.take_word(" t=\"", cell.type, "\"")) cell.type = {};
  std::string_view word;
  value = scanner_.take_word("><v>", word, "</v></c>");
  cell.value = word;
  cell.rich.reset();
  if (value || scanner_.take("/>")) return true;
  if (scanner_.take("><is><t>")) {
    std::string_view text = scanner_.text("t", made_);
    if (scanner_.take("</is></c>")) {
      if (!scanner_.plain() && !is_plain(text)) text = made_ = decoded(text);
      cell.value.reset();
      cell.rich = {text};
      return value = true;
    }
  }
  scanner_ = before;
  return false;
}

// Of a cell whose name is taken; whether there is content.
bool SheetScanner::read_cell_attributes(StoredCell& cell) {
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
      cell.rich = scan_string(scanner_, limits_, made_, rich_);
    } else {
      throw Unusual{};
    }
  }
}

}  // namespace

void scan_sheet(const PartText& text, const Limits& limits, SheetCells& cells, Sheet& sheet) {
  SheetScanner(text, limits, cells, sheet).read(text.size());
}

}  // namespace tonghop::xlsx
