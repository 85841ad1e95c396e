// The shipped forms come back without keys: each is recognised, and when a block of rows is gone no figure changes its
// row.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// A blank whose every count says its own row: 1000 + the index of the indicator.
xlsx::Workbook numbered(const Form& form, const Definitions& definitions) {
  xlsx::Workbook book = blank_of(form, definitions, "Sở Thử nghiệm", "Quý I");
  const Layout layout = layout_of(form.form);
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    if (!form.inputs[r].expected || form.inputs[r].kind != Kind::count) continue;
    book.sheets.at(static_cast<std::size_t>(form.form.rows[r].sheet))
        .cell(layout.at(form.form, static_cast<int>(r), Role::value))
        .value = 1000.0 + form.mapping.indicators[r];
  }
  return book;
}

// Without its key column, still saying which form it is.
xlsx::Workbook without_keys(xlsx::Workbook book, const Form& form) {
  for (std::size_t s = 0; s < form.form.sheets.size(); ++s)
    delete_column(book.sheets[s], layout_of(form.form).key_column);
  return book;
}

// Counts that came to another indicator than they were typed for.
std::string wrong(const Return& answer, const Catalogue& catalogue) {
  std::string text;
  for (const Observation& observation : answer.observations) {
    if (!observation.value || catalogue[observation.indicator].kind != Kind::count) continue;
    if (*observation.value != Decimal(1000 + observation.indicator)) text += catalogue[observation.indicator].id + "\n";
  }
  return text;
}

TEST(Match, RecognisesEveryShippedFormWithoutItsIdentity) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  for (const Form& form : definitions.forms) {
    if (form.form.summary) continue;
    xlsx::Workbook book = without_keys(numbered(form, definitions), form);
    std::erase_if(book.sheets, [](const xlsx::Sheet& sheet) { return sheet.name == kIdentitySheet; });
    Findings findings;
    const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
    EXPECT_EQ(answer.form->form.id, form.form.id);
    EXPECT_EQ(codes(findings), "template-recognised\n") << form.form.id;
    EXPECT_EQ(answer.missing.size(), 0U) << form.form.id;
    EXPECT_EQ(wrong(answer, definitions.catalogue), "") << form.form.id;
  }
}

TEST(Match, ReadsAnotherFormThanWasIssuedAsTheOneThatItIs) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  const Form& issued = *definitions.find("khanh-hoa-2023");
  for (const bool keys : {true, false}) {
    const Form& sent = *definitions.find("binh-lang-2022");
    xlsx::Workbook book = keys ? numbered(sent, definitions) : without_keys(numbered(sent, definitions), sent);
    std::erase_if(book.sheets, [](const xlsx::Sheet& sheet) { return sheet.name == kIdentitySheet; });
    book.sheets.push_back(identity_sheet({issued.form.id, issued.form.version, "Sở Thử nghiệm", "Quý I"}));
    Findings findings;
    const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
    EXPECT_EQ(answer.form->form.id, sent.form.id);
    EXPECT_EQ(codes(findings), "template-differs\n");
    EXPECT_TRUE(answer.missing.empty());
    EXPECT_EQ(wrong(answer, definitions.catalogue), "");
  }
}

TEST(Match, RecognisesASingleSheetOfSeveral) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  const Form& form = *definitions.find("binh-lang-2022");
  const xlsx::Workbook whole = without_keys(numbered(form, definitions), form);
  for (std::size_t s = 0; s < form.form.sheets.size(); ++s) {
    xlsx::Workbook book = whole;
    book.sheets = {whole.sheets[s]};
    book.sheets[0].name = "Sheet1";
    Findings findings;
    const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
    EXPECT_EQ(answer.form->form.id, form.form.id);
    EXPECT_EQ(codes(findings), "template-recognised\nrows-missing\n") << form.form.sheets[s].name;
    EXPECT_EQ(wrong(answer, definitions.catalogue), "");
  }
}

TEST(Match, GivesNoFigureToAnotherRowWhenABlockIsDeleted) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  for (const Form& form : definitions.forms) {
    if (form.form.summary) continue;
    const Layout layout = layout_of(form.form);
    const xlsx::Workbook whole = without_keys(numbered(form, definitions), form);
    const auto& rows = form.form.rows;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      std::size_t end = r + 1;  // behind the last row below it
      while (end < rows.size() && rows[end].parent >= static_cast<int>(r)) ++end;
      if (end == r + 1) continue;
      xlsx::Workbook book = whole;
      delete_rows(book.sheets.at(static_cast<std::size_t>(rows[r].sheet)), layout.rows[r], static_cast<int>(end - r));
      Findings findings;
      const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
      EXPECT_EQ(wrong(answer, definitions.catalogue), "") << form.form.id << " without " << rows[r].key;
      EXPECT_GE(std::ssize(answer.missing),
                std::count_if(rows.begin() + static_cast<int>(r), rows.begin() + static_cast<int>(end),
                              [](const Row& row) { return row.input; }))
          << form.form.id << " without " << rows[r].key;
    }
  }
}

// The rows [first, middle) and [middle, last) of a sheet change places.
void swap_blocks(xlsx::Sheet& sheet, int first, int middle, int last) {
  for (xlsx::Cell& cell : sheet.cells) {
    if (cell.at.row < first || cell.at.row >= last) continue;
    cell.at.row += cell.at.row < middle ? last - middle : first - middle;
  }
  std::sort(sheet.cells.begin(), sheet.cells.end(),
            [](const xlsx::Cell& a, const xlsx::Cell& b) { return a.at < b.at; });
}

TEST(Match, GivesNoFigureToAnotherRowWhenTwoBlocksChangePlaces) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  for (const Form& form : definitions.forms) {
    if (form.form.summary) continue;
    const Layout layout = layout_of(form.form);
    const xlsx::Workbook whole = without_keys(numbered(form, definitions), form);
    const auto& rows = form.form.rows;
    const auto end_of = [&](std::size_t r) {
      std::size_t end = r + 1;
      while (end < rows.size() && rows[end].parent >= static_cast<int>(r)) ++end;
      return end;
    };
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const std::size_t next = end_of(r);
      if (next == r + 1 || next >= rows.size() || rows[next].parent != rows[r].parent) continue;
      if (rows[next].sheet != rows[r].sheet || end_of(next) == next + 1) continue;
      xlsx::Workbook book = whole;
      swap_blocks(book.sheets.at(static_cast<std::size_t>(rows[r].sheet)), layout.rows[r], layout.rows[next],
                  layout.rows[end_of(next) - 1] + 1);
      Findings findings;
      const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
      EXPECT_EQ(wrong(answer, definitions.catalogue), "") << form.form.id << " " << rows[r].key;
    }
  }
}

// Rows of a form that take a value, as does the next on the same sheet, both with captions found nowhere else in it.
std::vector<int> unlike_neighbours(const Template& form) {
  std::map<std::string, int> recurring;
  for (const Row& row : form.rows) ++recurring[fold(row.caption)];
  const auto alone = [&](const Row& row) { return row.input && recurring[fold(row.caption)] == 1; };
  std::vector<int> upper;
  for (std::size_t r = 0; r + 1 < form.rows.size(); ++r) {
    if (form.rows[r].sheet != form.rows[r + 1].sheet) continue;
    if (alone(form.rows[r]) && alone(form.rows[r + 1])) upper.push_back(static_cast<int>(r));
  }
  return upper;
}

// Row r and the next exchange what stands in these columns.
void exchange(xlsx::Workbook& book, const Template& form, int r, const std::vector<Role>& columns) {
  const Layout layout = layout_of(form);
  xlsx::Sheet& sheet = book.sheets.at(static_cast<std::size_t>(form.rows[static_cast<std::size_t>(r)].sheet));
  for (const Role role : columns) {
    sheet.cell(layout.at(form, r, role));  // so that the next line moves no cell
    xlsx::Cell& lower = sheet.cell(layout.at(form, r + 1, role));
    xlsx::Cell& upper = sheet.cell(layout.at(form, r, role));
    std::swap(upper, lower);
    std::swap(upper.at, lower.at);
  }
}

TEST(Match, GivesNoFigureToAnotherRowWhenTwoChangePlaces) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  for (const Form& form : definitions.forms) {
    if (form.form.summary) continue;
    const xlsx::Workbook whole = without_keys(numbered(form, definitions), form);
    const std::vector<int> pairs = unlike_neighbours(form.form);
    EXPECT_GT(pairs.size(), 20U) << form.form.id;
    for (const int r : pairs) {
      xlsx::Workbook book = whole;
      exchange(book, form.form, r, {Role::caption, Role::value});
      Findings findings;
      const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
      EXPECT_EQ(wrong(answer, definitions.catalogue), "") << form.form.id << " from row " << r;
      for (const int row : {r, r + 1}) {
        const int index = form.mapping.indicators[static_cast<std::size_t>(row)];
        if (index < 0 || definitions.catalogue[index].kind != Kind::count) continue;
        // A count beside the options of a choice ("Không = 0") is doubted, and that is said.
        const bool said = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
          return finding.code == "unit-differs" && finding.indicator == definitions.catalogue[index].id;
        });
        EXPECT_NE(answer.find(index) != nullptr, said) << definitions.catalogue[index].id << " of " << form.form.id;
      }
    }
  }
}

TEST(Match, BelievesNeitherOfTwoKeyedRowsWhoseCaptionsWereExchangedHoweverAlike) {
  const Definitions& definitions = shipped();
  Matcher matcher(definitions);
  for (const Form& form : definitions.forms) {
    if (form.form.summary) continue;
    const xlsx::Workbook whole = numbered(form, definitions);
    for (const int r : unlike_neighbours(form.form)) {
      xlsx::Workbook book = whole;
      exchange(book, form.form, r, {Role::caption});
      Findings findings;
      const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings);
      const auto contradictions = std::count_if(
          findings.begin(), findings.end(), [](const Finding& finding) { return finding.code == "row-contradicts"; });
      EXPECT_EQ(contradictions, 2) << form.form.id << " from row " << r << "\n" << codes(findings);
      EXPECT_EQ(wrong(answer, definitions.catalogue), "") << form.form.id << " from row " << r;
      for (const int row : {r, r + 1}) {
        const int index = form.mapping.indicators[static_cast<std::size_t>(row)];
        if (index < 0) continue;
        EXPECT_EQ(answer.find(index), nullptr) << definitions.catalogue[index].id;
      }
    }
  }
}

}  // namespace
}  // namespace tonghop
