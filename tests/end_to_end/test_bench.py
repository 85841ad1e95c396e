"""The benchmarks' made rounds hold what they are said to hold, and their figures are told right."""

import copy
import csv
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import openpyxl

import made_round
import support

BENCH = support.ROOT / "tests" / "bench"
sys.path.insert(0, str(BENCH))

import measure  # noqa: E402
import readme  # noqa: E402

SIZE = 25  # all forms, and of each all writers


def make(folder, *options):
    subprocess.run([sys.executable, "-B", BENCH / "make_round.py", support.TONGHOP, folder, *map(str, options)], check=True)


def listed(folder):
    with open(folder / "files.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class MadeRound(support.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = cls.class_folder()
        make(cls.made, 5, SIZE)
        cls.round = cls.made / str(SIZE)

    def test_every_form_comes_from_every_writer(self):
        files = listed(self.round)
        self.assertEqual({(row["form"], row["writer"]) for row in files},
                         {(form, writer) for form in support.AGENCY_FORMS for writer in ("excel", "libreoffice", "openpyxl")})
        self.assertEqual(sorted(row["file"] for row in files), sorted(f"inbox/{path.name}" for path in (self.round / "inbox").iterdir()))

    def test_an_agency_returns_the_same_in_every_round(self):
        for path in (self.made / "5" / "inbox").iterdir():
            self.assertEqual(path.read_bytes(), (self.round / "inbox" / path.name).read_bytes())

    def test_the_same_seed_gives_the_same_bytes(self):
        for name in ("once", "again"):
            make(self.folder / name, 5, "--writer", "excel")
        self.assertEqual(*(support.snapshot(self.folder / name / "5" / "inbox") for name in ("once", "again")))

    def test_nothing_is_refused_and_every_agency_is_known(self):
        merged = self.merge(self.round / "inbox", options=("--round", self.round / "round.xlsx"))
        self.assertIn(f"agencies                          {SIZE}", merged.result.stdout)
        self.assertEqual([row for row in merged.findings if row["code"].startswith(("agency-", "file-", "row-", "variant-"))], [])

    def test_what_openpyxl_finds_in_the_files_is_what_is_read(self):
        catalogue = made_round.Catalogue()
        for row in listed(self.round):
            path = self.round / row["file"]
            read, _ = self.read(path)
            texts = {cell: value for cell, value in typed_otherwise(path, row["form"])}
            values = {one["indicator"]: float(one["value"]) for one in read if one["value"] and one["indicator"] not in texts}
            found = {indicator: float(value) for indicator, value in made_round.read(path, row["form"], catalogue, {}).items()
                     if indicator not in texts}
            self.assertEqual(values.keys(), found.keys(), path)
            for indicator, value in found.items():
                self.assertAlmostEqual(values[indicator], value, 9, f"{path} {indicator}")
            self.assertGreater(len(found), 50)


def typed_otherwise(path, form):
    """Inputs where a text stands that openpyxl's reader of the tests does not take apart."""
    for indicator, cell in made_round.cells(openpyxl.load_workbook(path), form).items():
        if isinstance(cell.value, str) and not cell.value.startswith("="):
            yield indicator, cell.value


class Figures(support.TestCase):
    def test_points_on_a_line_are_off_it_by_nothing(self):
        start, slope, deviation = measure.line_through([(200, 1.2), (1000, 2.0), (10_000, 11.0)])
        self.assertAlmostEqual(start, 1.0)
        self.assertAlmostEqual(slope, 0.001)
        self.assertLess(deviation, 1e-9)

    def test_what_grows_with_the_square_is_told(self):
        self.assertGreater(measure.line_through([(n, n * n) for n in (200, 1000, 3321, 10_000)])[2], 0.1)

    def test_memory_and_time_are_those_of_the_child(self):
        took = measure.run(sys.executable, "-c", "x = bytearray(200 << 20); x[::4096] = b'x' * len(x[::4096]); print(sum(range(3_000_000)))")
        self.assertGreater(took.mib, 200)
        self.assertLess(took.mib, 300)
        self.assertGreater(took.wall, 0.01)
        self.assertGreater(took.cpu, 0.01)
        self.assertTrue(0 < took.kernel < took.cpu)  # its pages

    def test_a_program_that_fails_is_no_figure(self):
        with self.assertRaises(measure.Failed):
            measure.run("false")


class Told(support.TestCase):
    """What the README says of a run."""

    THREE = {"min": 0.51, "median": 0.62, "max": 0.73}
    RESULT = {
        "machine": {"processor": "Z80", "cores": 2, "date": "2027-04-01"}, "repeats": 5, "starts": 40, "size": 3321, "file_bytes": 20480,
        "part_bytes": 102400, "disturbed": "", "failed": [],
        "rows": [{"name": "merge", "what": "merge", "unit": "s", "value": THREE, "aim": "0.7", "ratio": THREE, "floor": "inflate"},
                 {"name": "memory", "what": "its memory", "unit": "MiB", "value": {"min": 1, "median": 123.4, "max": 200}, "aim": "150 MiB",
                  "ratio": None, "floor": ""}],
        "growth": [{"agencies": n, "seconds": {"min": n / 1100, "median": n / 1000, "max": n / 900}, "mib": {"min": n, "median": n, "max": n},
                    "floor": {"median": n / 2000}} for n in (200, 1000, 10_000)],
        "blanks_kernel": THREE,
        "line_seconds": {"start": 0, "per_1000": 1.0, "deviation": 0.042}, "line_mib": {"start": 0, "per_1000": 1000, "deviation": 0},
        "peers": [{"work": "write", "who": "tonghop", "files": 3321, "ms": THREE, "ratio": THREE},
                  {"work": "read", "who": "Gnumeric", "files": 20, "ms": THREE, "ratio": THREE}]}

    def told(self, **changes):
        return "\n".join(readme.section({**copy.deepcopy(self.RESULT), **changes}))

    def test_every_figure_is_told_with_its_spread(self):
        text = self.told()
        self.assertIn("On 2 cores of an Z80, 1/4/2027; 5 runs", text)
        self.assertIn("| merge | 0.62 s | 0.62 (0.51 to 0.73), inflating | ≤ 0.7 |", text)
        self.assertIn("| its memory | 123 MiB |  | ≤ 150 MiB |", text)
        self.assertIn("CPU time, 0.62 s of the blanks' in the kernel;", " ".join(text.split()))
        self.assertIn("by at most 4.2% in time", " ".join(text.split()))
        self.assertLess(text.index("| read all values | Gnumeric | 20 |"), text.index("| write blanks with validations | tonghop | 3,321 |"))

    def test_a_noisy_machine_is_told(self):
        self.assertNotIn("not quiet", self.told())
        self.assertIn("not quiet", self.told(disturbed="The machine was not quiet."))

    def test_the_plot_has_a_mark_for_every_size(self):
        root = ElementTree.fromstring(readme.drawn(self.RESULT))
        circles = root.findall("{http://www.w3.org/2000/svg}circle")
        self.assertEqual(len(circles), 6)
        # Equal steps of agencies are equal steps across; more seconds stand higher.
        across = [float(circle.get("cx")) for circle in circles[:3]]
        self.assertAlmostEqual((across[2] - across[1]) / (across[1] - across[0]), 9000 / 800, 1)
        heights = [float(circle.get("cy")) for circle in circles[:3]]
        self.assertEqual(heights, sorted(heights, reverse=True))
