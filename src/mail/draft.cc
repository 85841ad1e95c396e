// Draft -> .eml
#include "mail/draft.h"

#include "base/sha256.h"
#include "mail/gmime.h"

namespace tonghop {
namespace {

constexpr const char* kUtf8 = "utf-8";

Owned<GMimePart> text_part(const std::string& text) {
  auto part = owned(g_mime_text_part_new_with_subtype("plain"));
  g_mime_text_part_set_charset(part.get(), kUtf8);
  g_mime_text_part_set_text(part.get(), text.c_str());
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
  g_mime_part_set_filename(part.get(), attachment.name.c_str());
  return part;
}

// No content has it in it: it is made of all of them.
std::string boundary_of(const Draft& draft) {
  std::string all = draft.from + "\n" + draft.to + "\n" + draft.subject + "\n" + draft.text;
  for (const Attachment& one : draft.attachments) all += "\n" + one.name + "\n" + sha256(one.bytes);
  return "tonghop-" + sha256(all).substr(0, 32);
}

}  // namespace

std::string write_draft(const Draft& draft) {
  start_gmime();
  const auto message = owned(g_mime_message_new(TRUE));
  if (!draft.from.empty()) {
    g_mime_message_add_mailbox(message.get(), GMIME_ADDRESS_TYPE_FROM, draft.from_name.c_str(), draft.from.c_str());
  }
  if (!draft.to.empty()) {
    g_mime_message_add_mailbox(message.get(), GMIME_ADDRESS_TYPE_TO, draft.to_name.c_str(), draft.to.c_str());
  }
  g_mime_message_set_subject(message.get(), draft.subject.c_str(), kUtf8);
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
  return taken(g_mime_object_to_string(GMIME_OBJECT(message.get()), options.get()));
}

}  // namespace tonghop
