// Keys first, alignment for the rest, then one row of several tables that hold the same.
#include "reconcile/match.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/text.h"
#include "reconcile/value.h"

namespace tonghop {
namespace {

constexpr double kSameCaption = 0.80;   // captions at least so alike are one, worded differently
constexpr double kAlike = 0.90;         // without a key, captions less alike than this are said to be so
constexpr double kEqual = 0.98;         // the caption itself, or an alias
constexpr double kMargin = 0.02;        // by which the best form must lead
constexpr double kForm = 0.60;          // share of a form's rows that must be found to recognise it
constexpr double kOwn = 0.30;           // share of a table's rows that must be the form's, or the table is not
constexpr double kPlain = 0.80;         // share of captions as printed below which the issued form may be another
constexpr double kOther = 0.10;         // by which another form must then fit better
constexpr std::size_t kAligned = 1500;  // rows of one table that alignment can take; no form has nearly as many

std::vector<Template> templates_of(const Definitions& definitions) {
  std::vector<Template> forms;
  for (const Form& form : definitions.forms) forms.push_back(form.form);
  return forms;
}

Place place_of(const Submission& submission, const SubmittedRow& row) {
  Place place;
  place.file = submission.file;
  place.sheet = submission.tables[static_cast<std::size_t>(row.table)].sheet;
  place.cell = to_string(row.value.at);
  return place;
}

Place whole_file(const Submission& submission) {
  Place place;
  place.file = submission.file;
  return place;
}

std::string percent_text(double share) { return std::to_string(std::lround(share * 100)) + "%"; }

// Also a formula that was never calculated.
bool bears_value(const SubmittedRow& row) { return row.value.has_formula || !raw_text(row.value).empty(); }

void append(std::string& text, const std::string& more) {
  if (!more.empty()) text += (text.empty() ? "" : " ") + more;
}

template <typename Index>
std::size_t at(Index index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Matcher::Matcher(const Definitions& definitions)
    : definitions_(definitions), captions_(templates_of(definitions), definitions.vocabulary.headers) {
  for (const Form& form : definitions.forms) {
    for (const KnownRow& row : known(form).rows) folds_.insert(row.folds.begin(), row.folds.end());
  }
}

const Matcher::KnownForm& Matcher::known(const Form& form) {
  const auto there = known_.find(&form);
  if (there != known_.end()) return there->second;
  KnownForm made;
  std::map<std::string, int> counts;
  std::map<std::pair<std::string, std::string>, int> numbered;  // by caption and number
  std::vector<int> all;
  made.parts.resize(form.form.sheets.size());
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    const Row& row = form.form.rows[r];
    KnownRow one;
    one.folds.push_back(fold(row.caption));
    for (const Alias& alias : form.mapping.aliases[r]) one.folds.push_back(fold(alias.text));
    one.number = fold(row.number);
    ++counts[one.folds[0]];
    ++numbered[{one.folds[0], one.number}];
    made.by_key.emplace(row.key, static_cast<int>(r));
    made.parts[at(row.sheet)].push_back(static_cast<int>(r));
    made.rows.push_back(std::move(one));
    all.push_back(static_cast<int>(r));
  }
  if (made.parts.size() > 1) made.parts.push_back(std::move(all));
  for (KnownRow& row : made.rows) {
    row.recurs = counts[row.folds[0]] > 1;
    row.number_recurs = row.number.empty() || numbered[{row.folds[0], row.number}] > 1;
  }
  return known_.emplace(&form, std::move(made)).first->second;
}

bool Matcher::names_another(const KnownForm& form, int row, const SeenRow& seen) const {
  if (seen.fold->empty()) return false;
  const double own = caption_likeness(form.rows[at(row)], seen);
  return std::any_of(form.rows.begin(), form.rows.end(), [&](const KnownRow& candidate) {
    const double other = caption_likeness(candidate, seen);
    return other > own && other >= kSameCaption;
  });
}

void Matcher::mend(Submission& submission) {
  constexpr std::size_t kLines = 4;  // over which one caption may be split
  std::vector<SubmittedRow> rows;
  rows.reserve(submission.rows.size());
  const auto continues = [&](const SubmittedRow& row) {
    return row.key.empty() && row.number.empty() && !row.caption.empty() &&
           !folds_.contains(captions_.folded(row.caption));
  };
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    SubmittedRow& row = submission.rows[s];
    std::string caption = row.caption;
    std::size_t last = s;  // of the rows that make one caption
    for (std::size_t next = s + 1; next < submission.rows.size() && next < s + kLines; ++next) {
      const SubmittedRow& line = submission.rows[next];
      if (row.caption.empty() || line.table != row.table || !continues(line)) break;
      caption += " " + line.caption;
      if (folds_.contains(fold(caption))) last = next;
    }
    const auto filled = std::count_if(submission.rows.begin() + static_cast<std::ptrdiff_t>(s),
                                      submission.rows.begin() + static_cast<std::ptrdiff_t>(last) + 1, bears_value);
    if (last == s || filled > 1) {
      rows.push_back(std::move(row));
      continue;
    }
    for (; s < last; ++s) {
      const SubmittedRow& line = submission.rows[s + 1];
      append(row.caption, line.caption);
      if (bears_value(line)) {
        row.value = line.value;
        row.row = line.row;
      }
      append(row.unit, line.unit);
      append(row.note, line.note);
      append(row.comment, line.comment);
    }
    rows.push_back(std::move(row));
  }
  submission.rows = std::move(rows);
}

std::vector<SeenRow> Matcher::see(const Submission& submission) {
  std::vector<SeenRow> seen(submission.rows.size());
  for (std::size_t s = 0; s < seen.size(); ++s) {
    seen[s].fold = &captions_.folded(submission.rows[s].caption);
    seen[s].pairs = bigrams(*seen[s].fold);
    seen[s].number = fold(submission.rows[s].number);
  }
  return seen;
}

std::vector<int> Matcher::alignable(const Submission& submission, const KnownForm& form, int table) {
  std::vector<int> left;
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    const bool keyed = !row.key.empty() && form.by_key.contains(row.key);
    if (row.table == table && !keyed && !row.caption.empty()) left.push_back(static_cast<int>(s));
  }
  if (left.size() <= kAligned) return left;
  std::erase_if(left, [&](int s) { return !folds_.contains(captions_.folded(submission.rows[at(s)].caption)); });
  if (left.size() > kAligned) left.resize(kAligned);
  return left;
}

Matcher::Fit Matcher::best_fit(const KnownForm& form, const std::vector<SeenRow>& seen,
                               const std::vector<int>& left) const {
  Fit best;
  double best_score = -1;
  for (std::size_t part = 0; part < form.parts.size(); ++part) {
    Alignment alignment = align(form.rows, form.parts[part], seen, left);
    const double score = 2 * alignment.sum / static_cast<double>(form.parts[part].size() + left.size());
    if (score <= best_score) continue;
    best_score = score;
    best = {static_cast<int>(part), std::move(alignment)};
  }
  return best;
}

std::vector<Matcher::Candidate> Matcher::candidates(const Submission& submission, const std::vector<SeenRow>& seen) {
  const int tables = static_cast<int>(submission.tables.size());
  struct Trial {
    const Form* form = nullptr;
    std::vector<std::size_t> rows;  // per table: of it that can be aligned
    std::vector<Fit> fits;          // per table
  };
  std::vector<Trial> trials;
  std::set<int> ours;  // tables that fit some form
  const auto fits = [](const Trial& trial, int table) {
    const auto found = static_cast<double>(trial.fits[at(table)].alignment.pairs.size());
    return found > 0 && found >= kOwn * static_cast<double>(trial.rows[at(table)]);
  };
  for (const Form& form : definitions_.forms) {
    Trial trial;
    trial.form = &form;
    KnownForm keyless = known(form);
    keyless.by_key.clear();  // captions tell the form, whatever keys there are
    for (int t = 0; t < tables; ++t) {
      const std::vector<int> left = alignable(submission, keyless, t);
      trial.rows.push_back(left.size());
      trial.fits.push_back(best_fit(keyless, seen, left));
      if (fits(trial, t)) ours.insert(t);
    }
    trials.push_back(std::move(trial));
  }
  std::vector<Candidate> ranked;
  for (const Trial& trial : trials) {
    std::set<int> found;    // rows of the form
    std::set<int> touched;  // rows of the sheets that came back
    double sum = 0;
    double rows = 0;
    for (const int t : ours) {
      rows += static_cast<double>(trial.rows[at(t)]);
      if (!fits(trial, t)) continue;
      const Fit& fit = trial.fits[at(t)];
      sum += fit.alignment.sum;
      const std::vector<int>& part = known(*trial.form).parts[at(fit.part)];
      rows += static_cast<double>(part.size());
      touched.insert(part.begin(), part.end());
      for (const auto& [row, submitted] : fit.alignment.pairs) found.insert(row);
    }
    Candidate candidate;
    candidate.form = trial.form;
    if (!touched.empty()) candidate.share = static_cast<double>(found.size()) / static_cast<double>(touched.size());
    if (rows > 0) candidate.score = 2 * sum / rows;
    ranked.push_back(candidate);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  return ranked;
}

const Form& Matcher::recognise(const Submission& submission, const std::vector<SeenRow>& seen, Findings& findings) {
  const std::vector<Candidate> ranked = candidates(submission, seen);
  const Place place = whole_file(submission);
  const Candidate& best = ranked.front();
  const auto& id = best.form->form.id;
  if (best.share < kForm) {
    throw Error("template-unknown", place,
                {{"candidate", id}, {"share", percent_text(best.share)}, {"needed", percent_text(kForm)}});
  }
  // Forms that map the same rows to the same indicators may be mistaken for one another without harm; others must lose
  // by a margin.
  const auto rival = std::find_if(ranked.begin(), ranked.end(), [&](const Candidate& other) {
    const bool report = other.form->form.summary && !best.form->form.summary;  // which no agency sends for its own form
    return !report && other.form->mapping.indicators != best.form->mapping.indicators;
  });
  std::string next = "—";
  std::string next_score = percent_text(0);
  if (rival != ranked.end()) {
    const std::string& other = rival->form->form.id;
    if (rival->score + kMargin > best.score) {
      throw Error("template-tie", place,
                  {{"candidate", id},
                   {"other", other},
                   {"score", percent_text(best.score)},
                   {"rival", percent_text(rival->score)}});
    }
    next = other;
    next_score = percent_text(rival->score);
  }
  findings.push_back({"template-recognised",
                      place,
                      {{"template", id},
                       {"share", percent_text(best.share)},
                       {"score", percent_text(best.score)},
                       {"other", next},
                       {"rival", next_score}},
                      "",
                      "",
                      "",
                      ""});
  return *best.form;
}

bool Matcher::may_be_another(const Form& form, const Submission& submission) {
  std::unordered_set<std::string> own;
  for (const KnownRow& row : known(form).rows) own.insert(row.folds.begin(), row.folds.end());
  std::size_t ours = 0;
  std::size_t all = 0;
  for (const SubmittedRow& row : submission.rows) {
    if (row.caption.empty()) continue;
    ++all;
    if (own.contains(captions_.folded(row.caption))) ++ours;
  }
  return static_cast<double>(ours) < kPlain * static_cast<double>(all);
}

void Matcher::match_keys(const Form& form, const Submission& submission, std::vector<Found>& found,
                         Findings& findings) {
  const KnownForm& rows = known(form);
  std::map<int, int> twice;   // per table: rows that are there twice
  std::map<int, Place> more;  // where they are no longer told one by one
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    if (row.key.empty()) continue;
    const auto key = rows.by_key.find(row.key);
    if (key == rows.by_key.end()) continue;
    const auto r = at(key->second);
    const Row& printed = form.form.rows[r];
    int& slot = found[at(row.table)][r];
    if (slot >= 0) {
      // A row copied together with its key. One without a value of its own changes nothing.
      const SubmittedRow& first = submission.rows[at(slot)];
      if (raw_text(row.value) == raw_text(first.value) || !bears_value(row)) continue;
      if (!bears_value(first) && captions_.folded(row.caption) == rows.rows[r].folds[0]) {
        slot = static_cast<int>(s);
        continue;
      }
      constexpr int kTold = 10;
      if (++twice[row.table] > kTold) {
        if (twice[row.table] == kTold + 1) more[row.table] = place_of(submission, row);
        continue;
      }
      findings.push_back(
          {"row-twice",
           place_of(submission, row),
           {{"number", printed.number}, {"caption", printed.caption}, {"first", to_string(first.value.at)}},
           "",
           "",
           raw_text(row.value),
           ""});
      continue;
    }
    if (row.caption != printed.caption) {
      SeenRow seen;
      seen.fold = &captions_.folded(row.caption);
      if (*seen.fold != rows.rows[r].folds[0]) {
        seen.pairs = bigrams(*seen.fold);
        const double caption = caption_likeness(rows.rows[r], seen);
        const bool another = names_another(rows, key->second, seen);
        const bool reworded = caption < kEqual && other_words(row.caption, printed.caption);
        if (caption < kSameCaption || another || reworded) {
          const bool doubtful = another || (caption < 0.5 && !seen.fold->empty());
          findings.push_back(
              {doubtful ? "row-contradicts" : "row-reworded",
               place_of(submission, row),
               {{"key", row.key}, {"number", printed.number}, {"caption", printed.caption}, {"found", row.caption}},
               "",
               "",
               raw_text(row.value),
               ""});
          if (doubtful) continue;  // key and caption name different rows: neither is believed
        }
      }
    }
    slot = static_cast<int>(s);
  }
  for (const auto& [table, place] : more) {
    findings.push_back({"rows-twice", place, {{"count", std::to_string(twice[table] - 10)}}, "", "", "", ""});
  }
}

void Matcher::repair(const Form& form, const Submission& submission, const std::vector<SeenRow>& seen,
                     const std::vector<int>& left, Found& found) {
  const KnownForm& rows = known(form);
  std::set<int> paired;
  for (std::size_t r = 0; r < found.size(); ++r) {
    if (found[r] < 0) continue;
    const SeenRow& row = seen[at(found[r])];
    const bool keyed = submission.rows[at(found[r])].key == form.form.rows[r].key;
    if (!keyed && *row.fold != rows.rows[r].folds[0] && names_another(rows, static_cast<int>(r), row)) found[r] = -1;
    if (found[r] >= 0) paired.insert(found[r]);
  }
  std::map<std::string, std::vector<int>> free;  // folded caption -> submitted rows without partner
  for (const int s : left) {
    if (!paired.contains(s)) free[*seen[at(s)].fold].push_back(s);
  }
  for (std::size_t r = 0; r < found.size(); ++r) {
    const KnownRow& row = rows.rows[r];
    const auto alone = free.find(row.folds[0]);
    if (found[r] < 0 && !row.recurs && alone != free.end() && alone->second.size() == 1) found[r] = alone->second[0];
  }
}

// A row without key whose caption recurs in the form is believed where the heading above it is its own parent. Where
// its parent is gone, its own number must speak for it, or that all rows with that caption are there and nothing has
// changed its order. Never below a heading that comes later in the form: a block deleted or moved must not lend its
// children to another, however they are numbered.
void Matcher::drop_doubtful(const Form& form, const Submission& submission, Found& found) {
  const KnownForm& rows = known(form);
  std::map<int, int> row_at;  // submitted row -> row of the form
  for (std::size_t r = 0; r < found.size(); ++r) {
    if (found[r] >= 0) row_at[found[r]] = static_cast<int>(r);
  }
  bool in_order = true;
  int before = -1;
  for (const auto& [s, r] : row_at) {
    in_order = in_order && before < r;
    before = r;
  }
  const auto depth = [&](int r) {
    int levels = 0;
    for (; r >= 0; r = form.form.rows[at(r)].parent) ++levels;
    return levels;
  };
  std::set<std::string> incomplete;  // captions of which some row was not found
  for (std::size_t r = 0; r < found.size(); ++r) {
    const bool there = found[r] >= 0 && submission.rows[at(found[r])].key.empty();
    if (!there) incomplete.insert(rows.rows[r].folds[0]);
  }
  std::vector<int> dropped;
  for (const auto& [s, r] : row_at) {
    const Row& row = form.form.rows[at(r)];
    const KnownRow& one = rows.rows[at(r)];
    const SubmittedRow& submitted = submission.rows[at(s)];
    if (!one.recurs || row.parent < 0 || !submitted.key.empty()) continue;
    auto above = row_at.find(s);
    while (above != row_at.begin() && depth(std::prev(above)->second) >= depth(r)) --above;
    const int heading = above == row_at.begin() ? -1 : std::prev(above)->second;
    if (heading == row.parent) continue;
    const bool by_number = !one.number_recurs && fold(submitted.number) == one.number;
    const bool by_order = in_order && !incomplete.contains(one.folds[0]);
    if (heading > r || (!by_number && !by_order)) dropped.push_back(r);
  }
  for (const int r : dropped) found[at(r)] = -1;
}

void Matcher::match_children(const Form& form, const std::vector<SeenRow>& seen, const std::vector<int>& left,
                             Found& found) {
  const KnownForm& rows = known(form);
  std::map<int, int> row_at;  // submitted row -> row of the form
  for (std::size_t r = 0; r < found.size(); ++r) {
    if (found[r] >= 0) row_at[found[r]] = static_cast<int>(r);
  }
  for (const auto& [s, heading] : std::map<int, int>(row_at)) {
    std::vector<int> open;
    for (std::size_t r = at(heading) + 1; r < found.size(); ++r) {
      if (form.form.rows[r].parent == heading && found[r] < 0) open.push_back(static_cast<int>(r));
    }
    if (open.empty()) continue;
    // Up to the next row that is none of the heading's.
    std::vector<int> below;
    for (const int candidate : left) {
      if (candidate <= s) continue;
      const auto other = row_at.find(candidate);
      if (other == row_at.end()) {
        below.push_back(candidate);
      } else if (form.form.rows[at(other->second)].parent != heading) {
        break;
      }
    }
    for (const auto& [r, candidate] : align(rows.rows, open, seen, below).pairs) {
      const SeenRow& row = seen[at(candidate)];
      if (*row.fold != rows.rows[at(r)].folds[0]) continue;  // nothing less than its caption
      found[at(r)] = candidate;
      row_at[candidate] = r;
    }
  }
}

void Matcher::tell_guesses(const Form& form, const Submission& submission, const std::vector<SeenRow>& seen,
                           const Found& found, Findings& findings) {
  const KnownForm& rows = known(form);
  for (std::size_t r = 0; r < found.size(); ++r) {
    if (found[r] < 0) continue;
    const SubmittedRow& row = submission.rows[at(found[r])];
    if (!row.key.empty() || !bears_value(row)) continue;
    const double alike = caption_likeness(rows.rows[r], seen[at(found[r])]);
    const bool surely = alike >= kEqual || (alike >= kAlike && !other_words(row.caption, form.form.rows[r].caption));
    if (surely) continue;
    findings.push_back({"row-guessed",
                        place_of(submission, row),
                        {{"number", form.form.rows[r].number},
                         {"caption", squeezed(form.form.rows[r].caption)},
                         {"found", row.caption}},
                        "",
                        "",
                        raw_text(row.value),
                        ""});
  }
}

void Matcher::match_captions(const Form& form, const Submission& submission, const std::vector<SeenRow>& seen,
                             std::vector<Found>& found, Match& match, Findings& findings) {
  const KnownForm& rows = known(form);
  std::set<int> keyed;  // rows of the form that are found by key, in whatever table
  for (const Found& one : found) {
    for (std::size_t r = 0; r < one.size(); ++r) {
      if (one[r] >= 0) keyed.insert(static_cast<int>(r));
    }
  }
  for (std::size_t t = 0; t < found.size(); ++t) {
    const std::vector<int> left = alignable(submission, rows, static_cast<int>(t));
    const bool has_keys = std::any_of(found[t].begin(), found[t].end(), [](int s) { return s >= 0; });
    if (left.empty()) continue;
    Alignment alignment;
    if (has_keys) {
      std::vector<int> open;
      for (std::size_t r = 0; r < rows.rows.size(); ++r) {
        if (!keyed.contains(static_cast<int>(r))) open.push_back(static_cast<int>(r));
      }
      if (open.empty()) continue;
      alignment = align(rows.rows, open, seen, left);
    } else {
      alignment = best_fit(rows, seen, left).alignment;
      if (static_cast<double>(alignment.pairs.size()) < kOwn * static_cast<double>(left.size())) {
        match.foreign.push_back(static_cast<int>(t));
        continue;
      }
    }
    for (const auto& [row, submitted] : alignment.pairs) found[t][at(row)] = submitted;
    repair(form, submission, seen, left, found[t]);
    drop_doubtful(form, submission, found[t]);
    match_children(form, seen, left, found[t]);
    tell_guesses(form, submission, seen, found[t], findings);
  }
}

void Matcher::combine(const Submission& submission, const std::vector<Found>& found, Match& match, Findings& findings) {
  const std::vector<Row>& rows = match.form->form.rows;
  struct Copy {
    std::size_t table = 0;
    int rows = 0;
    int values = 0;
    bool is_copy = false;  // of the first
    std::string differences;
    int more = 0;  // differences that are not listed
    Place first;   // of them
  };
  for (std::size_t sheet = 0; sheet < match.form->form.sheets.size(); ++sheet) {
    std::vector<Copy> copies;
    for (std::size_t t = 0; t < found.size(); ++t) {
      Copy copy;
      copy.table = t;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        if (at(rows[r].sheet) != sheet || found[t][r] < 0) continue;
        ++copy.rows;
        if (bears_value(submission.rows[at(found[t][r])])) ++copy.values;
      }
      if (copy.rows > 0) copies.push_back(copy);
    }
    // The sheet that still has its name, then the first, goes before its copies, unless it is hardly filled in: then it
    // is the blank that was copied.
    int most = 0;
    for (const Copy& copy : copies) most = std::max(most, copy.values);
    const auto rank = [&](const Copy& copy) {
      const bool named = submission.tables[copy.table].sheet == match.form->form.sheets[sheet].name;
      return (2 * copy.values >= most ? 0 : 2) + (named ? 0 : 1);
    };
    std::stable_sort(copies.begin(), copies.end(), [&](const Copy& a, const Copy& b) { return rank(a) < rank(b); });
    // A sheet cut in two lends its rows; a copy does not, because what was deleted from the other may be old in it.
    for (std::size_t i = 1; i < copies.size(); ++i) {
      int common = 0;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const bool here = at(rows[r].sheet) == sheet && found[copies[i].table][r] >= 0;
        if (here && found[copies.front().table][r] >= 0) ++common;
      }
      copies[i].is_copy = 5 * common > copies[i].rows;
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (at(rows[r].sheet) != sheet) continue;
      for (Copy& copy : copies) {
        const int s = found[copy.table][r];
        if (s < 0) continue;
        if (match.submitted[r] < 0 && !copy.is_copy) {
          match.submitted[r] = s;
          continue;
        }
        const SubmittedRow& other = submission.rows[at(s)];
        const bool there = match.submitted[r] >= 0;
        const std::string a = there ? raw_text(submission.rows[at(match.submitted[r])].value) : "";
        const std::string b = raw_text(other.value);
        if (a == b || b.empty()) continue;
        constexpr int kListed = 3;
        if (copy.first.file.empty()) copy.first = place_of(submission, other);
        if (copy.more > 0 || std::count(copy.differences.begin(), copy.differences.end(), ';') == kListed - 1) {
          ++copy.more;
          continue;
        }
        copy.differences += (copy.differences.empty() ? "" : "; ") +
                            (there ? to_string(submission.rows[at(match.submitted[r])].value.at) + " " : "") +
                            (a.empty() ? "—" : a) + " ≠ " + to_string(other.value.at) + " " + b;
      }
    }
    for (const Copy& copy : copies) {
      if (copy.differences.empty()) continue;
      const std::string cells = copy.differences + (copy.more > 0 ? "; … +" + std::to_string(copy.more) : "");
      findings.push_back({"sheet-repeated",
                          copy.first,
                          {{"used", submission.tables[copies.front().table].sheet},
                           {"other", submission.tables[copy.table].sheet},
                           {"cells", cells}},
                          "",
                          "",
                          "",
                          ""});
    }
  }
}

bool Matcher::drop_moved_keys(const Form& form, Submission& submission, const std::vector<Found>& found,
                              Findings& findings) {
  constexpr int kMany = 3;
  const KnownForm& rows = known(form);
  bool any = false;
  for (std::size_t t = 0; t < submission.tables.size(); ++t) {
    int keyed = 0;
    int contradicted = 0;
    Place first;
    for (std::size_t s = 0; s < submission.rows.size(); ++s) {
      const SubmittedRow& row = submission.rows[s];
      const auto key = rows.by_key.find(row.key);
      if (at(row.table) != t || row.key.empty() || key == rows.by_key.end() || row.caption.empty()) continue;
      ++keyed;
      if (found[t][at(key->second)] >= 0) continue;
      if (contradicted++ == 0) first = place_of(submission, row);
    }
    if (contradicted < kMany || 2 * contradicted < keyed) continue;
    for (SubmittedRow& row : submission.rows) {
      if (at(row.table) == t) row.key.clear();
    }
    findings.push_back({"keys-moved", first, {{"count", std::to_string(contradicted)}}, "", "", "", ""});
    any = true;
  }
  return any;
}

Match Matcher::match(Submission& submission, Findings& findings) {
  mend(submission);
  Match match;
  if (submission.issued) {
    match.form = definitions_.find(submission.identity.form);
    if (match.form == nullptr) {
      throw Error("template-not-known", whole_file(submission), {{"template", submission.identity.form}});
    }
  }
  if (submission.tables.empty()) {
    Place place = whole_file(submission);
    if (!submission.headless.empty()) place.sheet = submission.headless.front();
    throw Error(submission.headless.empty() ? "table-missing" : "header-unknown", place);
  }
  if (match.form != nullptr && match.form->form.version != submission.identity.version) {
    findings.push_back({"template-version",
                        whole_file(submission),
                        {{"template", submission.identity.form},
                         {"found", std::to_string(submission.identity.version)},
                         {"known", std::to_string(match.form->form.version)}},
                        "",
                        "",
                        "",
                        ""});
  }
  std::vector<SeenRow> seen;  // folding and pairing every row is only worth it when keys are missing
  if (match.form == nullptr) {
    seen = see(submission);
    match.form = &recognise(submission, seen, findings);
  } else if (may_be_another(*match.form, submission)) {
    seen = see(submission);
    const std::vector<Candidate> ranked = candidates(submission, seen);
    const Candidate& best = ranked.front();
    const auto issued = std::find_if(ranked.begin(), ranked.end(),
                                     [&](const Candidate& candidate) { return candidate.form == match.form; });
    if (best.share >= kForm && best.score > issued->score + kOther) {
      findings.push_back({"template-differs",
                          whole_file(submission),
                          {{"issued", match.form->form.id},
                           {"template", best.form->form.id},
                           {"share", percent_text(best.share)},
                           {"score", percent_text(best.score)}},
                          "",
                          "",
                          "",
                          ""});
      match.form = best.form;
    }
  }
  const Form& form = *match.form;
  std::vector<Found> found(submission.tables.size(), Found(form.form.rows.size(), -1));
  const std::size_t before = findings.size();
  match_keys(form, submission, found, findings);
  Findings moved;
  if (drop_moved_keys(form, submission, found, moved)) {
    findings.resize(before);
    findings.insert(findings.end(), moved.begin(), moved.end());
    found.assign(submission.tables.size(), Found(form.form.rows.size(), -1));
    match_keys(form, submission, found, findings);
  }
  const KnownForm& rows = known(form);
  const bool keyless = std::any_of(submission.rows.begin(), submission.rows.end(), [&](const SubmittedRow& row) {
    return !rows.by_key.contains(row.key) && !row.caption.empty();
  });
  if (keyless) {
    if (seen.empty()) seen = see(submission);
    match_captions(form, submission, seen, found, match, findings);
  }
  match.submitted.assign(form.form.rows.size(), -1);
  combine(submission, found, match, findings);
  std::vector<bool> used(submission.rows.size(), false);
  for (const Found& one : found) {
    for (const int s : one) {
      if (s >= 0) used[at(s)] = true;
    }
  }
  const std::set<int> foreign(match.foreign.begin(), match.foreign.end());
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    const bool keyed = !row.key.empty() && rows.by_key.contains(row.key);
    if (!keyed && !used[s] && !foreign.contains(row.table)) match.left.push_back(static_cast<int>(s));
  }
  return match;
}

}  // namespace tonghop
