// A form as it is printed: headings, columns, rows and their wording. What a row means is the mapping's business.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "base/xml.h"

namespace tonghop {

struct TextLine {
  std::string text;  // may hold {agency} and {period}
  bool bold = false;
  bool italic = false;
};

// What a column holds. `previous`, the values of the round before, is no column of any form; see forms/notice.h.
enum class Role { number, caption, unit, value, agencies, note, previous };

struct Column {
  Role role = Role::caption;
  std::string caption;  // of the (lower) header row
  std::string italic;   // the part of the caption that is italic
  std::string group;    // caption of the upper header row over this and its neighbours; "" none
  double width = 10;    // in characters, as Excel counts column widths
};

// A caption and a cell beside it that says whose report this is ("agency") or of when ("period").
struct Field {
  std::string name;
  std::string caption;
};

// One printed row. Sections take no value.
struct Row {
  std::string key;      // unique in the template; what the hidden key column carries
  std::string number;   // as printed, also when the print is wrong
  std::string caption;  // as printed; "\n" where the form breaks the line
  std::string italic;   // the part of the caption that is italic
  std::string unit;     // as printed
  std::string note;     // printed in the last column
  int number_rows = 1;  // the number cell is merged down over so many rows
  bool bold = false;
  bool slanted = false;  // the whole row is italic
  bool input = false;    // takes a value
  int sheet = 0;         // index into Template::sheets
  int parent = -1;       // index into Template::rows; -1 at the top
  Place place;           // in the definition file
};

struct TemplateSheet {
  std::string name;
  std::vector<TextLine> heading;  // below the template's own
};

// Where a summary template lists the indicators that have no row of their own.
struct Remainder {
  bool wanted = false;
  Row section;  // its heading row
};

struct Template {
  std::string id;
  int version = 1;
  std::string lang;   // of the wording around the form: "vi"
  std::string level;  // of the agencies that fill it in: "department", "commune"
  std::string title;
  std::string cite;                  // the document that prescribes the form
  std::string valid_from, valid_to;  // ISO dates; "" open
  bool summary = false;              // the merged report is laid out by this one
  std::vector<TextLine> heading;
  std::vector<Field> fields;
  std::vector<Column> columns;  // left to right
  std::vector<TextLine> signature;
  std::vector<TemplateSheet> sheets;
  std::vector<Row> rows;  // in printed order, sheet after sheet
  Remainder remainder;
  Place place;

  int inputs() const;                   // rows that take a value
  int row(std::string_view key) const;  // index, -1 when there is none
  int column(Role role) const;          // from 1; 0 when there is none
};

// Reads templates from their files, in any order; one may extend another of the same set.
// Throws DefinitionError with file:line:column.
std::vector<Template> read_templates(const std::vector<XmlFile>& files);

}  // namespace tonghop
