// Letters: the round's own texts or the usual ones, words in braces filled in, and what the round does not tell.
#include "round/letters.h"

#include <gmock/gmock.h>

#include "definitions.h"

namespace tonghop {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Round round_of() {
  Round round;
  round.period = "Quý I năm 2027";
  round.deadline = "2027-03-20T17:00";
  round.letters[static_cast<std::size_t>(Letter::blank)] = {"{period}:\n{agency}",
                                                            "Kính gửi {agency} ({code}), {deadline}"};
  return round;
}

WrittenLetter letter(Letter which, const Round& round, const Agency& agency) {
  return write_letter(which, round, agency, nullptr, "- E12: sai", testing::shipped().wording, "vi");
}

TEST(Letter, IsTheTextOfTheRoundFilledIn) {
  Agency agency;
  agency.name = "Sở Nội vụ";
  agency.code = "001";
  const WrittenLetter written = letter(Letter::blank, round_of(), agency);
  EXPECT_EQ(written.subject, "Quý I năm 2027: Sở Nội vụ");
  EXPECT_EQ(written.text, "Kính gửi Sở Nội vụ (001), 17:00 20/3/2027\n");
  EXPECT_THAT(written.blank, ElementsAre());
}

TEST(Letter, FillsInNothingThatWasFilledIn) {
  Agency agency;
  agency.name = "{code}";
  agency.code = "{agency}";
  EXPECT_EQ(letter(Letter::blank, round_of(), agency).text, "Kính gửi {code} ({agency}), 17:00 20/3/2027\n");
}

TEST(Letter, IsTheUsualOneOtherwiseAndSaysWhatItLacks) {
  Agency agency;
  agency.name = "Xã A";
  agency.code = "A";
  const WrittenLetter written = letter(Letter::correction, round_of(), agency);
  EXPECT_THAT(written.text, HasSubstr("\n- E12: sai\n"));
  EXPECT_THAT(written.blank, ElementsAre("{office}", "{contact}", "{reply}"));
}

}  // namespace
}  // namespace tonghop
