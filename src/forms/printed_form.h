// A template laid out on sheets as it is printed, before anybody's values: headings, header, rows, signature, page
// set-up.
#pragma once

#include <string>
#include <string_view>

#include "forms/layout.h"
#include "forms/template.h"
#include "xlsx/workbook.h"

namespace tonghop {

// Whose workbook it is, and of which form. Travels on the hidden sheet.
struct Identity {
  std::string form;  // template id
  int version = 0;
  std::string agency;
  std::string period;
  std::string window = {};  // ISO dates and deadline of the round: "2027-01-01 2027-03-31 2027-04-05T17:00"; "" without
  std::string code = {};    // of the agency, on the roster of the round; "" without a round

  friend bool operator==(const Identity&, const Identity&) = default;
};

inline constexpr std::string_view kIdentitySheet = "_tonghop";
inline constexpr std::string_view kKeyHeader = "#tonghop";  // in the header of the hidden key column

// A correction copy is the agency's own workbook with a sheet that lists what to mend and notes beside the cells. Both
// are known again by these, whatever program has saved them since, and are none of the agency's answers.
inline constexpr std::string_view kCorrectionsHeader = "#tonghop-corrections";  // of a hidden column of that sheet
inline constexpr std::string_view kNoteSign = "tonghop: ";                      // each line of a note begins so
bool is_corrections_sheet(const xlsx::Sheet& sheet);

inline constexpr const char* kHeaderFill = "D9E2F3";
inline constexpr const char* kSectionFill = "EEF3FA";   // a heading of the first level, for the eye to find its way
inline constexpr const char* kInputFill = "FFF8DC";     // to be filled in
inline constexpr const char* kNotOwedFill = "BFBFBF";   // the agency need not fill it in
inline constexpr const char* kComputedFill = "EDEDED";  // a formula stands there

// The sheets of the form, locked, without value cells: those of input rows are left to the caller.
xlsx::Workbook printed_form(const Template& form, const Layout& layout, const Identity& identity);

// The hidden sheet that carries the identity.
xlsx::Sheet identity_sheet(const Identity& identity);

// How the header cells of every table look.
xlsx::Style header_style();

// Puts a text with one part of it in italics into a cell.
void set_text(xlsx::Cell& cell, const std::string& text, const std::string& italic, bool bold, bool slanted);

}  // namespace tonghop
