// Definitions with one mistake each: whole messages, with place and what was expected.
#include "mapping/definitions.h"

#include <gtest/gtest.h>

#include "definitions.h"
#include "mapping/lint.h"

namespace tonghop {
namespace {

// The made-up survey with one text replaced in one file; then all problems, lint's when there are no others.
std::string problems(const std::string& file, const std::string& from, const std::string& to) {
  Sources sources = testing::trees_sources();
  for (auto& [name, text] : sources) {
    if (name != file) continue;
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return "no \"" + from + "\" in " + file;
    text.replace(at, from.size(), to);
  }
  std::vector<std::string> found;
  const Definitions definitions = load_definitions(sources, shipped_definitions(), found);
  if (found.empty()) found = lint(definitions);
  std::string all;
  for (const std::string& problem : found) all += (all.empty() ? "" : "\n") + problem;
  return all;
}

struct Mistake {
  std::string from, to, message;
};

void expect_messages(const std::string& file, const std::vector<Mistake>& table) {
  for (const auto& [from, to, message] : table) EXPECT_EQ(problems(file, from, to), message) << from << " -> " << to;
}

TEST(Catalogue, SaysWhatIsWrong) {
  const std::string choice = "a choice needs two <option>s or more, and nothing else has any";
  const std::string fit =
      "; expected sum for count and amount, ratio, weighted or range for percent, tally for choice, list for text";
  const std::string together =
      "indicators.xml:3:5: numerator and denominator belong together, and to aggregate=\"ratio\" only";
  expect_messages(
      "indicators.xml",
      {
          {"<group id=\"trees\"", "<group", "indicators.xml:2:3: <group> needs the attribute id"},
          {" label=\"Trees\">", ">", "indicators.xml:2:3: <group> needs the attribute label"},
          {"id=\"trees.planted\" ", "", "indicators.xml:4:5: <indicator> needs the attribute id"},
          {"id=\"trees.planted\"", "id=\"trees.alive\"",
           "indicators.xml:5:5: indicator \"trees.alive\" is defined twice"},
          {"Trees planted", "Trees still alive",
           "indicators.xml:5:5: label is the same as that of \"trees.planted\"; labels stand alone in reports"},
          {"kind=\"count\"", "kind=\"cuont\"",
           "indicators.xml:4:5: kind=\"cuont\" is not known, did you mean \"count\"? (expected one of: count, amount, "
           "percent, choice, text)"},
          {"accrual=\"cumulative\"", "accrual=\"yearly\"",
           "indicators.xml:4:5: accrual=\"yearly\" is not known (expected one of: flow, stock, cumulative)"},
          {" accrual=\"cumulative\"", "", "indicators.xml:4:5: <indicator> needs the attribute accrual"},
          {"aggregate=\"sum\"", "aggregate=\"mean\"",
           "indicators.xml:4:5: aggregate=\"mean\" is not known (expected one of: sum, ratio, weighted, range, tally, "
           "list)"},
          {"aggregate=\"sum\"", "aggregate=\"list\"",
           "indicators.xml:4:5: aggregate=\"list\" does not fit kind=\"count\"" + fit},
          {"aggregate=\"tally\"", "aggregate=\"sum\"",
           "indicators.xml:15:5: aggregate=\"sum\" does not fit kind=\"choice\"" + fit},
          {" denominator=\"trees.planted\"", "", together},
          {" numerator=\"trees.alive\"", "", together},
          {" numerator=\"trees.alive\" denominator=\"trees.planted\"", "", together},
          {"aggregate=\"ratio\"", "aggregate=\"range\"", together},
          {"numerator=\"trees.alive\"", "numerator=\"trees.alife\"",
           "indicators.xml:3:5: numerator \"trees.alife\" is no indicator, did you mean \"trees.alive\"?"},
          {"denominator=\"trees.planted\"", "denominator=\"opinion.plan\"",
           "indicators.xml:3:5: denominator \"opinion.plan\" must be a count or an amount"},
          {" weight=\"trees.planted\"", "",
           "indicators.xml:16:5: weight belongs to aggregate=\"weighted\", and to that only"},
          {"aggregate=\"range\"", "aggregate=\"range\" weight=\"trees.planted\"",
           "indicators.xml:17:5: weight belongs to aggregate=\"weighted\", and to that only"},
          {"label=\"Trees planted\"", "label=\"Trees planted\" parts=\"trees.alive trees.dead\"",
           "indicators.xml:4:5: part \"trees.dead\" is no indicator"},
          {"label=\"Trees planted\"", "label=\"Trees planted\" parts=\"trees.survival\"",
           "indicators.xml:4:5: part \"trees.survival\" must be a count or an amount"},
          {"<option code=\"1\">Yes</option>", "", "indicators.xml:15:5: " + choice},
          {"label=\"Trees planted\"/>",
           "label=\"Trees planted\"><option code=\"0\">a</option><option code=\"1\">b</option></indicator>",
           "indicators.xml:4:5: " + choice},
          {"<option code=\"1\">", "<option>", "indicators.xml:15:135: <option> needs the attribute code"},
          {"<option code=\"1\">", "<option code=\"yes\">",
           "indicators.xml:15:135: attribute code is \"yes\", expected a whole number from 0 to 99"},
          {"<option code=\"1\">", "<option code=\"0\">", "indicators.xml:15:135: code 0 is given to two options"},
          {"<option code=\"1\">Yes", "<option code=\"1\">", "indicators.xml:15:135: an empty <option>"},
          {"<group id=\"care\" label=\"Care\">", "<gruop/><group id=\"care\" label=\"Care\">",
           "indicators.xml:8:3: element \"gruop\" is not known in <indicators>, did you mean \"group\"?"},
      });
}

TEST(Mapping, SaysWhatIsWrong) {
  const std::string unmapped =
      "is not mapped in mapping.xml; expected <row key=\"1.1.b\" indicator=\"…\"/> or <ignore key=\"1.1.b\" "
      "reason=\"…\"/>";
  const std::string line = "  <row key=\"1.1.b\" indicator=\"trees.alive\"/>\n";
  expect_messages(
      "mapping.xml",
      {
          {" template=\"trees\"", "",
           "mapping.xml:1:1: <mapping> needs the attribute template\ntrees.xml:1:1: template \"trees\" has no mapping "
           "file\n"
           "summary-mapping.xml:1:1: extends \"trees\", which has no mapping"},
          {"indicator=\"trees.alive\"", "indicator=\"trees.alife\"",
           "mapping.xml:4:3: indicator \"trees.alife\" is not in the catalogue, did you mean \"trees.alive\"?"},
          {" indicator=\"trees.alive\"", "", "mapping.xml:4:3: <row> needs the attribute indicator"},
          {"<row key=\"1.1.b\"", "<row",
           "mapping.xml:4:3: <row> needs the attribute key\ntrees.xml:19:9: row \"1.1.b\" " + unmapped},
          {"key=\"1.1.b\"", "key=\"1.1.c\"",
           "mapping.xml:4:3: template \"trees\" has no row \"1.1.c\", did you mean \"1.1.a\"?\ntrees.xml:19:9: row "
           "\"1.1.b\" " +
               unmapped},
          {"key=\"1.1.b\"", "key=\"1.1.a\"",
           "mapping.xml:4:3: key \"1.1.a\" is mapped twice\ntrees.xml:19:9: row \"1.1.b\" " + unmapped},
          {line, "", "trees.xml:19:9: row \"1.1.b\" " + unmapped},
          {"<row key=\"1.1.b\" indicator=\"trees.alive\"/>", "<ignore key=\"1.1.b\" reason=\"no use\"/>", ""},
          {"<row key=\"1.1.b\" indicator=\"trees.alive\"/>", "<ignore key=\"1.1.b\"/>",
           "mapping.xml:4:3: <ignore> needs the attribute reason"},
          {"indicator=\"trees.alive\"", "indicator=\"trees.planted\"",
           "trees.xml:19:9: rows \"1.1.a\" and \"1.1.b\" are both mapped to trees.planted; a form may ask for an "
           "indicator once"},
          {line, line + "  <section key=\"1\"><alias>Plants</alias></section>\n", ""},
          {line, line + "  <row key=\"1\" indicator=\"trees.alive\"/>\n",
           "mapping.xml:5:3: \"1\" is a <section> of the template, not a <row>"},
          {line, line + "  <ignore key=\"1\" reason=\"x\"/>\n",
           "mapping.xml:5:3: \"1\" is a <section> of the template, not a <ignore>"},
          {line, "  <section key=\"1.1.b\"/>\n",
           "mapping.xml:4:3: \"1.1.b\" is a <row> of the template, not a <section>"},
          {line, line + "  <rows/>\n",
           "mapping.xml:5:3: element \"rows\" is not known in <mapping>, did you mean \"row\"?"},
          {"- Trees set", " ", "mapping.xml:3:46: an empty <alias>"},
          {"<alias>- Trees set</alias>", "<allias>x</allias>",
           "mapping.xml:3:46: element \"allias\" is not known in <row>, did you mean \"alias\"?"},
          {"- Trees set", "- Trees still alive",
           "mapping.xml:3:46: alias \"- Trees still alive\" of row \"1.1.a\" also names row \"1.1.b\"; expected an "
           "alias of one row only"},
          {line, "  <row key=\"1.1.b\" indicator=\"trees.alive\"><alias>Trees set</alias></row>\n",
           "mapping.xml:4:44: alias \"Trees set\" of row \"1.1.b\" also names row \"1.1.a\"; expected an alias of one "
           "row only"},
      });
  expect_messages(
      "summary-mapping.xml",
      {
          {"extends=\"trees\"", "extends=\"tree\"",
           "summary-mapping.xml:1:1: extends \"tree\", which has no mapping, did you mean \"trees\"?"},
          {"extends=\"trees\"", "extends=\"trees-summary\"",
           "summary-mapping.xml:1:1: mappings extend one another in a circle"},
          {"extends=\"trees\" version=\"1\"/>", "extends=\"trees\"><chart title=\"T\" rates=\"trees.alve\"/></mapping>",
           "summary-mapping.xml:1:51: indicator \"trees.alve\" is not in the catalogue, did you mean \"trees.alive\"?"},
          {"extends=\"trees\" version=\"1\"/>",
           "extends=\"trees\"><chart title=\"T\" rates=\"trees.alive\"/></mapping>",
           "summary-mapping.xml:1:51: indicator \"trees.alive\" is no percentage, expected kind=\"percent\""},
          {"template=\"trees-summary\"", "template=\"trees-sumary\"",
           "summary-mapping.xml:1:1: template \"trees-sumary\" does not exist, did you mean \"trees-summary\"?\n"
           "summary.xml:1:1: template \"trees-summary\" has no mapping file"},
          {"template=\"trees-summary\"", "template=\"trees\"",
           "summary-mapping.xml:1:1: template \"trees\" is mapped twice\nsummary.xml:1:1: template \"trees-summary\" "
           "has no mapping file"},
      });
}

// What load_definitions() and lint() say of the made-up survey with these checks.
std::string check_problems(const std::string& checks) {
  Sources sources = testing::trees_sources();
  sources.emplace_back("checks.xml", "<checks>\n" + checks + "</checks>");
  std::vector<std::string> found;
  const Definitions definitions = load_definitions(sources, shipped_definitions(), found);
  if (found.empty()) found = lint(definitions);
  std::string text;
  for (const std::string& problem : found) text += (text.empty() ? "" : "\n") + problem;
  return text;
}

// Says of all indicators that are in no check why.
const std::string kRest =
    "<unchecked each='trees.all care.towns.visits care.towns.water care.villages.visits care.villages.water "
    "opinion.plan "
    "opinion.happy opinion.shade opinion.else' reason='made up'/>\n";

TEST(Checks, SayWhatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", ""},
      {"<check id='a' type='at-most' left='trees.alive' right='trees.planted'/>", ""},
      {"<check id='a' type='most' left='trees.alive' right='trees.planted'/>",
       "type=\"most\" is not known (expected one of: ratio, total, at-most, equal, requires, range, "
       "not-below-previous, "
       "change)"},
      {"<check id='a' type='equals' left='trees.alive' right='trees.planted'/>",
       "type=\"equals\" is not known, did you mean \"equal\"? (expected one of: ratio, total, at-most, equal, "
       "requires, "
       "range, not-below-previous, change)"},
      {"<check type='equal' left='trees.alive' right='trees.planted'/>", "<check> needs the attribute id"},
      {"<check id='a' type='equal' right='trees.planted'/>", "<check> needs the attribute left"},
      {"<check id='a' type='equal' left='trees.alife' right='trees.planted'/>",
       "left \"trees.alife\" is no indicator, did you mean \"trees.alive\"?"},
      {"<check id='a' type='equal' lefft='trees.alive' right='trees.planted'/>",
       "attribute \"lefft\" is not known in <check>, did you mean \"left\"?"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.planted' factor='2'/>",
       "attribute \"factor\" has no place in a check of type equal; expected left, right"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.survival'/>",
       "\"trees.alive\" and \"trees.survival\" cannot be compared: one of them is a percentage"},
      {"<check id='a' type='equal' left='trees.alive' right='opinion.plan'/>",
       "\"opinion.plan\" is no number and cannot be compared"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.planted trees.alive'/>",
       "an indicator is compared with itself"},
      {"<check id='a' type='total' left='trees.alive trees.all' right='trees.planted'/>", "left takes one indicator"},
      {"<check id='a' type='ratio' left='trees.all' numerator='trees.alive' denominator='trees.planted'/>",
       "left \"trees.all\" must be a percentage"},
      {"<check id='a' type='ratio' left='trees.survival' numerator='opinion.shade' denominator='trees.planted'/>",
       "\"opinion.shade\" must be a count or an amount"},
      {"<check id='a' type='requires' when='opinion.plan=2' needs='trees.planted'/>",
       "\"opinion.plan\" has no option 2 (expected one of: 0, 1)"},
      {"<check id='a' type='requires' when='trees.planted=1' needs='trees.alive'/>",
       "\"trees.planted\" is no choice; expected no =1"},
      {"<check id='a' type='requires' when='opinion.plan=1 trees.all' needs='trees.alive'/>",
       "when takes one indicator"},
      {"<check id='a' type='requires' when='opinion.plan=1' needs='opinion.plan=0'/>",
       "an indicator is compared with itself"},
      {"<check id='a' type='range' left='trees.survival'/>", "a range needs low, high or both"},
      {"<check id='a' type='range' left='trees.survival' low='9%' high='8%'/>", "low is more than high"},
      {"<check id='a' type='range' left='trees.survival' low='a'/>",
       "low=\"a\", expected a number such as 12.5 or 80%"},
      {"<check id='a' type='change' each='trees.planted' factor='1'/>", "factor must be more than 1"},
      {"<check id='a' type='change' each='trees.planted'/>", "<check> needs the attribute factor"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.planted' severity='fatal'/>",
       "attribute severity is \"fatal\", expected note, warning or error"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.planted' trial='maybe'/>",
       "trial=\"maybe\", expected yes or no"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.planted' templates='tres'/>",
       "template \"tres\" does not exist, did you mean \"trees\"?"},
      {"<check id='a' type='equal' left='trees.alive' right='trees.planted' templates='trees-summary'/>",
       "check \"a\" can never be made: no form of its templates asks for all that it compares"},
      {"<unchecked each='trees.plantd' reason='x'/>",
       "each \"trees.plantd\" is no indicator, did you mean \"trees.planted\"?"},
      {"<unchecked each='trees.alive' reason='x'/>",
       "\"trees.alive\" is in check \"trees.survival:at-most\"; expected only indicators that are in none"},
      {"<unchecked each='trees.all' reason='x'/>", "\"trees.all\" is there twice"},
      {"<unchecked each='trees.all'/>", "<unchecked> needs the attribute reason"},
      {"<chek/>", "element \"chek\" is not known in <checks>, did you mean \"check\"?"}};
  for (const auto& [check, problem] : table) {
    const std::string expected = problem.empty() ? "" : "checks.xml:3:1: " + problem;
    EXPECT_EQ(check_problems(kRest + check), expected) << check;
  }
  EXPECT_EQ(check_problems(kRest + "<check id='a' type='range' left='trees.survival' low='1%'/>\n"
                                   "<check id='a' type='range' left='trees.survival' low='1%'/>"),
            "checks.xml:4:1: check \"a\" is there twice");
  EXPECT_EQ(check_problems(kRest + "<check id='a' type='range' left='trees.survival' low='1%'>\n"
                                   "<message lang='en'> </message></check>"),
            "checks.xml:4:1: an empty <message>");
}

TEST(Checks, CoverEveryIndicatorOrSayWhyNot) {
  EXPECT_EQ(check_problems("<unchecked each='trees.all care.towns.visits care.towns.water care.villages.visits "
                           "care.villages.water opinion.plan opinion.happy opinion.shade' reason='made up'/>"),
            "indicators.xml:18:5: indicator \"opinion.else\" is in no check; expected one, or <unchecked "
            "each=\"opinion.else\" reason=\"…\"/>");
  EXPECT_EQ(lint(testing::trees()), std::vector<std::string>()) << "without a file of checks nobody need say";
}

TEST(Checks, OfTheCatalogueAreReplacedByWrittenOnes) {
  const auto ids = [](const Definitions& definitions) {
    std::string text;
    for (const Check& check : definitions.checks.all) text += check.id + "\n";
    return text;
  };
  EXPECT_EQ(ids(testing::trees()), "trees.survival:at-most\ntrees.survival:ratio\n");
  Sources sources = testing::trees_sources();
  sources.emplace_back("checks.xml",
                       "<checks><check id='own' type='ratio' left='trees.survival' numerator='trees.alive' "
                       "denominator='trees.planted' severity='error'/>"
                       "<check id='two' type='not-below-previous' each='trees.planted trees.all'/></checks>");
  EXPECT_EQ(ids(testing::load(sources)), "trees.survival:at-most\nown\ntwo\ntwo\n");
}

TEST(Mapping, SaysWhoOwesWhat) {
  Sources sources = testing::trees_sources();
  std::string& text = sources.at(3).second;
  const auto put = [&](const std::string& before, const std::string& what) { text.insert(text.find(before), what); };
  put("<row key=\"3.1\"", "<section key=\"3\" owed-by=\"commune;  Forest Office\"/>");
  put("indicator=\"care.villages.water\"", "owed-by=\"all\" ");
  put("indicator=\"trees.survival\"", "owed-by=\"department\" ");
  const Definitions definitions = testing::load(sources);
  const Form& form = *definitions.find("trees");
  const auto owed = [&](const std::string& level, const std::vector<std::string>& names) {
    std::string keys;
    const std::vector<bool> rows = owed_rows(form.form, form.mapping, level, names);
    for (const char* key : {"1.1", "1.1.a", "2.1", "3.1", "3.2"}) {
      if (rows.at(static_cast<std::size_t>(form.form.row(key)))) keys += std::string(keys.empty() ? "" : " ") + key;
    }
    return keys;
  };
  EXPECT_EQ(owed("commune", {"Town"}), "2.1 3.1 3.2");
  EXPECT_EQ(owed("department", {"Town"}), "1.1 1.1.a 2.1 3.2");  // 1.1.a stands below 1.1
  EXPECT_EQ(owed("department", {"Woods", "Forest Office of Town"}), "1.1 1.1.a 2.1 3.1 3.2");
  EXPECT_EQ(owed("department", {"Forest Officers"}), "1.1 1.1.a 2.1 3.2");
  EXPECT_EQ(owed("", {"Town"}), "1.1 1.1.a 2.1 3.1 3.2");  // a level that is not known may be any
  const Form& summary = *definitions.summary();
  const std::vector<bool> rows = owed_rows(summary.form, summary.mapping, "district", {"Town"});
  EXPECT_EQ(std::count(rows.begin(), rows.end(), true), static_cast<std::ptrdiff_t>(rows.size()));
  EXPECT_EQ(problems("mapping.xml", "key=\"2.1\"", "key=\"2.1\" owed-by=\"comune; Sở Nội vụ\""),
            "mapping.xml:5:3: level \"comune\" is no level of the wording or of a template, did you mean \"commune\"?");
}

TEST(Definitions, SayWhatIsWrongWithTheSet) {
  const auto without = [](const std::string& name) {
    Sources sources = testing::trees_sources();
    std::erase_if(sources, [&](const auto& source) { return source.first == name; });
    return sources;
  };
  const auto with = [](const std::string& name, const std::string& text) {
    Sources sources = testing::trees_sources();
    sources.emplace_back(name, text);
    return sources;
  };
  const std::vector<std::pair<Sources, std::vector<std::string>>> table = {
      {testing::trees_sources(), {}},
      {{}, {"definitions: no template found", "definitions: no indicators file found"}},
      {without("indicators.xml"), {"definitions: no indicators file found"}},
      {with("c.xml", "<checks/>"), {}},
      {with("more.xml", testing::kTreesCatalogue), {"more.xml:1:1: a second indicators file; expected one catalogue"}},
      {with("x.xml", "<templates/>"),
       {"x.xml:1:1: root element <templates> is not known, did you mean \"template\"? (expected template, mapping, "
        "indicators, checks, vocabulary or wording)"}},
      {with("x.xml", "<template"), {"x.xml:1:9: not well-formed XML (Error parsing start element tag)"}},
      {with("words.xml", "<vocabulary/><"), {"words.xml:1:14: not well-formed XML (Could not determine tag type)"}},
      {without("summary-mapping.xml"), {"summary.xml:1:1: template \"trees-summary\" has no mapping file"}}};
  for (const auto& [sources, expected] : table) {
    std::vector<std::string> found;
    load_definitions(sources, shipped_definitions(), found);
    EXPECT_EQ(found, expected);
  }
  EXPECT_EQ(problems("summary.xml", " role=\"summary\"", ""),
            "summary.xml:3:5: <remainder> belongs in the template with role=\"summary\"");
  EXPECT_EQ(problems("trees.xml", "version=\"3\"", "role=\"summary\""),
            "summary.xml:1:1: a second template with role=\"summary\"; expected one");
}

TEST(Lint, SaysWhatDisagreesBetweenFiles) {
  expect_messages("trees.xml", {{"unit=\"No = 0&#10;Yes = 1\"", "unit=\"Yes\"",
                                 "trees.xml:32:5: row \"4\": the printed unit \"Yes\" and the kind of opinion.plan "
                                 "disagree; a choice prints its options as "
                                 "\"word = code\", and nothing else does"},
                                {"caption=\"- Trees planted\" unit=\"Trees\"", "caption=\"- Trees planted\" unit=\"%\"",
                                 "trees.xml:18:9: row \"1.1.a\" is printed in %, but trees.planted is no percentage"}});
  EXPECT_EQ(
      problems("mapping.xml", "<row key=\"7\" indicator=\"opinion.else\"/>", "<ignore key=\"7\" reason=\"long\"/>"),
      "indicators.xml:18:5: indicator \"opinion.else\" is asked for by no form; expected a row mapped to it, or remove "
      "it");
}

}  // namespace
}  // namespace tonghop
