// Which form it is: the best alignment of all tables with all forms.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "reconcile/match.h"
#include "reconcile/match_limits.h"
#include "reconcile/submitted.h"

namespace tonghop {

std::vector<SeenRow> Matcher::see(const Submission& submission) {
  std::vector<SeenRow> seen(submission.rows.size());
  for (std::size_t s = 0; s < seen.size(); ++s) {
    seen[s].fold = &captions_.folded(submission.rows[s].caption);
    seen[s].pairs = bigrams(*seen[s].fold);
    seen[s].number = fold(submission.rows[s].number);
  }
  return seen;
}

std::vector<int> Matcher::alignable(const Submission& submission, const Found& keyed, int table) {
  std::vector<int> left;
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    const bool by_key = !keyed.empty() && keyed[s] >= 0;
    if (row.table == table && !by_key && !row.caption.empty()) left.push_back(static_cast<int>(s));
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
  std::vector<std::vector<int>> rows;  // per table; captions tell the form, whatever keys there are
  for (int t = 0; t < tables; ++t) rows.push_back(alignable(submission, {}, t));
  std::set<int> ours;  // tables that fit some form
  const auto fits = [](const Trial& trial, int table) {
    const auto found = static_cast<double>(trial.fits[at(table)].alignment.pairs.size());
    return found > 0 && found >= kOwn * static_cast<double>(trial.rows[at(table)]);
  };
  for (const Form& form : definitions_.forms) {
    Trial trial;
    trial.form = &form;
    for (int t = 0; t < tables; ++t) {
      const std::vector<int>& left = rows[at(t)];
      trial.rows.push_back(left.size());
      trial.fits.push_back(best_fit(known(form), seen, left));
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

bool Matcher::may_be_another(const Form& form, const Submission& submission, const std::vector<Found>& found) {
  std::size_t keyed = 0;
  for (const Found& one : found) {
    keyed += static_cast<std::size_t>(std::count_if(one.begin(), one.end(), [](int s) { return s >= 0; }));
  }
  if (static_cast<double>(keyed) >= kPlain * static_cast<double>(submission.rows.size())) return false;
  const std::unordered_set<std::string_view>& own = known(form).folds;
  std::size_t ours = 0;
  std::size_t all = 0;
  for (const SubmittedRow& row : submission.rows) {
    if (row.caption.empty()) continue;
    ++all;
    if (own.contains(captions_.folded(row.caption))) ++ours;
  }
  return static_cast<double>(ours) < kPlain * static_cast<double>(all);
}

}  // namespace tonghop
