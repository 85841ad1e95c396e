// Tables to the right, charts over them to the left.
#include "report/chart_sheet.h"

#include <algorithm>
#include <map>

#include "forms/printed_form.h"
#include "report/agency_sheet.h"
#include "report/cell_text.h"

namespace tonghop {
namespace {

constexpr int kTableColumn = 15;  // of names, behind the charts; then up to three columns of numbers
constexpr int kFirstRow = 4;      // of tables and charts
constexpr int kBreadth = 6;       // columns under one chart
constexpr int kShort = 17;        // rows under a chart of few columns
constexpr double kColumnWidth = 14;

// What an agency reported of a chart's percentages.
struct Rate {
  std::string numerator, denominator, reported;  // formulas
  bool inside = false;  // parts stand in brackets there, because they are inside another agency's
  std::optional<double> value;
  Decimal numerators, denominators;
};

class ChartSheet {
 public:
  ChartSheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions, const std::string& lang)
      : book_(book),
        province_(province),
        catalogue_(definitions.catalogue),
        wording_(definitions.wording),
        lang_(lang),
        grid_(agency_grid(province, definitions.wording, lang)) {
    sheet_.name = text("charts.sheet");
    xlsx::Style title;
    title.bold = true;
    title.size = 14;
    put({1, 1}, text("charts.title"), title);
    xlsx::Style hint;
    hint.italic = true;
    put({2, 1}, text("charts.hint"), hint);
    put({2, kTableColumn}, text("charts.table"), hint);
  }

  void returns(const std::vector<std::pair<std::string, int>>& states) {
    head({text("charts.returns"), text("charts.files")});
    const int first = row_;
    for (const auto& [state, count] : states) {
      name(state);
      number(1, "", count, "#,##0");
      ++row_;
    }
    xlsx::Chart chart = chart_of(xlsx::Chart::Kind::columns, text("charts.returns"), first, 1);
    chart.number_format = "#,##0";
    chart.minimum = 0;
    place(std::move(chart), 0, kShort);
  }

  // Of the cells that the agencies' forms have, how many are answered.
  void sections() {
    head({text("charts.sections"), text("charts.asked"), text("charts.answered"), text("charts.share")});
    const int first = row_;
    struct Section {
      int asked = 0, answered = 0;
    };
    std::vector<Section> counted(catalogue_.groups.size());
    for (const Member& member : province_.members) {
      for (int i = 0; i < catalogue_.size(); ++i) {
        const Observation* one = member.observations[static_cast<std::size_t>(i)];
        if (one == nullptr || one->row < 0) continue;
        Section& section = counted[static_cast<std::size_t>(catalogue_[i].group)];
        ++section.asked;
        if (has_value(one->status) || one->status == Status::not_applicable) ++section.answered;
      }
    }
    for (std::size_t g = 0; g < counted.size(); ++g) {
      const auto [asked, answered] = counted[g];
      if (asked == 0) continue;
      name(catalogue_.groups[g].label);
      number(1, "", asked, "#,##0");
      number(2, "", answered, "#,##0");
      number(3, cell(2) + "/" + cell(1), static_cast<double>(answered) / asked, kPercent);
      ++row_;
    }
    if (row_ > first) {
      xlsx::Chart chart = chart_of(xlsx::Chart::Kind::bars, text("charts.sections"), first, 3);
      chart.maximum = 1;
      place(std::move(chart), kBreadth + 1, kShort);
    }
    below_ = kFirstRow + kShort + 1;
  }

  void agencies(const AgencyChart& wanted, bool left) {
    head({wanted.title, text("charts.numerator"), text("charts.denominator"), text("charts.rate")});
    const int first = row_;
    double highest = 0;
    for (std::size_t m = 0; m < province_.members.size(); ++m) {
      const Rate rate = rate_of(static_cast<int>(m), wanted.rates);
      if (!rate.value) continue;
      name(province_.members[m].name);
      number(1, rate.inside ? "" : rate.numerator, rate.numerators.to_double(), "#,##0.##");
      number(2, rate.inside ? "" : rate.denominator, rate.denominators.to_double(), "#,##0.##");
      // One percentage without parts is shown as reported; of several no mean is made.
      number(3,
             "IF(" + cell(2) + ">0," + cell(1) + "/" + cell(2) + ",IF(COUNT(" + rate.reported + ")=1,SUM(" +
                 rate.reported + "),NA()))",
             *rate.value, kPercent);
      highest = std::max(highest, *rate.value);
      ++row_;
    }
    if (row_ == first) {
      name(text("charts.none"));
      ++row_;
      return;
    }
    constexpr int kAround = 6;  // rows that title and margins take
    xlsx::Chart chart = chart_of(xlsx::Chart::Kind::bars, wanted.title, first, 3);
    if (highest <= 1) chart.maximum = 1;
    place(std::move(chart), left ? 0 : kBreadth + 1, std::max(row_ - first + kAround, 12));
  }

  void finish() {
    sheet_.columns = {{1, kTableColumn - 1, kColumnWidth, false},
                      {kTableColumn, kTableColumn, 44, false},
                      {kTableColumn + 1, kTableColumn + 3, kColumnWidth, false}};
    xlsx::PrintSetup print;
    print.landscape = true;
    print.area = xlsx::Area{{1, 1}, {last_, kTableColumn - 2}};
    print.footer = "&C&P/&N";
    sheet_.print = print;
    book_.sheets.push_back(std::move(sheet_));
  }

 private:
  static constexpr const char* kPercent = "0.0%";

  std::string text(const std::string& id) const { return wording_.text(id, lang_); }

  xlsx::Cell& put(xlsx::Address at, xlsx::Value value, int style) {
    xlsx::Cell& cell = sheet_.cell(at);
    cell.value = std::move(value);
    cell.style = style;
    return cell;
  }
  void put(xlsx::Address at, xlsx::Value value, const xlsx::Style& style) {
    put(at, std::move(value), book_.style(style));
  }

  // The style of a cell in a table with this number format.
  int bordered(const char* format) {
    const auto [known, fresh] = bordered_.emplace(format, 0);
    if (fresh) {
      xlsx::Style style;
      style.border = true;
      style.number_format = format;
      known->second = book_.style(style);
    }
    return known->second;
  }

  // A new table, a row below the last one.
  void head(const std::vector<std::string>& captions) {
    if (row_ > kFirstRow) ++row_;
    for (std::size_t c = 0; c < captions.size(); ++c) {
      put({row_, kTableColumn + static_cast<int>(c)}, captions[c], header_style());
    }
    ++row_;
  }

  void name(const std::string& label) { put({row_, kTableColumn}, cell_text(label, kNameUnits), bordered("General")); }

  void number(int column, const std::string& formula, double value, const char* format) {
    xlsx::Cell& cell = put({row_, kTableColumn + column}, value, bordered(format));
    cell.formula = formula;
    cell.has_formula = !formula.empty();
  }

  std::string cell(int column) const { return xlsx::to_string(xlsx::Address{row_, kTableColumn + column}); }

  const Observation* given(int member, int indicator) const {
    if (indicator < 0) return nullptr;
    const Observation* one =
        province_.members[static_cast<std::size_t>(member)].observations[static_cast<std::size_t>(indicator)];
    return one != nullptr && has_value(one->status) ? one : nullptr;
  }

  Rate rate_of(int member, const std::vector<int>& rates) const {
    Rate rate;
    std::vector<const Observation*> reported;
    const auto add = [](std::string& sum, const std::string& addend) { sum += (sum.empty() ? "" : "+") + addend; };
    for (const int r : rates) {
      rate.reported += (rate.reported.empty() ? "" : ",") + grid_.cell(r, member);
      if (const Observation* own = given(member, r)) reported.push_back(own);
      const Indicator& what = catalogue_[r];
      if (what.numerator < 0) continue;
      const std::string n = grid_.cell(what.numerator, member);
      const std::string d = grid_.cell(what.denominator, member);
      const std::string both = "IF(AND(ISNUMBER(" + n + "),ISNUMBER(" + d + ")),";
      add(rate.numerator, both + n + ",0)");
      add(rate.denominator, both + d + ",0)");
      const Observation* numerator = given(member, what.numerator);
      const Observation* denominator = given(member, what.denominator);
      if (numerator == nullptr || denominator == nullptr) continue;
      for (const int part : {what.numerator, what.denominator}) {
        const std::vector<int>& covered = province_.figures[static_cast<std::size_t>(part)].covered;
        rate.inside = rate.inside || std::binary_search(covered.begin(), covered.end(), member);
      }
      rate.numerators += *numerator->value;
      rate.denominators += *denominator->value;
    }
    if (rate.denominators > Decimal()) {
      rate.value = rate.numerators.to_double() / rate.denominators.to_double();
    } else if (reported.size() == 1) {
      rate.value = reported.front()->value->to_double();
    }
    return rate;
  }

  xlsx::Chart chart_of(xlsx::Chart::Kind kind, const std::string& title, int first, int column) const {
    const auto range = [&](int of) {
      return xlsx::Range{sheet_.name, {{first, kTableColumn + of}, {row_ - 1, kTableColumn + of}}};
    };
    xlsx::Chart chart;
    chart.kind = kind;
    chart.title = title;
    chart.categories = range(0);
    const xlsx::Address caption{first - 1, kTableColumn + column};
    chart.series = {{.name = {sheet_.name, {caption, caption}}, .values = range(column)}};
    chart.number_format = kPercent;
    chart.minimum = 0;
    chart.labels = true;
    return chart;
  }

  void place(xlsx::Chart chart, int left, int height) {
    chart.place = {{below_, left + 1}, {below_ + height - 1, left + kBreadth}};
    last_ = std::max(last_, below_ + height - 1);
    sheet_.charts.push_back(std::move(chart));
  }

  xlsx::Workbook& book_;
  const Province& province_;
  const Catalogue& catalogue_;
  const Wording& wording_;
  const std::string& lang_;
  AgencyGrid grid_;
  xlsx::Sheet sheet_;
  std::map<std::string, int> bordered_;  // styles by number format
  int row_ = kFirstRow;                  // next of the tables
  int below_ = kFirstRow;                // first row of the charts under way
  int last_ = 0;                         // last row under any chart
};

}  // namespace

void add_chart_sheet(xlsx::Workbook& book, const Province& province,
                     const std::vector<std::pair<std::string, int>>& returns, const Definitions& definitions,
                     const std::string& lang) {
  ChartSheet sheet(book, province, definitions, lang);
  sheet.returns(returns);
  sheet.sections();
  bool left = true;
  for (const AgencyChart& chart : definitions.summary()->mapping.charts) {
    sheet.agencies(chart, left);
    left = !left;
  }
  sheet.finish();
}

}  // namespace tonghop
