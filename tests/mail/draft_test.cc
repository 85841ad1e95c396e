// Drafts, as they are stored. Whether other programs read them is tested end to end.
#include "mail/draft.h"

#include <gmock/gmock.h>

namespace tonghop {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Draft kDraft{"cchc@tinh.example",     "Sở Nội vụ",
                   {"ubnd@xa.example"},     "UBND xã A",
                   {"nhan@tinh.example"},   "Báo cáo CCHC quý I",
                   "Kính gửi quý đơn vị\n", {{"Xã A.xlsx", std::string("PK\x03\x04\0\r\n", 7)}}};

TEST(Draft, IsOpenedToBeSentAndSaysNoDate) {
  const std::string mail = write_draft(kDraft);
  EXPECT_THAT(mail, HasSubstr("X-Unsent: 1\r\n"));
  EXPECT_THAT(mail, Not(HasSubstr("Date:")));
  EXPECT_THAT(mail, Not(HasSubstr("Message-Id:")));
}

TEST(Draft, IsSevenBitTextInShortLines) {
  const std::string mail = write_draft(kDraft);
  std::size_t start = 0;
  for (std::size_t end = mail.find("\r\n"); end != std::string::npos; start = end + 2, end = mail.find("\r\n", start)) {
    EXPECT_LE(end - start, 998U);
  }
  for (const char c : mail) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
}

std::string with(void (*change)(Draft&)) {
  Draft draft = kDraft;
  change(draft);
  return write_draft(draft);
}

TEST(Draft, NamesItsAddresses) {
  EXPECT_THAT(write_draft(kDraft), HasSubstr("\r\nReply-To: nhan@tinh.example\r\n"));
  EXPECT_THAT(write_draft(kDraft), HasSubstr(" <ubnd@xa.example>\r\n"));
  EXPECT_THAT(with([](Draft& draft) {
                draft.to = {"a@x.example", "b@x.example"};
              }),
              HasSubstr("\r\nTo: a@x.example, b@x.example\r\n"));
  EXPECT_THAT(with([](Draft& draft) { draft.to = {}; }), Not(HasSubstr("\r\nTo:")));
}

TEST(Draft, LetsNoTextAddAHeader) {
  for (const char* text : {"x\r\nBcc: spy@x.example", "x\nBcc: spy@x.example", "x\rBcc: spy@x.example"}) {
    Draft draft = kDraft;
    draft.to_name = draft.from_name = draft.subject = draft.attachments[0].name = text;
    draft.to[0] += text;
    const std::string mail = write_draft(draft);
    EXPECT_THAT(mail, Not(HasSubstr("\r\nBcc:"))) << mail;
    EXPECT_THAT(mail, Not(HasSubstr("\nBcc:"))) << mail;
  }
}

TEST(Draft, KnowsWhetherSomebodyChangedIt) {
  const std::string mail = write_draft(kDraft);
  EXPECT_TRUE(is_untouched_draft(mail));
  for (const std::size_t at : {std::size_t{20}, mail.size() / 2, mail.size() - 1}) {
    std::string changed = mail;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(is_untouched_draft(changed)) << at;
  }
  EXPECT_FALSE(is_untouched_draft(mail + "\r\n"));
  EXPECT_FALSE(is_untouched_draft(mail.substr(mail.find("\r\n") + 2)));
  EXPECT_FALSE(is_untouched_draft(""));
}

TEST(Draft, OfTheSameIsTheSame) { EXPECT_EQ(write_draft(kDraft), write_draft(kDraft)); }

}  // namespace
}  // namespace tonghop
