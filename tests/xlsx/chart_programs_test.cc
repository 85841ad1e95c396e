// Charts, notes and dates as real programs see them in what we write, and write them: openpyxl, LibreOffice, Gnumeric.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "packages.h"
#include "samples.h"
#include "support.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using tonghop::testing::has_program;
using tonghop::testing::read_file;
using tonghop::testing::run;
using tonghop::testing::run_well;
using tonghop::testing::TempDir;
using tonghop::testing::write_file;

bool has_openpyxl() { return run({TONGHOP_PYTHON, "-c", "import openpyxl"}).status == 0; }

// A workbook of the sample with a second chart, of 60 made-up agencies of which every fourth has given nothing.
Workbook workbook_with_charts() {
  Workbook workbook = sample_workbook();
  Sheet& sheet = workbook.sheets[2];
  put(sheet, {1, 1}, "Đơn vị"s);
  put(sheet, {1, 2}, "Đúng hạn"s);
  for (int row = 2; row <= 61; ++row) {
    put(sheet, {row, 1}, "Uỷ ban nhân dân xã " + std::to_string(row - 1));
    if (row % 4 != 0) put(sheet, {row, 2}, row / 100.0);
  }
  sheet.charts = {{.kind = Chart::Kind::bars,
                   .title = "Sáu mươi đơn vị",
                   .place = {{1, 4}, {66, 12}},
                   .categories = {sheet.name, {{2, 1}, {61, 1}}},
                   .series = {{{sheet.name, {{1, 2}, {1, 2}}}, {sheet.name, {{2, 2}, {61, 2}}}}},
                   .number_format = "0.00",
                   .labels = true}};
  return workbook;
}

std::string written(const TempDir& folder) {
  std::string path = folder / "a.xlsx";
  write_file(path, write_workbook(workbook_with_charts()));
  return path;
}

// Through LibreOffice into another folder; the path of the result.
std::string converted(const TempDir& folder, const std::string& path, const std::string& to) {
  run_well({"soffice", "-env:UserInstallation=file://" + (folder / "profile"), "--headless", "--convert-to", to,
            "--outdir", folder / "out", path});
  return folder / ("out/" + std::filesystem::path(path).stem().string() + "." + to);
}

// What openpyxl sees of charts, notes and links.
constexpr const char* kTell = R"(
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]):
    for chart in sheet._charts:
        print(sheet.title, type(chart).__name__, chart.barDir, chart.grouping, chart.y_axis.scaling.min, chart.x_axis.scaling.orientation)
        print(''.join(run.t for run in chart.title.tx.rich.p[0].r))
        for s in chart.series:
            print(s.tx.strRef.f, s.cat.strRef.f, s.val.numRef.f, s.graphicalProperties.solidFill.srgbClr)
            print([p.v for p in s.tx.strRef.strCache.pt], len(s.cat.strRef.strCache.pt), s.cat.strRef.strCache.pt[-1].v)
            print(s.val.numRef.numCache.ptCount, [(p.idx, p.v) for p in s.val.numRef.numCache.pt][:3])
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment: print(cell.coordinate, repr(cell.comment.text), *sys.argv[2:] and [cell.comment.author])
            if cell.hyperlink: print(cell.coordinate, cell.hyperlink.location)
)";

const std::string kCharts = R"(Phụ lục 'A' & <B> BarChart bar clustered 0.0 maxMin
Tỷ lệ 'A' & <B>
'Danh mục'!$C$1 'Danh mục'!$A$1:$A$2 'Danh mục'!$B$1:$B$2 1F4E79
['Tỷ lệ <%>'] 2 Không
2 [(0, 0.9534)]
)";
const std::string kSixty = R"(Trống BarChart bar clustered None maxMin
Sáu mươi đơn vị
'Trống'!$B$1 'Trống'!$A$2:$A$61 'Trống'!$B$2:$B$61 3E6D9C
['Đúng hạn'] 60 Uỷ ban nhân dân xã 60
60 [(0, 0.02), (1, 0.03), (3, 0.05)]
)";

TEST(Openpyxl, SeesChartsAndNotes) {
  if (!has_openpyxl()) GTEST_SKIP() << "openpyxl is not installed";
  const TempDir folder;
  EXPECT_EQ(run_well({TONGHOP_PYTHON, "-c", kTell, written(folder), "authors"}),
            kCharts + R"(A2 'Đã sửa: "7.029" <- "7,029"\n& lý do_x005F_x000D_' tonghop
A2 'Danh mục'!A2
XFD9 ' mép ' None
)" + kSixty);
}

TEST(LibreOffice, KeepsChartsNotesAndLinks) {
  if (!has_program("soffice") || !has_openpyxl()) GTEST_SKIP() << "LibreOffice or openpyxl is not installed";
  const TempDir folder;
  const std::string told = run_well({TONGHOP_PYTHON, "-c", kTell, converted(folder, written(folder), "xlsx")});
  EXPECT_THAT(told, HasSubstr("'Danh mục'!$C$1 'Danh mục'!$A$1:$A$2 'Danh mục'!$B$1:$B$2 1f4e79\n"));
  EXPECT_THAT(told, HasSubstr("Trống!$B$1 Trống!$A$2:$A$61 Trống!$B$2:$B$61 3e6d9c\n"));
  EXPECT_THAT(told, HasSubstr("60 [(0, 0.02), (1, 0.03), (3, 0.05)]"));
  EXPECT_THAT(told, HasSubstr("XFD9 ' mép '"));
  EXPECT_THAT(told, HasSubstr("A2 'Danh mục'!A2\n"));
  Findings findings;
  const Workbook read = read_both_ways(read_file(folder / "out/a.xlsx"), "a.xlsx", findings);
  ASSERT_EQ(read.sheets.at(1).comments.size(), 2U);
  EXPECT_THAT(read.sheets[1].comments[0].text, HasSubstr("Đã sửa: \"7.029\" <- \"7,029\"\n& lý do"));
}

// Each agency by name and, but for those that have given nothing, with its value.
TEST(LibreOffice, DrawsEveryBarOfAChart) {
  if (!has_program("soffice") || !has_program("pdftotext")) GTEST_SKIP() << "LibreOffice or pdftotext is missing";
  const TempDir folder;
  Workbook workbook = workbook_with_charts();
  Sheet drawn;  // without the cells, whose texts would be found as well
  drawn.name = "Vẽ";
  drawn.charts = workbook.sheets[2].charts;
  drawn.print = PrintSetup{};
  workbook.sheets[2].hidden = workbook.sheets[1].hidden = true;
  workbook.sheets.push_back(drawn);
  write_file(folder / "a.xlsx", write_workbook(workbook));
  const std::string pdf = converted(folder, folder / "a.xlsx", "pdf");
  const std::string text = run_well({"pdftotext", "-layout", pdf, "-"});
  EXPECT_THAT(text, HasSubstr("Sáu mươi đơn vị"));
  for (int row = 2; row <= 61; ++row) {
    const std::string name = "xã " + std::to_string(row - 1);
    char value[16];
    std::snprintf(value, sizeof value, "0[.,]%02d", row);
    EXPECT_TRUE(std::regex_search(text, std::regex(name + (row % 4 == 0 ? "\\s*\n" : " +"s + value + "\\b")))) << name;
  }
}

TEST(Gnumeric, KeepsChartsAndNotes) {
  if (!has_program("ssconvert")) GTEST_SKIP() << "Gnumeric is not installed";
  const TempDir folder;
  run_well({"ssconvert", written(folder), folder / "b.xlsx"});
  const std::string bytes = read_file(folder / "b.xlsx");
  Package package(bytes, "b.xlsx");
  EXPECT_THAT(package.read("xl/charts/chart2.xml").value(), HasSubstr("Trống!$B$2:$B$61"));
  Findings findings;
  const Workbook read = read_both_ways(bytes, "b.xlsx", findings);
  EXPECT_EQ(read.sheets.at(1).comments.size(), 2U);
}

TEST(Xmllint, FindsEveryPartWellFormed) {
  if (!has_program("xmllint")) GTEST_SKIP() << "xmllint is not installed";
  const TempDir folder;
  const std::string bytes = write_workbook(workbook_with_charts());
  Package package(bytes, "f");
  std::vector<std::string> command = {"xmllint", "--noout"};
  for (const std::string& name : package.names()) {
    std::string file = name;
    std::ranges::replace(file, '/', '-');
    write_file(folder / file, package.read(name).value());
    command.push_back(folder / file);
  }
  EXPECT_EQ(run_well(command), "");
}

// trap D: openpyxl, trap D: LibreOffice, trap D: Gnumeric
TEST(Programs, SayWhenAWorkbookWasSaved) {
  if (!has_openpyxl()) GTEST_SKIP() << "openpyxl is not installed";
  const TempDir folder;
  run_well({TONGHOP_PYTHON, "-c", R"(
import re, sys, zipfile, openpyxl
book = openpyxl.Workbook()
book.active['A1'] = 1
book.save(sys.argv[1])
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], 'w') as new:
    for name in old.namelist():
        data = old.read(name)
        if name == 'docProps/core.xml':
            data = re.sub(rb'(<dcterms:modified[^>]*>)[^<]*', rb'\g<1>2027-04-02T08:15:00Z', data)
        new.writestr(name, data)
)",
            folder / "now.xlsx", folder / "a.xlsx"});
  const auto modified = [](const std::string& path) {
    Findings findings;
    return read_both_ways(read_file(path), path, findings).modified;
  };
  EXPECT_EQ(modified(folder / "a.xlsx"), "2027-04-02T08:15:00Z");
  EXPECT_TRUE(
      std::regex_match(modified(folder / "now.xlsx"), std::regex("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")));
  for (const char* to : {"xlsx", "ods", "xls"}) {
    SCOPED_TRACE(to);
    if (has_program("soffice")) {
      // LibreOffice says no zone in .ods.
      EXPECT_EQ(modified(converted(folder, folder / "a.xlsx", to)), to == "ods"s ? "" : "2027-04-02T08:15:00Z");
    }
    if (has_program("ssconvert")) {
      const std::string path = folder / "g."s + to;
      run_well({"ssconvert", folder / "a.xlsx", path});
      EXPECT_EQ(modified(path), "2027-04-02T08:15:00Z");
    }
  }
}

}  // namespace
}  // namespace tonghop::xlsx
