// The sheet of settings -> period, window, deadline, rule, time zone.
#include <map>

#include "base/decimal.h"
#include "base/text.h"
#include "round/sheets.h"

namespace tonghop {
namespace {

using xlsx::Address;
using xlsx::Cell;
using xlsx::Sheet;

// "+7", "UTC+7" or 7: hours east.
void read_zone(Reading& reading, const Sheet& sheet, const Cell* cell, Round& round) {
  std::string text = cell == nullptr ? reading.caption("round.zone.usual") : text_of(*cell);
  if (const std::size_t sign = text.find_first_of("+-0123456789"); sign != std::string::npos) text.erase(0, sign);
  const auto hours = Decimal::parse(text.starts_with("+") ? text.substr(1) : text);
  if (!hours || *hours < Decimal(-12) || *hours > Decimal(14)) {
    if (cell == nullptr) return;
    reading.unknown(reading.place(sheet, cell->at), reading.caption("round.zone"),
                    {reading.caption("round.zone.usual")}, text_of(*cell));
    return;
  }
  round.minutes_east = static_cast<int>((*hours * Decimal(60)).rounded(0).to_double());
}

void read_rule(Reading& reading, const Sheet& sheet, const Cell* cell, Round& round) {
  if (cell == nullptr) return;
  if (reading.wording().says("round.fullest", text_of(*cell))) {
    round.rule = Round::Rule::fullest;
  } else if (!reading.wording().says("round.latest", text_of(*cell))) {
    reading.unknown(reading.place(sheet, cell->at), reading.caption("round.rule"),
                    {reading.caption("round.latest"), reading.caption("round.fullest")}, text_of(*cell));
  }
}

}  // namespace

void read_settings(Reading& reading, const Sheet& sheet, Round& round) {
  std::map<std::string, const Cell*> given;  // text id -> value cell
  Address last;
  for (const auto& [row, cells] : rows_of(sheet)) {
    last = {row, 1};
    const auto first = cells.begin();  // the caption
    const std::string said = text_of(*first->second);
    for (const char* id : {"round.province", "round.office", "round.contact", "round.period", "round.from", "round.to",
                           "round.deadline", "round.reply", "round.rule", "round.zone"}) {
      if (!reading.wording().says(id, said)) continue;
      const auto value = std::next(first);
      if (value == cells.end()) continue;
      const auto [known, fresh] = given.emplace(id, value->second);
      if (!fresh) {
        reading.wrong("round-twice", reading.place(sheet, value->second->at),
                      {{"what", said}, {"first", to_string(known->second->at)}}, text_of(*value->second));
      }
    }
  }
  const auto cell = [&](const char* id) {
    const auto found = given.find(id);
    return found == given.end() ? nullptr : found->second;
  };
  const auto text = [&](const char* id) { return cell(id) == nullptr ? "" : text_of(*cell(id)); };
  round.province = text("round.province");
  round.office = text("round.office");
  round.contact = text("round.contact");
  round.period = text("round.period");
  round.reply = text("round.reply");
  round.from = reading.day(sheet, cell("round.from"));
  round.to = reading.day(sheet, cell("round.to"));
  round.deadline = reading.date(sheet, cell("round.deadline"));
  if (round.deadline.size() == 10) round.deadline += "T23:59";
  if (round.period.empty()) reading.missing(reading.place(sheet, {last.row + 1, 1}), reading.caption("round.period"));
  if (!round.from.empty() && !round.to.empty() && round.to < round.from) {
    reading.wrong("round-date", reading.place(sheet, cell("round.to")->at), {}, text("round.to"));
  }
  read_zone(reading, sheet, cell("round.zone"), round);
  read_rule(reading, sheet, cell("round.rule"), round);
}

}  // namespace tonghop
