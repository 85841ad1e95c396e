// Old workbooks as real programs write them: LibreOffice, Gnumeric, and xlwt, which many small programs use.
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

Workbook read_from(const std::string& path) {
  Findings findings;
  Workbook workbook = read_workbook(read_file(path), path, findings);
  EXPECT_EQ(findings_of(findings), "");
  return workbook;
}

// The sample as far as an .xls can hold it: 256 columns. 5E-324 comes back as 0 from both programs.
Workbook sample_for_xls() {
  Workbook workbook = sample_workbook();
  std::erase_if(workbook.sheets[1].cells, [](const Cell& cell) {
    return cell.at.column > 256 || cell.at == Address{4, 5} || cell.at == Address{4, 6};
  });
  workbook.sheets[1].cell({3, 2}).value = "x"s;  // Gnumeric takes escapes of .xlsx (_x005F_) as they stand
  put(workbook.sheets[1], {10, 3}, 0.999, workbook.style({.number_format = "0.0#%", .locked = false}));
  put(workbook.sheets[1], {10, 4}, -5.0);
  put(workbook.sheets[1], {10, 5}, 7029.0);
  put(workbook.sheets[1], {10, 6}, 99.9);
  workbook.sheets[1].cell({11, 1}).value = std::string(9000, 'x') + "ệ";
  return workbook;
}

std::string written(const TempDir& folder) {
  std::string path = folder / "a.xlsx";
  write_file(path, write_workbook(sample_for_xls()));
  return path;
}

// Through a program and back: all that the reader gives of a sheet, but for the 15 digits that are kept of a number.
void expect_the_sample(const Workbook& read) {
  const Workbook workbook = sample_for_xls();
  ASSERT_EQ(read.sheets.size(), workbook.sheets.size());
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    const Sheet& sheet = read.sheets[i];
    EXPECT_EQ(sheet.name, workbook.sheets[i].name);
    EXPECT_EQ(sheet.cells.size(), workbook.sheets[i].cells.size());
    for (const Cell& cell : workbook.sheets[i].cells) {
      SCOPED_TRACE(sheet.name + " " + to_string(cell.at));
      const Cell* other = sheet.find(cell.at);
      ASSERT_NE(other, nullptr);
      if (const double* number = std::get_if<double>(&cell.value)) {
        ASSERT_TRUE(std::holds_alternative<double>(other->value));
        EXPECT_NEAR(std::get<double>(other->value), *number, std::abs(*number) * 1e-14);
      } else {
        EXPECT_EQ(other->value, cell.value);
      }
      EXPECT_EQ(other->formula, cell.formula);
      EXPECT_EQ(other->has_formula, cell.has_formula);
      const Style& style = read.styles.at(static_cast<std::size_t>(other->style));
      const Style& meant = workbook.styles.at(static_cast<std::size_t>(cell.style));
      EXPECT_EQ(is_percent_format(style.number_format), is_percent_format(meant.number_format));
      EXPECT_EQ(is_date_format(style.number_format), is_date_format(meant.number_format));
      EXPECT_EQ(style.locked, meant.locked);
      EXPECT_EQ(style.font, "Times New Roman");
    }
  }
  const Sheet& form = read.sheets[1];
  EXPECT_TRUE(read.sheets[0].hidden);
  EXPECT_FALSE(form.hidden);
  EXPECT_EQ(read.active, 1);
  EXPECT_THAT(form.merges, ::testing::UnorderedElementsAreArray(workbook.sheets[1].merges));
  EXPECT_TRUE(form.protection);
  EXPECT_FALSE(read.sheets[0].protection);
  ASSERT_EQ(form.rows.size(), 1U);
  EXPECT_EQ(form.rows[0].row, 5);
  ASSERT_EQ(form.columns.size(), 1U);
  EXPECT_EQ(form.columns[0].first, 7);
  EXPECT_EQ(form.columns[0].last, 9);
}

TEST(LibreOffice, KeepsInAnXlsWhatWeWrite) {
  if (!has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const TempDir folder;
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", "xls",
            "--outdir", folder.path().string(), written(folder)});
  expect_the_sample(read_from(folder / "a.xls"));
}

TEST(Gnumeric, KeepsInAnXlsWhatWeWrite) {
  if (!has_program("ssconvert")) GTEST_SKIP() << "Gnumeric is not installed";
  const TempDir folder;
  run_well({"ssconvert", "-T", "Gnumeric_Excel:excel_biff8", written(folder), folder / "a.xls"});
  expect_the_sample(read_from(folder / "a.xls"));
}

TEST(Gnumeric, WritesExcel95) {
  if (!has_program("ssconvert")) GTEST_SKIP() << "Gnumeric is not installed";
  const TempDir folder;
  Workbook workbook;
  const int percent = workbook.style({.number_format = "0.0%"});
  Sheet& sheet = workbook.sheets.emplace_back();
  sheet.name = "S";
  put(sheet, {1, 1}, "caf\xC3\xA9"s);
  put(sheet, {1, 2}, 0.999, percent);
  put(sheet, {2, 1}, 7029.0);
  put(sheet, {2, 2}, 14058.0, 0, "IF(A2>0,A2*2,\"\")");
  put(sheet, {2, 3}, "có"s, 0, "IF(A2>0,\"c\xC3\xB3\",\"\")");
  put(sheet, {3, 1}, true);
  put(sheet, {3, 2}, ErrorValue{"#N/A"});
  sheet.merges = {{{5, 1}, {5, 3}}};
  write_file(folder / "a.xlsx", write_workbook(workbook));
  run_well({"ssconvert", "-T", "Gnumeric_Excel:excel_biff7", folder / "a.xlsx", folder / "a.xls"});
  const Workbook read = read_from(folder / "a.xls");
  // The code page of Excel 95 is told by the locale; texts in formulas are not understood beyond ASCII.
  EXPECT_EQ(sheets_of(read),
            "S: A1=café B1=0.999 A2=7029 B2=[=IF(A2>0,A2*2,\"\")]14058 C2=[=IF(A2>0,\"có\",\"\")]có A3=TRUE B3=#N/A");
  EXPECT_EQ(read.styles.at(static_cast<std::size_t>(read.sheets[0].find({1, 2})->style)).number_format, "0.0%");
}

TEST(Xlwt, WritesWhatWeRead) {
  if (run({TONGHOP_PYTHON, "-c", "import xlwt"}).status != 0) GTEST_SKIP() << "xlwt is not installed";
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", R"(
import sys, datetime, xlwt
book = xlwt.Workbook()
book.dates_1904 = True
sheet = book.add_sheet('Biểu 1')
style = lambda text: xlwt.easyxf(num_format_str=text)
sheet.write(0, 0, 'Chỉ tiêu')
sheet.write(0, 1, 0.999, style('0.0%'))
sheet.write(0, 2, 7029)
sheet.write(0, 3, True)
sheet.write(0, 4, xlwt.Formula('C1*2'))
sheet.write(0, 5, datetime.date(2024, 3, 17), style('DD/MM/YYYY'))
sheet.write(0, 6, 'chữ cũ', xlwt.easyxf('font: name .VnTime'))
sheet.write(0, 7, 3.5), sheet.write(0, 8, -0.25)
sheet.row(0).set_cell_error(9, '#DIV/0!')
sheet.write_rich_text(1, 0, [('đậm', xlwt.easyfont('bold on')), ' thường'])
sheet.merge(4, 5, 0, 2)
sheet.col(2).hidden = True
sheet.row(7).hidden = True
sheet.protect = True
hidden = book.add_sheet('_tonghop')
hidden.visibility = 2
hidden.write(0, 0, 'template')
book.save(sys.argv[1])
)",
            folder / "a.xls"});
  const Workbook read = read_from(folder / "a.xls");
  EXPECT_EQ(sheets_of(read),
            "Biểu 1: A1=Chỉ tiêu B1=0.999 C1=7029 D1=TRUE E1=[=C1*2] F1=43906 G1=chữ cũ H1=3.5 I1=-0.25 J1=#DIV/0! "
            "A2=đậm thường | *_tonghop: A1=template");
  EXPECT_TRUE(read.dates_from_1904);
  const Sheet& sheet = read.sheets[0];
  const auto style = [&](Address at) { return read.styles.at(static_cast<std::size_t>(sheet.find(at)->style)); };
  EXPECT_TRUE(std::holds_alternative<std::monostate>(sheet.find({1, 5})->value));  // xlwt calculates nothing
  EXPECT_TRUE(is_percent_format(style({1, 2}).number_format));
  EXPECT_TRUE(is_date_format(style({1, 6}).number_format));
  EXPECT_EQ(style({1, 7}).font, ".VnTime");
  EXPECT_EQ(sheet.merges, (std::vector<Area>{{{5, 1}, {6, 3}}}));
  EXPECT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.columns.size(), 1U);
  EXPECT_TRUE(sheet.protection);
}

// openpyxl makes the comment, LibreOffice the .xls.
TEST(LibreOffice, KeepsCommentsInAnXls) {
  if (!has_program("soffice")) GTEST_SKIP() << "LibreOffice is not installed";
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", R"(
import sys, openpyxl
from openpyxl.comments import Comment
book = openpyxl.Workbook()
book.active['B2'] = 5
book.active['B2'].comment = Comment('theo công văn số 5', 'A')
book.active['C7'].comment = Comment('chưa có số liệu', 'A')
book.save(sys.argv[1])
)",
            folder / "a.xlsx"});
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", "xls",
            "--outdir", folder.path().string(), folder / "a.xlsx"});
  const Workbook read = read_from(folder / "a.xls");
  EXPECT_EQ(read.sheets[0].comments,
            (std::vector<Comment>{{{2, 2}, "theo công văn số 5"}, {{7, 3}, "chưa có số liệu"}}));
}

}  // namespace
}  // namespace tonghop::xlsx
