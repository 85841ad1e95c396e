// Template -> Layout.
#include "forms/layout.h"

#include <algorithm>

namespace tonghop {

Layout layout_of(const Template& form) {
  Layout layout;
  layout.columns = static_cast<int>(form.columns.size());
  layout.key_column = layout.columns + 1;
  layout.field_column = std::min(form.column(Role::caption) + 1, layout.columns);
  const bool grouped =
      std::any_of(form.columns.begin(), form.columns.end(), [](const Column& c) { return !c.group.empty(); });
  layout.rows.resize(form.rows.size());
  for (std::size_t s = 0; s < form.sheets.size(); ++s) {
    SheetLayout sheet;
    int next = sheet.heading_row + static_cast<int>(form.heading.size() + form.sheets[s].heading.size());
    if (!form.fields.empty()) {
      sheet.field_row = ++next;  // a blank row between
      next += static_cast<int>(form.fields.size());
    }
    sheet.header_row = next + 1;
    sheet.header_rows = grouped ? 2 : 1;
    sheet.first_row = sheet.header_row + sheet.header_rows;
    int at = sheet.first_row;
    for (std::size_t r = 0; r < form.rows.size(); ++r) {
      if (form.rows[r].sheet == static_cast<int>(s)) layout.rows[r] = at++;
    }
    sheet.last_row = at - 1;
    sheet.signature_row = at + 1;
    layout.sheets.push_back(sheet);
  }
  return layout;
}

xlsx::Address Layout::at(const Template& form, int row, Role role) const {
  return {rows[static_cast<std::size_t>(row)], form.column(role)};
}

}  // namespace tonghop
