"""`mail`: the drafts of a round, as Python's parser of e-mail and as neomutt read them; who gets one, and what becomes of old ones."""

import email
import email.policy
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import time
import unittest

import openpyxl

import support
from support import DONE, NOT_WRITTEN, WITH_FINDINGS

PERIOD = "Quý I năm 2027"
HEAD = ["Mã đơn vị", "Tên đơn vị", "Cấp", "Biểu mẫu", "Thư điện tử", "Hiệu lực đến"]
ROSTER = [["001", "Sở Nội vụ", "Sở, ban, ngành", "khanh-hoa-2023", "sonv@tinh.example", None],
          ["002", 'Sở "Khoa học", Công nghệ; Đổi mới sáng tạo (cũ: Sở Thông tin & Truyền thông)', "Sở, ban, ngành", "tra-vinh-2021",
           "vanthu@so2.tinh.example; cchc@so2.tinh.example", None],
          ["X-3", "Ủy ban nhân dân xã Nguyễn Thị Minh Khai – Đông Hưng – Quỳnh Phụ – Hưng Hà – Kiến Xương – Tiền Hải và các xã lân cận",
           "Cấp xã", "binh-lang-2022", "ubnd@xa3.example", None],
          ["X-4", "Xã Không Thư", "Cấp xã", "binh-lang-2022", None, None],
          ["X-5", "Xã Đã Nhập", "Cấp xã", "binh-lang-2022", "cu@xa5.example", "30/6/2026"]]
SETTINGS = [("Tỉnh, thành phố", "Tỉnh Thử"), ("Cơ quan tổng hợp", "Sở Nội vụ tỉnh Thử"), ("Người liên hệ", "Bà Trần Thị Ư, 0900 000 000"),
            ("Kỳ báo cáo", PERIOD), ("Số liệu từ ngày", "15/12/2026"), ("Số liệu đến ngày", "14/3/2027"),
            ("Hạn gửi báo cáo", "17h00 ngày 20/3/2027"), ("Địa chỉ nhận báo cáo", "cchc@tinh.example; du-phong@tinh.example")]


def make_round(path, settings=SETTINGS, roster=ROSTER, letters=()):
    book = openpyxl.Workbook()
    book.active.title = "Đợt báo cáo"
    for caption, value in settings:
        book.active.append([caption, value])
    sheet = book.create_sheet("Đơn vị")
    sheet.append(HEAD)
    for line in roster:
        sheet.append(line)
    if letters:
        sheet = book.create_sheet("Thư")
        sheet.append(["Loại thư", "Tiêu đề thư", "Nội dung thư"])
        for line in letters:
            sheet.append(line)
    book.save(path)


def neomutt(folder, keys, *settings):
    """Runs neomutt on a Maildir as a person would who types `keys`; it must end by itself."""
    rc = folder.parent / "neomuttrc"
    rc.write_text("\n".join(["set folder=/nonexistent", "set header_cache=", "set wait_key=no", "set confirm_append=no", "set quit=yes",
                             "set mark_old=no", "set charset=utf-8", "set send_charset=utf-8", "set rfc2047_parameters=no", *settings]))
    arguments = ["neomutt", "-n", "-F", str(rc), "-R", "-f", str(folder), "-e", f'push "{keys}"']
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm", LC_ALL="C.UTF-8", HOME=str(folder.parent))
        os.chdir(folder.parent)
        os.execvp("neomutt", arguments)
    said = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            try:
                got = os.read(terminal, 65536)
            except OSError:
                break
            if not got:
                break
            said += got
    else:
        os.kill(child, signal.SIGKILL)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said.decode(errors="replace")


class InARound(support.TestCase):
    def setUp(self):
        super().setUp()
        make_round(self.folder / "round.xlsx")
        self.fill_outbox()

    def fill_outbox(self):
        self.tonghop("blank", "--round", "round.xlsx", "-o", "outbox")

    def mail(self, *options, code=WITH_FINDINGS):
        return self.tonghop("mail", "--round", "round.xlsx", *options, code=code)

    def drafts(self, folder="outbox"):
        """code -> (path, message)"""
        found = {}
        for path in sorted((self.folder / folder).glob("*.eml")):
            found[path.name.split("_")[0]] = (path, email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        return found


class Drafts(InARound):
    def test_python_reads_what_was_meant(self):
        self.mail(code=DONE)
        drafts = self.drafts()
        self.assertEqual(sorted(drafts), ["001", "002", "X-3", "X-4"])  # X-5 is not valid in this round
        for code, name, _, form, address, _ in ROSTER[:4]:
            path, message = drafts[code]
            with self.subTest(code=code):
                self.assertEqual(message.defects, [])
                self.assertEqual(message["X-Unsent"], "1")
                self.assertIsNone(message["Date"])
                self.assertEqual([one.addr_spec for one in message["Reply-To"].addresses], ["cchc@tinh.example", "du-phong@tinh.example"])
                self.assertEqual(message["Subject"], f"Biểu mẫu báo cáo {PERIOD} – {name}")
                wanted = re.split("; ", address) if address else []
                addresses = message["To"].addresses if message["To"] else ()
                self.assertEqual([one.addr_spec for one in addresses], wanted)
                if len(wanted) == 1:
                    # Python 3.11 keeps the line ends between the encoded words of a long name.
                    self.assertEqual(" ".join(addresses[0].display_name.split()), name)
                text = message.get_body().get_content()
                for words in (name, f"mã đơn vị: {code}", PERIOD, "15/12/2026", "14/3/2027", "17:00 20/3/2027", "Sở Nội vụ tỉnh Thử",
                              "Bà Trần Thị Ư, 0900 000 000", "cchc@tinh.example", support.definition(form).get("title")):
                    self.assertIn(words, text)
                self.assertNotRegex(text, r"[{}]")
                attached, = message.iter_attachments()
                self.assertEqual(attached.get_filename(), path.with_suffix(".xlsx").name)
                self.assertEqual(attached.get_content_type(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                self.assertEqual(attached.get_content(), path.with_suffix(".xlsx").read_bytes())

    def test_neomutt_reads_what_was_meant(self):
        self.mail(code=DONE)
        for code, (path, message) in self.drafts().items():
            with self.subTest(code=code):
                scratch = self.folder / ("mail-" + code)
                for part in ("cur", "new", "tmp"):
                    (scratch / "box" / part).mkdir(parents=True)
                shutil.copy(path, scratch / "box/new/1.draft")
                neomutt(scratch / "box", "<pipe-message>cat > decoded<enter><view-attachments><last-entry><save-entry><enter>"
                        "<exit><quit>", "set pipe_decode=yes", "set weed=no")
                decoded = (scratch / "decoded").read_text(encoding="utf-8")
                head, _, text = decoded.partition("\n\n")
                head = re.sub(r"\n\s+", " ", head)
                self.assertIn(f"\nSubject: {message['Subject']}\n", head + "\n")
                if message["To"]:
                    to = re.search(r"(?m)^To: (.*)$", head)[1]
                    self.assertEqual(re.findall(r"[^\s<>,]+@[^\s<>,]+", to), [one.addr_spec for one in message["To"].addresses])
                for line in message.get_body().get_content().splitlines():
                    self.assertIn(line.strip(), text)
                workbook = path.with_suffix(".xlsx")
                self.assertEqual((scratch / workbook.name).read_bytes(), workbook.read_bytes())

    def test_letters_of_the_round_stand_in_place_of_the_usual_ones(self):
        make_round(self.folder / "round.xlsx", letters=[["Gửi biểu mẫu", "{period}: {agency}", "Kính gửi {agency},\nhạn {deadline}."]])
        self.mail(code=DONE)
        _, message = self.drafts()["001"]
        self.assertEqual(message["Subject"], f"{PERIOD}: Sở Nội vụ")
        self.assertEqual(message.get_body().get_content(), "Kính gửi Sở Nội vụ,\r\nhạn 17:00 20/3/2027.\r\n")

    def test_says_what_a_draft_lacks(self):
        said = self.mail(code=DONE).stderr
        self.assertRegex(said, r"(?m)^warning: round\.xlsx \[Đơn vị\] B5: The roster has no e-mail address of Xã Không Thư")
        make_round(self.folder / "round.xlsx", settings=[one for one in SETTINGS if one[0] != "Người liên hệ"])
        said = self.mail(code=DONE).stderr
        self.assertEqual(said.count("The letter uses {contact}, but the round does not tell it"), 1)

    def test_without_a_workbook_or_with_another_there_is_no_draft(self):
        (self.folder / "outbox" / next(self.folder.glob("outbox/001_*.xlsx")).name).unlink()
        other = next(self.folder.glob("outbox/002_*.xlsx"))
        shutil.copy(next(self.folder.glob("outbox/X-3_*.xlsx")), other)
        result = self.mail()
        self.assertRegex(result.stderr, r"(?m)^error: outbox/001_\S+: There is no workbook for Sở Nội vụ yet")
        self.assertRegex(result.stderr, r"(?m)^error: outbox/002_\S+: This is not the workbook of ")
        self.assertEqual(sorted(self.drafts()), ["X-3", "X-4"])
        self.assertRegex(result.stdout, "^drafts written: 2; unchanged: 0; removed: 0; folder: outbox[.] Nothing was sent")

    def test_runs_again_without_writing_what_is_there(self):
        self.mail(code=DONE)
        before = {path: path.stat().st_mtime_ns for path in self.folder.glob("outbox/*")}
        self.assertRegex(self.mail(code=DONE).stdout, "^drafts written: 0; unchanged: 4; removed: 0;")
        self.assertEqual({path: path.stat().st_mtime_ns for path in self.folder.glob("outbox/*")}, before)

    def test_what_somebody_has_changed_stays(self):
        self.mail(code=DONE)
        changed, _ = self.drafts()["001"]
        changed.write_bytes(changed.read_bytes().replace(b"X-Unsent: 1", b"X-Unsent: 1\r\nBcc: chief@tinh.example"))
        before = changed.read_bytes()
        make_round(self.folder / "round.xlsx", settings=[*SETTINGS[:-1], ("Địa chỉ nhận báo cáo", "moi@tinh.example")])
        result = self.mail(code=DONE)
        self.assertRegex(result.stderr, r"(?m)^warning: outbox/001_\S+\.eml: Somebody has changed this draft")
        self.assertEqual(changed.read_bytes(), before)
        self.assertRegex(result.stdout, "^drafts written: 3;")


class Reminders(InARound):
    def setUp(self):
        super().setUp()
        (self.folder / "inbox").mkdir()

    def remind(self, *options, code=DONE):
        return self.mail("--remind", *options, code=code)

    def returned(self, code):
        shutil.copy(next(self.folder.glob(f"outbox/{code}_*.xlsx")), self.folder / "inbox" / (code + ".xlsx"))

    def test_an_empty_inbox_reminds_everybody(self):
        result = self.remind()
        self.assertEqual(sorted(self.drafts("outbox/reminders")), ["001", "002", "X-3", "X-4"])
        self.assertNotIn("error: ", result.stderr)
        _, message = self.drafts("outbox/reminders")["001"]
        self.assertEqual(message["Subject"], f"Nhắc nộp báo cáo {PERIOD} – Sở Nội vụ")
        self.assertEqual(sorted(self.drafts()), [])

    def test_who_has_returned_is_not_reminded_and_the_old_reminder_goes(self):
        self.remind()
        mine = self.folder / "outbox/reminders/my own.eml"
        mine.write_text("Subject: mine\n\nmine\n")
        edited, _ = self.drafts("outbox/reminders")["002"]
        edited.write_bytes(edited.read_bytes() + b"\r\n")
        self.returned("001")
        self.returned("002")
        result = self.remind(code=WITH_FINDINGS)  # they are blank, and that is said
        self.assertEqual({path.name.split("_")[0] for path in self.folder.glob("outbox/reminders/*.eml")}, {"002", "X-3", "X-4", "my own.eml"})
        self.assertRegex(result.stderr, r"(?m)^note: outbox/reminders/001_\S+\.eml: This draft of an earlier run")
        self.assertRegex(result.stderr, r"(?m)^warning: outbox/reminders/002_\S+\.eml: This mail need not be sent any more")
        self.assertRegex(result.stderr, r"(?m)^warning: outbox/reminders/my own\.eml: This mail need not be sent any more")
        self.assertRegex(result.stdout, r"(?m)^drafts written: 0; unchanged: 2; removed: 1;")

    def test_an_outbox_that_cannot_be_written_is_3(self):
        (self.folder / "outbox/reminders").write_text("a file where the folder should be")
        self.assertIn("error: outbox/reminders", self.mail("--remind", code=NOT_WRITTEN).stderr)

    def test_inputs_may_be_named(self):
        (self.folder / "elsewhere").mkdir()
        self.returned("X-3")
        (self.folder / "inbox/X-3.xlsx").rename(self.folder / "elsewhere/x.xlsx")
        self.remind("elsewhere", code=WITH_FINDINGS)
        self.assertEqual(sorted(self.drafts("outbox/reminders")), ["001", "002", "X-4"])


if __name__ == "__main__":
    unittest.main()
