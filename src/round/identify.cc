// Three witnesses, in order, and what is said when they disagree.
#include "round/identify.h"

#include <algorithm>

#include "base/text.h"

namespace tonghop {
namespace {

// E-mail addresses in a cell, in lower case: "a@b; C <c@d>" has two.
std::vector<std::string> addresses_in(const std::string& cell) {
  std::vector<std::string> addresses;
  std::string word;
  for (const char c : lower(cell) + " ") {
    if (std::string_view(" ;,<>\t\n").find(c) == std::string_view::npos) {
      word += c;
      continue;
    }
    if (word.find('@') != std::string::npos) addresses.push_back(word);
    word.clear();
  }
  return addresses;
}

}  // namespace

Identifier::Identifier(const Round& round, const Wording& wording) : round_(round), names_(round, wording) {
  const std::vector<std::string> own = addresses_in(round.reply);
  for (std::size_t a = 0; a < round.agencies.size(); ++a) {
    const Agency& agency = round.agencies[a];
    if (const std::string code = fold_name(agency.code); !code.empty()) codes_.emplace(code, static_cast<int>(a));
    for (const std::string& address : addresses_in(agency.email)) {
      if (std::find(own.begin(), own.end(), address) == own.end()) {  // who collects returns forwards those of others
        addresses_[address].push_back(static_cast<int>(a));
      }
    }
  }
}

// By the innermost mail that tells anything: those around it were forwarded.
Identifier::Sender Identifier::sender_of(const Arrival& arrival) const {
  for (const MailHead& mail : arrival.mails) {
    const auto known = addresses_.find(mail.sender);
    if (known != addresses_.end()) return {mail.sender, known->second};
  }
  return {};
}

// The agency or one above it is among those told.
bool Identifier::confirms(const std::vector<int>& told, int agency) const {
  for (int at = agency; at >= 0; at = round_.agencies[static_cast<std::size_t>(at)].parent) {
    if (std::find(told.begin(), told.end(), at) != told.end()) return true;
  }
  return false;
}

// By the name in the file, else by the code that it carries.
int Identifier::inside(const Return& answer, const std::string& path, Findings& findings) const {
  const int exact = answer.named ? round_.find(answer.agency) : -1;
  if (exact >= 0) return exact;
  const auto code = codes_.find(fold_name(answer.code));
  const int meant = answer.named ? names_.meant_by(answer.agency) : -1;
  if (code == codes_.end() && meant < 0) return -1;
  const int agency = meant >= 0 ? meant : code->second;
  if (!answer.named) return agency;
  const char* how = meant >= 0 ? "agency-spelled" : "agency-by-code";
  Details details = {{"name", answer.agency}};
  if (meant < 0) details.emplace_back("code", answer.code);
  findings.push_back({.code = how, .place = {.file = path}, .details = details, .agency = name(agency)});
  return agency;
}

void Identifier::identify(Arrival& arrival) const {
  const Sender sender = sender_of(arrival);
  const int named = names_.named_in(arrival.path);
  // Sender and file name together: the name tells which of those that the sender may speak for.
  const bool agreed = named >= 0 && (sender.agencies.empty() || confirms(sender.agencies, named));
  const int outside = agreed ? named : sender.agencies.size() == 1 ? sender.agencies.front() : -1;
  if (!arrival.answer) {
    if (outside < 0) return;
    arrival.agency = name(outside);
    for (Finding& finding : arrival.findings) {
      if (finding.agency.empty()) finding.agency = arrival.agency;
    }
    return;
  }
  Return& answer = *arrival.answer;
  const auto find = [&](const char* code, const std::string& agency, Details details) {
    arrival.findings.push_back(
        {.code = code, .place = {.file = arrival.path}, .details = std::move(details), .agency = agency});
  };
  int agency = inside(answer, arrival.path, arrival.findings);
  // A name that is only nearly on the roster, and somebody outside says the same.
  const bool slip = agency < 0 && answer.named && outside >= 0 && names_.nearest(answer.agency) == outside;
  const std::string written = answer.agency;  // of an unnamed one the file's name
  const std::string said = answer.named ? "“" + written + "”" : "—";
  if (agency < 0 && outside >= 0 && (!answer.named || slip)) {
    agency = outside;
    const bool by_name = agreed && sender.agencies.size() != 1;
    if (by_name) find("agency-by-file-name", name(agency), {});
    if (!by_name) find("agency-by-sender", name(agency), {{"address", sender.address}});
  }
  const bool by_sender = sender.agencies.empty() || (agency >= 0 && confirms(sender.agencies, agency));
  const bool by_name = named < 0 || (agency >= 0 && (named == agency || confirms({named}, agency)));
  if (agency >= 0) {
    for (Finding& finding : arrival.findings) {
      if (finding.agency == written) finding.agency = name(agency);
    }
    if (answer.named) answer.inside = written;
    answer.agency = name(agency);
    answer.named = true;
  }
  // Several agencies may share an address: with an agency of none of them it tells nothing.
  const bool differs = (!by_sender && sender.agencies.size() == 1) || !by_name;
  if (!differs || (agency < 0 && !answer.named)) return;
  const char* code = !by_sender && agency >= 0 ? "agency-sender-differs" : "agency-sources-differ";
  const auto shown = [&](int told) { return told < 0 ? std::string("—") : "“" + name(told) + "”"; };
  find(code, answer.agency,
       {{"inside", said},
        {"sender", shown(sender.agencies.size() == 1 ? sender.agencies.front() : -1)},
        {"file_name", shown(named)}});
}

}  // namespace tonghop
