"""A made round: 150 agencies of all five forms, 30 of each, whose figures hold all checks, typed in many legitimate ways.

All figures and names are made up, drawn from a seed. One agency, "Sở Nội vụ tỉnh Thử", speaks for the province where the forms say so.
`read` is a parser of its own for the returned workbooks: openpyxl, the hidden key column, and what it needs of the forms' mappings.
"""

import random
import re
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import openpyxl

import check_oracle
import support

SEED = 20270402
PERIOD = "Quý I năm 2027"
EACH = 30
ON_TIME, LATE = "2027-03-15T08:00:00Z", "2027-04-02T08:00:00Z"
DEADLINE = "17h00 ngày 31/3/2027"
SPEAKER = "Sở Nội vụ tỉnh Thử"
SPEAKS = 1  # its index: a form that asks for what Sở Nội vụ reports
UNITS = {"Văn bản", "Nhiệm vụ", "Hồ sơ", "Thủ tục", "Người", "Đơn vị", "Phiếu", "Quy trình", "Tổ chức", "Vấn đề"}
NO_BREAK = "\u00a0"


def mapped(form):
    """key -> indicator"""
    root = ElementTree.parse(support.MAPPINGS / (form + ".xml")).getroot()
    found = mapped(root.get("extends")) if root.get("extends") else {}
    found.update({row.get("key"): row.get("indicator") for row in root.iter("row")})
    return found


class Catalogue:
    def __init__(self):
        self.indicators = support.indicators()
        self.kinds = {indicator: about["kind"] for indicator, (about, _) in self.indicators.items()}
        self.checks = check_oracle.all_checks()
        self.parts = {check["left"]: check["right"].split() for check in self.checks
                      if check["type"] == "total" and " " not in check["left"]}
        self.labels = {}
        for element in ElementTree.parse(support.MAPPINGS / "indicators.xml").getroot().iter("indicator"):
            self.labels[element.get("id")] = {option.text: int(option.get("code")) for option in element.findall("option")}


def cells(book, form):
    """indicator -> value cell; the column before the remarks, in the row with the key."""
    keys = mapped(form)
    return {keys[key]: table.sheet.cell(row, table.key_column - 2)
            for table in support.tables(book).values() for key, row in table.keys.items() if key in keys}


# Values

class Draft:
    """Values of one agency, repaired until every check holds. Figures only grow, so this comes to an end."""

    def __init__(self, form, asked, computed, catalogue, dice, blank=0.08):
        self.form, self.asked, self.computed, self.catalogue, self.dice = form, asked, computed, catalogue, dice
        self.checks = [check for check in catalogue.checks if form in check.get("templates", form).split()]
        self.values = {}
        for indicator in sorted(asked - computed):
            if dice.random() > blank:
                self.values[indicator] = self.draw(indicator)
        for _ in range(200):
            if not self.repair():
                break
        else:
            raise AssertionError(f"{form}: no consistent figures")
        self.clear_shares()

    def draw(self, indicator):
        kind, dice = self.catalogue.kinds[indicator], self.dice
        if kind == "count":
            return Fraction(dice.choice([0, dice.randint(1, 9), dice.randint(10, 99), dice.randint(1, 3000)]))
        if kind == "amount":
            return Fraction(dice.randint(0, 10 ** 7), dice.choice([1, 10, 100]))
        if kind == "percent":
            return Fraction(dice.randint(1, 4999), 10_000)
        return Fraction(dice.choice(self.catalogue.indicators[indicator][1]))

    def grow(self, indicator, by):
        self.values[indicator] += by
        parts = self.catalogue.parts.get(indicator, [])
        if parts and all(part in self.values for part in parts):
            self.grow(self.dice.choice(parts), by)

    def repair(self):
        """Whether something had to be changed."""
        changed = False
        for check in self.checks:
            kind = check["type"]
            if kind == "requires":
                changed |= self.fulfil(check)
            elif kind in ("total", "at-most", "equal") and all(name in self.values for name in check_oracle.names(check)):
                left, right = ([name for name in check[side].split()] for side in ("left", "right"))
                gap = sum(self.values[name] for name in left) - sum(self.values[name] for name in right)
                if kind == "total" and gap < 0:
                    self.values[left[0]] -= gap
                elif kind == "equal" and gap < 0:
                    self.grow(left[0], -gap)
                elif gap > 0:
                    self.grow(self.dice.choice(right), gap)
                changed |= gap > 0 or (gap < 0 and kind != "at-most")
        return changed

    def fulfil(self, check):
        if not check_oracle.meets(check["when"], self.values, self.catalogue.kinds):
            return False
        needs = [need for need in check["needs"].split() if need.split("=")[0] in self.asked]
        if not needs or any(check_oracle.meets(need, self.values, self.catalogue.kinds) for need in needs):
            return False
        indicator, _, code = needs[0].partition("=")
        if code or self.catalogue.kinds[indicator] == "choice":
            self.values[indicator] = Fraction(int(code)) if code else self.draw(indicator)
        else:
            self.values[indicator] = Fraction(1, 10) if self.catalogue.kinds[indicator] == "percent" else Fraction(self.dice.randint(1, 99))
        return True

    def clear_shares(self):
        """Percentages are those of their parts; without parts that somebody else reports they are left blank."""
        for indicator, (about, _) in self.catalogue.indicators.items():
            if indicator not in self.values:
                continue
            if "numerator" in about:
                above, below = (self.values.get(about[name]) for name in ("numerator", "denominator"))
                if above is None or not below:
                    del self.values[indicator]
                else:
                    self.values[indicator] = round(above / below, 4)
            elif "weight" in about and about["weight"] not in self.values:
                del self.values[indicator]


# Ways to type a value that leave one reading

def grouped(number, mark):
    return f"{number:,}".replace(",", mark)


def typed(value, kind, unit, labels, dice):
    """(what stands in the cell, its number format or None)"""
    if kind == "choice":
        return dice.choice([int(value), str(value), next(label for label, code in labels.items() if code == value)]), None
    if kind == "count":
        number = int(value)
        ways = [number, number, str(number), f" {number}{NO_BREAK}", "".join(chr(0xFF10 + int(digit)) for digit in str(number))]
        if number == 0:
            ways += ["không", "Không có"]
        if 0 < number < 10:
            ways += [f"0{number}"] * 2
        if number >= 1000:
            ways += [grouped(number, "."), grouped(number, NO_BREAK), grouped(number, " ")]
        if unit in UNITS:
            ways.append(f"{number} {unit.lower()}")
        return dice.choice(ways), None
    if kind == "amount":
        plain = float(value)
        ways = [plain, plain]
        if value.denominator == 1:
            ways = [int(value), str(int(value))]
            if value >= 10 ** 6:
                ways.append(grouped(int(value), "."))
        else:
            whole, digits = f"{plain:.2f}".split(".")
            ways += [whole + "," + digits, grouped(int(whole), ".") + "," + digits]
        return dice.choice(ways), None
    hundredth = format(float(value * 100), ".2f").rstrip("0").rstrip(".").replace(".", ",")
    ways = [(float(value), "0.00%"), (float(value), "0%"), (hundredth + "%", None), (hundredth + " %", None), (hundredth + NO_BREAK + "%", None)]
    if value > Fraction(1, 100):
        ways += [(hundredth, None), (float(value * 100), "General")]
    return dice.choice(ways)


# Workbooks

class Agency:
    def __init__(self, folder, index, catalogue, name=None, issued=None):
        """`issued`: the blank it was sent; else one is made."""
        self.index, self.catalogue = index, catalogue
        self.form = support.AGENCY_FORMS[index % 5]
        self.name = name or (SPEAKER if index == SPEAKS else f"Đơn vị thử {index + 1:03}")
        self.path = folder / f"{index + 1:03}.xlsx"
        self.dice = random.Random(SEED + index)
        self.counts = {}  # what counts, where it is not what the cell plainly says
        self.broken = False  # whether its file gives nothing
        if issued is None:
            out = folder.parent / "blank" / str(index)
            made = support.tonghop("blank", "--template", self.form, "--agency", self.name, "--period", PERIOD, "-o", out)
            assert made.returncode == 0, made.stderr
            issued = out / (self.form + ".xlsx")
        self.book = openpyxl.load_workbook(issued)
        self.cells = cells(self.book, self.form)
        self.computed = {indicator for indicator, cell in self.cells.items() if support.is_formula(cell)}
        self.values = Draft(self.form, set(self.cells), self.computed, catalogue, self.dice).values
        for indicator, value in self.values.items():
            self.type(indicator, value)

    def type(self, indicator, value):
        cell = self.cells[indicator]
        unit = str(cell.offset(0, -1).value or "")
        cell.value, number_format = typed(value, self.catalogue.kinds[indicator], unit, self.catalogue.labels[indicator], self.dice)
        if number_format:
            cell.number_format = number_format

    def put(self, indicator, text):
        self.cells[indicator].value = text

    def save(self, moment=ON_TIME):
        save(self.book, self.path, moment)


def save(book, path, moment):
    """Saved at that moment, as the file says; openpyxl writes the moment of its own saving."""
    draft = path.with_suffix(".draft")
    book.save(draft)
    support.rewrite_part(draft, path, "docProps/core.xml", lambda data: re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment.encode(), data))
    draft.unlink()


# Reading

WORDS = {"không": 0, "không có": 0}


def number(cell, kind, labels):
    """A Fraction; None for what is no plain value."""
    text = cell.value
    if text is None or isinstance(text, bool):
        return None
    if isinstance(text, (int, float)):
        value = Fraction(repr(text))
        if kind == "count" and value.denominator != 1:
            return None
        return value / 100 if kind == "percent" and "%" not in cell.number_format else value
    text = str(text).replace(NO_BREAK, " ").strip()
    text = text.translate({0xFF10 + digit: str(digit) for digit in range(10)})
    if kind == "choice":
        return Fraction(labels[text]) if text in labels else Fraction(text) if text.isdigit() and int(text) in labels.values() else None
    if text.lower() in WORDS:
        return Fraction(WORDS[text.lower()])
    if kind != "percent":
        text = re.sub(r"(?i) (" + "|".join(UNITS) + ")$", "", text)
    pattern = {"count": r"\d+|\d{1,3}([. ]\d{3})+", "amount": r"(\d+|\d{1,3}(\.\d{3})+)(,\d{1,2})?", "percent": r"\d+(,\d+)? ?%?"}[kind]
    if not re.fullmatch(pattern, text):
        return None
    digits = text.rstrip("% ").replace(".", "").replace(" ", "").replace(",", ".")
    value = Fraction(digits) / (100 if kind == "percent" else 1)
    return None if kind == "percent" and value > 1 else value


def read(path, form, catalogue, counts):
    """indicator -> Fraction of a returned workbook; `counts` has precedence over what the cells say."""
    found, formulas = {}, []
    for indicator, cell in cells(openpyxl.load_workbook(path), form).items():
        if support.is_formula(cell) and indicator not in counts:
            formulas.append(indicator)
            continue
        value = counts[indicator] if indicator in counts else number(cell, catalogue.kinds[indicator], catalogue.labels[indicator])
        if value is not None:
            found[indicator] = value
    for indicator in formulas:
        about = catalogue.indicators[indicator][0]
        above, below = (found.get(about.get(name)) for name in ("numerator", "denominator"))
        if above is not None and below and above <= below:
            found[indicator] = above / below
    return found
