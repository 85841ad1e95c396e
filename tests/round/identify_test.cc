// Whose a return is: names as people write them, senders, file names, and what is said when they disagree.
#include "round/identify.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "definitions.h"
#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// A province of three districts' worth of names, made up.
Round round_of(std::vector<Agency> agencies) {
  Round round;
  round.file = "round.xlsx";
  round.province = "Tỉnh Khánh Hòa";
  round.office = "Sở Nội vụ";
  round.period = "Quý I năm 2027";
  round.from = "2026-12-15";
  round.to = "2027-03-14";
  round.reply = "cchc@khanhhoa.example";
  round.agencies = std::move(agencies);
  for (const bool expected : {true, false}) {
    for (std::size_t a = 0; a < round.agencies.size(); ++a) {
      const Agency& agency = round.agencies[a];
      if (round.expects(agency) != expected) continue;
      std::vector<std::string> names = agency.others;
      names.insert(names.end(), {agency.name, agency.code});
      for (const std::string& name : names) round.names.emplace(fold_name(name), static_cast<int>(a));
    }
  }
  return round;
}

Agency listed(const std::string& code, const std::string& name, const std::string& email = "", int parent = -1) {
  Agency agency;
  agency.code = code;
  agency.name = name;
  agency.email = email;
  agency.parent = parent;
  return agency;
}

const Round& province() {
  static const Round round = [] {
    std::vector<Agency> agencies = {
        listed("001", "Sở Nội vụ", "snv@khanhhoa.example"),
        listed("002", "Sở Tư pháp", "stp@khanhhoa.example; vp.stp@khanhhoa.example"),
        listed("003", "Sở Y tế", "chung@khanhhoa.example"),
        listed("004", "Huyện Diên Khánh", "dienkhanh@khanhhoa.example"),
        listed("005", "Xã Suối Tiên", "suoitien@khanhhoa.example", 3),
        listed("006", "Xã Suối Tiền", "chung@khanhhoa.example", 3),
        listed("007", "UBND phường Tân Lập"),
        listed("008", "Xã Tân Lập Đông"),
        listed("009", "Phường 1"),
        listed("010", "Xã Cũ"),
        listed("011", "Thành phố Nha Trang"),
    };
    agencies[1].others = {"STP"};
    agencies[8].others = {"Phường Phước Tiến", "Xã Cũ"};
    agencies[9].valid_to = "2025-06-30";
    return round_of(std::move(agencies));
  }();
  return round;
}

const Identifier& identifier() {
  static const Identifier made(province(), shipped().wording);
  return made;
}

std::string name_of(int agency) {
  return agency < 0 ? "—" : province().agencies[static_cast<std::size_t>(agency)].name;
}

TEST(RosterNames, AreMeantByWhatPeopleWrite) {
  const RosterNames names(province(), shipped().wording);
  const std::vector<std::pair<std::string, std::string>> table = {
      {"SỞ NỘI VỤ", "Sở Nội vụ"},
      {"So Noi vu", "Sở Nội vụ"},
      {"Sở Nội vu", "Sở Nội vụ"},
      {"Sở Nội vụ tỉnh Khánh Hòa", "Sở Nội vụ"},
      {"SỞ NỘI VỤ KHÁNH HOÀ", "Sở Nội vụ"},
      {"So Noi vu tinh Khanh Hoa", "Sở Nội vụ"},
      {"Nội vụ", "Sở Nội vụ"},
      {"stp", "Sở Tư pháp"},
      {"002", "Sở Tư pháp"},
      {"UBND huyện Diên Khánh, tỉnh Khánh Hòa", "Huyện Diên Khánh"},
      {"Ủy ban nhân dân H. Diên Khánh", "Huyện Diên Khánh"},
      {"Xã Suối Tiên", "Xã Suối Tiên"},
      {"UBND xã Suối Tiền", "Xã Suối Tiền"},
      {"Xã Suối Tiên, huyện Diên Khánh", "Xã Suối Tiên"},
      {"UBND P. Tân Lập", "UBND phường Tân Lập"},
      {"Tân Lập", "UBND phường Tân Lập"},
      {"P. Phước Tiến", "Phường 1"},
      {"Xã Cũ", "Phường 1"},  // another name of the one that took its place
      {"Phường 1", "Phường 1"},
      // Never a guess:
      {"Xa Suoi Tien", "—"},  // two are called so
      {"Suối Tiên", "Xã Suối Tiên"},
      {"Xã Tân Lập", "—"},  // the roster's is a ward
      {"Sở Nội vũ", "—"},   // another accent is another name
      {"Phòng Nội vụ", "—"},
      {"Phường 12", "—"},
      {"Sở Nội vụ tỉnh Phú Yên", "—"},
      {"UBND tỉnh Khánh Hòa", "—"},
      {"Thành phố", "—"},
      {"1", "—"},
      {"", "—"},
  };
  for (const auto& [written, meant] : table) EXPECT_EQ(name_of(names.meant_by(written)), meant) << written;
}

TEST(RosterNames, StandInTheNamesOfFiles) {
  const RosterNames names(province(), shipped().wording);
  const std::vector<std::pair<std::string, std::string>> table = {
      {"001_So-Noi-vu_Quy-I-nam-2027.xlsx", "Sở Nội vụ"},
      {"in/001_SO-NOI-VU_Quy-I-nam-2027 (2).xlsx", "Sở Nội vụ"},
      {"006_Xa-Suoi-Tien_Quy-I-nam-2027.xlsx", "Xã Suối Tiền"},  // its code tells
      {"bieu-mau-CCHC-So-Tu-phap.xlsx", "Sở Tư pháp"},
      {"stp.xlsx", "Sở Tư pháp"},
      {"Báo cáo CCHC Sở Y tế quý I.xls", "Sở Y tế"},
      {"thu.eml/Bao cao xa Tan Lap Dong.xlsx", "Xã Tân Lập Đông"},  // not the ward Tân Lập
      {"Xã Suối Tiên - huyện Diên Khánh.xlsx", "Xã Suối Tiên"},
      {"Bao cao So Y te gui So Noi vu.xlsx", "Sở Y tế"},  // to the coordinating office
      {"BC phuong 1 nam 2027.xlsx", "Phường 1"},
      {"Phuong Phuoc Tien.xlsx", "Phường 1"},
      {"TP Nha Trang.xlsx", "Thành phố Nha Trang"},
      // Never a guess:
      {"Xa Suoi Tien.xlsx", "—"},
      {"So Y te va So Tu phap.xlsx", "—"},
      {"BC phuong 12.xlsx", "—"},
      {"Bao cao thanh pho.xlsx", "—"},
      {"002.pdf", "Sở Tư pháp"},
      {"002 bao cao.xlsx", "—"},  // numbers stand before names of files for many reasons
      {"noi vu.xlsx", "—"},
      {"So Noi vu/bao cao.xlsx", "—"},  // folders hold files of many
      {"", "—"},
  };
  for (const auto& [file, meant] : table) EXPECT_EQ(name_of(names.named_in(file)), meant) << file;
}

struct Told {
  std::string agency;
  std::string codes;
};

// What is made of a return: the name in it, "" none; its code; who sent it, innermost first; the file's name.
Told told(const std::string& name, const std::string& code, const std::vector<std::string>& senders,
          const std::string& file = "f.xlsx") {
  Arrival arrival;
  arrival.path = file;
  for (const std::string& sender : senders) arrival.mails.push_back({sender, "", "", ""});
  arrival.answer.emplace();
  arrival.answer->file = file;
  arrival.answer->named = !name.empty();
  arrival.answer->agency = name.empty() ? "f" : name;
  arrival.answer->code = code;
  arrival.findings.push_back({.code = "value-unreadable", .place = {.file = file}, .agency = arrival.answer->agency});
  identifier().identify(arrival);
  EXPECT_EQ(arrival.findings.front().agency, arrival.answer->agency);
  arrival.findings.erase(arrival.findings.begin());
  expect_sentences(arrival.findings, shipped());
  return {arrival.answer->named ? arrival.answer->agency : "", codes(arrival.findings)};
}

TEST(Identify, GoesByTheFileThenTheSenderThenTheFileName) {
  const std::string stp = "stp@khanhhoa.example", shared = "chung@khanhhoa.example",
                    huyen = "dienkhanh@khanhhoa.example";
  const std::string office = "cchc@khanhhoa.example", private_mail = "anh@mail.example";
  const std::string file = "Bao cao So Tu phap.xlsx";
  const std::string differ = "agency-sources-differ\n", sender = "agency-sender-differs\n";
  struct Case {
    Told got;
    std::string agency, codes;
  };
  const std::vector<Case> table = {
      {told("Sở Tư pháp", "002", {stp}, file), "Sở Tư pháp", ""},
      {told("STP", "", {private_mail}), "Sở Tư pháp", ""},
      {told("So Tu phap", "", {}), "Sở Tư pháp", "agency-spelled\n"},
      {told("Sở Tư pháp cũ", "002", {}), "Sở Tư pháp", "agency-by-code\n"},
      {told("", "002", {}), "Sở Tư pháp", ""},
      {told("", "", {stp}), "Sở Tư pháp", "agency-by-sender\n"},
      {told("", "", {private_mail, stp}), "Sở Tư pháp", "agency-by-sender\n"},  // forwarded by a colleague
      {told("", "", {stp, huyen}), "Sở Tư pháp", "agency-by-sender\n"},         // the innermost is the sender
      {told("", "", {office}), "", ""},                                         // who collects forwards
      {told("", "", {shared}), "", ""},                                         // two have it
      {told("", "", {shared}, "So Y te.xlsx"), "Sở Y tế", "agency-by-file-name\n"},
      {told("", "", {}, file), "Sở Tư pháp", "agency-by-file-name\n"},
      {told("", "", {huyen}, "Xã Suối Tiên.xlsx"), "Xã Suối Tiên", "agency-by-sender\n"},  // sent by the district
      {told("", "", {}), "", ""},
      // Sources that disagree
      {told("Sở Y tế", "", {stp}), "Sở Y tế", sender},
      {told("Sở Y tế", "", {shared}), "Sở Y tế", ""},
      {told("Sở Y tế", "", {}, file), "Sở Y tế", differ},
      {told("Sở Y tế", "", {stp}, file), "Sở Y tế", sender},
      {told("Xã Suối Tiên", "", {huyen}), "Xã Suối Tiên", ""},  // by way of the district
      {told("Huyện Diên Khánh", "", {"suoitien@khanhhoa.example"}), "Huyện Diên Khánh", sender},
      {told("", "", {stp}, "So Y te.xlsx"), "Sở Tư pháp", "agency-by-sender\n" + differ},
      // Not on the roster
      {told("Xã Lạ", "", {}), "Xã Lạ", ""},
      {told("Xã Lạ", "", {stp}), "Xã Lạ", differ},
      {told("Sở Tư phép", "", {}), "Sở Tư phép", ""},                       // nearly is not
      {told("Sở Tư phép", "", {stp}), "Sở Tư pháp", "agency-by-sender\n"},  // but its own address sent it
      {told("Sở Tư phép", "", {}, file), "Sở Tư pháp", "agency-by-file-name\n"},
  };
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(table[i].got.agency, table[i].agency) << "case " << i;
    EXPECT_EQ(table[i].got.codes, table[i].codes) << "case " << i;
  }
}

TEST(Identify, TellsWhoseARefusedFileIs) {
  const auto whose = [](const std::string& sender, const std::string& file) {
    Arrival arrival;
    arrival.path = file;
    arrival.findings.push_back({.code = "file-encrypted", .place = {.file = file}});
    if (!sender.empty()) arrival.mails.push_back({sender, "", "", ""});
    identifier().identify(arrival);
    EXPECT_EQ(arrival.findings.size(), 1U);
    EXPECT_EQ(arrival.findings.front().agency, arrival.agency);
    return arrival.agency;
  };
  EXPECT_EQ(whose("", "So Y te.pdf"), "Sở Y tế");
  EXPECT_EQ(whose("stp@khanhhoa.example", "scan.pdf"), "Sở Tư pháp");
  EXPECT_EQ(whose("chung@khanhhoa.example", "scan.pdf"), "");
  EXPECT_EQ(whose("", "scan.pdf"), "");
}

TEST(Identify, SaysWhichSourcesDisagree) {
  Arrival arrival;
  arrival.path = "Bao cao So Y te.xlsx";
  arrival.mails.push_back({"snv@khanhhoa.example", "", "", ""});
  arrival.answer.emplace();
  arrival.answer->named = true;
  arrival.answer->agency = "STP";
  identifier().identify(arrival);
  ASSERT_EQ(codes(arrival.findings), "agency-sender-differs\n");
  EXPECT_EQ(shipped().wording.sentence(arrival.findings[0], "en"),
            "Taken for “Sở Tư pháp”, because the file names “STP”, but it was sent by “Sở Nội vụ”; the file's name "
            "tells of “Sở "
            "Y tế”. Confirm it with both: one may have filled in the other's form.");
}

TEST(RosterNames, NearestIsASuggestionOnly) {
  const RosterNames names(province(), shipped().wording);
  EXPECT_EQ(name_of(names.nearest("Sở Nội vũ")), "Sở Nội vụ");
  EXPECT_EQ(name_of(names.nearest("Bưu điện trung tâm")), "—");
  EXPECT_EQ(name_of(names.nearest("Xã La")), "—");  // nothing alike but the word for the level
}

}  // namespace
}  // namespace tonghop
