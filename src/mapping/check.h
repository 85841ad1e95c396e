// Checks: what must hold between the values of one agency, and between this round and the one before.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/xml.h"
#include "forms/template.h"
#include "forms/wording.h"
#include "mapping/catalogue.h"

namespace tonghop {

enum class CheckType {
  ratio,               // a reported percentage is that of its parts, at the digits typed
  total,               // a whole is the sum of its parts
  at_most,             // the left side is at most the right side
  equal,               // both sides are the same figure
  requirement,         // one answer asks for another
  range,               // within bounds
  not_below_previous,  // not less than in the previous round of the same year
  change               // not more than so many times the previous round's, or less than that part of it
};
constexpr int kCheckTypes = 8;

std::string_view to_string(CheckType type);  // "at-most", as in checks XML
std::string check_code(CheckType type);      // "check-at-most", of its findings
bool needs_previous_round(CheckType type);

// "survey.held=1": that this answer is given. Without an answer: a choice or a text that is given, a number above 0.
struct Condition {
  int indicator = -1;
  std::optional<int> answer = {};  // code of an option
};

struct Check {
  std::string id;  // of a derived one the indicator and the type: "steering.plan.completion:ratio"
  CheckType type = CheckType::total;
  std::vector<int> left;   // added up; one where the type compares one value. What the check is about is the first
  std::vector<int> right;  // added up; of a ratio numerator and denominator
  std::optional<Decimal> low, high;    // of a range
  Decimal factor;                      // of a change
  Decimal least;                       // of a change: smaller figures may change as they like
  Condition when;                      // of requirement
  std::vector<Condition> needs;        // of requirement: one of these
  std::vector<std::string> templates;  // ids of the forms for which it holds; empty for all
  bool trial = false;
  bool derived = false;  // the catalogue says it
  Place place;

  std::vector<int> indicators() const;  // all that it compares, each once
  bool holds_for(const std::string& template_id) const;
};

// Indicators said to be in no check.
struct Unchecked {
  std::vector<int> indicators;
  std::string reason;
  Place place;
};

struct Checks {
  std::vector<Check> all;  // those of the catalogue first, then in the order of the file
  std::vector<Unchecked> unchecked;
  bool written = false;  // there is a checks file
};

// What the catalogue says without a checks file: numerator at most denominator, percentage against both, parts of a
// total.
Checks derived_checks(const Catalogue& catalogue);

// Adds the checks of a file; one that says what a derived check says takes its place. Severities and sentences go into
// the wording. What is wrong is said in `problems`, as "file:line:column: what, what was expected".
void read_checks(const XmlFile& file, const Catalogue& catalogue, const std::vector<Template>& forms, Checks& checks,
                 Wording& wording, std::vector<std::string>& problems);

}  // namespace tonghop
