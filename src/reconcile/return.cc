// Submission -> Return: rows, values, and what one value says about another.
#include "reconcile/return.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <numeric>
#include <utility>

#include "base/text.h"
#include "reconcile/structure.h"

namespace tonghop {
namespace {

std::string listed(const std::vector<Decimal>& values, Kind kind) {
  std::string text;
  for (const Decimal& value : values) {
    if (!text.empty()) text += " / ";
    text += kind == Kind::percent ? value.scaled(2).to_string() + "%" : value.to_string();
  }
  return text;
}

std::string options_text(const Input& input) {
  std::string text;
  for (const Option& option : input.options) {
    text += (text.empty() ? "" : ", ") + std::to_string(option.code) + " = " + option.label;
  }
  return text;
}

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

// Reads one submission with the form that it is; holds what all steps need.
class Reconciler {
 public:
  Reconciler(const Submission& submission, const Definitions& definitions, Matcher& matcher, Findings& findings)
      : submission_(submission),
        file_(submission.file),
        definitions_(definitions),
        matcher_(matcher),
        captions_(matcher.captions()),
        findings_(findings) {}

  Return run(const Match& match) {
    form_ = match.form;
    for (const SubmittedTable& table : submission_.tables) sheets_.emplace_back(table.sheet);
    result_.file = submission_.file;
    result_.modified = submission_.modified;
    result_.code = submission_.identity.code;
    result_.form = form_;
    const std::size_t before = findings_.size();
    name_agency();
    readings_.resize(form_->form.rows.size());
    result_.observations.reserve(form_->form.rows.size());
    computed_.resize(form_->form.rows.size());
    reported_.resize(form_->form.rows.size());
    for (const int r : rows_sharing_a_cell(submission_, match)) reported_[static_cast<std::size_t>(r)] = true;
    for (std::size_t r = 0; r < form_->form.rows.size(); ++r) read_row(static_cast<int>(r), match.submitted[r]);
    index_observations();
    // Parts first: a percentage must not be computed from one that is then doubted.
    for (Observation& observation : result_.observations) settle_fraction(observation);
    for (Observation& observation : result_.observations) settle_percentage(observation);
    add_components();
    for (const Observation& observation : result_.observations) report(observation);
    report_structure(submission_, match, findings_);
    for (std::size_t r = 0; r < match.submitted.size(); ++r) {
      if (match.submitted[r] < 0 && form_->mapping.indicators[r] >= 0) result_.missing.push_back(static_cast<int>(r));
    }
    report_missing(*form_, result_.missing, submission_.file, findings_);
    for (std::size_t i = before; i < findings_.size(); ++i) findings_[i].agency = result_.agency;
    result_.observations.shrink_to_fit();  // rows without a value are a fifth
    return std::move(result_);
  }

 private:
  const Indicator& indicator(int index) const { return definitions_.catalogue[index]; }
  const Row& row(int index) const { return form_->form.rows[static_cast<std::size_t>(index)]; }
  const Input& input(int index) const { return form_->inputs[static_cast<std::size_t>(index)]; }
  Reading& reading(int index) { return readings_[static_cast<std::size_t>(index)]; }

  Place place(const SubmittedRow& submitted, xlsx::Address at) const {
    Place place;
    place.file = file_;
    place.sheet = sheets_[static_cast<std::size_t>(submitted.table)];
    place.cell = matcher_.address(at);
    return place;
  }

  Place whole_file() const {
    Place place;
    place.file = file_;
    return place;
  }

  // Number and caption of the row, first in every message about it.
  Details details(int r) const {
    Details details = {{"number", row(r).number}, {"caption", squeezed(row(r).caption)}};
    // Where the number column holds nothing, or only words over a group of rows, the parent's number tells the place.
    const bool numbered = row(r).number.find_first_of("0123456789") != std::string::npos;
    if (!numbered && row(r).parent >= 0) details[0].second = row(row(r).parent).number;
    return details;
  }

  void find(const std::string& code, const Observation& observation, Details more = {}) {
    Finding finding;
    finding.code = code;
    finding.place = observation.place;
    if (observation.row >= 0) finding.details = details(observation.row);
    finding.details.insert(finding.details.end(), more.begin(), more.end());
    finding.indicator = indicator(observation.indicator).id;
    finding.raw = observation.raw;
    if (observation.value) {
      finding.value = observation.value->to_string();
      finding.details.emplace_back("value", listed({*observation.value}, indicator(observation.indicator).kind));
    }
    findings_.push_back(std::move(finding));
  }

  void name_agency() {
    const std::string& issued = submission_.identity.agency;
    const std::string& shown = submission_.agency_shown;
    result_.agency = shown.empty() ? issued : shown;
    result_.period = submission_.period_shown.empty() ? submission_.identity.period : submission_.period_shown;
    if (!issued.empty() && !shown.empty() && issued != shown && fold_name(issued) != fold_name(shown)) {
      findings_.push_back({"agency-differs", whole_file(), {{"issued", issued}, {"shown", shown}}, "", "", shown, ""});
    }
    const std::string& period = submission_.identity.period;
    const std::string& period_shown = submission_.period_shown;
    if (!period.empty() && !period_shown.empty() && period != period_shown && fold(period) != fold(period_shown)) {
      findings_.push_back(
          {"period-differs", whole_file(), {{"issued", period}, {"shown", period_shown}}, "", "", period_shown, ""});
    }
    if (!submission_.other_agency.empty()) {
      findings_.push_back({"agency-differs",
                           whole_file(),
                           {{"issued", submission_.other_agency}, {"shown", shown}},
                           "",
                           "",
                           submission_.other_agency,
                           ""});
    }
    result_.named = !fold(result_.agency).empty();
    if (!result_.named) result_.agency = std::filesystem::path(submission_.file).stem().string();
  }

  void read_row(int r, int submitted) {
    const int mapped = form_->mapping.indicators[static_cast<std::size_t>(r)];
    if (submitted < 0) {
      if (mapped < 0) return;
      Observation observation;
      observation.indicator = mapped;
      observation.row = r;
      observation.place = whole_file();
      result_.observations.push_back(observation);
      return;
    }
    const SubmittedRow& typed = submission_.rows[static_cast<std::size_t>(submitted)];
    if (mapped < 0) {
      read_section(r, typed);
      return;
    }
    Observation observation;
    observation.indicator = mapped;
    observation.row = r;
    observation.place = place(typed, typed.value.at);
    observation.raw = raw_text(typed.value);
    observation.note = remark(r, typed);
    Reading read;
    from_unit_column_ = false;
    if (reported_[static_cast<std::size_t>(r)]) {
      read.status = observation.raw.empty() ? Status::blank : Status::unreadable;  // one cell for several rows
    } else if (typed.value.ratio_formula && input(r).computed()) {
      // The formula of the blank: its parts are read themselves, and its cached result may be old or absent.
      computed_[static_cast<std::size_t>(r)] = true;
    } else if (typed.value.has_formula && form_->form.summary &&
               std::holds_alternative<std::string>(typed.value.value)) {
      // A merged report says tallies and ranges in words: no single value.
      read.status = Status::blank;
    } else if (const auto number = computed_here(typed.value)) {
      read.status = Status::exact;  // more than 100 % is what its parts make
      read.value = number;
    } else if (typed.value.has_formula && std::holds_alternative<std::monostate>(typed.value.value)) {
      read.status = Status::unreadable;
      observation.raw = "=";
    } else {
      read = interpret(typed.value, input(r), definitions_.vocabulary);
    }
    const bool empty = !reported_[static_cast<std::size_t>(r)] && observation.raw.empty();
    if (empty && read.status == Status::blank) read_unit_column(r, typed, observation, read);
    if (empty && read.status == Status::blank && observation.raw.empty()) read_note_column(r, typed, observation, read);
    if (read.value && other_unit(r, typed, *read.value)) {
      find("unit-differs", observation, {{"unit", captions_.shown(row(r).unit)}, {"found", std::string(typed.unit)}});
      read = {};
      read.status = Status::unreadable;
      reported_[static_cast<std::size_t>(r)] = true;
    }
    if (empty && read.status == Status::blank && observation.raw.empty()) tell_elsewhere(r, typed, observation);
    observation.status = read.status;
    observation.value = read.value;
    observation.text = read.text;
    observation.decimals = read.decimals;
    observation.computed = computed_[static_cast<std::size_t>(r)];
    reading(r) = std::move(read);
    result_.observations.push_back(observation);
  }

  // The number that a merged report has computed.
  std::optional<Decimal> computed_here(const SubmittedCell& cell) const {
    const auto* number = std::get_if<double>(&cell.value);
    if (!form_->form.summary || !cell.has_formula || number == nullptr) return std::nullopt;
    return Decimal::from_double(*number);
  }

  // What was typed in the note column beside what is printed there, and in comments on cells.
  std::string remark(int r, const SubmittedRow& typed) {
    std::string said;
    if (!typed.note.empty() && typed.note != captions_.shown(row(r).note)) said = typed.note;
    if (!typed.comment.empty()) said += (said.empty() ? "" : "; ") + typed.comment;
    return said;
  }

  bool same_unit(int r, const SubmittedRow& typed) {
    const std::string& printed = captions_.shown(row(r).unit);
    return typed.unit == printed || fold(typed.unit) == fold(printed);  // "M3" for "m3" types no number
  }

  // "03 units" typed into the column that prints the unit, the value column left empty.
  void read_unit_column(int r, const SubmittedRow& typed, Observation& observation, Reading& read) {
    const int column =
        submission_.tables[static_cast<std::size_t>(typed.table)].columns[static_cast<std::size_t>(Role::unit)];
    const Kind kind = input(r).kind;
    if (column == 0 || kind == Kind::choice || kind == Kind::text) return;
    if (!has_digit(typed.unit) || same_unit(r, typed)) return;
    SubmittedCell cell;
    cell.at = {typed.row, column};
    cell.value = std::string(typed.unit);
    read = interpret(cell, input(r), definitions_.vocabulary);
    if (has_value(read.status)) read.status = Status::extracted;
    observation.raw = typed.unit;
    observation.place = place(typed, cell.at);
    from_unit_column_ = true;
    // What was typed beside the blank's formula counts, and is checked.
    if (read.status != Status::unreadable) computed_[static_cast<std::size_t>(r)] = false;
  }

  // A number and nothing else typed into the column of remarks, the value column left empty. Any other text there is a
  // remark, numbers in it ("4/33") or not.
  void read_note_column(int r, const SubmittedRow& typed, Observation& observation, Reading& read) {
    const Kind kind = input(r).kind;
    if (observation.note.empty() || computed_[static_cast<std::size_t>(r)]) return;
    if (kind == Kind::choice || kind == Kind::text) return;
    if (observation.note.str().find_first_not_of("0123456789., %") != std::string::npos) return;
    SubmittedCell cell;
    cell.at = {typed.row,
               submission_.tables[static_cast<std::size_t>(typed.table)].columns[static_cast<std::size_t>(Role::note)]};
    cell.value = observation.note;
    Reading noted = interpret(cell, input(r), definitions_.vocabulary);
    if (!noted.value) return;
    read = std::move(noted);
    read.status = Status::extracted;
    observation.raw = observation.note;
    observation.note = {};
    observation.place = place(typed, cell.at);
  }

  // A number at the end of the caption, in place of the printed number or with its unit among the remarks, the value
  // left empty.
  void tell_elsewhere(int r, const SubmittedRow& typed, const Observation& observation) {
    if (typed.value.has_formula || input(r).kind == Kind::text) return;
    const auto digits_end = [](std::string_view text) {
      return !text.empty() && text.back() >= '0' && text.back() <= '9';
    };
    const auto plainly = [](std::string_view text) {
      return !text.empty() && text.find_first_not_of("0123456789., %") == std::string_view::npos;
    };
    std::string found;
    if (has_digit(observation.note)) {
      SubmittedCell note;
      note.value = observation.note.str();
      if (interpret(note, input(r), definitions_.vocabulary).status == Status::normalized) found = observation.note;
    }
    if (digits_end(typed.caption) && !digits_end(squeezed(row(r).caption))) found = typed.caption;
    if (!typed.key.empty() && typed.number != row(r).number && plainly(typed.number) &&
        fold(typed.number) != fold(row(r).number)) {
      found = typed.number;
    }
    if (found.empty()) return;
    Observation elsewhere = observation;
    elsewhere.raw = found;
    find("value-elsewhere", elsewhere);
  }

  // The unit beside the value was changed to another order ("billion" for "million"), or holds a number of its own.
  bool other_unit(int r, const SubmittedRow& typed, const Decimal& value) {
    if (from_unit_column_ || typed.unit.empty() || input(r).kind == Kind::choice || same_unit(r, typed)) return false;
    if (has_digit(typed.unit)) {
      SubmittedCell cell;
      cell.value = std::string(typed.unit);
      return interpret(cell, input(r), definitions_.vocabulary).value != value;
    }
    if (definitions_.vocabulary.is_unit(typed.unit, input(r))) return false;
    if (definitions_.vocabulary.is_measure(typed.unit)) return true;  // money or time where something is counted
    const auto first_word = [](std::string_view text) { return text.substr(0, text.find(' ')); };
    const std::string_view printed = captions_.shown(row(r).unit);
    const std::string_view scale = first_word(printed);
    if (definitions_.vocabulary.is_scale(scale) && fold(typed.unit) == fold(printed.substr(scale.size()))) return true;
    return definitions_.vocabulary.is_scale(first_word(typed.unit)) && fold(first_word(typed.unit)) != fold(scale);
  }

  // A section takes no value; what stands there all the same is kept in a finding.
  void read_section(int r, const SubmittedRow& typed) {
    if (const std::string said = remark(r, typed); !said.empty()) {
      result_.section_notes.push_back({r, place(typed, typed.value.at), said});
    }
    const std::string raw = raw_text(typed.value);
    if (!raw.empty())
      findings_.push_back({"value-in-section", place(typed, typed.value.at), details(r), "", "", raw, ""});
  }

  void index_observations() {
    first_of_.assign(static_cast<std::size_t>(definitions_.catalogue.size()), -1);
    next_of_.assign(result_.observations.size(), -1);
    for (int i = static_cast<int>(next_of_.size()) - 1; i >= 0; --i) {
      const auto o = static_cast<std::size_t>(i);
      next_of_[o] = std::exchange(first_of_[static_cast<std::size_t>(result_.observations[o].indicator)], i);
    }
  }

  // Of a row of the form, with a value.
  const Observation* observed(int indicator_index) const {
    for (int i = first_of_[static_cast<std::size_t>(indicator_index)]; i >= 0;) {
      const auto o = static_cast<std::size_t>(i);
      if (result_.observations[o].value) return &result_.observations[o];
      i = next_of_[o];
    }
    return nullptr;
  }

  // Parts decide between two readings of their percentage, and stand for it where the form computes it.
  void settle_percentage(Observation& observation) {
    if (observation.row < 0) return;
    const Reading& read = reading(observation.row);
    const Indicator& what = indicator(observation.indicator);
    if (what.kind == Kind::percent && what.numerator >= 0) {
      const Observation* numerator = observed(what.numerator);
      const Observation* denominator = observed(what.denominator);
      const bool both = numerator != nullptr && denominator != nullptr && *denominator->value != Decimal();
      observation.computed = computed_[static_cast<std::size_t>(observation.row)];
      if (observation.computed) {
        if (both) {
          observation.status = Status::exact;
          observation.value = quotient(*numerator->value, *denominator->value, kRatioDigits);
        }
        return;
      }
      if (observation.status == Status::ambiguous && both) {
        const auto fits = std::find_if(read.candidates.begin(), read.candidates.end(), [&](const Decimal& candidate) {
          return agrees(candidate, read.decimals, *numerator->value, *denominator->value);
        });
        if (fits != read.candidates.end()) {
          observation.status = read.longer ? Status::extracted : Status::normalized;
          observation.value = *fits;
        }
      }
    }
  }

  // The whole of "08/21" must be the number that was asked for beside it.
  void settle_fraction(Observation& observation) {
    if (observation.row < 0) return;
    Reading& read = reading(observation.row);
    if (read.whole && observation.value) {
      const int sibling = whole_of(observation.indicator);
      const Observation* whole = sibling < 0 ? nullptr : observed(sibling);
      if (whole != nullptr && *whole->value != *read.whole) {
        read.candidates = {*observation.value, *read.whole};
        observation.status = Status::ambiguous;
        observation.value.reset();
      }
    }
  }

  // The indicator of which this one is a share, by the percentages of the catalogue; -1 when there is none, or more
  // than one.
  int whole_of(int numerator) const {
    int whole = -1;
    for (int i = 0; i < definitions_.catalogue.size(); ++i) {
      if (indicator(i).numerator != numerator || indicator(i).denominator == whole) continue;
      if (whole >= 0) return -1;
      whole = indicator(i).denominator;
    }
    return whole;
  }

  // "99,62% (523/525)" tells both parts, "08/21" the whole; those that the form has no rows for become observations of
  // their own.
  void add_components() {
    const std::size_t asked = result_.observations.size();
    for (std::size_t i = 0; i < asked; ++i) {
      const Reading& read = reading(result_.observations[i].row);
      if (!result_.observations[i].value || (!read.whole && !read.numerator)) continue;
      const Observation given = result_.observations[i];  // adding moves them
      const Indicator& what = indicator(given.indicator);
      if (read.whole) add_component(whole_of(given.indicator), *read.whole, given, asked);
      if (!read.numerator || what.numerator < 0) continue;
      // A part that has a row of its own there says whether the brackets speak of the same.
      if (contradicted(what.numerator, *read.numerator) || contradicted(what.denominator, *read.denominator)) continue;
      add_component(what.numerator, *read.numerator, given, asked);
      add_component(what.denominator, *read.denominator, given, asked);
    }
    std::erase_if(result_.observations, [](const Observation& o) { return o.row < 0 && !o.value; });
  }

  bool contradicted(int part, const Decimal& value) const {
    const Observation* own = form_->mapping.row_of(part) < 0 ? nullptr : observed(part);
    return form_->mapping.row_of(part) >= 0 && (own == nullptr || *own->value != value);
  }

  // What two cells tell differently is not used.
  void add_component(int part, const Decimal& value, const Observation& given, std::size_t asked) {
    if (part < 0 || form_->mapping.row_of(part) >= 0) return;
    const auto first = result_.observations.begin() + static_cast<std::ptrdiff_t>(asked);
    const auto known =
        std::find_if(first, result_.observations.end(), [&](const Observation& o) { return o.indicator == part; });
    if (known != result_.observations.end()) {
      if (known->value != value) known->value.reset();
      return;
    }
    Observation component;
    component.indicator = part;
    component.place = given.place;
    component.raw = given.raw;
    component.status = Status::extracted;
    component.value = value;
    result_.observations.push_back(component);
  }

  void report(const Observation& observation) {
    if (observation.row < 0 || reported_[static_cast<std::size_t>(observation.row)]) return;
    const Reading& read = reading(observation.row);
    const Input& asked = input(observation.row);
    switch (observation.status) {
      case Status::extracted: {
        const Decimal sum = std::accumulate(read.parts.begin(), read.parts.end(), Decimal());
        if (read.parts.size() >= 2 && sum != *observation.value) {
          find("value-parts-differ", observation, {{"sum", sum.to_string()}});
        } else {
          find("value-extracted", observation);
        }
        break;
      }
      case Status::ambiguous:
        find("value-ambiguous", observation, {{"candidates", listed(read.candidates, asked.kind)}});
        break;
      case Status::unreadable:
        if (observation.raw == "=") {
          find("formula-uncalculated", observation);
        } else if (asked.kind == Kind::choice) {
          find("choice-unreadable", observation, {{"options", options_text(asked)}});
        } else {
          find(asked.kind == Kind::percent ? "percent-unreadable" : "value-unreadable", observation,
               {{"unit", asked.unit}});
        }
        break;
      case Status::blank:
        if (read.word) find("value-not-yet", observation);
        break;
      case Status::exact:
      case Status::normalized:
      case Status::not_applicable:
      case Status::settled:
        break;
    }
  }

  const Submission& submission_;
  SharedText file_;  // of the submission
  const Definitions& definitions_;
  Matcher& matcher_;
  CaptionIndex& captions_;
  Findings& findings_;
  const Form* form_ = nullptr;
  std::vector<SharedText> sheets_;  // per table
  Return result_;
  std::vector<Reading> readings_;  // per row of the form
  std::vector<bool> reported_;     // per row of the form: its finding is made already
  bool from_unit_column_ = false;  // the value under way was typed where the unit is printed
  std::vector<bool> computed_;     // per row of the form: the blank's own formula still stands there
  std::vector<int> first_of_;      // per indicator: its first observation, -1 for none
  std::vector<int> next_of_;       // per observation of a row: the next of the same indicator, -1 for none
};

}  // namespace

const Observation* Return::find(int indicator) const {
  const auto found = std::find_if(observations.begin(), observations.end(), [&](const Observation& o) {
    return o.indicator == indicator && has_value(o.status);
  });
  return found == observations.end() ? nullptr : &*found;
}

Return reconcile(Submission submission, const Definitions& definitions, Matcher& matcher, Findings& findings) {
  const Match match = matcher.match(submission, findings);
  return Reconciler(submission, definitions, matcher, findings).run(match);
}

}  // namespace tonghop
