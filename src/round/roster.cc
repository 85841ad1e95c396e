// The sheet of agencies -> roster: a table whose columns are known by their captions.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "round/sheets.h"

namespace tonghop {
namespace {

using xlsx::Address;
using xlsx::Cell;
using xlsx::Sheet;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    if (std::string part = squeezed(text.substr(at, end - at)); !part.empty()) parts.push_back(std::move(part));
    at = end + 1;
  }
  return parts;
}

class RosterReader {
 public:
  RosterReader(Reading& reading, const Sheet& sheet, Round& round) : reading_(reading), sheet_(sheet), round_(round) {}

  void run() {
    const std::map<int, RowCells> rows = rows_of(sheet_);
    auto row = rows.begin();
    for (; row != rows.end() && !(columns_.contains("roster.name") && columns_.size() > 1); ++row) {
      columns_.clear();
      for (const auto& [column, cell] : row->second) {
        for (const char* id : {"roster.code", "roster.name", "roster.others", "roster.level", "roster.parent",
                               "roster.template", "roster.email", "roster.from", "roster.to", "roster.includes"}) {
          if (reading_.wording().says(id, text_of(*cell))) columns_.emplace(id, column);
        }
      }
    }
    for (const char* needed : {"roster.name", "roster.code"}) {
      if (columns_.contains(needed)) continue;
      reading_.missing(reading_.place(sheet_), reading_.caption(needed));
      return;
    }
    for (; row != rows.end(); ++row) read_agency(row->first, row->second);
    if (round_.agencies.empty()) reading_.missing(reading_.place(sheet_), reading_.caption("roster.name"));
    for (std::size_t a = 0; a < parents_.size(); ++a) {
      if (parents_[a] != nullptr) find_parent(*parents_[a], round_.agencies[a]);
    }
    find_circles();
  }

 private:
  void read_agency(int row, const RowCells& cells) {
    const auto cell = [&](const char* id) {
      const auto column = columns_.find(id);
      const auto found = column == columns_.end() ? cells.end() : cells.find(column->second);
      return found == cells.end() ? nullptr : found->second;
    };
    const bool ours = std::any_of(columns_.begin(), columns_.end(),
                                  [&](const auto& column) { return cells.contains(column.second); });
    if (!ours) return;
    const Cell* name = cell("roster.name");
    if (name == nullptr) {
      reading_.missing(reading_.place(sheet_, {row, columns_.at("roster.name")}), reading_.caption("roster.name"));
      return;
    }
    const auto text = [&](const char* id) { return cell(id) == nullptr ? "" : text_of(*cell(id)); };
    Agency agency;
    agency.name = reading_.name(sheet_, name, reading_.caption("roster.name"));
    agency.place = reading_.place(sheet_, name->at);
    agency.code = reading_.name(sheet_, cell("roster.code"), reading_.caption("roster.code"));
    agency.others = split(text("roster.others"));
    agency.email = reading_.addresses(sheet_, cell("roster.email"));
    agency.valid_from = reading_.day(sheet_, cell("roster.from"));
    agency.valid_to = reading_.day(sheet_, cell("roster.to"));
    agency.form = reading_.form(sheet_, cell("roster.template"));
    read_level(cell("roster.level"), agency);
    if (const auto usual = round_.forms.find(agency.level); agency.form.empty() && usual != round_.forms.end())
      agency.form = usual->second;
    read_includes(cell("roster.includes"), agency);
    parents_.push_back(cell("roster.parent"));
    const int index = static_cast<int>(round_.agencies.size());
    round_.agencies.push_back(agency);
    know(agency.name, index, "roster.name", name->at);
    for (const std::string& other : agency.others) know(other, index, "roster.others", cell("roster.others")->at);
    if (!agency.code.empty()) know(agency.code, index, "roster.code", cell("roster.code")->at);
  }

  // Remembers under what an agency is known; no two may be known under the same, but for one that this round no longer
  // expects: its name is that of the agency that took its place and lists it.
  void know(const std::string& name, int agency, const char* column, Address at) {
    const std::string key = fold_name(name);
    const auto [known, fresh] = round_.names.emplace(key, agency);
    const bool bearer_expected = round_.expects(round_.agencies[static_cast<std::size_t>(known->second)]);
    const bool expected = round_.expects(round_.agencies[static_cast<std::size_t>(agency)]);
    const bool code = std::string_view(column) == "roster.code";
    if (!fresh && known->second != agency && (code || bearer_expected == expected)) {
      reading_.wrong("round-twice", reading_.place(sheet_, at),
                     {{"what", reading_.caption(column)}, {"first", cells_.at(key)}}, name);
      return;
    }
    if (!fresh && (bearer_expected || !expected)) return;
    known->second = agency;
    cells_.insert_or_assign(key, to_string(at));
  }

  void unknown(const Cell& cell, const char* column, const std::vector<std::string>& known) {
    reading_.unknown(reading_.place(sheet_, cell.at), reading_.caption(column), known, text_of(cell));
  }

  void read_level(const Cell* cell, Agency& agency) {
    if (cell == nullptr) {
      if (const Form* form = reading_.definitions.find(agency.form)) agency.level = form->form.level;
      return;
    }
    const auto [known, fresh] = levels_.emplace(text_of(*cell), "");
    const auto& [written, level] = *known;
    if (fresh) {
      known->second = reading_.wording().level(written);
      for (const Form& form : reading_.definitions.forms) {
        if (level.empty() && fold(form.form.level) == fold(written)) known->second = form.form.level;
      }
    }
    agency.level = level;
    if (agency.level.empty()) unknown(*cell, "roster.level", reading_.wording().level_names(reading_.lang()));
  }

  void read_includes(const Cell* cell, Agency& agency) {
    if (cell == nullptr) return;
    agency.includes_children = reading_.wording().says("roster.yes", text_of(*cell));
    if (!agency.includes_children && !reading_.wording().says("roster.no", text_of(*cell))) {
      unknown(*cell, "roster.includes", {reading_.caption("roster.yes"), reading_.caption("roster.no")});
    }
  }

  void find_parent(const Cell& cell, Agency& agency) {
    agency.parent = round_.find(text_of(cell));
    if (agency.parent >= 0) return;
    std::vector<std::string> codes;
    for (const Agency& one : round_.agencies) codes.push_back(one.code);
    unknown(cell, "roster.parent", {reading_.caption("roster.code") + did_you_mean(text_of(cell), codes)});
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
        reading_.wrong("round-circle", round_.agencies[static_cast<std::size_t>(*again)].place, {{"agencies", names}});
      }
      done.insert(way.begin(), way.end());
    }
  }

  Reading& reading_;
  const Sheet& sheet_;
  Round& round_;
  std::map<std::string, int> columns_;         // text id -> column
  std::map<std::string, std::string> levels_;  // as written -> id; of thousands of agencies there are few
  std::vector<const Cell*> parents_;           // per agency
  std::map<std::string, std::string> cells_;   // where a name of the roster stands first
};

}  // namespace

void read_roster(Reading& reading, const Sheet& sheet, Round& round) { RosterReader(reading, sheet, round).run(); }

}  // namespace tonghop
