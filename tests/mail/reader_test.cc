// Received mails from memory: names of attachments, heads, what is passed over, what is refused, mails inside mails.
#include "mail/reader.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mail/attachment_name.h"
#include "mail/draft.h"
#include "mail/mailbox.h"

namespace tonghop {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr MailLimits kLimits{.mail_bytes = 1 << 20, .attachment_bytes = 1 << 20, .parts = 100, .levels = 3};

struct Read {
  std::vector<MailFile> files;
  std::vector<MailSeen> mails;

  // "path: bytes" or "path (code)", one a file.
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const MailFile& one : files) {
      lines.push_back(one.path + (one.trouble ? " (" + one.trouble->code + ")" : ": " + one.bytes));
    }
    return lines;
  }
};

Read read(const std::string& text, const MailLimits& limits = kLimits) {
  Read read;
  read_mails(text, "a", limits,
             {.hosts = {"drive.google.com", "1drv.ms"},
              .file = [&](MailFile&& one) { read.files.push_back(std::move(one)); },
              .mail = [&](const MailSeen& one) { read.mails.push_back(one); }});
  return read;
}

const std::string kHead =
    "From: =?utf-8?B?TmjDoG4=?= <A@So.VN>\nTo: b@tinh.vn\nSubject: x\nDate: Tue, 6 Jun 2023 15:30:00 +0700\n"
    "MIME-Version: 1.0\n";

std::string mixed(const std::vector<std::string>& parts, const std::string& subtype = "mixed") {
  std::string text = kHead + "Content-Type: multipart/" + subtype + "; boundary=\"-b\"\n\nnothing\n";
  for (const std::string& part : parts) text += "---b\n" + part;
  return text + "---b--\n";
}

std::string with_dos_lines(const std::string& text) {
  std::string lines;
  for (const char c : text) lines += c == '\n' ? "\r\n" : std::string(1, c);
  return lines;
}

// The name of the only attachment, whose headers are these.
std::string name_of(const std::string& headers) {
  const Read all = read(mixed({headers + "Content-Transfer-Encoding: base64\n\nUEs=\n"}));
  EXPECT_EQ(read(with_dos_lines(mixed({headers + "Content-Transfer-Encoding: base64\n\nUEs=\n"}))).told(), all.told());
  if (all.files.size() != 1) return std::to_string(all.files.size()) + " files";
  EXPECT_EQ(all.files[0].bytes, "PK");
  return all.files[0].path.substr(2);
}

TEST(Reader, NamesAttachmentsAsTheirSendersDid) {
  const std::string type = "Content-Type: application/octet-stream\n";
  const std::string disposition = type + "Content-Disposition: attachment; ";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {disposition + "filename=\"bao cao.xlsx\"\n", "bao cao.xlsx"},
      {disposition + "filename=bao-cao.xlsx\n", "bao-cao.xlsx"},
      // RFC 2231, whole and in pieces
      {disposition + "filename*=UTF-8''B%C3%A1o%20c%C3%A1o.xlsx\n", "Báo cáo.xlsx"},
      {disposition + "filename*=utf-8'vi'B%C3%A1o.xlsx\n", "Báo.xlsx"},
      {disposition + "filename*=windows-1258''B%E1o.xlsx\n", "Báo.xlsx"},
      {disposition + "\n filename*0*=utf-8''B%C3%A1o;\n filename*1*=%20c%C3%A1o;\n filename*2=\" A.xlsx\"\n",
       "Báo cáo A.xlsx"},
      {disposition + "\n filename*0=\"bao\";\n filename*1=\"-cao.xlsx\"\n", "bao-cao.xlsx"},
      {disposition + "filename=\"x.xlsx\"; filename*=utf-8''B%C3%A1o.xlsx\n", "Báo.xlsx"},
      // RFC 2047 where it may not be: Outlook, Gmail, webmail
      {disposition + "filename=\"=?utf-8?B?QsOhbyBjw6FvLnhsc3g=?=\"\n", "Báo cáo.xlsx"},
      {disposition + "filename=\"=?UTF-8?Q?B=C3=A1o_c=C3=A1o.xlsx?=\"\n", "Báo cáo.xlsx"},
      {disposition + "filename==?UTF-8?Q?B=C3=A1o.xlsx?=\n", "Báo.xlsx"},
      {disposition + "filename=\"=?windows-1258?Q?B=E1o.xlsx?=\"\n", "Báo.xlsx"},
      {disposition + "filename=\"=?utf-8?B?QsOhbyBj?=\n =?utf-8?B?w6FvLnhsc3g=?=\"\n", "Báo cáo.xlsx"},
      // bytes as they are
      {disposition + "filename=\"Báo cáo.xlsx\"\n", "Báo cáo.xlsx"},
      {disposition + "filename=\"B\xE1o c\xE1o.xlsx\"\n", "Báo cáo.xlsx"},  // windows-1258
      {disposition + "filename=\"S\xF5\xD2 N\xF4\xF2i v\xF9.xlsx\"\n", "Sở Nội vù.xlsx"},
      {disposition + "filename=\"Ba\xCC\x81o.xlsx\"\n", "Báo.xlsx"},  // NFD of macOS
      // in the type only
      {"Content-Type: application/vnd.ms-excel; name=\"=?utf-8?B?QsOhby54bHM=?=\"\n", "Báo.xls"},
      {"Content-Type: application/octet-stream;\n\tname*=utf-8''B%C3%A1o.xls\n", "Báo.xls"},
      {"Content-Type: text/plain; name=\"a.xlsx\"\n", "a.xlsx"},
      {"Content-Type: text/plain\nContent-Disposition: inline; filename=\"a.xlsx\"\n", "a.xlsx"},
      // paths
      {disposition + "filename=\"C:\\\\Users\\\\A\\\\a.xlsx\"\n", "a.xlsx"},
      {disposition + "filename=\"../../etc/a.xlsx\"\n", "a.xlsx"},
      {disposition + "filename=\"..\"\n", "attachment"},
      {disposition + "filename=\"a\tb.xlsx\"\n", "a b.xlsx"},
      // none
      {type, "attachment"},
      {"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\n", "attachment.xlsx"},
      {"Content-Type: application/x-zip-compressed\nContent-Disposition: attachment\n", "attachment.zip"},
      {"Content-Type: text/csv\nContent-Disposition: attachment\n", "attachment.txt"},
      {"Content-Type: rubbish\nContent-Disposition: attachment; filename=a.xlsx\n", "a.xlsx"},
  };
  for (const auto& [headers, name] : cases) EXPECT_EQ(name_of(headers), name) << headers;
}

TEST(Reader, SaysWhoSentAMailAndWhen) {
  const auto head = [](const std::string& headers) {
    const Read all = read(headers + "To: b@tinh.vn\nMIME-Version: 1.0\n\ntext\n");
    if (all.mails.size() != 1) return std::to_string(all.mails.size()) + " mails";
    const MailHead& one = all.mails[0].mails.at(0);
    return one.sender_name + "|" + one.sender + "|" + one.sent + "|" + one.subject;
  };
  EXPECT_EQ(head("From: =?utf-8?B?U+G7nyBB?= <SoA@Tinh.VN>\nSubject: =?utf-8?Q?B=C3=A1o?=\n =?utf-8?Q?_c=C3=A1o?=\n"
                 "Date: Tue, 06 Jun 2023 15:30:00 +0700\n"),
            "Sở A|soa@tinh.vn|2023-06-06T08:30:00Z|Báo cáo");
  EXPECT_EQ(head("From: soa@tinh.vn (S A)\nDate: 6 Jun 23 08:30 GMT\n"), "S A|soa@tinh.vn|2023-06-06T08:30:00Z|");
  EXPECT_EQ(head("From: \"Sở A\" <a@b.vn>, c@d.vn\nSubject: Báo\tcáo\n"), "Sở A|a@b.vn||Báo cáo");
  EXPECT_EQ(head("From: \"S\xF5\xD2 A\" <a@b.vn>\nSubject: B\xE1o c\xE1o\n"), "Sở A|a@b.vn||Báo cáo");
  EXPECT_EQ(head("From: =?utf-8?B?U+G7nyBBIDxhQGIudm4+?=\n"), "Sở A|a@b.vn||");  // all of it encoded
  EXPECT_EQ(head("Sender: a@b.vn\nDate: yesterday\n"), "|a@b.vn||");
  EXPECT_EQ(head("From: somebody\nSender: \"A\" <a@b.vn>\n"), "A|a@b.vn||");
  EXPECT_EQ(head("From: somebody, a@b.vn\nSender: c@d.vn\n"), "|a@b.vn||");
  EXPECT_EQ(head("From: somebody\nSender: nobody\n"), "|somebody||");
  EXPECT_EQ(head("Subject: x\nDate: Thu, 01 Jan 1970 00:00:00 +0000\n"), "|||x");
  EXPECT_EQ(head("From: somebody\nSubject: x\n"), "|somebody||x");
}

TEST(Reader, PassesOverWhatIsNoAttachment) {
  EXPECT_THAT(read(mixed({"Content-Type: text/plain\n\nhello\n", "Content-Type: text/html\n\n<p>hello</p>\n",
                          "Content-Type: image/png; name=\"logo.png\"\nContent-ID: <1@x>\n"
                          "Content-Disposition: inline; filename=\"logo.png\"\n\nx\n",
                          "Content-Type: application/pkcs7-signature; name=smime.p7s\n"
                          "Content-Disposition: attachment; filename=smime.p7s\n\nx\n",
                          "Content-Type: application/pgp-signature\n\nx\n", "\nno header\n"}))
                  .told(),
              IsEmpty());
  EXPECT_THAT(read(mixed({"Content-Type: image/png; name=\"scan.png\"\n\nx\n"})).told(), ElementsAre("a/scan.png: x"));
  EXPECT_THAT(read(kHead + "\nhello\n").told(), IsEmpty());
}

TEST(Reader, FindsAWorkbookWhereverItIs) {
  const std::string book = "Content-Type: application/zip; name=a.xlsx\n\nPK\n";
  EXPECT_THAT(read(mixed({book, book, "Content-Type: application/zip; name=\"A.xlsx\"\n\nx\n"})).told(),
              ElementsAre("a/a.xlsx: PK", "a/a (2).xlsx: PK", "a/A.xlsx: x"));
  EXPECT_THAT(read(mixed({book}, "signed; micalg=sha-256; protocol=\"application/pkcs7-signature\"")).told(),
              ElementsAre("a/a.xlsx: PK"));
  const std::string inner =
      "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nx\n--c\n" + book + "--c--\n";
  EXPECT_THAT(read(mixed({inner})).told(), ElementsAre("a/a.xlsx: PK"));
  EXPECT_THAT(
      read(kHead + "Content-Type: application/zip; name=a.xlsx\nContent-Transfer-Encoding: base64\n\nUEs=\n").told(),
      ElementsAre("a/a.xlsx: PK"));
  EXPECT_THAT(read(kHead + "Content-Type: application/zip; name=a.xlsx\nContent-Transfer-Encoding: quoted-printable\n\n"
                           "P=4B\n=\n")
                  .told(),
              ElementsAre("a/a.xlsx: PK\n"));
  EXPECT_THAT(
      read(kHead + "\nhello\nbegin 644 bao cao.xlsx\n\"4$L \n`\nend\nbegin 755 b.xls\n#0V%T\n`\nend\nbye\n").told(),
      ElementsAre("a/bao cao.xlsx: PK", "a/b.xls: Cat"));
  std::string many = kHead + "\n";
  for (int i = 0; i < 101; ++i) many += "begin 644 a.xlsx\n\"4$L \n`\nend\n";
  const Read all = read(many);
  EXPECT_EQ(all.files.size(), kLimits.parts);
  EXPECT_EQ(all.mails.at(0).trouble.value().code, "file-too-large");
  EXPECT_THAT(read(kHead + "\nWe begin 644 soon\nbegin again\nbegin 999 x\n").told(), IsEmpty());
}

std::string forwarded(const std::string& mail) { return "Content-Type: message/rfc822\n\n" + mail; }

TEST(Reader, OpensMailsInsideMailsAsDeepAsAllowed) {
  const std::string book = "Content-Type: application/zip; name=a.xlsx\n\nPK\n";
  std::string inner = mixed({book});
  inner.replace(inner.find("A@So.VN"), 7, "in@x.vn");
  inner.replace(inner.find("-b\""), 3, "-c\"");
  for (std::size_t at = inner.find("---b"); at != std::string::npos; at = inner.find("---b")) inner[at + 3] = 'c';
  const Read all = read(mixed({book, forwarded(inner), forwarded(kHead + "\nx\n")}));
  EXPECT_THAT(all.told(), ElementsAre("a/a.xlsx: PK", "a/#1/a.xlsx: PK"));
  EXPECT_EQ(all.files[0].mails.size(), 1U);
  ASSERT_EQ(all.files[1].mails.size(), 2U);
  EXPECT_EQ(all.files[1].mails[0].sender, "in@x.vn");
  EXPECT_EQ(all.files[1].mails[1].sender, "a@so.vn");
  ASSERT_EQ(all.mails.size(), 1U);  // one mail is stored
  EXPECT_EQ(all.mails[0].mails.size(), 1U);

  MailLimits shallow = kLimits;
  shallow.levels = 0;
  EXPECT_THAT(read(mixed({forwarded(inner)}), shallow).told(), ElementsAre("a/#1 (file-nested)"));
}

TEST(Reader, SurvivesThousandsOfMailsInsideOneAnother) {
  std::string deep = kHead;
  for (int i = 0; i < 20'000; ++i) deep += "Content-Type: message/rfc822\n\nSubject: x\nMIME-Version: 1.0\n";
  EXPECT_LE(read(deep).files.size(), 1U);
  std::string parts = kHead;
  for (int i = 0; i < 5'000; ++i) {
    const std::string b = "b" + std::to_string(i);
    parts += "Content-Type: multipart/mixed; boundary=" + b + "\n\n--" + b + "\n";
  }
  MailLimits many = kLimits;
  many.parts = 100'000;
  EXPECT_THAT(read(parts, many).told(), ElementsAre("a (file-nested)"));
  EXPECT_EQ(read(parts).mails.at(0).trouble->code, "file-too-large");
}

// What reading these mails from a file gives, when something happens to it while the first attachment is used.
template <typename Happening>
std::string read_while(const std::string& text, Happening happening) {
  const std::unique_ptr<FILE, decltype(&std::fclose)> file(std::tmpfile(), &std::fclose);
  std::fwrite(text.data(), 1, text.size(), file.get());
  std::fflush(file.get());
  std::string told;
  const MailUse use{.hosts = {},
                    .file =
                        [&](MailFile&& one) {
                          if (told.empty()) happening(fileno(file.get()));
                          told += one.path + " ";
                        },
                    .mail = [&](const MailSeen& one) { told += one.path + " "; }};
  try {
    read_mails(fileno(file.get()), "a", kLimits, use);
  } catch (const Error& error) {
    told += error.finding().code + " " + error.finding().place.file;
    for (const auto& [name, said] : error.finding().details) told += " " + name + "=" + said;
  }
  return told;
}

TEST(Reader, CutsNothingShortWhereAFileCannotBeReadFurther) {
  const std::string mail = mixed({"Content-Type: application/zip; name=a.xlsx\n\nPK\n",
                                  "Content-Type: application/zip; name=b.xlsx\n\nPK" + std::string(9'000, 'x') + "\n"});
  EXPECT_EQ(read_while(mail, [](int) {}), "a/a.xlsx a/b.xlsx a ");
  const auto becomes_a_folder = [](int descriptor) {
    const int folder = ::open("/", O_RDONLY);
    ::dup2(folder, descriptor);
    ::close(folder);
  };
  EXPECT_EQ(read_while(mail, becomes_a_folder), "a/a.xlsx file-unreadable a reason=Is a directory");
  // Its only attachment is used before: the hash notices.
  EXPECT_EQ(read_while(mixed({"Content-Type: application/zip; name=a.xlsx\n\nPK\n"}), becomes_a_folder),
            "a/a.xlsx file-unreadable a reason=Is a directory");
  EXPECT_EQ(read_while(mail, [](int descriptor) { EXPECT_EQ(::ftruncate(descriptor, 300), 0); }),
            "a/a.xlsx a/b.xlsx file-unreadable a reason=Input/output error");
}

TEST(Reader, SaysWhatIsWrongWithAMail) {
  const auto trouble = [](const std::string& text) -> std::string {
    const Read all = read(text);
    if (all.mails.size() != 1) return std::to_string(all.mails.size()) + " mails";
    if (!all.mails[0].trouble) return "";
    const Finding& why = *all.mails[0].trouble;
    return why.place.file + " " + why.code + " " + why.details.at(0).second;
  };
  const std::string book = "Content-Type: application/zip; name=a.xlsx\n\nPK\n";
  EXPECT_EQ(trouble(mixed({book})), "");
  const std::string whole = mixed({book});
  EXPECT_EQ(trouble(whole.substr(0, whole.find("---b--"))), "a mail-damaged problem.cut-off");
  EXPECT_EQ(trouble(kHead + "Content-Type: multipart/mixed\n\ntext\n"), "a mail-damaged problem.no-parts");
  EXPECT_EQ(trouble(kHead + "Content-Type: multipart/mixed; boundary=b\n\ntext\n"), "a mail-damaged problem.cut-off");
  EXPECT_EQ(trouble(kHead + "Content-Type: message/partial; id=x; number=2; total=3\n\nx\n"),
            "a mail-damaged problem.pieces");
  std::string many = mixed(std::vector<std::string>(200, "\nx\n"));
  EXPECT_EQ(trouble(many), "a file-too-large parts");
  EXPECT_EQ(trouble(kHead + "\n" + std::string(kLimits.mail_bytes, 'x')), "a file-too-large size");
}

// DER: a tag, the length in three bytes, the content.
std::string der(char tag, const std::string& content) {
  std::string length = "\x83";
  for (const int shift : {16, 8, 0}) length += static_cast<char>((content.size() >> shift) & 0xFF);
  return tag + length + content;
}

// A part with this text inside a signature that nobody made (RFC 5652: no signer).
std::string sealed(const std::string& text) {
  const std::string arc = "\x2A\x86\x48\x86\xF7\x0D\x01\x07";  // pkcs7
  const std::string inside = der(0x30, der(0x06, arc + "\x01") + der('\xA0', der(0x04, text)));
  const std::string data = der(0x30, der(0x02, "\x01") + der(0x31, "") + inside + der(0x31, ""));
  std::string encoded;
  for (const char c : der(0x30, der(0x06, arc + "\x02") + der('\xA0', data))) {
    encoded += {'=', "0123456789ABCDEF"[(c >> 4) & 0xF], "0123456789ABCDEF"[c & 0xF]};
  }
  return "Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: quoted-printable\n\n" +
         encoded + "\n";
}

TEST(Reader, OpensSignaturesWithinItsLimits) {
  const std::string book = "Content-Type: application/zip; name=a.xlsx\n\nPK\n";
  const std::string inner = "Content-Type: multipart/mixed; boundary=s\n\n";
  EXPECT_THAT(read(kHead + sealed(book)).told(), ElementsAre("a/a.xlsx: PK\n"));
  // As deep as allowed, and what is too deep takes nothing from what follows.
  MailLimits shallow = kLimits;
  shallow.levels = 1;
  EXPECT_THAT(read(mixed({sealed(sealed(book)), sealed(book)}), shallow).told(),
              ElementsAre("a (mail-encrypted)", "a/a.xlsx: PK\n"));
  // Parts inside are parts of the mail.
  std::string parts = inner;
  for (int i = 0; i < 60; ++i) parts += "--s\n" + book;
  EXPECT_EQ(read(mixed({sealed(parts)})).files.size(), 60U);
  const Read all = read(mixed({sealed(parts), sealed(parts)}));
  EXPECT_EQ(all.files.size(), 60U);
  EXPECT_EQ(all.mails.at(0).trouble.value().code, "file-too-large");
}

TEST(Reader, NamesWhatItDoesNotOpen) {
  EXPECT_THAT(
      read(kHead + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx\n").told(),
      ElementsAre("a (mail-encrypted)"));
  EXPECT_THAT(
      read(mixed({"Content-Type: application/pgp-encrypted\n\nVersion: 1\n", "Content-Type: application/x\n\nx\n"},
                 "encrypted; protocol=\"application/pgp-encrypted\""))
          .told(),
      ElementsAre("a (mail-encrypted)"));
  EXPECT_THAT(read(mixed({"Content-Type: text/plain\n\nUser unknown\n", "Content-Type: message/delivery-status\n\nx\n",
                          forwarded(mixed({"Content-Type: application/zip; name=a.xlsx\n\nPK\n"}))},
                         "report; report-type=delivery-status"))
                  .told(),
              ElementsAre("a (mail-bounced)"));
  EXPECT_THAT(read(mixed({"Content-Type: text/plain\n\nRead\n", "Content-Type: message/disposition-notification\n\nx\n",
                          forwarded(mixed({"Content-Type: application/zip; name=a.xlsx\n\nPK\n"}))},
                         "report; report-type=disposition-notification"))
                  .told(),
              ElementsAre("a (mail-receipt)"));
  MailLimits small = kLimits;
  small.attachment_bytes = 3;
  EXPECT_THAT(read(mixed({"Content-Type: application/zip; name=a.xlsx\n\nPK..\n",
                          "Content-Type: application/zip; name=b.xlsx\n\nPK\n"}),
                   small)
                  .told(),
              ElementsAre("a/a.xlsx (file-too-large)", "a/b.xlsx: PK"));
}

TEST(Reader, FindsLinksToCloudStorage) {
  const auto link = [](const std::string& text) { return read(kHead + "\n" + text + "\n").mails.at(0).link; };
  EXPECT_EQ(link("see https://Drive.Google.com/file/d/1"), "drive.google.com");
  EXPECT_EQ(link("see drive.google.com/x, https://1drv.ms/y"), "drive.google.com");
  EXPECT_EQ(link("https://1drv.ms/y then https://drive.google.com/"), "1drv.ms");
  EXPECT_EQ(link("https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2F1drv.ms%2Fx"), "1drv.ms");
  EXPECT_EQ(link("https://my1drv.ms/ or not-drive.google.com"), "");
  EXPECT_EQ(read(mixed({"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
                        "PGEgaHJlZj0iaHR0cHM6Ly8xZHJ2Lm1zL3giPng8L2E+\n"}))
                .mails.at(0)
                .link,
            "1drv.ms");
}

TEST(Reader, GoesThroughAMailboxMailByMail) {
  const std::string one = mixed({"Content-Type: application/zip; name=a.xlsx\n\nPK\n"});
  const std::string separator = "From a@so.vn Tue Jun  6 08:30:00 2023\n";
  const std::string box = separator + one + "\n" + separator + kHead +
                          "\nFrom here on\n\nFrom 8:30 on: more\n\n>From me\n\n" + separator + one;
  for (const std::string& text : {box, with_dos_lines(box)}) {
    const Read all = read(text);
    EXPECT_THAT(all.told(), ElementsAre("a/#1/a.xlsx: PK", "a/#3/a.xlsx: PK"));
    ASSERT_EQ(all.mails.size(), 3U);
    EXPECT_EQ(all.mails[1].path, "a/#2");
    for (const MailSeen& mail : all.mails) EXPECT_FALSE(mail.trouble) << mail.path;
  }
}

TEST(Reader, PassesOverDraftsThatWereNotSent) {
  const std::string book = "Content-Type: application/zip; name=a.xlsx\n\nPK\n";
  const std::string draft = write_draft(
      {"cchc@tinh.vn", "Sở Nội vụ", {"xa@tinh.vn"}, "Xã A", {}, "Báo cáo", "Kính gửi\n", {{"Xã A.xlsx", "PK"}}});
  EXPECT_THAT(read(draft).told(), ElementsAre("a (mail-unsent)"));
  EXPECT_THAT(read(mixed({forwarded(draft), book})).told(), ElementsAre("a/#1 (mail-unsent)", "a/a.xlsx: PK"));
  // Changed, and saved by a mail program that keeps either header
  const std::string sealless = draft.substr(draft.find("\r\n") + 2);
  EXPECT_THAT(read(sealless).told(), ElementsAre("a (mail-unsent)"));
  const std::string unsent = "X-Unsent: 1\r\n";
  std::string sent = draft;
  sent.erase(sent.find(unsent), unsent.size());
  EXPECT_THAT(read(sent).told(), ElementsAre("a (mail-unsent)"));
  // As it goes to an agency
  sent = sealless;
  sent.erase(sent.find(unsent), unsent.size());
  const Read all = read(sent);
  EXPECT_THAT(all.told(), ElementsAre("a/Xã A.xlsx: PK"));
  EXPECT_EQ(all.mails.at(0).mails.at(0).sender_name, "Sở Nội vụ");
  EXPECT_THAT(read("X-Unsent: 0\r\n" + sent).told(), ElementsAre("a/Xã A.xlsx: PK"));
}

TEST(MailFormat, IsToldByTheHeader) {
  const std::vector<std::pair<std::string, MailFormat>> cases = {
      {"From: a@b.vn\nTo: c@d.vn\n\nx", MailFormat::message},
      {"\r\n\xEF\xBB\xBF", MailFormat::none},
      {"\xEF\xBB\xBF\r\nReceived: from x\r\n\tby y\r\nSubject: z\r\n\r\n", MailFormat::message},
      {"X-Mozilla-Status: 0001\nFrom: a@b.vn\nMessage-ID: <1>\n", MailFormat::message},
      {"To: c@d.vn\nX-Unsent: 1\n\n", MailFormat::message},
      {"From a@b.vn Tue Jun  6 08:30:00 2023\nFrom: a@b.vn\nTo: c\n\nx", MailFormat::mailbox},
      {"From a@b.vn Tue Jun  6 08:30:00 2023\nhello\n", MailFormat::none},
      {"From the office, 8:30: hello\n\n", MailFormat::none},
      {"From: here\nSubject: there\n\nnot sent to anybody", MailFormat::none},
      {"MIME-Version: 1.0\nContent-Type: multipart/related\n\n", MailFormat::none},
      {"From: <Saved by Blink>\nSnapshot-Content-Location: https://x\nSubject: x\nMessage-ID: x\n\n", MailFormat::none},
      {"to,from,date\n1,2,3\n", MailFormat::none},
      {"{\"to\": \"x\", \"from\": \"y\"}", MailFormat::none},
      {"record,file\nTo: x\nFrom: y\n", MailFormat::none},
      {"Kính gửi: Sở Nội vụ\nTo: x\nFrom: y\n", MailFormat::none},
      {"", MailFormat::none},
      {"PK\x03\x04", MailFormat::none},
  };
  for (const auto& [head, format] : cases) EXPECT_EQ(mail_format(head, false), format) << head;
  // Called a mail
  const std::string separator = "From a@b.vn Tue Jun  6 08:30:00 2023\n";
  const std::string sent = "From: a@b.vn\nDate: Tue, 6 Jun 2023 15:30:00 +0700\nSubject: x\n";
  const std::vector<std::pair<std::string, MailFormat>> named = {
      {sent + "MIME-Version: 1.0\n\n", MailFormat::message},
      {sent + "Content-Type: text/plain\n\n", MailFormat::message},
      {separator + sent + "MIME-Version: 1.0\n\n", MailFormat::mailbox},
      {sent + "\n", MailFormat::none},
      {"From: <Saved by Blink>\nSnapshot-Content-Location: https://x\nMIME-Version: 1.0\n\n", MailFormat::none},
      {"Kính gửi: Sở Nội vụ\nMIME-Version: 1.0\nFrom: y\n", MailFormat::none},
  };
  for (const auto& [head, format] : named) {
    EXPECT_EQ(mail_format(head, true), format) << head;
    EXPECT_EQ(mail_format(head, false), MailFormat::none) << head;
  }
}

TEST(MailCutter, DoesNotDependOnThePieces) {
  const std::string separator = "From a@so.vn Tue Jun  6 08:30:00 2023\n";
  const std::string box = separator + kHead + "\n--x\n\n" + separator + kHead + "\nx";
  std::vector<std::string> mails;
  for (std::size_t size = 1; size < 100; ++size) {
    std::vector<std::string> cut;
    MailCutter cutter(MailFormat::mailbox, [&](const MailSpan& span) {
      cut.push_back(std::to_string(span.dashed) +
                    box.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin)));
    });
    for (std::size_t at = 0; at < box.size(); at += size) cutter.take(std::string_view(box).substr(at, size));
    cutter.finish();
    if (size == 1) mails = cut;
    ASSERT_EQ(cut, mails);
  }
  EXPECT_THAT(mails, ElementsAre("1" + kHead + "\n--x\n\n", "0" + kHead + "\nx"));
}

TEST(AttachmentName, IsShortAndKeepsItsEnding) {
  const std::string name = base_name(std::string(1000, 'a') + ".xlsx");
  EXPECT_EQ(name, std::string(200, 'a') + ".xlsx");
}

TEST(AttachmentName, IsNumberedWhereItIsTaken) {
  TakenNames taken;
  std::vector<std::string> names;
  for (const char* name : {"a.xlsx", "a (2).xlsx", "a.xlsx", "a.xlsx", "a (2).xlsx", ".x", ".x", "b", "b"})
    names.push_back(take_name(name, taken));
  EXPECT_THAT(names, ElementsAre("a.xlsx", "a (2).xlsx", "a (3).xlsx", "a (4).xlsx", "a (2) (2).xlsx", ".x", ".x (2)",
                                 "b", "b (2)"));
  for (int i = 0; i < 100'000; ++i) take_name("a.xlsx", taken);  // hours, if each began at 2
  EXPECT_EQ(take_name("a.xlsx", taken), "a (100005).xlsx");
}

}  // namespace
}  // namespace tonghop
