// JSON of the commands' results.
#include "report/json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "report/tables.h"

namespace tonghop {
namespace {

constexpr std::array<const char*, 3> kFileStates = {"used", "superseded", "refused"};  // by SourceFile::State

using Json = nlohmann::ordered_json;

std::string printed(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json or_null(const std::optional<Decimal>& value) { return value ? Json(value->to_string()) : Json(nullptr); }

Json json_of(const Findings& findings, const Wording& wording, const std::string& lang) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"severity", to_string(wording.severity(finding))},
                    {"code", finding.code},
                    {"file", finding.place.file},
                    {"sheet", finding.place.sheet},
                    {"cell", finding.place.cell},
                    {"agency", finding.agency},
                    {"indicator", finding.indicator},
                    {"raw", finding.raw},
                    {"value", finding.value},
                    {"message", wording.sentence(finding, lang)},
                    {"state", to_string(finding.state)}});
  }
  return list;
}

}  // namespace

std::string explanation_json(const Explained& explained, const std::string& lang) {
  constexpr std::array<const char*, 10> kBases = {"none",  "sum",   "ratio", "weighted",  "same",
                                                  "range", "tally", "list",  "authority", "not_computable"};
  const Indicator& what = explained.definitions.catalogue[explained.indicator];
  const Province& province = explained.province;
  const Figure& figure = province.figures[static_cast<std::size_t>(explained.indicator)];
  Json tally = Json::array();
  for (std::size_t o = 0; o < figure.tally.size(); ++o) {
    tally.push_back({{"code", what.options[o].code}, {"label", what.options[o].label}, {"agencies", figure.tally[o]}});
  }
  Json addends = Json::array();
  for (const Contribution& addend : explained.addends) {
    const std::vector<std::string> fields = addend_fields(explained, addend);
    Json told = Json::object();
    for (std::size_t f = 0; f < fields.size(); ++f) told[std::string(kAddendFields.at(f))] = fields[f];
    addends.push_back(std::move(told));
  }
  return printed(
      {{"indicator", what.id},
       {"label", what.label},
       {"unit", what.unit},
       {"kind", kind_name(what.kind)},
       {"basis", kBases.at(static_cast<std::size_t>(figure.basis))},
       {"value", or_null(figure.value)},
       {"numerator", or_null(figure.numerator)},
       {"denominator", or_null(figure.denominator)},
       {"low", or_null(figure.low)},
       {"high", or_null(figure.high)},
       {"others", or_null(figure.others)},
       {"authority",
        figure.authority < 0 ? Json(nullptr) : Json(province.members[static_cast<std::size_t>(figure.authority)].name)},
       {"agencies", figure.agencies},
       {"expected", figure.expected},
       {"missing", missing_names(explained)},
       {"absent", absent_names(explained)},
       {"tally", std::move(tally)},
       {"addends", std::move(addends)},
       {"findings", json_of(explained.findings, explained.definitions.wording, lang)}});
}

std::string check_json(const NamedCounts& counts, const std::vector<SourceFile>& sources, const Findings& findings,
                       const Wording& wording, const std::string& lang) {
  Json counted = Json::object();
  for (const auto& [name, count] : counts) counted[name] = count;
  Json files = Json::array();
  for (const SourceFile& source : sources) {
    files.push_back({{"file", source.path},
                     {"state", kFileStates.at(static_cast<std::size_t>(source.state))},
                     {"bytes", source.bytes},
                     {"sha256", source.sha256},
                     {"template", source.form},
                     {"agency", source.agency},
                     {"period", source.period},
                     {"values", source.values}});
  }
  return printed(
      {{"counts", std::move(counted)}, {"files", std::move(files)}, {"findings", json_of(findings, wording, lang)}});
}

std::string status_json(const RoundStatus& status, const std::string& lang) {
  const Ledger& ledger = status.ledger;
  const auto standing = [&](Standing one) { return ledger.standings[static_cast<std::size_t>(one)]; };
  const auto minutes = [](std::optional<long> late) { return late ? Json(*late) : Json(nullptr); };
  std::vector<std::string> owners(status.sources.size());
  Json agencies = Json::array();
  for (const auto* entries : {&ledger.expected, &ledger.others}) {
    for (const LedgerEntry& entry : *entries) {
      const Agency* agency =
          entry.agency < 0 ? nullptr : &ledger.round->agencies[static_cast<std::size_t>(entry.agency)];
      Json files = Json::array();
      for (const int file : entry.files) {
        files.push_back(status.sources[static_cast<std::size_t>(file)].path);
        owners[static_cast<std::size_t>(file)] = entry.name;
      }
      agencies.push_back({{"code", agency == nullptr ? "" : agency->code},
                          {"agency", entry.name},
                          {"level", agency == nullptr ? "" : agency->level},
                          {"expected", entries == &ledger.expected},
                          {"state", to_string(entry.standing)},
                          {"late_minutes", minutes(entry.late)},
                          {"received", entry.received},
                          {"errors", entry.errors},
                          {"warnings", entry.warnings},
                          {"values", entry.values},
                          {"files", std::move(files)}});
    }
  }
  Json files = Json::array();
  for (std::size_t s = 0; s < status.sources.size(); ++s) {
    const SourceFile& source = status.sources[s];
    files.push_back({{"file", source.path},
                     {"state", kFileStates.at(static_cast<std::size_t>(source.state))},
                     {"agency", owners[s]},
                     {"sender", source.sender},
                     {"sent", source.sent},
                     {"saved", source.modified},
                     {"late_minutes", minutes(minutes_late(came(source), ledger.round))},
                     {"values", source.values}});
  }
  return printed({{"counts",
                   {{"expected", ledger.expected.size()},
                    {"accepted", standing(Standing::accepted)},
                    {"open_errors", standing(Standing::open_errors)},
                    {"wrong_period", standing(Standing::wrong_period)},
                    {"refused", standing(Standing::refused)},
                    {"not_returned", standing(Standing::not_returned)},
                    {"late", ledger.late},
                    {"undated", ledger.undated},
                    {"others", ledger.others.size()},
                    {"files", status.sources.size()},
                    {"files_used", ledger.files[0]},
                    {"files_superseded", ledger.files[1]},
                    {"files_refused", ledger.files[2]},
                    {"files_of_nobody", ledger.nobodys.size()},
                    {"files_ignored", ledger.ignored.size()}}},
                  {"agencies", std::move(agencies)},
                  {"files", std::move(files)},
                  {"ignored", ledger.ignored},
                  {"findings", json_of(status.findings, status.wording, lang)}});
}

std::string templates_json(const Definitions& definitions) {
  Json list = Json::array();
  for (const Form& form : definitions.forms) {
    list.push_back({{"id", form.form.id},
                    {"version", form.form.version},
                    {"title", form.form.title},
                    {"level", form.form.level},
                    {"cite", form.form.cite},
                    {"valid_from", form.form.valid_from},
                    {"valid_to", form.form.valid_to},
                    {"summary", form.form.summary},
                    {"sheets", form.form.sheets.size()},
                    {"rows", form.form.rows.size()},
                    {"inputs", form.form.inputs()}});
  }
  return printed(list);
}

std::string lint_json(const std::vector<std::string>& problems) { return printed({{"problems", problems}}); }

}  // namespace tonghop
