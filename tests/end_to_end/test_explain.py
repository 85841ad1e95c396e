"""`why`, `check` and `schema`: figures taken apart agree with the merge, and JSON is as its schema says."""

import csv
import io
import json
import unittest
from decimal import Decimal

import jsonschema
import openpyxl

import made_province
import support
import test_decisions
import test_round
from support import DONE, RETURNED, USAGE, WITH_FINDINGS


class Explain(support.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shared = cls.class_folder()
        cls.files = made_province.make(cls.shared / "made")
        cls.inputs = [cls.shared / "made" / path.name for path in cls.files]
        cls.exported = cls.shared / "all.csv"
        support.tonghop("export", *cls.inputs, "--to", cls.exported)
        cls.code = support.tonghop("check", cls.exported).returncode
        cls.merged = support.merged(cls.inputs, cls.shared / "merged", code=cls.code)

    def why(self, indicator, *options, code=None, lang="en"):
        return self.tonghop("--lang", lang, "why", indicator, self.exported, *options, code=self.code if code is None else code)

    def addends(self, indicator):
        return list(csv.DictReader(io.StringIO(self.why(indicator, "--format", "csv").stdout, newline="")))

    def test_every_figure_is_the_sum_of_its_addends_and_every_addend_stands_in_its_cell(self):
        seen = set()
        books = {str(path): openpyxl.load_workbook(path, data_only=True) for path in self.inputs}
        for indicator in list(self.merged.values)[::9]:
            figure = self.merged.values[indicator]
            told = json.loads(self.why(indicator, "--format", "json").stdout)
            seen.add(told["basis"])
            self.assertEqual(told["value"] or "", figure["value"] if told["basis"] not in ("tally", "list") else "")
            self.assertEqual(str(told["agencies"]), figure["agencies"])
            total = {use: sum((Decimal(one["value"]) for one in told["addends"] if one["use"] == use), Decimal(0))
                     for use in ("value", "numerator", "denominator")}
            if told["basis"] == "sum":
                self.assertEqual(total["value"], Decimal(figure["value"]))
            if told["basis"] in ("ratio", "not_computable"):
                self.assertEqual(total["numerator"], Decimal(figure["numerator"]))
                self.assertEqual(total["denominator"], Decimal(figure["denominator"]))
            for one in told["addends"]:
                if one["use"] not in ("value", "numerator", "denominator", "weight", "authority", "other"):
                    continue
                typed = books[one["file"]][one["sheet"]][one["cell"]].value
                if isinstance(typed, (int, float)):
                    self.assertEqual(Decimal(str(typed)), Decimal(one["value"]), one)
        self.assertGreaterEqual(seen, {"sum", "ratio"})

    def test_json_and_csv_say_the_same_and_exports_what_workbooks_say(self):
        for indicator in ("steering.plan.completion", "steering.plan.assigned"):
            told = json.loads(self.why(indicator, "--format", "json").stdout)
            self.assertEqual(told["addends"], self.addends(indicator))
            direct = self.tonghop("why", indicator, *self.inputs, "--format", "json", code=self.code).stdout
            self.assertEqual(json.loads(direct), told)

    def test_an_indicator_is_found_by_id_number_key_and_words(self):
        by_id = self.why("steering.plan.completion").stdout
        for name in ("1.2", "1.2.", " 1.2 ", "tỷ lệ hoàn thành kế hoạch", "Tỷ lệ hoàn thành kế hoạch CCHC năm", "kế hoạch hoàn thành năm CCHC tỷ lệ"):
            self.assertEqual(self.why(name).stdout, by_id, name)
        self.assertEqual(self.why("1.2.a").stdout, self.why("steering.plan.assigned").stdout)

    def test_words_that_fit_several_indicators_list_them(self):
        said = self.why("nhiệm vụ", code=USAGE)
        self.assertEqual(said.stdout, "")
        self.assertRegex(said.stderr, r'\Aerror: "nhiệm vụ" may mean one of \d+ indicators; name one by its id:\n')
        self.assertRegex(said.stderr, r"(?m)^  steering\.plan\.assigned +1\.2\.a +Số nhiệm vụ")
        self.assertIn("no indicator is called", self.why("xyzzy", code=USAGE).stderr)
        self.assertIn('Did you mean "steering.plan.assigned"?', self.why("steering.plan.asigned", code=USAGE).stderr)

    def test_one_agency_only(self):
        told = json.loads(self.why("1.2", "--agency", "đơn vị thử 03", "--format", "json").stdout)
        self.assertEqual({one["agency"] for one in told["addends"]}, {"Đơn vị thử 03"})
        self.assertEqual(json.loads(self.why("1.2", "--agency", "nội vụ", "--format", "json").stdout)["addends"][0]["agency"],
                         "Sở Nội vụ tỉnh Thử")
        said = self.why("1.2", "--agency", "Đơn vị thử 0", code=USAGE).stderr
        self.assertIn("more than one agency", said)
        self.assertIn("  Đơn vị thử 04\n", said)
        self.assertIn("no agency", self.why("1.2", "--agency", "Sở Khác", code=USAGE).stderr)

    def test_a_clerk_reads_it_in_either_language(self):
        english = self.why("1.2").stdout
        vietnamese = self.why("1.2", lang="vi").stdout
        figure = self.merged.values["steering.plan.completion"]
        for text in (english, vietnamese):
            self.assertIn(f"= {figure['numerator']} / {figure['denominator']} ", text)
            self.assertTrue(all(len(line) <= 140 for line in text.splitlines() if ".xlsx" not in line))
            for name in ("Đơn vị thử 01", "Sở Nội vụ tỉnh Thử"):
                self.assertIn(name, text)
        self.assertIn("Numerators: ", english)
        self.assertIn("Tử số: ", vietnamese)
        self.assertRegex(vietnamese, r"Số liệu của tỉnh: \d+,\d+% = ")

    def test_a_choice_is_counted_by_option(self):
        choice = next(name for name, row in self.merged.values.items() if row["kind"] == "choice" and row["value"])
        told = json.loads(self.why(choice, "--format", "json").stdout)
        self.assertEqual(" ".join(f"{one['code']}:{one['agencies']}" for one in told["tally"]), self.merged.values[choice]["value"])
        for one in told["tally"]:
            self.assertIn(f"{one['agencies']}  {one['code']} = {one['label']}", self.why(choice).stdout)

    def test_check_says_what_merge_says_and_writes_nothing(self):
        (self.folder / "in").mkdir()
        for file in RETURNED.glob("*.xlsx"):
            support.shutil.copy(file, self.folder / "in")
        before = support.snapshot(self.folder)
        lines = self.tonghop("check", "in", code=WITH_FINDINGS).stdout.splitlines()
        listed = self.tonghop("check", "in", "--format", "csv", code=WITH_FINDINGS).stdout
        told = json.loads(self.tonghop("check", "in", "--format", "json", code=WITH_FINDINGS).stdout)
        self.assertEqual(support.snapshot(self.folder), before)
        merged = self.merge("in", code=WITH_FINDINGS)
        self.assertEqual(listed, merged.findings_path.read_text(encoding="utf-8"))
        self.assertEqual(told["findings"], merged.findings)
        self.assertEqual(lines[-9:], [line for line in merged.result.stdout.splitlines() if not line.startswith("written")])
        self.assertEqual(len(lines) - 9, len(merged.findings))
        self.assertEqual(told["counts"]["errors"], sum(row["severity"] == "error" for row in merged.findings))
        said = json.loads(self.tonghop("merge", "in", "-o", "m.xlsx", "--format", "json", code=WITH_FINDINGS).stdout)
        self.assertEqual(said, told)
        self.tonghop("check", RETURNED / "So-Ngoai-vu-CCHC-6T-2023.xlsx", code=DONE)
        self.assertIn("nothing to merge", self.tonghop("check", "gone.xlsx", code=WITH_FINDINGS).stdout)

    def test_json_is_as_its_schema_says(self):
        outputs = {
            "templates": self.tonghop("templates", "--format", "json").stdout,
            "lint": self.tonghop("lint", "--format", "json").stdout,
            "read": self.tonghop("read", "--format", "json", *sorted(RETURNED.glob("*.xlsx")), code=WITH_FINDINGS).stdout,
            "check": self.tonghop("check", "--format", "json", RETURNED, "gone.xlsx", code=WITH_FINDINGS).stdout,
        }
        self.tonghop("export", RETURNED, "gone.xlsx", "--to", "o.json", code=WITH_FINDINGS)
        outputs["export"] = (self.folder / "o.json").read_text(encoding="utf-8")
        for indicator in ("1.2", "steering.plan.assigned"):
            outputs["why"] = self.why(indicator, "--format", "json").stdout
            for name, text in outputs.items():
                schema = json.loads(self.tonghop("schema", name).stdout)
                jsonschema.Draft202012Validator.check_schema(schema)
                jsonschema.validate(json.loads(text), schema, jsonschema.Draft202012Validator)
        # A schema that lets everything pass would be none.
        schema = json.loads(self.tonghop("schema", "why").stdout)
        for change in ({"basis": "guess"}, {"value": 1.5}, {"more": 1}):
            with self.assertRaises(jsonschema.ValidationError):
                jsonschema.validate(dict(json.loads(outputs["why"]), **change), schema, jsonschema.Draft202012Validator)

    def test_lint_says_problems_as_json(self):
        support.shutil.copytree(support.SURVEY, self.folder / "bad")
        path = self.folder / "bad/mapping.xml"
        path = path if path.exists() else next(file for file in (self.folder / "bad").glob("*.xml") if "<mapping" in file.read_text(encoding="utf-8"))
        path.write_text(path.read_text(encoding="utf-8").replace("indicator=\"", "indicator=\"x", 1), encoding="utf-8")
        told = json.loads(self.tonghop("lint", "--definitions", "bad", "--format", "json", code=USAGE).stdout)
        self.assertGreaterEqual(len(told["problems"]), 1)
        self.assertIn(f"{path.relative_to(self.folder)}:", told["problems"][0])


class OfARound(support.TestCase):
    """A district that contains a commune, an agency that sent nothing, and a value that the coordinator settled."""

    def why(self, indicator, *options, lang="en", code=WITH_FINDINGS):
        return self.tonghop("--lang", lang, "why", indicator, "returns", "--round", "round.xlsx", "--decisions", "p.xlsx", *options,
                            code=code).stdout

    def setUp(self):
        super().setUp()
        test_round.make_round(self.folder / "round.xlsx")
        (self.folder / "returns").mkdir()
        maker = test_round.Maker(self.folder / "returns")
        maker.make("Sở Nội vụ", "khanh-hoa-2023", "a")
        maker.make("UBND huyện Một", "khanh-hoa-2023", "b", least=5_000)
        maker.make("Xã Một", "binh-lang-2022", "c")
        maker.make("Xã Ba", "binh-lang-2022", "d", skip={"steering.plan.assigned"})
        support.shutil.rmtree(self.folder / "returns/blank")
        row = next(row for row in self.read("returns/a.xlsx")[0] if row["indicator"] == "steering.documents")
        book = openpyxl.load_workbook(self.folder / "returns/a.xlsx")
        book[row["sheet"]][row["cell"]].value = "khoảng 7,000"
        book.save(self.folder / "returns/a.xlsx")
        self.tonghop("merge", "returns", "-o", "p.xlsx", "--round", "round.xlsx", code=WITH_FINDINGS)
        book = openpyxl.load_workbook(self.folder / "p.xlsx")
        for row in test_decisions.rows_of(book[test_decisions.FINDINGS_SHEET]):
            decided = {("value-ambiguous", "steering.documents"): ("7000", "công văn 12", "Lan"),
                       ("values-missing", None): ("bỏ qua", "đã gọi", "Mai")}.get((row["#code"].value, row["#indicator"].value))
            if decided:
                for caption, text in zip((test_decisions.VALUE, test_decisions.REASON, test_decisions.BY), decided):
                    row[caption].value = text
        book.save(self.folder / "p.xlsx")

    def test_adds_up_without_what_is_inside_another_figure(self):
        schema = json.loads(self.tonghop("schema", "why").stdout)
        for indicator, basis in (("steering.documents", "sum"), ("steering.plan.assigned", "sum"), ("steering.plan.completion", "ratio")):
            told = json.loads(self.why(indicator, "--format", "json"))
            jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
            self.assertEqual(told["addends"], list(csv.DictReader(io.StringIO(self.why(indicator, "--format", "csv"), newline=""))))
            self.assertEqual((told["basis"], told["expected"], told["absent"]), (basis, 5, ["Xã Hai"]))
            self.assertEqual([(one["agency"], one["inside"]) for one in told["addends"] if one["use"] == "covered"],
                             [("Xã Một", "Huyện Một")])
            for use, figure in (("value", "value"),) if basis == "sum" else (("numerator", "numerator"), ("denominator", "denominator")):
                self.assertEqual(sum(Decimal(one["value"]) for one in told["addends"] if one["use"] == use), Decimal(told[figure]))
        self.assertEqual(told["missing"], ["Xã Ba"])
        self.assertRegex(self.why("1.2"), r"(?m)^Agencies that owe it: 5; left blank \(1\): Xã Ba; sent no return \(1\): Xã Hai$")
        self.assertRegex(self.why("1.1", lang="vi"), r"Xã Một .*; trong số liệu của Huyện Một  ")

    def test_says_who_settled_what_and_why(self):
        told = json.loads(self.why("steering.documents", "--format", "json"))
        settled = [one for one in told["addends"] if one["status"] == "settled"]
        self.assertEqual([(one["agency"], one["raw"], one["value"], one["settled_by"], one["reason"]) for one in settled],
                         [("Sở Nội vụ", "khoảng 7,000", "7000", "Lan", "công văn 12")])
        self.assertEqual({(one["code"], one["state"]) for one in told["findings"]}, {("value-ambiguous", "settled")})
        self.assertIn("  Sở Nội vụ: 7000 instead of “khoảng 7,000”. Settled by: Lan. Reason: công văn 12\n", self.why("1.1"))
        self.assertIn("\nFindings\n  Settled: 7000 (Lan): returns/a.xlsx ", self.why("1.1"))
        self.assertIn("cơ quan tổng hợp chốt", self.why("1.1", lang="vi"))

    def test_check_says_what_was_decided(self):
        options = ("returns", "--round", "round.xlsx", "--decisions", "p.xlsx")
        lines = self.tonghop("check", *options, code=WITH_FINDINGS).stdout
        self.assertRegex(lines, r"(?m)^settled: returns/a\.xlsx .*khoảng 7,000")
        self.assertRegex(lines, r"(?m)^waived: returns/d\.xlsx: Xã Ba left 1 indicator")
        told = json.loads(self.tonghop("check", *options, "--format", "json", code=WITH_FINDINGS).stdout)
        jsonschema.validate(told, json.loads(self.tonghop("schema", "check").stdout), jsonschema.Draft202012Validator)
        self.assertEqual({one["state"] for one in told["findings"]}, {"open", "settled", "waived"})


if __name__ == "__main__":
    unittest.main()
