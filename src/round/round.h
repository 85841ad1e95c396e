// A reporting round: its period, window and deadline, and the roster of agencies that are expected to answer. It is
// kept in a workbook, because coordinators live in Excel.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/finding.h"
#include "mapping/definitions.h"
#include "xlsx/workbook.h"

namespace tonghop {

// What is written to agencies.
enum class Letter { blank, reminder, correction };
inline constexpr std::size_t kLetters = 3;

// What stands in braces in a letter's text, to be filled in for each agency: "{agency}".
inline constexpr std::array<std::string_view, 11> kPlaceholders = {
    "agency", "code", "period", "from", "to", "deadline", "office", "contact", "reply", "findings", "form"};

struct LetterText {
  std::string subject, body;
};

// One that reports.
struct Agency {
  std::string code;
  std::string name;
  std::vector<std::string> others;   // names under which it is known besides
  std::string level;                 // a level of the wording ("department"); "" when not told
  int parent = -1;                   // index into the roster, -1 when it has none
  bool includes_children = true;     // its figures contain those of the agencies whose parent it is
  std::string form;                  // template id, its own or that of its level; "" when not told
  std::string email;                 // addresses with ";" or "," between, as given; "" when not told
  std::string valid_from, valid_to;  // ISO dates, both inclusive; "" open
  Place place;                       // of its name in the round's workbook

  std::vector<std::string> names() const;  // its name, then the others
};

// The form that an agency fills in: its own, or that of its level, else the only one that there is for its level;
// nullptr when nothing tells.
const Form* form_of(const Agency& agency, const Definitions& definitions);

struct Round {
  enum class Rule { latest, fullest };  // which of two returns of one agency is used

  std::string file;
  std::string province, office, contact, period;
  std::string reply;     // addresses to which returns are sent, as given
  std::string from, to;  // ISO dates of the window, both inclusive; "" open
  std::string deadline;  // "2027-04-05T17:00", local time; "" none
  int minutes_east = 0;  // of local time
  Rule rule = Rule::latest;
  std::map<std::string, std::string> forms;  // level -> template id, for agencies whose own is not told
  std::array<LetterText, kLetters> letters;  // by Letter; "" leaves it to the wording
  std::vector<Agency> agencies;              // in the order of the workbook
  // fold_name() of names, other names and codes -> agency; the name of one that has ended -> that which lists it
  std::unordered_map<std::string, int> names;

  std::string window() const { return from + " " + to + " " + deadline; }  // as blanks carry it
  int find(std::string_view name) const;     // by exact fold of name, other name or code; -1 when there is none
  bool expects(const Agency& agency) const;  // it is valid on a day of the window
};

// Reads the workbook's sheets, columns in any order, known by their captions; rows that are empty but for their format
// are nothing, and the sheet of letters may be missing. Everything that is wrong is an error among the findings, with
// sheet and cell, and then there is no round: round-missing, round-twice, round-unknown, round-date, round-address,
// round-circle.
std::optional<Round> read_round(const xlsx::Workbook& book, const std::string& file, const Definitions& definitions,
                                Findings& findings);

}  // namespace tonghop
