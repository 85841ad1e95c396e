// What the coordinator decided about findings: the yellow columns of a merged workbook, read back before it is
// replaced.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "forms/submission.h"
#include "mapping/definitions.h"
#include "xlsx/workbook.h"

namespace tonghop {

// What a decision was made on. It holds as long as all of it is the same; hidden columns of the findings sheet carry
// it.
struct Subject {
  std::string code;       // of the finding
  std::string agency;     // name; "" when the finding concerns none
  std::string indicator;  // id; "" when the finding concerns none
  std::string typed;      // by the agency, see fingerprint()
  std::string ground;     // what else the finding says, see fingerprint()

  friend bool operator==(const Subject&, const Subject&) = default;
};

// Captions of the columns that carry a subject, in the order of its fields.
inline constexpr std::array<std::string_view, 5> kSubjectCaptions = {"#code", "#agency", "#indicator", "#typed",
                                                                     "#ground"};

// The text on one line; a long one is cut, with a number behind it that tells it from others that begin the same.
std::string fingerprint(std::string_view text);

struct Decision {
  Subject subject;
  SubmittedCell value;  // as the coordinator typed it; nothing when there are only remarks
  bool waived = false;  // the word for it stands there
  std::string reason, by;
  Place place;           // of the value's cell
  bool applied = false;  // the value is used, or the finding waived; settle() and conclude() say so
};

// Decisions from the sheet of findings, wherever it and its columns were moved; rows in which nothing was typed are
// left out. `file` is for messages. Findings: decisions-missing, no sheet with these columns; decision-lost, a row that
// has lost what it is about, or shows another agency or indicator than it carries.
std::vector<Decision> read_decisions(const xlsx::Workbook& book, const std::string& file,
                                     const Definitions& definitions, Findings& findings);

}  // namespace tonghop
