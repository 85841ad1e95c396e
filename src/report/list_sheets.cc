// Lists of what the merged workbook has beside its figures.
#include "report/list_sheets.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"
#include "report/list_sheet.h"
#include "report/tables.h"
#include "round/date.h"

namespace tonghop {

void add_notes_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                     const std::string& lang) {
  const Wording& wording = definitions.wording;
  struct Note {
    const Member* member;
    const SectionNote* section;
    const Observation* observation;  // null where `section` is not
  };
  std::vector<Note> notes;
  for (const Member& member : province.members) {
    for (const SectionNote& section : member.answer.section_notes) notes.push_back({&member, &section, nullptr});
    for (const Observation& observation : member.answer.observations) {
      if (!observation.note.empty()) notes.push_back({&member, nullptr, &observation});
    }
  }
  const std::size_t count = notes.size();
  const auto row = [&definitions, notes = std::move(notes)](std::size_t index) -> ListRow {
    const auto& [member, section, observation] = notes[index];
    if (section == nullptr) {
      return {{member->name, definitions.catalogue[observation->indicator].label, observation->raw, observation->note,
               observation->place.file, sheet_and_cell(observation->place)}};
    }
    const Row& printed = member->answer.form->form.rows[static_cast<std::size_t>(section->row)];
    return {{member->name, squeezed(printed.number + " " + printed.caption), std::string(), section->note,
             section->place.file, sheet_and_cell(section->place)}};
  };
  book.sheets.push_back(list_sheet(book, wording.text("notes.sheet", lang), wording.text("notes.title", lang),
                                   {{wording.text("findings.agency", lang), 26, false},
                                    {wording.text("findings.indicator", lang), 48, false},
                                    {wording.text("findings.raw", lang), 16, false},
                                    {wording.text("notes.note", lang), 60, false},
                                    {wording.text("findings.file", lang), 26, false},
                                    {wording.text("findings.cell", lang), 18, false}},
                                   {count, row}, wording.text("notes.none", lang)));
}

void add_sources_sheet(xlsx::Workbook& book, const std::vector<SourceFile>& sources, const Round* round,
                       const Definitions& definitions, const std::string& program, const std::string& lang) {
  const Wording& wording = definitions.wording;
  constexpr std::array<const char*, 3> kStates = {"state.used", "state.superseded", "state.refused"};
  constexpr std::ptrdiff_t kOfMail = 5;  // where the columns stand that only mails fill
  const bool mailed = std::any_of(sources.begin(), sources.end(),
                                  [](const SourceFile& one) { return !one.sender.empty() || !one.sent.empty(); });
  const auto sent = [round](const SourceFile& one) {
    if (one.sent.empty()) return std::string();
    return shown_date(local_time(one.sent, round == nullptr ? 0 : round->minutes_east)) +
           (round == nullptr ? " UTC" : "");
  };
  std::array<std::string, kStates.size()> states;
  for (std::size_t s = 0; s < kStates.size(); ++s) states[s] = wording.text(kStates[s], lang);
  const auto row = [&sources, states, sent, mailed](std::size_t index) {
    const SourceFile& source = sources[index];
    const auto state = static_cast<std::size_t>(source.state);
    ListRow made{{source.path, states[state], source.form, source.agency, source.period,
                  static_cast<double>(source.values), static_cast<double>(source.exact),
                  static_cast<double>(source.normalized), static_cast<double>(source.extracted),
                  static_cast<double>(source.settled), static_cast<double>(source.bytes), source.sha256},
                 source.state == SourceFile::State::used ? 0U : 2U};
    if (mailed) made.cells.insert(made.cells.begin() + kOfMail, {source.sender, sent(source)});
    return made;
  };
  std::vector<ListColumn> columns = {
      {wording.text("sources.file", lang), 40, false},     {wording.text("sources.state", lang), 16, true},
      {wording.text("sources.template", lang), 20, false}, {wording.text("sources.agency", lang), 30, false},
      {wording.text("sources.period", lang), 22, false},   {wording.text("sources.values", lang), 12, true},
      {wording.text("sources.exact", lang), 9, true},      {wording.text("sources.normalized", lang), 9, true},
      {wording.text("sources.extracted", lang), 9, true},  {wording.text("sources.settled", lang), 9, true},
      {wording.text("sources.bytes", lang), 12, true},     {wording.text("sources.sha256", lang), 40, false}};
  if (mailed) {
    columns.insert(columns.begin() + kOfMail,
                   {{wording.text("sources.sender", lang), 26, false}, {wording.text("sources.sent", lang), 18, true}});
  }
  xlsx::Sheet sheet = list_sheet(book, wording.text("sources.sheet", lang), wording.text("sources.title", lang),
                                 columns, {sources.size(), row}, "");
  sheet.cell({2, 1}).value = wording.text("sources.program", lang, Details{{"program", program}});
  book.sheets.push_back(std::move(sheet));
}

}  // namespace tonghop
