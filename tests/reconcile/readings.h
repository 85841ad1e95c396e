// Cells and how they are read, as lines that a table can hold.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "definitions.h"
#include "reconcile/value.h"

namespace tonghop::testing {

using xlsx::Value;

struct Case {
  Value typed;
  std::string expected;
  const char* format = "";  // "%" or "d": percent or date format
};

// "extracted 77 parts 54 23", "ambiguous [7 7000]", "exact 1 (523/525)", "extracted 8 of 21", "blank word".
inline std::string shown(const Reading& reading) {
  std::string text(to_string(reading.status));
  if (reading.value) text += " " + reading.value->to_string();
  if (!reading.text.empty()) text += " \"" + reading.text + "\"";
  if (reading.whole) text += " of " + reading.whole->to_string();
  if (reading.numerator) text += " (" + reading.numerator->to_string() + "/" + reading.denominator->to_string() + ")";
  if (!reading.parts.empty()) text += " parts";
  for (const Decimal& part : reading.parts) text += " " + part.to_string();
  for (const Decimal& candidate : reading.candidates) {
    text += (&candidate == reading.candidates.data() ? " [" : " ") + candidate.to_string();
  }
  if (!reading.candidates.empty()) text += "]";
  if (reading.word) text += " word";
  return text;
}

inline void expect_readings(Kind kind, const std::vector<Case>& table, const std::vector<Option>& options = {},
                            const std::string& unit = "") {
  Input input;
  input.expected = true;
  input.kind = kind;
  input.options = options;
  input.unit = unit;
  for (const auto& [typed, expected, format] : table) {
    SubmittedCell cell;
    cell.value = typed;
    cell.percent_format = std::string_view(format) == "%";
    cell.date_format = std::string_view(format) == "d";
    const Reading reading = interpret(cell, input, shipped().vocabulary);
    EXPECT_EQ(shown(reading), expected) << raw_text(cell);
    EXPECT_EQ(has_value(reading.status), reading.value.has_value() || (kind == Kind::text && !reading.text.empty()));
  }
}

}  // namespace tonghop::testing
