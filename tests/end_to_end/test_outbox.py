"""`blank --round`: a workbook for every agency, what it carries, last round's values beside the inputs, and what is left alone."""

import random
import resource
import shutil
import signal
import subprocess
import time

import openpyxl

import support
from test_round import HEAD, PERIOD, Maker, make_round

REPLY = ("Địa chỉ nhận báo cáo", "cchc@khanhhoa.gov.vn")
BEFORE = "Quý IV năm 2026"
PREVIOUS = f"Kỳ trước, để đối chiếu ({BEFORE})"
ROSTER = [["001", "Sở Nội vụ", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["002", "Đặc khu Trường Sa", "Huyện Trường Sa", "Cấp xã", None, None, None],
          ["003", "Sở Cũ", None, "Sở, ban, ngành", None, "khanh-hoa-2023", "30/6/2026"]]
NAMES = ["001_So-Noi-vu_Quy-I-nam-2027.xlsx", "002_Dac-khu-Truong-Sa_Quy-I-nam-2027.xlsx"]


def identity_of(path):
    sheet = openpyxl.load_workbook(path)["_tonghop"]
    return {row[0].value: row[1].value for row in sheet.iter_rows()}


def previous_column(sheet):
    """{row: cell} below the header of last round's values."""
    (header,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == PREVIOUS)
    return {row: sheet.cell(row, header.column) for row in range(header.row + 1, sheet.max_row + 1)}


class Outbox(support.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / "q1").mkdir()
        self.round = make_round(self.folder / "q1" / "round.xlsx", ROSTER, settings=[REPLY])
        self.outbox = self.folder / "q1/outbox"

    def issue(self, *options, code=support.DONE):
        result = self.tonghop("--lang", "vi", "blank", "--round", self.round, *options, code=code)
        return result.stdout.splitlines() + result.stderr.splitlines()

    def test_has_a_workbook_for_everybody_who_is_expected(self):
        self.assertEqual(self.issue(), [f"2 đơn vị: 2 tệp được ghi, 0 tệp không thay đổi, trong {self.outbox}"])
        self.assertEqual(sorted(path.name for path in self.outbox.iterdir()), NAMES)
        self.assertEqual(identity_of(self.outbox / NAMES[1]),
                         {"template": "binh-lang-2022", "version": "1", "agency": "Đặc khu Trường Sa", "period": PERIOD,
                          "window": "2026-12-15 2027-03-14 2027-03-20T17:00", "code": "002"})
        book = openpyxl.load_workbook(self.outbox / NAMES[0])
        guide = [cell.value for (cell,) in book["Hướng dẫn"].iter_rows(max_col=1) if cell.value]
        self.assertEqual(guide[:6], ["Báo cáo của Sở Nội vụ", "Mã đơn vị: 001", f"Kỳ báo cáo: {PERIOD}",
                                     "Thời gian lấy số liệu: 15/12/2026 – 14/3/2027", "Hạn gửi báo cáo: 17:00 20/3/2027",
                                     "Địa chỉ nhận báo cáo: cchc@khanhhoa.gov.vn"])
        lines = [cell.value for row in book.worksheets[0].iter_rows(max_row=10) for cell in row]
        self.assertIn("Hạn gửi: 17:00 20/3/2027, về cchc@khanhhoa.gov.vn", lines)

    def test_reads_back_without_values_or_findings(self):
        self.issue()
        rows, said = self.read(self.outbox / NAMES[0], self.outbox / NAMES[1])
        self.assertEqual({row["agency"] for row in rows}, {"Sở Nội vụ", "Đặc khu Trường Sa"})
        self.assertEqual({row["status"] for row in rows}, {"blank"})
        self.assertEqual([line for line in said.splitlines() if "no value at all" not in line], [])

    def test_leaves_alone_what_is_the_same(self):
        self.issue()
        times = {path.name: path.stat().st_mtime_ns for path in self.outbox.iterdir()}
        self.assertEqual(self.issue(), [f"2 đơn vị: 0 tệp được ghi, 2 tệp không thay đổi, trong {self.outbox}"])
        self.assertEqual({path.name: path.stat().st_mtime_ns for path in self.outbox.iterdir()}, times)
        make_round(self.round, [ROSTER[0], [*ROSTER[1][:2], "Huyện đảo", *ROSTER[1][3:]]], settings=[REPLY, ("Người liên hệ", "Bà Bình")])
        self.assertEqual(self.issue(), [f"2 đơn vị: 2 tệp được ghi, 0 tệp không thay đổi, trong {self.outbox}"])

    def test_keeps_what_somebody_saved_and_what_is_nobodys(self):
        self.issue()
        filled = self.outbox / NAMES[0]
        book = openpyxl.load_workbook(filled)
        book.save(filled)
        (self.outbox / NAMES[1]).write_bytes(b"notes")
        (self.outbox / "004_Xa-Cu_Quy-I-nam-2027.xlsx").write_bytes(b"x")
        (self.outbox / "thu.eml").write_bytes(b"x")
        before = support.snapshot(self.outbox)
        said = self.issue()
        self.assertEqual(support.snapshot(self.outbox), before)
        self.assertEqual(said[0], f"2 đơn vị: 0 tệp được ghi, 0 tệp không thay đổi, trong {self.outbox}")
        self.assertEqual([line.split(".xlsx: ")[0].split("/")[-1] for line in said[1:]],
                         [NAMES[0][:-5], NAMES[1][:-5], "004_Xa-Cu_Quy-I-nam-2027"])

    def test_goes_on_when_one_is_open_in_excel(self):
        self.outbox.mkdir()
        (self.outbox / ("~$" + NAMES[0])).write_bytes(b"")
        said = self.issue(code=support.NOT_WRITTEN)
        self.assertEqual(said[0], f"2 đơn vị: 1 tệp được ghi, 0 tệp không thay đổi, trong {self.outbox}")
        self.assertIn(NAMES[0], said[1])
        self.assertTrue((self.outbox / NAMES[1]).exists())

    def test_says_for_whom_no_form_is_known_and_goes_on(self):
        make_round(self.round, [["001", "Sở Nội vụ", None, "Sở, ban, ngành"], *ROSTER[1:]])
        said = self.issue(code=support.WITH_FINDINGS)
        self.assertIn("[Đơn vị] B3: Chưa rõ Sở Nội vụ điền biểu mẫu nào", said[1])
        self.assertEqual([path.name for path in self.outbox.iterdir()], NAMES[1:])
        make_round(self.round, [["001", "Sở Nội vụ", None, "Sở, ban, ngành"], *ROSTER[1:]],
                   settings=[("Biểu mẫu mặc định: Sở, ban, ngành", "tra-vinh-2021")])
        self.issue()
        self.assertEqual(identity_of(self.outbox / NAMES[0])["template"], "tra-vinh-2021")

    def test_can_be_written_for_one_agency_and_elsewhere(self):
        self.issue("--agency", "huyện trường sa", "-o", self.folder / "one")
        self.assertEqual([path.name for path in (self.folder / "one").iterdir()], NAMES[1:])
        self.assertFalse(self.outbox.exists())
        self.tonghop("blank", "--template", "khanh-hoa-2023", code=support.USAGE)


class Many(support.TestCase):
    """More agencies than are put down at once."""

    def setUp(self):
        super().setUp()
        roster = [[f"{number:03}", f"Xã {number}", None, "Cấp xã", None, "binh-lang-2022", None] for number in range(300)]
        self.rounds = [make_round(self.folder / f"{name}.xlsx", roster, settings=[("Người liên hệ", name)]) for name in ("before", "after")]
        self.outbox = self.folder / "outbox"

    def issue(self, made, out="outbox", code=support.DONE, limit=lambda: None):
        result = subprocess.run([support.TONGHOP, "--lang", "en", "blank", "--round", made, "-o", out], cwd=self.folder, capture_output=True,
                                encoding="utf-8", check=False, preexec_fn=limit)
        self.assertEqual(result.returncode, code, result)
        return result.stdout + result.stderr

    def written(self, made):
        """The bytes of all workbooks of this round, by name."""
        self.issue(made, out=made.stem)
        return {path.name: path.read_bytes() for path in (self.folder / made.stem).iterdir()}

    def test_each_is_written_around_what_is_in_the_way(self):
        expected = self.written(self.rounds[0])
        self.outbox.mkdir()
        names = sorted(expected)
        (self.outbox / names[3]).mkdir()
        (self.outbox / f".~lock.{names[5]}#").write_text("clerk")
        (self.outbox / names[7]).write_bytes(expected[names[7]])
        (self.outbox / names[290]).symlink_to("nowhere")
        said = self.issue(self.rounds[0], code=support.NOT_WRITTEN)
        self.assertIn("297 files written, 1 unchanged", said)
        self.assertEqual([name for name in names if name in said], [names[3], names[5]])
        self.assertEqual({path.name: path.read_bytes() for path in self.outbox.glob("*.xlsx") if path.is_file()},
                         {name: expected[name] for name in names if name not in (names[3], names[5])})

    def test_few_files_may_be_open(self):
        expected = self.written(self.rounds[0])
        self.issue(self.rounds[0], limit=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40)))
        self.assertEqual({path.name: path.read_bytes() for path in self.outbox.iterdir()}, expected)

    def test_a_full_disk_leaves_nothing_unfinished_and_each_is_named(self):
        def full():  # no file may grow beyond 4 KiB
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        expected = self.written(self.rounds[0])
        said = self.issue(self.rounds[0], code=support.NOT_WRITTEN, limit=full)
        self.assertIn("0 files written", said)
        self.assertEqual([name for name in expected if name not in said], [])
        self.assertEqual(list(self.outbox.iterdir()), [])

    def test_killed_at_any_moment_each_is_the_old_one_or_the_new_one(self):
        expected = [self.written(made) for made in self.rounds]
        self.assertNotEqual(expected[0], expected[1])
        started = time.monotonic()
        self.issue(self.rounds[0])
        duration = time.monotonic() - started
        dice, killed, some = random.Random(9), 0, 0
        for turn in range(60):
            if turn % 3 == 0:  # they are new; else they replace those that a killed run has left, some of either round
                shutil.rmtree(self.outbox, ignore_errors=True)
            running = subprocess.Popen([support.TONGHOP, "blank", "--round", self.rounds[turn % 2], "-o", "outbox"], cwd=self.folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0, duration * 1.2))
            running.send_signal(signal.SIGKILL)
            killed += running.wait() == -signal.SIGKILL
            there = list(self.outbox.iterdir()) if self.outbox.exists() else []
            drafts = [path for path in there if path.name.startswith(".")]
            self.assertLessEqual(len(drafts), 8)
            some += 0 < len(there) - len(drafts) < len(expected[0])
            for path in drafts:
                path.unlink()
            for path in set(there) - set(drafts):
                self.assertIn(path.read_bytes(), [made[path.name] for made in expected])
        self.assertGreater(killed, 15)
        self.assertGreater(some, 3)
        self.issue(self.rounds[1])
        self.assertEqual({path.name: path.read_bytes() for path in self.outbox.iterdir()}, expected[1])


class Previous(support.TestCase):
    def test_values_stand_beside_the_inputs_and_are_never_read_as_values(self):
        maker = Maker(self.folder)
        names = {form: f"Đơn vị {number}" for number, form in enumerate(support.AGENCY_FORMS)}
        returns = [maker.make(name, form, form) for form, name in names.items()]
        self.tonghop("merge", *returns, "-o", "before.xlsx", "--period", BEFORE, code=support.WITH_FINDINGS)
        roster = [[str(number), name, None, None, None, form] for number, (form, name) in enumerate(names.items())]
        self.tonghop("blank", "--round", make_round(self.folder / "round.xlsx", [*roster, ["9", "Sở Mới", None, None, None, "khanh-hoa-2023"]]),
                     "--previous", "before.xlsx")
        blanks = sorted((self.folder / "outbox").iterdir())
        grid = support.agency_grid(self.folder / "before.xlsx")
        edited = []
        for blank, (form, name) in zip(blanks, names.items()):
            keys = {row["key"]: row["indicator"] for row in self.read(blank)[0]}
            book = openpyxl.load_workbook(blank)
            shown = 0
            for table in support.tables(book).values():
                column = previous_column(table.sheet)
                for key, row in table.keys.items():
                    if key not in keys:
                        continue
                    expected = grid.get(keys[key], {}).get(name)
                    cell = column[row]
                    self.assertTrue(cell.protection.locked and cell.font.italic, (form, key))
                    self.assertEqual(cell.value, expected if isinstance(expected, (int, float)) else None, (form, key))
                    shown += cell.value is not None
                    value = table.sheet.cell(row, table.note_column - 1)
                    if not str(value.value).startswith("="):
                        self.assertEqual(cell.number_format, value.number_format, (form, key))
                table.sheet.protection.sheet = True
                for row in table.sheet.iter_rows(min_col=table.key_column, max_col=table.key_column):
                    row[0].value = None  # keys are lost
            self.assertGreater(shown, 20, form)
            edited.append(self.folder / (form + ".nokeys.xlsx"))
            book.save(edited[-1])
        self.assertNotIn(PREVIOUS, [cell.value for sheet in openpyxl.load_workbook(blanks[5]) for row in sheet.iter_rows() for cell in row])
        for files in (blanks[:5], edited, support.libreoffice(blanks[:5], self.folder / "saved")):
            rows, said = self.read(*files)
            self.assertEqual({row["status"] for row in rows}, {"blank"})
            for word in ("outside", "column", "values of"):
                self.assertNotIn(word, "\n".join(line for line in said.splitlines() if "no value at all" not in line))
        for form, blank in zip(names, blanks):  # filled in beside them
            rows, _ = self.read(blank)
            put = support.fill(blank, self.folder / (form + ".filled.xlsx"), rows, lambda row: 7 if row["kind"] == "count" else None)
            again, said = self.read(self.folder / (form + ".filled.xlsx"))
            self.assertEqual({row["key"]: row["raw"] for row in again if row["key"] in put}, {key: "7" for key in put})
            self.assertNotIn("outside", said)
