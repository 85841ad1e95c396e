// Files as they come in: archives and mails opened, workbooks read; the one loop in which an Error becomes a finding
// and the other files go on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/files.h"
#include "mail/message.h"
#include "mapping/definitions.h"
#include "reconcile/arrival.h"
#include "round/round.h"
#include "xlsx/limits.h"

namespace tonghop {

// Is handed the bytes of each file that gave a return, wherever it was found, with its path and SHA-256; in any order,
// one at a time.
using Keep = std::function<void(const std::string& path, const std::string& sha256, const std::string& bytes)>;

struct Taking {
  bool summaries = false;  // every merged report is taken as a return, not only those that read_arrivals() tells
  xlsx::Limits limits = {};
  bool cache = true;             // what was read before is taken from the cache (cli/read_cache.h)
  const Round* round = nullptr;  // borrowed; null without one
  Keep keep = {};                // may be empty
};

// Each file with what came of it, in the order of the inputs, however many threads read them. Of merged reports one
// counts as a return that is named itself, not found in a folder, or whose agency is on the roster. Zips, mails and
// mailboxes are opened wherever they are, also inside one another, down to a bounded depth: each file in them is an
// input of its own, called "returns.zip/name.xlsx", "inbox.mbox/#2/name.xlsx", with the limits in force, and bears the
// mails it came in; what all zips around it unpack to is bounded together. Files in a folder, zip or mail that neither
// are nor claim to be workbooks or mails are passed over with a note; lock files (~$name.xlsx) without one. A mail
// without a workbook is told of. An exported file (reconcile/exported.h) gives what was read from others.
std::vector<Arrival> read_arrivals(const std::vector<InputFile>& inputs, const Definitions& definitions,
                                   const Taking& how);

// The earliest date of a mail that something came in; "" when there is none.
std::string first_sent(const std::vector<MailHead>& mails);

// By its name the file claims to be a spreadsheet.
bool named_as_workbook(const std::string& path);

}  // namespace tonghop
