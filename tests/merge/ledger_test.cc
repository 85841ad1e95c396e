// The ledger: where agencies stand, whose files are, and counts that tie whatever comes.
#include "merge/ledger.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <set>

#include "merge/rounds.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

constexpr const char* kInTime = "2027-07-01T08:00:00Z";
constexpr const char* kTooLate = "2027-07-07T09:31:59Z";  // by 1 day, 6 hours and 31 minutes
const Values kSome = {{"trees.planted", "1"}};
const Values kUnread = {{"trees.planted", "?"}};

Round due(std::vector<Agency> agencies) {
  Round round = june(std::move(agencies));
  round.deadline = "2027-07-06T10:00";  // seven hours east
  return round;
}

SourceFile refused(const std::string& path, const std::string& agency) {
  SourceFile source;
  source.path = path;
  source.agency = agency;
  return source;
}

struct Kept {
  std::vector<SourceFile> sources;
  Province province;
  Findings findings;
  Ledger ledger;
};

// What a merge of these makes of them; "?" as a value is an open error in its file.
Kept kept(const std::vector<Return>& returns, const std::vector<SourceFile>& refused_files, const Round* round,
          const Findings& more = {}) {
  Kept result;
  for (const Return& one : returns) {
    SourceFile source;
    source.state = SourceFile::State::used;
    source.path = one.file;
    source.agency = one.agency;
    source.modified = one.modified;
    result.sources.push_back(source);
    for (const Observation& observation : one.observations) {
      if (observation.status != Status::unreadable) continue;
      result.findings.push_back({.code = "value-unreadable", .place = observation.place, .agency = one.agency});
    }
  }
  result.sources.insert(result.sources.end(), refused_files.begin(), refused_files.end());
  result.province = gather(returns, owed_trees(), result.findings, round);
  result.findings.insert(result.findings.end(), more.begin(), more.end());
  const auto& dropped = result.province.superseded;
  for (SourceFile& source : result.sources) {
    if (std::find(dropped.begin(), dropped.end(), source.path) != dropped.end())
      source.state = SourceFile::State::superseded;
  }
  result.ledger = ledger_of(result.province, result.sources, result.findings, owed_trees().wording);
  return result;
}

std::string line_of(const LedgerEntry& entry, const Kept& of) {
  std::string line = entry.name + " " + std::string(to_string(entry.standing));
  if (entry.late) line += " +" + std::to_string(*entry.late);
  if (entry.errors > 0) line += " errors " + std::to_string(entry.errors);
  for (const int file : entry.files) line += " " + of.sources[static_cast<std::size_t>(file)].path;
  return line;
}

std::string lines_of(const Kept& of) {
  std::string lines;
  for (const LedgerEntry& entry : of.ledger.expected) lines += line_of(entry, of) + "\n";
  for (const LedgerEntry& entry : of.ledger.others) lines += "besides: " + line_of(entry, of) + "\n";
  for (const int file : of.ledger.nobodys) lines += "nobody: " + of.sources[static_cast<std::size_t>(file)].path + "\n";
  return lines;
}

TEST(Ledger, SaysWhereEveryAgencyStands) {
  Agency gone = listed("Gone");
  gone.valid_to = "2027-05-31";
  const Round round = due({listed("Silent"), listed("Locked"), listed("Other"), listed("Wrong"), listed("Good"),
                           listed("Late"), listed("Undated"), gone});
  Return other = answer("Other", kSome, "other.xlsx", kInTime);
  other.period = "May";
  const Kept all =
      kept({other, answer("Wrong", kUnread, "wrong.xlsx", kInTime), answer("Good", kSome, "good.xlsx", kInTime),
            answer("Late", kSome, "late.xlsx", kTooLate), answer("Undated", kSome, "undated.xlsx"),
            answer("Gone", kSome, "gone.xlsx", kInTime), answer("Stranger", kSome, "stranger.xlsx", kTooLate)},
           {refused("locked.xlsx", "Locked"), refused("scan.pdf", "")}, &round,
           {{.code = "file-ignored", .place = {.file = "notes.txt"}},
            {.code = "mail-bounced", .place = {.file = "bounce.eml"}},
            {.code = "mail-receipt", .place = {.file = "read.eml"}},
            {.code = "mail-unsent", .place = {.file = "draft.eml"}},
            {.code = "attachment-none", .place = {.file = "thanks.eml"}}});
  EXPECT_EQ(lines_of(all),
            "Silent not_returned\n"
            "Locked refused locked.xlsx\n"
            "Other wrong_period errors 1 other.xlsx\n"
            "Wrong open_errors errors 1 wrong.xlsx\n"
            "Good accepted good.xlsx\n"
            "Late accepted +1831 late.xlsx\n"
            "Undated accepted undated.xlsx\n"
            "besides: Gone accepted gone.xlsx\n"
            "besides: Stranger accepted +1831 stranger.xlsx\n"
            "nobody: scan.pdf\n");
  EXPECT_EQ(all.ledger.standings, (std::array<int, kStandings>{1, 1, 1, 1, 3}));
  EXPECT_EQ(all.ledger.late, 1);  // strangers are not counted
  EXPECT_EQ(all.ledger.undated, 1);
  EXPECT_EQ(all.ledger.files, (std::array<int, 3>{7, 0, 2}));
  EXPECT_EQ(all.ledger.ignored,
            (std::vector<std::string>{"notes.txt", "bounce.eml", "read.eml", "draft.eml", "thanks.eml"}));
  EXPECT_EQ(all.ledger.returned(), 5);
}

TEST(Ledger, ACorrectedReturnClosesTheErrorsOfTheOneBefore) {
  const Round round = due({listed("Town")});
  const Return wrong = answer("Town", kUnread, "wrong.xlsx", kInTime);
  const Return right = answer("Town", kSome, "right.xlsx", kTooLate);
  EXPECT_EQ(lines_of(kept({wrong, right}, {}, &round)), "Town accepted +1831 wrong.xlsx right.xlsx\n");
  // A file that could not be read at all does not stand against one that could.
  const Kept locked = kept({right}, {refused("locked.xlsx", "Town")}, &round,
                           {{.code = "file-encrypted", .place = {.file = "locked.xlsx"}, .agency = "Town"}});
  EXPECT_EQ(lines_of(locked), "Town accepted +1831 right.xlsx locked.xlsx\n");
  // Two that differ, without dates to choose by: somebody must say which counts.
  const Kept unclear =
      kept({answer("Town", kSome, "a.xlsx"), answer("Town", {{"trees.planted", "2"}}, "b.xlsx")}, {}, &round);
  EXPECT_EQ(lines_of(unclear), "Town open_errors errors 1 a.xlsx b.xlsx\n");
}

TEST(Ledger, ADuplicateIsNotLateWhenItsFirstWasNot) {
  const Round round = due({listed("Town")});
  const Kept twice =
      kept({answer("Town", kSome, "a.xlsx", kInTime), answer("Town", kSome, "b.xlsx", kTooLate)}, {}, &round);
  EXPECT_EQ(lines_of(twice), "Town accepted a.xlsx b.xlsx\n");
  EXPECT_EQ(twice.ledger.files, (std::array<int, 3>{1, 1, 0}));
}

TEST(Ledger, WhatAPersonHasDecidedIsNotOpen) {
  const Round round = due({listed("Town")});
  Return other = answer("Town", kSome, "a.xlsx", kInTime);
  other.period = "May";
  Kept all = kept({other}, {}, &round);
  EXPECT_EQ(all.ledger.expected.at(0).standing, Standing::wrong_period);
  for (Finding& finding : all.findings) finding.state = Finding::State::waived;
  all.ledger = ledger_of(all.province, all.sources, all.findings, owed_trees().wording);
  EXPECT_EQ(all.ledger.expected.at(0).standing, Standing::accepted);
}

TEST(Ledger, WithoutARoundAllThatCameIsListed) {
  const Kept all = kept({answer("Town", kSome, "a.xlsx", kTooLate)}, {refused("scan.pdf", "")}, nullptr);
  EXPECT_EQ(lines_of(all), "besides: Town accepted a.xlsx\nnobody: scan.pdf\n");
  EXPECT_EQ(all.ledger.late + all.ledger.undated, 0);
}

// Every expected agency stands somewhere, every file is somebody's or nobody's, and once.
TEST(Ledger, CountsTieOnRandomRounds) {
  std::mt19937 random(5);
  const auto one_of = [&](unsigned sides) { return random() % sides; };
  int seen = 0;  // standings that came up
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<Agency> agencies;
    for (int a = 0; a < 20; ++a) {
      agencies.push_back(listed("Agency " + std::to_string(a)));
      if (one_of(8) == 0) agencies.back().valid_to = "2027-05-31";
    }
    const Round round = due(agencies);
    std::vector<Return> returns;
    std::vector<SourceFile> others;
    for (int f = 0; f < 40; ++f) {
      const std::string agency = "Agency " + std::to_string(one_of(25));  // some are on no roster
      const std::string file = std::to_string(f) + ".xlsx";
      if (one_of(4) == 0) {
        others.push_back(refused(file, one_of(2) == 0 ? agency : ""));
        continue;
      }
      const std::vector<std::string> dates = {"", kInTime, kTooLate};
      Return one = answer(agency, one_of(4) == 0 ? kUnread : Values{{"trees.planted", std::to_string(one_of(3))}}, file,
                          dates[one_of(3)]);
      if (one_of(5) == 0) one.period = "May";
      if (one_of(9) == 0) one.named = false;
      returns.push_back(std::move(one));
    }
    const Kept all = kept(returns, others, &round);
    const Ledger& ledger = all.ledger;
    EXPECT_EQ(std::accumulate(ledger.standings.begin(), ledger.standings.end(), 0),
              static_cast<int>(ledger.expected.size()));
    EXPECT_EQ(static_cast<std::ptrdiff_t>(ledger.expected.size()),
              std::count_if(round.agencies.begin(), round.agencies.end(),
                            [&](const Agency& one) { return round.expects(one); }));
    std::multiset<int> files(ledger.nobodys.begin(), ledger.nobodys.end());
    std::array<int, kStandings> standings{};
    std::set<int> members;
    for (const auto* entries : {&ledger.expected, &ledger.others}) {
      for (const LedgerEntry& entry : *entries) {
        files.insert(entry.files.begin(), entry.files.end());
        if (entry.member >= 0) {
          EXPECT_TRUE(members.insert(entry.member).second);
        }
        EXPECT_EQ(entry.member < 0, entry.standing == Standing::not_returned || entry.standing == Standing::refused);
        EXPECT_EQ(entry.files.empty(), entry.standing == Standing::not_returned);
        if (entries == &ledger.expected) ++standings[static_cast<std::size_t>(entry.standing)];
      }
    }
    EXPECT_EQ(standings, ledger.standings);
    EXPECT_EQ(members.size(), all.province.members.size());
    EXPECT_EQ(files.size(), all.sources.size());
    EXPECT_EQ(std::set<int>(files.begin(), files.end()).size(), all.sources.size());
    EXPECT_EQ(std::accumulate(ledger.files.begin(), ledger.files.end(), 0), static_cast<int>(all.sources.size()));
    EXPECT_EQ(ledger.files[0], static_cast<int>(all.province.members.size()));
    EXPECT_EQ(ledger.returned() + ledger.standings[0] + ledger.standings[1], static_cast<int>(ledger.expected.size()));
    EXPECT_LE(ledger.late + ledger.undated, ledger.returned());
    for (std::size_t s = 0; s < kStandings; ++s) seen |= ledger.standings[s] > 0 ? 1 << s : 0;
  }
  EXPECT_EQ(seen, (1 << kStandings) - 1);
}

}  // namespace
}  // namespace tonghop
