"""Every input of every form filled with a different number: each is read exactly and found again in the merged workbook."""

import unittest
from fractions import Fraction

import openpyxl

import filled
import oracle
import support
from support import AGENCY_FORMS, FORMS, SUMMARY_SHEET, Table


class Filled(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        scratch = support.tempfile.TemporaryDirectory(prefix="tonghop-")
        cls.addClassCleanup(scratch.cleanup)
        cls.forms = filled.Forms(support.pathlib.Path(scratch.name))
        cls.inputs = [cls.forms.filled / (form + ".xlsx") for form in AGENCY_FORMS]
        cls.given = {filled.AGENCIES[form]: cls.forms.by_indicator(form) for form in AGENCY_FORMS}
        cls.province = oracle.Province(cls.given)
        cls.merged = support.merged(cls.inputs, cls.forms.filled.parent / "merged", code=support.WITH_FINDINGS)

    def test_the_numbers_put_in_differ_from_each_other(self):
        numbers = [value for put in self.forms.put.values() for value in put.values() if not isinstance(value, int) or value > 9]
        self.assertEqual(len(numbers), len(set(numbers)))
        self.assertGreater(len(numbers), 600)

    def test_every_value_is_read_exactly_at_its_key(self):
        for form in FORMS:
            with self.subTest(form=form):
                rows, said = self.read(self.forms.filled / (form + ".xlsx"))
                self.assertEqual(said, "")
                expected = self.forms.expected(form)
                self.assertEqual([row["key"] for row in rows], list(row["key"] for row in self.forms.rows[form]))
                for row in rows:
                    self.assertEqual(row["status"], "exact", row)
                    self.assertEqual(row["agency"], filled.AGENCIES[form])
                    self.assertEqual(row["note"], "" if row["key"] not in self.forms.put[form] else filled.note(row))
                    if row["key"] in self.forms.put[form]:
                        self.assertEqual(Fraction(row["value"]), expected[row["key"]], row)
                    else:  # computed by the form: twelve digits
                        self.assertAlmostEqual(Fraction(row["value"]), expected[row["key"]], delta=Fraction(1, 10**12), msg=row)

    def test_all_five_forms_merge_and_every_value_stands_in_the_sheet_by_agency(self):
        merged = self.merged
        grid = support.agency_grid(merged.path)
        self.assertEqual(set(grid), set(support.indicators()))
        computed = {filled.AGENCIES[form]: {row["indicator"] for row in self.forms.rows[form] if row["key"] not in self.forms.put[form]}
                    for form in AGENCY_FORMS}
        left = {(indicator, agency): value for indicator, row in grid.items() for agency, value in row.items() if value is not None}
        for agency, values in self.given.items():
            for indicator, value in values.items():
                shown = left.pop((indicator, agency))
                if indicator in computed[agency]:
                    self.assertAlmostEqual(shown, float(value), delta=1e-12, msg=indicator)
                else:
                    self.assertEqual(shown, float(value), indicator)
        self.assertEqual(left, {})  # nothing that nobody put there

    def test_the_summary_and_the_values_say_what_a_second_computation_says(self):
        merged = self.merged
        sheet = openpyxl.load_workbook(merged.path, data_only=True)[SUMMARY_SHEET]
        table = Table(sheet)
        keys = {row["indicator"]: row["key"] for row in self.forms.rows["provincial"]}
        value_column = next(cell.column for cell in sheet[table.header_row] if cell.value == "Số liệu")
        agencies_column = next(cell.column for cell in sheet[table.header_row] if cell.value == "Số đơn vị")
        catalogue = support.indicators()
        self.assertEqual(list(merged.values), list(catalogue))
        alone = 0
        for indicator, line in merged.values.items():
            about, codes = catalogue[indicator]
            value, agencies, numerator, denominator = self.province.figure(indicator)
            row = table.keys[keys[indicator]]
            shown = sheet.cell(row, value_column).value
            with self.subTest(indicator=indicator):
                self.assertEqual((line["label"], line["unit"], line["kind"]), (about["label"], about.get("unit", ""), about["kind"]))
                self.assertEqual((int(line["agencies"]), sheet.cell(row, agencies_column).value), (agencies, agencies))
                if isinstance(value, float):
                    self.assertEqual(float(line["value"]), value)
                    self.assertEqual(shown, value)
                elif isinstance(value, list):  # a tally
                    self.assertEqual(line["value"], " ".join(f"{code}:{times}" for code, times in zip(codes, value)))
                    self.assertEqual([int(part.rsplit(": ", 1)[1]) for part in shown.split("; ")], value)
                elif value is None:
                    self.assertEqual((line["value"], shown or ""), ("", ""))
                else:  # a range: no figure
                    self.assertEqual((line["value"], shown), ("", value))
                for name, part in (("numerator", numerator), ("denominator", denominator)):
                    self.assertEqual(line[name], "" if part is None else oracle.decimal(part))
            alone += about["aggregate"] == "sum" and agencies == 1
        self.assertGreater(alone, 50)  # sums with one agency behind them show that agency's number

    def test_the_only_findings_are_what_the_made_numbers_cannot_help(self):
        merged = self.merged
        said = {row["indicator"]: row["message"] for row in merged.findings if row["code"] == "percent-without-parts"}
        expected = {i: self.province.left_out(i) for i in support.indicators() if self.province.left_out(i)}
        self.assertEqual(set(said), set(expected))
        for indicator, agencies in expected.items():
            for agency in self.given:
                self.assertEqual(agency in said[indicator], agency in agencies, said[indicator])
        others = {row["code"] for row in merged.findings if not row["code"].startswith("check-")}  # those: test_checks
        self.assertEqual(others, {"percent-without-parts", "authority-absent"})

    def test_notes_stand_in_the_sheet_of_remarks(self):
        merged = self.merged
        sheet = openpyxl.load_workbook(merged.path)["Ghi chú của đơn vị"]
        listed = {cell.value for row in sheet.iter_rows() for cell in row}
        for form in AGENCY_FORMS:
            self.assertLessEqual({filled.note({"key": key, "template": form}) for key in self.forms.put[form]}, listed)

    def test_findings_and_sources_have_their_sheets(self):
        merged = self.merged
        book = openpyxl.load_workbook(merged.path)
        self.assertLessEqual({"Tổng hợp", "Theo đơn vị", "Cần xử lý", "Nguồn số liệu"}, set(book.sheetnames))
        self.assertEqual(book.sheetnames[0], "Tổng hợp")
        hidden = {letter for letter, about in book["Cần xử lý"].column_dimensions.items() if about.hidden}
        messages = [cell.value for row in book["Cần xử lý"].iter_rows() for cell in row if cell.column_letter not in hidden]
        self.assertEqual(sum(m in messages for m in {row["indicator"] for row in merged.findings if row["indicator"]}),
                         0)  # people read labels, not ids
        labels = {about["label"] for about, _ in support.indicators().values()}
        in_sheet = [row[0].value for row in book["Cần xử lý"].iter_rows(min_row=5) if row[0].value]
        self.assertEqual(len(in_sheet), len(merged.findings))
        self.assertTrue(labels & set(messages))
        sources = [[cell.value for cell in row] for row in book["Nguồn số liệu"].iter_rows(min_row=4)]
        self.assertEqual([(row[0], row[3], row[4], row[11]) for row in sources],
                         [(str(path), filled.AGENCIES[path.stem], filled.PERIOD, support.sha256(path)) for path in self.inputs])
        for row, path in zip(sources, self.inputs):
            self.assertIn(path.stem, row[2])
            self.assertEqual(row[5], len(self.forms.rows[path.stem]))
            self.assertEqual(row[6] + row[7] + row[8] + row[9], row[5])
            self.assertEqual(row[10], path.stat().st_size)

    def test_the_terminal_says_how_many(self):
        merged = self.merged
        said = dict(support.re.split(r"  +", line) for line in merged.result.stdout.splitlines() if "  " in line)
        figures = sum(self.province.figure(i)[1] > 0 for i in support.indicators())
        self.assertEqual((said["files read"], said["files refused"], said["agencies"]), ("5", "0", "5"))
        self.assertEqual(said["indicators with a figure"], f"{figures} of {len(support.indicators())}")
        for severity in ("error", "warning", "note"):
            self.assertEqual(int(said[f"findings: {severity}s"]), sum(row["severity"] == severity for row in merged.findings))


if __name__ == "__main__":
    unittest.main()
