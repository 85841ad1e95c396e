"""A second evaluation of the checks, from their XML and the values that agencies gave."""

import re
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import support

DEFAULT = {"total": "error", "at-most": "error"}  # the others are warnings


def number(text):
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def all_checks():
    """Dictionaries of attributes: what the catalogue says, then what is written; those for `each` one by one."""
    checks = []
    for indicator, (about, _) in support.indicators().items():
        if "parts" in about:
            checks.append({"type": "total", "left": indicator, "right": " ".join(about["parts"].split())})
        if "numerator" in about:
            checks.append({"type": "at-most", "left": about["numerator"], "right": about["denominator"]})
            checks.append({"type": "ratio", "left": indicator, "numerator": about["numerator"], "denominator": about["denominator"]})
    for element in ElementTree.parse(support.MAPPINGS / "checks.xml").getroot().iter("check"):
        for one in element.get("each", "").split() or [None]:
            checks.append(dict(element.attrib, **({"left": one} if one else {})))
    return checks


def severity(check):
    return "note" if check.get("trial") == "yes" else check.get("severity", DEFAULT.get(check["type"], "warning"))


def names(check):
    """All indicators of a check."""
    attributes = " ".join(check.get(name, "") for name in ("left", "right", "numerator", "denominator", "when", "needs"))
    return re.sub(r"=\d+", "", attributes).split()


def meets(condition, values, kinds):
    indicator, _, code = condition.partition("=")
    value = values.get(indicator)
    if value is None:
        return False
    return value == int(code) if code else kinds[indicator] == "choice" or value > 0


def failures(form, values, computed=()):
    """[(type, severity, reported, expected)] of the checks within a return that do not hold. `values`: indicator -> Fraction; `computed`:
    percentages that the form itself computes."""
    kinds = {indicator: about["kind"] for indicator, (about, _) in support.indicators().items()}
    found = []
    for check in all_checks():
        kind = check["type"]
        if kind in ("not-below-previous", "change") or form not in check.get("templates", form).split():
            continue
        if kind == "requires":
            needs = [need for need in check["needs"].split() if need.split("=")[0] in values]
            if needs and meets(check["when"], values, kinds) and not any(meets(need, values, kinds) for need in needs):
                found.append((kind, severity(check), values[needs[0].split("=")[0]], None))
            continue
        if any(name not in values for name in names(check)):
            continue
        left = sum(values[name] for name in check["left"].split())
        if kind == "ratio":
            above, below = values[check["numerator"]], values[check["denominator"]]
            if check["left"] in computed or below == 0 or above > below or abs(above / below - left) <= Fraction(1, 20000):
                continue
            found.append((kind, severity(check), left, above / below))
        elif kind == "range":
            low, high = number(check.get("low", "0")), number(check.get("high", "1e9"))
            if not low <= left <= high:
                found.append((kind, severity(check), left, low if left < low else high))
        else:
            right = sum(values[name] for name in check["right"].split())
            if left > right if kind == "at-most" else left != right:
                found.append((kind, severity(check), left, right))
    return found
