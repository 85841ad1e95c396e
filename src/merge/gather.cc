// Returns -> one per agency.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/parallel.h"
#include "base/text.h"
#include "merge/nested.h"
#include "merge/province.h"
#include "merge/rivals.h"
#include "round/date.h"
#include "round/roster_names.h"

namespace tonghop {
namespace {

constexpr std::ptrdiff_t kTelling = 10;  // values that two agencies do not write alike by chance

// Values other than 0.
std::ptrdiff_t telling_values(const Return& one) {
  return std::count_if(one.observations.begin(), one.observations.end(),
                       [](const Observation& o) { return o.value && *o.value != Decimal(); });
}

// Of so many telling values: returns that say the same have the same.
std::size_t hash_of_first(const Return& one, std::ptrdiff_t count) {
  std::size_t hash = 0;
  for (const Observation& o : one.observations) {
    if (!o.value || *o.value == Decimal()) continue;
    hash = hash * 31 + std::hash<double>()(o.value->to_double()) + static_cast<std::size_t>(o.indicator);
    if (--count == 0) break;
  }
  return hash;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

// Files every return under its agency; holds what all steps need.
class Gatherer {
 public:
  Gatherer(const Definitions& definitions, const Round* round, Findings& findings)
      : definitions_(definitions), round_(round), findings_(findings) {}

  Province run(std::vector<Return> returns) {
    province_.round = round_;
    std::sort(returns.begin(), returns.end(), [](const Return& a, const Return& b) { return a.file < b.file; });
    const std::size_t read = findings_.size();
    choose(std::move(returns));
    forget_superseded(read);
    compare_agencies();
    if (round_ == nullptr) {
      compare_periods();
    } else {
      miss();
    }
    judge_reports(province_, definitions_, findings_);
    index();
    return std::move(province_);
  }

 private:
  const Catalogue& catalogue() const { return definitions_.catalogue; }

  // One return per agency.
  void choose(std::vector<Return> returns) {
    ByAgency by_agency;  // by folded name, so in an order of its own
    std::stable_partition(returns.begin(), returns.end(), [](const Return& one) { return one.named; });
    for (Return& one : returns) {
      if (const int listed = round_ == nullptr ? -1 : round_->find(one.agency); listed >= 0) {
        one.agency = round_->agencies[static_cast<std::size_t>(listed)].name;
      }
      std::string key = fold_name(one.agency);
      if (!one.named && !one.sender.empty() && !by_agency.contains(key)) key = name_by_sender(one);
      by_agency[one.named ? key : twin(by_agency, one).value_or(key)].push_back(std::move(one));
    }
    for (auto& [key, group] : by_agency) {
      const std::size_t best = choose_return(group, round_);
      const auto named = std::find_if(group.begin(), group.end(), [](const Return& one) { return one.named; });
      if (!group[best].named && named != group.end()) {  // a copy without a name, saved later
        group[best].agency = named->agency;
        group[best].named = true;
      }
      const std::string received = received_at(group, best);
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (i == best) continue;
        findings_.push_back(set_aside(group[best], group[i], round_, catalogue()));
        province_.superseded.push_back(group[i].file);
      }
      std::vector<std::string> files;
      for (const Return& one : group) {
        files.push_back(one.file);
        province_.superseded.insert(province_.superseded.end(), one.superseded.begin(), one.superseded.end());
      }
      judge(group[best]);
      const int listed = round_ == nullptr ? -1 : round_->find(group[best].agency);
      if (round_ != nullptr) compare_with_roster(group[best], listed);
      province_.members.push_back({group[best].agency, listed, std::move(group[best]), received, {}, std::move(files)});
    }
  }

  // What is wrong in a file of which nothing is used, among the first `read` findings: that it is not used is said.
  void forget_superseded(std::size_t read) {
    const std::set<std::string> files(province_.superseded.begin(), province_.superseded.end());
    const auto end = findings_.begin() + static_cast<std::ptrdiff_t>(read);
    const auto kept = std::remove_if(findings_.begin(), end, [&](const Finding& one) {
      return files.contains(one.place.file) && !one.code.str().starts_with("return-");
    });
    findings_.erase(kept, end);
  }

  // Two senders may call their files alike; who sent it is then all that tells them apart.
  std::string name_by_sender(Return& one) {
    const std::string name = one.agency + " (" + one.sender + ")";
    for (Finding& finding : findings_) {
      if (finding.place.file == one.file && finding.agency == one.agency) finding.agency = name;
    }
    one.agency = name;
    return fold_name(name);
  }

  using ByAgency = std::map<std::string, std::vector<Return>>;

  // When what the return says arrived first, in whatever file: by the dates of mails, else by those inside the files.
  static std::string received_at(const std::vector<Return>& group, std::size_t best) {
    std::string sent = group[best].sent;
    std::string saved = group[best].modified;
    for (const Return& one : group) {
      if (!same_content(one, group[best])) continue;
      if (!one.sent.empty() && (sent.empty() || one.sent < sent)) sent = one.sent;
      saved = std::min(saved, one.modified);
    }
    return sent.empty() ? saved : sent;
  }

  // Under which agency a return without a name is filed already: that of another with the same content.
  static std::optional<std::string> twin(const ByAgency& by_agency, const Return& one) {
    if (telling_values(one) == 0) return std::nullopt;
    for (const auto& [key, group] : by_agency) {
      for (const Return& other : group) {
        if (same_content(one, other)) return key;
      }
    }
    return std::nullopt;
  }

  // Two agencies do not write the same figures by chance, unless they are few or nothing but zeros.
  void compare_agencies() {
    std::unordered_map<std::size_t, std::vector<std::size_t>> alike;  // by their first values, members before this one
    std::vector<std::optional<std::size_t>> hashes(province_.members.size());
    parallel(hashes.size(), [&](std::size_t i) {
      const Return& one = province_.members[i].answer;
      if (telling_values(one) >= kTelling) hashes[i] = hash_of_first(one, kTelling);
    });
    for (std::size_t i = 0; i < province_.members.size(); ++i) {
      const Member& one = province_.members[i];
      if (!hashes[i]) continue;
      std::vector<std::size_t>& others = alike[*hashes[i]];
      for (const std::size_t j : others) {
        const Member& other = province_.members[j];
        if (!same_content(one.answer, other.answer)) continue;
        Place place;
        place.file = one.answer.file;
        findings_.push_back(
            {"return-copied", place, {{"other", other.name}, {"other_file", other.answer.file}}, one.name, "", "", ""});
      }
      others.push_back(i);
    }
  }

  // What is odd about a return as a whole.
  void judge(const Return& one) {
    Place place;
    place.file = one.file;
    if (!one.named) findings_.push_back({"agency-unnamed", place, {{"name", one.agency}}, one.agency, "", "", ""});
    if (one.period.empty()) findings_.push_back({"period-unnamed", place, {}, one.agency, "", "", ""});
    if (is_blank(one)) findings_.push_back({"return-empty", place, {}, one.agency, "", "", ""});
  }

  // What does not fit the round.
  void compare_with_roster(const Return& one, int listed) {
    const auto find = [&](const char* code, Details details) {
      findings_.push_back({code, {one.file, "", "", 0, 0}, std::move(details), one.agency, "", "", ""});
    };
    if (!one.period.empty() && fold(one.period) != fold(round_->period)) {
      find("period-other", {{"period", one.period}, {"expected", round_->period}});
    }
    if (listed < 0) {
      if (!names_) names_.emplace(*round_, definitions_.wording);
      const int near = names_->nearest(one.agency);
      if (near < 0) find("agency-unlisted", {});
      if (near >= 0) find("agency-misspelled", {{"similar", round_->agencies[static_cast<std::size_t>(near)].name}});
      return;
    }
    const Agency& agency = round_->agencies[static_cast<std::size_t>(listed)];
    if (!agency.form.empty() && agency.form != one.form->form.id) {
      find("variant-differs", {{"template", one.form->form.id}, {"expected", agency.form}});
    }
    if (!round_->expects(agency)) {
      const std::string first = agency.valid_from.empty() ? "…" : shown_date(agency.valid_from);
      const std::string last = agency.valid_to.empty() ? "…" : shown_date(agency.valid_to);
      find("agency-invalid", {{"valid", first + " – " + last}});
    }
  }

  // Agencies that are expected and are no members.
  void miss() {
    std::vector<bool> here(round_->agencies.size(), false);
    for (const Member& member : province_.members) {
      if (member.agency >= 0) here[static_cast<std::size_t>(member.agency)] = true;
    }
    for (std::size_t a = 0; a < here.size(); ++a) {
      if (!here[a] && round_->expects(round_->agencies[a])) province_.absent.push_back(static_cast<int>(a));
    }
  }

  void compare_periods() {
    std::map<std::string, std::pair<std::string, std::vector<std::string>>> periods;  // fold -> wording, agencies
    for (const Member& member : province_.members) {
      if (member.answer.period.empty()) continue;
      auto& [wording, agencies] = periods[fold(member.answer.period)];
      wording = member.answer.period;
      agencies.push_back(member.name);
    }
    if (periods.size() < 2) return;
    std::vector<std::string> parts;
    for (const auto& [key, period] : periods) parts.push_back(period.first + ": " + joined(period.second));
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " | ") + part;
    findings_.push_back({"periods-differ", {}, {{"periods", text}}, "", "", "", ""});
  }

  void index() {
    parallel(province_.members.size(), [&](std::size_t m) {
      Member& member = province_.members[m];
      member.observations = answers_of(member.answer, catalogue());
    });
  }

  const Definitions& definitions_;
  const Round* round_;  // may be null
  Findings& findings_;
  std::optional<RosterNames> names_;  // made when first asked for
  Province province_;
};

}  // namespace

Province gather(std::vector<Return> returns, const Definitions& definitions, Findings& findings, const Round* round) {
  return Gatherer(definitions, round, findings).run(std::move(returns));
}

}  // namespace tonghop
