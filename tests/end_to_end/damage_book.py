"""A filled form as loose rows and columns that can be moved about, with every answer keeping track of the cell it stands in.

openpyxl's own insert and delete move no merged areas and no formulas, so the damages work on this model instead; `save` lays it
out again and says where each answer went. A formula refers to cells, not to addresses, and follows them as in Excel.
"""

import copy
import functools
import io
import re
import zipfile

import openpyxl
from openpyxl.utils import get_column_letter

import support

ROLES = ["number", "caption", "unit", "value", "note", "key"]  # the printed columns of all agency forms, and the hidden one


class Cell:
    """One cell; `answer` is the indicator whose value it holds, `extra` marks a figure that the agency added of its own."""

    def __init__(self, value=None, style=None, number_format="General"):
        self.value = value
        self.style = style
        self.number_format = number_format
        self.answer = None
        self.note_of = None
        self.extra = False
        self.parts = None  # (numerator, denominator): cells of the blank's own formula


class Row:
    """`kind` is front, header, body or after; a body row has the key of the form's row, an added one has none."""

    def __init__(self, cells, kind, key=None):
        self.cells = cells
        self.kind = kind
        self.key = key
        self.filled = False  # holds an answer


class Sheet:
    def __init__(self, title):
        self.title = title
        self.hidden = False
        self.protected = True
        self.rows = []
        self.columns = []  # role of each column, "" for one that the agency added
        self.merges = []   # lists of cells
        self.hidden_columns = {"key"}
        self.origin = title

    @property
    def form(self):
        return bool(self.columns)

    def column(self, role):
        return self.columns.index(role)

    def cell(self, row, role):
        return row.cells[self.column(role)]

    def body(self, filled=None):
        return [row for row in self.rows if row.kind == "body" and row.key and (filled is None or row.filled == filled)]

    def header(self):
        return [row for row in self.rows if row.kind == "header"]

    def new_row(self, kind="body", **texts):
        row = Row([Cell() for _ in self.columns], kind)
        for role, text in texts.items():
            self.cell(row, role).value = text
        return row

    def insert_before(self, row, *rows):
        at = self.rows.index(row)
        self.rows[at:at] = rows

    def insert_after(self, row, *rows):
        at = self.rows.index(row) + 1
        self.rows[at:at] = rows

    def add_column(self, at, role=""):
        self.columns.insert(at, role)
        for row in self.rows:
            row.cells.insert(at, Cell())

    def move_column(self, role, at):
        old = self.column(role)
        self.columns.insert(at, self.columns.pop(old))
        for row in self.rows:
            row.cells.insert(at, row.cells.pop(old))


class Book:
    """A filled form. `truth` is {indicator: Fraction} of all that was put in, `notes` the same of remarks."""

    def __init__(self, path, rows, put, notes, catalogue):
        self.bytes = path.read_bytes()
        self.form = path.stem
        self.sheets = []
        self.fresh = False      # laid out in a new workbook, formulas as values
        self.one_by_one = False  # every sheet in a file of its own
        self.file_name = None
        self.undecided = set()  # indicators that nobody could tell from the sheet
        self.saves = []         # programs that open and save the file, in order
        self.printed = {}       # key -> (number, caption) of every row of the form
        answers = {(row["sheet"], row["cell"]): row for row in rows}
        by_indicator = {}
        for source in openpyxl.load_workbook(io.BytesIO(self.bytes)).worksheets:
            sheet = self.load(source)
            self.sheets.append(sheet)
            for row in sheet.body():
                self.printed[row.key] = sheet.cell(row, "number").value, sheet.cell(row, "caption").value
            for r, row in enumerate(sheet.rows, 1):
                answer = answers.get((sheet.title, f"{get_column_letter(sheet.column('value') + 1)}{r}")) if sheet.form else None
                if not answer:
                    continue
                row.filled = True
                cell = sheet.cell(row, "value")
                cell.answer = answer["indicator"]
                by_indicator[cell.answer] = cell
                if answer["key"] in put:
                    cell.value = put[answer["key"]]
                if answer["key"] in notes:
                    note = sheet.cell(row, "note")
                    note.value, note.note_of = notes[answer["key"]], cell.answer
        for indicator, cell in by_indicator.items():
            if isinstance(cell.value, str) and cell.value.startswith("="):
                about = catalogue[indicator][0]
                cell.parts = by_indicator[about["numerator"]], by_indicator[about["denominator"]]

    @staticmethod
    def load(source):
        sheet = Sheet(source.title)
        sheet.hidden = source.sheet_state != "visible"
        if support.has_table(source):
            table = support.Table(source)
            sheet.columns = list(ROLES)
            assert table.key_column == len(ROLES)
            keys = {row: key for key, row in table.keys.items()}
        cells = {}
        for r, line in enumerate(source.iter_rows(), 1):
            row = Row([], "front")
            for old in line:
                cell = Cell(old.value, copy.copy(old._style), old.number_format)
                cells[r, old.column] = cell
                row.cells.append(cell)
            if sheet.form:
                row.kind = ("front" if r < table.header_row - 1 else "header" if r <= table.header_row else
                            "body" if r in keys else "after")
                row.key = keys.get(r)
            sheet.rows.append(row)
        for area in source.merged_cells.ranges:
            sheet.merges.append([cells[r, c] for r in range(area.min_row, area.max_row + 1)
                                 for c in range(area.min_col, area.max_col + 1)])
        return sheet

    def forms(self):
        return [sheet for sheet in self.sheets if sheet.form]

    def all_cells(self):
        return [cell for sheet in self.sheets for row in sheet.rows for cell in row.cells]

    def answers(self):
        return [cell for sheet in self.forms() for row in sheet.rows for cell in row.cells if cell.answer]

    def save(self, folder, name, agency):
        """Writes the file or files; returns [(path, places)] with {(sheet, address): cell} of all that bears a figure or a note."""
        groups = [[sheet] for sheet in self.forms()] if self.one_by_one else [self.sheets]
        written = []
        for index, sheets in enumerate(groups):
            stem = name if len(groups) == 1 else f"{name}.{index + 1}"
            if self.file_name:
                stem = self.file_name.format(name=stem)
            if self.one_by_one:
                sheets = sheets + [sheet for sheet in self.sheets if sheet.title == support.IDENTITY_SHEET]
            path = folder / (stem + ".xlsx")
            written.append((path, self.lay_out(sheets, path, agency)))
        return written

    def lay_out(self, sheets, path, agency):
        book = shell(self.bytes)
        for old in book.worksheets:
            book.remove(old)
        addresses = {}
        places = {}
        for sheet in sheets:
            for r, row in enumerate(sheet.rows, 1):
                for c, cell in enumerate(row.cells, 1):
                    addresses[id(cell)] = (sheet.title, r, c)
                    if cell.answer or cell.extra or cell.note_of:
                        places[sheet.title, f"{get_column_letter(c)}{r}"] = cell
        for sheet in sheets:
            new = book.create_sheet(sheet.title)
            if sheet.hidden:
                new.sheet_state = "hidden"
            new.protection.sheet = sheet.protected and not self.fresh
            for r, row in enumerate(sheet.rows, 1):
                for c, cell in enumerate(row.cells, 1):
                    value = self.shown(cell, addresses)
                    if isinstance(value, str):
                        value = value.replace("@@", agency)
                    if value is None and cell.style is None:
                        continue
                    to = new.cell(r, c)
                    if cell.style is not None:
                        to._style = copy.copy(cell.style)
                    to.number_format = cell.number_format
                    to.value = value
                    if isinstance(value, str) and not value.startswith("="):
                        to.data_type = "s"
            for cells in sheet.merges:
                at = [addresses[id(cell)] for cell in cells if id(cell) in addresses and addresses[id(cell)][0] == sheet.title]
                if len(at) > 1:
                    _, rows, columns = zip(*at)
                    new.merged_cells.add(f"{get_column_letter(min(columns))}{min(rows)}:{get_column_letter(max(columns))}{max(rows)}")
            for c, role in enumerate(sheet.columns, 1):
                letter = new.column_dimensions[get_column_letter(c)]
                letter.width = {"caption": 60, "note": 30}.get(role, 12)
                letter.hidden = role in sheet.hidden_columns
        saved = io.BytesIO()
        book.save(saved)
        results = [{address: result(cell, addresses) for (title, address), cell in places.items()
                    if title == sheet.title and cell.parts} for sheet in sheets]
        path.write_bytes(saved.getvalue() if self.fresh else with_results(saved, results))
        return places

    def shown(self, cell, addresses):
        """What is written into the cell; the blank's formula is put together from where its parts stand now."""
        if not cell.parts:
            return cell.value
        if self.fresh:
            return result(cell, addresses)
        numerator, denominator = cell.parts
        if id(numerator) not in addresses or id(denominator) not in addresses:
            return '=IF(AND(ISNUMBER(#REF!),ISNUMBER(#REF!)),IF(#REF!<>0,#REF!/#REF!,""),"")'
        n, d = (f"{get_column_letter(addresses[id(part)][2])}{addresses[id(part)][1]}" for part in (numerator, denominator))
        return f'=IF(AND(ISNUMBER({n}),ISNUMBER({d})),IF({d}<>0,{n}/{d},""),"")'


@functools.cache
def shell(data):
    """The workbook to lay out sheets in: styles are indices into tables of the workbook that they came from."""
    return openpyxl.load_workbook(io.BytesIO(data))


def result(cell, addresses):
    """What the blank's formula gives, as Excel stores it beside the formula: nothing unless both parts are there and numbers."""
    parts = [part.value if id(part) in addresses else None for part in cell.parts]
    return parts[0] / parts[1] if all(isinstance(part, (int, float)) for part in parts) else None


def with_results(saved, results):
    """The package with the results of formulas put in, sheet by sheet, because openpyxl saves them without."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", part)
            for address, value in results[int(number[1]) - 1].items() if number else ():
                cell = re.compile(rb'(<c r="%b"[^>]*)>(<f>[^<]*</f>)<v ?/?>(</v>)?</c>' % address.encode())
                kind, text = (b' t="str"', b"") if value is None else (b"", repr(value).encode())
                data, count = cell.subn(rb"\1%b>\2<v>%b</v></c>" % (kind, text), data)
                assert count == 1, (part, address)
            new.writestr(part, data)
    return out.getvalue()
