// Sheet -> rows, header, columns.
#include "round/roster_list.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/legacy_text.h"
#include "base/text.h"
#include "mail/address.h"
#include "round/date.h"
#include "round/reading.h"

namespace tonghop {
namespace {

// Text ids of what the columns may be called, by RosterColumn.
constexpr std::array<const char*, kRosterColumns> kCalled = {
    "import.code",     "import.name",  "import.others",   "import.level", "import.parent",
    "import.template", "import.email", "import.includes", "import.from",  "import.to"};

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::isalpha(static_cast<unsigned char>(c)) != 0;
  });
}

}  // namespace

bool is_whole_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

RosterList::RosterList(const xlsx::Workbook& book, const xlsx::Sheet& sheet, const Definitions& definitions)
    : book_(book), sheet_(sheet), definitions_(definitions) {
  for (const auto& [row, cells] : rows_of(sheet)) {
    for (const auto& [column, cell] : cells) rows_[row][column] = shown(*cell);
  }
  find_header();
}

int RosterList::named() const {
  return static_cast<int>(
      std::count_if(columns_.begin(), columns_.end(), [](const auto& column) { return column.second.has_value(); }));
}

// A number formatted "000" with its zeros, a date as day/month/year, text in Unicode.
std::string RosterList::shown(const xlsx::Cell& cell) const {
  const std::string& format = book_.styles[static_cast<std::size_t>(cell.style)].number_format;
  if (std::holds_alternative<double>(cell.value) && xlsx::is_date_format(format)) {
    if (const auto date = read_date(cell.value, book_.dates_from_1904)) return shown_date(*date);
  }
  std::string text = text_of(cell);
  if (const auto* typed = std::get_if<std::string>(&cell.value)) {
    text = trimmed(nfc(from_legacy_pattern(*typed).value_or(*typed)));
  } else if (format.find_first_not_of('0') == std::string::npos && is_whole_number(text)) {
    text.insert(0, format.size() - std::min(format.size(), text.size()), '0');
  }
  return text;
}

std::string RosterList::text(int row, int column) const {
  const auto found = rows_.find(row);
  if (found == rows_.end()) return "";
  const auto cell = found->second.find(column);
  return cell == found->second.end() ? "" : cell->second;
}

// What a cell merged over several rows says stands in the first of them only.
std::string RosterList::merged_text(int row, int column) const {
  for (const xlsx::Area& area : sheet_.merges) {
    if (area.first.column <= column && column <= area.last.column && area.first.row <= row && row <= area.last.row)
      return text(area.first.row, area.first.column);
  }
  return text(row, column);
}

std::optional<RosterColumn> RosterList::called(const std::string& caption) const {
  const std::string head(trimmed(std::string_view(caption).substr(0, caption.find('('))));
  for (const std::string& text : {caption, head}) {
    for (std::size_t f = 0; f < kRosterColumns; ++f) {
      if (definitions_.wording.says(kRosterCaptions[f], text) || definitions_.wording.lists(kCalled[f], text))
        return static_cast<RosterColumn>(f);
    }
  }
  return std::nullopt;
}

int RosterList::column_of(RosterColumn field) const {
  for (const auto& [column, as] : columns_) {
    if (as == field) return column;
  }
  return 0;
}

// The row that names most columns. One column is enough where it has the names.
void RosterList::find_header() {
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
    header_row_ = last_header_row_ = row->first;
  }
  if (header_row_ > 0) take_second_row();
  for (const auto& [row, texts] : rows_) {
    for (const auto& [column, text] : texts) columns_.try_emplace(column, std::nullopt);
  }
  for (const auto& [column, field] : columns_) {
    if (definitions_.wording.lists("import.number", caption(column))) number_column_ = column;
  }
}

// A header of two rows, a caption over several: what the lower one names and the upper one does not.
void RosterList::take_second_row() {
  const auto next = rows_.find(header_row_ + 1);
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

std::string RosterList::caption(int column) const {
  if (header_row_ == 0) return "";
  const std::string lower = last_header_row_ > header_row_ ? text(last_header_row_, column) : "";
  return lower.empty() ? text(header_row_, column) : lower;
}

std::vector<std::string> RosterList::values(int column) const {
  std::vector<std::string> texts;
  for (const auto& [row, cells] : rows_) {
    const auto text = row > last_header_row_ ? cells.find(column) : cells.end();
    if (text != cells.end()) texts.push_back(text->second);
  }
  return texts;
}

bool RosterList::is_form(const std::string& text) const {
  return std::any_of(definitions_.forms.begin(), definitions_.forms.end(), [&](const Form& form) {
    return fold(form.form.id) == fold(text) || fold(form.form.title) == fold(text);
  });
}

// Most cells of a column that no caption told are of a kind.
template <typename Fits>
void RosterList::tell(RosterColumn field, Fits fits) {
  if (column_of(field) > 0) return;
  for (auto& [column, as] : columns_) {
    const std::vector<std::string> texts = values(column);
    const auto fitting = std::count_if(texts.begin(), texts.end(), fits);
    if (as || column == number_column_ || fitting == 0 || 2 * fitting < std::ssize(texts)) continue;
    as = field;
    by_content_.insert(column);
    return;
  }
}

void RosterList::tell_by_content() {
  tell(RosterColumn::email, [](const std::string& text) {
    const auto addresses = split_addresses(text);
    return !addresses.empty() && std::all_of(addresses.begin(), addresses.end(), is_address);
  });
  tell(RosterColumn::form, [&](const std::string& text) { return is_form(text); });
  tell(RosterColumn::level, [&](const std::string& text) { return !definitions_.wording.level(text).empty(); });
  if (column_of(RosterColumn::name) == 0) tell_names();
  if (header_row_ == 0) tell_codes();
}

// Names: the column whose cells say most, all different ones counted once.
void RosterList::tell_names() {
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
void RosterList::tell_codes() {
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

}  // namespace tonghop
