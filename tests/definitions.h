// The made-up survey of survey.h with what its rows mean, and the way from a filled-in blank to a return.
#pragma once

#include <string>
#include <vector>

#include "forms/blank.h"
#include "forms/submission.h"
#include "mapping/definitions.h"
#include "survey.h"

namespace tonghop::testing {

inline const std::string kTreesCatalogue = R"XML(<indicators version="1" lang="en">
  <group id="trees" label="Trees">
    <indicator id="trees.survival" kind="percent" unit="%" accrual="stock" aggregate="ratio" numerator="trees.alive" denominator="trees.planted" label="Share of trees still alive"/>
    <indicator id="trees.planted" kind="count" unit="Trees" accrual="cumulative" aggregate="sum" label="Trees planted"/>
    <indicator id="trees.alive" kind="count" unit="Trees" accrual="stock" aggregate="sum" label="Trees still alive"/>
    <indicator id="trees.all" kind="count" unit="Trees" accrual="stock" aggregate="sum" authority="Forest Office" label="Trees in the province"/>
  </group>
  <group id="care" label="Care">
    <indicator id="care.towns.visits" kind="count" unit="Visits" accrual="flow" aggregate="sum" label="Visits in towns"/>
    <indicator id="care.towns.water" kind="amount" unit="m3" accrual="flow" aggregate="sum" label="Water in towns"/>
    <indicator id="care.villages.visits" kind="count" unit="Visits" accrual="flow" aggregate="sum" label="Visits in villages"/>
    <indicator id="care.villages.water" kind="amount" unit="m3" accrual="flow" aggregate="sum" label="Water in villages"/>
  </group>
  <group id="opinion" label="Opinion">
    <indicator id="opinion.plan" kind="choice" accrual="stock" aggregate="tally" label="Is there a plan?"><option code="0">No</option><option code="1">Yes</option></indicator>
    <indicator id="opinion.happy" kind="percent" unit="%" accrual="stock" aggregate="weighted" weight="trees.planted" label="Share of happy people"/>
    <indicator id="opinion.shade" kind="percent" unit="%" accrual="stock" aggregate="range" label="Share of shade"/>
    <indicator id="opinion.else" kind="text" accrual="flow" aggregate="list" label="What else?"/>
  </group>
</indicators>
)XML";

inline const std::string kTreesMapping = R"XML(<mapping template="trees" version="1">
  <row key="1.1" indicator="trees.survival"/>
  <row key="1.1.a" indicator="trees.planted"><alias>- Trees set</alias></row>
  <row key="1.1.b" indicator="trees.alive"/>
  <row key="2.1" indicator="care.towns.visits"/>
  <row key="2.2" indicator="care.towns.water"/>
  <row key="3.1" indicator="care.villages.visits"/>
  <row key="3.2" indicator="care.villages.water"/>
  <row key="4" indicator="opinion.plan"/>
  <row key="5" indicator="opinion.happy"/>
  <row key="6" indicator="opinion.shade"/>
  <row key="7" indicator="opinion.else"/>
  <row key="8" indicator="trees.all"/>
</mapping>
)XML";

// The report into which returns are merged asks for the first sheet's rows; the rest is left over.
inline const std::string kSummaryForm =
    R"XML(<template id="trees-summary" extends="trees" role="summary" title="Trees, merged">
  <sheet name="Summary" from="Trees">
    <remainder key="9" number="9." caption="Asked by other forms"/>
  </sheet>
</template>
)XML";
inline const std::string kSummaryMapping = R"XML(<mapping template="trees-summary" extends="trees" version="1"/>
)XML";

inline Sources trees_sources() {
  return {{"trees.xml", kTreesForm},
          {"summary.xml", kSummaryForm},
          {"indicators.xml", kTreesCatalogue},
          {"mapping.xml", kTreesMapping},
          {"summary-mapping.xml", kSummaryMapping}};
}

// Throws where they have a problem, with all problems told.
inline Definitions load(const Sources& sources) {
  std::vector<std::string> problems;
  Definitions definitions = load_definitions(sources, shipped_definitions(), problems);
  std::string all;
  for (const std::string& problem : problems) all += problem + "\n";
  if (!all.empty()) throw std::runtime_error(all);
  return definitions;
}

inline const Definitions& trees() {
  static const Definitions definitions = load(trees_sources());
  return definitions;
}

inline const Definitions& shipped() {
  static const Definitions definitions = load(shipped_definitions());
  return definitions;
}

inline xlsx::Workbook blank_of(const Form& form, const Definitions& definitions, const std::string& agency = "",
                               const std::string& period = "") {
  return blank_workbook(form.form, form.inputs, {form.form.id, form.form.version, agency, period}, definitions.wording);
}

}  // namespace tonghop::testing
