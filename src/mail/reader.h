// Received mails: the files that are attached to them, with who sent each and when.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "mail/message.h"

namespace tonghop {

// What one mail may cost.
struct MailLimits {
  std::size_t mail_bytes = 0;        // as it is stored
  std::size_t attachment_bytes = 0;  // decoded
  std::size_t parts = 0;
  int levels = 0;  // of mails inside it: 0 opens none of them
};

// A file attached to a mail, or to one inside it.
struct MailFile {
  // Of the file of mails, then "#2" for the second mail of a mailbox or inside a mail, then its own name: no two of one
  // file are called the same.
  std::string path;
  std::vector<MailHead> mails;  // in which it came, the innermost first
  std::string bytes;            // "" where there is trouble
  // Why there is nothing of it: file-too-large, mail-encrypted, file-nested, mail-bounced, mail-receipt, mail-unsent
  // (the path is that of the mail in question).
  std::optional<Finding> trouble;
};

// A mail that has been gone through.
struct MailSeen {
  std::string path;
  std::vector<MailHead> mails;  // itself or, where a mail inside it has the link, that first
  std::size_t bytes = 0;        // as it is stored
  std::string sha256;
  std::string link;  // host of the first link to one of `hosts` in its text; "" none
  // Why it is not known whole: mail-damaged, file-too-large.
  std::optional<Finding> trouble;
};

struct MailUse {
  std::vector<std::string> hosts;  // of cloud storage: "drive.google.com"
  std::function<void(MailFile&&)> file;
  std::function<void(const MailSeen&)> mail;  // behind its files
};

// The mails of a file whose beginning says that it is one (mailbox.h), one after the other: only the one attachment
// that is being handed over is in memory. Bodies, pictures inside them and signatures are passed over. `path` is what
// the user calls the file.
void read_mails(std::string_view bytes, const std::string& path, const MailLimits& limits, const MailUse& use);

// The same from a file that is open for reading at its beginning; it stays open. Throws Error (file-unreadable).
void read_mails(int descriptor, const std::string& path, const MailLimits& limits, const MailUse& use);

}  // namespace tonghop
