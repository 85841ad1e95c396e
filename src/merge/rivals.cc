// Rival returns of one agency.
#include "merge/rivals.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "round/date.h"

namespace tonghop {
namespace {

// What was typed for an indicator, readable or not; nullptr when nothing was.
const Observation* typed(const Return& one, int indicator) {
  const auto found = std::find_if(one.observations.begin(), one.observations.end(), [&](const Observation& o) {
    return o.indicator == indicator && (!o.raw.empty() || !o.note.empty());
  });
  return found == one.observations.end() ? nullptr : &*found;
}

// The cells in which two returns of one agency differ, the first few of them.
std::string differences(const Return& used, const Return& other, const Catalogue& catalogue) {
  std::vector<std::string> cells;
  int more = 0;
  for (int i = 0; i < catalogue.size(); ++i) {
    const Observation* a = typed(used, i);
    const Observation* b = typed(other, i);
    const bool same = a == nullptr || b == nullptr ? a == b : a->raw == b->raw && a->note == b->note;
    if (same) continue;
    if (cells.size() == 3) {
      ++more;
      continue;
    }
    const bool by_note = a != nullptr && b != nullptr && a->raw == b->raw;
    const auto shown = [&](const Observation* o) {
      if (o == nullptr) return std::string("—");
      const std::string& text = by_note || o->raw.empty() ? o->note : o->raw;
      return o->place.cell + " " + (text.empty() ? "—" : text);
    };
    cells.push_back(shown(a) + " ≠ " + shown(b));
  }
  std::string cell_list;
  for (const std::string& cell : cells) cell_list += (cell_list.empty() ? "" : "; ") + cell;
  return cell_list + (more > 0 ? "; … +" + std::to_string(more) : "");
}

bool by_date(const Round* round) { return round == nullptr || round->rule == Round::Rule::latest; }

bool of_round(const Return& one, const Round& round) { return fold(one.period) == fold(round.period); }

// The dates by which one of two is known to be the later, the same of both: inside the files, else of their mails;
// nothing when neither tells them apart.
std::optional<std::pair<std::string, std::string>> dates_apart(const Return& a, const Return& b) {
  for (std::string Return::*const date : {&Return::modified, &Return::sent}) {
    if (!(a.*date).empty() && !(b.*date).empty() && a.*date != b.*date) return std::pair(a.*date, b.*date);
  }
  return std::nullopt;
}

// A date as a reader of the round's place says it.
std::string shown(const std::string& utc, const Round* round) {
  return shown_date(local_time(utc, round == nullptr ? 0 : round->minutes_east)) + (round == nullptr ? " UTC" : "");
}

}  // namespace

// What makes two returns of one agency say the same.
bool same_content(const Return& a, const Return& b) {
  if (a.form != b.form || a.observations.size() != b.observations.size()) return false;
  return std::equal(a.observations.begin(), a.observations.end(), b.observations.begin(),
                    [](const Observation& x, const Observation& y) {
                      return x.indicator == y.indicator && x.status == y.status && x.value == y.value &&
                             x.text == y.text && x.note == y.note && (has_value(x.status) || x.raw == y.raw);
                    });
}

int values_in(const Return& one) {
  return static_cast<int>(std::count_if(one.observations.begin(), one.observations.end(),
                                        [](const Observation& o) { return has_value(o.status); }));
}

bool is_blank(const Return& one) {
  return std::all_of(one.observations.begin(), one.observations.end(),
                     [](const Observation& o) { return !has_value(o.status) && o.raw.empty() && o.note.empty(); });
}

std::size_t choose_return(const std::vector<Return>& group, const Round* round) {
  const auto dated = [&](std::string Return::*date) {
    return by_date(round) &&
           std::all_of(group.begin(), group.end(), [&](const Return& one) { return !(one.*date).empty(); });
  };
  const bool saved = dated(&Return::modified);
  const bool sent = dated(&Return::sent);
  const auto rank = [&](const Return& one) {
    return std::tuple(!is_blank(one), round == nullptr || of_round(one, *round), saved ? one.modified : std::string(),
                      sent ? one.sent : std::string(), values_in(one), one.named);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < group.size(); ++i) {
    if (rank(group[i]) >= rank(group[best])) best = i;
  }
  return best;
}

Finding set_aside(const Return& used, const Return& other, const Round* round, const Catalogue& catalogue) {
  Finding finding;
  finding.place.file = other.file;
  finding.agency = used.agency;
  finding.details = {{"used", used.file}, {"other", other.file}};
  if (same_content(used, other)) {
    finding.code = "return-repeated";
    return finding;
  }
  if (is_blank(other)) {
    finding.code = "return-blank";
    return finding;
  }
  if (round != nullptr && of_round(used, *round) && !other.period.empty() && !of_round(other, *round)) {
    finding.code = "return-other-period";
    finding.details.emplace_back("period", other.period);
    return finding;
  }
  finding.details.emplace_back("cells", differences(used, other, catalogue));
  if (!used.inside.empty() && !other.inside.empty() && fold_name(used.inside) != fold_name(other.inside)) {
    finding.code = "return-other-name";
    finding.details.emplace_back("name", used.inside);
    finding.details.emplace_back("other_name", other.inside);
    return finding;
  }
  finding.code = "return-conflict";
  const auto dates = dates_apart(used, other);
  if (!used.named || !other.named || !by_date(round) || !dates || dates->first < dates->second) return finding;
  finding.code = values_in(used) < values_in(other) ? "return-emptier" : "return-superseded";
  finding.details.emplace_back("later", shown(dates->first, round));
  finding.details.emplace_back("earlier", shown(dates->second, round));
  finding.details.emplace_back("few", std::to_string(values_in(used)));
  finding.details.emplace_back("many", std::to_string(values_in(other)));
  return finding;
}

}  // namespace tonghop
