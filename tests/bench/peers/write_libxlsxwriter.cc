// Writes N workbooks with libxlsxwriter, as FORM.tsv says them in turn: write_libxlsxwriter N FOLDER FORM.tsv...
// (see describe_blanks.py). Validations are one a cell: the library has no lists of ranges.
#include <xlsxwriter.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

namespace {

using Line = std::vector<std::string>;

std::vector<Line> lines_of(const char* path) {
  std::vector<Line> lines;
  std::ifstream file(path);
  for (std::string text; std::getline(file, text);) {
    Line fields(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\t') {
        fields.emplace_back();
      } else if (text[i] == '\\' && text[i + 1] == 'n') {
        fields.back() += '\n';
        ++i;
      } else {
        fields.back() += text[i];
      }
    }
    lines.push_back(std::move(fields));
  }
  return lines;
}

lxw_row_t row(const std::string& text) { return static_cast<lxw_row_t>(std::stoul(text)); }
lxw_col_t column(const std::string& text) { return static_cast<lxw_col_t>(std::stoul(text)); }

// A list is kept as Excel does: "0,1" in quotation marks. The library takes texts that it may change, but does not.
void add_validation(lxw_worksheet* sheet, Line line) {
  lxw_data_validation rule{};
  std::vector<std::string> options;
  std::vector<char*> list;
  const std::string &type = line[3], &first = line[4], &second = line[5];
  if (type == "list") {
    std::string inside = first.substr(1, first.size() - 2) + ",";
    for (std::size_t at = 0, end; (end = inside.find(',', at)) != std::string::npos; at = end + 1) {
      options.push_back(inside.substr(at, end - at));
    }
    for (std::string& option : options) list.push_back(option.data());
    list.push_back(nullptr);
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = list.data();
  } else {
    rule.validate = type == "whole" ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
    rule.criteria = second.empty() ? LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO : LXW_VALIDATION_CRITERIA_BETWEEN;
    (second.empty() ? rule.value_number : rule.minimum_number) = std::stod(first);
    if (!second.empty()) rule.maximum_number = std::stod(second);
  }
  rule.error_title = line[6].data();
  rule.error_message = line[7].data();
  rule.input_title = line[8].data();
  rule.input_message = line[9].data();
  if (worksheet_data_validation_cell(sheet, row(line[1]), column(line[2]), &rule) != LXW_NO_ERROR) {
    std::fprintf(stderr, "validation refused\n");
    std::exit(1);
  }
}

lxw_format* format(lxw_workbook* book, bool bold, bool input) {
  lxw_format* made = workbook_add_format(book);
  format_set_font_name(made, "Times New Roman");
  format_set_font_size(made, 12);
  format_set_border(made, LXW_BORDER_THIN);
  format_set_text_wrap(made);
  format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
  if (bold) format_set_bold(made);
  if (input) {
    format_set_bg_color(made, 0xFFFDE9);
    format_set_unlocked(made);
  }
  return made;
}

void write(const std::vector<Line>& lines, const std::string& path) {
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_format *plain = format(book, false, false), *bold = format(book, true, false), *open = format(book, false, true);
  lxw_worksheet* sheet = nullptr;
  for (const Line& line : lines) {
    const std::string& kind = line[0];
    if (kind == "sheet") {
      sheet = workbook_add_worksheet(book, line[1].c_str());
      worksheet_protect(sheet, nullptr, nullptr);
      if (line[2] == "hidden") worksheet_hide(sheet);
    } else if (kind == "width") {
      worksheet_set_column(sheet, column(line[1]), column(line[2]), std::stod(line[3]), nullptr);
    } else if (kind == "merge") {
      worksheet_merge_range(sheet, row(line[1]), column(line[2]), row(line[3]), column(line[4]), line[5].c_str(), bold);
    } else if (kind == "cell") {
      lxw_format* as = line[3] == "1" ? bold : plain;
      if (line[4].empty()) {
        worksheet_write_blank(sheet, row(line[1]), column(line[2]), as);
      } else if (line[4][0] == '=') {
        worksheet_write_formula(sheet, row(line[1]), column(line[2]), line[4].c_str(), as);
      } else {
        worksheet_write_string(sheet, row(line[1]), column(line[2]), line[4].c_str(), as);
      }
    } else {
      worksheet_write_blank(sheet, row(line[1]), column(line[2]), open);
      add_validation(sheet, line);
    }
  }
  if (workbook_close(book) != LXW_NO_ERROR) std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  std::vector<std::vector<Line>> forms;
  for (int i = 3; i < argc; ++i) forms.push_back(lines_of(argv[i]));
  for (int i = 0; i < std::stoi(argv[1]); ++i) {
    write(forms[static_cast<std::size_t>(i) % forms.size()], std::string(argv[2]) + "/" + std::to_string(i) + ".xlsx");
  }
  return 0;
}
