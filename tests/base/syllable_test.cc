// Which words could be Vietnamese, by spelling.
#include "base/syllable.h"

#include <gtest/gtest.h>

#include <string>

namespace tonghop {
namespace {

TEST(IsSyllable, TakesWhatCouldBeVietnamese) {
  for (const std::string word : {"sở",
                                 "Nội",
                                 "VỤ",
                                 "tỷ",
                                 "tỉ",
                                 "lệ",
                                 "đúng",
                                 "hẹn",
                                 "nghiệp",
                                 "nghĩa",
                                 "gì",
                                 "giếng",
                                 "giữ",
                                 "già",
                                 "quý",
                                 "quyết",
                                 "quỳnh",
                                 "quốc",
                                 "khuyến",
                                 "thủy",
                                 "thuỷ",
                                 "hoà",
                                 "hòa",
                                 "được",
                                 "ươm",
                                 "yêu",
                                 "ý",
                                 "ở",
                                 "Đắk",
                                 "xoong",
                                 "khuếch",
                                 "a",
                                 "trường",
                                 "chuyển",
                                 "UỶ",
                                 "ủy",
                                 "kỷ",
                                 "luật",
                                 "nhận",
                                 "tiếp",
                                 "xử",
                                 "kê",
                                 "ngành",
                                 "người",
                                 "thuở",
                                 "rượu",
                                 "huỷ",
                                 "thuê",
                                 "le\u0323\u0302",
                                 "hu\u031Bo\u031B\u0301ng"}) {
    EXPECT_TRUE(is_syllable(word)) << word;
  }
}

TEST(IsSyllable, RefusesWhatCouldNot) {
  for (const std::string word : {"",
                                 "Së",
                                 "Néi",
                                 "Sôû",
                                 "Noäi",
                                 "vuï",
                                 "Kh«ng",
                                 "table",
                                 "number",
                                 "été",
                                 "père",
                                 "tôt",
                                 "là\u0301",
                                 "cat",
                                 "ka",
                                 "ce",
                                 "ghan",
                                 "ngi",
                                 "qo",
                                 "UBND",
                                 "TTHC",
                                 "f",
                                 "w",
                                 "zô",
                                 "vần2",
                                 "m²",
                                 "đ",
                                 "ng",
                                 "iêu\u0300\u0301",
                                 "mươu\u0300ng",

                                 "gii",
                                 "nghiệpnghiệpnghiệp"}) {
    EXPECT_FALSE(is_syllable(word)) << word;
  }
}

}  // namespace
}  // namespace tonghop
