// Drafts, as they are stored. Whether other programs read them is tested end to end.
#include "mail/draft.h"

#include <gmock/gmock.h>

namespace tonghop {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Draft kDraft{"cchc@tinh.example",
                   "Sở Nội vụ",
                   "ubnd@xa.example",
                   "UBND xã A",
                   "Báo cáo CCHC quý I",
                   "Kính gửi quý đơn vị\n",
                   {{"Xã A.xlsx", std::string("PK\x03\x04\0\r\n", 7)}}};

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

TEST(Draft, OfTheSameIsTheSame) { EXPECT_EQ(write_draft(kDraft), write_draft(kDraft)); }

}  // namespace
}  // namespace tonghop
