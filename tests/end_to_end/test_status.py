"""`status`: where every agency of a round stands, what came of nobody known, and counts that tie, in every format."""

import collections
import csv
import datetime
import io
import json
import subprocess

import jsonschema
import openpyxl

import made_round
import support
from test_round import PERIOD, Maker, make_round

IN_TIME = "2027-03-19T08:00:00Z"
LATE = "2027-03-22T13:30:00Z"  # 2 days, 3 hours and 30 minutes past 17:00 of the 20th, seven hours east
LATE_MINUTES = 2 * 24 * 60 + 3 * 60 + 30
ROSTER = [["001", "Sở Nội vụ", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["002", "Sở Tư pháp", "STP", "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["003", "Sở Y tế", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["004", "Sở Công Thương", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["005", "Sở Xây dựng", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["006", "Sở Tài chính", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["007", "Xã Mới", "Xã Cũ Một; Xã Cũ Hai", "Cấp xã", None, "binh-lang-2022", None],
          ["008", "Xã Cũ Một", None, "Cấp xã", None, "binh-lang-2022", datetime.date(2025, 6, 30)],
          ["009", "Phường Tân Lập", None, "Cấp xã", None, "binh-lang-2022", None],
          ["010", "Xã Ba", None, "Cấp xã", None, "binh-lang-2022", None],
          ["011", "Xã Bốn", None, "Cấp xã", None, "binh-lang-2022", None],
          ["012", "Xã Thôi", None, "Cấp xã", None, "binh-lang-2022", datetime.date(2025, 6, 30)]]

# (code, name): state, minutes late or None, files, what the first of these is called
EXPECTED = {
    ("001", "Sở Nội vụ"): ("accepted", None, ["snv.xlsx"]),
    ("002", "Sở Tư pháp"): ("refused", None, ["Bao cao So Tu phap.xlsx"]),
    ("003", "Sở Y tế"): ("accepted", LATE_MINUTES, ["syt-2.xlsx", "syt-1.xlsx"]),  # corrected, too late
    ("004", "Sở Công Thương"): ("open_errors", None, ["sct.xlsx"]),
    ("005", "Sở Xây dựng"): ("wrong_period", None, ["sxd.xlsx"]),
    ("006", "Sở Tài chính"): ("not_returned", None, []),
    ("007", "Xã Mới"): ("accepted", LATE_MINUTES, ["xm.xlsx"]),  # under a former name
    ("009", "Phường Tân Lập"): ("accepted", None, ["Bao cao phuong Tan Lap (1).xlsx"]),  # the file does not say
    ("010", "Xã Ba"): ("accepted", None, ["b1.xlsx", "b2.xlsx"]),  # the same twice, the second late
    ("011", "Xã Bốn"): ("refused", None, ["Xã Bốn.pdf.xlsx", "Xa Bon.xlsx"]),
}
OTHERS = {("", "Cục Lạ"): ("accepted", None, ["la.xlsx"]), ("012", "Xã Thôi"): ("accepted", None, ["thoi.xlsx"])}
NOBODYS = ["scan.xlsx"]
IGNORED = ["ghi-chu.txt"]


def make_inbox(folder):
    """The round of ROSTER with returns of every kind; figures are made up from a seed and break no rule."""
    make_round(folder / "round.xlsx", roster=ROSTER, settings=[("Tỉnh, thành phố", "Tỉnh Khánh Hòa")])
    inbox = folder / "inbox"
    inbox.mkdir()
    made = folder / "made"
    made.mkdir()
    catalogue = made_round.Catalogue()

    def make(agency, form, name, moment=IN_TIME, change=None):
        blank = made / name
        out = support.tonghop("blank", "--template", form, "--agency", agency, "--period", PERIOD, "-o", blank)
        assert out.returncode == 0, out.stderr
        book = openpyxl.load_workbook(blank / (form + ".xlsx"))
        cells = made_round.cells(book, form)
        computed = {indicator for indicator, cell in cells.items() if support.is_formula(cell)}
        draft = made_round.Draft(form, set(cells), computed, catalogue, made_round.random.Random(name))
        for indicator, value in draft.values.items():
            cells[indicator].value = float(value)
        if change:
            change(book, cells)
        made_round.save(book, inbox / name, moment)

    def period(text):
        def change(book, cells):
            for sheet in book.worksheets:
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str) and PERIOD in cell.value:
                            cell.value = cell.value.replace(PERIOD, text)
        return change

    def unreadable(_, cells):
        cells["steering.documents"].value = "xem báo cáo"

    def nameless(book, _):
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and "Đơn vị thử" in cell.value:
                        cell.value = cell.value.replace("Đơn vị thử", "") or None

    make("Sở Nội vụ", "khanh-hoa-2023", "snv.xlsx")
    make("Sở Y tế", "khanh-hoa-2023", "syt-1.xlsx", change=unreadable)
    make("So Y te tinh Khanh Hoa", "khanh-hoa-2023", "syt-2.xlsx", LATE)
    make("Sở Công Thương", "khanh-hoa-2023", "sct.xlsx", change=unreadable)
    make("Sở Xây dựng", "khanh-hoa-2023", "sxd.xlsx", change=period("Quý IV năm 2026"))
    make("Xã Cũ Một", "binh-lang-2022", "xm.xlsx", LATE)
    make("Đơn vị thử", "binh-lang-2022", "Bao cao phuong Tan Lap (1).xlsx", change=nameless)
    make("Xã Ba", "binh-lang-2022", "b1.xlsx")
    (inbox / "b2.xlsx").write_bytes((inbox / "b1.xlsx").read_bytes())
    support.rewrite_part(inbox / "b1.xlsx", inbox / "b2.xlsx", "docProps/core.xml",
                         lambda data: data.replace(IN_TIME.encode(), LATE.encode()))
    make("Cục Lạ", "binh-lang-2022", "la.xlsx")
    make("Xã Thôi", "binh-lang-2022", "thoi.xlsx")
    (inbox / "Bao cao So Tu phap.xlsx").write_bytes((inbox / "snv.xlsx").read_bytes()[:2000])  # cut off
    (inbox / "Xã Bốn.pdf.xlsx").write_bytes(b"%PDF-1.4\n")
    (inbox / "Xa Bon.xlsx").write_bytes(b"")
    (inbox / "scan.xlsx").write_bytes(b"%PDF-1.4\n")
    (inbox / "ghi-chu.txt").write_text("nhắc Sở Tài chính", encoding="utf-8")


class Status(support.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = cls.class_folder()
        make_inbox(cls.shared)

    def status(self, *options, code=support.WITH_FINDINGS, lang="en"):
        return self.tonghop("--lang", lang, "status", "--round", self.shared / "round.xlsx", *options, code=code)

    def test_says_where_every_agency_stands(self):
        told = json.loads(self.status("--format", "json").stdout)
        jsonschema.validate(told, json.loads(self.tonghop("schema", "status").stdout), jsonschema.Draft202012Validator)
        found = {(one["code"], one["agency"]): one for one in told["agencies"]}
        self.assertEqual([key for key, one in found.items() if one["expected"]], list(EXPECTED))  # in the roster's order
        self.assertEqual({key for key, one in found.items() if not one["expected"]}, set(OTHERS))
        for key, (state, late, files) in (EXPECTED | OTHERS).items():
            with self.subTest(agency=key):
                one = found[key]
                self.assertEqual((one["state"], one["late_minutes"]), (state, late))
                self.assertCountEqual([name.rpartition("/")[2] for name in one["files"]], files)
        nobodys = [one["file"].rpartition("/")[2] for one in told["files"] if not one["agency"]]
        self.assertEqual(nobodys, NOBODYS)
        self.assertEqual([name.rpartition("/")[2] for name in told["ignored"]], IGNORED)

        counts = told["counts"]
        states = collections.Counter(state for state, _, _ in EXPECTED.values())
        self.assertEqual({state: counts[state] for state in states}, states)
        self.assertEqual(counts["expected"], sum(states.values()))
        self.assertEqual(counts["late"], 2)
        self.assertEqual(counts["others"], len(OTHERS))
        self.assertEqual(counts["files"], counts["files_used"] + counts["files_superseded"] + counts["files_refused"])
        self.assertEqual(counts["files"], sum(len(one["files"]) for one in told["agencies"]) + counts["files_of_nobody"])
        self.assertEqual(counts["files_used"], 9)
        codes = {finding["code"] for finding in told["findings"]}
        self.assertLessEqual({"agency-spelled", "agency-by-file-name", "agency-unlisted", "agency-invalid", "period-other"}, codes)

    def test_csv_says_the_same(self):
        told = json.loads(self.status("--format", "json").stdout)
        rows = list(csv.DictReader(io.StringIO(self.status("--format", "csv").stdout)))
        ours = [one for one in rows if one["agency"]]
        self.assertEqual(len(rows) - len(ours), told["counts"]["files_of_nobody"])
        self.assertEqual([(one["code"], one["agency"], one["state"], one["late_minutes"], one["errors"], one["files"]) for one in ours],
                         [(one["code"], one["agency"], one["state"], str(one["late_minutes"] or ""), str(one["errors"]),
                           str(len(one["files"]))) for one in told["agencies"]])
        self.assertTrue(next(one for one in ours if one["agency"] == "Sở Y tế")["file"].endswith("syt-2.xlsx"))

    def test_the_workbook_says_the_same_and_libreoffice_shows_it(self):
        told = json.loads(self.status("--format", "json").stdout)
        path = self.shared / "status.xlsx"
        first = path.read_bytes()
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        rows = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
        counts = {row[0]: row[1] for row in rows if len(row) == 2}
        names = {"accepted": "Đã nộp, đạt", "open_errors": "Đã nộp, còn lỗi", "wrong_period": "Sai kỳ báo cáo",
                 "refused": "Đã gửi, không dùng được", "not_returned": "Chưa nộp", "expected": "Đơn vị phải nộp",
                 "files": "Tệp nhận được", "files_used": "Đã tổng hợp", "others": "Đơn vị khác đã gửi",
                 "late": "Đã nộp nhưng muộn"}
        self.assertEqual({name: counts[text] for name, text in names.items()}, {name: told["counts"][name] for name in names})
        start = rows.index(["Theo đơn vị"]) + 2
        listed = rows[start:start + len(EXPECTED)]
        self.assertEqual([(row[1], row[2], row[4]) for row in listed],
                         [(code, name, names[state]) for (code, name), (state, _, _) in EXPECTED.items()])
        self.assertIn("2 ngày 3 giờ", listed[2])
        self.assertIn("20:30 22/3/2027", listed[2])
        # What is open about what counts, and nothing of the file that was corrected.
        open_ones = [row for row in book.worksheets[1].iter_rows(min_row=4, values_only=True)]
        self.assertIn("Sở Công Thương", [row[1] for row in open_ones if row[0] == "Lỗi"])
        self.assertNotIn("Sở Y tế", [row[1] for row in open_ones if row[0] == "Lỗi"])
        self.status()
        self.assertEqual(path.read_bytes(), first)
        (recalculated,) = support.libreoffice([path], self.folder / "office")
        again = openpyxl.load_workbook(recalculated)
        self.assertEqual([sheet.title for sheet in again.worksheets], [sheet.title for sheet in book.worksheets])
        cells = [(cell.coordinate, cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
        self.assertEqual([(place, again.worksheets[0][place].value) for place, _ in cells], cells)
        (pdf,) = support.libreoffice([path], self.folder / "office", "pdf")
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, encoding="utf-8", timeout=60, check=True)
        self.assertIn("TÌNH TRẠNG NỘP BÁO CÁO", text.stdout)

    def test_the_table_fits_and_speaks_both_languages(self):
        said = self.status().stdout
        lines = said.splitlines()
        self.assertLessEqual(max(len(line) for line in lines), 140)
        self.assertRegex(said, r"003 +Sở Y tế +Accepted +2 d 3 h +0 +20:30 22/3/2027 +2 ")
        self.assertRegex(said, r"Files of nobody known\n.*scan\.xlsx: ")
        self.assertIn("written: " + str(self.shared / "status.xlsx"), lines[-1])
        said = self.status(lang="vi").stdout
        self.assertRegex(said, r"003 +Sở Y tế +Đã nộp, đạt +2 ngày 3 giờ ")

    def test_the_merged_workbook_says_the_same(self):
        merged = self.merge(self.shared / "inbox", code=support.WITH_FINDINGS, options=("--round", self.shared / "round.xlsx"))
        self.status()

        def table(path):
            rows = [row[:10] for row in openpyxl.load_workbook(path)["Tình trạng nộp"].iter_rows(values_only=True)]
            return [row for row in rows if row[0] is not None]
        self.assertEqual(table(merged.path), table(self.shared / "status.xlsx"))


class Beside(support.TestCase):
    def test_before_anything_came_all_are_outstanding(self):
        make_round(self.folder / "round.xlsx", roster=ROSTER)
        (self.folder / "inbox").mkdir()
        result = self.tonghop("status", "--round", "round.xlsx", "--format", "json")
        counts = json.loads(result.stdout)["counts"]
        self.assertEqual((counts["expected"], counts["not_returned"]), (10, 10))
        self.assertTrue((self.folder / "status.xlsx").exists())

    def test_writes_over_nothing_but_a_status(self):
        make_round(self.folder / "round.xlsx", roster=ROSTER)
        (self.folder / "inbox").mkdir()
        other = self.folder / "status.xlsx"
        for content in (b"mine", (self.folder / "round.xlsx").read_bytes()):
            other.write_bytes(content)
            result = self.tonghop("status", "--round", "round.xlsx", code=support.NOT_WRITTEN)
            self.assertIn("no status of returns", result.stderr)
            self.assertEqual(other.read_bytes(), content)
        self.tonghop("status", "--round", "round.xlsx", "-o", "round.xlsx", code=support.USAGE)
        self.tonghop("status", "--round", "round.xlsx", "-o", "where/mine.xlsx")
        self.tonghop("status", "--round", "round.xlsx", "-o", "where/mine.xlsx")

    def test_sources_that_disagree_are_said(self):
        make_round(self.folder / "round.xlsx", roster=ROSTER)
        maker = Maker(self.folder)
        (self.folder / "inbox").mkdir()
        path = maker.make("Sở Nội vụ", "khanh-hoa-2023", "a")
        (self.folder / "inbox" / "003_So-Y-te_Quy-I-nam-2027.xlsx").write_bytes(path.read_bytes())
        told = json.loads(self.tonghop("status", "--round", "round.xlsx", "--format", "json", code=support.WITH_FINDINGS).stdout)
        said = [finding for finding in told["findings"] if finding["code"] == "agency-sources-differ"]
        self.assertEqual([finding["agency"] for finding in said], ["Sở Nội vụ"])
        self.assertIn("the file's name that of “Sở Y tế”", said[0]["message"])
        states = {one["agency"]: one["state"] for one in told["agencies"]}
        self.assertEqual(states["Sở Y tế"], "not_returned")
        self.assertNotEqual(states["Sở Nội vụ"], "not_returned")


if __name__ == "__main__":
    support.unittest.main()
