// E-mail as plain values: what a received mail says of itself, and a draft that a person will send.
#pragma once

#include <string>
#include <vector>

namespace tonghop {

// Evidence of who sent something, and when.
struct MailHead {
  std::string sender;       // address, in lower case; "" when there is none
  std::string sender_name;  // as shown beside it, in UTF-8
  std::string sent;         // ISO in UTC, as its own date says: "2027-04-02T08:15:00Z"; "" when it does not
  std::string subject;

  friend bool operator==(const MailHead&, const MailHead&) = default;
};

struct Attachment {
  std::string name;  // file name, in UTF-8
  std::string bytes;
};

struct Draft {
  std::string from;  // address; "" leaves it to the mail program
  std::string from_name;
  std::vector<std::string> to;        // addresses; none leaves it to whoever sends it
  std::string to_name;                // of the one address; with several none has a name
  std::vector<std::string> reply_to;  // addresses
  std::string subject;
  std::string text;  // lines end in "\n"
  std::vector<Attachment> attachments;
};

}  // namespace tonghop
