// Addends, use by use.
#include "report/explanation_text.h"

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "base/text.h"
#include "report/tables.h"

namespace tonghop {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
  return text;
}

class Teller {
 public:
  Teller(const Explained& explained, const std::string& lang, int width)
      : explained_(explained), lang_(lang), width_(width) {}

  std::string run() {
    out_ = wrapped(what().label + (what().unit.empty() ? "" : " (" + what().unit + ")"), width_, 0);
    out_ += what().id + "\n\n" + wrapped(headline(), width_, 0);
    tell_expected();
    if (figure().others) out_ += text("why.others", {{"value", number(*figure().others)}}) + "\n";
    tell_options();
    for (std::size_t begin = 0; begin < explained_.addends.size();) {
      std::size_t end = begin;
      while (end < explained_.addends.size() && explained_.addends[end].use == explained_.addends[begin].use) ++end;
      tell(begin, end);
      begin = end;
    }
    tell_decisions();
    if (!explained_.findings.empty()) out_ += "\n" + text("why.findings") + "\n";
    for (const Finding& finding : explained_.findings) tell(finding);
    return out_;
  }

 private:
  static constexpr std::array<const char*, 3> kSeverities = {"severity.note", "severity.warning", "severity.error"};

  const Wording& wording() const { return explained_.definitions.wording; }
  const Indicator& indicator(int index) const { return explained_.definitions.catalogue[index]; }
  const Indicator& what() const { return indicator(explained_.indicator); }
  const Figure& figure() const { return explained_.province.figures[static_cast<std::size_t>(explained_.indicator)]; }
  const std::string& name(int member) const {
    return explained_.province.members[static_cast<std::size_t>(member)].name;
  }
  std::string text(const char* id, const Details& details = {}) const { return wording().text(id, lang_, details); }

  // With the decimal mark of the language.
  std::string number(const Decimal& value, Kind kind = Kind::amount) const {
    std::string shown = shown_value(value.to_string(), kind);
    if (const std::size_t point = shown.find('.'); point != std::string::npos)
      shown.replace(point, 1, text("decimal.mark"));
    return shown;
  }

  std::string headline() const {
    constexpr std::array<const char*, 10> kIds = {"why.none",      "why.sum",           "why.ratio", "why.weighted",
                                                  "why.same",      "why.range",         "why.tally", "why.list",
                                                  "why.authority", "why.not-computable"};
    const auto shown = [&](const std::optional<Decimal>& value, Kind kind) {
      return value ? number(*value, kind) : std::string();
    };
    return text(kIds.at(static_cast<std::size_t>(figure().basis)),
                {{"value", shown(figure().value, what().kind)},
                 {"numerator", shown(figure().numerator, Kind::amount)},
                 {"denominator", shown(figure().denominator, Kind::amount)},
                 {"low", shown(figure().low, what().kind)},
                 {"high", shown(figure().high, what().kind)},
                 {"agencies", std::to_string(figure().agencies)},
                 {"name", figure().authority < 0 ? "" : name(figure().authority)}});
  }

  // Of a round: how many owe the figure, and who of them gave nothing.
  void tell_expected() {
    if (explained_.province.round == nullptr || figure().basis == Basis::authority) return;
    std::string line = text("why.expected", {{"count", std::to_string(figure().expected)}});
    const auto add = [&](const char* id, const std::vector<std::string>& names) {
      if (!names.empty()) line += "; " + text(id, {{"count", std::to_string(names.size())}, {"names", joined(names)}});
    };
    add("why.missing", missing_names(explained_));
    add("why.absent", absent_names(explained_));
    out_ += wrapped(line, width_, 0);
  }

  // Who settled values among the addends, and why.
  void tell_decisions() {
    bool first = true;
    for (const Contribution& addend : explained_.addends) {
      if (addend.observation == nullptr || addend.observation->decision < 0) continue;
      const Observation& one = *addend.observation;
      const Decision& decision = explained_.province.decisions[static_cast<std::size_t>(one.decision)];
      const auto shown = [](const std::string& said) { return said.empty() ? "…" : squeezed(said); };
      if (first) out_ += "\n" + text("why.decisions") + "\n";
      first = false;
      out_ += wrapped(text("why.decision", {{"agency", name(addend.member)},
                                            {"value", one.value ? number(*one.value, indicator(addend.indicator).kind)
                                                                : shortened(squeezed(one.text), width_)},
                                            {"typed", shortened(squeezed(one.raw), width_)},
                                            {"by", shown(decision.by)},
                                            {"reason", shown(decision.reason)}}),
                      width_, 2);
    }
  }

  void tell_options() {
    if (figure().basis != Basis::tally) return;
    std::vector<std::vector<std::string>> rows;
    for (std::size_t o = 0; o < what().options.size(); ++o) {
      const Option& option = what().options[o];
      rows.push_back({"  " + std::to_string(figure().tally[o]), std::to_string(option.code) + " = " + option.label});
    }
    out_ += aligned(rows, {true, false}, width_);
  }

  // What a person has decided on it stands in place of the severity.
  void tell(const Finding& finding) {
    const std::string place = to_string(finding.place);
    std::string state = text(kSeverities.at(static_cast<std::size_t>(wording().severity(finding))));
    std::string reason;
    if (finding.state != Finding::State::open) {
      const Decision& decision = explained_.province.decisions[static_cast<std::size_t>(finding.decision)];
      state = finding.state == Finding::State::settled
                  ? text("decisions.settled", {{"value", raw_text(decision.value)}, {"by", decision.by}})
                  : text("decisions.waived", {{"by", decision.by}});
      if (!decision.reason.empty()) reason = " " + text("decisions.reason") + ": " + squeezed(decision.reason);
    }
    out_ += wrapped(
        state + ": " + (place.empty() ? "" : place + ": ") + squeezed(wording().sentence(finding, lang_)) + reason,
        width_, 2);
  }

  // How the value was read, and whose figure it is inside.
  std::string how_read(const Contribution& addend) const {
    std::string said = status_text(addend.observation->status, wording(), lang_);
    if (addend.above >= 0) said += "; " + text("why.inside", {{"name", name(addend.above)}});
    return said;
  }

  // Addends of one use.
  void tell(std::size_t begin, std::size_t end) {
    constexpr std::array<const char*, 11> kIds = {"why.use.value",   "why.use.numerator", "why.use.denominator",
                                                  "why.use.weight",  "why.use.authority", "why.use.other",
                                                  "why.use.covered", "why.use.left-out",  "why.use.unused",
                                                  "why.use.blank",   "why.use.not-asked"};
    const Contribution& first = explained_.addends[begin];
    const Indicator& part = indicator(first.indicator);
    const std::string use =
        text(kIds.at(static_cast<std::size_t>(first.use)), {{"label", part.label}, {"id", part.id}});
    out_ += "\n" + wrapped(use + " (" + std::to_string(end - begin) + ")", width_, 0);
    if (first.use == Use::blank || first.use == Use::not_asked) {
      std::vector<std::string> names;
      for (std::size_t i = begin; i < end; ++i) names.push_back(name(explained_.addends[i].member));
      out_ += wrapped(joined(names), width_, 2);
      return;
    }
    const int typed = width_ < 100 ? 16 : 28;  // columns
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = begin; i < end; ++i) {
      const Contribution& addend = explained_.addends[i];
      const Observation& one = *addend.observation;
      const Kind kind = indicator(addend.indicator).kind;
      rows.push_back({"  " + (one.value ? number(*one.value, kind) : ""), name(addend.member),
                      one.raw.empty() ? "" : "“" + shortened(squeezed(one.raw), typed) + "”", how_read(addend)});
    }
    add_with_places(aligned(rows, {true, false, false, false}, width_), begin, end);
  }

  // Places stand behind the lines where all fit, else below each.
  void add_with_places(const std::string& lines, std::size_t begin, std::size_t end) {
    std::vector<std::vector<std::string>> rows;
    int widest = 0;
    std::string_view rest = lines;
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t length = rest.find('\n');
      rows.push_back({std::string(rest.substr(0, length)), to_string(explained_.addends[i].observation->place)});
      rest.remove_prefix(length + 1);
      widest = std::max(widest, columns_of(rows.back()[1]));
    }
    const std::string together = aligned(rows, {false, false});
    int columns = 0;
    for (const auto& row : rows) columns = std::max(columns, columns_of(row[0]));
    if (columns + 2 + widest <= width_) {
      out_ += together;
      return;
    }
    for (const auto& row : rows) out_ += row[0] + "\n      " + row[1] + "\n";
  }

  const Explained& explained_;
  const std::string& lang_;
  int width_;
  std::string out_;
};

}  // namespace

std::vector<std::string> missing_names(const Explained& explained) {
  const Province& province = explained.province;
  std::vector<std::string> names;
  for (const int m : province.figures[static_cast<std::size_t>(explained.indicator)].missing)
    names.push_back(province.members[static_cast<std::size_t>(m)].name);
  return names;
}

std::vector<std::string> absent_names(const Explained& explained) {
  const Province& province = explained.province;
  std::vector<std::string> names;
  for (const int a : province.figures[static_cast<std::size_t>(explained.indicator)].absent) {
    const int agency = province.absent[static_cast<std::size_t>(a)];
    names.push_back(province.round->agencies[static_cast<std::size_t>(agency)].name);
  }
  return names;
}

std::vector<std::string> addend_fields(const Explained& explained, const Contribution& addend) {
  static const Observation none;
  const Province& province = explained.province;
  const auto name = [&](int member) {
    return member < 0 ? std::string() : province.members[static_cast<std::size_t>(member)].name;
  };
  const Observation& one = addend.observation == nullptr ? none : *addend.observation;
  const Decision* decision = one.decision < 0 ? nullptr : &province.decisions[static_cast<std::size_t>(one.decision)];
  return {std::string(to_string(addend.use)),
          name(addend.member),
          explained.definitions.catalogue[addend.indicator].id,
          one.place.file,
          one.place.sheet,
          one.place.cell,
          one.raw,
          value_text(one),
          addend.observation == nullptr ? "" : std::string(to_string(one.status)),
          one.note,
          name(addend.above),
          decision == nullptr ? "" : decision->by,
          decision == nullptr ? "" : decision->reason};
}

std::string explanation_text(const Explained& explained, const std::string& lang, int width) {
  return Teller(explained, lang, width).run();
}

std::string explanation_csv(const Explained& explained) {
  std::string out;
  append_csv(out, {kAddendFields.begin(), kAddendFields.end()});
  for (const Contribution& addend : explained.addends) {
    const std::vector<std::string> fields = addend_fields(explained, addend);
    append_csv(out, {fields.begin(), fields.end()});
  }
  return out;
}

}  // namespace tonghop
