// Rows by their hidden keys.
#include <algorithm>

#include "base/text.h"
#include "reconcile/match.h"
#include "reconcile/match_limits.h"
#include "reconcile/submitted.h"

namespace tonghop {

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
      if (at(row.table) != t || row.key.empty() || row.caption.empty()) continue;
      const auto key = rows.by_key.find(row.key);
      if (key == rows.by_key.end()) continue;
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

}  // namespace tonghop
