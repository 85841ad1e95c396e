// The fields of files, observations, remarks and findings.
#include "reconcile/exported_fields.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.h"

namespace tonghop::exported {
namespace {

constexpr std::array<const char*, 4> kStates = {"used", "refused", "ignored", "absent"};
constexpr std::array<const char*, 2> kNamers = {"file name", "workbook"};  // who says the agency's name

template <typename Names>
int position(const Names& names, const std::string& cell) {
  const auto found = std::find(names.begin(), names.end(), cell);
  if (found != names.end()) return static_cast<int>(found - names.begin());
  std::string all;
  for (const char* name : names) all += (all.empty() ? "" : ", ") + std::string(name);
  throw Expected{"one of " + all};
}

// The return of a file, whose fields are empty where there is none.
Return* answer_of(Arrival& arrival, const std::string& cell) {
  if (!arrival.answer && !cell.empty()) throw Expected{"nothing, since the file gave no return"};
  return arrival.answer ? &*arrival.answer : nullptr;
}

// As JSON, the innermost first; "" for none.
std::string mails_text(const std::vector<MailHead>& mails) {
  if (mails.empty()) return "";
  nlohmann::ordered_json all;
  for (const MailHead& one : mails) {
    all.push_back(
        {{"sender", one.sender}, {"sender_name", one.sender_name}, {"sent", one.sent}, {"subject", one.subject}});
  }
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<MailHead> mails_of(const std::string& cell) {
  std::vector<MailHead> mails;
  if (cell.empty()) return mails;
  try {
    for (const nlohmann::json& one : nlohmann::json::parse(cell)) {
      mails.push_back({one.at("sender").get<std::string>(), one.at("sender_name").get<std::string>(),
                       one.at("sent").get<std::string>(), one.at("subject").get<std::string>()});
    }
  } catch (const nlohmann::json::exception&) {
    throw Expected{"a list of mails with sender, sender_name, sent and subject"};
  }
  return mails;
}

int row_of(const Scope& scope, const std::string& key) {
  const int row = scope.form().form.row(key);
  if (row < 0) throw Expected{"the key of a row of " + scope.form().form.id};
  return row;
}

}  // namespace

const std::vector<Field<Arrival>> kFiles = {
    {"file", Type::text, [](const Scope&, const Arrival& one) { return one.path; },
     [](const Scope&, Arrival& one, const std::string& cell) { one.path = cell; }},
    {"state", Type::text,
     [](const Scope&, const Arrival& one) { return std::string(kStates.at(static_cast<std::size_t>(one.state))); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       one.state = static_cast<Arrival::State>(position(kStates, cell));
     }},
    {"bytes", Type::integer, [](const Scope&, const Arrival& one) { return std::to_string(one.bytes); },
     [](const Scope&, Arrival& one, const std::string& cell) { one.bytes = std::stoull(cell); }},
    {"sha256", Type::text, [](const Scope&, const Arrival& one) { return one.sha256; },
     [](const Scope&, Arrival& one, const std::string& cell) { one.sha256 = cell; }},
    {"template", Type::text,
     [](const Scope& scope, const Arrival& one) { return one.answer ? scope.form().form.id : std::string(); },
     [](const Scope& scope, Arrival& one, const std::string& cell) {
       if (cell.empty() != (one.state != Arrival::State::used))
         throw Expected{"a template for each file that was used"};
       if (cell.empty()) return;
       one.answer.emplace();
       one.answer->file = one.path;
       one.answer->form = scope.definitions.find(cell);
       if (one.answer->form == nullptr) throw Expected{"a template of the definitions in use"};
     }},
    {"template_version", Type::text,
     [](const Scope& scope, const Arrival& one) {
       return one.answer ? std::to_string(scope.form().form.version) : std::string();
     },
     [](const Scope&, Arrival& one, const std::string& cell) {
       const Return* answer = answer_of(one, cell);
       if (answer == nullptr) return;
       const std::string known = std::to_string(answer->form->form.version);
       if (cell != known) throw Expected{"version " + known + " of the template"};
     }},
    {"agency", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->agency : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->agency = cell;
     }},
    {"agency_code", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->code : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->code = cell;
     }},
    {"agency_named_by", Type::text,
     [](const Scope&, const Arrival& one) {
       return one.answer ? std::string(kNamers.at(one.answer->named ? 1 : 0)) : std::string();
     },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->named = position(kNamers, cell) == 1;
     }},
    {"period", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->period : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->period = cell;
     }},
    {"saved", Type::text,
     [](const Scope&, const Arrival& one) { return one.answer ? one.answer->modified : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->modified = cell;
     }},
    {"sender", Type::text,
     [](const Scope&, const Arrival& one) { return one.mails.empty() ? std::string() : one.mails.front().sender; },
     nullptr},
    {"sent", Type::text, [](const Scope&, const Arrival& one) { return one.answer ? one.answer->sent : std::string(); },
     [](const Scope&, Arrival& one, const std::string& cell) {
       if (Return* answer = answer_of(one, cell)) answer->sent = cell;
     }},
    {"mails", Type::text, [](const Scope&, const Arrival& one) { return mails_text(one.mails); },
     [](const Scope&, Arrival& one, const std::string& cell) { one.mails = mails_of(cell); }},
    {"agencies_within", Type::text,  // one a line
     [](const Scope&, const Arrival& one) {
       std::string names;
       if (!one.answer) return names;
       for (const std::string& name : one.answer->within) names += (names.empty() ? "" : "\n") + name;
       return names;
     },
     [](const Scope&, Arrival& one, const std::string& cell) {
       Return* answer = answer_of(one, cell);
       if (answer == nullptr) return;
       std::istringstream lines(cell);
       for (std::string name; std::getline(lines, name);) answer->within.push_back(name);
     }},
};

// A component taken out of a percentage has no row of the form: its key is "".
const std::vector<Field<Observation>> kObservations = {
    {"file", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.path; }, nullptr},
    {"sha256", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.sha256; }, nullptr},
    {"agency", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.answer->agency; },
     nullptr},
    {"period", Type::text, [](const Scope& scope, const Observation&) { return scope.arrival.answer->period; },
     nullptr},
    {"template", Type::text, [](const Scope& scope, const Observation&) { return scope.form().form.id; }, nullptr},
    {"sheet", Type::text, [](const Scope&, const Observation& one) { return one.place.sheet.str(); },
     [](const Scope&, Observation& one, const std::string& cell) { one.place.sheet = cell; }},
    {"cell", Type::text, [](const Scope&, const Observation& one) { return one.place.cell.str(); },
     [](const Scope&, Observation& one, const std::string& cell) { one.place.cell = cell; }},
    {"key", Type::text,
     [](const Scope& scope, const Observation& one) { return one.row < 0 ? "" : scope.row(one.row).key; },
     [](const Scope& scope, Observation& one, const std::string& cell) {
       if (!cell.empty()) one.row = row_of(scope, cell);
     }},
    {"number", Type::text,
     [](const Scope& scope, const Observation& one) { return one.row < 0 ? "" : scope.row(one.row).number; }, nullptr},
    {"label", Type::text,
     [](const Scope& scope, const Observation& one) {
       return one.row < 0 ? scope.definitions.catalogue[one.indicator].label : squeezed(scope.row(one.row).caption);
     },
     nullptr},
    {"indicator", Type::text,
     [](const Scope& scope, const Observation& one) { return scope.definitions.catalogue[one.indicator].id; },
     [](const Scope& scope, Observation& one, const std::string& cell) {
       one.indicator = scope.definitions.catalogue.find(cell);
       if (one.indicator < 0) throw Expected{"an indicator of the definitions in use"};
       const int own = one.row < 0 ? -1 : scope.form().mapping.indicators[static_cast<std::size_t>(one.row)];
       if (one.row >= 0 && own < 0) throw Expected{"nothing, since the row takes no value"};
       if (own >= 0 && own != one.indicator)
         throw Expected{"“" + scope.definitions.catalogue[own].id + "” in this row"};
     }},
    {"kind", Type::text,
     [](const Scope& scope, const Observation& one) {
       return std::string(kind_name(scope.definitions.catalogue[one.indicator].kind));
     },
     nullptr},
    {"unit", Type::text,
     [](const Scope& scope, const Observation& one) { return scope.definitions.catalogue[one.indicator].unit; },
     nullptr},
    {"raw", Type::text, [](const Scope&, const Observation& one) { return one.raw.str(); },
     [](const Scope&, Observation& one, const std::string& cell) { one.raw = cell; }},
    {"value", Type::decimal,
     [](const Scope&, const Observation& one) { return one.value ? one.value->to_string() : std::string(); },
     [](const Scope&, Observation& one, const std::string& cell) {
       if (cell.empty()) return;
       one.value = Decimal::parse(cell);
       if (!one.value || one.value->to_string() != cell) throw Expected{"a decimal number such as -12.5"};
     }},
    {"text", Type::text, [](const Scope&, const Observation& one) { return one.text.str(); },
     [](const Scope&, Observation& one, const std::string& cell) { one.text = cell; }},
    {"status", Type::text, [](const Scope&, const Observation& one) { return std::string(to_string(one.status)); },
     [](const Scope& scope, Observation& one, const std::string& cell) {
       const auto status = parse_status(cell);
       if (!status) throw Expected{"a status such as exact"};
       one.status = *status;
       const bool text = scope.definitions.catalogue[one.indicator].kind == Kind::text;
       const bool given = one.value.has_value() || (text && !one.text.empty());
       if (given != has_value(*status)) throw Expected{given ? "a status with a value" : "a status without a value"};
     }},
    {"computed", Type::integer,
     [](const Scope&, const Observation& one) { return std::string(one.computed ? "1" : "0"); },
     [](const Scope&, Observation& one, const std::string& cell) { one.computed = cell == "1"; }},
    {"decimals", Type::integer, [](const Scope&, const Observation& one) { return std::to_string(one.decimals); },
     [](const Scope&, Observation& one, const std::string& cell) {
       constexpr int kMost = 18;
       const int decimals = std::stoi(cell);
       if (decimals < 0 || decimals > kMost) throw Expected{"a number of decimals"};
       one.decimals = decimals;
     }},
    {"note", Type::text, [](const Scope&, const Observation& one) { return one.note.str(); },
     [](const Scope&, Observation& one, const std::string& cell) { one.note = cell; }},
};

const std::vector<Field<SectionNote>> kRemarks = {
    {"file", Type::text, [](const Scope& scope, const SectionNote&) { return scope.arrival.path; }, nullptr},
    {"agency", Type::text, [](const Scope& scope, const SectionNote&) { return scope.arrival.answer->agency; },
     nullptr},
    {"sheet", Type::text, [](const Scope&, const SectionNote& one) { return one.place.sheet.str(); },
     [](const Scope&, SectionNote& one, const std::string& cell) { one.place.sheet = cell; }},
    {"cell", Type::text, [](const Scope&, const SectionNote& one) { return one.place.cell.str(); },
     [](const Scope&, SectionNote& one, const std::string& cell) { one.place.cell = cell; }},
    {"key", Type::text, [](const Scope& scope, const SectionNote& one) { return scope.row(one.row).key; },
     [](const Scope& scope, SectionNote& one, const std::string& cell) { one.row = row_of(scope, cell); }},
    {"label", Type::text,
     [](const Scope& scope, const SectionNote& one) { return squeezed(scope.row(one.row).caption); }, nullptr},
    {"note", Type::text, [](const Scope&, const SectionNote& one) { return one.note.str(); },
     [](const Scope&, SectionNote& one, const std::string& cell) { one.note = cell; }},
};

const std::vector<Field<Finding>> kFindings = {
    {"file", Type::text, [](const Scope&, const Finding& one) { return one.place.file.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.place.file = cell; }},
    {"sheet", Type::text, [](const Scope&, const Finding& one) { return one.place.sheet.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.place.sheet = cell; }},
    {"cell", Type::text, [](const Scope&, const Finding& one) { return one.place.cell.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.place.cell = cell; }},
    {"code", Type::text, [](const Scope&, const Finding& one) { return one.code.str(); },
     [](const Scope& scope, Finding& one, const std::string& cell) {
       if (!scope.definitions.wording.has(cell)) throw Expected{"the code of a finding"};
       one.code = cell;
     }},
    {"severity", Type::text,
     [](const Scope& scope, const Finding& one) {
       return std::string(to_string(scope.definitions.wording.severity(one)));
     },
     nullptr},
    {"agency", Type::text, [](const Scope&, const Finding& one) { return one.agency.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.agency = cell; }},
    {"indicator", Type::text, [](const Scope&, const Finding& one) { return one.indicator.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.indicator = cell; }},
    {"raw", Type::text, [](const Scope&, const Finding& one) { return one.raw.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.raw = cell; }},
    {"value", Type::text, [](const Scope&, const Finding& one) { return one.value.str(); },
     [](const Scope&, Finding& one, const std::string& cell) { one.value = cell; }},
    {"details", Type::text,
     [](const Scope&, const Finding& one) {
       return nlohmann::json(one.details).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
     },
     [](const Scope&, Finding& one, const std::string& cell) {
       try {
         one.details = nlohmann::json::parse(cell).get<Details>();
       } catch (const nlohmann::json::exception&) {
         throw Expected{R"(a list of names and texts such as [["number","1.2."]])"};
       }
     }},
};

}  // namespace tonghop::exported
