// Other programs as judges: they read what we write, and we read what they write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "packages.h"
#include "samples.h"
#include "support.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using tonghop::testing::has_program;
using tonghop::testing::read_file;
using tonghop::testing::run;
using tonghop::testing::run_well;
using tonghop::testing::TempDir;
using tonghop::testing::write_file;

bool has_openpyxl() { return run({TONGHOP_PYTHON, "-c", "import openpyxl"}).status == 0; }

Workbook read_from(const std::string& path) {
  Findings findings;
  Workbook workbook = read_workbook(read_file(path), path, findings);
  EXPECT_EQ(findings_of(findings), "");
  return workbook;
}

// Through LibreOffice into another folder; the path of the result.
std::string resaved(const TempDir& folder, const std::string& path) {
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", "xlsx",
            "--outdir", folder / "out", path});
  return folder / ("out/" + std::filesystem::path(path).filename().string());
}

// Values equal but for the 15 digits that LibreOffice and Gnumeric keep of a number.
void expect_same_values(const Workbook& read, const Workbook& written) {
  ASSERT_EQ(read.sheets.size(), written.sheets.size());
  for (std::size_t i = 0; i < written.sheets.size(); ++i) {
    EXPECT_EQ(read.sheets[i].name, written.sheets[i].name);
    for (const Cell& cell : written.sheets[i].cells) {
      SCOPED_TRACE(written.sheets[i].name + " " + to_string(cell.at));
      const Cell* other = read.sheets[i].find(cell.at);
      ASSERT_NE(other, nullptr);
      if (const double* number = std::get_if<double>(&cell.value)) {
        ASSERT_TRUE(std::holds_alternative<double>(other->value));
        EXPECT_NEAR(std::get<double>(other->value), *number, std::abs(*number) * 1e-14);
      } else {
        EXPECT_EQ(other->value, cell.value);
      }
      EXPECT_EQ(is_percent_format(read.styles.at(static_cast<std::size_t>(other->style)).number_format),
                is_percent_format(written.styles.at(static_cast<std::size_t>(cell.style)).number_format));
      EXPECT_EQ(read.styles.at(static_cast<std::size_t>(other->style)).locked,
                written.styles.at(static_cast<std::size_t>(cell.style)).locked);
    }
  }
}

TEST(Openpyxl, ReadsAllThatWeWrite) {
  if (!has_openpyxl()) GTEST_SKIP() << "openpyxl is not installed";
  const TempDir folder;
  write_file(folder / "a.xlsx", write_workbook(sample_workbook()));
  const std::string output = run_well({TONGHOP_PYTHON, "-c", R"(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
results = openpyxl.load_workbook(sys.argv[1], data_only=True)
for sheet in book:
    print(sheet.title, sheet.sheet_state)
    for row in sheet.iter_rows():
        for cell in row:
            result = results[sheet.title][cell.coordinate].value
            if cell.value is not None: print(cell.coordinate, repr(result), '' if cell.value == result else cell.value, sep='|')
sheet = book.worksheets[1]
print(sorted(map(str, sheet.merged_cells.ranges)), sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sheet.print_area)
print(sheet.protection.sheet, sheet.protection.formatColumns, sheet.protection.sort, sheet['A4'].protection.locked, sheet['A4'].number_format)
print(sheet.row_dimensions[5].hidden, sheet.column_dimensions['G'].hidden, sheet.page_setup.paperSize, sheet.page_setup.orientation)
for v in sheet.data_validations.dataValidation: print(v.type, v.operator, v.sqref, v.formula1, v.formula2, v.showErrorMessage)
print(book.active.title)
)",
                                       folder / "a.xlsx"});
  EXPECT_EQ(output, R"(Danh mục hidden
A1|'Có'|
A2|'Không'|
Phụ lục 'A' & <B> visible
A1|'Tổng hợp <chỉ tiêu> & "tỷ lệ"'|
A2|'hai\ndòng và  khoảng trắng '|
B2|'đậm thường nghiêng'|
A3|' '|
B3|'_x000D_ and _x0007_'|
C3|'7.029'|
D3|'=1+1'|
E3|'a\tb'|
A4|0.30000000000000004|
B4|-1.5e-07|
C4|9007199254740992|
D4|datetime.datetime(2023, 3, 15, 0, 0)|
E4|5e-324|
F4|1.7976931348623157e+308|
A5|True|
B5|False|
C5|'#N/A'|
A6|2|=SUM(A4:A5)*2
B6|'đạt'|=IF(A4<1,"đạt","")
C6|None|=IF(A4>1,"đạt","")
D6|True|=A4<1
E6|'#DIV/0!'|=1/0
XFD9|'mép'|
Trống visible
['A1:F1', 'A7:B8'] B3 A3:F6 $1:$2 ['$A$1:$F$9']
True False True False 0.0%
True True 9 landscape
decimal greaterThanOrEqual A4 E4:F9 0 None True
whole None A10 1 A4+5 True
whole lessThanOrEqual B10 9 None True
list None C10:C12 "Có,Không,""khác""" None True
list None D10:D12 'Danh mục'!$A$1:$A$2 None True
Phụ lục 'A' & <B>
)");
}

TEST(Openpyxl, WritesWhatWeRead) {
  if (!has_openpyxl()) GTEST_SKIP() << "openpyxl is not installed";
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", R"(
import sys, datetime, openpyxl
from openpyxl.styles import Protection
book = openpyxl.Workbook()
sheet = book.active
sheet.title = 'Biểu 1'
sheet.append(['Chỉ tiêu', 7.029, True, None, '=B1*2', ' ', 'a\nb', '#N/A'])
sheet['B1'].number_format = '0.00%'
sheet['D1'].protection = Protection(locked=False)
sheet['A3'] = datetime.datetime(2024, 3, 17)
sheet.merge_cells('A5:C6')
sheet.row_dimensions[3].hidden = True
sheet.column_dimensions['B'].hidden = True
sheet.protection.sheet = True
book.create_sheet('Ẩn').sheet_state = 'veryHidden'
book.save(sys.argv[1])
)",
            folder / "a.xlsx"});
  const Workbook workbook = read_from(folder / "a.xlsx");
  EXPECT_EQ(sheets_of(workbook),
            "Biểu 1: A1=Chỉ tiêu B1=7.029 C1=TRUE E1=[=B1*2] F1=  G1=a\nb H1=#N/A A3=45368 | *Ẩn: ");
  const Sheet& sheet = workbook.sheets[0];
  EXPECT_EQ(workbook.styles.at(static_cast<std::size_t>(sheet.find({1, 2})->style)).number_format, "0.00%");
  EXPECT_TRUE(is_date_format(workbook.styles.at(static_cast<std::size_t>(sheet.find({3, 1})->style)).number_format));
  EXPECT_EQ(sheet.merges, (std::vector<Area>{{{5, 1}, {6, 3}}}));
  EXPECT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.columns.size(), 1U);
  EXPECT_TRUE(sheet.protection);
}

// trap D2
TEST(LibreOffice, KeepsValuesOfWhatWeWrite) {
  if (!has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const TempDir folder;
  Workbook workbook = sample_workbook();
  write_file(folder / "a.xlsx", write_workbook(workbook));
  Sheet& form = workbook.sheets[1];
  const Workbook read = read_from(resaved(folder, folder / "a.xlsx"));
  // 5E-324 comes back as 0, and the largest double rounded up to 15 digits is none any more.
  std::erase_if(form.cells, [](const Cell& cell) { return cell.at == Address{4, 5} || cell.at == Address{4, 6}; });
  expect_same_values(read, workbook);
  EXPECT_TRUE(read.sheets[0].hidden);
  EXPECT_EQ(read.sheets[1].merges, form.merges);
  EXPECT_TRUE(read.sheets[1].protection);
  EXPECT_EQ(read.sheets[1].find({6, 1})->formula, "SUM(A4:A5)*2");
}

// trap D2
TEST(Gnumeric, KeepsValuesOfWhatWeWrite) {
  if (!has_program("ssconvert")) GTEST_SKIP() << "Gnumeric is not installed";
  const TempDir folder;
  Workbook workbook = sample_workbook();
  write_file(folder / "a.xlsx", write_workbook(workbook));
  run_well({"ssconvert", folder / "a.xlsx", folder / "b.xlsx"});
  const Workbook read = read_from(folder / "b.xlsx");
  expect_same_values(read, workbook);
}

}  // namespace
}  // namespace tonghop::xlsx
