// Reading templates: what a good one gives, and what is said about each mistake.
#include "forms/template.h"

#include <gtest/gtest.h>

#include "base/finding.h"
#include "survey.h"

namespace tonghop {
namespace {

std::vector<Template> read(const std::vector<std::string>& texts) {
  std::vector<XmlFile> files;
  for (std::size_t i = 0; i < texts.size(); ++i)
    files.emplace_back(std::string(1, static_cast<char>('a' + i)), texts[i]);
  return read_templates(files);
}

std::string complaint(const std::vector<std::string>& texts) {
  try {
    read(texts);
  } catch (const DefinitionError& error) {
    return error.what();
  }
  return "";
}

const std::string kColumns =
    "<columns><column role='caption' caption='C'/><column role='value' caption='V'/></columns>\n";

// Line 1 the root, line 2 the columns, from line 3 on what is given.
std::string form(const std::string& inside, const std::string& attributes = "") {
  return "<template id='t' title='T'" + attributes + ">\n" + kColumns + inside + "</template>";
}

std::string sheet(const std::string& rows) { return "<sheet name='S'>\n" + rows + "</sheet>\n"; }  // rows from line 4

std::string child(const std::string& inside, const std::string& attributes = "") {
  return "<template id='u' title='U' extends='t'" + attributes + ">\n" + inside + "</template>";
}

const std::string kBase =
    form(sheet("<section key='1' caption='One'><row key='1.a' caption='A (x)' italic='(x)' unit='U'/>"
               "</section><row key='2' caption='B'/>"));

TEST(Template, ReadsWhatIsPrinted) {
  const Template trees = read({testing::kTreesForm}).at(0);
  EXPECT_EQ(trees.id, "trees");
  EXPECT_EQ(trees.version, 3);
  EXPECT_EQ(trees.lang, "en");
  EXPECT_FALSE(trees.summary);
  EXPECT_EQ(trees.inputs(), 12);
  EXPECT_EQ(trees.rows.size(), 15U);
  EXPECT_EQ(trees.sheets.size(), 2U);
  EXPECT_EQ(trees.column(Role::value), 4);
  EXPECT_EQ(trees.column(Role::agencies), 0);
  EXPECT_EQ(trees.columns[2].group, "Result");
  EXPECT_EQ(trees.columns[4].group, "");
  const Row& planted = trees.rows.at(static_cast<std::size_t>(trees.row("1.1.a")));
  EXPECT_EQ(planted.caption, "- Trees planted");
  EXPECT_EQ(planted.parent, trees.row("1.1"));
  EXPECT_TRUE(planted.input);
  EXPECT_EQ(to_string(planted.place), "a:18:9");
  EXPECT_FALSE(trees.rows[0].input);
  EXPECT_TRUE(trees.rows[0].bold);
  EXPECT_EQ(trees.rows.at(static_cast<std::size_t>(trees.row("4"))).unit, "No = 0\nYes = 1");
  EXPECT_EQ(trees.rows.at(static_cast<std::size_t>(trees.row("4"))).sheet, 1);
  EXPECT_EQ(trees.row("9"), -1);
}

TEST(Template, TakesOverWhatItDoesNotGiveItself) {
  const auto forms = read({child("<change key='1.a' caption='A, reworded' italic='' unit='%'/>\n"), kBase});
  const Template& changed = forms.at(0);
  EXPECT_EQ(changed.id, "u");
  EXPECT_EQ(changed.columns.size(), 2U);
  EXPECT_EQ(changed.rows.at(1).caption, "A, reworded");
  EXPECT_EQ(changed.rows.at(1).unit, "%");
  EXPECT_EQ(changed.rows.at(2).caption, "B");
  EXPECT_EQ(forms.at(1).rows.at(1).caption, "A (x)");  // the extended one stays as it is
}

TEST(Template, PutsRowsOfAnExtendedSheetFirst) {
  const auto forms = read({kBase, child("<sheet name='New' from='S'><row key='3' caption='C'/>"
                                        "<remainder key='9' caption='Rest'/></sheet>",
                                        " role='summary'")});
  const Template& summary = forms.at(1);
  ASSERT_EQ(summary.rows.size(), 4U);
  EXPECT_EQ(summary.rows[1].key, "1.a");
  EXPECT_EQ(summary.rows[1].parent, 0);
  EXPECT_EQ(summary.rows[3].key, "3");
  EXPECT_EQ(summary.sheets.at(0).name, "New");
  EXPECT_TRUE(summary.remainder.wanted);
  EXPECT_EQ(summary.remainder.section.caption, "Rest");
}

TEST(Template, LeavesTheRemainderToTheSummary) {
  const std::string summary =
      form(sheet("<row key='1' caption='A'/><remainder key='9' caption='Rest'/>"), " role='summary'");
  const auto forms = read({summary, child("")});
  EXPECT_TRUE(forms.at(0).remainder.wanted);
  EXPECT_FALSE(forms.at(1).summary);
  EXPECT_FALSE(forms.at(1).remainder.wanted);
}

struct Mistake {
  std::vector<std::string> files;
  std::string message;
};

void expect_messages(const std::vector<Mistake>& table) {
  for (const auto& [files, message] : table) EXPECT_EQ(complaint(files), message) << files[0];
}

TEST(Template, SaysWhatIsWrongWithTheWhole) {
  const std::string row = sheet("<row key='1' caption='A'/>");
  expect_messages({
      {{form(row)}, ""},
      {{"<form/>"}, "a:1:1: root element is <form>, expected <template>"},
      {{"<template title='T'/>"}, "a:1:1: <template> needs the attribute id"},
      {{"<template id='t'>" + kColumns + row + "</template>"}, "a:1:1: <template> needs the attribute title"},
      {{form(row), form(row)}, "b:1:1: template \"t\" is defined twice"},
      {{form(row, " extends='t'")}, "a:1:1: template \"t\" extends itself"},
      {{form(row, " extends='u'"), child("")}, "a:1:1: template \"t\" extends itself"},
      {{form(row, " extends='tt'"), "<template id='tta' title='T'>" + kColumns + row + "</template>"},
       "a:1:1: extends \"tt\", which is no template"},
      {{"<template id='u' title='U' extends='treess'/>", testing::kTreesForm},
       "a:1:1: extends \"treess\", which is no template, did you mean \"trees\"?"},
      {{form(row, " role='province'")}, "a:1:1: attribute role is \"province\", expected \"summary\" or nothing"},
      {{form(row, " version='0'")}, "a:1:1: attribute version is \"0\", expected a whole number from 1 to 9999"},
      {{form(row, " tilte='x'")}, "a:1:1: attribute \"tilte\" is not known in <template>, did you mean \"title\"?"},
      {{form("<rows/>" + row)},
       "a:3:1: element \"rows\" is not known in <template>; expected one of: heading, field, "
       "columns, signature, sheet, change"},
      {{"<template id='t' title='T'>" + row + "</template>"}, "a:1:1: <template> needs <columns>"},
      {{form("")}, "a:1:1: <template> needs a <sheet> with rows"},
      {{form("<sheet name='S'/>")}, "a:1:1: <template> needs a <sheet> with rows"},
      {{form("<heading/>\n<heading/>" + row)}, "a:4:1: a second <heading>; expected one"},
      {{form("<columns/>" + row)}, "a:3:1: a second <columns>; expected one"},
      {{form("<signature/><signature/>" + row)}, "a:3:13: a second <signature>; expected one"},
      {{form("<heading><lime/></heading>" + row)},
       "a:3:10: element \"lime\" is not known in <heading>, did you mean \"line\"?"},
      {{form("<heading><line style='fat'/></heading>" + row)},
       "a:3:10: attribute style is \"fat\", expected bold, italic or \"bold italic\""},
      {{form("<field name='round' caption='R'/>" + row)},
       "a:3:1: field \"round\" is not known; expected agency or period"},
      {{form("<field name='agency'/>" + row)}, "a:3:1: <field> needs the attribute caption"},
      {{form("<field name='agency' caption='A'/>\n<field name='agency' caption='B'/>" + row)},
       "a:4:1: a second field \"agency\"; expected one"},
  });
}

TEST(Template, SaysWhatIsWrongWithColumns) {
  const auto columns = [](const std::string& inside) {
    return "<template id='t' title='T'>\n<columns>" + inside + "</columns>" + sheet("<row key='1' caption='A'/>") +
           "</template>";
  };
  const std::string both = "<column role='caption' caption='C'/><column role='value' caption='V'/>";
  expect_messages({
      {{columns("<column role='caption' caption='C'/>")}, "a:2:1: exactly one column of role value is needed"},
      {{columns(both + both)}, "a:2:1: exactly one column of role caption is needed"},
      {{columns("<column role='vlaue' caption='V'/>")},
       "a:2:10: column role \"vlaue\" is not known, did you mean \"value\"? (expected number, caption, unit, value, "
       "agencies or note)"},
      {{columns("<column role='value'/>")}, "a:2:10: <column> needs the attribute caption"},
      {{columns("<column role='value' caption='V' italic='x'/>")},
       "a:2:10: italic=\"x\" does not occur in the caption"},
      {{columns("<column role='value' caption='V' width='1'/>")},
       "a:2:10: attribute width is \"1\", expected a whole number from 2 to 120"},
      {{columns("<group><column role='value' caption='V'/></group>")}, "a:2:10: <group> needs the attribute caption"},
      {{columns("<group caption='G'><row/></group>")},
       "a:2:29: element \"row\" is not known in <group>; expected one of: column"},
  });
}

TEST(Template, SaysWhatIsWrongWithSheetsAndRows) {
  const std::string row = "<row key='1' caption='A'/>";
  const std::string rest = "<remainder key='9' caption='R'/>";
  const std::string role = " role='summary'";
  expect_messages({
      {{form("<sheet>" + row + "</sheet>")}, "a:3:1: <sheet> needs the attribute name"},
      {{form("<sheet name='a/b'>" + row + "</sheet>")},
       "a:3:1: sheet name \"a/b\" is not one that Excel takes (31 characters, none of : \\ / ? * [ ])"},
      {{form("<sheet name=\"'a\">" + row + "</sheet>")},
       "a:3:1: sheet name \"'a\" is not one that Excel takes (31 characters, none of : \\ / ? * [ ])"},
      {{form("<sheet name='Phụ lục số một về cải cách hành chính'>" + row + "</sheet>")},
       "a:3:1: sheet name \"Phụ lục số một về cải cách hành chính\" is not one that Excel takes (31 characters, none "
       "of : \\ / ? * [ ])"},
      {{form("<sheet name='Phụ'>" + row + "</sheet>\n<sheet name='PHỤ'/>")}, "a:4:1: sheet name \"PHỤ\" is used twice"},
      {{form(sheet("<row caption='A'/>"))}, "a:4:1: <row> needs the attribute key"},
      {{form(sheet("<row key='1A' caption='A'/>"))},
       "a:4:1: key \"1A\" may hold only a-z, 0-9, dots, hyphens and underscores"},
      {{form(sheet("<row key='1'/>"))}, "a:4:1: <row> needs a caption"},
      {{form(sheet("<section key='1' caption=' '/>"))}, "a:4:1: <section> needs a caption"},
      {{form(sheet("<row key='1' caption='A' italic='x'/>"))}, "a:4:1: italic=\"x\" does not occur in the caption"},
      {{form(sheet("<row key='1' caption='A' style='Bold'/>"))},
       "a:4:1: attribute style is \"Bold\", expected bold, italic or \"bold italic\""},
      {{form(sheet("<row key='1' caption='A' number-rows='0'/>"))},
       "a:4:1: attribute number-rows is \"0\", expected a whole number from 1 to 1000"},
      {{form(sheet("<row key='1' captoin='A'/>"))},
       "a:4:1: attribute \"captoin\" is not known in <row>, did you mean \"caption\"?"},
      {{form(sheet(row + "\n <row key='1' caption='B'/>"))}, "a:5:2: key \"1\" is used twice"},
      {{form(sheet(row + rest))}, "a:4:27: <remainder> belongs in the template with role=\"summary\""},
      {{form(sheet(row + rest + rest), role)}, "a:4:59: a second <remainder>; one is enough"},
      {{form(sheet(rest + row), role)}, "a:4:1: <remainder> must come last"},
      {{form(sheet(row + rest) + "<sheet name='Z'/>", role)}, "a:4:27: <remainder> must come last"},
      {{form(sheet(row + "<remainder key='1' caption='R'/>"), role)}, "a:4:27: key \"1\" is used twice"},
      {{form(sheet("<section key='1' caption='A'>" + rest + "</section>"), role)},
       "a:4:30: element \"remainder\" is not known in <section>; expected one of: row, section"},
  });
}

TEST(Template, SaysWhatIsWrongWithChanges) {
  expect_messages({
      {{form("<change key='1'/>" + sheet("<row key='1' caption='A'/>"))},
       "a:3:1: <change> needs a template that extends another"},
      {{kBase, child("<change key='1.b' caption='x'/>")},
       "b:2:1: no inherited row has the key \"1.b\", did you mean \"1.a\"?"},
      {{kBase, child("<change key='1.a' caption='x'/>")}, "b:2:1: italic=\"(x)\" does not occur in the caption"},
      {{kBase, child("<change key='1.a' caption=''/>")}, "b:2:1: <change> needs a caption"},
      {{kBase, child("<change caption='x'/>")}, "b:2:1: <change> needs the attribute key"},
      {{kBase, child("<change key='2'><row/></change>")},
       "b:2:17: element \"row\" is not known in <change>; expected one of: none"},
      {{kBase, child("<sheet name='X' from='R'/>")}, "b:2:1: from=\"R\" is no sheet of the extended template"},
      {{kBase, child("<sheet name='X' from='S'/><sheet name='Y' from='S'/>")}, "b:2:27: key \"1\" is used twice"},
      {{testing::kTreesForm, "<template id='u' title='U' extends='trees'><sheet name='X' from='Tree'/></template>"},
       "b:1:44: from=\"Tree\" is no sheet of the extended template, did you mean \"Trees\"?"},
      {{form("<sheet name='X' from='X'/>")}, "a:3:1: from=\"X\" is no sheet of the extended template"},
  });
}

}  // namespace
}  // namespace tonghop
