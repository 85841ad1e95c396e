// Prints every cell of a workbook as the reading layer sees it, to be held against what other programs read.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "base/decimal.h"
#include "both_ways.h"
#include "xlsx/reader.h"

namespace {

using tonghop::Finding;
using tonghop::xlsx::Cell;

constexpr std::string_view kUsage =
    "usage: dump_cells FILE\n"
    "Prints every cell of an .xlsx, .ods or .xls that is not empty, sheets in order, cells by row and column:\n"
    "  sheet<TAB>address<TAB>type<TAB>value\n"
    "type is number (the shortest text that gives the stored double), text, boolean (TRUE, FALSE), error (#N/A)\n"
    "or formula (one that was never calculated; the value is the formula). Of a calculated formula the result is\n"
    "printed. In texts and names of sheets a tab is \\t, a line feed \\n, a backslash \\\\.\n"
    "Findings go to standard error. Exit code: 0 read; 1 not usable, said in one line; 2 wrong usage; 3 when scanned\n"
    "and read as trees it is not the same.\n";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\t') {
      out += "\\t";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\\') {
      out += "\\\\";
    } else {
      out += c;
    }
  }
  return out;
}

// "type<TAB>value"
std::string shown(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell.value)) return "number\t" + tonghop::shortest(*number);
  if (const auto* text = std::get_if<std::string>(&cell.value)) return "text\t" + escaped(*text);
  if (const auto* truth = std::get_if<bool>(&cell.value)) return *truth ? "boolean\tTRUE" : "boolean\tFALSE";
  if (const auto* error = std::get_if<tonghop::xlsx::ErrorValue>(&cell.value)) return "error\t" + escaped(error->code);
  return "formula\t" + escaped(cell.formula);
}

void say(const Finding& finding) {
  std::cerr << escaped(to_string(finding.place)) << ": " << finding.code;
  for (const auto& [name, text] : finding.details) std::cerr << ", " << name << ' ' << escaped(text);
  std::cerr << '\n';
}

int dump(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << path << ": file-unreadable\n";
    return 1;
  }
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (const std::string difference = tonghop::testing::difference(bytes); !difference.empty()) {
    std::cerr << difference << '\n';
    return 3;
  }
  try {
    tonghop::Findings findings;
    const tonghop::xlsx::Workbook workbook = tonghop::xlsx::read_workbook(bytes, path, findings);
    for (const Finding& finding : findings) say(finding);
    for (const auto& sheet : workbook.sheets) {
      for (const Cell& cell : sheet.cells) {
        std::cout << escaped(sheet.name) << '\t' << to_string(cell.at) << '\t' << shown(cell) << '\n';
      }
    }
  } catch (const tonghop::Error& error) {
    say(error.finding());
    return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string argument = argc == 2 ? argv[1] : "";
  if (argument == "--help") {
    std::cout << kUsage;
    return 0;
  }
  if (argument.empty()) {
    std::cerr << kUsage;
    return 2;
  }
  return dump(argument);
}
