"""The round that the README tells, command by command, with what people do between the commands.

`told_round.py PROGRAM FOLDER` plays it in a folder, for the README's pictures. The figures are those of the returned workbooks in
tests/returned, put into the blanks of one made-up round; addresses are made up.
"""

import csv
import datetime
import email.message
import email.policy
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETTINGS = {"Tỉnh, thành phố": "Tỉnh Thử", "Cơ quan tổng hợp": "Sở Nội vụ tỉnh Thử", "Người liên hệ": "Bà Thử, 0200 000 000",
            "Kỳ báo cáo": "6 tháng đầu năm 2023", "Số liệu từ ngày": datetime.date(2022, 12, 15),
            "Số liệu đến ngày": datetime.date(2023, 6, 14), "Hạn gửi báo cáo": datetime.datetime(2023, 6, 20, 10, 0),
            "Địa chỉ nhận báo cáo": "cchc@tinh.example"}


def commands(heading="## The round in eight commands"):
    """The commands below a heading of the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^```sh\n(.*?)^```", text[text.index(heading):], re.M | re.S).group(1)
    return block.splitlines()


def fill_settings(path, settings):
    """As the coordinator types them into the round's workbook, each beside its caption."""
    book = openpyxl.load_workbook(path)
    sheet = book["Đợt báo cáo"]
    left = dict(settings)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in left:
                sheet.cell(cell.row, cell.column + 1).value = left.pop(cell.value)
    assert not left, left
    book.save(path)


def answer(run, folder, inbox):
    """Each agency but the last fills in its workbook with the figures of the returned one of its form, and sends it by mail."""
    roster = list(csv.DictReader(io.StringIO((ROOT / "tests/returned/don-vi.csv").read_text(encoding="utf-8")), delimiter=";"))
    returned = sorted((ROOT / "tests" / "returned").glob("*.xlsx"))
    figures = {}
    for row in csv.DictReader(io.StringIO(run(["tonghop", "read", "--format", "csv", *map(str, returned)]).stdout)):
        figures.setdefault(row["template"], {})[row["key"]] = row
    for agency in roster[:-1]:
        (issued,) = folder.glob(f"outbox/{agency['Mã']}_*.xlsx")
        book = openpyxl.load_workbook(issued)
        for sheet in book.worksheets:
            mark = next((cell for row in sheet.iter_rows() for cell in row if cell.value == "#tonghop"), None)
            if mark is None:
                continue
            for row in range(mark.row + 1, sheet.max_row + 1):
                given = figures[agency["Biểu mẫu"]].get(sheet.cell(row, mark.column).value)
                value, note = sheet.cell(row, mark.column - 2), sheet.cell(row, mark.column - 1)
                if given is None or str(value.value or "").startswith("="):
                    continue
                percentage = given["kind"] == "percent" and given["value"]
                value.value = float(given["value"]) if percentage else number(given["raw"])
                note.value = given["note"] or None
        filled = io.BytesIO()
        book.save(filled)
        mail = email.message.EmailMessage(policy=email.policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = agency["Email"], SETTINGS["Địa chỉ nhận báo cáo"], "Báo cáo CCHC"
        mail["Date"] = "Mon, 19 Jun 2023 09:00:00 +0700"
        mail.set_content("Xin gửi báo cáo.\n")
        mail.add_attachment(filled.getvalue(), maintype="application", subtype="octet-stream", filename=f"{agency['Tên cơ quan, đơn vị']}.xlsx")
        (inbox / f"{agency['Mã']}.eml").write_bytes(mail.as_bytes())


def number(raw):
    try:
        return float(raw) if "." in raw else int(raw)
    except ValueError:
        return raw or None


def play(program, folder):
    """Runs the commands in a folder; yields each with its result."""
    shutil.copytree(ROOT / "tests" / "returned", folder / "tests" / "returned")
    environment = dict(os.environ, PATH=f"{pathlib.Path(program).resolve().parent}:{os.environ['PATH']}", LC_ALL="vi_VN.UTF-8")

    def run(command):
        return subprocess.run(command, shell=isinstance(command, str), cwd=folder, env=environment, capture_output=True,
                              encoding="utf-8", timeout=300, check=False)

    for index, command in enumerate(commands()):
        yield command, run(command)
        if index == 0:
            fill_settings(folder / "quy-1" / "round.xlsx", SETTINGS)
        if index == 2:
            answer(run, folder / "quy-1", folder / "quy-1" / "inbox")


if __name__ == "__main__":
    for told, result in play(sys.argv[1], pathlib.Path(sys.argv[2])):
        print("$ " + told, result.stdout, result.stderr, sep="\n")
