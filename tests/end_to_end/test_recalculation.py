"""The merged workbook is alive: LibreOffice computes from its formulas exactly what is stored, and follows corrections."""

import math
import re
import unittest
from fractions import Fraction

import openpyxl

import made_province
import oracle
import support
from support import AGENCY_SHEET, RETURNED, SUMMARY_SHEET, Table

FALSE_NUMBER, FALSE_TEXT = "987654321.5", "not computed"


def falsify(part):
    """Puts a wrong stored result into every formula of a sheet part."""
    def replace(found):
        text = 't="str"' in found[1]
        return f"{found[1]}{found[2]}<v>{FALSE_TEXT if text else FALSE_NUMBER}</v></c>"
    return re.sub(r"(<c [^>]*>)(<f>[^<]*</f>)<v[^>]*?(?:/>|>[^<]*</v>)</c>", replace, part.decode()).encode()


def compared(source, target):
    """Adds a sheet in which LibreOffice subtracts the stored results from its own, to the last bit.

    Column A: own - stored; B: own - the next double after stored, which must show. LibreOffice writes 15 digits into a file,
    so that the last bit is not to be seen in the figures themselves; and its "-" takes tiny differences for none.
    """
    book = openpyxl.load_workbook(source)
    sheet = book.create_sheet("compared")
    for (name, cell), (_, value) in support.cached_formulas(source).items():
        if isinstance(value, float):
            other = math.nextafter(value, math.inf)
            sheet.append([f"=_xlfn.ORG.LIBREOFFICE.RAWSUBTRACT('{name}'!{cell},{number!r})" for number in (value, other)])
    book.save(target)
    return target


class Recalculation(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.class_folder()
        cls.made = made_province.make(folder / "made")
        cls.merged = {"returned": support.merged(sorted(RETURNED.glob("*.xlsx")), folder / "returned", code=support.WITH_FINDINGS),
                      "made": support.merged(cls.made, folder / "made-province", code=support.WITH_FINDINGS)}
        cls.false = {}
        for name, merged in cls.merged.items():
            cls.false[name] = folder / f"{name}.false.xlsx"
            support.rewrite_part(merged.path, cls.false[name], r"xl/worksheets/sheet\d+\.xml", falsify)
        # A correction in the sheet by agency, made by openpyxl, which forgets all stored results.
        cls.corrected = folder / "corrected.xlsx"
        book = openpyxl.load_workbook(cls.merged["returned"].path)
        support.agency_cell(book[AGENCY_SHEET], "procedures.department.on-time", "Sở Xây dựng tỉnh Quảng Bình").value = 500
        support.agency_cell(book[AGENCY_SHEET], "steering.survey.method", "Sở Ngoại vụ").value = 2
        support.agency_cell(book[AGENCY_SHEET], "digital.level-4.dossier-rate", "Sở Xây dựng tỉnh Quảng Bình").value = None
        book.save(cls.corrected)
        cls.compared = [compared(merged.path, folder / f"{name}.compared.xlsx") for name, merged in cls.merged.items()]
        out = support.libreoffice([*cls.false.values(), cls.corrected, *cls.compared], folder / "computed", recalculate=True)
        cls.computed = dict(zip([*cls.false, "corrected"], out))
        cls.compared = out[-len(cls.compared):]
        cls.untouched = support.libreoffice([cls.false["returned"]], folder / "untouched")[0]

    def test_the_copies_hold_no_right_result_before_libreoffice_computes(self):
        for name, merged in self.merged.items():
            stored, false = support.cached_formulas(merged.path), support.cached_formulas(self.false[name])
            self.assertEqual(stored.keys(), false.keys())
            self.assertGreater(len(stored), 2 * 200)
            self.assertEqual({value for _, value in false.values()}, {float(FALSE_NUMBER), FALSE_TEXT})

    def test_no_function_is_newer_than_excel_2010(self):
        for merged in self.merged.values():
            used = {name for formula, _ in support.cached_formulas(merged.path).values() for name in support.functions(formula)}
            self.assertLessEqual(used, support.OLD_FUNCTIONS)
            self.assertLessEqual({"SUM", "SUMPRODUCT", "COUNTIF"}, used)

    def test_without_being_told_libreoffice_would_keep_stored_numbers(self):
        kept = {value for _, value in support.cached_formulas(self.untouched).values()}
        self.assertIn(float(FALSE_NUMBER), kept)  # so the other tests do see its own computing

    def test_libreoffice_computes_the_stored_results(self):
        for name, merged in self.merged.items():
            stored, computed = support.cached_formulas(merged.path), support.cached_formulas(self.computed[name])
            self.assertEqual(stored.keys(), computed.keys())
            for at, (formula, value) in stored.items():
                with self.subTest(province=name, cell=at):
                    if isinstance(value, float):  # LibreOffice writes 15 digits; to the last bit see below
                        self.assertAlmostEqual(computed[at][1], value, delta=abs(value) * 1e-14, msg=formula)
                    else:
                        self.assertEqual(computed[at][1] or None, value or None, formula)

    def test_numbers_agree_to_the_last_bit(self):
        for merged, path in zip(self.merged.values(), self.compared):
            sheet = openpyxl.load_workbook(path, data_only=True)["compared"]
            rows = list(sheet.iter_rows(values_only=True))
            self.assertGreater(len(rows), 300)
            self.assertEqual({own for own, _ in rows}, {0})
            self.assertGreater(sum(other != 0 for _, other in rows), 100)  # one bit more would be seen

    def test_the_made_province_is_what_a_second_computation_says(self):
        given, period = {}, "Quý I năm 2027"
        for path in self.made:
            rows, said = self.read(path)
            self.assertEqual(said, "")
            given[rows[0]["agency"]] = {row["indicator"]: Fraction(row["value"]) for row in rows if row["value"]}
        self.assertEqual(len(given), made_province.AGENCIES)
        province = oracle.Province(given)
        catalogue = support.indicators()
        ways = set()
        for indicator, line in self.merged["made"].values.items():
            about, codes = catalogue[indicator]
            if about.get("authority") and any(agency.startswith(about["authority"]) and indicator in values
                                              for agency, values in given.items()):
                continue  # a test of its own, below
            value, agencies, numerator, denominator = province.figure(indicator)
            ways.add((about["aggregate"], type(value)))
            with self.subTest(indicator=indicator):
                self.assertEqual(int(line["agencies"]), agencies)
                if isinstance(value, float):
                    self.assertAlmostEqual(float(line["value"]), value, delta=abs(value) * 4e-16)
                elif isinstance(value, list):
                    self.assertEqual(line["value"], " ".join(f"{code}:{times}" for code, times in zip(codes, value)))
                else:
                    self.assertEqual(line["value"], "")
                for part_name, part in (("numerator", numerator), ("denominator", denominator)):
                    self.assertEqual(line[part_name], "" if part is None else oracle.decimal(part))
        self.assertLessEqual({("sum", float), ("ratio", float), ("weighted", float), ("tally", list), ("range", str)}, ways)

    def test_the_designated_agency_speaks_for_the_province(self):
        speaker = "Sở Nội vụ tỉnh Thử"
        row = {row["indicator"]: row["value"] for row in self.read(self.made[7])[0]}
        spoken = [i for i, (about, _) in support.indicators().items() if about.get("authority") == "Sở Nội vụ" and row.get(i)]
        self.assertGreater(len(spoken), 2)
        for indicator in spoken:
            line = self.merged["made"].values[indicator]
            self.assertEqual((line["value"], line["agencies"]), (row[indicator], "1"))
        self.assertTrue(any(finding["code"] == "authority-differs" and finding["agency"] == speaker
                            for finding in self.merged["made"].findings))

    def shown(self, path, indicator):
        """(figure, agencies) of the summary, as stored in the file"""
        sheet = openpyxl.load_workbook(path, data_only=True)[SUMMARY_SHEET]
        table = Table(sheet)
        header = {cell.value: cell.column for cell in sheet[table.header_row]}
        key = next(row["key"] for row in self.read(self.merged["returned"].path)[0]
                   if row["indicator"] == indicator)
        return tuple(sheet.cell(table.keys[key], header[name]).value for name in ("Số liệu", "Số đơn vị"))

    def test_a_corrected_figure_is_followed_by_the_total_and_the_ratio(self):
        before, after = self.merged["returned"].path, self.computed["corrected"]
        self.assertEqual(self.shown(before, "procedures.department.on-time"), (6709 + 523, 2))
        self.assertEqual(self.shown(after, "procedures.department.on-time"), (6709 + 500, 2))
        self.assertEqual(self.shown(before, "procedures.department.on-time-rate"), ((6709 + 523) / (6716 + 525), 2))
        self.assertEqual(self.shown(after, "procedures.department.on-time-rate"), ((6709 + 500) / (6716 + 525), 2))

    def test_a_corrected_choice_is_counted_anew(self):
        # Trực tuyến: Sở Tư pháp 0, Sở Ngoại vụ 0; Phát phiếu: Bình Lãng 1
        before, after = self.merged["returned"].path, self.computed["corrected"]
        self.assertEqual(self.shown(before, "steering.survey.method"), ("Trực tuyến: 2; Phát phiếu: 1; Kết hợp: 0", 3))
        self.assertEqual(self.shown(after, "steering.survey.method"), ("Trực tuyến: 1; Phát phiếu: 1; Kết hợp: 1", 3))

    def test_a_figure_taken_out_leaves_the_range_and_the_count_of_agencies(self):
        # Trà Vinh 65,55 %, Ngoại vụ 0, Xây dựng 100 (taken out)
        before, after = self.merged["returned"].path, self.computed["corrected"]
        self.assertEqual(self.shown(before, "digital.level-4.dossier-rate"), ("0 – 100 %", 3))
        low_high = self.shown(after, "digital.level-4.dossier-rate")
        self.assertEqual(low_high, ("0 – 65,55 %", 2))


if __name__ == "__main__":
    unittest.main()
