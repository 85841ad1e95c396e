// Names of issued workbooks: ASCII, bounded, told apart, and known again whatever was put behind them.
#include "round/file_name.h"

#include <gtest/gtest.h>

namespace tonghop {
namespace {

Round round_of(const std::vector<std::pair<std::string, std::string>>& agencies, const std::string& period) {
  Round round;
  round.period = period;
  for (const auto& [code, name] : agencies) {
    Agency agency;
    agency.code = code;
    agency.name = name;
    round.agencies.push_back(agency);
  }
  return round;
}

TEST(FileName, IsCodeNameAndPeriodInAscii) {
  EXPECT_EQ(file_names(round_of({{"001", "Sở Nội vụ"}, {"", "ĐẶC KHU Lý Sơn"}, {"X.2/a", "UBND xã «Đắk  Tô»"}},
                                "Quý I năm 2027")),
            (std::vector<std::string>{"001_So-Noi-vu_Quy-I-nam-2027", "DAC-KHU-Ly-Son_Quy-I-nam-2027",
                                      "X-2-a_UBND-xa-Dak-To_Quy-I-nam-2027"}));
  EXPECT_EQ(file_part("Bé\xCC\x81p Nga\xCC\x80nh", 40), "Bep-Nganh");  // marks of their own
  EXPECT_EQ(file_part("../..\\ CON:*?", 40), "CON");
}

TEST(FileName, IsBoundedAndCutBetweenWords) {
  std::string longest;
  for (int i = 0; i < 60; ++i) longest += "Ủy ban ";
  const auto names = file_names(round_of({{longest, longest}, {"1", std::string(300, 'x')}}, longest));
  for (const std::string& name : names) EXPECT_LE(name.size(), 130U);
  EXPECT_TRUE(names[0].ends_with("_Uy-ban-Uy-ban-Uy-ban-Uy-ban-Uy-ban-Uy")) << names[0];
  EXPECT_EQ(file_part("Ủy ban nhân dân", 9), "Uy-ban");
}

TEST(FileName, TellsAgenciesApart) {
  const auto names =
      file_names(round_of({{"", "Xã Đông"}, {"", "xã Dong"}, {"", "Xã Dõng"}, {"", "***"}, {"", "?"}}, "Q1"));
  EXPECT_EQ(names, (std::vector<std::string>{"Xa-Dong_Q1", "xa-Dong_2_Q1", "Xa-Dong_3_Q1", "2_Q1", "3_Q1"}));
}

TEST(FileName, IsKnownAgain) {
  const std::vector<std::string> names = {"1_Xa-Mot_Q1", "1_Xa-Mot_Q1-2027", "2_Xa-Hai_Q1-2027"};
  const IssuedNames issued(names);
  EXPECT_EQ(issued.find("2_Xa-Hai_Q1-2027.xlsx"), 2);
  EXPECT_EQ(issued.find("inbox/thư 3/2_XA-HAI_q1-2027 (1).XLSX"), 2);
  EXPECT_EQ(issued.find("C:\\tai\\2_Xa-Hai_Q1-2027_da ky.xlsx"), 2);
  EXPECT_EQ(issued.find("1_Xa-Mot_Q1-2027.xlsx"), 1);  // the longer name
  EXPECT_EQ(issued.find("1_Xa-Mot_Q1.xlsx"), 0);
  EXPECT_EQ(issued.find("1_Xa-Mot_Q12.xlsx"), -1);
  EXPECT_EQ(issued.find("Bao cao 2_Xa-Hai_Q1-2027.xlsx"), -1);
  EXPECT_EQ(issued.find(""), -1);
}

}  // namespace
}  // namespace tonghop
