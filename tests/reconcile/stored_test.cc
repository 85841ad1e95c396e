// A reading comes back from its bytes as it was, for the same file elsewhere; what would not is not stored.
#include "reconcile/stored.h"

#include <gtest/gtest.h>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

ReadFile read_at(const std::string& path, const xlsx::Workbook& book) {
  ReadFile read;
  Matcher matcher(trees());
  read.answer = reconcile(lift(book, path, matcher.captions()), trees(), matcher, read.findings);
  return read;
}

// With everything that an observation or a finding can hold.
xlsx::Workbook doubtful_trees() {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"D10", "about 12 trees"}, {"D11", "?"}, {"D13", "21,5"}, {"D12", "in a heading"}});
  book.sheets[0].comments.push_back({{11, 4}, "to be counted"});
  return book;
}

std::string as_text(const ReadFile& read) {
  std::string text = read.answer.file + " " + read.answer.form->form.id + " " + read.answer.agency + " " +
                     (read.answer.named ? "named " : "") + read.answer.period + " " + read.answer.code + " " +
                     read.answer.modified + "\n";
  for (const Observation& one : read.answer.observations) {
    text += std::to_string(one.indicator) + " " + std::to_string(one.row) + " " + to_string(one.place) + " " + one.raw +
            " " + std::string(to_string(one.status)) + " " + (one.value ? one.value->to_string() : "none") + " " +
            one.text + " " + std::to_string(one.computed) + " " + std::to_string(one.decimals) + " " + one.note + "\n";
  }
  for (const SectionNote& note : read.answer.section_notes)
    text += std::to_string(note.row) + " " + to_string(note.place) + " " + note.note + "\n";
  for (const int row : read.answer.missing) text += std::to_string(row) + " missing\n";
  for (const Finding& one : read.findings) {
    text += one.code + " " + to_string(one.place) + " " + one.agency + " " + one.indicator + " " + one.raw + " " +
            one.value + " " + one.check;
    for (const auto& [name, detail] : one.details) text += " " + name + "=" + detail;
    text += "\n";
  }
  return text;
}

TEST(Stored, ComesBackForTheSameFileElsewhere) {
  for (const xlsx::Workbook& book : {filled_trees(), doubtful_trees()}) {
    const ReadFile read = read_at("a/one.xlsx", book);
    const auto bytes = stored(read.answer, read.findings);
    ASSERT_TRUE(bytes);
    const auto same = restored(*bytes, "b/two.xlsx", trees());
    ASSERT_TRUE(same);
    EXPECT_EQ(as_text(*same), as_text(read_at("b/two.xlsx", book)));
  }
  const std::string doubtful = as_text(read_at("a.xlsx", doubtful_trees()));
  for (const char* const told : {"value-extracted", "value-unreadable", "value-in-section", "to be counted"})
    EXPECT_NE(doubtful.find(told), std::string::npos) << told << "\n" << doubtful;
}

TEST(Stored, KeepsNumbersAsTheyAre) {
  ReadFile read = read_at("one.xlsx", filled_trees());
  Observation& one = read.answer.observations.front();
  for (const char* const number : {"0", "-1", "63", "-64", "123456", "999999999999999", "1000000000000000",
                                   "-9999999999999999", "0.5", "-12.000000000000000001", "0.000000000000000001"}) {
    one.value = Decimal::parse(number);
    ASSERT_TRUE(one.value) << number;
    const auto same = restored(stored(read.answer, read.findings).value(), "one.xlsx", trees());
    ASSERT_TRUE(same) << number;
    EXPECT_EQ(same->answer.observations.front().value, one.value) << number;
  }
}

TEST(Stored, LeavesOutWhatDependsOnThePath) {
  const ReadFile unnamed = read_at("one.xlsx", without_identity(filled_trees("")));
  ASSERT_FALSE(unnamed.answer.named);  // its agency is the name of the file
  EXPECT_FALSE(stored(unnamed.answer, unnamed.findings));

  ReadFile read = read_at("one.xlsx", filled_trees());
  read.findings.push_back({.code = "any", .place = {.file = "one.xlsx"}, .details = {{"beside", "see one.xlsx"}}});
  EXPECT_FALSE(stored(read.answer, read.findings));
  read.findings.back() = {.code = "any", .place = {.file = "other.xlsx"}};
  EXPECT_FALSE(stored(read.answer, read.findings));
  read.findings.back() = {.code = "any", .place = {.file = "one.xlsx"}};
  EXPECT_TRUE(stored(read.answer, read.findings));
}

TEST(Stored, DoesNotTakeOtherBytes) {
  const ReadFile read = read_at("one.xlsx", filled_trees());
  const std::string bytes = stored(read.answer, read.findings).value();
  for (std::size_t length = 0; length < bytes.size(); length += 7)
    EXPECT_FALSE(restored(bytes.substr(0, length), "one.xlsx", trees())) << length;
  EXPECT_FALSE(restored(bytes + "x", "one.xlsx", trees()));
  EXPECT_FALSE(restored(bytes, "one.xlsx", Definitions{}));
}

}  // namespace
}  // namespace tonghop
