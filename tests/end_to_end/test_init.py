"""`init`: the workbook of a round as openpyxl and LibreOffice see it, filled in as a coordinator would; rosters from lists of many shapes."""

import csv
import io

import openpyxl
import xlwt

import support

CAPTIONS = ["Mã đơn vị", "Tên đơn vị", "Tên gọi khác", "Cấp", "Mã đơn vị cấp trên", "Biểu mẫu", "Thư điện tử",
            "Số liệu gồm đơn vị cấp dưới", "Hiệu lực từ", "Hiệu lực đến"]
HEADER_ROW = 4


def roster_of(path):
    """Rows of the roster as {caption: text}, those that hold something."""
    sheet = openpyxl.load_workbook(path)["Đơn vị"]
    rows = sheet.iter_rows(min_row=HEADER_ROW, values_only=True)
    captions = list(next(rows))
    return [dict(zip(captions, row)) for row in rows if any(row)]


def fill_in(path, settings, agencies=()):
    """Types settings by caption and agencies row by row, as {caption: text}."""
    book = openpyxl.load_workbook(path)
    sheet = book["Đợt báo cáo"]
    rows = {row[0].value: row[1] for row in sheet.iter_rows() if row[0].value}
    for caption, value in settings.items():
        rows[caption].value = value
    sheet = book["Đơn vị"]
    row = HEADER_ROW
    for agency in agencies:
        row += 1
        for caption, value in agency.items():
            sheet.cell(row, CAPTIONS.index(caption) + 1).value = value
    book.save(path)


SETTINGS = {"Tỉnh, thành phố": "UBND tỉnh Khánh Hòa", "Cơ quan tổng hợp": "Sở Nội vụ tỉnh Khánh Hòa",
            "Người liên hệ": "Bà Trần Thị Bình, 0258 3822 222", "Kỳ báo cáo": "Quý I năm 2027", "Số liệu từ ngày": "15/12/2026",
            "Số liệu đến ngày": "14/3/2027", "Hạn gửi báo cáo": "17:00 20/3/2027", "Địa chỉ nhận báo cáo": "cchc@khanhhoa.gov.vn",
            "Biểu mẫu mặc định: Sở, ban, ngành": "Sở, ngành tỉnh Khánh Hòa, 2023"}
AGENCIES = [{"Mã đơn vị": "001", "Tên đơn vị": "Sở Nội vụ", "Cấp": "Sở, ban, ngành", "Thư điện tử": "snv@khanhhoa.gov.vn"},
            {"Mã đơn vị": "002", "Tên đơn vị": "UBND xã Diên Khánh", "Tên gọi khác": "Xã Diên An; Xã Diên Toàn", "Cấp": "Cấp xã",
             "Hiệu lực từ": "1/7/2025"}]


class Workbook(support.TestCase):
    def test_is_made_once_with_its_folders(self):
        result = self.tonghop("--lang", "vi", "init", "q1")
        self.assertIn("tonghop blank --round q1/round.xlsx", result.stdout)
        self.assertEqual(result.stderr, "")
        self.assertEqual(sorted(path.name for path in (self.folder / "q1").iterdir()), ["inbox", "outbox", "returns", "round.xlsx"])
        before = support.snapshot(self.folder)
        again = self.tonghop("init", "q1", code=support.NOT_WRITTEN)
        self.assertIn("q1/round.xlsx: This round is there already and is not overwritten.", again.stderr)
        self.assertEqual(support.snapshot(self.folder), before)
        self.tonghop("--lang", "vi", "init", "q2")
        self.assertEqual((self.folder / "q1/round.xlsx").read_bytes(), (self.folder / "q2/round.xlsx").read_bytes())

    def test_guides_whoever_fills_it_in(self):
        for lang, names in (("vi", ["Hướng dẫn", "Đợt báo cáo", "Đơn vị", "Thư", "Danh mục"]),
                            ("en", ["Instructions", "Round", "Agencies", "Letters", "Lists"])):
            self.tonghop("--lang", lang, "init", lang)
            book = openpyxl.load_workbook(self.folder / lang / "round.xlsx")
            self.assertEqual(book.sheetnames, names)
            self.assertEqual(book[names[4]].sheet_state, "hidden")
            roster = book[names[2]]
            self.assertEqual(roster.freeze_panes, "C5")
            self.assertEqual(roster.print_title_rows, "$4:$4")
            rules = {str(rule.sqref): rule for rule in roster.data_validations.dataValidation}
            self.assertEqual(len(rules), len(CAPTIONS))  # a prompt on every column
            self.assertTrue(all(rule.prompt and rule.showInputMessage for rule in rules.values()))
            lists = {area: rule.formula1 for area, rule in rules.items() if rule.type == "list"}
            self.assertEqual(set(lists), {"D5:D404", "F5:F404", "H5:H404"})
            for row in roster.iter_rows(min_row=5, max_row=404, max_col=len(CAPTIONS)):
                self.assertTrue(all(cell.number_format == "@" for cell in row))  # codes keep their zeros
            settings = book[names[1]]
            entries = [row[1].coordinate for row in settings.iter_rows(min_row=4)]
            prompted = {str(rule.sqref) for rule in settings.data_validations.dataValidation if rule.prompt}
            self.assertEqual(prompted, set(entries))
            sheet, _, area = lists["D5:D404"].replace("$", "").partition("!")
            levels = [cell.value for (cell,) in book[sheet.strip("=\'")][area]]
            self.assertEqual(len(levels), 5)
            commands = [cell.value for (cell,) in book[names[0]].iter_rows(max_col=1) if str(cell.value).startswith("tonghop ")]
            self.assertEqual(len(commands), 6)

    def test_says_exactly_what_is_missing(self):
        self.tonghop("--lang", "vi", "init", "q1")
        path = self.folder / "q1/round.xlsx"
        fill_in(path, {caption: value for caption, value in SETTINGS.items() if caption != "Kỳ báo cáo"}, AGENCIES)
        result = self.tonghop("blank", "--round", path, code=support.USAGE)
        self.assertEqual(result.stderr, f"error: {path} [Đợt báo cáo] B7: “Kỳ báo cáo” is missing in the round's workbook. Add it and run again.\n")
        fill_in(path, {"Kỳ báo cáo": "Quý I năm 2027"})
        self.assertEqual(self.tonghop("blank", "--round", path).stderr, "")

    def test_tells_mistakes_with_sheet_and_cell(self):
        self.tonghop("--lang", "vi", "init", "q1")
        path = self.folder / "q1/round.xlsx"
        fill_in(path, SETTINGS | {"Hạn gửi báo cáo": "31/02/2027", "Biểu mẫu mặc định: Cấp xã": "mẫu cũ"},
                [{"Mã đơn vị": "01", "Tên đơn vị": "A", "Thư điện tử": "a@b"}, {"Mã đơn vị": "01", "Tên đơn vị": "B"},
                 {"Tên đơn vị": "C", "Mã đơn vị cấp trên": "09"}, {"Mã đơn vị": "D", "Tên đơn vị": "E", "Mã đơn vị cấp trên": "D"}])
        book = openpyxl.load_workbook(path)
        book["Thư"]["C5"].value += " {tên}"
        book.save(path)
        said = self.tonghop("blank", "--round", path, code=support.USAGE).stderr.splitlines()
        places = [line.removeprefix(f"error: {path} ").split(":")[0] for line in said]
        self.assertEqual(sorted(places), ["[Thư] C5", "[Đơn vị] A6", "[Đơn vị] B8", "[Đơn vị] E7", "[Đơn vị] G5", "[Đợt báo cáo] B10",
                                          "[Đợt báo cáo] B14"])

    def test_reads_the_same_when_another_program_has_saved_it(self):
        self.tonghop("--lang", "vi", "init", "q1")
        path = self.folder / "q1/round.xlsx"
        fill_in(path, SETTINGS, AGENCIES)
        (saved,) = support.libreoffice([path], self.folder / "saved")
        for name, source in (("a", path), ("b", saved)):
            self.tonghop("blank", "--round", source, "-o", name)
        self.assertEqual(support.snapshot(self.folder / "a"), support.snapshot(self.folder / "b"))
        self.assertEqual(len(support.snapshot(self.folder / "a")), 2)


ROWS = [["1", "Sở Nội vụ", "snv@khanhhoa.gov.vn", "H32.1"], ["2", "Sở Tư pháp", "stp@khanhhoa.gov.vn; vt@khanhhoa.gov.vn", "H32.2"],
        ["3", "UBND xã Diên Khánh", "", "H32.3"]]
TAKEN = [{"Mã đơn vị": "H32.1", "Tên đơn vị": "Sở Nội vụ", "Cấp": "Sở, ban, ngành", "Thư điện tử": "snv@khanhhoa.gov.vn"},
         {"Mã đơn vị": "H32.2", "Tên đơn vị": "Sở Tư pháp", "Cấp": "Sở, ban, ngành",
          "Thư điện tử": "stp@khanhhoa.gov.vn; vt@khanhhoa.gov.vn"},
         {"Mã đơn vị": "H32.3", "Tên đơn vị": "UBND xã Diên Khánh", "Cấp": "Cấp xã"}]


def text_of(rows, separator):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


class Roster(support.TestCase):
    def taken(self, name, code=support.DONE):
        """(rows taken over, without what is empty, lines that were said)"""
        folder = name + ".round"
        result = self.tonghop("--lang", "vi", "init", folder, "--from", name, code=code)
        rows = [{caption: value for caption, value in row.items() if value} for row in roster_of(self.folder / folder / "round.xlsx")]
        return rows, result.stdout.splitlines() + result.stderr.splitlines()

    def test_is_taken_from_text_in_any_encoding(self):
        titled = [["DANH SÁCH ĐƠN VỊ"], [], ["STT", "Tên cơ quan, đơn vị", "Hộp thư công vụ", "Mã định danh (cấp 2)"], *ROWS]
        for name, separator, encoding in (("a.csv", ",", "utf-8"), ("b.csv", ";", "utf-8-sig"), ("c.txt", "\t", "utf-16"),
                                          ("d.csv", ";", "cp1258")):
            text = text_of(titled, separator)
            if encoding == "cp1258":  # letters and tone marks apart, as that code page has them
                for letter in sorted(set(text)):
                    if ord(letter) > 127:
                        text = text.replace(letter, as_1258(letter))
            (self.folder / name).write_bytes(text.encode(encoding))
            rows, said = self.taken(name)
            self.assertEqual(rows, TAKEN, name)
            self.assertIn("  cột B “Tên cơ quan, đơn vị” → Tên đơn vị: 3 giá trị", said)
            self.assertIn("  cột A “STT”: không dùng", said)
            self.assertIn("  dòng 1 bỏ qua, trên dòng tiêu đề: DANH SÁCH ĐƠN VỊ", said)

    def test_is_taken_from_workbooks_old_and_new(self):
        titled = [["DANH SÁCH ĐƠN VỊ"], ["STT", "Cơ quan", "Liên hệ", "Mã"], [None, None, "Email", None], *ROWS]
        book = openpyxl.Workbook()
        book.active.append(["Ghi chú chung"])
        sheet = book.create_sheet("Danh sách")
        for row in titled:
            sheet.append(row)
        book.save(self.folder / "a.xlsx")
        old = xlwt.Workbook(encoding="utf-8")
        sheet = old.add_sheet("Danh sách")
        for r, row in enumerate(titled):
            for c, value in enumerate(row):
                if value:
                    sheet.write(r, c, value)
        old.save(str(self.folder / "b.xls"))
        support.libreoffice([self.folder / "a.xlsx"], self.folder, "ods")
        for name in ("a.xlsx", "b.xls", "a.ods"):
            rows, said = self.taken(name)
            self.assertEqual(rows, TAKEN, name)
            self.assertIn(f"Danh sách lấy từ {name} [Danh sách]: 3 đơn vị; tiêu đề ở dòng 2", said)

    def test_is_taken_without_a_header(self):
        (self.folder / "a.csv").write_text(text_of([[row[3], row[1], row[2]] for row in ROWS], ","), encoding="utf-8")
        rows, said = self.taken("a.csv")
        self.assertEqual(rows, TAKEN)
        self.assertIn("  cột C “” → Thư điện tử, theo nội dung: 2 giá trị", said)

    def test_fills_in_what_the_list_leaves_out(self):
        (self.folder / "a.csv").write_text(text_of([
            ["TT", "Đơn vị", "Trực thuộc", "Tên cũ", "Điện thoại"], ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["I", "CÁC SỞ, BAN, NGÀNH", "", "", ""], ["1", "Trường\nChính trị", "", "", "02583822222"],
            ["II", "UBND CÁC XÃ, PHƯỜNG", "", "", ""], ["2", "Phường Nha Trang", "Trường Chính trị", "Phường Lộc Thọ, Phường Tân Tiến", ""],
            ["III", "Đơn vị khác", "", "", ""], ["3", "Hội Chữ thập đỏ", "", "", ""], ["", "Tổng cộng: 3", "", "", ""],
            ["", "Người lập biểu", "", "", ""]], ";"), encoding="utf-8")
        rows, said = self.taken("a.csv")
        self.assertEqual(rows, [
            {"Mã đơn vị": "001", "Tên đơn vị": "Trường Chính trị", "Cấp": "Sở, ban, ngành"},
            {"Mã đơn vị": "002", "Tên đơn vị": "Phường Nha Trang", "Cấp": "Cấp xã", "Mã đơn vị cấp trên": "001",
             "Tên gọi khác": "Phường Lộc Thọ; Phường Tân Tiến"},
            {"Mã đơn vị": "003", "Tên đơn vị": "Hội Chữ thập đỏ"}])
        for line in ("3 đơn vị chưa có mã, đã đặt mã theo thứ tự: 001 đến 003", "1 đơn vị chưa rõ cấp, cột “Cấp” để trống: Hội Chữ thập đỏ",
                     "  dòng 2 bỏ qua, dòng đánh số cột: (1) | (2) | (3) | (4) | (5)",
                     "  dòng 3 bỏ qua, tên nhóm: các dòng sau thuộc Sở, ban, ngành: I | CÁC SỞ, BAN, NGÀNH",
                     "  dòng 7 bỏ qua, tên nhóm: III | Đơn vị khác", "  dòng 9 bỏ qua, dòng cộng: Tổng cộng: 3",
                     "  dòng 10 bỏ qua, không có số thứ tự: Người lập biểu", "  cột E “Điện thoại”: không dùng"):
            self.assertIn(line, said)

    def test_takes_mistakes_over_and_tells_where_they_stand_now(self):
        (self.folder / "a.csv").write_text(text_of([["Mã", "Tên", "Email", "Cấp trên"], ["1", "Sở A", "a@b", ""],
                                                    ["1", "Sở B", "b@b.vn", "Sở X"]], ","), encoding="utf-8")
        rows, said = self.taken("a.csv", code=support.WITH_FINDINGS)
        self.assertEqual([(row["Mã đơn vị"], row["Thư điện tử"]) for row in rows], [("1", "a@b"), ("1", "b@b.vn")])
        errors = [line.partition("round.xlsx ")[2].split(":")[0] for line in said if "round.xlsx [" in line]
        self.assertEqual(sorted(errors), ["[Đơn vị] A6", "[Đơn vị] E6", "[Đơn vị] G5"])

    def test_refuses_what_is_no_list(self):
        for name, content, says in (("a.csv", b"1;2\n3;4\n", "No column of this list has names of agencies"),
                                    ("b.csv", "Tên\n\"Sở".encode(), "line 2: the end of the file inside quotes"),
                                    ("c.pdf", b"%PDF-1.4", "PDF"), ("d.csv", b"", "empty")):
            (self.folder / name).write_bytes(content)
            result = self.tonghop("--lang", "en", "init", "q1", "--from", name, code=support.USAGE)
            self.assertIn(name, result.stderr)
            self.assertIn(says, result.stderr)
            self.assertFalse((self.folder / "q1").exists())


def as_1258(letter):
    """One letter as code page 1258 can hold it: its tone mark behind it."""
    import unicodedata
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = unicodedata.normalize("NFD", letter)
    marks = "".join(part for part in parts if part in tones)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + marks
