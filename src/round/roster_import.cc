// A list of agencies -> roster: find the header, tell the columns, take the rows, fill in what the list leaves out.
#include "round/roster_import.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "base/finding.h"
#include "base/legacy_text.h"
#include "base/text.h"
#include "mail/address.h"
#include "round/date.h"
#include "round/reading.h"

namespace tonghop {
namespace {

using xlsx::Cell;
using xlsx::Sheet;

// Text ids of what the columns may be called, by RosterColumn.
constexpr std::array<const char*, kRosterColumns> kCalled = {
    "import.code",     "import.name",  "import.others",   "import.level", "import.parent",
    "import.template", "import.email", "import.includes", "import.from",  "import.to"};

using Row = std::map<int, std::string>;  // texts by column

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::isalpha(static_cast<unsigned char>(c)) != 0;
  });
}

bool is_whole_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

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
  Importer(const xlsx::Workbook& book, const Sheet& sheet, const Definitions& definitions, const std::string& lang)
      : book_(book), sheet_(sheet), definitions_(definitions), lang_(lang) {
    import_.sheet = sheet.name;
    for (const auto& [row, cells] : rows_of(sheet)) {
      for (const auto& [column, cell] : cells) rows_[row][column] = shown(*cell);
    }
  }

  // How many columns of a roster the header names; the more, the more this is the list that is wanted.
  int recognise() {
    find_header();
    for (const auto& [column, field] : columns_) known_ += field ? 1 : 0;
    return known_;
  }

  // Nothing when no column has names.
  std::optional<RosterImport> run() {
    tell_by_content();
    if (column_of(RosterColumn::name) == 0) return std::nullopt;
    for (const auto& [row, texts] : rows_) {
      if (row <= last_header_row_) {
        if (row < import_.header_row) skip(row, "import.skipped.title");
        continue;
      }
      take(row, texts);
    }
    describe_columns();
    make_codes();
    find_parents();
    split_names();
    return std::move(import_);
  }

 private:
  const Wording& wording() const { return definitions_.wording; }

  // A number formatted "000" with its zeros, a date as day/month/year, text in Unicode.
  std::string shown(const Cell& cell) const {
    const std::string& format = book_.styles[static_cast<std::size_t>(cell.style)].number_format;
    if (std::holds_alternative<double>(cell.value) && xlsx::is_date_format(format)) {
      if (const auto date = read_date(cell.value, book_.dates_from_1904)) return shown_date(*date);
    }
    std::string text = text_of(cell);
    if (const auto* typed = std::get_if<std::string>(&cell.value)) {
      std::string lines;  // line ends in a cell are separators
      for (const char c : from_legacy_pattern(*typed).value_or(*typed)) lines += c == '\n' ? ';' : c;
      text = squeezed(nfc(lines));
    } else if (format.find_first_not_of('0') == std::string::npos && is_whole_number(text)) {
      text.insert(0, format.size() - std::min(format.size(), text.size()), '0');
    }
    return text;
  }

  std::string said(int row, int column) const {
    const auto found = rows_.find(row);
    if (found == rows_.end()) return "";
    const auto text = found->second.find(column);
    return text == found->second.end() ? "" : text->second;
  }

  std::optional<RosterColumn> called(const std::string& caption) const {
    const std::string head(trimmed(std::string_view(caption).substr(0, caption.find('('))));
    for (const std::string& text : {caption, head}) {
      for (std::size_t f = 0; f < kRosterColumns; ++f) {
        if (wording().says(kRosterCaptions[f], text) || wording().lists(kCalled[f], text))
          return static_cast<RosterColumn>(f);
      }
    }
    return std::nullopt;
  }

  int column_of(RosterColumn field) const {
    for (const auto& [column, as] : columns_) {
      if (as == field) return column;
    }
    return 0;
  }

  // The row that names most columns. One column is enough where it has the names.
  void find_header() {
    constexpr int kLatest = 60;  // rows of titles above a header
    int best = 0;
    int looked = 0;
    for (auto row = rows_.begin(); row != rows_.end() && looked < kLatest; ++row, ++looked) {
      std::map<int, std::optional<RosterColumn>> found;
      std::set<RosterColumn> fields;
      for (const auto& [column, text] : row->second) {
        const auto field = called(text);
        found[column] = field && fields.insert(*field).second ? field : std::nullopt;
      }
      const int count = static_cast<int>(fields.size());
      if (count <= best || (count == 1 && !fields.contains(RosterColumn::name))) continue;
      best = count;
      columns_ = std::move(found);
      import_.header_row = last_header_row_ = row->first;
    }
    if (import_.header_row > 0) take_second_row();
    for (const auto& [row, texts] : rows_) {
      for (const auto& [column, text] : texts) columns_.try_emplace(column, std::nullopt);
    }
    for (const auto& [column, field] : columns_) {
      if (wording().lists("import.number", caption(column))) number_column_ = column;
    }
  }

  // A header of two rows, a caption over several: what the lower one names and the upper one does not.
  void take_second_row() {
    const auto next = rows_.find(import_.header_row + 1);
    if (next == rows_.end()) return;
    bool any = false;
    for (const auto& [column, text] : next->second) {
      const auto field = called(text);
      const auto known = columns_.find(column);
      if (!field || column_of(*field) > 0 || (known != columns_.end() && known->second)) continue;
      columns_[column] = field;
      any = true;
    }
    if (any) ++last_header_row_;
  }

  std::string caption(int column) const {
    if (import_.header_row == 0) return "";
    const std::string lower = last_header_row_ > import_.header_row ? said(last_header_row_, column) : "";
    return lower.empty() ? said(import_.header_row, column) : lower;
  }

  std::vector<std::string> values(int column) const {
    std::vector<std::string> texts;
    for (const auto& [row, cells] : rows_) {
      const auto text = row > last_header_row_ ? cells.find(column) : cells.end();
      if (text != cells.end()) texts.push_back(text->second);
    }
    return texts;
  }

  bool is_form(const std::string& text) const {
    return std::any_of(definitions_.forms.begin(), definitions_.forms.end(), [&](const Form& form) {
      return fold(form.form.id) == fold(text) || fold(form.form.title) == fold(text);
    });
  }

  // Columns that no caption told: most of their cells are of a kind.
  void tell_by_content() {
    const auto tell = [&](RosterColumn field, auto fits) {
      if (column_of(field) > 0) return;
      for (auto& [column, as] : columns_) {
        const std::vector<std::string> texts = values(column);
        const auto fitting = std::count_if(texts.begin(), texts.end(), fits);
        if (as || column == number_column_ || fitting == 0 || 2 * fitting < std::ssize(texts)) continue;
        as = field;
        by_content_.insert(column);
        return;
      }
    };
    tell(RosterColumn::email, [](const std::string& text) {
      const auto addresses = split_addresses(text);
      return !addresses.empty() && std::all_of(addresses.begin(), addresses.end(), is_address);
    });
    tell(RosterColumn::form, [&](const std::string& text) { return is_form(text); });
    tell(RosterColumn::level, [&](const std::string& text) { return !wording().level(text).empty(); });
    if (column_of(RosterColumn::name) == 0) tell_names();
    if (import_.header_row == 0) tell_codes();
  }

  // Names: the column whose cells say most, all different ones counted once.
  void tell_names() {
    std::size_t most = 0;
    int names = 0;
    for (const auto& [column, as] : columns_) {
      if (as || column == number_column_) continue;
      std::size_t length = 0;
      const std::vector<std::string> texts = values(column);
      for (const std::string& text : std::set<std::string>(texts.begin(), texts.end()))
        length += has_letter(text) ? text.size() : 0;
      if (length <= most) continue;
      most = length;
      names = column;
    }
    if (names == 0) return;
    columns_[names] = RosterColumn::name;
    by_content_.insert(names);
  }

  // Without a header, codes are short, all different, left of the names, and no plain 1, 2, 3.
  void tell_codes() {
    constexpr std::size_t kShort = 12;
    for (auto& [column, as] : columns_) {
      if (as || column > column_of(RosterColumn::name)) continue;
      const std::vector<std::string> texts = values(column);
      const bool brief = std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
        return text.size() <= kShort && text.find(' ') == std::string::npos;
      });
      if (!brief || std::set<std::string>(texts.begin(), texts.end()).size() < texts.size()) continue;
      bool counting = true;
      for (std::size_t i = 0; i < texts.size(); ++i) counting = counting && texts[i] == std::to_string(i + 1);
      if (counting) continue;
      as = RosterColumn::code;
      by_content_.insert(column);
      return;
    }
  }

  void skip(int row, const char* reason, const std::string& level = "") {
    std::string text;
    for (const auto& [column, said] : rows_.at(row)) text += (text.empty() ? "" : " | ") + said;
    import_.skipped.push_back({row, reason, level, text});
  }

  // What a cell merged over several rows says stands in the first of them only.
  std::string merged_text(int row, int column) const {
    for (const xlsx::Area& area : sheet_.merges) {
      if (area.first.column <= column && column <= area.last.column && area.first.row <= row && row <= area.last.row)
        return said(area.first.row, area.first.column);
    }
    return said(row, column);
  }

  void take(int row, const Row& texts) {
    RosterLine line;
    for (const auto& [column, as] : columns_) {
      if (!as) continue;
      const bool spreads = as == RosterColumn::level || as == RosterColumn::parent;
      at(line, *as) = spreads ? merged_text(row, column) : said(row, column);
    }
    const std::string& name = at(line, RosterColumn::name);
    const auto own = std::count_if(texts.begin(), texts.end(), [&](const auto& text) {
      return text.first != number_column_ && columns_.at(text.first).has_value();
    });
    const std::string& first = texts.begin()->second;
    const std::string number = number_column_ > 0 ? said(row, number_column_) : "";
    // A heading tells the level of the rows below; it may stand in any column.
    const bool lonely = own <= 1 && texts.size() <= (number.empty() ? 1U : 2U);
    const std::string heading = wording().level(without_number(texts.rbegin()->second));
    if (lonely && !heading.empty()) {
      level_ = heading;
      return skip(row, "import.skipped.heading", wording().level_name(heading, lang_));
    }
    if (wording().lists("import.total", first.substr(0, first.find(':')))) return skip(row, "import.skipped.total");
    if (name.empty()) return skip(row, "import.skipped.nameless");
    if (called(name) == RosterColumn::name && fold(name) == fold(caption(column_of(RosterColumn::name))))
      return skip(row, "import.skipped.header");
    if (fold(name).size() <= 1 || is_whole_number(fold(name))) return skip(row, "import.skipped.numbering");
    if (lonely && number_column_ > 0 && !is_whole_number(number)) {
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
      if (const std::string known = wording().level(level); !known.empty()) level = wording().level_name(known, lang_);
      return;
    }
    const std::string by_name = wording().level_by_name(at(line, RosterColumn::name));
    const std::string& known = level_.empty() ? by_name : level_;
    if (known.empty()) {
      import_.levelless.push_back(at(line, RosterColumn::name));
      return;
    }
    level = wording().level_name(known, lang_);
    ++import_.levels_guessed;
  }

  void describe_columns() {
    for (const auto& [column, as] : columns_) {
      RosterImport::Column described{column, caption(column), as, by_content_.contains(column), 0};
      if (as) {
        described.values =
            static_cast<int>(std::count_if(import_.lines.begin(), import_.lines.end(),
                                           [&](const RosterLine& line) { return !at(line, *as).empty(); }));
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
                                     [&](const std::string& part) { return !wording().level_by_name(part).empty(); });
      if (!names) continue;
      others.clear();
      for (const std::string& part : parts) others += (others.empty() ? "" : "; ") + part;
    }
  }

  const xlsx::Workbook& book_;
  const Sheet& sheet_;
  const Definitions& definitions_;
  const std::string& lang_;
  RosterImport import_;
  std::map<int, Row> rows_;
  std::map<int, std::optional<RosterColumn>> columns_;  // every column of the sheet
  std::set<int> by_content_;
  int known_ = 0;
  int last_header_row_ = 0;
  int number_column_ = 0;  // of running numbers; 0 when there is none
  std::string level_;      // that the last heading named
};

}  // namespace

RosterImport import_roster(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions,
                           const std::string& lang) {
  std::optional<Importer> best;
  int most = -1;
  std::size_t cells = 0;
  for (const Sheet& sheet : book.sheets) {
    if (sheet.hidden || sheet.cells.empty()) continue;
    Importer importer(book, sheet, definitions, lang);
    const int known = importer.recognise();
    if (known < most || (known == most && sheet.cells.size() <= cells)) continue;
    best.emplace(std::move(importer));
    most = known;
    cells = sheet.cells.size();
  }
  std::optional<RosterImport> import = best ? best->run() : std::nullopt;
  if (!import || import->lines.empty()) {
    throw Error("roster-unknown", Place{.file = file},
                {{"what", definitions.wording.text("roster.name", lang)},
                 {"sheet", definitions.wording.text("roster.sheet", lang)}});
  }
  return std::move(*import);
}

}  // namespace tonghop
