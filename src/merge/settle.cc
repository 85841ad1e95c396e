// Decisions -> observations and states of findings.
#include "merge/settle.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace tonghop {
namespace {

std::string agency_key(const std::string& name) { return fold_name(fingerprint(name)); }

auto key_of(const Subject& s) { return std::tuple(fold_name(s.agency), s.indicator, s.code, s.typed, s.ground); }

bool same_decision(const Decision& a, const Decision& b) {
  return a.waived == b.waived && raw_text(a.value) == raw_text(b.value) && a.value.value == b.value.value;
}

bool has_typed(const Decision& decision) {
  return !std::holds_alternative<std::monostate>(decision.value.value) || decision.value.has_formula;
}

// A finding about a decision; its place is that of the yellow cell.
Finding about(const Province& province, int d, const char* code, const Catalogue& catalogue, Details details) {
  const Decision& decision = province.decisions[static_cast<std::size_t>(d)];
  const int indicator = catalogue.find(decision.subject.indicator);
  details.emplace_back("label", indicator < 0 ? "—" : catalogue[indicator].label);
  Finding finding;
  finding.code = code;
  finding.place = decision.place;
  finding.details = std::move(details);
  finding.agency = decision.subject.agency;
  finding.indicator = decision.subject.indicator;
  finding.raw = raw_text(decision.value);
  finding.decision = d;
  return finding;
}

// Applies the decisions of one province; holds what all steps need.
class Settler {
 public:
  Settler(Province& province, const Definitions& definitions, Findings& findings)
      : province_(province),
        definitions_(definitions),
        findings_(findings),
        said_(findings.size()),
        subjects_(province, definitions.catalogue) {}

  void run(std::vector<Decision> decisions) {
    const auto order = [](const Decision& d) {
      return std::tuple(key_of(d.subject), raw_text(d.value), d.value.value.index(), d.reason.empty(), d.reason, d.by);
    };
    std::sort(decisions.begin(), decisions.end(),
              [&](const Decision& a, const Decision& b) { return order(a) < order(b); });
    for (Decision& decision : decisions) {
      const bool known = !province_.decisions.empty() &&
                         key_of(province_.decisions.back().subject) == key_of(decision.subject) &&
                         same_decision(province_.decisions.back(), decision);
      if (!known) province_.decisions.push_back(std::move(decision));
    }
    const std::set<int> rivals = rivals_among_decisions();
    for (int d = 0; d < static_cast<int>(province_.decisions.size()); ++d) {
      const Decision& decision = at(d);
      if (rivals.contains(d) || !has_typed(decision)) continue;
      if (!decision.waived) settle_value(d);
    }
    compute_percentages();
  }

 private:
  Decision& at(int d) { return province_.decisions[static_cast<std::size_t>(d)]; }

  void say(const char* code, int d, Details details = {}) {
    findings_.push_back(about(province_, d, code, definitions_.catalogue, std::move(details)));
  }

  // Decisions that contradict one another: on one finding, or on one value of one agency.
  std::set<int> rivals_among_decisions() {
    std::map<std::vector<std::string>, std::vector<int>> groups;
    for (int d = 0; d < static_cast<int>(province_.decisions.size()); ++d) {
      const Decision& decision = at(d);
      if (!has_typed(decision)) continue;
      const Subject& s = decision.subject;
      groups[{fold_name(s.agency), s.indicator, s.code, s.typed, s.ground}].push_back(d);
      if (!decision.waived) groups[{fold_name(s.agency), s.indicator, s.typed}].push_back(d);
    }
    std::set<int> rivals;
    for (const auto& entry : groups) {
      const std::vector<int>& group = entry.second;
      const bool agree =
          std::all_of(group.begin(), group.end(), [&](int d) { return same_decision(at(d), at(group.front())); });
      if (!agree) rivals.insert(group.begin(), group.end());
    }
    for (const int d : rivals) {
      std::string others;
      for (const int other : rivals) {
        const bool beside = other != d && fold_name(at(other).subject.agency) == fold_name(at(d).subject.agency) &&
                            at(other).subject.indicator == at(d).subject.indicator;
        if (beside) others += (others.empty() ? "" : "; ") + raw_text(at(other).value);
      }
      say("decision-twice", d, {{"others", others}});
    }
    return rivals;
  }

  void settle_value(int d) {
    Decision& decision = at(d);
    const int index = definitions_.catalogue.find(decision.subject.indicator);
    if (index < 0 || decision.subject.agency.empty()) {
      // Nothing is read from one cell here, so that there is none to put a value into.
      const auto word = [&](const char* lang) {
        return "“" + definitions_.wording.text("decisions.waive", lang) + "”";
      };
      say("decision-unreadable", d, {{"expected", word("vi") + " / " + word("en")}});
      return;
    }
    const int m = subjects_.member(decision.subject.agency);
    const Observation* observation = subjects_.observation(decision.subject.agency, decision.subject.indicator);
    if (observation == nullptr) return;  // said by conclude()
    if (const std::string now = fingerprint(observation->raw); now != decision.subject.typed) {
      say("decision-outdated", d, {{"then", decision.subject.typed}, {"now", now}});
      return;
    }
    const Indicator& what = definitions_.catalogue[index];
    Input asked;
    asked.expected = true;
    asked.kind = what.kind;
    asked.unit = what.unit;
    asked.options = what.options;
    const Reading reading = interpret(decision.value, asked, definitions_.vocabulary);
    if (reading.status != Status::exact && reading.status != Status::normalized) {
      say("decision-unreadable", d, {{"expected", expected(what)}});
      return;
    }
    auto& all = province_.members[static_cast<std::size_t>(m)].answer.observations;
    Observation& settled = all[static_cast<std::size_t>(observation - all.data())];
    settled.status = Status::settled;
    settled.value = reading.value;
    settled.text = reading.text;
    settled.decimals = reading.decimals;
    settled.decision = d;
    decision.applied = true;
    for (std::size_t f = 0; f < said_; ++f) {
      Finding& finding = findings_[f];
      if (finding.indicator != what.id || subjects_.member(finding.agency) != m) continue;
      const bool on_it = finding.place.file == observation->place.file;  // not a return that was superseded
      if (!on_it && finding.code != decision.subject.code) continue;
      finding.state = Finding::State::settled;
      finding.decision = d;
    }
  }

  std::string expected(const Indicator& what) const {
    if (what.kind == Kind::percent) return "0% – 100%";
    std::string options;
    for (const Option& option : what.options) {
      options += (options.empty() ? "" : ", ") + std::to_string(option.code) + " = " + option.label;
    }
    return options.empty() ? what.unit : options;
  }

  void compute_percentages() {
    for (Member& member : province_.members) {
      const bool touched = std::any_of(member.answer.observations.begin(), member.answer.observations.end(),
                                       [](const Observation& o) { return o.status == Status::settled; });
      if (!touched) continue;
      for (Observation& observation : member.answer.observations) {
        if (!observation.computed || observation.status == Status::settled) continue;
        const Indicator& what = definitions_.catalogue[observation.indicator];
        const auto given = [&](int part) -> const Observation* {
          const Observation* found = member.observations[static_cast<std::size_t>(part)];
          return found != nullptr && found->value ? found : nullptr;
        };
        const Observation* numerator = given(what.numerator);
        const Observation* denominator = given(what.denominator);
        const bool both = numerator != nullptr && denominator != nullptr && *denominator->value != Decimal();
        observation.status = both ? Status::exact : Status::blank;
        observation.value.reset();
        if (both) observation.value = quotient(*numerator->value, *denominator->value, kRatioDigits);
      }
    }
  }

  Province& province_;
  const Definitions& definitions_;
  Findings& findings_;
  std::size_t said_;  // findings before the first decision
  Subjects subjects_;
};

bool about_decisions(const Finding& finding) { return finding.code.str().starts_with("decision-"); }

// Connects findings with decisions when there are no more to come.
class Concluder {
 public:
  Concluder(Province& province, const Definitions& definitions, Findings& findings)
      : province_(province),
        catalogue_(definitions.catalogue),
        findings_(findings),
        subjects_(province, definitions.catalogue),
        told_(province.decisions.size(), false),
        twice_(province.decisions.size(), false) {}

  void run() {
    const auto count = static_cast<int>(province_.decisions.size());
    for (int d = count; d-- > 0;) by_subject_[key_of(at(d).subject)] = d;
    for (const Finding& finding : findings_) {
      if (!about_decisions(finding) || finding.decision < 0) continue;
      told_[static_cast<std::size_t>(finding.decision)] = true;
      if (finding.code == "decision-twice") twice_[static_cast<std::size_t>(finding.decision)] = true;
    }
    for (Finding& finding : findings_) {
      if (!about_decisions(finding)) connect(finding);
    }
    for (int d = 0; d < count; ++d) {
      const bool unsigned_one = at(d).reason.empty() || at(d).by.empty();
      if (!told_[static_cast<std::size_t>(d)]) account_for(d);
      if (at(d).applied && unsigned_one) say("decision-unsigned", d, {});
    }
  }

 private:
  Decision& at(int d) { return province_.decisions[static_cast<std::size_t>(d)]; }
  void say(const char* code, int d, Details details) {
    findings_.push_back(about(province_, d, code, catalogue_, std::move(details)));
  }

  void connect(Finding& finding) {
    Subject subject = subjects_.of(finding);
    const auto found = by_subject_.find(key_of(subject));
    if (found == by_subject_.end()) {
      if (finding.state == Finding::State::open) open_.push_back(std::move(subject));
      return;
    }
    const int d = found->second;
    finding.decision = d;
    told_[static_cast<std::size_t>(d)] = true;
    if (twice_[static_cast<std::size_t>(d)]) return;
    if (at(d).waived) at(d).applied = true;
    if (at(d).applied) finding.state = at(d).waived ? Finding::State::waived : Finding::State::settled;
  }

  // Says what became of a decision of which no finding speaks.
  void account_for(int d) {
    const Subject& then = at(d).subject;
    const auto like = [&](const Subject& s) {
      return s.code == then.code && s.indicator == then.indicator && fold_name(s.agency) == fold_name(then.agency);
    };
    if (at(d).applied) {
      say("decision-kept", d, {});
      findings_.back().state = Finding::State::settled;
    } else if (at(d).waived && std::count_if(open_.begin(), open_.end(), like) == 1) {
      const Subject& now = *std::find_if(open_.begin(), open_.end(), like);
      const bool retyped = now.typed != then.typed;
      say("decision-outdated", d,
          {{"then", retyped ? then.typed : then.ground}, {"now", retyped ? now.typed : now.ground}});
    } else {
      say("decision-idle", d, {});
    }
  }

  Province& province_;
  const Catalogue& catalogue_;
  Findings& findings_;
  Subjects subjects_;
  std::map<decltype(key_of(Subject{})), int> by_subject_;
  std::vector<Subject> open_;  // that may be what a decision was about before it changed
  std::vector<bool> told_;     // per decision: a finding speaks of it
  std::vector<bool> twice_;    // per decision: another contradicts it
};

}  // namespace

Subjects::Subjects(const Province& province, const Catalogue& catalogue) : province_(province), catalogue_(catalogue) {
  for (std::size_t m = 0; m < province.members.size(); ++m) {
    const std::string& name = province.members[m].name;
    exactly_.emplace(name, members_.emplace(agency_key(name), static_cast<int>(m)).first->second);
  }
}

int Subjects::member(const std::string& agency) const {
  if (const auto same = exactly_.find(agency); same != exactly_.end()) return same->second;
  const auto found = members_.find(agency_key(agency));
  return found == members_.end() ? -1 : found->second;
}

const Observation* Subjects::observation(const std::string& agency, const std::string& indicator) const {
  const int index = catalogue_.find(indicator);
  const int m = index < 0 ? -1 : member(agency);
  if (m < 0) return nullptr;
  return province_.members[static_cast<std::size_t>(m)].observations[static_cast<std::size_t>(index)];
}

Subject Subjects::of(const Finding& finding) const {
  Subject subject;
  subject.code = finding.code;
  subject.agency = fingerprint(finding.agency);
  subject.indicator = finding.indicator;
  const Observation* observed = observation(finding.agency, finding.indicator);
  const std::string& typed = observed == nullptr ? finding.raw : observed->raw;
  subject.typed = fingerprint(typed);
  std::string ground = finding.raw == typed ? "" : finding.raw;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) ground += (ground.empty() ? "" : "; ") + text;
  };
  for (const auto& [name, text] : finding.details) {
    const bool naming = name == "number" || name == "caption" || name == "label";  // what, not how much
    if (!naming) add(text);
  }
  if (finding.indicator.empty()) {
    add(finding.place.sheet);
    add(finding.place.cell);
    // Of a file its name only: what counts is the same wherever the returns lie.
    const std::string& file = finding.place.file;
    if (finding.agency.empty()) add(file.substr(file.find_last_of('/') + 1));
  }
  subject.ground = fingerprint(ground);
  return subject;
}

void settle(Province& province, std::vector<Decision> decisions, const Definitions& definitions, Findings& findings) {
  Settler(province, definitions, findings).run(std::move(decisions));
}

void conclude(Province& province, const Definitions& definitions, Findings& findings) {
  if (!province.decisions.empty()) Concluder(province, definitions, findings).run();
}

}  // namespace tonghop
