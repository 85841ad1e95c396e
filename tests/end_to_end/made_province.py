"""A made province: 21 agencies of all five forms, with decimals, percentages, blanks, zeros and remarks, drawn from a seed."""

import random

import support

SEED = 20270401
AGENCIES = 21


def make(folder):
    """Writes the filled forms into `folder`; returns their paths."""
    folder.mkdir()
    catalogue = support.indicators()
    paths = []
    for index in range(AGENCIES):
        form = support.AGENCY_FORMS[index % len(support.AGENCY_FORMS)]
        agency = f"Đơn vị thử {index + 1:02}"
        if index == 7:
            agency = "Sở Nội vụ tỉnh Thử"  # whose figures stand for the province where the form says so
        blank = folder / "blank" / str(index)
        made = support.tonghop("blank", "--template", form, "--agency", agency, "--period", "Quý I năm 2027", "-o", blank)
        assert made.returncode == 0, made.stderr
        blank = blank / (form + ".xlsx")
        rows = support.rows_of(support.tonghop("read", "--format", "csv", blank).stdout, support.READ_HEADER)
        dice = random.Random(SEED + index)

        def value(row):
            if dice.random() < 0.1:
                return None
            if row["kind"] == "count":
                return dice.choice([0, dice.randint(1, 50), dice.randint(1, 99_999)])
            if row["kind"] == "amount":
                return round(dice.uniform(0, 1e6), dice.randint(0, 4))
            if row["kind"] == "percent":
                return dice.choice([1, 0, round(dice.random(), 3), round(dice.random(), 4), round(dice.random(), 6)])
            return dice.choice(catalogue[row["indicator"]][1])

        paths.append(folder / f"{index + 1:02}-{form}.xlsx")
        support.fill(blank, paths[-1], rows, value)
    return paths
