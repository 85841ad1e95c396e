#!/usr/bin/python3
"""Writes N workbooks with openpyxl, as FORM.tsv says them in turn: write_openpyxl.py N FOLDER FORM.tsv... (see describe_blanks.py)"""

import pathlib
import sys

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

SIDE = Side(style="thin")
BORDER = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
WRAPPED = Alignment(wrap_text=True, vertical="center")
PLAIN, BOLD = Font(name="Times New Roman", size=12), Font(name="Times New Roman", size=12, bold=True)
INPUT, OPEN = PatternFill("solid", fgColor="FFFDE9"), Protection(locked=False)


def write(lines, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for kind, *fields in lines:
        if kind == "sheet":
            sheet = book.create_sheet(fields[0])
            sheet.sheet_state = fields[1]
            rules = {}
            continue
        if kind == "width":
            for column in range(int(fields[0]), int(fields[1]) + 1):
                sheet.column_dimensions[get_column_letter(column + 1)].width = float(fields[2])
            continue
        row, column = int(fields[0]) + 1, int(fields[1]) + 1
        if kind == "merge":
            sheet.merge_cells(start_row=row, start_column=column, end_row=int(fields[2]) + 1, end_column=int(fields[3]) + 1)
        cell = sheet.cell(row, column)
        if kind == "input":
            cell.fill, cell.protection = INPUT, OPEN
            rule = tuple(fields[2:])
            if rule not in rules:
                listed = rule[0] == "list"
                rules[rule] = DataValidation(rule[0], formula1=rule[1], formula2=rule[2] or None, errorTitle=rule[3], error=rule[4],
                                             promptTitle=rule[5], prompt=rule[6], showErrorMessage=True, showInputMessage=True, allow_blank=True,
                                             operator=None if listed else "between" if rule[2] else "greaterThanOrEqual")
                sheet.add_data_validation(rules[rule])
            rules[rule].add(cell)
            continue
        cell.value = fields[-1] or None
        cell.font, cell.border, cell.alignment = BOLD if kind == "merge" or fields[2] == "1" else PLAIN, BORDER, WRAPPED
    for sheet in book.worksheets:
        sheet.protection.enable()
    book.save(path)


def main():
    folder = pathlib.Path(sys.argv[2])
    forms = [[line.replace("\\n", "\n").split("\t") for line in pathlib.Path(form).read_text(encoding="utf-8").splitlines()]
             for form in sys.argv[3:]]
    for number in range(int(sys.argv[1])):
        write(forms[number % len(forms)], folder / f"{number}.xlsx")


if __name__ == "__main__":
    main()
