"""All six forms, every input of them filled with a different number by openpyxl, and what was put where."""

from fractions import Fraction

import support

AGENCIES = {"binh-lang-2022": "Xã Một", "khanh-hoa-2023": "Sở Hai", "ngoai-vu-2023": "Sở Ba", "quang-binh-2021": "Sở Bốn",
            "tra-vinh-2021": "Sở Năm", "provincial": "Tỉnh Sáu"}
PERIOD = "Quý II năm 2027"


class Numbers:
    """Numbers of each kind, no two of them the same; codes of choices in turn."""

    def __init__(self):
        self.next = 0
        self.catalogue = support.indicators()

    def __call__(self, row):
        self.next += 1
        n = self.next
        if row["kind"] == "count":
            return 10_000 + n
        if row["kind"] == "amount":
            return 50_000 + n + 0.37
        if row["kind"] == "percent":
            return (7 * n + 3) / 10_000  # 0.1 % to 60 %, two digits behind the mark
        codes = self.catalogue[row["indicator"]][1]
        return codes[n % len(codes)]


def note(row):
    return f"ghi chú {row['key']} của {row['template']}"


class Forms:
    """Blanks and filled forms in `folder`/blank and `folder`/filled; `put[form][key]` is what stands in a value cell."""

    def __init__(self, folder):
        self.blank, self.filled = folder / "blank", folder / "filled"
        self.filled.mkdir()
        self.rows, self.put = {}, {}
        numbers = Numbers()
        for form in support.FORMS:
            made = support.tonghop("blank", "--template", form, "--agency", AGENCIES[form], "--period", PERIOD, "-o", self.blank)
            assert made.returncode == 0, made.stderr
            path = self.blank / (form + ".xlsx")
            self.rows[form] = support.rows_of(support.tonghop("read", "--format", "csv", path).stdout, support.READ_HEADER)
            self.put[form] = support.fill(path, self.filled / path.name, self.rows[form], numbers, note)

    def expected(self, form):
        """{key: Fraction} of every input: what was put, or the quotient of the two parts where the form computes it."""
        catalogue = support.indicators()
        values = {key: exact(value) for key, value in self.put[form].items()}
        keys = {row["indicator"]: row["key"] for row in self.rows[form]}
        for row in self.rows[form]:
            if row["key"] not in values:
                about = catalogue[row["indicator"]][0]
                values[row["key"]] = values[keys[about["numerator"]]] / values[keys[about["denominator"]]]
        return values

    def by_indicator(self, form):
        values = self.expected(form)
        return {row["indicator"]: values[row["key"]] for row in self.rows[form]}


def exact(number):
    """The decimal number that was typed, not its binary neighbour."""
    return Fraction(repr(number))
