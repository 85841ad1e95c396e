// Magic numbers and first lines of the files that arrive in place of workbooks.
#include "xlsx/foreign.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tonghop::xlsx {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHead = 4096;  // bytes that are looked at, where it takes more than the first few

struct Magic {
  std::string_view bytes;
  Foreign foreign;
};

constexpr std::array kMagic = {Magic{"%PDF"sv, {"file-pdf"}},
                               Magic{"{\\rtf"sv, {"file-docx"}},
                               Magic{"Rar!\x1A\x07"sv, {"file-archive", "RAR"}},
                               Magic{"7z\xBC\xAF\x27\x1C"sv, {"file-archive", "7-Zip"}},
                               Magic{"\x1F\x8B"sv, {"file-archive", "GZIP"}},
                               Magic{"\xFD\x37zXZ\0"sv, {"file-archive", "XZ"}},
                               Magic{"BZh"sv, {"file-archive", "BZIP2"}},
                               Magic{"\x89PNG\r\n"sv, {"file-image", "PNG"}},
                               Magic{"\xFF\xD8\xFF"sv, {"file-image", "JPEG"}},
                               Magic{"GIF8"sv, {"file-image", "GIF"}},
                               Magic{"II*\0"sv, {"file-image", "TIFF"}},
                               Magic{"MM\0*"sv, {"file-image", "TIFF"}},
                               Magic{"\x78\x9F\x3E\x22"sv, {"attachment-tnef"}},        // winmail.dat of Outlook
                               Magic{"\x4C\0\0\0\x01\x14\x02\0"sv, {"file-shortcut"}},  // .lnk of Windows
                               Magic{"bplist00"sv, {"file-shortcut"}}};                 // .webloc of macOS

// The head in one byte a character, lower case, whether it is UTF-8 or UTF-16; without byte order mark.
std::string narrow_head(std::string_view bytes) {
  std::string head;
  for (const char c : bytes.substr(0, kHead)) {
    if (c != '\0' && c != '\xEF' && c != '\xBB' && c != '\xBF' && c != '\xFF' && c != '\xFE') {
      head += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
  }
  return head.substr(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
}

bool contains(std::string_view text, std::string_view piece) { return text.find(piece) != std::string_view::npos; }

Foreign judge_markup(std::string_view head) {
  if (contains(head, "<plist")) return {"file-shortcut"};
  if (contains(head, "\"excel.sheet") || contains(head, "urn:schemas-microsoft-com:office:spreadsheet")) {
    return {"file-markup", contains(head, "<html") ? "HTML" : "XML Spreadsheet 2003"};
  }
  if (contains(head, "office:document")) return {"file-markup", "OpenDocument XML"};
  return {"file-markup", contains(head, "<?xml") && !contains(head, "<html") ? "XML" : "HTML"};
}

// A mail, or a web page saved as one file (MHTML), both of which begin with header lines.
Foreign judge_headers(std::string_view head) {
  constexpr std::array kOfMail = {"received:"sv,   "return-path:"sv, "delivered-to:"sv, "message-id:"sv,
                                  "x-received:"sv, "from:"sv,        "subject:"sv,      "to:"sv,
                                  "date:"sv,       "x-mozilla-"sv,   "reply-to:"sv};
  const bool mime = head.starts_with("mime-version:");
  if (!mime && std::ranges::none_of(kOfMail, [&](std::string_view name) { return head.starts_with(name); })) {
    return {"file-unknown"};
  }
  if (contains(head, "\nx-document-type: workbook") || contains(head, "\nsnapshot-content-location:")) {
    return {"file-markup", "MHTML"};
  }
  const bool sent = contains(head, "\nto:") || contains(head, "\nreceived:") || contains(head, "\nmessage-id:");
  if (sent && (mime || contains(head, "\nmime-version:") || contains(head, "\nfrom:"))) return {"file-mail"};
  return mime ? Foreign{"file-markup", "MHTML"} : Foreign{"file-unknown"};
}

}  // namespace

Foreign judge_foreign_content(std::string_view bytes) {
  if (bytes.empty()) return {"file-empty"};
  if (bytes.find_first_not_of('\0') == std::string_view::npos) return {"file-unsynced"};
  for (const Magic& magic : kMagic) {
    if (bytes.starts_with(magic.bytes)) return magic.foreign;
  }
  if (bytes.starts_with("RIFF") && bytes.size() > 8 && bytes.substr(8).starts_with("WEBP"))
    return {"file-image", "WebP"};
  if (bytes.size() > 12 && bytes.substr(4).starts_with("ftyp")) return {"file-image", "HEIF"};
  if (bytes.starts_with("BM") && bytes.size() > 14 && bytes.substr(6, 4) == "\0\0\0\0"sv) return {"file-image", "BMP"};
  if (bytes.size() > 262 && bytes.substr(257).starts_with("ustar")) return {"file-archive", "TAR"};
  const std::string head = narrow_head(bytes);
  if (head.starts_with('<')) return judge_markup(head);
  if (head.starts_with("[internetshortcut]") || head.starts_with("[desktop entry]")) return {"file-shortcut"};
  if (head.starts_with('{') && (contains(head, "//docs.google.com") || contains(head, "\"doc_id\""))) {
    return {"file-shortcut"};
  }
  return judge_headers(head);
}

}  // namespace tonghop::xlsx
