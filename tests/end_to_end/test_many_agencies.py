"""Beyond 200 agencies the sheet by agency turns: agencies run down. The formulas of the summary follow, in LibreOffice as well."""

import math
import random
import unittest

import openpyxl

import support
from support import SURVEY, Table

SHEET = "By agency"
AGENCIES = 205
PARTS = {"1.1.a": lambda dice: dice.randint(100, 900), "1.1.b": lambda dice: dice.randint(0, 100),
         "1.2": lambda dice: round(dice.uniform(0, 99), 2), "1.3": lambda dice: round(dice.random(), 2),
         "2.1": lambda dice: dice.randint(1, 3), "2.2": lambda dice: round(dice.uniform(0, 9e5), 2),
         "2.3": lambda dice: round(dice.random(), 3), "2.4": lambda dice: None}


class ManyAgencies(support.TestCase):
    """A made-up survey of many schools, figures drawn from a seed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.class_folder()
        (cls.home / "returns").mkdir()
        book, names = support.blank_school(cls.home)
        tables = support.tables(book)
        dice = random.Random(20270401)
        for index in range(AGENCIES):
            for cell in names:
                cell.value = f"School {index + 1:03}"
            for name, table in tables.items():
                column = next(cell.column for cell in book[name][table.header_row] if cell.value == "Figure")
                for key, row in table.keys.items():
                    if key in PARTS:
                        book[name].cell(row, column).value = PARTS[key](dice) if dice.random() > 0.1 else None
            book.save(cls.home / f"returns/{index + 1:03}.xlsx")
        cls.merged = support.merged(["returns"], cls.home / "merged", cls.home, code=support.DONE,
                                    options=("--definitions", SURVEY))

    def cell(self, sheet, indicator, agency):
        ids = next(row for row in sheet.iter_rows() if any(cell.value == indicator for cell in row))
        column = next(cell.column for cell in ids if cell.value == indicator)
        row = next(row for row in range(ids[0].row + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == agency)
        return sheet.cell(row, column)

    def summary(self, path, indicator):
        """The figure of an indicator in the summary, as stored in the file."""
        book = openpyxl.load_workbook(path, data_only=True)
        key = {"meals.pupils": "1.1.a", "meals.share": "1.1"}[indicator]
        table = Table(book.worksheets[0])
        column = next(cell.column for cell in book.worksheets[0][table.header_row] if cell.value == "Figure")
        return book.worksheets[0].cell(table.keys[key], column).value

    def test_agencies_run_down(self):
        sheet = openpyxl.load_workbook(self.merged.path)[SHEET]
        rows = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
        self.assertEqual([name for name in rows if str(name).startswith("School ")],
                         [f"School {index + 1:03}" for index in range(AGENCIES)])
        first = rows.index("School 001") + 1
        self.assertEqual(sheet.freeze_panes, f"B{first}")
        self.assertTrue(sheet.auto_filter.ref.startswith(f"A{first - 1}:"))
        book = openpyxl.load_workbook(self.home / "returns/118.xlsx")
        table = next(table for table in support.tables(book).values() if "1.1.a" in table.keys)
        typed = [cell.value for cell in book[table.sheet.title][table.keys["1.1.a"]]]
        self.assertIsNotNone(self.cell(sheet, "meals.pupils", "School 118").value)
        self.assertIn(self.cell(sheet, "meals.pupils", "School 118").value, typed)

    def test_libreoffice_computes_the_stored_results(self):
        false = self.folder / "false.xlsx"
        wrong = lambda part: part.replace(b"</f><v>", b"</f><v>9")
        support.rewrite_part(self.merged.path, false, r"xl/worksheets/sheet\d+\.xml", wrong)
        stored = support.cached_formulas(self.merged.path)
        self.assertGreater(sum(value != support.cached_formulas(false)[at][1] for at, (_, value) in stored.items()), 5)
        computed = support.cached_formulas(support.libreoffice([false], self.folder / "office", recalculate=True)[0])
        self.assertEqual(stored.keys(), computed.keys())
        for at, (formula, value) in stored.items():
            with self.subTest(at):
                if isinstance(value, float):
                    self.assertTrue(math.isclose(computed[at][1], value, rel_tol=1e-14), formula)
                else:
                    self.assertEqual(computed[at][1] or None, value or None, formula)

    def test_a_corrected_figure_is_followed(self):
        before = self.summary(self.merged.path, "meals.pupils")
        book = openpyxl.load_workbook(self.merged.path)
        cell = self.cell(book[SHEET], "meals.pupils", "School 118")
        self.assertNotIn(cell.value, (None, 1000))
        change = 1000 - cell.value
        cell.value = 1000
        book.save(self.folder / "corrected.xlsx")
        after = support.libreoffice([self.folder / "corrected.xlsx"], self.folder / "office", recalculate=True)[0]
        self.assertEqual(self.summary(after, "meals.pupils"), before + change)
        self.assertNotEqual(self.summary(after, "meals.share"), self.summary(self.merged.path, "meals.share"))


if __name__ == "__main__":
    unittest.main()
