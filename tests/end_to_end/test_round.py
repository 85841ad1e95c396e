"""A round: its workbook made by openpyxl, what is wrong with it, who is expected, and merged reports one level up."""

import datetime
import random

import openpyxl

import support

PERIOD = "Quý I năm 2027"
STATUS_SHEET = "Tình trạng nộp"
HEAD = ["Mã đơn vị", "Tên đơn vị", "Tên gọi khác", "Cấp", "Mã đơn vị cấp trên", "Biểu mẫu", "Hiệu lực đến"]
ROSTER = [["SNV", "Sở Nội vụ", None, "Sở, ban, ngành", None, "khanh-hoa-2023", None],
          ["H1", "Huyện Một", "UBND huyện Một; Một", "Cấp huyện", None, "khanh-hoa-2023", None],
          ["X1", "Xã Một", None, "Cấp xã", "H1", "binh-lang-2022", None],
          ["X2", "Xã Hai", None, "Cấp xã", "H1", "binh-lang-2022", None],
          ["X3", "Xã Ba", None, "Cấp xã", None, "binh-lang-2022", None],
          ["X4", "Xã Cũ", None, "Cấp xã", None, "binh-lang-2022", datetime.date(2026, 6, 30)]]


def make_round(path, roster=None, head=None, settings=()):
    """A round's workbook as somebody might make it: the settings first, the roster on a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Đợt báo cáo"
    sheet["B1"] = "THÔNG TIN ĐỢT BÁO CÁO"
    for caption, value in [("Kỳ báo cáo", PERIOD), ("Số liệu từ ngày", datetime.date(2026, 12, 15)),
                           ("Số liệu đến ngày", "14/3/2027"), ("Hạn gửi báo cáo", "17h00 ngày 20/3/2027"), *settings]:
        sheet.append([None, caption, value])
    sheet = book.create_sheet("Đơn vị")
    sheet.append(["Danh sách đơn vị báo cáo"])
    sheet.append(head or HEAD)
    for line in roster or ROSTER:
        sheet.append(line)
    book.save(path)
    return path


class Maker:
    """Filled forms with figures from a seed; denominators are never less than their parts."""

    def __init__(self, folder):
        self.folder = folder
        self.catalogue = support.indicators()
        self.wholes = {one.get("denominator") for one, _ in self.catalogue.values()}

    def make(self, agency, form, name, options=(), least=0, skip=()):
        out = self.folder / "blank" / name
        made = support.tonghop("blank", "--template", form, "--agency", agency, "--period", PERIOD, "-o", out, *options)
        assert made.returncode == 0, made.stderr
        blank = out / (form + ".xlsx")
        rows = support.rows_of(support.tonghop("read", "--format", "csv", blank).stdout, support.READ_HEADER)
        dice = random.Random(name)

        def value(row):
            if row["indicator"] in skip:
                return None
            if row["kind"] == "count":
                return least + dice.randint(1, 50) + (10_000 if row["indicator"] in self.wholes else 0)
            if row["kind"] == "amount":
                return least + round(dice.uniform(1, 999), dice.randint(0, 3)) + (10_000 if row["indicator"] in self.wholes else 0)
            if row["kind"] == "percent":
                return round(dice.random(), 3)
            return dice.choice(self.catalogue[row["indicator"]][1])

        path = self.folder / (name + ".xlsx")
        support.fill(blank, path, rows, value)
        return path


def merged(inputs, target, options=()):
    """Merges; made figures may break a rule, which is not what is tested here."""
    out = [str(target) + end for end in (".xlsx", ".values.csv", ".findings.csv")]
    result = support.tonghop("merge", *inputs, "-o", out[0], "--values", out[1], "--findings", out[2], *options)
    assert result.returncode in (support.DONE, support.WITH_FINDINGS), result
    return support.Merged(result, *map(type(target), out))


class Workbook(support.TestCase):
    def said(self, **made):
        make_round(self.folder / "round.xlsx", **made)
        (self.folder / "in").mkdir(exist_ok=True)
        result = self.tonghop("merge", "in", "-o", "out.xlsx", "--round", "round.xlsx", code=support.USAGE)
        self.assertFalse((self.folder / "out.xlsx").exists())
        return result.stderr.splitlines()

    def test_says_what_is_wrong_as_a_clerk_would_need_it(self):
        self.assertEqual(self.said(roster=[["A", "Sở Một"], ["a", "Sở Hai"]]),
                         ["error: round.xlsx [Đơn vị] A4: “a” (Mã đơn vị) repeats cell A3; each item is given once, each code and "
                          "name belongs to one agency. Change or delete one of the two."])
        self.assertEqual(self.said(roster=[["A", "Sở Một", None, "Phòng"]]),
                         ["error: round.xlsx [Đơn vị] D3: Cấp: “Phòng” is not known; expected: Cấp xã; Sở, ban, ngành; Cấp huyện; "
                          "Cấp tỉnh; Cơ quan ngành dọc. Correct this cell."])
        self.assertEqual(self.said(settings=[("Hạn gửi báo cáo", "cuối tháng")]),
                         ["error: round.xlsx [Đợt báo cáo] C6: “cuối tháng” (Hạn gửi báo cáo) repeats cell C5; each item is given "
                          "once, each code and name belongs to one agency. Change or delete one of the two."])

    def test_names_missing_columns_and_bad_dates(self):
        self.assertEqual(self.said(head=["Mã", "Tên đơn vị", "Cấp"], roster=[["A", "Sở Một"]]),
                         ["error: round.xlsx [Đơn vị]: “Mã đơn vị” is missing in the round's workbook. Add it and run again."])
        self.assertEqual(self.said(roster=[["A", "Sở Một", None, None, None, None, "30/2/2027"]]),
                         ["error: round.xlsx [Đơn vị] G3: “30/2/2027” is no date that can be used. Type day/month/year, such as "
                          "5/4/2027 or 17:00 5/4/2027; the last day is not before the first."])
        result = self.tonghop("merge", "in", "-o", "out.xlsx", "--round", "gone.xlsx", code=support.USAGE)
        self.assertIn("There is no such file", result.stderr)


class Status(support.TestCase):
    def test_says_who_sent_what_and_the_counts_tie(self):
        make_round(self.folder / "round.xlsx")
        returns = self.folder / "returns"
        returns.mkdir()
        maker = Maker(returns)
        maker.make("Sở Nội vụ", "khanh-hoa-2023", "a")
        maker.make("UBND huyện Một", "khanh-hoa-2023", "b", least=5_000)
        maker.make("Xã Một", "binh-lang-2022", "c")
        maker.make("Xã Lạ", "binh-lang-2022", "d")
        (returns / "Xã Ba.xlsx").write_bytes((returns / "c.xlsx").read_bytes()[:2000])
        again = openpyxl.load_workbook(returns / "c.xlsx")
        table = next(iter(support.tables(again).values()))
        table.sheet.cell(table.keys["b1.1"], table.key_column - 2).value = None
        again.save(returns / "c2.xlsx")
        for blank in (returns / "blank").rglob("*.xlsx"):
            blank.unlink()
        result = merged([returns], self.folder / "out", options=("--round", self.folder / "round.xlsx"))
        rows = [[value for value in row if value is not None]
                for row in openpyxl.load_workbook(result.path)[STATUS_SHEET].iter_rows(values_only=True)]
        counts = {row[0]: row[1] for row in rows if len(row) == 2}
        stand = ["Đã nộp, đạt", "Đã nộp, còn lỗi", "Sai kỳ báo cáo", "Đã gửi, không dùng được", "Chưa nộp"]
        self.assertEqual(counts["Đơn vị phải nộp"], sum(counts[state] for state in stand))
        self.assertEqual([counts[state] for state in stand[2:]], [0, 1, 1])
        self.assertEqual({name: counts[name] for name in ("Đơn vị phải nộp", "Đơn vị khác đã gửi", "Tệp nhận được", "Đã tổng hợp",
                                                          "Không dùng (trùng đơn vị)", "Không đọc được", "Tệp không rõ của đơn vị nào")},
                         {"Đơn vị phải nộp": 5, "Đơn vị khác đã gửi": 1, "Tệp nhận được": 6, "Đã tổng hợp": 4,
                          "Không dùng (trùng đơn vị)": 1, "Không đọc được": 1, "Tệp không rõ của đơn vị nào": 0})
        listed = rows[rows.index(["Theo đơn vị"]) + 2:][:5]
        self.assertEqual([row[2] for row in listed], ["Sở Nội vụ", "Huyện Một", "Xã Một", "Xã Hai", "Xã Ba"])
        self.assertIn("Đã gửi, không dùng được", listed[4])
        others = rows.index(["Đơn vị khác đã gửi (ngoài danh sách hoặc không thuộc kỳ này)"])
        self.assertEqual(rows[others + 2][1], "Xã Lạ")
        codes = {finding["code"] for finding in result.findings}
        self.assertLessEqual({"agency-unlisted", "figures-inside"}, codes)
        # The commune's figures stand in brackets and are in no sum; LibreOffice adds up the same.
        inside = support.agency_cell(openpyxl.load_workbook(result.path)[support.AGENCY_SHEET], "steering.documents", "Xã Lạ")
        self.assertIsInstance(inside.value, (int, float))
        covered = [finding for finding in result.findings if finding["code"] == "figures-inside"]
        self.assertEqual([finding["agency"] for finding in covered], ["Xã Một"])
        before = support.cached_formulas(result.path)
        (recalculated,) = support.libreoffice([result.path], self.folder / "office", recalculate=True)
        after = support.cached_formulas(recalculated)
        for place, (_, value) in before.items():
            if isinstance(value, float):  # LibreOffice writes 15 digits
                self.assertAlmostEqual(after[place][1], value, delta=1e-9 * max(1, abs(value)), msg=place)
            else:
                self.assertEqual(after[place][1] or "", value or "", place)


class Blanks(support.TestCase):
    def test_grey_out_what_the_agency_does_not_owe(self):
        make_round(self.folder / "round.xlsx")
        fills = {}
        for agency in ("Sở Nội vụ", "Một"):
            out = self.folder / agency
            self.tonghop("blank", "--round", "round.xlsx", "--agency", agency, "-o", out)
            (blank,) = out.iterdir()
            self.assertEqual(blank.name, {"Một": "H1_Huyen-Mot"}.get(agency, "SNV_So-Noi-vu") + "_Quy-I-nam-2027.xlsx")
            book = openpyxl.load_workbook(blank)
            (table,) = support.tables(book).values()
            cells = {key: table.sheet.cell(row, table.note_column - 1) for key, row in table.keys.items()}
            fills[agency] = {key for key, cell in cells.items() if cell.fill.fgColor.rgb == "FFBFBFBF"}
            self.assertTrue(all(not cells[key].protection.locked for key in fills[agency]))
            prompts = {rule.promptTitle for rule in table.sheet.data_validations.dataValidation for key in fills[agency]
                       if cells[key].coordinate in rule.cells}
            self.assertEqual(prompts, {"Không phải điền"})
            read = self.tonghop("read", "--format", "csv", blank).stdout
            self.assertIn({"Một": "Huyện Một"}.get(agency, agency), read)
        self.assertLessEqual({"3.4.3.a", "3.4.5.a", "4.1.5.c", "7.1", "7.9"}, fills["Sở Nội vụ"])
        self.assertLessEqual({"4.1.1", "3.2.1.a", "7.5.1.a", "7.6.c", "5.1.c", "4.1.5.b"}, fills["Một"])
        for key in ("1.1", "2.2.a", "4.2.a", "7.8.1.a", "6.1.a"):
            self.assertFalse(key in fills["Một"] or key in fills["Sở Nội vụ"], key)
        self.assertFalse({"4.1.1", "3.2.1.a", "5.1.c"} & fills["Sở Nội vụ"])
        self.assertFalse({"3.4.3.a", "4.1.5.c", "5.2.1.c"} & fills["Một"])
        result = self.tonghop("blank", "--round", "round.xlsx", "--agency", "Sở Nội vu", "-o", "x", code=support.USAGE)
        self.assertIn("Did you mean \"Sở Nội vụ\"?", result.stderr)


class OneLevelUp(support.TestCase):
    def test_merges_of_merges_are_one_merge(self):
        maker = Maker(self.folder)
        files = [maker.make(f"Đơn vị thử {i}", "khanh-hoa-2023", f"a{i}") for i in range(6)]
        once = merged(files, self.folder / "once")
        parts = [merged(files[at:at + 3], self.folder / name, options=("--agency", "Tỉnh " + name, "--period", PERIOD))
                 for at, name in ((0, "A"), (3, "B"))]
        twice = merged([part.path for part in parts], self.folder / "twice")
        figures = ("value", "numerator", "denominator")
        compared = 0
        for indicator, row in once.values.items():
            kind = maker.catalogue[indicator][0]["aggregate"]
            if kind not in ("sum", "ratio") or row["value"] == "":
                continue
            compared += 1
            self.assertEqual([twice.values[indicator][one] for one in figures], [row[one] for one in figures], indicator)
        self.assertGreater(compared, 100)
        codes = [finding["code"] for finding in twice.findings]
        self.assertEqual(codes.count("report-loses"), 2)
        self.assertEqual([finding["message"].count(";") for finding in twice.findings if finding["code"] == "report-inexact"],
                         [1, 1])  # one percentage, a weighted mean; the other semicolon is the sentence's own

        # From a folder it is an old result lying there; with its agency on the roster it is a return.
        folder = self.folder / "in"
        folder.mkdir()
        (folder / "A.xlsx").write_bytes(parts[0].path.read_bytes())
        self.tonghop("merge", folder, "-o", "x.xlsx", code=support.WITH_FINDINGS)
        self.assertFalse((self.folder / "x.xlsx").exists())
        make_round(self.folder / "round.xlsx", roster=[["A", "Tỉnh A", None, "Cấp tỉnh"]])
        listed = merged([folder], self.folder / "listed", options=("--round", self.folder / "round.xlsx"))
        self.assertEqual(listed.values["steering.documents"]["value"], parts[0].values["steering.documents"]["value"])

    def test_an_agency_that_comes_twice_is_said_and_counted_once(self):
        maker = Maker(self.folder)
        files = [maker.make(f"Đơn vị thử {i}", "khanh-hoa-2023", f"a{i}") for i in range(3)]
        whole = merged(files, self.folder / "A", options=("--agency", "Tỉnh A", "--period", PERIOD))
        other = merged(files[:2], self.folder / "B", options=("--agency", "Tỉnh B", "--period", PERIOD))
        again = merged([whole.path, files[0]], self.folder / "again")
        said = [finding for finding in again.findings if finding["code"] == "agency-within"]
        self.assertEqual([finding["agency"] for finding in said], ["Đơn vị thử 0"])
        for indicator in ("steering.documents", "procedures.department.on-time-rate"):
            self.assertEqual(again.values[indicator]["value"], whole.values[indicator]["value"])
        overlapping = merged([whole.path, other.path], self.folder / "overlapping")
        said = [finding for finding in overlapping.findings if finding["code"] == "reports-overlap"]
        self.assertEqual(len(said), 1)
        self.assertIn("both have 2 agencies, whose figures count twice: Đơn vị thử 0; Đơn vị thử 1.", said[0]["message"])

    def test_a_percentage_that_is_not_that_of_its_sums_is_said(self):
        maker = Maker(self.folder)
        files = [maker.make("Đơn vị thử 0", "khanh-hoa-2023", "a"),
                 maker.make("Đơn vị thử 1", "khanh-hoa-2023", "b", skip={"steering.plan.completed"})]
        report = merged(files, self.folder / "A", options=("--agency", "Tỉnh A", "--period", PERIOD))
        result = merged([report.path], self.folder / "up")
        said = [finding["message"] for finding in result.findings if finding["code"] == "report-inexact"]
        self.assertEqual(len(said), 1)
        self.assertIn("Tỷ lệ hoàn thành kế hoạch CCHC năm;", said[0])
