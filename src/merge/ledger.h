// The ledger of returns: where every agency of the roster stands, whose every file is, and counts that tie. What the
// status command, the status sheet and the chart of states say, they have from here.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "forms/wording.h"
#include "merge/province.h"
#include "merge/source_file.h"

namespace tonghop {

// The first of these that holds for an agency.
enum class Standing {
  not_returned,  // nothing came from it
  refused,       // what came cannot be used
  wrong_period,  // its return is of another period than the round's
  open_errors,   // errors about its return are open
  accepted       // no error is open; warnings may be
};
inline constexpr std::size_t kStandings = 5;
std::string_view to_string(Standing standing);  // "not_returned"

struct LedgerEntry {
  int agency = -1;   // on the roster; -1 for one that is not listed
  std::string name;  // as the roster has it
  Standing standing = Standing::not_returned;
  int member = -1;           // of the province; -1 where nothing can be used
  std::string received;      // when what counts came, ISO in UTC: Member::received; "" nothing came, or not known
  std::optional<long> late;  // minutes past the deadline; nothing where in time, or not known
  int errors = 0;            // open findings about what counts
  int warnings = 0;          // the same
  int values = 0;            // in what counts
  std::vector<int> files;    // all that came from it: indices into the sources, in their order
};

struct Ledger {
  const Round* round = nullptr;       // borrowed; null without one
  std::vector<LedgerEntry> expected;  // agencies that the round expects, in the order of the roster
  std::vector<LedgerEntry> others;    // that came besides: by the roster, then by name; without a round all that came
  std::vector<int> nobodys;           // files of which nothing tells the agency: indices into the sources
  std::vector<std::string> ignored;   // files that were passed over, which are no sources

  // Of `expected`; they add up to its size.
  std::array<int, kStandings> standings{};
  int late = 0;     // of `expected`, of those with a member
  int undated = 0;  // the same: when they came is not known, so they may be late; 0 without a deadline
  // Of the sources, by SourceFile::State; they add up to their number, and so do the files of entries and of nobody.
  std::array<int, 3> files{};

  std::set<std::string> set_aside;  // files of which nothing is used, of agencies that have a return that is

  // Whether the finding is open and about what counts of an agency. A file that was set aside says nothing of the one
  // that counts; but that it is not clear which of two does (return-conflict, return-emptier) is open.
  bool concerns(const Finding& finding) const;
  int returned() const { return static_cast<int>(expected.size()) - standings[0] - standings[1]; }
};

// `sources` and `findings` are those of the province's returns.
Ledger ledger_of(const Province& province, const std::vector<SourceFile>& sources, const Findings& findings,
                 const Wording& wording);

// When a file came, as far as it tells: sent, else saved last; ISO in UTC, "" not known.
const std::string& came(const SourceFile& source);

// Minutes from the round's deadline to a moment, ISO in UTC; nothing before it, without a deadline, or without moment.
std::optional<long> minutes_late(const std::string& utc, const Round* round);

}  // namespace tonghop
