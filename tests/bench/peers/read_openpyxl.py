#!/usr/bin/python3
"""Reads every value of the workbooks in LIST with openpyxl: read_openpyxl.py normal|read-only LIST. Prints how many values."""

import sys

import openpyxl

values = 0
for path in open(sys.argv[2], encoding="utf-8").read().splitlines():
    book = openpyxl.load_workbook(path, read_only=sys.argv[1] == "read-only", data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            values += sum(value is not None for value in row)
    book.close()
print(values)
