#!/usr/bin/python3
"""Counts the instructions of reading one returned workbook of each form, and fails when they are too many: guard.py PROGRAM WORK

Seconds differ from run to run, instructions by less than a thousandth. callgrind counts them inside the two functions of work.cc that inflate a
workbook's parts, which is the floor, and that read, match and interpret it; definitions are loaded before, and each workbook was
read once before, as in a merge of many. That the guard can fail is tried each time: read twice, the same workbooks must be too dear.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BOUND = 1.16  # instructions of reading all five / those of the floor; about 15 % above what was measured last


def counted(work, function, files, times=1):
    """Instructions spent inside one function of `work`."""
    said = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=" + function,
                           work, "count", str(times), *files], check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : ([0-9]+)", said)[1])


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tonghop-guard-") as scratch:
        scratch = pathlib.Path(scratch)
        subprocess.run([sys.executable, "-B", HERE / "make_round.py", given.program, scratch, "5", "--writer", "excel"], check=True)
        files = sorted((scratch / "5" / "inbox").iterdir())
        floor = counted(given.work, "counted_inflate", files)
        reading, twice = (counted(given.work, "counted_read", files, times) for times in (1, 2))
    print(f"instructions for {len(files)} workbooks: inflated {floor:,}, read {reading:,}: ratio {reading / floor:.3f}, bound {BOUND}")
    if reading > BOUND * floor:
        sys.exit("guard: reading takes more instructions than the bound allows; make it cheaper, or say why it must be dearer and move the bound")
    if twice <= BOUND * floor:
        sys.exit(f"guard: reading twice, ratio {twice / floor:.3f}, is not found too dear; the bound is too far from what is measured")


if __name__ == "__main__":
    main()
