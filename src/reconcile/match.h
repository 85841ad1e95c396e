// Which form a submission is, and which of its rows is which row of the form.
//
// Three identities of a row are compared: hidden key, printed number, caption. Rows with a key are found wherever they
// have moved. The others are aligned as a sequence, in order, because captions recur under several parents and printed
// numbers are wrong in real forms.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/text.h"
#include "forms/submission.h"
#include "mapping/definitions.h"

namespace tonghop {

struct Match {
  const Form* form = nullptr;
  std::vector<int> submitted;  // per row of the form: index into Submission::rows, -1 when the row is not there
  std::vector<int> left;       // submitted rows that belong to no row of the form
};

// Finds forms and rows. Keeps folded captions of all forms; one object serves many submissions, on one thread.
class Matcher {
 public:
  explicit Matcher(const Definitions& definitions);

  CaptionIndex& captions() { return captions_; }

  // Throws Error (template-unknown, table-missing) when the workbook is no form of ours.
  Match match(const Submission& submission, Findings& findings);

 private:
  struct RowIdentity {
    std::vector<std::string> folds;  // of the caption, then of its aliases
    std::vector<Bigrams> pairs;      // of the folds; made when first needed
    std::string number;              // folded
    bool recurs = false;             // another row of the form has the same caption
    bool number_recurs = false;      // and the same number, or this one has none
  };
  struct FormIdentity {
    std::vector<RowIdentity> rows;
    std::map<std::string, int> by_key;
  };
  // One submitted row, folded.
  struct Seen {
    const std::string* fold = nullptr;
    Bigrams pairs;
    std::string number;
  };

  FormIdentity& identity(const Form& form);
  double likeness(RowIdentity& row, const Seen& seen, double& caption) const;
  // Aligns rows of the form that are still without partner with `left`; returns the sum of likenesses.
  double align(const Form& form, const std::vector<Seen>& seen, const std::vector<int>& left, Match& match);
  // Whether a caption names another row of the form rather than this one.
  bool names_another(FormIdentity& known, int row, const Seen& seen) const;
  // After alignment: pairs whose caption names another row are parted, rows out of order are found by a caption that is
  // theirs alone, and what was only likely is said.
  void repair(const Form& form, const Submission& submission, const std::vector<Seen>& seen, Match& match,
              Findings& findings);
  void match_keys(const Form& form, const Submission& submission, Match& match, Findings& findings);
  const Form& recognise(const Submission& submission, const std::vector<Seen>& seen, Findings& findings);
  void drop_doubtful(const Form& form, const Submission& submission, Match& match);
  std::vector<Seen> see(const Submission& submission);

  const Definitions& definitions_;
  CaptionIndex captions_;
  std::map<const Form*, FormIdentity> identities_;
};

}  // namespace tonghop
