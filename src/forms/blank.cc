// Template + what may be put in -> blank workbook.
#include "forms/blank.h"

#include <algorithm>
#include <map>

#include "base/finding.h"
#include "forms/metrics.h"

namespace tonghop {
namespace {

using xlsx::Address;
using xlsx::Area;
using xlsx::Sheet;
using xlsx::Style;
using xlsx::Validation;
using xlsx::Workbook;

std::string options_text(const Input& input) {
  std::string text;
  for (const Option& option : input.options) {
    text += (text.empty() ? "" : "; ") + std::to_string(option.code) + " = " + option.label;
  }
  return text;
}

// Which of the prompts is the input's; "" for free text.
std::string_view prompt_name(Kind kind) {
  switch (kind) {
    case Kind::count:
      return "count";
    case Kind::amount:
      return "amount";
    case Kind::percent:
      return "percent";
    case Kind::choice:
      return "choice";
    case Kind::text:
      break;
  }
  return "";
}

// A validation with prompt and error for one kind of input; nothing for free text.
std::optional<Validation> validation_for(const Input& input, const Wording& wording, const std::string& lang) {
  Validation rule;
  switch (input.kind) {
    case Kind::count:
      rule.kind = Validation::Kind::whole;
      rule.minimum = "0";
      break;
    case Kind::amount:
      rule.kind = Validation::Kind::decimal;
      rule.minimum = "0";
      break;
    case Kind::percent:
      rule.kind = Validation::Kind::decimal;
      rule.minimum = "0";
      rule.maximum = "1";
      break;
    case Kind::choice:
      rule.kind = Validation::Kind::list;
      for (const Option& option : input.options) {
        rule.minimum += (rule.minimum.empty() ? "" : ",") + std::to_string(option.code);
      }
      break;
    case Kind::text:
      return std::nullopt;
  }
  const std::string id = "prompt." + std::string(prompt_name(input.kind));
  const Details details = {{"options", options_text(input)}};
  rule.prompt_title = wording.text(id + ".title", lang);
  rule.prompt = prompt_of(input, wording, lang);
  rule.error_title = wording.text("prompt.error.title", lang);
  rule.error = wording.text(id + ".error", lang, details);
  return rule;
}

// Adds the cell to the validation that says the same, or as a new one. Few rules keep files small and editors quick.
void add_validation(Sheet& sheet, Validation rule, Address at) {
  for (Validation& known : sheet.validations) {
    if (known.kind != rule.kind || known.prompt != rule.prompt || known.minimum != rule.minimum) continue;
    Area& last = known.areas.back();
    if (last.last.column == at.column && last.last.row + 1 == at.row) {
      last.last = at;
    } else {
      known.areas.push_back({at, at});
    }
    return;
  }
  rule.areas = {{at, at}};
  sheet.validations.push_back(std::move(rule));
}

void input_row(Workbook& book, const Template& form, const Layout& layout, std::size_t index, const Inputs& inputs,
               const Wording& wording) {
  const Row& row = form.rows[index];
  const Input& input = inputs[index];
  Sheet& sheet = book.sheets[static_cast<std::size_t>(row.sheet)];
  const Address at = layout.at(form, static_cast<int>(index), Role::value);
  Style style = book.styles[static_cast<std::size_t>(sheet.cell(at).style)];
  style.number_format = number_format(input.kind);
  if (input.computed()) {
    style.fill = kComputedFill;
    auto& cell = sheet.cell(at);
    cell.has_formula = true;
    cell.formula =
        ratio_formula(layout.at(form, input.numerator, Role::value), layout.at(form, input.denominator, Role::value));
    cell.value = std::string();
  } else {
    style.fill = input.owed ? kInputFill : kNotOwedFill;
    style.locked = false;
    if (auto rule = validation_for(input, wording, form.lang)) {
      if (!input.owed) {
        rule->prompt_title = wording.text("blank.not-owed.title", form.lang);
        rule->prompt = wording.text("blank.not-owed", form.lang);
      }
      add_validation(sheet, std::move(*rule), at);
    }
  }
  sheet.cell(at).style = book.style(style);
  if (form.column(Role::note) == 0) return;
  const Address note = layout.at(form, static_cast<int>(index), Role::note);
  Style remark = book.styles[static_cast<std::size_t>(sheet.cell(note).style)];
  remark.number_format = "@";
  remark.fill = input.owed ? kInputFill : kNotOwedFill;
  remark.locked = false;
  sheet.cell(note).style = book.style(remark);
}

Sheet guide_sheet(Workbook& book, const Template& form, const Inputs& inputs, const Wording& wording,
                  const Notice& notice) {
  Sheet sheet;
  sheet.name = wording.text("guide.sheet", form.lang);
  sheet.columns.push_back({1, 1, 90, false});
  Style style;
  style.wrap = true;
  style.vertical = xlsx::Vertical::top;
  int row = 0;
  const auto add = [&](const std::string& text, const Style& look) {
    auto& cell = sheet.cell({++row, 1});
    cell.value = text;
    cell.style = book.style(look);
    sheet.rows.push_back({row, text_box(book, sheet, cell).height(text), false});
  };
  Style title = style;
  title.bold = true;
  title.size = 14;
  if (!notice.facts.empty()) {
    add(notice.title, title);
    for (const auto& [caption, value] : notice.facts) {
      add(caption + ": " + value, style);
      sheet.cell({row, 1}).runs = {{caption + ": ", true, false}, {value, false, false}};
    }
    ++row;
  }
  add(wording.text("guide.title", form.lang), title);
  for (const std::string& line : wording.lines("guide.body", form.lang)) add(line, style);
  if (std::any_of(inputs.begin(), inputs.end(), [](const Input& input) { return input.expected && !input.owed; })) {
    add(wording.text("guide.not-owed", form.lang), style);
  }
  if (!notice.previous.empty()) add(wording.text("guide.previous", form.lang), style);
  Style source = style;
  source.italic = true;
  if (!form.cite.empty()) add(wording.text("guide.source", form.lang, Details{{"cite", form.cite}}), source);
  sheet.protection = xlsx::Protection{.format_columns = true, .format_rows = true, .sort = false, .filter = false};
  xlsx::PrintSetup print;
  print.area = Area{{1, 1}, {row, 1}};
  sheet.print = print;
  return sheet;
}

}  // namespace

std::string prompt_of(const Input& input, const Wording& wording, const std::string& lang) {
  const std::string_view name = prompt_name(input.kind);
  if (name.empty()) return "";
  return wording.text("prompt." + std::string(name), lang, Details{{"options", options_text(input)}});
}

std::string number_format(Kind kind) {
  switch (kind) {
    case Kind::count:
      return "#,##0";
    case Kind::amount:
      return "#,##0.00";
    case Kind::percent:
      return "0.0#%";
    case Kind::choice:
      return "0";
    case Kind::text:
      return "@";
  }
  return "General";
}

std::string ratio_formula(Address numerator, Address denominator) {
  const std::string n = to_string(numerator);
  const std::string d = to_string(denominator);
  return "IF(AND(ISNUMBER(" + n + "),ISNUMBER(" + d + ")),IF(" + d + "<>0," + n + "/" + d + ",\"\"),\"\")";
}

bool is_ratio_formula(std::string_view formula) {
  std::string_view rest = "IF(AND(ISNUMBER(";
  for (const char c : formula) {
    if (c == ' ') continue;
    if (c != rest[0]) return false;
    rest.remove_prefix(1);
    if (rest.empty()) return true;
  }
  return false;
}

Workbook blank_workbook(const Template& form, const Inputs& inputs, const Identity& identity, const Wording& wording,
                        const Notice& notice) {
  const Layout layout = layout_of(form);
  Workbook book = printed_form(form, layout, identity);
  for (std::size_t r = 0; r < form.rows.size(); ++r) {
    if (inputs[r].expected) input_row(book, form, layout, r, inputs, wording);
  }
  if (!notice.line.empty()) add_notice_line(book, form, layout, notice.line);
  if (!notice.previous.empty()) add_previous_column(book, form, layout, inputs, notice, wording);
  book.sheets.push_back(guide_sheet(book, form, inputs, wording, notice));
  book.sheets.push_back(identity_sheet(identity));
  return book;
}

}  // namespace tonghop
