// Which form a submission is, and which of its rows is which row of the form.
//
// Three identities of a row are compared: hidden key, printed number, caption. Rows with a key are found wherever they
// have moved. The others are aligned as a sequence, table by table, because captions recur under several parents and
// printed numbers are wrong in real forms. Tables that hold the same rows are compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/finding.h"
#include "base/shared_text.h"
#include "forms/submission.h"
#include "mapping/definitions.h"
#include "reconcile/alignment.h"

namespace tonghop {

struct Match {
  const Form* form = nullptr;
  std::vector<int> submitted;  // per row of the form: index into Submission::rows, -1 when the row is not there
  std::vector<int> left;       // submitted rows that belong to no row of the form
  std::vector<int> foreign;    // tables that are none of the form's; their rows are not in `left`
};

// Finds forms and rows. Keeps folded captions of all forms; one object serves many submissions, on one thread.
class Matcher {
 public:
  explicit Matcher(const Definitions& definitions);

  CaptionIndex& captions() { return captions_; }
  SharedText address(xlsx::Address at);  // as text
  // What the rows of a form have printed in these columns, as cells show it.
  struct Printed {
    std::vector<std::string> units, notes;
  };
  const Printed& printed(const Form& form) { return known(form).printed; }

  // Rows over which one caption was split (pasted from a PDF, line by line) are made one first, and keys that have
  // moved against their captions are taken away. Throws Error (template-unknown, template-tie, template-not-known,
  // table-missing) when the workbook is no form of ours.
  Match match(Submission& submission, Findings& findings);

 private:
  struct KnownForm {
    std::vector<KnownRow> rows;
    std::unordered_map<std::string_view, int> by_key;  // the form's own keys
    std::unordered_set<std::string_view> folds;        // of all rows
    std::vector<std::vector<int>> parts;               // rows that may come back as one table: each sheet's, then all
    Printed printed;
  };
  // What one table has of the form: per row of the form the index of a submitted row, -1 for none.
  using Found = std::vector<int>;
  // A form as the answer to: which is it?
  struct Candidate {
    const Form* form = nullptr;
    double share = 0;  // found of the rows of those sheets that came back
    double score = 0;  // likeness of what came back and those sheets, 0 to 1
  };

  void mend(Submission& submission);
  // Per submitted row: the row of the form that its key names, -1 for none.
  static Found by_keys(const KnownForm& form, const Submission& submission);
  const KnownForm& known(const Form& form);
  // Whether a caption names another row of the form rather than this one.
  bool names_another(const KnownForm& form, int row, const SeenRow& seen) const;

  std::vector<SeenRow> see(const Submission& submission);
  // The rows of the table without a key, as far as alignment can take them; `keyed` as by_keys() says, or empty where
  // keys do not count.
  std::vector<int> alignable(const Submission& submission, const Found& keyed, int table);
  struct Fit {
    int part = 0;  // index into KnownForm::parts
    Alignment alignment;
  };
  Fit best_fit(const KnownForm& form, const std::vector<SeenRow>& seen, const std::vector<int>& left) const;
  std::vector<Candidate> candidates(const Submission& submission, const std::vector<SeenRow>& seen);
  // Whether many rows are not found by their keys, and many captions not the form's: perhaps another form was put into
  // its workbook.
  bool may_be_another(const Form& form, const Submission& submission, const std::vector<Found>& found);
  const Form& recognise(const Submission& submission, const std::vector<SeenRow>& seen, Findings& findings);

  void match_keys(const Form& form, const Submission& submission, const Found& keyed, std::vector<Found>& found,
                  Findings& findings);
  // Takes the keys away from tables where most of them contradict their captions: they no longer stand beside their
  // rows. Says so, and whether there was such a table.
  static bool drop_moved_keys(Submission& submission, const Found& keyed, const std::vector<Found>& found,
                              Findings& findings);
  void match_captions(const Form& form, const Submission& submission, const Found& keyed,
                      const std::vector<SeenRow>& seen, std::vector<Found>& found, Match& match);
  // After alignment: pairs whose caption names another row are parted, rows out of order are found by a caption that is
  // theirs alone; then what is still doubtful is dropped.
  void repair(const Form& form, const Submission& submission, const std::vector<SeenRow>& seen,
              const std::vector<int>& left, Found& found);
  void drop_doubtful(const Form& form, const Submission& submission, Found& found);
  // Rows left over below a heading that was found, for its children that were not.
  void match_children(const Form& form, const std::vector<SeenRow>& seen, const std::vector<int>& left, Found& found);
  // What was only likely is said, of the rows that are taken in the end.
  void tell_guesses(const Form& form, const Submission& submission, const std::vector<SeenRow>& seen,
                    const Found& found, Findings& findings);
  // What belongs to no row of the form: `left` and `foreign`.
  static void set_aside(const Submission& submission, const Found& keyed, const std::vector<Found>& found,
                        Match& match);
  // Of tables that hold the same sheet of the form the first is taken that is not hardly filled in; the others are
  // compared with it; what holds other rows of the sheet lends them.
  static void combine(const Submission& submission, const std::vector<Found>& found, Match& match, Findings& findings);

  const Definitions& definitions_;
  CaptionIndex captions_;
  static constexpr int kRows = 512, kColumns = 16;  // most tables are smaller
  std::vector<SharedText> addresses_;               // of these cells, row by row, as far as they were asked for
  std::unordered_map<const Form*, KnownForm> known_;
  std::unordered_set<std::string_view> folds_;  // of all captions of all forms
};

}  // namespace tonghop
