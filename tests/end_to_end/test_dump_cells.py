"""What the reading layer sees, cell by cell, against openpyxl, against LibreOffice's conversions, and against content.xml
as Python reads it."""

import csv
import datetime
import io
import pathlib
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
from openpyxl.utils import get_column_letter

import filled
import support
from support import AGENCY_FORMS, FORMS, RETURNED

PROGRAMS = {"LibreOffice": support.libreoffice, "Gnumeric": support.gnumeric}


def run(*arguments):
    return subprocess.run([support.DUMP_CELLS, *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=60, check=False)


def dump(path):
    """{(sheet, address): (type, value)}; a number is a float."""
    result = run(path)
    assert (result.returncode, result.stderr) == (0, ""), result
    cells = {}
    for line in result.stdout.split("\n")[:-1]:
        sheet, address, kind, value = line.split("\t")
        assert (sheet, address) not in cells, line
        cells[unescaped(sheet), address] = (kind, float(value) if kind == "number" else unescaped(value))
    return cells


def unescaped(text):
    return support.re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n", "\\": "\\"}[found[1]], text)


def by_openpyxl(path):
    """The same as openpyxl sees it."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    cells = {}
    for sheet in formulas.worksheets:
        for cell in list(sheet._cells.values()):  # not iter_rows(), which would walk the whole grid
            value = values[sheet.title][cell.coordinate].value
            if support.is_formula(cell) and value is None:
                kind = ("formula", cell.value[1:])
            elif value is None:
                continue
            elif isinstance(value, bool):
                kind = ("boolean", str(value).upper())
            elif isinstance(value, (int, float)):
                kind = ("number", float(value))
            elif isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
                kind = ("number", openpyxl.utils.datetime.to_excel(value))
            else:
                kind = ("error" if values[sheet.title][cell.coordinate].data_type == "e" else "text", value)
            cells[sheet.title, cell.coordinate] = kind
    return cells


def by_content(path):
    """An .ods as its content.xml says, for files whose paragraphs hold nothing but text."""
    office, table, text = ("{urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0}" for name in ("office", "table", "text"))
    root = ElementTree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    cells = {}
    for sheet in root.find(f"{office}body/{office}spreadsheet").findall(table + "table"):
        row_number = 0
        for row in sheet.iter(table + "table-row"):
            repeated = int(row.get(table + "number-rows-repeated", 1))
            column = 0
            for cell in row:
                wide = int(cell.get(table + "number-columns-repeated", 1))
                kind, value = cell.get(office + "value-type"), cell.get(office + "value")
                shown = "\n".join("".join(part.itertext()) for part in cell.findall(text + "p"))
                if value is not None:
                    found = ("number", float(value))
                elif kind == "string" and not any(part.find(".//*") is not None for part in cell.findall(text + "p")):
                    found = ("text", cell.get(office + "string-value", shown))
                elif kind is not None:
                    found = None  # not compared
                elif shown or cell.get(table + "formula"):
                    found = ("text", shown)
                else:
                    column += wide
                    continue
                for r in range(row_number + 1, row_number + 1 + repeated):
                    for c in range(column + 1, column + 1 + wide):
                        cells[sheet.get(table + "name"), f"{get_column_letter(c)}{r}"] = found
                column += wide
            row_number += repeated
    return cells


class DumpCells(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls.class_folder()
        cls.forms = filled.Forms(cls.shared)
        cls.returned = sorted(RETURNED.glob("*.xlsx"))
        cls.all = cls.returned + [folder / (form + ".xlsx") for folder in (cls.forms.blank, cls.forms.filled) for form in FORMS]
        cls.odd = cls.shared / "odd.xlsx"
        odd_workbook().save(cls.odd)
        cls.ods = {program: save(cls.all, cls.shared / f"ods of {program}", "ods") for program, save in PROGRAMS.items()}

    def test_openpyxl_sees_the_same_cells(self):
        self.assertEqual(len(self.all), 17)
        for path in self.all + [self.odd]:
            with self.subTest(file=path.name):
                seen, expected = dump(path), by_openpyxl(path)
                self.assertGreater(len(expected), 30)
                # openpyxl does not tell the result "" of a formula from none.
                for place, found in seen.items():
                    if found == ("text", "") and expected.get(place, ("", ""))[0] == "formula":
                        del expected[place]
                self.assertEqual(differences(seen, expected), {})

    def test_the_csv_that_libreoffice_makes_of_a_sheet_says_the_same(self):
        # One file a sheet, named after it (-1), in UTF-8 (76), numbers with all their digits; percentages keep their sign.
        files = [self.forms.filled / (form + ".xlsx") for form in AGENCY_FORMS]
        out = self.shared / "csv"
        options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
        self.convert(files, out, options)
        for file in files:
            with self.subTest(file=file.name):
                seen = without_empty_texts(dump(file))
                compared = set()
                for sheet in {sheet for sheet, _ in seen}:
                    rows = csv.reader(io.StringIO((out / f"{file.stem}-{sheet}.csv").read_text(encoding="utf-8"), newline=""))
                    for r, row in enumerate(rows, 1):
                        for c, shown in enumerate(row, 1):
                            kind, value = seen.get((sheet, f"{get_column_letter(c)}{r}"), ("text", ""))
                            if kind == "formula":
                                continue  # saved without a result, which LibreOffice has computed
                            if kind == "number":
                                number = float(shown.rstrip("%")) / (100 if shown.endswith("%") else 1)
                                self.assertAlmostEqual(number, value, delta=abs(value) * 1e-14)
                            else:
                                self.assertEqual(shown, value)
                            compared.add((sheet, f"{get_column_letter(c)}{r}"))
                self.assertEqual({place for place in seen if seen[place][0] != "formula"} - compared, set())

    def convert(self, files, out, filter_name):
        with support.tempfile.TemporaryDirectory(prefix="tonghop-office-") as profile:
            subprocess.run(["soffice", "-env:UserInstallation=" + pathlib.Path(profile).as_uri(), "--headless", "--norestore",
                            "--convert-to", filter_name, "--outdir", str(out), *map(str, files)],
                           check=True, capture_output=True, timeout=120)

    def test_an_ods_holds_the_cells_of_the_workbook_it_was_made_of(self):
        for program, save in PROGRAMS.items():
            saved = save(self.all, self.shared / f"xlsx of {program}", "xlsx")
            for before, after in zip(saved, self.ods[program]):
                with self.subTest(program=program, file=after.name):
                    seen, expected = without_empty_texts(dump(after)), without_empty_texts(dump(before))
                    self.assertEqual(set(seen), set(expected))
                    for place, (kind, value) in expected.items():
                        if kind == "number":
                            self.assertEqual(seen[place][0], "number")
                            self.assertAlmostEqual(seen[place][1], value, delta=abs(value) * 1e-14)
                        else:
                            self.assertEqual(seen[place], (kind, value), place)

    def test_an_ods_holds_what_its_content_says(self):
        for path in self.ods["LibreOffice"] + self.ods["Gnumeric"]:
            with self.subTest(file=str(path.relative_to(self.shared))):
                expected = by_content(path)
                compared = {place: found for place, found in expected.items() if found is not None}
                self.assertGreater(len(compared), 30)
                seen = dump(path)
                self.assertEqual(set(without_empty_texts(seen)), set(without_empty_texts(expected)))
                self.assertEqual(differences({place: seen[place] for place in without_empty_texts(compared)}, compared), {})

    def test_odd_cells_through_libreoffice_and_gnumeric(self):
        # What the two programs make of each cell of the odd workbook; formulas have been calculated.
        same = {place: found for place, found in dump(self.odd).items() if found[0] != "formula"}
        for program, save in PROGRAMS.items():
            seen = dump(save([self.odd], self.shared / f"odd of {program}", "ods")[0])
            with self.subTest(program=program):
                self.assertEqual(differences({place: seen.get(place) for place in same}, same), {})
                self.assertEqual(seen["Số liệu", "F1"], ("error", "#DIV/0!"))
                self.assertEqual(seen["Số liệu", "F2"], ("boolean", "FALSE"))
                self.assertEqual(seen["Số liệu", "F3"], ("number", 3.0))
                self.assertEqual(seen.get(("Số liệu", "F4"), ("text", "")), ("text", ""))

    def test_says_in_one_line_what_is_wrong(self):
        (self.folder / "empty.xlsx").write_bytes(b"")
        for arguments, code, said in [((self.folder / "empty.xlsx",), 1, f"{self.folder / 'empty.xlsx'}: file-empty"),
                                      ((self.folder / "absent.xlsx",), 1, f"{self.folder / 'absent.xlsx'}: file-unreadable")]:
            result = run(*arguments)
            self.assertEqual((result.returncode, result.stdout), (code, ""))
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
            self.assertTrue(result.stderr.startswith(said), result.stderr)
        self.assertEqual(run().returncode, 2)
        self.assertIn("sheet<TAB>address<TAB>type<TAB>value", run("--help").stdout)


def differences(seen, expected):
    """{place: (seen, expected)} where they differ; empty texts are no cells."""
    seen, expected = without_empty_texts(seen), without_empty_texts(expected)
    return {place: (seen.get(place), expected.get(place)) for place in seen.keys() | expected.keys()
            if seen.get(place) != expected.get(place)}


def without_empty_texts(cells):
    """Programs differ in whether an empty text is a cell."""
    return {place: found for place, found in cells.items() if found != ("text", "")}


def odd_workbook():
    """Values of every type and texts with blanks, tabs, line ends and backslashes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Số liệu"
    for address, value, number_format in [
            ("A1", datetime.datetime(2024, 3, 17, 12, 0, 0), "dd/mm/yyyy hh:mm"), ("A2", datetime.date(2024, 4, 3), "d/m"),
            ("A3", datetime.time(12, 0), "h:mm"), ("A4", 1.75, "[h]:mm:ss"), ("B1", True, None), ("B2", False, None),
            ("B3", "#N/A", None), ("C1", "hai  ba   cách ", None), ("C2", "dòng\nhai\n\nbốn", None), ("C3", "a\tb\\n", None),
            ("C4", " đầu", None), ("C5", "'x", None), ("C6", "a;b [.C1] \"q\" <&>", None), ("D1", 0.25, None),
            ("D2", 1e300, None), ("D3", -5, "#,##0;[Red]-#,##0"), ("D4", 5e-324, None), ("D5", 12.5, "\"đ\"#,##0.00"),
            ("E1", 0.999, "0.0%"), ("E2", 0.5, "0\"%\""), ("E3", 0.25, "# ?/?"), ("E4", 12, "#,##0.00 [$₫-42A]"),
            ("F1", "=1/0", None), ("F2", "=D1=D2", None), ("F3", "=SUM('Ẩn'!A1:A2)", None), ("F4", "=IF(D1>5,\"x\",\"\")", None),
            ("A10", "gộp", None), ("A14", "ẩn", None), ("K1", "cột ẩn", None), ("XFD1048576", "cuối", None)]:
        sheet[address].value = value
        sheet[address].number_format = number_format or "General"
    sheet["B3"].data_type = "e"
    for row in range(20, 24):
        for column in "ABC":
            sheet[f"{column}{row}"].value = "lặp"
    sheet.merge_cells("A10:C12")
    sheet.row_dimensions[14].hidden = True
    sheet.column_dimensions["K"].hidden = True
    sheet.row_dimensions[16].outlineLevel = 2
    sheet.print_title_rows = "1:2"
    hidden = book.create_sheet("Ẩn")
    hidden.sheet_state = "hidden"
    hidden["A1"], hidden["A2"] = 1, 2
    return book


if __name__ == "__main__":
    unittest.main()
