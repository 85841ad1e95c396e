// Findings -> what each agency is asked to mend.
#include "report/corrections.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "forms/blank.h"
#include "report/list_sheet.h"
#include "round/round.h"

namespace tonghop {
namespace {

// What the office decides, not the agency.
constexpr std::array<std::string_view, 14> kOffice = {
    "return-copied",  "return-repeated",     "return-conflict",  "return-superseded", "return-emptier",
    "return-joined",  "return-other-period", "report-loses",     "report-inexact",    "reports-overlap",
    "figures-inside", "figures-not-inside",  "template-version", "edit-lost"};
// Whose a file is; the agency mends only what it wrote of itself.
constexpr std::array<std::string_view, 2> kOwnName = {"agency-unnamed", "agency-differs"};

bool is_office(const std::string& code) {
  if (code.starts_with("agency-")) return std::ranges::find(kOwnName, code) == kOwnName.end();
  return std::ranges::find(kOffice, code) != kOffice.end() || code.starts_with("decision-") ||
         code.starts_with("authority-") || code.starts_with("export-");
}

// Of a member, what its findings are told by.
class MemberCorrection {
 public:
  MemberCorrection(const Province& province, std::size_t member, const Definitions& definitions)
      : province_(province), index_(member), member_(province.members[member]), definitions_(definitions) {
    result_.agency = member_.agency;
    result_.name = member_.name;
    result_.lang = member_.answer.form->form.lang;
    files_.insert(member_.answer.file);
    for (const Observation& one : member_.answer.observations) {
      if (!one.place.file.empty()) files_.insert(one.place.file);
    }
  }

  const std::set<std::string>& files() const { return files_; }

  void add(const Finding& finding, Severity severity) {
    if (finding.code == "values-missing" && add_blanks(severity)) return;
    const Observation* typed = observation_of(finding);
    CorrectionItem item;
    item.severity = severity;
    item.place = finding.place;
    item.subject = typed == nullptr ? label_of(finding.indicator) : printed(typed->row);
    item.raw = finding.raw;
    item.problem = definitions_.wording.sentence(finding, result_.lang);
    const bool about_value = finding.code.str().starts_with("value-") || finding.code.str().starts_with("choice-") ||
                             finding.code.str().starts_with("cell-");
    if (typed != nullptr && about_value) item.expected = expected_at(typed->row);
    result_.items.push_back(std::move(item));
  }

  Correction take() {
    result_.files.assign(files_.begin(), files_.end());
    for (const CorrectionItem& item : result_.items)
      ++(item.severity == Severity::error ? result_.errors : result_.warnings);
    std::ranges::stable_sort(result_.items, [](const CorrectionItem& a, const CorrectionItem& b) {
      const auto rank = [](const CorrectionItem& item) {
        const auto at = xlsx::parse_address(item.place.cell);
        return std::tuple(at.has_value(), at.value_or(xlsx::Address{}));
      };
      if (a.place.cell.empty() != b.place.cell.empty()) return a.place.cell.empty();
      return std::tie(a.place.file, a.place.sheet) != std::tie(b.place.file, b.place.sheet)
                 ? std::tie(a.place.file, a.place.sheet) < std::tie(b.place.file, b.place.sheet)
                 : rank(a) < rank(b);
    });
    return std::move(result_);
  }

 private:
  // One item for each cell that the agency owes and left blank; false where they are not known.
  bool add_blanks(Severity severity) {
    bool any = false;
    for (const Observation& one : member_.answer.observations) {
      if (one.row < 0 || one.status != Status::blank || !one.raw.empty() || one.place.cell.empty()) continue;
      if (member_.answer.form->inputs[static_cast<std::size_t>(one.row)].computed()) continue;
      const auto i = static_cast<std::size_t>(one.indicator);
      if (i >= province_.figures.size()) continue;
      const std::vector<int>& missing = province_.figures[i].missing;
      if (std::ranges::find(missing, static_cast<int>(index_)) == missing.end()) continue;
      any = true;
      result_.items.push_back({severity, one.place, printed(one.row), "",
                               definitions_.wording.text("corrections.blank", result_.lang), expected_at(one.row)});
    }
    return any;
  }

  const Observation* observation_of(const Finding& finding) const {
    const Observation* found = nullptr;
    for (const Observation& one : member_.answer.observations) {
      if (one.row < 0 || finding.indicator.empty() || definitions_.catalogue[one.indicator].id != finding.indicator)
        continue;
      if (found == nullptr || one.place == finding.place) found = &one;
    }
    return found;
  }

  std::string label_of(const std::string& indicator) const {
    const int found = definitions_.catalogue.find(indicator);
    return found < 0 ? "" : definitions_.catalogue[found].label;
  }

  std::string printed(int row) const {
    const Row& one = member_.answer.form->form.rows[static_cast<std::size_t>(row)];
    return squeezed(one.number + " " + one.caption);
  }

  std::string expected_at(int row) const {
    return prompt_of(member_.answer.form->inputs[static_cast<std::size_t>(row)], definitions_.wording, result_.lang);
  }

  const Province& province_;
  std::size_t index_;
  const Member& member_;
  const Definitions& definitions_;
  std::set<std::string> files_;
  Correction result_;
};

}  // namespace

std::vector<Correction> corrections_of(const Province& province, const Findings& findings,
                                       const std::vector<SourceFile>& sources, const Definitions& definitions) {
  std::vector<MemberCorrection> members;
  std::map<std::string, std::size_t> by_name, by_file;
  for (std::size_t m = 0; m < province.members.size(); ++m) {
    members.emplace_back(province, m, definitions);
    by_name.emplace(fold_name(province.members[m].name), m);
    for (const std::string& file : members.back().files()) by_file.emplace(file, m);
  }
  std::map<std::string, Correction> refused;  // by agency
  std::map<std::string, const SourceFile*> refused_files;
  for (const SourceFile& source : sources) {
    if (source.state == SourceFile::State::refused && !source.agency.empty()) refused_files[source.path] = &source;
  }
  for (const Finding& finding : findings) {
    const Severity severity = definitions.wording.severity(finding);
    if (finding.state != Finding::State::open || severity == Severity::note || is_office(finding.code)) continue;
    const auto file = by_file.find(finding.place.file);
    const auto name = by_name.find(fold_name(finding.agency));
    if (file != by_file.end() && (finding.agency.empty() || name == by_name.end() || name->second == file->second)) {
      members[file->second].add(finding, severity);
    } else if (const auto source = refused_files.find(finding.place.file); source != refused_files.end()) {
      const std::string& agency = source->second->agency;
      if (by_name.contains(fold_name(agency))) continue;  // has sent another that counts
      Correction& one = refused[fold_name(agency)];
      one.name = agency;
      one.agency = province.round == nullptr ? -1 : province.round->find(agency);
      one.lang = definitions.summary() == nullptr ? "vi" : definitions.summary()->form.lang;
      ++(severity == Severity::error ? one.errors : one.warnings);
      one.items.push_back({severity, finding.place, "", "", definitions.wording.sentence(finding, one.lang), ""});
    }
  }
  std::vector<Correction> corrections;
  for (MemberCorrection& member : members) {
    Correction one = member.take();
    if (!one.items.empty()) corrections.push_back(std::move(one));
  }
  for (auto& [name, one] : refused) corrections.push_back(std::move(one));
  std::ranges::stable_sort(corrections, [](const Correction& a, const Correction& b) { return a.name < b.name; });
  return corrections;
}

std::string letter_line(const CorrectionItem& item) {
  const std::string place = sheet_and_cell(item.place);
  return place + (place.empty() ? "" : ": ") + item.problem;
}

}  // namespace tonghop
