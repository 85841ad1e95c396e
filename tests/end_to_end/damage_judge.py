"""Reads damaged forms with the program and judges what came back against what was typed."""

import concurrent.futures
import pathlib
import re
import subprocess
import unicodedata
from fractions import Fraction

from openpyxl.utils import coordinate_to_tuple

import support

EXACT = Fraction(1, 10**11)  # the program computes a percentage to twelve digits


OFFICE_FILES = 40  # a run of LibreOffice

# Findings that say something of a value that is used; they do not tell of one that is not.
VALUE_USED = {"row-reworded", "row-guessed", "value-extracted", "value-parts-differ"}



def value_used(finding):
    return finding["code"] in VALUE_USED or finding["code"].startswith("check-")


class Sent:
    """One damaged form as it is sent back: its files, and where in them every answer stands."""

    def __init__(self, name, book, written):
        self.name = name
        self.book = book
        self.files = [path for path, _ in written]
        self.places = {}  # answer -> [(file index, sheet, row)]
        self.notes = {}   # answer -> remark still in the file
        self.extras = []  # (file index, sheet, row) of figures that are none of the form's
        present = {}
        for index, (_, places) in enumerate(written):
            for (sheet, address), cell in places.items():
                at = (index, sheet, coordinate_to_tuple(address)[0])
                if cell.extra:
                    self.extras.append(at)
                if cell.answer:
                    self.places.setdefault(cell.answer, []).append(at)
                    present.setdefault(cell.answer, cell)
                if cell.note_of:
                    self.notes[cell.note_of] = cell.value
        # A formula has a value as long as both its parts are there.
        for answer, cell in present.items():
            if cell.parts and not all(part.answer in present for part in cell.parts):
                del self.places[answer]


class Verdict:
    def __init__(self):
        self.expected = self.right = self.lost = 0
        self.wrong, self.unread, self.silent = [], [], []  # texts that say what and where

    def holds(self):
        return not self.wrong and not self.silent and self.right >= 0.99 * self.expected

    def __str__(self):
        return f"{self.expected}/{self.right}/{len(self.wrong)}/{len(self.unread)}/{len(self.silent)}"


def apply_saves(sent):
    """Runs the programs that a damage asks for, many files a run."""
    turn = 0
    while True:
        groups = {}
        for case in sent:
            if turn < len(case.book.saves):
                groups.setdefault(case.book.saves[turn], []).append(case)
        if not groups:
            return
        for (program, extension), cases in groups.items():
            files = [(case, index) for case in cases for index in range(len(case.files))]
            folder = files[0][0].files[0].parent.parent / f"saved{turn}-{program}-{extension}"
            folder.mkdir(exist_ok=True)
            sources = [case.files[index] for case, index in files]
            if program == "libreoffice":
                results = [result for some in range(0, len(sources), OFFICE_FILES)
                           for result in support.libreoffice(sources[some:some + OFFICE_FILES], folder, extension)]
            elif program == "gnumeric":
                results = gnumeric(sources, folder, extension)
            else:
                results = reopened(sources, folder)
            for (case, index), result in zip(files, results):
                case.files[index] = result
        turn += 1


def gnumeric(sources, folder, extension):
    exporter = {"xlsx": "Gnumeric_Excel:xlsx2", "xls": "Gnumeric_Excel:excel_biff8"}[extension]

    def convert(source):
        result = folder / (source.stem + "." + extension)
        subprocess.run(["ssconvert", "-T", exporter, str(source), str(result)], check=True, capture_output=True, timeout=60)
        return result
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(convert, sources))


def reopened(sources, folder):
    results = []
    for source in sources:
        results.append(folder / source.name)
        support.openpyxl.load_workbook(source).save(results[-1])
    return results


def judge_all(sent, folder):
    """{Sent: Verdict}: one run of `read` for the values, one of `merge` for the findings."""
    files = [str(path) for case in sent for path in case.files]
    read = support.tonghop("read", "--format", "csv", *files)
    assert read.returncode in (support.DONE, support.WITH_FINDINGS), read.stderr
    rows, findings = {}, {}
    for row in support.rows_of(read.stdout, support.READ_HEADER):
        rows.setdefault(row["file"], []).append(row)
    said = folder / "findings.csv"
    merged = support.tonghop("merge", *files, "-o", folder / "merged.xlsx", "--findings", said)
    assert merged.returncode in (support.DONE, support.WITH_FINDINGS), merged.stderr
    for finding in support.rows_of(said.read_text(encoding="utf-8"), support.FINDINGS_HEADER):
        findings.setdefault(finding["file"], []).append(finding)
    verdicts = {}
    for case in sent:
        answers = [{row["indicator"]: row for row in rows.get(str(path), [])} for path in case.files]
        said = [findings.get(str(path), []) for path in case.files]
        verdicts[case] = judge(case, join(case, answers, folder) if len(case.files) > 1 else answers, said)
    return verdicts


def join(case, answers, folder):
    """Files of one agency are read together: their values count only as the merge of them all has them."""
    merged = support.tonghop("merge", *case.files, "-o", folder / "joined.xlsx", "--values", folder / "joined.csv")
    assert merged.returncode in (support.DONE, support.WITH_FINDINGS), merged.stderr
    figures = {}
    if "nothing" not in merged.stderr:
        for row in support.rows_of((folder / "joined.csv").read_text(encoding="utf-8"), support.VALUES_HEADER):
            chosen = re.search(r"(\d+):1\b", row["value"])  # a choice is counted by option
            figures[row["indicator"]] = chosen[1] if row["kind"] == "choice" and chosen else row["value"]
    return [{answer: dict(row, value=figures.get(answer, "") if row["cell"] else "") for answer, row in rows.items()}
            for rows in answers]


def judge(case, answers, said):
    verdict = Verdict()
    covered = Coverage(case, answers, said)
    for answer, truth in case.book.truth.items():
        got = [(row[answer]["value"], row[answer]["cell"]) for row in answers if row.get(answer, {}).get("value")]
        there = answer in case.places
        verdict.expected += there and answer not in case.book.undecided
        verdict.lost += not there
        wrong = [pair for pair in got if not there or not fits(pair[0], case.book, answer, truth)]
        if wrong:
            verdict.wrong.append(f"{answer}: typed {float(truth)} at {case.places.get(answer, 'none')}, read {wrong}")
        elif got:
            verdict.right += answer not in case.book.undecided
            if answer in case.book.undecided and not covered.doubted(answer):
                verdict.silent.append(f"{answer}: undecidable, taken as {got} without a word")
        else:
            if there:
                verdict.unread.append(f"{answer}: {case.places[answer]}")
            if not (covered.present(answer) if there else covered.lost(answer)):
                verdict.silent.append(f"{answer}: " + (f"unread at {case.places[answer]}" if there else "lost"))
    for at in case.extras:
        if not covered.at([at]):
            verdict.silent.append(f"figure of the agency's own at {at}")
    for row in answers:
        for answer, read in row.items():
            note = unicodedata.normalize("NFC", case.notes.get(answer) or "")
            if note and not read["cell"]:
                continue  # counted with its value
            if read["note"] and read["note"] != note and answer in case.book.filled_notes:
                verdict.wrong.append(f"{answer}: note {read['note']!r}, typed {note!r}")
    return verdict


def fits(text, book, answer, truth):
    allowed = [book.rounded.get(answer, truth)]
    if answer in book.others:
        allowed.append(Fraction(book.others[answer]))
    return any(abs(Fraction(text) - value) <= EXACT for value in allowed)


class Coverage:
    """Whether a finding tells of a value that was not read."""

    def __init__(self, case, answers, said):
        self.case, self.answers, self.said = case, answers, said

    def at(self, places, used=False):
        """A finding in the row, or one about the whole sheet, or the file refused."""
        for index, sheet, row in places:
            for finding in self.said[index]:
                if value_used(finding) and not used:
                    continue
                if finding["cell"] and finding["sheet"] == sheet and coordinate_to_tuple(finding["cell"])[0] == row:
                    return True
                if finding["code"] in ("header-unknown", "sheet-repeated", "sheet-damaged") and finding["sheet"] == sheet:
                    return True
            if self.refused(index):
                return True
        return False

    def refused(self, index):
        if any(finding["code"] == "return-conflict" for said in self.said for finding in said):
            return True  # of two files of one agency one is not used, and that is said
        return not self.answers[index] and any(finding["severity"] == "error" for finding in self.said[index])

    def named(self, answer):
        return any(finding["indicator"] == answer and not value_used(finding) for said in self.said for finding in said)

    def doubted(self, answer):
        """A finding of any kind about a value that was read."""
        return self.at(self.case.places[answer], used=True) or any(
            finding["indicator"] == answer for said in self.said for finding in said)

    def present(self, answer):
        if self.named(answer) or self.at(self.case.places[answer]):
            return True
        parts = self.case.book.parts.get(answer, ())
        # One cause, one finding: a percentage that the form computes is missed with its parts.
        return any(part not in self.case.places or self.present(part) for part in parts if not self.read(part))

    def read(self, answer):
        return any(row.get(answer, {}).get("value") for row in self.answers)

    def lost(self, answer):
        if self.named(answer):
            return True
        if all(self.refused(index) for index in range(len(self.said))):
            return True
        parts = self.case.book.parts.get(answer, ())
        if any(part not in self.case.places for part in parts):
            return True  # judged with the part
        for index, said in enumerate(self.said):
            absent = [row for row in self.answers[index].values() if not row["cell"]]
            counts = [int(re.match(r"\d+", finding["message"])[0]) for finding in said if finding["code"] == "rows-missing"]
            row = self.answers[index].get(answer)
            if row and not row["cell"] and counts and counts[0] >= len(absent):
                return True
            if row and row["cell"] and any(self.merged_with(finding, row) for finding in said):
                return True
        return False

    @staticmethod
    def merged_with(finding, row):
        """The finding tells of cells merged into one, and the row's cell is one of them."""
        if finding["code"] != "cells-merged" or finding["sheet"] != row["sheet"]:
            return False
        first, last = re.search(r"\b([A-Z]+[0-9]+):([A-Z]+[0-9]+)\b", finding["message"]).groups()
        return coordinate_to_tuple(first)[0] <= coordinate_to_tuple(row["cell"])[0] <= coordinate_to_tuple(last)[0]
