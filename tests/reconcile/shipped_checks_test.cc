// The shipped checks on returns of all five forms with made-up figures: consistent ones give no finding, and each error
// that is put in gives exactly its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "definitions.h"
#include "reconcile/checks.h"

namespace tonghop {
namespace {

using testing::shipped;
using Values = std::map<std::string, std::string>;  // indicator -> value; a percentage is a fraction

// Figures in which every check holds: indicator, value.
constexpr const char* kConsistent = R"(
steering.documents 12
steering.plan.completion 0.75
steering.plan.assigned 40
steering.plan.completed 30
steering.inspection.agencies 9
steering.inspection.departments 4
steering.inspection.districts 3
steering.inspection.commune-bodies 2
steering.inspection.commune-persons 5
steering.inspection.resolution 0.75
steering.inspection.issues-found 8
steering.inspection.issues-resolved 6
steering.personnel-audit.agencies 2
steering.personnel-audit.compliance 0.5
steering.government-tasks.assigned 20
steering.government-tasks.on-time 15
steering.government-tasks.late 2
steering.government-tasks.overdue 1
steering.district-tasks.assigned 18
steering.district-tasks.on-time 14
steering.district-tasks.late 2
steering.district-tasks.overdue 1
steering.survey.held 1
steering.survey.questionnaires 120
steering.survey.method 2
steering.dialogue 1
institutions.issued.heading 22
institutions.issued.province 22
institutions.issued.province-council 3
institutions.issued.province-committee 19
institutions.issued.district 5
institutions.issued.district-council 2
institutions.issued.district-committee 3
institutions.issued.commune 4
institutions.issued.commune-council 1
institutions.issued.commune-committee 3
institutions.issued.local 9
institutions.issued.drafted 7
institutions.check.checked 30
institutions.check.district-checked 30
institutions.check.resolution 0.8
institutions.check.to-handle 10
institutions.check.handled 8
institutions.review.reviewed 24
institutions.review.district-reviewed 24
institutions.review.resolution 0.8
institutions.review.to-handle 15
institutions.review.handled 12
institutions.handling.recommended 11
institutions.handling.completed 9
procedures.catalogue.heading 50
procedures.catalogue.simplified 4
procedures.catalogue.new-or-amended 14
procedures.catalogue.new 6
procedures.catalogue.abolished 3
procedures.in-force.total 200
procedures.in-force.province 131
procedures.in-force.district 32
procedures.in-force.commune 37
procedures.local.total 210
procedures.local.province 20
procedures.local.district 60
procedures.local.commune 130
procedures.vertical.total 30
procedures.vertical.centre 20
procedures.vertical.district 10
procedures.vertical.commune 5
procedures.workflow.chair-decisions 3
procedures.workflow.chair-approved 12
procedures.workflow.department-decisions 2
procedures.workflow.department-approved 6
procedures.workflow.coverage 0.9
procedures.workflow.digitised 0.8
procedures.one-stop.linked 18
procedures.one-stop.same-level 11
procedures.one-stop.across-levels 7
procedures.one-stop.any-place 25
procedures.department.on-time-rate 0.999
procedures.department.received 7029
procedures.department.resolved 6716
procedures.department.on-time 6709
procedures.district.on-time-rate 0.975
procedures.district.received 900
procedures.district.resolved 800
procedures.district.on-time 780
procedures.commune.on-time-rate 0.95
procedures.commune.received 500
procedures.commune.resolved 480
procedures.commune.on-time 456
procedures.fields.on-time-rate 0.97
procedures.land.late-rate 0.02
procedures.construction.late-rate 0.03
procedures.investment.late-rate 0.04
procedures.land.on-time-rate 0.98
procedures.construction.on-time-rate 0.97
procedures.vertical.on-time-rate 0.8
procedures.vertical.received 400
procedures.vertical.resolved 390
procedures.vertical.on-time 312
procedures.feedback.resolution 0.8
procedures.feedback.received 5
procedures.feedback.resolved 4
organisation.rearranged.departments 1
organisation.rearranged.districts 0.9
organisation.rearranged.commune-bodies 0.8
organisation.departments 1
organisation.management-boards 2
organisation.interagency.province 3
organisation.interagency.commune 2
organisation.service-units.total 6
organisation.service-units.province 1
organisation.service-units.departments 3
organisation.service-units.districts 2
organisation.service-units.cut-since-2015 0.1
organisation.civil-servants.assigned 29
organisation.civil-servants.present 27
organisation.civil-servants.contracts 2
organisation.civil-servants.commune-contracts 3
organisation.civil-servants.reduced 1
organisation.civil-servants.reduced-since-2015 0.1212
organisation.service-staff.assigned 25
organisation.service-staff.present 22
organisation.service-staff.reduced 1
organisation.service-staff.reduced-since-2015 0.1379
organisation.part-time.assigned 20
organisation.part-time.present 18
organisation.part-time.reduced 2
organisation.part-time.reduced-since-2015 0.2
civil-service.positions.administrative 4
civil-service.positions.service-units 5
civil-service.positions.violations 0
civil-service.positions.persons-approved 24
civil-service.positions.persons-placed 21
civil-service.positions.persons-misplaced 2
civil-service.recruitment.civil-servants 3
civil-service.recruitment.civil-servants-special 1
civil-service.recruitment.from-commune 2
civil-service.recruitment.public-employees 4
civil-service.recruitment.public-employees-special 1
civil-service.appointment.by-examination 1
civil-service.appointment.department-heads 1
civil-service.appointment.department-divisions 2
civil-service.appointment.district-divisions 1
civil-service.discipline.province-leaders 0
civil-service.discipline.department-leaders 0
civil-service.discipline.division-leaders 1
civil-service.discipline.service-staff 1
civil-service.discipline.commune-leaders 0
civil-service.discipline.commune-civil-servants 2
finance.investment.disbursement 0.8
finance.investment.planned 5000.5
finance.investment.disbursed 4000.4
finance.autonomy.units 6
finance.autonomy.commune-units 6
finance.autonomy.full 1
finance.autonomy.recurrent 1
finance.autonomy.partial 3
finance.autonomy.partial-70-100 1
finance.autonomy.partial-30-70 1
finance.autonomy.partial-10-30 1
finance.autonomy.none 1
finance.autonomy.equitised 1
digital.architecture.latest 1
digital.architecture.version-2 1
digital.videoconference 2
digital.reporting.periodic 1
digital.reporting.connection 2
digital.sharing-platform 2
digital.e-office.departments 1
digital.e-office.districts 0.9
digital.e-office.communes 0.8
digital.certificates.issued 15
digital.certificates.province 1
digital.certificates.district 0
digital.certificates.commune 1
digital.certificates.coverage 0.95
digital.documents.province 0.9
digital.documents.departments 0.91
digital.documents.districts 0.92
digital.documents.communes 0.93
digital.documents.local 0.94
digital.documents.sent 652
digital.documents.electronic-only 0.9
digital.documents.electronic-and-paper 0.08
digital.one-stop.departments 1
digital.one-stop.districts 0.9
digital.one-stop.communes 0.8
digital.level-3.rate 0.95
digital.level-3.eligible 40
digital.level-3.provided 38
digital.level-3.used 20
digital.level-3.dossier-rate 0.3
digital.level-4.rate 0.94
digital.level-4.eligible 50
digital.level-4.provided 47
digital.level-4.used 30
digital.level-4.dossier-rate 0.6
digital.portal.listed 120
digital.portal.paid-online 60
digital.national-portal.listed 110
digital.national-portal.rate 0.8
digital.level-3-4.provided 85
digital.national-portal.integrated 68
digital.dossiers.online-rate 0.027
digital.dossiers.received 7029
digital.dossiers.online 190
digital.payment.rate 0.8
digital.payment.required 50
digital.payment.deployed 40
digital.payment.used 10
digital.national-payment.rate 0.7
digital.national-payment.required 50
digital.national-payment.deployed 35
digital.post.procedures 24
digital.post.procedures-in 20
digital.post.procedures-out 18
digital.post.procedures-both 15
digital.post.dossier-rate 0.3229
digital.post.dossiers-in 2270
digital.post.dossiers-out 1904
digital.post.dossiers-both 777
digital.messages 1000
)";

const Values& consistent() {
  static const Values values = [] {
    Values read;
    std::istringstream lines(kConsistent);
    for (std::string id, value; lines >> id >> value;) read[id] = value;
    return read;
  }();
  return values;
}

// A return of the form; what has no value is blank.
Return filled(const Form& form, const Values& values) {
  Return one;
  one.file = "f.xlsx";
  one.form = &form;
  one.agency = "Town";
  for (std::size_t r = 0; r < form.form.rows.size(); ++r) {
    if (form.mapping.indicators[r] < 0) continue;
    Observation observation;
    observation.indicator = form.mapping.indicators[r];
    observation.row = static_cast<int>(r);
    observation.place = {.file = "f.xlsx", .sheet = "S", .cell = "D" + std::to_string(r + 8)};
    const auto value = values.find(shipped().catalogue[observation.indicator].id);
    if (value != values.end()) {
      observation.raw = value->second;
      observation.value = Decimal::parse(value->second);
      observation.status = Status::exact;
      observation.decimals = 2;
    }
    one.observations.push_back(std::move(observation));
  }
  return one;
}

PreviousValues previous(const Values& values) {
  PreviousValues before(static_cast<std::size_t>(shipped().catalogue.size()));
  for (const auto& [id, value] : values) {
    before[static_cast<std::size_t>(shipped().catalogue.find(id))] = Decimal::parse(value);
  }
  return before;
}

struct Outcome {
  Findings findings;
  std::vector<Comparison> comparisons;
};

Outcome checked(const Form& form, const Values& values, const Values& before) {
  Outcome outcome;
  const Checker checker(shipped(), {});
  const PreviousValues earlier = previous(before);
  const Return answer = filled(form, values);
  outcome.comparisons =
      checker.check(answer, answers_of(answer, shipped().catalogue), &earlier, true, outcome.findings);
  return outcome;
}

std::string ids(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += (text.empty() ? "" : " ") + finding.check;
  return text;
}

const std::string& id(int indicator) { return shipped().catalogue[indicator].id; }

Decimal sum(const std::vector<int>& indicators) {
  Decimal total;
  for (const int indicator : indicators) total += Decimal::parse(consistent().at(id(indicator))).value();
  return total;
}

// The consistent figures with one thing changed so that the check no longer holds: in this round or the one before.
void break_check(const Check& check, Values& values, Values& before) {
  const auto set = [](Values& where, int indicator, const Decimal& value) { where[id(indicator)] = value.to_string(); };
  const Decimal first = Decimal::parse(values.at(id(check.left[0]))).value();
  const Decimal one = 1;
  switch (check.type) {
    case CheckType::ratio:
      set(values, check.left[0], first - Decimal(1).scaled(-2));
      break;
    case CheckType::total:
    case CheckType::equal:
      set(values, check.left[0], first + one);
      break;
    case CheckType::at_most:
      set(values, check.left[0], first + sum(check.right) - sum(check.left) + one);
      break;
    case CheckType::requirement:
      for (const Condition& need : check.needs) values.erase(id(need.indicator));
      break;
    case CheckType::range:
      set(values, check.left[0], first + *check.high);
      break;
    case CheckType::not_below_previous:
      set(before, check.left[0], first + one);
      break;
    case CheckType::change:
      set(before, check.left[0], (first + check.least) * check.factor + one);
      break;
  }
}

bool asks(const Form& form, const Check& check) {
  if (form.form.summary || !check.holds_for(form.form.id)) return false;
  if (check.type == CheckType::requirement && form.mapping.row_of(check.when.indicator) < 0) return false;
  for (const int indicator : check.left) {
    if (form.mapping.row_of(indicator) < 0) return false;
  }
  for (const int indicator : check.right) {
    if (form.mapping.row_of(indicator) < 0) return false;
  }
  return true;
}

TEST(ShippedChecks, SayNothingOfConsistentFigures) {
  EXPECT_EQ(consistent().size(), static_cast<std::size_t>(shipped().catalogue.size()));
  for (const Form& form : shipped().forms) {
    if (form.form.summary) continue;
    const Outcome outcome = checked(form, consistent(), consistent());
    EXPECT_EQ(ids(outcome.findings), "") << form.form.id;
    EXPECT_EQ(outcome.comparisons.size(), 0U) << form.form.id;
    EXPECT_EQ(checked(form, {}, consistent()).comparisons.size(), 0U) << form.form.id << ", blank";
  }
}

// Where the error that is put in breaks another check as well, and that one is told.
const std::map<std::string, std::string>& told_instead() {
  static const std::map<std::string, std::string> others = {
      {"questionnaires-need-a-method", "survey-held-needs-method"},
      {"linked-within-in-force", "procedures.one-stop.linked:total"},
      {"linked-levels-within-in-force", "procedures.one-stop.linked:total"},
      {"department-on-time-within-received", "procedures.department.on-time-rate:at-most"},
      {"district-on-time-within-received", "procedures.district.on-time-rate:at-most"},
      {"commune-on-time-within-received", "procedures.commune.on-time-rate:at-most"},
      {"vertical-on-time-within-received", "procedures.vertical.on-time-rate:at-most"},
      {"service-units-are-units-of-autonomy", "organisation.service-units.total:total"},
      {"both-levels-are-level-3-and-4", "digital.national-portal.rate:ratio"},
      {"level-3-within-in-force", "digital.level-3.rate:at-most"},
      {"level-4-within-in-force", "digital.level-4.rate:at-most"},
      {"integrated-within-national-portal", "digital.national-portal.rate:at-most"},
      {"plan-changes-slowly", "plan-does-not-fall"}};
  return others;
}

TEST(ShippedChecks, TellOneFindingOfEachErrorThatIsPutIn) {
  for (const Check& check : shipped().checks.all) {
    int forms = 0;
    for (const Form& form : shipped().forms) {
      if (!asks(form, check)) continue;
      ++forms;
      Values values = consistent();
      Values before = consistent();
      break_check(check, values, before);
      const Outcome outcome = checked(form, values, before);
      const auto other = told_instead().find(check.id);
      const std::string told = ids(outcome.findings);
      EXPECT_TRUE(told == check.id || (other != told_instead().end() && told == other->second))
          << form.form.id << ": " << check.id << " broken, told is " << told;
      const bool listed = std::any_of(outcome.comparisons.begin(), outcome.comparisons.end(),
                                      [&](const Comparison& one) { return one.check == check.id; });
      EXPECT_TRUE(listed) << form.form.id << ": " << check.id;
    }
    EXPECT_GT(forms, 0) << check.id;
  }
}

TEST(ShippedChecks, EachFindItsErrorWhereNothingElseIsFilledIn) {
  for (const Check& check : shipped().checks.all) {
    for (const Form& form : shipped().forms) {
      if (!asks(form, check) || check.type == CheckType::requirement) continue;
      Values values;
      for (const int indicator : check.indicators()) values[id(indicator)] = consistent().at(id(indicator));
      for (const Check& other : shipped().checks.all) {  // what an answer asks for stays
        if (other.type != CheckType::requirement || !values.contains(id(other.when.indicator))) continue;
        for (const Condition& need : other.needs) values[id(need.indicator)] = consistent().at(id(need.indicator));
      }
      Values before = values;
      break_check(check, values, before);
      if (check.id == "plan-changes-slowly") before["steering.plan.assigned"] = "19";  // it must not fall either
      EXPECT_EQ(ids(checked(form, values, before).findings), check.id) << form.form.id;
    }
  }
}

}  // namespace
}  // namespace tonghop
