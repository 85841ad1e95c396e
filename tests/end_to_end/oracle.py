"""The province computed a second time, from the catalogue and the agencies' values alone, with exact fractions."""

from decimal import Decimal
from fractions import Fraction

import support


class Province:
    """`given`: {agency: {indicator: Fraction}}; agencies in the order of the merged workbook, none of them an authority."""

    def __init__(self, given, catalogue=None):
        self.given = given
        self.catalogue = catalogue or support.indicators()

    def figure(self, indicator):
        """(value, agencies, numerator, denominator); value is a float, a text like that of the summary, or None."""
        about, codes = self.catalogue[indicator]
        own = [values[indicator] for values in self.given.values() if indicator in values]
        way = about["aggregate"]
        if way == "sum":
            return (float(sum(own)) if own else None, len(own), None, None)
        if way == "tally":
            return ([own.count(code) for code in codes] if own else None, len(own), None, None)
        if way == "ratio":
            above, below = about["numerator"], about["denominator"]
            both = [(v[above], v[below]) for v in self.given.values() if above in v and below in v]
            if not both:
                return self.span(own)
            parts = sum(n for n, _ in both), sum(d for _, d in both)
            value = float(parts[0] / parts[1]) if parts[1] else "not computable"
            return (value, len(both), *parts)
        if way == "weighted":
            both = [(v[indicator], v[about["weight"]]) for v in self.given.values() if indicator in v and about["weight"] in v]
            weights = sum(weight for _, weight in both)
            if not weights:
                return self.span(own)
            total = sum(value * weight for value, weight in both)
            return (float(round(total / weights, 9)), len(both), total, weights)
        assert way == "range", way
        return self.span(own)

    @staticmethod
    def span(own):
        if not own:
            return (None, 0, None, None)
        if min(own) == max(own):
            return (float(own[0]), len(own), None, None)
        low, high = (decimal(round(value * 100, 2)) for value in (min(own), max(own)))
        return (f"{low} – {high} %".replace(".", ","), len(own), None, None)

    def left_out(self, indicator):
        """Agencies that gave a percentage without the parts that the figure is made of."""
        about, _ = self.catalogue[indicator]
        needed = {"ratio": ("numerator", "denominator"), "weighted": ("weight",)}.get(about["aggregate"])
        if not needed or self.figure(indicator)[2] is None:
            return []
        return [agency for agency, values in self.given.items()
                if indicator in values and not all(about[name] in values for name in needed)]


def decimal(value):
    """A fraction that has a finite decimal expansion, as the shortest text."""
    value = Fraction(value)
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(quotient) == value, value
    return format(quotient.normalize(), "f")
