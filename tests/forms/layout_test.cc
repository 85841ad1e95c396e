// Where the rows of a small form stand, worked out by hand, and how tall its texts are.
#include "forms/layout.h"

#include <gtest/gtest.h>

#include "forms/metrics.h"
#include "survey.h"

namespace tonghop {
namespace {

Template read(const std::string& text) {
  std::vector<XmlFile> files;
  files.emplace_back("f.xml", text);
  return read_templates(files).at(0);
}

TEST(Layout, PutsEverythingWhereAPersonWouldCountIt) {
  const Template form = read(testing::kTreesForm);
  const Layout layout = layout_of(form);
  EXPECT_EQ(layout.columns, 5);
  EXPECT_EQ(layout.key_column, 6);
  EXPECT_EQ(layout.field_column, 3);
  ASSERT_EQ(layout.sheets.size(), 2U);
  const SheetLayout& first = layout.sheets[0];
  EXPECT_EQ(first.heading_row, 1);
  EXPECT_EQ(first.field_row, 3);  // a blank row after the heading
  EXPECT_EQ(first.header_row, 6);
  EXPECT_EQ(first.header_rows, 2);
  EXPECT_EQ(first.first_row, 8);
  EXPECT_EQ(first.last_row, 17);
  EXPECT_EQ(first.signature_row, 19);
  EXPECT_EQ(layout.sheets[1].last_row, 12);
  EXPECT_EQ(to_string(layout.at(form, form.row("1"), Role::number)), "A8");
  EXPECT_EQ(to_string(layout.at(form, form.row("1.1.b"), Role::value)), "D11");
  EXPECT_EQ(to_string(layout.at(form, form.row("3.2"), Role::note)), "E17");
  EXPECT_EQ(to_string(layout.at(form, form.row("4"), Role::value)), "D8");  // the second sheet begins anew
}

TEST(Layout, DoesWithoutHeadingFieldsAndGroups) {
  const Template form = read(
      "<template id='t' title='T'><columns><column role='caption' caption='C'/><column role='value' "
      "caption='V'/></columns>"
      "<sheet name='S'><heading><line>1</line><line>2</line></heading><row key='1' caption='A'/></sheet>"
      "<sheet name='T'><row key='2' caption='A'/></sheet></template>");
  const Layout layout = layout_of(form);
  EXPECT_EQ(layout.sheets[0].field_row, 0);
  EXPECT_EQ(layout.sheets[0].header_row, 4);
  EXPECT_EQ(layout.sheets[0].header_rows, 1);
  EXPECT_EQ(layout.sheets[1].header_row, 2);
  EXPECT_EQ(to_string(layout.at(form, 1, Role::value)), "B3");
}

TEST(WrappedLines, CountsLinesOnTheTallSide) {
  EXPECT_EQ(wrapped_lines("", 10), 1);
  EXPECT_EQ(wrapped_lines("Số", 10), 1);
  EXPECT_EQ(wrapped_lines("a\nb\n", 10), 3);
  EXPECT_EQ(wrapped_lines("one two three four", 10), 2);
  EXPECT_GE(wrapped_lines(std::string(100, 'n'), 10), 10);  // one long word is cut
  EXPECT_GE(wrapped_lines("Số lượng hồ sơ đã giải quyết đúng hạn", 20, true),
            wrapped_lines("Số lượng hồ sơ đã giải quyết đúng hạn", 20));
  EXPECT_GT(wrapped_lines("Số lượng hồ sơ đã giải quyết đúng hạn", 20, false, 18),
            wrapped_lines("Số lượng hồ sơ đã giải quyết đúng hạn", 20));
  EXPECT_EQ(wrapped_lines("ho\u0300a binh", 10), wrapped_lines("hòa binh", 10));
  EXPECT_EQ(row_height(1000), 409);
  EXPECT_GT(row_height(2), row_height(1));
}

}  // namespace
}  // namespace tonghop
