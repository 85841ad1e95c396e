"""Checks on forms filled by openpyxl: the sheet of comparisons lists what a second evaluation finds, and one cause makes one finding."""

import collections
import unittest

import openpyxl

import check_oracle
import filled
import support
from support import AGENCY_FORMS, WITH_FINDINGS

TYPES = {"Tỷ lệ so với số liệu thành phần": "ratio", "Tổng số so với các thành phần": "total", "Không được lớn hơn": "at-most",
         "Cùng một số liệu hỏi hai lần": "equal", "Câu trả lời phải kèm số liệu khác": "requires", "Trong giới hạn": "range",
         "Lũy kế so với kỳ trước": "not-below-previous", "Thay đổi so với kỳ trước": "change"}
SEVERITIES = {"Lỗi": "error", "Cần xem": "warning", "Ghi nhận": "note"}


def comparisons(path):
    """Rows of the sheet as dictionaries."""
    sheet = openpyxl.load_workbook(path)["Đối chiếu"]
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]]
    return [dict(zip(("severity", "agency", "type", "label", "reported", "expected", "difference", "basis", "told", "file", "cell"), row))
            for row in rows]


class Checks(support.TestCase):
    """Numbers that differ from each other break most checks: all of them must be listed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.class_folder()
        cls.forms = filled.Forms(folder)
        inputs = [cls.forms.filled / (form + ".xlsx") for form in AGENCY_FORMS]
        cls.merged = support.merged(inputs, folder / "merged", code=WITH_FINDINGS)
        cls.listed = comparisons(cls.merged.path)

    def test_the_sheet_lists_what_a_second_evaluation_finds(self):
        for form in AGENCY_FORMS:
            with self.subTest(form=form):
                values = self.forms.by_indicator(form)
                computed = {row["indicator"] for row in self.forms.rows[form] if row["key"] not in self.forms.put[form]}
                expected = collections.Counter(
                    (kind, severity, None if kind == "requires" else round(float(reported), 6), None if limit is None else round(float(limit), 6))
                    for kind, severity, reported, limit in check_oracle.failures(form, values, computed))
                found = collections.Counter(
                    (TYPES[row["type"]], SEVERITIES[row["severity"]],
                     None if TYPES[row["type"]] == "requires" else round(float(row["reported"]), 6),
                     None if row["expected"] is None else round(float(row["expected"]), 6))
                    for row in self.listed if row["agency"] == filled.AGENCIES[form])
                self.assertEqual(found, expected)
        self.assertGreater(len(self.listed), 60)

    def test_differences_are_reported_less_expected(self):
        for row in self.listed:
            if row["expected"] is not None:
                self.assertAlmostEqual(row["difference"], row["reported"] - row["expected"], places=9)

    def test_every_finding_stands_in_the_sheet_and_no_value_in_two_findings(self):
        findings = [row for row in self.merged.findings if row["code"].startswith("check-")]
        self.assertEqual(len(findings), sum(row["told"] == "Có" for row in self.listed))
        self.assertEqual(len({(row["agency"], row["indicator"]) for row in findings}), len(findings))


class PreviousRound(support.TestCase):
    PLAN, STAFF = "steering.plan.assigned", "organisation.civil-servants.present"

    def round(self, name, period, values):
        """Merges one agency with these values, by indicator."""
        self.tonghop("blank", "--template", "khanh-hoa-2023", "--agency", "Sở Nội vụ", "--period", period, "-o", name)
        blank = self.folder / name / "khanh-hoa-2023.xlsx"
        rows, _ = self.read(blank)
        support.fill(blank, self.folder / name / "filled.xlsx", rows, lambda row: values.get(row["indicator"]))
        return self.folder / name / "filled.xlsx"

    def compared(self, before, now):
        merged = self.merge(now, name="now", options=("--previous", before))
        return sorted((row["code"], row["indicator"]) for row in merged.findings
                      if row["code"].startswith(("check-", "previous-"))), comparisons(merged.path)

    def test_figures_are_compared_with_the_merged_workbook_of_the_round_before(self):
        first = self.round("q1", "Quý I năm 2027", {self.PLAN: 21, self.STAFF: 20})
        before = self.merge(first, name="before").path
        second = self.round("q2", "6 tháng đầu năm 2027", {self.PLAN: 20, self.STAFF: 200})
        expected = [("check-change", self.STAFF), ("check-not-below-previous", self.PLAN)]
        found, listed = self.compared(before, second)
        self.assertEqual(found, expected)
        self.assertEqual(sorted((row["reported"], row["expected"]) for row in listed), [(20, 21), (200, 20)])
        self.assertIn("21 (kỳ trước)", "".join(row["basis"] for row in listed))
        # Saved by another program, renamed, its sheets in another order.
        (self.folder / "office").mkdir()
        saved = support.libreoffice([before], self.folder / "office")[0]
        book = openpyxl.load_workbook(saved)
        book.move_sheet("Theo đơn vị", offset=-1)
        book["Theo đơn vị"].title = "Số liệu kỳ trước"
        book.save(saved)
        self.assertEqual(self.compared(saved, second)[0], expected)

    def test_another_year_and_another_agency_are_said(self):
        before = self.merge(self.round("q1", "Năm 2026", {self.PLAN: 21, self.STAFF: 20}), name="before").path
        now = self.round("q2", "Quý I năm 2027", {self.PLAN: 3, self.STAFF: 21})
        self.assertEqual(self.compared(before, now)[0], [("previous-other-year", "")])

    def test_what_is_no_merged_workbook_is_refused(self):
        now = self.round("q2", "Quý I năm 2027", {self.PLAN: 3})
        result = self.tonghop("merge", now, "-o", "out.xlsx", "--previous", now, code=support.USAGE)
        self.assertIn("no sheet of figures by agency", result.stderr)
        self.assertFalse((self.folder / "out.xlsx").exists())
        self.assertIn("no such file", self.tonghop("merge", now, "-o", "out.xlsx", "--previous", "none.xlsx", code=support.USAGE).stderr)

    def test_the_round_before_is_never_overwritten(self):
        now = self.round("q2", "Quý I năm 2027", {self.PLAN: 3})
        before = self.merge(now, name="before").path
        result = self.tonghop("merge", now, "-o", before, "--previous", before, code=support.USAGE)
        self.assertIn("inputs are never written", result.stderr)


if __name__ == "__main__":
    unittest.main()
