// Returns -> one per agency.
#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "merge/province.h"

namespace tonghop {
namespace {

// What makes two returns of one agency say the same.
bool same_content(const Return& a, const Return& b) {
  if (a.form != b.form || a.observations.size() != b.observations.size()) return false;
  return std::equal(a.observations.begin(), a.observations.end(), b.observations.begin(),
                    [](const Observation& x, const Observation& y) {
                      return x.indicator == y.indicator && x.status == y.status && x.value == y.value &&
                             x.text == y.text && x.note == y.note && (has_value(x.status) || x.raw == y.raw);
                    });
}

std::ptrdiff_t values_in(const Return& one) {
  return std::count_if(one.observations.begin(), one.observations.end(),
                       [](const Observation& o) { return has_value(o.status); });
}

// Values other than 0.
std::ptrdiff_t telling_values(const Return& one) {
  return std::count_if(one.observations.begin(), one.observations.end(),
                       [](const Observation& o) { return o.value && *o.value != Decimal(); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

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
  return joined(cells) + (more > 0 ? "; … +" + std::to_string(more) : "");
}

// Files every return under its agency; holds what all steps need.
class Gatherer {
 public:
  Gatherer(const Definitions& definitions, Findings& findings) : definitions_(definitions), findings_(findings) {}

  Province run(std::vector<Return> returns) {
    std::sort(returns.begin(), returns.end(), [](const Return& a, const Return& b) { return a.file < b.file; });
    choose(std::move(returns));
    compare_agencies();
    compare_periods();
    index();
    return std::move(province_);
  }

 private:
  const Catalogue& catalogue() const { return definitions_.catalogue; }

  // One return per agency.
  void choose(std::vector<Return> returns) {
    ByAgency by_agency;  // by folded name, so in an order of its own
    std::stable_partition(returns.begin(), returns.end(), [](const Return& one) { return one.named; });
    for (Return& one : returns) {
      const std::string key = fold_name(one.agency);
      by_agency[one.named ? key : twin(by_agency, one).value_or(key)].push_back(std::move(one));
    }
    for (auto& [key, group] : by_agency) {
      // The fuller of two; of equally full ones that with a name, then the file that sorts last, as "(2)" and later
      // dates do.
      const auto rank = [](const Return& one) { return std::pair(values_in(one), one.named); };
      std::size_t best = 0;
      for (std::size_t i = 1; i < group.size(); ++i) {
        if (rank(group[i]) >= rank(group[best])) best = i;
      }
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (i == best) continue;
        const bool same = same_content(group[i], group[best]);
        Finding finding;
        finding.code = same ? "return-repeated" : "return-conflict";
        finding.place.file = group[i].file;
        finding.agency = group[best].agency;
        finding.details = {{"used", group[best].file}, {"other", group[i].file}};
        if (!same) finding.details.emplace_back("cells", differences(group[best], group[i], catalogue()));
        findings_.push_back(std::move(finding));
        province_.superseded.push_back(group[i].file);
      }
      for (const Return& one : group) {
        province_.superseded.insert(province_.superseded.end(), one.superseded.begin(), one.superseded.end());
      }
      judge(group[best]);
      province_.members.push_back({group[best].agency, std::move(group[best]), {}});
    }
  }

  using ByAgency = std::map<std::string, std::vector<Return>>;

  // Under which agency a return without a name is filed already: that of another with the same content.
  static std::optional<std::string> twin(const ByAgency& by_agency, const Return& one) {
    if (telling_values(one) == 0) return std::nullopt;
    for (const auto& [key, group] : by_agency) {
      for (const Return& other : group) {
        if (same_content(one, other)) return key;
      }
    }
    return std::nullopt;
  }

  // Two agencies do not write the same figures by chance, unless they are few or nothing but zeros.
  void compare_agencies() {
    constexpr std::ptrdiff_t kTelling = 10;
    for (std::size_t i = 0; i < province_.members.size(); ++i) {
      const Member& one = province_.members[i];
      if (telling_values(one.answer) < kTelling) continue;
      for (std::size_t j = 0; j < i; ++j) {
        const Member& other = province_.members[j];
        if (!same_content(one.answer, other.answer)) continue;
        Place place;
        place.file = one.answer.file;
        findings_.push_back(
            {"return-copied", place, {{"other", other.name}, {"other_file", other.answer.file}}, one.name, "", "", ""});
      }
    }
  }

  // What is odd about a return as a whole.
  void judge(const Return& one) {
    Place place;
    place.file = one.file;
    if (!one.named) findings_.push_back({"agency-unnamed", place, {{"name", one.agency}}, one.agency, "", "", ""});
    if (one.period.empty()) findings_.push_back({"period-unnamed", place, {}, one.agency, "", "", ""});
    if (values_in(one) == 0) findings_.push_back({"return-empty", place, {}, one.agency, "", "", ""});
  }

  void compare_periods() {
    std::map<std::string, std::pair<std::string, std::vector<std::string>>> periods;  // fold -> wording, agencies
    for (const Member& member : province_.members) {
      if (member.answer.period.empty()) continue;
      auto& [wording, agencies] = periods[fold(member.answer.period)];
      wording = member.answer.period;
      agencies.push_back(member.name);
    }
    if (periods.size() < 2) return;
    std::vector<std::string> parts;
    for (const auto& [key, period] : periods) parts.push_back(period.first + ": " + joined(period.second));
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " | ") + part;
    findings_.push_back({"periods-differ", {}, {{"periods", text}}, "", "", "", ""});
  }

  void index() {
    for (Member& member : province_.members) member.observations = answers_of(member.answer, catalogue());
  }

  const Definitions& definitions_;
  Findings& findings_;
  Province province_;
};

}  // namespace

Province gather(std::vector<Return> returns, const Definitions& definitions, Findings& findings) {
  return Gatherer(definitions, findings).run(std::move(returns));
}

}  // namespace tonghop
