// Reading tables of OpenDocument spreadsheets (OpenDocument 1.3 part 3, clause 9). Cells have no addresses: where one
// stands is the sum of the repetitions before it.
#include "xlsx/ods_sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "xlsx/characters.h"
#include "xlsx/ods_formula.h"
#include "xlsx/ods_text.h"
#include "xlsx/xml_part.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

// Elements that only group rows or columns.
bool is_group(std::string_view name) {
  constexpr std::array kGroups = {"table-row-group"sv,    "table-header-rows"sv,    "table-rows"sv,
                                  "table-column-group"sv, "table-header-columns"sv, "table-columns"sv};
  return std::ranges::find(kGroups, name) != kGroups.end();
}

// A number of repetitions or of cells spanned: from 1 to `most`; what is no number is 1.
int repetitions(pugi::xml_attribute attribute, int most) {
  const std::string_view text = without_blanks(attribute.value());
  long count = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (end != text.data() + text.size() || text.empty()) return 1;
  if (error == std::errc::result_out_of_range && text[0] != '-') return most;
  return static_cast<int>(std::clamp(count, 1L, static_cast<long>(most)));
}

bool is_hidden(pugi::xml_node node) {
  const std::string_view visibility = attribute(node, "visibility").value();
  return visibility == "collapse" || visibility == "filter";
}

// How programs show an error that a formula came to.
bool is_error_text(std::string_view text) {
  constexpr std::array kErrors = {"#NULL!"sv, "#DIV/0!"sv, "#VALUE!"sv, "#REF!"sv, "#NAME?"sv, "#NUM!"sv, "#N/A"sv};
  if (std::ranges::find(kErrors, text) != kErrors.end()) return true;
  return text.starts_with("Err:") && integer(text.substr(4)).has_value();
}

class OdsSheetReader {
 public:
  OdsSheetReader(OdsContext& context, Workbook& workbook, Findings& findings)
      : context_(context), workbook_(workbook), findings_(findings) {}

  Sheet read(pugi::xml_node table);

 private:
  // The attributes of a cell that say something about its value, and the text shown.
  struct Stored {
    std::string_view type, value, date, time, truth, formula, style;
    std::optional<std::string_view> text;
    std::string shown;
  };

  void read_rows(pugi::xml_node holder, std::size_t depth);
  void read_column(pugi::xml_node column);
  void read_row(pugi::xml_node row);
  void read_cell(pugi::xml_node node);
  Stored stored_of(pugi::xml_node node, int& columns, int& rows, int& repeated) const;
  void read_annotation(pugi::xml_node annotation, Address at);
  Value value_of(const Stored& stored, bool has_paragraph);
  Value number_value(const Stored& stored, std::string_view content, std::optional<double> read);
  Value text_value(const Stored& stored, bool has_paragraph);
  int style_of(const Stored& stored);
  void store_row(int repeated);
  [[noreturn]] void refuse(const char* limit) const {
    refuse_too_large({.file = context_.file, .sheet = sheet_.name}, limit, context_.limits);
  }
  Address here() const { return {row_, column_}; }
  bool in_grid() const { return row_ <= kMaxRow && column_ <= kMaxColumn; }

  OdsContext& context_;
  Workbook& workbook_;
  Findings& findings_;
  Sheet sheet_;
  int row_ = 1, column_ = 1;    // of what is read next, from 1; beyond the grid at most one more
  std::string_view row_style_;  // of cells of this row without a style of their own
  std::vector<Cell> cells_;     // of this row
  std::size_t bytes_ = 0;       // of their texts and formulas
  struct ColumnStyle {
    int last;
    std::string_view name;
  };
  std::vector<ColumnStyle> columns_;  // styles of cells without one of their own, ascending
  int outside_ = 0;                   // values beyond the grid
  std::string first_outside_;
};

Sheet OdsSheetReader::read(pugi::xml_node table) {
  sheet_.name = cleaned(attribute(table, "name").value());
  sheet_.hidden = !context_.styles.is_shown(attribute(table, "style-name").value());
  if (flag(attribute(table, "protected"))) sheet_.protection.emplace();
  read_rows(table, 1);
  if (outside_ > 0) {
    findings_.push_back(Finding{.code = "cell-outside",
                                .place = {.file = context_.file, .sheet = sheet_.name, .cell = first_outside_},
                                .details = {{"count", std::to_string(outside_)}}});
  }
  return std::move(sheet_);
}

void OdsSheetReader::read_rows(pugi::xml_node holder, std::size_t depth) {
  if (depth > context_.limits.depth) refuse("depth");
  for (const pugi::xml_node node : holder) {
    const std::string_view name = local(node.name());
    if (name == "table-row") {
      read_row(node);
    } else if (name == "table-column") {
      read_column(node);
    } else if (is_group(name)) {
      read_rows(node, depth + 1);
    }
  }
}

void OdsSheetReader::read_column(pugi::xml_node column) {
  const int first = columns_.empty() ? 1 : columns_.back().last + 1;
  if (first > kMaxColumn) return;
  const int last =
      std::min(first - 1 + repetitions(attribute(column, "number-columns-repeated"), kMaxColumn), kMaxColumn);
  columns_.push_back({last, attribute(column, "default-cell-style-name").value()});
  if (is_hidden(column)) sheet_.columns.push_back(ColumnFormat{.first = first, .last = last, .hidden = true});
}

void OdsSheetReader::read_row(pugi::xml_node row) {
  const int repeated = repetitions(attribute(row, "number-rows-repeated"), kMaxRow);
  row_style_ = attribute(row, "default-cell-style-name").value();
  column_ = 1;
  for (const pugi::xml_node node : row) {
    const std::string_view name = local(node.name());
    if (name == "table-cell" || name == "covered-table-cell") read_cell(node);
  }
  if (!cells_.empty()) {
    const std::size_t stored = sheet_.cells.size();
    store_row(repeated);
    if (is_hidden(row)) {
      for (std::size_t i = stored; i < sheet_.cells.size(); ++i) {
        const int number = sheet_.cells[i].at.row;
        if (i == stored || number != sheet_.rows.back().row) sheet_.rows.push_back({.row = number, .hidden = true});
      }
    }
  }
  row_ = std::min(row_ + repeated, kMaxRow + 1);
}

// Moves the cells of this row into the sheet, as often as the row is repeated.
void OdsSheetReader::store_row(int repeated) {
  const auto rows = static_cast<std::size_t>(std::min(repeated, kMaxRow + 1 - row_));
  if (cells_.size() > context_.cells_left / rows) refuse("cells");
  if (bytes_ > context_.bytes_left / rows) refuse("size");
  if (static_cast<int>(rows) < repeated && outside_++ == 0)
    first_outside_ = to_string(Address{kMaxRow + 1, cells_[0].at.column});
  context_.cells_left -= cells_.size() * rows;
  context_.bytes_left -= bytes_ * rows;
  for (std::size_t i = 1; i < rows; ++i) {
    sheet_.cells.insert(sheet_.cells.end(), cells_.begin(), cells_.end());
    for (Cell& cell : cells_) ++cell.at.row;
  }
  std::ranges::move(cells_, std::back_inserter(sheet_.cells));
  cells_.clear();
  bytes_ = 0;
}

OdsSheetReader::Stored OdsSheetReader::stored_of(pugi::xml_node node, int& columns, int& rows, int& repeated) const {
  Stored stored;
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view name = local(attribute.name());
    const std::string_view value = attribute.value();
    if (name == "value-type") {
      // Written twice, in two namespaces: only LibreOffice's own knows errors.
      if (stored.type.empty() || value == "error") stored.type = value;
    } else if (name == "value") {
      stored.value = value;
    } else if (name == "date-value") {
      stored.date = value;
    } else if (name == "time-value") {
      stored.time = value;
    } else if (name == "boolean-value") {
      stored.truth = value;
    } else if (name == "string-value") {
      stored.text = value;
    } else if (name == "formula") {
      stored.formula = value;
    } else if (name == "style-name") {
      stored.style = value;
    } else if (name == "number-columns-repeated") {
      repeated = repetitions(attribute, kMaxColumn);
    } else if (name == "number-columns-spanned") {
      columns = repetitions(attribute, kMaxColumn);
    } else if (name == "number-rows-spanned") {
      rows = repetitions(attribute, kMaxRow);
    }
  }
  return stored;
}

void OdsSheetReader::read_cell(pugi::xml_node node) {
  int columns = 1, rows = 1, repeated = 1;
  Stored stored = stored_of(node, columns, rows, repeated);
  if (in_grid() && (columns > 1 || rows > 1)) {
    sheet_.merges.push_back(
        {here(), {std::min(row_ + rows - 1, kMaxRow), std::min(column_ + columns - 1, kMaxColumn)}});
  }
  bool has_paragraph = false;
  for (const pugi::xml_node part : node) {
    if (is(part, "p")) has_paragraph = true;
    if (is(part, "annotation") && in_grid()) read_annotation(part, here());
  }
  if (node.first_child()) stored.shown = paragraphs_of(node, context_.limits);
  Cell read{.at = here(), .value = value_of(stored, has_paragraph)};
  read.has_formula = !stored.formula.empty();
  if (read.has_formula) read.formula = excel_formula(cleaned(stored.formula), context_.sources);
  const int next = std::min(column_ + repeated, kMaxColumn + 1);
  if (read.has_formula || !std::holds_alternative<std::monostate>(read.value)) {
    const int inside = in_grid() ? next - column_ : 0;
    if (inside < repeated && outside_++ == 0) first_outside_ = to_string(Address{row_, column_ + inside});
    if (inside > 0) {
      read.style = style_of(stored);
      const auto* text = std::get_if<std::string>(&read.value);
      const std::size_t bytes = read.formula.size() + (text == nullptr ? 0 : text->size());
      const auto count = static_cast<std::size_t>(inside);
      if (cells_.size() + count > context_.cells_left) refuse("cells");
      if (bytes > (context_.bytes_left - std::min(bytes_, context_.bytes_left)) / count) refuse("size");
      bytes_ += bytes * count;
      for (std::size_t i = 1; i < count; ++i) {
        cells_.push_back(read);
        ++read.at.column;
      }
      cells_.push_back(std::move(read));
    }
  }
  column_ = next;
}

void OdsSheetReader::read_annotation(pugi::xml_node annotation, Address at) {
  std::string text = paragraphs_of(annotation, context_.limits);
  if (!text.empty()) sheet_.comments.push_back({at, std::move(text)});
}

Value OdsSheetReader::value_of(const Stored& stored, bool has_paragraph) {
  if (stored.type.empty() && stored.formula.empty() && stored.shown.empty()) return {};
  if (stored.type == "error") return ErrorValue{stored.shown.empty() ? "#VALUE!" : stored.shown};
  if (stored.type == "float" || stored.type == "currency" || stored.type == "percentage") {
    // LibreOffice makes TRUE of other programs a formula whose result is the number 1, shown as TRUE.
    if (!stored.formula.empty() && (stored.shown == "TRUE" || stored.shown == "FALSE")) return stored.shown == "TRUE";
    return number_value(stored, stored.value, number(without_blanks(stored.value)));
  }
  if (stored.type == "date") return number_value(stored, stored.date, date_serial(without_blanks(stored.date)));
  if (stored.type == "time") return number_value(stored, stored.time, duration_in_days(without_blanks(stored.time)));
  if (stored.type == "boolean") {
    if (stored.truth == "true" || stored.truth == "false") return stored.truth == "true";
    return number_value(stored, stored.truth, std::nullopt);
  }
  return text_value(stored, has_paragraph);
}

// The number, or the text as it stands, with a finding, where there is none.
Value OdsSheetReader::number_value(const Stored& stored, std::string_view content, std::optional<double> read) {
  if (read) return *read;
  const std::string text = content.empty() ? stored.shown : cleaned(content);
  if (text.empty()) return {};
  findings_.push_back(Finding{.code = "cell-broken",
                              .place = {.file = context_.file, .sheet = sheet_.name, .cell = to_string(here())},
                              .details = {{"type", std::string(stored.type)}, {"content", text}},
                              .raw = text});
  return stored.shown.empty() ? text : stored.shown;
}

Value OdsSheetReader::text_value(const Stored& stored, bool has_paragraph) {
  const bool has_formula = !stored.formula.empty();
  if (has_formula && is_error_text(stored.shown)) return ErrorValue{stored.shown};
  if (stored.text && stored.text->size() > context_.limits.text) refuse("text");
  std::string text = stored.text ? cleaned(*stored.text) : stored.shown;
  // An empty text is a formula's result; a formula without any was never calculated.
  const bool calculated = has_formula && (has_paragraph || stored.text);
  if (text.empty() && !calculated) return {};
  return text;
}

int OdsSheetReader::style_of(const Stored& stored) {
  std::string_view name = stored.style.empty() ? row_style_ : stored.style;
  if (name.empty()) {
    const auto column = std::ranges::lower_bound(columns_, column_, {}, &ColumnStyle::last);
    if (column != columns_.end()) name = column->name;
  }
  const OdsFormat format = stored.type == "percentage" ? OdsFormat::percent
                           : stored.type == "date"     ? OdsFormat::date
                           : stored.type == "time"     ? OdsFormat::time
                                                       : OdsFormat::any;
  const auto [known, is_new] =
      context_.style_index.try_emplace(std::string(name) + "\n" + std::to_string(static_cast<int>(format)));
  if (is_new) {
    known->second = static_cast<int>(workbook_.styles.size());
    workbook_.styles.push_back(context_.styles.cell(name, format));
  }
  return known->second;
}

}  // namespace

Sheet read_ods_sheet(pugi::xml_node table, OdsContext& context, Workbook& workbook, Findings& findings) {
  return OdsSheetReader(context, workbook, findings).read(table);
}

}  // namespace tonghop::xlsx
