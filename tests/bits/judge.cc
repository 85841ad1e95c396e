// Comparing two readings of one workbook.
#include "bits/judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "definitions.h"

namespace tonghop::bits {
namespace {

using testing::shipped;

std::string shown(const Observation* observation) {
  if (observation == nullptr) return "(not there)";
  std::string text(to_string(observation->status));
  if (observation->value) text += " " + observation->value->to_string();
  if (!observation->text.empty()) text += " \"" + observation->text + "\"";
  return text + " " + observation->place.sheet + "!" + observation->place.cell;
}

bool same_value(const Observation* a, const Observation* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->value == b->value && a->text == b->text;
}

int row_of(const Place& place) {
  const auto at = xlsx::parse_address(place.cell);
  return at ? at->row : 0;
}

class Judge {
 public:
  Judge(const Origin& origin, const Outcome& sound, const Mutation& mutation, const Outcome& outcome)
      : origin_(origin), sound_(sound), mutation_(mutation), outcome_(outcome) {
    // What was said of the sound file already explains nothing.
    std::multiset<std::string> before;
    for (const Finding& finding : sound.findings) before.insert(line(finding));
    for (const Finding& finding : outcome.findings) {
      const auto known = before.find(line(finding));
      if (known == before.end()) {
        verdict_.fresh.push_back(&finding);
      } else {
        before.erase(known);
      }
    }
    compare();
  }

  Verdict verdict() && { return std::move(verdict_); }

 private:
  static std::string line(const Finding& finding) {
    std::string text = finding.code + to_string(finding.place) + finding.indicator + finding.raw;
    for (const auto& [name, detail] : finding.details) text += "|" + detail;
    return text;
  }

  void judge(bool explained, bool in_value, const std::string& difference) {
    ++verdict_.different;
    if (explained) {
      ++verdict_.said;
    } else if (in_value) {
      ++verdict_.own;
    } else {
      verdict_.silent.push_back(difference);
    }
  }

  void compare() {
    const Return& before = sound_.answer;
    const Return& after = outcome_.answer;
    if (before.form != after.form) {
      judge(has_code("template-"), false, "form " + before.form->form.id + " -> " + after.form->form.id);
      return;
    }
    if (before.agency != after.agency) {
      // An agency that is not named any more is said when merging (agency-unnamed).
      judge(has_code("agency-") || !after.named, of_text(before.agency),
            "agency " + before.agency + " -> " + after.agency);
    }
    if (before.period != after.period) {
      judge(after.period.empty() || has_code("period-"), of_text(before.period),
            "period " + before.period + " -> " + after.period);
    }
    std::map<std::pair<int, int>, std::pair<const Observation*, const Observation*>> pairs;  // by indicator and row
    for (const Observation& one : before.observations) pairs[{one.indicator, one.row}].first = &one;
    for (const Observation& one : after.observations) pairs[{one.indicator, one.row}].second = &one;
    for (const auto& [key, pair] : pairs) {
      const auto& [was, is] = pair;
      if (same_value(was, is)) continue;
      const std::vector<int> concerned = with_parts(key.first);
      judge(explained(concerned, was, is), in_value(concerned, was, is),
            shipped().catalogue[key.first].id + ": " + shown(was) + " -> " + shown(is));
    }
  }

  // A percentage hangs on its parts: where the form computes it, and where they decide between two readings of it.
  static std::vector<int> with_parts(int indicator) {
    std::vector<int> all = {indicator};
    const Indicator& what = shipped().catalogue[indicator];
    if (what.numerator >= 0) all.insert(all.end(), {what.numerator, what.denominator});
    return all;
  }

  bool has_code(std::string_view beginning) const {
    return std::any_of(verdict_.fresh.begin(), verdict_.fresh.end(),
                       [&](const Finding* f) { return f->code.str().starts_with(beginning); });
  }

  // The changed bytes are those of a cell that shows this text.
  bool of_text(const std::string& text) const {
    for (const xlsx::Sheet& sheet : sound_.book.sheets) {
      for (const xlsx::Cell& cell : sheet.cells) {
        const auto* typed = std::get_if<std::string>(&cell.value);
        if (typed == nullptr || squeezed(nfc(*typed)) != text) continue;
        if (origin_.of_cell(mutation_, {.sheet = sheet.name, .cell = to_string(cell.at)})) return true;
      }
    }
    return false;
  }

  // Places where the values stood and stand.
  std::vector<Place> places(const std::vector<int>& concerned, const Observation* was, const Observation* is) const {
    std::vector<Place> all;
    for (const Observation* one : {was, is}) {
      if (one != nullptr) all.push_back(one->place);
    }
    for (const Outcome* outcome : {&sound_, &outcome_}) {
      for (const Observation& one : outcome->answer.observations) {
        if (std::find(concerned.begin() + 1, concerned.end(), one.indicator) != concerned.end()) {
          all.push_back(one.place);
        }
      }
    }
    return all;
  }

  bool in_value(const std::vector<int>& concerned, const Observation* was, const Observation* is) const {
    const std::vector<Place> all = places(concerned, was, is);
    return std::any_of(all.begin(), all.end(), [&](const Place& place) { return origin_.of_cell(mutation_, place); });
  }

  bool explained(const std::vector<int>& concerned, const Observation* was, const Observation* is) const {
    const std::vector<Place> all = places(concerned, was, is);
    const auto concerns = [&](const Finding* finding) {
      for (const int indicator : concerned) {
        if (finding->indicator == shipped().catalogue[indicator].id) return true;
      }
      const std::string& code = finding->code;
      if (finding->place.sheet.empty()) {
        return code == "rows-missing" &&
               std::any_of(all.begin(), all.end(), [](const Place& place) { return place.sheet.empty(); });
      }
      static const std::set<std::string> whole = {
          "sheet-damaged", "sheet-repeated", "header-unknown",  "table-foreign", "cell-repeated",
          "cell-moved",    "cell-outside",   "numbers-outside", "texts-outside", "rows-unknown"};
      const bool of_sheet = whole.contains(code);
      return std::any_of(all.begin(), all.end(), [&](const Place& place) {
        return place.sheet == finding->place.sheet && (of_sheet || row_of(place) == row_of(finding->place));
      });
    };
    // A value whose row is known no more is kept as what was typed in a row that is none of the form's.
    const auto kept = [&](const Finding* finding) {
      return was != nullptr && finding->code.str().starts_with("row-") && finding->raw == was->raw && !was->raw.empty();
    };
    return std::any_of(verdict_.fresh.begin(), verdict_.fresh.end(),
                       [&](const Finding* f) { return concerns(f) || kept(f); });
  }

  const Origin& origin_;
  const Outcome& sound_;
  const Mutation& mutation_;
  const Outcome& outcome_;
  Verdict verdict_;
};

}  // namespace

Verdict judge(const Origin& origin, const Outcome& sound, const Mutation& mutation, const Outcome& outcome) {
  return Judge(origin, sound, mutation, outcome).verdict();
}

}  // namespace tonghop::bits
