// Letter and agency -> text.
#include "round/letters.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "round/date.h"

namespace tonghop {
namespace {

constexpr std::array<const char*, kLetters> kSubjects = {"letter.blank.subject", "letter.reminder.subject",
                                                         "letter.correction.subject"};
constexpr std::array<const char*, kLetters> kBodies = {"letter.blank.body", "letter.reminder.body",
                                                       "letter.correction.body"};

}  // namespace

WrittenLetter write_letter(Letter letter, const Round& round, const Agency& agency, const Template* form,
                           std::string_view findings, const Wording& wording, const std::string& lang) {
  const auto which = static_cast<std::size_t>(letter);
  const LetterText& own = round.letters.at(which);
  const std::string subject = own.subject.empty() ? wording.text(kSubjects.at(which), lang) : own.subject;
  const std::string body = own.body.empty() ? wording.text(kBodies.at(which), lang) : own.body;
  const Details words = {{"agency", agency.name},
                         {"code", agency.code},
                         {"period", round.period},
                         {"from", shown_date(round.from)},
                         {"to", shown_date(round.to)},
                         {"deadline", shown_date(round.deadline)},
                         {"office", round.office},
                         {"contact", round.contact},
                         {"reply", round.reply},
                         {"findings", std::string(findings)},
                         {"form", form == nullptr ? "" : form->title}};
  WrittenLetter written{squeezed(filled(subject, words)), filled(body, words) + "\n", {}};
  for (const auto& [word, text] : words) {
    const std::string braced = "{" + word + "}";
    const bool used = subject.find(braced) != std::string::npos || body.find(braced) != std::string::npos;
    if (used && text.empty()) written.blank.push_back(braced);
  }
  return written;
}

}  // namespace tonghop
