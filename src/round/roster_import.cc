// A list of agencies -> roster: take the rows, fill in what the list leaves out.
#include "round/roster_import.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/finding.h"
#include "base/text.h"
#include "mail/address.h"
#include "round/roster_list.h"

namespace tonghop {
namespace {

// "II. Departments" -> "Departments"; as it is where no number of a heading stands before.
std::string_view without_number(std::string_view text) {
  const std::size_t end = text.find_first_not_of("IVXLC0123456789");
  std::size_t mark = end == 0 && text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' ? 1 : end;
  if (mark == 0 || mark == std::string_view::npos || (text[mark] != '.' && text[mark] != ')')) return text;
  while (mark < text.size() && (text[mark] == '.' || text[mark] == ')')) ++mark;
  return trimmed(text.substr(mark));
}

class Importer {
 public:
  Importer(RosterList list, const std::string& sheet, const Wording& wording, const std::string& lang)
      : list_(std::move(list)), wording_(wording), lang_(lang) {
    import_.sheet = sheet;
  }

  // Nothing when no column has names.
  std::optional<RosterImport> run() {
    list_.tell_by_content();
    if (list_.column_of(RosterColumn::name) == 0) return std::nullopt;
    import_.header_row = list_.header_row();
    for (const auto& [row, texts] : list_.rows()) {
      if (row > list_.last_header_row()) {
        take(row, texts);
      } else if (row < list_.header_row()) {
        skip(row, "import.skipped.title");
      }
    }
    describe_columns();
    make_codes();
    find_parents();
    split_names();
    return std::move(import_);
  }

 private:
  void skip(int row, const char* reason, const std::string& level = "") {
    std::string text;
    for (const auto& [column, said] : list_.rows().at(row)) text += (text.empty() ? "" : " | ") + said;
    import_.skipped.push_back({row, reason, level, squeezed(text)});
  }

  void take(int row, const RosterList::Row& texts) {
    RosterLine line;
    for (const auto& [column, as] : list_.columns()) {
      if (!as) continue;
      const bool spreads = as == RosterColumn::level || as == RosterColumn::parent;
      const bool several = as == RosterColumn::others || as == RosterColumn::email;
      std::string said = spreads ? list_.merged_text(row, column) : list_.text(row, column);
      if (several) std::replace(said.begin(), said.end(), '\n', ';');
      at(line, *as) = squeezed(said);
    }
    const std::string& name = at(line, RosterColumn::name);
    const auto own = std::count_if(texts.begin(), texts.end(), [&](const auto& text) {
      return text.first != list_.number_column() && list_.columns().at(text.first).has_value();
    });
    const std::string& first = texts.begin()->second;
    const std::string number = list_.number_column() > 0 ? list_.text(row, list_.number_column()) : "";
    // A heading tells the level of the rows below; it may stand in any column.
    const bool lonely = own <= 1 && texts.size() <= (number.empty() ? 1U : 2U);
    const std::string heading = wording_.level(without_number(texts.rbegin()->second));
    if (lonely && !heading.empty()) {
      level_ = heading;
      return skip(row, "import.skipped.heading", wording_.level_name(heading, lang_));
    }
    if (wording_.lists("import.total", first.substr(0, first.find(':')))) return skip(row, "import.skipped.total");
    if (name.empty()) return skip(row, "import.skipped.nameless");
    if (list_.called(name) == RosterColumn::name &&
        fold(name) == fold(list_.caption(list_.column_of(RosterColumn::name))))
      return skip(row, "import.skipped.header");
    if (fold(name).size() <= 1 || is_whole_number(fold(name))) return skip(row, "import.skipped.numbering");
    if (lonely && list_.number_column() > 0 && !is_whole_number(number)) {
      if (number.empty()) return skip(row, "import.skipped.unnumbered");
      level_.clear();
      return skip(row, "import.skipped.group");
    }
    tell_level(line);
    import_.lines.push_back(std::move(line));
  }

  void tell_level(RosterLine& line) {
    std::string& level = at(line, RosterColumn::level);
    if (!level.empty()) {
      if (const std::string known = wording_.level(level); !known.empty()) level = wording_.level_name(known, lang_);
      return;
    }
    const std::string by_name = wording_.level_by_name(at(line, RosterColumn::name));
    const std::string& known = level_.empty() ? by_name : level_;
    if (known.empty()) {
      import_.levelless.push_back(at(line, RosterColumn::name));
      return;
    }
    level = wording_.level_name(known, lang_);
    ++import_.levels_guessed;
  }

  void describe_columns() {
    for (const auto& [column, as] : list_.columns()) {
      RosterImport::Column described{column, list_.caption(column), as, list_.by_content(column), 0};
      if (as) {
        described.values =
            static_cast<int>(std::count_if(import_.lines.begin(), import_.lines.end(),
                                           [&, as = as](const RosterLine& line) { return !at(line, *as).empty(); }));
      }
      import_.columns.push_back(std::move(described));
    }
  }

  void make_codes() {
    std::set<std::string> taken;
    for (const RosterLine& line : import_.lines) {
      for (const RosterColumn column : {RosterColumn::code, RosterColumn::name})
        taken.insert(fold_name(at(line, column)));
    }
    const std::size_t digits = std::max<std::size_t>(3, std::to_string(import_.lines.size()).size());
    int next = 0;
    for (RosterLine& line : import_.lines) {
      ++next;
      std::string& code = at(line, RosterColumn::code);
      while (code.empty()) {
        std::string made = std::to_string(next);
        made.insert(0, digits - std::min(digits, made.size()), '0');
        if (taken.insert(fold_name(made)).second) {
          code = made;
          import_.codes.push_back(made);
        } else {
          ++next;
        }
      }
    }
  }

  // Parents given by name become codes: by the whole name, else the only one that is called so.
  void find_parents() {
    std::map<std::string, const std::string*> by_name;  // folded -> code
    for (const RosterLine& line : import_.lines) {
      for (const RosterColumn column : {RosterColumn::code, RosterColumn::name, RosterColumn::others})
        by_name.emplace(fold_name(at(line, column)), &at(line, RosterColumn::code));
    }
    for (RosterLine& line : import_.lines) {
      std::string& parent = at(line, RosterColumn::parent);
      if (parent.empty()) continue;
      if (const auto found = by_name.find(fold_name(parent)); found != by_name.end()) {
        parent = *found->second;
        continue;
      }
      std::vector<const RosterLine*> called;
      for (const RosterLine& one : import_.lines) {
        if (is_called(at(one, RosterColumn::name), parent)) called.push_back(&one);
      }
      if (called.size() == 1) parent = at(*called.front(), RosterColumn::code);
    }
  }

  // "Xã A, xã B" are two names, since both begin as names of agencies do; commas in one name are left alone.
  void split_names() {
    for (RosterLine& line : import_.lines) {
      std::string& others = at(line, RosterColumn::others);
      if (others.find(';') != std::string::npos) continue;
      const std::vector<std::string> parts = split_addresses(others);
      const bool names = std::all_of(parts.begin(), parts.end(),
                                     [&](const std::string& part) { return !wording_.level_by_name(part).empty(); });
      if (!names) continue;
      others.clear();
      for (const std::string& part : parts) others += (others.empty() ? "" : "; ") + part;
    }
  }

  RosterList list_;
  const Wording& wording_;
  const std::string& lang_;
  RosterImport import_;
  std::string level_;  // that the last heading named
};

}  // namespace

RosterImport import_roster(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions,
                           const std::string& lang) {
  std::optional<RosterList> best;
  std::string name;
  int most = -1;
  std::size_t cells = 0;
  for (const xlsx::Sheet& sheet : book.sheets) {
    if (sheet.hidden || sheet.cells.empty()) continue;
    RosterList list(book, sheet, definitions);
    const int known = list.named();
    if (known < most || (known == most && sheet.cells.size() <= cells)) continue;
    best.emplace(std::move(list));
    name = sheet.name;
    most = known;
    cells = sheet.cells.size();
  }
  std::optional<RosterImport> import;
  if (best) import = Importer(std::move(*best), name, definitions.wording, lang).run();
  if (!import || import->lines.empty()) {
    throw Error("roster-unknown", Place{.file = file},
                {{"what", definitions.wording.text("roster.name", lang)},
                 {"sheet", definitions.wording.text("roster.sheet", lang)}});
  }
  return std::move(*import);
}

}  // namespace tonghop
