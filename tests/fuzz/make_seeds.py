#!/usr/bin/env python3
"""Makes tests/fuzz/seeds again: make_seeds.py TONGHOP. Tiny forms, filled in and saved by openpyxl, LibreOffice,
Gnumeric and xlwt; the values of the value tests; mails; the made-up survey of tests/survey.h and tests/definitions.h."""

import ast
import email.policy
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from email.message import EmailMessage

import openpyxl
import xlwt

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE / "seeds"
UNIT_COLUMN, VALUE_COLUMN = 3, 4  # in all forms of one sheet
UNREAD = re.compile(r"docProps|theme|printerSettings|Thumbnails|Configurations|settings\.xml|meta\.xml|manifest|thumbnail|layout-cache")


def save(target, name, data):
    path = SEEDS / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def unpacked(path, unread=UNREAD):
    """The parts that are read, as the targets take them: "@@ name", a line end, text."""
    with zipfile.ZipFile(path) as package:
        return b"".join(b"@@ %s\n%s\n" % (name.encode(), package.read(name)) for name in package.namelist()
                        if name.endswith((".xml", ".rels")) and not unread.search(name))


def small_form(tonghop, template, folder, rows, values, keys=True):
    """The first rows of a form, filled in."""
    subprocess.run([tonghop, "blank", "--template", template, "--agency", "Sở Một", "--period", "Quý I", "-o", folder], check=True,
                   capture_output=True)
    path = folder / (template + ".xlsx")
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        if sheet.sheet_state == "visible":
            book.remove(sheet)
    sheet = book.worksheets[0]
    header = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "#tonghop")
    sheet.data_validations.dataValidation = []
    first = header.row + 1
    sheet.delete_rows(first + rows, sheet.max_row)
    filled = iter(values)
    for row in range(first, first + rows):
        if sheet.cell(row, UNIT_COLUMN).value and not str(sheet.cell(row, VALUE_COLUMN).value or "").startswith("="):
            sheet.cell(row, VALUE_COLUMN).value = next(filled, None)
    if not keys:
        sheet.delete_cols(header.column)
    path = folder / (template + ("" if keys else "-no-keys") + "-small.xlsx")
    book.save(path)
    return path


def converted(path, extension, folder):
    profile = (folder / "profile").as_uri()
    subprocess.run(["soffice", "-env:UserInstallation=" + profile, "--headless", "--convert-to", extension, "--outdir",
                    folder / extension, path], check=True, capture_output=True)
    return folder / extension / (path.stem + "." + extension)


def gnumeric(path, kind, target):
    subprocess.run(["ssconvert", "-T", kind, path, target], check=True, capture_output=True)
    return target


def odd_workbook():
    """Parts with whatever the small forms do not have."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f"""@@ [Content_Types].xml
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>
@@ _rels/.rels
<Relationships><Relationship Id="rId1" Type="{relations}/officeDocument" Target="/xl/workbook.xml"/></Relationships>
@@ xl/workbook.xml
<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="{relations}"><x:workbookPr date1904="1"/><x:bookViews><x:workbookView activeTab="1"/></x:bookViews><x:sheets><x:sheet name="A" sheetId="1" r:id="rId1" state="hidden"/><x:sheet name="B" sheetId="2" r:id="rId2"/></x:sheets></x:workbook>
@@ xl/_rels/workbook.xml.rels
<Relationships><Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets\\sheet1.xml"/><Relationship Id="rId2" Type="{relations}/chartsheet" Target="../xl/./c.xml"/><Relationship Id="rId3" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="{relations}/styles" Target="styles.xml"/><Relationship Id="rId5" Type="{relations}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>
@@ xl/sharedStrings.xml
<sst {main} count="3" uniqueCount="3"><si><r><rPr><b/><rFont val=".VnTime"/></rPr><t>a </t></r><r><t xml:space="preserve"> b_x000D_</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t/></si><si><t><![CDATA[<7.029>]]>&#0;&amp;</t></si></sst>
@@ xl/styles.xml
<styleSheet {main}><numFmts count="2"><numFmt numFmtId="164" formatCode="[Red]0.0\\%&quot;%&quot;;[$-42A]dd/mm"/><numFmt numFmtId="165" formatCode="0.00%"/></numFmts><fonts><font><name val=".VnTime"/></font></fonts><cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164"/><xf numFmtId="165"><protection locked="0"/></xf></cellXfs></styleSheet>
@@ xl/worksheets/sheet1.xml
<worksheet {main}><cols><col min="1" max="16384" hidden="1"/></cols><sheetData><row r="2" hidden="1"><c r="a1" t="s"><v>0</v></c><c t="s"><v>9</v></c><c r="XFD2" t="e"><v>#N/A</v></c><c r="XFE2"><v>1</v></c></row><row><c t="b"><v>1</v></c><c t="str"><f t="shared" ref="A1:A2" si="0">A1&amp;"x"</f><v>x</v></c><c t="inlineStr"><is><r><t>i</t></r></is></c><c t="d"><v>2023-06-01</v></c><c s="1"><v>-1.5E-400</v></c><c s="2"><v>+0.5</v></c><c s="99"><v>INF</v></c><c><f/></c></row><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData><sheetProtection sheet="1" sort="0"/><mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="B2:A1"/></mergeCells></worksheet>
"""


def scans():
    """Of each seed of the target workbook the first sheet and the strings."""
    for seed in sorted((SEEDS / "workbook").glob("*.txt")):
        parts = {part.partition(b"\n")[0]: part.partition(b"\n")[2].rstrip(b"\n") for part in seed.read_bytes().split(b"@@ ")}
        strings = parts.get(b"xl/sharedStrings.xml", b"")
        save("scan", seed.name, parts[b"xl/worksheets/sheet1.xml"] + (b"\n@@\n" + strings if strings else b""))


def zipped(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.pop("method", zipfile.ZIP_DEFLATED)) as package:
        for name, text in parts:
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, package.compression)
        package.comment = options.get("comment", b"")
    return out.getvalue()


def compound_file(stream):
    """As much of a compound file as tells what it is: a header and a directory with one stream."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + b"\2"
    return (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".ljust(512, b"\0") + b"\0" * 128 + entry.ljust(128, b"\0")).ljust(1536, b"\0")


def packages():
    sheet = [("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>" * 20), ("XL\\sheet.xml", ""), ("folder/", "")]
    save("package", "deflated.zip", zipped(sheet))
    save("package", "stored-with-comment.zip", zipped(sheet, method=zipfile.ZIP_STORED, comment=b"remark"))
    save("package", "junk-before.zip", b"junk" + zipped(sheet))
    save("package", "cut-off.zip", zipped(sheet)[:200])
    save("package", "same-part-twice.zip", zipped([*sheet, ("XL/Workbook.xml", "second")]))
    save("package", "inflates-to-two-million.zip", zipped([("xl/workbook.xml", "\0" * 2_000_000)]))
    save("package", "bzip2.zip", zipped(sheet, method=zipfile.ZIP_BZIP2))
    save("package", "open-document.zip", zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>")]))
    save("package", "word.zip", zipped([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")]))
    save("package", "other-files.zip", zipped([("a.xlsx", "PK")]))
    for stream in ("EncryptedPackage", "Workbook", "WordDocument"):
        save("package", f"compound-{stream}.cfb", compound_file(stream))
    for name, text in (("page.html", "\ufeff <html>"), ("document.pdf", "%PDF-1.4"), ("zeros.bin", "\0" * 64)):
        save("package", name, text)


def mails():
    """One of each kind: attachments in all encodings, mails in mails, signatures, reports, mailboxes, broken ones."""
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "Sở Một <mot@x.example>", "cchc@x.example", "Báo cáo"
    inner["Date"] = "Tue, 06 Jun 2023 15:30:00 +0700"
    inner.set_content("https://drive.example/1")
    inner.add_attachment(b"PK\3\4", maintype="application", subtype="octet-stream", filename="Báo cáo.xlsx")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "hai@x.example", "cchc@x.example", "Fwd"
    outer.set_content("begin 644 a.xls\n#0V%T\n`\nend\n")
    outer.add_alternative("<a href='https://x.example'>x</a>", subtype="html")
    outer.add_attachment(inner)
    outer.add_attachment("a;b", subtype="csv", filename="a.csv", cte="quoted-printable")
    outer.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<1@x>", disposition="inline", filename="1.png")
    save("mail", "python-forwarded.eml", outer.as_bytes())
    save("mail", "python-dos-lines.eml", inner.as_bytes(policy=email.policy.SMTP))
    save("mail", "cut-off.eml", inner.as_bytes()[:-120])
    separator = b"From a@x.example Tue Jun  6 08:30:00 2023\n"
    save("mail", "mailbox.mbox", separator + inner.as_bytes() + b"\n" + separator + outer.as_bytes())
    head = "From: a@x.example\nTo: b@x.example\nDate: 6 Jun 23 08:30 GMT\nMIME-Version: 1.0\n"
    names = ["; filename*0*=utf-8''B%C3%A1o;\n filename*1=.xlsx", "; filename=\"=?windows-1258?Q?B=E1o.xlsx?=\"",
             "; filename=\"../B\u00e1o.xlsx\"; filename*=windows-1258'vi'B%E1o.xlsx", ""]
    parts = "".join(f"--b\nContent-Type: application/zip\nContent-Disposition: attachment{name}\n\nPK\n" for name in names)
    save("mail", "names.eml", head + "Content-Type: multipart/mixed; boundary=b\n\n" + parts + "--b--\n")
    for name, kind in (("report", "multipart/report; report-type=delivery-status; boundary=b"), ("signed", "multipart/signed; boundary=b"),
                       ("encrypted", "multipart/encrypted; boundary=b"), ("sealed", "application/pkcs7-mime"),
                       ("partial", "message/partial; id=x; number=1; total=2"), ("no-boundary", "multipart/mixed")):
        save("mail", name + ".eml", head + f"Content-Type: {kind}\n\n--b\nContent-Type: message/rfc822\n\n{head}\nx\n--b--\n")


def values():
    """What the value tests type, by the name of the test."""
    for source in sorted((HERE.parent / "reconcile").glob("value*_test.cc")):
        for name, body in re.findall(r"TEST\(\w+, (\w+)\) \{(.*?)^\}", source.read_text(), re.S | re.M):
            lines = []
            for text, number, form in re.findall(r'\{(?:("(?:[^"\\]|\\.)*")|(-?\d[\d.e+-]*)), "[^"]*"(?:, "([%d])")?\}', body):
                if number:
                    lines.append({"": "#", "%": "%", "d": "@"}[form] + number)
                else:
                    lines.append(ast.literal_eval(text).replace("\n", "\\n"))
            if lines:
                save("values", name + ".txt", "\n".join(lines) + "\n")


def survey():
    for header in ("survey.h", "definitions.h"):
        for name, text in re.findall(r'kTrees(\w+)\s*=\s*R"XML\((.*?)\)XML"', (HERE.parent / header).read_text(), re.S):
            save("definitions", f"trees-{name.lower()}.xml", text)
        for name, text in re.findall(r'kSummary(\w+)\s*=\s*R"XML\((.*?)\)XML"', (HERE.parent / header).read_text(), re.S):
            save("definitions", f"summary-{name.lower()}.xml", text)


def main(tonghop):
    shutil.rmtree(SEEDS, ignore_errors=True)
    numbers = [21, "08/21", 0.5, "99,62% (523/525)", "7.029", "không", 3, 1, "12 văn bản", 4, 5, 6]
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        keyed = small_form(tonghop, "khanh-hoa-2023", folder, 9, numbers)
        second = small_form(tonghop, "tra-vinh-2021", folder, 7, numbers)
        without = small_form(tonghop, "quang-binh-2021", folder, 25, range(1, 80), keys=False)
        save("workbook", "openpyxl-keyed.txt", unpacked(keyed))
        save("workbook", "openpyxl-without-keys.txt", unpacked(without))
        save("workbook", "libreoffice-keyed.txt", unpacked(converted(second, "xlsx", folder)))
        save("workbook", "gnumeric-keyed.txt", unpacked(gnumeric(keyed, "Gnumeric_Excel:xlsx2", folder / "g.xlsx")))
        save("workbook", "odd.txt", odd_workbook())
        save("ods", "libreoffice-without-styles.txt", unpacked(converted(keyed, "ods", folder), re.compile("^(?!content)")))
        save("ods", "gnumeric-keyed.txt", unpacked(gnumeric(second, "Gnumeric_OpenCalc:openoffice", folder / "g.ods")))
        save("xls", "libreoffice-keyed.xls", converted(keyed, "xls", folder).read_bytes())
        save("xls", "gnumeric-keyed.xls", gnumeric(second, "Gnumeric_Excel:excel_biff8", folder / "g8.xls").read_bytes())
        save("xls", "gnumeric-excel-95.xls", gnumeric(second, "Gnumeric_Excel:excel_biff7", folder / "g7.xls").read_bytes())
        book = xlwt.Workbook()
        sheet = book.add_sheet("Tờ 1")
        for row, value in enumerate(["chữ", 1.5, True, None, 45000, xlwt.Formula("A2*2"), ""]):
            sheet.write(row, 0, value, xlwt.easyxf(num_format_str="0.0%" if row % 2 else "dd/mm/yyyy"))
        sheet.merge(8, 9, 0, 1)
        book.save(str(folder / "xlwt.xls"))
        save("xls", "xlwt-all-types.xls", (folder / "xlwt.xls").read_bytes())
    scans()
    packages()
    mails()
    values()
    survey()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
