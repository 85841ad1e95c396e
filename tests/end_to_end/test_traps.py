"""What people and programs do to a form between sending it out and getting it back; the traps that concern more than the reader.

Each trap is named as in the list that tests/traps.py checks; those of the container and of cells are in tests/xlsx.
"""

import shutil
import unicodedata
import unittest

import openpyxl

import filled
import support
from support import DONE, WITH_FINDINGS

FORM = "tra-vinh-2021"


class Traps(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forms = filled.Forms(cls.class_folder())
        cls.sent = cls.forms.filled / (FORM + ".xlsx")

    def setUp(self):
        super().setUp()
        self.before, said = self.read(self.sent)
        self.assertEqual(said, "")

    def changed(self, change, name="returned.xlsx"):
        """The filled form after change(sheet, table)."""
        book = openpyxl.load_workbook(self.sent)
        for sheet in book.worksheets:
            if support.has_table(sheet):
                change(sheet, support.Table(sheet))
        book.save(self.folder / name)
        return name

    def code_of(self, path):
        """The exit code of reading it, where that is beside the point."""
        return support.tonghop("read", path, cwd=self.folder).returncode

    def expect_same_values(self, path, code=DONE):
        rows, said = self.read(path, code=code)
        self.assertEqual([(row["key"], row["value"], row["note"]) for row in rows],
                         [(row["key"], row["value"], row["note"]) for row in self.before])
        return said

    def test_letters_in_pieces(self):
        # trap C32: captions and texts as macOS stores them
        def change(sheet, table):
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and not support.is_formula(cell):
                        cell.value = unicodedata.normalize("NFD", cell.value)
        path = self.changed(change)
        self.assertNotEqual(support.sha256(self.sent), support.sha256(self.folder / path))
        self.assertEqual(self.expect_same_values(path), "")

    def test_blanks_of_all_kinds_around_values_and_captions(self):
        # trap C19: what Excel would cut off, no-break and zero-width spaces included
        def change(sheet, table):
            for row in sheet.iter_rows(min_row=table.header_row):
                for cell in row:
                    if isinstance(cell.value, str) and not support.is_formula(cell) and cell.column != table.key_column:
                        cell.value = f" \u00a0{cell.value}\n\u200b "
        self.assertEqual(self.expect_same_values(self.changed(change)), "")

    def test_numbers_stored_as_text(self):
        # trap C31: as Vietnamese grouping has them; what has two readings is said, never guessed
        counts = iter(["1.234.567", "1 234 567", "1\u00a0234\u202f567", "１２３４５６７", "'1234567", "1,234,567"])
        by_key = {row["key"]: row for row in self.before}
        meant = {}

        def change(sheet, table):
            for key, row in table.keys.items():
                if by_key.get(key, {}).get("kind") == "count":
                    text = next(counts, "7,000")
                    sheet[by_key[key]["cell"]].value = text
                    meant[key] = "" if text == "7,000" else "1234567"
                    if text == "7,000":
                        return
        rows, said = self.read(self.changed(change), code=WITH_FINDINGS)
        self.assertEqual(len(meant), 7)
        self.assertEqual({row["key"]: row["value"] for row in rows if row["key"] in meant}, meant)
        self.assertEqual([row["status"] for row in rows if row["raw"] == "7,000"], ["ambiguous"])
        self.assertIn("7,000", said)

    def test_rows_hidden_by_a_filter_and_groups(self):
        # trap C37
        def change(sheet, table):
            sheet.auto_filter.ref = f"A{table.header_row}:E{sheet.max_row}"
            for n, row in enumerate(table.keys.values()):
                sheet.row_dimensions[row].hidden = n % 3 == 0
                sheet.row_dimensions[row].outlineLevel = n % 2
        self.assertEqual(self.expect_same_values(self.changed(change)), "")

    def test_rows_in_another_order(self):
        # trap C37: sorting takes the key along
        def change(sheet, table):
            rows = [row for key, row in table.keys.items() if not any(support.is_formula(cell) for cell in sheet[row])]
            first, last = rows[10], rows[40]
            for column in range(1, table.key_column + 1):
                a, b = sheet.cell(first, column), sheet.cell(last, column)
                a.value, b.value = b.value, a.value
        path = self.changed(change)
        rows, _ = self.read(path, code=self.code_of(path))
        self.assertEqual({row["key"]: row["value"] for row in rows}, {row["key"]: row["value"] for row in self.before})

    def test_rows_and_columns_inserted(self):
        # trap C38
        def change(sheet, table):
            sheet.insert_cols(1)
            sheet.insert_rows(table.header_row + 20)
            sheet.insert_rows(1, 3)
        path = self.changed(change)
        rows, _ = self.read(path, code=self.code_of(path))
        ours = [row["key"] for row in self.before if row["raw"]]  # formulas do not move along in openpyxl
        self.assertEqual({row["key"]: row["value"] for row in rows if row["key"] in ours},
                         {row["key"]: row["value"] for row in self.before if row["key"] in ours})

    def test_a_row_deleted_is_said(self):
        # trap C38
        gone = {}

        def change(sheet, table):
            key = next(row["key"] for row in self.before if row["kind"] == "count")
            gone[key] = table.keys[key]
            sheet.delete_rows(table.keys[key])
        path = self.changed(change)
        rows, said = self.read(path, code=self.code_of(path))
        self.assertEqual([row["value"] for row in rows if row["key"] in gone], [""])
        self.assertRegex(said, r"(?m)^warning: returned\.xlsx")

    def test_what_validation_would_have_refused(self):
        # trap C39: it is bypassed by pasting, and gone after some editors
        wrong = {"count": "-5", "amount": "nhiều", "percent": "250%", "choice": "9"}
        put = {}

        def change(sheet, table):
            sheet.data_validations.dataValidation = []
            for row in self.before:
                cell = sheet[row["cell"]]
                if row["kind"] in wrong and row["kind"] not in put.values() and not support.is_formula(cell):
                    cell.value = wrong[row["kind"]]
                    put[row["key"]] = row["kind"]
        rows, said = self.read(self.changed(change), code=WITH_FINDINGS)
        self.assertGreaterEqual(len(put), 2)
        for row in rows:
            if row["key"] in put:
                self.assertEqual(row["value"], "", row)
                self.assertIn(f" {row['cell']}: ", said)

    def test_the_same_return_twice_and_two_that_differ(self):
        # trap C45
        (self.folder / "in").mkdir()
        shutil.copy(self.sent, self.folder / "in/form.xlsx")
        shutil.copy(self.sent, self.folder / "in/form (1).xlsx")
        merged = self.merge("in", code=WITH_FINDINGS)
        self.assertEqual([row["code"] for row in merged.findings if row["code"].startswith("return-")], ["return-repeated"])
        once = self.merge("in/form.xlsx", code=WITH_FINDINGS).values
        self.assertEqual(merged.values, once)
        key = next(row["key"] for row in self.before if row["kind"] == "count")
        self.changed(lambda sheet, table: sheet.cell(table.keys[key], table.key_column - 2, 99), "in/form (2).xlsx")
        merged = self.merge("in", code=WITH_FINDINGS)
        self.assertIn("return-conflict", [row["code"] for row in merged.findings])

    def test_macros_and_templates_of_excel(self):
        # trap C41: .xlsm and .xltx are the same package under another content type
        for name, kind in (("form.xlsm", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
                           ("form.xltx", b"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml")):
            support.rewrite_part(self.sent, self.folder / name, r"\[Content_Types\]\.xml", lambda data, kind=kind: data.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind))
            self.assertEqual(self.expect_same_values(name), "")


if __name__ == "__main__":
    unittest.main()
