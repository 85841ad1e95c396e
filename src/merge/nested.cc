// Merged reports among the members.
#include "merge/nested.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace tonghop {
namespace {

constexpr int kListed = 12;

// A few of many, for one sentence.
struct List {
  int count = 0;
  std::string text;

  void add(const std::string& one) {
    if (++count <= kListed) text += (text.empty() ? "" : "; ") + one;
    if (count == kListed + 1) text += "; …";
  }
};

bool says(const xlsx::Sheet& sheet, xlsx::Address at, const Wording& wording, const char* id) {
  const xlsx::Cell* cell = sheet.find(at);
  const auto* text = cell == nullptr ? nullptr : std::get_if<std::string>(&cell->value);
  return text != nullptr && wording.says(id, *text);
}

void find(const char* code, const Member& member, Details details, Findings& findings) {
  findings.push_back({code, {member.answer.file, "", "", 0, 0}, std::move(details), member.name, "", "", ""});
}

// What the report says in words, and percentages that are not those of its sums.
void judge_values(const Member& member, const Catalogue& catalogue, Findings& findings) {
  List lost;
  List inexact;
  for (const Observation& observation : member.answer.observations) {
    const Indicator& what = catalogue[observation.indicator];
    if (observation.status == Status::blank && !observation.raw.empty()) lost.add(what.label);
    if (!has_value(observation.status)) continue;
    if (what.aggregate == Aggregate::weighted) inexact.add(what.label);
    if (what.aggregate != Aggregate::ratio) continue;
    const Observation* numerator = member.answer.find(what.numerator);
    const Observation* denominator = member.answer.find(what.denominator);
    if (numerator == nullptr || denominator == nullptr || *denominator->value == Decimal()) continue;
    constexpr int kDigits = 9;  // beyond, a spreadsheet's own division differs
    if (observation.value->rounded(kDigits) != quotient(*numerator->value, *denominator->value, kDigits))
      inexact.add(what.label);
  }
  if (lost.count > 0) {
    find("report-loses", member, {{"count", std::to_string(lost.count)}, {"list", lost.text}}, findings);
  }
  if (inexact.count > 0) {
    find("report-inexact", member, {{"count", std::to_string(inexact.count)}, {"list", inexact.text}}, findings);
  }
}

}  // namespace

std::vector<std::string> agencies_within(const xlsx::Workbook& book, const Wording& wording) {
  std::vector<std::string> names;
  for (const xlsx::Sheet& sheet : book.sheets) {
    if (!wording.says("agencies.sheet", sheet.name)) continue;
    for (const xlsx::Cell& cell : sheet.cells) {
      if (!says(sheet, cell.at, wording, "agencies.id")) continue;
      // Id, label and unit, then the agencies to the right; or, of many, id, unit and a caption, then they downward.
      const bool down = says(sheet, {cell.at.row + 1, cell.at.column}, wording, "agencies.unit");
      for (const xlsx::Cell& other : sheet.cells) {
        const bool in_line = down ? other.at.column == cell.at.column && other.at.row > cell.at.row + 2
                                  : other.at.row == cell.at.row && other.at.column > cell.at.column + 2;
        if (const auto* name = std::get_if<std::string>(&other.value); in_line && name != nullptr)
          names.push_back(*name);
      }
      return names;
    }
  }
  return names;
}

void judge_reports(const Province& province, const Definitions& definitions, Findings& findings) {
  std::map<std::string, std::pair<std::string, const Member*>> within;  // fold -> name, the report that has it
  for (const Member& member : province.members) {
    if (!member.answer.form->form.summary) continue;
    judge_values(member, definitions.catalogue, findings);
    std::map<const Member*, List> twice;
    for (const std::string& name : member.answer.within) {
      const auto [known, fresh] = within.emplace(fold_name(name), std::pair(name, &member));
      if (!fresh && known->second.second != &member) twice[known->second.second].add(name);
    }
    for (const auto& [other, list] : twice) {
      find("reports-overlap", member,
           {{"other", other->name}, {"count", std::to_string(list.count)}, {"list", list.text}}, findings);
    }
  }
  for (const Member& member : province.members) {
    const auto found = within.find(fold_name(member.name));
    if (found == within.end() || found->second.second == &member) continue;
    find("agency-within", member,
         {{"above", found->second.second->name}, {"report", found->second.second->answer.file}}, findings);
  }
}

}  // namespace tonghop
