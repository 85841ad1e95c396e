// Drafts of e-mails (RFC 5322, MIME) that a mail program opens to send.
#pragma once

#include <string>

#include "mail/message.h"

namespace tonghop {

// The draft as .eml, lines ending in CR LF, with X-Unsent: 1, by which Outlook opens it to send. It has no date and no
// message id: whoever sends it gives it these. Equal drafts give equal bytes.
std::string write_draft(const Draft& draft);

}  // namespace tonghop
