// A workbook with all its rows: those that are made while it is written are put among its cells.
#pragma once

#include "xlsx/workbook.h"

namespace tonghop::testing {

inline xlsx::Workbook held(xlsx::Workbook book) {
  for (xlsx::Sheet& sheet : book.sheets) {
    if (!sheet.stream) continue;
    sheet.stream([&](const xlsx::StreamedRow& row) {
      sheet.rows.push_back(row.format);
      sheet.cells.insert(sheet.cells.end(), row.cells.begin(), row.cells.end());
    });
    sheet.stream = {};
    sheet.streamed.reset();
  }
  return book;
}

}  // namespace tonghop::testing
