#!/usr/bin/python3
"""Says what stands in blank forms, as lines that every peer can write a like workbook from: describe_blanks.py FOLDER BLANK...

FOLDER/FORM.tsv has a line for each sheet, width of a column, merged range, cell (font in bold or not) and input with its validation;
rows and columns from 0, line ends in texts as \\n.
"""

import pathlib
import sys

import openpyxl


def lines(book):
    for sheet in book.worksheets:
        yield "sheet", sheet.title, sheet.sheet_state
        for letter, column in sheet.column_dimensions.items():
            yield "width", column.min - 1, column.max - 1, column.width, int(column.hidden)
        for merged in sheet.merged_cells.ranges:
            top = sheet.cell(merged.min_row, merged.min_col)
            yield "merge", merged.min_row - 1, merged.min_col - 1, merged.max_row - 1, merged.max_col - 1, top.value or ""
        inside = {at for merged in sheet.merged_cells.ranges for at in merged.cells}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.has_style and (cell.row, cell.column) not in inside:
                    yield "cell", cell.row - 1, cell.column - 1, int(bool(cell.font.b)), "" if cell.value is None else cell.value
        for rule in sheet.data_validations.dataValidation:
            for at in (at for ranges in rule.sqref.ranges for at in ranges.cells):
                yield ("input", at[0] - 1, at[1] - 1, rule.type, rule.formula1, rule.formula2 or "", rule.errorTitle or "", rule.error or "",
                       rule.promptTitle or "", rule.prompt or "")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for blank in map(pathlib.Path, sys.argv[2:]):
        with open(folder / (blank.stem + ".tsv"), "w", encoding="utf-8") as out:
            for line in lines(openpyxl.load_workbook(blank)):
                out.write("\t".join(str(field).replace("\n", "\\n") for field in line) + "\n")


if __name__ == "__main__":
    main()
