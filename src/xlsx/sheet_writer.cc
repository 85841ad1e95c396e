// Writing worksheets: children of <worksheet> in the order of the schema, rows and cells ascending.
#include "xlsx/sheet_writer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "xlsx/grid.h"
#include "xlsx/markup.h"
#include "xlsx/row_writer.h"
#include "xlsx/sheet_parts.h"
#include "xlsx/style_elements.h"

namespace tonghop::xlsx {
namespace {

// Excel's limits; lengths in UTF-16 units.
constexpr double kMaxWidth = 255;  // characters
constexpr std::size_t kMaxValidations = 65'534;
constexpr std::size_t kMaxValidationAreas = 32'767;
constexpr std::size_t kMaxLinks = 65'530;
constexpr std::size_t kMaxList = 255;
constexpr std::size_t kMaxFooter = 255;
constexpr std::size_t kMaxLocation = 2'083;

void require(bool holds, const Sheet& sheet, const std::string& what) {
  if (!holds) throw std::invalid_argument("sheet \"" + sheet.name + "\": " + what);
}

bool is_area(const Area& area) {
  return on_grid(area.first) && on_grid(area.last) && area.first.row <= area.last.row &&
         area.first.column <= area.last.column;
}

class SheetWriter {
 public:
  SheetWriter(const Workbook& workbook, const Sheet& sheet, SharedStringTable* strings, std::string& out,
              const Spill& spill)
      : workbook_(workbook), sheet_(sheet), strings_(strings), out_(out), spill_(spill) {}

  void write(bool selected) {
    append(out_, kXmlHead, "<worksheet xmlns=\"", kMainNamespace, "\" xmlns:r=\"", kRelationshipNamespace, "\">");
    write_properties();
    write_dimension();
    write_view(selected);
    append(out_, "<sheetFormatPr defaultRowHeight=\"", row_height(workbook_), "\"/>");
    write_columns();
    write_rows();
    write_protection();
    if (sheet_.filter) {
      require(is_area(*sheet_.filter), sheet_, "filter is not an area");
      append(out_, "<autoFilter ref=\"", to_string(*sheet_.filter), "\"/>");
    }
    write_merges();
    write_validations();
    write_links();
    write_print_setup();
    if (!sheet_.charts.empty()) append(out_, "<drawing r:id=\"", drawing_id(), "\"/>");
    if (!sheet_.comments.empty()) append(out_, "<legacyDrawing r:id=\"", notes_id(sheet_), "\"/>");
    out_ += "</worksheet>";
  }

 private:
  void write_properties();
  void write_dimension();
  void write_view(bool selected);
  void write_columns();
  void write_rows();
  void write_protection();
  void write_merges();
  void write_validations();
  void write_validation(const Validation& validation);
  void write_links();
  void write_print_setup();

  const Workbook& workbook_;
  const Sheet& sheet_;
  SharedStringTable* strings_;  // null: texts stand in their cells
  std::string& out_;
  const Spill& spill_;
};

void SheetWriter::write_properties() {
  if (sheet_.tab_color.empty() && !sheet_.print) return;
  out_ += "<sheetPr>";
  if (!sheet_.tab_color.empty()) append(out_, "<tabColor rgb=\"", argb(sheet_.tab_color), "\"/>");
  if (sheet_.print) out_ += "<pageSetUpPr fitToPage=\"1\"/>";
  out_ += "</sheetPr>";
}

void SheetWriter::write_dimension() {
  std::optional<Area> used = sheet_.streamed;
  for (const Cell& cell : sheet_.cells) {
    if (!used) used = {cell.at, cell.at};
    used->first.row = std::min(used->first.row, cell.at.row);
    used->last.row = std::max(used->last.row, cell.at.row);
    used->first.column = std::min(used->first.column, cell.at.column);
    used->last.column = std::max(used->last.column, cell.at.column);
  }
  append(out_, "<dimension ref=\"", to_string(used.value_or(Area{{1, 1}, {1, 1}})), "\"/>");
}

void SheetWriter::write_view(bool selected) {
  append(out_, "<sheetViews><sheetView", selected ? " tabSelected=\"1\"" : "", " workbookViewId=\"0\"");
  const int rows = sheet_.frozen_rows, columns = sheet_.frozen_columns;
  require(rows >= 0 && rows < kMaxRow && columns >= 0 && columns < kMaxColumn, sheet_, "frozen rows or columns");
  if (rows == 0 && columns == 0) {
    out_ += "/></sheetViews>";
    return;
  }
  out_ += "><pane";
  if (columns > 0) append(out_, " xSplit=\"", columns, "\"");
  if (rows > 0) append(out_, " ySplit=\"", rows, "\"");
  const std::string_view active = rows == 0 ? "topRight" : columns == 0 ? "bottomLeft" : "bottomRight";
  append(out_, " topLeftCell=\"", to_string(Address{rows + 1, columns + 1}), "\" activePane=\"", active,
         "\" state=\"frozen\"/>");
  if (rows > 0 && columns > 0) out_ += "<selection pane=\"topRight\"/><selection pane=\"bottomLeft\"/>";
  append(out_, "<selection pane=\"", active, "\"/></sheetView></sheetViews>");
}

void SheetWriter::write_columns() {
  if (sheet_.columns.empty()) return;
  out_ += "<cols>";
  const int pixels = digit_width(workbook_);
  int last = 0;
  for (const ColumnFormat& column : sheet_.columns) {
    require(column.first > last && column.first <= column.last && column.last <= kMaxColumn, sheet_,
            "columns overlap or descend");
    require(column.width >= 0 && column.width <= kMaxWidth, sheet_, "column width");
    last = column.last;
    // The file counts five pixels of padding in, what Excel shows does not.
    const double padded = std::trunc((column.width * pixels + 5) / pixels * 256) / 256;
    append(out_, "<col min=\"", column.first, "\" max=\"", column.last, "\" width=\"", std::min(padded, kMaxWidth),
           "\"", column.hidden ? " hidden=\"1\"" : "", " customWidth=\"1\"/>");
  }
  out_ += "</cols>";
}

void SheetWriter::write_rows() {
  out_ += "<sheetData>";
  RowWriter rows(workbook_, sheet_.name, strings_, out_);
  auto cell = sheet_.cells.begin();
  auto format = sheet_.rows.begin();
  while (cell != sheet_.cells.end() || format != sheet_.rows.end()) {
    const bool formatted = format != sheet_.rows.end() && (cell == sheet_.cells.end() || format->row <= cell->at.row);
    const RowFormat row = formatted ? *format++ : RowFormat{.row = cell->at.row};
    const auto end = std::find_if(cell, sheet_.cells.end(), [&](const Cell& next) { return next.at.row != row.row; });
    rows.write(row, {cell, end});
    spill_(out_);
    cell = end;
  }
  if (sheet_.stream) {
    const auto inside = [&](const Cell& cell) {
      return sheet_.streamed && sheet_.streamed->first.row <= cell.at.row && cell.at.row <= sheet_.streamed->last.row &&
             sheet_.streamed->first.column <= cell.at.column && cell.at.column <= sheet_.streamed->last.column;
    };
    sheet_.stream([&](const StreamedRow& row) {
      require(std::ranges::all_of(row.cells, inside), sheet_, "streamed cells beside their area");
      rows.write(row.format, row.cells);
      spill_(out_);
    });
  }
  out_ += "</sheetData>";
}

void SheetWriter::write_protection() {
  if (!sheet_.protection) return;
  // In this element "1" forbids.
  append(out_, "<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\"",
         sheet_.protection->format_columns ? " formatColumns=\"0\"" : "",
         sheet_.protection->format_rows ? " formatRows=\"0\"" : "", sheet_.protection->sort ? " sort=\"0\"" : "",
         sheet_.protection->filter ? " autoFilter=\"0\"" : "", "/>");
}

void SheetWriter::write_merges() {
  if (sheet_.merges.empty()) return;
  std::vector<Area> sorted = sheet_.merges;
  std::ranges::sort(sorted, {}, &Area::first);
  for (auto a = sorted.begin(); a != sorted.end(); ++a) {
    require(is_area(*a) && a->first != a->last, sheet_, "merge of less than two cells: " + to_string(*a));
    for (auto b = a + 1; b != sorted.end() && b->first.row <= a->last.row; ++b) {
      const bool apart = b->first.column > a->last.column || b->last.column < a->first.column;
      require(apart, sheet_, "merges overlap: " + to_string(*a) + " and " + to_string(*b));
    }
  }
  append(out_, "<mergeCells count=\"", sheet_.merges.size(), "\">");
  for (const Area& merge : sheet_.merges) append(out_, "<mergeCell ref=\"", to_string(merge), "\"/>");
  out_ += "</mergeCells>";
}

void SheetWriter::write_validations() {
  if (sheet_.validations.empty()) return;
  require(sheet_.validations.size() <= kMaxValidations, sheet_, "more validations than Excel takes");
  append(out_, "<dataValidations count=\"", sheet_.validations.size(), "\">");
  for (const Validation& validation : sheet_.validations) write_validation(validation);
  out_ += "</dataValidations>";
}

void SheetWriter::write_validation(const Validation& validation) {
  const auto attribute = [&](std::string_view name, std::string_view text, std::size_t at_most) {
    require(fits(text, at_most), sheet_,
            "validation: " + std::string(name) + " longer than " + std::to_string(at_most));
    if (text.empty()) return;
    append(out_, " ", name, "=\"");
    append_attribute(out_, text);
    out_ += '"';
  };
  const auto formula = [&](std::string_view element, std::string_view text) {
    require(!text.empty() && text.front() != '=' && fits(text, kMaxFormula), sheet_,
            "validation: formula missing, with =, or too long");
    append(out_, "<", element, ">");
    append_formula(out_, text);
    append(out_, "</", element, ">");
  };
  require(!validation.areas.empty() && validation.areas.size() <= kMaxValidationAreas, sheet_,
          "validation: number of areas");

  out_ += "<dataValidation";
  const bool any = validation.kind == Validation::Kind::any;
  const bool list = validation.kind == Validation::Kind::list;
  const bool from = !validation.minimum.empty(), to = !validation.maximum.empty();
  if (!any) {
    append(out_, " type=\"", list ? "list" : validation.kind == Validation::Kind::whole ? "whole" : "decimal", "\"");
  }
  if (!any && !list && !(from && to))
    out_ += from ? " operator=\"greaterThanOrEqual\"" : " operator=\"lessThanOrEqual\"";
  out_ += " allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\"";
  attribute("errorTitle", validation.error_title, 32);
  attribute("error", validation.error, 224);
  attribute("promptTitle", validation.prompt_title, 32);
  attribute("prompt", validation.prompt, 255);
  out_ += " sqref=\"";
  for (const Area& area : validation.areas) {
    require(is_area(area), sheet_, "validation: not an area");
    append(out_, &area == &validation.areas.front() ? "" : " ", to_string(area));
  }
  out_ += "\">";
  if (any) {
    require(!from && !to, sheet_, "validation: limits, but no kind");
  } else if (list && validation.minimum.starts_with('=')) {
    formula("formula1", std::string_view(validation.minimum).substr(1));
  } else if (list) {
    require(fits(validation.minimum, kMaxList), sheet_, "validation: list longer than 255");
    std::string quoted = "\"";
    for (const char c : validation.minimum) quoted.append(c == '"' ? 2 : 1, c);
    formula("formula1", quoted + "\"");
  } else {
    formula("formula1", from ? validation.minimum : validation.maximum);
    if (from && to) formula("formula2", validation.maximum);
  }
  out_ += "</dataValidation>";
}

void SheetWriter::write_links() {
  if (sheet_.links.empty()) return;
  require(sheet_.links.size() <= kMaxLinks, sheet_, "more links than Excel takes");
  out_ += "<hyperlinks>";
  for (const Hyperlink& link : sheet_.links) {
    require(on_grid(link.at) && !link.location.empty() && fits(link.location, kMaxLocation), sheet_,
            "link at " + to_string(link.at));
    append(out_, "<hyperlink ref=\"", to_string(link.at), "\" location=\"");
    append_attribute(out_, link.location);
    out_ += "\"/>";
  }
  out_ += "</hyperlinks>";
}

void SheetWriter::write_print_setup() {
  if (!sheet_.print) return;
  constexpr int kA4 = 9;
  append(
      out_,
      "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>",  // inches
      "<pageSetup paperSize=\"", kA4, "\" orientation=\"", sheet_.print->landscape ? "landscape" : "portrait",
      "\" fitToWidth=\"", sheet_.print->pages_wide, "\" fitToHeight=\"0\"/>");
  if (sheet_.print->footer.empty()) return;
  require(fits(sheet_.print->footer, kMaxFooter), sheet_, "footer longer than 255");
  out_ += "<headerFooter><oddFooter>";
  append_text(out_, sheet_.print->footer);
  out_ += "</oddFooter></headerFooter>";
}

}  // namespace

void write_sheet(const Workbook& workbook, const Sheet& sheet, bool selected, SharedStringTable* strings,
                 std::string& out, const Spill& spill) {
  SheetWriter(workbook, sheet, strings, out, spill).write(selected);
}

}  // namespace tonghop::xlsx
