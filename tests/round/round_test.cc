// The workbook of a round, read: columns in any order, dates as people type them, and what is wrong with it.
#include "round/round.h"

#include <gtest/gtest.h>

#include "definitions.h"
#include "returns.h"
#include "round/date.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

using Line = std::vector<xlsx::Value>;

// A workbook of two sheets, made up cell by cell.
xlsx::Workbook book_of(const std::vector<Line>& settings, const std::vector<Line>& roster) {
  xlsx::Workbook book;
  for (const auto& [name, lines] : {std::pair("Đợt báo cáo", settings), std::pair("ĐƠN VỊ", roster)}) {
    xlsx::Sheet sheet;
    sheet.name = name;
    for (std::size_t r = 0; r < lines.size(); ++r) {
      for (std::size_t c = 0; c < lines[r].size(); ++c) {
        if (lines[r][c] == xlsx::Value()) continue;
        sheet.cell({static_cast<int>(r) + 1, static_cast<int>(c) + 1}).value = lines[r][c];
      }
    }
    book.sheets.push_back(std::move(sheet));
  }
  return book;
}

const std::vector<Line> kSettings = {{std::string("Kỳ báo cáo"), std::string("Quý I năm 2027")},
                                     {std::string("Hạn gửi báo cáo"), std::string("17h00 ngày 5/4/2027")}};
const Line kHead = {std::string("Tên đơn vị"),         std::string("Mã đơn vị"), std::string("Cấp"),
                    std::string("Mã đơn vị cấp trên"), std::string("Biểu mẫu"),  std::string("Tên gọi khác"),
                    std::string("Hiệu lực đến")};

Line agency(const char* name, const char* code, const char* level = "", const char* parent = "", const char* form = "",
            const char* others = "", const char* to = "") {
  Line line;
  for (const char* text : {name, code, level, parent, form, others, to}) {
    line.emplace_back(*text == '\0' ? xlsx::Value() : xlsx::Value(std::string(text)));
  }
  return line;
}

// A row of texts; "" leaves a cell empty.
Line texts(const std::vector<std::string>& cells) {
  Line line;
  for (const std::string& text : cells) line.emplace_back(text.empty() ? xlsx::Value() : xlsx::Value(text));
  return line;
}

std::string wrong_with(const std::vector<Line>& settings, const std::vector<Line>& roster) {
  Findings findings;
  const auto round = read_round(book_of(settings, roster), "round.xlsx", shipped(), findings);
  EXPECT_EQ(round.has_value(), findings.empty());
  expect_sentences(findings, shipped());
  std::string text;
  for (const Finding& finding : findings) text += finding.code + " " + finding.place.cell + " " + finding.raw + "\n";
  return text;
}

TEST(Round, IsReadFromTwoSheets) {
  Findings findings;
  const auto round = read_round(
      book_of({{std::string("Thông tin đợt báo cáo")},
               {std::string("KỲ BÁO CÁO"), xlsx::Value(), std::string("Quý I năm 2027")},
               {std::string("Hạn gửi báo cáo"), 46482.708333333336},
               {std::string("Số liệu từ ngày"), std::string("15/12/2026")},
               {std::string("Số liệu đến ngày"), std::string("2027-03-14")},
               {std::string("Khi một đơn vị gửi nhiều bản"), std::string("Bản đầy đủ nhất")}},
              {{std::string("DANH SÁCH ĐƠN VỊ")},
               kHead,
               agency("Huyện  Thử", "H1", "UBND cấp huyện", "", "khanh-hoa-2023", "UBND huyện Thử; Thử"),
               {},
               agency("Xã Thử Một", "X1", "commune", "h1", "UBND cấp xã, tỉnh Hải Dương, 2022", "", "30/6/2026")}),
      "round.xlsx", shipped(), findings);
  EXPECT_EQ(codes(findings), "");
  ASSERT_TRUE(round.has_value());
  EXPECT_EQ(round->period, "Quý I năm 2027");
  EXPECT_EQ(round->deadline, "2027-04-05T17:00");
  EXPECT_EQ(round->from + " " + round->to, "2026-12-15 2027-03-14");
  EXPECT_EQ(round->rule, Round::Rule::fullest);
  EXPECT_EQ(round->minutes_east, 7 * 60);
  ASSERT_EQ(round->agencies.size(), 2U);
  const Agency& district = round->agencies[0];
  EXPECT_EQ(district.name + "|" + district.code + "|" + district.level + "|" + district.form,
            "Huyện Thử|H1|district|khanh-hoa-2023");
  EXPECT_EQ(district.others, (std::vector<std::string>{"UBND huyện Thử", "Thử"}));
  EXPECT_EQ(round->agencies[1].parent, 0);
  EXPECT_EQ(round->agencies[1].form, "binh-lang-2022");
  EXPECT_EQ(round->find("HUYỆN THỬ"), 0);
  EXPECT_EQ(round->find("thử"), 0);
  EXPECT_EQ(round->find("x1"), 1);
  EXPECT_EQ(round->find("Xã Thử"), -1);
  EXPECT_TRUE(round->expects(district));
  EXPECT_FALSE(round->expects(round->agencies[1]));  // merged into another before the window begins
}

TEST(Round, TheNameOfAnAgencyThatHasEndedIsThatOfTheOneInItsPlace) {
  const Line window = {std::string("Số liệu từ ngày"), std::string("15/12/2026")};
  const auto bearer = [&](const std::vector<Line>& roster) {
    Findings findings;
    const auto round = read_round(book_of({kSettings[0], window}, roster), "round.xlsx", shipped(), findings);
    EXPECT_EQ(codes(findings), "");
    return round ? round->agencies[static_cast<std::size_t>(round->find("Xã Cũ"))].code : "";
  };
  const Line old = agency("Xã Cũ", "1", "", "", "", "", "30/6/2025");
  EXPECT_EQ(bearer({kHead, old, agency("Xã Mới", "2", "", "", "", "Xã Cũ; Xã Kia")}), "2");
  EXPECT_EQ(bearer({kHead, agency("Xã Mới", "2", "", "", "", "Xã Cũ; Xã Kia"), old}), "2");
  EXPECT_EQ(bearer({kHead, old, agency("Xã Cũ", "2")}), "2");  // a new one of the same name
  EXPECT_EQ(bearer({kHead, old, agency("Xã Mới", "2")}), "1");
  // Two that have ended, or two codes, stay an error.
  EXPECT_EQ(wrong_with({kSettings[0], window}, {kHead, old, agency("Xã Cũ", "2", "", "", "", "", "30/6/2025")}),
            "round-twice A3 Xã Cũ\n");
  EXPECT_EQ(wrong_with({kSettings[0], window}, {kHead, old, agency("Xã Mới", "1")}), "round-twice B3 1\n");
}

TEST(Round, SaysWhatIsWrongWithItsWorkbook) {
  const Line good = agency("Sở Nội vụ", "SNV", "Sở");
  EXPECT_EQ(wrong_with(kSettings, {kHead, good}), "");
  EXPECT_EQ(wrong_with({}, {kHead, good}), "round-missing A1 \n");
  EXPECT_EQ(wrong_with(kSettings, {}), "round-missing  \n");
  EXPECT_EQ(wrong_with(kSettings, {kHead}), "round-missing  \n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency("", "SNV")}), "round-missing A2 \nround-missing  \n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, good, agency("Sở Tư pháp", "snv")}), "round-twice B3 snv\n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, good, agency("SỞ NỘI VỤ", "X")}), "round-twice A3 SỞ NỘI VỤ\n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, good, agency("Sở", "X", "", "", "", "a; Sở Nội vụ")}),
            "round-twice F3 Sở Nội vụ\n");
  std::string longest;
  for (int i = 0; i < 255; ++i) longest += "Đ";
  const std::string longer = longest + "x";
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency(longest.c_str(), "S")}), "");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency(longer.c_str(), longer.c_str())}),
            "round-too-long A2 \nround-too-long B2 \n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency("Sở", "S", "phòng")}), "round-unknown C2 phòng\n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency("Sở", "S", "", "H9")}), "round-unknown D2 H9\n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency("Sở", "S", "", "", "khanh-hoa")}), "round-unknown E2 khanh-hoa\n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency("Sở", "S", "", "", "", "", "31/6/2026")}),
            "round-date G2 31/6/2026\n");
  EXPECT_EQ(wrong_with(kSettings, {kHead, agency("A", "A", "", "B"), agency("B", "B", "", "C"),
                                   agency("C", "C", "", "B"), agency("D", "D", "", "A")}),
            "round-circle A3 \n");
  std::vector<Line> settings = kSettings;
  settings.push_back({std::string("Khi một đơn vị gửi nhiều bản"), std::string("bản đẹp nhất")});
  EXPECT_EQ(wrong_with(settings, {kHead, good}), "round-unknown B3 bản đẹp nhất\n");
  settings[2] = {std::string("Múi giờ"), std::string("Hà Nội")};
  EXPECT_EQ(wrong_with(settings, {kHead, good}), "round-unknown B3 Hà Nội\n");
}

// Settings under a header, with hints behind the values, as the program makes them.
std::vector<Line> guided(const std::vector<Line>& lines) {
  std::vector<Line> settings = {texts({"THÔNG TIN ĐỢT BÁO CÁO"}), texts({"Mục", "Nội dung điền", "Cách ghi"})};
  settings.insert(settings.end(), lines.begin(), lines.end());
  return settings;
}

TEST(Round, DoesNotTakeAHintForAValue) {
  const std::string hint = "Ví dụ: Quý I năm 2027";
  const Line good = agency("Sở Nội vụ", "SNV");
  EXPECT_EQ(wrong_with(guided({texts({"Kỳ báo cáo", "", hint})}), {kHead, good}), "round-missing B3 \n");
  EXPECT_EQ(wrong_with(guided({texts({"Kỳ báo cáo", "Quý I", hint}),
                               texts({"Hạn gửi báo cáo", "", "Ví dụ: 17:00 20/3/2027"})}),
                       {kHead, good}),
            "");
  EXPECT_EQ(wrong_with({texts({"Kỳ báo cáo"})}, {kHead, good}), "round-missing B1 \n");
}

TEST(Round, GivesAgenciesTheFormOfTheirLevel) {
  std::vector<Line> settings = kSettings;
  settings.push_back(texts({"Biểu mẫu mặc định: Cấp xã", "UBND cấp xã, tỉnh Hải Dương, 2022"}));
  settings.push_back(texts({"Default template: department", "khanh-hoa-2023"}));
  settings.push_back(texts({"Biểu mẫu mặc định: Cấp huyện"}));
  const std::vector<Line> roster = {kHead,
                                    agency("Xã Một", "1", "Phường"),
                                    agency("Sở Một", "2", "Sở"),
                                    agency("Sở Hai", "3", "Sở", "", "tra-vinh-2021"),
                                    agency("Huyện Một", "4", "Huyện"),
                                    agency("Chi cục", "5")};
  Findings findings;
  const auto round = read_round(book_of(settings, roster), "round.xlsx", shipped(), findings);
  ASSERT_TRUE(round.has_value());
  std::string forms;
  for (const Agency& one : round->agencies) forms += one.level + ":" + one.form + " ";
  EXPECT_EQ(forms, "commune:binh-lang-2022 department:khanh-hoa-2023 department:tra-vinh-2021 district: : ");
  settings.push_back(texts({"Biểu mẫu mặc định: Xã", "binh-lang-2022"}));
  EXPECT_EQ(wrong_with(settings, roster), "round-twice B6 binh-lang-2022\n");
  settings.back() = texts({"Biểu mẫu mặc định: Cấp tỉnh", "binh-lang"});
  EXPECT_EQ(wrong_with(settings, roster), "round-unknown B6 binh-lang\n");
}

TEST(Round, InsistsOnAddressesThatMailCanBeSentTo) {
  Line head = kHead;
  head.emplace_back(std::string("Thư điện tử"));
  const auto with = [&](const char* address) {
    Line line = agency("Sở Nội vụ", "SNV");
    line.emplace_back(std::string(address));
    return wrong_with(kSettings, {head, line});
  };
  EXPECT_EQ(with("snv@khanhhoa.gov.vn; vt.snv@khanhhoa.gov.vn, a@b.vn"), "");
  EXPECT_EQ(with("snv@khanhhoa; a@b.vn; số 1 Lê Lợi"), "round-address H2 snv@khanhhoa\nround-address H2 số 1 Lê Lợi\n");
  std::vector<Line> settings = kSettings;
  settings.push_back(texts({"Địa chỉ nhận báo cáo", "58.3822222"}));
  EXPECT_EQ(wrong_with(settings, {kHead, agency("Sở Nội vụ", "SNV")}), "round-address B3 58.3822222\n");
}

TEST(Round, ReadsItsDatesOrSaysWhere) {
  const std::vector<Line> roster = {kHead, agency("Sở Nội vụ", "SNV")};
  std::vector<Line> settings = kSettings;
  for (const char* text : {"31/02/2027", "ngày mai", "9/6"}) {
    settings[1][1] = std::string(text);
    EXPECT_EQ(wrong_with(settings, roster), "round-date B2 " + std::string(text) + "\n");
  }
  settings = kSettings;
  settings.push_back(texts({"Số liệu từ ngày", "15/12/2026"}));
  settings.push_back(texts({"Số liệu đến ngày", "14/6/2027"}));
  EXPECT_EQ(wrong_with(settings, roster), "");  // a deadline before the window ends
  settings.back()[1] = std::string("14/6/2026");
  EXPECT_EQ(wrong_with(settings, roster), "round-date B4 14/6/2026\n");
}

TEST(Round, ReadsItsLetters) {
  const auto with = [](const std::vector<Line>& letters, Findings& findings) {
    xlsx::Workbook book = book_of(kSettings, {kHead, agency("Sở Nội vụ", "SNV")});
    book.sheets.push_back(book_of(letters, {}).sheets.front());
    book.sheets.back().name = "Thư";
    return read_round(book, "round.xlsx", shipped(), findings);
  };
  const Line head = texts({"Loại thư", "Tiêu đề thư", "Nội dung thư"});
  Findings findings;
  const auto round = with({texts({"NỘI DUNG THƯ"}), head,
                           texts({"Nhắc nộp báo cáo", "Nhắc  {agency}", " Kính gửi {agency}:\n\n1. {deadline} \n"}),
                           texts({"Gửi biểu mẫu", "Biểu mẫu {period} {"}), texts({"Chữ dùng được trong thư"})},
                          findings);
  ASSERT_TRUE(round.has_value()) << codes(findings);
  const auto& [blank, reminder, correction] = round->letters;
  EXPECT_EQ(blank.subject + "|" + blank.body, "Biểu mẫu {period} {|");
  EXPECT_EQ(reminder.subject + "|" + reminder.body, "Nhắc {agency}|Kính gửi {agency}:\n\n1. {deadline}");
  EXPECT_EQ(correction.subject + correction.body, "");

  const auto wrong = [&](const std::vector<Line>& letters) {
    Findings found;
    with(letters, found);
    expect_sentences(found, shipped());
    std::string text;
    for (const Finding& finding : found) text += finding.code + " " + finding.place.cell + " " + finding.raw + "\n";
    return text;
  };
  EXPECT_EQ(wrong({head, texts({"Gửi biểu mẫu", "{agenci} {period}"})}), "round-unknown B2 agenci\n");
  EXPECT_EQ(wrong({head, texts({"Thư mời", "họp"})}), "round-unknown A2 Thư mời\n");
  EXPECT_EQ(wrong({head, texts({"Gửi biểu mẫu", "a"}), texts({"Gửi biểu mẫu", "b"})}), "round-twice A3 Gửi biểu mẫu\n");
  EXPECT_EQ(wrong({texts({"Loại thư", "Tiêu đề thư"})}), "round-missing  \n");
}

TEST(Date, IsReadAsPeopleTypeIt) {
  const auto read = [](const xlsx::Value& value) { return read_date(value, false).value_or("?"); };
  for (const std::string text : {"5/4/2027", "05-04-2027", "05.04.2027", "2027-04-05", "ngày 5 tháng 4 năm 2027"})
    EXPECT_EQ(read(text), "2027-04-05") << text;
  for (const std::string text : {"17:00 5/4/2027", "5/4/2027 17:00", "5/4/2027 17:00:00", "17h00 ngày 5/4/2027",
                                 "17h ngày 5/4/2027", "17 giờ", "2027-04-05T17:00"})
    EXPECT_EQ(read(text), text == "17 giờ" ? "?" : "2027-04-05T17:00") << text;
  for (const std::string text : {"", "5/4", "31/4/2027", "29/2/2027", "4/2027", "5/4/27", "25:00 5/4/2027",
                                 "17:70 5/4/2027", "5/4/2027 6/4/2027", "17:00 18:00 5/4/2027", "99999999999/1/2027"})
    EXPECT_EQ(read(text), "?") << text;
  EXPECT_EQ(read(46482.0), "2027-04-05");
  EXPECT_EQ(read(46482.99999), "2027-04-06");
  EXPECT_EQ(read_date(45020.5, true).value_or("?"), "2027-04-05T12:00");
  EXPECT_EQ(read(-1.0), "?");
  EXPECT_EQ(read(1e9), "?");
  EXPECT_EQ(read(true), "?");
}

TEST(Date, OfAFileIsToldInLocalTime) {
  EXPECT_EQ(local_time("2027-04-05T10:00:59Z", 420), "2027-04-05T17:00");
  EXPECT_EQ(local_time("2027-12-31T17:30:00Z", 420), "2028-01-01T00:30");
  EXPECT_EQ(local_time("2027-01-01T01:30:00Z", -120), "2026-12-31T23:30");
  EXPECT_EQ(local_time("yesterday", 420), "");
  EXPECT_EQ(minutes_between("2027-04-05T17:00", "2027-04-05T17:01"), 1);
  EXPECT_EQ(minutes_between("2027-12-31T23:30", "2028-03-01T00:00"), 30 + 60 * 24 * 60);  // a leap year
  EXPECT_EQ(minutes_between("2027-04-05T17:00", "2027-04-04T17:00"), -24 * 60);
  EXPECT_FALSE(minutes_between("2027-04-05T17:00", ""));
  EXPECT_FALSE(minutes_between("2027-04-05", "2027-04-05T17:00"));
  EXPECT_EQ(shown_date("2027-04-05T09:05"), "09:05 5/4/2027");
  EXPECT_EQ(shown_date("2027-04-05"), "5/4/2027");
}

}  // namespace
}  // namespace tonghop
