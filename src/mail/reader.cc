// Mails taken apart through GMime, part by part.
#include "mail/reader.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "base/sha256.h"
#include "base/text.h"
#include "mail/attachment_name.h"
#include "mail/gmime.h"
#include "mail/mailbox.h"
#include "mail/sealed.h"

namespace tonghop {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16;

// How mails are understood that do not keep to the rules.
class Tolerance {
 public:
  Tolerance() : options_(g_mime_parser_options_new(), &g_mime_parser_options_free) {
    static std::array<const char*, 4> charsets = {"utf-8", "windows-1258", "iso-8859-1", nullptr};
    g_mime_parser_options_set_fallback_charsets(options_.get(), charsets.data());
    g_mime_parser_options_set_warning_callback(options_.get(), &Tolerance::notice, this);
  }

  GMimeParserOptions* get() const { return options_.get(); }
  std::string trouble;  // with the mail that is being read, as the id of a text; "" none

 private:
  static void notice(gint64 /*offset*/, GMimeParserWarning warning, const gchar* /*item*/, gpointer self) {
    std::string& trouble = static_cast<Tolerance*>(self)->trouble;
    switch (warning) {
      case GMIME_WARN_TRUNCATED_MESSAGE:
        trouble = "problem.cut-off";
        break;
      case GMIME_WARN_MALFORMED_MULTIPART:
      case GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY:
        trouble = "problem.no-parts";
        break;
      case GMIME_CRIT_NESTING_OVERFLOW:
        trouble = "problem.too-deep";
        break;
      default:
        break;
    }
  }

  std::unique_ptr<GMimeParserOptions, decltype(&g_mime_parser_options_free)> options_;
};

std::string iso_date(GMimeMessage* message) {
  constexpr int kFirstYear = 1990;  // before it, no mail had a workbook; clocks that were never set say 1970
  GDateTime* date = g_mime_message_get_date(message);
  if (date == nullptr) return "";
  GDateTime* utc = g_date_time_to_utc(date);
  if (utc == nullptr) return "";
  const bool possible = g_date_time_get_year(utc) >= kFirstYear;
  const std::string text = taken(g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ"));
  g_date_time_unref(utc);
  return possible ? text : "";
}

std::string shown(const char* text) { return text == nullptr ? "" : squeezed(nfc(text)); }

bool is_address(const std::string& text) { return text.find('@') != std::string::npos; }

// The first address of a list of people, unless there is one already; before there is one, what is none stands for it.
void take_sender(InternetAddressList* list, MailHead& head) {
  for (int i = 0; !is_address(head.sender) && list != nullptr && i < internet_address_list_length(list); ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
    const std::string found = lower(shown(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))));
    if (!head.sender.empty() && !is_address(found)) continue;
    head.sender = found;
    head.sender_name = shown(internet_address_get_name(address));
  }
}

MailHead head_of(GMimeMessage* message, const Tolerance& tolerance) {
  MailHead head;
  take_sender(g_mime_message_get_from(message), head);
  if (!is_address(head.sender)) {  // perhaps name and address were encoded together
    if (const char* from = g_mime_object_get_header(GMIME_OBJECT(message), "From")) {
      const auto list = owned(internet_address_list_parse(
          tolerance.get(), taken(g_mime_utils_header_decode_text(tolerance.get(), from)).c_str()));
      take_sender(list.get(), head);
    }
  }
  take_sender(g_mime_message_get_sender(message), head);
  head.sent = iso_date(message);
  head.subject = shown(g_mime_message_get_subject(message));
  return head;
}

// Whether it still waits to be sent (draft.h).
bool is_unsent(GMimeMessage* message) {
  const char* unsent = g_mime_object_get_header(GMIME_OBJECT(message), "X-Unsent");
  return (unsent != nullptr && trimmed(unsent) == "1") ||
         g_mime_object_get_header(GMIME_OBJECT(message), "X-Draft-SHA256") != nullptr;
}

bool is_type(GMimeObject* object, const char* type, const char* subtype) {
  GMimeContentType* of = g_mime_object_get_content_type(object);
  return of != nullptr && g_mime_content_type_is_type(of, type, subtype) != FALSE;
}

std::string parameter(GMimeObject* object, const char* name) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  const char* value = type == nullptr ? nullptr : g_mime_content_type_get_parameter(type, name);
  return value == nullptr ? "" : lower(value);
}

// The name that the sender gave, "" when there is none. Of two, one for old programs is in ASCII.
std::string given_name(GMimePart* part) {
  GMimeContentDisposition* disposition = g_mime_object_get_content_disposition(GMIME_OBJECT(part));
  GMimeParamList* all = disposition == nullptr ? nullptr : g_mime_content_disposition_get_parameters(disposition);
  for (int i = 0; all != nullptr && i < g_mime_param_list_length(all); ++i) {
    GMimeParam* one = g_mime_param_list_get_parameter_at(all, i);
    if (lower(g_mime_param_get_name(one)) == "filename" && g_mime_param_get_charset(one) != nullptr)
      return base_name(g_mime_param_get_value(one));
  }
  const char* name = g_mime_part_get_filename(part);
  return name == nullptr ? "" : base_name(name);
}

// How many bytes were read, 0 at the end. `path`: of the mail. Throws Error file-unreadable.
std::size_t read_block(GMimeStream* stream, std::array<char, kBlock>& block, const std::string& path) {
  errno = 0;
  const ssize_t got = g_mime_stream_read(stream, block.data(), block.size());
  if (got >= 0) return static_cast<std::size_t>(got);
  if (g_mime_stream_eos(stream) != FALSE) return 0;  // parts of streams end in an error
  throw Error("file-unreadable", {.file = path}, {{"reason", std::strerror(errno == 0 ? EIO : errno)}});
}

// The decoded content; nothing when it is longer than `most`. Throws Error file-unreadable.
std::optional<std::string> content_of(GMimePart* part, std::size_t most, const std::string& path) {
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part);
  if (wrapper == nullptr) return "";
  GMimeStream* stored = g_mime_data_wrapper_get_stream(wrapper);
  if (stored == nullptr) return "";
  g_mime_stream_reset(stored);
  const auto decoded = owned(g_mime_stream_filter_new(stored));
  const auto filter = owned(g_mime_filter_basic_new(g_mime_data_wrapper_get_encoding(wrapper), FALSE));
  g_mime_stream_filter_add(GMIME_STREAM_FILTER(decoded.get()), filter.get());
  std::string content;
  std::array<char, kBlock> block{};
  while (const std::size_t got = read_block(decoded.get(), block, path)) {
    content.append(block.data(), got);
    if (content.size() > most) return std::nullopt;
  }
  return content;
}

// The first of `hosts` that a text in lower case links to, "" none. Mail gateways wrap links: "...?url=https%3A%2F%2F".
std::string link_in(const std::string& text, const std::vector<std::string>& hosts) {
  std::size_t first = std::string::npos;
  std::string found;
  for (const std::string& host : hosts) {
    for (std::size_t at = text.find(host); at < first; at = text.find(host, at + 1)) {
      const char before = at == 0 ? ' ' : text[at - 1];
      const bool inside = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || before == '-';
      const bool wrapped = at >= 3 && text.compare(at - 3, 3, "%2f") == 0;
      if (inside && !wrapped) continue;
      first = at;
      found = host;
    }
  }
  return found;
}

std::string ascii_lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return text;
}

Finding too_large(const std::string& path, const std::string& limit, const std::string& most) {
  return {.code = "file-too-large", .place = {.file = path}, .details = {{"limit", limit}, {"most", most}}};
}

Finding too_many_parts(const std::string& path, const MailLimits& limits) {
  return too_large(path, "parts", std::to_string(limits.parts));
}

std::string mebibytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

// Goes through one mail.
class Walk {
 public:
  // `parts`: how many the mail may have, as it is stored.
  Walk(const Tolerance& tolerance, const MailLimits& limits, std::size_t parts, const MailUse& use)
      : tolerance_(tolerance), limits_(limits), parts_(parts), use_(use) {}

  void message(GMimeMessage* message, const std::string& path, std::vector<MailHead> outer, int level);

  MailSeen seen;

 private:
  struct Inside {
    std::string path;             // of the mail
    std::vector<MailHead> mails;  // the innermost first
    int level = 0;
    TakenNames names = {};  // in it
    int messages = 0;       // in it
    int sealed = 0;         // signatures around what is being read
  };

  void object(GMimeObject* object, Inside& in);
  void multipart(GMimeObject* object, Inside& in);
  void part(GMimePart* part, Inside& in);
  void sealed(GMimePart* part, Inside& in);
  void body(GMimePart* part, Inside& in);
  void uuencoded(const std::string& text, Inside& in);
  void attachment(const std::string& name, std::string bytes, Inside& in);
  void trouble(Finding why, const Inside& in) {
    use_.file({.path = why.place.file, .mails = in.mails, .bytes = "", .trouble = why});
  }

  // Whether so many more are within the limit; else it is said.
  bool take_parts(std::size_t more, const Inside& in) {
    parts_ += more;
    if (parts_ <= limits_.parts) return true;
    seen.trouble = too_many_parts(in.path, limits_);
    return false;
  }

  const Tolerance& tolerance_;
  const MailLimits& limits_;
  int depth_ = 0;      // of multiparts in one another
  std::size_t parts_;  // that the mail may have, as far as it is known
  const MailUse& use_;
};

void Walk::message(GMimeMessage* message, const std::string& path, std::vector<MailHead> outer, int level) {
  Inside in{.path = path, .mails = std::move(outer), .level = level};
  in.mails.insert(in.mails.begin(), head_of(message, tolerance_));
  if (seen.mails.empty()) seen.mails = in.mails;
  if (is_unsent(message)) {
    trouble({.code = "mail-unsent", .place = {.file = in.path}}, in);
    return;
  }
  if (GMimeObject* content = g_mime_message_get_mime_part(message)) object(content, in);
}

void Walk::object(GMimeObject* object, Inside& in) {
  if (GMIME_IS_MESSAGE_PARTIAL(object)) {
    seen.trouble = {.code = "mail-damaged", .place = {.file = in.path}, .details = {{"problem", "problem.pieces"}}};
  } else if (GMIME_IS_MESSAGE_PART(object)) {
    GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
    const std::string path = in.path + "/#" + std::to_string(++in.messages);
    if (message == nullptr) return;
    if (in.level < limits_.levels) {
      this->message(message, path, in.mails, in.level + 1);
    } else {
      trouble({.code = "file-nested", .place = {.file = path}}, in);
    }
  } else if (GMIME_IS_MULTIPART(object)) {
    multipart(object, in);
  } else if (GMIME_IS_PART(object)) {
    part(GMIME_PART(object), in);
  }
}

void Walk::multipart(GMimeObject* object, Inside& in) {
  if (GMIME_IS_MULTIPART_ENCRYPTED(object)) {
    trouble({.code = "mail-encrypted", .place = {.file = in.path}}, in);
    return;
  }
  // What mail programs say of a mail comes back with what was attached to it, which is no answer.
  if (is_type(object, "multipart", "report")) {
    const bool bounced = parameter(object, "report-type") == "delivery-status";
    trouble({.code = bounced ? "mail-bounced" : "mail-receipt", .place = {.file = in.path}}, in);
    return;
  }
  GMimeMultipart* parts = GMIME_MULTIPART(object);
  const int count = g_mime_multipart_get_count(parts);
  constexpr int kDeepest = 64;  // far beyond what mail programs write, and no danger to the stack
  if (depth_ == kDeepest) {
    trouble({.code = "file-nested", .place = {.file = in.path}}, in);
    return;
  }
  ++depth_;
  for (int i = 0; i < count; ++i) this->object(g_mime_multipart_get_part(parts, i), in);
  --depth_;
}

void Walk::part(GMimePart* part, Inside& in) {
  auto* object = GMIME_OBJECT(part);
  const std::string name = given_name(part);
  const bool attached = g_mime_part_is_attachment(part) != FALSE;
  if (is_type(object, "application", "pkcs7-mime") || is_type(object, "application", "x-pkcs7-mime")) {
    sealed(part, in);
    return;
  }
  if (is_type(object, "application", "pkcs7-signature") || is_type(object, "application", "x-pkcs7-signature") ||
      is_type(object, "application", "pgp-signature")) {
    return;
  }
  if (is_type(object, "image", "*") && g_mime_object_get_content_id(object) != nullptr) return;
  if (is_type(object, "text", "*") && name.empty() && !attached) {
    body(part, in);
    return;
  }
  GMimeContentType* type = g_mime_object_get_content_type(object);
  const std::string called =
      name.empty() ? name_by_type(g_mime_content_type_get_media_type(type), g_mime_content_type_get_media_subtype(type))
                   : name;
  std::optional<std::string> content = content_of(part, limits_.attachment_bytes, in.path);
  if (!content) {
    const std::string path = in.path + "/" + take_name(called, in.names);
    trouble(too_large(path, "part", mebibytes(limits_.attachment_bytes)), in);
    return;
  }
  attachment(called, std::move(*content), in);
}

// A signature with the message inside it.
void Walk::sealed(GMimePart* part, Inside& in) {
  std::optional<std::string> content = content_of(part, limits_.attachment_bytes, in.path);
  if (content) content = signed_content(*content);
  if (!content || in.sealed == limits_.levels) {
    trouble({.code = "mail-encrypted", .place = {.file = in.path}}, in);
    return;
  }
  // No line of it was counted with the mail.
  std::size_t parts = 0;
  MailCutter counter(MailFormat::message, [&](const MailSpan& all) { parts = all.dashed; });
  counter.take(*content);
  counter.finish();
  if (!take_parts(parts, in)) return;
  ++in.sealed;
  const auto bytes = owned(g_mime_stream_mem_new_with_buffer(content->data(), content->size()));
  const auto parser = owned(g_mime_parser_new_with_stream(bytes.get()));
  const auto inside = owned(g_mime_parser_construct_part(parser.get(), tolerance_.get()));
  if (inside != nullptr) object(inside.get(), in);
  --in.sealed;
}

void Walk::body(GMimePart* part, Inside& in) {
  const std::optional<std::string> text = content_of(part, limits_.attachment_bytes, in.path);
  if (!text) {
    trouble(too_large(in.path, "part", mebibytes(limits_.attachment_bytes)), in);
    return;
  }
  if (seen.link.empty()) {
    seen.link = link_in(ascii_lower(*text), use_.hosts);
    if (!seen.link.empty()) seen.mails = in.mails;
  }
  if (is_type(GMIME_OBJECT(part), "text", "plain")) uuencoded(*text, in);
}

// Files that old mail programs put into the text: "begin 644 name", lines of at most 61 characters, "end".
void Walk::uuencoded(const std::string& text, Inside& in) {
  constexpr std::string_view kBegin = "begin ";
  constexpr std::size_t kMode = 3;  // octal digits
  for (std::size_t at = text.find(kBegin); at != std::string::npos; at = text.find(kBegin, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    const std::size_t name = at + kBegin.size() + kMode + 1;
    const std::size_t line_end = text.find('\n', at);
    if (line_end == std::string::npos || name >= line_end || text[name - 1] != ' ') continue;
    if (text.substr(at + kBegin.size(), kMode).find_first_not_of("01234567") != std::string::npos) continue;
    if (!take_parts(1, in)) return;
    const std::size_t end = std::min(text.find("\nend", line_end), text.size());
    GMimeEncoding decoding;
    g_mime_encoding_init_decode(&decoding, GMIME_CONTENT_ENCODING_UUENCODE);
    decoding.state = GMIME_UUDECODE_STATE_BEGIN;  // that line is behind us
    std::string bytes(g_mime_encoding_outlen(&decoding, end - line_end), '\0');
    bytes.resize(g_mime_encoding_step(&decoding, text.data() + line_end + 1, end - line_end - 1, bytes.data()));
    const std::string called = base_name(text.substr(name, line_end - name));
    attachment(called.empty() ? "attachment" : called, std::move(bytes), in);
    at = end;
  }
}

void Walk::attachment(const std::string& name, std::string bytes, Inside& in) {
  use_.file(
      {.path = in.path + "/" + take_name(name, in.names), .mails = in.mails, .bytes = std::move(bytes), .trouble = {}});
}

// Also notices where the mail has been cut short since it was found.
std::string hash_of(GMimeStream* mail, const std::string& path, std::size_t size) {
  g_mime_stream_reset(mail);
  Sha256 hash;
  std::array<char, kBlock> block{};
  std::size_t hashed = 0;
  while (const std::size_t got = read_block(mail, block, path)) {
    hash.add({block.data(), got});
    hashed += got;
  }
  if (hashed < size) throw Error("file-unreadable", {.file = path}, {{"reason", std::strerror(EIO)}});
  return hash.hex();
}

void read_one(GMimeStream* file, const MailSpan& span, const std::string& path, const MailLimits& limits,
              const MailUse& use) {
  const auto mail = owned(g_mime_stream_substream(file, span.begin, span.end));
  Tolerance tolerance;
  Walk walk(tolerance, limits, span.dashed, use);
  walk.seen.path = path;
  walk.seen.bytes = static_cast<std::size_t>(span.end - span.begin);
  if (walk.seen.bytes > limits.mail_bytes) {
    walk.seen.trouble = too_large(path, "size", mebibytes(limits.mail_bytes));
  } else if (span.dashed > limits.parts) {
    walk.seen.trouble = too_many_parts(path, limits);
  } else {
    const auto parser = owned(g_mime_parser_new_with_stream(mail.get()));
    g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
    g_mime_parser_set_persist_stream(parser.get(), TRUE);
    const auto message = owned(g_mime_parser_construct_message(parser.get(), tolerance.get()));
    if (message != nullptr) walk.message(message.get(), path, {}, 0);
    if (message == nullptr) tolerance.trouble = "problem.no-header";
    if (!walk.seen.trouble && !tolerance.trouble.empty()) {
      walk.seen.trouble = {
          .code = "mail-damaged", .place = {.file = path}, .details = {{"problem", tolerance.trouble}}};
    }
  }
  walk.seen.sha256 = hash_of(mail.get(), path, walk.seen.bytes);
  use.mail(walk.seen);
}

// `read` gives the next piece of the file, "" at its end.
template <typename Read>
void read_all(GMimeStream* file, const std::string& path, const MailLimits& limits, const MailUse& use, Read read) {
  std::string_view piece = read();
  const MailFormat format = mail_format(piece, true);  // that it is one is known
  int number = 0;
  MailCutter cutter(format, [&](const MailSpan& span) {
    const std::string called = format == MailFormat::mailbox ? path + "/#" + std::to_string(++number) : path;
    read_one(file, span, called, limits, use);
  });
  for (; !piece.empty(); piece = read()) cutter.take(piece);
  cutter.finish();
}

}  // namespace

void read_mails(std::string_view bytes, const std::string& path, const MailLimits& limits, const MailUse& use) {
  start_gmime();
  const auto file = owned(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  read_all(file.get(), path, limits, use, [&] { return std::exchange(bytes, {}); });
}

void read_mails(int descriptor, const std::string& path, const MailLimits& limits, const MailUse& use) {
  start_gmime();
  const auto file = owned(g_mime_stream_fs_new(descriptor));
  g_mime_stream_fs_set_owner(GMIME_STREAM_FS(file.get()), FALSE);
  std::string piece(kMailHead, '\0');
  std::int64_t at = 0;
  read_all(file.get(), path, limits, use, [&]() -> std::string_view {
    const ssize_t got = ::pread(descriptor, piece.data(), piece.size(), at);
    if (got < 0) throw Error("file-unreadable", {.file = path}, {{"reason", std::strerror(errno)}});
    at += got;
    return std::string_view(piece).substr(0, static_cast<std::size_t>(got));
  });
}

}  // namespace tonghop
