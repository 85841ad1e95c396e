#!/usr/bin/env python3
"""Fails when one of the known traps of reading returned workbooks has no test: each is named "trap C1" where it is tested.

A: the container, B: finding the parts, C: rows and cells, D: editors. First makes sure on made-up tests that it can fail.
"""

import os
import re
import sys
import tempfile

LAST = {"A": 15, "B": 20, "C": 45}
EDITORS = ["Excel", "Google Sheets", "WPS", "LibreOffice", "openpyxl", "Open XML SDK", "Numbers", "Gnumeric"]
TRAPS = [f"trap {letter}{n}" for letter, last in LAST.items() for n in range(1, last + 1)] + [f"trap D: {name}" for name in EDITORS]


def untested(root):
    """The traps that no test below the folder names."""
    named = set()
    for folder, _, files in os.walk(root):
        for name in files:
            if name.endswith("_test.cc") or re.fullmatch(r"test_.*\.py", name):
                with open(os.path.join(folder, name), encoding="utf-8") as text:
                    named.update(re.findall(r"trap (?:[ABC]\d+|D: (?:" + "|".join(EDITORS) + "))", text.read()))
    return [trap for trap in TRAPS if trap not in named]


def check_itself():
    with tempfile.TemporaryDirectory() as root:
        texts = {"a_test.cc": "trap A1, trap A15 trap C45: x", "test_b.py": "# trap B20 trap D: WPS", "c.cc": "trap A2"}
        for name, text in texts.items():
            with open(os.path.join(root, name), "w", encoding="utf-8") as out:
                out.write(text)
        found = untested(root)
        assert len(found) == len(TRAPS) - 5 and found[:2] == ["trap A2", "trap A3"], found


def main():
    check_itself()
    found = untested(sys.argv[1])
    print("\n".join(f"{trap} is named by no test" for trap in found) or f"{len(TRAPS)} traps, each has a test")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
