// A workbook read back, and what came of it as lines that a test can compare.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "definitions.h"
#include "reconcile/checks.h"

namespace tonghop::testing {

struct ReadBack {
  Return answer;
  std::string values;    // "trees.planted=10 D10", one line each; what is blank is left out
  std::string findings;  // "value-extracted D10", one line each
  std::string error;     // code, when the workbook was refused
};

inline std::string codes(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    text += finding.code + (finding.place.cell.empty() ? "" : " " + finding.place.cell) + "\n";
  }
  return text;
}

// Every sentence must have all its names filled in.
inline void expect_sentences(const Findings& findings, const Definitions& definitions) {
  for (const Finding& finding : findings) {
    for (const std::string lang : {"vi", "en"}) {
      EXPECT_EQ(definitions.wording.sentence(finding, lang).find('{'), std::string::npos)
          << definitions.wording.sentence(finding, lang);
    }
  }
}

inline ReadBack read_back(const xlsx::Workbook& book, const Definitions& definitions,
                          const std::string& file = "f.xlsx", bool checks = false) {
  ReadBack result;
  Matcher matcher(definitions);
  Findings findings;
  try {
    result.answer = reconcile(lift(book, file, matcher.captions()), definitions, matcher, findings);
    const Checker checker(definitions, findings);
    if (checks)
      checker.check(result.answer, answers_of(result.answer, definitions.catalogue), nullptr, false, findings);
  } catch (const Error& error) {
    result.error = error.finding().code;
    findings.push_back(error.finding());
  }
  for (const Observation& observation : result.answer.observations) {
    if (observation.status == Status::blank && observation.raw.empty()) continue;
    result.values += definitions.catalogue[observation.indicator].id + "=" +
                     (observation.value          ? observation.value->to_string()
                      : observation.text.empty() ? "?"
                                                 : observation.text.str()) +
                     " " + observation.place.cell + "\n";
  }
  result.findings = codes(findings);
  expect_sentences(findings, definitions);
  return result;
}

// A blank of the made-up survey with every answer given; each figure is found nowhere else.
inline xlsx::Workbook filled_trees(const std::string& agency = "Town") {
  xlsx::Workbook book = blank_of(*trees().find("trees"), trees(), agency, "June");
  type_in(book, 0, {{"D10", 10.0}, {"D11", 9.0}, {"D13", 21.0}, {"D14", 22.5}, {"D16", 31.0}, {"D17", 32.5}});
  type_in(book, 1, {{"D8", 1.0}, {"D9", 0.7, "0%"}, {"D10", 0.6, "0%"}, {"D11", "nothing"}, {"D12", 77.0}});
  return book;
}

// What an agency returns that typed nothing: an observation for each row of the survey of trees, for tests to fill in.
inline Return blank_return(const Definitions& definitions, const std::string& agency, const std::string& file) {
  Return one;
  one.file = file;
  one.form = definitions.find("trees");
  one.agency = agency;
  one.named = true;
  one.period = "June";
  const auto& mapped = one.form->mapping.indicators;
  for (std::size_t r = 0; r < mapped.size(); ++r) {
    if (mapped[r] < 0) continue;
    Observation& observation = one.observations.emplace_back();
    observation.indicator = mapped[r];
    observation.row = static_cast<int>(r);
    observation.place = {.file = file, .sheet = "Trees", .cell = "D" + std::to_string(r + 8)};
  }
  return one;
}

// As a workbook comes back that was copied into a new file: no hidden sheet, no hidden column.
inline xlsx::Workbook without_identity(xlsx::Workbook book) {
  std::erase_if(book.sheets, [](const xlsx::Sheet& sheet) { return sheet.name == kIdentitySheet; });
  for (xlsx::Sheet& sheet : book.sheets) delete_column(sheet, 6);
  return book;
}

}  // namespace tonghop::testing
