"""Received mails as inputs: written by Python's email package and OpenSSL, and raw as mail programs write them; alone, in mailboxes,
in zips, in one another; whole and broken."""

import base64
import email.policy
import io
import json
import mailbox
import quopri
import subprocess
import unittest
import zipfile
from email.message import EmailMessage

import support
import test_bad_input
from support import DONE, RETURNED, WITH_FINDINGS

GOOD = (RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx").read_bytes()  # its findings are warnings
OTHER = (RETURNED / "Binh-Lang-6-thang-2022.xlsx").read_bytes()
NAME = "Biểu mẫu CCHC của Sở Ngoại vụ.xlsx"
TNEF = b"\x78\x9f\x3e\x22\x01\x00\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00"


def mail(*files, subject="Báo cáo CCHC", sender="Nguyễn Văn An <An.NV@sngv.example>", date="Tue, 06 Jun 2023 15:30:00 +0700",
         text="Kính gửi Sở Nội vụ,\nXin gửi báo cáo.\n", html=None):
    """A mail of Python's with these files, (name, bytes) or another mail."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "cchc@snv.example"
    message["Subject"] = subject
    if date:
        message["Date"] = date
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for file in files:
        if isinstance(file, EmailMessage):
            message.add_attachment(file)
        else:
            message.add_attachment(file[1], maintype="application", subtype="octet-stream", filename=file[0])
    return message


def zip_of(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_dot_", "."), content)
    return out.getvalue()


def base64_lines(data):
    return base64.encodebytes(data).decode()


OUTLOOK = """Received: from mail.sngv.example (10.1.1.1) by mx.snv.example; Tue, 6 Jun 2023 15:30:02 +0700
From: =?utf-8?B?{sender}?= <An.NV@SNGV.example>
To: "cchc@snv.example" <cchc@snv.example>
Subject: =?utf-8?B?{subject}?=
Thread-Topic: x
Date: Tue, 6 Jun 2023 08:30:00 +0000
Message-ID: <SG2PR0@apcprd.prod.outlook.com>
Content-Language: vi-VN
X-MS-Has-Attach: yes
Content-Type: multipart/mixed;
\tboundary="_004_SG2_"
MIME-Version: 1.0

--_004_SG2_
Content-Type: multipart/related;
\tboundary="_003_SG2_";
\ttype="text/html"

--_003_SG2_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PGh0bWw+PGltZyBzcmM9ImNpZDppbWFnZTAwMS5wbmciPjwvaHRtbD4=

--_003_SG2_
Content-Type: image/png; name="image001.png"
Content-Description: image001.png
Content-Disposition: inline; filename="image001.png"; size=100
Content-ID: <image001.png@01D998>
Content-Transfer-Encoding: base64

iVBORw0KGgo=

--_003_SG2_--

--_004_SG2_
Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;
\tname="=?utf-8?B?{name}?="
Content-Description: =?utf-8?B?{name}?=
Content-Disposition: attachment;
\tfilename="=?utf-8?B?{name}?="; size=17000;
\tcreation-date="Tue, 06 Jun 2023 08:29:00 GMT"
Content-Transfer-Encoding: base64

{book}
--_004_SG2_--
"""

GMAIL = """MIME-Version: 1.0
Date: Tue, 6 Jun 2023 15:30:00 +0700
Message-ID: <CAK@mail.gmail.com>
Subject: =?UTF-8?B?{subject}?=
From: =?UTF-8?B?{sender}?= <an.nv@sngv.example>
To: cchc@snv.example
Content-Type: multipart/mixed; boundary="0000000000005f"

--0000000000005f
Content-Type: multipart/alternative; boundary="0000000000005e"

--0000000000005e
Content-Type: text/plain; charset="UTF-8"

see

--0000000000005e
Content-Type: text/html; charset="UTF-8"

<div dir="ltr">see</div>

--0000000000005e--
--0000000000005f
Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;
 name="=?UTF-8?B?{name}?="
Content-Disposition: attachment;
 filename="=?UTF-8?B?{name}?="
Content-Transfer-Encoding: base64
Content-ID: <f_liw0>
X-Attachment-Id: f_liw0

{book}
--0000000000005f--
"""

APPLE = """Return-Path: <an.nv@sngv.example>
From: =?utf-8?B?{sender}?= <an.nv@sngv.example>
Content-Type: multipart/alternative;
\tboundary="Apple-Mail=_1"
Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3731.600.7\\))
Subject: =?utf-8?B?{subject}?=
Date: Tue, 6 Jun 2023 15:30:00 +0700
To: cchc@snv.example

--Apple-Mail=_1
Content-Type: text/plain

see

--Apple-Mail=_1
Content-Type: multipart/mixed;
\tboundary="Apple-Mail=_2"

--Apple-Mail=_2
Content-Disposition: inline;
\tfilename*=utf-8''{percent}
Content-Type: application/octet-stream;
\tx-unix-mode=0644;
\tname="=?utf-8?B?{name}?="
Content-Transfer-Encoding: base64

{book}
--Apple-Mail=_2
Content-Type: text/html; charset=us-ascii

<html></html>
--Apple-Mail=_2--

--Apple-Mail=_1--
"""

# A script with msmtp: no more than it takes, everything in raw UTF-8.
MSMTP = """From: {raw_sender} <an.nv@sngv.example>
To: cchc@snv.example
Subject: {raw_subject}
Date: Tue, 06 Jun 2023 15:30:00 +0700
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="{raw_name}"

{book}
--x--
"""


def raw(form, book=GOOD):
    encoded = lambda text: base64.b64encode(text.encode()).decode()
    return form.format(sender=encoded("Nguyễn Văn An"), subject=encoded("Báo cáo CCHC"), name=encoded(NAME), book=base64_lines(book),
                       percent="".join(f"%{byte:02X}" for byte in NAME.encode()), raw_sender="Nguyễn Văn An",
                       raw_subject="Báo cáo CCHC", raw_name=NAME).encode()


class MailIn(support.TestCase):
    def setUp(self):
        super().setUp()
        self.inbox = self.folder / "in"
        self.inbox.mkdir()

    def put(self, name, content):
        if isinstance(content, EmailMessage):
            content = content.as_bytes()
        (self.inbox / name).write_bytes(content)
        return f"in/{name}"

    def arrivals(self, *inputs, code=WITH_FINDINGS):
        """{path: row of the table of files}, and {(code, path)} of the findings about files"""
        self.tonghop("export", *(inputs or ["in"]), "--to", "all.json", code=code)
        everything = json.loads((self.folder / "all.json").read_text(encoding="utf-8"))
        about_files = {(row["code"], row["file"]) for row in everything["findings"] if not row["cell"]}
        return ({row["file"]: row for row in everything["files"]},
                {one for one in about_files if one[0].startswith(("file-", "mail-", "attachment-", "archive-"))})

    def said(self, *inputs, code=WITH_FINDINGS):
        return self.tonghop("check", *(inputs or ["in"]), code=code).stdout

    def test_a_workbook_in_a_mail_is_read_as_if_it_lay_there_itself(self):
        loose = self.folder / NAME
        loose.write_bytes(GOOD)
        expected = self.merge(loose).values_path.read_bytes()
        for policy in (email.policy.default, email.policy.SMTP, email.policy.SMTPUTF8, email.policy.compat32):
            self.put("a.eml", mail((NAME, GOOD)).as_bytes(policy=policy))
            self.assertEqual(self.merge("in", name="mailed").values_path.read_bytes(), expected)
            files, findings = self.arrivals(code=DONE)
            self.assertEqual(set(files), {f"in/a.eml/{NAME}"})
            self.assertEqual(findings, set())
            file = files[f"in/a.eml/{NAME}"]
            self.assertEqual(file["sha256"], support.hashlib.sha256(GOOD).hexdigest())
            self.assertEqual((file["sender"], file["sent"]), ("an.nv@sngv.example", "2023-06-06T08:30:00Z"))
            self.assertEqual(json.loads(file["mails"]), [{"sender": "an.nv@sngv.example", "sender_name": "Nguyễn Văn An",
                                                          "sent": "2023-06-06T08:30:00Z", "subject": "Báo cáo CCHC"}])

    def test_mails_as_mail_programs_write_them(self):
        for form in (OUTLOOK, GMAIL, APPLE, MSMTP):
            whole = raw(form)
            for content in (whole, whole.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + whole):
                self.put("a.eml", content)
                files, findings = self.arrivals(code=DONE)
                self.assertEqual((list(files), findings), ([f"in/a.eml/{NAME}"], set()), form)
                file = files[f"in/a.eml/{NAME}"]
                self.assertEqual(file["sha256"], support.hashlib.sha256(GOOD).hexdigest())
                self.assertEqual(json.loads(file["mails"]), [{"sender": "an.nv@sngv.example", "sender_name": "Nguyễn Văn An",
                                                              "sent": "2023-06-06T08:30:00Z", "subject": "Báo cáo CCHC"}])

    def test_a_name_in_raw_windows_1258(self):
        content = raw(MSMTP).replace(NAME.encode(), b"S\xf5\xd2 Ngoa\xf2i vu\xf2.xlsx")
        self.put("a.eml", content)
        files, _ = self.arrivals(code=DONE)
        self.assertEqual(set(files), {"in/a.eml/Sở Ngoại vụ.xlsx"})

    def test_any_mix_of_folders_zips_mails_and_mailboxes(self):
        (self.inbox / "deep").mkdir()
        self.put("loose.xlsx", GOOD)
        self.put("deep/a.eml", mail(("x.xlsx", GOOD), ("công văn.pdf", b"%PDF-1.4"), ("x.xlsx", OTHER)))
        inner = mail(("mail.zip", zip_of(book_dot_xlsx=GOOD)), sender="sender@inner.example", date="Mon, 05 Jun 2023 08:00:00 +0700")
        self.put("all.zip", zip_of(forward_dot_eml=mail(inner, ("y.xlsx", GOOD)).as_bytes(), again_dot_zip=zip_of(z_dot_xlsx=GOOD)))
        box = mailbox.mbox(self.inbox / "deep/box.mbox")
        for n in range(3):
            box.add(mail((f"{n}.xlsx", GOOD), text="From here on\n\nFrom 08:30:00 on\n", date=f"Wed, 0{n + 1} Mar 2023 08:00:00 +0700"))
        box.add(mail(("attached.eml", mail(("w.xlsx", GOOD)).as_bytes())))
        box.close()
        self.put("deep/link.eml", mail(text="https://drive.google.com/x"))
        files, findings = self.arrivals()
        self.assertEqual({path for path, row in files.items() if row["state"] == "used"}, {
            "in/loose.xlsx", "in/deep/a.eml/x.xlsx", "in/deep/a.eml/x (2).xlsx", "in/all.zip/forward.eml/y.xlsx",
            "in/all.zip/forward.eml/#1/mail.zip/book.xlsx", "in/all.zip/again.zip/z.xlsx", "in/deep/box.mbox/#1/0.xlsx",
            "in/deep/box.mbox/#2/1.xlsx", "in/deep/box.mbox/#3/2.xlsx", "in/deep/box.mbox/#4/attached.eml/w.xlsx"})
        self.assertEqual(findings, {("file-ignored", "in/deep/a.eml/công văn.pdf"), ("mail-link", "in/deep/link.eml")})
        forwarded = files["in/all.zip/forward.eml/#1/mail.zip/book.xlsx"]
        self.assertEqual([one["sender"] for one in json.loads(forwarded["mails"])], ["sender@inner.example", "an.nv@sngv.example"])
        self.assertEqual((forwarded["sender"], forwarded["sent"]), ("sender@inner.example", "2023-06-05T01:00:00Z"))
        self.assertEqual(files["in/deep/box.mbox/#2/1.xlsx"]["sent"], "2023-03-02T01:00:00Z")
        self.assertEqual(files["in/loose.xlsx"]["mails"], "")

        # The merged workbook says of each file who sent it and when.
        direct = self.merge("in", name="direct", code=WITH_FINDINGS)
        sources = list(support.openpyxl.load_workbook(direct.path)["Nguồn số liệu"].iter_rows(min_row=3, values_only=True))
        self.assertEqual(sources[0][5:7], ("Người gửi thư", "Gửi thư lúc"))
        told = {row[0]: row[5:7] for row in sources}
        self.assertEqual(told["in/all.zip/forward.eml/#1/mail.zip/book.xlsx"], ("sender@inner.example", "01:00 5/6/2023 UTC"))
        self.assertEqual(told["in/deep/link.eml"], ("an.nv@sngv.example", "08:30 6/6/2023 UTC"))
        self.assertEqual(told["in/loose.xlsx"], (None, None))

        # An export of it all merges to the same bytes, whatever its format.
        for ending in ("csv", "json", "sqlite"):
            self.tonghop("export", "in", "--to", f"e.{ending}", code=WITH_FINDINGS)
            told = self.merge(f"e.{ending}", name=ending, code=WITH_FINDINGS)
            for ours, theirs in ((direct.path, told.path), (direct.values_path, told.values_path),
                                 (direct.findings_path, told.findings_path)):
                self.assertTrue(ours.read_bytes() == theirs.read_bytes(), ending)

    def test_what_lies_too_deep_is_named(self):
        content = zip_of(a_dot_xlsx=GOOD)
        for n in range(6):
            content = zip_of(**{f"{n}_dot_zip": content})
        self.put("seven.zip", content)
        self.put("eight.zip", zip_of(seven_dot_zip=content))
        self.put("nine.zip", zip_of(eight_dot_zip=zip_of(seven_dot_zip=content)))
        message = mail(("a.xlsx", GOOD))
        for _ in range(8):
            message = mail(message)
        self.put("nine.eml", message)
        files, findings = self.arrivals()
        self.assertEqual({path.split("/")[1] for path, row in files.items() if row["state"] == "used"}, {"seven.zip", "eight.zip"})
        self.assertEqual(findings, {("file-nested", "in/nine.zip/eight.zip/seven.zip/5.zip/4.zip/3.zip/2.zip/1.zip/0.zip"),
                                    ("file-nested", "in/nine.eml" + "/#1" * 8)})
        self.assertIn("deeper than 8 levels", self.said())

    def test_mails_without_a_workbook(self):
        link = "https://drive.google.com/file/d/1/view"
        self.put("none.eml", mail(subject="Xin chào"))
        self.put("logo.eml", mail(("logo.png", b"\x89PNG\r\n\x1a\n")))
        self.put("link.eml", mail(text=f"Xin gửi báo cáo: {link}\n", subject="Báo cáo"))
        self.put("html.eml", mail(("logo.png", b"\x89PNG\r\n\x1a\n"), html=f'<a href="{link}">báo cáo</a>'))
        self.put("both.eml", mail(("a.xlsx", GOOD), text=link))
        self.put("forwarded.eml", mail(mail(text=link, sender="inner@x.example")))
        files, findings = self.arrivals()
        self.assertEqual(findings, {("attachment-none", "in/none.eml"), ("attachment-none", "in/logo.eml"), ("mail-link", "in/link.eml"),
                                    ("mail-link", "in/html.eml"), ("mail-link", "in/forwarded.eml"),
                                    ("file-ignored", "in/logo.eml/logo.png"), ("file-ignored", "in/html.eml/logo.png")})
        self.assertEqual({path: row["state"] for path, row in files.items() if path.endswith(".eml")},
                         {"in/none.eml": "ignored", "in/logo.eml": "ignored", "in/link.eml": "refused", "in/html.eml": "refused",
                          "in/forwarded.eml": "refused"})
        self.assertEqual(files["in/link.eml"]["sha256"], support.sha256(self.inbox / "link.eml"))
        self.assertEqual(files["in/forwarded.eml"]["sender"], "inner@x.example")
        said = self.said()
        self.assertIn("error: in/link.eml: The mail from an.nv@sngv.example, “Báo cáo”, has no workbook attached but a link to "
                      "drive.google.com.", said)
        self.assertIn("warning: in/none.eml: The mail from an.nv@sngv.example, “Xin chào”, has no workbook attached.", said)

    def test_what_outlook_wraps_up_is_named(self):
        self.put("tnef.eml", mail(("winmail.dat", TNEF)))
        self.put("renamed.eml", mail(("a.xlsx", TNEF)))
        self.put("winmail.dat", TNEF)
        self.put("thu.msg", test_bad_input.compound_file("__properties_version1.0"))
        _, findings = self.arrivals()
        self.assertEqual(findings, {("attachment-tnef", "in/tnef.eml/winmail.dat"), ("attachment-tnef", "in/renamed.eml/a.xlsx"),
                                    ("attachment-tnef", "in/winmail.dat"), ("file-mail", "in/thu.msg")})
        self.assertIn("winmail.dat (mail from an.nv@sngv.example, “Báo cáo CCHC”)", self.said("in/tnef.eml"))

    def test_bounced_mails_are_no_answers(self):
        part = lambda kind, text: f"--b\nContent-Type: {kind}\n\n{text}\n".encode()
        body = part("text/plain", "User unknown") + part("message/delivery-status", "Final-Recipient: rfc822; xa@x.example\n\nStatus: 5.1.1")
        body += b"--b\nContent-Type: message/rfc822\n\n" + mail(("a.xlsx", GOOD)).as_bytes() + b"\n--b--\n"
        self.put("bounce.eml", b"From: mailer-daemon@x.example\nTo: cchc@snv.example\nSubject: Undelivered\nMIME-Version: 1.0\n"
                               b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" + body)
        files, findings = self.arrivals(code=DONE)
        self.assertEqual(findings, {("mail-bounced", "in/bounce.eml")})
        self.assertEqual(files["in/bounce.eml"]["state"], "ignored")

    def test_read_receipts_are_no_answers(self):
        body = b"--b\nContent-Type: text/plain\n\nRead\n--b\nContent-Type: message/disposition-notification\n\nDisposition: x\n"
        body += b"--b\nContent-Type: message/rfc822\n\n" + mail(("a.xlsx", GOOD)).as_bytes() + b"\n--b--\n"
        self.put("read.eml", b"From: xa@x.example\nTo: cchc@snv.example\nSubject: Read: x\nMIME-Version: 1.0\n"
                             b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n" + body)
        files, findings = self.arrivals(code=DONE)
        self.assertEqual(findings, {("mail-receipt", "in/read.eml")})
        self.assertEqual(files["in/read.eml"]["state"], "ignored")

    def test_drafts_that_were_not_sent_are_no_answers(self):
        draft = mail(("blank.xlsx", GOOD), subject="Biểu mẫu", sender="cchc@snv.example", date=None)
        draft["X-Unsent"] = "1"
        self.put("draft.eml", draft)
        box = mailbox.mbox(self.inbox / "Drafts.mbox")
        box.add(draft)
        box.close()
        # Brought back: beside the answer, beside a link to it, with nothing else, as a file.
        self.put("answer.eml", mail(draft, (NAME, OTHER)))
        self.put("link.eml", mail(draft, text="https://drive.google.com/x\n"))
        self.put("nothing.eml", mail(draft))
        self.put("file.eml", mail(("thu.eml", draft.as_bytes()), (NAME, OTHER)))
        files, findings = self.arrivals()
        self.assertEqual({path for path, row in files.items() if row["state"] == "used"},
                         {f"in/answer.eml/{NAME}", f"in/file.eml/{NAME}"})
        self.assertEqual(findings, {("mail-unsent", path) for path in (
            "in/draft.eml", "in/Drafts.mbox/#1", "in/answer.eml/#1", "in/link.eml/#1", "in/nothing.eml/#1", "in/file.eml/thu.eml")}
            | {("mail-link", "in/link.eml"), ("attachment-none", "in/nothing.eml")})
        self.assertTrue(all(files[path]["state"] == "ignored" for code, path in findings if code == "mail-unsent"))
        self.assertIn("in/draft.eml: Passed over: a draft that was not sent (“Biểu mẫu”)", self.said())

    def test_signed_and_encrypted_mails(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj",
                        "/CN=an.nv", "-days", "2"], cwd=self.folder, check=True, capture_output=True)
        plain = mail((NAME, GOOD)).as_bytes(policy=email.policy.SMTP)
        head, _, _ = plain.partition(b"Subject:")
        head += b"Subject: x\r\nDate: Tue, 06 Jun 2023 15:30:00 +0700\r\n"
        body = plain[plain.index(b"MIME-Version"):]
        for name, options in (("signed", ["-sign", "-signer", "cert.pem", "-inkey", "key.pem"]),
                              ("sealed", ["-sign", "-nodetach", "-signer", "cert.pem", "-inkey", "key.pem"]),
                              ("encrypted", ["-encrypt", "-aes256", "cert.pem"])):
            made = subprocess.run(["openssl", "smime", *options], cwd=self.folder, input=body, check=True, capture_output=True).stdout
            self.put(name + ".eml", head.replace(b"\r\n", b"\n") + made.replace(b"\r\n", b"\n"))
        files, findings = self.arrivals()
        self.assertEqual({path for path, row in files.items() if row["state"] == "used"},
                         {f"in/signed.eml/{NAME}", f"in/sealed.eml/{NAME}"})
        self.assertEqual(findings, {("mail-encrypted", "in/encrypted.eml")})
        self.assertEqual(files[f"in/sealed.eml/{NAME}"]["sha256"], support.hashlib.sha256(GOOD).hexdigest())

    def test_broken_mails(self):
        whole = mail(("a.xlsx", GOOD)).as_bytes()
        last = whole.rindex(b"\n--=") + 1
        self.put("no-end.eml", whole[:last])
        self.put("cut.eml", whole[:len(whole) // 2])
        garbage = bytearray(whole)
        middle = whole.index(b"\n\n", whole.index(b"filename")) + 2
        for at in range(middle + 2000, middle + 4000):
            garbage[at] = b"!#%&"[at % 4]
        self.put("garbage.eml", bytes(garbage))
        self.put("no-parts.eml", b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n")
        self.put("text.eml", b"hello")
        self.put("text.mbox", "Kính gửi: Sở Nội vụ".encode())
        self.put("empty.eml", b"")
        self.put("report.eml", b"%PDF-1.4")
        self.put("book.eml", GOOD)
        self.put("list.csv", b"From: a\nb,c\n")
        files, findings = self.arrivals()
        self.assertEqual(findings, {
            ("mail-damaged", "in/no-end.eml"), ("mail-damaged", "in/cut.eml/a.xlsx"), ("file-damaged", "in/garbage.eml/a.xlsx"),
            ("mail-damaged", "in/no-parts.eml"), ("mail-damaged", "in/text.eml"), ("mail-damaged", "in/text.mbox"),
            ("file-empty", "in/empty.eml"), ("file-pdf", "in/report.eml"), ("file-ignored", "in/list.csv")})
        self.assertEqual({path for path, row in files.items() if row["state"] == "used"}, {"in/no-end.eml/a.xlsx", "in/book.eml"})
        for _, path in findings - {("file-ignored", "in/list.csv")}:
            self.assertEqual(self.said().count(f"error: {path}: "), 1, path)
        self.assertIn("is damaged or incomplete (cut off)", self.said("in/no-end.eml"))
        said = self.tonghop("check", "in/no-end.eml", "in/text.eml", "--lang", "vi", code=WITH_FINDINGS).stdout
        self.assertIn("bị hỏng hoặc tải chưa xong (bị cắt ngang)", said)
        self.assertIn("bị hỏng hoặc tải chưa xong (nội dung không phải là thư)", said)

    def test_transfer_encodings(self):
        head = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: application/octet-stream; name=a.xlsx\n"
        self.put("quoted.eml", head + b"Content-Transfer-Encoding: quoted-printable\n\n" + quopri.encodestring(GOOD))
        self.put("binary.eml", head + b"Content-Transfer-Encoding: binary\n\n" + GOOD)
        lines = b"".join(base64.binascii.b2a_uu(GOOD[at:at + 45]) for at in range(0, len(GOOD), 45))
        wrapped = b"begin 644 a.xlsx\n" + lines + b"`\nend\n"
        self.put("uu.eml", head + b"Content-Transfer-Encoding: x-uuencode\n\n" + wrapped)
        self.put("text.eml", b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nsee\n" + wrapped)
        files, findings = self.arrivals(code=DONE)
        self.assertEqual(findings, set())
        self.assertEqual({path: row["sha256"] == support.hashlib.sha256(GOOD).hexdigest() for path, row in files.items()},
                         {f"in/{name}.eml/a.xlsx": True for name in ("quoted", "binary", "uu", "text")})

    def test_a_sent_copy_that_names_nobody_it_went_to(self):
        message = mail((NAME, GOOD))
        del message["To"]
        self.assertEqual(set(message.keys()), {"From", "Subject", "Date", "MIME-Version", "Content-Type"})
        self.put("sent.eml", message.as_bytes())
        box = mailbox.mbox(self.inbox / "sent.mbox")
        box.add(message)
        box.close()
        files, findings = self.arrivals(code=DONE)
        self.assertEqual(findings, set())
        self.assertEqual({path: row["state"] for path, row in files.items()},
                         {f"in/sent.eml/{NAME}": "used", f"in/sent.mbox/#1/{NAME}": "used"})

    def test_the_later_mail_counts_where_the_files_do_not_tell(self):
        (self.folder / "good.xlsx").write_bytes(GOOD)
        rows, _ = self.read("good.xlsx")
        typed = next(row for row in rows if row["indicator"] == "steering.documents")
        for number, day in ((11, "08"), (12, "07")):
            book = support.openpyxl.load_workbook(io.BytesIO(GOOD))
            book[typed["sheet"]][typed["cell"]] = number
            book.save(self.folder / "saved.xlsx")
            support.rewrite_part(self.folder / "saved.xlsx", self.folder / "undated.xlsx", r"docProps/core\.xml",
                                 lambda data: support.re.sub(rb"<dcterms:modified.*?</dcterms:modified>", b"", data))
            self.put(f"{number}.eml", mail(("a.xlsx", (self.folder / "undated.xlsx").read_bytes()),
                                           date=f"Thu, {day} Jun 2023 15:30:00 +0700"))
        merged = self.merge("in")
        self.assertEqual(merged.values["steering.documents"]["value"], "11")
        finding = next(row for row in merged.findings if row["code"] == "return-superseded")
        self.assertIn("“in/11.eml/a.xlsx” (of 08:30 8/6/2023 UTC) is used, “in/12.eml/a.xlsx” (of 08:30 7/6/2023 UTC) is not",
                      finding["message"])

    def measured(self, *arguments):
        return test_bad_input.BadInput.measured(self, *arguments)

    def assert_less_memory(self, peak, most):
        if not support.SANITIZED:
            self.assertLess(peak, most)

    def test_a_mail_of_200_megabytes_is_not_held_in_memory(self):
        line = b"QUFB" * 19 + b"\n"
        video = line * ((40 << 20) // len(line))
        whole = mail(("a.xlsx", GOOD)).as_bytes()
        boundary = whole[whole.rindex(b"--=") :].split(b"--\n")[0]
        with open(self.inbox / "big.eml", "wb") as out:
            out.write(whole[:whole.rindex(b"--=")])
            for n in range(5):
                out.write(boundary + b"\nContent-Type: video/mp4; name=%d.mp4\nContent-Transfer-Encoding: base64\n\n" % n + video)
            out.write(boundary + b"\nContent-Type: application/octet-stream; name=b.xlsx\nContent-Transfer-Encoding: base64\n\n")
            out.write(base64.encodebytes(GOOD) + boundary + b"--\n")
        self.assertGreater((self.inbox / "big.eml").stat().st_size, 200 << 20)
        files, _ = self.arrivals(code=DONE)
        self.assertEqual({path for path, row in files.items() if row["state"] == "used"}, {"in/big.eml/a.xlsx", "in/big.eml/b.xlsx"})
        _, peak, _ = self.measured("read", "in/big.eml")
        self.assert_less_memory(peak, 160 << 20)

    def test_an_attachment_bomb_is_bounded_over_the_whole_nest(self):
        content = zip_of(a_dot_xlsx=bytes(100 << 20))
        for depth in range(3):
            content = zip_of(**{f"{n}_dot_zip": content for n in range(10)})
        self.put("bomb.eml", mail(("bomb.zip", content)))
        self.put("good.eml", mail(("a.xlsx", GOOD)))
        self.assertLess((self.inbox / "bomb.eml").stat().st_size, 100 << 10)
        started = test_bad_input.time.monotonic()
        code, peak, said = self.measured("read", "in/bomb.eml", "--lang", "en")
        self.assertEqual(code, WITH_FINDINGS)
        self.assert_less_memory(peak, 400 << 20)
        self.assertLess(test_bad_input.time.monotonic() - started, 20)
        self.assertIn("in/bomb.eml/bomb.zip: The file is beyond the limit “size” (256 MiB)", said)
        files, _ = self.arrivals()
        self.assertEqual([path for path, row in files.items() if row["state"] == "used"], ["in/good.eml/a.xlsx"])
        # Another mail of the same mailbox is not made to pay for it.
        box = mailbox.mbox(self.inbox / "box.mbox")
        for one in (mail(("bomb.zip", content)), mail(("z.zip", zip_of(a_dot_xlsx=GOOD)))):
            box.add(one)
        box.close()
        files, _ = self.arrivals("in/box.mbox")
        self.assertEqual([path for path, row in files.items() if row["state"] == "used"], ["in/box.mbox/#2/z.zip/a.xlsx"])

    def test_parts_without_number_are_bounded(self):
        head = b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        self.put("many.eml", head + b"--b\n\n" * 2_000_000 + b"--b--\n")
        code, peak, said = self.measured("read", "in/many.eml", "--lang", "en")
        self.assertEqual(code, WITH_FINDINGS)
        self.assertIn("in/many.eml: The file is beyond the limit “parts” (10000)", said)
        self.assert_less_memory(peak, 100 << 20)

    def test_five_thousand_mails_in_one_mailbox(self):
        def box(name, count):
            with open(self.inbox / name, "wb") as out:
                for n in range(count):
                    content = mail(("a.xlsx", GOOD) if n % 500 == 7 else ("a.txt", b"x" * 30_000), subject=str(n)).as_bytes()
                    out.write(b"From a@b.example Tue Jun  6 08:30:00 2023\n" + content + b"\n")
        box("ten.mbox", 10)
        box("many.mbox", 5_000)
        files, _ = self.arrivals("in/many.mbox", code=DONE)
        self.assertEqual(len([row for row in files.values() if row["state"] == "used"]), 10)
        self.assertEqual(len([path for path in files if path.endswith("a.txt")]), 4_990)
        _, few, _ = self.measured("check", "in/ten.mbox")
        code, many, _ = self.measured("check", "in/many.mbox")
        self.assertEqual(code, DONE)
        self.assert_less_memory(many - few, 60 << 20)  # findings on 4,990 mails, and ten returns


if __name__ == "__main__":
    unittest.main()
