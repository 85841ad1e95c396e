"""Correction copies: an agency's own workbook back with cells marked, seen by other programs, corrected and sent in again."""

import email
import email.message
import email.policy
import io
import os
import random
import shutil
import struct
import subprocess
import zipfile

import openpyxl

import made_round
import support
import test_round

LIST = "Cần sửa"
MARKER = "#tonghop-corrections"
TINT = "FFFFC7A3"
SIGN = "tonghop: "
HEADER_ROW = 7
PERSONS = 3  # agencies of the round
LATER, LATEST = "2027-03-16T08:00:00Z", "2027-03-18T08:00:00Z"
# No number, two numbers, and a cell that somebody had coloured and written a note on.
WRONG = ["rất nhiều", "10 hoặc 12", "chưa đếm xong"]


def entries(path):
    """name -> what is stored of it: packed bytes, check sum, time, method, flags"""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as package:
        for one in package.infolist():
            name, extra = struct.unpack("<HH", data[one.header_offset + 26:one.header_offset + 30])
            start = one.header_offset + 30 + name + extra
            found[one.filename] = (data[start:start + one.compress_size], one.CRC, one.date_time, one.compress_type)
    return found


def contents(path, leave=()):
    """Values, formulas, formats and notes of all sheets but those; our notes left out."""
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.title in leave:
            continue
        for row in sheet.iter_rows():
            for cell in row:
                note = [line for line in (cell.comment.text if cell.comment else "").split("\n") if line and not line.startswith(SIGN)]
                if cell.value is not None or note:
                    found[sheet.title, cell.coordinate] = (cell.value, cell.number_format, cell.font.b, cell.protection.locked, note)
    return found


def marked(path):
    """(sheet, cell) -> the lines of our note, of tinted cells"""
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                lines = [line for line in (cell.comment.text if cell.comment else "").split("\n") if line.startswith(SIGN)]
                if lines or (cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == TINT):
                    found[sheet.title, cell.coordinate] = lines
    return found


def listed(path):
    """Rows of the first sheet: number, sheet, cell, indicator, typed, problem, expected; and the link of the cell."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A7"].value == "TT" and MARKER in [cell.value for cell in sheet[HEADER_ROW]], path
    return [([cell.value for cell in row[:7]], row[2].hyperlink.location if row[2].hyperlink else None)
            for row in sheet.iter_rows(min_row=HEADER_ROW + 1)]


class Return(support.TestCase):
    def setUp(self):
        super().setUp()
        self.inbox, self.returns = self.folder / "inbox", self.folder / "returns"
        self.inbox.mkdir()
        self.catalogue = made_round.Catalogue()
        self.agencies = [made_round.Agency(self.inbox, index, self.catalogue) for index in range(PERSONS)]
        roster = [[f"M{one.index + 1}", one.name, None, None, None, one.form, None] for one in self.agencies]
        test_round.make_round(self.folder / "round.xlsx", roster=roster)

    def damage(self, agency, texts=WRONG):
        """Types these into counts of the agency, and saves. The cells, in the order of the texts."""
        counts = [name for name in agency.values if self.catalogue.kinds[name] == "count"]
        names = [counts[len(counts) * at // len(texts)] for at in range(len(texts))]
        for name, text in zip(names, texts):
            agency.put(name, text)
        if len(texts) == len(WRONG):
            cell = agency.cells[names[-1]]
            cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FF00B0F0")
            cell.comment = openpyxl.comments.Comment("Chị Lan sẽ gửi sau", "Lan")
        agency.save()
        return [agency.cells[name] for name in names]

    def back(self, code=support.WITH_FINDINGS, options=()):
        return self.tonghop("return", "--round", "round.xlsx", *options, code=code)

    def copy_of(self, agency):
        found = list(self.returns.glob(f"M{agency.index + 1}_*.xlsx"))
        self.assertEqual(len(found), 1, found)
        return found[0]

    def check(self, *inputs):
        result = support.tonghop("check", "--round", "round.xlsx", "--format", "csv", *(inputs or ["inbox"]), cwd=self.folder)
        return support.rows_of(result.stdout, support.FINDINGS_HEADER)

    def test_the_copy_is_the_agency_s_own_file_with_marks(self):
        one, two, three = self.agencies
        wrong = self.damage(one)
        two.save()
        three.save()
        before = support.snapshot(self.inbox)
        self.back()
        self.assertEqual(support.snapshot(self.inbox), before)
        copy = self.copy_of(one)
        self.assertEqual(copy.name, "M1_Don-vi-thu-001_Quy-I-nam-2027.xlsx")
        # What the agency wrote is all there, and every part that needs no mark byte for byte.
        self.assertEqual(contents(copy, [LIST]), contents(one.path))
        old, new = entries(one.path), entries(copy)
        changed = {name for name in old if old[name] != new[name]}
        sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
        self.assertLessEqual(changed - sheets, {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                                                "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"})
        # Every finding about a cell of this agency is a mark, and a row with a link.
        expected = {(row["sheet"], row["cell"]) for row in self.check()
                    if row["agency"] == one.name and row["severity"] != "note" and row["cell"] and row["state"] == "open"}
        self.assertLessEqual({(cell.parent.title, cell.coordinate) for cell in wrong}, expected)
        marks = marked(copy)
        self.assertLessEqual(expected, set(marks))
        rows = listed(copy)
        self.assertEqual({(row[1], row[2]) for row, link in rows if link}, set(marks))
        for row, link in rows:
            if link:
                self.assertEqual(link, f"'{row[1]}'!{row[2]}")
        self.assertEqual([row[0] for row, _ in rows], list(range(1, len(rows) + 1)))
        for cell, text in zip(wrong, WRONG):
            self.assertIn(f"Đã điền “{text}”. Điền số nguyên", "\n".join(marks[cell.parent.title, cell.coordinate]))
            self.assertIn(text, [row[4] for row, _ in rows])
        book = openpyxl.load_workbook(copy)
        self.assertEqual((book.sheetnames[0], book.active.title), (LIST, LIST))
        self.assertEqual([sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected], [LIST])
        self.assertTrue(all(book[LIST].column_dimensions[column].hidden for column in "IJK"))
        self.assertIn("Hạn gửi báo cáo: 17:00 20/3/2027", book[LIST]["A3"].value)
        # Again the same, and nothing is written twice.
        stamp = copy.stat().st_mtime_ns
        self.assertIn(f"files written: 0, unchanged: {len(list(self.returns.glob('*.xlsx')))}", self.back().stdout)
        self.assertEqual(copy.stat().st_mtime_ns, stamp)

    def test_office_programs_see_notes_tints_and_links(self):
        one = self.agencies[0]
        wrong = self.damage(one)
        self.back()
        copy = self.copy_of(one)
        [resaved] = support.libreoffice([copy], self.folder / "office")
        self.assertEqual(marked(resaved), marked(copy))
        self.assertEqual(listed(resaved), listed(copy))
        cell = openpyxl.load_workbook(resaved)[wrong[2].parent.title][wrong[2].coordinate]
        self.assertTrue(cell.comment.text.startswith("Chị Lan sẽ gửi sau\n" + SIGN), cell.comment.text)
        [calc] = support.libreoffice([copy], self.folder / "office", "ods")
        content = zipfile.ZipFile(calc).read("content.xml").decode()
        self.assertEqual(content.count("<office:annotation "), len(marked(copy)))
        [gnumeric] = support.gnumeric([copy], self.folder / "gnumeric")
        self.assertEqual(openpyxl.load_workbook(gnumeric).sheetnames[0], LIST)

    def test_a_copy_sent_back_unchanged_is_the_same_return(self):
        one = self.agencies[0]
        self.damage(one)
        self.back()
        before = self.check()
        shutil.copy(self.copy_of(one), self.inbox / "again.xlsx")
        [resaved] = support.libreoffice([self.copy_of(one)], self.folder / "office")
        shutil.copy(resaved, self.inbox / "once more.xlsx")
        after = self.check()
        repeated = [row for row in after if row["code"] == "return-repeated"]
        self.assertEqual(len(repeated), 2, after)
        strip = [{key: value for key, value in row.items() if key not in ("file", "message")} for row in after if row not in repeated]
        self.assertEqual([row["code"] for row in strip], [row["code"] for row in before])
        rows, _ = self.read("inbox/again.xlsx", code=support.WITH_FINDINGS)
        self.assertEqual([row["note"] for row in rows if "tonghop" in row["note"]], [])
        self.assertEqual([row["note"] for row in rows if "Chị Lan" in row["note"]], ["Chị Lan sẽ gửi sau"])

    def correct(self, copy, target, cells, values, moment):
        book = openpyxl.load_workbook(copy)
        for cell, value in zip(cells, values):
            book[cell.parent.title][cell.coordinate].value = value
        made_round.save(book, target, moment)

    def codes_at(self, cells, code="value-"):
        places = {(cell.parent.title, cell.coordinate) for cell in cells}
        return [row["code"] for row in self.check() if (row["sheet"], row["cell"]) in places and row["code"].startswith(code)]

    def test_a_corrected_copy_supersedes_and_closes_its_findings(self):
        one = self.agencies[0]
        wrong = self.damage(one)
        self.back()
        self.assertEqual(len(self.codes_at(wrong)), 3)
        self.correct(self.copy_of(one), self.inbox / "m1 sửa.xlsx", wrong, [7, 8, 9], LATER)
        self.assertEqual(self.codes_at(wrong), [])
        self.assertIn("return-superseded", {row["code"] for row in self.check()})
        # A copy of the copy: what is mended is marked no more, and looks as the agency had it.
        self.back(code=support.DONE)
        second = self.copy_of(one)
        places = {(cell.parent.title, cell.coordinate) for cell in wrong}
        still = {(row["sheet"], row["cell"]) for row in self.check() if row["severity"] != "note" and row["agency"] == one.name}
        self.assertEqual(set(marked(second)) & places, still & places)
        book = openpyxl.load_workbook(second)
        self.assertEqual([name for name in book.sheetnames if name.startswith(LIST)], [LIST])
        own = openpyxl.load_workbook(one.path)
        for cell in wrong:
            if (cell.parent.title, cell.coordinate) in still:
                continue
            now = book[cell.parent.title][cell.coordinate]
            self.assertEqual(now.fill.fgColor.rgb, own[cell.parent.title][cell.coordinate].fill.fgColor.rgb)
            self.assertEqual(now.comment.text if now.comment else None, "Chị Lan sẽ gửi sau" if cell is wrong[2] else None)

    def test_a_copy_corrected_in_libreoffice_does_too(self):
        one = self.agencies[0]
        wrong = self.damage(one)
        self.back()
        [resaved] = support.libreoffice([self.copy_of(one)], self.folder / "office")
        self.correct(resaved, self.folder / "corrected.xlsx", wrong[:2], [7, 8], LATER)
        [again] = support.libreoffice([self.folder / "corrected.xlsx"], self.inbox)
        book = openpyxl.load_workbook(again)
        made_round.save(book, again, LATEST)
        self.assertEqual(self.codes_at(wrong), ["value-unreadable"])
        self.back()
        second = self.copy_of(one)
        marks = marked(second)
        self.assertIn((wrong[2].parent.title, wrong[2].coordinate), marks)
        self.assertEqual(contents(second, [LIST]), contents(again, [LIST]))
        still = {(row["sheet"], row["cell"]) for row in self.check() if row["severity"] != "note" and row["agency"] == one.name and row["cell"]}
        self.assertLessEqual(still, set(marks))
        own = openpyxl.load_workbook(one.path)
        for cell in wrong[:2]:
            if (cell.parent.title, cell.coordinate) not in still:
                now = openpyxl.load_workbook(second)[cell.parent.title][cell.coordinate]
                self.assertEqual(now.fill.fgColor.rgb, own[cell.parent.title][cell.coordinate].fill.fgColor.rgb)

    def test_other_formats_get_the_list_and_their_own_file(self):
        one, two, _ = self.agencies
        wrong = self.damage(one)
        self.damage(two, ["abc", "x"])
        [ods] = support.libreoffice([one.path], self.inbox, "ods")
        [xls] = support.libreoffice([two.path], self.inbox, "xls")
        one.path.unlink()
        two.path.unlink()
        said = self.back()
        self.assertEqual(said.stderr.count("copy-unmarked"), 0)
        self.assertIn("Cells of this file cannot be marked (OpenDocument); Đơn vị thử 001 gets the list", said.stderr)
        self.assertIn("Cells of this file cannot be marked (.xls)", said.stderr)
        stem = "M1_Don-vi-thu-001_Quy-I-nam-2027"
        self.assertEqual((self.returns / (stem + ".ods")).read_bytes(), ods.read_bytes())
        rows = listed(self.returns / (stem + "_Can-sua.xlsx"))
        self.assertLessEqual({cell.coordinate for cell in wrong}, {row[2] for row, _ in rows})
        self.assertEqual({link for _, link in rows}, {None})
        [own] = self.returns.glob("M2_*.xls")
        self.assertEqual(own.read_bytes(), xls.read_bytes())

    def test_one_odd_workbook_does_not_stop_the_others(self):
        one, two, _ = self.agencies
        self.damage(one)
        self.damage(two)
        with zipfile.ZipFile(one.path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        with zipfile.ZipFile(one.path, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part.decode().encode("utf-16") if name.startswith("xl/worksheets/sheet") else part)
        said = self.back()
        self.assertRegex(said.stderr, r"cannot be marked \(xl/worksheets/sheet\d+.xml is not in UTF-8\)")
        self.assertEqual([path.read_bytes() for path in self.returns.glob("M1_*2027.xlsx")], [one.path.read_bytes()])
        self.assertTrue(listed(*self.returns.glob("M1_*_Can-sua.xlsx")))
        self.assertTrue(marked(self.copy_of(two)))

    def test_a_form_in_two_files_comes_back_in_two(self):
        one = self.agencies[0]
        wrong = self.damage(one, ["abc"] * 14)
        titles = [name for name, table in support.tables(one.book).items() if table]
        first = titles[:len(titles) // 2]
        for name, kept in (("a.xlsx", first), ("b.xlsx", titles[len(first):])):
            book = openpyxl.load_workbook(one.path)
            for title in set(titles) - set(kept):
                del book[title]
            made_round.save(book, self.inbox / name, made_round.ON_TIME)
        one.path.unlink()
        self.back()
        copies = sorted(self.returns.glob("M1_*.xlsx"), key=lambda path: path.stem.endswith("_2"))
        self.assertEqual([path.stem.split("2027")[-1] for path in copies], ["", "_2"])
        at = {(cell.parent.title, cell.coordinate) for cell in wrong}
        for copy, kept in zip(copies, (first, titles[len(first):])):
            self.assertEqual({place for place in at if place[0] in kept} - set(marked(copy)), set())
            self.assertEqual({sheet for sheet, _ in marked(copy)} - set(kept), set())

    def test_a_draft_carries_the_copy(self):
        one, two, _ = self.agencies
        self.damage(one)
        self.damage(two)
        self.back()
        copy = self.copy_of(one)
        message = email.message_from_bytes(copy.with_suffix(".eml").read_bytes(), policy=email.policy.default)
        [attached] = message.iter_attachments()
        self.assertEqual((attached.get_filename(), attached.get_content()), (copy.name, copy.read_bytes()))
        text = message.get_body().get_content()
        for (row, _), number in zip(listed(copy), range(1, 4)):
            self.assertIn(f"{number}. {row[1]}, {row[2]}: {row[5]}", text)
        self.assertIn(one.name, message["subject"])
        # The same as mails; who has nothing to correct gets none.
        said = self.tonghop("mail", "--corrections", "--round", "round.xlsx", code=support.WITH_FINDINGS)
        self.assertIn("files written: 0", said.stdout)
        self.assertEqual({path.stem for path in self.returns.glob("*.eml")}, {path.stem for path in self.returns.glob("*.xlsx")})
        two.path.unlink()
        self.back()
        self.assertEqual([path.name for path in self.returns.glob("*.eml")], [copy.with_suffix(".eml").name])

    def test_files_in_archives_and_mails_come_back_too(self):
        one = self.agencies[0]
        self.damage(one)
        loose = self.folder / "loose"
        self.back(options=["-o", loose])
        [expected] = loose.glob("M1_*.xlsx")
        with zipfile.ZipFile(self.inbox / "gói.zip", "w") as archive:
            archive.write(one.path, "tệp.xlsx")
        message = email.message.EmailMessage()
        message["From"], message["Date"], message["Subject"] = "lan@example.vn", "Mon, 15 Mar 2027 08:00:00 +0700", "Báo cáo"
        message["To"] = "vanthu@example.vn"
        message.set_content("Kính gửi")
        message.add_attachment(one.path.read_bytes(), maintype="application", subtype="octet-stream", filename="báo cáo.xlsx")
        one.path.unlink()
        for inner in ("gói.zip", "thư.eml"):
            if inner == "thư.eml":
                (self.inbox / "gói.zip").unlink()
                (self.inbox / inner).write_bytes(bytes(message))
            shutil.rmtree(self.returns, ignore_errors=True)
            self.back()
            self.assertEqual(self.copy_of(one).read_bytes(), expected.read_bytes())

    @support.unittest.skipIf(support.SANITIZED, "the sanitizer keeps memory")
    def test_workbooks_without_findings_are_not_held_in_memory(self):
        self.agencies[0].save()
        mails, size = 12, 8 << 20

        def most_memory():
            with subprocess.Popen([support.TONGHOP, "return", "--round", "round.xlsx"], cwd=self.folder, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as running:
                return os.wait4(running.pid, 0)[2].ru_maxrss * 1024

        for number in range(mails):
            with zipfile.ZipFile(self.inbox / f"{number:02}.zip", "w") as archive:
                inner = io.BytesIO(self.agencies[0].path.read_bytes())
                with zipfile.ZipFile(inner, "a") as book:
                    book.writestr("xl/media/image1.jpeg", random.Random(number).randbytes(size))
                archive.writestr("tệp.xlsx", inner.getvalue())
            if number == 1:
                two = most_memory()
        self.assertLess(most_memory() - two, (mails - 2) * size / 2)

    def test_what_is_no_longer_asked_is_said_and_left(self):
        one, two, _ = self.agencies
        self.damage(one)
        two.save()
        self.back()
        copy = self.copy_of(one)
        (self.returns / "notes.txt").write_text("of the clerk")
        one.path.unlink()
        said = self.back(code=support.DONE)
        self.assertIn(f"warning: returns/{copy.name}: An earlier run wrote this file", said.stderr)
        self.assertTrue(copy.exists())
        self.assertNotIn("notes.txt", said.stderr)

    def test_a_folder_that_cannot_be_looked_into_is_said(self):
        self.returns.write_text("a file")  # and the inbox has nothing that would be written there
        said = self.tonghop("return", "--round", "round.xlsx", code=support.WITH_FINDINGS).stderr
        self.assertEqual([line for line in said.splitlines() if ": returns: " in line],
                         ["error: returns: The file cannot be opened (Not a directory). Check its permissions, or close it in other programs."])

    def test_inputs_are_never_written(self):
        self.damage(self.agencies[0])
        before = support.snapshot(self.inbox)
        said = self.back(code=support.USAGE, options=["-o", "inbox"])
        self.assertIn("is an input; nothing is written into a folder of inputs", said.stderr)
        self.back(code=support.USAGE, options=["-o", "."])
        for folder in ("inbox/returns", "inbox/a/b/"):
            said = self.back(code=support.USAGE, options=["-o", folder])
            self.assertIn(f"{folder} is the folder of inputs inbox or lies in it", said.stderr)
        (self.folder / "elsewhere").symlink_to(self.inbox)
        self.back(code=support.USAGE, options=["-o", "elsewhere/returns"])
        self.tonghop("mail", "--round", "round.xlsx", "-o", "inbox/drafts", code=support.USAGE)
        self.tonghop("blank", "--round", "round.xlsx", "-o", "inbox/", code=support.USAGE)
        self.assertEqual(support.snapshot(self.inbox), before)

    def test_conversations_and_signatures_are_said(self):
        one = self.agencies[0]
        [cell, *_] = self.damage(one, ["abc"])
        part = next(f"xl/worksheets/sheet{number}.xml" for number, sheet in enumerate(one.book.worksheets, 1) if sheet is cell.parent)
        with zipfile.ZipFile(one.path, "a") as package:
            package.writestr(part.replace("worksheets/", "worksheets/_rels/") + ".rels", f"""<Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Target="/xl/threadedComments/t1.xml"
 Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>""")
            package.writestr("xl/threadedComments/t1.xml", f"""<ThreadedComments><threadedComment ref="{cell.coordinate}" id="x">
<text>Xin ý kiến</text></threadedComment></ThreadedComments>""")
            package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
        said = self.back().stderr
        self.assertIn(f"{cell.coordinate}: 1 cells carry a conversation of {one.name}", said)
        self.assertIn("carries a digital signature", said)
        self.assertEqual(marked(self.copy_of(one))[cell.parent.title, cell.coordinate], [])
