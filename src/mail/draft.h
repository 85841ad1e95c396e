// Drafts of e-mails (RFC 5322, MIME) that a mail program opens to send.
#pragma once

#include <string>
#include <string_view>

#include "mail/message.h"

namespace tonghop {

// The draft as .eml, lines ending in CR LF, with X-Unsent: 1, by which Outlook opens it to send. It has no date and no
// message id: whoever sends it gives it these. Equal drafts give equal bytes. No text can add a header: control
// characters in names, addresses and the subject are blanks. The first header is a seal over all that follows.
std::string write_draft(const Draft& draft);

// Whether write_draft() gave these bytes, and nobody has changed them since.
bool is_untouched_draft(std::string_view bytes);

}  // namespace tonghop
