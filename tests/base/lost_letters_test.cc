// Captions that a PDF robbed of letters, from a real report, and captions that only look so.
#include "base/lost_letters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace tonghop {
namespace {

struct Pair {
  std::string seen, printed;
};

// Every caption of the Quang Binh report of 2021 that the extraction damaged, beside the one its form prints. In two
// the form at hand prints "đúng hạn" for "đúng hẹn", in one the report mistypes "thẩm quyền".
const std::vector<Pair>& damaged() {
  static const std::vector<Pair> all = {
      {"Số nhiệm vụ đã hoàn thành đ ng hạn", "Số nhiệm vụ đã hoàn thành đúng hạn"},
      {"Số  ượng phiếu khảo sát", "Số lượng phiếu khảo sát"},
      {"Tổ chức đối thoại của  ãnh đạo với người dân, cộng đồng doanh nghiệp",
       "Tổ chức đối thoại của lãnh đạo với người dân, cộng đồng doanh nghiệp"},
      {"Số VBQPPL đã kiểm tra theo thẩm quyển", "Số VBQPPL đã kiểm tra theo thẩm quyền"},
      {"Số VBQPPL có kiến nghị xử  ý đã được xử lý xong", "Số VBQPPL có kiến nghị xử lý đã được xử lý xong"},
      {"Tổng số TTHC đang c  hiệu lực", "Tổng số TTHC đang có hiệu lực"},
      {"V n hành Cổng dịch vụ công", "Vận hành Cổng dịch vụ công"},
      {"Số TTHC đã c p nh t, công khai trên Cổng DVC quốc gia",
       "Số TTHC đã cập nhật, công khai trên Cổng DVC quốc gia"},
      {"T  lệ TTHC đã được phê duyệt quy trình nội bộ", "Tỷ lệ TTHC đã được phê duyệt quy trình nội bộ"},
      {"T  lệ quy trình nội bộ giải quyết TTHC đã được điện tử hóa",
       "Tỷ lệ quy trình nội bộ giải quyết TTHC đã được điện tử hóa"},
      {"T  lệ hồ sơ TTHC do các sở, ngành tiếp nh n được giải quyết đ ng hẹn",
       "Tỷ lệ hồ sơ TTHC do các sở, ngành tiếp nhận được giải quyết đúng hạn"},
      {"T  lệ hồ sơ TTHC do UBND cấp huyện tiếp nh n được giải quyết đ ng hẹn",
       "Tỷ lệ hồ sơ TTHC do UBND cấp huyện tiếp nhận được giải quyết đúng hạn"},
      {"T  lệ hồ sơ TTHC do UBND cấp xã tiếp nh n được giải quyết đ ng hẹn",
       "Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng hẹn"},
      {"T  lệ hồ sơ TTHC về  ĩnh vực đất đai được giải quyết đ ng hẹn (ở cả 3 cấp).",
       "Tỷ lệ hồ sơ TTHC về lĩnh vực đất đai được giải quyết đúng hẹn (ở cả 3 cấp)."},
      {"T  lệ hồ sơ TTHC về  ĩnh vực xây dựng được giải quyết đ ng hẹn (ở cả 3 cấp).",
       "Tỷ lệ hồ sơ TTHC về lĩnh vực xây dựng được giải quyết đúng hẹn (ở cả 3 cấp)."},
      {"Số tổ chức liên ngành do cấp tỉnh thành l p", "Số tổ chức liên ngành do cấp tỉnh thành lập"},
      {"Tổng số đơn vị sự nghiệp công l p trên địa bàn tỉnh", "Tổng số đơn vị sự nghiệp công lập trên địa bàn tỉnh"},
      {"Số hợp đồng  ao động làm việc tại cơ quan hành chính nhà nước",
       "Số hợp đồng lao động làm việc tại cơ quan hành chính nhà nước"},
      {"T  lệ phần trăm biên chế đã tinh giản so với năm 2015",
       "Tỷ lệ phần trăm biên chế đã tinh giản so với năm 2015"},
      {"Số người làm việc hưởng  ương từ NSNN tại các đơn vị sự nghiệp công l p",
       "Số người làm việc hưởng lương từ NSNN tại các đơn vị sự nghiệp công lập"},
      {"T  lệ % đã tinh giản so với năm 2015", "Tỷ lệ % đã tinh giản so với năm 2015"},
      {"Số đơn vị sự nghiệp đã được phê duyệt vị trí việc  àm theo quy định",
       "Số đơn vị sự nghiệp đã được phê duyệt vị trí việc làm theo quy định"},
      {"Số liệu về bổ nhiệm công chức  ãnh đạo", "Số liệu về bổ nhiệm công chức lãnh đạo"},
      {"Thực hiện tuyển chọn, bổ nhiệm  ãnh đạo qua thi tuyển",
       "Thực hiện tuyển chọn, bổ nhiệm lãnh đạo qua thi tuyển"},
      {"Số  ãnh đạo cấp sở, ngành được bổ nhiệm mới", "Số lãnh đạo cấp sở, ngành được bổ nhiệm mới"},
      {"Số  ãnh đạo cấp phòng thuộc sở, ngành được bổ nhiệm mới",
       "Số lãnh đạo cấp phòng thuộc sở, ngành được bổ nhiệm mới"},
      {"Số  ãnh đạo cấp phòng thuộc UBND huyện được bổ nhiệm mới",
       "Số lãnh đạo cấp phòng thuộc UBND huyện được bổ nhiệm mới"},
      {"Số liệu về xử lý k  lu t cán bộ, công chức (cả về Đảng và chính quyền).",
       "Số liệu về xử lý kỷ luật cán bộ, công chức (cả về Đảng và chính quyền)."},
      {"Số  ãnh đạo cấp tỉnh bị k  lu t.", "Số lãnh đạo cấp tỉnh bị kỷ luật."},
      {"Số  ãnh đạo cấp sở, ngành và UBND cấp huyện bị k  lu t.",
       "Số lãnh đạo cấp sở, ngành và UBND cấp huyện bị kỷ luật."},
      {"Số  ãnh đạo cấp phòng thuộc sở, ngành  và UBND cấp huyện bị k lu t.",
       "Số lãnh đạo cấp phòng thuộc sở, ngành và UBND cấp huyện bị kỷ luật."},
      {"Số người làm việc hưởng  ương từ NSNN tại các đơn vị SNCL bị k lu t.",
       "Số người làm việc hưởng lương từ NSNN tại các đơn vị SNCL bị kỷ luật."},
      {"Số  ượng đơn vị SNCL đã chuyển đổi thành công ty cổ phần (lũy kế đến thời điểm báo cáo)",
       "Số lượng đơn vị SNCL đã chuyển đổi thành công ty cổ phần (lũy kế đến thời điểm báo cáo)"},
      {"C p nh t Kiến trúc chính quyền điện tử phiên bản 2.0", "Cập nhật Kiến trúc chính quyền điện tử phiên bản 2.0"},
      {"Xây dựng và v n hành Hệ thống họp trực tuyến Liên thông 2 cấp: Từ UBND tỉnh  đến 100% UBND các huyện. Liên "
       "thông 3 cấp: Từ UBND tỉnh đến 100% UBND cấp huyện, cấp xã.",
       "Xây dựng và vận hành Hệ thống họp trực tuyến Liên thông 2 cấp: Từ UBND tỉnh đến 100% UBND các huyện. Liên "
       "thông 3 cấp: Từ UBND tỉnh đến 100% UBND cấp huyện, cấp xã."},
      {"T  lệ cơ quan chuyên môn cấp tỉnh, UBND cấp huyện, UBND cấp xã được cấp chứng thư số.",
       "Tỷ lệ cơ quan chuyên môn cấp tỉnh, UBND cấp huyện, UBND cấp xã được cấp chứng thư số."},
      {"Thực hiện kết nối, liên thông các Hệ thống quản  ý văn bản điều hành từ cấp tỉnh đến cấp xã",
       "Thực hiện kết nối, liên thông các Hệ thống quản lý văn bản điều hành từ cấp tỉnh đến cấp xã"},
      {"T  lệ sở, ngành đã kết nối, liên thông với UBND tỉnh", "Tỷ lệ sở, ngành đã kết nối, liên thông với UBND tỉnh"},
      {"T  lệ UBND cấp huyện đã kết nối, liên thông với UBND tỉnh",
       "Tỷ lệ UBND cấp huyện đã kết nối, liên thông với UBND tỉnh"},
      {"T  lệ UBND cấp xã đã kết nối, liên thông với UBND huyện.",
       "Tỷ lệ UBND cấp xã đã kết nối, liên thông với UBND huyện."},
      {"T  lệ văn bản được gửi hoàn toàn dưới dạng điện tử (Sử dụng chữ ký số, chứng thư số và gửi trên môi trường "
       "điện tử).",
       "Tỷ lệ văn bản được gửi hoàn toàn dưới dạng điện tử (Sử dụng chữ ký số, chứng thư số và gửi trên môi trường "
       "điện tử)."},
      {"T  lệ văn bản được gửi hoàn toàn dưới dạng điện tử và song song với văn bản giấy",
       "Tỷ lệ văn bản được gửi hoàn toàn dưới dạng điện tử và song song với văn bản giấy"},
      {"V n hành Hệ thống thông tin một cửa điện tử t p trung của tỉnh",
       "Vận hành Hệ thống thông tin một cửa điện tử tập trung của tỉnh"},
      {"T  lệ sở, ngành đã kết nối liên thông với Hệ thống", "Tỷ lệ sở, ngành đã kết nối liên thông với Hệ thống"},
      {"T  lệ đơn vị cấp huyện đã kết nối liên thông với Hệ thống",
       "Tỷ lệ đơn vị cấp huyện đã kết nối liên thông với Hệ thống"},
      {"T  lệ đơn vị cấp xã đã kết nối liên thông với Hệ thống",
       "Tỷ lệ đơn vị cấp xã đã kết nối liên thông với Hệ thống"},
      {"T  lệ hồ sơ xử lý trực tuyến mức độ 3", "Tỷ lệ hồ sơ xử lý trực tuyến mức độ 3"},
      {"T  lệ hồ sơ xử lý trực tuyến mức độ 4", "Tỷ lệ hồ sơ xử lý trực tuyến mức độ 4"},
  };
  return all;
}

double score(const std::string& seen, const std::string& printed) { return lost_letters(fold(seen), fold(printed)); }

TEST(LostLetters, FindsTheRightCaptionOfEveryDamagedOne) {
  for (const auto& [seen, right] : damaged()) {
    const double own = score(seen, right);
    EXPECT_GT(own, 0.8) << seen;
    EXPECT_LT(own, 1) << seen;
    for (const Pair& other : damaged()) {
      if (other.printed != right) {
        EXPECT_EQ(score(seen, other.printed), 0) << seen << " and " << other.printed;
      }
    }
  }
}

// Captions of one form are never one another with letters lost.
TEST(LostLetters, KeepsWholeCaptionsApart) {
  for (const Pair& one : damaged()) {
    for (const Pair& other : damaged()) {
      if (one.printed != other.printed) {
        EXPECT_EQ(score(one.printed, other.printed), 0) << one.printed << " and " << other.printed;
      }
    }
  }
}

TEST(LostLetters, KeepsWordsApartThatMakeTheDifference) {
  const std::vector<std::vector<std::string>> groups = {
      {"trước hạn", "đúng hạn", "quá hạn", "thời hạn", "hạn", "đ ng hạn"},
      {"Số hồ sơ giải quyết trước hạn", "Số hồ sơ giải quyết đúng hạn", "Số hồ sơ giải quyết quá hạn",
       "Số hồ sơ giải quyết hạn"},
      {"Số nhiệm vụ đã hoàn thành trước hạn", "Số nhiệm vụ đã hoàn thành đúng hạn",
       "Số nhiệm vụ đã hoàn thành nhưng quá hạn", "Số nhiệm vụ đã hoàn thành"},
      {"cấp tỉnh", "cấp huyện", "cấp xã", "cấp", "cấp sở"},
      {"Số TTHC cấp tỉnh", "Số TTHC cấp huyện", "Số TTHC cấp xã", "Số TTHC cấp"},
      {"Tỷ lệ hồ sơ TTHC do UBND cấp huyện tiếp nhận được giải quyết đúng hẹn",
       "Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận được giải quyết đúng hẹn",
       "Tỷ lệ hồ sơ TTHC do UBND cấp tiếp nhận được giải quyết đúng hẹn"},
      {"Tổng số TTHC", "Số TTHC", "TTHC"},
      {"Số TTHC mức độ 3", "Số TTHC mức độ 4", "Số TTHC mức độ 3 và 4", "Số TTHC mức độ"},
      {"Tỷ lệ % đã tinh giản", "Tỷ lệ đã tinh giản"},
      {"mục 1.1.2", "mục 11.2", "mục 1.2"},
      {"Số phiếu thu ít", "Số phiếu thu"},
      {"Ủy ban cấp tỉnh", "Ban cấp tỉnh"},
      {"hẹn", "hạn"},
      {"được giao", "chưa giao", "đã giao"},
      {"có", "không"}};
  for (const auto& group : groups) {
    for (const std::string& one : group) {
      for (const std::string& other : group) {
        if (one != other && !(one == "đ ng hạn" && other == "đúng hạn")) {
          EXPECT_EQ(score(one, other), 0) << one << " and " << other;
        }
      }
    }
  }
}

TEST(LostLetters, RanksTheLesserLossHigher) {
  EXPECT_EQ(score("Tỷ lệ", "TỈ LỆ"), 1);
  EXPECT_GT(score("T  lệ hồ sơ", "Tỷ lệ hồ sơ"), score("T  lệ h  sơ", "Tỷ lệ hồ sơ"));
  EXPECT_GT(score("ty le ho so", "Tỷ lệ hồ sơ"), score("t  le ho so", "Tỷ lệ hồ sơ"));  // marks alone
  EXPECT_GT(score("đ ng hạn", "đúng hạn"), 0.7);
  EXPECT_GT(score("Số l nh đạo bị k   u t", "Số lãnh đạo bị kỷ luật"),
            0.6);  // the end of one word and the next one's head
}

TEST(LostLetters, HasNoWordForNothing) {
  const std::vector<Pair> table = {{"", ""},   {"", "a"},     {"a", ""},      {"1", "1"},           {"1.2", "1.3"},
                                   {"a", "b"}, {"abc", "ab"}, {"T", "Tỷ lệ"}, {"\xFF", "\xFF\xFE"}, {"h s", "hồ sơ"}};
  for (const auto& [seen, printed] : table) EXPECT_EQ(score(seen, printed), 0) << seen << " and " << printed;
}

}  // namespace
}  // namespace tonghop
