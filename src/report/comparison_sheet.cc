// Comparisons -> list sheet. Figures are numbers, so that they can be sorted and computed with.
#include "report/comparison_sheet.h"

#include <array>

#include "report/list_sheet.h"

namespace tonghop {
namespace {

constexpr std::array<const char*, kCheckTypes> kTypes = {"comparison.ratio",
                                                         "comparison.total",
                                                         "comparison.at-most",
                                                         "comparison.equal",
                                                         "comparison.requires",
                                                         "comparison.range",
                                                         "comparison.not-below-previous",
                                                         "comparison.change"};
constexpr std::array<const char*, 3> kSeverities = {"severity.note", "severity.warning", "severity.error"};

// The figure as a cell; a choice in words, "" where there is none.
ListCell figure(const std::optional<Decimal>& value, const Indicator& what) {
  if (!value) return std::string();
  for (const Option& option : what.options) {
    if (*value == Decimal(option.code)) return option.label;
  }
  if (what.kind == Kind::percent) return ListNumber{value->to_double(), 0};
  if (!value->is_integer()) return ListNumber{value->to_double(), 1};
  return value->to_double();
}

class Rows {
 public:
  Rows(const Definitions& definitions, const std::string& lang)
      : catalogue_(definitions.catalogue), wording_(definitions.wording), lang_(lang) {}

  ListRow row(const Comparison& one) const {
    const Indicator& what = catalogue_[one.indicators[0]];
    const auto severity = static_cast<std::size_t>(one.severity);
    std::string labels;
    for (const int indicator : one.indicators) labels += (labels.empty() ? "" : "\n+ ") + catalogue_[indicator].label;
    return {{text(kSeverities[severity]), one.agency, text(kTypes[static_cast<std::size_t>(one.type)]), labels,
             figure(one.reported, what), figure(one.expected, what), figure(one.difference, what), basis(one),
             text(one.told ? "comparison.told" : "comparison.follows"), one.place.file, sheet_and_cell(one.place)},
            severity};
  }

 private:
  std::string text(const std::string& id) const { return wording_.text(id, lang_); }

  // "Trees planted: 10 (D10)", one line each.
  std::string basis(const Comparison& one) const {
    std::string lines;
    for (const Addend& addend : one.compared) {
      const Indicator& what = catalogue_[addend.indicator];
      std::string value =
          what.kind == Kind::percent ? addend.value.scaled(2).to_string() + "%" : addend.value.to_string();
      for (const Option& option : what.options) {
        if (addend.value == Decimal(option.code)) value = option.label;
      }
      if (const std::size_t mark = value.find('.'); what.options.empty() && mark != std::string::npos) {
        value.replace(mark, 1, text("number.decimal-mark"));
      }
      lines += (lines.empty() ? "" : "\n") + what.label + ": " + value;
      lines += addend.place.cell.empty() ? " (" + text("comparison.before") + ")" : " (" + addend.place.cell + ")";
    }
    return lines;
  }

  const Catalogue& catalogue_;
  const Wording& wording_;
  std::string lang_;
};

}  // namespace

void add_comparison_sheet(xlsx::Workbook& book, const Province& province, const Definitions& definitions,
                          const std::string& lang) {
  const ListRows list{province.comparisons.size(), [&province, rows = Rows(definitions, lang)](std::size_t index) {
                        return rows.row(province.comparisons[index]);
                      }};
  const auto text = [&](const std::string& id) { return definitions.wording.text(id, lang); };
  book.sheets.push_back(list_sheet(book, text("comparison.sheet"), text("comparison.title"),
                                   {{text("findings.severity"), 10, true},
                                    {text("findings.agency"), 22, false},
                                    {text("comparison.check"), 24, false},
                                    {text("findings.indicator"), 38, false},
                                    {text("comparison.reported"), 13, true},
                                    {text("comparison.expected"), 13, true},
                                    {text("comparison.difference"), 13, true},
                                    {text("comparison.basis"), 46, false},
                                    {text("comparison.finding"), 15, true},
                                    {text("findings.file"), 24, false},
                                    {text("findings.cell"), 14, false}},
                                   list, text("comparison.none")));
}

}  // namespace tonghop
