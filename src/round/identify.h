// Whose a file is: what stands inside it counts, then who sent it, then how it is called.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "forms/wording.h"
#include "reconcile/arrival.h"
#include "round/roster_names.h"
#include "round/round.h"

namespace tonghop {

class Identifier {
 public:
  // The round is borrowed.
  Identifier(const Round& round, const Wording& wording);

  // Gives a return, and the findings about it, the name by which the roster calls its agency, where that is found; a
  // file that gave no return gets Arrival::agency, so that its agency is not said to have sent nothing. Findings:
  // agency-spelled, agency-by-code, agency-by-sender, agency-by-file-name say how it was found where its exact name is
  // not inside; agency-sender-differs where another agency sent it; agency-sources-differ where the file name tells of
  // another. An address that several
  // agencies share tells nothing by itself; an agency above may send, and stand in a file's name.
  void identify(Arrival& arrival) const;

 private:
  struct Sender {
    std::string address;        // "" when no head of a mail tells anything
    std::vector<int> agencies;  // that have it
  };

  Sender sender_of(const Arrival& arrival) const;
  bool confirms(const std::vector<int>& told, int agency) const;
  int inside(const Return& answer, const std::string& path, Findings& findings) const;
  const std::string& name(int agency) const { return round_.agencies[static_cast<std::size_t>(agency)].name; }

  const Round& round_;
  RosterNames names_;
  std::unordered_map<std::string, int> codes_;                   // folded
  std::unordered_map<std::string, std::vector<int>> addresses_;  // in lower case
};

}  // namespace tonghop
