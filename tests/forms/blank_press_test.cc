// The pressed blank of an agency is the one laid out for it, rows as high as its name.
#include "forms/blank_press.h"

#include <gtest/gtest.h>

#include "readable_parts.h"
#include "support.h"
#include "survey.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

using testing::readable_parts;

xlsx::Workbook blank_of(const std::string& agency, const std::string& code, bool owed = true) {
  std::vector<XmlFile> files;
  files.emplace_back("f.xml", testing::kTreesForm);
  const Template form = read_templates(files).at(0);
  Wording wording;
  const std::string path = std::string(TONGHOP_SOURCE_DIR) + "/workbook-templates/wording.xml";
  wording.add(XmlFile("wording.xml", testing::read_file(path)));
  Inputs inputs(form.rows.size());
  inputs.back().expected = true;
  inputs.back().kind = Kind::count;
  inputs.back().owed = owed;
  Notice notice;
  notice.title = "The return of " + agency;
  if (!code.empty()) notice.facts.emplace_back("Code", code);
  notice.facts.emplace_back("Period", "June");
  notice.line = "By Friday";
  return blank_workbook(form, inputs, {"trees", 3, agency, "June", "", code}, wording, notice);
}

TEST(BlankPress, GivesTheBlankThatIsLaidOutForTheAgency) {
  std::string longer = "Town";
  for (int i = 0; i < 60; ++i) longer += " & Park";
  for (const bool owed : {true, false}) {
    BlankPress coded(blank_of(kAnyAgency, kAnyCode, owed)), uncoded(blank_of(kAnyAgency, "", owed));
    for (const std::string& agency :
         {std::string("Town & Park"), std::string("<A> \"B\""), longer.substr(0, 90), longer, std::string("Town")}) {
      SCOPED_TRACE(agency);
      for (const std::string& code : {std::string("17"), longer.substr(0, 200)}) {
        EXPECT_EQ(readable_parts(coded.print(agency, code)),
                  readable_parts(xlsx::write_workbook(blank_of(agency, code, owed))));
      }
      EXPECT_EQ(readable_parts(uncoded.print(agency, "")),
                readable_parts(xlsx::write_workbook(blank_of(agency, "", owed))));
    }
  }
  EXPECT_EQ(readable_parts(BlankPress(blank_of("", "")).print("", "")),
            readable_parts(xlsx::write_workbook(blank_of("", ""))));
}

TEST(BlankPress, GivesEqualBytesWhateverCameBefore) {
  BlankPress fresh(blank_of(kAnyAgency, kAnyCode)), used(blank_of(kAnyAgency, kAnyCode));
  used.print(std::string(400, 'W'), "1");
  used.print("Other town", "2");
  EXPECT_EQ(fresh.print("Town", "3"), used.print("Town", "3"));
}

}  // namespace
}  // namespace tonghop
