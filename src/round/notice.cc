// Round -> notice.
#include "round/notice.h"

#include "round/date.h"

namespace tonghop {

Notice notice_of(const Round& round, const Agency& agency, const Wording& wording, const std::string& lang) {
  Notice notice;
  notice.title = wording.text("blank.facts.title", lang, Details{{"agency", agency.name}});
  const auto fact = [&](const char* caption, const std::string& value) {
    if (!value.empty()) notice.facts.emplace_back(wording.text(caption, lang), value);
  };
  const std::string deadline = shown_date(round.deadline);
  std::string window = shown_date(round.from);
  if (!round.from.empty() || !round.to.empty()) window += " – " + shown_date(round.to);
  fact("roster.code", agency.code);
  fact("round.period", round.period);
  fact("blank.window", window);
  fact("round.deadline", deadline);
  fact("round.reply", round.reply);
  fact("round.office", round.office);
  fact("round.contact", round.contact);
  if (!round.deadline.empty()) {
    notice.line = wording.text(round.reply.empty() ? "blank.line" : "blank.line.reply", lang,
                               Details{{"deadline", deadline}, {"reply", round.reply}});
  }
  return notice;
}

}  // namespace tonghop
