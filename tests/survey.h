// A made-up survey with every kind of question, small enough to know by heart, and sheets typed as rows of values.
#pragma once

#include <string>
#include <vector>

#include "xlsx/workbook.h"

namespace tonghop::testing {

// Two sheets; captions recur under two parents, one printed number is wrong, one has none.
inline const std::string kTreesForm =
    R"XML(<template id="trees" version="3" lang="en" title="Trees along roads" cite="Made up">
  <heading><line style="bold">TREES OF {agency}</line></heading>
  <field name="agency" caption="Reporting office"/>
  <field name="period" caption="Period"/>
  <columns>
    <column role="number" caption="No." width="7"/>
    <column role="caption" caption="Question" width="50"/>
    <group caption="Result">
      <column role="unit" caption="Unit" width="10"/>
      <column role="value" caption="Figure (whole period)" width="12"/>
    </group>
    <column role="note" caption="Remarks" width="30"/>
  </columns>
  <signature><line style="bold">HEAD OF OFFICE</line></signature>
  <sheet name="Trees">
    <section key="1" number="1." caption="Planting" style="bold">
      <row key="1.1" number="1.1." caption="Share of trees still alive (today)" italic="(today)" unit="%">
        <row key="1.1.a" caption="- Trees planted" unit="Trees"/>
        <row key="1.1.b" caption="- Trees still alive" unit="Trees"/>
      </row>
    </section>
    <section key="2" number="2." caption="Care in towns">
      <row key="2.1" number="2.1." caption="Number of visits" unit="Visits"/>
      <row key="2.2" number="2.2." caption="Water used" unit="m3"/>
    </section>
    <section key="3" number="2." caption="Care in villages">
      <row key="3.1" number="2.1." caption="Number of visits" unit="Visits"/>
      <row key="3.2" number="2.2." caption="Water used" unit="m3"/>
    </section>
  </sheet>
  <sheet name="Opinion">
    <row key="4" number="4." caption="Is there a plan?" unit="No = 0&#10;Yes = 1" note="Town hall"/>
    <row key="5" number="5." caption="Share of happy people" unit="%"/>
    <row key="6" number="6." caption="Share of shade" unit="%"/>
    <row key="7" number="7." caption="What else?"/>
    <row key="8" number="8." caption="Trees in the whole province" unit="Trees"/>
  </sheet>
</template>
)XML";

struct Typed {
  std::string cell;
  xlsx::Value value;
  std::string format = "";  // number format; "" leaves that of the cell
};

inline xlsx::Address at(const std::string& cell) { return xlsx::parse_address(cell).value(); }

// Types values into a sheet of the workbook, over whatever stands there.
inline void type_in(xlsx::Workbook& book, std::size_t sheet, const std::vector<Typed>& values) {
  for (const Typed& typed : values) {
    xlsx::Cell& cell = book.sheets.at(sheet).cell(at(typed.cell));
    cell.value = typed.value;
    cell.has_formula = false;
    cell.formula.clear();
    if (!typed.format.empty()) cell.style = book.style({.number_format = typed.format});
  }
}

// A sheet whose rows are these values from A1 on.
inline xlsx::Sheet sheet_of(const std::string& name, const std::vector<std::vector<xlsx::Value>>& rows) {
  xlsx::Sheet sheet;
  sheet.name = name;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (std::holds_alternative<std::monostate>(rows[r][c])) continue;
      sheet.cell({static_cast<int>(r) + 1, static_cast<int>(c) + 1}).value = rows[r][c];
    }
  }
  return sheet;
}

inline std::string text_at(const xlsx::Sheet& sheet, const std::string& cell) {
  const xlsx::Cell* found = sheet.find(at(cell));
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
  return text == nullptr ? "" : *text;
}

// Takes rows out of a sheet as Excel does when they are deleted; what is below moves up.
inline void delete_rows(xlsx::Sheet& sheet, int first, int count) {
  std::erase_if(sheet.cells,
                [&](const xlsx::Cell& cell) { return cell.at.row >= first && cell.at.row < first + count; });
  for (xlsx::Cell& cell : sheet.cells) {
    if (cell.at.row >= first) cell.at.row -= count;
  }
}

inline void insert_rows(xlsx::Sheet& sheet, int before, int count) {
  for (xlsx::Cell& cell : sheet.cells) {
    if (cell.at.row >= before) cell.at.row += count;
  }
}

inline void delete_column(xlsx::Sheet& sheet, int column) {
  std::erase_if(sheet.cells, [&](const xlsx::Cell& cell) { return cell.at.column == column; });
  for (xlsx::Cell& cell : sheet.cells) {
    if (cell.at.column > column) --cell.at.column;
  }
}

}  // namespace tonghop::testing
