// A pressed package is the one that would have been written for its texts.
#include "xlsx/press.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "packages.h"
#include "readable_parts.h"
#include "samples.h"
#include "xlsx/writer.h"

namespace tonghop::xlsx {
namespace {

using namespace std::string_literals;
using testing::readable_parts;

const std::vector<std::string> kStandIns = {"\xEF\xB7\x90name",
                                            "\xEF\xB7\x90"
                                            "code"};

// The sample with texts alone, among words, twice, in rich text and in two styles.
Workbook workbook_for(const std::string& name, const std::string& code) {
  Workbook workbook = sample_workbook();
  const int large = workbook.style({.bold = true, .size = 20});
  Sheet& sheet = workbook.sheets.front();
  put(sheet, {101, 1}, "The name:"s);
  put(sheet, {101, 2}, name);
  put(sheet, {102, 1}, "To " + name + ", " + code + ", " + name + "!", large);
  put(sheet, {103, 1}, name, large);
  put(sheet, {104, 1}, "Code: " + code, large);
  sheet.cell({104, 1}).runs = {{"Code: ", true, false}, {code, false, false}};
  Sheet hidden;
  hidden.name = "hidden";
  hidden.hidden = true;
  put(hidden, {1, 1}, name);
  put(hidden, {2, 1}, code);
  workbook.sheets.push_back(hidden);
  return workbook;
}

Press press() { return {workbook_for(kStandIns[0], kStandIns[1]), kStandIns}; }

TEST(Press, GivesThePackageThatWouldBeWritten) {
  const std::string long_word(16'000, 'x');
  std::string vietnamese;  // more bytes than one block of a deflate stream takes as they are
  for (int i = 0; i < 16'000; ++i) vietnamese += "ệ";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Sở Nội vụ", "001"}, {"A & B < \"C\" > 'D' ]]>", "&amp;"}, {long_word, "1"},
      {vietnamese, "1"},    {"  blanks on both sides ", " "},     {"two\nlines\tand a tab", "_x0041_"},
      {"\x01", "🌊"},        {kStandIns[1], kStandIns[0]},         {"{name}", "$1 \\1 %s"},
  };
  const Press pressed = press();
  for (const auto& [name, code] : cases) {
    SCOPED_TRACE(name.substr(0, 40));
    const std::string bytes = pressed.print({{name, code}});
    const std::string written = write_workbook(workbook_for(name, code));
    EXPECT_EQ(readable_parts(bytes), readable_parts(written));
    EXPECT_EQ(outcome(bytes), outcome(written));
    EXPECT_EQ(bytes, press().print({{name, code}}));
  }
}

TEST(Press, GivesATextThatIsThereAlreadyAPlaceOfItsOwn) {
  for (const auto& [name, code] : {std::pair("The name:", "same"), std::pair("same", "same")}) {
    EXPECT_EQ(outcome(press().print({{name, code}})), outcome(write_workbook(workbook_for(name, code))));
  }
}

TEST(Press, NeedsNothingToStandIn) {
  const Workbook workbook = sample_workbook();
  EXPECT_EQ(readable_parts(Press(workbook, {}).print({})), readable_parts(write_workbook(workbook)));
  EXPECT_EQ(readable_parts(Press(workbook, kStandIns).print({{"a", "b"}})), readable_parts(write_workbook(workbook)));
}

TEST(Press, RefusesWhatACellCannotHold) {
  const Press pressed = press();
  for (const std::string& bad : {""s, std::string(32'768, 'x'), std::string(254, '\n')}) {
    const std::vector<std::string> texts = {bad, "1"};
    EXPECT_THROW(pressed.print(texts), std::invalid_argument);
  }
}

TEST(Press, RefusesToStandInOutsideOfTextsOfCells) {
  Workbook formula = sample_workbook();
  put(formula.sheets.front(), {101, 1}, kStandIns[0], 0, "\"x\"&\"y\"");
  Workbook name = sample_workbook();
  name.sheets.back().name = kStandIns[1];
  for (const Workbook& workbook : {formula, name}) EXPECT_THROW(Press(workbook, kStandIns), std::invalid_argument);
}

}  // namespace
}  // namespace tonghop::xlsx
