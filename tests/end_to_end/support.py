"""What the end-to-end tests share: the program itself, openpyxl, LibreOffice and Gnumeric, and where a form keeps its cells.

The program is $TONGHOP; every test works in a folder of its own, which is removed afterwards.
"""

import csv
import hashlib
import io
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "workbook-templates"
MAPPINGS = ROOT / "mappings"
RETURNED = ROOT / "tests" / "returned"
SURVEY = ROOT / "tests" / "end_to_end" / "survey"
TONGHOP = os.environ["TONGHOP"]
DUMP_CELLS = os.environ.get("DUMP_CELLS", str(pathlib.Path(TONGHOP).parent / "tests" / "tools" / "dump_cells"))
_CACHE = tempfile.TemporaryDirectory()  # not that of whoever runs the tests
os.environ["XDG_CACHE_HOME"] = _CACHE.name
SANITIZED = b"__asan_init" in pathlib.Path(TONGHOP).read_bytes()  # its memory is the sanitizer's

AGENCY_FORMS = ["binh-lang-2022", "khanh-hoa-2023", "ngoai-vu-2023", "quang-binh-2021", "tra-vinh-2021"]
SUMMARY_FORM = "provincial"
FORMS = sorted(AGENCY_FORMS + [SUMMARY_FORM])

READ_HEADER = "file,sheet,cell,agency,template,key,number,label,indicator,kind,raw,value,status,note"
VALUES_HEADER = "indicator,label,unit,kind,value,agencies,numerator,denominator"
FINDINGS_HEADER = "severity,code,file,sheet,cell,agency,indicator,raw,value,message,state"

IDENTITY_SHEET = "_tonghop"
KEY_HEADER = "#tonghop"
AGENCY_SHEET = "Theo đơn vị"
SUMMARY_SHEET = "Tổng hợp"

# Known to Excel 2007 and LibreOffice; no workbook needs more.
OLD_FUNCTIONS = {"IF", "AND", "OR", "ISNUMBER", "COUNT", "COUNTA", "SUBSTITUTE", "COUNTIF", "SUM", "SUMPRODUCT", "MIN", "MAX", "ROUND",
                 "NA"}

DONE, WITH_FINDINGS, USAGE, NOT_WRITTEN = 0, 1, 2, 3


class TestCase(unittest.TestCase):
    """A test with a folder of its own, `self.folder`; relative paths given to the program are meant from there."""

    maxDiff = None

    @classmethod
    def class_folder(cls):
        """A folder for what all tests of the class share."""
        scratch = tempfile.TemporaryDirectory(prefix="tonghop-")
        cls.addClassCleanup(scratch.cleanup)
        return pathlib.Path(scratch.name)

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="tonghop-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def tonghop(self, *arguments, code=DONE):
        """Runs the program, which must end with this exit code."""
        result = tonghop(*arguments, cwd=self.folder)
        self.assertEqual(result.returncode, code, f"{arguments}\n{result.stdout}{result.stderr}")
        return result

    def read(self, *files, code=DONE):
        """(rows of `read --format csv` as dictionaries, what was said on stderr)"""
        result = self.tonghop("read", "--format", "csv", *files, code=code)
        return rows_of(result.stdout, READ_HEADER), result.stderr

    def merge(self, *inputs, name="merged", code=DONE, options=()):
        """Merges; returns the Merged, with figures and findings."""
        return merged(inputs, self.folder / name, self.folder, code, options)


class Merged:
    """What one `merge` wrote."""

    def __init__(self, result, book, values, findings):
        self.result = result
        self.path = book
        self.values_path = values
        self.findings_path = findings
        self.values = {row["indicator"]: row for row in rows_of(values.read_text(encoding="utf-8"), VALUES_HEADER)}
        self.findings = rows_of(findings.read_text(encoding="utf-8"), FINDINGS_HEADER)


def tonghop(*arguments, cwd=None):
    environment = dict(os.environ, LC_ALL="C.UTF-8")  # messages in English
    return subprocess.run([TONGHOP, *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, encoding="utf-8",
                          timeout=300, check=False)


def merged(inputs, target, cwd=None, code=DONE, options=()):
    """Merges into `target` with three endings; the program must end with this exit code."""
    out = [pathlib.Path(str(target) + end) for end in (".xlsx", ".values.csv", ".findings.csv")]
    result = tonghop("merge", *inputs, "-o", out[0], "--values", out[1], "--findings", out[2], *options, cwd=cwd)
    assert result.returncode == code, result
    return Merged(result, *out)


def blank_school(folder):
    """The blank of the made-up survey for "School", and its cells with that name, the visible and the hidden ones."""
    tonghop("--definitions", SURVEY, "blank", "--template", "school-meals", "--agency", "School", "--period", "Spring 2027", "-o",
            folder)
    book = openpyxl.load_workbook(folder / "school-meals.xlsx")
    names = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == "School"]
    assert len(names) >= 2, names
    return book, names


def rows_of(text, header):
    """The rows of a CSV text as dictionaries; its header must be this one."""
    first, _, _ = text.partition("\n")
    assert first == header, f"header is {first}"
    return list(csv.DictReader(io.StringIO(text, newline="")))


def listed_templates(text):
    """The table that `tonghop templates` prints, by id."""
    header, *lines = [re.split(r" {2,}", line.strip()) for line in text.splitlines()]
    assert header == ["id", "title", "sheets", "rows", "inputs"], header
    return {line[0]: dict(zip(header, line)) for line in lines}


def definition(template, folder=TEMPLATES):
    return ElementTree.parse(folder / (template + ".xml")).getroot()


def input_keys(template, folder=TEMPLATES):
    """Keys of the template's input rows in printed order, from its XML and that of the template it extends."""
    root = definition(template, folder)
    sheets = root.findall("sheet")
    if not sheets:
        return input_keys(root.get("extends"), folder)
    keys = []
    for sheet in sheets:
        if sheet.get("from"):
            base = definition(root.get("extends"), folder)
            keys += [row.get("key") for row in base.find(f"sheet[@name='{sheet.get('from')}']").iter("row")]
        keys += [row.get("key") for row in sheet.iter("row")]
    return keys


def indicators(folder=MAPPINGS):
    """id -> (attributes, [codes of its options])"""
    found = {}
    for element in ElementTree.parse(folder / "indicators.xml").getroot().iter("indicator"):
        found[element.get("id")] = (element.attrib, [int(option.get("code")) for option in element.findall("option")])
    return found


class Table:
    """Where the table of one sheet of a form stands: its header, its columns, and the row of every key."""

    def __init__(self, sheet):
        self.sheet = sheet
        marks = [cell for row in sheet.iter_rows() for cell in row if cell.value == KEY_HEADER]
        assert len(marks) == 1, f"{sheet.title}: {len(marks)} key columns"
        self.header_row = marks[0].row
        self.key_column = marks[0].column
        self.keys = {}
        for row in range(self.header_row + 1, sheet.max_row + 1):
            key = sheet.cell(row, self.key_column).value
            if key is not None:
                assert key not in self.keys, f"{sheet.title}: key {key} twice"
                self.keys[str(key)] = row

    @property
    def note_column(self):
        """The last printed column; forms print remarks there."""
        return self.key_column - 1


def tables(book):
    """The Table of every sheet that has one, by name."""
    return {sheet.title: Table(sheet) for sheet in book.worksheets if has_table(sheet)}


def has_table(sheet):
    return any(cell.value == KEY_HEADER for row in sheet.iter_rows() for cell in row)


def agency_grid(path):
    """{indicator: {agency: value}} of the sheet "by agency" of a merged workbook, as another program reads it."""
    return grid_of(openpyxl.load_workbook(path, data_only=True)[AGENCY_SHEET])


def grid_of(sheet):
    header = next(row for row in sheet.iter_rows() if row[0].value in ("Mã chỉ tiêu", "Indicator"))
    names = {cell.column: cell.value for cell in header[3:] if cell.value}
    return {sheet.cell(row, 1).value: {name: sheet.cell(row, column).value for column, name in names.items()}
            for row in range(header[0].row + 1, sheet.max_row + 1) if sheet.cell(row, 1).value}


def agency_cell(sheet, indicator, agency):
    header = next(row for row in sheet.iter_rows() if row[0].value in ("Mã chỉ tiêu", "Indicator"))
    column = next(cell.column for cell in header if cell.value == agency)
    row = next(row for row in range(header[0].row + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == indicator)
    return sheet.cell(row, column)


def functions(formula):
    """Names of the functions that a formula calls, texts in it left out."""
    return set(re.findall(r"[A-Za-z_][A-Za-z0-9._]*(?=\()", re.sub(r'"[^"]*"', '""', formula)))


def is_formula(cell):
    return isinstance(cell.value, str) and cell.value.startswith("=")


def fill(source, target, rows, value_of, note_of=None):
    """Fills the blank `source` with openpyxl: value_of(row) for every row of `read` that is no formula; None leaves it empty."""
    book = openpyxl.load_workbook(source)
    note_columns = {name: table.note_column for name, table in tables(book).items()}
    put = {}
    for row in rows:
        cell = book[row["sheet"]][row["cell"]]
        if is_formula(cell):
            continue
        value = value_of(row)
        if value is None:
            continue
        cell.value = value
        put[row["key"]] = value
        if note_of:
            book[row["sheet"]].cell(cell.row, note_columns[row["sheet"]]).value = note_of(row)
    book.save(target)
    return put


def libreoffice(files, out, extension="xlsx", recalculate=False, filter_name=None):
    """Opens and saves many files in one run of LibreOffice, with a profile of its own. Returns the paths of the results.

    Without `recalculate` it keeps stored results of formulas, as it does by default for files of other programs.
    """
    out = pathlib.Path(out)
    with tempfile.TemporaryDirectory(prefix="tonghop-office-") as profile:
        user = pathlib.Path(profile) / "user"
        user.mkdir()
        mode = 0 if recalculate else 1  # 0 always, 1 never
        (user / "registrymodifications.xcu").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
            '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
            f"<value>{mode}</value></prop></item></oor:items>\n", encoding="utf-8")
        command = ["soffice", "-env:UserInstallation=" + pathlib.Path(profile).as_uri(), "--headless", "--norestore",
                   "--convert-to", filter_name or extension, "--outdir", str(out), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    results = [out / (pathlib.Path(file).stem + "." + extension) for file in files]
    missing = [str(result) for result in results if not result.exists()]
    assert not missing, f"LibreOffice did not write {missing}"
    return results


def gnumeric(files, out, extension="xlsx"):
    """Opens and saves files in Gnumeric."""
    exporter = {"xlsx": "Gnumeric_Excel:xlsx2", "ods": "Gnumeric_OpenCalc:odf"}[extension]
    pathlib.Path(out).mkdir(parents=True, exist_ok=True)
    results = []
    for file in files:
        results.append(pathlib.Path(out) / f"{pathlib.Path(file).stem}.{extension}")
        subprocess.run(["ssconvert", "-T", exporter, str(file), str(results[-1])], check=True,
                       capture_output=True, timeout=60)
    return results


def cached_formulas(path):
    """{(sheet, cell): (formula, stored result)} of every formula of a workbook; a result is a float or a text."""
    formulas = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if is_formula(cell):
                    value = values[sheet.title][cell.coordinate].value
                    found[sheet.title, cell.coordinate] = (cell.value, float(value) if isinstance(value, int) else value)
    return found


def rewrite_part(source, target, part, change):
    """Copies a package with one part changed; `part` is a pattern for its name, `change` bytes -> bytes."""
    changed = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(part, name):
                data = change(data)
                changed += 1
            new.writestr(name, data)
    assert changed, f"no part {part} in {source}"


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def snapshot(folder):
    """Every file below a folder with its hash."""
    return {str(path.relative_to(folder)): sha256(path) for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()}
