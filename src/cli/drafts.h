// A folder of drafts, one an agency, that a person opens in a mail program to send. Nothing is ever sent from here.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/terminal.h"
#include "mail/message.h"
#include "mapping/definitions.h"
#include "round/letters.h"
#include "round/round.h"

namespace tonghop {

class Drafts {
 public:
  // All borrowed; `folder` is made when the first draft is written.
  Drafts(std::string folder, Letter letter, const Round& round, const Definitions& definitions);

  // The letter to this agency of the roster, as "<name of its workbook>.eml". A draft that somebody has changed stays
  // as it is. Throws Error (write-failed).
  void write(int agency, std::string_view findings, std::vector<Attachment> attachments);

  // The agency's draft of an earlier run, if there is one, stays as it is.
  void keep(int agency) { kept_.insert(name_of(agency)); }

  // Removes the drafts of earlier runs that nothing was written for now: who has answered must not be reminded. One
  // that somebody has changed stays, and is said. Call it last.
  void remove_others();

  // How many were written, left as they were, and removed.
  void say_counts(const Terminal& terminal) const;

  Findings findings;  // mail-no-address, letter-blank, draft-changed, draft-removed, draft-left

 private:
  std::string path_of(const std::string& name) const;
  std::string name_of(int agency) const { return names_[static_cast<std::size_t>(agency)] + ".eml"; }

  const std::string folder_;
  const Letter letter_;
  const Round& round_;
  const Definitions& definitions_;
  const std::vector<std::string> names_;  // of files, by agency, without extension
  std::set<std::string> kept_;            // names of files that belong here now
  std::set<std::string> blank_;           // words said to be blank
  int written_ = 0, same_ = 0, removed_ = 0;
};

}  // namespace tonghop
