// A saved mail or a mailbox: any bytes, every attachment taken out.
#include <set>
#include <string>

#include "base/text.h"
#include "fuzz.h"
#include "mail/mailbox.h"
#include "mail/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tonghop;
  using fuzz::require;
  const MailLimits limits{.mail_bytes = 1 << 20, .attachment_bytes = 10'000, .parts = 200, .levels = 3};
  const std::string_view bytes = fuzz::view(data, size);
  if (mail_format(bytes.substr(0, kMailHead), true) == MailFormat::none) return 0;
  std::set<std::string> paths;
  std::size_t mails = 0;
  std::size_t stored = 0;
  const auto check_heads = [](const std::vector<MailHead>& heads) {
    require(!heads.empty(), "every file came in a mail");
    for (const MailHead& head : heads) {
      require(head.sent.empty() || (head.sent.size() == 20 && head.sent.back() == 'Z'), "a date is ISO in UTC");
      for (const std::string& text : {head.sender, head.sender_name, head.subject})
        require(clean_utf8(text) == text, "heads are UTF-8");
    }
  };
  const auto file = [&](MailFile&& one) {
    check_heads(one.mails);
    require(one.path.starts_with("f"), "a path begins with that of the file");
    require(clean_utf8(one.path) == one.path, "a path is UTF-8");
    require(one.bytes.size() <= limits.attachment_bytes || one.bytes.size() <= bytes.size(), "no more than allowed");
    require(one.trouble.has_value() || paths.insert(one.path).second, "no two files have one path");
  };
  const auto mail = [&](const MailSeen& one) {
    ++mails;
    stored += one.bytes;
    require(one.trouble.has_value() || !one.mails.empty(), "a mail has a head, or trouble");
    require(one.trouble.has_value() || !one.path.empty(), "a mail has a path");
  };
  read_mails(bytes, "f", limits, {.hosts = {"drive.example"}, .file = file, .mail = mail});
  require(mails > 0, "a file of mails has one");
  require(stored <= bytes.size(), "mails do not overlap");
  return 0;
}
