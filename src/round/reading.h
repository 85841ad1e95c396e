// What the readers of a round's sheets share: cells by row, places, and how trouble is told.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "xlsx/workbook.h"

namespace tonghop {

// What a cell says: text without surplus blanks, a number as its shortest text, "" for anything else.
std::string text_of(const xlsx::Cell& cell);

// Cells of one row by column, those that hold something.
using RowCells = std::map<int, const xlsx::Cell*>;
std::map<int, RowCells> rows_of(const xlsx::Sheet& sheet);  // by row; refers to the sheet

// One workbook of a round being read. Captions and names are those of the wording, in the language of the summary form.
class Reading {
 public:
  // All borrowed.
  Reading(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions, Findings& findings)
      : book(book), file(file), definitions(definitions), findings_(findings) {}

  const xlsx::Workbook& book;
  const std::string& file;
  const Definitions& definitions;

  const Wording& wording() const { return definitions.wording; }
  const std::string& lang() const { return definitions.summary()->form.lang; }
  std::string caption(const char* id) const { return wording().text(id, lang()); }
  const xlsx::Sheet* sheet_called(const char* id) const;  // nullptr when there is none

  Place place(const xlsx::Sheet& sheet, xlsx::Address at) const { return {file, sheet.name, to_string(at), 0, 0}; }
  Place place(const xlsx::Sheet& sheet) const { return {file, sheet.name, "", 0, 0}; }

  void wrong(const char* code, const Place& place, Details details, const std::string& raw = "");
  void missing(const Place& place, const std::string& what) { wrong("round-missing", place, {{"what", what}}); }
  // A cell that says none of what is known.
  void unknown(const Place& place, const std::string& what, const std::vector<std::string>& known,
               const std::string& raw);

  // ISO date, with an hour where one is given; "" where there is no cell; an error where it holds no date.
  std::string date(const xlsx::Sheet& sheet, const xlsx::Cell* cell);
  std::string day(const xlsx::Sheet& sheet, const xlsx::Cell* cell) { return date(sheet, cell).substr(0, 10); }

  // Id of the template whose id or title a cell says; "" where there is no cell; an error where it says neither.
  std::string form(const xlsx::Sheet& sheet, const xlsx::Cell* cell);

  // A text that will stand in one cell of other workbooks and in names of files; "" where there is no cell; an error
  // where it is longer than 255 UTF-16 units. `what`: the caption of its cell.
  std::string name(const xlsx::Sheet& sheet, const xlsx::Cell* cell, const std::string& what);

  // Addresses as given; "" where there is no cell; an error for each that is none.
  std::string addresses(const xlsx::Sheet& sheet, const xlsx::Cell* cell);

 private:
  Findings& findings_;
  std::map<std::string, std::string> forms_;  // as written -> id; of thousands of agencies there are few
};

}  // namespace tonghop
