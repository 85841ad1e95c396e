"""The coordinator's hand: what is settled in the yellow columns of one merged workbook is applied and kept by the next."""

import shutil
import unittest

import openpyxl

import support
from support import AGENCY_SHEET, DONE, NOT_WRITTEN, WITH_FINDINGS

FINDINGS_SHEET = "Cần xử lý"
VALUE, REASON, BY, STATE = "Giá trị chốt", "Lý do chốt", "Người chốt", "Trạng thái"
SUBJECT = ["#code", "#agency", "#indicator", "#typed", "#ground"]
TOWN, VILLAGE = "Sở Thử", "Sở Khác"
DOCUMENTS = "steering.documents"  # a count


def header_of(sheet):
    return next(row for row in sheet.iter_rows() if any(cell.value == VALUE for cell in row))


def rows_of(sheet):
    """Rows of the sheet of findings as {caption: cell}."""
    header = header_of(sheet)
    captions = {cell.column: cell.value for cell in header if cell.value}
    return [{caption: sheet.cell(row, column) for column, caption in captions.items()}
            for row in range(header[0].row + 1, sheet.max_row + 1)]


def values_of(path):
    """The same as {caption: value}, of a file."""
    return [{caption: cell.value for caption, cell in row.items()}
            for row in rows_of(openpyxl.load_workbook(path)[FINDINGS_SHEET])]


class Decisions(support.TestCase):
    form = "tra-vinh-2021"

    def setUp(self):
        super().setUp()
        self.tonghop("blank", "-o", "blank")
        # Figures made up; what TOWN typed for the documents may mean 7 or 7000.
        self.send(TOWN, {DOCUMENTS: "khoảng 7,000", "steering.plan.assigned": 20})
        self.send(VILLAGE, {DOCUMENTS: 5, "steering.plan.assigned": 10})

    def rows(self):
        return {row["indicator"]: row for row in self.read(f"blank/{self.form}.xlsx")[0]}

    def send(self, agency, values):
        """A filled form into returns/."""
        self.tonghop("blank", "--template", self.form, "--agency", agency, "--period", "Quý I năm 2027", "-o", "blank")
        book, rows = openpyxl.load_workbook(self.folder / f"blank/{self.form}.xlsx"), self.rows()
        for indicator, value in values.items():
            book[rows[indicator]["sheet"]][rows[indicator]["cell"]].value = value
        (self.folder / "returns").mkdir(exist_ok=True)
        book.save(self.folder / f"returns/{agency}.xlsx")

    def province(self, code=DONE, options=()):
        return self.merge("returns", name="p", code=code, options=options)

    def decide(self, *decisions, path=None, change=None):
        """Types (indicator, value, reason, by) into the rows of TOWN's findings; `change` may do more to the sheet."""
        path = path or self.folder / "p.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book[FINDINGS_SHEET]
        for indicator, value, reason, by in decisions:
            row = next(row for row in rows_of(sheet)
                       if row["#agency"].value == TOWN and row["#indicator"].value == indicator)
            row[VALUE].value, row[REASON].value, row[BY].value = value, reason, by
        if change:
            change(sheet)
        book.save(path)
        return path

    def state(self, indicator=DOCUMENTS, path=None):
        return next(row[STATE] for row in values_of(path or self.folder / "p.xlsx")
                    if row["#agency"] == TOWN and row["#indicator"] == indicator)

    def figure(self, merged, agency=TOWN):
        return merged.values[DOCUMENTS]["value"], support.agency_grid(merged.path)[DOCUMENTS][agency]

    def codes(self, merged, prefix="decision"):
        return sorted(row["code"] for row in merged.findings if row["code"].startswith(prefix))

    def test_a_settled_value_counts_and_is_kept_at_every_later_merge(self):
        before = self.province(code=WITH_FINDINGS)
        self.assertEqual(self.figure(before), ("5", None))
        self.decide((DOCUMENTS, "7000", "công văn 12", "Lan"))
        after = self.province()  # no open error is left
        self.assertEqual(self.figure(after), ("7005", 7000))
        finding = next(row for row in after.findings if row["code"] == "value-ambiguous")
        self.assertEqual((finding["state"], finding["raw"]), ("settled", "khoảng 7,000"))
        self.assertEqual(self.codes(after), [])
        row = next(row for row in values_of(after.path) if row["#code"] == "value-ambiguous")
        self.assertEqual((row[VALUE], row[REASON], row[BY], row[STATE]),
                         ("7000", "công văn 12", "Lan", "Đã chốt: 7000 (Lan)"))
        bytes_before = after.path.read_bytes()
        self.assertEqual(self.figure(self.province()), ("7005", 7000))
        self.assertEqual(after.path.read_bytes(), bytes_before)

    def test_a_waived_finding_is_no_open_error_and_its_value_stays_what_it_was(self):
        self.province(code=WITH_FINDINGS)
        for word in ("bỏ qua", "Waive"):
            with self.subTest(word):
                self.decide((DOCUMENTS, word, "đã gọi điện", "Lan"))
                merged = self.province()
                self.assertEqual(self.figure(merged), ("5", None))
                self.assertEqual([row["state"] for row in merged.findings if row["code"] == "value-ambiguous"], ["waived"])
                self.assertEqual(self.state(), "Đã bỏ qua (Lan)")

    def test_a_new_figure_of_the_agency_makes_the_decision_outdated(self):
        self.province(code=WITH_FINDINGS)
        self.decide((DOCUMENTS, 7000, "công văn 12", "Lan"))
        self.assertEqual(self.figure(self.province()), ("7005", 7000))
        self.send(TOWN, {DOCUMENTS: 8})
        changed = self.province()
        self.assertEqual(self.figure(changed), ("13", 8))
        said = next(row for row in changed.findings if row["code"] == "decision-outdated")
        self.assertEqual(said["severity"], "warning")
        self.assertIn("khoảng 7,000", said["message"])
        self.assertIn("“8”", said["message"])
        self.assertRegex(changed.result.stderr, "warning: .*khoảng 7,000")
        row = next(row for row in values_of(changed.path) if row["#code"] == "value-ambiguous")
        self.assertEqual((row[VALUE], row[BY], row[STATE]), (7000, "Lan", "Không áp dụng"))
        again = self.province()
        self.assertEqual(self.codes(again), ["decision-outdated"])
        self.send(TOWN, {DOCUMENTS: "khoảng 7,000"})  # what it was settled for
        self.assertEqual(self.figure(self.province()), ("7005", 7000))

    def test_another_doubt_is_settled_anew(self):
        self.province(code=WITH_FINDINGS)
        self.decide((DOCUMENTS, 7000, "công văn 12", "Lan"))
        self.province()
        self.send(TOWN, {DOCUMENTS: "khoảng 9,000"})
        doubtful = self.province(code=WITH_FINDINGS)
        self.assertEqual(self.figure(doubtful), ("5", None))
        new = next(row for row in values_of(doubtful.path) if row["#typed"] == "khoảng 9,000")
        self.assertEqual((new[VALUE], new[STATE]), (None, "Chưa xử lý"))

    def settled_after(self, change=None, resave=None):
        """Merges, decides, lets somebody handle the file, and merges again."""
        self.province(code=WITH_FINDINGS)
        path = self.decide((DOCUMENTS, "7000", "công văn 12", "Lan"), change=change)
        if resave:
            shutil.copy(resave(path), path)
        merged = self.province()
        self.assertEqual(self.figure(merged), ("7005", 7000))
        self.assertEqual(self.state(), "Đã chốt: 7000 (Lan)")
        self.assertEqual(self.codes(merged), [])

    def test_rows_may_be_sorted_and_deleted(self):
        def turn(sheet):
            first = header_of(sheet)[0].row + 1
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
            ours = [row for row in rows if TOWN in row]
            sheet.delete_rows(first, len(rows))
            for row in reversed(ours):
                sheet.append(row)
        self.settled_after(turn)

    def test_columns_may_be_moved_and_taken_out(self):
        def move(sheet):
            by = next(cell.column for cell in header_of(sheet) if cell.value == BY)
            kept = [sheet.cell(row, by).value for row in range(1, sheet.max_row + 1)]
            sheet.delete_cols(by)
            sheet.delete_cols(3)  # the file
            sheet.insert_cols(1)
            for row, value in enumerate(kept, 1):
                sheet.cell(row, 1).value = value
            sheet.insert_rows(1, 2)
        self.settled_after(move)

    def test_the_file_may_be_saved_by_libreoffice(self):
        self.settled_after(resave=lambda path: support.libreoffice([path], self.folder / "office")[0])

    def test_the_file_may_be_saved_by_gnumeric(self):
        self.settled_after(resave=lambda path: support.gnumeric([path], self.folder / "gnumeric")[0])

    def test_the_sheet_may_be_renamed(self):
        self.settled_after(lambda sheet: setattr(sheet, "title", "Xử lý xong"))

    def test_a_row_that_lost_what_it_is_about_is_told(self):
        def lose(sheet):
            for row in rows_of(sheet):
                if row["#indicator"].value == DOCUMENTS:
                    row["#code"].value = None
        def swap(sheet):  # the yellow columns sorted without the rest
            for row in rows_of(sheet):
                if row["#indicator"].value == DOCUMENTS:
                    row["#agency"].value = VILLAGE
        for change in (lose, swap):
            with self.subTest(change.__name__):
                (self.folder / "p.xlsx").unlink(missing_ok=True)
                self.province(code=WITH_FINDINGS)
                self.decide((DOCUMENTS, "7000", "công văn 12", "Lan"), change=change)
                merged = self.province(code=WITH_FINDINGS)
                self.assertEqual(self.figure(merged), ("5", None))
                lost = next(row for row in merged.findings if row["code"] == "decision-lost")
                self.assertEqual((lost["sheet"], lost["raw"]), (FINDINGS_SHEET, "7000"))
                self.assertIn("công văn 12", lost["message"])
                self.assertIn("error: p.xlsx", merged.result.stderr.replace(str(self.folder) + "/", ""))

    def test_a_report_without_the_columns_is_told(self):
        self.province(code=WITH_FINDINGS)
        book = openpyxl.load_workbook(self.folder / "p.xlsx")
        del book[FINDINGS_SHEET]
        book.save(self.folder / "p.xlsx")
        self.assertEqual(self.codes(self.province(code=WITH_FINDINGS)), ["decisions-missing"])

    def test_values_are_read_as_the_agencies_are(self):
        self.province(code=WITH_FINDINGS)
        for typed, value in (("7.029", 7029), (7029, 7029), ("không", 0)):
            with self.subTest(typed):
                self.decide((DOCUMENTS, typed, "gọi điện", "Lan"))
                self.assertEqual(self.figure(self.province()), (str(value + 5), value))

    def test_what_cannot_be_read_is_not_applied(self):
        self.province(code=WITH_FINDINGS)
        for typed in ("bảy nghìn?", "12 hoặc 13", 7.029, "=", -3):
            with self.subTest(typed):
                self.decide((DOCUMENTS, typed, "gọi điện", "Lan"))
                merged = self.province(code=WITH_FINDINGS)
                self.assertEqual(self.figure(merged), ("5", None))
                said = next(row for row in merged.findings if row["code"] == "decision-unreadable")
                self.assertEqual((said["severity"], said["sheet"]), ("error", FINDINGS_SHEET))
                self.assertRegex(self.state(), r"\AKhông áp dụng\n.*không đọc được")
                self.assertEqual(sum(row[VALUE] is not None for row in values_of(merged.path)), 1)

    def test_an_unsigned_decision_is_applied_and_said(self):
        self.province(code=WITH_FINDINGS)
        for reason, by in ((None, "Lan"), ("gọi điện", None), (None, None)):
            with self.subTest(reason=reason, by=by):
                self.decide((DOCUMENTS, 7000, reason, by))
                merged = self.province()
                self.assertEqual(self.figure(merged), ("7005", 7000))
                self.assertEqual(self.codes(merged), ["decision-unsigned"])
        self.decide((DOCUMENTS, None, "chờ trả lời", None))  # nothing decided: the remark is kept
        merged = self.province(code=WITH_FINDINGS)
        self.assertEqual(self.codes(merged), [])
        self.assertEqual([row[REASON] for row in values_of(merged.path) if row[REASON]], ["chờ trả lời"])

    def test_decisions_come_from_another_file_as_well(self):
        self.province(code=WITH_FINDINGS)
        shutil.move(self.decide((DOCUMENTS, 7000, "công văn 12", "Lan")), self.folder / "lan.xlsx")
        merged = self.province(options=("--decisions", "lan.xlsx"))
        self.assertEqual(self.figure(merged), ("7005", 7000))
        self.assertEqual(self.figure(self.province(options=("--decisions", "lan.xlsx"))), ("7005", 7000))  # in both now
        self.decide((DOCUMENTS, 8000, "công văn 13", "Minh"))
        rivals = self.province(code=WITH_FINDINGS, options=("--decisions", "lan.xlsx"))
        self.assertEqual(self.figure(rivals), ("5", None))
        self.assertEqual(self.codes(rivals), ["decision-twice"] * 2)
        self.assertEqual(sorted(row[VALUE] for row in values_of(rivals.path) if row[VALUE]), [7000, 8000])
        self.decide((DOCUMENTS, 8000, "công văn 13", "Minh"))
        (self.folder / "lan.xlsx").write_bytes(b"nothing")
        self.refused("lan.xlsx", options=("--decisions", "lan.xlsx"))
        self.refused("gone.xlsx", options=("--decisions", "gone.xlsx"))

    def refused(self, name, options=()):
        before = support.snapshot(self.folder)
        said = self.tonghop("merge", "returns", "-o", "p.xlsx", *options, code=NOT_WRITTEN)
        self.assertRegex(said.stderr, rf"\Aerror: {name}[^\n]*\n\Z")
        self.assertEqual(said.stdout, "")
        self.assertEqual(support.snapshot(self.folder), before)

    def test_a_remark_that_reads_like_a_header_is_a_remark(self):
        counts = [row for row in self.rows().values() if row["kind"] == "count"][:8]
        path = self.folder / f"returns/{TOWN}.xlsx"
        book = openpyxl.load_workbook(path)
        for number, row in enumerate(counts):  # figures beside what a column of figures is called in other forms
            sheet = book[row["sheet"]]
            sheet[row["cell"]].value = 100 + number
            sheet[f"E{row['cell'][1:]}"].value = "Số liệu lũy kế từ đầu năm"
        book.save(path)
        first = self.province(WITH_FINDINGS)
        notes = openpyxl.load_workbook(first.path)["Ghi chú của đơn vị"]
        self.assertIn("Số liệu lũy kế từ đầu năm", {cell.value for row in notes.iter_rows() for cell in row})
        again = self.province(WITH_FINDINGS)
        self.assertEqual(again.findings, first.findings)

    def test_only_a_merged_report_is_overwritten(self):
        merged = self.province(code=WITH_FINDINGS).path.read_bytes()
        form = (self.folder / f"returns/{TOWN}.xlsx").read_bytes()
        for name, content in (("text", b"my diary"), ("empty", b""), ("half", merged[:len(merged) // 2]), ("form", form)):
            with self.subTest(name):
                (self.folder / "p.xlsx").write_bytes(content)
                self.refused("p.xlsx")

    def test_a_report_with_a_damaged_sheet_is_not_overwritten(self):
        merged = self.province(code=WITH_FINDINGS).path
        shutil.move(merged, self.folder / "whole.xlsx")
        support.rewrite_part(self.folder / "whole.xlsx", merged, r"xl/worksheets/sheet3\.xml", lambda part: part[:len(part) // 2])
        self.refused("p.xlsx")

    def test_a_percentage_of_settled_parts_follows(self):
        self.form = "khanh-hoa-2023"  # its blank computes
        about, blank, rows = support.indicators(), openpyxl.load_workbook(self.folder / f"blank/{self.form}.xlsx"), self.rows()
        share = next(i for i, row in rows.items() if support.is_formula(blank[row["sheet"]][row["cell"]]))
        part, whole = about[share][0]["numerator"], about[share][0]["denominator"]
        self.send(TOWN, {part: "30 hoặc 31", whole: 40})
        self.province(code=WITH_FINDINGS)
        self.decide((part, 30, "công văn 12", "Lan"))
        self.assertEqual(support.agency_grid(self.province().path)[share][TOWN], 0.75)

    def test_a_figure_corrected_by_hand_is_not_lost_without_a_word(self):
        merged = self.province(code=WITH_FINDINGS)
        book = openpyxl.load_workbook(merged.path)
        support.agency_cell(book[AGENCY_SHEET], DOCUMENTS, VILLAGE).value = 6
        support.agency_cell(book[AGENCY_SHEET], "steering.plan.assigned", TOWN).value = None
        book.save(merged.path)
        shutil.copy(support.libreoffice([merged.path], self.folder / "office")[0], merged.path)
        said = [row for row in self.province(code=WITH_FINDINGS).findings if row["code"] == "edit-lost"]
        self.assertEqual(sorted((row["agency"], row["indicator"], row["raw"]) for row in said),
                         [(VILLAGE, DOCUMENTS, "6"), (TOWN, "steering.plan.assigned", "—")])
        book = openpyxl.load_workbook(merged.path)
        row = next(row for row in rows_of(book[FINDINGS_SHEET]) if row["#code"].value == "edit-lost" and row["#agency"].value == VILLAGE)
        row[VALUE].value, row[REASON].value, row[BY].value = 6, "gọi điện", "Lan"
        book.save(merged.path)
        settled = self.province(code=WITH_FINDINGS)
        self.assertEqual(self.figure(settled, VILLAGE), ("6", 6))
        self.assertEqual(self.codes(settled, "edit"), [])

    def test_the_sheet_can_be_filled_in(self):
        sheet = openpyxl.load_workbook(self.province(code=WITH_FINDINGS).path)[FINDINGS_SHEET]
        header = header_of(sheet)
        row = next(row for row in rows_of(sheet) if row["#indicator"].value == DOCUMENTS)
        for caption in (VALUE, REASON, BY):
            self.assertFalse(row[caption].protection.locked, caption)
            self.assertEqual(row[caption].fill.fgColor.rgb, "FFFFF8DC")
            prompts = [rule for rule in sheet.data_validations.dataValidation if row[caption].coordinate in rule.sqref]
            self.assertEqual([bool(rule.prompt) for rule in prompts], [True], caption)
        self.assertTrue(row[STATE].protection.locked)
        for caption in SUBJECT:
            self.assertTrue(sheet.column_dimensions[row[caption].column_letter].hidden, caption)
        captions = [cell.value for cell in header]
        self.assertLess(captions.index("Chỉ tiêu"), captions.index("#code"))  # between what is shown and what is typed
        self.assertLess(captions.index("#ground"), captions.index(VALUE))
        self.assertEqual(sheet.auto_filter.ref.split(":")[0], f"A{header[0].row}")
        self.assertEqual(sheet.freeze_panes, f"C{header[0].row + 1}")
        target, cell = row["Chỉ tiêu"].hyperlink.location.rsplit("!", 1)
        self.assertEqual(target.strip("'"), AGENCY_SHEET)
        agencies = openpyxl.load_workbook(self.folder / "p.xlsx")[AGENCY_SHEET]
        self.assertEqual(agencies[cell].coordinate, support.agency_cell(agencies, DOCUMENTS, TOWN).coordinate)


if __name__ == "__main__":
    unittest.main()
