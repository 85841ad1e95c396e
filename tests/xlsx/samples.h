// A workbook that has everything the writer knows, for tests of the writer and of other programs with its output.
#pragma once

#include <string>
#include <utility>

#include "xlsx/workbook.h"

namespace tonghop::xlsx {

inline void put(Sheet& sheet, Address at, Value value, int style = 0, std::string formula = "") {
  Cell& cell = sheet.cell(at);
  cell.value = std::move(value);
  cell.style = style;
  cell.has_formula = !formula.empty();
  cell.formula = std::move(formula);
}

inline Workbook sample_workbook() {
  using namespace std::string_literals;
  Workbook workbook;
  const int head = workbook.style({.bold = true,
                                   .size = 14,
                                   .color = "FFFFFF",
                                   .fill = "1F4E79",
                                   .border = true,
                                   .horizontal = Horizontal::center,
                                   .wrap = true});
  const int percent = workbook.style({.border = true, .number_format = "0.0%", .locked = false});
  const int date = workbook.style(
      {.italic = true, .underline = true, .horizontal = Horizontal::right, .number_format = "dd/mm/yyyy"});
  const int note =
      workbook.style({.vertical = Vertical::top, .wrap = true, .indent = 2, .number_format = "@", .locked = false});

  Sheet lists;
  lists.name = "Danh mục";
  lists.hidden = true;
  put(lists, {1, 1}, "Có"s);
  put(lists, {2, 1}, "Không"s);
  put(lists, {1, 2}, 0.9534, percent);
  put(lists, {1, 3}, "Tỷ lệ <%>"s);

  Sheet form;
  form.name = "Phụ lục 'A' & <B>";
  put(form, {1, 1}, "Tổng hợp <chỉ tiêu> & \"tỷ lệ\""s, head);
  put(form, {2, 1}, "hai\ndòng và  khoảng trắng "s, note);
  put(form, {2, 2}, "đậm thường nghiêng"s, note);
  form.cell({2, 2}).runs = {{"đậm ", true, false}, {"thường ", false, false}, {"nghiêng", false, true}};
  put(form, {3, 1}, " "s);
  put(form, {3, 2}, "_x000D_ and \x07"s);
  put(form, {3, 3}, "7.029"s, note);
  put(form, {3, 4}, "=1+1"s);
  put(form, {3, 5}, "a\tb"s);  // not in a text of several lines: there LibreOffice 7.4 makes U+0001 of a tab
  put(form, {4, 1}, 0.1 + 0.2, percent);
  put(form, {4, 2}, -1.5e-7);
  put(form, {4, 3}, 9007199254740993.0);
  put(form, {4, 4}, 45000.0, date);
  put(form, {4, 5}, 5e-324);
  put(form, {4, 6}, 1.7976931348623157e308);
  put(form, {5, 1}, true);
  put(form, {5, 2}, false);
  put(form, {5, 3}, ErrorValue{"#N/A"});
  put(form, {6, 1}, 2.0, percent, "SUM(A4:A5)*2");
  put(form, {6, 2}, "đạt"s, 0, "IF(A4<1,\"đạt\",\"\")");
  put(form, {6, 3}, ""s, 0, "IF(A4>1,\"đạt\",\"\")");
  put(form, {6, 4}, true, 0, "A4<1");
  put(form, {6, 5}, ErrorValue{"#DIV/0!"}, 0, "1/0");
  put(form, {9, 16384}, "mép"s);
  form.merges = {{{1, 1}, {1, 6}}, {{7, 1}, {8, 2}}};
  form.columns = {{1, 1, 40}, {2, 3, 12.5}, {7, 9, 9, true}};
  form.rows = {{1, 40}, {5, 0, true}, {12, 15}};
  form.validations = {
      {.kind = Validation::Kind::decimal,
       .areas = {{{4, 1}, {4, 1}}, {{4, 5}, {9, 6}}},
       .minimum = "0",
       .prompt_title = "Số liệu",
       .prompt = "Nhập số \"không âm\"\nvà không có chữ",
       .error_title = "Sai",
       .error = "Phải là số"},
      {.kind = Validation::Kind::whole, .areas = {{{10, 1}, {10, 1}}}, .minimum = "1", .maximum = "A4+5"},
      {.kind = Validation::Kind::whole, .areas = {{{10, 2}, {10, 2}}}, .maximum = "9"},
      {.kind = Validation::Kind::list, .areas = {{{10, 3}, {12, 3}}}, .minimum = "Có,Không,\"khác\""},
      {.kind = Validation::Kind::list, .areas = {{{10, 4}, {12, 4}}}, .minimum = "='Danh mục'!$A$1:$A$2"}};
  form.links = {{{2, 1}, "'Danh mục'!A2"}};
  form.comments = {{{2, 1}, "Đã sửa: \"7.029\" <- \"7,029\"\n& lý do_x000D_", "tonghop"}, {{9, 16384}, " mép "}};
  form.charts = {{.kind = Chart::Kind::bars,
                  .title = "Tỷ lệ 'A' & <B>",
                  .place = {{11, 1}, {20, 4}},
                  .categories = {lists.name, {{1, 1}, {2, 1}}},
                  .series = {{{lists.name, {{1, 3}, {1, 3}}}, {lists.name, {{1, 2}, {2, 2}}}, "1F4E79"}},
                  .number_format = "0.0%",
                  .minimum = 0,
                  .labels = true}};
  form.filter = Area{{3, 1}, {6, 6}};
  form.protection = Protection{.format_columns = true, .format_rows = true, .filter = true};
  form.print = PrintSetup{
      .landscape = true, .title_first = 1, .title_last = 2, .area = Area{{1, 1}, {9, 6}}, .footer = "&C&P/&N"};
  form.frozen_rows = 2;
  form.frozen_columns = 1;
  form.tab_color = "C00000";

  Sheet empty;
  empty.name = "Trống";

  workbook.sheets = {std::move(lists), std::move(form), std::move(empty)};
  workbook.active = 1;
  return workbook;
}

}  // namespace tonghop::xlsx
