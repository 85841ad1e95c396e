// One agency's answer: observations of indicators, each with the place it came from and how it was read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/finding.h"
#include "mapping/definitions.h"
#include "reconcile/match.h"
#include "reconcile/value.h"

namespace tonghop {

inline constexpr int kRatioDigits = 12;  // of a percentage that the program computes for one agency

// One indicator of one agency. Of a whole country there are half a million, so its size counts.
struct Observation {
  int indicator = -1;  // index into the catalogue
  int row = -1;        // of the form; -1 for a part that another cell tells ("99,62% (523/525)", "08/21")
  Place place;         // sheet and cell are empty when the row was not in the workbook
  SharedText raw;      // as typed or shown
  std::optional<Decimal> value;
  SharedText text;    // of a text indicator
  SharedText note;    // typed in the note column
  int decimals = 0;   // of a percentage: digits typed after the decimal mark, in per cent
  int decision = -1;  // that settled it, index into Province::decisions; -1 none
  Status status = Status::blank;
  bool computed = false;  // by the blank's own formula: its parts say it
};

// A remark beside a row that takes no value.
struct SectionNote {
  int row = -1;  // of the form
  Place place;
  SharedText note;
};

struct Return {
  std::string file;
  const Form* form = nullptr;
  std::string agency;
  std::string inside;  // the name in the workbook, where the roster calls the agency otherwise
  std::string sender;  // address of the mail that it came in; "" when it came otherwise
  bool named = false;  // the workbook names its agency; else that is the file's name
  std::string period;
  std::string code;      // of the agency, as the blank was issued; "" when it was issued without a round
  std::string sent;      // the earliest date of a mail that it came in, ISO in UTC; "" when it came otherwise
  std::string modified;  // when the file says that it was saved last, ISO in UTC; "" when it does not
  std::vector<Observation> observations;  // one per mapped row, in the order of the form; then taken-out components
  std::vector<SectionNote> section_notes;
  std::vector<int> missing;             // rows of the form with an indicator that the workbook does not have
  std::vector<std::string> within;      // of a merged report: the agencies whose figures are in it
  std::vector<std::string> superseded;  // files of which nothing is used, because this one has the same sheets

  const Observation* find(int indicator) const;  // with a value; nullptr when there is none
};

// Submission -> Return. Throws Error when the workbook is no form of ours.
Return reconcile(Submission submission, const Definitions& definitions, Matcher& matcher, Findings& findings);

}  // namespace tonghop
