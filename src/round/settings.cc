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

// The values by what they are called: a text id, or kForm and a level.
class Settings {
 public:
  Settings(Reading& reading, const Sheet& sheet) : reading_(reading), sheet_(sheet) {
    for (const auto& [row, cells] : rows_of(sheet)) take(row, cells);
  }

  const Cell* cell(const std::string& id) const {
    const auto found = given_.find(id);
    return found == given_.end() ? nullptr : found->second;
  }
  std::string text(const std::string& id) const { return cell(id) == nullptr ? "" : text_of(*cell(id)); }

  // Where the value of this one is looked for: beside its caption or, where that is missing too, below the last row.
  Address place_of(const std::string& id) const {
    const auto found = empty_.find(id);
    return found == empty_.end() ? Address{last_row_ + 1, 1} : found->second;
  }

  std::map<std::string, const Cell*> forms() const { return forms_; }  // by level

 private:
  void take(int row, const RowCells& cells) {
    last_row_ = row;
    const auto caption = cells.begin();
    for (auto header = std::next(caption); header != cells.end(); ++header) {
      if (reading_.wording().says("round.value", text_of(*header->second))) {
        value_column_ = header->first;
        return;
      }
    }
    const std::string said = text_of(*caption->second);
    const auto value = value_column_ > 0 ? cells.find(value_column_) : std::next(caption);
    if (const std::string level = level_in(said); !level.empty()) {
      if (value != cells.end()) keep(forms_, level, said, value->second);
      return;
    }
    for (const char* id : {"round.province", "round.office", "round.contact", "round.period", "round.from", "round.to",
                           "round.deadline", "round.reply", "round.rule", "round.zone"}) {
      if (!reading_.wording().says(id, said)) continue;
      if (value != cells.end()) {
        keep(given_, id, said, value->second);
      } else {
        empty_.emplace(id, Address{row, value_column_ > 0 ? value_column_ : caption->first + 1});
      }
    }
  }

  // The level whose usual form a caption such as "Default template: Departments" introduces; "" for any other caption.
  std::string level_in(const std::string& caption) const {
    const std::size_t colon = caption.find(':');
    if (colon == std::string::npos || !reading_.wording().says("round.form", caption.substr(0, colon))) return "";
    return reading_.wording().level(caption.substr(colon + 1));
  }

  void keep(std::map<std::string, const Cell*>& values, const std::string& id, const std::string& said,
            const Cell* value) {
    const auto [known, fresh] = values.emplace(id, value);
    if (fresh) return;
    reading_.wrong("round-twice", reading_.place(sheet_, value->at),
                   {{"what", said}, {"first", to_string(known->second->at)}}, text_of(*value));
  }

  Reading& reading_;
  const Sheet& sheet_;
  std::map<std::string, const Cell*> given_, forms_;
  std::map<std::string, Address> empty_;  // captions without a value
  int value_column_ = 0;                  // 0 until a header names it
  int last_row_ = 0;
};

}  // namespace

void read_settings(Reading& reading, const Sheet& sheet, Round& round) {
  const Settings settings(reading, sheet);
  const auto name = [&](const char* id) { return reading.name(sheet, settings.cell(id), reading.caption(id)); };
  round.province = name("round.province");
  round.office = settings.text("round.office");
  round.contact = settings.text("round.contact");
  round.period = name("round.period");
  round.reply = reading.addresses(sheet, settings.cell("round.reply"));
  round.from = reading.day(sheet, settings.cell("round.from"));
  round.to = reading.day(sheet, settings.cell("round.to"));
  round.deadline = reading.date(sheet, settings.cell("round.deadline"));
  if (round.deadline.size() == 10) round.deadline += "T23:59";
  if (round.period.empty())
    reading.missing(reading.place(sheet, settings.place_of("round.period")), reading.caption("round.period"));
  if (!round.from.empty() && !round.to.empty() && round.to < round.from) {
    reading.wrong("round-date", reading.place(sheet, settings.cell("round.to")->at), {}, settings.text("round.to"));
  }
  for (const auto& [level, cell] : settings.forms()) round.forms[level] = reading.form(sheet, cell);
  read_zone(reading, sheet, settings.cell("round.zone"), round);
  read_rule(reading, sheet, settings.cell("round.rule"), round);
}

}  // namespace tonghop
