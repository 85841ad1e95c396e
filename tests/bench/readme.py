#!/usr/bin/python3
"""Puts the figures of a run of bench.py into the README and draws tests/pictures/growth.svg: readme.py RESULT.json

Everything between the two marks in the README's section on speed is written here; no figure is typed by hand.
"""

import json
import pathlib
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
START, END = "<!-- written by tests/bench/readme.py -->\n", "<!-- until here -->\n"
WIDTH, HEIGHT, LEFT, TOP = 330, 220, 52, 28  # of one plot, and its margins


def number(value):
    """Three digits that count."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def ranged(ratio):
    return f"{ratio['median']:.2f} ({ratio['min']:.2f} to {ratio['max']:.2f})"


def section(result):
    """Paragraphs and tables."""
    machine, size = result["machine"], result["size"]
    year, month, day = machine["date"].split("-")
    yield paragraph(
        f"On {machine['cores']} cores of an {machine['processor']}, {int(day)}/{int(month)}/{year}; {result['repeats']} runs of everything "
        f"({result['starts']} of what is over at once), each in turn with its floor. The round is made from a seed: {size:,} agencies, five forms, workbooks of {result['file_bytes'] / 1024:.0f} KiB "
        f"({result['part_bytes'] / 1024:.0f} KiB unpacked), 3 of 5 in Excel's manner (Excel itself was not there), the others as LibreOffice and "
        "openpyxl write them; those of one form and program have the same formats and list of sheets, which are read once. Floors, on one thread: inflating all parts of the same workbooks with libzip; deflating all parts of the same blanks "
        "with zlib at level 6; nothing else. " + result["disturbed"])
    yield table(["work", "median", "ratio to its floor: median (min to max)", "aim"], [
        [row["what"], f"{number(row['value']['median'])} {row['unit']}", row["ratio"] and f"{ranged(row['ratio'])}, {FLOORS[row['floor']]}",
         "≤ " + row["aim"]] for row in result["rows"]])
    seconds, mib = result["line_seconds"], result["line_mib"]
    sizes = [f"{one['agencies']:,}" for one in result["growth"]]
    yield paragraph(
        f"Reading, and writing blanks, is CPU time, {number(result['blanks_kernel']['median'])} s of the blanks' in the kernel; the rest is wall time of "
        "the whole program, with nothing in its cache but where it merges again. Each "
        f"further 1,000 agencies take {number(seconds['per_1000'])} s and {number(mib['per_1000'])} MiB; {', '.join(sizes[:-1])} and {sizes[-1]} "
        f"agencies lie off a straight line by at most {seconds['deviation']:.1%} in time and {mib['deviation']:.1%} in memory (aim: 10% in time).")
    yield "![time and memory against agencies](tests/pictures/growth.svg)"
    yield "The same work by others, whole programs, CPU time a workbook; `export` is what reads all values here:"
    yield table(["work", "by", "workbooks", "median", "ratio to its floor: median (min to max)"], [
        [WORKS[one["work"]], one["who"], f"{one['files']:,}", f"{number(one['ms']['median'])} ms", ranged(one["ratio"])] for one in sorted(result["peers"], key=lambda one: one["work"])])


FLOORS = {"inflate": "inflating", "deflate": "deflating", "full merge": "merging from nothing", "`true`": "starting `true`"}
WORKS = {"read": "read all values", "write": "write blanks with validations"}


def paragraph(text):
    return textwrap.fill(text, 140, break_on_hyphens=False)


def table(header, rows):
    return "\n".join("| " + " | ".join(cell or "" for cell in row) + " |" for row in [header, ["---"] * len(header), *rows])


# The plot

def steps(most):
    """Round marks of an axis from 0 to beyond `most`."""
    step = next(step for power in range(-3, 9) for step in (10 ** power, 2 * 10 ** power, 5 * 10 ** power) if most / step <= 5)
    count = int(most / step + 0.999)
    return [step * index for index in range(count + 1)]


def plot(left, title, points, line, floors=()):
    """Whiskers from least to most, the straight line that fits them, and the floor."""
    across, up = steps(max(x for x, _ in points)), steps(max(spread["max"] for _, spread in points))

    def at(x, y):
        return (f"{left + LEFT + x / across[-1] * (WIDTH - LEFT - 30):.1f}", f"{TOP + (1 - y / up[-1]) * (HEIGHT - TOP - 34):.1f}")

    def stroke(start, end, style):
        return '<line x1="{}" y1="{}" x2="{}" y2="{}" {}/>'.format(*at(*start), *at(*end), style)

    def text(where, shift, anchor, what):
        x, y = where
        return f'<text x="{float(x) + shift[0]:.1f}" y="{float(y) + shift[1]:.1f}" text-anchor="{anchor}">{what}</text>'

    yield text(at(0, up[-1]), (0, -10), "start", title)
    for x in across:
        yield text(at(x, 0), (0, 16), "middle", f"{x:,.0f}")
    for y in up:
        yield stroke((0, y), (across[-1], y), 'stroke="#ddd"') + text(at(0, y), (-6, 4), "end", f"{y:,g}")
    yield stroke((0, max(line["start"], 0)), (points[-1][0], line["start"] + line["per_1000"] * points[-1][0] / 1000), 'stroke="#1f77b4"')
    for start, end in zip(floors, floors[1:]):
        yield stroke(start, end, 'stroke="#999" stroke-dasharray="4 3"')
    for x, spread in points:
        yield stroke((x, spread["min"]), (x, spread["max"]), 'stroke="#1f77b4" stroke-width="2"')
        yield '<circle cx="{}" cy="{}" r="3.5" fill="#1f77b4"/>'.format(*at(x, spread["median"]))


def drawn(result):
    growth = result["growth"]
    seconds, mib = ([(one["agencies"], one[what]) for one in growth] for what in ("seconds", "mib"))
    floors = [(one["agencies"], one["floor"]["median"]) for one in growth]
    body = [*plot(0, "merging, seconds (dashed: only inflating, one thread)", seconds, result["line_seconds"], floors),
            *plot(WIDTH, "its peak memory, MiB, against agencies", mib, result["line_mib"])]
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="11">\n'
            '<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(body) + "\n</svg>\n")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    result = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    if result["failed"]:
        sys.exit("not everything was measured: " + "; ".join(result["failed"]))
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    if not after:
        sys.exit("README.md has lost the marks of its section on speed")
    readme.write_text(before + START + "\n" + "\n\n".join(section(result)) + "\n\n" + END + after, encoding="utf-8")
    (ROOT / "tests" / "pictures" / "growth.svg").write_text(drawn(result), encoding="utf-8")


if __name__ == "__main__":
    main()
