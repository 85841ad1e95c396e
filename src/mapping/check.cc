// Checks XML -> Checks. The grammar is told in mappings/README.md.
#include "mapping/check.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/finding.h"
#include "base/text.h"

namespace tonghop {
namespace {

constexpr std::array<std::string_view, kCheckTypes> kTypes = {
    "ratio", "total", "at-most", "equal", "requires", "range", "not-below-previous", "change"};
constexpr std::array<const char*, kCheckTypes> kCodes = {"check-ratio",
                                                         "check-total",
                                                         "check-at-most",
                                                         "check-equal",
                                                         "check-requires",
                                                         "check-range",
                                                         "check-not-below-previous",
                                                         "check-change"};

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> found;
  const std::string line = squeezed(text);
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t blank = std::min(line.find(' ', at), line.size());
    found.push_back(line.substr(at, blank - at));
    at = blank + 1;
  }
  return found;
}

bool is_number(Kind kind) { return kind == Kind::count || kind == Kind::amount || kind == Kind::percent; }

std::vector<int> sorted(std::vector<int> indicators) {
  std::sort(indicators.begin(), indicators.end());
  return indicators;
}

bool same_statement(const Check& a, const Check& b) {
  return a.type == b.type && sorted(a.left) == sorted(b.left) && sorted(a.right) == sorted(b.right);
}

// Reads one file of checks.
class Reader {
 public:
  Reader(const XmlFile& file, const Catalogue& catalogue, const std::vector<Template>& forms, Checks& checks,
         Wording& wording)
      : file_(file), catalogue_(catalogue), checks_(checks), wording_(wording) {
    for (const Indicator& indicator : catalogue.indicators) indicator_ids_.push_back(indicator.id);
    for (const Template& form : forms) form_ids_.push_back(form.id);
  }

  void read(pugi::xml_node node) {
    if (std::string_view(node.name()) == "unchecked") {
      file_.allow(node, {"each", "reason"}, {});
      checks_.unchecked.push_back({indicators(node, "each"), file_.required(node, "reason"), file_.place(node)});
      return;
    }
    Check check;
    check.id = file_.required(node, "id");
    check.place = file_.place(node);
    if (!ids_.insert(check.id).second) file_.fail(node, "check \"" + check.id + "\" is there twice");
    check.type = type(node);
    read_sides(node, check);
    for (const std::string& id : words(file_.optional(node, "templates"))) {
      if (std::find(form_ids_.begin(), form_ids_.end(), id) == form_ids_.end()) {
        file_.fail(node, "template \"" + id + "\" does not exist" + did_you_mean(id, form_ids_));
      }
      check.templates.push_back(id);
    }
    const std::string trial = file_.optional(node, "trial", "no");
    if (trial != "yes" && trial != "no") file_.fail(node, "trial=\"" + trial + "\", expected yes or no");
    check.trial = trial == "yes";
    const Severity severity = read_severity(file_, node, wording_.severity_of_code(check_code(check.type)));
    wording_.add_check(check.id, check.trial ? Severity::note : severity, messages(node));
    std::erase_if(checks_.all, [&](const Check& other) { return other.derived && same_statement(other, check); });
    add(std::move(check));
  }

 private:
  CheckType type(pugi::xml_node node) const {
    const std::string name = file_.required(node, "type");
    const auto found = std::find(kTypes.begin(), kTypes.end(), name);
    if (found == kTypes.end()) {
      const std::vector<std::string> names(kTypes.begin(), kTypes.end());
      std::string expected;
      for (const std::string& one : names) expected += (expected.empty() ? "" : ", ") + one;
      file_.fail(node, "type=\"" + name + "\" is not known" + did_you_mean(name, names) +
                           " (expected one of: " + expected + ")");
    }
    return static_cast<CheckType>(found - kTypes.begin());
  }

  void read_sides(pugi::xml_node node, Check& check) {
    const auto allow = [&](std::initializer_list<std::string_view> own) {
      std::vector<std::string_view> names = {"id", "type", "severity", "trial", "templates"};
      names.insert(names.end(), own.begin(), own.end());
      for (const auto attribute : node.attributes()) {
        if (std::find(names.begin(), names.end(), attribute.name()) != names.end()) continue;
        std::string expected;
        for (const std::string_view name : own) expected += (expected.empty() ? "" : ", ") + std::string(name);
        file_.fail(node, "attribute \"" + std::string(attribute.name()) + "\" has no place in a check of type " +
                             std::string(to_string(check.type)) + "; expected " + expected);
      }
    };
    file_.allow(node,
                {"id", "type", "severity", "trial", "templates", "left", "right", "numerator", "denominator", "when",
                 "needs", "each", "low", "high", "factor", "least"},
                {"message"});
    switch (check.type) {
      case CheckType::ratio:
        allow({"left", "numerator", "denominator"});
        check.left = {one(node, "left")};
        check.right = {one(node, "numerator"), one(node, "denominator")};
        if (catalogue_[check.left[0]].kind != Kind::percent) {
          file_.fail(node, "left \"" + catalogue_[check.left[0]].id + "\" must be a percentage");
        }
        for (const int part : check.right) {
          const Kind kind = catalogue_[part].kind;
          if (kind != Kind::count && kind != Kind::amount) {
            file_.fail(node, "\"" + catalogue_[part].id + "\" must be a count or an amount");
          }
        }
        break;
      case CheckType::total:
      case CheckType::at_most:
      case CheckType::equal:
        allow({"left", "right"});
        check.left = check.type == CheckType::total ? std::vector<int>{one(node, "left")} : indicators(node, "left");
        check.right = indicators(node, "right");
        expect_one_measure(node, check);
        break;
      case CheckType::requirement:
        allow({"when", "needs"});
        read_conditions(node, check);
        break;
      case CheckType::range:
        allow({"left", "low", "high"});
        check.left = indicators(node, "left");
        expect_one_measure(node, check);
        check.low = number(node, "low");
        check.high = number(node, "high");
        if (!check.low && !check.high) file_.fail(node, "a range needs low, high or both");
        if (check.low && check.high && *check.low > *check.high) file_.fail(node, "low is more than high");
        break;
      case CheckType::not_below_previous:
        allow({"each"});
        check.left = indicators(node, "each");
        expect_one_measure(node, check);
        break;
      case CheckType::change:
        allow({"each", "factor", "least"});
        check.left = indicators(node, "each");
        expect_one_measure(node, check);
        file_.required(node, "factor");
        check.factor = number(node, "factor").value_or(Decimal());
        if (check.factor <= Decimal(1)) file_.fail(node, "factor must be more than 1");
        check.least = number(node, "least").value_or(Decimal());
        break;
    }
    const std::vector<int> compared = check.indicators();
    if (compared.size() < check.left.size() + check.right.size()) {
      file_.fail(node, "an indicator is compared with itself");
    }
  }

  // Numbers only, percentages among themselves.
  void expect_one_measure(pugi::xml_node node, const Check& check) const {
    const bool percent = catalogue_[check.left[0]].kind == Kind::percent;
    for (const int indicator : check.indicators()) {
      const Indicator& what = catalogue_[indicator];
      if (!is_number(what.kind)) file_.fail(node, "\"" + what.id + "\" is no number and cannot be compared");
      if ((what.kind == Kind::percent) != percent) {
        file_.fail(node, "\"" + catalogue_[check.left[0]].id + "\" and \"" + what.id +
                             "\" cannot be compared: one of them is a percentage");
      }
    }
  }

  void read_conditions(pugi::xml_node node, Check& check) const {
    const std::vector<Condition> when = conditions(node, "when");
    if (when.size() != 1) file_.fail(node, "when takes one indicator");
    check.when = when[0];
    check.needs = conditions(node, "needs");
    check.left = {check.needs[0].indicator};
    for (const Condition& need : check.needs) {
      if (need.indicator == check.when.indicator) file_.fail(node, "an indicator is compared with itself");
    }
  }

  std::vector<Condition> conditions(pugi::xml_node node, const char* attribute) const {
    std::vector<Condition> found;
    for (const std::string& word : words(file_.required(node, attribute))) {
      const std::size_t sign = std::min(word.find('='), word.size());
      Condition condition;
      condition.indicator = find(node, attribute, word.substr(0, sign));
      if (sign < word.size()) condition.answer = answer(node, catalogue_[condition.indicator], word.substr(sign + 1));
      found.push_back(condition);
    }
    return found;
  }

  int answer(pugi::xml_node node, const Indicator& what, const std::string& code) const {
    if (what.kind != Kind::choice) file_.fail(node, "\"" + what.id + "\" is no choice; expected no =" + code);
    std::string expected;
    for (const Option& option : what.options) {
      if (std::to_string(option.code) == code) return option.code;
      expected += (expected.empty() ? "" : ", ") + std::to_string(option.code);
    }
    file_.fail(node, "\"" + what.id + "\" has no option " + code + " (expected one of: " + expected + ")");
  }

  int find(pugi::xml_node node, const char* attribute, const std::string& id) const {
    const int index = catalogue_.find(id);
    if (index < 0) {
      file_.fail(node, std::string(attribute) + " \"" + id + "\" is no indicator" + did_you_mean(id, indicator_ids_));
    }
    return index;
  }

  std::vector<int> indicators(pugi::xml_node node, const char* attribute) const {
    std::vector<int> found;
    for (const std::string& id : words(file_.required(node, attribute))) found.push_back(find(node, attribute, id));
    return found;
  }

  int one(pugi::xml_node node, const char* attribute) const {
    const std::vector<int> found = indicators(node, attribute);
    if (found.size() != 1) file_.fail(node, std::string(attribute) + " takes one indicator");
    return found[0];
  }

  // "12.5", or "80%" as a fraction.
  std::optional<Decimal> number(pugi::xml_node node, const char* attribute) const {
    std::string text = file_.optional(node, attribute);
    if (text.empty()) return std::nullopt;
    const bool percent = text.back() == '%';
    if (percent) text.pop_back();
    const auto value = Decimal::parse(text);
    if (!value || *value < Decimal()) {
      file_.fail(node, std::string(attribute) + "=\"" + file_.optional(node, attribute) +
                           "\", expected a number such as 12.5 or 80%");
    }
    return percent ? value->scaled(-2) : *value;
  }

  std::map<std::string, std::string> messages(pugi::xml_node node) const {
    std::map<std::string, std::string> says;
    for (const auto message : node.children("message")) {
      file_.allow(message, {"lang"}, {});
      const std::string text = squeezed(nfc(message.text().as_string()));
      if (text.empty()) file_.fail(message, "an empty <message>");
      says[file_.required(message, "lang")] = text;
    }
    return says;
  }

  // What holds for each of several indicators is a check for each.
  void add(Check check) {
    const bool each = needs_previous_round(check.type);
    const std::vector<int> left = each ? check.left : std::vector<int>();
    for (const int indicator : left) {
      check.left = {indicator};
      checks_.all.push_back(check);
    }
    if (!each) checks_.all.push_back(std::move(check));
  }

  const XmlFile& file_;
  const Catalogue& catalogue_;
  Checks& checks_;
  Wording& wording_;
  std::vector<std::string> indicator_ids_, form_ids_;
  std::set<std::string> ids_;
};

}  // namespace

std::string_view to_string(CheckType type) { return kTypes[static_cast<std::size_t>(type)]; }

std::string check_code(CheckType type) { return kCodes[static_cast<std::size_t>(type)]; }

bool needs_previous_round(CheckType type) { return type == CheckType::not_below_previous || type == CheckType::change; }

std::vector<int> Check::indicators() const {
  std::set<int> all(left.begin(), left.end());
  all.insert(right.begin(), right.end());
  if (when.indicator >= 0) all.insert(when.indicator);
  for (const Condition& need : needs) all.insert(need.indicator);
  return {all.begin(), all.end()};
}

bool Check::holds_for(const std::string& template_id) const {
  return templates.empty() || std::find(templates.begin(), templates.end(), template_id) != templates.end();
}

Checks derived_checks(const Catalogue& catalogue) {
  Checks checks;
  const auto add = [&](const Indicator& what, CheckType type, std::vector<int> left, std::vector<int> right) {
    Check check;
    check.id = what.id + ":" + std::string(to_string(type));
    check.type = type;
    check.left = std::move(left);
    check.right = std::move(right);
    check.derived = true;
    check.place = what.place;
    checks.all.push_back(std::move(check));
  };
  for (int i = 0; i < catalogue.size(); ++i) {
    const Indicator& what = catalogue[i];
    if (!what.parts.empty()) add(what, CheckType::total, {i}, what.parts);
    if (what.numerator < 0) continue;
    if (what.numerator != what.denominator) add(what, CheckType::at_most, {what.numerator}, {what.denominator});
    add(what, CheckType::ratio, {i}, {what.numerator, what.denominator});
  }
  return checks;
}

void read_checks(const XmlFile& file, const Catalogue& catalogue, const std::vector<Template>& forms, Checks& checks,
                 Wording& wording, std::vector<std::string>& problems) {
  const auto attempt = [&](auto step) {
    try {
      step();
    } catch (const DefinitionError& error) {
      problems.emplace_back(error.what());
    }
  };
  checks.written = true;
  attempt([&] {
    file.allow(file.root(), {"version", "lang", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"}, {"check", "unchecked"});
    Reader reader(file, catalogue, forms, checks, wording);
    for (const auto node : file.root().children()) {
      if (node.type() == pugi::node_element) attempt([&] { reader.read(node); });
    }
  });
}

}  // namespace tonghop
