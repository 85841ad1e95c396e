// Files of mails, told by content: a saved mail (.eml, RFC 5322) or a mailbox of many (mbox, RFC 4155), and where each
// mail stands in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tonghop {

enum class MailFormat { none, message, mailbox };

inline constexpr std::size_t kMailHead = std::size_t{64} << 10;  // bytes by which the format is told

// By the beginning of a file, kMailHead bytes or all of it. A text with lines like "name: value" is no mail unless
// these are such as mails have on their way; a web page saved as one file (MHTML) has some of them, too, and is none.
// `named`: the file is called a mail, so that those of MIME, which a sent copy has, are enough.
MailFormat mail_format(std::string_view head, bool named);

// One mail of a file, header and body: bytes from `begin` to before `end`.
struct MailSpan {
  std::int64_t begin = 0, end = 0;
  std::size_t dashed = 0;  // lines that may begin a part of it
};

// Cuts a file, given in pieces of any size, into its mails.
class MailCutter {
 public:
  MailCutter(MailFormat format, std::function<void(const MailSpan&)> use) : format_(format), use_(std::move(use)) {}

  void take(std::string_view piece);
  void finish();

 private:
  void end_line();

  MailFormat format_;
  std::function<void(const MailSpan&)> use_;
  std::string line_;             // the beginning of the current one
  std::int64_t at_ = 0;          // of the next byte
  std::int64_t line_begin_ = 0;  // of the current line
  std::int64_t separator_ = -1;  // where the line before begins, if it may separate mails
  bool behind_blank_ = true;     // whether the line before is empty or there is none
  bool begun_ = false;           // a mail
  MailSpan mail_;
};

}  // namespace tonghop
