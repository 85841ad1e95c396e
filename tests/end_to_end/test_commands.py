"""The command line: help with examples, exit codes, and the three formats of `read`."""

import csv
import io
import json
import unittest
from fractions import Fraction

import openpyxl

import oracle
import support
import test_round
from support import DONE, FORMS, NOT_WRITTEN, READ_HEADER, RETURNED, USAGE, WITH_FINDINGS

COMMANDS = ["templates", "init", "blank", "mail", "read", "merge", "check", "status", "return", "why", "export", "schema", "lint"]


STATUS_WORDS = {"exact": "exact", "normalized": "normalized", "extracted": "taken out of a text", "blank": "no value",
                "ambiguous": "doubtful, not used", "unreadable": "unreadable, not used", "not_applicable": "not applicable"}


class Commands(support.TestCase):
    def test_help_lists_all_commands_and_each_command_has_an_example(self):
        said = self.tonghop("--help").stdout
        for command in COMMANDS:
            self.assertRegex(said, rf"(?m)^ +{command} ")
            self.assertRegex(self.tonghop(command, "--help").stdout, rf"(?m)^Example: tonghop {command}\b")

    def test_the_general_help_has_an_example(self):
        self.assertRegex(self.tonghop("--help").stdout, r"(?m)^ *Example: tonghop ")

    def test_the_examples_of_the_help_run(self):
        (self.folder / "returns").mkdir()
        for name in ("So-Ngoai-vu-CCHC-6T-2023.xlsx", "PL-bao-cao-CCHC-quy-III-STTTT.xlsx"):
            (self.folder / "returns" / name).write_bytes((RETURNED / name).read_bytes())
        (self.folder / "returns/so-noi-vu.xlsx").write_bytes((RETURNED / "Binh-Lang-6-thang-2022.xlsx").read_bytes())
        (self.folder / "my-survey").mkdir()
        for file in support.SURVEY.glob("*.xml"):
            (self.folder / "my-survey" / file.name).write_bytes(file.read_bytes())
        book = openpyxl.Workbook()
        book.active.append(["Code", "Name"])
        book.active.append(["1", "Department of Finance"])
        book.save(self.folder / "agencies.xlsx")
        test_round.make_round(self.folder / "round.xlsx", [["1", "Sở Nội vụ", None, None, None, "khanh-hoa-2023"]])
        self.tonghop("blank", "--round", "round.xlsx")
        self.tonghop("blank", "--round", "round.xlsx", "-o", "made")
        (self.folder / "made").rename(self.folder / "inbox")  # sent back as it is, which is said
        for command in sorted(COMMANDS, key="return".__eq__):  # it writes into the folder that others read
            lines = self.tonghop(command, "--help").stdout.splitlines()
            example = next(line for line in lines if line.startswith("Example: ")).removeprefix("Example: tonghop ")
            result = support.tonghop(*support.shlex.split(example), cwd=self.folder)
            self.assertIn(result.returncode, [DONE, WITH_FINDINGS] if command in ("mail", "status", "return") else [DONE], result)

    def test_usage_errors_are_exit_code_2_and_say_something(self):
        for arguments in ([], ["--nonsense"], ["nonsense"], ["read"], ["merge"], ["merge", "x.xlsx"], ["blank"],
                          ["read", "x.xlsx", "--format", "yaml"], ["why", "1.2"],
                          ["why", "no such thing at all", "x.xlsx"], ["export", "x.xlsx"], ["export", "x.xlsx", "--to", "x.txt"],
                          ["schema", "nonsense"], ["check"], ["blank", "--template", "nonsense", "-o", "out"],
                          ["templates", "--definitions", "nowhere"], ["--lang", "fr", "templates"]):
            with self.subTest(arguments=arguments):
                result = self.tonghop(*arguments, code=USAGE)
                self.assertNotEqual(result.stderr.strip(), "")
                self.assertEqual(support.snapshot(self.folder), {})

    def test_an_unknown_template_is_named_with_the_nearest_one(self):
        said = self.tonghop("blank", "--template", "khanh-hoa-2032", "-o", "out", code=USAGE).stderr
        self.assertEqual(said.count("\n"), 1)
        self.assertIn('"khanh-hoa-2032"', said)
        self.assertIn('Did you mean "khanh-hoa-2023"?', said)
        self.assertFalse((self.folder / "out").exists())

    def test_an_unknown_template_that_is_near_to_none_ends_its_sentence(self):
        said = self.tonghop("blank", "--template", "x", "-o", "out", code=USAGE).stderr
        self.assertEqual(said, 'error: no template is called "x". See `tonghop templates`.\n')

    def test_an_agency_or_period_that_fits_no_cell_is_a_usage_error(self):
        clean = RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx"
        for command in (["blank", "-o", "out"], ["merge", clean, "-o", "out.xlsx"]):
            for option in ("--agency", "--period"):
                for text, complaint in (("ở" * 256, "256 characters"), ("a\nb", "line break"), ("a\rb", "line break")):
                    with self.subTest(command=command[0], option=option, complaint=complaint):
                        said = self.tonghop(*command, option, text, code=USAGE).stderr
                        self.assertRegex(said, rf"\Aerror: {option} has .*{complaint}.*\n\Z")
                        self.assertEqual(support.snapshot(self.folder), {})
            self.tonghop(*command, "--agency", "ở" * 255, "--period", "ở" * 255)
            support.shutil.rmtree(self.folder / "out", ignore_errors=True)  # the next command starts with nothing

    def test_merge_says_which_rows_are_missing(self):
        self.tonghop("blank", "--template", "tra-vinh-2021", "--agency", "Sở Thử", "--period", "Quý I", "-o", ".")
        book = openpyxl.load_workbook(self.folder / "tra-vinh-2021.xlsx")
        table = support.Table(book.worksheets[0])
        book.worksheets[0].delete_rows(max(table.keys.values()))
        book.save(self.folder / "short.xlsx")
        merged = self.merge("short.xlsx", code=WITH_FINDINGS)  # it is blank, too
        self.assertIn("rows-missing", {row["code"] for row in merged.findings})
        self.assertRegex(merged.result.stderr, r"(?m)^warning: short\.xlsx.*rows? of the form")

    def test_done_is_0_findings_of_severity_error_are_1(self):
        clean, unread = RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx", RETURNED / "CCHC-quy-I-2021-SXD-Quang-Binh.xlsx"
        self.assertIn("warning: ", self.tonghop("read", clean, code=DONE).stderr)
        self.assertIn("error: ", self.tonghop("read", unread, code=WITH_FINDINGS).stderr)
        self.assertTrue(all(row["severity"] != "error" for row in self.merge(clean, code=DONE).findings))
        self.assertTrue(any(row["severity"] == "error" for row in self.merge(unread, code=WITH_FINDINGS).findings))

    def test_an_output_that_cannot_be_written_is_3(self):
        self.tonghop("blank", "-o", "/proc/nowhere", code=NOT_WRITTEN)

    def test_templates_lists_what_the_xml_says(self):
        listed = support.listed_templates(self.tonghop("templates").stdout)
        self.assertEqual(sorted(listed), FORMS)
        for form, line in listed.items():
            root = support.definition(form)
            self.assertEqual(line["title"], root.get("title"))
            if form == support.SUMMARY_FORM:
                continue
            base = root if root.find("sheet") is not None else support.definition(root.get("extends"))
            self.assertEqual(int(line["sheets"]), len(base.findall("sheet")))
            self.assertEqual(int(line["rows"]), len(list(base.iter("row"))) + len(list(base.iter("section"))))
            self.assertEqual(int(line["inputs"]), len(support.input_keys(form)))

    def test_the_forms_have_the_rows_that_the_issue_counts(self):
        listed = support.listed_templates(self.tonghop("templates").stdout)
        self.assertEqual({form: int(line["rows"]) for form, line in listed.items() if form != support.SUMMARY_FORM},
                         {"khanh-hoa-2023": 207, "binh-lang-2022": 123, "tra-vinh-2021": 109, "quang-binh-2021": 121,
                          "ngoai-vu-2023": 121})
        self.assertEqual(int(listed["binh-lang-2022"]["sheets"]), 7)

    def test_read_prints_a_row_for_every_input_of_the_template(self):
        listed = support.listed_templates(self.tonghop("templates").stdout)
        files = sorted(RETURNED.glob("*.xlsx"))
        rows, _ = self.read(*files, code=WITH_FINDINGS)
        self.assertEqual(list(dict.fromkeys(row["file"] for row in rows)), [str(file) for file in files])
        for file in files:
            own = [row for row in rows if row["file"] == str(file)]
            form = own[0]["template"]
            self.assertEqual(len(own), int(listed[form]["inputs"]))
            self.assertEqual([row["key"] for row in own], support.input_keys(form))

    def test_csv_and_json_say_the_same(self):
        files = sorted(RETURNED.glob("*.xlsx"))
        text = self.tonghop("read", "--format", "csv", *files, code=WITH_FINDINGS).stdout
        self.assertEqual(text.partition("\n")[0], "file,sheet,cell,agency,template,key,number,label,indicator,kind,raw,value,status,note")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        listed = json.loads(self.tonghop("read", "--format", "json", *files, code=WITH_FINDINGS).stdout)
        self.assertEqual(list(listed[0]), READ_HEADER.split(","))
        self.assertEqual(listed, rows)
        self.assertGreater(len(rows), 500)

    def test_csv_values_are_plain(self):
        rows, _ = self.read(*sorted(RETURNED.glob("*.xlsx")), code=WITH_FINDINGS)
        patterns = {"count": r"\d+", "amount": r"\d+(\.\d+)?", "percent": r"0|1|0\.\d+", "choice": r"\d"}
        for row in rows:
            if row["status"] in ("exact", "normalized", "extracted"):
                self.assertRegex(row["value"], rf"^(?:{patterns[row['kind']]})$", row)
            else:
                self.assertEqual(row["value"], "")
                self.assertIn(row["status"], ("ambiguous", "not_applicable", "unreadable", "blank"))

    def test_the_table_shows_every_value(self):
        file = RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx"
        table = self.tonghop("read", file).stdout.splitlines()
        rows, _ = self.read(file)
        self.assertEqual(table[0], f"{file}: Sở Ngoại vụ, 6 tháng đầu năm 2023 (ngoai-vu-2023)")
        lines = [line for line in table[1:] if line]
        self.assertEqual(len(lines), len(rows))
        for line, row in zip(lines, rows):
            self.assertTrue(line.startswith(row["number"]))
            self.assertTrue(line.endswith(STATUS_WORDS[row["status"]]))
            self.assertEqual(row["cell"] in line.split(), True)
            if row["value"] and row["kind"] == "percent":  # people read per cent
                self.assertIn(oracle.decimal(100 * Fraction(row["value"])) + "%", line.split())
            elif row["value"]:
                self.assertIn(row["value"], line.split())

    def test_labels_with_commas_quotes_and_line_breaks_survive_csv(self):
        self.tonghop("blank", "--template", "tra-vinh-2021", "-o", ".")
        book = openpyxl.load_workbook(self.folder / "tra-vinh-2021.xlsx")
        sheet = book.worksheets[0]
        table = support.Table(sheet)
        sheet.cell(table.keys["1.1.1"], table.note_column).value = 'một, "hai"\nba'
        book.save(self.folder / "noted.xlsx")
        rows, _ = self.read("noted.xlsx")
        self.assertEqual(next(row for row in rows if row["key"] == "1.1.1")["note"].split(), ["một,", '"hai"', "ba"])

    def test_messages_come_in_vietnamese_when_asked(self):
        said = self.tonghop("--lang", "vi", "read", "missing.xlsx", code=WITH_FINDINGS).stderr
        self.assertIn("Không tìm thấy tệp", said)

    def test_the_shipped_definitions_have_no_problems(self):
        said = self.tonghop("lint").stdout
        for form in FORMS:
            self.assertRegex(said, rf"(?m)^{form}: ")
        for folder in (support.TEMPLATES, support.MAPPINGS):  # the same files from the disk
            support.shutil.copytree(folder, self.folder / "definitions" / folder.name)
        self.assertEqual(self.tonghop("lint", "--definitions", "definitions").stdout, said)

    def test_no_input_row_is_unmapped(self):
        counts = support.re.findall(r"(\d+) inputs, (\d+) mapped", self.tonghop("lint").stdout)
        self.assertEqual(len(counts), len(FORMS))
        for inputs, mapped in counts:
            self.assertEqual(inputs, mapped)


if __name__ == "__main__":
    unittest.main()
