// Draft -> .eml
#include "mail/draft.h"

#include <algorithm>

#include "base/sha256.h"
#include "mail/gmime.h"

namespace tonghop {
namespace {

constexpr const char* kUtf8 = "utf-8";
const std::string kSeal = "X-Draft-SHA256: ";

// In one line, so that it adds no header.
std::string in_a_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return text;
}

// Lines of text/plain end in CR LF, inside an encoding, too.
std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

Owned<GMimePart> text_part(const std::string& text) {
  auto part = owned(g_mime_text_part_new_with_subtype("plain"));
  g_mime_text_part_set_charset(part.get(), kUtf8);
  g_mime_text_part_set_text(part.get(), with_crlf(text).c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part.get()), GMIME_CONTENT_ENCODING_BASE64);  // no server changes it
  return Owned<GMimePart>(GMIME_PART(part.release()));
}

Owned<GMimePart> attached(const Attachment& attachment) {
  const bool workbook = attachment.name.ends_with(".xlsx");
  auto part = owned(g_mime_part_new_with_type(
      "application", workbook ? "vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "octet-stream"));
  const auto bytes = owned(g_mime_stream_mem_new_with_buffer(attachment.bytes.data(), attachment.bytes.size()));
  const auto content = owned(g_mime_data_wrapper_new_with_stream(bytes.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition(GMIME_OBJECT(part.get()), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename(part.get(), in_a_line(attachment.name).c_str());
  return part;
}

void add_address(GMimeMessage* message, GMimeAddressType type, const std::string& name, const std::string& address) {
  g_mime_message_add_mailbox(message, type, name.empty() ? nullptr : in_a_line(name).c_str(),
                             in_a_line(address).c_str());
}

// No content has it in it: it is made of all of them.
std::string boundary_of(const Draft& draft) {
  std::string all = draft.from + "\n" + draft.subject + "\n" + draft.text;
  for (const std::string& address : draft.to) all += "\n" + address;
  for (const Attachment& one : draft.attachments) all += "\n" + one.name + "\n" + sha256(one.bytes);
  return "tonghop-" + sha256(all).substr(0, 32);
}

}  // namespace

std::string write_draft(const Draft& draft) {
  start_gmime();
  const auto message = owned(g_mime_message_new(TRUE));
  if (!draft.from.empty()) {
    add_address(message.get(), GMIME_ADDRESS_TYPE_FROM, draft.from_name, draft.from);
  }
  for (const std::string& address : draft.to) {
    add_address(message.get(), GMIME_ADDRESS_TYPE_TO, draft.to.size() == 1 ? draft.to_name : "", address);
  }
  for (const std::string& address : draft.reply_to) {
    add_address(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, "", address);
  }
  g_mime_message_set_subject(message.get(), in_a_line(draft.subject).c_str(), kUtf8);
  g_mime_object_set_header(GMIME_OBJECT(message.get()), "X-Unsent", "1", kUtf8);
  const auto parts = owned(g_mime_multipart_new_with_subtype("mixed"));
  g_mime_multipart_set_boundary(parts.get(), boundary_of(draft).c_str());
  g_mime_multipart_add(parts.get(), GMIME_OBJECT(text_part(draft.text).get()));
  for (const Attachment& one : draft.attachments) {
    g_mime_multipart_add(parts.get(), GMIME_OBJECT(attached(one).get()));
  }
  g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(parts.get()));

  const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> options(g_mime_format_options_new(),
                                                                                           &g_mime_format_options_free);
  g_mime_format_options_set_param_encoding_method(options.get(), GMIME_PARAM_ENCODING_METHOD_RFC2231);
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::string mail = taken(g_mime_object_to_string(GMIME_OBJECT(message.get()), options.get()));
  return kSeal + sha256(mail) + "\r\n" + mail;
}

bool is_untouched_draft(std::string_view bytes) {
  if (!bytes.starts_with(kSeal)) return false;
  const std::size_t end = bytes.find("\r\n");
  return end != std::string_view::npos &&
         bytes.substr(kSeal.size(), end - kSeal.size()) == sha256(bytes.substr(end + 2));
}

}  // namespace tonghop
