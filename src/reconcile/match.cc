// The steps of matching: which form, keys, captions, and one row of several tables that hold the same.
#include "reconcile/match.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "reconcile/match_limits.h"
#include "reconcile/submitted.h"

namespace tonghop {
namespace {

std::vector<Template> templates_of(const Definitions& definitions) {
  std::vector<Template> forms;
  for (const Form& form : definitions.forms) forms.push_back(form.form);
  return forms;
}

// The header of the column with the values of the round before, in the languages of all forms.
std::vector<std::pair<Role, std::string>> printed_besides(const Definitions& definitions) {
  std::vector<std::pair<Role, std::string>> headers;
  for (const Form& form : definitions.forms)
    headers.emplace_back(Role::previous, definitions.wording.text("blank.previous", form.form.lang));
  return headers;
}

}  // namespace

SharedText Matcher::address(xlsx::Address at) {
  if (at.row < 1 || at.row > kRows || at.column < 1 || at.column > kColumns) return to_string(at);
  SharedText& text = addresses_[static_cast<std::size_t>((at.row - 1) * kColumns + at.column - 1)];
  if (text.empty()) text = to_string(at);
  return text;
}

Matcher::Matcher(const Definitions& definitions)
    : definitions_(definitions),
      captions_(templates_of(definitions), definitions.vocabulary.headers, printed_besides(definitions)),
      addresses_(static_cast<std::size_t>(kRows) * kColumns) {
  for (const Form& form : definitions.forms) {
    const KnownForm& rows = known(form);
    folds_.insert(rows.folds.begin(), rows.folds.end());
  }
}

const Matcher::KnownForm& Matcher::known(const Form& form) {
  const auto there = known_.find(&form);
  if (there != known_.end()) return there->second;
  KnownForm made;
  std::unordered_map<std::string_view, int> counts;
  std::vector<int> all;
  made.rows.reserve(form.form.rows.size());
  made.parts.resize(form.form.sheets.size());
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    const Row& row = form.form.rows[r];
    KnownRow& one = made.rows.emplace_back();
    one.key = &row.key;
    one.folds.push_back(fold(row.caption));
    for (const Alias& alias : form.mapping.aliases[r]) one.folds.push_back(fold(alias.text));
    one.number = fold(row.number);
    made.printed.units.push_back(captions_.shown(row.unit));
    made.printed.notes.push_back(captions_.shown(row.note));
    ++counts[one.folds[0]];
    made.by_key.emplace(row.key, static_cast<int>(r));
    made.parts[at(row.sheet)].push_back(static_cast<int>(r));
    made.folds.insert(one.folds.begin(), one.folds.end());
    all.push_back(static_cast<int>(r));
  }
  if (made.parts.size() > 1) made.parts.push_back(std::move(all));
  std::map<std::pair<std::string_view, std::string_view>, int> numbered;  // of captions that recur, by number too
  for (KnownRow& row : made.rows) {
    row.recurs = counts[row.folds[0]] > 1;
    if (row.recurs) ++numbered[{row.folds[0], row.number}];
  }
  for (KnownRow& row : made.rows) {
    row.number_recurs = row.number.empty() || (row.recurs && numbered[{row.folds[0], row.number}] > 1);
  }
  return known_.emplace(&form, std::move(made)).first->second;
}

void Matcher::combine(const Submission& submission, const std::vector<Found>& found, Match& match, Findings& findings) {
  const std::vector<Row>& rows = match.form->form.rows;
  struct Copy {
    std::size_t table = 0;
    int rows = 0;
    int values = 0;
    bool is_copy = false;  // of the first
    std::string differences;
    int more = 0;  // differences that are not listed
    Place first;   // of them
  };
  const std::size_t sheets = match.form->form.sheets.size();
  std::vector<std::vector<int>> rows_of(found.size(), std::vector<int>(sheets));  // per table and sheet of the form
  for (std::size_t t = 0; t < found.size(); ++t) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (found[t][r] < 0) continue;
      ++rows_of[t][at(rows[r].sheet)];
      match.submitted[r] = found[t][r];  // which is all, where a sheet came back once
    }
  }
  for (std::size_t sheet = 0; sheet < sheets; ++sheet) {
    std::vector<Copy> copies;
    for (std::size_t t = 0; t < found.size(); ++t) {
      if (rows_of[t][sheet] == 0) continue;
      Copy copy;
      copy.table = t;
      copy.rows = rows_of[t][sheet];
      copies.push_back(std::move(copy));
    }
    if (copies.size() <= 1) continue;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (at(rows[r].sheet) == sheet) match.submitted[r] = -1;
    }
    for (Copy& copy : copies) {
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const int s = at(rows[r].sheet) == sheet ? found[copy.table][r] : -1;
        if (s >= 0 && bears_value(submission.rows[at(s)])) ++copy.values;
      }
    }
    // The sheet that still has its name, then the first, goes before its copies, unless it is hardly filled in: then it
    // is the blank that was copied.
    int most = 0;
    for (const Copy& copy : copies) most = std::max(most, copy.values);
    const auto rank = [&](const Copy& copy) {
      const bool named = submission.tables[copy.table].sheet == match.form->form.sheets[sheet].name;
      return (2 * copy.values >= most ? 0 : 2) + (named ? 0 : 1);
    };
    std::stable_sort(copies.begin(), copies.end(), [&](const Copy& a, const Copy& b) { return rank(a) < rank(b); });
    // A sheet cut in two lends its rows; a copy does not, because what was deleted from the other may be old in it.
    for (std::size_t i = 1; i < copies.size(); ++i) {
      int common = 0;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const bool here = at(rows[r].sheet) == sheet && found[copies[i].table][r] >= 0;
        if (here && found[copies.front().table][r] >= 0) ++common;
      }
      copies[i].is_copy = 5 * common > copies[i].rows;
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (at(rows[r].sheet) != sheet) continue;
      for (Copy& copy : copies) {
        const int s = found[copy.table][r];
        if (s < 0) continue;
        if (match.submitted[r] < 0 && !copy.is_copy) {
          match.submitted[r] = s;
          continue;
        }
        const SubmittedRow& other = submission.rows[at(s)];
        const bool there = match.submitted[r] >= 0;
        const std::string a = there ? raw_text(submission.rows[at(match.submitted[r])].value) : "";
        const std::string b = raw_text(other.value);
        if (a == b || b.empty()) continue;
        constexpr int kListed = 3;
        if (copy.first.file.empty()) copy.first = place_of(submission, other);
        if (copy.more > 0 || std::count(copy.differences.begin(), copy.differences.end(), ';') == kListed - 1) {
          ++copy.more;
          continue;
        }
        copy.differences += (copy.differences.empty() ? "" : "; ") +
                            (there ? to_string(submission.rows[at(match.submitted[r])].value.at) + " " : "") +
                            (a.empty() ? "—" : a) + " ≠ " + to_string(other.value.at) + " " + b;
      }
    }
    for (const Copy& copy : copies) {
      if (copy.differences.empty()) continue;
      const std::string cells = copy.differences + (copy.more > 0 ? "; … +" + std::to_string(copy.more) : "");
      findings.push_back({"sheet-repeated",
                          copy.first,
                          {{"used", submission.tables[copies.front().table].sheet},
                           {"other", submission.tables[copy.table].sheet},
                           {"cells", cells}},
                          "",
                          "",
                          "",
                          ""});
    }
  }
}

Match Matcher::match(Submission& submission, Findings& findings) {
  mend(submission);
  Match match;
  if (submission.issued) {
    match.form = definitions_.find(submission.identity.form);
    if (match.form == nullptr) {
      throw Error("template-not-known", whole_file(submission), {{"template", submission.identity.form}});
    }
  }
  if (submission.tables.empty()) {
    Place place = whole_file(submission);
    if (!submission.headless.empty()) place.sheet = submission.headless.front();
    throw Error(submission.headless.empty() ? "table-missing" : "header-unknown", place);
  }
  if (match.form != nullptr && match.form->form.version != submission.identity.version) {
    findings.push_back({"template-version",
                        whole_file(submission),
                        {{"template", submission.identity.form},
                         {"found", std::to_string(submission.identity.version)},
                         {"known", std::to_string(match.form->form.version)}},
                        "",
                        "",
                        "",
                        ""});
  }
  std::vector<SeenRow> seen;  // folding and pairing every row is only worth it when keys are missing
  if (match.form == nullptr) {
    seen = see(submission);
    match.form = &recognise(submission, seen, findings);
  }
  std::size_t before = findings.size();
  Found keyed;
  std::vector<Found> found;
  const auto match_again = [&] {
    findings.resize(before);
    keyed = by_keys(known(*match.form), submission);
    found.assign(submission.tables.size(), Found(match.form->form.rows.size(), -1));
    match_keys(*match.form, submission, keyed, found, findings);
  };
  match_again();
  if (submission.issued && seen.empty() && may_be_another(*match.form, submission, found)) {
    seen = see(submission);
    const std::vector<Candidate> ranked = candidates(submission, seen);
    const Candidate& best = ranked.front();
    const auto issued = std::find_if(ranked.begin(), ranked.end(),
                                     [&](const Candidate& candidate) { return candidate.form == match.form; });
    if (best.share >= kForm && best.score > issued->score + kOther) {
      findings.resize(before);
      findings.push_back({"template-differs",
                          whole_file(submission),
                          {{"issued", match.form->form.id},
                           {"template", best.form->form.id},
                           {"share", percent_text(best.share)},
                           {"score", percent_text(best.score)}},
                          "",
                          "",
                          "",
                          ""});
      before = findings.size();
      match.form = best.form;
      match_again();
    }
  }
  const Form& form = *match.form;
  Findings moved;
  if (drop_moved_keys(submission, keyed, found, moved)) {
    match_again();
    findings.insert(findings.end(), moved.begin(), moved.end());
  }
  // Captions matter in tables without keys, and elsewhere when rows of the form are still to be found.
  std::vector<bool> by_key(form.form.rows.size(), false);
  std::vector<bool> has_keys(found.size(), false);
  for (std::size_t t = 0; t < found.size(); ++t) {
    for (std::size_t r = 0; r < found[t].size(); ++r) {
      if (found[t][r] < 0) continue;
      by_key[r] = true;
      has_keys[t] = true;
    }
  }
  const bool open = std::find(by_key.begin(), by_key.end(), false) != by_key.end();
  bool keyless = false;
  for (std::size_t s = 0; s < keyed.size() && !keyless; ++s) {
    const SubmittedRow& row = submission.rows[s];
    keyless = keyed[s] < 0 && (open || !has_keys[at(row.table)]) && !row.caption.empty();
  }
  if (keyless) {
    if (seen.empty()) seen = see(submission);
    match_captions(form, submission, keyed, seen, found, match);
  }
  match.submitted.assign(form.form.rows.size(), -1);
  combine(submission, found, match, findings);
  if (keyless) tell_guesses(form, submission, seen, match.submitted, findings);
  set_aside(submission, keyed, found, match);
  return match;
}

void Matcher::set_aside(const Submission& submission, const Found& keyed, const std::vector<Found>& found,
                        Match& match) {
  std::vector<bool> known_row(submission.rows.size());
  for (std::size_t s = 0; s < keyed.size(); ++s) known_row[s] = keyed[s] >= 0;
  for (const Found& one : found) {
    for (const int s : one) {
      if (s >= 0) known_row[at(s)] = true;
    }
  }
  // A table of which nothing is used is told as a whole.
  std::vector<bool> foreign(submission.tables.size(), false);
  for (const int t : match.foreign) foreign[at(t)] = true;
  std::vector<bool> contributing(submission.tables.size(), false);
  for (const int s : match.submitted) {
    if (s >= 0) contributing[at(submission.rows[at(s)].table)] = true;
  }
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    const SubmittedRow& row = submission.rows[s];
    if (known_row[s] || contributing[at(row.table)] || foreign[at(row.table)] || !bears_value(row)) continue;
    foreign[at(row.table)] = true;
    match.foreign.push_back(row.table);
  }
  for (std::size_t s = 0; s < submission.rows.size(); ++s) {
    if (!known_row[s] && !foreign[at(submission.rows[s].table)]) match.left.push_back(static_cast<int>(s));
  }
}

}  // namespace tonghop
