// The definitions that ship: free of problems, complete, and every code and text that the program uses has its words.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "definitions.h"
#include "forms/blank_press.h"
#include "mapping/lint.h"
#include "readable_parts.h"
#include "support.h"
#include "xlsx/writer.h"

namespace tonghop {
namespace {

using testing::shipped;
using Words = std::map<std::string, std::string>;  // language -> words

// String literals of src/ that match as a whole, with a file where they stand.
std::map<std::string, std::string> literals(const std::string& pattern) {
  std::map<std::string, std::string> found;
  const std::regex literal("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  const std::regex wanted(pattern);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(TONGHOP_SOURCE_DIR) + "/src")) {
    if (entry.path().extension() != ".cc" && entry.path().extension() != ".h") continue;
    const std::string text = testing::read_file(entry.path().string());
    for (std::sregex_iterator at(text.begin(), text.end(), literal), end; at != end; ++at) {
      const std::string inside = (*at)[1];
      if (std::regex_match(inside, wanted)) found.emplace(inside, entry.path().filename().string());
    }
  }
  return found;
}

// Texts or messages of the shipped wording by id or code.
std::map<std::string, Words> wording(const char* element, const char* id) {
  std::map<std::string, Words> all;
  for (const auto& [name, text] : shipped_definitions()) {
    const XmlFile file(name, text);
    if (std::string_view(file.root().name()) != "wording") continue;
    for (const auto node : file.root().children(element)) {
      Words& words = all[node.attribute(id).value()];
      for (const auto say : node.children("say")) words[say.attribute("lang").value()] = say.text().as_string();
    }
  }
  return all;
}

std::set<std::string> names_in(const std::string& pattern) {
  const std::regex name("\\{[a-z0-9]+\\}");
  return {std::sregex_token_iterator(pattern.begin(), pattern.end(), name), std::sregex_token_iterator()};
}

void expect_both_languages(const std::map<std::string, Words>& all) {
  EXPECT_GT(all.size(), 20U);
  for (const auto& [id, words] : all) {
    ASSERT_TRUE(words.contains("vi") && words.contains("en")) << id;
    const bool no_language = words.at("en") == "SHA-256" || id == "mail.links";
    EXPECT_NE(words.at("vi"), no_language ? "" : words.at("en")) << id;
    EXPECT_EQ(names_in(words.at("vi")), names_in(words.at("en"))) << id;
    EXPECT_FALSE(words.at("vi").empty() || words.at("en").empty()) << id;
  }
}

TEST(Shipped, LoadsWithoutProblems) {
  std::vector<std::string> problems;
  const Definitions definitions = load_definitions(shipped_definitions(), {}, problems);
  EXPECT_EQ(problems, std::vector<std::string>());
  EXPECT_EQ(lint(definitions), std::vector<std::string>());
  std::vector<std::string> ids;
  for (const Form& form : definitions.forms) ids.push_back(form.form.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"binh-lang-2022", "khanh-hoa-2023", "ngoai-vu-2023", "provincial",
                                           "quang-binh-2021", "tra-vinh-2021"}));
  EXPECT_EQ(definitions.summary(), definitions.find("provincial"));
  EXPECT_EQ(definitions.find("provincial-2"), nullptr);
}

TEST(Shipped, MapsEveryRowThatTakesAValue) {
  for (const Form& form : shipped().forms) {
    std::set<int> indicators;
    for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
      const int indicator = form.mapping.indicators.at(r);
      EXPECT_EQ(indicator >= 0, form.form.rows[r].input) << form.form.id << " " << form.form.rows[r].key;
      EXPECT_TRUE(indicator < 0 || indicators.insert(indicator).second) << form.form.id << " " << form.form.rows[r].key;
    }
  }
}

TEST(Shipped, GivesEveryIndicatorARowInTheSummary) {
  const Form& summary = *shipped().summary();
  for (int i = 0; i < shipped().catalogue.size(); ++i) {
    EXPECT_GE(summary.mapping.row_of(i), 0) << shipped().catalogue[i].id;
  }
}

TEST(Shipped, PutsRowsOfTheSummaryUnderKeysOfTheirOwn) {
  for (const Form& form : shipped().forms) {
    std::set<std::string> keys;
    for (const Row& row : form.form.rows) EXPECT_TRUE(keys.insert(row.key).second) << form.form.id << " " << row.key;
  }
}

TEST(Shipped, MakesBlanksThatCanBeFilledInAndReadBackEmpty) {
  std::vector<Template> templates;
  for (const Form& form : shipped().forms) templates.push_back(form.form);
  CaptionIndex captions(templates);
  for (const Form& form : shipped().forms) {
    SCOPED_TRACE(form.form.id);
    const xlsx::Workbook book = testing::blank_of(form, shipped(), "Sở Thử nghiệm", "Quý I năm 2023");
    EXPECT_NO_THROW(xlsx::write_workbook(book));
    const Layout layout = layout_of(form.form);
    for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
      const xlsx::Sheet& sheet = book.sheets.at(static_cast<std::size_t>(form.form.rows[r].sheet));
      const xlsx::Cell* cell = sheet.find(layout.at(form.form, static_cast<int>(r), Role::value));
      ASSERT_NE(cell, nullptr);
      const bool open = form.inputs[r].expected && !form.inputs[r].computed();
      EXPECT_EQ(!book.styles.at(static_cast<std::size_t>(cell->style)).locked, open) << form.form.rows[r].key;
    }
    const Submission submission = lift(book, "blank.xlsx", captions);
    EXPECT_EQ(submission.tables.size(), form.form.sheets.size());
    for (const SubmittedRow& row : submission.rows) {
      EXPECT_TRUE(row.value.has_formula || row.value.value == xlsx::Value()) << row.caption;
    }
  }
}

TEST(Shipped, PressesTheBlanksThatAreLaidOutOneByOne) {
  const std::string period = "Quý I năm 2023";
  std::string longer = "Ban";
  for (int i = 0; i < 40; ++i) longer += " Quản lý";
  for (const Form& form : shipped().forms) {
    SCOPED_TRACE(form.form.id);
    const auto blank = [&](const char* level, const std::string& agency, const std::string& name) {
      const Inputs inputs = inputs_for(form.form, form.mapping, form.inputs, level, {name});
      return blank_workbook(form.form, inputs, {form.form.id, form.form.version, agency, period}, shipped().wording);
    };
    for (const char* level : {"department", "district", "commune"}) {
      for (const std::string& name : {std::string("Sở Nội vụ"), std::string("Xã <A> & \"B\""), longer}) {
        EXPECT_EQ(testing::readable_parts(BlankPress(blank(level, kAnyAgency, name)).print(name, "")),
                  testing::readable_parts(xlsx::write_workbook(blank(level, name, name))))
            << level << " " << name;
      }
    }
  }
}

TEST(Wording, HasAMessageForEveryCodeAndNoOther) {
  const std::set<std::string> no_codes = {
      "number-rows",     "owed-by",       "valid-from",
      "valid-to",                                                // attributes
      "not-applicable",  "at-most",       "not-below-previous",  // words of definitions
      "d-mmm",           "d-mmm-yy",      "mmm-yy",
      "mm-dd-yy",                                         // number formats
      "core-properties",                                  // a relationship
      "octet-stream",    "us-ascii",                      // of media types
      "delivery-status", "pgp-signature", "report-type",  // of mails
      "x-document-type"};
  std::map<std::string, std::string> used = literals("[a-z]+(-[a-z]+)+");
  const std::map<std::string, Words> messages = wording("message", "code");
  std::erase_if(used, [&](const auto& one) {
    // The readers of OpenDocument and of mails are full of those formats' own names.
    const bool reader =
        one.second.starts_with("ods_") || one.second == "mailbox.cc" || one.second == "attachment_name.cc";
    const bool foreign = reader && !messages.contains(one.first);
    return foreign || no_codes.contains(one.first);
  });
  expect_both_languages(messages);
  for (const auto& [code, file] : used)
    EXPECT_TRUE(messages.contains(code)) << code << " in " << file << " has no message";
  for (const auto& [code, words] : messages) EXPECT_TRUE(used.contains(code)) << code << " is never used";
}

TEST(Wording, HasEveryTextThatIsUsedAndNoOther) {
  std::set<std::string> used;
  const std::set<std::string> no_texts = {"mmss.0", "steering.plan.assigned",  // a number format, an example
                                          "docs.google.com", "excel.sheet",    // marks of foreign files
                                          "drive.google.com"};
  for (const auto& [id, file] : literals("[a-z]+(\\.[a-z0-9-]+)+")) {
    if (!no_texts.contains(id)) used.insert(id);
  }
  for (const std::string severity : {"note", "warning", "error"}) used.insert("severity." + severity);
  for (const std::string kind : {"count", "amount", "percent", "choice"}) {
    for (const std::string part : {"", ".title", ".error"}) used.insert("prompt." + kind + part);
  }
  std::erase_if(used, [](const std::string& id) {
    return id.starts_with("vnd.") || id.ends_with(".xml") || id.ends_with(".rels") || id.ends_with(".bin") ||
           id.ends_with(".xlsx") || id.ends_with(".txt") || id.ends_with(".sqlite");
  });
  const std::map<std::string, Words> texts = wording("text", "id");
  for (const std::string part : {"fill", "run"}) used.insert({"init.guide." + part, "init.guide." + part + ".title"});
  for (const auto& [id, words] : texts) {  // what is said of a caption stands beside it
    if (id.ends_with(".hint") && used.contains(id.substr(0, id.size() - 5))) used.insert(id);
  }
  expect_both_languages(texts);
  for (const std::string& id : used) EXPECT_TRUE(texts.contains(id)) << id << " has no text";
  for (const auto& [id, words] : texts) EXPECT_TRUE(used.contains(id)) << id << " is never used";
}

TEST(Wording, SaysWhatToDoInEveryErrorMessage) {
  for (const auto& [code, words] : wording("message", "code")) {
    if (shipped().wording.severity_of_code(code) != Severity::error) continue;
    for (const auto& [lang, text] : words) {
      EXPECT_GE(std::count(text.begin(), text.end(), '.'), 2)
          << code << " (" << lang << ") has no second sentence: " << text;
    }
  }
}

}  // namespace
}  // namespace tonghop
