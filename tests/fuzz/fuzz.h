// What the fuzz targets share: packages whose parts are mutated as text, the whole way from bytes to observations, and
// what must hold of whatever comes out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "both_ways.h"
#include "mapping/definitions.h"
#include "reconcile/return.h"
#include "write_package.h"
#include "xlsx/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace tonghop::fuzz {

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline const Definitions& shipped() {
  static const Definitions definitions = [] {
    std::vector<std::string> problems;
    Definitions loaded = load_definitions(shipped_definitions(), {}, problems);
    require(problems.empty(), "the shipped definitions load");
    return loaded;
  }();
  return definitions;
}

// A package of the parts of a text like "@@ xl/workbook.xml\n<workbook/>\n@@ ...": compressed bytes with their check
// sums would hardly ever survive a mutation, so that what is inside would never be reached. "" where that makes no
// package.
inline std::string packed(std::string_view text, std::vector<std::pair<std::string, std::string>> parts = {}) {
  constexpr std::string_view kMark = "@@ ";
  for (std::size_t at = text.find(kMark); at != std::string_view::npos;) {
    const std::size_t name = at + kMark.size();
    at = text.find(kMark, name);
    const std::string_view part = text.substr(name, at == std::string_view::npos ? at : at - name);
    const std::size_t line = std::min(part.find('\n'), part.size());
    parts.emplace_back(part.substr(0, line), part.substr(std::min(line + 1, part.size())));
  }
  try {
    return xlsx::write_package(parts);
  } catch (const std::runtime_error&) {  // two parts of one name, a name that is no UTF-8
    return "";
  }
}

inline void check_value(const Decimal& value, const Input& input) {
  if (input.kind == Kind::choice) {
    bool option = false;
    for (const Option& one : input.options) option = option || value == Decimal(one.code);
    require(option, "a choice is one of the options");
    return;
  }
  require(value >= Decimal(), "no value is negative");
  if (input.kind == Kind::count) require(value.is_integer(), "a count is whole");
  if (input.kind == Kind::percent) require(value <= Decimal(1), "a percentage is at most 1");
}

inline void check_workbook(const xlsx::Workbook& book) {
  for (const xlsx::Sheet& sheet : book.sheets) {
    xlsx::Address last;
    for (const xlsx::Cell& cell : sheet.cells) {
      require(last < cell.at, "cells ascend, one per address");
      require(cell.at.row >= 1 && cell.at.row <= xlsx::kMaxRow, "rows are in the grid");
      require(cell.at.column >= 1 && cell.at.column <= xlsx::kMaxColumn, "columns are in the grid");
      require(cell.style >= 0 && static_cast<std::size_t>(cell.style) < book.styles.size(), "a style is there");
      last = cell.at;
    }
  }
}

inline void check_return(const Return& answer) {
  for (const Observation& observation : answer.observations) {
    const bool value = observation.value.has_value() || !observation.text.empty();
    require(has_value(observation.status) == value, "a value goes with its status");
    if (!observation.value || observation.row < 0) continue;
    const Input& input = answer.form->inputs[static_cast<std::size_t>(observation.row)];
    // The quotient of two parts, where the form computes it, is what it is.
    if (!input.computed()) check_value(*observation.value, input);
  }
}

// Bytes of a workbook to observations with the shipped definitions. The only exception is Error.
inline void read_all(std::string_view bytes) {
  const Definitions& definitions = shipped();
  static Matcher matcher(definitions);
  Findings findings;
  require(testing::difference(bytes).empty(), "scanned and as trees it is the same");
  try {
    const xlsx::Workbook book = xlsx::read_workbook(bytes, "f.xlsx", findings);
    check_workbook(book);
    check_return(reconcile(lift(book, "f.xlsx", matcher.captions()), definitions, matcher, findings));
  } catch (const Error& error) {
    findings.push_back(error.finding());
  }
  for (const Finding& finding : findings) definitions.wording.sentence(finding, "vi");
}

}  // namespace tonghop::fuzz
