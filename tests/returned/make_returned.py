#!/usr/bin/python3
"""Fills in blank forms as five agencies sent them back.

usage: make_returned.py BLANKS OUT

BLANKS holds the blanks of `tonghop blank -o BLANKS`; the figures are in figures/ beside this script. Needs openpyxl and,
for one file, LibreOffice. Each file is made in another way, because agencies send them in each of these ways:

bieu-mau-CCHC-So-Tu-phap.xlsx      khanh-hoa-2023   Filled in the blank, which was issued in the agency's name: the hidden
                                                    sheet and the visible field carry it. Two figures stand in the column
                                                    of units, several in section rows that ask for none.
PL-bao-cao-CCHC-quy-III-STTTT.xlsx tra-vinh-2021    Filled in a blank that was issued to nobody: the agency typed its name
                                                    and the period into the visible fields; the hidden sheet knows neither.
CCHC-quy-I-2021-SXD-Quang-Binh.xlsx quang-binh-2021 Typed anew in an empty workbook: no hidden sheet, no keys, no formats.
                                                    Title in two lines, table from row 8 and column B, and three captions
                                                    worded as that agency's own report words them.
So-Ngoai-vu-CCHC-6T-2023.xlsx      ngoai-vu-2023    Filled in the blank, then opened and saved again in LibreOffice.
Binh-Lang-6-thang-2022.xlsx        binh-lang-2022   Filled in the blank, seven sheets, made figures. Percentages are numbers
                                                    with a percent format, as Excel keeps "100%"; computed ones are formulas
                                                    without a stored result, as openpyxl leaves them.

Plain digits without a leading zero become number cells, as Excel makes them; "09", "7.029", "99,9%", "08/21" and "/" stay
the text that was typed. In a cell with a percent format plain digits stay text as well: a number cell of 10 would show
1000% there, which nobody typed.
"""

import copy
import csv
import datetime
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

FIGURES = pathlib.Path(__file__).resolve().parent / "figures"
KEY_HEADER = "#tonghop"
IDENTITY_SHEET = "_tonghop"
MOMENT = datetime.datetime(2024, 1, 2, 3, 4, 6)
ROLES = {
    "STT": "number",
    "Chỉ tiêu thống kê": "caption",
    "Đơn vị tính": "unit",
    "Số liệu": "value",
    "Số lượng/Tỷ lệ": "value",
    "Ghi chú": "note",
    "Cơ quan, đơn vị, địa phương thực hiện": "note",
}


def read_figures(template):
    """key -> {"value": ..., "note": ..., "unit": ...}, "" where nothing was typed."""
    with open(FIGURES / (template + ".tsv"), encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    figures = {}
    for row in rows:
        assert row["key"] not in figures, row["key"]
        figures[row["key"]] = {name: (row.get(name) or "").replace("\\n", "\n") for name in ("value", "note", "unit")}
    return figures


def find_table(sheet):
    """(last header row, {role: column}, key column) of a sheet of a blank; None when it has no table."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value != KEY_HEADER:
                continue
            columns = {}
            for above in range(max(1, cell.row - 1), cell.row + 1):
                for header in sheet[above]:
                    role = ROLES.get(str(header.value or "").split("\n")[0].strip())
                    if role:
                        columns.setdefault(role, header.column)
            assert {"caption", "unit", "value", "note"} <= columns.keys(), (sheet.title, columns)
            return cell.row, columns, cell.column
    return None


def as_typed(text, percent_cell, percent_numbers):
    """What the cell holds after `text` was typed: a number or the text itself."""
    if percent_numbers and percent_cell and text.endswith("%"):
        return round(float(text[:-1].replace(",", ".")) / 100, 6)
    if re.fullmatch(r"0|[1-9][0-9]*", text) and not percent_cell:
        return int(text)
    return text


def fill(book, figures, percent_numbers=False):
    left = dict(figures)
    for sheet in book.worksheets:
        table = find_table(sheet)
        if table is None:
            continue
        header, columns, key_column = table
        for row in range(header + 1, sheet.max_row + 1):
            typed = left.pop(str(sheet.cell(row, key_column).value or ""), None)
            if typed is None:
                continue
            for role in ("value", "note", "unit"):
                cell = sheet.cell(row, columns[role])
                if typed[role]:
                    percent = role == "value" and "%" in cell.number_format
                    cell.value = typed[role] if role == "note" else as_typed(typed[role], percent, percent_numbers)
    assert not left, f"no such rows in the blank: {sorted(left)}"


def name_fields(book, agency, period):
    """Puts agency and period into the visible fields of every sheet."""
    for sheet in book.worksheets:
        table = find_table(sheet)
        for row in sheet.iter_rows(max_row=table[0] - 1 if table else 0):
            for cell in row:
                answer = {"Đơn vị báo cáo": agency, "Kỳ báo cáo": period}.get(str(cell.value or "").rstrip(": "))
                if answer:
                    sheet.cell(cell.row, cell.column + 1).value = answer


def name_identity(book, agency, period):
    """Puts agency and period into the hidden sheet, as a blank issued in the agency's name has them."""
    sheet = book[IDENTITY_SHEET]
    for row in range(1, sheet.max_row + 1):
        answer = {"agency": agency, "period": period}.get(sheet.cell(row, 1).value)
        if answer:
            sheet.cell(row, 2).value = answer


def save(book, path):
    """Saves with fixed times, so that the same figures give the same bytes."""
    buffer = io.BytesIO()
    book.properties.created = MOMENT
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            data = made.read(name)
            if name == "docProps/core.xml":
                stamp = MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            entry = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            out.writestr(entry, data)


def save_again_in_libreoffice(path):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        subprocess.run(
            ["soffice", "-env:UserInstallation=" + (scratch / "profile").as_uri(), "--headless", "--convert-to", "xlsx",
             "--outdir", str(scratch / "out"), str(path)],
            check=True, capture_output=True)
        path.write_bytes((scratch / "out" / path.name).read_bytes())


def khanh_hoa(blank, path):
    agency, period = "Sở Tư pháp tỉnh Khánh Hòa", "6 tháng đầu năm 2023"
    name_identity(blank, agency, period)
    name_fields(blank, agency, period)
    fill(blank, read_figures("khanh-hoa-2023"))
    save(blank, path)


def tra_vinh(blank, path):
    name_fields(blank, "Sở Thông tin và Truyền thông tỉnh Trà Vinh", "Quý III năm 2021")
    fill(blank, read_figures("tra-vinh-2021"))
    save(blank, path)


def ngoai_vu(blank, path):
    agency, period = "Sở Ngoại vụ", "6 tháng đầu năm 2023"  # its report does not name the province
    name_identity(blank, agency, period)
    name_fields(blank, agency, period)
    fill(blank, read_figures("ngoai-vu-2023"))
    save(blank, path)
    save_again_in_libreoffice(path)


def binh_lang(blank, path):
    agency, period = "UBND xã Bình Lãng", "6 tháng đầu năm 2022"
    name_identity(blank, agency, period)
    name_fields(blank, agency, period)
    fill(blank, read_figures("binh-lang-2022"), percent_numbers=True)
    save(blank, path)


def quang_binh(blank, path):
    """Types the form of `blank` anew; only its wording is taken over."""
    own_words = {
        "2.2": "Số VBQPPL đã kiểm tra theo thẩm quyển",
        "3.4.1": "Tỷ lệ hồ sơ TTHC do các sở, ngành tiếp nhận được giải quyết đúng hẹn",
        "3.4.2": "Tỷ lệ hồ sơ TTHC do UBND cấp huyện tiếp nhận được giải quyết đúng hẹn",
    }
    source = next(sheet for sheet in blank.worksheets if find_table(sheet))
    header, columns, key_column = find_table(source)
    figures = read_figures("quang-binh-2021")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Quý I"
    for column, width in zip("ABCDEF", (3, 9, 60, 16, 16, 24)):
        sheet.column_dimensions[column].width = width
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    wrapped = Alignment(wrap_text=True, vertical="center")
    centred = Alignment(wrap_text=True, vertical="center", horizontal="center")

    def put(row, column, value, bold=False, alignment=wrapped, boxed=True):
        cell = sheet.cell(row, column)
        cell.value = value
        cell.font = Font(name="Times New Roman", size=12, bold=bold)
        cell.alignment = copy.copy(alignment)
        if boxed:
            cell.border = copy.copy(border)

    for row, title in ((1, "Phụ lục"), (2, "THỐNG KÊ SỐ LIỆU VỀ KẾT QUẢ THỰC HIỆN CÔNG TÁC CẢI CÁCH HÀNH CHÍNH")):
        put(row, 2, title, True, centred, False)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=6)
    for row, caption, answer in ((4, "Đơn vị báo cáo:", "Sở Xây dựng tỉnh Quảng Bình"),
                                 (5, "Kỳ báo cáo:", "Quý I năm 2021")):
        put(row, 3, caption, False, wrapped, False)
        put(row, 4, answer, True, Alignment(), False)

    for column, upper, lower in ((2, "STT", None), (3, "Chỉ tiêu thống kê", None),
                                 (4, "Kết quả thống kê", "Đơn vị tính"), (5, None, "Số liệu"), (6, "Ghi chú", None)):
        put(8, column, upper, True, centred)
        put(9, column, lower, True, centred)
        if lower is None:
            sheet.merge_cells(start_row=8, start_column=column, end_row=9, end_column=column)
    sheet.merge_cells(start_row=8, start_column=4, end_row=8, end_column=5)

    at = 10
    for row in range(header + 1, source.max_row + 1):
        key = str(source.cell(row, key_column).value or "")
        if not key:
            continue
        typed = figures.pop(key, {"value": "", "note": ""})
        put(at, 2, source.cell(row, columns["number"]).value, False, centred)
        put(at, 3, own_words.get(key, source.cell(row, columns["caption"]).value))
        put(at, 4, source.cell(row, columns["unit"]).value, False, centred)
        put(at, 5, as_typed(typed["value"], False, False) if typed["value"] else None, False, centred)
        put(at, 6, typed["note"] or None)
        at += 1
    assert not figures, f"no such rows in the blank: {sorted(figures)}"
    save(book, path)


FILES = {
    "bieu-mau-CCHC-So-Tu-phap.xlsx": ("khanh-hoa-2023", khanh_hoa),
    "PL-bao-cao-CCHC-quy-III-STTTT.xlsx": ("tra-vinh-2021", tra_vinh),
    "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx": ("quang-binh-2021", quang_binh),
    "So-Ngoai-vu-CCHC-6T-2023.xlsx": ("ngoai-vu-2023", ngoai_vu),
    "Binh-Lang-6-thang-2022.xlsx": ("binh-lang-2022", binh_lang),
}


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: make_returned.py BLANKS OUT")
    blanks, out = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    for name, (template, make) in FILES.items():
        make(openpyxl.load_workbook(blanks / (template + ".xlsx")), out / name)
        print(out / name)


if __name__ == "__main__":
    main()
