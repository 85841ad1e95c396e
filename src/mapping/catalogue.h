// The catalogue of indicators: what is measured, once for all forms.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/xml.h"
#include "forms/input.h"

namespace tonghop {

enum class Accrual { flow, stock, cumulative };  // in the period; at its end; since the year began

// How the figures of many agencies make one.
enum class Aggregate {
  sum,       // count, amount
  ratio,     // percent: sum of numerators / sum of denominators
  weighted,  // percent: mean weighted by another indicator
  range,     // percent: lowest and highest; no mean is invented
  tally,     // choice: how many agencies chose each option
  list       // text
};

struct Indicator {
  std::string id;  // stable words: "steering.plan.assigned"
  std::string label;
  std::string unit;
  Kind kind = Kind::count;
  Accrual accrual = Accrual::flow;
  Aggregate aggregate = Aggregate::sum;
  int numerator = -1;  // index of an indicator, -1 when it has none; so the next three
  int denominator = -1;
  int weight = -1;
  std::vector<int> parts;                    // indicators that add up to this one
  std::string authority;                     // name of the agency whose figure is the province's; "" when none is named
  std::vector<std::string> authority_names;  // that name and others by which it is known
  std::vector<Option> options;
  int group = 0;  // index into Catalogue::groups
  Place place;
};

struct IndicatorGroup {
  std::string id;
  std::string label;
};

struct Catalogue {
  std::vector<IndicatorGroup> groups;
  std::vector<Indicator> indicators;  // in the order of the file

  int find(std::string_view id) const;  // -1 when there is none
  const Indicator& operator[](int index) const { return indicators[static_cast<std::size_t>(index)]; }
  int size() const { return static_cast<int>(indicators.size()); }

  std::unordered_map<std::string, int> by_id;
};

std::string_view kind_name(Kind kind);  // as the catalogue's file writes it

// Throws DefinitionError with file:line:column.
Catalogue read_catalogue(const XmlFile& file);

}  // namespace tonghop
