// A returned workbook lifted out of Excel: whose it says it is, and the rows of its tables. What they mean is not known
// yet.
#pragma once

#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "forms/printed_form.h"
#include "forms/template.h"
#include "xlsx/workbook.h"

namespace tonghop {

inline constexpr std::size_t kRoles = 6;  // of columns, see Role

// A value cell, with what of its format changes its meaning.
struct SubmittedCell {
  xlsx::Address at;  // also when the cell is empty
  xlsx::Value value;
  bool has_formula = false;
  bool ratio_formula = false;  // the one that the blank carries
  bool percent_format = false;
  bool date_format = false;
};

struct SubmittedRow {
  int table = 0;    // index into Submission::tables
  int row = 0;      // of the sheet, from 1
  std::string key;  // from the hidden key column; "" when there is none
  std::string number;
  std::string caption;
  std::string unit;
  std::string note;
  SubmittedCell value;
};

struct SubmittedTable {
  std::string sheet;
  int header_row = 0;                 // the last of the header's rows
  std::array<int, kRoles> columns{};  // by Role, from 1; 0 when the table has no such column
  int outside = 0;                    // numbers in the table's rows that stand in none of its columns
  xlsx::Address first_outside;        // the first of them
  int key_column = 0;                 // 0 when it has none
};

struct Submission {
  std::string file;
  bool issued = false;       // it carries the hidden identity of a blank
  Identity identity;         // from the hidden sheet; empty when that is gone
  std::string agency_shown;  // as the visible field says; "" when empty or gone
  std::string period_shown;
  std::string other_agency;           // another name in the visible field of a further sheet
  std::vector<std::string> headless;  // sheets that carry row keys, but no header that is known
  std::vector<SubmittedTable> tables;
  std::vector<SubmittedRow> rows;  // of all tables, top to bottom, sheet after sheet
};

// The captions by which columns and fields are known, gathered from all templates. Texts seen are remembered with their
// normal form and fold, because every agency sends the same captions back; so one object serves many workbooks, on one
// thread.
class CaptionIndex {
 public:
  explicit CaptionIndex(const std::vector<Template>& forms);

  // Both remembered; the references stay good until trim().
  const std::string& shown(const std::string& text);   // squeezed(nfc())
  const std::string& folded(const std::string& text);  // fold()

  void trim();  // forgets everything once there is much of it: the free text of thousands of agencies must not pile up
  int role(const std::string& text);        // of a column with just this header; -1 when none
  int loose_role(const std::string& text);  // the same, what stands in brackets left aside
  bool is_group(const std::string& text);   // the caption of a column group
  int field(const std::string& text);       // 0 agency, 1 period, -1 neither

 private:
  std::unordered_map<std::string, std::string> shown_;
  std::unordered_map<std::string, std::string> folds_;
  std::map<std::string, int> roles_;   // by fold
  std::map<std::string, int> fields_;  // by fold
  std::map<std::string, int> groups_;  // by fold
};

Submission lift(const xlsx::Workbook& book, const std::string& file, CaptionIndex& captions);

}  // namespace tonghop
