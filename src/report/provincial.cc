// Province -> merged workbook, sheet by sheet.
#include "report/provincial.h"

#include "forms/printed_form.h"
#include "merge/ledger.h"
#include "report/agency_sheet.h"
#include "report/cell_text.h"
#include "report/chart_sheet.h"
#include "report/comparison_sheet.h"
#include "report/findings_sheet.h"
#include "report/list_sheets.h"
#include "report/status_sheet.h"
#include "report/summary_sheet.h"

namespace tonghop {
namespace {

// With a round agencies by where they stand, else files by what became of them.
std::vector<std::pair<std::string, int>> states_of(const Ledger& ledger, const Wording& wording,
                                                   const std::string& lang) {
  std::vector<std::pair<std::string, int>> states;
  bool wanted = false;
  for (const StatusCount& count : status_counts(ledger)) {
    const std::string_view id = count.caption;
    if (count.whole) wanted = id == (ledger.round == nullptr ? "status.count.files" : "status.count.expected");
    if (wanted && !count.whole) states.emplace_back(wording.text(count.caption, lang), count.value);
  }
  return states;
}

}  // namespace

xlsx::Workbook provincial_workbook(const Province& province, const Definitions& definitions, const Findings& findings,
                                   const std::vector<SourceFile>& sources, const Title& title) {
  Form summary = *definitions.summary();
  for (Row& row : summary.form.rows) row.note.clear();  // who reports is the blank's business; remarks stand there now
  const std::string& lang = summary.form.lang;
  const Layout layout = layout_of(summary.form);
  const Identity identity{summary.form.id, summary.form.version, cell_text(title.agency, kNameUnits),
                          cell_text(title.period, kNameUnits)};
  const Ledger ledger = ledger_of(province, sources, findings, definitions.wording);
  xlsx::Workbook book = printed_form(summary.form, layout, identity);
  for (xlsx::Sheet& sheet : book.sheets) sheet.protection.reset();  // the coordinator owns this workbook
  fill_summary(book, summary, layout, province, definitions, findings);
  add_agency_sheet(book, province, definitions, lang);
  add_comparison_sheet(book, province, definitions, lang);
  add_findings_sheet(book, province, findings, definitions, lang);
  add_status_sheet(book, {ledger, province, sources, findings, definitions.wording}, lang);
  add_notes_sheet(book, province, definitions, lang);
  add_chart_sheet(book, province, states_of(ledger, definitions.wording, lang), definitions, lang);
  add_sources_sheet(book, sources, province.round, definitions, title.program, lang);
  book.sheets.push_back(identity_sheet(identity));
  return book;
}

}  // namespace tonghop
