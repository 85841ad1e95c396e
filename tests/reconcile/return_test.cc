// One agency's answer: whose it is, values in odd places, and what one value says about another.
#include "reconcile/return.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "returns.h"

namespace tonghop {
namespace {

using namespace testing;  // tonghop::testing

// A filled-in form in which these cells of the first sheet are something else; lines about other cells left out.
// That D9 no longer holds the blank's formula is said, and tested, once: TellsOfPercentagesTypedOverTheFormula.
ReadBack with(const std::vector<Typed>& typed, std::size_t sheet = 0) {
  xlsx::Workbook book = filled_trees();
  type_in(book, sheet, typed);
  ReadBack read = read_back(book, trees(), "f.xlsx", true);
  const std::string note = "formula-overtyped D9\n";
  if (const std::size_t at = read.findings.find(note); at != std::string::npos) read.findings.erase(at, note.size());
  return read;
}

std::string line(const ReadBack& read, const std::string& indicator) {
  const std::size_t at = read.values.find(indicator + "=");
  return at == std::string::npos ? "" : read.values.substr(at, read.values.find('\n', at) - at);
}

TEST(Return, NamesItsAgencyAndPeriod) {
  struct Case {
    std::string issued, shown, agency;
    bool named;
    std::string findings;
  };
  const std::vector<Case> table = {{"Town", "Town", "Town", true, ""},
                                   {"Town", "TOWN ", "TOWN", true, ""},
                                   {"", "Village", "Village", true, ""},
                                   {"Town", "", "Town", true, ""},
                                   {"", "", "June return", false, ""},
                                   {"Town", "Village", "Village", true, "agency-differs\n"},
                                   {"Đông Sơn", "Dông Sơn", "Dông Sơn", true, "agency-differs\n"},
                                   {"", "...", "June return", false, ""},
                                   {"", "—", "June return", false, ""}};
  for (const auto& [issued, shown, agency, named, findings] : table) {
    xlsx::Workbook book = filled_trees(issued);
    for (std::size_t sheet : {0U, 1U}) type_in(book, sheet, {{"C3", shown}});
    const ReadBack read = read_back(book, trees(), "in/June return.xlsx");
    EXPECT_EQ(read.answer.agency, agency);
    EXPECT_EQ(read.answer.named, named);
    EXPECT_EQ(read.answer.period, "June");
    EXPECT_EQ(read.findings, findings) << issued << ", " << shown;
  }
  xlsx::Workbook book = filled_trees();
  for (std::size_t sheet : {0U, 1U}) type_in(book, sheet, {{"C4", "July"}});
  EXPECT_EQ(read_back(book, trees()).findings, "period-differs\n");
}

TEST(Return, SaysThatASheetNamesAnotherAgency) {
  const ReadBack read = with({{"C3", "Village"}}, 1);
  EXPECT_EQ(read.findings, "agency-differs\n");
  EXPECT_EQ(read.answer.agency, "Town");
  EXPECT_EQ(with({{"C3", " TOWN"}}, 1).findings, "");
  EXPECT_EQ(with({{"C3", xlsx::Value()}}, 1).findings, "");
}

TEST(Return, SaysThatCellsStandOutsideTheTable) {
  const ReadBack read = with({{"H13", xlsx::Value(9.0)}, {"H40", xlsx::Value(10.0)}});
  EXPECT_EQ(read.findings, "numbers-outside H13\n");
  EXPECT_EQ(with({{"H13", "a remark beside the table"}}).findings, "texts-outside H13\n");
}

TEST(Return, NamesTheSheetWhoseHeadingsWereChanged) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 1, {{"D7", "Total"}});
  EXPECT_EQ(read_back(book, trees()).findings, "header-unknown\nrows-missing\n");
  Matcher matcher(trees());
  Findings findings;
  const Return answer = reconcile(lift(book, "f.xlsx", matcher.captions()), trees(), matcher, findings);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].place.sheet, "Opinion");
  EXPECT_EQ(answer.missing.size(), 5U);
}

TEST(Return, ReadsAPercentageTypedIntoTheUnitColumn) {
  const ReadBack read = with({{"C9", "85%"}, {"D9", xlsx::Value()}}, 1);
  EXPECT_EQ(line(read, "opinion.happy"), "opinion.happy=0.85 C9");
  EXPECT_EQ(read.findings, "value-extracted C9\n");
  const ReadBack beside_formula = with({{"C9", "85%"}});  // the formula still stands, and its parts say 90 %
  EXPECT_EQ(line(beside_formula, "trees.survival"), "trees.survival=0.85 C9");
  EXPECT_EQ(beside_formula.findings, "value-extracted C9\n");                                  // one cell, one finding
  EXPECT_EQ(line(with({{"C9", "% (2 digits)"}}), "trees.survival"), "trees.survival=0.9 C9");  // no percentage
}

TEST(Return, DoesNotUseANumberWhoseUnitIsOfAnotherOrder) {
  const Form& form = *shipped().find("khanh-hoa-2023");
  const int row = form.form.row("6.1.a");
  const Layout layout = layout_of(form.form);
  const std::string id = shipped().catalogue[form.mapping.indicators[static_cast<std::size_t>(row)]].id;
  const auto with_unit = [&](const std::string& unit) {
    xlsx::Workbook book = blank_of(form, shipped(), "Town", "June");
    xlsx::Sheet& sheet = book.sheets.at(static_cast<std::size_t>(form.form.rows[static_cast<std::size_t>(row)].sheet));
    sheet.cell(layout.at(form.form, row, Role::value)).value = 250.5;
    sheet.cell(layout.at(form.form, row, Role::unit)).value = unit;
    return read_back(book, shipped());
  };
  const std::string cell = to_string(layout.at(form.form, row, Role::value));
  for (const std::string unit : {"Tỷ đồng", "tỉ đồng", "Nghìn đồng", "đồng", "Đồng", "VNĐ", "tháng"}) {
    EXPECT_EQ(with_unit(unit).findings, "unit-differs " + cell + "\n") << unit;
    EXPECT_EQ(with_unit(unit).values, id + "=? " + cell + "\n") << unit;
  }
  for (const std::string unit : {"Triệu đồng", "TRIỆU  ĐỒNG", "triệu VNĐ", "", "trđ", "tr.đ"}) {
    EXPECT_EQ(with_unit(unit).findings, "") << unit;
    EXPECT_EQ(with_unit(unit).values, id + "=250.5 " + cell + "\n") << unit;
  }
}

TEST(Return, TakesAUnitInOtherLettersForTheSame) {
  for (const std::string unit : {"M3", "m³", "(m3)", "m3."}) {
    EXPECT_EQ(with({{"C14", unit}}).findings, "") << unit;
    EXPECT_EQ(line(with({{"C14", unit}}), "care.towns.water"), "care.towns.water=22.5 D14") << unit;
    EXPECT_EQ(with({{"C14", unit}, {"D14", xlsx::Value()}}).findings, "") << unit;
  }
}

TEST(Return, ReadsANumberTypedIntoTheUnitColumn) {
  const ReadBack read = with({{"C13", "21 visits"}, {"D13", xlsx::Value()}});
  EXPECT_EQ(line(read, "care.towns.visits"), "care.towns.visits=21 C13");
  EXPECT_EQ(read.findings, "value-extracted C13\n");
  EXPECT_EQ(with({{"C13", "21 visits"}}).findings, "");                      // the same number beside the value
  EXPECT_EQ(with({{"C13", "12 visits"}}).findings, "unit-differs D13\n");    // another one: which is meant?
  EXPECT_EQ(with({{"C13", "visit"}, {"D13", xlsx::Value()}}).findings, "");  // a unit reworded is no number
  EXPECT_EQ(line(with({{"C13", "visit"}, {"D13", xlsx::Value()}}), "care.towns.visits"), "");
}

TEST(Return, ReadsANumberAloneInTheColumnOfRemarks) {
  const ReadBack read = with({{"E13", "21"}, {"D13", xlsx::Value()}});
  EXPECT_EQ(line(read, "care.towns.visits"), "care.towns.visits=21 E13");
  EXPECT_EQ(read.findings, "value-extracted E13\n");
  EXPECT_EQ(read.answer.find(4) == nullptr ? "" : read.answer.find(4)->note, "");
  EXPECT_EQ(line(with({{"E14", "1.234,5"}, {"D14", xlsx::Value()}}), "care.towns.water"),
            "care.towns.water=1234.5 E14");
  for (const std::string remark : {"4/33", "about 21", "7,000", "1,2,3", "none", "-", "(21)"}) {
    const ReadBack kept = with({{"E13", remark}, {"D13", xlsx::Value()}});
    EXPECT_EQ(line(kept, "care.towns.visits"), "") << remark;
    EXPECT_EQ(kept.findings, "") << remark;
    EXPECT_EQ(kept.answer.observations.at(3).note, remark);
  }
  // With its unit it may be the value, or say something about it.
  const ReadBack doubtful = with({{"E13", "21 visits"}, {"D13", xlsx::Value()}});
  EXPECT_EQ(doubtful.findings, "value-elsewhere D13\n");
  EXPECT_EQ(line(doubtful, "care.towns.visits"), "");
  EXPECT_EQ(doubtful.answer.observations.at(3).note, "21 visits");
  // A value of its own: the remark is one, whatever it says.
  EXPECT_EQ(line(with({{"E13", "22"}}), "care.towns.visits"), "care.towns.visits=21 D13");
  EXPECT_EQ(with({{"E13", "22"}}).findings, "");
  EXPECT_EQ(line(with({{"E13", "22"}, {"D13", "/"}}), "care.towns.visits"), "care.towns.visits=? D13");
  EXPECT_EQ(line(with({{"E9", "85%"}}), "trees.survival"), "trees.survival=0.9 D9");  // the formula still stands
}

TEST(Return, KeepsAValueTypedIntoASection) {
  const ReadBack read = with({{"D12", "0"}});
  EXPECT_EQ(read.findings, "value-in-section D12\n");
  EXPECT_EQ(with({{"E12", "see letter"}}).answer.section_notes.at(0).note, "see letter");
}

TEST(Return, KeepsNotesButNotThePrintedOnes) {
  const ReadBack read = with({{"E10", "in May"}});
  EXPECT_EQ(read.answer.observations.at(1).note, "in May");
  for (const Observation& observation : read_back(filled_trees(), trees()).answer.observations)
    EXPECT_EQ(observation.note, "");
  EXPECT_EQ(with({{"E8", "Town hall, second floor"}}, 1).answer.observations.at(7).note, "Town hall, second floor");
}

TEST(Return, ChecksTheWholeOfAFractionAgainstItsSibling) {
  const ReadBack good = with({{"D11", "08/10"}});
  EXPECT_EQ(line(good, "trees.alive"), "trees.alive=8 D11");
  EXPECT_EQ(good.findings, "value-extracted D11\n");
  const ReadBack bad = with({{"D11", "08/21"}});
  EXPECT_EQ(line(bad, "trees.alive"), "trees.alive=? D11");
  EXPECT_EQ(bad.findings, "value-ambiguous D11\n");
  EXPECT_EQ(line(bad, "trees.survival"), "");  // nothing is computed from what is doubted
  EXPECT_EQ(line(with({{"D11", "08/21"}, {"D10", 21.0}}), "trees.alive"), "trees.alive=8 D11");
  EXPECT_EQ(line(with({{"D13", "3/4"}}), "care.towns.visits"), "care.towns.visits=3 D13");  // nothing to compare with
}

TEST(Return, ChecksPartsInBrackets) {
  EXPECT_EQ(with({{"D13", "77 (north 54, south 23)"}}).findings, "value-extracted D13\n");
  EXPECT_EQ(with({{"D13", "77 (north 54, south 22)"}}).findings, "value-parts-differ D13\n");
  EXPECT_EQ(with({{"D13", "77 (1 new)"}}).findings, "value-extracted D13\n");
}

TEST(Return, ComputesAPercentageWhoseFormulaStillStands) {
  EXPECT_EQ(line(read_back(filled_trees(), trees()), "trees.survival"), "trees.survival=0.9 D9");
  EXPECT_EQ(line(with({{"D11", xlsx::Value()}}), "trees.survival"), "");
  EXPECT_EQ(line(with({{"D10", 0.0}, {"D11", 0.0}}), "trees.survival"), "");
  EXPECT_EQ(with({{"D10", 0.0}, {"D11", 0.0}}).findings, "");
}

TEST(Return, ReadsAFormulaTypedOverAPercentage) {
  const auto over = [](const std::string& formula, double result) {
    xlsx::Workbook book = filled_trees();
    xlsx::Cell& cell = book.sheets[0].cell(testing::at("D9"));
    cell.has_formula = true;
    cell.formula = formula;
    cell.value = result;
    return read_back(book, trees(), "f.xlsx", true);
  };
  struct Case {
    std::string formula;
    double result;
    std::string value, findings;
  };
  const std::vector<Case> table = {
      {"D11/D10", 0.9, "0.9", ""},
      {"8/10", 0.8, "0.8", "check-ratio D9\n"},
      {"IF(D10=0,0,0.8)", 0.8, "0.8", "check-ratio D9\n"},
      // the blank's own: its old result does not count
      {"IF(AND(ISNUMBER(D11),ISNUMBER(D10)),IF(D10<>0,D11/D10,\"\"),\"\")", 0.5, "0.9", ""},
      {"IF( AND( ISNUMBER( D11 ), ISNUMBER( D10 ) ), IF( D10 <> 0, D11 / D10, \"\" ), \"\" )", 0.5, "0.9", ""},
      {"IF(AND(ISNUMBER(H21),ISNUMBER(H20)),IF(H20<>0,H21/H20,\"\"),\"\")", 0.5, "0.9", ""}};
  for (const auto& [formula, result, value, findings] : table) {
    const ReadBack read = over(formula, result);
    EXPECT_EQ(line(read, "trees.survival"), "trees.survival=" + value + " D9") << formula;
    EXPECT_EQ(read.findings, findings) << formula;
  }
}

TEST(Return, TellsOfPercentagesTypedOverTheFormula) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"D9", "90%"}});
  EXPECT_EQ(read_back(book, trees()).findings, "formula-overtyped D9\n");
  type_in(book, 0, {{"D9", xlsx::Value()}});
  EXPECT_EQ(read_back(book, trees()).findings, "") << "emptied, not typed over";
}

TEST(Return, TakesAPercentageWithAllItsBinaryDigits) {
  for (const double whole : {3.0, 7.0, 19.0, 29.0, 7029.0}) {
    EXPECT_EQ(with({{"D10", whole}, {"D11", 2.0}, {"D9", 2 / whole, "0%"}}).findings, "") << whole;
    EXPECT_EQ(with({{"D10", whole}, {"D11", 2.0}, {"D9", 200 / whole, "General"}}).findings, "") << whole;
  }
  EXPECT_EQ(with({{"D10", 3.0}, {"D11", 2.0}, {"D9", 0.66667, "0%"}}).findings, "");
  EXPECT_EQ(with({{"D10", 3.0}, {"D11", 2.0}, {"D9", 2.0000003 / 3, "0%"}}).findings, "check-ratio D9\n");
}

TEST(Return, ComparesAPercentageTypedOverTheFormulaWithItsParts) {
  struct Case {
    Typed typed;
    std::string value, findings;
  };
  const std::vector<Case> table = {{{"D9", "90%"}, "0.9", ""},
                                   {{"D9", 0.9, "0%"}, "0.9", ""},
                                   {{"D9", 90.0, "General"}, "0.9", ""},
                                   {{"D9", "91%"}, "0.91", "check-ratio D9\n"},
                                   {{"D9", "9"}, "0.09", "check-ratio D9\n"},
                                   {{"D9", 0.9, "General"}, "0.9", ""},  // 0.9 % or 90 %: the parts decide
                                   {{"D9", "0,8"}, "?", "value-ambiguous D9\n"},
                                   {{"D9", "90% (9/10)"}, "0.9", "value-extracted D9\n"},
                                   {{"D9", "about 90%"}, "0.9", "value-extracted D9\n"},
                                   {{"D9", "about 85%"}, "0.85", "value-extracted D9\n"},
                                   {{"D9", "8/10"}, "0.8", "value-extracted D9\n"},
                                   {{"D9", "/"}, "?", ""},
                                   {{"D9", "Connected"}, "?", "percent-unreadable D9\n"}};
  for (const auto& [typed, value, findings] : table) {
    const ReadBack read = with({typed});
    EXPECT_EQ(line(read, "trees.survival"), "trees.survival=" + value + " D9");
    EXPECT_EQ(read.findings, findings) << value;
  }
}

// The made-up survey with some of its rows said to be ignored.
Definitions without_rows(const std::vector<std::string>& keys) {
  Sources sources = testing::trees_sources();
  for (auto& [name, text] : sources) {
    if (name != "mapping.xml") continue;
    for (const std::string& key : keys) {
      const std::size_t from = text.find("  <row key=\"" + key);
      text.replace(from, text.find('\n', from) - from, "  <ignore key=\"" + key + "\" reason=\"test\"/>");
    }
  }
  return testing::load(sources);
}

TEST(Return, TakesComponentsOutOfAPercentageWhereTheFormHasNoRowsForThem) {
  const Definitions definitions = without_rows({"1.1.a", "1.1.b"});
  xlsx::Workbook book = testing::blank_of(*definitions.find("trees"), definitions, "Town", "June");
  type_in(book, 0, {{"D9", "99,62% (523/525)"}});
  const ReadBack read = read_back(book, definitions);
  EXPECT_EQ(read.values, "trees.survival=0.9962 D9\ntrees.alive=523 D9\ntrees.planted=525 D9\n");
  EXPECT_EQ(read.findings, "value-extracted D9\n");
  EXPECT_EQ(read.answer.observations.back().row, -1);
}

TEST(Return, TakesAWholeOutOfACountWhereTheFormHasNoRowForIt) {
  const Definitions definitions = without_rows({"1.1.a"});
  const auto read = [&](const std::vector<Typed>& typed) {
    xlsx::Workbook book = testing::blank_of(*definitions.find("trees"), definitions, "Town", "June");
    type_in(book, 0, typed);
    return read_back(book, definitions);
  };
  EXPECT_EQ(read({{"D11", "08/21"}}).values, "trees.alive=8 D11\ntrees.planted=21 D11\n");
  EXPECT_EQ(read({{"D11", "08/21"}}).findings, "value-extracted D11\n");
  EXPECT_EQ(read({{"D11", "30/4"}}).values, "trees.alive=? D11\n");
  // One part has a row of its own: it must say the same, or the brackets speak of something else.
  EXPECT_EQ(read({{"D9", "90% (9/10)"}, {"D11", 9.0}}).values,
            "trees.survival=0.9 D9\ntrees.alive=9 D11\ntrees.planted=10 D9\n");
  EXPECT_EQ(read({{"D9", "90% (9/10)"}, {"D11", 18.0}}).values, "trees.survival=0.9 D9\ntrees.alive=18 D11\n");
  EXPECT_EQ(read({{"D9", "90% (9/10)"}}).values, "trees.survival=0.9 D9\n");
  // Told twice, and differently: neither is used.
  EXPECT_EQ(read({{"D9", "90% (9/10)"}, {"D11", "9/10"}}).values,
            "trees.survival=0.9 D9\ntrees.alive=9 D11\ntrees.planted=10 D9\n");
  EXPECT_EQ(read({{"D9", "90% (9/10)"}, {"D11", "9/11"}}).values, "trees.survival=0.9 D9\ntrees.alive=9 D11\n");
}

TEST(Return, LetsPartsDecideOnlyBetweenReadingsOfWhatWasTyped) {
  EXPECT_EQ(with({{"D9", "over 90%"}}).findings, "value-extracted D9\n");
  EXPECT_EQ(line(with({{"D9", "85-90%"}}), "trees.survival"), "trees.survival=0.9 D9");
  EXPECT_EQ(with({{"D9", "85-90%"}}).findings, "value-extracted D9\n");  // not silent, as "0,9" would be
  EXPECT_EQ(with({{"D9", "0,9"}}).findings, "");
  EXPECT_EQ(with({{"D9", "80-85%"}}).findings, "value-ambiguous D9\n");
}

TEST(Return, MakesOneFindingOfOneCause) {
  struct Case {
    std::vector<Typed> typed;
    std::string findings;
  };
  const std::vector<Case> table = {{{{"D11", "?"}, {"D9", "90%"}}, "value-unreadable D11\n"},
                                   {{{"D11", xlsx::Value()}, {"D9", "90%"}}, ""},
                                   {{{"D11", "7,000"}, {"D9", "90%"}}, "value-ambiguous D11\n"},
                                   {{{"D10", "/"}, {"D9", "90%"}}, ""},
                                   {{{"D10", 0.0}, {"D9", "90%"}}, "check-at-most D11\n"},
                                   {{{"D9", "85% (in May)"}}, "value-extracted D9\n"},
                                   {{{"D9", "85% (17/20)"}}, "value-extracted D9\n"},
                                   {{{"D9", "?"}}, "percent-unreadable D9\n"},
                                   {{{"D9", "90% (8/10)"}}, "value-extracted D9\n"}};
  for (const auto& [typed, findings] : table) EXPECT_EQ(with(typed).findings, findings) << findings;
}

// Each row gets a plain figure in one of the ways in which a clerk types it, no part above its whole.
TEST(Return, HasNothingToSayAboutAPlainlyFilledFormOfAnyVariant) {
  const std::vector<xlsx::Value> wholes = {10.0, "10", "010", "10 ", "'10", "10.000", "10\u00A0000", "10 văn bản"};
  const std::vector<xlsx::Value> parts = {9.0, "9", "09", " 9", "'09"};
  const std::vector<Typed> shares = {{"", "99,9%"},         {"", "99.9 %"}, {"", 0.999, "0.0%"}, {"", "100%"},
                                     {"", 99.9, "General"}, {"", "04"},     {"", "13,79"}};
  int forms = 0;
  for (const Form& form : shipped().forms) {
    if (form.form.summary) continue;
    ++forms;
    xlsx::Workbook book = blank_of(form, shipped(), "Sở Nội vụ", "Quý II/2023");
    const Layout layout = layout_of(form.form);
    std::size_t typed = 0;
    for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
      const Input& input = form.inputs[r];
      if (form.mapping.indicators[r] < 0 || input.computed()) continue;  // the blank's formula stays
      const bool part = std::any_of(form.inputs.begin(), form.inputs.end(),
                                    [&](const Input& other) { return other.numerator == static_cast<int>(r); });
      Typed value = {"", "10"};
      if (input.kind == Kind::count) value.value = part ? parts[typed % parts.size()] : wholes[typed % wholes.size()];
      if (input.kind == Kind::percent) value = shares[typed % shares.size()];
      if (input.kind == Kind::choice && typed % 2 == 0) value.value = input.options.back().label;
      if (input.kind == Kind::choice && typed % 2 == 1) value.value = static_cast<double>(input.options.front().code);
      value.cell = to_string(layout.at(form.form, static_cast<int>(r), Role::value));
      type_in(book, static_cast<std::size_t>(form.form.rows[r].sheet), {value});
      ++typed;
    }
    const ReadBack read = read_back(book, shipped());
    EXPECT_EQ(read.findings, "") << form.form.id;
    EXPECT_EQ(read.values.find("=?"), std::string::npos) << form.form.id << "\n" << read.values;
    EXPECT_GT(typed, 30U) << form.form.id;
    EXPECT_GE(static_cast<std::size_t>(std::count(read.values.begin(), read.values.end(), '\n')), typed);
  }
  EXPECT_EQ(forms, 5);
}

TEST(Return, ReadsFormulaCellsByTheirResult) {
  xlsx::Workbook book = filled_trees();
  xlsx::Cell& cell = book.sheets[0].cell(testing::at("D13"));
  cell.has_formula = true;
  cell.formula = "10+11";
  EXPECT_EQ(line(read_back(book, trees()), "care.towns.visits"), "care.towns.visits=21 D13");
  cell.value = xlsx::Value();
  EXPECT_EQ(read_back(book, trees()).findings, "formula-uncalculated D13\n");
  cell.value = xlsx::ErrorValue{"#REF!"};
  EXPECT_EQ(read_back(book, trees()).findings, "value-unreadable D13\n");
}

TEST(Return, HasAFindingForEverythingThatIsNotPlain) {
  struct Case {
    std::size_t sheet;
    Typed typed;
    std::string findings;
  };
  const std::vector<Case> table = {{0, {"D13", "09"}, ""},
                                   {0, {"D13", "about 9"}, "value-extracted D13\n"},
                                   {0, {"D13", 7.029}, "value-ambiguous D13\n"},
                                   {0, {"D13", 45019.0, "dd/mm/yyyy"}, "value-ambiguous D13\n"},
                                   {0, {"D13", "none"}, "value-unreadable D13\n"},
                                   {0, {"D13", "chưa có"}, "value-not-yet D13\n"},
                                   {0, {"D13", "/"}, ""},
                                   {0, {"D13", "không"}, ""},
                                   {0, {"D13", true}, "value-unreadable D13\n"},
                                   {0, {"D13", xlsx::ErrorValue{"#N/A"}}, "value-unreadable D13\n"},
                                   {0, {"D14", "1,500"}, "value-ambiguous D14\n"},
                                   {1, {"D8", "2"}, "choice-unreadable D8\n"},
                                   {1, {"D8", "Yes"}, ""},
                                   {1, {"D9", "120%"}, "percent-unreadable D9\n"},
                                   {1, {"D11", "anything"}, ""}};
  for (const auto& [sheet, typed, findings] : table) EXPECT_EQ(with({typed}, sheet).findings, findings) << typed.cell;
}

TEST(Return, SaysWhatWasReadInWholeSentences) {
  xlsx::Workbook book = filled_trees();
  type_in(book, 0, {{"D13", "about 9"}, {"D14", "1,500"}});
  Matcher matcher(trees());
  Findings findings;
  reconcile(lift(book, "f.xlsx", matcher.captions()), trees(), matcher, findings);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(trees().wording.sentence(findings[0], "en"),
            "Indicator 2.1. “Number of visits”: “about 9” was read as 9. Confirm, or type the number alone and move "
            "the text to "
            "the remarks.");
  EXPECT_EQ(
      trees().wording.sentence(findings[1], "en"),
      "Indicator 2.2. “Water used”: “1,500” may mean 1.5 / 1500, but that is not sure, so it is not used. Type the "
      "number plainly.");
  EXPECT_NE(trees().wording.sentence(findings[1], "vi").find("có thể là 1,5 / 1500"), std::string::npos);
  EXPECT_EQ(findings[0].agency, "Town");
  EXPECT_EQ(findings[0].indicator, "care.towns.visits");
  EXPECT_EQ(findings[0].raw, "about 9");
  EXPECT_EQ(findings[0].value, "9");
}

}  // namespace
}  // namespace tonghop
