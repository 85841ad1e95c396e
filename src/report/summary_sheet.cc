// Figures -> formulas with cached values. No function is newer than Excel 2007.
#include "report/summary_sheet.h"

#include <algorithm>
#include <set>

#include "forms/blank.h"
#include "forms/metrics.h"
#include "report/agency_sheet.h"
#include "report/cell_text.h"

namespace tonghop {
namespace {

std::string literal(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// Digits to which sums of decimal numbers are rounded, so that a spreadsheet's binary sum shows the exact one.
int sum_digits(const std::optional<Decimal>& value) { return value ? std::max(6, value->digits()) : 6; }

std::string add(std::string text, const std::string& more) {
  if (!more.empty()) text += (text.empty() ? "" : "; ") + more;
  return text;
}

// Fills one summary; holds what all rows need.
class Filler {
 public:
  Filler(xlsx::Workbook& book, const Form& summary, const Layout& layout, const Province& province,
         const Definitions& definitions)
      : book_(book),
        form_(summary.form),
        mapping_(summary.mapping),
        layout_(layout),
        province_(province),
        catalogue_(definitions.catalogue),
        wording_(definitions.wording),
        grid_(agency_grid(province, definitions.wording, summary.form.lang)) {}

  void fill(const Findings& findings) {
    // What could not be read there is missing from no figure.
    const std::set<std::string> dropped(province_.superseded.begin(), province_.superseded.end());
    for (const Finding& finding : findings) {
      const bool concerns = !finding.indicator.empty() && finding.state == Finding::State::open &&
                            wording_.severity(finding) == Severity::error;
      if (concerns && !dropped.contains(finding.place.file)) ++errors_[finding.indicator];
    }
    for (std::size_t r = 0; r < form_.rows.size(); ++r) {
      if (mapping_.indicators[r] >= 0) row(static_cast<int>(r), mapping_.indicators[r]);
    }
  }

 private:
  struct Expression {
    std::string figure;    // formula of the figure, without a designated agency
    std::string agencies;  // formula of the number of agencies behind it
  };

  std::string text(const std::string& id, Details details = {}) const { return wording_.text(id, form_.lang, details); }
  const Figure& figure(int indicator) const { return province_.figures[static_cast<std::size_t>(indicator)]; }
  const std::string& member(int index) const { return province_.members[static_cast<std::size_t>(index)].name; }
  std::string range(int indicator) const { return grid_.range(indicator); }

  // Per cent as text, two decimals at most, with the decimal mark of the form's language.
  std::string percent_points(const Decimal& fraction) const {
    std::string points = fraction.scaled(2).rounded(2).to_string();
    if (const std::size_t mark = points.find('.'); mark != std::string::npos) {
      points.replace(mark, 1, text("number.decimal-mark"));
    }
    return points;
  }

  // As the readers of the form's language write it: "156.833,5".
  std::string grouped(const Decimal& number) const {
    std::string digits = number.to_string();
    const std::string mark = text("number.decimal-mark");
    std::size_t end = digits.find('.');
    if (end != std::string::npos) digits.replace(end, 1, mark);
    end = std::min(end, digits.size());
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    while (end > first + 3) digits.insert(end -= 3, mark == "," ? "." : ",");
    return digits;
  }

  // Lowest to highest of percentages without parts; the common one where they are all the same.
  std::string span(int indicator) const {
    const std::string r = range(indicator);
    // A number put into text takes the decimal mark of the reader's locale; the form's language asks for one mark.
    const std::string mark = text("number.decimal-mark");
    const auto shown = [&](const std::string& function) {
      return "SUBSTITUTE(ROUND(" + function + "(" + r + ")*100,2)," + literal(mark == "," ? "." : ",") + "," +
             literal(mark) + ")";
    };
    return "IF(COUNT(" + r + ")=0,\"\",IF(MIN(" + r + ")=MAX(" + r + "),MIN(" + r + ")," + shown("MIN") + "&\" – \"&" +
           shown("MAX") + "&\" %\"))";
  }

  Expression expression(int indicator) const {
    const Indicator& what = catalogue_[indicator];
    const std::string r = range(indicator);
    const std::string count = "COUNT(" + r + ")";
    switch (what.aggregate) {
      case Aggregate::sum: {
        const std::string sum = "SUM(" + r + ")";
        const std::string exact =
            what.kind == Kind::count ? sum
                                     : "ROUND(" + sum + "," + std::to_string(sum_digits(figure(indicator).value)) + ")";
        return {"IF(" + count + "=0,\"\"," + exact + ")", count};
      }
      case Aggregate::ratio: {
        const std::string n = range(what.numerator);
        const std::string d = range(what.denominator);
        const auto total = [&](const std::string& of, const std::string& beside, int part) {
          const std::string sum = "SUMPRODUCT(--ISNUMBER(" + beside + ")," + of + ")";
          return catalogue_[part].kind == Kind::count ? sum : "ROUND(" + sum + ",6)";
        };
        const std::string both = "SUMPRODUCT(--ISNUMBER(" + n + "),--ISNUMBER(" + d + "))";
        const std::string whole = total(d, n, what.denominator);
        return {"IF(" + both + "=0," + span(indicator) + ",IF(" + whole + "=0," +
                    literal(text("figure.not-computable")) + "," + total(n, d, what.numerator) + "/" + whole + "))",
                "IF(" + both + "=0," + count + "," + both + ")"};
      }
      case Aggregate::weighted: {
        const std::string w = range(what.weight);
        const std::string weights = "SUMPRODUCT(--ISNUMBER(" + r + ")," + w + ")";
        return {
            "IF(" + weights + "=0," + span(indicator) + ",ROUND(SUMPRODUCT(" + r + "," + w + ")/" + weights + ",9))",
            "IF(" + weights + "=0," + count + ",SUMPRODUCT(--ISNUMBER(" + r + "),--ISNUMBER(" + w + ")))"};
      }
      case Aggregate::range:
        return {span(indicator), count};
      case Aggregate::tally: {
        std::string options;
        for (const Option& option : what.options) {
          options += (options.empty() ? literal(option.label + ": ") : "&" + literal("; " + option.label + ": ")) +
                     "&COUNTIF(" + r + "," + std::to_string(option.code) + ")";
        }
        return {"IF(" + count + "=0,\"\"," + options + ")", count};
      }
      case Aggregate::list:
        return {"", "COUNTA(" + r + ")"};
    }
    return {};
  }

  xlsx::Value cached(int indicator) const {
    const Indicator& what = catalogue_[indicator];
    const Figure& of = figure(indicator);
    switch (of.basis) {
      case Basis::none:
        return std::string();
      case Basis::not_computable:
        return text("figure.not-computable");
      case Basis::range:
        return percent_points(*of.low) + " – " + percent_points(*of.high) + " %";
      case Basis::tally: {
        std::string tally;
        for (std::size_t o = 0; o < of.tally.size(); ++o) {
          tally += (o == 0 ? "" : "; ") + what.options[o].label + ": " + std::to_string(of.tally[o]);
        }
        return tally;
      }
      case Basis::list: {
        std::string texts;
        for (const Member& member : province_.members) {
          const Observation* given = member.observations[static_cast<std::size_t>(indicator)];
          if (given == nullptr || !has_value(given->status)) continue;
          texts += (texts.empty() ? "" : "\n") + member.name + ": " + given->text;
        }
        return cell_text(texts);
      }
      default:
        return *of.number;
    }
  }

  // Who owes the figure and is not behind it: blank, unread, or no return at all.
  std::string lacking(const Figure& of) const {
    constexpr std::size_t kNamed = 3;
    std::vector<std::string> names;
    for (const int m : of.missing) names.push_back(member(m));
    for (const int m : of.unread) names.push_back(member(m));
    for (const int a : of.absent) {
      const int agency = province_.absent[static_cast<std::size_t>(a)];
      names.push_back(province_.round->agencies[static_cast<std::size_t>(agency)].name);
    }
    if (names.empty()) return "";
    std::string listed;
    for (std::size_t i = 0; i < std::min(names.size(), kNamed); ++i) listed += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kNamed) listed += ", …";
    return text(
        "remark.lacking",
        {{"count", std::to_string(names.size())}, {"expected", std::to_string(of.expected)}, {"agencies", listed}});
  }

  std::string remark(int indicator) const {
    const Indicator& what = catalogue_[indicator];
    const Figure& of = figure(indicator);
    std::string remark;
    const auto names = [&](const std::vector<int>& members) {
      std::string names;
      for (const int m : members) names += (names.empty() ? "" : ", ") + member(m);
      return names;
    };
    switch (of.basis) {
      case Basis::not_computable:
        remark = text("remark.not-computable");
        break;
      case Basis::ratio:
        remark =
            text("remark.ratio", {{"numerator", grouped(*of.numerator)}, {"denominator", grouped(*of.denominator)}});
        break;
      case Basis::weighted:
        remark = text("remark.weighted", {{"weight", catalogue_[what.weight].label}});
        break;
      case Basis::range:
        remark = text("remark.range");
        break;
      case Basis::same:
        if (of.agencies > 1) remark = text("remark.same");
        break;
      case Basis::authority:
        remark = text("remark.authority", {{"agency", member(of.authority)}});
        if (of.others) remark = add(remark, text("remark.others", {{"others", grouped(*of.others)}}));
        break;
      default:
        break;
    }
    if (!of.left_out.empty()) remark = add(remark, text("remark.left-out", {{"agencies", names(of.left_out)}}));
    remark = add(remark, lacking(of));
    if (!what.authority.empty() && of.authority < 0 && of.agencies > 0) {
      remark = add(remark, text("remark.no-authority", {{"authority", what.authority}}));
    }
    int notes = 0;
    for (const Member& one : province_.members) {
      const Observation* given = one.observations[static_cast<std::size_t>(indicator)];
      if (given != nullptr && !given->note.empty()) ++notes;
    }
    if (notes > 0) {
      remark = add(remark, text("remark.notes", {{"count", std::to_string(notes)}, {"sheet", text("notes.sheet")}}));
    }
    if (const auto found = errors_.find(what.id); found != errors_.end()) {
      remark = add(
          remark, text("remark.errors", {{"count", std::to_string(found->second)}, {"sheet", text("findings.sheet")}}));
    }
    return remark;
  }

  void row(int r, int indicator) {
    const Indicator& what = catalogue_[indicator];
    xlsx::Sheet& sheet = book_.sheets[static_cast<std::size_t>(form_.rows[static_cast<std::size_t>(r)].sheet)];
    Expression expression = this->expression(indicator);
    const Figure& of = figure(indicator);
    if (of.basis == Basis::authority && of.number) {
      const std::string own = grid_.cell(indicator, of.authority);
      expression.figure = "IF(ISNUMBER(" + own + ")," + own + "," + expression.figure + ")";
      expression.agencies = "IF(ISNUMBER(" + own + "),1," + expression.agencies + ")";
    }
    const auto put = [&](Role role, const std::string& formula, xlsx::Value value, const std::string& format) {
      const xlsx::Address at = layout_.at(form_, r, role);
      if (at.column == 0) return;
      xlsx::Cell& cell = sheet.cell(at);
      cell.formula = formula;
      cell.has_formula = !formula.empty();
      cell.value = std::move(value);
      xlsx::Style style = book_.styles[static_cast<std::size_t>(cell.style)];
      style.number_format = format;
      if (errors_.contains(what.id) && role == Role::value) style.fill = "F8CBCB";
      cell.style = book_.style(style);
    };
    xlsx::Value value = cached(indicator);
    const std::string shown = std::holds_alternative<std::string>(value) ? std::get<std::string>(value) : "";
    put(Role::value, expression.figure, std::move(value), number_format(what.kind));
    put(Role::agencies, expression.agencies, static_cast<double>(of.agencies), "0");
    const std::string said = cell_text(remark(indicator));
    put(Role::note, "", said.empty() ? xlsx::Value() : xlsx::Value(said), "@");
    grow(sheet, layout_.rows[static_cast<std::size_t>(r)],
         std::max(wrapped_lines(shown, width(Role::value)), wrapped_lines(said, width(Role::note))));
  }

  double width(Role role) const {
    const int column = form_.column(role);
    return column == 0 ? 255 : form_.columns[static_cast<std::size_t>(column - 1)].width;
  }

  static void grow(xlsx::Sheet& sheet, int row, int lines) {
    const auto found = std::lower_bound(sheet.rows.begin(), sheet.rows.end(), row,
                                        [](const xlsx::RowFormat& format, int wanted) { return format.row < wanted; });
    if (found != sheet.rows.end() && found->row == row) found->height = std::max(found->height, row_height(lines));
  }

  xlsx::Workbook& book_;
  const Template& form_;
  const Mapping& mapping_;
  const Layout& layout_;
  const Province& province_;
  const Catalogue& catalogue_;
  const Wording& wording_;
  AgencyGrid grid_;
  std::map<std::string, int> errors_;  // by indicator id
};

}  // namespace

void fill_summary(xlsx::Workbook& book, const Form& summary, const Layout& layout, const Province& province,
                  const Definitions& definitions, const Findings& findings) {
  Filler(book, summary, layout, province, definitions).fill(findings);
}

}  // namespace tonghop
