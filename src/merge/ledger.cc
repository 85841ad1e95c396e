// Province, sources and findings -> ledger.
#include "merge/ledger.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "merge/rivals.h"
#include "round/date.h"

namespace tonghop {
namespace {

class Ledgering {
 public:
  Ledgering(const Province& province, const std::vector<SourceFile>& sources, const Findings& findings,
            const Wording& wording)
      : province_(province), round_(province.round), sources_(sources), findings_(findings), wording_(wording) {}

  Ledger run() {
    ledger_.round = round_;
    make_entries();
    file_sources();
    count_findings();
    for (LedgerEntry& entry : entries_) stand(entry);
    for (const Finding& finding : findings_) {
      const std::string& code = finding.code;
      if (code == "file-ignored" || code == "attachment-none" || code == "mail-bounced" || code == "mail-receipt" ||
          code == "mail-unsent")
        ledger_.ignored.push_back(finding.place.file);
    }
    for (LedgerEntry& entry : entries_) {
      const bool expected = entry.agency >= 0 && round_->expects(agency(entry.agency));
      if (expected) count(entry);
      (expected ? ledger_.expected : ledger_.others).push_back(std::move(entry));
    }
    return std::move(ledger_);
  }

 private:
  const Agency& agency(int index) const { return round_->agencies[static_cast<std::size_t>(index)]; }

  // Of all that are expected and of all that came, by the roster, then by name.
  void make_entries() {
    std::vector<int> member_of(round_ == nullptr ? 0 : round_->agencies.size(), -1);
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      if (const int listed = province_.members[m].agency; listed >= 0)
        member_of[static_cast<std::size_t>(listed)] = static_cast<int>(m);
    }
    for (std::size_t a = 0; a < member_of.size(); ++a) {
      const Agency& one = agency(static_cast<int>(a));
      if (member_of[a] >= 0 || round_->expects(one) || sent_refused(one.name))
        enter(static_cast<int>(a), one.name, member_of[a]);
    }
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      if (province_.members[m].agency < 0) enter(-1, province_.members[m].name, static_cast<int>(m));
    }
  }

  bool sent_refused(const std::string& name) const {
    return std::any_of(sources_.begin(), sources_.end(), [&](const SourceFile& source) {
      return source.state == SourceFile::State::refused && source.agency == name;
    });
  }

  void enter(int listed, const std::string& name, int member) {
    const int index = static_cast<int>(entries_.size());
    LedgerEntry entry;
    entry.agency = listed;
    entry.name = name;
    entry.member = member;
    by_name_.emplace(fold_name(name), index);
    if (member >= 0) {
      const Member& came = province_.members[static_cast<std::size_t>(member)];
      for (const std::string& file : came.files) by_file_.emplace(file, index);
      entry.received = came.received;
      entry.late = minutes_late(came.received, round_);
      entry.values = values_in(came.answer);
    }
    entries_.push_back(std::move(entry));
  }

  // Whose each file is.
  void file_sources() {
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const SourceFile& source = sources_[s];
      ++ledger_.files[static_cast<std::size_t>(source.state)];
      const auto named = by_name_.find(fold_name(source.agency));
      const auto filed = by_file_.find(source.path);
      const int entry = filed != by_file_.end() ? filed->second : named != by_name_.end() ? named->second : -1;
      std::vector<int>& files = entry < 0 ? ledger_.nobodys : entries_[static_cast<std::size_t>(entry)].files;
      files.push_back(static_cast<int>(s));
      const bool has_return = entry >= 0 && entries_[static_cast<std::size_t>(entry)].member >= 0;
      if (has_return && source.state != SourceFile::State::used) ledger_.set_aside.insert(source.path);
    }
  }

  void count_findings() {
    std::unordered_map<std::string, int> met;  // agency as a finding calls it -> entry, -1 none
    for (const Finding& finding : findings_) {
      if (!ledger_.concerns(finding)) continue;
      const auto [agency, fresh] = met.try_emplace(finding.agency, -1);
      if (const auto known = fresh ? by_name_.find(fold_name(finding.agency)) : by_name_.end();
          known != by_name_.end()) {
        agency->second = known->second;
      }
      if (agency->second < 0) continue;
      LedgerEntry& entry = entries_[static_cast<std::size_t>(agency->second)];
      const Severity severity = wording_.severity(finding);
      entry.errors += severity == Severity::error ? 1 : 0;
      entry.warnings += severity == Severity::warning ? 1 : 0;
      if (finding.code == "period-other") other_period_.insert(agency->second);
    }
  }

  void stand(LedgerEntry& entry) const {
    const auto index = static_cast<int>(&entry - entries_.data());
    if (entry.member < 0) {
      entry.standing = entry.files.empty() ? Standing::not_returned : Standing::refused;
    } else if (other_period_.contains(index)) {
      entry.standing = Standing::wrong_period;
    } else {
      entry.standing = entry.errors > 0 ? Standing::open_errors : Standing::accepted;
    }
  }

  void count(const LedgerEntry& entry) {
    ++ledger_.standings[static_cast<std::size_t>(entry.standing)];
    ledger_.late += entry.late ? 1 : 0;
    const bool deadline = !round_->deadline.empty();
    ledger_.undated += deadline && entry.member >= 0 && entry.received.empty() ? 1 : 0;
  }

  const Province& province_;
  const Round* round_;  // may be null
  const std::vector<SourceFile>& sources_;
  const Findings& findings_;
  const Wording& wording_;
  Ledger ledger_;
  std::vector<LedgerEntry> entries_;
  std::unordered_map<std::string, int> by_name_;  // folded -> entry
  std::unordered_map<std::string, int> by_file_;
  std::set<int> other_period_;  // entries
};

}  // namespace

std::string_view to_string(Standing standing) {
  constexpr std::array<std::string_view, kStandings> kNames = {"not_returned", "refused", "wrong_period", "open_errors",
                                                               "accepted"};
  return kNames[static_cast<std::size_t>(standing)];
}

bool Ledger::concerns(const Finding& finding) const {
  if (finding.state != Finding::State::open || finding.agency.empty()) return false;
  const bool unclear = finding.code == "return-conflict" || finding.code == "return-emptier";
  return unclear || !set_aside.contains(finding.place.file);
}

const std::string& came(const SourceFile& source) { return source.sent.empty() ? source.modified : source.sent; }

std::optional<long> minutes_late(const std::string& utc, const Round* round) {
  if (round == nullptr || round->deadline.empty()) return std::nullopt;
  const auto minutes = minutes_between(round->deadline, local_time(utc, round->minutes_east));
  return minutes && *minutes > 0 ? minutes : std::nullopt;
}

Ledger ledger_of(const Province& province, const std::vector<SourceFile>& sources, const Findings& findings,
                 const Wording& wording) {
  return Ledgering(province, sources, findings, wording).run();
}

}  // namespace tonghop
