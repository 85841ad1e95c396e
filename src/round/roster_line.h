// The columns of a roster, as they stand in a round's workbook.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace tonghop {

enum class RosterColumn { code, name, others, level, parent, form, email, includes, from, to };
inline constexpr std::size_t kRosterColumns = 10;

// Text ids of their captions, from left to right.
inline constexpr std::array<const char*, kRosterColumns> kRosterCaptions = {
    "roster.code",     "roster.name",  "roster.others",   "roster.level", "roster.parent",
    "roster.template", "roster.email", "roster.includes", "roster.from",  "roster.to"};

// One agency, by column, as it is typed; "" leaves a cell empty.
using RosterLine = std::array<std::string, kRosterColumns>;

inline std::string& at(RosterLine& line, RosterColumn column) { return line[static_cast<std::size_t>(column)]; }
inline const std::string& at(const RosterLine& line, RosterColumn column) {
  return line[static_cast<std::size_t>(column)];
}

}  // namespace tonghop
