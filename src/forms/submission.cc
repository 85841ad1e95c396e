// Workbook -> Submission.
#include "forms/submission.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <span>

#include "base/decimal.h"
#include "base/finding.h"
#include "base/legacy_text.h"
#include "base/text.h"
#include "forms/blank.h"
#include "xlsx/patch_notes.h"

namespace tonghop {
namespace {

using Likeness = CaptionIndex::Likeness;
using xlsx::Cell;
using xlsx::Sheet;
using xlsx::Workbook;

// What a cell shows, as far as captions go; numbers as their shortest text.
std::string_view shown(const Cell* cell, CaptionIndex& captions) {
  if (cell == nullptr) return "";
  if (const auto* text = std::get_if<std::string>(&cell->value)) return captions.shown(*text);
  if (const auto* number = std::get_if<double>(&cell->value)) return captions.kept(shortest(*number));
  if (const auto* truth = std::get_if<bool>(&cell->value)) return *truth ? "TRUE" : "FALSE";
  if (const auto* error = std::get_if<xlsx::ErrorValue>(&cell->value)) return captions.kept(error->code);
  return "";
}

// The cells of one sheet row: a stretch of Sheet::cells.
struct RowCells {
  const Cell* first = nullptr;
  const Cell* last = nullptr;  // behind the last

  int row() const { return first->at.row; }
  const Cell* begin() const { return first; }
  const Cell* end() const { return last; }
  const Cell* at(int column) const {
    for (const Cell* cell = first; cell != last; ++cell) {
      if (cell->at.column == column) return cell;
    }
    return nullptr;
  }
};

std::vector<RowCells> rows_of(const Sheet& sheet) {
  std::vector<RowCells> rows;
  const Cell* const end = sheet.cells.data() + sheet.cells.size();
  for (const Cell* at = sheet.cells.data(); at != end;) {
    const Cell* next = at;
    while (next != end && next->at.row == at->at.row) ++next;
    rows.push_back({at, next});
    at = next;
  }
  return rows;
}

bool begins_with_digit(const Cell& cell) {
  if (std::holds_alternative<double>(cell.value)) return true;
  const auto* text = std::get_if<std::string>(&cell.value);
  return text != nullptr && !text->empty() && text->front() >= '0' && text->front() <= '9';
}

// What the number formats of a workbook say of its values; each is looked into once.
class Formats {
 public:
  struct Format {
    bool known = false;
    bool percent = false;
    bool date = false;
  };

  explicit Formats(const Workbook& book) : book_(book), formats_(book.styles.size()) {}

  const Format& of(int style) {
    Format& format = formats_[static_cast<std::size_t>(style)];
    if (!format.known) {
      const std::string& code = book_.styles[static_cast<std::size_t>(style)].number_format;
      format.known = true;
      format.percent = xlsx::is_percent_format(code);
      format.date = !format.percent && xlsx::is_date_format(code);
    }
    return format;
  }

 private:
  const Workbook& book_;
  std::vector<Format> formats_;
};

int column_of(const SubmittedTable& table, Role role) { return table.columns[static_cast<std::size_t>(role)]; }

// Whether the sheet has the hidden column of row keys.
bool is_keyed(const Sheet& sheet) {
  return std::any_of(sheet.cells.begin(), sheet.cells.end(), [](const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell.value);
    return text != nullptr && *text == kKeyHeader;
  });
}

// Lifts the tables of one sheet.
class SheetLifter {
 public:
  SheetLifter(const Workbook& book, const Sheet& sheet, Formats& formats, CaptionIndex& captions,
              Submission& submission)
      : book_(book),
        sheet_(sheet),
        formats_(formats),
        captions_(captions),
        submission_(submission),
        rows_(rows_of(sheet)) {}

  void lift() {
    const std::size_t before = submission_.tables.size();
    // Captions of columns that differ by a letter count only where no header is there as it should be.
    for (const bool nearly : {false, true}) {
      for (std::size_t r = 0; r < rows_.size();) {
        const auto table = header_at(r, nearly);
        r = table ? read_table(r, *table) : r + 1;
      }
      if (submission_.tables.size() > before) return;
    }
    if (is_keyed(sheet_)) submission_.headless.push_back(sheet_.name);
  }

 private:
  // Notes which columns the captions of these rows name. Captions just as printed go before those that differ, of equal
  // ones the first counts; but two columns that claim the values are too many, because one of them may be another
  // period's: Error (column-twice).
  void take_header(std::span<const RowCells> rows, bool nearly, SubmittedTable& table) {
    for (const Likeness likeness : {Likeness::equal, Likeness::loosely, Likeness::nearly}) {
      if (likeness == Likeness::nearly && !nearly) continue;
      const SubmittedTable before = table;
      for (const RowCells& row : rows) {
        for (const Cell& cell : row) {
          const auto* text = std::get_if<std::string>(&cell.value);
          if (text == nullptr) continue;
          if (*text == kKeyHeader) table.key_column = cell.at.column;
          const int role = captions_.role(*text, likeness);
          if (likeness != Likeness::equal && rows.size() > 1 && &row == rows.data() && is_wide(cell.at)) continue;
          if (role < 0 || before.columns[static_cast<std::size_t>(role)] > 0) continue;
          int& column = table.columns[static_cast<std::size_t>(role)];
          if (column == 0) {
            column = cell.at.column;
            if (role == static_cast<int>(Role::value)) {
              value_caption_ = *text;
              value_surely_ = likeness == Likeness::equal && !is_wide(cell.at);
            }
          } else if (column != cell.at.column && role == static_cast<int>(Role::value)) {
            throw Error("column-twice", place(cell.at), {{"caption", *text}, {"first", xlsx::column_name(column)}});
          }
        }
      }
    }
  }

  // Whether a cell of the row heads a column: nearly every row is asked, and hardly one does.
  bool heads(const RowCells& row, bool nearly) {
    return std::any_of(row.begin(), row.end(), [&](const Cell& cell) {
      const auto* text = std::get_if<std::string>(&cell.value);
      if (text == nullptr) return false;
      const CaptionIndex::Heading heading = captions_.heading(*text);
      return heading.equal >= 0 || heading.loosely >= 0 || (nearly && captions_.role(*text, Likeness::nearly) >= 0);
    });
  }

  // A header needs the caption and the value column, in this row or in this and the next.
  std::optional<SubmittedTable> header_at(std::size_t index, bool nearly) {
    const auto any = [](const SubmittedTable& table) {
      return std::any_of(table.columns.begin(), table.columns.end(), [](int column) { return column > 0; });
    };
    constexpr int kEnough = 3;  // columns that make a header whose captions are only nearly right
    if (nearly && rows_[index].last - rows_[index].first < kEnough) return std::nullopt;
    if (!heads(rows_[index], nearly)) return std::nullopt;
    SubmittedTable table;
    table.sheet = sheet_.name;
    table.guarded = sheet_.protection.has_value();
    SubmittedTable both = table;
    take_header(std::span(&rows_[index], 1), nearly, table);
    table.header_row = rows_[index].row();
    if (!any(table)) return std::nullopt;
    if (index + 1 < rows_.size() && rows_[index + 1].row() <= table.header_row + 2) {
      take_header(std::span(&rows_[index], 2), nearly, both);
      if (both.columns != table.columns || both.key_column != table.key_column) {
        both.header_row = rows_[index + 1].row();
        table = both;
      }
    }
    if (column_of(table, Role::caption) == 0 || column_of(table, Role::value) == 0) return std::nullopt;
    const auto known =
        table.columns.size() - static_cast<std::size_t>(std::count(table.columns.begin(), table.columns.end(), 0));
    if (nearly && static_cast<int>(known) < kEnough) return std::nullopt;
    return table;
  }

  // Reads the table whose header starts at rows_[index]; returns the first row that is not its own.
  std::size_t read_table(std::size_t index, const SubmittedTable& header) {
    read_fields(index);
    const int key_column =
        read_ ? table().key_column : 0;  // the caption of the keys is not always pasted with the rest
    submission_.tables.push_back(header);
    in_column_.clear();
    const bool surely = value_surely_;  // looking for further headers forgets it
    const std::string caption = value_caption_;
    if (table().key_column == 0) table().key_column = key_column;
    read_ = true;
    const auto body = std::find_if(rows_.begin() + static_cast<std::ptrdiff_t>(index), rows_.end(),
                                   [&](const RowCells& row) { return row.row() > header.header_row; });
    index_merges();
    auto r = static_cast<std::size_t>(body - rows_.begin());
    submission_.rows.reserve(submission_.rows.size() + rows_.size() - r);
    for (; r < rows_.size(); ++r) {
      const RowCells& row = rows_[r];
      const std::string_view key = table().key_column > 0 ? shown(row.at(table().key_column), captions_) : "";
      const bool has_key = !key.empty() && key != kKeyHeader;
      if (!has_key) {
        if (starts_another(r)) break;
        if (repeats_header(row) || is_numbering(row)) continue;
      }
      read_row(row, key);
    }
    refuse_rival(caption, surely);
    return r;
  }

  // Whether a header cell is merged with the one right of it.
  bool is_wide(xlsx::Address at) {
    if (!wide_) {
      wide_.emplace();
      for (const xlsx::Area& area : sheet_.merges) {
        if (area.last.column > area.first.column) wide_->insert(area.first);
      }
    }
    return wide_->contains(at);
  }

  // A header that is not just the form's, or stands over several columns, tells the value column only where no other
  // column is filled in with numbers: the other may be this period's, and the one found that of a plan or of last year.
  // And nowhere where the blank's own formulas stand in another one.
  void refuse_rival(const std::string& caption, bool surely) {
    constexpr int kFew = 3;
    const auto own = static_cast<std::size_t>(column_of(table(), Role::value));
    in_column_.resize(std::max(in_column_.size(), own + 1));
    for (std::size_t c = 0; c < in_column_.size(); ++c) {
      if (in_column_[c].digits == 0) continue;
      const int column = static_cast<int>(c);
      const bool inside = is_known(column) || column == table().key_column;
      const bool issued = in_column_[c].ratios && !in_column_[own].ratios;
      const bool few = in_column_[c].digits < std::max(kFew, in_column_[own].digits / 3);
      if (inside || (!issued && (surely || few))) continue;
      throw Error("column-twice", place({table().header_row, column}),
                  {{"caption", caption}, {"first", xlsx::column_name(column_of(table(), Role::value))}});
    }
  }

  SubmittedTable& table() { return submission_.tables.back(); }

  // A header that the form's pages repeat in the middle of the table.
  bool repeats_header(const RowCells& row) {
    int hits = 0;
    for (const Cell& cell : row) {
      const auto* text = std::get_if<std::string>(&cell.value);
      if (text == nullptr) continue;
      const CaptionIndex::Heading heading = captions_.heading(*text);
      const int role = heading.loosely;
      if (role >= 0 && table().columns[static_cast<std::size_t>(role)] == cell.at.column) ++hits;
      if (heading.group) ++hits;
    }
    return hits >= 2;
  }

  // "(1) (2) (3)" or "A B 1 2" below a header: letters and numbers that count the columns.
  bool is_numbering(const RowCells& row) {
    if (row.last - row.first < 3) return false;
    int letters = 0;
    int numbers = 0;
    for (const Cell& cell : row) {
      const std::string& text = captions_.folded(shown(&cell, captions_));
      if (text == std::string(1, static_cast<char>('a' + letters))) {
        ++letters;
      } else if (text == std::to_string(numbers + 1)) {
        ++numbers;
      } else {
        return false;
      }
    }
    return numbers >= 2;
  }

  // The header of a further table, whose captions or values stand in another column. It must look more like one than
  // the first, because a word of it may well stand in a row.
  bool starts_another(std::size_t index) {
    int captions = 0;
    for (const Cell& cell : rows_[index]) {
      const auto* text = std::get_if<std::string>(&cell.value);
      if (text != nullptr && captions_.heading(*text).loosely >= 0) ++captions;
    }
    if (captions < 2) return false;
    const auto other = header_at(index, false);
    return other && (column_of(*other, Role::caption) != column_of(table(), Role::caption) ||
                     column_of(*other, Role::value) != column_of(table(), Role::value));
  }

  void read_fields(std::size_t end) {
    for (std::size_t r = 0; r < end; ++r) {
      for (const Cell* cell = rows_[r].begin(); cell != rows_[r].end(); ++cell) {
        const auto* text = std::get_if<std::string>(&cell->value);
        if (text == nullptr) continue;
        int field = captions_.heading(*text).field;
        std::string answer;
        if (field >= 0) {
          for (const Cell* next = cell + 1; next != rows_[r].end() && answer.empty(); ++next) {
            answer = shown(next, captions_);
          }
        } else if (const std::size_t colon = text->find(':'); colon != std::string::npos) {
          // Caption and answer in one cell.
          field = captions_.heading(std::string_view(*text).substr(0, colon)).field;
          if (field < 0) continue;
          answer = squeezed(nfc(std::string_view(*text).substr(colon + 1)));
        }
        if (field < 0) continue;
        std::string& into = field == 0 ? submission_.agency_shown : submission_.period_shown;
        if (into.empty()) into = answer;
        if (field == 0 && !answer.empty() && fold_name(answer) != fold_name(into)) submission_.other_agency = answer;
      }
    }
  }

  // Merged cells of the value column, by first row.
  void index_merges() {
    merges_.clear();
    const int column = column_of(table(), Role::value);
    for (const xlsx::Area& area : sheet_.merges) {
      if (area.first.column <= column && column <= area.last.column) merges_.emplace(area.first.row, area);
    }
  }

  std::optional<xlsx::Area> merged_at(int row) const {
    const auto after = merges_.upper_bound(row);
    if (after == merges_.begin()) return std::nullopt;
    const xlsx::Area& area = std::prev(after)->second;
    return row <= area.last.row ? std::optional(area) : std::nullopt;
  }

  void read_row(const RowCells& row, std::string_view key) {
    const auto text_at = [&](Role role) {
      const int column = column_of(table(), role);
      return column == 0 ? std::string_view() : shown(row.at(column), captions_);
    };
    SubmittedRow& lifted = submission_.rows.emplace_back();
    lifted.key = key;
    lifted.table = static_cast<int>(submission_.tables.size()) - 1;
    lifted.row = row.row();
    lifted.number = text_at(Role::number);
    lifted.caption = text_at(Role::caption);
    lifted.unit = text_at(Role::unit);
    lifted.note = text_at(Role::note);
    lifted.comment = comments_in(row.row());
    read_value(row, column_of(table(), Role::value), lifted.value);
    count_outside(row, !lifted.key.empty() || !lifted.unit.empty());
  }

  void read_value(const RowCells& row, int column, SubmittedCell& lifted) {
    lifted.at = {row.row(), column};
    if (!merges_.empty()) lifted.merged = merged_at(row.row());
    const Cell* cell = row.at(column);
    if (cell == nullptr) return;
    lifted.value = cell->value;
    if (auto* text = std::get_if<std::string>(&lifted.value))
      *text = from_legacy_pattern(*text).value_or(std::move(*text));
    lifted.has_formula = cell->has_formula;
    lifted.ratio_formula = cell->has_formula && is_ratio_formula(cell->formula);
    lifted.external_formula = cell->has_formula && cell->formula.find('[') != std::string::npos;
    const Formats::Format& format = formats_.of(cell->style);
    lifted.percent_format = format.percent;
    lifted.date_format = format.date;
    if (auto* number = std::get_if<double>(&lifted.value);
        number != nullptr && lifted.date_format && book_.dates_from_1904) {
      *number += 1462;  // days from 1900 to 1904, as Excel counts them
    }
  }

  std::string comments_in(int row) {
    if (sheet_.comments.empty()) return "";
    const auto before = [](const xlsx::Comment& comment, int wanted) { return comment.at.row < wanted; };
    auto comment = std::lower_bound(sheet_.comments.begin(), sheet_.comments.end(), row, before);
    std::string text;
    for (; comment != sheet_.comments.end() && comment->at.row == row; ++comment) {
      const std::string said = squeezed(nfc(xlsx::without_lines(comment->text, kNoteSign)));
      if (!said.empty()) text += (text.empty() ? "" : "; ") + said;
    }
    return text;
  }

  // Numbers anywhere in the row; text only in rows that are the form's, since signatures stand where they like.
  void count_outside(const RowCells& row, bool printed) {
    in_column_.resize(std::max(in_column_.size(), static_cast<std::size_t>(row.last[-1].at.column) + 1));
    for (const Cell& cell : row) {
      InColumn& counted = in_column_[static_cast<std::size_t>(cell.at.column)];
      if (begins_with_digit(cell)) ++counted.digits;
      if (cell.has_formula && is_ratio_formula(cell.formula)) counted.ratios = true;
      if (is_known(cell.at.column)) continue;
      const bool in_keys = cell.at.column == table().key_column && std::holds_alternative<std::string>(cell.value);
      if (in_keys) continue;
      const bool number = begins_with_digit(cell) && (printed || std::holds_alternative<double>(cell.value));
      if (!number && (!printed || shown(&cell, captions_).empty())) continue;
      Outside& outside = number ? table().numbers : table().texts;
      if (outside.count++ == 0) outside.first = cell.at;
    }
  }

  // Whether it is one of the table's columns.
  bool is_known(int column) const {
    const auto& known = submission_.tables.back().columns;
    return std::find(known.begin(), known.end(), column) != known.end();
  }

  Place place(xlsx::Address at) const {
    Place place;
    place.file = submission_.file;
    place.sheet = sheet_.name;
    place.cell = to_string(at);
    return place;
  }

  const Workbook& book_;
  const Sheet& sheet_;
  Formats& formats_;
  CaptionIndex& captions_;
  Submission& submission_;
  std::vector<RowCells> rows_;
  std::map<int, xlsx::Area> merges_;
  std::optional<std::set<xlsx::Address>> wide_;  // first cells of merges over several columns, once asked for
  struct InColumn {
    int digits = 0;       // cells that hold figures
    bool ratios = false;  // there are formulas of the blank
  };
  std::vector<InColumn> in_column_;  // of the table's rows, by column
  bool read_ = false;                // a table of this sheet is read already
  std::string value_caption_;        // header of the value column
  bool value_surely_ = false;        // which is just the form's
};

}  // namespace

std::optional<Identity> identity_of(const Workbook& book) {
  std::optional<Identity> identity;
  const auto text_at = [](const RowCells& row, int column) {
    const Cell* const cell = row.at(column);
    if (cell == nullptr) return std::string();
    if (const auto* text = std::get_if<std::string>(&cell->value)) return squeezed(nfc(*text));
    const auto* number = std::get_if<double>(&cell->value);
    return number != nullptr ? shortest(*number) : std::string();
  };
  for (const Sheet& sheet : book.sheets) {
    if (sheet.name != kIdentitySheet) continue;
    if (!identity) identity.emplace();
    for (const RowCells& row : rows_of(sheet)) {
      const std::string name = text_at(row, 1);
      const std::string text = text_at(row, 2);
      if (name == "template") identity->form = text;
      if (name == "version") std::from_chars(text.data(), text.data() + text.size(), identity->version);
      if (name == "agency") identity->agency = text;
      if (name == "period") identity->period = text;
      if (name == "window") identity->window = text;
      if (name == "code") identity->code = text;
    }
  }
  return identity;
}

Submission lift(const Workbook& book, const std::string& file, CaptionIndex& captions) {
  Submission submission;
  submission.file = file;
  submission.modified = book.modified;
  submission.external_links = book.external_links;
  if (std::optional<Identity> identity = identity_of(book)) {
    submission.issued = true;
    submission.identity = std::move(*identity);
  }
  captions.begin(submission.identity.form);
  Formats formats(book);
  // The other sheets of a merged report are lists, in which any word of an agency's may stand.
  const bool report =
      captions.is_report(submission.identity.form) && std::any_of(book.sheets.begin(), book.sheets.end(), is_keyed);
  // What is seen goes before what is hidden, should both hold the same rows.
  for (const bool hidden : {false, true}) {
    for (const Sheet& sheet : book.sheets) {
      if (sheet.hidden != hidden || sheet.name == kIdentitySheet || (report && !is_keyed(sheet))) continue;
      if (is_corrections_sheet(sheet)) continue;  // ours, in a copy that was sent to be corrected
      SheetLifter(book, sheet, formats, captions, submission).lift();
    }
  }
  return submission;
}

}  // namespace tonghop
