// Sheet of figures by agency -> values by agency. Which way it lies does not matter: ids of indicators run down or
// across, and what is written before the first of them, in the column or row of a figure, may be the agency's name.
#include "merge/previous.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "forms/printed_form.h"

namespace tonghop {
namespace {

std::string text_of(const xlsx::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.value);
  return text == nullptr ? std::string() : squeezed(nfc(*text));
}

int indicator_of(const xlsx::Cell& cell, const Catalogue& catalogue) {
  const auto* text = std::get_if<std::string>(&cell.value);
  return text == nullptr ? -1 : catalogue.find(*text);
}

void take(const xlsx::Sheet& sheet, const Catalogue& catalogue, PreviousRound& round) {
  const auto first = std::find_if(sheet.cells.begin(), sheet.cells.end(),
                                  [&](const xlsx::Cell& cell) { return indicator_of(cell, catalogue) >= 0; });
  const xlsx::Cell* below = sheet.find({first->at.row + 1, first->at.column});
  const bool down = below != nullptr && indicator_of(*below, catalogue) >= 0;
  const auto along = [&](const xlsx::Cell& cell) { return down ? cell.at.row : cell.at.column; };
  const auto across = [&](const xlsx::Cell& cell) { return down ? cell.at.column : cell.at.row; };
  std::map<int, int> indicators;                     // by row (or column)
  std::map<int, std::vector<std::string>> agencies;  // by column (or row): folded names
  for (const xlsx::Cell& cell : sheet.cells) {
    if (across(cell) == across(*first)) {
      if (const int indicator = indicator_of(cell, catalogue); indicator >= 0) indicators[along(cell)] = indicator;
    } else if (along(cell) < along(*first)) {
      if (const std::string name = fold_name(text_of(cell)); !name.empty()) agencies[across(cell)].push_back(name);
    }
  }
  for (const xlsx::Cell& cell : sheet.cells) {
    const auto indicator = indicators.find(along(cell));
    const auto agency = agencies.find(across(cell));
    const auto* number = std::get_if<double>(&cell.value);
    if (indicator == indicators.end() || agency == agencies.end() || number == nullptr) continue;
    for (const std::string& name : agency->second) {
      PreviousValues& values = round.values[name];
      values.resize(static_cast<std::size_t>(catalogue.size()));
      values[static_cast<std::size_t>(indicator->second)] = Decimal::from_double(*number);
    }
  }
}

}  // namespace

const PreviousValues* PreviousRound::find(const std::string& agency) const {
  const auto found = values.find(fold_name(agency));
  return found == values.end() ? nullptr : &found->second;
}

PreviousRound read_previous(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions) {
  PreviousRound round;
  round.file = file;
  const xlsx::Sheet* figures = nullptr;  // the sheet with the most ids of indicators, each there once; findings repeat
  std::ptrdiff_t most = 0;
  for (const xlsx::Sheet& sheet : book.sheets) {
    std::map<int, int> times;
    for (const xlsx::Cell& cell : sheet.cells) {
      if (const int indicator = indicator_of(cell, definitions.catalogue); indicator >= 0) ++times[indicator];
    }
    const auto ids = std::count_if(times.begin(), times.end(), [](const auto& one) { return one.second == 1; });
    if (ids > most) {
      figures = &sheet;
      most = ids;
    }
    if (sheet.name != kIdentitySheet) continue;
    for (const xlsx::Cell& cell : sheet.cells) {
      const xlsx::Cell* beside = sheet.find({cell.at.row, cell.at.column + 1});
      if (text_of(cell) == "period" && beside != nullptr) round.period = text_of(*beside);
    }
  }
  if (figures == nullptr) throw Error("previous-unknown", Place{.file = file});
  take(*figures, definitions.catalogue, round);
  return round;
}

}  // namespace tonghop
