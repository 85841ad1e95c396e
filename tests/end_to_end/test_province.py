"""The province computed a second time: every figure of the summary from the returned files alone, every seeded error found, and nothing else."""

import collections
import datetime
import re
import shutil
import unittest

import openpyxl

import made_round
import oracle
import seeded_errors
import support
from support import SUMMARY_FORM, SUMMARY_SHEET, Table

NOT_COMPUTABLE = "Không tính được"


class SpokenFor(oracle.Province):
    """With one agency that speaks for the province where the forms say so."""

    def __init__(self, given, speaker, catalogue):
        super().__init__(given, catalogue)
        self.speaker = speaker

    def speaks(self, indicator):
        names = self.catalogue[indicator][0].get("authority", "").split("; ")
        return indicator in self.given[self.speaker] and any(name and made_round.SPEAKER.startswith(name) for name in names)

    def figure(self, indicator):
        if not self.speaks(indicator):
            return super().figure(indicator)
        about, own = self.catalogue[indicator][0], self.given[self.speaker]
        parts = [own.get(about.get(name)) for name in ("numerator", "denominator")]
        return (float(own[indicator]), 1, *(parts if None not in parts else (None, None)))

    def contradicted(self, indicator):
        """The finding where the others say otherwise."""
        others = [values[indicator] for agency, values in self.given.items() if agency != self.speaker and indicator in values]
        own = self.given[self.speaker][indicator]
        if self.catalogue[indicator][0]["aggregate"] == "sum":
            return "authority-differs" if others and sum(others) != own else None
        return "authority-contradicted" if any(other != own for other in others) else None


class Province(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.class_folder()
        cls.returns = folder / "in"
        cls.returns.mkdir()
        cls.catalogue = made_round.Catalogue()
        cls.agencies = [made_round.Agency(cls.returns, index, cls.catalogue) for index in range(made_round.EACH * 5)]
        cls.expected = set()  # (code, file, indicator, cell)
        cls.seeded = {}
        cls.damage()
        cls.merged = support.merged([cls.returns], folder / "province", code=support.WITH_FINDINGS)
        counted = [agency for agency in cls.agencies if not agency.broken]
        given = {}
        for agency in counted:
            given[agency.path.name] = made_round.read(agency.path, agency.form, cls.catalogue, agency.counts)
        cls.province = SpokenFor(given, cls.agencies[made_round.SPEAKS].path.name, cls.catalogue.indicators)

    @classmethod
    def damage(cls):
        """Puts every seed into an agency of its own."""
        free = [agency for agency in cls.agencies if agency.index != made_round.SPEAKS]
        for form, needs, seed in seeded_errors.IN_FORM:
            agency = next((agency for agency in free if form == agency.form and all(need in agency.values for need in needs)), None)
            assert agency, (form, needs)
            free.remove(agency)
            cls.expect(agency, seed(agency))
        cls.late = [agency for agency in free if agency.index % 40 == 39]
        for agency in cls.agencies:
            agency.save(made_round.LATE if agency in cls.late else made_round.ON_TIME)
        free = [agency for agency in free if agency not in cls.late]
        for code, change in seeded_errors.BROKEN:
            agency = free.pop()
            agency.path.write_bytes(change(agency.path.read_bytes()))
            agency.broken = True
            cls.expect(agency, [(code, "", "")])
        agency = free.pop()
        other = next(one for one in reversed(free) if one.form == agency.form)
        free.remove(other)
        agency.book = openpyxl.load_workbook(other.path)
        seeded_errors.say(agency, "agency", agency.name, other.name)
        agency.save()
        cls.expect(agency, [("return-copied", "", "")])
        agency = free.pop()
        copy = cls.returns / (agency.path.stem + " (1).xlsx")
        shutil.copy(agency.path, copy)
        cls.expect(agency, [("return-repeated", "", "")], copy.name)
        agency = next(one for one in free if seeded_errors.DOCUMENTS in one.values)
        free.remove(agency)
        other = seeded_errors.another_return(agency, cls.returns)
        cls.expect(agency, [("return-superseded", "", "")], other.name)

    @classmethod
    def expect(cls, agency, findings, file=None):
        cls.seeded[agency.path.name] = findings
        for code, indicator, cell in findings:
            cls.expected.add((code, "" if cell is None else file or agency.path.name, indicator or "", cell or ""))

    def general(self):
        """Findings that follow from who has sent returns, and from no error: the speaker's figures are none of the sums of the others,
        and other agencies that speak for the province are not among these."""
        found = {(self.province.contradicted(indicator), self.province.speaker, indicator,
                  self.agencies[made_round.SPEAKS].cells[indicator].coordinate)
                 for indicator in self.catalogue.indicators if self.province.speaks(indicator) and self.province.contradicted(indicator)}
        return found | {("authority-absent", "", "", "")}

    def test_every_seeded_error_is_found_and_nothing_else(self):
        found = [(finding["code"], finding["file"].rpartition("/")[2], finding["indicator"], finding["cell"]) for finding in self.merged.findings]
        expected = self.expected | self.general()
        self.assertEqual(sorted(set(found) - expected), [], "without a cause")
        self.assertEqual(sorted(expected - set(found)), [], "not found")
        names = {agency.path.name: agency.name for agency in self.agencies}
        for finding in self.merged.findings:
            name = names.get(finding["file"].rpartition("/")[2])
            if finding["agency"] and name:
                self.assertIn(finding["agency"], (name, finding["file"].rpartition("/")[2][:-5]))
            if finding["code"] == "percent-without-parts":
                left_out = [names[file] for file in self.province.left_out(finding["indicator"])]
                self.assertEqual(re.findall(r"Đơn vị thử \d+", finding["message"]), left_out)
            if finding["code"] == "periods-differ":
                other = [names[file] for file, findings in self.seeded.items() if findings[0][0] == "periods-differ"]
                self.assertRegex(finding["message"], rf"Quý II năm 2027: {other[0]}(?! *;)")
        absent = collections.Counter(about["authority"].split("; ")[0] for indicator, (about, _) in self.catalogue.indicators.items()
                                     if "authority" in about and not self.province.speaks(indicator)
                                     and any(indicator in values for values in self.province.given.values()))
        told = [re.match(r"(.*) reports (\d+) indicators", finding["message"]).groups()
                for finding in self.merged.findings if finding["code"] == "authority-absent"]
        self.assertEqual(sorted(told), sorted((name, str(count)) for name, count in absent.items()))
        repeated = [one for one in set(found) if found.count(one) > 1 and one[0] != "authority-absent"]
        self.assertEqual(repeated, [])
        self.assertGreater(len(self.seeded), 30)

    def test_every_figure_is_what_a_second_computation_says(self):
        sheet = openpyxl.load_workbook(self.merged.path, data_only=True)[SUMMARY_SHEET]
        table = Table(sheet)
        header = {cell.value: cell.column for cell in sheet[table.header_row]}
        keys = {indicator: key for key, indicator in made_round.mapped(SUMMARY_FORM).items()}
        self.assertEqual(len(self.merged.values), 222)
        ways = set()
        for indicator, (about, codes) in self.catalogue.indicators.items():
            row = table.keys[keys.get(indicator, "8." + indicator)]
            shown, behind = (sheet.cell(row, header[name]).value for name in ("Số liệu", "Số đơn vị"))
            line = self.merged.values[indicator]
            value, agencies, above, below = self.province.figure(indicator)
            ways.add((about["aggregate"], type(value).__name__))
            with self.subTest(indicator=indicator):
                self.assertEqual((int(line["agencies"]), behind or 0), (agencies, agencies))
                for name, part in (("numerator", above), ("denominator", below)):
                    self.assertEqual(line[name], "" if part is None else oracle.decimal(part))
                if isinstance(value, float):
                    for given in (float(line["value"]), shown):
                        self.assertAlmostEqual(given, value, delta=abs(value) * 4e-16)
                elif isinstance(value, list):
                    counts = dict(zip(codes, value))
                    self.assertEqual(line["value"], " ".join(f"{code}:{counts[code]}" for code in codes))
                    labels = self.catalogue.labels[indicator]
                    self.assertEqual(shown, "; ".join(f"{label}: {counts[code]}" for label, code in labels.items()))
                else:
                    self.assertEqual(line["value"], "")
                    self.assertEqual(shown or None, NOT_COMPUTABLE if value == "not computable" else value)
        self.assertLessEqual({("sum", "float"), ("ratio", "float"), ("weighted", "float"), ("tally", "list"), ("range", "str")}, ways)

    def test_the_status_of_returns_ties(self):
        book = openpyxl.Workbook()
        for caption, value in (("Kỳ báo cáo", made_round.PERIOD), ("Số liệu từ ngày", datetime.date(2026, 12, 15)),
                               ("Số liệu đến ngày", datetime.date(2027, 3, 14)), ("Hạn gửi báo cáo", made_round.DEADLINE)):
            book.active.append([caption, value])
        book.active.title = "Đợt báo cáo"
        roster = book.create_sheet("Đơn vị")
        roster.append(["Mã đơn vị", "Tên đơn vị", "Biểu mẫu"])
        for agency in self.agencies:
            roster.append([agency.path.stem, agency.name, agency.form])
        silent = [f"Đơn vị thử không nộp {number}" for number in range(1, 6)]
        for number, name in enumerate(silent):
            roster.append([f"K{number}", name, "tra-vinh-2021"])
        book.save(self.folder / "round.xlsx")
        merged = self.merge(self.returns, code=support.WITH_FINDINGS, options=("--round", "round.xlsx"))
        self.assertEqual(merged.values_path.read_bytes(), self.merged.values_path.read_bytes())

        rows = [[value for value in row if value is not None]
                for row in openpyxl.load_workbook(merged.path)["Tình trạng nộp"].iter_rows(values_only=True)]
        counts = {row[0]: row[1] for row in rows if len(row) == 2}
        broken = [agency for agency in self.agencies if agency.broken]
        wrong = {finding["agency"] for finding in merged.findings if finding["code"] == "period-other"}
        erring = {finding["agency"] for finding in merged.findings if finding["severity"] == "error"} - wrong
        erring -= {agency.name for agency in broken}

        def state(agency):
            return ("Đã gửi, không dùng được" if agency.broken else "Sai kỳ báo cáo" if agency.name in wrong else
                    "Đã nộp, còn lỗi" if agency.name in erring else "Đã nộp, đạt")
        expected = {(agency.path.stem, agency.name): state(agency) for agency in self.agencies}
        expected |= {(f"K{number}", name): "Chưa nộp" for number, name in enumerate(silent)}
        states = collections.Counter(expected.values())
        self.assertEqual(counts, states | {"Đơn vị phải nộp": 155, "Đã nộp nhưng muộn": len(self.late), "Đã nộp, không rõ thời điểm": 0,
                                           "Đơn vị khác đã gửi": 0, "Tệp nhận được": 152, "Đã tổng hợp": 150 - len(broken),
                                           "Không dùng (trùng đơn vị)": 2, "Không đọc được": len(broken),
                                           "Tệp không rõ của đơn vị nào": 0, "Tệp và thư bỏ qua (không có bảng tính)": 0,
                                           "Sai kỳ báo cáo": len(wrong)})
        listed = rows[rows.index(["Theo đơn vị"]) + 2:rows.index(["Theo tệp nhận được"]) - 1]
        self.assertEqual({(row[1], row[2]): next(value for value in row if value in states) for row in listed}, expected)
        self.assertEqual({row[2] for row in listed if any(str(value).startswith("1 ngày ") for value in row)},
                         {agency.name for agency in self.late})
        self.assertGreater(len(self.late), 1)

        told = {finding["code"] for finding in merged.findings} - {finding["code"] for finding in self.merged.findings}
        self.assertEqual(told, {"period-other", "values-missing", "agency-by-file-name"})  # their codes are names of files
        # What is blank and owed; khanh-hoa-2023 says who owes a row, the other forms want every row of everybody.
        missing = {finding["agency"]: int(re.search(r"left (\d+) indicators", finding["message"])[1])
                   for finding in merged.findings if finding["code"] == "values-missing"}
        asked = [agency for agency in self.agencies if agency.form != "khanh-hoa-2023" and agency.path.name not in self.seeded]
        blank = {agency.name: sum(cell.value is None for cell in agency.cells.values()) for agency in asked}
        self.assertGreater(len(blank), 70)
        self.assertEqual({agency.name: missing.get(agency.name, 0) for agency in asked}, blank)


if __name__ == "__main__":
    unittest.main()
