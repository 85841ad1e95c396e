"""A survey that has nothing to do with the shipped forms, in English, made up, XML only, goes the whole way."""

import re
import unittest

import openpyxl

import support
from support import SURVEY, Table

VIETNAMESE = re.compile("[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE)

# key -> what was typed
ANSWERS = {
    "Hill School": ("school-meals", {"1.1.a": 320, "1.1.b": 275, "1.2": 41.25, "1.3": 0.2, "2.1": 1, "2.2": 3850.5, "2.3": 0.9,
                                     "2.4": "More fruit"}),
    "Lake School": ("school-meals", {"1.1.a": 180, "1.1.b": 90, "1.2": 12.5, "1.3": 0.35, "2.1": 2, "2.2": 1999.25, "2.3": 0.75,
                                     "2.4": "Shorter queues, please"}),
    "Little Nursery": ("nursery-meals", {"1.1.a": 48, "1.1.b": 48, "1.2": 3.2, "1.3": 0.2, "3.1": 36}),
}


class Survey(support.TestCase):
    def survey(self, command, *arguments, code=support.DONE):
        return self.tonghop("--definitions", SURVEY, command, *arguments, code=code)

    def setUp(self):
        super().setUp()
        (self.folder / "returns").mkdir()
        for school, (form, answers) in ANSWERS.items():
            self.survey("blank", "--template", form, "--agency", school, "--period", "Spring 2027", "-o", school)
            book = openpyxl.load_workbook(self.folder / school / (form + ".xlsx"))
            left = dict(answers)
            for name, table in support.tables(book).items():
                column = next(cell.column for cell in book[name][table.header_row] if cell.value == "Figure")
                for key, row in table.keys.items():
                    if key in left:
                        book[name].cell(row, column).value = left.pop(key)
            self.assertEqual(left, {})
            book.save(self.folder / "returns" / (school + ".xlsx"))

    def merge_survey(self):
        return self.merge("returns", options=("--definitions", SURVEY))

    def test_its_definitions_have_no_problems(self):
        self.assertIn("no problems", self.survey("lint").stdout)

    def test_only_its_own_templates_are_listed(self):
        listed = support.listed_templates(self.survey("templates").stdout)
        self.assertEqual({form: (line["sheets"], line["inputs"]) for form, line in listed.items()},
                         {"meals-summary": ("2", "10"), "nursery-meals": ("1", "6"), "school-meals": ("2", "9")})

    def test_its_blanks_read_back_empty(self):
        self.survey("blank", "-o", "blanks")
        for form in ("nursery-meals", "school-meals"):
            result = self.survey("read", "--format", "csv", f"blanks/{form}.xlsx")
            self.assertEqual(result.stderr, "")
            self.assertEqual({row["status"] for row in support.rows_of(result.stdout, support.READ_HEADER)}, {"blank"})

    def test_every_answer_is_read(self):
        for school, (form, answers) in ANSWERS.items():
            result = self.survey("read", "--format", "csv", f"returns/{school}.xlsx")
            self.assertEqual(result.stderr, "")
            rows = {row["key"]: row for row in support.rows_of(result.stdout, support.READ_HEADER)}
            self.assertEqual({key: row["value"] for key, row in rows.items() if key != "1.1"},
                             {key: str(value) for key, value in answers.items()})
            self.assertEqual({row["agency"] for row in rows.values()}, {school})
        self.assertEqual(float(rows["1.1"]["value"]), 1)  # 48 / 48, computed by the form

    def test_the_merged_figures_are_right_by_hand(self):
        merged = self.merge_survey()
        values = {indicator: (line["value"], line["agencies"]) for indicator, line in merged.values.items()}
        self.assertEqual(float(values.pop("meals.share")[0]), (275 + 90 + 48) / (320 + 180 + 48))
        self.assertEqual(values, {
            "meals.pupils": ("548", "3"),      # 320 + 180 + 48
            "meals.eating": ("413", "3"),      # 275 + 90 + 48
            "meals.waste": ("56.95", "3"),     # 41.25 + 12.5 + 3.2
            "meals.meatless": ("", "3"),       # 20 % to 35 %, nothing to weight by
            "meals.bottles": ("36", "1"),
            "kitchen.cook": ("1:1 2:1 3:0", "2"),
            "kitchen.spent": ("5849.75", "2"),  # 3850.5 + 1999.25
            "kitchen.content": ("0.846", "2"),  # (0.9 * 320 + 0.75 * 180) / (320 + 180)
            "kitchen.wish": ("Hill School: More fruit | Lake School: Shorter queues, please", "2"),
        })
        self.assertEqual(merged.findings, [])

    def test_every_figure_stands_in_the_summary_and_by_school(self):
        merged = self.merge_survey()
        book = openpyxl.load_workbook(merged.path, data_only=True)
        self.assertEqual(book.sheetnames[:2], ["Meals", "Kitchen"])
        shown = {}
        for name in ("Meals", "Kitchen"):
            table = Table(book[name])
            column = next(cell.column for cell in book[name][table.header_row] if cell.value == "Figure")
            shown |= {book[name].cell(row, 2).value: book[name].cell(row, column).value for row in table.keys.values()}
        self.assertEqual({label: value for label, value in shown.items() if value not in (None, "")}, {
            "Share of pupils who eat at school (on an ordinary day)": 413 / 548, "- Pupils": 548, "- of them eat at school": 413,
            "Meals left uneaten, per week": 56.95, "Share of the menu without meat": "20 – 35 %",
            "Who cooks": "Own kitchen: 1; Caterer: 1; Nobody: 0", "Spent on food, per week": 5849.75,
            "Share of pupils content with the food": 0.846,
            "What should change first": "Hill School: More fruit\nLake School: Shorter queues, please",
            "Bottles warmed per day": 36})
        grid = support.grid_of(book["By agency"])
        self.assertEqual({school: row for school, row in grid["meals.waste"].items()},
                         {"Hill School": 41.25, "Lake School": 12.5, "Little Nursery": 3.2})
        self.assertEqual(grid["kitchen.wish"]["Hill School"], "More fruit")
        self.assertEqual(grid["meals.bottles"], {"Hill School": None, "Lake School": None, "Little Nursery": 36})

    def test_three_hundred_answers_in_words(self):
        self.survey("blank", "--template", "school-meals", "--period", "Spring 2027", "-o", "blank")
        book = openpyxl.load_workbook(self.folder / "blank/school-meals.xlsx")
        table = Table(book["Kitchen"])
        column = next(cell.column for cell in book["Kitchen"][table.header_row] if cell.value == "Figure")
        book["Kitchen"].cell(table.keys["2.4"], column).value = "Less salt"
        book.save(self.folder / "one.xlsx")
        (self.folder / "many").mkdir()
        for number in range(300):  # schools go by the names of their files
            support.shutil.copy(self.folder / "one.xlsx", self.folder / f"many/School {number:03}.xlsx")
        merged = self.merge("many", options=("--definitions", SURVEY))
        self.assertEqual(merged.values["kitchen.wish"]["value"].count(": Less salt"), 300)
        kitchen = openpyxl.load_workbook(merged.path)["Kitchen"]
        listed = next(cell.value for row in kitchen.iter_rows() for cell in row if "School 000: " in str(cell.value))
        self.assertTrue(listed.startswith("School 000: Less salt\nSchool 001: Less salt\n"))
        self.assertTrue(listed.endswith("\nSchool 250: Less salt…"))

    def test_no_vietnamese_text_is_in_its_workbooks(self):
        self.survey("blank", "-o", "blanks")
        self.merge_survey()
        books = [*(self.folder / "blanks").glob("*.xlsx"), self.folder / "merged.xlsx"]
        self.assertEqual(len(books), 3)
        for path in books:
            package = support.zipfile.ZipFile(path)
            for name in package.namelist():
                found = VIETNAMESE.findall(package.read(name).decode("utf-8"))
                self.assertEqual(found, [], f"{path.name}: {name}")
        self.assertIn("Instructions", openpyxl.load_workbook(books[0]).sheetnames)

    def test_a_form_of_the_survey_is_refused_by_the_shipped_definitions_and_the_other_way_round(self):
        said = self.tonghop("read", "returns/Hill School.xlsx", code=support.WITH_FINDINGS).stderr
        self.assertIn("school-meals", said)
        self.assertIn("--definitions", said)
        said = self.survey("read", support.RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx", code=support.WITH_FINDINGS).stderr
        self.assertIn("ngoai-vu-2023", said)


if __name__ == "__main__":
    unittest.main()
