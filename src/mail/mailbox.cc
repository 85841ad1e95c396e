// Mails in a file, by their first lines.
#include "mail/mailbox.h"

#include <algorithm>
#include <array>
#include <set>

namespace tonghop {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLine = 512;  // bytes of a line that are looked at

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

// The name of a header line in lower case, "" of any other line.
std::string header_name(std::string_view line) {
  std::string name;
  for (const char c : line) {
    if (c == ':') return name;
    if (c <= ' ' || c > '~') return "";
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return "";
}

// "From somebody Mon Apr  5 08:15:00 2027"
bool may_separate(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  for (std::size_t i = 1; i + 2 < line.size(); ++i) {
    const auto digit = [&](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
    if (line[i] == ':' && digit(i - 1) && digit(i + 1) && digit(i + 2)) return true;
  }
  return false;
}

std::string_view take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// Empty lines and a byte order mark before the first line, which mail programs do not mind.
std::string_view without_lead(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  return text;
}

// Whether the lines up to the first empty one are a header of a mail. `named`: as in mail_format().
bool is_header(std::string_view text, bool named) {
  constexpr std::array kOfMail = {"from"sv,       "sender"sv,      "reply-to"sv,     "date"sv,
                                  "subject"sv,    "to"sv,          "cc"sv,           "bcc"sv,
                                  "message-id"sv, "return-path"sv, "delivered-to"sv, "received"sv,
                                  "x-received"sv, "x-unsent"sv,    "mime-version"sv, "content-type"sv};
  constexpr std::array kOfTransport = {"to"sv,           "cc"sv,       "bcc"sv,        "message-id"sv, "return-path"sv,
                                       "delivered-to"sv, "received"sv, "x-received"sv, "x-unsent"sv};
  constexpr std::array kOfMime = {"mime-version"sv, "content-type"sv};
  constexpr std::array kOfPages = {"snapshot-content-location"sv, "x-document-type"sv};
  constexpr std::size_t kEnough = 2;  // headers such as mails have
  std::set<std::string> names;
  bool first = true;
  while (!text.empty()) {
    const bool whole = text.find('\n') != std::string_view::npos;
    const std::string_view line = take_line(text);
    if (is_blank(line)) break;
    if (!first && (line.front() == ' ' || line.front() == '\t')) continue;  // goes on with the header before
    const std::string name = header_name(line.substr(0, kLine));
    if (name.empty() && first) return false;
    if (name.empty() && whole && !line.starts_with("From ") && !line.starts_with(">From ")) break;
    names.insert(name);
    first = false;
  }
  const auto known = [&](std::string_view name) { return names.contains(std::string(name)); };
  return std::ranges::count_if(kOfMail, known) >= static_cast<std::ptrdiff_t>(kEnough) &&
         (std::ranges::any_of(kOfTransport, known) || (named && std::ranges::any_of(kOfMime, known))) &&
         std::ranges::none_of(kOfPages, known);
}

}  // namespace

MailFormat mail_format(std::string_view head, bool named) {
  head = without_lead(head.substr(0, kMailHead));
  if (!head.starts_with("From ")) return is_header(head, named) ? MailFormat::message : MailFormat::none;
  const bool separated = may_separate(take_line(head).substr(0, kLine));
  return separated && is_header(head, named) ? MailFormat::mailbox : MailFormat::none;
}

void MailCutter::take(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    const std::string_view text = piece.substr(0, end);
    if (line_.size() < kLine) line_ += text.substr(0, kLine - line_.size());
    if (end == std::string_view::npos) {
      at_ += static_cast<std::int64_t>(piece.size());
      return;
    }
    at_ += static_cast<std::int64_t>(end + 1);
    piece.remove_prefix(end + 1);
    end_line();
  }
}

void MailCutter::end_line() {
  const std::string_view line = line_begin_ == 0 ? without_lead(line_) : std::string_view(line_);
  if (separator_ >= 0 && !header_name(line).empty()) {
    if (begun_) {
      mail_.end = separator_;
      use_(mail_);
    }
    mail_ = {.begin = line_begin_};
    begun_ = true;
  }
  separator_ = format_ == MailFormat::mailbox && behind_blank_ && may_separate(line) ? line_begin_ : -1;
  behind_blank_ = is_blank(line);
  if (!begun_ && format_ == MailFormat::message && !behind_blank_) {
    mail_ = {.begin = line_begin_ + (line.data() - line_.data())};
    begun_ = true;
  }
  mail_.dashed += line.starts_with("--") ? 1 : 0;
  line_begin_ = at_;
  line_.clear();
}

void MailCutter::finish() {
  if (line_begin_ < at_) end_line();
  if (!begun_) return;
  mail_.end = at_;
  use_(mail_);
}

}  // namespace tonghop
