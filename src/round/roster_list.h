// A sheet looked at as a list of agencies: its rows as text, its header, and what each column holds.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mapping/definitions.h"
#include "round/roster_line.h"
#include "xlsx/workbook.h"

namespace tonghop {

// Digits only, at least one.
bool is_whole_number(std::string_view text);

class RosterList {
 public:
  using Row = std::map<int, std::string>;  // texts by column, line ends kept

  // All borrowed. Looks for the header.
  RosterList(const xlsx::Workbook& book, const xlsx::Sheet& sheet, const Definitions& definitions);

  // Tells the columns that the header leaves open by what they hold.
  void tell_by_content();

  int named() const;                              // columns that are told, of those of a roster
  int header_row() const { return header_row_; }  // the first; 0 when there is none
  int last_header_row() const { return last_header_row_; }
  int number_column() const { return number_column_; }  // of running numbers; 0 when there is none
  const std::map<int, Row>& rows() const { return rows_; }
  const std::map<int, std::optional<RosterColumn>>& columns() const { return columns_; }  // every column of the sheet
  int column_of(RosterColumn field) const;                                                // 0 when there is none
  bool by_content(int column) const { return by_content_.contains(column); }
  std::string caption(int column) const;  // "" where there is no header
  std::optional<RosterColumn> called(const std::string& caption) const;

  std::string text(int row, int column) const;         // line ends kept; "" for an empty cell
  std::string merged_text(int row, int column) const;  // for a cell merged over several rows, what the first says

 private:
  std::string shown(const xlsx::Cell& cell) const;
  void find_header();
  void take_second_row();
  std::vector<std::string> values(int column) const;
  bool is_form(const std::string& text) const;
  template <typename Fits>
  void tell(RosterColumn field, Fits fits);
  void tell_names();
  void tell_codes();

  const xlsx::Workbook& book_;
  const xlsx::Sheet& sheet_;
  const Definitions& definitions_;
  std::map<int, Row> rows_;
  std::map<int, std::optional<RosterColumn>> columns_;
  std::set<int> by_content_;
  int header_row_ = 0, last_header_row_ = 0, number_column_ = 0;
};

}  // namespace tonghop
