// Rows by their hidden keys.
#include <algorithm>

#include "base/text.h"
#include "reconcile/match.h"
#include "reconcile/match_limits.h"
#include "reconcile/submitted.h"

namespace tonghop {

Matcher::Found Matcher::by_keys(const KnownForm& form, const Submission& submission) {
  Found keyed;
  keyed.reserve(submission.rows.size());
  std::size_t next = 0;  // in the form; mostly the row asked for, because rows come back as they were printed
  for (const SubmittedRow& row : submission.rows) {
    if (row.key.empty()) {
      keyed.push_back(-1);
    } else if (next < form.rows.size() && row.key == *form.rows[next].key) {
      keyed.push_back(static_cast<int>(next++));
    } else {
      const auto there = form.by_key.find(row.key);
      keyed.push_back(there == form.by_key.end() ? -1 : there->second);
      if (keyed.back() >= 0) next = at(keyed.back()) + 1;
    }
  }
  return keyed;
}

void Matcher::match_keys(const Form& form, const Submission& submission, const Found& keyed, std::vector<Found>& found,
                         Findings& findings) {
  const KnownForm& rows = known(form);
  std::map<int, int> twice;   // per table: rows that are there twice
  std::map<int, Place> more;  // where they are no longer told one by one
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    if (keyed[s] < 0) continue;
    const auto r = at(keyed[s]);
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
        const bool another = names_another(rows, keyed[s], seen);
        const bool reworded = caption < kEqual && other_words(row.caption, printed.caption);
        if (caption < kSameCaption || another || reworded) {
          const bool doubtful = another || (caption < 0.5 && !seen.fold->empty());
          findings.push_back({doubtful ? "row-contradicts" : "row-reworded",
                              place_of(submission, row),
                              {{"key", std::string(row.key)},
                               {"number", printed.number},
                               {"caption", printed.caption},
                               {"found", std::string(row.caption)}},
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

bool Matcher::drop_moved_keys(Submission& submission, const Found& keyed, const std::vector<Found>& found,
                              Findings& findings) {
  constexpr int kMany = 3;
  struct Count {
    int keyed = 0;
    int contradicted = 0;
    const SubmittedRow* first = nullptr;
  };
  std::vector<Count> counts(submission.tables.size());
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    if (keyed[s] < 0 || row.caption.empty()) continue;
    Count& count = counts[at(row.table)];
    ++count.keyed;
    if (found[at(row.table)][at(keyed[s])] < 0 && count.contradicted++ == 0) count.first = &row;
  }
  bool any = false;
  for (std::size_t t = 0; t < counts.size(); ++t) {
    if (counts[t].contradicted < kMany || 2 * counts[t].contradicted < counts[t].keyed) continue;
    for (SubmittedRow& row : submission.rows) {
      if (at(row.table) == t) row.key = {};
    }
    findings.push_back({"keys-moved",
                        place_of(submission, *counts[t].first),
                        {{"count", std::to_string(counts[t].contradicted)}},
                        "",
                        "",
                        "",
                        ""});
    any = true;
  }
  return any;
}

}  // namespace tonghop
