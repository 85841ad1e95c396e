// CSV, JSON and aligned text.
#include "report/tables.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_map>

#include "base/csv.h"
#include "base/text.h"

namespace tonghop {
namespace {

// Takes the first character off the text; says how many columns it takes on a terminal.
int take_character(std::string_view& text) {
  utf8proc_int32_t point = 0;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  text.remove_prefix(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 1)));
  return length > 0 ? utf8proc_charwidth(point) : 1;
}

// What one line of the observations says, in the order of the header.
struct Line {
  const Return& answer;
  const Observation& observation;
  const Indicator& indicator;
  const Row& row;
};

template <typename Use>
void each_line(const std::vector<Return>& returns, const Catalogue& catalogue, Use use) {
  for (const Return& answer : returns) {
    for (const Observation& observation : answer.observations) {
      if (observation.row < 0) continue;  // a component taken out of a percentage: not a row of the form
      use(Line{answer, observation, catalogue[observation.indicator],
               answer.form->form.rows[static_cast<std::size_t>(observation.row)]});
    }
  }
}

}  // namespace

int columns_of(std::string_view text) {
  int columns = 0;
  while (!text.empty()) columns += take_character(text);
  return columns;
}

std::string shortened(const std::string& text, int columns) {
  if (columns_of(text) <= columns) return text;
  std::size_t kept = 0;
  int used = 1;  // by the ellipsis
  for (std::string_view rest = text; !rest.empty(); kept = text.size() - rest.size()) {
    used += take_character(rest);
    if (used > columns) break;
  }
  return text.substr(0, kept) + "…";
}

std::string_view to_string(Finding::State state) {
  constexpr std::array<std::string_view, 3> kStates = {"open", "settled", "waived"};
  return kStates[static_cast<std::size_t>(state)];
}

std::string value_text(const Observation& observation) {
  if (!has_value(observation.status)) return "";
  return observation.value ? observation.value->to_string() : observation.text.str();
}

std::string shown_value(const std::string& value, Kind kind, const std::string& decimal_mark) {
  const auto number = kind == Kind::text ? std::nullopt : Decimal::parse(value);
  if (!number) return value;
  std::string shown = kind == Kind::percent ? number->scaled(2).rounded(2).to_string() + "%" : value;
  if (const std::size_t mark = shown.find('.'); mark != std::string::npos) shown.replace(mark, 1, decimal_mark);
  return shown;
}

std::string observations_csv(const std::vector<Return>& returns, const Catalogue& catalogue) {
  std::string out = "file,sheet,cell,agency,template,key,number,label,indicator,kind,raw,value,status,note\n";
  each_line(returns, catalogue, [&](const Line& line) {
    append_csv(out, {line.answer.file, line.observation.place.sheet, line.observation.place.cell, line.answer.agency,
                     line.answer.form->form.id, line.row.key, line.row.number, squeezed(line.row.caption),
                     line.indicator.id, kind_name(line.indicator.kind), line.observation.raw,
                     value_text(line.observation), to_string(line.observation.status), line.observation.note});
  });
  return out;
}

std::string observations_json(const std::vector<Return>& returns, const Catalogue& catalogue) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  each_line(returns, catalogue, [&](const Line& line) {
    list.push_back({{"file", line.answer.file},
                    {"sheet", line.observation.place.sheet},
                    {"cell", line.observation.place.cell},
                    {"agency", line.answer.agency},
                    {"template", line.answer.form->form.id},
                    {"key", line.row.key},
                    {"number", line.row.number},
                    {"label", squeezed(line.row.caption)},
                    {"indicator", line.indicator.id},
                    {"kind", kind_name(line.indicator.kind)},
                    {"raw", line.observation.raw},
                    {"value", value_text(line.observation)},
                    {"status", to_string(line.observation.status)},
                    {"note", line.observation.note}});
  });
  return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string status_text(Status status, const Wording& wording, const std::string& lang) {
  constexpr std::array<const char*, 8> kIds = {"status.exact",     "status.normalized",     "status.extracted",
                                               "status.ambiguous", "status.not-applicable", "status.unreadable",
                                               "status.blank",     "status.settled"};
  return wording.text(kIds.at(static_cast<std::size_t>(status)), lang);
}

std::string observations_table(const std::vector<Return>& returns, const Definitions& definitions,
                               const std::string& lang, int width) {
  std::string out;
  for (const Return& answer : returns) {
    out += answer.file + ": " + answer.agency + (answer.period.empty() ? "" : ", " + answer.period) + " (" +
           answer.form->form.id + ")\n";
    std::vector<std::vector<std::string>> rows;
    each_line({answer}, definitions.catalogue, [&](const Line& line) {
      rows.push_back({line.row.number, squeezed(line.row.caption), line.observation.place.cell,
                      shortened(squeezed(line.observation.raw), 20),
                      shown_value(value_text(line.observation), line.indicator.kind,
                                  definitions.wording.text("decimal.mark", lang)),
                      status_text(line.observation.status, definitions.wording, lang)});
    });
    out += aligned(rows, {false, false, false, true, true, false}, width) + "\n";
  }
  return out;
}

std::string values_csv(const Province& province, const Catalogue& catalogue) {
  std::string out = "indicator,label,unit,kind,value,agencies,numerator,denominator\n";
  const auto text = [](const std::optional<Decimal>& number) { return number ? number->to_string() : std::string(); };
  for (int i = 0; i < catalogue.size(); ++i) {
    const Indicator& what = catalogue[i];
    const Figure& figure = province.figures[static_cast<std::size_t>(i)];
    std::string value = text(figure.value);
    if (figure.basis == Basis::tally) {
      for (std::size_t o = 0; o < figure.tally.size(); ++o) {
        value += (o == 0 ? "" : " ") + std::to_string(what.options[o].code) + ":" + std::to_string(figure.tally[o]);
      }
    }
    if (figure.basis == Basis::list) {
      for (const Member& member : province.members) {
        const Observation* given = member.observations[static_cast<std::size_t>(i)];
        if (given == nullptr || !has_value(given->status)) continue;
        value += (value.empty() ? "" : " | ") + member.name + ": " + given->text;
      }
    }
    append_csv(out, {what.id, what.label, what.unit, kind_name(what.kind), value, std::to_string(figure.agencies),
                     text(figure.numerator), text(figure.denominator)});
  }
  return out;
}

std::string findings_csv(const Findings& findings, const Wording& wording, const std::string& lang) {
  std::string out = "severity,code,file,sheet,cell,agency,indicator,raw,value,message,state\n";
  for (const Finding& finding : findings) {
    append_csv(out, {to_string(wording.severity(finding)), finding.code, finding.place.file, finding.place.sheet,
                     finding.place.cell, finding.agency, finding.indicator, finding.raw, finding.value,
                     wording.sentence(finding, lang), to_string(finding.state)});
  }
  return out;
}

std::string severity_word(const Finding& finding, const Wording& wording, const std::string& lang) {
  constexpr std::array<const char*, 3> kSeverities = {"severity.note", "severity.warning", "severity.error"};
  constexpr std::array<const char*, 3> kStates = {"", "severity.settled", "severity.waived"};
  const bool open = finding.state == Finding::State::open;
  return lower(wording.text(open ? kSeverities.at(static_cast<std::size_t>(wording.severity(finding)))
                                 : kStates.at(static_cast<std::size_t>(finding.state)),
                            lang));
}

std::string findings_lines(const Findings& findings, const Wording& wording, const std::string& lang) {
  std::string out;
  for (const Finding& finding : findings) {
    const std::string place = to_string(finding.place);
    out += severity_word(finding, wording, lang) + ": " + (place.empty() ? "" : place + ": ") +
           squeezed(wording.sentence(finding, lang)) + "\n";
  }
  return out;
}

void sort_findings(Findings& findings, const Wording& wording) {
  struct Key {
    bool done;
    const std::string* agency;  // as names compare
    int severity;               // the worst first
    xlsx::Address at;
    std::size_t finding;
  };
  std::unordered_map<std::string, std::string> folds;
  std::vector<Key> keys;
  keys.reserve(findings.size());
  for (const Finding& finding : findings) {
    const auto [agency, fresh] = folds.try_emplace(finding.agency);
    if (fresh) agency->second = fold(finding.agency);
    keys.push_back({finding.state != Finding::State::open, &agency->second,
                    -static_cast<int>(wording.severity(finding)),
                    xlsx::parse_address(finding.place.cell).value_or(xlsx::Address{}), keys.size()});
  }
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.done != b.done) return b.done;
    if (a.agency != b.agency && *a.agency != *b.agency) return *a.agency < *b.agency;
    const Finding& x = findings[a.finding];
    const Finding& y = findings[b.finding];
    if (a.severity != b.severity) return a.severity < b.severity;
    if (x.place.file != y.place.file) return x.place.file < y.place.file;
    if (x.place.sheet != y.place.sheet) return x.place.sheet < y.place.sheet;
    if (a.at != b.at) return a.at < b.at;
    return std::tie(x.code, x.indicator, x.raw, a.finding) < std::tie(y.code, y.indicator, y.raw, b.finding);
  });
  Findings sorted;
  sorted.reserve(findings.size());
  for (const Key& key : keys) sorted.push_back(std::move(findings[key.finding]));
  findings = std::move(sorted);
}

std::string aligned(const std::vector<std::vector<std::string>>& rows, const std::vector<bool>& right) {
  std::vector<int> widths(right.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], columns_of(row[c]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string pad(static_cast<std::size_t>(widths[c] - columns_of(row[c])), ' ');
      line += right[c] ? pad + row[c] : row[c] + pad;
      if (c + 1 < row.size()) line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string aligned(std::vector<std::vector<std::string>> rows, const std::vector<bool>& right, int width) {
  constexpr int kLeast = 8;
  std::vector<int> widths(right.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], columns_of(row[c]));
  }
  const std::vector<int> whole = widths;
  int excess = 2 * (static_cast<int>(right.size()) - 1) - width;
  for (const int one : widths) excess += one;
  for (; excess > 0; --excess) {
    int* widest = nullptr;
    for (std::size_t c = 0; c < right.size(); ++c) {
      if (!right[c] && widths[c] > kLeast && (widest == nullptr || widths[c] > *widest)) widest = &widths[c];
    }
    if (widest == nullptr) break;
    --*widest;
  }
  for (auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (widths[c] < whole[c]) row[c] = shortened(row[c], widths[c]);
    }
  }
  return aligned(rows, right);
}

std::string wrapped(const std::string& text, int width, int blanks) {
  const std::string indent(static_cast<std::size_t>(blanks), ' ');
  std::string out;
  std::string line;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    if (!line.empty() && blanks + columns_of(line) + 1 + columns_of(word) > width) {
      out += indent + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + std::string(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out + indent + line + "\n";
}

}  // namespace tonghop
