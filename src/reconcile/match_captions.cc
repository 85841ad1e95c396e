// Rows by their captions and printed numbers, where there are no keys.
#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "base/text.h"
#include "reconcile/match.h"
#include "reconcile/match_limits.h"
#include "reconcile/submitted.h"

namespace tonghop {
namespace {

// The text with one more line.
void append(std::string_view& text, std::string_view more, CaptionIndex& captions) {
  if (more.empty()) return;
  text = text.empty() ? more : captions.kept(std::string(text) + " " + std::string(more));
}

}  // namespace

void Matcher::mend(Submission& submission) {
  constexpr std::size_t kLines = 4;  // over which one caption may be split
  std::vector<SubmittedRow>& rows = submission.rows;
  const auto continues = [&](std::size_t s, std::size_t next) {
    const SubmittedRow& row = rows[next];
    return row.key.empty() && row.number.empty() && !row.caption.empty() && row.table == rows[s].table &&
           !rows[s].caption.empty() && !folds_.contains(captions_.folded(row.caption));
  };
  std::size_t kept = 0;  // rows that are dealt with
  for (std::size_t s = 0; s < rows.size(); ++s) {
    std::size_t last = s;  // of the rows that make one caption
    if (s + 1 < rows.size() && continues(s, s + 1)) {
      std::string caption(rows[s].caption);
      for (std::size_t next = s + 1; next < rows.size() && next < s + kLines && continues(s, next); ++next) {
        caption.append(" ").append(rows[next].caption);
        if (folds_.contains(fold(caption))) last = next;
      }
      const auto lines = std::span(rows).subspan(s, last + 1 - s);
      if (std::count_if(lines.begin(), lines.end(), bears_value) > 1) last = s;
    }
    SubmittedRow& row = rows[s];
    for (; s < last; ++s) {
      const SubmittedRow& line = rows[s + 1];
      append(row.caption, line.caption, captions_);
      if (bears_value(line)) {
        row.value = line.value;
        row.row = line.row;
      }
      append(row.unit, line.unit, captions_);
      append(row.note, line.note, captions_);
      if (!line.comment.empty()) row.comment += (row.comment.empty() ? "" : " ") + line.comment;
    }
    if (&rows[kept] != &row) rows[kept] = std::move(row);
    ++kept;
  }
  rows.resize(kept);
}

bool Matcher::names_another(const KnownForm& form, int row, const SeenRow& seen) const {
  if (seen.fold->empty()) return false;
  const double own = caption_likeness(form.rows[at(row)], seen);
  return std::any_of(form.rows.begin(), form.rows.end(), [&](const KnownRow& candidate) {
    const double other = caption_likeness(candidate, seen);
    return other > own && other >= kSameCaption;
  });
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
      const auto same = [&](int other) { return *seen[at(other)].fold == *row.fold; };
      // Nothing less than its caption, and nothing where it stands there twice.
      if (*row.fold != rows.rows[at(r)].folds[0] || std::count_if(below.begin(), below.end(), same) > 1) continue;
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
                         {"found", std::string(row.caption)}},
                        "",
                        "",
                        raw_text(row.value),
                        ""});
  }
}

void Matcher::match_captions(const Form& form, const Submission& submission, const Found& keyed,
                             const std::vector<SeenRow>& seen, std::vector<Found>& found, Match& match) {
  const KnownForm& rows = known(form);
  std::vector<bool> by_key(rows.rows.size(), false);  // rows of the form that are found so, in whatever table
  for (const Found& one : found) {
    for (std::size_t r = 0; r < one.size(); ++r) {
      if (one[r] >= 0) by_key[r] = true;
    }
  }
  for (std::size_t t = 0; t < found.size(); ++t) {
    const std::vector<int> left = alignable(submission, keyed, static_cast<int>(t));
    const bool has_keys = std::any_of(found[t].begin(), found[t].end(), [](int s) { return s >= 0; });
    if (left.empty()) continue;
    Alignment alignment;
    if (has_keys) {
      std::vector<int> open;
      for (std::size_t r = 0; r < rows.rows.size(); ++r) {
        if (!by_key[r]) open.push_back(static_cast<int>(r));
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
  }
}

}  // namespace tonghop
