// The round's workbook -> Round, sheet by sheet.
#include "round/round.h"

#include "base/text.h"
#include "round/sheets.h"

namespace tonghop {

std::vector<std::string> Agency::names() const {
  std::vector<std::string> all = {name};
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

const Form* form_of(const Agency& agency, const Definitions& definitions) {
  if (!agency.form.empty()) return definitions.find(agency.form);
  const Form* only = nullptr;
  for (const Form& form : definitions.forms) {
    if (agency.level.empty() || form.form.summary || form.form.level != agency.level) continue;
    if (only != nullptr) return nullptr;
    only = &form;
  }
  return only;
}

int Round::find(std::string_view name) const {
  const auto found = names.find(fold_name(name));
  return found == names.end() ? -1 : found->second;
}

bool Round::expects(const Agency& agency) const {
  const bool gone = !agency.valid_to.empty() && !from.empty() && agency.valid_to < from;
  const bool not_yet = !agency.valid_from.empty() && !to.empty() && agency.valid_from > to;
  return !gone && !not_yet;
}

std::optional<Round> read_round(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions,
                                Findings& findings) {
  const std::size_t before = findings.size();
  Reading reading(book, file, definitions, findings);
  Round round;
  round.file = file;
  const auto read = [&](const char* sheet_id, bool needed, auto read_sheet) {
    if (const xlsx::Sheet* sheet = reading.sheet_called(sheet_id)) {
      read_sheet(reading, *sheet, round);
    } else if (needed) {
      reading.missing({file, "", "", 0, 0}, reading.caption(sheet_id));
    }
  };
  read("round.sheet", true, read_settings);
  read("roster.sheet", true, read_roster);
  read("letters.sheet", false, read_letters);
  if (findings.size() > before) return std::nullopt;
  return round;
}

}  // namespace tonghop
