"""Filled forms through named damages, read again: which values come back at the right indicator, which do not, and what is said.

Run alone, `damage.py path/to/tonghop [FOLDER]` prints the table damage x template: values still in the file / of these read right /
read wrong / not read / unread or lost without a finding; then all that fails. FOLDER, which must not exist, keeps the files.
Every damage is a function that changes a Book; what was typed where is kept outside the workbook, and judged by damage_judge.
"""

import concurrent.futures
import copy
import os
import pathlib
import pickle
import random
import re
import sys
import tempfile
import unicodedata
from fractions import Fraction


if __name__ == "__main__":
    os.environ["TONGHOP"] = str(pathlib.Path(sys.argv[1]).resolve())

import openpyxl

import support
from filled import exact
from damage_book import Book, Cell, Row
from damage_judge import Sent, apply_saves, judge_all

SEED = 20270401
PAIRS = 22  # of two damages, a template

DAMAGES = {}  # name -> Damage, in the order in which two of them are done


class Damage:
    def __init__(self, name, stage, do, needs_sheets):
        self.name, self.stage, self.do, self.needs_sheets = name, stage, do, needs_sheets

    def fits(self, book):
        return len(book.forms()) >= self.needs_sheets


def damage(name, stage, needs_sheets=1):
    """Registers a damage; lower stages are done first, and two of one stage are never combined unless they are about rows."""
    def register(do):
        DAMAGES[name] = Damage(name, stage, do, needs_sheets)
        return do
    return register


VALUES, TEXTS, ROWS, COLUMNS, SHEETS, SAVES = range(6)


def some(dice, rows, share, least=1):
    """A share of the rows, in their order."""
    chosen = set(map(id, dice.sample(rows, min(len(rows), max(least, round(len(rows) * share))))))
    return [row for row in rows if id(row) in chosen]


# --- values -------------------------------------------------------------------------------------------------------------------

def grouped(value, decimals):
    """As a clerk writes it: dots group thousands, a comma is the decimal mark."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def as_text(value, percent):
    if percent:
        text = grouped(float(Fraction(repr(value)) * 100), 2)
        return text.rstrip("0").rstrip(",") + "%"
    return grouped(value, 0) if isinstance(value, int) else grouped(value, 2)


@damage("values as Vietnamese text", VALUES)
def values_as_text(book, dice):
    for cell in book.answers():
        if not cell.parts:
            cell.value = as_text(cell.value, "%" in cell.number_format)
            cell.number_format = "@"


@damage("numbers as plain text", VALUES)
def numbers_as_text(book, dice):
    for cell in book.answers():
        if not cell.parts and "%" not in cell.number_format:
            cell.value = str(cell.value).replace(".", ",")


@damage("numbers with an apostrophe", VALUES)
def numbers_with_apostrophe(book, dice):
    for cell in book.answers():
        if not cell.parts and "%" not in cell.number_format:
            cell.value = "'" + str(cell.value).replace(".", ",")


@damage("formulas typed over", VALUES)
def formulas_typed_over(book, dice):
    for cell in book.answers():
        if cell.parts:
            numerator, denominator = (part.value for part in cell.parts)
            cell.value, cell.parts = round(numerator / denominator, 4), None
            book.rounded[cell.answer] = Fraction(repr(cell.value))


@damage("value and note cells merged", VALUES)
def values_merged_across(book, dice):
    for sheet in book.forms():
        for row in some(dice, sheet.body(filled=True), 0.3):
            note = sheet.cell(row, "note")
            note.value = note.note_of = None  # Excel keeps the first cell only
            sheet.merges.append([sheet.cell(row, "value"), note])


@damage("value cells merged over two rows", VALUES)
def values_merged_down(book, dice):
    for sheet in book.forms():
        rows = sheet.body()
        done = set()
        pairs = [(a, b) for a, b in zip(rows, rows[1:]) if a.filled and b.filled
                 and not sheet.cell(a, "value").parts and not sheet.cell(b, "value").parts]
        for a, b in some(dice, pairs, 0.06):
            if id(a) in done or id(b) in done:
                continue
            done |= {id(a), id(b)}
            upper, lower = sheet.cell(a, "value"), sheet.cell(b, "value")
            book.undecided.add(upper.answer)  # one number over two rows: nobody can tell whose it is
            lower.value = lower.answer = None
            sheet.merges.append([upper, lower])


# --- texts --------------------------------------------------------------------------------------------------------------------

@damage("decomposed letters (NFD)", TEXTS)
def decomposed(book, dice):
    for cell in book.all_cells():
        if isinstance(cell.value, str):
            cell.value = unicodedata.normalize("NFD", cell.value)


SLIPS = [("Tỷ lệ", "Tỉ lệ"), ("kỳ", "kì"), ("lý", "lí"), ("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("ùy", "uỳ"), ("  ", " "),
         ("hành chính", "hành chinh"), ("đơn vị", "đơn  vị"), ("thủ tục", "Thủ tục")]


@damage("captions retyped with slips", TEXTS)
def captions_retyped(book, dice):
    for sheet in book.forms():
        for row in sheet.body():
            caption = sheet.cell(row, "caption")
            text = caption.value or ""
            for right, slip in SLIPS:
                text = text.replace(right, slip)
            letters = [i for i, letter in enumerate(text) if letter.isalpha()]
            if len(letters) > 15 and dice.random() < 0.4:
                at = dice.choice(letters[1:])
                text = text[:at] + text[at + 1:]
            caption.value = text


@damage("captions with letters lost by a PDF", TEXTS)
def captions_from_pdf(book, dice):
    lost = [("Tỷ lệ", "T  lệ"), ("đúng hẹn", "đ ng hẹn"), ("lĩnh vực", " ĩnh vực"), ("nhận", "nh n")]
    for sheet in book.forms():
        for row in sheet.body():
            caption = sheet.cell(row, "caption")
            for whole, torn in lost:
                caption.value = caption.value.replace(whole, torn)


@damage("captions in capitals", TEXTS)
def captions_in_capitals(book, dice):
    for sheet in book.forms():
        for row in sheet.body():
            caption = sheet.cell(row, "caption")
            caption.value = caption.value.upper()


@damage("printed numbers deleted", TEXTS)
def numbers_deleted(book, dice):
    for sheet in book.forms():
        for row in sheet.body():
            sheet.cell(row, "number").value = None


@damage("printed numbers wrong", TEXTS)
def numbers_wrong(book, dice):
    for sheet in book.forms():
        rows = [row for row in sheet.body() if re.search(r"\d", str(sheet.cell(row, "number").value or ""))]
        for row in some(dice, rows, 0.15):
            number = sheet.cell(row, "number")
            first, last = re.match(r"(.*?)(\d+)(\D*)$", number.value, re.S).group(1, 2)
            number.value = f"{first}{max(1, int(last) + dice.choice([-1, 1]))}."


@damage("headers without brackets", TEXTS)
def headers_without_brackets(book, dice):
    for sheet in book.forms():
        for row in sheet.header():
            for cell in row.cells:
                if isinstance(cell.value, str) and "(" in cell.value:
                    cell.value = cell.value[:cell.value.index("(")].strip()


@damage("headers in capitals", TEXTS)
def headers_in_capitals(book, dice):
    for sheet in book.forms():
        for row in sheet.header():
            for cell in row.cells:
                if isinstance(cell.value, str) and cell.value != support.KEY_HEADER:
                    cell.value = cell.value.upper()


@damage("headers reworded", TEXTS)
def headers_reworded(book, dice):
    words = {"STT": "TT", "Đơn vị tính": "ĐVT", "Số liệu": "Số liệu báo cáo", "Số lượng/Tỷ lệ": "Số lượng / tỉ lệ (%)",
             "Ghi chú": "Ghi chú (nếu có)"}
    for sheet in book.forms():
        for row in sheet.header():
            for cell in row.cells:
                cell.value = words.get(cell.value, cell.value)


# --- rows ---------------------------------------------------------------------------------------------------------------------

@damage("blank rows inserted", ROWS)
def blank_rows(book, dice):
    for sheet in book.forms():
        for row in some(dice, sheet.body(), 0.12, 2):
            sheet.insert_before(row, *(sheet.new_row() for _ in range(dice.randint(1, 3))))


@damage("comment rows inserted", ROWS)
def comment_rows(book, dice):
    for index, sheet in enumerate(book.forms()):
        for row in some(dice, sheet.body(), 0.08, 2):
            comment = sheet.new_row()
            sheet.cell(comment, dice.choice(["caption", "note"])).value = dice.choice(
                ["Số liệu tính đến ngày 15 của tháng cuối quý", "(theo báo cáo của các phòng)", "Đơn vị không phát sinh nội dung này"])
            sheet.insert_after(row, comment)


@damage("rows of the agency's own", ROWS)
def own_rows(book, dice):
    for index, sheet in enumerate(book.forms()):
        for n, row in enumerate(some(dice, sheet.body(), 0.06, 2)):
            own = sheet.new_row(caption=["Trong đó: số do đơn vị tự thống kê thêm", "Số cuộc họp giao ban của đơn vị",
                                         "Số lượt xe công vụ sử dụng"][n % 3], unit="Lượt")
            value = sheet.cell(own, "value")
            value.value, value.extra = 900_000 + 100 * index + n, True
            sheet.insert_after(row, own)


@damage("rows inserted before the header", ROWS)
def rows_in_front(book, dice):
    for sheet in book.forms():
        header = sheet.header()[0]
        sheet.insert_before(sheet.rows[0], sheet.new_row("front", number="ỦY BAN NHÂN DÂN"), sheet.new_row("front"))
        sheet.insert_before(header, sheet.new_row("front", caption="(Kèm theo Công văn số 12 của đơn vị)"), sheet.new_row("front"))


def remove(sheet, rows):
    gone = set(map(id, rows))
    sheet.rows = [row for row in sheet.rows if id(row) not in gone]


@damage("rows deleted", ROWS)
def rows_deleted(book, dice):
    for sheet in book.forms():
        remove(sheet, some(dice, sheet.body(filled=True), 0.1))


@damage("a block of rows deleted", ROWS)
def block_deleted(book, dice):
    sheet = dice.choice(book.forms())
    rows = sheet.body()
    length = max(3, len(rows) // 8)
    start = dice.randrange(1, len(rows) - length)
    remove(sheet, rows[start:start + length])


@damage("headings deleted", ROWS)
def headings_deleted(book, dice):
    for sheet in book.forms():
        headings = sheet.body(filled=False)
        if headings:
            remove(sheet, some(dice, headings, 0.4))


def pasted(row, without=()):
    """A copy of the row, texts only."""
    return Row([Cell(None if i in without else cell.value) for i, cell in enumerate(row.cells)], "body")


@damage("header and page number mid-table", ROWS)
def header_again(book, dice):
    for sheet in book.forms():
        rows = sheet.body()
        key = sheet.columns.index("key") if "key" in sheet.columns else -1
        for n, row in enumerate(rows[20::25] or rows[8:9]):
            page = sheet.new_row()
            sheet.cell(page, "number" if n % 2 else "caption").value = n + 2 if n % 2 else str(n + 2)
            header = [pasted(line, {key} if n % 2 == 0 else ()) for line in sheet.header()]
            sheet.insert_before(row, page, *header)


def split(caption):
    words = caption.split(" ")
    half = (len(words) + 1) // 2
    return " ".join(words[:half]), " ".join(words[half:])


def split_captions(book, dice, value_below):
    for sheet in book.forms():
        rows = [row for row in sheet.body() if len((sheet.cell(row, "caption").value or "").split(" ")) >= 6]
        for row in some(dice, rows, 0.12):
            caption = sheet.cell(row, "caption")
            caption.value, rest = split(caption.value)
            below = sheet.new_row(caption=rest)
            below.kind = "body"
            if value_below:
                for role in ("unit", "value"):
                    at = sheet.column(role)
                    row.cells[at], below.cells[at] = below.cells[at], row.cells[at]
            sheet.insert_after(row, below)


@damage("captions over two rows", ROWS)
def captions_over_two_rows(book, dice):
    split_captions(book, dice, False)


@damage("captions over two rows, value below", ROWS)
def captions_over_two_rows_below(book, dice):
    split_captions(book, dice, True)


@damage("header in one row", ROWS)
def header_in_one_row(book, dice):
    for sheet in book.forms():
        upper, lower = sheet.header()
        for above, below in zip(upper.cells, lower.cells):
            if below.value is None:
                below.value = above.value
        header = set(map(id, upper.cells + lower.cells))
        sheet.merges = [cells for cells in sheet.merges if not header & set(map(id, cells))]
        remove(sheet, [upper])


@damage("header of merged rows, columns numbered", ROWS)
def header_of_merged_rows(book, dice):
    for sheet in book.forms():
        upper, lower = sheet.header()
        more = sheet.new_row("header")
        for cell, below in zip(lower.cells, more.cells):
            if cell.value is not None and cell.value != support.KEY_HEADER:
                sheet.merges.append([cell, below])
        numbers = sheet.new_row("header", number="(1)", caption="(2)", unit="(3)", value="(4)", note="(5)")
        sheet.insert_after(lower, more, numbers)


@damage("rows sorted, keys kept", ROWS)
def rows_sorted(book, dice):
    for sheet in book.forms():
        rows = [row for row in sheet.rows if row.kind == "body"]
        at = sheet.rows.index(rows[0])
        merged = {id(cell) for row in rows for cell in row.cells}
        sheet.merges = [cells for cells in sheet.merges if not merged & set(map(id, cells))]  # Excel sorts no merged cells
        remove(sheet, rows)
        sheet.rows[at:at] = sorted(rows, key=lambda row: str(sheet.cell(row, "caption").value))


# --- columns ------------------------------------------------------------------------------------------------------------------

@damage("column inserted in front", COLUMNS)
def column_in_front(book, dice):
    for sheet in book.forms():
        sheet.add_column(0)


@damage("columns inserted between", COLUMNS)
def columns_between(book, dice):
    for sheet in book.forms():
        sheet.add_column(sheet.column("unit"))
        sheet.add_column(sheet.column("value"))


@damage("column of the period before", COLUMNS)
def column_of_other_period(book, dice):
    for sheet in book.forms():
        at = sheet.column("value")
        sheet.add_column(at)
        sheet.header()[-1].cells[at].value = "Kỳ trước"
        for n, row in enumerate(sheet.body(filled=True)):
            row.cells[at].value = 700_000 + n


@damage("unit and value swapped", COLUMNS)
def unit_and_value_swapped(book, dice):
    for sheet in book.forms():
        sheet.move_column("value", sheet.column("unit"))


@damage("note moved in front", COLUMNS)
def note_in_front(book, dice):
    for sheet in book.forms():
        sheet.move_column("note", 0)


@damage("columns hidden", COLUMNS)
def columns_hidden(book, dice):
    for sheet in book.forms():
        sheet.hidden_columns |= {"number", "unit", "note"}


# --- sheets and identity ------------------------------------------------------------------------------------------------------

def drop_keys(book):
    for sheet in book.forms():
        for row in sheet.rows:
            sheet.cell(row, "key").value = None
        sheet.hidden_columns = set()


def drop_identity(book):
    book.sheets = [sheet for sheet in book.sheets if sheet.title != support.IDENTITY_SHEET]


@damage("key column deleted", SHEETS)
def keys_gone(book, dice):
    drop_keys(book)


@damage("hidden sheet deleted", SHEETS)
def identity_gone(book, dice):
    drop_identity(book)


@damage("keys and hidden sheet deleted", SHEETS)
def keys_and_identity_gone(book, dice):
    drop_keys(book)
    drop_identity(book)


@damage("copied into a new workbook", SHEETS)
def copied(book, dice):
    drop_keys(book)
    book.sheets = book.forms()
    book.fresh = True
    for n, sheet in enumerate(book.sheets, 1):
        sheet.title = f"Sheet{n}"


@damage("sheet renamed", SHEETS)
def sheet_renamed(book, dice):
    for n, sheet in enumerate(book.forms(), 1):
        sheet.title = f"Quý I (sửa {n})"


@damage("file renamed", SHEETS)
def file_renamed(book, dice):
    book.file_name = "Copy of bao cao (1) {name} - bản cuối"


@damage("protection off", SHEETS)
def protection_off(book, dice):
    for sheet in book.sheets:
        sheet.protected = False


@damage("sheets copied within the file", SHEETS)
def sheets_copied(book, dice):
    for sheet in book.forms():
        double = copy.deepcopy(sheet)
        double.title = sheet.title + " (2)"
        book.sheets.append(double)


@damage("a sheet in two versions", SHEETS)
def sheet_in_two_versions(book, dice):
    sheet = dice.choice(book.forms())
    double = copy.deepcopy(sheet)
    double.title = sheet.title + " (2)"
    inputs = [row for row in double.body(filled=True) if isinstance(double.cell(row, "value").value, int)]
    for row in some(dice, inputs, 0, 3):
        cell = double.cell(row, "value")
        cell.value += 1
        book.undecided.add(cell.answer)
        book.others[cell.answer] = cell.value
    book.sheets.append(double)


@damage("sheets in files of their own", SHEETS, needs_sheets=2)
def sheets_apart(book, dice):
    book.one_by_one = True


# --- programs that open and save ----------------------------------------------------------------------------------------------

def saving(name, program, extension):
    @damage(name, SAVES)
    def save(book, dice):
        book.saves.append((program, extension))


saving("saved by openpyxl", "openpyxl", "xlsx")
saving("saved by LibreOffice as xlsx", "libreoffice", "xlsx")
saving("saved by LibreOffice as ods", "libreoffice", "ods")
saving("saved by LibreOffice as xls", "libreoffice", "xls")
saving("saved by Gnumeric as xlsx", "gnumeric", "xlsx")
saving("saved by Gnumeric as xls", "gnumeric", "xls")


# --- all of it ----------------------------------------------------------------------------------------------------------------

KEYLESS = {"key column deleted", "keys and hidden sheet deleted", "copied into a new workbook"}
TWO_LINES = {"captions over two rows", "captions over two rows, value below"}
# Combined, these leave nothing to go by, or undo one another.
NEVER = ([{"rows sorted, keys kept", other} for other in KEYLESS | TWO_LINES | {"header and page number mid-table"}] +
         [{"header in one row", "header of merged rows, columns numbered"}, TWO_LINES])


def combined(dice, book):
    """Pairs of damages, in the order in which they are done: a sample of all, and whatever is hard once the keys are gone."""
    names = [name for name, one in DAMAGES.items() if one.fits(book)]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1:]
             if (DAMAGES[a].stage != DAMAGES[b].stage or DAMAGES[a].stage == ROWS) and {a, b} not in NEVER]
    keyless = sorted(KEYLESS)
    hard = [(name, keyless[n % len(keyless)]) for n, name in enumerate(names) if DAMAGES[name].stage in (TEXTS, ROWS, COLUMNS)]
    hard = [pair for pair in hard if pair in pairs]
    return hard + dice.sample([pair for pair in pairs if pair not in hard], PAIRS)


def fill(form, folder, catalogue):
    """The filled Book of a form: every input answered, counts all different, no part more than its whole."""
    made = support.tonghop("blank", "--template", form, "--agency", "@@", "--period", "Quý I năm 2027", "-o", folder)
    assert made.returncode == 0, made.stderr
    path = folder / (form + ".xlsx")
    rows = support.rows_of(support.tonghop("read", "--format", "csv", path).stdout, support.READ_HEADER)
    dice = random.Random(f"{SEED} {form}")
    sizes = dice.sample(range(20, 100), 30) + dice.sample(range(100, 1000), 80) + dice.sample(range(1000, 10_000), 90)
    dice.shuffle(sizes)
    put, notes = {}, {}
    for n, row in enumerate(rows):
        kind = row["kind"]
        put[row["indicator"]] = (sizes[n] if kind == "count" else 1000 + 37 * n + 0.25 if kind == "amount" else
                                 (53 * n + 7) % 9973 / 10_000 if kind == "percent" else
                                 dice.choice(catalogue[row["indicator"]][1]))
        if n % 7 == 3:
            notes[row["key"]] = f"Theo báo cáo của phòng {n}, kèm 4/33 phiếu"
    shares = [(about["numerator"], about["denominator"]) for indicator, (about, _) in catalogue.items()
              if about.get("numerator") in put and about.get("denominator") in put]
    while wrong := [(n, d) for n, d in shares if put[n] > put[d]]:
        for n, d in wrong:
            put[n], put[d] = put[d], put[n]
    book = openpyxl.load_workbook(path)
    by_key = {}
    for row in rows:
        if not support.is_formula(book[row["sheet"]][row["cell"]]):
            by_key[row["key"]] = put[row["indicator"]]
        if book[row["sheet"]][f"E{row['cell'][1:]}"].value:
            notes.pop(row["key"], None)  # something is printed there
    filled = Book(path, rows, by_key, notes, catalogue)
    filled.truth, filled.parts, filled.rounded, filled.others = {}, {}, {}, {}
    for cell in filled.answers():
        if cell.parts:
            filled.parts[cell.answer] = tuple(part.answer for part in cell.parts)
            filled.truth[cell.answer] = exact(cell.parts[0].value) / exact(cell.parts[1].value)
        else:
            filled.truth[cell.answer] = exact(cell.value)
    filled.filled_notes = {row["indicator"] for row in rows if row["key"] in notes}
    return filled


def mark_undecidable(book):
    """Without keys a row whose number and caption recur cannot be told once its parent and one of its like are gone."""
    rows = [row for sheet in book.forms() for row in sheet.body()]
    if any(sheet.cell(row, "key").value for sheet in book.forms() for row in sheet.body()):
        return
    there = {row.key for row in rows}
    alike = {}
    for key, printed in book.printed.items():
        alike.setdefault(printed, set()).add(key)
    for sheet in book.forms():
        for row in sheet.body(filled=True):
            like = alike[book.printed[row.key]]
            answer = sheet.cell(row, "value").answer
            if answer and len(like) > 1 and not like <= there and row.key.rpartition(".")[0] not in there:
                book.undecided.add(answer)


def make(form, folder):
    """Every damage of one form, singly and some of them in twos: [Sent]."""
    folder.mkdir()
    catalogue = support.indicators()
    book = fill(form, folder, catalogue)
    cases = [()] + [(name,) for name, one in DAMAGES.items() if one.fits(book)]
    cases += combined(random.Random(f"{SEED} pairs {form}"), book)
    sent = []
    (folder / "sent").mkdir()
    fresh = pickle.dumps(book)  # copies several times faster than copy.deepcopy
    for number, names in enumerate(cases):
        damaged = pickle.loads(fresh)
        for name in names:
            DAMAGES[name].do(damaged, random.Random(f"{SEED} {form} {name}"))
        mark_undecidable(damaged)
        written = damaged.save(folder / "sent", f"{form}.{number:03}", f"Sở Thử {number:03}")
        sent.append(Sent(names, damaged, written))
    return sent


def run(folder):
    """{form: {names of damages: Verdict}}"""
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        made = dict(zip(support.AGENCY_FORMS, pool.map(make, support.AGENCY_FORMS,
                                                       [folder / form for form in support.AGENCY_FORMS])))
    every = [case for sent in made.values() for case in sent]
    apply_saves(every)
    results = {}
    for form, sent in made.items():
        results[form] = {case.name: verdict for case, verdict in judge_all(sent, folder / form).items()}
    return results


def table(results):
    """Damage x template: values expected / right / wrong / unread / silent."""
    names = [()] + [(name,) for name in DAMAGES]
    lines = [["damage", *results]]
    for name in names:
        lines.append([name[0] if name else "none", *(str(results[form].get(name, "-")) for form in results)])
    text = [line(cells) for cells in lines]
    text.append("\ntwo damages combined")
    for form, verdicts in results.items():
        for name, verdict in verdicts.items():
            if len(name) == 2:
                text.append(f"{form:16} {' + '.join(name):72} {verdict}")
    return "\n".join(text)


def line(cells):
    return f"{cells[0]:44}" + "".join(f"{cell:>20}" for cell in cells[1:])


def failures(results):
    for form, verdicts in results.items():
        for name, verdict in verdicts.items():
            if not verdict.holds():
                yield form, " + ".join(name) or "none", verdict


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tonghop-damage-") as scratch:
        folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else scratch)
        folder.mkdir(exist_ok=len(sys.argv) < 3)
        found = run(folder.resolve())
    print(table(found))
    for form, name, verdict in failures(found):
        print(f"\n{form}: {name}: {verdict}")
        for kind in ("wrong", "silent", "unread"):
            for text in getattr(verdict, kind)[:8]:
                print(f"  {kind}: {text}")
    sys.exit(1 if any(True for _ in failures(found)) else 0)
