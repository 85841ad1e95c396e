// Keys first, alignment for the rest.
#include "reconcile/match.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "reconcile/value.h"

namespace tonghop {
namespace {

constexpr double kSameCaption = 0.80;  // captions at least so alike are one, worded differently
constexpr double kAlike = 0.90;        // without a key, captions less alike than this are said to be so
constexpr double kPair = 0.62;         // a pair less alike than this is never made
constexpr double kInSequence = 0.15;   // for following the row before it, in the form and in the submission
constexpr double kAlias = 0.98;        // an alias speaks a little less for a row than its own caption
constexpr double kMargin = 0.02;       // by which the best form must lead
constexpr double kForm = 0.60;         // share of a form's rows that must be found to recognise it

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

std::string percent_text(double share) { return std::to_string(std::lround(share * 100)) + "%"; }

bool bears_value(const SubmittedRow& row) { return !raw_text(row.value).empty(); }

}  // namespace

Matcher::Matcher(const Definitions& definitions) : definitions_(definitions), captions_(templates_of(definitions)) {}

Matcher::FormIdentity& Matcher::identity(const Form& form) {
  const auto known = identities_.find(&form);
  if (known != identities_.end()) return known->second;
  FormIdentity identity;
  std::map<std::string, int> counts;
  std::map<std::pair<std::string, std::string>, int> numbered;  // by caption and number
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    const Row& row = form.form.rows[r];
    RowIdentity one;
    one.folds.push_back(fold(row.caption));
    for (const Alias& alias : form.mapping.aliases[r]) one.folds.push_back(fold(alias.text));
    one.number = fold(row.number);
    ++counts[one.folds[0]];
    ++numbered[{one.folds[0], one.number}];
    identity.by_key.emplace(row.key, static_cast<int>(r));
    identity.rows.push_back(std::move(one));
  }
  for (RowIdentity& row : identity.rows) {
    row.recurs = counts[row.folds[0]] > 1;
    row.number_recurs = row.number.empty() || numbered[{row.folds[0], row.number}] > 1;
  }
  return identities_.emplace(&form, std::move(identity)).first->second;
}

double Matcher::likeness(RowIdentity& row, const Seen& seen, double& caption) const {
  caption = 0;
  for (std::size_t i = 0; i < row.folds.size(); ++i) {
    if (row.folds[i] == *seen.fold) caption = std::max(caption, i == 0 ? 1.0 : kAlias);
  }
  if (caption < kAlias && !seen.fold->empty()) {
    if (row.pairs.empty()) {
      for (const std::string& fold : row.folds) row.pairs.push_back(bigrams(fold));
    }
    for (const Bigrams& pairs : row.pairs) caption = std::max(caption, kAlias * similarity(pairs, seen.pairs));
  }
  const double number = row.number == seen.number ? 1 : 0;
  return 0.8 * caption + 0.2 * number;
}

std::vector<Matcher::Seen> Matcher::see(const Submission& submission) {
  std::vector<Seen> seen(submission.rows.size());
  for (std::size_t s = 0; s < seen.size(); ++s) {
    seen[s].fold = &captions_.folded(submission.rows[s].caption);
    seen[s].pairs = bigrams(*seen[s].fold);
    seen[s].number = fold(submission.rows[s].number);
  }
  return seen;
}

double Matcher::align(const Form& form, const std::vector<Seen>& seen, const std::vector<int>& left, Match& match) {
  FormIdentity& known = identity(form);
  std::vector<int> open;  // rows of the form without partner
  for (std::size_t r = 0; r < match.submitted.size(); ++r) {
    if (match.submitted[r] < 0) open.push_back(static_cast<int>(r));
  }
  const std::size_t rows = open.size();
  const std::size_t columns = left.size();
  if (rows == 0 || columns == 0) return 0;
  const std::size_t width = columns + 1;
  // paired: best sum where open[i-1] and left[j-1] are partners; best: best sum of the first i and j, however they end.
  std::vector<double> paired((rows + 1) * width, -1);
  std::vector<double> best((rows + 1) * width, 0);
  std::vector<double> like((rows + 1) * width, 0);
  for (std::size_t i = 1; i <= rows; ++i) {
    RowIdentity& row = known.rows[static_cast<std::size_t>(open[i - 1])];
    for (std::size_t j = 1; j <= columns; ++j) {
      const std::size_t at = i * width + j;
      const std::size_t before = at - width - 1;
      double caption = 0;
      like[at] = likeness(row, seen[static_cast<std::size_t>(left[j - 1])], caption);
      if (like[at] >= kPair && caption >= 0.5) {
        const double follows = paired[before] < 0 ? -1 : paired[before] + kInSequence;
        paired[at] = like[at] + std::max(best[before], follows);
      }
      best[at] = std::max({paired[at], best[at - 1], best[at - width]});
    }
  }
  double sum = 0;
  std::size_t i = rows;
  std::size_t j = columns;
  bool must_pair = false;  // the pair behind counted on this one
  while (i > 0 && j > 0) {
    const std::size_t at = i * width + j;
    const std::size_t before = at - width - 1;
    if (must_pair || (paired[at] >= 0 && paired[at] >= best[at])) {
      match.submitted[static_cast<std::size_t>(open[i - 1])] = left[j - 1];
      sum += like[at];
      must_pair = paired[before] >= 0 && paired[before] + kInSequence >= best[before];
      --i, --j;
    } else if (best[at - width] >= best[at - 1]) {
      --i;
    } else {
      --j;
    }
  }
  return sum;
}

bool Matcher::names_another(FormIdentity& known, int row, const Seen& seen) const {
  if (seen.fold->empty()) return false;
  double own = 0;
  likeness(known.rows[static_cast<std::size_t>(row)], seen, own);
  return std::any_of(known.rows.begin(), known.rows.end(), [&](RowIdentity& candidate) {
    double other = 0;
    likeness(candidate, seen, other);
    return other > own && other >= kSameCaption;
  });
}

void Matcher::repair(const Form& form, const Submission& submission, const std::vector<Seen>& seen, Match& match,
                     Findings& findings) {
  FormIdentity& known = identity(form);
  std::set<int> paired;
  for (std::size_t r = 0; r < match.submitted.size(); ++r) {
    int& s = match.submitted[r];
    if (s < 0) continue;
    const Seen& row = seen[static_cast<std::size_t>(s)];
    const bool keyed = submission.rows[static_cast<std::size_t>(s)].key == form.form.rows[r].key;
    if (!keyed && *row.fold != known.rows[r].folds[0] && names_another(known, static_cast<int>(r), row)) s = -1;
    if (s >= 0) paired.insert(s);
  }
  std::map<std::string, std::vector<int>> free;  // folded caption -> submitted rows without partner
  for (std::size_t s = 0; s < seen.size(); ++s) {
    const bool taken = paired.contains(static_cast<int>(s)) || known.by_key.contains(submission.rows[s].key);
    if (!taken) free[*seen[s].fold].push_back(static_cast<int>(s));
  }
  for (std::size_t r = 0; r < match.submitted.size(); ++r) {
    const RowIdentity& row = known.rows[r];
    const auto found = free.find(row.folds[0]);
    const bool alone = match.submitted[r] < 0 && !row.recurs && found != free.end() && found->second.size() == 1;
    if (alone) match.submitted[r] = found->second[0];
  }
  for (std::size_t r = 0; r < match.submitted.size(); ++r) {
    if (match.submitted[r] < 0) continue;
    const SubmittedRow& row = submission.rows[static_cast<std::size_t>(match.submitted[r])];
    double caption = 0;
    likeness(known.rows[r], seen[static_cast<std::size_t>(match.submitted[r])], caption);
    if (caption >= kAlike || !row.key.empty() || !bears_value(row)) continue;
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

void Matcher::match_keys(const Form& form, const Submission& submission, Match& match, Findings& findings) {
  FormIdentity& known = identity(form);
  std::set<int> repeated;  // tables that repeat rows of another sheet, told once
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    if (row.key.empty()) continue;
    const auto found = known.by_key.find(row.key);
    if (found == known.by_key.end()) continue;
    const auto r = static_cast<std::size_t>(found->second);
    const Row& printed = form.form.rows[r];
    if (match.submitted[r] >= 0) {
      // A row copied together with its key. One without a value of its own changes nothing.
      const SubmittedRow& first = submission.rows[static_cast<std::size_t>(match.submitted[r])];
      if (raw_text(row.value) == raw_text(first.value) || !bears_value(row)) continue;
      if (row.table != first.table) {
        if (!repeated.insert(row.table).second) continue;
        Place place = place_of(submission, row);
        const std::string& sheet = submission.tables[static_cast<std::size_t>(first.table)].sheet;
        findings.push_back({"sheet-repeated", place, {{"used", sheet}, {"other", place.sheet}}, "", "", "", ""});
        continue;
      }
      if (!bears_value(first) && captions_.folded(row.caption) == known.rows[r].folds[0]) {
        match.submitted[r] = static_cast<int>(s);
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
      Seen seen;
      seen.fold = &captions_.folded(row.caption);
      if (*seen.fold != known.rows[r].folds[0]) {
        seen.pairs = bigrams(*seen.fold);
        seen.number = fold(row.number);
        double caption = 0;
        likeness(known.rows[r], seen, caption);
        const bool another = names_another(known, found->second, seen);
        if (caption < kSameCaption || another) {
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
    match.submitted[r] = static_cast<int>(s);
  }
}

const Form& Matcher::recognise(const Submission& submission, const std::vector<Seen>& seen, Findings& findings) {
  std::vector<int> all(submission.rows.size());
  std::iota(all.begin(), all.end(), 0);
  struct Candidate {
    const Form* form = nullptr;
    double found = 0;  // share of the form's rows
    double sum = 0;    // of likenesses
  };
  std::vector<Candidate> candidates;
  for (const Form& form : definitions_.forms) {
    Match trial{&form, std::vector<int>(form.form.rows.size(), -1), {}};
    const double sum = align(form, seen, all, trial);
    const auto found = std::count_if(trial.submitted.begin(), trial.submitted.end(), [](int s) { return s >= 0; });
    candidates.push_back({&form, static_cast<double>(found) / static_cast<double>(form.form.rows.size()), sum});
  }
  // The likeness of a pair is at most 1, so the sum per row of form and submission together tells the better of two.
  const auto score = [&](const Candidate& c) {
    return 2 * c.sum / static_cast<double>(c.form->form.rows.size() + submission.rows.size());
  };
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const Candidate& a, const Candidate& b) { return score(a) > score(b); });
  Place place;
  place.file = submission.file;
  const Candidate& best = candidates.front();
  if (best.found < kForm) {
    throw Error(
        "template-unknown", place,
        {{"candidate", best.form->form.id}, {"share", percent_text(best.found)}, {"needed", percent_text(kForm)}});
  }
  // Forms that map the same rows to the same indicators may be mistaken for one another without harm; others must lose
  // by a margin.
  for (const Candidate& other : candidates) {
    if (other.form->mapping.indicators == best.form->mapping.indicators) continue;
    if (score(other) + kMargin <= score(best)) break;
    throw Error(
        "template-tie", place,
        {{"candidate", best.form->form.id}, {"other", other.form->form.id}, {"share", percent_text(best.found)}});
  }
  findings.push_back({"template-recognised",
                      place,
                      {{"template", best.form->form.id}, {"share", percent_text(best.found)}},
                      "",
                      "",
                      "",
                      ""});
  return *best.form;
}

// A row found without key or a number of its own, whose caption recurs in the form, is believed only where the row
// above it in the hierarchy is its own parent: a block deleted or moved must not lend its children to another.
void Matcher::drop_doubtful(const Form& form, const Submission& submission, Match& match) {
  const FormIdentity& known = identity(form);
  std::map<int, int> row_at;  // submitted row -> row of the form
  for (std::size_t r = 0; r < match.submitted.size(); ++r) {
    if (match.submitted[r] >= 0) row_at[match.submitted[r]] = static_cast<int>(r);
  }
  const auto depth = [&](int r) {
    int levels = 0;
    for (; r >= 0; r = form.form.rows[static_cast<std::size_t>(r)].parent) ++levels;
    return levels;
  };
  std::vector<int> dropped;
  for (const auto& [s, r] : row_at) {
    const Row& row = form.form.rows[static_cast<std::size_t>(r)];
    const RowIdentity& one = known.rows[static_cast<std::size_t>(r)];
    const SubmittedRow& found = submission.rows[static_cast<std::size_t>(s)];
    const bool by_number = !one.number_recurs && fold(found.number) == one.number;
    if (!one.recurs || row.parent < 0 || by_number || !found.key.empty()) continue;
    auto above = row_at.find(s);
    while (above != row_at.begin() && depth(std::prev(above)->second) >= depth(r)) --above;
    if (above != row_at.begin() && std::prev(above)->second == row.parent) continue;
    dropped.push_back(r);
  }
  for (const int r : dropped) match.submitted[static_cast<std::size_t>(r)] = -1;
}

Match Matcher::match(const Submission& submission, Findings& findings) {
  Place place;
  place.file = submission.file;
  Match match;
  if (submission.issued) {
    match.form = definitions_.find(submission.identity.form);
    if (match.form == nullptr) throw Error("template-not-known", place, {{"template", submission.identity.form}});
  }
  if (submission.tables.empty()) throw Error("table-missing", place);
  if (match.form != nullptr) {
    if (match.form->form.version != submission.identity.version) {
      findings.push_back({"template-version",
                          place,
                          {{"template", submission.identity.form},
                           {"found", std::to_string(submission.identity.version)},
                           {"known", std::to_string(match.form->form.version)}},
                          "",
                          "",
                          "",
                          ""});
    }
  }
  std::vector<Seen> seen;  // folding and pairing every row is only worth it when keys are missing
  if (match.form == nullptr) {
    seen = see(submission);
    match.form = &recognise(submission, seen, findings);
  }
  const Form& form = *match.form;
  match.submitted.assign(form.form.rows.size(), -1);
  match_keys(form, submission, match, findings);
  std::set<int> used(match.submitted.begin(), match.submitted.end());
  const auto collect = [&] {
    match.left.clear();
    for (std::size_t s = 0; s < submission.rows.size(); ++s) {
      const SubmittedRow& row = submission.rows[s];
      const bool keyed = !row.key.empty() && identity(form).by_key.contains(row.key);
      if (!keyed && !used.contains(static_cast<int>(s))) match.left.push_back(static_cast<int>(s));
    }
  };
  collect();
  const bool open = std::find(match.submitted.begin(), match.submitted.end(), -1) != match.submitted.end();
  if (open && !match.left.empty()) {
    if (seen.empty()) seen = see(submission);
    align(form, seen, match.left, match);
    drop_doubtful(form, submission, match);
    repair(form, submission, seen, match, findings);
    used = {match.submitted.begin(), match.submitted.end()};
    collect();
  }
  return match;
}

}  // namespace tonghop
