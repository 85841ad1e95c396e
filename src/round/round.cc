// The round's workbook -> Round.
#include "round/round.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/decimal.h"
#include "base/text.h"
#include "round/date.h"

namespace tonghop {
namespace {

using xlsx::Address;
using xlsx::Cell;
using xlsx::Sheet;

std::string text_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return squeezed(nfc(*text));
  if (const auto* number = std::get_if<double>(&cell.value)) return shortest(*number);
  return "";
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    if (std::string part = squeezed(text.substr(at, end - at)); !part.empty()) parts.push_back(std::move(part));
    at = end + 1;
  }
  return parts;
}

// Cells of one row by column, those that hold something.
using RowCells = std::map<int, const Cell*>;

std::map<int, RowCells> rows_of(const Sheet& sheet) {
  std::map<int, RowCells> rows;
  for (const Cell& cell : sheet.cells) {
    if (!text_of(cell).empty()) rows[cell.at.row][cell.at.column] = &cell;
  }
  return rows;
}

class Reader {
 public:
  Reader(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions, Findings& findings)
      : book_(book), definitions_(definitions), findings_(findings) {
    round_.file = file;
  }

  std::optional<Round> run() {
    const std::size_t before = findings_.size();
    if (const Sheet* sheet = sheet_called("round.sheet")) read_settings(*sheet);
    if (const Sheet* sheet = sheet_called("roster.sheet")) read_roster(*sheet);
    if (findings_.size() > before) return std::nullopt;
    return std::move(round_);
  }

 private:
  const Wording& wording() const { return definitions_.wording; }
  const std::string& lang() const { return definitions_.summary()->form.lang; }
  std::string caption(const char* id) const { return wording().text(id, lang()); }

  Place place(const Sheet& sheet, Address at) const { return {round_.file, sheet.name, to_string(at), 0, 0}; }

  void wrong(const char* code, Place place, Details details, const std::string& raw = "") {
    findings_.push_back({code, std::move(place), std::move(details), "", "", raw, ""});
  }

  const Sheet* sheet_called(const char* id) {
    for (const Sheet& sheet : book_.sheets) {
      if (wording().says(id, sheet.name)) return &sheet;
    }
    wrong("round-missing", {round_.file, "", "", 0, 0}, {{"what", caption(id)}});
    return nullptr;
  }

  // "" where the cell is not there; an error where it holds no date.
  std::string date(const Sheet& sheet, const Cell* cell) {
    if (cell == nullptr) return "";
    const auto read = read_date(cell->value, book_.dates_from_1904);
    if (!read) wrong("round-date", place(sheet, cell->at), {}, text_of(*cell));
    return read.value_or("");
  }

  std::string day(const Sheet& sheet, const Cell* cell) { return date(sheet, cell).substr(0, 10); }

  void read_settings(const Sheet& sheet) {
    std::map<std::string, const Cell*> given;  // text id -> value cell
    Address last;
    for (const auto& [row, cells] : rows_of(sheet)) {
      last = {row, 1};
      for (auto at = cells.begin(); at != cells.end(); ++at) {
        const std::string said = text_of(*at->second);
        for (const char* id : {"round.province", "round.office", "round.contact", "round.period", "round.from",
                               "round.to", "round.deadline", "round.reply", "round.rule", "round.zone"}) {
          if (!wording().says(id, said)) continue;
          const auto value = std::next(at);
          if (value == cells.end()) continue;
          const auto [known, fresh] = given.emplace(id, value->second);
          if (!fresh) {
            wrong("round-twice", place(sheet, value->second->at),
                  {{"what", said}, {"first", to_string(known->second->at)}}, text_of(*value->second));
          }
        }
        break;  // the caption is the first of its row
      }
    }
    const auto cell = [&](const char* id) {
      const auto found = given.find(id);
      return found == given.end() ? nullptr : found->second;
    };
    const auto text = [&](const char* id) { return cell(id) == nullptr ? "" : text_of(*cell(id)); };
    round_.province = text("round.province");
    round_.office = text("round.office");
    round_.contact = text("round.contact");
    round_.period = text("round.period");
    round_.reply = text("round.reply");
    round_.from = day(sheet, cell("round.from"));
    round_.to = day(sheet, cell("round.to"));
    round_.deadline = date(sheet, cell("round.deadline"));
    if (round_.deadline.size() == 10) round_.deadline += "T23:59";
    if (round_.period.empty())
      wrong("round-missing", place(sheet, {last.row + 1, 1}), {{"what", caption("round.period")}});
    if (!round_.from.empty() && !round_.to.empty() && round_.to < round_.from) {
      wrong("round-date", place(sheet, cell("round.to")->at), {}, text("round.to"));
    }
    read_zone(sheet, cell("round.zone"));
    if (const std::string rule = text("round.rule"); !rule.empty()) {
      if (wording().says("round.fullest", rule)) {
        round_.rule = Round::Rule::fullest;
      } else if (!wording().says("round.latest", rule)) {
        unknown(sheet, *cell("round.rule"), "round.rule", {caption("round.latest"), caption("round.fullest")});
      }
    }
  }

  // "+7", "UTC+7" or 7: hours east.
  void read_zone(const Sheet& sheet, const Cell* cell) {
    std::string text = cell == nullptr ? caption("round.zone.usual") : text_of(*cell);
    if (const std::size_t sign = text.find_first_of("+-0123456789"); sign != std::string::npos) text.erase(0, sign);
    const auto hours = Decimal::parse(text.starts_with("+") ? text.substr(1) : text);
    if (!hours || *hours < Decimal(-12) || *hours > Decimal(14)) {
      if (cell != nullptr) unknown(sheet, *cell, "round.zone", {caption("round.zone.usual")});
      return;
    }
    round_.minutes_east = static_cast<int>((*hours * Decimal(60)).rounded(0).to_double());
  }

  void unknown(const Sheet& sheet, const Cell& cell, const char* column, const std::vector<std::string>& known) {
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : "; ") + one;
    wrong("round-unknown", place(sheet, cell.at), {{"what", caption(column)}, {"known", list}}, text_of(cell));
  }

  void read_roster(const Sheet& sheet) {
    std::map<std::string, int> columns;  // text id -> column
    const std::map<int, RowCells> rows = rows_of(sheet);
    auto row = rows.begin();
    for (; row != rows.end() && !(columns.contains("roster.name") && columns.size() > 1); ++row) {
      columns.clear();
      for (const auto& [column, cell] : row->second) {
        for (const char* id : {"roster.code", "roster.name", "roster.others", "roster.level", "roster.parent",
                               "roster.template", "roster.email", "roster.from", "roster.to", "roster.includes"}) {
          if (wording().says(id, text_of(*cell))) columns.emplace(id, column);
        }
      }
    }
    for (const char* needed : {"roster.name", "roster.code"}) {
      if (columns.contains(needed)) continue;
      wrong("round-missing", {round_.file, sheet.name, "", 0, 0}, {{"what", caption(needed)}});
      return;
    }
    std::vector<const Cell*> parents;  // per agency
    for (; row != rows.end(); ++row) {
      const auto cell = [&](const char* id) {
        const auto column = columns.find(id);
        const auto found = column == columns.end() ? row->second.end() : row->second.find(column->second);
        return found == row->second.end() ? nullptr : found->second;
      };
      const bool ours = std::any_of(columns.begin(), columns.end(),
                                    [&](const auto& column) { return row->second.contains(column.second); });
      if (!ours) continue;
      const Cell* name = cell("roster.name");
      if (name == nullptr) {
        wrong("round-missing", place(sheet, {row->first, columns.at("roster.name")}),
              {{"what", caption("roster.name")}});
        continue;
      }
      const auto text = [&](const char* id) { return cell(id) == nullptr ? "" : text_of(*cell(id)); };
      Agency agency;
      agency.name = text_of(*name);
      agency.place = place(sheet, name->at);
      agency.code = text("roster.code");
      agency.others = split(text("roster.others"));
      agency.email = text("roster.email");
      agency.valid_from = day(sheet, cell("roster.from"));
      agency.valid_to = day(sheet, cell("roster.to"));
      read_form(sheet, cell("roster.template"), agency);
      read_level(sheet, cell("roster.level"), agency);
      read_includes(sheet, cell("roster.includes"), agency);
      parents.push_back(cell("roster.parent"));
      const int index = static_cast<int>(round_.agencies.size());
      know(sheet, agency.name, index, "roster.name", name->at);
      for (const std::string& other : agency.others)
        know(sheet, other, index, "roster.others", cell("roster.others")->at);
      if (!agency.code.empty()) know(sheet, agency.code, index, "roster.code", cell("roster.code")->at);
      round_.agencies.push_back(std::move(agency));
    }
    if (round_.agencies.empty()) {
      wrong("round-missing", {round_.file, sheet.name, "", 0, 0}, {{"what", caption("roster.name")}});
    }
    for (std::size_t a = 0; a < parents.size(); ++a) {
      if (parents[a] != nullptr) find_parent(sheet, *parents[a], round_.agencies[a]);
    }
    find_circles();
  }

  // Remembers under what an agency is known; no two may be known under the same.
  void know(const Sheet& sheet, const std::string& name, int agency, const char* column, Address at) {
    const auto [known, fresh] = round_.names.emplace(fold_name(name), agency);
    if (fresh) cells_.emplace(known->first, to_string(at));
    if (fresh || known->second == agency) return;
    wrong("round-twice", place(sheet, at), {{"what", caption(column)}, {"first", cells_.at(known->first)}}, name);
  }

  void read_form(const Sheet& sheet, const Cell* cell, Agency& agency) {
    if (cell == nullptr) return;
    const std::string given = fold(text_of(*cell));
    std::vector<std::string> ids;
    for (const Form& form : definitions_.forms) {
      ids.push_back(form.form.id);
      if (fold(form.form.id) != given && fold(form.form.title) != given) continue;
      agency.form = form.form.id;
      return;
    }
    unknown(sheet, *cell, "roster.template", ids);
  }

  void read_level(const Sheet& sheet, const Cell* cell, Agency& agency) {
    if (cell == nullptr) {
      if (const Form* form = definitions_.find(agency.form)) agency.level = form->form.level;
      return;
    }
    agency.level = wording().level(text_of(*cell));
    for (const Form& form : definitions_.forms) {
      if (agency.level.empty() && fold(form.form.level) == fold(text_of(*cell))) agency.level = form.form.level;
    }
    if (agency.level.empty()) unknown(sheet, *cell, "roster.level", wording().level_names(lang()));
  }

  void read_includes(const Sheet& sheet, const Cell* cell, Agency& agency) {
    if (cell == nullptr) return;
    agency.includes_children = wording().says("roster.yes", text_of(*cell));
    if (!agency.includes_children && !wording().says("roster.no", text_of(*cell))) {
      unknown(sheet, *cell, "roster.includes", {caption("roster.yes"), caption("roster.no")});
    }
  }

  void find_parent(const Sheet& sheet, const Cell& cell, Agency& agency) {
    agency.parent = round_.find(text_of(cell));
    if (agency.parent >= 0) return;
    std::vector<std::string> codes;
    for (const Agency& one : round_.agencies) codes.push_back(one.code);
    wrong("round-unknown", place(sheet, cell.at),
          {{"what", caption("roster.parent")}, {"known", caption("roster.code") + did_you_mean(text_of(cell), codes)}},
          text_of(cell));
  }

  void find_circles() {
    std::set<int> done;
    for (int a = 0; a < static_cast<int>(round_.agencies.size()); ++a) {
      std::vector<int> way;
      int at = a;
      while (at >= 0 && !done.contains(at) && std::find(way.begin(), way.end(), at) == way.end()) {
        way.push_back(at);
        at = round_.agencies[static_cast<std::size_t>(at)].parent;
      }
      if (const auto again = std::find(way.begin(), way.end(), at); again != way.end()) {
        std::string names;
        for (auto one = again; one != way.end(); ++one) {
          names += (names.empty() ? "" : " → ") + round_.agencies[static_cast<std::size_t>(*one)].name;
        }
        wrong("round-circle", round_.agencies[static_cast<std::size_t>(*again)].place, {{"agencies", names}});
      }
      done.insert(way.begin(), way.end());
    }
  }

  const xlsx::Workbook& book_;
  const Definitions& definitions_;
  Findings& findings_;
  Round round_;
  std::map<std::string, std::string> cells_;  // where a name of the roster stands first
};

}  // namespace

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
  return Reader(book, file, definitions, findings).run();
}

}  // namespace tonghop
