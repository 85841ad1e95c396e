// Addresses as clerks type them into a roster.
#include "mail/address.h"

#include <gtest/gtest.h>

namespace tonghop {
namespace {

TEST(Address, IsTakenFromAList) {
  EXPECT_EQ(split_addresses(" a@x.vn;b@y.vn , c@z.vn; "), (std::vector<std::string>{"a@x.vn", "b@y.vn", "c@z.vn"}));
  EXPECT_TRUE(split_addresses(" ;").empty());
}

TEST(Address, IsOneThatMailCanBeSentTo) {
  for (const char* good : {"snv@khanhhoa.gov.vn", "Van.Thu-1@x.vn", "a+b@x-y.com", "a@1.vn"})
    EXPECT_TRUE(is_address(good)) << good;
  for (const char* bad :
       {"", "snv", "snv@", "@x.vn", "snv@khanhhoa", "a@@x.vn", "a@b@x.vn", "a b@x.vn", "a@x..vn", "a.@x.vn", ".a@x.vn",
        "a@x.vn.", "sở@x.vn", "a@x.vn b@x.vn", "Sở <a@x.vn>", "a@x.vn\nBcc: b@y.vn", "0905 123 456"})
    EXPECT_FALSE(is_address(bad)) << bad;
}

}  // namespace
}  // namespace tonghop
