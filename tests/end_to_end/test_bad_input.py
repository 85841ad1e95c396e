"""Bad input: one clear line for each file that cannot be used, the others go on, the exit code tells, nothing is damaged."""

import itertools
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import time
import unittest
import zipfile

import openpyxl

import support
from support import DONE, NOT_WRITTEN, RETURNED, SURVEY, USAGE, WITH_FINDINGS

GOOD = "So-Ngoai-vu-CCHC-6T-2023.xlsx"  # its findings are warnings, so alone it gives exit code 0


def compound_file(*streams):
    """An OLE compound file with streams of these names, as Excel writes workbooks with a password and .xls.

    Made by hand: no program here writes a workbook with a password without its windows. The streams hold nothing.
    """
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                                                                          end, 0, end, 0, 0)
    header += struct.pack("<I", free) * ((512 - len(header)) // 4)

    def entry(name, kind, child=free, right=free):
        text = name.encode("utf-16-le") + b"\0\0"
        return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(text), kind, 1, free, right, child, end, 0)

    names = [entry("Root Entry", 5, child=1)]
    names += [entry(name, 2, right=i + 2 if i + 1 < len(streams) else free) for i, name in enumerate(streams)]
    directory = b"".join(names).ljust(512, b"\0")
    table = struct.pack("<II", fat, end) + struct.pack("<I", free) * 126
    return header + table + directory


def with_password(source, target):
    """What a password makes of an .ods: contents that nobody can tell from noise, and how they were encrypted."""
    noise = source.with_suffix(".noise")
    support.rewrite_part(source, noise, r"(content|styles|meta|settings)\.xml", lambda data: support.hashlib.sha512(data).digest() * 64)
    told = b"""<manifest:encryption-data manifest:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k">
      <manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></manifest:encryption-data>"""
    support.rewrite_part(noise, target, "META-INF/manifest.xml", lambda data: support.re.sub(
        rb'(<manifest:file-entry manifest:full-path="content.xml"[^>]*)/>', rb"\1>" + told + b"</manifest:file-entry>", data))
    return target


# How a workbook of Excel 3 begins: without the container of later ones.
EXCEL_3 = b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00\x0A\x00\x00\x00"


def archive(path, **parts):
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name.replace("__", "/").replace("_dot_", "."), text)


class BadInput(support.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.class_folder()
        good = (RETURNED / GOOD).read_bytes()
        cls.made = made / "in"
        cls.made.mkdir()
        # LibreOffice writes the two other spreadsheet formats.
        cls.old_xls = support.libreoffice([RETURNED / GOOD], made / "xls", "xls")[0].read_bytes()
        cls.ods = support.libreoffice([RETURNED / GOOD], made / "ods", "ods")[0].read_bytes()
        cls.locked_ods = with_password(made / "ods" / (support.pathlib.Path(GOOD).stem + ".ods"), made / "locked.ods").read_bytes()
        cls.good = good

    def setUp(self):
        super().setUp()
        self.inputs = self.folder / "in"
        self.inputs.mkdir()
        (self.inputs / GOOD).write_bytes(self.good)

    def put(self, name, content):
        """A file among the inputs; the path that is given to the program."""
        path = self.inputs / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)
        return f"in/{name}"

    def refused(self, path, code, *words):
        """The file is refused with this code in one line that has these words; the good one goes on; nothing is changed."""
        before = support.snapshot(self.inputs)
        result = self.tonghop("read", "--format", "csv", path, f"in/{GOOD}", code=WITH_FINDINGS)
        errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
        about = [line for line in result.stderr.splitlines() if path in line]
        self.assertEqual(len(errors), 1, result.stderr)
        self.assertEqual(errors, about)
        self.assertRegex(errors[0], rf"^error: {support.re.escape(path)}(?: \[[^]]*\])?: ")
        for word in words:
            self.assertIn(word, errors[0])
        rows = support.rows_of(result.stdout, support.READ_HEADER)
        self.assertEqual({row["file"] for row in rows}, {f"in/{GOOD}"})
        self.assertEqual(len(rows), 94)

        merged = self.merge(path, f"in/{GOOD}", code=WITH_FINDINGS)
        self.assertEqual([(row["code"], row["file"]) for row in merged.findings if row["severity"] == "error"], [(code, path)])
        self.assertEqual([line for line in merged.result.stderr.splitlines() if path in line], errors)
        self.assertEqual(merged.values["steering.documents"]["value"], "9")
        self.assertRegex(merged.result.stdout, r"files refused +1\n")
        if code != "file-missing":
            sources = [cell.value for row in openpyxl.load_workbook(merged.path)["Nguồn số liệu"].iter_rows() for cell in row]
            self.assertIn(path, sources)
        self.assertEqual(support.snapshot(self.inputs), before)

    def test_a_text_named_xlsx(self):
        self.refused(self.put("note.xlsx", b"Kinh gui So Noi vu"), "file-unknown", "no Excel workbook")

    def test_an_empty_file(self):
        self.refused(self.put("empty.xlsx", b""), "file-empty", "empty", "0 bytes")

    def test_a_missing_file(self):
        self.refused("in/missing.xlsx", "file-missing", "no such file")

    def test_a_pdf(self):
        self.refused(self.put("scan.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), "file-pdf", "PDF")

    def test_a_workbook_of_excel_3(self):
        self.refused(self.put("very-old.xls", EXCEL_3), "file-old-xls", "Excel 2 to 4", "save it as")

    def test_a_cut_off_xls(self):
        for share in (0.1, 0.5, 0.9):
            with self.subTest(share=share):
                self.refused(self.put("half.xls", self.old_xls[:int(len(self.old_xls) * share)]), "file-damaged", "damaged or incomplete")

    def test_a_saved_mail(self):
        self.refused(self.put("mail.xlsx", compound_file("__nameid_version1.0", "__properties_version1.0")), "file-mail", "Outlook (.msg)")

    def test_an_opendocument_spreadsheet_with_a_password(self):
        self.refused(self.put("locked.ods", self.locked_ods), "file-encrypted", "password", "remove")

    def test_an_opendocument_spreadsheet_cut_off(self):
        self.refused(self.put("half.ods", self.ods[:len(self.ods) // 2]), "file-damaged", "damaged or incomplete")

    def test_a_workbook_with_a_password(self):
        locked = compound_file("EncryptionInfo", "EncryptedPackage")
        self.refused(self.put("locked.xlsx", locked), "file-encrypted", "password", "remove")

    def test_a_truncated_workbook(self):
        for share in (0.1, 0.5, 0.99):
            with self.subTest(share=share):
                self.refused(self.put("half.xlsx", self.good[:int(len(self.good) * share)]), "file-damaged", "damaged or incomplete")

    def test_a_workbook_with_a_flipped_byte_inside_a_part(self):
        with zipfile.ZipFile(RETURNED / GOOD) as package:
            sheet = package.getinfo("xl/worksheets/sheet1.xml")
        at = sheet.header_offset + 30 + len(sheet.filename) + sheet.compress_size // 2
        damaged = bytearray(self.good)
        for i in range(8):
            damaged[at + i] ^= 0x5A
        self.refused(self.put("flipped.xlsx", bytes(damaged)), "sheet-damaged", "damaged", "[Phụ lục]")

    def test_a_web_page_named_xls(self):
        self.refused(self.put("page.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>"), "file-markup", "web page")

    def test_a_word_document(self):
        def make(path):
            archive(path, word__document_dot_xml="<w/>", **{"[Content_Types]_dot_xml": "<Types/>"})
        self.refused(self.put("letter.docx", make), "file-docx", "Word")

    def test_pictures_of_the_form(self):
        for name, head, kind in (("scan.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"), ("scan.xlsx", b"\x89PNG\r\n\x1a\n", "PNG")):
            self.refused(self.put(name, head), "file-image", f"picture ({kind})", "Excel form")

    def test_saved_mails(self):
        mail = b"From: so@tinh.vn\r\nTo: noivu@tinh.vn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\n"
        self.refused(self.put("bao-cao.eml", mail), "mail-damaged", "from so@tinh.vn", "none of its parts")
        self.refused(self.put("bao-cao.msg", compound_file("__properties_version1.0")), "file-mail", "Outlook (.msg)")

    def test_links_instead_of_files(self):
        for name, content in (("bao-cao.gsheet", b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}'),
                              ("bao-cao.url", b"[InternetShortcut]\r\nURL=https://example.org\r\n"),
                              ("bao-cao.xlsx.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(60))):
            self.refused(self.put(name, content), "file-shortcut", "only a link", "download")

    def test_a_file_that_is_still_being_synchronised(self):
        for content in (bytes(20000), self.good[:3000] + bytes(len(self.good) - 3000)):
            self.refused(self.put("cloud.xlsx", content), "file-unsynced", "synchronised", "OneDrive")

    def test_archives_that_are_not_opened(self):
        for name, head, kind in (("all.rar", b"Rar!\x1a\x07\x01\0", "RAR"), ("all.7z", b"7z\xbc\xaf\x27\x1c\0\4", "7-Zip"),
                                 ("all.zip", b"\x1f\x8b\x08\0", "GZIP")):
            self.refused(self.put(name, head + bytes(range(100))), "file-archive", kind, "Unpack")

    def test_web_pages_and_xml_under_excel_names(self):
        for content, kind in ((b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "XML Spreadsheet 2003"),
                              (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related\r\n\r\n", "MHTML"),
                              (b"\xef\xbb\xbf<!DOCTYPE html><html>", "HTML")):
            self.refused(self.put("page.xls", content), "file-markup", kind, "save it as")

    def test_a_binary_workbook(self):
        def make(path):
            archive(path, xl__workbook_dot_bin="x", **{"[Content_Types]_dot_xml": "<Types/>"})
        self.refused(self.put("fast.xlsb", make), "file-xlsb", ".xlsb", "Save it as")

    def test_old_word_documents(self):
        self.refused(self.put("letter.doc", compound_file("WordDocument")), "file-docx", "Word")
        self.refused(self.put("rtf.doc", b"{\\rtf1\\ansi"), "file-docx", "Word")

    def zipped(self, name, files):
        """An archive of these files among the inputs; a name in bytes is written as it is, without a word on its encoding."""
        path = self.inputs / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for inner, content in files.items():
                out.writestr(inner if isinstance(inner, str) else "x" * len(inner), content)
        for inner in files:
            if isinstance(inner, bytes):
                path.write_bytes(path.read_bytes().replace(b"x" * len(inner), inner))
        return f"in/{name}"

    def test_an_archive_of_workbooks_is_opened(self):
        other = (RETURNED / "bieu-mau-CCHC-So-Tu-phap.xlsx").read_bytes()
        book = (RETURNED / "PL-bao-cao-CCHC-quy-III-STTTT.xlsx").read_bytes()
        (self.inputs / GOOD).unlink()
        path = self.zipped("gui-so.zip", {
            f"báo cáo/{GOOD}": self.good, "báo cáo/": b"", b"S\xf5\xd2 T\xfd ph\xe1p.xlsx": other,
            "./STTTT.xlsx": book, "~$STTTT.xlsx": b"lock", "__MACOSX/._STTTT.xlsx": b"mac", ".DS_Store": b"mac",
            "công văn.pdf": b"%PDF-1.4", "empty.xlsx": b"", "again.zip": self.zip_of("inner.xlsx")})
        alone, _ = self.read(RETURNED / GOOD)
        for inputs in ("in", path):
            merged = self.merge(inputs, code=WITH_FINDINGS)
            self.assertEqual(sorted((row["code"], row["file"]) for row in merged.findings if row["code"].startswith("file-")),
                             [("file-empty", "in/gui-so.zip/empty.xlsx"), ("file-ignored", "in/gui-so.zip/công văn.pdf")])
            self.assertRegex(merged.result.stdout, r"files read +4\nfiles refused +1\nagencies +3\n")
            rows = list(openpyxl.load_workbook(merged.path)["Nguồn số liệu"].iter_rows(values_only=True))
            source = next(row for row in rows if row[0] == f"in/gui-so.zip/báo cáo/{GOOD}")
            self.assertIn(support.sha256(RETURNED / GOOD), source)
            self.assertIn("in/gui-so.zip/Sở Tư pháp.xlsx", [row[0] for row in rows])
        rows, _ = self.read(path, code=WITH_FINDINGS)
        inner = [row for row in rows if row["file"].endswith(GOOD)]
        self.assertEqual([row["value"] for row in inner], [row["value"] for row in alone])

    def zip_of(self, name):
        with zipfile.ZipFile(self.folder / "made.zip", "w") as out:
            out.writestr(name, self.good)
        return (self.folder / "made.zip").read_bytes()

    def test_an_unnamed_agency_goes_by_the_name_inside_the_archive(self):
        self.tonghop("blank", "--template", "tra-vinh-2021", "-o", ".")
        rows, _ = self.read("tra-vinh-2021.xlsx")
        support.fill(self.folder / "tra-vinh-2021.xlsx", self.folder / "a.xlsx", rows, lambda row: 1 if row["kind"] == "count" else None)
        path = self.zipped("all.zip", {"tỉnh/Sở Công Thương.xlsx": (self.folder / "a.xlsx").read_bytes()})
        rows, _ = self.read(path)
        self.assertEqual({row["agency"] for row in rows}, {"Sở Công Thương"})

    def test_an_archive_without_workbooks(self):
        self.refused_archive(self.zipped("scans.zip", {"a.pdf": b"%PDF-1.4", "b.jpg": b"\xff\xd8\xff"}), "archive-empty", "no workbook")

    def test_an_archive_with_a_password(self):
        path = self.zipped("locked.zip", {GOOD: self.good})
        data = bytearray((self.folder / path).read_bytes())
        data[6] |= 1
        data[data.rfind(b"PK\x01\x02") + 8] |= 1
        (self.folder / path).write_bytes(data)
        self.refused_archive(path, "archive-encrypted", "password")

    def refused_archive(self, path, code, *words):
        merged = self.merge(path, f"in/{GOOD}", code=WITH_FINDINGS)
        errors = [row for row in merged.findings if row["severity"] == "error"]
        self.assertEqual([(row["code"], row["file"]) for row in errors], [(code, path)])
        for word in words:
            self.assertIn(word, errors[0]["message"])
        self.assertRegex(merged.result.stdout, r"files read +1\nfiles refused +1\n")

    def test_a_damaged_file_in_an_archive_costs_that_file_only(self):
        path = self.zipped("two.zip", {"a.xlsx": self.good, "b.xlsx": b"y" * 400})
        data = bytearray((self.folder / path).read_bytes())
        data[data.index(b"a.xlsx") + 400] ^= 0x55
        (self.folder / path).write_bytes(data)
        merged = self.merge(path, f"in/{GOOD}", code=WITH_FINDINGS)
        self.assertEqual(sorted((row["code"], row["file"]) for row in merged.findings if row["severity"] == "error"),
                         [("file-damaged", "in/two.zip/a.xlsx"), ("file-unknown", "in/two.zip/b.xlsx")])

    def test_lock_files_are_passed_over_even_when_named(self):
        # trap A3: a shell's *.xlsx names them, too
        lock = self.put("~$" + GOOD, b"\x05admin".ljust(165))
        for command in (["read", "--format", "csv"], ["merge", "-o", "out.xlsx"]):
            result = self.tonghop(*command, lock, f"in/{GOOD}")
            self.assertNotIn("~$", result.stdout + result.stderr)

    def test_each_limit_is_an_option_that_its_message_names(self):
        path = f"in/{GOOD}"
        self.put("big.xlsx", lambda path: support.rewrite_part(
            RETURNED / GOOD, path, r"xl/worksheets/sheet1\.xml",
            lambda data: data.replace(b"<sheetData>", b"<sheetData>" + b" " * (3 << 20), 1)))
        for file, option, low, high in ((path, "parts", 5, 100), ("in/big.xlsx", "part", 3, 4), ("in/big.xlsx", "size", 3, 5),
                                        (path, "cells", 100, 10000), (path, "depth", 3, 10)):
            with self.subTest(option=option):
                said = self.tonghop("read", f"--max-{option}", low, file, code=WITH_FINDINGS).stderr
                unit = " MiB" if option in ("part", "size") else ""
                self.assertRegex(said, rf"(?m)^error: {file}(?: \[[^]]*\])?: .*“{option}” \({low}{unit}\).*--max-{option}\b")
                self.assertNotIn("limit “", self.tonghop("read", f"--max-{option}", high, file, code=DONE).stderr)
                self.merge(file, options=[f"--max-{option}", str(high)])
        said = self.tonghop("read", "--max-text", 10, path, code=WITH_FINDINGS).stderr
        self.assertRegex(said, rf"(?m)^error: {path} \[.*\] [A-Z]+\d+: .*“text” \(10\).*--max-text")
        for wrong in ("0", "-1", "x", "99999999999999999999"):
            self.tonghop("read", "--max-cells", wrong, path, code=USAGE)

    def test_what_is_vast_and_empty_costs_no_memory(self):
        # trap C6, trap A13
        def rows(attributes):
            return b"".join(b'<row r="%d"%s' % (n, attributes) for n in range(500, 1_048_577)) + b"</sheetData>"

        office = b' customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"></row>'
        cases = {"a cell in the last corner": (DONE, b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'),
                 "a million empty rows": (DONE, rows(b"/>")),
                 "a million empty rows of LibreOffice": (DONE, rows(office)),
                 "two gibibytes of blanks": (WITH_FINDINGS, None)}
        for odd, (code, more) in cases.items():
            with self.subTest(odd):
                if more:
                    self.put("vast.xlsx", lambda path, more=more: support.rewrite_part(
                        RETURNED / GOOD, path, r"xl/worksheets/sheet1\.xml", lambda data: data.replace(b"</sheetData>", more)))
                else:
                    self.put("vast.xlsx", self.blanks)
                started = time.monotonic()
                code_, peak, said = self.measured("read", "in/vast.xlsx")
                self.assertEqual(code_, code, said)
                self.assertLess(peak, 300 << 20)
                self.assertLess(time.monotonic() - started, 10)

    def test_what_is_long_and_odd_takes_its_time_once(self):
        # Each took minutes or hours by a step that went over the rest, or over all before, again and again.
        names = ("".join(name) for name in itertools.product("abcdefgh", repeat=6))
        header = "".join(f'<c r="{column}%d" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in
                         zip("ABCDE", ("TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")))
        cases = {"tags that do not begin": b"<" * (8 << 20),
                 "references to zero": b'<row r="1"><c r="A1" t="str"><v>' + b"&#0;" * (4 << 20) + b"</v></c></row></sheetData>",
                 "attributes of a column": ("</sheetData><cols><col " + "".join(f'{next(names)}="" ' for _ in range(250_000)) + "/></cols>").encode(),
                 "headings and merged cells": ("".join(f'<row r="{r}">' + header.replace("%d", str(r)) + "</row>" for r in range(1, 40_000))
                                               + "</sheetData><mergeCells>" + "".join(f'<mergeCell ref="X{r}:Y{r}"/>' for r in range(1, 400_000))
                                               + "</mergeCells>").encode()}
        for odd, content in cases.items():
            with self.subTest(odd):
                self.put("odd.xlsx", lambda path, content=content: support.rewrite_part(
                    RETURNED / GOOD, path, r"xl/worksheets/sheet1\.xml", lambda _: b"<worksheet><sheetData>" + content + b"</worksheet>"))
                started = time.monotonic()
                code, _, said = self.measured("read", "in/odd.xlsx")
                self.assertIn(code, (DONE, WITH_FINDINGS), said)
                self.assertLess(time.monotonic() - started, 10)

    def test_captions_of_many_files_do_not_pile_up(self):
        for number in range(30):
            rows = "".join(f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>{number} {row} {"ab " * 33_000}</t></is></c></row>'
                           for row in range(1000, 1050)).encode()
            self.put(f"{number}.xlsx", lambda path, rows=rows: support.rewrite_part(
                RETURNED / GOOD, path, r"xl/worksheets/sheet1\.xml", lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>")))
        code, peak, said = self.measured("check", "--no-cache", "in")
        self.assertIn(code, (DONE, WITH_FINDINGS), said)
        if not support.SANITIZED:
            self.assertLess(peak, 200 << 20)  # of 150 MB of captions

    def blanks(self, path):
        """The good workbook with 2 GiB of blanks in its sheet."""
        with zipfile.ZipFile(RETURNED / GOOD) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for name in old.namelist():
                if name != "xl/worksheets/sheet1.xml":
                    new.writestr(name, old.read(name))
            with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                part.write(b"<worksheet><sheetData>")
                for _ in range(128):
                    part.write(b" " * (16 << 20))

    def measured(self, *arguments):
        """(exit code, peak memory in bytes, what was said) of the program"""
        code = ("import resource, subprocess, sys; r = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True);"
                "print(r.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); print(r.stderr)")
        out = subprocess.run([sys.executable, "-c", code, support.TONGHOP, *arguments], cwd=self.folder, capture_output=True,
                             text=True, check=True).stdout
        first, _, said = out.partition("\n")
        return int(first.split()[0]), int(first.split()[1]) * 1024, said

    def test_a_workbook_that_is_no_form(self):
        def make(path):
            book = openpyxl.Workbook()
            book.active.append(["Name", "Salary"])
            book.active.append(["Lan", 100])
            book.save(path)
        self.refused(self.put("salaries.xlsx", make), "table-missing", "No table of any known form")

    def test_an_empty_workbook(self):
        self.refused(self.put("nothing.xlsx", lambda path: openpyxl.Workbook().save(path)), "table-missing", "No table")

    def test_a_table_with_our_headings_and_other_rows(self):
        def make(path):
            book = openpyxl.Workbook()
            book.active.append(["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Ghi chú"])
            for n in range(1, 40):
                book.active.append([n, f"Diện tích gieo trồng vụ {n}", "ha", n * 10, None])
            book.save(path)
        self.refused(self.put("crops.xlsx", make), "template-unknown", "not recognised", "nearest")

    def test_a_form_that_is_not_among_the_definitions(self):
        self.tonghop("--definitions", SURVEY, "blank", "--template", "school-meals", "-o", "other")
        other = (self.folder / "other/school-meals.xlsx").read_bytes()
        self.refused(self.put("meals.xlsx", other), "template-not-known", "school-meals", "--definitions")

    def test_broken_xml_inside_a_part(self):
        for part, name in ((r"xl/workbook\.xml", "workbook"), (r"xl/styles\.xml", "styles"), (r"xl/sharedStrings\.xml", "strings")):
            with self.subTest(part=name):
                path = self.put(f"{name}.xlsx", lambda path, part=part: support.rewrite_part(
                    RETURNED / GOOD, path, part, lambda data: data[:len(data) // 2]))
                self.refused(path, "file-damaged", "damaged")

    def test_broken_xml_of_the_only_sheet_with_values(self):
        def make(path):
            support.rewrite_part(RETURNED / GOOD, path, r"xl/worksheets/sheet1\.xml", lambda data: data[:len(data) // 2])
        self.refused(self.put("sheet.xlsx", make), "sheet-damaged", "damaged", "[Phụ lục]")

    def test_broken_xml_of_one_sheet_of_many_costs_that_sheet_only(self):
        name = "Binh-Lang-6-thang-2022.xlsx"
        path = self.put("one.xlsx", lambda path: support.rewrite_part(
            RETURNED / name, path, r"xl/worksheets/sheet2\.xml", lambda data: data[:len(data) // 2]))
        rows, said = self.read(path, code=WITH_FINDINGS)
        whole, _ = self.read(RETURNED / name)
        lost = {row["key"] for row in whole if row["sheet"] == "Biểu mẫu 2" and row["value"]}
        self.assertGreater(len(lost), 3)
        self.assertEqual({row["key"]: row["value"] for row in rows if row["key"] not in lost},
                         {row["key"]: row["value"] for row in whole if row["key"] not in lost})
        self.assertRegex(said, r"(?m)^error: in/one\.xlsx \[Biểu mẫu 2\]: ")

    def test_a_merged_report_among_the_inputs(self):
        self.tonghop("merge", f"in/{GOOD}", "-o", "in/report.xlsx")
        before = support.snapshot(self.inputs)
        merged = self.merge("in", code=WITH_FINDINGS)
        self.assertEqual([(row["code"], row["file"]) for row in merged.findings if row["file"] == "in/report.xlsx"],
                         [("summary-as-input", "in/report.xlsx")])
        self.assertRegex(merged.result.stderr, r"(?m)^error: in/report\.xlsx: This is a merged report")
        self.assertEqual(merged.values["steering.documents"]["value"], "9")
        # Named itself it is the return of its agency; what is in it is not counted again.
        merged = self.merge("in/report.xlsx", f"in/{GOOD}")
        self.assertIn(("agency-within", f"in/{GOOD}"), [(row["code"], row["file"]) for row in merged.findings])
        self.assertEqual(merged.values["steering.documents"]["value"], "9")
        self.assertEqual(support.snapshot(self.inputs), before)

    def test_a_folder_given_to_read(self):
        (self.inputs / "sub").mkdir()
        said = self.tonghop("read", "in/sub", code=WITH_FINDINGS).stderr
        self.assertEqual(said.count("\n"), 1)
        self.assertTrue(said.startswith("error: in/sub: "))

    def test_a_folder_with_other_things_in_it_is_merged_all_the_same(self):
        (self.inputs / "deep/er").mkdir(parents=True)
        shutil.copy(RETURNED / "PL-bao-cao-CCHC-quy-III-STTTT.xlsx", self.inputs / "deep/er")
        for name, content in (("notes.txt", b"ask again on Monday"), ("letter.pdf", b"%PDF-1.4\n"), ("deep/list.csv", b"a,b\n")):
            self.put(name, content)
        self.put("~$" + GOOD, b"\x05admin")   # Excel leaves these beside open workbooks
        self.put(".hidden.xlsx", b"hidden")
        before = support.snapshot(self.inputs)
        merged = self.merge("in", code=DONE)
        self.assertEqual(sorted((row["code"], row["severity"], row["file"]) for row in merged.findings if row["code"].startswith("file-")),
                         [("file-ignored", "note", "in/deep/list.csv"), ("file-ignored", "note", "in/letter.pdf"),
                          ("file-ignored", "note", "in/notes.txt")])
        self.assertRegex(merged.result.stdout, r"files read +2\nfiles refused +0\nagencies +2\n")
        self.assertEqual(support.snapshot(self.inputs), before)

    def test_a_bad_workbook_in_a_folder_is_refused_and_the_others_go_on(self):
        self.put("empty.xlsx", b"")
        self.put("old.xls", EXCEL_3)
        merged = self.merge("in", code=WITH_FINDINGS)
        self.assertEqual(sorted((row["code"], row["file"]) for row in merged.findings if row["severity"] == "error"),
                         [("file-empty", "in/empty.xlsx"), ("file-old-xls", "in/old.xls")])
        self.assertEqual(merged.values["steering.documents"]["value"], "9")

    def said_of_the_folder(self, path, code="file-unreadable"):
        """What merging the folder says about this path below it; the good file goes on."""
        merged = self.merge("in", code=WITH_FINDINGS)
        errors = [row for row in merged.findings if row["severity"] == "error"]
        self.assertEqual([(row["code"], row["file"]) for row in errors], [(code, path)])
        self.assertEqual(merged.result.stderr.count(f"error: {path}: "), 1)
        self.assertRegex(merged.result.stdout, r"files read +1\nfiles refused +1\n")
        self.assertEqual(merged.values["steering.documents"]["value"], "9")
        return errors[0]["message"]

    def test_a_broken_link_in_a_folder(self):
        (self.inputs / "return.xlsx").symlink_to("moved-away.xlsx")
        (self.inputs / ".#return.xlsx").symlink_to("nobody@nowhere")  # an editor's lock is none of ours
        self.assertIn("No such file", self.said_of_the_folder("in/return.xlsx"))

    def test_a_link_to_itself_in_a_folder(self):
        (self.inputs / "return.xlsx").symlink_to("return.xlsx")
        self.assertIn("symbolic links", self.said_of_the_folder("in/return.xlsx"))

    def test_a_link_to_itself_as_input(self):
        (self.inputs / "return.xlsx").symlink_to("return.xlsx")
        self.refused_link("in/return.xlsx")

    def refused_link(self, path):
        for command in (["read", path], ["merge", path, f"in/{GOOD}", "-o", "out.xlsx"]):
            said = self.tonghop(*command, code=WITH_FINDINGS).stderr
            self.assertRegex(said, rf"(?m)^error: {path}: .*symbolic links")

    def test_a_link_to_a_folder_above(self):
        (self.inputs / "sub").mkdir()
        (self.inputs / "sub/up").symlink_to("..")
        self.assertIn("link to a folder", self.said_of_the_folder("in/sub/up", "file-link"))

    def test_a_folder_that_cannot_be_entered(self):
        # Too deep to be named in one go: like a folder without permission, but for root as well.
        name = "d" * 250
        here = support.os.open(self.inputs, support.os.O_RDONLY)
        for _ in range(17):
            support.os.mkdir(name, dir_fd=here)
            below = support.os.open(name, support.os.O_RDONLY, dir_fd=here)
            support.os.close(here)
            here = below
        support.os.close(here)
        merged = self.merge("in", code=WITH_FINDINGS)
        errors = [row for row in merged.findings if row["severity"] == "error"]
        self.assertEqual([row["code"] for row in errors], ["file-unreadable"])
        self.assertIn("too long", errors[0]["message"])
        self.assertEqual(merged.values["steering.documents"]["value"], "9")

    def test_a_value_of_very_many_lines(self):
        self.tonghop("blank", "--template", "tra-vinh-2021", "--agency", "Sở Thử", "--period", "Quý I", "-o", ".")
        rows, _ = self.read("tra-vinh-2021.xlsx")
        support.fill(self.folder / "tra-vinh-2021.xlsx", self.inputs / "lines.xlsx", rows,
                     lambda row: "5\n" * 300 + "x" if row["kind"] == "count" else None, lambda row: "đ\n" * 300)
        result = support.tonghop("merge", "in", "-o", "out.xlsx", cwd=self.folder)
        self.assertIn(result.returncode, (DONE, WITH_FINDINGS), result.stderr)  # whatever is made of such a value
        book = openpyxl.load_workbook(self.folder / "out.xlsx")
        cut = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row
               if isinstance(cell.value, str) and cell.value.endswith("…") and "\n" in cell.value}
        self.assertTrue(cut)
        self.assertLessEqual(max(text.count("\n") for text in cut), 250)

    def test_an_empty_folder(self):
        (self.inputs / "none").mkdir()
        self.refused_folder("in/none")

    def test_a_missing_folder(self):
        merged = self.merge("in/nowhere", f"in/{GOOD}", code=WITH_FINDINGS)
        self.assertEqual([row["code"] for row in merged.findings if row["severity"] == "error"], ["file-missing"])

    def refused_folder(self, path):
        merged = self.merge(path, f"in/{GOOD}", code=WITH_FINDINGS)
        errors = [line for line in merged.result.stderr.splitlines() if line.startswith("error: ")]
        self.assertEqual(len(errors), 1)
        self.assertTrue(errors[0].startswith(f"error: {path}: "))
        self.assertEqual([row["code"] for row in merged.findings if row["severity"] == "error"], ["folder-empty"])
        self.assertEqual(merged.values["steering.documents"]["value"], "9")

    def test_where_nothing_can_be_merged_an_earlier_report_stays(self):
        (self.inputs / "texts").mkdir()
        self.put("texts/a.txt", b"text")
        self.tonghop("merge", f"in/{GOOD}", "-o", "report.xlsx")
        before = support.snapshot(self.folder)
        for inputs in (["in/texts"], ["in/nowhere"], ["in/texts/a.txt"]):
            result = self.tonghop("merge", *inputs, "-o", "report.xlsx", "--values", "values.csv", code=WITH_FINDINGS)
            self.assertIn("No return could be used", result.stderr)
            self.assertNotIn("written: ", result.stdout)
            self.assertEqual(support.snapshot(self.folder), before)


class BadDefinitions(support.TestCase):
    def setUp(self):
        super().setUp()
        shutil.copytree(SURVEY, self.folder / "survey")

    def broken(self, file, old, new, *expected):
        """After one change to a file every command ends with 2 and says these lines; nothing is written."""
        path = self.folder / "survey" / file
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
        before = support.snapshot(self.folder)
        said = self.tonghop("lint", "--definitions", "survey", code=USAGE).stderr.splitlines()
        self.assertEqual(said[:-1], list(expected))
        for arguments in (["templates"], ["blank", "-o", "out"], ["read", "x.xlsx"], ["merge", "x.xlsx", "-o", "out.xlsx"]):
            result = self.tonghop("--definitions", "survey", *arguments, code=USAGE)
            self.assertEqual(result.stderr.splitlines(), list(expected), arguments)
            self.assertEqual(result.stdout, "")
        self.assertEqual(support.snapshot(self.folder), before)

    def place(self, file, text):
        """file:line:column of the element that begins with this text"""
        for number, line in enumerate((self.folder / "survey" / file).read_text(encoding="utf-8").splitlines(), 1):
            if text in line:
                return f"survey/{file}:{number}:{line.index(text) + 1}"
        raise AssertionError(text)

    def test_xml_that_is_not_well_formed(self):
        path = self.folder / "survey/school-meals.xml"
        path.write_text(path.read_text(encoding="utf-8").replace("</sheet>", "</shet>", 1), encoding="utf-8")
        said = self.tonghop("lint", "--definitions", "survey", code=USAGE).stderr
        line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "</shet>" in text)
        self.assertRegex(said, rf"(?m)^survey/school-meals\.xml:{line}:\d+: ")

    def test_an_unknown_indicator(self):
        at = self.place("mapping-school.xml", '<row key="1.1.a"')
        self.broken("mapping-school.xml", 'key="1.1.a" indicator="meals.pupils"', 'key="1.1.a" indicator="meals.pupil"',
                    f'{at}: indicator "meals.pupil" is not in the catalogue, did you mean "meals.pupils"?')

    def test_an_unknown_attribute(self):
        at = self.place("school-meals.xml", '<row key="1.2"')
        self.broken("school-meals.xml", 'number="1.2" caption="Meals', 'nubmer="1.2" caption="Meals',
                    f'{at}: attribute "nubmer" is not known in <row>, did you mean "number"?')

    def test_an_unknown_key(self):
        at = self.place("mapping-school.xml", '<row key="2.4"')
        said = self.changed("mapping-school.xml", '<row key="2.4"', '<row key="2.5"')
        self.assertTrue(any(line.startswith(f"{at}: ") and '"2.5"' in line for line in said), said)

    def test_an_unmapped_row(self):
        at = self.place("school-meals.xml", '<row key="2.4"')
        said = self.changed("mapping-school.xml", '  <row key="2.4" indicator="kitchen.wish"/>\n', "")
        self.assertTrue(any(line.startswith(f'{at}: row "2.4" is not mapped') for line in said), said)

    def test_an_unknown_kind(self):
        at = self.place("indicators.xml", '<indicator id="meals.waste"')
        said = self.changed("indicators.xml", 'id="meals.waste" kind="amount"', 'id="meals.waste" kind="ammount"')
        self.assertTrue(any(line.startswith(f"{at}: ") and 'did you mean "amount"?' in line for line in said), said)

    def test_an_unknown_denominator(self):
        at = self.place("indicators.xml", '<indicator id="meals.share"')
        said = self.changed("indicators.xml", 'denominator="meals.pupils"', 'denominator="meals.pupisl"')
        self.assertTrue(any(line.startswith(f"{at}: ") and 'did you mean "meals.pupils"?' in line for line in said), said)

    def changed(self, file, old, new):
        path = self.folder / "survey" / file
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
        return self.tonghop("lint", "--definitions", "survey", code=USAGE).stderr.splitlines()

    def test_a_folder_without_definitions(self):
        (self.folder / "none").mkdir()
        said = self.tonghop("lint", "--definitions", "none", code=USAGE).stderr
        self.assertIn("no template found", said)
        said = self.tonghop("templates", "--definitions", "nowhere", code=USAGE).stderr
        self.assertEqual(said.count("\n"), 1)
        self.assertIn("nowhere", said)

    def test_definitions_that_cannot_be_looked_into(self):
        for name, target, reason in (("more.xml", "gone.xml", "No such file"), ("more.xml", "more.xml", "symbolic links"),
                                     ("more", "..", "links to folders")):
            link = self.folder / "survey" / name
            link.symlink_to(target)
            said = self.tonghop("lint", "--definitions", "survey", code=USAGE).stderr
            self.assertRegex(said, rf"\Aerror: survey/{name}: .*{reason}.*\n\Z")
            link.unlink()


class BadOutput(support.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / "in").mkdir()
        shutil.copy(RETURNED / GOOD, self.folder / "in")
        (self.folder / "file.txt").write_text("a file, no folder")
        self.before = support.snapshot(self.folder)

    def unwritten(self, *arguments, names, code=NOT_WRITTEN):
        result = self.tonghop(*arguments, code=code)
        errors = [line for line in result.stderr.splitlines() if line.startswith("error: ")]
        self.assertEqual(len(errors), 1, result.stderr)
        self.assertIn(str(names), errors[0])
        return errors[0]

    def test_below_a_regular_file(self):
        said = self.unwritten("merge", "in", "-o", "file.txt/out.xlsx", names="file.txt/out.xlsx")
        self.assertIn("could not be written", said)
        self.unwritten("blank", "-o", "file.txt/out", names="file.txt/out")
        self.assertEqual(support.snapshot(self.folder), self.before)

    def test_in_a_place_where_nobody_may_write(self):
        self.unwritten("merge", "in", "-o", "/proc/out.xlsx", names="/proc/out.xlsx")
        self.unwritten("blank", "-o", "/proc/out", names="/proc/out")
        self.assertEqual(support.snapshot(self.folder), self.before)

    def test_over_a_folder(self):
        (self.folder / "out.xlsx").mkdir()
        self.unwritten("merge", "in", "-o", "out.xlsx", names="out.xlsx")
        self.assertEqual(support.snapshot(self.folder), self.before)  # no draft is left behind
        self.assertEqual(list((self.folder / "out.xlsx").iterdir()), [])

    def test_over_what_is_no_file(self):
        pipe = self.folder / "pipe"
        support.os.mkfifo(pipe)
        for options in (["-o", "pipe"], ["-o", "out.xlsx", "--values", "pipe"], ["-o", "out.xlsx", "--findings", "pipe"]):
            self.assertIn("a folder or device of that name is there", self.unwritten("merge", "in", *options, names="pipe"))
            self.assertTrue(pipe.is_fifo())
        (self.folder / "link").symlink_to("pipe")
        self.unwritten("merge", "in", "-o", "link", names="link")
        self.assertTrue((self.folder / "link").is_symlink() and pipe.is_fifo())

    def test_over_a_workbook_that_is_open_elsewhere(self):
        self.tonghop("merge", "in", "-o", "out.xlsx")
        old = support.sha256(self.folder / "out.xlsx")
        for lock in ("~$out.xlsx", ".~lock.out.xlsx#"):
            (self.folder / lock).write_text("clerk")
            said = self.unwritten("merge", "in", "-o", "out.xlsx", names="out.xlsx")
            self.assertIn("open in another program", said)
            self.assertIn(lock, said)
            (self.folder / lock).unlink()
        self.assertEqual(support.sha256(self.folder / "out.xlsx"), old)
        self.tonghop("merge", "in", "-o", "out.xlsx")

    def test_onto_a_full_disk(self):
        def full():  # no file may grow beyond 4 KiB
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        self.tonghop("merge", "in", "-o", "out.xlsx")
        before = support.snapshot(self.folder)
        result = subprocess.run([support.TONGHOP, "--lang", "en", "merge", "in", "-o", "out.xlsx"], cwd=self.folder, capture_output=True,
                                encoding="utf-8", check=False, preexec_fn=full)
        self.assertEqual(result.returncode, NOT_WRITTEN, result)
        self.assertEqual(len([line for line in result.stderr.splitlines() if line.startswith("error: ")]), 1, result.stderr)
        self.assertIn("out.xlsx", result.stderr)
        self.assertEqual(support.snapshot(self.folder), before)

    def test_values_or_findings_that_cannot_be_written(self):
        for option in ("--values", "--findings"):
            self.unwritten("merge", "in", "-o", "out.xlsx", option, "file.txt/list.csv", names="file.txt/list.csv")

    def test_missing_folders_are_made(self):
        self.tonghop("merge", "in", "-o", "new/folder/out.xlsx", "--values", "other/values.csv")
        self.assertTrue((self.folder / "new/folder/out.xlsx").exists() and (self.folder / "other/values.csv").exists())

    def test_an_output_that_is_an_input_is_refused(self):
        path = f"in/{GOOD}"
        (self.folder / "link.xlsx").symlink_to(self.folder / path)
        for output in (path, f"./in/../{path}", self.folder / path, "link.xlsx"):
            with self.subTest(output=output):
                self.unwritten("merge", path, "-o", output, names=output, code=USAGE)
        for option in ("--values", "--findings"):
            self.unwritten("merge", path, "-o", "out.xlsx", option, path, names=path, code=USAGE)
        self.assertEqual(support.sha256(self.folder / path), self.before[path])

    def test_a_return_in_the_input_folder_is_not_overwritten_by_the_output(self):
        path = f"in/{GOOD}"
        self.unwritten("merge", "in", "-o", path, names=path, code=USAGE)
        self.assertEqual(support.sha256(self.folder / path), self.before[path])

    def test_two_outputs_of_one_name_are_refused(self):
        self.unwritten("merge", "in", "-o", "out.xlsx", "--values", "out.xlsx", names="out.xlsx", code=USAGE)
        self.unwritten("merge", "in", "-o", "out.xlsx", "--values", "o.csv", "--findings", "./o.csv", names="o.csv", code=USAGE)
        self.assertEqual(support.snapshot(self.folder), self.before)

    def test_a_merge_killed_at_any_moment_leaves_the_old_file_or_the_new_one(self):
        target = self.folder / "out.xlsx"
        self.tonghop("merge", "in", "-o", "out.xlsx")
        old = target.read_bytes()
        for file in RETURNED.glob("*.xlsx"):
            shutil.copy(file, self.folder / "in" / f"more-{file.name}")
        command = [support.TONGHOP, "merge", "in", "-o", "out.xlsx"]
        started = time.monotonic()
        subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        duration = time.monotonic() - started
        new = target.read_bytes()
        self.assertTrue(zipfile.ZipFile(target).testzip() is None)
        self.assertNotEqual(old, new)
        killed, seen = 0, set()
        dice = random.Random(9)
        for _ in range(200):
            target.write_bytes(old)
            running = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0, duration * 1.2))
            running.send_signal(signal.SIGKILL)
            killed += running.wait() == -signal.SIGKILL
            there = target.read_bytes()
            self.assertIn(there, (old, new))
            seen.add(there)
            left = {path.name for path in self.folder.iterdir()} - {"in", "file.txt", "out.xlsx"}
            for draft in left:
                self.assertTrue(draft.startswith(".out.xlsx."), draft)  # hidden, so that no later merge takes it for a return
                (self.folder / draft).unlink()
        self.assertGreater(killed, 50)
        self.assertEqual(seen, {old, new})


if __name__ == "__main__":
    unittest.main()
