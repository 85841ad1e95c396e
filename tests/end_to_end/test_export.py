"""Exports: other programs read them, they are inputs again, and reading spread over processes gives the same bytes."""

import csv
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import unittest

import made_province
import support
from support import DONE, RETURNED, USAGE, WITH_FINDINGS

FORMATS = ("csv", "json", "sqlite")


class Exports(support.TestCase):
    def setUp(self):
        super().setUp()
        (self.folder / "in").mkdir()
        for file in sorted(RETURNED.glob("*.xlsx")):
            shutil.copy(file, self.folder / "in")
        # Doubts of every kind must travel: a file that is none, one that is damaged, an archive, a note.
        (self.folder / "in/broken.xlsx").write_bytes((RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx").read_bytes()[:5000])
        (self.folder / "in/notes.txt").write_text("no workbook\n", encoding="utf-8")
        with support.zipfile.ZipFile(self.folder / "in/more.zip", "w") as archive:
            archive.write(RETURNED / "Binh-Lang-6-thang-2022.xlsx", "again.xlsx")

    def export(self, *inputs, to, code=WITH_FINDINGS):
        self.tonghop("export", *inputs, "--to", to, code=code)
        return self.folder / to

    def results(self, *inputs, name):
        merged = self.merge(*inputs, name=name, code=WITH_FINDINGS)
        said = merged.result.stdout.replace(str(self.folder / name), "")
        return [path.read_bytes() for path in (merged.path, merged.values_path, merged.findings_path)] + [said, merged.result.stderr]

    def test_exports_merge_to_the_bytes_of_their_workbooks(self):
        expected = self.results("in", "gone.xlsx", name="direct")
        for form in FORMATS:
            self.export("in", "gone.xlsx", to=f"all.{form}")
            self.assertTrue(self.results(f"all.{form}", name=form) == expected, form)

    def test_an_agency_whose_sheets_come_in_two_exports_is_put_together(self):
        self.tonghop("blank", "--template", "binh-lang-2022", "--agency", "UBND xã Thử", "--period", "Quý I", "-o", ".")
        for name, sheet, cell in (("one", "Biểu mẫu 1", "D12"), ("two", "Biểu mẫu 2", "D12")):
            book = support.openpyxl.load_workbook(self.folder / "binh-lang-2022.xlsx")
            book[sheet][cell] = 5
            book.save(self.folder / f"{name}.xlsx")
            self.export(f"{name}.xlsx", to=f"{name}.csv", code=DONE)
        direct = self.merge("one.xlsx", "two.xlsx", name="direct")
        spread = self.merge("one.csv", "two.csv", name="spread")
        self.assertIn("return-joined", [row["code"] for row in direct.findings])
        for ours, theirs in ((direct.path, spread.path), (direct.findings_path, spread.findings_path)):
            self.assertEqual(ours.read_bytes(), theirs.read_bytes())

    def test_reading_spread_by_gnu_parallel_gives_the_same_bytes(self):
        made_province.make(self.folder / "made")
        line = next(line for line in (support.ROOT / "README.md").read_text(encoding="utf-8").splitlines() if "parallel -N" in line)
        self.assertIn("::: tests/returned/*.xlsx", line)
        line = line.replace("tests/returned/*.xlsx", "made/*.xlsx in/*").replace("-N 2", "-N 4")
        program = pathlib.Path(support.TONGHOP).resolve()
        environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}", LC_ALL="C.UTF-8")
        done = subprocess.run(line, shell=True, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(len(list((self.folder / "parts").iterdir())), 7)
        files = [f"{path.parent.name}/{path.name}" for path in sorted((self.folder / "made").glob("*.xlsx"))]
        files += [f"in/{path.name}" for path in sorted((self.folder / "in").iterdir())]
        self.assertTrue(self.results("parts", name="spread") == self.results(*files, name="direct"))

    def test_one_more_digit_in_a_workbook_changes_the_result(self):
        (self.folder / "in/more.zip").unlink()
        self.export("in", to="old.json")
        path = self.folder / "in/Binh-Lang-6-thang-2022.xlsx"
        book = support.openpyxl.load_workbook(path)
        book["Biểu mẫu 1"]["D12"] = 61
        book.save(path)
        self.export("in", to="new.json")
        self.assertNotEqual(self.results("old.json", name="old")[1], self.results("new.json", name="new")[1])
        # Both at once: two files of one path, each named with its export, and the agency's conflict is said.
        both = self.merge("old.json", "new.json", name="both", code=WITH_FINDINGS)
        conflict = next(row for row in both.findings if row["code"] == "return-conflict")
        self.assertIn("new.json/in/Binh-Lang-6-thang-2022.xlsx", conflict["file"] + conflict["message"])
        self.assertIn("old.json/in/Binh-Lang-6-thang-2022.xlsx", conflict["file"] + conflict["message"])

    def test_a_file_told_of_twice_counts_once(self):
        expected = self.results("in", name="once")
        self.export("in", to="a.csv")
        self.export("in/CCHC-quy-I-2021-SXD-Quang-Binh.xlsx", "in/broken.xlsx", to="b.sqlite")
        for inputs in (("in", "a.csv"), ("a.csv", "b.sqlite"), ("b.sqlite", "in", "a.csv")):
            self.assertTrue(self.results(*inputs, name="twice") == expected, inputs)

    def test_export_says_what_read_says(self):
        files = sorted(RETURNED.glob("*.xlsx"))
        rows, _ = self.read(*files, code=WITH_FINDINGS)
        for form in FORMATS:
            told = [row for row in self.observations(self.export(*files, to=f"o.{form}")) if row["key"]]
            self.assertEqual(len(told), len(rows))
            for ours, theirs in zip(told, rows):
                for name in ("file", "sheet", "cell", "agency", "template", "key", "number", "label", "indicator", "kind",
                             "raw", "status", "note"):
                    self.assertEqual(ours[name], theirs[name], (form, name))
                self.assertEqual(ours["value"] or ours["text"], theirs["value"])
                self.assertEqual(ours["sha256"], support.sha256(theirs["file"]))

    def observations(self, path):
        """The observations of an export as another program reads them: every cell a text, a value exact."""
        if path.suffix == ".csv":
            with open(path, encoding="utf-8", newline="") as lines:
                return [row for row in csv.DictReader(lines) if row["record"] == "observations"]
        if path.suffix == ".json":
            return json.loads(path.read_text(encoding="utf-8"))["observations"]
        base = sqlite3.connect(path)
        self.addCleanup(base.close)
        base.row_factory = sqlite3.Row
        self.assertEqual(base.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        self.assertEqual(base.execute("PRAGMA foreign_key_check").fetchall(), [])
        rows = [dict(row) for row in base.execute("SELECT * FROM observations ORDER BY rowid")]
        for row in rows:
            if row["value_exact"] is not None:
                self.assertIsInstance(row["value"], float)
                self.assertEqual(row["value"], float(row["value_exact"]))
            row["value"] = row["value_exact"]
        return [{name: "" if value is None else value for name, value in row.items()} for row in rows]

    def test_sqlite_answers_the_question_of_the_readme(self):
        path = self.export("in", to="observations.sqlite")
        text = (support.ROOT / "README.md").read_text(encoding="utf-8")
        query = support.re.search(r"```sql\n(.*?)```", text, support.re.S).group(1)
        base = sqlite3.connect(path)
        self.addCleanup(base.close)
        merged = self.merge("in", name="merged", code=WITH_FINDINGS)
        grid = support.agency_grid(merged.path)["steering.plan.assigned"]
        found = {agency: value for agency, value in base.execute(query)}  # Bình Lãng came twice
        self.assertEqual(found, {agency: float(value) for agency, value in grid.items()})
        states = base.execute("SELECT state, count(*) FROM files GROUP BY state ORDER BY state").fetchall()
        self.assertEqual(states, [("ignored", 1), ("refused", 1), ("used", 6)])

    def test_whatever_is_changed_is_refused_with_one_line(self):
        good = {form: self.export("in", to=f"o.{form}") for form in FORMATS}

        def edit_sql(statement):
            def change(path):
                base = sqlite3.connect(path)
                base.execute(statement)
                base.commit()
                base.close()
            return change

        def edit_text(old, new):
            def change(path):
                text = path.read_text(encoding="utf-8")
                self.assertIn(old, text)
                path.write_text(text.replace(old, new, 1), encoding="utf-8")
            return change

        def cut(path):
            path.write_bytes(path.read_bytes()[:-20_000])

        for form, change, said in (
                ("csv", edit_text(",21,,extracted,", ",2.1e1,,extracted,"), r"line \d+, value\): found “2\.1e1”, expected a decimal"),
                ("csv", edit_text(",21,,extracted,", ",12,,extracted,"), r"as a whole\): found “other content, SHA-256"),
                ("csv", cut, r"line \d+\)"),
                ("json", edit_text('"value": "21"', '"value": 21'), r"observations, row \d+, value\): found “21”, expected a text"),
                ("json", cut, r"line \d+\)"),
                ("sqlite", edit_sql("UPDATE observations SET value = 22 WHERE value_exact = '21'"),
                 r"observations, row \d+, value\): found “22”, expected 21, as in value_exact"),
                ("sqlite", edit_sql("UPDATE observations SET value = 22, value_exact = '22' WHERE value_exact = '21'"), "as a whole"),
                ("sqlite", edit_sql("DELETE FROM findings WHERE rowid = 3"), "as a whole"),
                ("sqlite", edit_sql("DROP TABLE remarks"), r"remarks\): found “no such table”"),
                ("sqlite", cut, "malformed|as a whole"),
        ):
            with self.subTest(form=form, said=said):
                path = self.folder / f"changed.{form}"
                shutil.copy(good[form], path)
                change(path)
                lines = self.tonghop("check", path.name, code=WITH_FINDINGS).stdout.splitlines()
                refused = [line for line in lines if line.startswith(f"error: changed.{form}: ")]
                self.assertEqual(len(refused), 1, lines)
                self.assertRegex(refused[0], said)
                self.assertRegex("\n".join(lines), r"files refused +1\n")
                path.unlink()

    def test_an_export_is_written_whole_or_not_at_all_and_never_over_an_input(self):
        self.export("in", to="in/observations.csv")
        first = (self.folder / "in/observations.csv").read_bytes()
        self.export("in", to="in/observations.csv")  # what an earlier one wrote is replaced, and is no input of itself
        self.assertEqual((self.folder / "in/observations.csv").read_bytes(), first)
        before = support.snapshot(self.folder)
        for arguments in (["in/observations.csv", "--to", "in/observations.csv"], ["in", "--to", "in/notes.csv"]):
            if "in/notes.csv" in arguments:
                (self.folder / "in/notes.csv").write_text("a,b\n", encoding="utf-8")
                before = support.snapshot(self.folder)
            self.assertIn("inputs are never written", self.tonghop("export", *arguments, code=USAGE).stderr)
        said = self.tonghop("merge", "in", "-o", "out.xlsx", "--values", "in/observations.csv", code=USAGE).stderr
        self.assertIn("inputs are never written", said)
        self.assertEqual(support.snapshot(self.folder), before)
        self.tonghop("export", "in", "--to", "/proc/nowhere.csv", code=support.NOT_WRITTEN)

    def test_a_path_that_is_no_text_is_the_same_in_all_outputs(self):
        os.rename(os.fsencode(self.folder / "in/CCHC-quy-I-2021-SXD-Quang-Binh.xlsx"), os.fsencode(self.folder) + b"/in/s\xF4.xlsx")
        expected = self.results("in", name="direct")
        self.export("in", to="o.csv")
        self.assertTrue(self.results("o.csv", name="o") == expected)
        self.assertIn("in/s\uFFFD.xlsx", expected[2].decode("utf-8"))


if __name__ == "__main__":
    unittest.main()
