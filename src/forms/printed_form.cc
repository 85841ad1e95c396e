// Template + Layout -> sheets as printed.
#include "forms/printed_form.h"

#include <algorithm>
#include <array>

#include "base/finding.h"
#include "base/text.h"
#include "forms/metrics.h"

namespace tonghop {
namespace {

using xlsx::Area;
using xlsx::Horizontal;
using xlsx::Sheet;
using xlsx::Style;
using xlsx::Workbook;

constexpr const char* kUnknown = "………………";  // stands for an agency or period that is not known yet

// Prints one template on one workbook; holds what all steps need.
class Printer {
 public:
  Printer(const Template& form, const Layout& layout, const Identity& identity)
      : form_(form), layout_(layout), identity_(identity) {
    details_ = {{"agency", identity.agency.empty() ? kUnknown : identity.agency},
                {"period", identity.period.empty() ? kUnknown : identity.period}};
  }

  Workbook print() {
    for (std::size_t s = 0; s < form_.sheets.size(); ++s) {
      Sheet sheet;
      sheet.name = form_.sheets[s].name;
      const SheetLayout& at = layout_.sheets[s];
      columns(sheet);
      heading(sheet, s, at);
      fields(sheet, at);
      header(sheet, at);
      for (std::size_t r = 0; r < form_.rows.size(); ++r) {
        if (form_.rows[r].sheet == static_cast<int>(s)) row(sheet, r);
      }
      signature(sheet, at);
      page(sheet, at);
      book_.sheets.push_back(std::move(sheet));
    }
    return std::move(book_);
  }

 private:
  void columns(Sheet& sheet) const {
    for (int c = 1; c <= layout_.columns; ++c) {
      sheet.columns.push_back({c, c, form_.columns[static_cast<std::size_t>(c - 1)].width, false});
    }
    sheet.columns.push_back({layout_.key_column, layout_.key_column, 12, true});
  }

  double width(int first, int last) const {
    double sum = 0;
    for (int c = first; c <= last; ++c) sum += form_.columns[static_cast<std::size_t>(c - 1)].width;
    return sum;
  }

  static void merge(Sheet& sheet, int row, int first, int last) {
    if (last > first) sheet.merges.push_back({{row, first}, {row, last}});
  }

  void line(Sheet& sheet, const TextLine& text, int row, int first) {
    Style style;
    style.bold = text.bold;
    style.italic = text.italic;
    style.horizontal = Horizontal::center;
    style.wrap = true;
    const std::string said = filled(text.text, details_);
    auto& cell = sheet.cell({row, first});
    cell.value = said;
    cell.style = book_.style(style);
    merge(sheet, row, first, layout_.columns);
    sheet.rows.push_back({row, text_box(book_, sheet, cell).height(said), false});
  }

  void heading(Sheet& sheet, std::size_t index, const SheetLayout& at) {
    int row = at.heading_row;
    for (const TextLine& text : form_.heading) line(sheet, text, row++, 1);
    for (const TextLine& text : form_.sheets[index].heading) line(sheet, text, row++, 1);
  }

  void fields(Sheet& sheet, const SheetLayout& at) {
    int row = at.field_row;
    for (const Field& field : form_.fields) {
      const std::string& known = field.name == "agency" ? identity_.agency : identity_.period;
      Style style;
      style.horizontal = Horizontal::right;
      auto& caption = sheet.cell({row, layout_.field_column - 1});
      caption.value = field.caption + ":";
      caption.style = book_.style(style);
      style.horizontal = Horizontal::left;
      style.bold = true;
      style.wrap = true;
      style.locked = !known.empty();
      if (known.empty()) style.fill = kInputFill;
      for (int c = layout_.field_column; c <= layout_.columns; ++c) sheet.cell({row, c}).style = book_.style(style);
      auto& cell = sheet.cell({row, layout_.field_column});
      if (!known.empty()) cell.value = known;
      merge(sheet, row, layout_.field_column, layout_.columns);
      sheet.rows.push_back({row, text_box(book_, sheet, cell).height(known), false});
      ++row;
    }
  }

  void header(Sheet& sheet, const SheetLayout& at) {
    const Style style = header_style();
    const int upper = at.header_row;
    const int lower = at.header_row + at.header_rows - 1;
    std::array<int, 2> lines = {1, 1};
    for (int c = 1; c <= layout_.columns; ++c) {
      const Column& column = form_.columns[static_cast<std::size_t>(c - 1)];
      for (int r = upper; r <= lower; ++r) sheet.cell({r, c}).style = book_.style(style);
      const bool single = column.group.empty();
      set_text(sheet.cell({single ? upper : lower, c}), column.caption, column.italic, true, false);
      const int height = wrapped_lines(column.caption, column.width, true);
      if (single && lower > upper) {
        sheet.merges.push_back({{upper, c}, {lower, c}});
        lines[1] = std::max(lines[1], height - 1);
      } else {
        lines[1] = std::max(lines[1], height);
      }
      const bool starts = !single && (c == 1 || form_.columns[static_cast<std::size_t>(c - 2)].group != column.group);
      if (starts) {
        int last = c;
        while (last < layout_.columns && form_.columns[static_cast<std::size_t>(last)].group == column.group) ++last;
        sheet.cell({upper, c}).value = column.group;
        merge(sheet, upper, c, last);
        lines[0] = std::max(lines[0], wrapped_lines(column.group, width(c, last), true));
      }
    }
    if (lower > upper) sheet.rows.push_back({upper, row_height(lines[0]), false});
    sheet.rows.push_back({lower, row_height(lines[1]), false});
    auto& key = sheet.cell({lower, layout_.key_column});
    key.value = std::string(kKeyHeader);
  }

  void row(Sheet& sheet, std::size_t index) {
    const Row& row = form_.rows[index];
    const int r = layout_.rows[index];
    int lines = 1;
    for (int c = 1; c <= layout_.columns; ++c) {
      const Column& column = form_.columns[static_cast<std::size_t>(c - 1)];
      Style style;
      style.bold = row.bold;
      style.italic = row.slanted;
      style.border = true;
      if (!row.input && row.parent < 0) style.fill = kSectionFill;
      style.wrap = true;
      std::string text;
      switch (column.role) {
        case Role::number:
          text = row.number;
          style.horizontal = Horizontal::center;
          break;
        case Role::caption:
          text = row.caption;
          style.horizontal = Horizontal::left;
          break;
        case Role::unit:
          text = row.unit;
          style.horizontal = Horizontal::center;
          break;
        case Role::note:
          text = row.note;
          style.bold = false;
          style.horizontal = Horizontal::left;
          break;
        case Role::value:
        case Role::agencies:
        case Role::previous:
          style.horizontal = Horizontal::center;
          break;
      }
      auto& cell = sheet.cell({r, c});
      cell.style = book_.style(style);
      if (!text.empty()) {
        set_text(cell, text, column.role == Role::caption ? row.italic : "", style.bold, style.italic);
        if (!(column.role == Role::number && row.number_rows > 1)) {
          lines = std::max(lines, wrapped_lines(text, column.width, style.bold));
        }
      }
    }
    const int number = form_.column(Role::number);
    if (row.number_rows > 1 && number > 0) {
      sheet.merges.push_back({{r, number}, {r + row.number_rows - 1, number}});
    }
    sheet.cell({r, layout_.key_column}).value = row.key;
    sheet.rows.push_back({r, row_height(lines), false});
  }

  void signature(Sheet& sheet, const SheetLayout& at) {
    const int first = layout_.field_column;
    int row = at.signature_row;
    for (const TextLine& text : form_.signature) line(sheet, text, row++, first);
  }

  void page(Sheet& sheet, const SheetLayout& at) const {
    sheet.frozen_rows = at.first_row - 1;
    sheet.protection = xlsx::Protection{.format_columns = true, .format_rows = true, .sort = false, .filter = true};
    sheet.filter = Area{{at.first_row - 1, 1}, {at.last_row, layout_.key_column}};  // to find what is still empty
    xlsx::PrintSetup print;
    print.landscape = width(1, layout_.columns) > 130;
    print.title_first = at.header_row;
    print.title_last = at.first_row - 1;
    const int end = at.signature_row + static_cast<int>(form_.signature.size()) + (form_.signature.empty() ? -2 : 3);
    print.area = Area{{1, 1}, {std::max(end, at.last_row), layout_.columns}};
    print.footer = "&C&P/&N";
    sheet.print = print;
    std::sort(sheet.rows.begin(), sheet.rows.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
  }

  const Template& form_;
  const Layout& layout_;
  const Identity& identity_;
  Details details_;
  Workbook book_;
};

}  // namespace

void set_text(xlsx::Cell& cell, const std::string& text, const std::string& italic, bool bold, bool slanted) {
  cell.value = text;
  const std::size_t at = italic.empty() ? std::string::npos : text.find(italic);
  if (at == std::string::npos) return;
  cell.runs.clear();
  if (at > 0) cell.runs.push_back({text.substr(0, at), bold, slanted});
  cell.runs.push_back({italic, bold, true});
  if (at + italic.size() < text.size()) cell.runs.push_back({text.substr(at + italic.size()), bold, slanted});
}

xlsx::Style header_style() {
  Style style;
  style.bold = true;
  style.border = true;
  style.fill = kHeaderFill;
  style.horizontal = Horizontal::center;
  style.wrap = true;
  return style;
}

bool is_corrections_sheet(const xlsx::Sheet& sheet) {
  return std::any_of(sheet.cells.begin(), sheet.cells.end(), [](const xlsx::Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell.value);
    return text != nullptr && *text == kCorrectionsHeader;
  });
}

xlsx::Sheet identity_sheet(const Identity& identity) {
  Sheet sheet;
  sheet.name = std::string(kIdentitySheet);
  sheet.hidden = true;
  int row = 0;
  const auto add = [&](const char* name, const std::string& text) {
    ++row;
    sheet.cell({row, 1}).value = std::string(name);
    if (!text.empty()) sheet.cell({row, 2}).value = text;
  };
  add("template", identity.form);
  add("version", std::to_string(identity.version));
  add("agency", identity.agency);
  add("period", identity.period);
  if (!identity.window.empty()) add("window", identity.window);
  if (!identity.code.empty()) add("code", identity.code);
  sheet.protection = xlsx::Protection{};
  return sheet;
}

xlsx::Workbook printed_form(const Template& form, const Layout& layout, const Identity& identity) {
  return Printer(form, layout, identity).print();
}

}  // namespace tonghop
