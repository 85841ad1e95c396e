// Structural findings.
#include "reconcile/structure.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "reconcile/submitted.h"

namespace tonghop {
namespace {

std::string named(const Row& row) { return (row.number.empty() ? "" : row.number + " ") + squeezed(row.caption); }

class Comparison {
 public:
  Comparison(const Submission& submission, const Match& match, Findings& findings)
      : submission_(submission), match_(match), findings_(findings) {}

  void run() {
    sheets();
    tables();
    unknown_rows();
    shared_cells();
    if (match_.form->form.summary) return;  // laid out anew with every merge
    if (submission_.issued) formulas();
    links();
  }

 private:
  const Row& row(int r) const { return match_.form->form.rows[at(r)]; }
  const SubmittedTable& table(int t) const { return submission_.tables[at(t)]; }

  Place place(const std::string& sheet, const std::string& cell = "") const {
    Place place;
    place.file = submission_.file;
    place.sheet = sheet;
    place.cell = cell;
    return place;
  }
  Place place(const SubmittedRow& typed) const { return place(table(typed.table).sheet, to_string(typed.value.at)); }

  void find(const char* code, const Place& place, Details details, const std::string& raw = "") {
    findings_.push_back({code, place, std::move(details), "", "", raw, ""});
  }

  // How often, and where first.
  struct Tally {
    int count = 0;
    Place first;

    void add(const Place& place) {
      if (count++ == 0) first = place;
    }
  };
  void find(const char* code, const Tally& tally) {
    if (tally.count > 0) find(code, tally.first, {{"count", std::to_string(tally.count)}});
  }

  bool foreign(int t) const {
    return std::find(match_.foreign.begin(), match_.foreign.end(), t) != match_.foreign.end();
  }

  void sheets() {
    for (const std::string& sheet : submission_.headless) find("header-unknown", place(sheet), {});
    if (!submission_.issued || match_.form->form.summary) return;
    std::map<std::string, std::string> renamed;  // what it is called now -> what it was issued as
    Tally unguarded;
    std::set<std::pair<int, int>> compared;  // table, sheet of the form
    std::pair<int, int> last = {-1, -1};
    for (std::size_t r = 0; r < match_.submitted.size(); ++r) {
      if (match_.submitted[r] < 0) continue;
      const int t = submission_.rows[at(match_.submitted[r])].table;
      const int sheet = row(static_cast<int>(r)).sheet;
      if (std::pair(t, sheet) == last || !compared.insert(last = {t, sheet}).second) continue;
      const std::string& issued = match_.form->form.sheets[at(sheet)].name;
      if (table(t).sheet != issued && fold(table(t).sheet) != fold(issued)) renamed.emplace(table(t).sheet, issued);
    }
    for (int t = 0; t < static_cast<int>(submission_.tables.size()); ++t) {
      if (!table(t).guarded && !foreign(t)) unguarded.add(place(table(t).sheet));
    }
    std::string names;
    for (const auto& [now, issued] : renamed) names += (names.empty() ? "“" : "; “") + issued + "” → “" + now + "”";
    if (!names.empty()) find("sheet-renamed", place(renamed.begin()->first), {{"names", names}});
    find("protection-off", unguarded);
  }

  void tables() {
    for (int t = 0; t < static_cast<int>(submission_.tables.size()); ++t) {
      if (foreign(t)) {
        Tally values;
        for (const SubmittedRow& typed : submission_.rows) {
          if (typed.table == t && !raw_text(typed.value).empty()) values.add(place(typed));
        }
        find("table-foreign", values);
        continue;
      }
      for (const auto& [code, outside] :
           {std::pair("numbers-outside", table(t).numbers), std::pair("texts-outside", table(t).texts)}) {
        if (outside.count == 0) continue;
        find(code, place(table(t).sheet, to_string(outside.first)), {{"count", std::to_string(outside.count)}});
      }
    }
  }

  // Rows that are none of the form's. Only what somebody typed as a value matters; signatures and remarks do not.
  void unknown_rows() {
    constexpr int kTold = 20;  // of one workbook, one by one
    Tally inserted;
    Tally more;
    Tally below;
    int told = 0;
    for (const int s : match_.left) {
      const SubmittedRow& typed = submission_.rows[at(s)];
      std::string raw = raw_text(typed.value);
      if (raw.empty() && typed.value.has_formula) raw = "=";  // never calculated
      if (raw.empty()) {
        if (!typed.caption.empty() && between_rows(typed)) inserted.add(place(typed));
        continue;
      }
      if (typed.caption.empty() && raw.find_first_of("=0123456789") == std::string::npos) continue;
      const bool digits = raw.find_first_of("=0123456789") != std::string::npos;
      if (typed.number.empty() && typed.unit.empty() && below_rows(typed) && (typed.caption.empty() || !digits)) {
        // Place and date, who signs, a telephone number.
        if (raw[0] >= '0' && raw[0] <= '9') below.add(place(typed));
        continue;
      }
      if (++told > kTold) {
        more.add(place(typed));
        continue;
      }
      const std::string nearest = nearest_input(typed.caption);
      find("row-unknown", place(typed),
           {{"number", std::string(typed.number)}, {"caption", std::string(typed.caption)}, {"nearest", nearest}}, raw);
    }
    find("rows-unknown", more);
    find("numbers-outside", below);
    find("rows-inserted", inserted);
  }

  // Number and caption of the row of the form that the caption is most like; "?" when it is like none.
  std::string nearest_input(std::string_view caption) {
    if (inputs_.empty()) {
      for (const Row& candidate : match_.form->form.rows) {
        if (candidate.input) inputs_.emplace_back(&candidate, bigrams(fold(candidate.caption)));
      }
    }
    const Bigrams pairs = bigrams(fold(caption));
    double best = 0.4;
    std::string nearest = "?";
    for (const auto& [candidate, own] : inputs_) {
      const double alike = similarity(own, pairs);
      if (alike <= best) continue;
      best = alike;
      nearest = named(*candidate);
    }
    return nearest;
  }

  // Whether rows of the form stand above it, and below it.
  bool between_rows(const SubmittedRow& typed) {
    const auto [first, last] = span(typed);
    return first > 0 && first < typed.row && typed.row < last;
  }
  bool below_rows(const SubmittedRow& typed) { return span(typed).second < typed.row; }

  // First and last sheet row of the form's in the same table; 0 when it has none.
  std::pair<int, int> span(const SubmittedRow& typed) {
    if (spans_.empty()) {
      spans_.resize(submission_.tables.size());
      for (const int s : match_.submitted) {
        if (s < 0) continue;
        const SubmittedRow& found = submission_.rows[at(s)];
        auto& [first, last] = spans_[at(found.table)];
        first = first == 0 ? found.row : std::min(first, found.row);
        last = std::max(last, found.row);
      }
    }
    return spans_[at(typed.table)];
  }

  // The values themselves are read, and checked against their parts.
  void formulas() {
    Tally typed_over;
    for (std::size_t r = 0; r < match_.submitted.size(); ++r) {
      if (match_.submitted[r] < 0 || !match_.form->inputs[r].computed()) continue;
      const SubmittedRow& typed = submission_.rows[at(match_.submitted[r])];
      if (!typed.value.has_formula && !raw_text(typed.value).empty()) typed_over.add(place(typed));
    }
    find("formula-overtyped", typed_over);
  }

  void links() {
    Tally linked;
    for (const int s : match_.submitted) {
      if (s < 0) continue;
      const SubmittedRow& typed = submission_.rows[at(s)];
      if (typed.value.external_formula) linked.add(place(typed));
    }
    if (linked.count > 0) {
      find("external-values", linked);
    } else if (submission_.external_links > 0) {
      find("external-links", place(""), {{"count", std::to_string(submission_.external_links)}});
    }
  }

  void shared_cells() {
    std::map<std::pair<int, int>, std::vector<int>> groups;  // table, first row of the merged cells -> rows of the form
    for (const int r : rows_sharing_a_cell(submission_, match_)) {
      const SubmittedRow& typed = submission_.rows[at(match_.submitted[at(r)])];
      groups[{typed.table, typed.value.merged->first.row}].push_back(r);
    }
    for (const auto& [area, rows] : groups) {
      const SubmittedRow* holder = nullptr;  // of the value; the other cells are covered
      std::string names;
      for (const int r : rows) {
        const SubmittedRow& typed = submission_.rows[at(match_.submitted[at(r)])];
        if (!raw_text(typed.value).empty()) holder = &typed;
        names += (names.empty() ? "“" : "; “") + named(row(r)) + "”";
      }
      if (holder == nullptr) continue;
      find("cells-merged", place(*holder), {{"rows", names}, {"cells", to_string(*holder->value.merged)}},
           raw_text(holder->value));
    }
  }

  const Submission& submission_;
  const Match& match_;
  Findings& findings_;
  std::vector<std::pair<const Row*, Bigrams>> inputs_;  // rows that take a value; made when first needed
  std::vector<std::pair<int, int>> spans_;              // per table: first and last sheet row of the form's
};

}  // namespace

void report_structure(const Submission& submission, const Match& match, Findings& findings) {
  Comparison(submission, match, findings).run();
}

std::vector<int> rows_sharing_a_cell(const Submission& submission, const Match& match) {
  std::map<std::pair<int, int>, std::vector<int>> by_area;  // table, first row of the merged cells -> rows of the form
  for (std::size_t r = 0; r < match.submitted.size(); ++r) {
    if (match.submitted[r] < 0 || !match.form->inputs[r].expected) continue;
    const SubmittedRow& typed = submission.rows[at(match.submitted[r])];
    const auto& merged = typed.value.merged;
    if (!merged || merged->first.row == merged->last.row) continue;
    by_area[{typed.table, merged->first.row}].push_back(static_cast<int>(r));
  }
  std::vector<int> shared;
  for (const auto& [area, rows] : by_area) {
    // Where several have a value of their own, merging has hidden them and nothing else.
    const auto filled = std::count_if(rows.begin(), rows.end(),
                                      [&](int r) { return bears_value(submission.rows[at(match.submitted[at(r)])]); });
    if (rows.size() > 1 && filled <= 1) shared.insert(shared.end(), rows.begin(), rows.end());
  }
  std::sort(shared.begin(), shared.end());
  return shared;
}

void report_missing(const Form& form, const std::vector<int>& absent, const std::string& file, Findings& findings) {
  if (absent.empty()) return;
  std::set<std::string> told;  // keys of rows that are there, but under another row's caption
  for (const Finding& finding : findings) {
    if (finding.code != "row-contradicts" || finding.place.file != file) continue;
    for (const auto& [name, key] : finding.details) {
      if (name == "key") told.insert(key);
    }
  }
  std::vector<int> missing;
  std::copy_if(absent.begin(), absent.end(), std::back_inserter(missing),
               [&](int r) { return !told.contains(form.form.rows[at(r)].key); });
  if (missing.empty()) return;
  constexpr int kNamed = 5;
  std::map<int, int> gone;  // sheet -> rows missing
  std::map<int, int> all;   // sheet -> rows with an indicator
  for (const int r : missing) ++gone[form.form.rows[at(r)].sheet];
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    if (form.mapping.indicators[r] >= 0) ++all[form.form.rows[r].sheet];
  }
  std::string rows;
  const auto add = [&](const std::string& text) { rows += (rows.empty() ? "" : "; ") + text; };
  int listed = 0;
  std::set<int> whole;  // sheets said as a whole
  for (const int r : missing) {
    const Row& row = form.form.rows[at(r)];
    if (all.size() > 1 && gone[row.sheet] == all[row.sheet]) {
      if (whole.insert(row.sheet).second) add("[" + form.form.sheets[at(row.sheet)].name + "]");
    } else if (++listed <= kNamed) {
      add(named(row));
    }
  }
  if (listed > kNamed) rows += "; …";
  Place place;
  place.file = file;
  findings.push_back(
      {"rows-missing", place, {{"count", std::to_string(missing.size())}, {"rows", rows}}, "", "", "", ""});
}

}  // namespace tonghop
